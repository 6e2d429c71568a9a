"""The house put together once per process: database, adapters, engine.

Web, worker and command line share it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from models.organizacion import Rol
from models.session import fabrica, make_engine
from workflow import formularios
from workflow.actions import envio as _envio  # noqa: F401  (registers who sends the outbox)
from workflow.actions import pago as _pago  # noqa: F401  (and who receives a long bank's file)
from workflow.actions import reloj
from workflow.actions._retenidos import tras_guardar
from workflow.adapters.almacen import AlmacenLocal
from workflow.adapters.boveda import BovedaLocal
from workflow.adapters.correo import CorreoEnCarpeta, CorreoSmtp
from workflow.context import SISTEMA, Actor, Correo, Ctx, Servicios
from workflow.engine.catalog import Catalog
from workflow.engine.messages import Messages, catalogue
from workflow.engine.store import Store
from workflow.operations import _registry
from workflow.operations._host import Host
from workflow.params import loader

FUENTES = Path(__file__).resolve().parents[2] / "web" / "static" / "vendor" / "fuentes"


@dataclass(frozen=True)
class Casa:
    """What a process of the house holds for its life. Thread-safe."""

    modo: str
    motor: Engine
    sesiones: sessionmaker[Session]
    servicios: Servicios
    store: Store

    @contextmanager
    def ctx(self, actor: Actor = SISTEMA) -> Iterator[Ctx]:
        """A session and a context of `actor` at this instant; closed without commit (actions commit)."""
        with self.sesiones() as session:
            now = reloj.ahora(session, self.modo)
            session.rollback()
            yield self.contexto(session, actor, now)

    def contexto(self, session: Session, actor: Actor, now: Any = None) -> Ctx:
        """A context on a session that somebody else opened and closes."""
        return Ctx(session, actor, now or reloj.ahora(session, self.modo), self.servicios, self.store)


def catalogo(messages: Messages, *, exigente: bool = True) -> Catalog:
    """The catalogue of definitions; `exigente`: it checks every name against what the house knows."""
    if not exigente:
        return Catalog(drawing=False)
    return Catalog(
        roles=frozenset(str(r) for r in Rol),
        operations=frozenset(_registry.operations()),
        plazos=frozenset(loader.catalogo_plazos()),
        forms=frozenset(nombre for _, nombre in formularios.todos()),
        messages=frozenset(m.name for m in messages),
    )


@cache
def catalogo_exigente() -> Catalog:
    """The catalogue that judges diagrams before they are published; one per process of the machine."""
    return catalogo(catalogue())


@cache
def catalogo_de_casos() -> Catalog:
    """The catalogue from which cases run; one per process: a definition is the same for every house."""
    return catalogo(catalogue(), exigente=False)


def almacen_de_casos(
    catalog: Catalog | None = None,
    messages: Messages | None = None,
    *,
    operaciones: Callable[[str], Callable[..., Mapping[str, Any]]] = _registry.get,
    formas: Callable[[str, str], Any] = formularios.cargar,
) -> Store:
    """The store of one database."""
    return Store(
        catalog or catalogo_de_casos(),
        messages or catalogue(),
        Host,
        operations=operaciones,
        forms=formas,
        after_save=tras_guardar,
    )


def armar(config: Mapping[str, Any], *, motor: Engine | None = None, catalog: Catalog | None = None) -> Casa:
    """The house of a configuration.

    Keys: `modo` (demo, produccion), `database_url`, `claves_cifrado` (newest first), `almacen_archivos`,
    `smtp_url` (None: mail stays in a folder beside the files), `url_base`, `zona_horaria`.
    """
    engine = motor if motor is not None else make_engine(str(config["database_url"]))
    carpeta = Path(config["almacen_archivos"])
    smtp = config.get("smtp_url")
    correo: Correo = CorreoSmtp(smtp) if smtp else CorreoEnCarpeta(carpeta / "correo")
    servicios = Servicios(
        boveda=BovedaLocal(list(config["claves_cifrado"])),
        almacen=AlmacenLocal(carpeta),
        correo=correo,
        url_base=str(config.get("url_base") or ""),
        fuentes=FUENTES,
        zona=ZoneInfo(str(config.get("zona_horaria") or "America/Mexico_City")),
    )
    return Casa(
        str(config.get("modo") or "demo"), engine, fabrica(engine), servicios, almacen_de_casos(catalog)
    )
