"""Timers, errors, messages and joins, seen through the facade."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.process.jugadas import NOW, Host
from tests.unit.engine.dibujos import (
    END,
    START,
    do,
    error,
    file,
    flows,
    load,
    message,
    multi,
    node,
    open_ids,
    process,
    timer,
    user,
)
from workflow.engine import (
    Instance,
    NotOpen,
    Stuck,
    UncaughtError,
)


def begin(content: bytes, host: Host | None = None, name: str = "caso", **data: object) -> Instance:
    instance = Instance.new(load(content, name), host or Host(), data)
    instance.advance()
    return instance


def reload(instance: Instance) -> Instance:
    return Instance.restore(instance.definition, instance.state(), instance.env)  # type: ignore[arg-type]


TIMED = file(
    process(
        START,
        user("responder"),
        node("boundaryEvent", "vencido", timer("respuesta"), attachedToRef="responder"),
        user("requerir"),
        node("endEvent", "fin_requerida"),
        END,
        flows("inicio > responder > fin", "vencido > requerir > fin_requerida"),
    )
)


def test_a_timer_follows_its_term_both_ways() -> None:
    host = Host()
    case = begin(TIMED, host)
    (armed,) = case.timers()
    assert (armed.node.id, armed.plazo, armed.due) == ("vencido", "respuesta", None)
    case.advance()
    assert open_ids(case) == ["responder"]

    host.ledger["respuesta"] = NOW + timedelta(days=10)
    assert case.timers()[0].due == NOW + timedelta(days=10)
    host.ledger["respuesta"] = NOW + timedelta(days=20)  # moved later
    host.clock = NOW + timedelta(days=15)
    case = reload(case)
    case.advance()
    assert open_ids(case) == ["responder"]

    host.ledger["respuesta"] = None  # type: ignore[assignment]
    host.clock = NOW + timedelta(days=300)  # suspended: no date at all
    case = reload(case)
    case.advance()
    assert open_ids(case) == ["responder"]

    host.ledger["respuesta"] = NOW + timedelta(days=300)  # moved earlier, due to the instant
    case = reload(case)
    case.advance()
    assert open_ids(case) == ["requerir"]
    assert [(s.kind, s.node.id) for s in case.steps()] == [
        ("cancelled", "responder"),
        ("completed", "vencido"),
        ("entered", "requerir"),
    ]
    assert case.timers() == []


def test_due_timers_fire_in_the_order_of_their_dates() -> None:
    content = file(
        process(
            START,
            node("parallelGateway", "abre"),
            *(
                part
                for name in ("uno", "dos", "tres")
                for part in (node("intermediateCatchEvent", name, timer(name)), user(f"tras_{name}"))
            ),
            *(node("endEvent", f"fin_{name}") for name in ("uno", "dos", "tres")),
            flows("inicio > abre", *(f"abre > {n} > tras_{n} > fin_{n}" for n in ("uno", "dos", "tres"))),
        )
    )
    host = Host()
    case = begin(content, host)
    host.ledger = {
        "uno": NOW - timedelta(days=1),
        "dos": NOW - timedelta(days=3),
        "tres": NOW - timedelta(days=2),
    }
    case.advance()
    fired = [s.node.id for s in case.steps() if s.node.kind == "intermediateCatchEvent"]
    assert fired == ["dos", "tres", "uno"]


def test_two_timers_of_one_event_gateway_keep_their_own_dates() -> None:
    content = file(
        process(
            START,
            node("eventBasedGateway", "espera"),
            node("intermediateCatchEvent", "largo", timer("largo")),
            node("intermediateCatchEvent", "corto", timer("corto")),
            user("tras_largo"),
            user("tras_corto"),
            node("endEvent", "fin_a"),
            node("endEvent", "fin_b"),
            flows(
                "inicio > espera",
                "espera > largo > tras_largo > fin_a",
                "espera > corto > tras_corto > fin_b",
            ),
        )
    )
    host = Host()
    host.ledger = {"largo": NOW + timedelta(days=9), "corto": NOW + timedelta(days=2)}
    case = begin(content, host)
    assert {(t.node.id, t.due) for t in case.timers()} == {
        ("largo", NOW + timedelta(days=9)),
        ("corto", NOW + timedelta(days=2)),
    }
    host.clock = NOW + timedelta(days=10)
    case = reload(case)
    case.advance()
    assert open_ids(case) == ["tras_corto"]


def erring(boundary_code: str | None, code: str = "rechazo") -> bytes:
    boundary = ""
    after = ""
    if boundary_code is not None:
        boundary = node("boundaryEvent", "rechazado", error(boundary_code), attachedToRef="sub") + user(
            "arreglar"
        )
        after = flows("rechazado > arreglar > fin_b") + node("endEvent", "fin_b")
    inside = (
        node("startEvent", "s_inicio")
        + node("parallelGateway", "s_abre")
        + user("s_malo")
        + user("s_bueno")
        + node("endEvent", "s_error", error(code))
        + node("endEvent", "s_fin")
        + flows("s_inicio > s_abre > s_malo > s_error", "s_abre > s_bueno > s_fin")
    )
    return file(
        process(START, node("subProcess", "sub", inside), boundary, after, END, flows("inicio > sub > fin")),
        errors=("rechazo", "otro"),
    )


def test_an_error_is_caught_by_the_activity_that_threw_it() -> None:
    case = begin(erring("rechazo"))
    do(case, "s_malo")
    assert open_ids(case) == ["arreglar"]
    told = [(s.kind, s.node.id) for s in case.steps()]
    assert ("cancelled", "s_bueno") in told
    assert ("completed", "sub") not in told
    do(case, "arreglar")
    assert case.ends == ("fin_b",)


def test_the_last_token_of_a_scope_may_be_the_error() -> None:
    case = begin(erring("rechazo"))
    do(case, "s_bueno")
    case = reload(case)
    do(case, "s_malo")
    assert open_ids(case) == ["arreglar"]


@pytest.mark.parametrize("boundary", [None, "otro"])
def test_an_error_that_nobody_catches_stops_the_instance(boundary: str | None) -> None:
    with pytest.raises(UncaughtError, match="rechazo"):
        do(begin(erring(boundary)), "s_malo")


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_an_error_of_one_of_several_ends_them_all(sequential: str) -> None:
    inside = (
        multi(sequential=sequential)
        + node("startEvent", "s_inicio")
        + user("s_malo")
        + node("endEvent", "s_error", error("rechazo"))
        + flows("s_inicio > s_malo > s_error")
    )
    content = file(
        process(
            START,
            node("subProcess", "sub", inside),
            node("boundaryEvent", "rechazado", error("rechazo"), attachedToRef="sub"),
            user("arreglar"),
            node("endEvent", "fin_b"),
            END,
            flows("inicio > sub > fin", "rechazado > arreglar > fin_b"),
        ),
        errors=("rechazo",),
    )
    case = reload(begin(content, lista=[1, 2, 3]))
    do(case, "s_malo")
    assert open_ids(case) == ["arreglar"]


def test_two_flows_between_the_same_gateways_are_two_tokens() -> None:
    second = '<bpmn:sequenceFlow id="otra_vez" sourceRef="abre" targetRef="junta"/>'
    content = file(
        process(
            START,
            node("parallelGateway", "abre"),
            node("parallelGateway", "junta"),
            user("a"),
            END,
            second,
            flows("inicio > abre > junta > a > fin"),
        )
    )
    case = reload(begin(content))
    assert open_ids(case) == ["a"]
    do(case, "a")
    assert case.finished


def test_a_join_that_can_never_fire_is_told() -> None:
    content = file(
        process(
            START,
            node("exclusiveGateway", "que"),
            user("a"),
            user("b"),
            node("parallelGateway", "junta"),
            END,
            flows("inicio > que", "a > junta", "b > junta", "junta > fin"),
            flows("que -si-> a", "que -not si-> b"),
        )
    )
    case = begin(content, si=True)
    with pytest.raises(Stuck, match="detenido"):
        do(case, "a")


EAR = file(
    process(
        START,
        node("callActivity", "tramite", calledElement="caso_tramite"),
        node("boundaryEvent", "cortado", message("corte_caso"), attachedToRef="tramite"),
        user("cerrar"),
        END,
        node("endEvent", "fin_corto"),
        node(
            "subProcess",
            "oye",
            node("startEvent", "desistimiento", message("desistido"), isInterrupting="false")
            + user("ratificar")
            + node("exclusiveGateway", "vale")
            + node("intermediateThrowEvent", "cortar", message("corte_caso"))
            + node("endEvent", "o_fin")
            + node("endEvent", "o_nada")
            + flows("desistimiento > ratificar > vale", "cortar > o_fin")
            + flows("vale -valido-> cortar", "vale -not valido-> o_nada"),
            triggeredByEvent="true",
        ),
        flows("inicio > tramite > fin", "cortado > cerrar > fin_corto"),
    ),
    process(
        node("startEvent", "t_inicio"),
        user("analizar"),
        node("intermediateThrowEvent", "avisar", message("asunto_abierto")),
        user("esperar"),
        node("endEvent", "t_fin"),
        flows("t_inicio > analizar > avisar > esperar > t_fin"),
        name="caso_tramite",
    ),
    messages=("desistido", "corte_caso", "asunto_abierto"),
)


def test_an_ear_hears_again_and_its_cut_stays_inside() -> None:
    host = Host()
    case = begin(EAR, host, denuncia_id=1)
    assert {(w.message, w.node.id, w.internal) for w in case.waits()} == {
        ("corte_caso", "cortado", True),
        ("desistido", "desistimiento", False),
    }
    for number, valido in ((1, False), (2, True)):
        case = reload(case)
        wait = next(w for w in case.waits() if w.message == "desistido")
        case.receive(wait.task_id, "desistido", {"promocion_id": number})
        case.advance()
        ratify = next(t for t in case.open_tasks() if t.node.id == "ratificar")
        assert (ratify.data["promocion_id"], ratify.data["denuncia_id"]) == (number, 1)
        case = reload(case)
        do(case, "ratificar", valido=valido)
    assert open_ids(case) == ["cerrar"]
    assert ("cancelled", "analizar") in [(s.kind, s.node.id) for s in case.steps()]
    assert host.thrown == []
    do(case, "cerrar")
    assert case.ends == ("fin_corto",)


def test_other_messages_go_to_the_host_with_the_data_of_their_branch() -> None:
    host = Host()
    case = begin(EAR, host, denuncia_id=1)
    do(case, "analizar", asunto_id=9)
    assert host.thrown == [("asunto_abierto", {"denuncia_id": 1, "asunto_id": 9})]
    with pytest.raises(NotOpen):
        case.receive(case.waits()[0].task_id, "otro_mensaje", {})


def test_the_host_may_declare_more_internal_messages() -> None:
    class Declares(Host):
        internal_messages = frozenset({"asunto_abierto"})

    host = Declares()
    case = begin(EAR, host)
    do(case, "analizar")
    assert host.thrown == []


def test_a_message_start_begins_as_if_the_message_had_come() -> None:
    content = file(
        process(
            node("startEvent", "llegada", message("presentada")),
            user("leer"),
            END,
            flows("llegada > leer > fin"),
        ),
        messages=("presentada",),
    )
    case = begin(content, denuncia_id=4)
    assert open_ids(case) == ["leer"]
    assert case.waits() == []
    assert case.definition.start_message == "presentada"
