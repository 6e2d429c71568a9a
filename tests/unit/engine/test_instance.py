"""The facade: what the host is told, asked and refused."""

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
    service,
    timer,
    user,
)
from workflow.engine import (
    EngineError,
    ExpressionError,
    Instance,
    NotOpen,
    Stuck,
    TooManySteps,
    UncaughtError,
    UnexpectedValue,
)


def begin(content: bytes, host: Host | None = None, name: str = "caso", **data: object) -> Instance:
    instance = Instance.new(load(content, name), host or Host(), data)
    instance.advance()
    return instance


def reload(instance: Instance) -> Instance:
    return Instance.restore(instance.definition, instance.state(), instance.env)  # type: ignore[arg-type]


DECISION = file(
    process(
        START,
        user("calificar"),
        node("exclusiveGateway", "que"),
        service("turnar", abre="respuesta", cierra="calificar_plazo"),
        user("archivar", corre="archivo"),
        node("endEvent", "turnada"),
        node("endEvent", "archivada"),
        flows("inicio > calificar > que", "turnar > turnada", "archivar > archivada"),
        flows("que -que == 'turno'-> turnar", "que -que == 'archivo'-> archivar"),
    )
)


def test_a_service_task_gives_its_decisions_to_the_flow() -> None:
    host = Host()
    host.decisions["turnar"] = {"oficio_id": 7}
    case = begin(DECISION, host, denuncia_id=3)
    do(case, "calificar", que="turno")
    assert case.finished
    assert case.ends == ("turnada",)
    assert case.data == {"denuncia_id": 3, "que": "turno", "oficio_id": 7}
    assert reload(case).data == case.data
    assert reload(case).ends == ("turnada",)


def test_the_host_hears_every_node_in_true_order() -> None:
    host = Host()
    case = begin(DECISION, host)
    do(case, "calificar", que="archivo")
    do(case, "archivar")
    heard = [(kind, name) for kind, name, _ in host.heard]
    assert heard == [
        ("completed", "inicio"),
        ("entered", "calificar"),
        ("completed", "calificar"),
        ("completed", "que"),
        ("entered", "archivar"),
        ("completed", "archivar"),
        ("completed", "archivada"),
    ]
    assert [(s.kind, s.node.id) for s in case.steps()] == heard
    assert case.definition.nodes["caso", "archivar"].corre == ("archivo",)
    assert case.definition.nodes["caso", "turnar"].abre == ("respuesta",)


def test_a_value_that_no_flow_expects_stops_the_instance() -> None:
    case = begin(DECISION)
    with pytest.raises(UnexpectedValue, match="que"):
        do(case, "calificar", que="otra_cosa")


def test_a_decision_that_nobody_made_stops_the_instance() -> None:
    case = begin(DECISION)
    with pytest.raises(ExpressionError, match="que"):
        do(case, "calificar")


def test_an_exception_of_the_host_reaches_the_host_unchanged() -> None:
    class Refused(Exception):
        pass

    class Strict(Host):
        def run(self, call):  # type: ignore[no-untyped-def]
            raise Refused("no procede")

    case = begin(DECISION, Strict())
    with pytest.raises(Refused, match="no procede"):
        do(case, "calificar", que="turno")


def test_a_task_is_completed_once() -> None:
    case = begin(DECISION)
    task = case.open_tasks()[0]
    do(case, "calificar", que="archivo")
    with pytest.raises(NotOpen):
        case.complete(task.id, {"que": "turno"})
    for unknown in ("", "9999", "no", "-1", "../1"):
        with pytest.raises(NotOpen):
            case.complete(unknown, {})


def test_what_is_read_from_an_instance_is_a_copy() -> None:
    case = begin(DECISION, lista=[1])
    case.open_tasks()[0].data["lista"].append(2)
    case.data["lista"].append(3)  # type: ignore[index]
    assert case.open_tasks()[0].data["lista"] == [1]


LOOP = file(
    process(
        START,
        user("empezar"),
        node("exclusiveGateway", "une"),
        service("contar"),
        node("exclusiveGateway", "sigue"),
        user("cerrar"),
        END,
        flows("inicio > empezar > une > contar > sigue", "cerrar > fin"),
        flows("sigue -mas-> une", "sigue -not mas-> cerrar"),
    )
)


