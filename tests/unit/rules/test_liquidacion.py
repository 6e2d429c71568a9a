"""A cédula divided by the way in which its ramos are paid: nothing lost, nothing twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from workflow.rules import cedula
from workflow.rules.cedula import Cedula, Periodo, Persona
from workflow.rules.liquidacion import de_pago


def _cedula() -> Cedula:
    persona = Persona(
        "1", (Periodo(date(2025, 9, 1), date(2025, 12, 31), Decimal("500.00"), Decimal("315.04")),)
    )
    return cedula.calcular([persona], date(2026, 2, 20), clase_riesgo="III")


def test_the_two_parts_are_the_whole() -> None:
    hecha = _cedula()
    cop, rcv = de_pago(hecha, "mensual"), de_pago(hecha, "bimestral")
    assert [p.tramo.clave for p in cop.liquidados] == ["2025-09", "2025-10", "2025-11", "2025-12"]
    assert [p.tramo.clave for p in rcv.liquidados] == ["2025-B5", "2025-B6"]
    assert cop.patron + rcv.patron == hecha.patron
    assert cop.trabajador + rcv.trabajador == hecha.trabajador
    assert cop.actualizacion + rcv.actualizacion == hecha.actualizacion
    assert cop.recargos + rcv.recargos == hecha.recargos
    assert cop.total + rcv.total == hecha.total


def test_what_lapsed_is_left_out_and_said() -> None:
    hecha = _cedula()
    todo, parte = de_pago(hecha, "mensual"), de_pago(hecha, "mensual", {"2025-09"})
    assert [p.tramo.clave for p in parte.caducos] == ["2025-09"]
    fuera = parte.caducos[0]
    assert parte.patron == todo.patron - fuera.patron
    assert parte.total == todo.total - fuera.accesorios.total


def test_of_nothing_the_sums_are_zero() -> None:
    nada = de_pago(_cedula(), "mensual", {"2025-09", "2025-10", "2025-11", "2025-12"})
    assert nada.liquidados == ()
    assert nada.total == Decimal("0.00")
