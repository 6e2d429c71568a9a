"""`python -m tests.process.dorado escribir [nombre]`: plays every scenario, keeps each new waiting point once."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import select

from models.proceso import DefinicionProceso, Instancia
from tests.factories.casa import obra
from tests.process.dorado import FOLDER, Seen, saved_cases, seen_by
from tests.process.escenario import Escena, archivos
from tests.soporte.bases import motor_sqlite
from workflow.actions.proceso import procesos


class Recording:
    """The points not seen before, with the diagrams that they need."""

    def __init__(self, known: set[tuple[str, Seen]]) -> None:
        self.known = known
        self.document: dict[str, Any] = {"archivos": {}, "definiciones": {}, "casos": []}

    def add(self, definition: DefinicionProceso, state: bytes, seen: Seen, source: str) -> None:
        """A case, unless one waits at that point already."""
        if (definition.sha256, seen) in self.known:
            return
        self.known.add((definition.sha256, seen))
        names = {}
        for name, text in definition.archivos.items():
            names[name] = hashlib.sha256(text.encode()).hexdigest()
            self.document["archivos"][names[name]] = text
        self.document["definiciones"][definition.sha256] = {"proceso": definition.proceso, "archivos": names}
        tasks, messages, terms = seen
        self.document["casos"].append(
            {
                "definicion": definition.sha256,
                "estado": base64.b64encode(state).decode(),
                "tareas": tasks,
                "mensajes": messages,
                "plazos": terms,
                "de": source,
            }
        )

    def write(self, path: Path) -> None:
        """A new file."""
        plain = json.dumps(self.document, ensure_ascii=False, sort_keys=True).encode()
        packed = zstandard.ZstdCompressor(level=19).compress(plain)
        with path.open("xb") as file:
            file.write(packed)


class Recorded(Escena):
    """A scenario that leaves every case that it finds running, after each step."""

    def __init__(self, recording: Recording, source: str, *args: Any) -> None:
        super().__init__(*args)
        self.recording, self.source, self.number = recording, source, 0

    def _comprobar(self) -> None:
        super()._comprobar()
        self.number += 1
        with self.obra.como() as ctx:
            rows = ctx.session.execute(
                select(Instancia.id, Instancia.estado_motor, DefinicionProceso)
                .join(DefinicionProceso, DefinicionProceso.id == Instancia.definicion_id)
                .where(Instancia.estado == "activa", Instancia.proceso.in_(procesos()))
            ).all()
            for case_id, state, definition in rows:
                case = ctx.engine.lock(ctx, case_id)
                self.recording.add(
                    definition, bytes(state), seen_by(case.engine), f"{self.source} {self.number}"
                )
            ctx.session.rollback()


def escribir(path: Path) -> None:
    """Plays the scenarios one after another, each on a database of its own. FileExistsError: written today."""
    if path.exists():
        raise FileExistsError(f"«{path.name}» ya está escrita y no se reescribe; usa otro nombre.")
    recording = Recording({(case.sha256, case.seen) for case in saved_cases()})
    for file in archivos():
        with tempfile.TemporaryDirectory() as folder, motor_sqlite(Path(folder)) as engine:
            scene = json.loads(file.read_text(encoding="utf-8"))
            source = f"{file.parent.parent.name}/{file.stem}"
            Recorded(recording, source, obra(engine, Path(folder)), scene).jugar()
        sys.stdout.write(f"{source}: {len(recording.document['casos'])} puntos nuevos\n")
        sys.stdout.flush()
    if recording.document["casos"]:
        recording.write(path)


def main() -> None:
    """The only verb, with a name for a second recording of the same day."""
    match sys.argv[1:]:
        case ["escribir", *name]:
            day = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
            escribir(FOLDER / f"{'-'.join([day, *name])}.json.zst")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
