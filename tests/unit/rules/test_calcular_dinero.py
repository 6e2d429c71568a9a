"""The money rules over JSON: the keys of the contract as strings, and inputs that are not what they should be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow.params import inpc
from workflow.params.inpc import Indice
from workflow.rules.calcular import calcular_caso, calcular_lote

CUOTAS = {
    "regla": "cuotas",
    "sbc": "500.00",
    "desde": "2026-04-01",
    "hasta": "2026-04-30",
    "clase_riesgo": "III",
}
ACCESORIOS = {
    "regla": "accesorios", "importe": "100000.00", "debio_pagarse": "2025-02-17", "fecha_pago": "2025-08-20",
}  # fmt: skip
MULTA = {"regla": "multa", "infraccion": "304-A-II", "fecha": "2026-03-02"}
GASTOS = {
    "regla": "gastos_ejecucion", "credito": "100000.00", "actos": [["requerimiento", "embargo"], ["remate"]],
    "fecha": "2025-06-02",
}  # fmt: skip


def sin(resultado: dict[str, Any], *claves: str) -> dict[str, Any]:
    return {clave: valor for clave, valor in resultado.items() if clave not in claves}


def test_cuotas() -> None:
    r = calcular_caso(CUOTAS)
    (mes,) = r["meses"]
    assert sin(r, "meses", "pasos") == {
        "patron": "3258.51", "trabajador": "374.02", "total": "3632.53", "avisos": [],
    }  # fmt: skip
    assert sin(mes, "ramos") == {
        "mes": "2026-04", "dias": 30, "uma": "117.31", "sbc_topado": "500.00", "patron": "3258.51",
        "trabajador": "374.02",
    }  # fmt: skip
    assert mes["ramos"]["IV"] == {"patron": "262.50", "trabajador": "93.75"}
    con_prima = calcular_caso(sin(CUOTAS, "clase_riesgo") | {"prima": "2.59840", "cuota_diaria": "480"})
    assert con_prima["patron"] == "3258.51"
    assert {"que", "de_que", "articulo", "fechas", "confianza"} == set(r["pasos"][0])


def test_accesorios() -> None:
    r = calcular_caso(ACCESORIOS)
    assert sin(r, "pasos") == {
        "factor": "1.0176",
        "actualizado": "101760.00",
        "meses_recargos": 7,
        "tasa_recargos": "10.29",
        "recargos": "10471.10",
        "total": "112231.10",
        "a_pagar": "112231.00",
        "inpc_antiguo": {"mes": "2025-01", "valor": "138.343"},
        "inpc_reciente": {"mes": "2025-07", "valor": "140.78"},
        "avisos": [],
    }
    multa = calcular_caso(ACCESORIOS | {"concepto": "multa", "fecha_pago": "2025-02-17"})
    assert (multa["tasa_recargos"], multa["recargos"], multa["inpc_antiguo"]) == ("0.00", "0.00", None)


def test_la_serie_que_se_da_es_la_que_se_usa() -> None:
    abril = Indice(date(2026, 4, 1), "145.000", "CFF 17-A", "prueba", "verificado", "")
    caso = ACCESORIOS | {"fecha_pago": "2026-05-20"}
    (con,) = calcular_lote([caso], inpc.incluida().con([abril]))
    assert con["inpc_reciente"] == {"mes": "2026-04", "valor": "145.000"}
    assert calcular_lote([caso])[0]["inpc_reciente"]["mes"] == "2026-02"


def test_multa() -> None:
    assert sin(calcular_caso(MULTA), "pasos") == {"minimo": "2346.20", "maximo": "41058.50", "avisos": []}
    r = calcular_caso(MULTA | {"importe": "30000", "reincidencia": True, "pago_oportuno": True})
    assert (r["importe_individualizado"], r["a_pagar"]) == ("41058.50", "32847.00")
    assert calcular_caso(MULTA | {"infraccion": "304", "omitido": "10.00"})["minimo"] == "4.00"


def test_gastos() -> None:
    assert sin(calcular_caso(GASTOS), "pasos") == {
        "por_acto": [
            {"diligencias": ["requerimiento", "embargo"], "importe": "2000.00"},
            {"diligencias": ["remate"], "importe": "2000.00"},
        ],
        "total": "4000.00",
    }
    assert calcular_caso(GASTOS | {"actos": []})["total"] == "0.00"


@pytest.mark.parametrize(
    "malo", [500, 500.0, True, [], {}, "500,00", "quinientos", "1e3", "NaN", "5.001", "9" * 14, ""]
)
@pytest.mark.parametrize(
    ("caso", "campo"),
    [
        (CUOTAS, "sbc"),
        (CUOTAS, "cuota_diaria"),
        (ACCESORIOS, "importe"),
        (MULTA, "importe"),
        (MULTA, "omitido"),
        (GASTOS, "credito"),
        (CUOTAS, "prima"),
    ],
)
def test_lo_que_no_es_dinero(caso: dict[str, Any], campo: str, malo: object) -> None:
    if campo == "prima" and malo == "5.001":
        return
    error = calcular_caso(caso | {campo: malo})["error"]
    assert (error["codigo"], f"«{campo}»" in error["mensaje"]) == ("DATO_INVALIDO", True)


@pytest.mark.parametrize(
    ("caso", "campo"),
    [
        (CUOTAS, "sbc"),
        (CUOTAS, "desde"),
        (CUOTAS, "hasta"),
        (CUOTAS, "clase_riesgo"),
        (ACCESORIOS, "importe"),
        (ACCESORIOS, "debio_pagarse"),
        (ACCESORIOS, "fecha_pago"),
        (MULTA, "infraccion"),
        (MULTA, "fecha"),
        (GASTOS, "credito"),
        (GASTOS, "actos"),
        (GASTOS, "fecha"),
    ],
)
def test_lo_que_falta(caso: dict[str, Any], campo: str) -> None:
    for incompleto in (sin(caso, campo), caso | {campo: None}):
        error = calcular_caso(incompleto)["error"]
        assert (error["codigo"], f"«{campo}»" in error["mensaje"]) == ("DATO_FALTANTE", True)


@pytest.mark.parametrize(
    ("caso", "cambio"),
    [
        (CUOTAS, {"clase_riesgo": "iii"}),
        (CUOTAS, {"clase_riesgo": 3}),
        (CUOTAS, {"zona": "norte"}),
        (CUOTAS, {"desde": "2026-02-29"}),
        (ACCESORIOS, {"concepto": "gastos"}),
        (MULTA, {"infraccion": ["304"]}),
        (MULTA, {"reincidencia": "sí"}),
        (MULTA, {"pago_oportuno": 1}),
        (GASTOS, {"actos": "remate"}),
        (GASTOS, {"actos": ["remate"]}),
        (GASTOS, {"actos": [["remate"], {"remate": 1}]}),
        (GASTOS, {"actos": [["remate", 3]]}),
        (GASTOS, {"actos": [[["remate"]]]}),
    ],
)
def test_lo_que_no_sirve(caso: dict[str, Any], cambio: dict[str, Any]) -> None:
    error = calcular_caso(caso | cambio)["error"]
    assert error["codigo"] == "DATO_INVALIDO"
    assert next(iter(cambio)) in error["mensaje"]
