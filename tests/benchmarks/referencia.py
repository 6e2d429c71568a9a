"""W1 and W2 through our engine, through its peers, and as bare rows: cases per second, a step, bytes of a case."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from tests.benchmarks import guion
from tests.benchmarks.ajenos import ajenos
from tests.benchmarks.bases import base
from tests.benchmarks.crudo import Crudo
from tests.benchmarks.marco import Celda, Informe, Pasada, Resumen, Tamano, Vara, por_turnos
from tests.benchmarks.nuestro import Nuestro
from tests.benchmarks.piso import Piso, grabar

NUESTRO, CRUDO, PISO = "denuncias", "SpiffWorkflow crudo", "piso: las mismas filas"
COLUMNAS = ("base", "caso", "quién", "casos/s", "pasos/s", "p50 ms", "p95 ms", "ms sin estorbo", "bytes/caso")
TOPE_PISO, TOPE_BYTES = 1.5, 0.15
VECES_CRUDO, VECES_AJENOS = 2.0, 6.0
RONDAS, CASOS, CASOS_AJENOS = 7, 30, 6
Jugar = Callable[[int], Pasada]


def medir(cual: str, tamano: Tamano, carpeta: Path) -> Informe:
    """On one database."""
    informe = Informe(f"referencia-{cual}", f"W1 y W2 en {cual}", COLUMNAS)
    with base(cual, carpeta) as motor, ExitStack() as pila:
        nuestro = Nuestro(motor, carpeta, {caso: guion.diagrama(caso) for caso in guion.CASOS})
        vivos, faltan = pila.enter_context(ajenos(motor, carpeta)) if tamano.con_ajenos else ({}, [])
        informe.notas += [f"Sin {falta}" for falta in faltan]
        for caso in guion.CASOS:
            rivales = _propios(pila, motor, carpeta, nuestro, caso)
            cuantos = dict.fromkeys(rivales, tamano.de(CASOS))
            for nombre, ajeno in vivos.items():
                rivales[nombre] = partial(ajeno.jugar, caso)
                cuantos[nombre] = tamano.de(CASOS_AJENOS)
            pasadas = por_turnos(rivales, tamano.de(RONDAS), cuantos)
            _anotar(informe, cual, caso, {q: Resumen.de(p, guion.PASOS[caso]) for q, p in pasadas.items()})
    return informe


def _propios(pila: ExitStack, motor: Engine, carpeta: Path, nuestro: Nuestro, caso: str) -> dict[str, Jugar]:
    crudo = Crudo(motor, carpeta, caso, guion.diagrama_ajeno(caso, '"P30D"'))
    piso = Piso(motor, grabar(nuestro, caso))
    pila.callback(crudo.cerrar)
    pila.callback(piso.cerrar)
    return {NUESTRO: partial(nuestro.jugar, caso), CRUDO: crudo.jugar, PISO: piso.jugar}


def _anotar(informe: Informe, cual: str, caso: str, vistos: dict[str, Resumen]) -> None:
    for quien, r in vistos.items():
        bytes_: Celda = round(r.bytes_por_caso) or None
        informe.filas.append(
            (cual, caso, quien, r.casos_s, r.pasos_s, r.p50_ms, r.p95_ms, r.limpio_ms, bytes_)
        )
    yo, piso, crudo = vistos[NUESTRO], vistos[PISO], vistos[CRUDO]
    informe.notas.append(
        f"{caso} sin estorbo: {yo.limpio_ms / piso.limpio_ms:.2f} veces el piso; "
        + "; ".join(
            f"{r.limpio_ms / yo.limpio_ms:.1f} veces más rápido que {quien}"
            for quien, r in vistos.items()
            if quien not in (NUESTRO, PISO)
        )
    )
    if caso != "w1":
        return
    if cual == "postgresql":
        informe.varas.append(Vara("paso de W1 ÷ paso del piso", yo.p50_ms / piso.p50_ms, TOPE_PISO))
    informe.varas.append(
        Vara("bytes de W1 ÷ SpiffWorkflow crudo", yo.bytes_por_caso / crudo.bytes_por_caso, TOPE_BYTES)
    )
    for quien, r in vistos.items():
        if quien not in (NUESTRO, PISO):
            veces = VECES_CRUDO if quien == CRUDO else VECES_AJENOS
            informe.varas.append(
                Vara(f"casos/s de W1 ÷ {quien}", yo.casos_s / r.casos_s, veces, al_menos=True)
            )
