"""Checks at publication: what must hold for a diagram to run as it is drawn.

Shape of the flow, gateways, events, multi-instances, scripts and the drawing itself. What the nodes
name (roles, forms, operations, terms, messages) is checked by ``property_rules``.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from lxml import etree

from workflow.engine.drawing import DI, EVENTS, GATEWAYS, Drawing, Drawn, drawings
from workflow.engine.errors import EngineError, InvalidDiagram
from workflow.engine.expressions import compile_expression, compile_script
from workflow.engine.model import Problem
from workflow.engine.nodes import local
from workflow.engine.property_rules import property_problems
from workflow.engine.rewrite import read_xml, tag

if TYPE_CHECKING:
    from workflow.engine.catalog import Catalog

ID = re.compile(r"^[a-z][a-z0-9_]*$")
ALLOWED_EVENTS: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"messageEventDefinition", "timerEventDefinition"}),
    "endEvent": frozenset({"messageEventDefinition", "errorEventDefinition", "terminateEventDefinition"}),
    "intermediateCatchEvent": frozenset({"messageEventDefinition", "timerEventDefinition"}),
    "intermediateThrowEvent": frozenset({"messageEventDefinition"}),
    "boundaryEvent": frozenset({"messageEventDefinition", "timerEventDefinition", "errorEventDefinition"}),
}


def check(files: Mapping[str, bytes], catalog: Catalog) -> list[Problem]:
    """Every reason why these files may not be published."""
    problems: list[Problem] = []
    found: list[Drawing] = []
    for name, content in sorted(files.items()):
        try:
            found.extend(drawings(name, read_xml(content)))
        except etree.XMLSyntaxError:
            problems.append(Problem(name, "", "xml", f"El archivo «{name}» no es XML bien formado."))
    for drawing in found:
        for rule in RULES:
            problems.extend(rule(drawing))
        problems.extend(property_problems(drawing, catalog))
        if catalog.drawing:
            problems.extend(_picture(drawing))
    problems.extend(_across(found))
    return problems or _unreadable(found, files, catalog)


def _unreadable(found: list[Drawing], files: Mapping[str, bytes], catalog: Catalog) -> list[Problem]:
    """Last: the engine itself must be able to load each process."""
    problems = []
    for drawing in found:
        try:
            catalog.load(drawing.id, files)
        except InvalidDiagram as error:
            problems.extend(error.problems)
    return problems


def _ids(drawing: Drawing) -> Iterator[Problem]:
    names = [drawing.id, *(n.id for n in drawing.nodes), *(f.get("id", "") for f, _ in drawing.flows)]
    for name in names:
        if not ID.match(name):
            yield drawing.problem(
                name, "id_formato", f"El identificador «{name}» debe ser palabras en minúsculas sin acentos."
            )
    for name, count in Counter(names).items():
        if count > 1:
            yield drawing.problem(name, "id_repetido", f"El identificador «{name}» está repetido.")
    stem = drawing.file.rsplit("/", 1)[-1].removesuffix(".bpmn")
    if stem != drawing.id:
        yield drawing.problem(
            "", "proceso_archivo", f"El proceso «{drawing.id}» debe llamarse como su archivo, «{stem}»."
        )
    if drawing.process.get("isExecutable") != "true":
        yield drawing.problem("", "no_ejecutable", f"El proceso «{drawing.id}» no dice que es ejecutable.")


def _known_kinds(drawing: Drawing) -> Iterator[Problem]:
    for name, kind in drawing.strange:
        yield drawing.problem(
            name, "nodo_no_permitido", f"«{name}» es un elemento ({kind}) que este sistema no ejecuta."
        )
    for node in drawing.nodes:
        if node.element.find(tag("ioSpecification")) is not None:
            yield drawing.problem(
                node.id,
                "datos_en_nodo",
                f"Los datos que entran y salen se declaran en el proceso, no en «{node.id}».",
            )
        if node.element.find(tag("standardLoopCharacteristics")) is not None:
            yield drawing.problem(
                node.id, "ciclo_oculto", f"«{node.id}» se repite sin que se vea: dibuja el ciclo."
            )


def _starts(drawing: Drawing) -> Iterator[Problem]:
    holders = [(drawing.id, None), *((n.id, n) for n in drawing.nodes if n.kind == "subProcess")]
    for holder, sub in holders:
        inner = [node for node in drawing.nodes if node.within == holder]
        starts = [node for node in inner if node.kind == "startEvent"]
        if len(starts) != 1:
            yield drawing.problem(
                holder, "inicio_unico", f"«{holder}» tiene {len(starts)} inicios; debe tener uno."
            )
        if not any(node.kind == "endEvent" for node in inner):
            yield drawing.problem(holder, "sin_fin", f"«{holder}» no tiene ningún fin.")
        for start in starts:
            yield from _start(drawing, start, sub)


def _start(drawing: Drawing, start: Drawn, sub: Drawn | None) -> Iterator[Problem]:
    kinds = start.definitions
    if sub is None and kinds not in ([], ["messageEventDefinition"]):
        yield drawing.problem(
            start.id, "inicio_evento", f"«{start.id}» solo puede empezar solo o por un mensaje."
        )
    if sub is not None and sub.is_listener and len(kinds) != 1:
        yield drawing.problem(
            start.id,
            "inicio_evento",
            f"El subproceso de evento «{sub.id}» empieza por un mensaje o un reloj.",
        )
    if sub is not None and not sub.is_listener and kinds:
        yield drawing.problem(
            start.id, "inicio_evento", f"El subproceso «{sub.id}» no puede empezar por un evento."
        )


def _flow(drawing: Drawing) -> Iterator[Problem]:
    for flow, within in drawing.flows:
        for end in ("sourceRef", "targetRef"):
            node = drawing.node(flow.get(end, ""))
            if node is None or node.within != within:
                yield drawing.problem(
                    flow.get("id", ""),
                    "flujo_suelto",
                    f"El flujo «{flow.get('id')}» no une dos nodos del mismo nivel.",
                )
    for node in drawing.nodes:
        first = node.kind in ("startEvent", "boundaryEvent") or node.is_listener
        if not first and not node.ins:
            yield drawing.problem(node.id, "sin_entrada", f"A «{node.id}» no llega ningún flujo.")
        if first and node.ins:
            yield drawing.problem(node.id, "entrada_sobra", f"A «{node.id}» no puede llegar un flujo.")
        last = node.kind == "endEvent" or node.is_listener
        if not last and not node.outs:
            yield drawing.problem(node.id, "sin_salida", f"De «{node.id}» no sale ningún flujo.")
        if last and node.outs:
            yield drawing.problem(node.id, "salida_sobra", f"De «{node.id}» no puede salir un flujo.")
        if node.kind not in GATEWAYS and len(node.outs) > 1:
            yield drawing.problem(
                node.id, "salida_multiple", f"De «{node.id}» salen varios flujos: dibuja la compuerta."
            )


def _gateways(drawing: Drawing) -> Iterator[Problem]:
    for node in drawing.nodes:
        if node.kind not in GATEWAYS:
            continue
        if len(node.ins) > 1 and len(node.outs) > 1:
            yield drawing.problem(
                node.id, "mezcla_y_bifurca", f"La compuerta «{node.id}» une y separa: deben ser dos."
            )
        if node.element.get("default") is not None:
            yield drawing.problem(
                node.id, "salida_por_omision", f"La compuerta «{node.id}» no puede tener salida por omisión."
            )
        if len(node.outs) > 1 and node.kind in ("exclusiveGateway", "inclusiveGateway"):
            yield from _decision(drawing, node)
        if node.kind == "eventBasedGateway":
            yield from _event_gateway(drawing, node)


def _decision(drawing: Drawing, node: Drawn) -> Iterator[Problem]:
    if not (node.name.startswith("¿") and node.name.endswith("?")):
        yield drawing.problem(
            node.id, "compuerta_pregunta", f"La compuerta «{node.id}» debe llevar una pregunta."
        )
    for flow in node.outs:
        name = flow.get("id", "")
        if not (flow.get("name") or "").strip():
            yield drawing.problem(name, "flujo_sin_etiqueta", f"El flujo «{name}» no lleva etiqueta.")
        condition = flow.find(tag("conditionExpression"))
        if condition is None:
            yield drawing.problem(name, "flujo_sin_condicion", f"El flujo «{name}» no dice cuándo se toma.")
        elif not is_simple(condition.text or ""):
            yield drawing.problem(
                name, "condicion", f"La condición de «{name}» solo puede ser x, not x, o x == 'valor'."
            )


def is_simple(text: str) -> bool:
    """Whether a condition is ``x``, ``not x`` or ``x == 'valor'``."""
    try:
        compile_expression(text)
        body = ast.parse(text.strip(), mode="eval").body
    except (EngineError, SyntaxError):
        return False
    if isinstance(body, ast.UnaryOp) and isinstance(body.op, ast.Not):
        body = body.operand
        return isinstance(body, ast.Name)
    if isinstance(body, ast.Compare):
        return (
            isinstance(body.left, ast.Name)
            and len(body.ops) == 1
            and isinstance(body.ops[0], ast.Eq)
            and isinstance(body.comparators[0], ast.Constant)
            and isinstance(body.comparators[0].value, str)
        )
    return isinstance(body, ast.Name)


def _event_gateway(drawing: Drawing, node: Drawn) -> Iterator[Problem]:
    if len(node.outs) < 2:
        yield drawing.problem(
            node.id, "espera_sola", f"La compuerta de eventos «{node.id}» espera una sola cosa."
        )
    for flow in node.outs:
        target = drawing.node(flow.get("targetRef", ""))
        if target is not None and (target.kind != "intermediateCatchEvent" or len(target.ins) != 1):
            yield drawing.problem(
                target.id,
                "espera_mal",
                f"Tras «{node.id}» solo van eventos que esperan, cada uno con una entrada.",
            )


def _conditions_elsewhere(drawing: Drawing) -> Iterator[Problem]:
    for flow, _ in drawing.flows:
        source = drawing.node(flow.get("sourceRef", ""))
        deciding = source is not None and source.kind in ("exclusiveGateway", "inclusiveGateway")
        if flow.find(tag("conditionExpression")) is not None and not deciding:
            name = flow.get("id", "")
            yield drawing.problem(
                name, "condicion_fuera", f"El flujo «{name}» tiene condición y no sale de una compuerta."
            )


def _events(drawing: Drawing) -> Iterator[Problem]:
    for node in drawing.nodes:
        if node.kind not in EVENTS:
            continue
        kinds = node.definitions
        allowed = ALLOWED_EVENTS[node.kind]
        needs = node.kind in ("intermediateCatchEvent", "boundaryEvent", "intermediateThrowEvent")
        if len(kinds) > 1 or (needs and not kinds) or any(kind not in allowed for kind in kinds):
            yield drawing.problem(node.id, "evento", f"«{node.id}» no es un evento que este sistema ejecute.")
        if node.kind == "boundaryEvent":
            host = drawing.node(node.element.get("attachedToRef", ""))
            if host is None or host.within != node.within or host.kind in (*GATEWAYS, *EVENTS):
                yield drawing.problem(
                    node.id, "borde_suelto", f"«{node.id}» no está en el borde de una actividad."
                )
            if kinds == ["errorEventDefinition"] and node.element.get("cancelActivity") == "false":
                yield drawing.problem(node.id, "error_avisa", f"El error «{node.id}» siempre interrumpe.")


def _multi_instances(drawing: Drawing) -> Iterator[Problem]:
    names: Counter[str] = Counter()
    for node in drawing.nodes:
        loop = node.element.find(tag("multiInstanceLoopCharacteristics"))
        if loop is None:
            continue
        parts = {name: loop.find(tag(name)) for name in ("loopDataInputRef", "loopDataOutputRef")}
        items = {name: loop.find(tag(name)) for name in ("inputDataItem", "outputDataItem")}
        missing = [name for name, part in (parts | items).items() if part is None]
        if missing:
            yield drawing.problem(
                node.id,
                "multi_incompleta",
                f"«{node.id}» debe decir lista, elemento, resultados y resultado.",
            )
        names.update(p.text.strip() for p in (parts["loopDataOutputRef"],) if p is not None and p.text)
        names.update(i.get("name") or i.get("id") for i in items.values() if i is not None)
        condition = loop.find(tag("completionCondition"))
        if condition is not None and not (
            is_simple(condition.text or "") and "=" not in (condition.text or "")
        ):
            yield drawing.problem(
                node.id,
                "multi_condicion",
                f"«{node.id}» termina antes por un booleano que pone cada paso, sin fórmula.",
            )
    for name, count in names.items():
        if count > 1:
            yield drawing.problem(
                "", "multi_nombres", f"El nombre «{name}» se usa en dos repeticiones distintas."
            )


def _scripts(drawing: Drawing) -> Iterator[Problem]:
    for node in drawing.nodes:
        if node.kind != "scriptTask":
            continue
        script = node.element.find(tag("script"))
        text = "" if script is None else (script.text or "")
        try:
            steps = compile_script(text)
            value = ast.parse(text.strip()).body[0]
        except (EngineError, SyntaxError):
            steps, value = (), None
        plain = isinstance(value, ast.Assign) and (
            isinstance(value.value, ast.Constant | ast.Name)
            or (isinstance(value.value, ast.List) and not value.value.elts)
        )
        if len(steps) != 1 or not plain:
            yield drawing.problem(
                node.id, "guion", f"«{node.id}» solo puede asignar un valor; nada de fórmulas."
            )


def _picture(drawing: Drawing) -> Iterator[Problem]:
    """Every node has its shape and every flow its line."""
    shapes = {s.get("bpmnElement") for s in drawing.root.iterfind(f".//{{{DI}}}BPMNShape")}
    edges = {e.get("bpmnElement") for e in drawing.root.iterfind(f".//{{{DI}}}BPMNEdge")}
    for node in drawing.nodes:
        if node.id not in shapes:
            yield drawing.problem(node.id, "sin_dibujo", f"«{node.id}» no está dibujado.")
    for flow, _ in drawing.flows:
        if flow.get("id") not in edges:
            yield drawing.problem(
                flow.get("id", ""), "sin_dibujo", f"El flujo «{flow.get('id')}» no está dibujado."
            )


def _across(found: list[Drawing]) -> Iterator[Problem]:
    """What concerns several processes at once: calls, errors that go up, ids of scopes."""
    by_id = {drawing.id: drawing for drawing in found}
    scopes = Counter(
        name for d in found for name in [d.id, *(n.id for n in d.nodes if n.kind == "subProcess")]
    )
    for drawing in found:
        for node in drawing.nodes:
            called = node.element.get("calledElement")
            if node.kind == "callActivity" and called not in by_id:
                yield drawing.problem(
                    node.id, "llamada", f"«{node.id}» llama al proceso «{called}», que no existe."
                )
            if node.kind == "subProcess" and scopes[node.id] > 1:
                yield drawing.problem(
                    node.id, "id_repetido", f"Hay otro subproceso o proceso llamado «{node.id}»."
                )
            raises = node.kind == "endEvent" and node.definitions == ["errorEventDefinition"]
            if raises and not _caught(drawing, node.parent, _code(drawing, node), found, set()):
                yield drawing.problem(node.id, "error_suelto", f"Nadie atrapa el error de «{node.id}».")


def _code(drawing: Drawing, node: Drawn) -> str | None:
    reference = next(
        child.get("errorRef") for child in node.element if local(child) == "errorEventDefinition"
    )
    error = next((e for e in drawing.root.iterfind(tag("error")) if e.get("id") == reference), None)
    return None if error is None else error.get("errorCode")


def _caught(
    drawing: Drawing, activity: Drawn | None, code: str | None, found: list[Drawing], seen: set[str]
) -> bool:
    while activity is not None:
        for boundary in activity.boundaries:
            if boundary.definitions == ["errorEventDefinition"] and _code(drawing, boundary) in (None, code):
                return True
        activity = activity.parent
    if drawing.id in seen:
        return True
    callers = [
        (other, node)
        for other in found
        for node in other.nodes
        if node.element.get("calledElement") == drawing.id
    ]
    return bool(callers) and all(
        _caught(other, node, code, found, seen | {drawing.id}) for other, node in callers
    )


RULES: tuple[Callable[[Drawing], Iterator[Problem]], ...] = (
    _ids,
    _known_kinds,
    _starts,
    _flow,
    _gateways,
    _conditions_elsewhere,
    _events,
    _multi_instances,
    _scripts,
)
