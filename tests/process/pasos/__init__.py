"""Verbs of the scenarios, one file per noun: `@paso def notificar(escena, de, *, con=None): …`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

PASOS: dict[str, Callable[..., None]] = {}


def paso(funcion: Callable[..., None]) -> Callable[..., None]:
    """Register a verb under the name of its function; it gets the scene, the argument and the rest by name."""
    assert funcion.__name__ not in PASOS, f"verbo repetido: {funcion.__name__}"
    PASOS[funcion.__name__] = funcion
    return funcion


def _cargar(paquete: Any) -> None:
    for modulo in pkgutil.iter_modules(paquete.__path__):
        importlib.import_module(f"{paquete.__name__}.{modulo.name}")


_cargar(importlib.import_module(__name__))
