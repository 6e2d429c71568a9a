"""The simulator against what queueing theory says."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.cola import Paso, Recurso, Simulador


def esperas(servidores: int, por_segundo: float, servicio: float, hasta: float) -> tuple[float, float]:
    """(mean wait in the queue, share of the time that a server was busy)."""
    simulador, recurso, tiempos = Simulador(1), Recurso("uno", servidores), list[float]()
    paso = Paso("usa", recurso, servicio)
    simulador.llegadas(por_segundo, hasta, lambda: simulador.pasar([paso], tiempos.append))
    simulador.correr(hasta)
    return sum(tiempos) / len(tiempos) - servicio, recurso.ocupado(hasta) / servidores / hasta


def de_erlang(servidores: int, carga: float) -> float:
    """Probability of having to wait with `carga` erlangs (Erlang C)."""
    tope = carga**servidores / math.factorial(servidores) * servidores / (servidores - carga)
    return tope / (sum(carga**k / math.factorial(k) for k in range(servidores)) + tope)


@pytest.mark.parametrize(("servidores", "ocupacion"), [(1, 0.5), (1, 0.8), (4, 0.8)])
def test_la_espera_es_la_de_la_teoria(servidores: int, ocupacion: float) -> None:
    """Pollaczek-Khinchine for one server, Allen-Cunneen for several: service times vary by half of their mean."""
    carga = servidores * ocupacion
    espera, ocupado = esperas(servidores, carga, 1.0, 40_000)
    esperada = de_erlang(servidores, carga) / (servidores - carga) * (1 + 0.25) / 2
    assert ocupado == pytest.approx(ocupacion, rel=0.03)
    assert espera == pytest.approx(esperada, rel=0.10)


def test_un_lugar_tomado_no_lo_usa_nadie_mas() -> None:
    """Two who hold the same row: the second waits for the whole of the first."""
    simulador, fila, equipo = Simulador(1), Recurso("fila", 1), Recurso("equipo", 8)
    pasos = [Paso("toma", fila), Paso("usa", equipo, 1.0), Paso("usa", equipo, 1.0), Paso("suelta", fila)]
    tiempos: list[float] = []
    for _ in range(3):
        simulador.pasar(pasos, tiempos.append)
    simulador.correr(1000)
    assert tiempos == sorted(tiempos)
    assert len(set(tiempos)) == 3
    assert sum(tiempos[1:]) > 2 * tiempos[0]
    assert fila.ocupado(1000) == equipo.ocupado(1000) == pytest.approx(tiempos[-1])
