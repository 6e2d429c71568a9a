"""The stored state: small, free of history, readable by another version, and never a surprise."""

from __future__ import annotations

import pytest
import zstandard

from tests.process.jugadas import SHAPES, Host, Play
from tests.unit.engine.dibujos import (
    END,
    START,
    do,
    file,
    flows,
    load,
    message,
    multi,
    node,
    open_ids,
    process,
    user,
)
from workflow.engine import Catalog, Instance, StateError
from workflow.engine.codec import MAX_STATE, pack, unpack

LARGEST = {  # bytes: what the design measured, and half as much again
    "llamada2": 330,
    "borde_mensaje_avisa": 870,
    "evsub_mensaje_avisa": 700,
    "mi_borde": 420,
    "paralelo_bucle": 220,
    "recursiva": 330,
    "inclusiva": 250,
    "puerta_eventos": 200,
}


@pytest.mark.parametrize("name", sorted(LARGEST))
def test_the_state_stays_small(name: str) -> None:
    content = (SHAPES / f"{name}.bpmn").read_bytes()
    largest = 0
    for seed in range(10):
        play = Play(name, content, seed, [Catalog()])
        play.run()
        largest = max(largest, play.largest)
    assert largest <= LARGEST[name] * 1.5


def test_the_state_does_not_grow_with_the_rounds() -> None:
    content = (SHAPES / "bucle_500.bpmn").read_bytes()
    case = Instance.new(Catalog().load("bucle_500", {"bucle_500.bpmn": content}), Host(), {})
    case.advance()
    sizes = []
    for number in range(300):
        case = Instance.restore(case.definition, case.state(), case.env)
        task = case.open_tasks()[0]
        case.complete(task.id, {})
        case.advance()
        if number in (10, 299):
            sizes.append(len(case.state()))
    assert sizes[1] <= sizes[0] + 8


SIMPLE = file(process(START, user("a"), user("b"), END, flows("inicio > a > b > fin")))


def test_saving_twice_gives_the_same_bytes() -> None:
    case = Instance.new(load(SIMPLE), Host(), {"x": [1, {"y": None}], "t": True, "u": 1})
    case.advance()
    state = case.state()
    assert case.state() == state
    again = Instance.restore(case.definition, state, Host())
    assert again.state() == state
    assert again.open_tasks() == case.open_tasks()


def test_booleans_and_numbers_keep_their_type() -> None:
    case = Instance.new(load(SIMPLE), Host(), {"x": 1})
    case.advance()
    do(case, "a", x=True)
    again = Instance.restore(case.definition, case.state(), Host())
    assert again.open_tasks()[0].data["x"] is True


def test_an_instance_may_be_saved_before_it_advances() -> None:
    case = Instance.new(load(SIMPLE), Host(), {"x": 1})
    case = Instance.restore(case.definition, case.state(), Host())
    case.advance()
    task = case.open_tasks()[0]
    case.complete(task.id, {"y": 2})
    case = Instance.restore(case.definition, case.state(), Host())
    case.advance()
    assert open_ids(case) == ["b"]
    assert case.open_tasks()[0].data == {"x": 1, "y": 2}


@pytest.mark.parametrize("moment", ["boundary", "gateway", "listener"])
def test_an_instance_may_be_saved_between_a_message_and_its_advance(moment: str) -> None:
    listener = node(
        "subProcess",
        "oye",
        node("startEvent", "oido", message("aviso"))
        + user("despues")
        + node("endEvent", "o_fin")
        + flows("oido > despues > o_fin"),
        triggeredByEvent="true",
    )
    parts = {
        "boundary": (
            user("a") + node("boundaryEvent", "borde", message("aviso"), attachedToRef="a") + user("despues"),
            ("inicio > a > fin", "borde > despues > otro"),
        ),
        "gateway": (
            node("eventBasedGateway", "espera")
            + node("intermediateCatchEvent", "uno", message("aviso"))
            + node("intermediateCatchEvent", "dos", message("otro_aviso"))
            + user("despues"),
            ("inicio > espera", "espera > uno > despues > otro", "espera > dos > fin"),
        ),
        "listener": (user("a") + listener, ("inicio > a > fin",)),
    }
    body, chains = parts[moment]
    other = "" if moment == "listener" else node("endEvent", "otro")
    content = file(process(START, body, other, END, flows(*chains)), messages=("aviso", "otro_aviso"))
    case = Instance.new(load(content), Host(), {})
    case.advance()
    wait = next(w for w in case.waits() if w.message == "aviso")
    case.receive(wait.task_id, "aviso", {"n": 1})
    case = Instance.restore(case.definition, case.state(), Host())
    case.advance()
    assert open_ids(case) == ["despues"]
    assert case.open_tasks()[0].data == {"n": 1}
    do(case, "despues")
    assert case.finished


