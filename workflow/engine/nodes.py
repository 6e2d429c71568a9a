"""Reads the drawn nodes of a diagram: kind, label, lane, ``den:nodo`` and ``den:param``."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from lxml import etree

from workflow.engine.errors import EngineError
from workflow.engine.expressions import evaluate
from workflow.engine.model import Node
from workflow.engine.rewrite import DEN, NS, tag

ROLE_PREFIX = "carril_"

KINDS = frozenset(
    {
        "startEvent",
        "endEvent",
        "userTask",
        "manualTask",
        "task",
        "serviceTask",
        "scriptTask",
        "sendTask",
        "receiveTask",
        "subProcess",
        "callActivity",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)


def local(element: Any) -> str:
    """Tag without its namespace; '' for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def flow_nodes(container: Any) -> Iterator[Any]:
    """Nodes drawn directly in a process or sub-process."""
    for child in container:
        if isinstance(child.tag, str) and child.tag.startswith(f"{{{NS['bpmn']}}}") and local(child) in KINDS:
            yield child


def all_flow_nodes(container: Any) -> Iterator[tuple[Any, Any]]:
    """(container, node) of a process, those of embedded sub-processes included."""
    for node in flow_nodes(container):
        yield container, node
        if local(node) == "subProcess":
            yield from all_flow_nodes(node)


def messages_in(root: Any) -> dict[str, str]:
    """Message names by id."""
    return {m.get("id"): m.get("name") for m in root.iterfind(tag("message")) if m.get("id")}


def lanes_in(process: Any) -> dict[str, str]:
    """Lane id by node id."""
    lanes: dict[str, str] = {}
    for lane in process.iterfind(f".//{tag('lane')}"):
        for reference in lane.iterfind(tag("flowNodeRef")):
            if reference.text:
                lanes[reference.text.strip()] = lane.get("id", "")
    return lanes


def role_of(lane: str | None) -> str | None:
    """Role named by a lane's id (``carril_<rol>``)."""
    return lane.removeprefix(ROLE_PREFIX) if lane and lane.startswith(ROLE_PREFIX) else None


def timer_key(element: Any) -> str | None:
    """Key of the term of a timer event; None when it has no timer or says something else."""
    dates = element.findall(f"{tag('timerEventDefinition')}/{tag('timeDate')}")
    keys: list[Any] = []
    if len(dates) == 1 and dates[0].text:
        try:
            evaluate(dates[0].text, {}, {"plazo": keys.append})
        except (EngineError, TypeError):
            return None
    return keys[0] if len(keys) == 1 and isinstance(keys[0], str) else None


def read_nodes(root: Any) -> Iterator[tuple[Node, str]]:
    """(node, id of the process or sub-process that holds it) for every drawn node."""
    messages = messages_in(root)
    for process in root.iterfind(tag("process")):
        lanes = lanes_in(process)
        for container, element in all_flow_nodes(process):
            lane, climb = lanes.get(element.get("id", "")), element
            while lane is None and climb is not process:  # inside a sub-process without a lane of its own
                climb = climb.getparent()
                lane = lanes.get(climb.get("id", ""))
            yield _node(element, process.get("id", ""), role_of(lane), messages), container.get("id", "")


def _node(element: Any, process: str, role: str | None, messages: dict[str, str]) -> Node:
    props = element.find(f"{tag('extensionElements')}/{{{DEN}}}nodo")
    values = {} if props is None else dict(props.attrib)
    params = {
        param.get("nombre", ""): param.get("valor", "")
        for param in element.iterfind(f"{tag('extensionElements')}/{{{DEN}}}param")
    }

    def words(name: str) -> tuple[str, ...]:
        return tuple(values.get(name, "").split())

    reference = element.find(tag("messageEventDefinition"))
    message_ref = element.get("messageRef") if reference is None else reference.get("messageRef")
    return Node(
        id=element.get("id", ""),
        process=process,
        kind=local(element),
        name=element.get("name", ""),
        role=role,
        formulario=values.get("formulario"),
        operacion=values.get("operacion"),
        abre=words("abre"),
        cierra=words("cierra"),
        corre=words("corre"),
        mensajes=words("mensajes"),
        params=MappingProxyType(params),
        permitida_en_suspension=values.get("permitida_en_suspension") == "true",
        message=messages.get(message_ref) if message_ref else None,
        plazo=timer_key(element),
        called=element.get("calledElement"),
        multi_instance=element.find(tag("multiInstanceLoopCharacteristics")) is not None,
    )
