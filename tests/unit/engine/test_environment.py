"""What the library may ask of its script engine: only the restricted language answers."""

from __future__ import annotations

import pytest

from tests.process.jugadas import Host
from tests.unit.engine.dibujos import (
    END,
    START,
    do,
    file,
    flows,
    load,
    message,
    node,
    open_ids,
    process,
    user,
)
from workflow.engine import EngineError, ExpressionError, Instance, InvalidDiagram
from workflow.engine.environment import ENGINE
from workflow.engine.expressions import assign, compile_expression
from workflow.engine.specs.tokens import merge


def test_the_environment_itself_is_restricted() -> None:
    """Correlation keys of the library call the environment without passing by the engine."""
    environment = ENGINE.environment
    assert environment.evaluate("a + 1", {"a": 1}) == 2
    data = {"a": 1}
    environment.execute("b = a", data)
    assert data == {"a": 1, "b": 1}
    for hostile in ("__import__('os')", "open('x')"):
        with pytest.raises(ExpressionError):
            environment.evaluate(hostile, {})
        with pytest.raises(ExpressionError):
            environment.execute(f"x = {hostile}", {})
    with pytest.raises(EngineError):
        environment.call_service({}, operation_name="x")


def test_a_script_that_cannot_be_computed_is_told() -> None:
    with pytest.raises(ExpressionError):
        assign("n = tipo + 1", {"tipo": "x"})


@pytest.mark.parametrize(
    "text", ["a.b." * 25 + "c", "-" * 25 + "a", "+a", "a ** 2", "{a: 1}", "a()()", "a @ b"]
)
def test_deep_or_strange_expressions_are_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text)


def test_data_of_two_tokens_merge_by_records_and_replace_lists() -> None:
    target = {"caso": {"a": 1, "b": [1, 2, 3]}, "n": 1}
    merge(target, {"caso": {"b": [9], "c": 2}, "n": 2})
    assert target == {"caso": {"a": 1, "b": [9], "c": 2}, "n": 2}


def test_a_hidden_loop_is_refused_when_loading() -> None:
    inner = '<bpmn:standardLoopCharacteristics loopMaximum="3"/>'
    content = file(process(START, user("a", inner), END, flows("inicio > a > fin")))
    with pytest.raises(InvalidDiagram, match="compuerta"):
        load(content)


def test_a_terminate_end_at_the_top_closes_every_listener() -> None:
    listener = node(
        "subProcess",
        "oye",
        node("startEvent", "oido", message("aviso"), isInterrupting="false")
        + user("atender")
        + node("endEvent", "o_fin")
        + flows("oido > atender > o_fin"),
        triggeredByEvent="true",
    )
    stop = node("endEvent", "corta", "<bpmn:terminateEventDefinition/>")
    content = file(
        process(START, user("a"), stop, listener, flows("inicio > a > corta")), messages=("aviso",)
    )
    case = Instance.new(load(content), Host(), {})
    case.advance()
    case.receive(case.waits()[0].task_id, "aviso", {})
    case.advance()
    assert open_ids(case) == ["a", "atender"]
    do(case, "a")
    assert case.finished
    assert case.ends == ("corta",)
    assert ("cancelled", "atender") in [(s.kind, s.node.id) for s in case.steps()]


def test_receive_and_send_tasks_are_message_events() -> None:
    content = file(
        process(
            START,
            node("sendTask", "pide", messageRef="msg_pedido"),
            node("receiveTask", "recibe", messageRef="msg_respuesta"),
            user("leer"),
            END,
            flows("inicio > pide > recibe > leer > fin"),
        ),
        messages=("pedido", "respuesta"),
    )
    host = Host()
    case = Instance.new(load(content), host, {"n": 1})
    case.advance()
    assert host.thrown == [("pedido", {"n": 1})]
    (wait,) = case.waits()
    case.receive(wait.task_id, "respuesta", {"r": 2})
    case.advance()
    assert case.open_tasks()[0].data == {"n": 1, "r": 2}


def test_a_multi_instance_over_a_number_counts() -> None:
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>veces</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    content = file(process(START, user("a", loop), END, flows("inicio > a > fin")))
    case = Instance.new(load(content), Host(), {"veces": 2})
    case.advance()
    assert [task.index for task in case.open_tasks()] == [0, 1]
    do(case, "a")
    do(case, "a")
    assert case.finished


def test_an_inclusive_gateway_without_a_true_flow_stops_the_instance() -> None:
    content = file(
        process(
            START,
            node("inclusiveGateway", "que"),
            user("a"),
            user("b"),
            node("endEvent", "otro"),
            END,
            flows("inicio > que", "a > fin", "b > otro"),
            flows("que -x-> a", "que -y-> b"),
        )
    )
    with pytest.raises(EngineError, match="que"):
        Instance.new(load(content), Host(), {"x": False, "y": False}).advance()
