"""Worked examples of legal terms: contract §4.1 and the dates that the domain notes compute."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.params.loader import plazo
from workflow.rules.plazos import Suspension, aplicar, calcular

D = date.fromisoformat


def test_quince_habiles_desde_una_notificacion() -> None:
    resultado = calcular(15, "habiles", D("2026-03-12"), "surte_efectos")
    assert resultado.surte_efectos == D("2026-03-13")
    assert resultado.dia_uno == D("2026-03-17")
    assert resultado.vence == D("2026-04-06")


def test_doce_meses_sin_dia_habil_al_final() -> None:
    assert calcular(12, "meses", D("2025-01-31"), "dia_siguiente").vence == D("2026-02-03")
    assert calcular(12, "meses", D("2025-01-31"), "dia_siguiente", prorroga=False).vence == D("2026-01-31")


def test_entregado_el_lunes_surte_el_martes_y_el_dia_uno_es_el_miercoles() -> None:
    resultado = calcular(15, "habiles", D("2026-06-08"), "surte_efectos")
    assert (resultado.surte_efectos, resultado.dia_uno) == (D("2026-06-09"), D("2026-06-10"))


def test_la_ultima_acta_parcial_con_dia_del_instituto_y_suspension() -> None:
    # 20 días hábiles from 22 October 2026; 2 November closed, 4 and 5 November suspended.
    definicion = plazo("ultima_parcial")
    instituto = {D("2026-11-02")}
    suspension = Suspension(D("2026-11-04"), D("2026-11-05"))
    resultado = aplicar(definicion, D("2026-10-22"), instituto, [suspension])
    assert resultado.dia_uno == D("2026-10-23")
    assert resultado.vence == D("2026-11-25")
    assert resultado.contados_al(D("2026-11-20")) == 17
    saltados = [dia for dia in resultado.dias if not dia.numero and dia.fecha <= D("2026-11-20")]
    assert len(saltados) == 12
    assert aplicar(definicion, D("2026-10-22"), instituto).vence == D("2026-11-23")
    assert aplicar(definicion, D("2026-10-22"), (), [suspension]).vence == D("2026-11-24")


@pytest.mark.parametrize(
    ("desde", "meses", "vence"),
    [
        # No 31 in the month: the first día hábil of the month that follows.
        ("2026-08-31", 1, "2026-10-01"),
        ("2025-12-31", 4, "2026-05-04"),  # 1 May is inhábil, 2 and 3 a weekend
        ("2026-01-30", 1, "2026-03-02"),  # 1 March is a Sunday
        ("2024-01-31", 1, "2024-03-01"),
        ("2026-06-15", 6, "2026-12-15"),
    ],
)
def test_meses_con_dia_que_no_existe(desde: str, meses: int, vence: str) -> None:
    assert calcular(meses, "meses", D(desde), "dia_siguiente", prorroga=False).vence == D(vence)


def test_anio_bisiesto() -> None:
    assert calcular(1, "anios", D("2024-02-29"), "dia_siguiente", prorroga=False).vence == D("2025-03-03")
    assert calcular(4, "anios", D("2024-02-29"), "dia_siguiente", prorroga=False).vence == D("2028-02-29")


@pytest.mark.parametrize(
    ("regimen", "prorroga", "vence"),
    [("cff", True, "2026-06-12"), ("racerf", True, "2026-06-15"), ("racerf", False, "2026-06-12")],
)
def test_el_viernes_solo_recorre_en_el_racerf(regimen: str, prorroga: bool, vence: str) -> None:
    # Five días hábiles after Friday 5 June 2026 end on Friday 12.
    assert calcular(5, "habiles", D("2026-06-05"), "dia_siguiente", regimen, prorroga).vence == D(vence)


def test_un_inhabil_que_cae_antes_de_viernes_recorre_hasta_el_lunes_en_el_racerf() -> None:
    # Thursday 1 January 2026 is inhábil; Friday 2 moves too; Monday 5.
    assert calcular(1, "naturales", D("2025-12-31"), "dia_siguiente", "racerf").vence == D("2026-01-05")
    assert calcular(1, "naturales", D("2025-12-31"), "dia_siguiente", "cff").vence == D("2026-01-02")


def test_naturales_con_suspension_y_ultimo_dia_inhabil() -> None:
    resultado = calcular(
        30,
        "naturales",
        D("2026-01-29"),
        "dia_siguiente",
        suspensiones=[Suspension(D("2026-02-10"), D("2026-02-14"))],
    )
    assert resultado.vence == D("2026-03-05")
    assert calcular(30, "naturales", D("2026-01-29"), "dia_siguiente").vence == D("2026-03-02")


def test_el_dia_uno_nunca_es_un_dia_suspendido() -> None:
    suspension = [Suspension(D("2026-06-01"), D("2026-06-10"))]
    resultado = calcular(3, "habiles", D("2026-06-04"), "dia_siguiente", suspensiones=suspension)
    assert resultado.dia_uno == D("2026-06-11")
    assert resultado.vence == D("2026-06-15")


def test_meses_se_mueven_por_los_dias_naturales_suspendidos() -> None:
    def vence(*tramos: tuple[str, str]) -> date:
        suspensiones = [Suspension(D(a), D(b)) for a, b in tramos]
        return calcular(
            12, "meses", D("2025-03-10"), "dia_siguiente", prorroga=False, suspensiones=suspensiones
        ).vence

    assert vence() == D("2026-03-10")
    assert vence(("2025-06-01", "2025-06-30")) == D("2026-04-09")
    # Overlapping stretches are one: no day counts twice.
    assert vence(("2025-06-01", "2025-06-20"), ("2025-06-10", "2025-06-30")) == D("2026-04-09")
    # One that begins after the date reached moves nothing; one that begins on it does.
    assert vence(("2026-03-11", "2026-03-20")) == D("2026-03-10")
    assert vence(("2026-03-10", "2026-03-19")) == D("2026-03-20")
    # The first carries the date into the second.
    assert vence(("2026-03-01", "2026-03-05"), ("2026-03-15", "2026-03-16")) == D("2026-03-17")
    # One already running at the start counts for its later part, one wholly before it for nothing.
    assert vence(("2025-03-01", "2025-03-15")) == D("2026-03-15")
    assert vence(("2025-02-01", "2025-02-15")) == D("2026-03-10")


def test_la_transmision_del_ejecutivo_es_inhabil_cada_seis_anios() -> None:
    from workflow.rules.calendario import Calendario

    calendario = Calendario()
    for anio in (2018, 2024, 2030, 2036, 2042):
        assert not calendario.es_habil(date(anio, 12, 1))
    # 2036 is a Monday and 2042 too: there it does change a term.
    assert calendario.motivo(D("2036-12-01")).nombre == "Transmisión del Poder Ejecutivo"  # type: ignore[union-attr]
    assert calcular(1, "habiles", D("2036-11-28"), "dia_siguiente").vence == D("2036-12-02")
    assert calendario.es_habil(D("2026-12-01"))


@pytest.mark.parametrize(
    ("clave", "desde", "vence"),
    [
        ("visita_max", "2025-01-31", "2026-01-31"),
        ("resolucion", "2026-08-31", "2027-03-01"),
        ("correccion_invit", "2026-06-05", "2026-06-15"),
        ("dictamen_aviso", "2025-12-31", "2026-05-04"),
        ("buzon_abrir", "2026-06-05", "2026-06-10"),
        ("estrados", "2026-06-05", "2026-06-19"),
        ("edictos_web", "2026-06-05", "2026-06-26"),
        ("mod_variable", "2026-02-28", "2026-03-06"),
        ("pago_credito", "2026-03-12", "2026-04-06"),
        ("buzon_cierre", "2026-06-30", "2027-06-30"),
        ("sla_asignacion", "2026-09-15", "2026-09-18"),
        ("represalia_ventana", "2026-01-01", "2026-04-01"),
    ],
)
def test_plazos_del_catalogo(clave: str, desde: str, vence: str) -> None:
    assert aplicar(plazo(clave), D(desde)).vence == D(vence)
