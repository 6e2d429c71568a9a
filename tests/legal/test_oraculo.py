"""The project's rules against a second, plain reading of the contract: seeded cases and frozen ones.

HYPOTHESIS_PROFILE=nightly throws 10,000 new cases of each rule; the message names the seed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import pytest

from tests.legal.oraculo import REGLAS as ORACULO
from tests.legal.oraculo import calcular, calcular_cedula
from tests.legal.oraculo.comparar import diferencia
from tests.legal.oraculo.generador import casos
from tests.legal.oraculo.generador_cedula import cedula as una_cedula
from workflow.rules.calcular import calcular_lote

NOCHE = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
CUANTOS = 10_000 if NOCHE else 300
RAIZ = Path(__file__).parents[2]
FIJOS = sorted((Path(__file__).parent / "casos").glob("*.json"))
DINERO = re.compile(r"[0-9]+\.[0-9]{2}")
CLAVES_DE_DINERO = {
    "a_pagar",
    "actualizado",
    "importe",
    "importe_individualizado",
    "maximo",
    "minimo",
    "patron",
    "recargos",
    "sbc_topado",
    "total",
    "trabajador",
    "uma",
}


def leer(archivo: Path) -> list[dict[str, Any]]:
    filas: list[dict[str, Any]] = json.loads(archivo.read_text(encoding="utf-8"))
    return filas


def comparar(lote: list[Any], esperadas: list[dict[str, Any]], dadas: list[dict[str, Any]]) -> list[str]:
    """One line for each case that differs."""
    assert len(dadas) == len(lote)
    return [
        f"{razon}\n  caso: {json.dumps(caso)}\n  oráculo: {esperada}\n  reglas: {dada}"
        for caso, esperada, dada in zip(lote, esperadas, dadas, strict=True)
        if (razon := diferencia(esperada, dada))
    ]


@pytest.mark.parametrize("regla", sorted(ORACULO))
def test_casos_al_azar(regla: str) -> None:
    semilla = SystemRandom().randrange(10**9) if NOCHE else 1
    lote = list(casos(regla, CUANTOS, semilla))
    esperadas = [calcular(caso) for caso in lote]
    # Both kinds must be there, or the test would show nothing.
    con_respuesta = sum("error" not in esperada for esperada in esperadas)
    assert CUANTOS / 3 < con_respuesta < CUANTOS
    distintos = comparar(lote, esperadas, calcular_lote(lote))
    assert not distintos, f"{len(distintos)} con la semilla {semilla}:\n" + "\n".join(distintos[:5])


def test_cedulas_al_azar() -> None:
    semilla = SystemRandom().randrange(10**9) if NOCHE else 1
    azar = Random(semilla)
    lote = [una_cedula(azar) for _ in range(CUANTOS // 5)]
    esperadas = [calcular_cedula(caso) for caso in lote]
    assert len(lote) / 2 < sum("error" not in esperada for esperada in esperadas) < len(lote)
    distintas = comparar(lote, esperadas, calcular_lote(lote))
    assert not distintas, f"{len(distintas)} con la semilla {semilla}:\n" + "\n".join(distintas[:2])


@pytest.mark.parametrize("archivo", FIJOS, ids=lambda archivo: archivo.stem)
def test_casos_fijos(archivo: Path) -> None:
    filas = leer(archivo)
    lote, esperadas = [fila["caso"] for fila in filas], [fila["respuesta"] for fila in filas]
    assert [calcular(caso) for caso in lote] == esperadas, "cambió el oráculo"
    distintos = comparar(lote, esperadas, calcular_lote(lote))
    assert not distintos, "\n".join(distintos)


def test_cada_regla_tiene_casos_fijos() -> None:
    assert {archivo.stem for archivo in FIJOS} == {*ORACULO, "lote"}


@pytest.mark.parametrize(
    ("caso", "esperada"),
    [
        (
            {
                "regla": "plazo",
                "longitud": 15,
                "unidad": "habiles",
                "desde": "2026-03-12",
                "inicio": "surte_efectos",
            },
            {"vence": "2026-04-06", "surte_efectos": "2026-03-13", "dia_uno": "2026-03-17"},
        ),
        (
            {
                "regla": "gastos_ejecucion",
                "credito": "100000.00",
                "actos": [["requerimiento", "embargo"], ["remate"]],
                "fecha": "2025-06-02",
            },
            {"total": "4000.00"},
        ),
        (
            {
                "regla": "cuotas",
                "sbc": "500",
                "desde": "2026-04-01",
                "hasta": "2026-04-30",
                "clase_riesgo": "III",
            },
            {"patron": "3258.51", "trabajador": "374.02"},
        ),
        (
            {
                "regla": "accesorios",
                "importe": "100000.00",
                "debio_pagarse": "2025-02-17",
                "fecha_pago": "2025-08-20",
            },
            {
                "factor": "1.0176",
                "actualizado": "101760.00",
                "meses_recargos": 7,
                "tasa_recargos": "10.29",
                "recargos": "10471.10",
                "total": "112231.10",
                "a_pagar": "112231.00",
            },
        ),
        (
            {"regla": "repse", "anio": 2026, "semestre": 1},
            {"padron": "2026-01-26", "segunda_opinion": "2026-03-02", "cancelacion": "2026-03-10"},
        ),
    ],
)
def test_los_ejemplos_del_contrato(caso: dict[str, Any], esperada: dict[str, Any]) -> None:
    """The oracle itself against the examples worked out by hand."""
    assert esperada.items() <= calcular(caso).items()
    assert not diferencia(esperada, calcular_lote([caso])[0])


def importes_de(respuesta: Any) -> list[Any]:
    """Every value that stands under a key of money, however deep, the steps apart."""
    if isinstance(respuesta, list):
        return [importe for uno in respuesta for importe in importes_de(uno)]
    if not isinstance(respuesta, dict):
        return []
    hondos = [importes_de(valor) for clave, valor in respuesta.items() if clave != "pasos"]
    propios = [
        v for k, v in respuesta.items() if k in CLAVES_DE_DINERO and not isinstance(v, dict | type(None))
    ]
    return propios + [importe for uno in hondos for importe in uno]


def test_por_la_orden_de_verdad(tmp_path: Path) -> None:
    """All frozen cases in one batch, good and bad mixed, through the command in a process of its own."""
    filas = [fila for archivo in FIJOS for fila in leer(archivo)]
    filas = filas[::3] + filas[1::3] + filas[2::3]
    orden = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "reglas", "calcular", "-"],
        input=json.dumps([fila["caso"] for fila in filas]).encode(),
        capture_output=True,
        cwd=RAIZ,
        timeout=120,
        check=False,
    )
    assert orden.returncode == 0, orden.stderr
    # At most the line that says which INPC was used.
    assert orden.stderr.count(b"\n") <= 1
    assert b"Error" not in orden.stderr
    dadas = json.loads(orden.stdout.decode("utf-8"))
    distintos = comparar([fila["caso"] for fila in filas], [fila["respuesta"] for fila in filas], dadas)
    assert not distintos, "\n".join(distintos)
    importes = importes_de(dadas)
    assert len(importes) > 500
    assert all(isinstance(importe, str) and DINERO.fullmatch(importe) for importe in importes)
