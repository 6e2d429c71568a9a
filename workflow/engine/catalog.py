"""Definitions: parsed once per process and content, then never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.exceptions import SpiffWorkflowException

from workflow.engine.errors import EngineError, InvalidDiagram
from workflow.engine.model import Node, Problem
from workflow.engine.nodes import read_nodes
from workflow.engine.parser import Parser
from workflow.engine.rewrite import LISTENER_START, read_xml, tag
from workflow.engine.specs.activities import MultiInstance


@dataclass(frozen=True)
class Definition:
    """One version of a process with everything it calls. Immutable; shared by all its instances.

    ``nodes`` is by (process id, node id). ``start_message`` is the message that starts the process.
    """

    process: str
    sha256: str
    spec: Any
    subspecs: Mapping[str, Any]
    nodes: Mapping[tuple[str, str], Node]
    start_message: str | None = None
    _drawn: Mapping[tuple[str, str], Node] = field(default_factory=dict, repr=False)

    def node_of(self, scope: str, node_id: str) -> Node | None:
        """The drawn node behind a task. ``scope``: id of the process or sub-process that runs it."""
        return self._drawn.get((scope, node_id))


def digest(files: Mapping[str, bytes]) -> str:
    """sha256 of a set of files, independent of their order."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return total.hexdigest()


class Catalog:
    """Cache of definitions of one worker.

    The sets of known names are what ``validate`` checks against; None means «do not check».
    """

    def __init__(
        self,
        *,
        roles: frozenset[str] | None = None,
        operations: frozenset[str] | None = None,
        plazos: frozenset[str] | None = None,
        forms: frozenset[str] | None = None,
        messages: frozenset[str] | None = None,
        drawing: bool = True,
    ) -> None:
        self.roles = roles
        self.operations = operations
        self.plazos = plazos
        self.forms = forms
        self.messages = messages
        self.drawing = drawing
        self._definitions: dict[tuple[str, str], Definition] = {}
        self._judged: dict[str, tuple[Problem, ...]] = {}
        self._lock = Lock()

    def load(self, process: str, files: Mapping[str, bytes]) -> Definition:
        """Definition of ``process`` from its file and those it calls. InvalidDiagram if it cannot run."""
        key = (process, digest(files))
        with self._lock:
            if key not in self._definitions:
                self._definitions[key] = parse(process, key[1], files)
            return self._definitions[key]

    def validate(self, files: Mapping[str, bytes]) -> list[Problem]:
        """Every reason why these files may not be published; empty when they may. Judged once per content."""
        from workflow.engine.diagram_rules import check

        key = digest(files)
        if key not in self._judged:
            self._judged[key] = tuple(check(files, self))
        return list(self._judged[key])


def parse(process: str, sha256: str, files: Mapping[str, bytes]) -> Definition:
    """Parses without a cache."""
    roots = {name: _read(process, name, content) for name, content in sorted(files.items())}
    nodes: dict[tuple[str, str], Node] = {}
    drawn: dict[tuple[str, str], Node] = {}
    for root in roots.values():
        for node, scope in read_nodes(root):
            nodes[node.process, node.id] = node
            drawn[scope, node.id] = node
    parser = Parser()
    try:
        for name, root in roots.items():
            parser.add_bpmn_xml(root, name)
        spec = parser.get_spec(process)
        subspecs = parser.get_subprocess_specs(process)
    except (SpiffWorkflowException, EngineError, ValidationException) as error:
        sentence = f"El diagrama «{process}» no se puede leer: {error}"
        raise InvalidDiagram([Problem(process, "", "no_se_lee", sentence)]) from error
    for one in (spec, *subspecs.values()):
        _connect_loops(one)
    for root in roots.values():
        _place_listeners(root, drawn)
    starts = [n for n in nodes.values() if n.process == process and drawn.get((process, n.id)) is n]
    message = next((n.message for n in starts if n.kind == "startEvent" and n.message), None)
    return Definition(
        process=process,
        sha256=sha256,
        spec=spec,
        subspecs=MappingProxyType(subspecs),
        nodes=MappingProxyType(nodes),
        start_message=message,
        _drawn=MappingProxyType(drawn),
    )


def _read(process: str, name: str, content: bytes) -> Any:
    try:
        return read_xml(content)
    except etree.XMLSyntaxError as error:
        sentence = f"El archivo «{name}» no es XML bien formado."
        raise InvalidDiagram([Problem(process, "", "xml", sentence)]) from error


def _connect_loops(spec: Any) -> None:
    """The callback of a multi-instance lives in the specification: connect it now, not while running."""
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, MultiInstance):
            spec.task_specs[task_spec.task_spec].completed_event.connect(task_spec.merge_child)


def _place_listeners(root: Any, drawn: dict[tuple[str, str], Node]) -> None:
    """A listener stands for the start event of its sub-process, which is then told only once."""
    for catch in root.iterfind(f".//{tag('intermediateCatchEvent')}"):
        start = catch.get(LISTENER_START)
        if start is not None:
            name = catch.get("id")
            node = drawn.pop((name.removesuffix(".borde"), start))
            drawn[catch.getparent().get("id"), name] = node
