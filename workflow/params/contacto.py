"""The contact that papers print (`contacto.yaml`): configuration, marked as such."""

from __future__ import annotations

from pathlib import Path

from workflow.params.fundamentos import cargar

_ARCHIVO = Path(__file__).parent / "contacto.yaml"


def telefono_ayuda() -> str:
    """The phone where people are guided."""
    return cargar(_ARCHIVO)["telefono_ayuda"].texto
