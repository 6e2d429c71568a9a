"""The road through the questions: which come, which is next, how far she is.

Answers are one flat mapping; `_vistas` lists the pages already answered (most answers are optional, so
their absence does not say that a page is pending).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from web.publico.pregunta import Campo, Pregunta, Respuestas
from web.publico.preguntas import GRUPOS, POR_CLAVE, PREGUNTAS
from web.publico.preguntas_filtro import FILTRO

VISTAS = "_vistas"
SIN_PREGUNTA = {"archivos", "protesta", VISTAS}


@dataclass(frozen=True)
class Avance:
    """One group in the margin: estado is `hecho`, `aqui` or empty."""

    rotulo: str
    estado: str


def camino(respuestas: Respuestas) -> list[Pregunta]:
    """The pages that her answers call for, in order."""
    return [p for p in PREGUNTAS if p.si(respuestas)]


def completa(pregunta: Pregunta, respuestas: Respuestas) -> bool:
    """True when the page was answered and nothing required is missing from it."""
    falta = any(c.falta and not respuestas.get(c.nombre) for c in pregunta.visibles(respuestas))
    return not falta and pregunta.clave in respuestas.get(VISTAS, ())


def pendiente(respuestas: Respuestas) -> Pregunta | None:
    """The first page still to answer; None when the denuncia can be checked."""
    return next((p for p in camino(respuestas) if not completa(p, respuestas)), None)


def siguiente(respuestas: Respuestas, clave: str) -> Pregunta | None:
    """The page after `clave`; None after the last one."""
    claves = [p.clave for p in camino(respuestas)]
    i = claves.index(clave) + 1
    return POR_CLAVE[claves[i]] if i < len(claves) else None


def anterior(respuestas: Respuestas, clave: str) -> Pregunta | None:
    """The page before `clave`; None before the first one."""
    claves = [p.clave for p in camino(respuestas)]
    i = claves.index(clave)
    return POR_CLAVE[claves[i - 1]] if i else None


def avance(respuestas: Respuestas, grupo: int) -> list[Avance]:
    """The six groups, seen from the page of group `grupo`."""
    hechos = []
    for n, rotulo in enumerate(GRUPOS):
        paginas = [p for p in camino(respuestas) if p.grupo == n]
        listo = n < len(GRUPOS) - 1 and bool(paginas) and all(completa(p, respuestas) for p in paginas)
        hechos.append(Avance(rotulo, "aqui" if n == grupo else ("hecho" if listo else "")))
    return hechos


def combinar(respuestas: Respuestas, pregunta: Pregunta, limpias: Respuestas) -> dict[str, Any]:
    """Answers after one page. What no page asks any more is dropped: it must not be filed."""
    nuevas = {k: v for k, v in respuestas.items() if k not in {c.nombre for c in pregunta.campos}}
    nuevas |= limpias
    nuevas[VISTAS] = sorted({*respuestas.get(VISTAS, ()), pregunta.clave})
    pedidos: set[str] = set()
    while True:  # dropping one answer may hide another page
        quedan = {c.nombre for p in (FILTRO, *camino(nuevas)) for c in p.visibles(nuevas)} | SIN_PREGUNTA
        nuevas = {k: v for k, v in nuevas.items() if k in quedan}
        if quedan == pedidos:
            return nuevas
        pedidos = quedan


def campos(respuestas: Respuestas) -> Sequence[tuple[Pregunta, Campo]]:
    """Every field asked, with its page, in order."""
    return [(p, c) for p in camino(respuestas) for c in p.visibles(respuestas)]
