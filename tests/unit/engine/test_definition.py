"""Definitions are parsed once and never change, whatever their instances do."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.process.jugadas import SHAPES, Play
from tests.unit.engine.dibujos import END, START, file, flows, lane, node, process, user
from workflow.engine import Catalog, Definition, InvalidDiagram


def structure(thing: Any, seen: set[int] | None = None) -> str:
    """Everything that a specification holds, callbacks included, as text."""
    seen = set() if seen is None else seen
    if isinstance(thing, str | int | float | bool | type(None)):
        return repr(thing)
    if isinstance(thing, list | tuple):
        return "[" + ",".join(structure(item, seen) for item in thing) + "]"
    if isinstance(thing, dict):
        return "{" + ",".join(f"{key!r}:{structure(value, seen)}" for key, value in thing.items()) + "}"
    if id(thing) in seen or not hasattr(thing, "__dict__"):
        return type(thing).__name__
    seen.add(id(thing))
    return f"{type(thing).__name__}({structure(vars(thing), seen)})"


def fingerprint(definition: Definition) -> str:
    text = structure([definition.spec, dict(definition.subspecs)])
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "name",
    [
        "evsub_mensaje_avisa",
        "evsub_dentro",
        "mi_en_llamada",
        "mi_sub_borde",
        "mi_secuencial_sub",
        "error_borde",
        "inclusiva",
        "puerta_eventos",
        "recursiva",
        "terminar",
    ],
)
def test_a_cached_definition_is_not_changed_by_its_instances(name: str) -> None:
    content = (SHAPES / f"{name}.bpmn").read_bytes()
    workers = [Catalog(), Catalog()]
    files = {f"{name}.bpmn": content}
    before = [fingerprint(worker.load(name, files)) for worker in workers]
    assert before[0] == before[1]
    for seed in range(5):
        Play(name, content, seed, workers).run()
    assert [fingerprint(worker.load(name, files)) for worker in workers] == before


@pytest.mark.parametrize("name", ["mi_paralela", "mi_secuencial_sub", "mi_en_llamada", "mi_borde"])
def test_a_worker_that_never_made_an_instance_goes_on_with_a_committee(name: str) -> None:
    """Each restore by a worker with an empty cache: nothing may live in the memory of the first."""
    content = (SHAPES / f"{name}.bpmn").read_bytes()

    class Fresh(Play):
        def _definition(self) -> Definition:
            return Catalog().load(self.process, self.files)

    for seed in range(5):
        Fresh(name, content, seed, []).run()


def test_the_same_files_are_parsed_once_and_others_again() -> None:
    catalog = Catalog()
    first = file(process(START, user("a"), END, flows("inicio > a > fin")))
    second = file(process(START, user("b"), END, flows("inicio > b > fin")))
    one = catalog.load("caso", {"caso.bpmn": first})
    assert catalog.load("caso", {"caso.bpmn": first}) is one
    other = catalog.load("caso", {"caso.bpmn": second})
    assert other is not one
    assert other.sha256 != one.sha256
    assert catalog.load("caso", {"caso.bpmn": first}) is one


def test_the_digest_does_not_depend_on_the_order_of_the_files() -> None:
    files = {f"{name}.bpmn": f"<{name}/>".encode() for name in ("a", "b", "c")}
    from workflow.engine.catalog import digest

    assert digest(files) == digest(dict(reversed(list(files.items()))))
    assert digest(files) != digest(
        {"a.bpmn": files["b.bpmn"], "b.bpmn": files["a.bpmn"], "c.bpmn": files["c.bpmn"]}
    )


def test_nodes_carry_their_properties_and_the_role_of_their_lane() -> None:
    inner = node("startEvent", "s_inicio") + user("dentro") + node("endEvent", "s_fin")
    inner += flows("s_inicio > dentro > s_fin")
    content = file(
        process(
            lane("analista", "inicio", "calificar", "sub", "fin"),
            START,
            user(
                "calificar", abre="k1 k2", cierra="k3", mensajes="m1", permitida_en_suspension="true"
            ).replace(
                "</bpmn:extensionElements>",
                '<den:param nombre="causa" valor="ratificada"/></bpmn:extensionElements>',
            ),
            node("subProcess", "sub", inner),
            END,
            flows("inicio > calificar > sub > fin"),
        )
    )
    nodes = Catalog().load("caso", {"caso.bpmn": content}).nodes
    found = nodes["caso", "calificar"]
    assert (found.kind, found.name, found.role) == ("userTask", "Calificar", "analista")
    assert (found.abre, found.cierra, found.mensajes) == (("k1", "k2"), ("k3",), ("m1",))
    assert (found.formulario, found.operacion) == ("calificar", "calificar")
    assert found.permitida_en_suspension
    assert found.params == {"causa": "ratificada"}
    assert nodes["caso", "dentro"].role == "analista"
    with pytest.raises(TypeError):
        nodes["caso", "calificar"] = found  # type: ignore[index]


@pytest.mark.parametrize(
    "content",
    [
        b"no es xml",
        b"<a>",
        file(process(START, END, name="otro")),
        file(process(user("a"), END, flows("a > fin"))),
        file(
            process(START, node("callActivity", "a", calledElement="falta"), END, flows("inicio > a > fin"))
        ),
        file(process(START, node("callActivity", "a"), END, flows("inicio > a > fin"))),
        file(
            process(
                START,
                user("a"),
                node("boundaryEvent", "b", attachedToRef="a"),
                END,
                flows("inicio > a > fin"),
            )
        ),
        file(process(START, node("businessRuleTask", "a"), END, flows("inicio > a > fin"))),
        file(process(START, node("transaction", "a"), END, flows("inicio > a > fin"))),
        file(
            process(
                START,
                node(
                    "intermediateCatchEvent",
                    "a",
                    "<bpmn:timerEventDefinition><bpmn:timeDuration>P10D</bpmn:timeDuration></bpmn:timerEventDefinition>",
                ),
                END,
                flows("inicio > a > fin"),
            )
        ),
        file(
            process(
                START,
                node("intermediateCatchEvent", "a", '<bpmn:signalEventDefinition signalRef="x"/>'),
                END,
                flows("inicio > a > fin"),
            )
        ),
    ],
)
def test_a_file_that_cannot_run_is_refused_with_its_reasons(content: bytes) -> None:
    with pytest.raises(InvalidDiagram) as refused:
        Catalog().load("caso", {"caso.bpmn": content})
    assert refused.value.problems
    assert str(refused.value).strip()


def test_an_entity_is_not_expanded() -> None:
    content = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">&e;</bpmn:definitions>'
    )
    with pytest.raises(InvalidDiagram) as refused:
        Catalog().load("caso", {"caso.bpmn": content})
    assert "root:" not in str(refused.value)
