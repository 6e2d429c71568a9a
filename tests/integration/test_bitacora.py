"""The log betrays every change: of a text, of a link, of its end, of a whole chain."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations.bitacora import anotar
from workflow.queries.bitacora import verificar


@pytest.fixture
def con_entradas(ctx: Ctx) -> Session:
    """A log of three entries."""

    @action
    def tres(ctx: Ctx) -> None:
        for n in range(3):
            anotar(ctx, "prueba", None, n=n, texto="ñandú")
            ctx.session.flush()

    ctx.now = ctx.now.replace(microsecond=123456)
    tres(ctx)
    return ctx.session


def _alterar(motor: Engine, orden: str) -> None:
    """Change the log as only the owner of the database can: with its triggers off."""
    with motor.begin() as c:
        if motor.dialect.name == "postgresql":
            c.execute(text("SET session_replication_role = replica"))
        else:
            c.execute(text("DROP TRIGGER bitacora_no_update"))
            c.execute(text("DROP TRIGGER bitacora_no_delete"))
        c.execute(text(orden))


def test_integra(con_entradas: Session) -> None:
    v = verificar(con_entradas)
    assert (v.cadenas, v.entradas, v.rotura) == (1, 3, None)


def test_vacia(sesion: Session) -> None:
    assert verificar(sesion).rotura is None


@pytest.mark.parametrize(
    ("orden", "numero", "causa"),
    [
        ("UPDATE bitacora SET verbo = 'otro' WHERE numero = 2", 2, "sello"),
        ("UPDATE bitacora SET actor_tipo = 'persona' WHERE numero = 1", 1, "sello"),
        ("UPDATE bitacora SET previo = hash WHERE numero = 3", 3, "continúa"),
        ("DELETE FROM bitacora WHERE numero = 1", 1, "falta"),
        ("DELETE FROM bitacora WHERE numero = 3", 3, "final"),
        ("DELETE FROM bitacora_cabeza", 1, "cabeza"),
    ],
)
def test_alteraciones(orden: str, numero: int, causa: str, con_entradas: Session, motor_bd: Engine) -> None:
    con_entradas.rollback()
    _alterar(motor_bd, orden)
    con_entradas.expire_all()
    rotura = verificar(con_entradas).rotura
    assert rotura is not None
    assert (rotura.cadena, rotura.numero) == ("sistema", numero)
    assert causa in rotura.causa


def test_la_base_no_deja_cambiarla(con_entradas: Session) -> None:
    with pytest.raises(DBAPIError, match="solo agregar"):
        con_entradas.execute(text("UPDATE bitacora SET verbo = 'otro'"))
