"""The world of the lives: one office with everybody it needs, its employers, and the clock that all share."""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image
from sqlalchemy import Engine, func, select

from models.organizacion import Rol, Subdelegacion, Usuario, UsuarioRol
from models.patron import Patron
from tests.factories.casa import ZONA, obra
from tests.integration.vidas.porvenir import archivo_del_inegi
from workflow.actions import indice as indices
from workflow.actions import temporizador, trabajador
from workflow.actions._transaction import action
from workflow.actions.demo import organizacion
from workflow.context import SISTEMA, Actor, Ctx
from workflow.operations import indice
from workflow.rules.calendario import Calendario

UNIDAD = "1101"
EMPIEZA = dt.datetime(2026, 3, 2, 9, tzinfo=ZONA)
# Whoever a duty leaves out (who audited, who signed) needs a colleague; in both units everybody is needed.
PLANTILLA = {
    Rol.ANALISTA_AUDITORIA: 2,
    Rol.JEFE_AUDITORIA: 1,
    Rol.AUDITOR: 4,
    Rol.SUBDELEGADO: 3,
    Rol.VENTANILLA: 1,
    Rol.JURIDICO: 1,
    Rol.JEFE_COBRANZA: 1,
    Rol.VIGENCIA_DERECHOS: 1,
    Rol.NOTIFICADOR: 1,
    Rol.EJECUTOR: 1,
    Rol.DEPOSITARIO: 1,
    Rol.INTERVENTOR: 1,
    Rol.VALUADOR: 2,
}
DIA_DEL_INPC = 10


