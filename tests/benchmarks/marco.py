"""The frame of the benchmarks: rivals play in turns within one run; medians, bars, a table and JSON.

A number of seconds means little on a machine that others use; the ratio of two that were measured in turns does.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks import maquina

Celda = str | int | float | None


@dataclass(frozen=True)
class Tamano:
    """How much is measured. `parte`: share of the full amounts (1: all); the smoke run of CI takes the least."""

    bases: tuple[str, ...]
    parte: float = 1.0
    con_ajenos: bool = True

    def de(self, cuantos: int, minimo: int = 1) -> int:
        """That share of `cuantos`, and no less than `minimo`."""
        return max(minimo, round(cuantos * self.parte))


@dataclass(frozen=True)
class Pasada:
    """One turn of one rival: cases begun and finished, wall seconds of all of it, seconds of each step."""

    casos: int
    segundos: float
    pasos: Sequence[float]
    bytes_por_caso: float = 0.0


@dataclass(frozen=True)
class Vara:
    """A bar: what was measured, against what it had to be."""

    que: str
    medida: float
    tope: float
    al_menos: bool = False

    @property
    def cumple(self) -> bool:
        return self.medida >= self.tope if self.al_menos else self.medida <= self.tope

    def __str__(self) -> str:
        signo = "≥" if self.al_menos else "≤"
        return f"{'cumple' if self.cumple else 'NO CUMPLE'}: {self.que} = {numero(self.medida)} ({signo} {self.tope:g})"


@dataclass
class Informe:
    """What one benchmark found: a table, its bars and remarks."""

    banco: str
    titulo: str
    columnas: tuple[str, ...]
    filas: list[tuple[Celda, ...]] = field(default_factory=list)
    varas: list[Vara] = field(default_factory=list)
    notas: list[str] = field(default_factory=list)

    def tabla(self) -> str:
        """Markdown, with its bars and remarks below."""
        lineas = [f"### {self.titulo}", "", _renglon(self.columnas), _renglon("---" for _ in self.columnas)]
        lineas += [_renglon(numero(c) for c in fila) for fila in self.filas]
        lineas += ["", *(f"- {vara}" for vara in self.varas), *(f"- {nota}" for nota in self.notas)]
        return "\n".join(lineas) + "\n"

    def registro(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "banco": self.banco,
            "titulo": self.titulo,
            "filas": [dict(zip(self.columnas, fila, strict=True)) for fila in self.filas],
            "varas": [
                {"que": v.que, "medida": v.medida, "tope": v.tope, "al_menos": v.al_menos, "cumple": v.cumple}
                for v in self.varas
            ],
            "notas": self.notas,
        }


@dataclass(frozen=True)
class Banco:
    """A benchmark. `en`: the databases on which it says something new; others are measured when asked for by name."""

    medir: Callable[[str, Tamano, Path], Informe]
    en: tuple[str, ...]

    def correr(self, tamano: Tamano, carpeta: Path) -> list[Informe]:
        """One report per database, each in a folder of its own."""
        informes = []
        for cual in [b for b in tamano.bases if b in self.en] or tamano.bases:
            suya = carpeta / cual
            suya.mkdir()
            informes.append(self.medir(cual, tamano, suya))
        return informes


def _renglon(celdas: Iterable[str]) -> str:
    return "| " + " | ".join(celdas) + " |"


def numero(valor: Celda) -> str:
    """A cell: three significant figures, thousands apart, nothing for None."""
    if valor is None:
        return "–"
    if isinstance(valor, str):
        return valor
    if isinstance(valor, int) or abs(valor) >= 100:
        return f"{valor:,.0f}".replace(",", " ")
    return f"{valor:.3g}"


def escribir(informes: Sequence[Informe], ruta: Path) -> None:
    """All reports with the machine they were made on, as JSON."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    todo = {"maquina": maquina.describir(), "bancos": [i.registro() for i in informes]}
    ruta.write_text(json.dumps(todo, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def por_turnos(
    rivales: Mapping[str, Callable[[int], Pasada]], rondas: int, casos: int | Mapping[str, int]
) -> dict[str, list[Pasada]]:
    """Every rival plays in every round; who begins changes, so that a busy moment weighs on all.

    A first short turn of each is not counted: caches, prepared statements, connections.
    """
    cuantos = casos if isinstance(casos, Mapping) else dict.fromkeys(rivales, casos)
    nombres = list(rivales)
    for nombre in nombres:
        rivales[nombre](max(1, cuantos[nombre] // 5))
    pasadas: dict[str, list[Pasada]] = {nombre: [] for nombre in nombres}
    for ronda in range(rondas):
        corte = ronda % len(nombres)
        for nombre in nombres[corte:] + nombres[:corte]:
            pasadas[nombre].append(rivales[nombre](cuantos[nombre]))
    return pasadas


@dataclass(frozen=True)
class Resumen:
    """Medians over the rounds: cases and steps per second, milliseconds of a step, bytes of a case.

    `limpio_ms`: mean step of a case whose every step is the tenth percentile of its kind, over all rounds: what a step
    costs when nobody takes the processor away in the middle of it.
    """

    casos_s: float
    pasos_s: float
    p50_ms: float
    p95_ms: float
    limpio_ms: float
    bytes_por_caso: float

    @classmethod
    def de(cls, pasadas: Sequence[Pasada], pasos_por_caso: int = 1) -> Resumen:
        """Of the rounds of one rival."""
        todos = [paso for p in pasadas for paso in p.pasos]
        clases = [percentil(todos[n::pasos_por_caso], 10) for n in range(pasos_por_caso)]
        return cls(
            statistics.median(p.casos / p.segundos for p in pasadas),
            statistics.median(len(p.pasos) / p.segundos for p in pasadas),
            statistics.median(percentil(p.pasos, 50) for p in pasadas) * 1e3,
            statistics.median(percentil(p.pasos, 95) for p in pasadas) * 1e3,
            statistics.mean(clases) * 1e3,
            statistics.median(p.bytes_por_caso for p in pasadas),
        )


def percentil(valores: Sequence[float], cual: int) -> float:
    """The value that `cual` percent of them do not exceed. ValueError when there is none."""
    if not valores:
        raise ValueError("no values")
    orden = sorted(valores)
    return orden[min(len(orden) - 1, round(len(orden) * cual / 100))]
