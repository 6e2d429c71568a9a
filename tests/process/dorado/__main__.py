"""`python -m tests.process.dorado escribir [nombre]`: a recording with the waiting points that no other has.

First every scenario, played in a house: cases as people left them. Then random plays, for the tasks, messages and
terms of each process at which no scenario stops (the ways of serving a document inside every process that serves one).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import select

from models.proceso import DefinicionProceso, Instancia
from tests.factories.casa import obra
from tests.process.dorado import FOLDER, Seen, saved_cases, seen_by
from tests.process.escenario import Escena, archivos
from tests.process.propios import CATALOG, OwnPlay, files_of
from tests.soporte.bases import motor_sqlite
from workflow.actions.proceso import procesos
from workflow.engine.catalog import digest

RANDOM_PLAYS = 300


class Recording:
    """The points not seen before, with the diagrams that they need."""

    def __init__(self) -> None:
        self.known: set[tuple[str, Seen]] = {(case.sha256, case.seen) for case in saved_cases()}
        self.document: dict[str, Any] = {"archivos": {}, "definiciones": {}, "casos": []}

    def add(self, process: str, files: Mapping[str, bytes], state: bytes, seen: Seen, source: str) -> None:
        """A case, unless one waits at that point already."""
        sha256 = digest(files)
        if (sha256, seen) in self.known:
            return
        self.known.add((sha256, seen))
        names = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        self.document["archivos"] |= {names[name]: content.decode() for name, content in files.items()}
        self.document["definiciones"][sha256] = {"proceso": process, "archivos": names}
        tasks, messages, terms = seen
        self.document["casos"].append(
            {
                "definicion": sha256,
                "estado": base64.b64encode(state).decode(),
                "tareas": tasks,
                "mensajes": messages,
                "plazos": terms,
                "de": source,
            }
        )

    def stops(self, sha256: str) -> set[tuple[int, str]]:
        """Tasks (0), messages (1) and terms (2) at which a case of the definition waits."""
        return {stop for known, seen in self.known if known == sha256 for stop in stops_of(seen)}

    def write(self, path: Path) -> None:
        """A new file."""
        plain = json.dumps(self.document, ensure_ascii=False, sort_keys=True).encode()
        packed = zstandard.ZstdCompressor(level=19).compress(plain)
        with path.open("xb") as file:
            file.write(packed)


def stops_of(seen: Seen) -> set[tuple[int, str]]:
    """Everything that may move the case."""
    return {(kind, name) for kind, names in enumerate(seen) for name in names}


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
                seen = seen_by(ctx.engine.lock(ctx, case_id).engine)
                files = {name: text.encode() for name, text in definition.archivos.items()}
                source = f"{self.source} {self.number}"
                self.recording.add(definition.proceso, files, bytes(state), seen, source)
            ctx.session.rollback()


def fill(recording: Recording, process: str) -> None:
    """Random plays of a process until a case waits at each of its stops, or nothing new came for long."""
    workers, files = [CATALOG, CATALOG], files_of(process)
    stops = recording.stops(digest(files))
    for seed in range(RANDOM_PLAYS):
        play = OwnPlay(process, seed, workers)
        while not play.engine.finished:
            seen = seen_by(play.engine)
            if stops_of(seen) - stops:
                stops |= stops_of(seen)
                recording.add(process, files, play.engine.state(), seen, f"al azar {seed}, {play.steps}")
            play.step()


def escribir(path: Path) -> None:
    """Plays the scenarios one after another, each on a database of its own. FileExistsError: written today."""
    if path.exists():
        raise FileExistsError(f"«{path.name}» ya está escrita y no se reescribe; usa otro nombre.")
    recording = Recording()
    for file in archivos():
        with tempfile.TemporaryDirectory() as folder, motor_sqlite(Path(folder)) as engine:
            scene = json.loads(file.read_text(encoding="utf-8"))
            source = f"{file.parent.parent.name}/{file.stem}"
            Recorded(recording, source, obra(engine, Path(folder)), scene).jugar()
        sys.stdout.write(f"{source}: {len(recording.document['casos'])} puntos nuevos\n")
        sys.stdout.flush()
    for process in procesos():
        fill(recording, process)
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
