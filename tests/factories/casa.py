"""A house on a test database: organisation loaded, processes published, keys made up."""

from __future__ import annotations

import base64
import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from models.organizacion import Usuario
from workflow.actions import proceso
from workflow.actions.casa import Casa, armar
from workflow.actions.demo import organizacion
from workflow.context import SISTEMA, Actor, Ctx
from workflow.engine.catalog import Catalog

ZONA = ZoneInfo("America/Mexico_City")
# What each of the two workers has read; the house of every test is served by the same two.
CATALOGOS = (Catalog(drawing=False), Catalog(drawing=False))
INICIO = dt.datetime(2026, 3, 2, 9, 0, tzinfo=ZONA)


def nueva(motor: Engine, carpeta: Path, clave: str | None = None, catalog: Catalog | None = None) -> Casa:
    """A house as a process of the product would put it together."""
    return armar(
        {
            "modo": "demo",
            "claves_cifrado": [clave or base64.urlsafe_b64encode(os.urandom(32)).decode()],
            "almacen_archivos": carpeta,
            "url_base": "https://denuncias.example",
        },
        motor=motor,
        catalog=catalog,
    )


@dataclass
class Obra:
    """Two workers of one house, used in turns, and the clock of the test."""

    casas: list[Casa]
    ahora: dt.datetime = INICIO
    _turno: int = 0
    _personas: dict[str, Actor] = field(default_factory=dict)

    @contextmanager
    def como(self, actor: Actor = SISTEMA) -> Iterator[Ctx]:
        """A context of the other worker at the test's instant: all is loaded again from the database."""
        self._turno += 1
        casa = self.casas[self._turno % len(self.casas)]
        with casa.sesiones() as sesion:
            yield casa.contexto(sesion, actor, self.ahora.astimezone(dt.UTC))

    def persona(self, quien: str) -> Actor:
        """The actor of a demo person (`ana.trejo`)."""
        if quien not in self._personas:
            with self.como() as ctx:
                usuario = ctx.session.scalars(
                    select(Usuario).where(Usuario.correo == organizacion.correo(quien))
                ).one()
                unidad = usuario.subdelegacion
                self._personas[quien] = Actor(
                    "persona",
                    usuario.id,
                    usuario.nombre,
                    frozenset(fila.rol.value for fila in usuario.roles),
                    usuario.subdelegacion_id,
                    unidad.ooad_id if unidad else usuario.ooad_id,
                )
        return self._personas[quien]


def obra(motor: Engine, carpeta: Path) -> Obra:
    """Two workers on a fresh database with the demo organisation and the published processes."""
    clave = base64.urlsafe_b64encode(os.urandom(32)).decode()
    resultado = Obra([nueva(motor, carpeta, clave, leido) for leido in CATALOGOS])
    with resultado.como() as ctx:
        organizacion.cargar(ctx)
        proceso.publicar(ctx)
    return resultado
