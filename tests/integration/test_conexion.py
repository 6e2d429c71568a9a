"""A connection of the pool that its server closed is never given to anybody."""

from __future__ import annotations

from sqlalchemy import Engine, text

from models.session import make_engine


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
