"""The ways to a row: taken one by one they lead to the same rows as the condition that they are parts of."""

from __future__ import annotations

from itertools import product

from sqlalchemy import Boolean, and_, bindparam, create_engine, false, or_, select, true

from models.denuncia import Denuncia
from workflow.context import Actor
from workflow.queries.visible import caminos, ways_to

A, B, C, D = (bindparam(letra, type_=Boolean) for letra in "abcd")


def test_uno_u_otro_dan_lo_mismo_que_la_condicion() -> None:
    condiciones = (A, or_(A, B), and_(A, or_(B, and_(C, D))), or_(and_(or_(A, B), or_(C, D)), ~or_(B, D)))
    motor = create_engine("sqlite://")
    with motor.connect() as conexion:
        for condicion, valores in product(condiciones, product((True, False), repeat=4)):
            dados = dict(zip("abcd", valores, strict=True))
            entera, *partes = conexion.execute(select(condicion, *caminos(condicion)), dados).one()
            assert bool(entera) == any(partes), (str(condicion), dados)
    motor.dispose()
    assert [len(caminos(condicion)) for condicion in condiciones] == [1, 2, 2, 5]


def test_quien_ve_todo_no_tiene_mas_que_un_camino() -> None:
    supervisa = Actor("persona", 1, "T", frozenset({"titular_jsac"}))
    assert [str(camino) for camino in ways_to(supervisa, Denuncia)] == [str(true())]
    assert [str(camino) for camino in ways_to(Actor("persona", 2, "A"), Denuncia)] == [str(false())]
    de_oficina = Actor("persona", 3, "J", frozenset({"jefe_auditoria"}), 1, 1)
    assert len(ways_to(de_oficina, Denuncia)) == 2
