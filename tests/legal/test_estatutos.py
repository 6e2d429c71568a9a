"""The three statute clocks of a case side by side: the act, caducidad and prescripción."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.errores import ReglaError
from workflow.rules.estatutos import ACTO, CADUCIDAD, PRESCRIPCION, Hechos, Mes, estatutos, mes_cobrable
from workflow.rules.suspensiones import Periodo

D = date.fromisoformat
HOY = D("2026-11-20")


def pausa(causal: str, desde: str, hasta: str | None = None) -> Periodo:
    return Periodo(causal, D(desde), D(hasta) if hasta else None)


def test_sin_hechos_no_hay_reloj() -> None:
    hallado = estatutos(Hechos(HOY))
    assert hallado.relojes == ()
    assert hallado.primero is None


def test_los_tres_relojes_y_el_que_obliga_primero() -> None:
    hallado = estatutos(
        Hechos(
            HOY,
            inicio_acto=D("2026-03-02"),
            meses=(Mes(D("2022-03-01")), Mes(D("2021-12-01"), D("2022-01-17"))),
            exigible_desde=D("2025-06-10"),
            gestiones=(D("2026-02-05"),),
        )
    )
    assert [(r.estatuto, r.clave, r.vence.isoformat()) for r in hallado.relojes] == [
        (CADUCIDAD, "caducidad", "2027-01-17"),
        (ACTO, "visita_max", "2027-03-02"),
        (CADUCIDAD, "caducidad", "2027-03-31"),
        (PRESCRIPCION, "prescripcion", "2031-02-05"),
    ]
    primero = hallado.primero
    assert primero is not None
    assert primero.mes == D("2021-12-01")
    # Without a date of its own the month counts from its last day, and says that this is a reading.
    propio, leido = hallado.de(CADUCIDAD)
    assert (propio.confianza, leido.confianza) == ("verificado", "por_verificar")
    assert leido.nombre.endswith(": marzo de 2022")
    assert leido.pasos[0].que == "Cuotas omitidas de marzo de 2022"
    assert "la lectura más temprana" in leido.pasos[0].de_que


def test_despues_del_acta_final_corren_los_seis_meses() -> None:
    hechos = Hechos(HOY, inicio_acto=D("2025-12-01"), financiero=True, acta_final=D("2026-09-30"))
    (reloj,) = estatutos(hechos).relojes
    assert (reloj.clave, reloj.desde, reloj.vence) == ("resolucion", D("2026-09-30"), D("2027-03-30"))
    (antes,) = estatutos(Hechos(HOY, inicio_acto=D("2025-12-01"), financiero=True)).relojes
    assert (antes.clave, antes.vence) == ("visita_max_financiero", D("2027-06-01"))


def test_cada_reloj_toma_solo_las_suspensiones_que_la_ley_le_da() -> None:
    todas = (
        pausa("huelga", "2026-04-01", "2026-04-10"),  # the visit
        pausa("inconformidad", "2026-05-01", "2026-05-20"),  # caducidad and prescripción
        pausa("juicio", "2026-06-01", "2026-06-30"),  # caducidad
        pausa("cobro_suspendido", "2026-07-01", "2026-07-05"),  # prescripción
    )
    hechos = Hechos(
        HOY,
        inicio_acto=D("2026-03-02"),
        meses=(Mes(D("2023-01-01")),),
        exigible_desde=D("2025-06-10"),
        suspensiones=todas,
    )
    vence = {r.estatuto: r.vence for r in estatutos(hechos).relojes}
    assert vence[ACTO] == D("2027-03-02") + timedelta(days=10)
    assert vence[CADUCIDAD] == D("2028-01-31") + timedelta(days=20 + 30)
    assert vence[PRESCRIPCION] == D("2030-06-10") + timedelta(days=20 + 5)


def test_el_que_corre_sin_fin_conocido_no_obliga_primero() -> None:
    hechos = Hechos(
        HOY,
        inicio_acto=D("2026-03-02"),
        meses=(Mes(D("2023-01-01")),),
        exigible_desde=D("2026-01-10"),
        suspensiones=(pausa("huelga", "2026-11-01"), pausa("cobro_suspendido", "2026-11-10")),
    )
    hallado = estatutos(hechos)
    assert {r.estatuto: r.abierta for r in hallado.relojes} == {
        ACTO: True,
        CADUCIDAD: False,
        PRESCRIPCION: True,
    }
    assert hallado.primero is hallado.de(CADUCIDAD)[0]
    # Counted up to the day of the question.
    assert hallado.de(ACTO)[0].vence == D("2027-03-22")


def test_el_mes_mas_antiguo_que_aun_puede_cobrarse() -> None:
    hallado = mes_cobrable(D("2020-06-15"), D("2024-03-10"), HOY)
    # October 2021 ended on 31 October 2021: lost on 31 October 2026.
    assert (hallado.mes, hallado.vence, hallado.perdidos) == (D("2021-11-01"), D("2026-11-30"), 17)
    assert hallado.pasos[0].que == "Cuotas omitidas de noviembre de 2021"
    # On the last day itself it may still be charged.
    assert mes_cobrable(D("2021-10-01"), D("2021-12-31"), D("2026-10-31")).mes == D("2021-10-01")
    assert mes_cobrable(D("2021-10-01"), D("2021-12-31"), D("2026-11-01")).mes == D("2021-11-01")
    con_juicio = mes_cobrable(
        D("2020-06-15"), D("2024-03-10"), HOY, [pausa("juicio", "2025-01-01", "2025-03-31")]
    )
    assert (con_juicio.mes, con_juicio.perdidos) == (D("2021-08-01"), 14)
    # A visit does not suspend it.
    de_visita = mes_cobrable(D("2020-06-15"), D("2024-03-10"), HOY, [pausa("huelga", "2025-01-01")])
    assert (de_visita.mes, de_visita.vence) == (hallado.mes, hallado.vence)
    assert "esta causa no detiene este plazo" in de_visita.pasos[3].de_que


def test_desde_que_el_instituto_lo_supo() -> None:
    hallado = mes_cobrable(D("2020-06-15"), D("2024-03-10"), HOY, presentada=D("2024-04-01"))
    assert (hallado.mes, hallado.vence, hallado.perdidos) == (D("2020-06-01"), D("2029-04-01"), 0)


def test_ningun_mes_puede_cobrarse_ya() -> None:
    hallado = mes_cobrable(D("2019-01-01"), D("2019-12-31"), HOY)
    assert (hallado.mes, hallado.vence, hallado.perdidos) == (None, None, 12)
    assert "diciembre de 2019, venció el martes 31 de diciembre de 2024" in hallado.pasos[0].de_que
    with pytest.raises(ReglaError, match="terminan antes"):
        mes_cobrable(D("2019-12-31"), D("2019-01-01"), HOY)


@given(st.dates(date(2015, 1, 1), date(2026, 1, 1)), st.integers(0, 2000), st.dates(HOY, date(2030, 1, 1)))
def test_el_mes_cobrable_es_el_primero_y_no_se_pierde_ninguno(desde: date, largo: int, al: date) -> None:
    hasta = desde + timedelta(days=largo)
    hallado = mes_cobrable(desde, hasta, al)
    meses = (hasta.year - desde.year) * 12 + hasta.month - desde.month + 1
    if hallado.mes is None or hallado.vence is None:
        assert hallado.perdidos == meses
        return
    assert hallado.vence >= al
    assert (hallado.mes.year - desde.year) * 12 + hallado.mes.month - desde.month == hallado.perdidos
    if hallado.perdidos:
        antes = hallado.mes - timedelta(days=1)
        (anterior,) = estatutos(Hechos(al, meses=(Mes(antes.replace(day=1)),))).relojes
        assert anterior.vence < al
