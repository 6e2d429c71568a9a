"""Answers to a form: what was chosen, on the sample of the scenarios, completed by the form itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.process.comunes import comunes
from workflow.formularios import Campo, Formulario
from workflow.formularios.validacion import rige

COMUNES = comunes()
FIRMA = COMUNES["firma"]
PROCESOS_PAE = ("pae", "pae_ejecucion", "pae_embargo", "pae_intervencion")
MOTIVO = "Se resuelve así por lo que consta en el expediente."


def muestra(proceso: str, nodo: str) -> dict[str, Any]:
    """The answers of the scenarios for that task; those of the enforcement have a place of their own."""
    de_pae = COMUNES["pae"] if proceso in PROCESOS_PAE else {}
    return dict((de_pae.get(nodo) or COMUNES["tareas"].get(nodo) or {}).get("datos", {}))


def llenar(
    formulario: Formulario,
    base: Mapping[str, Any],
    elegido: Mapping[str, Any],
    contexto: Mapping[str, Any],
    hoy: dt.date,
) -> dict[str, Any]:
    """`elegido` over `base`: without what its conditions leave out, with what they ask for."""
    todo = {**base, **elegido}
    datos: dict[str, Any] = {}
    for campo in formulario.campos:
        if campo.lectura or rige(campo.si, datos, {}, contexto) is False:
            continue
        valor = todo.get(campo.nombre)
        if valor is None and _hace_falta(campo, datos, contexto):
            valor = _cualquiera(campo, hoy)
        if valor is not None:
            datos[campo.nombre] = valor
    return datos


def _hace_falta(campo: Campo, datos: Mapping[str, Any], contexto: Mapping[str, Any]) -> bool:
    if campo.obligatorio:
        return True
    return bool(campo.obligatorio_si) and rige(campo.obligatorio_si, datos, {}, contexto) is True


def _cualquiera(campo: Campo, hoy: dt.date) -> Any:
    """A plain value of the type; what needs rows of the house is chosen by whoever answers."""
    return {
        "texto": "Dato del expediente",
        "parrafo": MOTIVO,
        "fecha": hoy.isoformat(),
        "si_no": True,
        "entero": 1,
        "dinero": "1.00",
        "firma": FIRMA,
        "opcion": campo.opciones[0][0] if campo.opciones else None,
        "multi": [campo.opciones[0][0]] if campo.opciones else None,
    }.get(campo.tipo)
