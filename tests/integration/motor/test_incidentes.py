"""What cannot go on: nothing half done, the answer kept, the case retried."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from models.bitacora import Entrada
from models.proceso import EstadoInstancia, EstadoTarea
from tests.integration.motor.apoyo import CasaDePrueba
from tests.integration.motor.test_completar import hacer
from workflow.actions import incidente, tarea
from workflow.context import Ctx
from workflow.engine.errors import EngineError
from workflow.errors import DomainError, EnIncidente, NoEncontrado


def fallar(_ctx: Ctx, _call: Any) -> None:
    raise ZeroDivisionError("Juana Pérez, NSS 12345678903")


def test_una_falla_guarda_lo_enviado_y_se_reintenta(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    antes = casa.instancia(instancia)
    casa.verbos.antes["registrar"] = fallar
    with pytest.raises(EnIncidente) as error:
        hacer(casa, "ana", instancia, resultado="procede")
    (uno,) = casa.incidentes()
    assert uno.clave == error.value.clave
    assert len(uno.clave) == 8
    assert uno.clave in error.value.mensaje
    assert uno.datos == {"resultado": "procede"}
    assert "Juana" not in uno.causa
    assert uno.causa.startswith("ZeroDivisionError")
    despues = casa.instancia(instancia)
    assert (despues.estado, despues.estado_motor) == (EstadoInstancia.INCIDENTE, antes.estado_motor)
    assert casa.tarea(instancia).nodo == "revisar"
    with casa.ctx() as ctx, pytest.raises(EnIncidente):
        incidente.reintentar(ctx, uno.id)
    assert casa.incidentes()[0].intentos == 2
    casa.verbos.antes.clear()
    with casa.ctx() as ctx:
        incidente.reintentar(ctx, uno.id)
    assert casa.tarea(instancia).nodo == "firmar"
    hecha = next(t for t in casa.tareas(instancia, todas=True) if t.estado == EstadoTarea.HECHA)
    assert hecha.hecha_por == casa.actor("ana").usuario_id  # replayed as its author
    assert casa.instancia(instancia).estado == EstadoInstancia.ACTIVA
    with casa.ctx() as ctx, pytest.raises(NoEncontrado):
        incidente.reintentar(ctx, uno.id)


def test_un_valor_que_ningun_flujo_espera(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    casa.verbos.get = lambda nombre: lambda ctx, call: {"resultado": "otro"}  # type: ignore[method-assign]
    casa.store.operations = casa.verbos.get
    with pytest.raises(EnIncidente):
        hacer(casa, "ana", instancia, resultado="procede")
    assert casa.tarea(instancia).nodo == "revisar"
    assert "UnexpectedValue" in casa.incidentes()[0].causa


def test_lo_hecho_por_otro_resuelve_el_incidente(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    casa.verbos.antes["registrar"] = fallar
    with pytest.raises(EnIncidente):
        hacer(casa, "ana", instancia, resultado="procede")
    casa.verbos.antes.clear()
    hacer(casa, "alba", instancia, resultado="no_procede")
    with casa.ctx() as ctx:
        incidente.reintentar(ctx, casa.incidentes()[0].id)
    assert casa.incidentes()[0].resuelto_en is not None
    assert casa.instancia(instancia).fin == "rechazado"


def test_la_base_que_se_cae_al_confirmar_deja_el_caso_donde_estaba(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    antes, abierta = casa.instancia(instancia), casa.tarea(instancia)
    entradas = len(casa.todo(Entrada))
    with casa.ctx("ana") as ctx:

        def caer(_sesion: object) -> None:
            if casa.motor.dialect.name == "postgresql":
                pid = ctx.session.execute(text("SELECT pg_backend_pid()")).scalar()
                with casa.motor.connect() as otra:
                    otra.execute(text("SELECT pg_terminate_backend(:p)"), {"p": pid})
            else:
                ctx.session.connection().connection.driver_connection.close()  # type: ignore[union-attr]

        event.listen(ctx.session, "before_commit", caer)
        with pytest.raises(Exception) as error:
            tarea.completar(ctx, abierta.id, {"resultado": "procede"}, abierta.version)
        assert isinstance(error.value, DBAPIError)
        assert not isinstance(error.value, (IntegrityError, DomainError))
        event.remove(ctx.session, "before_commit", caer)
    casa.motor.dispose()
    despues = casa.instancia(instancia)
    assert (despues.version, despues.estado_motor, despues.estado) == (
        antes.version,
        antes.estado_motor,
        antes.estado,
    )
    assert casa.tarea(instancia).id == abierta.id
    assert len(casa.todo(Entrada)) == entradas
    assert not casa.incidentes()
    hacer(casa, "ana", instancia, resultado="procede")
    assert casa.tarea(instancia).nodo == "firmar"


def test_la_causa_no_dice_datos() -> None:
    assert incidente.causa(EngineError("El nodo «x» falló.")) == "EngineError: El nodo «x» falló."
    assert incidente.causa(ValueError("NSS 123")) == "ValueError"
    assert incidente.es_caida(OperationalError("x", {}, Exception()))


def test_una_carrera_se_intenta_otra_vez(casa: CasaDePrueba) -> None:
    """Somebody saves the case between our load and our save: the transaction is repeated by itself."""
    instancia = casa.iniciar("caso")
    veces = {"n": 0}

    def chocar(ctx: Ctx, call: Any) -> None:
        veces["n"] += 1
        if veces["n"] == 1:
            call.instance.version -= 1  # as if the row had moved on

    casa.verbos.antes["registrar"] = chocar
    hacer(casa, "ana", instancia, resultado="procede")
    assert veces["n"] == 2
    assert casa.tarea(instancia).nodo == "firmar"
