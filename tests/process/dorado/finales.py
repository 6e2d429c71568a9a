"""Golden states loaded again and played to their ends."""

from __future__ import annotations

from functools import cache

from tests.process.dorado import Saved, saved_cases
from tests.process.jugadas import Host
from tests.process.oraculo import read_all
from tests.process.propios import Readings, Resumed, files_of, readings_of
from workflow.engine import Definition, Instance


@cache
def _readings(sha256: str) -> Readings:
    return Readings(read_all(next(case.files for case in saved_cases() if case.sha256 == sha256)))


def saved_in(process: str) -> list[Saved]:
    """The cases of one process."""
    return [case for case in saved_cases() if process == case.process]


def restore(case: Saved, definition: Definition) -> Instance:
    """The case with a host of its own."""
    host = Host()
    host.internal_messages = _readings(case.sha256).internal
    return Instance.restore(definition, case.state, host)


def end(case: Saved, seed: int) -> None:
    """Plays the case to its end under the diagrams that it follows. AssertionError when it has none."""
    _finish(case, Resumed(case.process, case.files, _readings(case.sha256), case.state, seed))


def end_today(case: Saved, state: bytes, seed: int) -> None:
    """Plays a case that moved to its end under the diagrams of today."""
    _finish(case, Resumed(case.process, files_of(case.process), readings_of(case.process), state, seed))


def _finish(case: Saved, play: Resumed) -> None:
    try:
        play.finish()
    except Exception as error:
        raise AssertionError(f"{case.source}, ending {play.seed}: {error}") from error
