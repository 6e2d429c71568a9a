"""The facade: what the host is told, asked and refused."""

from __future__ import annotations

import pytest

from tests.process.jugadas import NOW, Host
from tests.unit.engine.dibujos import (
    END,
    START,
    do,
    file,
    flows,
    load,
    multi,
    node,
    open_ids,
    process,
    service,
    user,
)
from workflow.engine import (
    EngineError,
    ExpressionError,
    Instance,
    NotOpen,
    TooManySteps,
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


def test_data_that_cannot_be_stored_are_refused() -> None:
    case = begin(DECISION)
    case.complete(case.open_tasks()[0].id, {"que": "archivo", "fecha": NOW})
    case.advance()
    with pytest.raises(EngineError, match="textos"):
        case.state()
