"""The oracle's own reader of diagrams, with the standard library only."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NS = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@dataclass
class Flow:
    id: str
    source: str
    target: str
    condition: str | None


@dataclass(eq=False)
class Place:
    """A drawn node."""

    id: str
    kind: str
    event: tuple[str, str | None] | None = None  # ('message', name) | ('timer', key) | ('error', code) | …
    script: str | None = None
    default: str | None = None
    called: str | None = None
    inner: Graph | None = None
    interrupting: bool = True
    boundaries: list[Place] = field(default_factory=list)
    loop: dict[str, Any] | None = None
    outs: list[Flow] = field(default_factory=list)
    ins: list[Flow] = field(default_factory=list)

    def __deepcopy__(self, memo: dict[int, Any]) -> Place:
        return self


@dataclass(eq=False)
class Graph:
    """A process or a sub-process. ``inputs``/``outputs``: what crosses its border, when it says so."""

    id: str
    process: str
    places: dict[str, Place] = field(default_factory=dict)
    listeners: list[Place] = field(default_factory=list)
    inputs: list[str] | None = None
    outputs: list[str] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> Graph:
        """What is drawn does not move: copies of a case share it."""
        return self

    @property
    def start(self) -> Place:
        return next(place for place in self.places.values() if place.kind == "startEvent")


def read(content: bytes) -> dict[str, Graph]:
    root = ElementTree.fromstring(content)
    names = {m.get("id"): m.get("name") for m in root.findall(f"{NS}message")}
    codes = {e.get("id"): e.get("errorCode") for e in root.findall(f"{NS}error")}
    graphs = {}
    for process in root.findall(f"{NS}process"):
        graph = _graph(process, process.get("id"), names, codes)
        crossing = process.find(f"{NS}ioSpecification")
        if crossing is not None:
            graph.inputs = [item.get("name") for item in crossing.findall(f"{NS}dataInput")]
            graph.outputs = [item.get("name") for item in crossing.findall(f"{NS}dataOutput")]
        graphs[graph.id] = graph
    return graphs


def read_all(files: Mapping[str, bytes]) -> dict[str, Graph]:
    """A process with every diagram that it calls."""
    return {name: graph for content in files.values() for name, graph in read(content).items()}


def _event(element: Any, names: dict[Any, Any], codes: dict[Any, Any]) -> tuple[str, str | None] | None:
    for child in element:
        kind = child.tag.removeprefix(NS)
        if kind == "messageEventDefinition":
            return "message", names[child.get("messageRef")]
        if kind == "timerEventDefinition":
            return "timer", child.find(f"{NS}timeDate").text.split('"')[1]
        if kind == "errorEventDefinition":
            return "error", codes.get(child.get("errorRef"))
        if kind == "terminateEventDefinition":
            return "terminate", None
    return None


def _loop(element: Any) -> dict[str, Any] | None:
    loop = element.find(f"{NS}multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    condition = loop.find(f"{NS}completionCondition")
    return {
        "sequential": loop.get("isSequential") == "true",
        "list": loop.find(f"{NS}loopDataInputRef").text,
        "results": loop.find(f"{NS}loopDataOutputRef").text,
        "item": loop.find(f"{NS}inputDataItem").get("name"),
        "result": loop.find(f"{NS}outputDataItem").get("name"),
        "condition": None if condition is None else condition.text,
    }


def _graph(element: Any, process: str, names: dict[Any, Any], codes: dict[Any, Any]) -> Graph:
    graph = Graph(element.get("id"), process)
    attached: list[tuple[str, Place]] = []
    for child in element:
        kind = child.tag.removeprefix(NS)
        if kind in {
            "sequenceFlow",
            "incoming",
            "outgoing",
            "extensionElements",
            "laneSet",
            "ioSpecification",
            "multiInstanceLoopCharacteristics",
            "property",
            "documentation",
        }:
            continue
        place = Place(child.get("id"), kind, event=_event(child, names, codes), loop=_loop(child))
        script = child.find(f"{NS}script")
        place.script = None if script is None else script.text
        place.default, place.called = child.get("default"), child.get("calledElement")
        if kind == "subProcess":
            place.inner = _graph(child, process, names, codes)
        if kind == "boundaryEvent":
            place.interrupting = child.get("cancelActivity", "true") == "true"
            attached.append((child.get("attachedToRef"), place))
        if child.get("triggeredByEvent") == "true":
            start = child.find(f"{NS}startEvent")
            place.event = _event(start, names, codes)
            place.interrupting = start.get("isInterrupting", "true") == "true"
            place.inner.start.event = None
            graph.listeners.append(place)
        graph.places[place.id] = place
    for host, place in attached:
        graph.places[host].boundaries.append(place)
    for child in element.findall(f"{NS}sequenceFlow"):
        condition = child.find(f"{NS}conditionExpression")
        text = None if condition is None else condition.text
        flow = Flow(child.get("id"), child.get("sourceRef"), child.get("targetRef"), text)
        graph.places[flow.source].outs.append(flow)
        graph.places[flow.target].ins.append(flow)
    return graph


def reach(graph: Graph, start: Place, goal: Place) -> set[str]:
    """Flows into ``goal`` that a token at ``start`` can reach without passing through it."""
    reached, seen, todo = set(), {start.id}, [start]
    while todo:
        for flow in todo.pop().outs:
            if flow.target == goal.id:
                reached.add(flow.id)
            elif flow.target not in seen:
                seen.add(flow.target)
                todo.append(graph.places[flow.target])
    return reached


def merge(target: dict[str, Any], source: dict[str, Any]) -> None:
    for key, value in source.items():
        if isinstance(target.get(key), dict) and isinstance(value, dict):
            merge(target[key], value)
        else:
            target[key] = copy.deepcopy(value)
