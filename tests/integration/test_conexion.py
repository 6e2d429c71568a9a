"""A connection of the pool that its server closed is never given to anybody."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.orm import Session

from models.organizacion import Ooad
from models.session import make_engine
from workflow.engine.direct import Direct


def test_lo_que_el_servidor_cerro_se_cambia_por_otra(motor_bd: Engine) -> None:
    if motor_bd.dialect.name != "postgresql":
        return
    motor = make_engine(motor_bd.url.render_as_string(hide_password=False))
    with motor.connect() as una, motor.connect() as otra:
        antes = {c.execute(text("SELECT pg_backend_pid()")).scalar_one() for c in (una, otra)}
    with motor_bd.connect() as verdugo:
        for pid in antes:
            verdugo.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    with motor.connect() as una, motor.connect() as otra:
        despues = {c.execute(text("SELECT pg_backend_pid()")).scalar_one() for c in (una, otra)}
    assert not antes & despues
    motor.dispose()


def test_un_aviso_del_servidor_no_es_una_despedida(motor_bd: Engine) -> None:
    if motor_bd.dialect.name != "postgresql":
        return
    motor = make_engine(motor_bd.url.render_as_string(hide_password=False))
    with motor.connect() as una:
        una.execute(text("LISTEN banco"))
        antes = una.execute(text("SELECT pg_backend_pid()")).scalar_one()
        una.commit()
    with motor_bd.connect() as otra:
        otra.execute(text("NOTIFY banco"))
        otra.commit()
    with motor.connect() as una:
        assert una.execute(text("SELECT pg_backend_pid()")).scalar_one() == antes
    motor.dispose()


@pytest.mark.una_base("postgresql")
def test_lo_que_se_preparo_al_leer_sigue_preparado_y_lo_escrito_se_deshace(motor_bd: Engine) -> None:
    if motor_bd.dialect.name != "postgresql":
        return
    motor = make_engine(motor_bd.url.render_as_string(hide_password=False), pool_size=1)
    preparadas = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM ooad%'")
    for _ in range(8):
        with motor.connect() as una:
            assert una.execute(select(func.count()).select_from(Ooad)).scalar_one() == 0
    with motor.connect() as una:
        assert una.execute(preparadas).scalar_one() == 1
    directa = Direct(insert(Ooad.__table__))  # type: ignore[arg-type]
    for escribir in (
        lambda c: c.execute(insert(Ooad), {"clave": "1", "nombre": "Norte"}),
        lambda c: directa.run(c, {"clave": "2", "nombre": "Sur"}),
    ):
        with motor.connect() as una:
            escribir(una)
        with motor.connect() as una:
            assert una.execute(select(func.count()).select_from(Ooad)).scalar_one() == 0
    with Session(motor) as sesion:
        sesion.add(Ooad(clave="4", nombre="Oeste"))
        sesion.flush()
    with motor.connect() as una:
        assert una.execute(select(func.count()).select_from(Ooad)).scalar_one() == 0
    motor.dispose()
