"""Golden states: running cases of every process at every point where they wait, as they were saved one day.

Each recording is a file of its own (`<day>.json.zst`) and is never written again: what a house saved cannot be
changed either. It holds the saved bytes, what was open, and the diagrams that those cases follow:

    {"archivos": {sha256: text}, "definiciones": {sha256: {"proceso", "archivos": {name: sha256}}},
     "casos": [{"definicion", "estado" (base64), "tareas", "mensajes", "plazos", "de"}]}

`python -m tests.process.dorado escribir` adds a recording with the points that no earlier one has.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import zstandard

from workflow.engine import Instance

FOLDER = Path(__file__).parent

Seen = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Open tasks, armed messages and armed terms, each sorted."""


@dataclass(frozen=True)
class Saved:
    """One running case. `source`: scenario and step that left it so."""

    process: str
    sha256: str
    files: Mapping[str, bytes]
    state: bytes
    seen: Seen
    source: str


def seen_by(engine: Instance) -> Seen:
    """What people, messages and clocks may do to the case."""
    return (
        tuple(sorted(f"{task.node.process}.{task.node.id}" for task in engine.open_tasks())),
        tuple(sorted(wait.message for wait in engine.waits())),
        tuple(sorted(timer.plazo for timer in engine.timers())),
    )


def recordings() -> list[Path]:
    """Every recording, oldest first."""
    return sorted(FOLDER.glob("*.json.zst"))


def unpack(path: Path) -> dict[str, Any]:
    """The document of a recording."""
    document: dict[str, Any] = json.loads(zstandard.decompress(path.read_bytes()))
    return document


@cache
def saved_cases() -> tuple[Saved, ...]:
    """The cases of all recordings."""
    found = []
    for path in recordings():
        document = unpack(path)
        for case in document["casos"]:
            definition = document["definiciones"][case["definicion"]]
            files = {name: document["archivos"][sha].encode() for name, sha in definition["archivos"].items()}
            found.append(
                Saved(
                    process=definition["proceso"],
                    sha256=case["definicion"],
                    files=files,
                    state=base64.b64decode(case["estado"]),
                    seen=(tuple(case["tareas"]), tuple(case["mensajes"]), tuple(case["plazos"])),
                    source=f"{path.name} {case['de']}",
                )
            )
    return tuple(found)
