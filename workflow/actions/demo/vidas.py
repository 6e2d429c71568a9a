"""What becomes of a case after the committee: the steps that its row of casos.yaml names, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import getmembers, isfunction
from typing import Any

from workflow.actions.demo import actos, cobro, ejecucion, remates
from workflow.actions.demo.guion import Historia
from workflow.actions.demo.vida import Paso, Vida

# Every public function of those modules is a step.
PASOS: dict[str, Paso] = {
    nombre: paso
    for modulo in (actos, cobro, ejecucion, remates)
    for nombre, paso in getmembers(modulo, isfunction)
    if paso.__module__ == modulo.__name__ and not nombre.startswith("_")
}
Tramos = Mapping[str, list[Any]]


def contar(vida: Vida, tramos: Tramos) -> Historia:
    """Play `vida`: its steps are names of PASOS, stretches of `tramos`, or `{hace: n}`, the day to wait for."""
    for paso in desplegar(vida.fila["vida"], tramos):
        if isinstance(paso, int):
            yield vida.g.hace(paso)
        else:
            yield from PASOS[paso](vida)


def desplegar(pasos: list[Any], tramos: Tramos) -> Iterator[str | int]:
    """The steps one by one, the stretches written out."""
    for paso in pasos:
        if isinstance(paso, dict):
            yield int(paso["hace"])
        elif paso in tramos:
            yield from desplegar(tramos[paso], tramos)
        else:
            yield str(paso)