class Mundo:
    """The office and its clock. Everything that happens comes from the seed."""

    def __init__(self, motor: Engine, carpeta: Path, semilla: int, patrones: int) -> None:
        self.azar = Random(semilla)
        self.obra = obra(motor, carpeta)
        self.obra.ahora = EMPIEZA
        self.habiles = Calendario()
        self.foto = _imagen("JPEG")
        self.pdf = _imagen("PDF")
        with self.obra.como() as ctx:
            self.unidad_id = _poblar(ctx, patrones)
            self.patrones = [
                (fila.id, fila.registro_patronal, fila.nombre, fila.codigo_postal)
                for fila in ctx.session.scalars(
                    select(Patron).where(Patron.subdelegacion_id == self.unidad_id).order_by(Patron.id)
                )
            ][-patrones:]
            self.personas = _personas(ctx)
            self.unidades = list(ctx.session.scalars(select(Subdelegacion.id).order_by(Subdelegacion.id)))

    @property
    def hoy(self) -> dt.date:
        """The day of the clock."""
        return self.obra.ahora.date()

    def texto(self, minutos: int = 0) -> str:
        """The clock as a form writes it, so many minutes from now."""
        return (self.obra.ahora + dt.timedelta(minutes=minutos)).strftime("%Y-%m-%dT%H:%M")

    def habil(self, dias: int = 1, desde: dt.date | None = None) -> dt.date:
        """The day hábil that comes so many after."""
        dia = desde or self.hoy
        for _ in range(dias):
            dia = self.habiles.siguiente_habil(dia)
        return dia

    def con_rol(self, rol: str, subdelegacion_id: int | None = None) -> list[Actor]:
        """Who has a role in a unit, or above it."""
        unidad = subdelegacion_id or self.unidad_id
        return [uno for uno in self.personas[rol] if uno.subdelegacion_id in (None, unidad)]

    def otra_unidad(self, subdelegacion_id: int) -> int:
        """A unit that is not that one."""
        return self.azar.choice([uno for uno in self.unidades if uno != subdelegacion_id])

    def uno(self, rol: str) -> Actor:
        """Anybody of the unit with that role."""
        return self.azar.choice(self.con_rol(rol))

    def ir(self, cuando: dt.datetime, *, barrer: bool = False) -> int:
        """Move the clock; what falls due on the way fires, each at its instant. `barrer`: the worker does its round.

        Returns how many timers fired.
        """
        disparados = 0
        while self.obra.ahora < cuando:
            # The index of a month is known on the tenth of the next: the road stops there.
            parada = min(cuando, _proximo_inpc(self.obra.ahora))
            with self.obra.como() as ctx:
                disparados += temporizador.recorrer(ctx, parada.astimezone(dt.UTC))
            self.obra.ahora = parada
            self._publicar_inpc()
        if barrer:
            with self.obra.como() as ctx:
                disparados += trabajador.una_vez(ctx).temporizadores
        return disparados

    def _publicar_inpc(self) -> None:
        with self.obra.como(SISTEMA) as ctx:
            ultimo = indice.serie(ctx).ultimo
            mes = (self.hoy.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
            if self.hoy.day < DIA_DEL_INPC or ultimo.mes >= mes:
                return
            indices.importar(ctx, archivo_del_inegi(ultimo, mes), aceptar=True)


def _proximo_inpc(ahora: dt.datetime) -> dt.datetime:
    dia = ahora.replace(day=DIA_DEL_INPC, hour=6, minute=0, second=0, microsecond=0)
    return dia if dia > ahora else (dia.replace(day=1) + dt.timedelta(days=32)).replace(day=DIA_DEL_INPC)


@action
def _poblar(ctx: Ctx, patrones: int) -> int:
    unidad = ctx.session.scalars(select(Subdelegacion).where(Subdelegacion.clave == UNIDAD)).one()
    _contratar(ctx)
    for numero in range(patrones):
        ctx.session.add(
            Patron(
                registro_patronal=f"E{numero:07d}10",
                rfc=f"EMP{10 + numero % 80}0101AB{numero % 10}",
                nombre=f"Empresa Número {numero + 1}, S.A. de C.V.",
                giro="Servicios",
                domicilio=f"Calle {numero + 1} número 10, León",
                codigo_postal="37290",
                municipio="León",
                trabajadores=60 + numero % 90,
                clase_riesgo=("I", "II", "III", "IV", "V")[numero % 5],
                subdelegacion_id=unidad.id,
            )
        )
    ctx.session.flush()
    return unidad.id


def _contratar(ctx: Ctx) -> None:
    """People of each unit until every role has those that `PLANTILLA` asks for."""
    for unidad in ctx.session.scalars(select(Subdelegacion).order_by(Subdelegacion.id)):
        for rol, cuantos in PLANTILLA.items():
            hay = select(func.count(Usuario.id)).join(UsuarioRol, UsuarioRol.usuario_id == Usuario.id)
            ya = (
                ctx.session.scalar(hay.where(Usuario.subdelegacion_id == unidad.id, UsuarioRol.rol == rol))
                or 0
            )
            for numero in range(ya, cuantos):
                ctx.session.add(
                    Usuario(
                        correo=f"{rol.value}{numero}.{unidad.clave}@{organizacion.DOMINIO}",
                        nombre=f"{rol.etiqueta} {numero} de {unidad.clave}",
                        cargo=rol.etiqueta,
                        clave_hash="-",
                        subdelegacion_id=unidad.id,
                        es_demo=True,
                        roles=[UsuarioRol(rol=rol)],
                    )
                )


def _personas(ctx: Ctx) -> dict[str, list[Actor]]:
    """Everybody, by role, as they sign in."""
    hallados: dict[str, list[Actor]] = defaultdict(list)
    for usuario in ctx.session.scalars(select(Usuario).where(Usuario.activo).order_by(Usuario.id)):
        roles = frozenset(fila.rol.value for fila in usuario.roles)
        unidad = usuario.subdelegacion
        ooad_id = unidad.ooad_id if unidad is not None else usuario.ooad_id
        actor = Actor("persona", usuario.id, usuario.nombre, roles, usuario.subdelegacion_id, ooad_id)
        for rol in sorted(roles):
            hallados[rol].append(actor)
    return hallados


def _imagen(formato: str) -> bytes:
    salida: Any = io.BytesIO()
    Image.new("RGB", (48, 32), (120, 130, 140)).save(salida, formato)
    return bytes(salida.getvalue())
