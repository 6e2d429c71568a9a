"""A committee at work: a session of the demonstration whose first matter is being voted, by the real actions."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from lxml import html
from sqlalchemy import Engine, event, select

from models.comite import Asunto, Sesion
from models.denuncia import Canal, Denuncia
from models.expediente import Expediente
from models.organizacion import Subdelegacion
from models.patron import Patron
from models.propuesta import EstadoPropuesta, Ficha, OrigenPropuesta, Propuesta, TipoActo
from tests.web.personal import Oficina
from tests.web.publico import Persona
from workflow.actions.demo.guion import Guion
from workflow.actions.demo.sesiones import Sesiones

PATRONES = ("C472134010", "C614077210")
RAZONES = "Paga por debajo de lo que registra."


@dataclass
class Mesa:
    """The stage of a session and what it is about."""

    oficina: Oficina
    guion: Guion
    sesiones: Sesiones
    sesion_id: int
    folio: str
    propuestas: list[str]

    @property
    def sala(self) -> str:
        """Address of its room."""
        return f"/comite/{self.folio}/sala"

    def asunto(self) -> int:
        """The first matter."""
        with self.oficina.ctx() as ctx:
            consulta = select(Asunto.id).where(Asunto.sesion_id == self.sesion_id).order_by(Asunto.orden)
            return ctx.session.scalars(consulta).first()

    def votar(self, lugar: int, voto: str = "a_favor", **mas: Any) -> None:
        """The vote of a seat by the action, without pages."""
        silla = self.sesiones.votan[lugar]
        self.sesiones._votar(self.asunto(), silla, {"voto": voto, "excusa": False, **mas})

    def fila(self) -> Sesion:
        """The session as it stands."""
        with self.oficina.ctx() as ctx:
            return ctx.session.get_one(Sesion, self.sesion_id)


def propuesta(oficina: Oficina, registro: str, unidad: str = "1101") -> int:
    """A validated proposal with its ficha, ready for an agenda; returns its id."""
    with oficina.ctx() as ctx:
        s, n = ctx.session, registro[-4:]
        patron = s.scalars(select(Patron).where(Patron.registro_patronal == registro)).one()
        unidad_id = s.scalars(select(Subdelegacion.id).where(Subdelegacion.clave == unidad)).one()
        expediente = Expediente(
            folio=f"EXP-{n}", subdelegacion_id=unidad_id, patron_id=patron.id, abierto_en=ctx.now
        )
        s.add(expediente)
        s.flush()
        fila = Propuesta(
            folio=f"PRO-2026-00{n}-0",
            estado=EstadoPropuesta.VALIDADA,
            origen=OrigenPropuesta.DENUNCIA,
            expediente_id=expediente.id,
            subdelegacion_id=unidad_id,
            patron_id=patron.id,
            acto=TipoActo.VISITA,
            puntaje=16,
            razones=[{"factor": "denuncias", "texto": "Denuncias abiertas", "cuenta": 2, "puntos": 16}],
            trabajadores=40,
            integrada_en=ctx.now,
        )
        s.add(fila)
        s.flush()
        datos = {
            "razones": RAZONES,
            "ejercicios": [{"periodo": {"desde": "2024-01-01", "hasta": "2025-12-31"}}],
        }
        s.add(Ficha(propuesta_id=fila.id, numero=1, datos=datos, creada_en=ctx.now))
        s.commit()
        return fila.id


def montar(app: Flask) -> Mesa:
    """A session that began 40 minutes ago: its first matter has its motion put, nobody has voted."""
    oficina = Oficina(app)
    obra = app.extensions["denuncias"].obra
    with oficina.ctx() as ctx:
        ahora = ctx.now
    guion = Guion(obra, ahora, random.Random(3))
    guion.propuestas = {registro: propuesta(oficina, registro) for registro in PATRONES}
    sesiones = Sesiones(guion, "1101")
    guion.agendar(guion.hace(6), _hasta_la_mocion(sesiones, ahora - dt.timedelta(minutes=40)))
    guion.correr()
    with oficina.ctx() as ctx:
        fila = ctx.session.scalars(select(Sesion)).one()
        folios = list(ctx.session.scalars(select(Propuesta.folio).order_by(Propuesta.id)))
    return Mesa(oficina, guion, sesiones, fila.id, fila.folio, folios)


def _hasta_la_mocion(s: Sesiones, hora: dt.datetime) -> Iterator[dt.datetime]:
    sesion = s._convocar(list(PATRONES), hora)
    assert sesion is not None
    yield hora
    s._pasar_lista(sesion)
    asuntos = s._asuntos(sesion)
    yield hora + dt.timedelta(minutes=5)
    s._abrir(sesion, asuntos[0])
    yield hora + dt.timedelta(minutes=9)
    s._mocion(asuntos[0], {"mocion": "como_se_propone"})


def denuncias(oficina: Oficina, cuantas: int, registro: str = "C472134010") -> list[str]:
    """Denuncias of León by model, for lists; returns their folios."""
    with oficina.ctx() as ctx:
        s = ctx.session
        patron = s.scalars(select(Patron).where(Patron.registro_patronal == registro)).one()
        folios = []
        for n in range(cuantas):
            expediente = Expediente(
                folio=f"EXP-D-{n}",
                subdelegacion_id=patron.subdelegacion_id,
                patron_id=patron.id,
                abierto_en=ctx.now,
            )
            s.add(expediente)
            s.flush()
            folios.append(f"DEN-2026-9{n:05d}-0")
            s.add(
                Denuncia(
                    folio=folios[-1],
                    canal=Canal.WEB,
                    presentada_en=ctx.now,
                    digesto="0" * 64,
                    clave_hash="x",
                    identificada=True,
                    hechos={"motivos": ["salario_menor"]},
                    expediente_id=expediente.id,
                    subdelegacion_id=patron.subdelegacion_id,
                    patron_id=patron.id,
                )
            )
        s.commit()
        return folios


def manda(p: Persona, accion: str, **campos: Any) -> None:
    """Send the form of the page that posts to `accion`, with `campos` on top of what it holds."""
    forma = next(f for f in html.fromstring(p.pagina.text).forms if f.action == accion)
    datos = {nombre: valor for nombre, valor in forma.form_values()} | campos
    p.pagina = p.cliente.post(accion, data=datos, follow_redirects=True)


@contextmanager
def contando(motor: Engine) -> Iterator[list[str]]:
    """The statements that the application sends to the database meanwhile."""
    vistas: list[str] = []

    def anota(_c: object, _cursor: object, orden: str, *_resto: object) -> None:
        if not orden.startswith(("BEGIN", "PRAGMA")):
            vistas.append(orden)

    # Reads go through an engine with options of its own: listen where both are born.
    event.listen(Engine, "before_cursor_execute", anota)
    try:
        yield vistas
    finally:
        event.remove(Engine, "before_cursor_execute", anota)
    assert motor is not None
