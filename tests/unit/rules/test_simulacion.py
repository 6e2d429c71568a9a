"""What a fact starts: the dates of the rule of terms, chained, in order, with a warning on a día inhábil."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.params import loader
from workflow.params.simulaciones import hecho, hechos
from workflow.rules import plazos
from workflow.rules.calendario import Calendario
from workflow.rules.errores import ReglaError
from workflow.rules.plazos import Suspension
from workflow.rules.simulacion import Simulado, simular

HOY = date(2026, 11, 20)


def por_id(clave: str, fecha: date, **datos: object) -> dict[str, Simulado]:
    return {s.id: s for s in simular(hecho(clave), fecha, HOY, **datos).renglones}  # type: ignore[arg-type]


def test_la_cedula_y_su_cadena() -> None:
    s = por_id("cedula", date(2026, 3, 12))
    assert s["pago_credito"].vence == date(2026, 4, 6)  # the worked example of the contract, by its own rule
    assert s["exigible"].vence == date(2026, 4, 7)
    assert s["exigible"].despues_de == "pago_credito"
    assert s["exigible"].clase == "dia"
    assert s["mandamiento"].desde == s["exigible"].vence
    assert s["prescripcion"].vence == date(2031, 4, 7)
    assert s["pago_credito"].resultado is not None
    assert s["pago_credito"].pasos == s["pago_credito"].resultado.pasos
    assert s["inconformidad"].confianza == "por_verificar"


def test_el_citatorio_es_del_dia_habil_siguiente_y_cita_al_catalogo() -> None:
    s = por_id("citatorio", date(2026, 11, 20))["citatorio"]
    assert s.vence == date(2026, 11, 23)
    assert s.cita == loader.plazo("citatorio").cita
    assert s.pasos[0].articulo == s.cita
    assert s.duracion == ""


def test_la_ultima_parcial_cabe_y_un_dia_despues_no() -> None:
    s = por_id("visita", HOY)
    final = s["acta_final"].vence
    assert (s["visita_max"].vence, final) == (date(2027, 11, 20), date(2027, 11, 19))
    veinte = loader.plazo("ultima_parcial")
    limite = s["limite_parcial"].vence
    assert plazos.aplicar(veinte, limite).vence < final
    siguiente = Calendario().siguiente_habil(limite)
    assert plazos.aplicar(veinte, siguiente).vence >= final
    assert s["limite_parcial_amp"].vence < limite
    assert s["limite_parcial"].clase == "limite"


def test_el_aviso_de_un_dia_inhabil() -> None:
    aviso = simular(hecho("cedula"), date(2026, 11, 16), HOY).inhabil
    assert aviso.startswith("El lunes 16 de noviembre de 2026 es inhábil (")
    assert "martes 17 de noviembre de 2026" in aviso
    assert simular(hecho("cedula"), date(2026, 11, 17), HOY).inhabil == ""
    assert simular(hecho("exigible"), date(2026, 11, 16), HOY).inhabil == ""
    cerrado = frozenset({date(2026, 11, 17)})
    assert "adicional" in simular(hecho("cedula"), date(2026, 11, 17), HOY, cerrado).inhabil


def test_cada_plazo_pide_sus_suspensiones() -> None:
    huelga = Suspension(date(2026, 12, 1), date(2026, 12, 10))
    sin = por_id("visita", HOY)
    con = por_id("visita", HOY, suspensiones=lambda clave: (huelga,) if clave == "visita_max" else ())
    assert con["visita_max"].vence == sin["visita_max"].vence + timedelta(days=10)
    assert con["preventivo_visita"].vence == sin["preventivo_visita"].vence


def test_fuera_de_la_lista_de_inhabiles_se_dice() -> None:
    with pytest.raises(ReglaError) as e:
        simular(hecho("cedula"), date(1999, 1, 4), HOY)
    assert e.value.codigo == "PARAMETRO_NO_VIGENTE"


@given(fecha=st.dates(date(2010, 1, 1), date(2060, 12, 31)))
def test_en_orden_y_nunca_antes_del_hecho(fecha: date) -> None:
    for uno in hechos().values():
        renglones = simular(uno, fecha, HOY).renglones
        vencen = [s.vence for s in renglones]
        assert vencen == sorted(vencen)
        assert min(vencen) >= fecha
        por = {s.id: s for s in renglones}
        for s in renglones:
            if s.clase != "limite":
                assert s.desde == (por[s.despues_de].vence if s.despues_de else fecha)