def test_ids_of_open_tasks_survive_and_are_not_used_again() -> None:
    case = Instance.new(load(SIMPLE), Host(), {})
    case.advance()
    first = case.open_tasks()[0].id
    case = Instance.restore(case.definition, case.state(), Host())
    assert case.open_tasks()[0].id == first
    do(case, "a")
    assert case.open_tasks()[0].id != first


def test_a_finished_instance_keeps_its_end_only() -> None:
    case = Instance.new(load(SIMPLE), Host(), {})
    case.advance()
    do(case, "a", x=1)
    do(case, "b", y=2)
    assert unpack(case.state()) == {"v": 1, "e": ["fin"], "d": {"x": 1, "y": 2}}
    again = Instance.restore(case.definition, case.state(), Host())
    assert again.finished
    again.advance()
    assert (again.open_tasks(), again.waits(), again.timers(), again.steps()) == ([], [], [], [])


@pytest.mark.parametrize(
    "state", [b"", b"nada", zstandard.compress(b"{"), zstandard.compress(b"[]"), pack({"v": 99})]
)
def test_a_damaged_state_is_told(state: bytes) -> None:
    with pytest.raises(StateError):
        Instance.restore(load(SIMPLE), state, Host())


def test_a_state_that_unpacks_to_too_much_is_refused() -> None:
    bomb = zstandard.compress(b"0" * (MAX_STATE + 1))
    with pytest.raises(StateError):
        unpack(bomb)


def test_a_state_of_another_process_or_without_its_node_is_refused() -> None:
    case = Instance.new(load(SIMPLE), Host(), {})
    case.advance()
    renamed = file(process(START, user("c"), user("b"), END, flows("inicio > c > b > fin")))
    with pytest.raises(StateError, match="«a»"):
        Instance.restore(load(renamed), case.state(), Host())
    other = file(process(START, user("a"), END, flows("inicio > a > fin"), name="otro"))
    with pytest.raises(StateError, match="otro"):
        Instance.restore(load(other, "otro"), case.state(), Host())


def test_a_case_goes_on_under_a_version_with_a_new_task_ahead() -> None:
    """Nothing predicted is stored, so the new task is not skipped."""
    case = Instance.new(load(SIMPLE), Host(), {})
    case.advance()
    longer = file(
        process(START, user("a"), user("nueva"), user("b"), END, flows("inicio > a > nueva > b > fin"))
    )
    case = Instance.restore(load(longer), case.state(), Host())
    do(case, "a")
    assert open_ids(case) == ["nueva"]


def test_votes_go_on_under_a_version_with_a_new_task_after_them() -> None:
    def version(*after: str) -> bytes:
        chain = " > ".join(["inicio", "votar", *after, "fin"])
        return file(
            process(START, user("votar", multi()), *(user(name) for name in after), END, flows(chain))
        )

    case = Instance.new(load(version("firmar")), Host(), {"lista": [1, 2]})
    case.advance()
    do(case, "votar", voto="si")
    case = Instance.restore(load(version("revisar", "firmar")), case.state(), Host())
    assert [task.index for task in case.open_tasks()] == [1]
    do(case, "votar", voto="no")
    assert open_ids(case) == ["revisar"]
    assert case.open_tasks()[0].data["votos"] == ["si", "no"]


def test_a_closed_sub_process_leaves_nothing_behind() -> None:
    inner = node("startEvent", "s_inicio") + user("dentro") + node("endEvent", "s_fin")
    inner += flows("s_inicio > dentro > s_fin")
    content = file(
        process(
            START,
            node("subProcess", "sub", inner),
            user("despues"),
            END,
            flows("inicio > sub > despues > fin"),
        )
    )
    case = Instance.new(load(content), Host(), {})
    case.advance()
    assert len(unpack(case.state())["s"]) == 2
    do(case, "dentro")
    document = unpack(case.state())
    assert len(document["s"]) == 1
    assert len(document["s"][0][2]) == 3  # the root, the parent, the open task
