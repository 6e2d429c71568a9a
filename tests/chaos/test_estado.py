"""The eye that looks after each death sees what it must see: each thing broken on purpose is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.session import make_engine
from tests.chaos.estado import Estado
from tests.factories.casa import Obra, obra
from tests.process.comunes import comunes
from workflow.actions import borrador, denuncia
from workflow.context import Actor

_DE_MAS = "(instancia_id, nodo_motor, nodo, plazo_clave, intentos, vence_en) SELECT id, 'x', 'x', 'x', 0"
ROTURAS = {
    "una tarea que falta": ("DELETE FROM tarea", "tareas"),
    "una espera que sobra": (
        "INSERT INTO espera (instancia_id, nodo_motor, nodo, mensaje) SELECT id, 'x', 'x', 'x' FROM instancia",
        "esperas",
    ),
    "un temporizador que sobra": (f"INSERT INTO temporizador {_DE_MAS}, NULL FROM instancia", "plazos"),
    "un temporizador con otra fecha": (
        f"INSERT INTO temporizador {_DE_MAS}, '2030-01-01 00:00:00' FROM instancia",
        "el libro",
    ),
    "un documento sin rastro": ("UPDATE documento SET id = id + 100 WHERE folio IS NOT NULL", "sin rastro"),
    "un documento que nadie hará": ("DELETE FROM salida", "nadie hará su PDF"),
    "un archivo que no está": (f"UPDATE documento SET sha256 = '{'a' * 64}'", "una fila lo nombra"),
    "un eslabón de menos": ("UPDATE bitacora_cabeza SET numero = numero + 1", "bitácora"),
}


@pytest.fixture
def casa(motor_bd: Engine, tmp_path: Path) -> Obra:
    """A house with a denuncia that waits for its first task."""
    hecha = obra(motor_bd, tmp_path)
    with hecha.como(Actor("denunciante")) as ctx:
        token = borrador.nuevo(ctx)
        respuestas = {clave: valor for clave, valor in comunes()["presentar"].items() if valor is not None}
        borrador.guardar(ctx, token, respuestas)
        denuncia.presentar(ctx, token, token)
    return hecha


@pytest.mark.caos
@pytest.mark.una_base("sqlite")
@pytest.mark.parametrize("rotura", ROTURAS)
def test_se_ve_lo_que_se_rompe(rotura: str, casa: Obra, alterar: Callable[[str], None]) -> None:
    orden, dicho = ROTURAS[rotura]
    assert Estado(casa.como).todas() == []
    alterar(orden)
    halladas = Estado(casa.como).todas()
    assert any(dicho in falta for falta in halladas), halladas


@pytest.mark.caos
@pytest.mark.una_base("sqlite")
def test_se_ve_lo_que_se_confirmo_y_no_esta(casa: Obra) -> None:
    (falta,) = Estado(casa.como).faltas(frozenset({"f" * 64}))
    assert "se confirmó y no está" in falta


@pytest.fixture
def alterar(motor_bd: Engine) -> Callable[[str], None]:
    """Change the database behind everybody's back, as a half-written transaction would have left it."""

    def hacer(orden: str) -> None:
        motor = make_engine(motor_bd.url.render_as_string(hide_password=False))
        with motor.connect() as conexion:
            if motor.dialect.name == "sqlite":
                conexion.exec_driver_sql("COMMIT")
                conexion.exec_driver_sql("PRAGMA foreign_keys=OFF")
                conexion.exec_driver_sql("BEGIN")
            else:
                conexion.execute(text("SET session_replication_role = replica"))
            conexion.execute(text(orden))
            conexion.commit()
        motor.dispose()

    return hacer
