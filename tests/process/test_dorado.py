"""What a house saved one day must load and end under the code and the diagrams of any later day."""

from __future__ import annotations

import pytest

from tests.process.dorado import saved_cases, seen_by
from tests.process.dorado.finales import end, end_today, restore, saved_in
from tests.process.propios import CATALOG, files_of
from workflow.engine import Instance
from workflow.engine.catalog import digest
from workflow.engine.migration import move, obstacle

PROCESSES = sorted({case.process for case in saved_cases()})
ONE_IN = 3
"""Cases that the suite plays to an end; `python -m tests.process` plays all of them."""


def test_every_process_has_its_cases() -> None:
    assert PROCESSES == [
        "acto_fiscalizacion",
        "credito_fiscal",
        "denuncia",
        "pae",
        "programacion",
        "sesion_comite",
        "votacion_asunto",
    ]


@pytest.mark.parametrize("process", PROCESSES)
def test_a_saved_case_waits_for_what_it_waited_for(process: str) -> None:
    """And saved again it says the same."""
    for case in saved_in(process):
        assert digest(case.files) == case.sha256
        definition = CATALOG.load(process, case.files)
        engine = restore(case, definition)
        assert seen_by(engine) == case.seen, case.source
        again = Instance.restore(definition, engine.state(), engine.env)
        assert seen_by(again) == case.seen, case.source


@pytest.mark.parametrize("process", PROCESSES)
def test_a_saved_case_ends(process: str) -> None:
    """Under the diagrams that it follows, by a random road."""
    for case in saved_in(process)[::ONE_IN]:
        end(case, 0)


def test_a_saved_case_of_an_older_diagram_moves_or_says_why_not() -> None:
    """To the diagrams of today; who moves keeps its open tasks and ends."""
    moved = 0
    for case in saved_cases():
        files = files_of(case.process)
        if digest(files) == case.sha256:
            continue
        old, new = CATALOG.load(case.process, case.files), CATALOG.load(case.process, files)
        engine = restore(case, old)
        if reason := obstacle(engine, old, new):
            assert reason.endswith("."), case.source
            continue
        again = move(engine, old, new)
        assert seen_by(again)[0] == case.seen[0], case.source
        if moved % ONE_IN == 0:
            end_today(case, again.state(), 0)
        moved += 1
    assert moved, "no case of an older diagram could move"
