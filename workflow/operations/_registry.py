"""The verbs by name: diagrams name them, nothing else calls them by string."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TypeAlias

from workflow.context import Ctx
from workflow.engine.model import Call

Decision: TypeAlias = bool | int | str | list[int] | list[str] | None
Operation: TypeAlias = Callable[[Ctx, Call], Mapping[str, Decision]]

# Modules that hold operations; imported once, on first use.
MODULES = (
    "denuncia",
    "tramite",
    "seguimiento",
    "propuesta",
    "programacion",
    "sesion",
    "asunto",
    "acta",
    "votacion",
    "constancia_notificacion",
    "diligencia_notificacion",
    "medio_notificacion",
    "visita",
    "desahogo_visita",
    "cierre_visita",
    "requerimiento",
    "adjudicacion",
    "avaluo",
    "remate",
    "subasta",
    "credito_fiscal",
    "credito_determinacion",
    "credito_vigilancia",
    "credito_escucha",
    "acto",
    "orden",
    "conclusion",
    "determinacion",
    "acuerdo_conclusivo",
    "oidos_pae",
    "cierre_pae",
    "mandamiento",
    "requerimiento_pago",
    "embargo",
    "depositaria",
    "inmovilizacion",
    "intervencion",
    "lote",
)
_operations: dict[str, Operation] = {}


def operation(name: str) -> Callable[[Operation], Operation]:
    """Register the verb `name`. Raises ValueError when two verbs claim one name."""

    def register(function: Operation) -> Operation:
        if name in _operations:
            raise ValueError(f"operation {name} is registered twice")
        _operations[name] = function
        return function

    return register


def operations() -> Mapping[str, Operation]:
    """All registered verbs."""
    for module in MODULES:
        import_module(f"workflow.operations.{module}")
    return _operations


def get(name: str) -> Operation:
    """The verb called `name`. Raises KeyError when no module registers it."""
    return operations()[name]
