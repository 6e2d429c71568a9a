"""What terms cost: `reglas calcular` over 10,000 mixed ones, and one after the other it stays linear.

Processor time of this process, so that a busy machine does not decide; a ratio and one wide ceiling.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from workflow.params.loader import plazo
from workflow.rules.calcular import calcular_lote
from workflow.rules.plazos import aplicar
from workflow.rules.suspensiones import Periodo
from workflow.rules.visita import visita

POCOS, MUCHOS = 1_000, 10_000
# The bar of the house for 10,000 terms, and how far from linear ten times as many may be.
TOPE_S, TOPE_RAZON = 5.0, 1.5
LARGOS = {"habiles": 120, "naturales": 120, "meses": 24, "anios": 10}


def casos(cuantos: int) -> list[dict[str, Any]]:
    """Terms of every unit and start, two in five suspended, half with days off of their own."""
    azar = random.Random(7)
    return [_caso(azar) for _ in range(cuantos)]


def _caso(azar: random.Random) -> dict[str, Any]:
    unidad = azar.choice(["habiles", "habiles", "naturales", "meses", "anios"])
    desde = date(2020, 1, 1) + timedelta(days=azar.randrange(3000))
    caso: dict[str, Any] = {
        "regla": "plazo",
        "longitud": azar.randint(1, LARGOS[unidad]),
        "unidad": unidad,
        "desde": desde.isoformat(),
        "inicio": azar.choice(["dia_siguiente", "surte_efectos"]),
        "regimen": azar.choice(["cff", "cff", "racerf"]),
    }
    if azar.random() < 0.4:
        caso["suspensiones"] = [_suspension(azar, desde) for _ in range(azar.randint(1, 3))]
    if azar.random() < 0.5:
        cerrados = [desde + timedelta(days=azar.randint(0, 200)) for _ in range(azar.randint(1, 15))]
        caso["inhabiles_extra"] = [dia.isoformat() for dia in cerrados]
    return caso


def _suspension(azar: random.Random, desde: date) -> dict[str, str]:
    inicio = desde + timedelta(days=azar.randint(-10, 90))
    return {"desde": inicio.isoformat(), "hasta": (inicio + timedelta(days=azar.randint(0, 60))).isoformat()}


def segundos(hacer: Callable[[], object]) -> float:
    antes = time.process_time()
    hacer()
    return time.process_time() - antes


def test_diez_mil_plazos() -> None:
    todos = casos(MUCHOS)
    calcular_lote(todos[:50])
    uno = statistics.median(segundos(lambda: calcular_lote(todos[:POCOS])) for _ in range(5))
    diez = min(segundos(lambda: calcular_lote(todos)) for _ in range(2))
    razon = diez / (uno * MUCHOS / POCOS)
    print(f"\n{MUCHOS} plazos: {diez:.2f} s; {POCOS}: {uno:.3f} s; razón {razon:.2f}")  # noqa: T201
    assert not any("error" in resultado for resultado in calcular_lote(todos[:POCOS]))
    assert diez <= TOPE_S
    assert razon <= TOPE_RAZON


def test_un_plazo_solo_y_una_visita_suspendida() -> None:
    """One count with its steps: what a new día inhábil pays for each distinct term of the ledger."""
    definicion, hoy = plazo("sla_analisis"), date(2026, 3, 2)
    uno = segundos(lambda: [aplicar(definicion, hoy + timedelta(days=n)) for n in range(1000)])
    pausas = [
        Periodo("requerimiento", hoy + timedelta(days=40 * n), hoy + timedelta(days=40 * n + 20))
        for n in range(9)
    ]
    otra = segundos(lambda: [visita(hoy - timedelta(days=n), pausas) for n in range(1000)])
    print(f"\nun plazo: {uno:.6f} ms; una visita con nueve suspensiones: {otra:.6f} ms")  # noqa: T201
    assert uno <= 1.0
    assert otra <= 5.0
