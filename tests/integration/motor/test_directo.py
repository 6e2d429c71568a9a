"""Statements handed to the driver behave as those that SQLAlchemy executes: types, errors, lost connections."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, bindparam, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from models.organizacion import Ooad, Usuario
from models.proceso import EventoPaso, Paso
from tests.integration.motor.apoyo import INICIO, CasaDePrueba
from workflow.actions.incidente import es_caida
from workflow.engine.direct import Batch, Direct

_OOAD = Direct(insert(Ooad.__table__).returning(Ooad.__table__.c.id))  # type: ignore[arg-type]


def test_los_tipos_van_y_vuelven(casa: CasaDePrueba, motor_bd: Engine) -> None:
    instancia = casa.iniciar("caso")
    leer = Direct(select(Paso.evento, Paso.en, Paso.usuario_id).where(Paso.id == bindparam("b_id")))
    guardar = Direct(insert(Paso.__table__).returning(Paso.id))  # type: ignore[arg-type]
    en = INICIO.astimezone(dt.timezone(dt.timedelta(hours=-6)))
    fila = {"instancia_id": instancia, "proceso": "caso", "nodo": "x", "tipo": "userTask", "usuario_id": None}
    with motor_bd.begin() as conexion:
        nueva = guardar.one(conexion, {**fila, "evento": EventoPaso.HECHO, "en": en})
        assert nueva is not None
        hallada = leer.one(conexion, {"b_id": nueva[0]})
    assert hallada == (EventoPaso.HECHO, INICIO, None)
    assert hallada[0] is EventoPaso.HECHO
    assert hallada[1].utcoffset() == dt.timedelta(0)


def test_lo_que_la_tabla_prohibe_es_el_mismo_error(motor_bd: Engine) -> None:
    fila = {"clave": "77", "nombre": "Sur"}
    with motor_bd.connect() as conexion:
        assert _OOAD.one(conexion, fila) is not None
        with pytest.raises(IntegrityError) as caso:
            _OOAD.run(conexion, fila)
    assert "Sur" not in str(caso.value), "what people wrote is in no error"
    assert not es_caida(caso.value)


def test_una_fila_sin_sus_valores_no_se_guarda(motor_bd: Engine) -> None:
    usuario = Direct(insert(Usuario.__table__))  # type: ignore[arg-type]
    with motor_bd.connect() as conexion:
        with pytest.raises(ValueError, match="activo"):
            usuario.run(conexion, {"correo": "a@b.mx", "nombre": "A", "clave_hash": "x"})
        assert _OOAD.one(conexion, {"clave": "78", "nombre": "Sur"}) is not None
        with pytest.raises(KeyError):
            _OOAD.one(conexion, {"clave": "79"})


def test_lo_que_va_junto_se_hace_en_su_orden_y_el_primer_error_lo_detiene(motor_bd: Engine) -> None:
    cuantas = Direct(select(func.count()).select_from(Ooad))
    junto = Batch()
    nueva = junto.add(_OOAD, {"clave": "81", "nombre": "Este"})
    varias = junto.add(
        Direct(insert(Ooad.__table__)), {"clave": "82", "nombre": "B"}, {"clave": "83", "nombre": "C"}
    )  # type: ignore[arg-type]
    total = junto.add(cuantas, {})
    with motor_bd.connect() as conexion:
        junto.send(conexion)
        assert nueva.first is not None
        assert (varias.changed, total.first) == (2, (3,))
        otra = Batch()
        otra.add(_OOAD, {"clave": "84", "nombre": "D"})
        otra.add(_OOAD, {"clave": "81", "nombre": "Otra vez"})
        nunca = otra.add(cuantas, {})
        with pytest.raises(IntegrityError):
            otra.send(conexion)
        assert nunca.first is None
        conexion.rollback()
        assert cuantas.one(conexion, {}) == (0,)


def test_una_conexion_perdida_se_dice_y_se_suelta(motor_bd: Engine) -> None:
    if motor_bd.dialect.name != "postgresql":
        return
    with motor_bd.connect() as conexion, motor_bd.connect() as otra:
        pid = conexion.execute(text("SELECT pg_backend_pid()")).scalar_one()
        otra.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        with pytest.raises(DBAPIError) as caso:
            _OOAD.one(conexion, {"clave": "80", "nombre": "Sur"})
        assert es_caida(caso.value)
        assert conexion.invalidated
