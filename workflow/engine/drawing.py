"""A diagram as the publication checks see it: elements, flows and who holds whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflow.engine.model import Problem
from workflow.engine.nodes import KINDS, lanes_in, local, messages_in, role_of
from workflow.engine.rewrite import BPMN, DEN, tag

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")
EVENTS = (
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
)
NOT_NODES = frozenset(
    {
        "sequenceFlow",
        "laneSet",
        "extensionElements",
        "documentation",
        "ioSpecification",
        "incoming",
        "outgoing",
        "textAnnotation",
        "association",
        "group",
        "multiInstanceLoopCharacteristics",
        "property",
    }
)


@dataclass(eq=False)
class Drawn:
    """One node with its flows. ``within``: id of the process or sub-process that holds it."""

    element: Any
    id: str
    kind: str
    name: str
    within: str
    parent: Drawn | None
    outs: list[Any] = field(default_factory=list)
    ins: list[Any] = field(default_factory=list)
    boundaries: list[Drawn] = field(default_factory=list)

    @property
    def definitions(self) -> list[str]:
        """Kinds of event that it carries."""
        return [local(child) for child in self.element if local(child).endswith("EventDefinition")]

    @property
    def is_listener(self) -> bool:
        """Whether it is an event sub-process."""
        return bool(self.element.get("triggeredByEvent") == "true")

    def props(self) -> Any | None:
        """The ``den:nodo`` element."""
        return self.element.find(f"{tag('extensionElements')}/{{{DEN}}}nodo")


class Drawing:
    """One process of one file."""

    def __init__(self, file: str, root: Any, process: Any) -> None:
        self.file = file
        self.root = root
        self.process = process
        self.id: str = process.get("id", "")
        self.messages = messages_in(root)
        self.lanes = lanes_in(process)
        self.nodes: list[Drawn] = []
        self.flows: list[tuple[Any, str]] = []
        self.strange: list[tuple[str, str]] = []
        self._gather(process, None)
        self._connect()

    def _gather(self, container: Any, parent: Drawn | None) -> None:
        within = container.get("id", "")
        for child in container:
            kind = local(child)
            if not kind or etree.QName(child).namespace != BPMN or kind in NOT_NODES:
                if kind == "sequenceFlow":
                    self.flows.append((child, within))
                continue
            if kind not in KINDS:
                if child.get("id") and not kind.endswith("EventDefinition"):
                    self.strange.append((child.get("id"), kind))
                continue
            node = Drawn(child, child.get("id", ""), kind, (child.get("name") or "").strip(), within, parent)
            self.nodes.append(node)
            if kind == "subProcess":
                self._gather(child, node)

    def _connect(self) -> None:
        by_id = {node.id: node for node in self.nodes}
        for flow, _ in self.flows:
            source, target = by_id.get(flow.get("sourceRef", "")), by_id.get(flow.get("targetRef", ""))
            if source is not None:
                source.outs.append(flow)
            if target is not None:
                target.ins.append(flow)
        for node in self.nodes:
            host = by_id.get(node.element.get("attachedToRef", ""))
            if node.kind == "boundaryEvent" and host is not None:
                host.boundaries.append(node)

    def node(self, node_id: str) -> Drawn | None:
        """A node by id."""
        return next((node for node in self.nodes if node.id == node_id), None)

    def role(self, node: Drawn) -> str | None:
        """Role of the lane that holds the node, or the sub-process around it."""
        current: Drawn | None = node
        while current is not None:
            if current.id in self.lanes:
                return role_of(self.lanes[current.id])
            current = current.parent
        return None

    def problem(self, node: str, code: str, sentence: str) -> Problem:
        """A problem of this process."""
        return Problem(self.id, node, code, sentence)


def drawings(file: str, root: Any) -> Iterator[Drawing]:
    """The processes of a file."""
    for process in root.iterfind(tag("process")):
        yield Drawing(file, root, process)
