"""`reglas calcular` for the limits of an act, and a term that is lengthened or ends before the list begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.params.loader import plazo
from workflow.rules.calcular import calcular_caso
from workflow.rules.calendario import dias
from workflow.rules.errores import ReglaError
from workflow.rules.plazos import Suspension, ampliar, aplicar, aplicar_prudente

D = date.fromisoformat
VISITA = {"regla": "visita", "desde": "2026-01-15"}


def test_la_visita_con_sus_suspensiones() -> None:
    resultado = calcular_caso(
        VISITA
        | {
            "suspensiones": [
                {"causal": "reposicion", "desde": "2026-09-01", "hasta": "2026-11-15"},
                {"causal": "inconformidad", "desde": "2026-05-01"},
            ]
        }
    )
    assert (resultado["vence"], resultado["sin_suspensiones"]) == ("2027-03-17", "2027-01-15")
    assert resultado["abierta"] is False
    assert resultado["suspensiones"] == [
        {
            "causal": "inconformidad",
            "desde": "2026-05-01",
            "hasta": None,
            "tope": None,
            "dias": 0,
            "cortados": 0,
            "motivo": "esta causa no detiene este plazo",
            "alcanza": "2027-01-15",
        },
        {
            "causal": "reposicion",
            "desde": "2026-09-01",
            "hasta": "2026-11-15",
            "tope": "2026-10-31",
            "dias": 61,
            "cortados": 15,
            "motivo": "su tope la termina",
            "alcanza": "2027-03-17",
        },
    ]
    assert resultado["avisos"] == []
    assert resultado["pasos"][-1]["confianza"] == "verificado"


def test_la_resolucion_y_el_sistema_financiero() -> None:
    resolucion = {"regla": "resolucion", "desde": "2026-07-15"}
    assert calcular_caso(resolucion)["vence"] == "2027-01-15"
    abierta = resolucion | {"suspensiones": [{"causal": "huelga", "desde": "2026-08-01"}]}
    assert calcular_caso(abierta)["error"]["codigo"] == "DATO_FALTANTE"
    hallado = calcular_caso(abierta | {"al": "2026-08-10"})
    assert (hallado["vence"], hallado["abierta"]) == ("2027-01-25", True)
    assert calcular_caso(VISITA | {"financiero": True})["vence"] == "2027-07-15"


def test_los_dias_para_desvirtuar_dentro_de_la_visita() -> None:
    caso = VISITA | {
        "desvirtuar_desde": "2026-10-22",
        "periodo_desde": "2024-01-01",
        "periodo_hasta": "2025-12-31",
        "aviso": "2026-11-10",
    }
    resultado = calcular_caso(caso)
    assert (resultado["desvirtuar_vence"], resultado["cierre_desde"]) == ("2026-12-11", "2026-12-14")
    assert resultado["desvirtuar_ampliado"] is True
    assert resultado["avisos"] == []
    tarde = calcular_caso(VISITA | {"desvirtuar_desde": "2026-12-21", "procedimiento": "gabinete"})
    assert tarde["cierre_desde"] == "2027-01-22"
    assert "límite del acto" in tarde["avisos"][0]
    assert calcular_caso(caso | {"periodo_hasta": None})["error"]["codigo"] == "DATO_FALTANTE"
    assert calcular_caso(caso | {"procedimiento": "x"})["error"]["codigo"] == "DATO_INVALIDO"


@pytest.mark.parametrize(
    ("cambios", "codigo", "dice"),
    [
        ({"desde": "2026-02-30"}, "DATO_INVALIDO", "no es una fecha que exista"),
        ({"desde": None}, "DATO_FALTANTE", "desde"),
        ({"suspensiones": [{"desde": "2026-05-01"}]}, "DATO_FALTANTE", "suspensiones[0].causal"),
        ({"suspensiones": [{"causal": "lluvia", "desde": "2026-05-01"}]}, "DATO_INVALIDO", "huelga"),
        (
            {"suspensiones": [{"causal": "huelga", "desde": "2026-05-02", "hasta": "2026-05-01"}]},
            "DATO_INVALIDO",
            "antes de empezar",
        ),
        ({"desde": "9999-06-01"}, "DATO_INVALIDO", "9999"),
    ],
)
def test_lo_que_no_puede_ser(cambios: dict[str, object], codigo: str, dice: str) -> None:
    error = calcular_caso(VISITA | cambios)["error"]
    assert error["codigo"] == codigo
    assert dice in error["mensaje"]


def test_un_plazo_ampliado_sigue_la_cuenta_donde_iba() -> None:
    base = aplicar(plazo("ultima_parcial"), D("2026-10-22"), {D("2026-11-02")})
    total = ampliar(base, plazo("ultima_parcial_amp"), {D("2026-11-02")})
    assert (base.vence, total.vence) == (D("2026-11-23"), D("2026-12-14"))
    assert (total.dia_uno, total.contados_al(D("2026-11-24"))) == (base.dia_uno, 21)
    assert total.dias[-1].numero == 35
    assert [p.que for p in total.pasos if p.que.startswith("Se amplía")] == ["Se amplía 15 días hábiles"]


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 40), st.integers(0, 20))
def test_al_ampliar_ningun_dia_se_pierde(desde: date, salto: int, largo: int) -> None:
    inicio = desde + timedelta(days=salto)
    pausas = [Suspension(inicio, inicio + timedelta(days=largo))]
    for clave in ("ultima_parcial", "correccion_presenta"):
        # RACERF 3 moves a Friday: the days over which the base was moved stay in the list.
        base = aplicar(plazo(clave), desde, (), pausas)
        total = ampliar(base, plazo(f"{clave}_amp"), (), pausas)
        assert [d.fecha for d in total.dias] == list(dias(desde + timedelta(days=1), total.dias[-1].fecha))
        numeros = [d.numero for d in total.dias if d.numero]
        assert numeros == list(range(1, len(numeros) + 1))
        assert total.vence > base.vence


def test_ampliar_un_plazo_de_meses_no_inventa_dias() -> None:
    base = aplicar(plazo("visita_max"), D("2026-01-15"))
    assert ampliar(base, plazo("ultima_parcial_amp")).dias == ()


def test_un_plazo_que_termina_antes_de_la_lista_de_inhabiles() -> None:
    with pytest.raises(ReglaError) as error:
        aplicar(plazo("antig_denuncia"), D("2000-02-29"))
    assert error.value.codigo == "PARAMETRO_NO_VIGENTE"
    # The earlier reading: the last day of the month that has no such day.
    assert aplicar_prudente(plazo("antig_denuncia"), D("2000-02-29")).vence == D("2005-02-28")
    assert aplicar_prudente(plazo("antig_denuncia"), D("1999-05-31")).vence == D("2004-05-31")
    # What would roll does not: 28 August 2005 is a Sunday.
    assert aplicar_prudente(plazo("parcialidad"), D("2005-07-28")).vence == D("2005-08-28")
    with pytest.raises(ReglaError):
        aplicar_prudente(plazo("doc_6"), D("2000-02-29"))
    with pytest.raises(ReglaError):
        aplicar_prudente(plazo("sesion_fecha"), D("2000-02-29"))
    assert aplicar_prudente(plazo("antig_denuncia"), D("2020-02-29")).vence == D("2025-03-03")


def test_una_suspension_sin_fin_no_recorre_milenios_dia_por_dia() -> None:
    with pytest.raises(ReglaError, match="400 años"):
        aplicar(plazo("doc_6"), D("2026-01-15"), (), [Suspension(D("2026-01-20"), date.max)])
