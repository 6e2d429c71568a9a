"""Risk score of a proposal: additive, explained factor by factor, with what would change it.

Source: the model of `params/riesgo.yaml` (configuration). No data of a denouncer enters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.params.riesgo import ModeloRiesgo, modelo


@dataclass(frozen=True, slots=True)
class Aporte:
    """What one factor adds: `cuenta` units, `puntos` after its own cap."""

    factor: str
    texto: str
    cuenta: int
    puntos: int


@dataclass(frozen=True, slots=True)
class Puntaje:
    """Score 0 to `tope` of the model, its contributions (largest first) and the counterfactual."""

    puntos: int
    aportes: tuple[Aporte, ...]
    contrafactual: str
    version: str


def calcular(cuentas: Mapping[str, int], parametros: ModeloRiesgo | None = None) -> Puntaje:
    """Score of `cuentas` (units per factor, 0 or more; unknown factors raise KeyError)."""
    parametros = parametros or modelo()
    aportes = []
    for clave, cuenta in cuentas.items():
        factor = parametros.factores[clave]
        puntos = min(max(cuenta, 0) * factor.por_unidad, factor.tope)
        if puntos:
            aportes.append(Aporte(clave, factor.texto, cuenta, puntos))
    aportes.sort(key=lambda aporte: (-aporte.puntos, aporte.factor))
    total = min(sum(aporte.puntos for aporte in aportes), parametros.tope)
    return Puntaje(total, tuple(aportes), _contrafactual(aportes, parametros.tope), parametros.version)


def _contrafactual(aportes: list[Aporte], tope: int) -> str:
    if not aportes:
        return "Ningún factor suma puntos."
    mayor, *otros = aportes
    sin_el = min(sum(aporte.puntos for aporte in otros), tope)
    return f"Sin «{mayor.texto.lower()}» el puntaje sería {sin_el}."
