"""Rules `visita` and `resolucion` of `reglas calcular`: the limits of an act (CFF 46-A, 50, 46-IV, 48-VI)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workflow.params.suspensiones import causales
from workflow.rules import visita
from workflow.rules.calendario import fecha_larga
from workflow.rules.caso import Caso
from workflow.rules.paso import a_contrato
from workflow.rules.suspensiones import Periodo

Resultado = dict[str, Any]


def _visita(caso: Caso) -> Resultado:
    """The last day of a visit or gabinete review notified on `desde`.

    With `desvirtuar_desde` (the última acta parcial, or the notification of the oficio de observaciones) also
    the days to rebut and the first día hábil after them.
    """
    hallado = visita.visita(
        caso.fecha("desde"),
        _periodos(caso),
        financiero=caso.booleano("financiero", False),
        al=caso.fecha_o_nada("al"),
        inhabiles_extra=frozenset(caso.fechas("inhabiles_extra")),
    )
    resultado = _resultado(hallado)
    if caso.tiene("desvirtuar_desde"):
        _desvirtuar(caso, hallado.vence, resultado)
    return resultado


def _resolucion(caso: Caso) -> Resultado:
    """The last day to issue and notify the resolution, from the acta final or the end of 48-VI (`desde`)."""
    return _resultado(
        visita.resolucion(
            caso.fecha("desde"),
            _periodos(caso),
            al=caso.fecha_o_nada("al"),
            inhabiles_extra=frozenset(caso.fechas("inhabiles_extra")),
        )
    )


def _periodos(caso: Caso) -> tuple[Periodo, ...]:
    return tuple(
        Periodo(una.uno_de("causal", tuple(causales())), una.fecha("desde"), una.fecha_o_nada("hasta"))
        for una in caso.objetos("suspensiones")
    )


def _desvirtuar(caso: Caso, limite: date, resultado: Resultado) -> None:
    periodo = None
    if caso.tiene("periodo_desde"):
        periodo = caso.fecha("periodo_desde"), caso.fecha("periodo_hasta")
    hallado = visita.desvirtuar(
        caso.fecha("desvirtuar_desde"),
        caso.uno_de("procedimiento", visita.PROCEDIMIENTOS, visita.VISITA),
        periodo=periodo,
        aviso=caso.fecha_o_nada("aviso"),
        inhabiles_extra=frozenset(caso.fechas("inhabiles_extra")),
    )
    resultado["desvirtuar_vence"] = hallado.vence.isoformat()
    resultado["desvirtuar_ampliado"] = hallado.ampliado
    resultado["cierre_desde"] = hallado.desde_cuando.isoformat()
    resultado["pasos"] += a_contrato(hallado.pasos)
    if hallado.desde_cuando > limite:
        resultado["avisos"].append(
            f"Los días para desvirtuar terminan después del límite del acto, que es el {fecha_larga(limite)}."
        )


def _resultado(hallado: visita.ResultadoVisita) -> Resultado:
    return {
        "vence": hallado.vence.isoformat(),
        "sin_suspensiones": hallado.sin_suspensiones.isoformat(),
        "abierta": hallado.abierta,
        "suspensiones": [_suspension(una) for una in hallado.suspensiones],
        "pasos": a_contrato(hallado.pasos),
        "avisos": list(hallado.avisos),
    }


def _suspension(una: visita.Contada) -> Resultado:
    periodo, tope = una.efectiva.periodo, una.efectiva.tope
    return {
        "causal": periodo.causal,
        "desde": periodo.desde.isoformat(),
        "hasta": periodo.hasta.isoformat() if periodo.hasta else None,
        "tope": tope.isoformat() if tope else None,
        "dias": una.dias,
        "cortados": una.cortados,
        "motivo": una.motivo or None,
        "alcanza": una.alcanza.isoformat(),
    }


REGLAS: Mapping[str, Callable[[Caso], Resultado]] = {"visita": _visita, "resolucion": _resolucion}
