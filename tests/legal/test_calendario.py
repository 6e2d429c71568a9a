"""Días inhábiles of CFF 12, against the published lists and an independent list of holidays."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from workflow.params.loader import dias_inhabiles
from workflow.rules.calendario import Calendario, Motivo, dias, fechas_de, ordinal_de_lunes, ultimo_lunes
from workflow.rules.errores import ReglaError

LISTAS = {
    2026: "01-01 02-02 03-16 05-01 05-05 09-16 11-16 12-25",
    2027: "01-01 02-01 03-15 05-01 05-05 09-16 11-15 12-25",
}


@pytest.mark.parametrize("anio", LISTAS)
def test_la_lista_del_anio_mas_los_fines_de_semana(anio: int) -> None:
    fiestas = {date.fromisoformat(f"{anio}-{dia}") for dia in LISTAS[anio].split()}
    calendario = Calendario()
    for dia in dias(date(anio, 1, 1), date(anio, 12, 31)):
        assert calendario.es_habil(dia) == (dia.weekday() < 5 and dia not in fiestas), dia


@pytest.mark.parametrize("anio", range(2007, 2045))
def test_coincide_con_los_descansos_de_la_lft_donde_son_los_mismos(anio: int) -> None:
    """Statutory LFT holidays are CFF ones too, except the change of the Executive; CFF adds 5 May."""
    oficiales = holidays.country_holidays("MX", years=anio, observed=False)
    lft = {
        dia
        for dia, nombre in oficiales.items()
        if dia.weekday() < 5 and "Transmisión" not in nombre and "Change of Federal" not in nombre
    }
    calendario = Calendario()
    cff = {
        dia
        for dia in dias(date(anio, 1, 1), date(anio, 12, 31))
        if dia.weekday() < 5 and not calendario.es_habil(dia)
    }
    propios = {date(anio, 5, 5)} | ({date(anio, 12, 1)} if anio % 6 == 2 else set())
    assert lft - cff == set()
    assert cff - lft <= propios
    nuestros = {
        dia for regla in dias_inhabiles("LFT74") for dia in fechas_de(regla, anio) if dia.weekday() < 5
    }
    assert {d for d in nuestros if (d.month, d.day) != (10, 1)} == lft


def test_dice_por_que_un_dia_es_inhabil() -> None:
    calendario = Calendario({date(2026, 11, 2): Motivo("Día de muertos", "CCT", "adicional")})
    assert calendario.motivo(date(2026, 3, 16)) == Motivo("Natalicio de Benito Juárez", "CFF 12", "inhabil")
    assert calendario.motivo(date(2026, 3, 15)) == Motivo("Domingo", "CFF 12", "fin_de_semana")
    assert calendario.motivo(date(2026, 11, 2)) == Motivo("Día de muertos", "CCT", "adicional")
    assert calendario.motivo(date(2026, 11, 3)) is None
    generico = Calendario(frozenset({date(2026, 11, 3)})).motivo(date(2026, 11, 3))
    assert generico is not None
    assert generico.clase == "adicional"
    # A feast on a Saturday reads as a Saturday.
    assert calendario.motivo(date(2027, 5, 1)) == Motivo("Sábado", "CFF 12", "fin_de_semana")


def test_antes_de_la_lista_no_se_adivina() -> None:
    with pytest.raises(ReglaError) as error:
        Calendario().es_habil(date(2005, 3, 1))
    assert error.value.codigo == "PARAMETRO_NO_VIGENTE"
    assert "2005" in error.value.mensaje


def test_el_calendario_termina_en_9999() -> None:
    with pytest.raises(ReglaError) as error:
        Calendario().siguiente_habil(date.max)
    assert error.value.codigo == "DATO_INVALIDO"


@pytest.mark.parametrize("anio", range(2020, 2032))
def test_ultimo_lunes(anio: int) -> None:
    for mes in (1, 7):
        lunes = ultimo_lunes(anio, mes)
        assert (lunes.weekday(), lunes.month) == (0, mes)
        assert (lunes + timedelta(days=7)).month != mes
    assert ordinal_de_lunes(anio, 2, 1).day <= 7


def test_reglas_de_un_solo_dia() -> None:
    asueto = next(r for r in dias_inhabiles("IMSS") if r.clave == "asueto_2025_09_15")
    assert fechas_de(asueto, 2025) == (date(2025, 9, 15),)
    assert fechas_de(asueto, 2026) == ()
    transmision = next(r for r in dias_inhabiles("LFT74") if r.clave == "transmision_ejecutivo")
    assert fechas_de(transmision, 2030) == (date(2030, 10, 1),)
    assert fechas_de(transmision, 2018) == ()
