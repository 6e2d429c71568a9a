"""Every rule of publication: a good diagram passes, and each fault is found by its own rule."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.unit.engine.dibujos import (
    END,
    START,
    error,
    file,
    flows,
    lane,
    message,
    multi,
    node,
    process,
    service,
    timer,
    user,
)
from workflow.engine import Catalog

KNOWN = Catalog(
    roles=frozenset({"analista"}),
    operations=frozenset({"calificar", "turnar", "archivar", "votar", "oir"}),
    plazos=frozenset({"respuesta", "archivo"}),
    forms=frozenset({"calificar", "caso/archivar", "votar", "oir"}),
    messages=frozenset({"llegada", "aviso"}),
)


def picture(content: bytes) -> bytes:
    """Adds a shape per node and an edge per flow."""
    text = content.decode()
    edges = re.findall(r'<bpmn:sequenceFlow id="(\w+)"', text)
    kinds = "Task|Event|Gateway|Process|Activity"
    shapes = re.findall(rf'<bpmn:\w*(?:{kinds}) id="(\w+)"', text)
    drawn = "".join(f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}"/>' for name in shapes)
    drawn += "".join(f'<bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}"/>' for name in edges)
    end = "</bpmn:definitions>"
    return text.replace(end, f"<bpmndi:BPMNDiagram>{drawn}</bpmndi:BPMNDiagram>{end}").encode()


LISTENER = node(
    "subProcess",
    "oye",
    node("startEvent", "oido", message("aviso"), isInterrupting="false")
    + user("oir")
    + node("endEvent", "o_fin")
    + flows("oido > oir > o_fin"),
    triggeredByEvent="true",
)

GOOD = picture(
    file(
        process(
            lane(
                "analista", "llegado", "calificar", "que", "turnar", "archivar", "votar", "fin", "oye", "oir"
            ),
            node("startEvent", "llegado", message("llegada")),
            user("calificar", corre="respuesta", mensajes="aviso"),
            node("boundaryEvent", "vencido", timer("respuesta"), attachedToRef="calificar"),
            node("exclusiveGateway", "que").replace('name="Que"', 'name="¿Qué procede?"'),
            service("turnar", abre="archivo", cierra="respuesta"),
            user("archivar"),
            user("votar", multi(condition="basta")),
            node("exclusiveGateway", "une"),
            END,
            LISTENER,
            flows(
                "llegado > calificar > que", "turnar > une > votar > fin", "archivar > une", "vencido > une"
            ),
            flows("que -que == 'turno'-> turnar", "que -not procede-> archivar"),
        ),
        messages=("llegada", "aviso"),
    )
)


def codes(content: bytes, catalog: Catalog = KNOWN, name: str = "caso") -> set[str]:
    return {problem.code for problem in catalog.validate({f"{name}.bpmn": content})}


def test_a_good_diagram_has_no_problems() -> None:
    assert KNOWN.validate({"caso.bpmn": GOOD}) == []


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def without_shape(name: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf'<bpmndi:BPMN(?:Shape|Edge) id="{name}_di"[^>]*/>', "", text)


FAULTS: list[tuple[str, Callable[[str], str]]] = [
    ("id_formato", swap("archivar", "Archivar")),
    ("id_formato", swap('"une"', '"Gateway_0x1"')),
    ("proceso_archivo", swap('process id="caso"', 'process id="otro"')),
    ("no_ejecutable", swap('isExecutable="true"', 'isExecutable="false"')),
    ("carril", swap("carril_analista", "lane_1")),
    ("carril_rol", swap("carril_analista", "carril_nadie")),
    ("carril_sin_nombre", swap('name="Analista"', 'name=""')),
    ("carril_nodo", swap("<bpmn:flowNodeRef>fin<", "<bpmn:flowNodeRef>nadie<")),
    ("sin_carril", swap("<bpmn:flowNodeRef>votar</bpmn:flowNodeRef>", "")),
    ("sin_etiqueta", swap('id="calificar" name="Calificar"', 'id="calificar"')),
    ("sin_formulario", swap('formulario="calificar" ', "")),
    ("formulario", swap('formulario="calificar"', 'formulario="nadie"')),
    ("sin_operacion", swap('<den:nodo operacion="turnar"', "<den:nodo")),
    ("sin_operacion", swap(' operacion="votar"', "")),
    ("operacion", swap('operacion="turnar"', 'operacion="nadie"')),
    ("plazo", swap('abre="archivo"', 'abre="archivo nadie"')),
    ("plazo", swap('plazo("respuesta")', 'plazo("nadie")')),
    ("corre", swap('operacion="turnar" ', 'operacion="turnar" corre="archivo" ')),
    ("reloj", swap('plazo("respuesta")', '"2026-01-01"')),
    ("reloj", swap('plazo("respuesta")', 'plazo("respuesta") + 1')),
    ("reloj", swap('plazo("respuesta")', '__import__("os")')),
    ("reloj", lambda text: text.replace("bpmn:timeDate", "bpmn:timeDuration")),
    ("propiedad", swap('abre="archivo"', 'abrir="archivo"')),
    ("propiedad", swap('abre="archivo"', 'permitida_en_suspension="si"')),
    ("mensaje", swap('mensajes="aviso"', 'mensajes="nadie"')),
    ("mensaje", swap('messageRef="msg_aviso"', 'messageRef="msg_nadie"')),
    ("mensaje_id", swap("msg_aviso", "Message_1")),
    ("condicion", swap(">que == 'turno'<", ">que == 'turno' and monto == 3<")),
    ("condicion", swap(">que == 'turno'<", ">monto + 1<")),
    ("condicion", swap(">que == 'turno'<", ">que == 3<")),
    ("condicion", swap(">que == 'turno'<", ">que != 'turno'<")),
    ("condicion", swap(">que == 'turno'<", ">__import__('os')<")),
    ("condicion", swap(">not procede<", ">not not procede<")),
    ("flujo_sin_etiqueta", swap(' name="not procede"', "")),
    (
        "flujo_sin_condicion",
        lambda text: re.sub(
            r"<bpmn:conditionExpression[^>]*>not procede</bpmn:conditionExpression>", "", text
        ),
    ),
    ("compuerta_pregunta", swap("¿Qué procede?", "Procede")),
    ("salida_por_omision", swap('name="¿Qué procede?"', 'name="¿Qué procede?" default="que_a_archivar"')),
    (
        "mezcla_y_bifurca",
        swap('sourceRef="archivar" targetRef="une"', 'sourceRef="archivar" targetRef="que"'),
    ),
    (
        "salida_multiple",
        swap('sourceRef="vencido" targetRef="une"', 'sourceRef="archivar" targetRef="votar"'),
    ),
    ("sin_salida", swap('sourceRef="vencido" targetRef="une"', 'sourceRef="une" targetRef="votar"')),
    ("sin_entrada", swap('sourceRef="que" targetRef="archivar"', 'sourceRef="que" targetRef="turnar"')),
    ("flujo_suelto", swap('sourceRef="vencido" targetRef="une"', 'sourceRef="vencido" targetRef="oir"')),
    ("flujo_suelto", swap('targetRef="fin"', 'targetRef="nadie"')),
    ("inicio_unico", swap('<bpmn:endEvent id="fin" name="Fin"></bpmn:endEvent>', START + END)),
    ("inicio_evento", lambda text: text.replace(message("llegada"), timer("respuesta"))),
    ("inicio_evento", lambda text: text.replace(message("aviso"), "")),
    ("evento", lambda text: text.replace(timer("respuesta"), "")),
    ("evento", lambda text: text.replace(message("aviso"), '<bpmn:signalEventDefinition signalRef="x"/>')),
    ("borde_suelto", swap('attachedToRef="calificar"', 'attachedToRef="que"')),
    ("borde_suelto", swap('attachedToRef="calificar"', 'attachedToRef="oir"')),
    ("nodo_no_permitido", lambda text: text.replace("bpmn:serviceTask", "bpmn:businessRuleTask")),
    ("guion", lambda text: text.replace("bpmn:serviceTask", "bpmn:scriptTask")),
    ("multi_incompleta", swap('<bpmn:outputDataItem id="out_voto" name="voto"/>', "")),
    ("multi_incompleta", swap("<bpmn:loopDataOutputRef>votos</bpmn:loopDataOutputRef>", "")),
    ("multi_condicion", swap(">basta<", ">len(votos) == 3<")),
    ("multi_nombres", swap('name="voto"', 'name="votos"')),
    (
        "datos_en_nodo",
        swap('id="archivar" name="Archivar">', 'id="archivar" name="Archivar"><bpmn:ioSpecification/>'),
    ),
    (
        "ciclo_oculto",
        swap(
            'id="archivar" name="Archivar">',
            'id="archivar" name="Archivar"><bpmn:standardLoopCharacteristics/>',
        ),
    ),
    ("sin_dibujo", without_shape("calificar")),
    ("sin_dibujo", without_shape("une_a_votar")),
    ("xml", lambda text: text.replace("</bpmn:definitions>", "")),
]


@pytest.mark.parametrize(
    ("code", "change"), FAULTS, ids=[f"{n}_{code}" for n, (code, _) in enumerate(FAULTS)]
)
def test_a_fault_is_found(code: str, change: Callable[[str], str]) -> None:
    changed = change(GOOD.decode())
    assert changed != GOOD.decode()
    assert code in codes(changed.encode())


def test_every_problem_says_where_and_what_in_spanish() -> None:
    changed = GOOD.decode().replace('operacion="turnar"', 'operacion="nadie"').encode()
    (problem,) = KNOWN.validate({"caso.bpmn": changed})
    assert (problem.process, problem.node, problem.code) == ("caso", "turnar", "operacion")
    assert problem.sentence == "La operación «nadie» de «turnar» no existe."


def test_names_are_not_checked_without_their_sets_nor_the_drawing_when_not_asked() -> None:
    bare = re.sub(rb"<bpmndi:BPMNDiagram>.*</bpmndi:BPMNDiagram>", b"", GOOD)
    changed = bare.replace(b'operacion="turnar"', b'operacion="nadie"')
    assert codes(changed, Catalog(drawing=False)) == set()


@pytest.mark.parametrize(
    ("script", "allowed"),
    [
        ("resultado = 'aprobada'", True),
        ("votos = []", True),
        ("abierta = True", True),
        ("otro = uno", True),
        ("n = n + 1", False),
        ("a = 1; b = 2", False),
        ("votos = [1]", False),
        ("import os", False),
        ("", False),
    ],
)
def test_a_script_is_one_plain_assignment(script: str, allowed: bool) -> None:
    content = file(
        process(
            START,
            node("scriptTask", "poner", f"<bpmn:script>{script}</bpmn:script>"),
            END,
            flows("inicio > poner > fin"),
        )
    )
    assert ("guion" not in codes(content, Catalog(drawing=False))) is allowed


def raising(boundary: str | None) -> dict[str, bytes]:
    caught = ""
    if boundary is not None:
        caught = node("boundaryEvent", "atrapado", error(boundary), attachedToRef="llama")
        caught += node("endEvent", "fin_malo") + flows("atrapado > fin_malo")
    caller = file(
        process(
            START,
            node("callActivity", "llama", calledElement="hijo"),
            caught,
            END,
            flows("inicio > llama > fin"),
        ),
        errors=("malo", "otro"),
    )
    called = file(
        process(
            node("startEvent", "h_inicio"),
            node("endEvent", "h_malo", error("malo")),
            flows("h_inicio > h_malo"),
            name="hijo",
        ),
        errors=("malo",),
    )
    return {"caso.bpmn": caller, "hijo.bpmn": called}


@pytest.mark.parametrize(("boundary", "caught"), [("malo", True), ("otro", False), (None, False)])
def test_an_error_must_be_caught_by_every_caller(boundary: str | None, caught: bool) -> None:
    found = {problem.code for problem in Catalog(drawing=False).validate(raising(boundary))}
    assert ("error_suelto" not in found) is caught


def test_an_error_of_a_process_that_nobody_calls_is_loose() -> None:
    files = {"hijo.bpmn": raising("malo")["hijo.bpmn"]}
    assert {p.code for p in Catalog(drawing=False).validate(files)} == {"error_suelto"}


def test_a_call_must_name_a_process_that_is_there() -> None:
    files = {"caso.bpmn": raising("malo")["caso.bpmn"]}
    assert "llamada" in {p.code for p in Catalog(drawing=False).validate(files)}


def test_ids_of_sub_processes_are_unique_in_everything_loaded_together() -> None:
    def one(name: str, prefix: str, called: str = "") -> bytes:
        inside = (
            node("startEvent", f"{prefix}_i")
            + node("endEvent", f"{prefix}_f")
            + flows(f"{prefix}_i > {prefix}_f")
        )
        call = node("callActivity", "llama", calledElement=called) if called else ""
        chain = "inicio > oye > llama > fin" if called else "inicio > oye > fin"
        return file(process(START, node("subProcess", "oye", inside), call, END, flows(chain), name=name))

    files = {"caso.bpmn": one("caso", "a", "hijo"), "hijo.bpmn": one("hijo", "b")}
    assert "id_repetido" in {p.code for p in Catalog(drawing=False).validate(files)}


def test_an_event_gateway_waits_for_several_events() -> None:
    def waiting(*kinds: str) -> bytes:
        parts = [node("eventBasedGateway", "espera")]
        for number, kind in enumerate(kinds):
            inner = timer("respuesta") if kind == "intermediateCatchEvent" else ""
            parts += [node(kind, f"n_{number}", inner), node("endEvent", f"fin_{number}")]
        chains = [f"espera > n_{number} > fin_{number}" for number in range(len(kinds))]
        return file(process(START, *parts, flows("inicio > espera", *chains)))

    loose = Catalog(drawing=False)
    assert codes(waiting("intermediateCatchEvent", "intermediateCatchEvent"), loose) == set()
    assert "espera_sola" in codes(waiting("intermediateCatchEvent"), loose)
    assert "espera_mal" in codes(waiting("intermediateCatchEvent", "task"), loose)