class Counter(Host):
    """Asks for more rounds until it has had enough."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds = rounds

    def run(self, call):  # type: ignore[no-untyped-def]
        self.rounds -= 1
        return {"mas": self.rounds > 0, "quedan": self.rounds}


def test_many_automatic_rounds_in_one_step_are_right() -> None:
    case = begin(LOOP, Counter(600))
    do(case, "empezar")
    assert open_ids(case) == ["cerrar"]
    assert case.open_tasks()[0].data["quedan"] == 0
    assert len(case.state()) < 400


def test_a_diagram_that_loops_by_itself_is_stopped() -> None:
    case = begin(LOOP, Counter(10**9))
    with pytest.raises(TooManySteps, match="5000"):
        do(case, "empezar")
    small = Instance.new(load(LOOP), Counter(10**9), {}, max_steps=50)
    small.advance()
    with pytest.raises(TooManySteps, match="50"):
        do(small, "empezar")


VOTES = file(
    process(
        START,
        user("listar"),
        user("votar", multi(condition="basta"), abre="votado", corre="votacion"),
        user("firmar"),
        END,
        flows("inicio > listar > votar > firmar > fin"),
    )
)


def test_votes_carry_their_item_and_collect_their_results() -> None:
    host = Host()
    case = begin(VOTES, host)
    do(case, "listar", lista=[11, 12, 13], asiento="viejo")
    case = reload(case)
    votes = case.open_tasks()
    assert [(v.node.id, v.item, v.index, v.data["asiento"]) for v in votes] == [
        ("votar", 11, 0, 11),
        ("votar", 12, 1, 12),
        ("votar", 13, 2, 13),
    ]
    case.complete(votes[2].id, {"voto": "si", "basta": False})
    case.advance()
    case = reload(case)
    case.complete(case.open_tasks()[0].id, {"voto": "no", "basta": True})
    case.advance()
    assert open_ids(case) == ["firmar"]
    assert case.open_tasks()[0].data["votos"] == ["si", "no"]
    assert [s.kind for s in case.steps() if s.node.id == "votar"] == ["completed", "cancelled", "completed"]
    assert ("completed", "votar", 13) in host.heard
    assert ("completed", "votar", 11) in host.heard


def test_the_terms_of_a_vote_run_for_the_whole_and_not_for_each_seat() -> None:
    class Ledger(Host):
        def __init__(self) -> None:
            super().__init__()
            self.opened: list[tuple[str, tuple[str, ...], object]] = []

        def entered(self, call):  # type: ignore[no-untyped-def]
            self.opened.append(("entered", call.node.corre, call.item))

        def completed(self, call):  # type: ignore[no-untyped-def]
            self.opened.append(("completed", call.node.abre, call.item))

    host = Ledger()
    case = begin(VOTES, host)
    do(case, "listar", lista=[1, 2])
    for _ in range(2):
        do(case, "votar", voto="si", basta=False)
    assert [entry for entry in host.opened if entry[1]] == [
        ("entered", ("votacion",), None),
        ("completed", ("votado",), None),
    ]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_an_empty_list_passes_and_a_missing_one_stops(sequential: str) -> None:
    content = VOTES.replace(b'isSequential="false"', f'isSequential="{sequential}"'.encode())
    case = begin(content)
    do(case, "listar", lista=[])
    assert case.open_tasks()[0].data["votos"] == []
    with pytest.raises(UnexpectedValue, match="lista"):
        do(begin(content), "listar")


def test_a_committee_that_sits_again_starts_with_an_empty_list() -> None:
    content = file(
        process(
            START,
            node("exclusiveGateway", "une"),
            user("votar", multi()),
            user("computar"),
            node("exclusiveGateway", "repite"),
            END,
            flows("inicio > une > votar > computar > repite"),
            flows("repite -otra-> une", "repite -not otra-> fin"),
        )
    )
    case = begin(content, lista=[1, 2])
    for otra in (True, False):
        do(case, "votar", voto="si")
        case = reload(case)
        do(case, "votar", voto="no")
        assert case.open_tasks()[0].data["votos"] == ["si", "no"]
        do(case, "computar", otra=otra)
    assert case.finished


CALL = (
    process(
        START,
        user("pedir"),
        node("callActivity", "notificar", calledElement="notificacion"),
        user("leer"),
        END,
        flows("inicio > pedir > notificar > leer > fin"),
    ),
    process(
        "<bpmn:ioSpecification>"
        '<bpmn:dataInput id="entra_oficio" name="oficio_id"/><bpmn:dataInput id="entra_otro" name="otro"/>'
        '<bpmn:dataOutput id="sale_resultado" name="resultado"/>'
        '<bpmn:dataOutput id="sale_fecha" name="fecha"/>'
        "<bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>",
        node("startEvent", "n_inicio"),
        user("n_practicar"),
        node("endEvent", "n_fin"),
        flows("n_inicio > n_practicar > n_fin"),
        name="notificacion",
    ),
)


def test_only_declared_data_cross_into_a_called_process_and_back() -> None:
    case = begin(file(*CALL), oficio_id=5, secreto="x", fecha="vieja", resultado="viejo")
    do(case, "pedir")
    inside = reload(case).open_tasks()[0]
    assert (inside.node.id, inside.node.process) == ("n_practicar", "notificacion")
    assert inside.data == {"oficio_id": 5}
    do(case, "n_practicar", resultado="notificada", borrador=1)
    after = case.open_tasks()[0]
    # An output that this exit did not set is gone: the value of an earlier round is not taken for it.
    assert after.data == {"oficio_id": 5, "secreto": "x", "resultado": "notificada"}


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


def test_data_that_cannot_be_stored_are_refused() -> None:
    case = begin(DECISION)
    case.complete(case.open_tasks()[0].id, {"que": "archivo", "fecha": NOW})
    case.advance()
    with pytest.raises(EngineError, match="textos"):
        case.state()
