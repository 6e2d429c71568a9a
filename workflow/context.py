"""What every action and operation receives: the session, who acts, what time it is, and the house's services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session


class Boveda(Protocol):
    """The identity vault (adapters.boveda)."""

    def cifrar(self, datos: Mapping[str, Any]) -> bytes: ...
    def descifrar(self, cifrado: bytes) -> dict[str, Any]: ...
    def indice_ciego(self, tipo: str, valor: str) -> str: ...
    def huella(self, valor: str, sal: str) -> str: ...


class Almacen(Protocol):
    """The file store, addressed by digest (adapters.almacen)."""

    def guardar(self, datos: bytes) -> str: ...
    def leer(self, sha256: str) -> bytes: ...
    def existe(self, sha256: str) -> bool: ...
    def viejos(self, edad_s: float) -> Iterator[str]: ...
    def retirar(self, sha256: str, edad_s: float) -> bool: ...


class Correo(Protocol):
    """Outgoing mail (adapters.correo)."""

    def enviar(self, para: str, asunto: str, cuerpo: str) -> None: ...


@dataclass(frozen=True)
class Servicios:
    """Adapters chosen at start-up. Shared by all requests of a process; each is thread-safe."""

    boveda: Boveda
    almacen: Almacen
    correo: Correo
    url_base: str
    fuentes: Path
    zona: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Mexico_City"))


@dataclass(frozen=True)
class Actor:
    """Who acts. `tipo`: persona (with account), denunciante (mailbox, no account) or sistema (clock, worker).

    Scope: with `subdelegacion_id` the unit; only with `ooad_id` all units of it; neither: nivel central.
    `suplencias`: ids of the absent people for whom she acts today (their exclusions are hers).
    """

    tipo: str
    usuario_id: int | None = None
    nombre: str = ""
    roles: frozenset[str] = frozenset()
    subdelegacion_id: int | None = None
    ooad_id: int | None = None
    suplencias: frozenset[int] = frozenset()
    denuncia_id: int | None = None

    def es(self, *roles: str) -> bool:
        """True when she holds one of the roles."""
        return not self.roles.isdisjoint(roles)


SISTEMA = Actor("sistema", nombre="Sistema")


@dataclass
class Ctx:
    """One action = one Ctx = one transaction. `now` is an aware UTC instant, read once."""

    session: Session
    actor: Actor
    now: dt.datetime
    servicios: Servicios
    # workflow.engine.store.Store: typed loosely because context lies below the engine.
    engine: Any = None

    @property
    def hoy(self) -> dt.date:
        """The legal day: the date of `now` in the institute's zone."""
        return self.now.astimezone(self.servicios.zona).date()
