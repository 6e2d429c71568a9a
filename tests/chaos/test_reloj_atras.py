"""The clock of the machine goes back an hour: nothing happens twice, nothing lasts less than nothing."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from flask import Flask
from sqlalchemy import select

from models.bitacora import Entrada
from models.plazo import Plazo
from models.proceso import EstadoTarea, Tarea
from tests.chaos.estado import Estado
from tests.integration.motor.apoyo import CasaDePrueba
from tests.integration.motor.conftest import casa as casa
from tests.integration.motor.test_temporizadores import vence
from tests.web.personal import Oficina, enviar
from workflow.actions import trabajador
from workflow.adapters import reloj
from workflow.queries.bitacora import verificar

HORA = dt.timedelta(hours=1)
pytestmark = [pytest.mark.caos, pytest.mark.una_base("sqlite")]


def test_ningun_plazo_vence_dos_veces(casa: CasaDePrueba) -> None:
    """What had fired stays fired; what the step opened falls due on the day of the ledger, and once."""
    casa.iniciar("vence")
    cuando = vence(casa)
    for ahora in (cuando, cuando - HORA, cuando - HORA, cuando + HORA):
        with casa.ctx(now=ahora) as ctx:
            trabajador.una_vez(ctx)
    disparos = [tuple(e.datos["plazos"]) for e in casa.todo(Entrada) if e.verbo == "disparar_plazo"]
    assert len(disparos) == len(set(disparos)) == 1
    assert not casa.incidentes()
    with casa.ctx() as ctx:
        assert verificar(ctx.session).rotura is None


def test_un_dia_de_trabajo_con_la_hora_atrasada(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened before the clock went back, done after it: pages open, no term ends before it begins."""
    oficina = Oficina(app)
    oficina.denuncia()
    (tarea,) = oficina.tareas("asignar_denuncia")
    real = reloj.real
    with monkeypatch.context() as parche:
        parche.setattr(reloj, "real", lambda: real() - HORA)
        jefe = oficina.entra("jose.cazares")
        analista = oficina.usuario("ana.trejo").id
        hecha = enviar(jefe, tarea.id, prioridad="normal", sin_conflicto="si", analista=analista)
        assert hecha.status_code == 200
        for camino in ("/bandeja", f"/caso/{tarea.folio}"):
            assert jefe.ir(camino).status_code == 200, camino
            assert "hace -" not in jefe.texto
        with oficina.ctx() as ctx:
            trabajador.una_vez(ctx)
    assert Estado(oficina.ctx).todas() == []
    with oficina.ctx() as ctx:
        for plazo in ctx.session.scalars(select(Plazo)):
            assert plazo.vence is None or plazo.vence >= plazo.desde, plazo.clave
        abiertas = ctx.session.scalars(select(Tarea).where(Tarea.estado == EstadoTarea.ABIERTA)).all()
        assert all(t.vence_en > t.creada_en for t in abiertas)


def test_una_sesion_de_la_hora_que_viene_pide_entrar(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cookie signed in an hour that has not come is nobody's: never a session without end, never an error."""
    oficina = Oficina(app)
    real = time.time
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: real() + HORA.total_seconds())
    jefe = oficina.entra("jose.cazares")
    assert jefe.cliente.get("/bandeja").status_code == 200
    monkeypatch.setattr("itsdangerous.timed.time.time", real)
    respuesta = jefe.cliente.get("/bandeja")
    assert respuesta.status_code in (302, 303)
    assert "/entrar" in respuesta.location
