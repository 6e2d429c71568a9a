"""Deadlocks and serialization failures, real ones: retried once by themselves, then told with a sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine, text

from models.bitacora import Entrada
from models.proceso import EstadoTarea
from tests.benchmarks.bases import url_psycopg
from tests.integration.motor.apoyo import CasaDePrueba
from tests.integration.motor.conftest import casa as casa
from tests.integration.motor.test_completar import hacer
from tests.integration.motor.test_temporizadores import vence
from tests.web.personal import Oficina, enviar
from workflow.actions import temporizador
from workflow.errors import Conflicto

pytestmark = [pytest.mark.caos, pytest.mark.una_base("postgresql")]
CODIGOS = ("40001", "40P01", "55P03")
# Fails at the commit, so many times; a sequence does not go back with the transaction.
DISPARADOR = """
CREATE SEQUENCE caos_veces;
CREATE FUNCTION caos_fallar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('caos_veces') <= {veces} THEN RAISE EXCEPTION 'forzado' USING ERRCODE = '{codigo}'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER caos AFTER INSERT ON bitacora DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION caos_fallar();
"""
QUITAR = """
DROP TRIGGER IF EXISTS caos ON bitacora; DROP FUNCTION IF EXISTS caos_fallar; DROP SEQUENCE IF EXISTS caos_veces
"""


@pytest.fixture
def fallar(motor_bd: Engine) -> Callable[[str, int], None]:
    """The next so many commits that write in the log fail with that code."""
    if motor_bd.dialect.name != "postgresql":
        pytest.skip("the errors are PostgreSQL's own")

    def hacer(codigo: str, veces: int) -> None:
        with motor_bd.begin() as conexion:
            conexion.execute(text(DISPARADOR.format(codigo=codigo, veces=veces)))

    yield hacer
    with motor_bd.begin() as conexion:
        conexion.execute(text(QUITAR))


@pytest.mark.parametrize("codigo", CODIGOS)
def test_una_vez_se_repite_sola(codigo: str, casa: CasaDePrueba, fallar: Callable[[str, int], None]) -> None:
    instancia = casa.iniciar("caso")
    fallar(codigo, 1)
    hacer(casa, "ana", instancia, resultado="procede")
    assert casa.tareas(instancia, todas=True)[0].estado == EstadoTarea.HECHA
    assert sum(e.verbo == "completar_tarea" for e in casa.todo(Entrada)) == 1
    assert not casa.incidentes()


def test_dos_veces_se_dice_y_no_paso_nada(casa: CasaDePrueba, fallar: Callable[[str, int], None]) -> None:
    instancia = casa.iniciar("caso")
    tarea = casa.tarea(instancia)
    fallar("40001", 2)
    with pytest.raises(Conflicto, match="Alguien más cambió este caso"):
        hacer(casa, "ana", instancia, resultado="procede")
    assert casa.tarea(instancia).version == tarea.version
    assert not casa.incidentes()
    hacer(casa, "ana", instancia, resultado="procede")
    assert sum(e.verbo == "completar_tarea" for e in casa.todo(Entrada)) == 1


def test_un_plazo_que_choca_vence_en_la_siguiente_vuelta(
    casa: CasaDePrueba, fallar: Callable[[str, int], None]
) -> None:
    casa.iniciar("vence")
    cuando = vence(casa)
    fallar("40P01", 2)
    with casa.ctx(now=cuando) as ctx:
        temporizador.barrer(ctx)
    assert not casa.incidentes()
    (timer,) = casa.temporizadores()
    assert timer.reintentar_en is not None
    with casa.ctx(now=timer.reintentar_en) as ctx:
        assert temporizador.barrer(ctx) == 1
    assert sum(e.verbo == "disparar_plazo" for e in casa.todo(Entrada)) == 1


def test_la_pagina_lo_dice_y_guarda_lo_escrito(app: Flask, fallar: Callable[[str, int], None]) -> None:
    oficina = Oficina(app)
    oficina.denuncia()
    (tarea,) = oficina.tareas("asignar_denuncia")
    jefe, datos = oficina.entra("jose.cazares"), {"prioridad": "normal", "sin_conflicto": "si"}
    analista = oficina.usuario("ana.trejo").id
    fallar("40001", 2)
    pagina = enviar(jefe, tarea.id, analista=analista, **datos)
    assert pagina.status_code == 409
    assert "Alguien más guardó cambios" in jefe.texto
    assert "Guardar mi elección" in jefe.texto
    assert oficina.tarea(tarea.id).estado == EstadoTarea.ABIERTA
    assert enviar(jefe, tarea.id, analista=analista, **datos).status_code == 200
    assert oficina.tarea(tarea.id).estado == EstadoTarea.HECHA


def test_dos_candados_en_orden_contrario(
    casa: CasaDePrueba, fallar: Callable[[str, int], None], motor_bd: Engine
) -> None:
    """Another holds the chain of the case and asks for the case; we hold the case and ask for the chain."""
    instancia = casa.iniciar("caso")
    cadena = f"denuncia:{casa.instancia(instancia).sujeto_id}"
    hilo = threading.Thread(target=hacer, args=(casa, "ana", instancia), kwargs={"resultado": "procede"})
    with psycopg.connect(url_psycopg(motor_bd)) as otro, psycopg.connect(url_psycopg(motor_bd)) as mirador:
        mirador.autocommit = True
        otro.execute("SET deadlock_timeout = '1min'")  # ours is the one that gives way
        otro.execute("INSERT INTO bitacora_cabeza VALUES (%s, 0, %s)", [cadena, "0" * 64])
        hilo.start()
        while hilo.is_alive() and not mirador.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            time.sleep(0.01)
        otro.execute("SELECT 1 FROM instancia WHERE id = %s FOR UPDATE", [instancia])
        otro.rollback()
        hilo.join()
    assert casa.tareas(instancia, todas=True)[0].estado == EstadoTarea.HECHA
    assert sum(e.verbo == "completar_tarea" for e in casa.todo(Entrada)) == 1
    assert not casa.incidentes()
