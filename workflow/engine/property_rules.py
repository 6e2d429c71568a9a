"""Checks at publication: what the nodes name must exist.

Roles, forms, operations, terms and messages are given to the catalog as sets; None means that the
names are not checked (the properties themselves always are).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workflow.engine.drawing import Drawing, Drawn
from workflow.engine.model import Problem
from workflow.engine.nodes import ROLE_PREFIX, role_of, timer_key
from workflow.engine.rewrite import DEN, tag

if TYPE_CHECKING:
    from workflow.engine.catalog import Catalog

PROPERTIES = frozenset(
    {"operacion", "formulario", "abre", "cierra", "corre", "mensajes", "permitida_en_suspension"}
)
LABELLED = ("userTask", "serviceTask", "callActivity", "endEvent", "startEvent", "boundaryEvent")
IN_LANES = ("userTask", "manualTask", "serviceTask")


def property_problems(drawing: Drawing, catalog: Catalog) -> Iterator[Problem]:
    """Problems of the names that the nodes of one process carry."""
    yield from _lanes(drawing, catalog)
    for node in drawing.nodes:
        yield from _label(drawing, node)
        yield from _lane(drawing, node)
        yield from _properties(drawing, node)
        yield from _form(drawing, node, catalog)
        yield from _operation(drawing, node, catalog)
        yield from _terms(drawing, node, catalog)
        yield from _timer(drawing, node, catalog)
        yield from _messages(drawing, node, catalog)


def _lanes(drawing: Drawing, catalog: Catalog) -> Iterator[Problem]:
    for lane in drawing.process.iterfind(f".//{tag('lane')}"):
        name = lane.get("id", "")
        role = role_of(name)
        if role is None:
            yield drawing.problem(name, "carril", f"El carril «{name}» debe llamarse {ROLE_PREFIX}<rol>.")
        elif catalog.roles is not None and role not in catalog.roles:
            yield drawing.problem(name, "carril_rol", f"El carril «{name}» no es de ningún rol.")
        if not (lane.get("name") or "").strip():
            yield drawing.problem(
                name, "carril_sin_nombre", f"El carril «{name}» no lleva el nombre del rol."
            )
        for reference in lane.iterfind(tag("flowNodeRef")):
            if drawing.node((reference.text or "").strip()) is None:
                yield drawing.problem(
                    name, "carril_nodo", f"El carril «{name}» nombra «{reference.text}», que no existe."
                )


def _label(drawing: Drawing, node: Drawn) -> Iterator[Problem]:
    if node.kind in LABELLED and not node.name:
        yield drawing.problem(node.id, "sin_etiqueta", f"«{node.id}» no lleva etiqueta.")


def _lane(drawing: Drawing, node: Drawn) -> Iterator[Problem]:
    if node.kind in IN_LANES and drawing.role(node) is None:
        yield drawing.problem(node.id, "sin_carril", f"«{node.id}» no está en el carril de un rol.")


def _properties(drawing: Drawing, node: Drawn) -> Iterator[Problem]:
    props = node.props()
    if props is None:
        return
    for name in props.attrib:
        if name not in PROPERTIES:
            yield drawing.problem(
                node.id, "propiedad", f"«{node.id}» tiene una propiedad desconocida: «{name}»."
            )
    if props.get("permitida_en_suspension") not in (None, "true", "false"):
        yield drawing.problem(node.id, "propiedad", f"«{node.id}»: permitida_en_suspension es true o false.")
    for param in node.element.iterfind(f"{tag('extensionElements')}/{{{DEN}}}param"):
        if not param.get("nombre") or param.get("valor") is None:
            yield drawing.problem(
                node.id, "parametro", f"Un parámetro de «{node.id}» no dice nombre y valor."
            )


def _value(node: Drawn, name: str) -> str:
    props = node.props()
    return "" if props is None else str(props.get(name, ""))


def _form(drawing: Drawing, node: Drawn, catalog: Catalog) -> Iterator[Problem]:
    if node.kind != "userTask":
        return
    form = _value(node, "formulario")
    if not form:
        yield drawing.problem(node.id, "sin_formulario", f"La tarea «{node.id}» no dice su formulario.")
    elif catalog.forms is not None and not {form, f"{drawing.id}/{form}"} & catalog.forms:
        yield drawing.problem(node.id, "formulario", f"El formulario «{form}» de «{node.id}» no existe.")


def _operation(drawing: Drawing, node: Drawn, catalog: Catalog) -> Iterator[Problem]:
    operation = _value(node, "operacion")
    if node.kind in ("userTask", "serviceTask") and not operation:
        yield drawing.problem(node.id, "sin_operacion", f"La tarea «{node.id}» no dice su operación.")
    if operation and catalog.operations is not None and operation not in catalog.operations:
        yield drawing.problem(node.id, "operacion", f"La operación «{operation}» de «{node.id}» no existe.")


def _terms(drawing: Drawing, node: Drawn, catalog: Catalog) -> Iterator[Problem]:
    for name in ("abre", "cierra", "corre"):
        for key in _value(node, name).split():
            if catalog.plazos is not None and key not in catalog.plazos:
                yield drawing.problem(node.id, "plazo", f"El plazo «{key}» de «{node.id}» no existe.")
    if _value(node, "corre") and node.kind != "userTask":
        yield drawing.problem(
            node.id, "corre", f"«{node.id}» no es una tarea de persona: no puede correr un plazo."
        )


def _timer(drawing: Drawing, node: Drawn, catalog: Catalog) -> Iterator[Problem]:
    if "timerEventDefinition" not in node.definitions:
        return
    key = timer_key(node.element)
    if key is None:
        yield drawing.problem(node.id, "reloj", f'El reloj «{node.id}» solo puede decir plazo("clave").')
    elif catalog.plazos is not None and key not in catalog.plazos:
        yield drawing.problem(node.id, "plazo", f"El plazo «{key}» de «{node.id}» no existe.")


def _messages(drawing: Drawing, node: Drawn, catalog: Catalog) -> Iterator[Problem]:
    named = [name for name in _value(node, "mensajes").split()]
    for definition in node.element.iterfind(tag("messageEventDefinition")):
        reference = definition.get("messageRef", "")
        name = drawing.messages.get(reference)
        if not name:
            yield drawing.problem(node.id, "mensaje", f"«{node.id}» no dice qué mensaje es.")
            continue
        if reference != f"msg_{name}":
            yield drawing.problem(node.id, "mensaje_id", f"El mensaje «{name}» debe llamarse msg_{name}.")
        named.append(name)
    for name in named:
        if catalog.messages is not None and name not in catalog.messages:
            yield drawing.problem(node.id, "mensaje", f"El mensaje «{name}» de «{node.id}» no existe.")
