"""`reglas calcular`: the worked examples of the contract, its error codes and a batch that nothing stops."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.rules.calcular import REGLAS, calcular_caso, calcular_lote
from workflow.rules.errores import CODIGOS

RAIZ = Path(__file__).parents[3]
PLAZO = {
    "regla": "plazo",
    "longitud": 15,
    "unidad": "habiles",
    "desde": "2026-03-12",
    "inicio": "surte_efectos",
}
ASIENTO = {"id": "a", "con_voto": True, "presente": True, "excusa": False, "voto": "a_favor"}
VOTACION = {
    "regla": "votacion",
    "asientos": [ASIENTO],
    "preside": "a",
    "mayoria": "simple",
    "voto_de_calidad": True,
}


@pytest.mark.parametrize(
    ("caso", "esperado"),
    [
        (PLAZO, {"vence": "2026-04-06", "surte_efectos": "2026-03-13", "dia_uno": "2026-03-17"}),
        (
            {
                "regla": "plazo",
                "longitud": 12,
                "unidad": "meses",
                "desde": "2025-01-31",
                "inicio": "dia_siguiente",
            },
            {"vence": "2026-02-03", "surte_efectos": None, "dia_uno": "2025-02-01"},
        ),
        (
            PLAZO
            | {
                "regimen": "racerf",
                "prorroga": True,
                "inhabiles_extra": ["2026-04-01", "2026-04-02", "2026-04-03"],
                "suspensiones": [{"desde": "2026-03-18", "hasta": "2026-03-18"}],
            },
            {"vence": "2026-04-13"},
        ),
        (PLAZO | {"regimen": None, "suspensiones": None}, {"vence": "2026-04-06"}),
        (
            {"regla": "repse", "anio": 2026, "semestre": 1},
            {
                "padron": "2026-01-26",
                "limite_exhorto": "2026-01-29",
                "exhorto": "2026-01-29",
                "fin_regularizacion": "2026-02-28",
                "segunda_opinion": "2026-03-02",
                "fin_manifestacion": "2026-03-09",
                "tercera_opinion": "2026-03-10",
                "cancelacion": "2026-03-10",
                "avisos": [],
            },
        ),
        (
            {"regla": "repse", "anio": 2026, "semestre": 1, "exhorto": "2026-01-27"},
            {"fin_regularizacion": "2026-02-26"},
        ),
        (
            {"regla": "identificador", "tipo": "nss", "valor": "1234-5678-903"},
            {"valido": True, "normalizado": "12345678903", "advertencias": []},
        ),
        (
            {"regla": "identificador", "tipo": "rfc", "valor": "VACE460910SX6"},
            {"valido": True},
        ),
        (
            VOTACION,
            {
                "quorum": True,
                "quorum_requerido": 1,
                "presentes": 1,
                "a_favor": 1,
                "en_contra": 0,
                "abstenciones": 0,
                "pendientes": 0,
                "resultado": "aprobada",
            },
        ),
        (
            VOTACION | {"asientos": [ASIENTO | {"voto": None, "id": 7}], "preside": 7},
            {"resultado": "abierta"},
        ),
        ({"regla": "caducidad", "desde": "2021-01-31"}, {"vence": "2026-01-31"}),
        (
            {"regla": "prescripcion", "exigible_desde": "2015-03-10", "gestiones": ["2018-05-05"]},
            {"vence": "2023-05-05", "tope": "2025-03-10"},
        ),
    ],
)
def test_resultados(caso: dict[str, Any], esperado: dict[str, Any]) -> None:
    resultado = calcular_caso(caso)
    assert {clave: resultado.get(clave, "falta") for clave in esperado} == esperado
    json.dumps(resultado)


@pytest.mark.parametrize(
    ("caso", "codigo", "dice"),
    [
        (3, "DATO_INVALIDO", "objeto"),
        ({}, "DATO_FALTANTE", "regla"),
        ({"regla": "no_hay"}, "REGLA_DESCONOCIDA", "plazo"),
        ({"regla": ["plazo"]}, "REGLA_DESCONOCIDA", "plazo"),
        ({"regla": "plazo"}, "DATO_FALTANTE", "longitud"),
        (PLAZO | {"desde": "2026-02-31"}, "DATO_INVALIDO", "no es una fecha que exista"),
        (PLAZO | {"desde": "20260312"}, "DATO_INVALIDO", "AAAA-MM-DD"),
        (PLAZO | {"desde": 20260312}, "DATO_INVALIDO", "AAAA-MM-DD"),
        (PLAZO | {"desde": None}, "DATO_FALTANTE", "desde"),
        (PLAZO | {"longitud": 0}, "DATO_INVALIDO", "1 o más"),
        (PLAZO | {"longitud": -1}, "DATO_INVALIDO", "1 o más"),
        (PLAZO | {"longitud": "quince"}, "DATO_INVALIDO", "entero"),
        (PLAZO | {"longitud": "15"}, "DATO_INVALIDO", "entero"),
        (PLAZO | {"longitud": 15.0}, "DATO_INVALIDO", "entero"),
        (PLAZO | {"longitud": True}, "DATO_INVALIDO", "entero"),
        (PLAZO | {"longitud": 10**30}, "DATO_INVALIDO", "9999"),
        (PLAZO | {"unidad": "semanas"}, "DATO_INVALIDO", "habiles"),
        (PLAZO | {"unidad": ["habiles"]}, "DATO_INVALIDO", "habiles"),
        (PLAZO | {"inicio": "ayer"}, "DATO_INVALIDO", "surte_efectos"),
        (PLAZO | {"regimen": "lss"}, "DATO_INVALIDO", "racerf"),
        (PLAZO | {"prorroga": "sí"}, "DATO_INVALIDO", "true o false"),
        (PLAZO | {"inhabiles_extra": "2026-03-18"}, "DATO_INVALIDO", "lista"),
        (PLAZO | {"inhabiles_extra": ["2026-03-18", 4]}, "DATO_INVALIDO", "inhabiles_extra[1]"),
        (PLAZO | {"suspensiones": ["2026-03-18"]}, "DATO_INVALIDO", "suspensiones[0]"),
        (PLAZO | {"suspensiones": [{"desde": "2026-03-18"}]}, "DATO_FALTANTE", "suspensiones[0].hasta"),
        (
            PLAZO | {"suspensiones": [{"desde": "2026-03-18", "hasta": "2026-03-17"}]},
            "DATO_INVALIDO",
            "antes de empezar",
        ),
        (PLAZO | {"desde": "1990-01-01"}, "PARAMETRO_NO_VIGENTE", "días inhábiles"),
        ({"regla": "identificador", "tipo": "nss"}, "DATO_FALTANTE", "valor"),
        ({"regla": "identificador", "tipo": "nss", "valor": 12345678903}, "DATO_INVALIDO", "texto"),
        ({"regla": "identificador", "tipo": "ine", "valor": "1"}, "DATO_INVALIDO", "registro_patronal"),
        (VOTACION | {"asientos": None}, "DATO_FALTANTE", "asientos"),
        (VOTACION | {"asientos": [{"id": "a"}]}, "DATO_FALTANTE", "asientos[0].con_voto"),
        (VOTACION | {"asientos": [ASIENTO | {"id": True}]}, "DATO_INVALIDO", "asientos[0].id"),
        (VOTACION | {"asientos": [ASIENTO | {"voto": "sí"}]}, "DATO_INVALIDO", "asientos[0].voto"),
        (VOTACION | {"asientos": [ASIENTO | {"presente": False}]}, "DATO_INVALIDO", "ausente"),
        (VOTACION | {"preside": None}, "DATO_FALTANTE", "preside"),
        (VOTACION | {"voto_de_calidad": None}, "DATO_FALTANTE", "voto_de_calidad"),
        ({"regla": "repse", "anio": 2026, "semestre": 3}, "DATO_INVALIDO", "entre 1 y 2"),
    ],
)
def test_errores(caso: Any, codigo: str, dice: str) -> None:
    error = calcular_caso(caso)["error"]
    assert (error["codigo"], dice in error["mensaje"]) == (codigo, True), error
    assert error["codigo"] in CODIGOS
    assert error["mensaje"].endswith(".")


def test_suspensiones_encimadas_se_funden() -> None:
    encimadas = [
        {"desde": "2026-03-18", "hasta": "2026-03-20"},
        {"desde": "2026-03-19", "hasta": "2026-03-23"},
    ]
    juntas = [{"desde": "2026-03-18", "hasta": "2026-03-23"}]
    assert calcular_caso(PLAZO | {"suspensiones": encimadas})["vence"] == "2026-04-10"
    assert calcular_caso(PLAZO | {"suspensiones": juntas})["vence"] == "2026-04-10"


def test_lo_que_no_se_uso_se_dice() -> None:
    assert calcular_caso(PLAZO | {"prorogra": False, "id": 4})["avisos"] == ["No se usó: id, prorogra."]
    assert "avisos" not in calcular_caso(PLAZO)


def test_el_lote_conserva_el_orden_y_un_caso_malo_no_lo_para() -> None:
    lote = [PLAZO, {"regla": "nada"}, VOTACION, None]
    resultados = calcular_lote(lote)
    assert [sorted(r)[0] for r in resultados] == ["dia_uno", "error", "a_favor", "error"]


MEDIR = """
import time
from workflow.rules.calcular import calcular_lote
casos = [
    {"regla": "plazo", "longitud": 1 + n % 45, "unidad": "habiles", "inicio": "surte_efectos",
     "desde": f"2026-{1 + n % 12:02d}-{1 + n % 28:02d}"}
    for n in range(10_000)
]
inicio = time.process_time()
assert not any("error" in r for r in calcular_lote(casos))
print(time.process_time() - inicio)
"""


def test_diez_mil_plazos_en_cinco_segundos() -> None:
    """Processor seconds of a process of its own: neither a busy machine nor the coverage tracer counts."""
    limpio = {clave: valor for clave, valor in os.environ.items() if not clave.startswith("COV")}
    salida = subprocess.run(
        [sys.executable, "-c", MEDIR], capture_output=True, text=True, check=True, env=limpio, cwd=RAIZ
    )
    assert float(salida.stdout) < 5


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.dates().map(str),
    lambda dentro: st.lists(dentro, max_size=3) | st.dictionaries(st.text(max_size=8), dentro, max_size=3),
    max_leaves=6,
)
CAMPOS = [
    "longitud",
    "unidad",
    "desde",
    "inicio",
    "regimen",
    "prorroga",
    "inhabiles_extra",
    "suspensiones",
    "anio",
    "semestre",
    "exhorto",
    "tipo",
    "valor",
    "asientos",
    "preside",
    "mayoria",
    "voto_de_calidad",
    "exigible_desde",
    "gestiones",
    "inicio_cancelacion",
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([*REGLAS, "otra"]), st.dictionaries(st.sampled_from(CAMPOS), JSON), st.booleans())
def test_ninguna_entrada_rompe_el_lote(regla: str, datos: dict[str, Any], sobre_uno_bueno: bool) -> None:
    base = {"plazo": PLAZO, "votacion": VOTACION}.get(regla, {}) if sobre_uno_bueno else {}
    resultado = calcular_caso(base | datos | {"regla": regla})
    json.dumps(resultado)
    if "error" in resultado:
        assert resultado["error"]["codigo"] in CODIGOS
