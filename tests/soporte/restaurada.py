"""A backup put back in another place, and what must be true there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from models.bitacora import Entrada
from tests.chaos.estado import Estado
from web.config import Ajustes
from web.ctx import armar
from workflow import worker
from workflow.actions import respaldo
from workflow.actions.respaldo import Instalacion
from workflow.adapters import volcado

BARRIDOS_MAXIMOS = 50
Disparos = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Restaurada:
    """Another house, with what the backup held."""

    instalacion: Instalacion

    def faltas(self) -> list[str]:
        """What is not right: engine and rows, log, outbox, messages, files and their digests."""
        return Estado(self.instalacion.obra.ctx).todas()

    def disparos(self) -> Disparos:
        """Times that each term of each case fired, by the log."""
        with self.instalacion.obra.ctx() as ctx:
            filas = ctx.session.scalars(select(Entrada).where(Entrada.verbo == "disparar_plazo")).all()
        return Counter((f.cadena, plazo) for f in filas for plazo in f.datos["plazos"])

    def trabajar(self) -> None:
        """The worker goes on from where the backup left it, until nothing is due."""
        for _ in range(BARRIDOS_MAXIMOS):
            if not worker.barrer(self.instalacion.obra).total:
                return
        raise AssertionError("the worker does not come to an end")


@contextmanager
def en_otra_parte(de: Instalacion, ruta: Path, ajustes: Ajustes, carpeta: Path) -> Iterator[Restaurada]:
    """Restore into an empty database of the same kind and an empty store."""
    carpeta.mkdir()
    with volcado.temporal(de.obra.motor) as motor:
        url = motor.url.render_as_string(hide_password=False)
        obra = armar(replace(ajustes, almacen_archivos=carpeta, database_url=url), motor).obra
        otra = replace(de, obra=obra, almacen=carpeta)
        respaldo.restaurar(otra, ruta)
        respaldo.asentar_restauracion(otra, ruta)
        yield Restaurada(otra)
