"""What the scenarios share: who does each task and with which answers, and the stretches played often.

One file per process; keys of `tareas` and `tramos` are merged, and one written twice is refused.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def comunes() -> dict[str, Any]:
    """All files together."""
    todo: dict[str, Any] = {}
    for archivo in sorted(Path(__file__).parent.glob("*.json")):
        for clave, valor in json.loads(archivo.read_text(encoding="utf-8")).items():
            if clave not in todo:
                todo[clave] = valor
                continue
            repetidas = todo[clave].keys() & valor.keys()
            assert not repetidas, f"{archivo.name}: repetidas {sorted(repetidas)}"
            todo[clave].update(valor)
    return todo
