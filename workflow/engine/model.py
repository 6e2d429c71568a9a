"""The nouns that cross the border of the engine. No SpiffWorkflow type leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

StepKind = Literal["entered", "completed", "cancelled"]

INTERNAL_PREFIXES = ("corte_", "fin_")
"""Messages with these prefixes never leave the instance that throws them."""


@dataclass(frozen=True)
class Node:
    """One executable node of a diagram with the properties of ``den:nodo``.

    ``abre``/``cierra``: keys of terms opened/closed when the node completes; ``corre``: opened when
    it appears and closed when it completes. ``message``, ``plazo`` and ``called`` are filled for the
    nodes that have one. ``process`` is the id of the process that draws it, also for the nodes
    inside an embedded sub-process.
    """

    id: str
    process: str
    kind: str
    name: str = ""
    role: str | None = None
    formulario: str | None = None
    operacion: str | None = None
    abre: tuple[str, ...] = ()
    cierra: tuple[str, ...] = ()
    corre: tuple[str, ...] = ()
    mensajes: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    permitida_en_suspension: bool = False
    message: str | None = None
    plazo: str | None = None
    called: str | None = None
    multi_instance: bool = False

    @property
    def has_terms(self) -> bool:
        """Whether completing it moves the ledger of terms."""
        return bool(self.abre or self.cierra or self.corre)


@dataclass(frozen=True)
class Problem:
    """One reason why a diagram may not be published. ``node`` is empty for the whole file."""

    process: str
    node: str
    code: str
    sentence: str


@dataclass(frozen=True)
class Call:
    """What the host gets when a node runs. ``item`` is the element of the nearest multi-instance."""

    node: Node
    data: Mapping[str, Any]
    item: Any | None
    task_id: str
    form: Mapping[str, Any] = field(default_factory=dict)
    instance: Any | None = None


class Environment(Protocol):
    """What the engine asks of its host.

    An optional attribute ``internal_messages`` (a set of names) adds to the internal prefixes.
    """

    def now(self) -> datetime:
        """The injected instant, aware, UTC."""

    def due(self, plazo: str) -> datetime | None:
        """When the term falls due; None while it has no date (not opened, suspended)."""

    def run(self, call: Call) -> Mapping[str, Any]:
        """Runs the operation of a service task and returns its decisions."""

    def throw(self, message: str, call: Call) -> None:
        """Takes a message that leaves the instance."""

    def entered(self, call: Call) -> None:
        """A user task (or a node with ``corre``) appeared."""

    def completed(self, call: Call) -> None:
        """A node with a name or with terms completed."""


@dataclass(frozen=True)
class OpenTask:
    """A task that waits for a person. ``item``/``index``: of the nearest multi-instance, if any."""

    id: str
    node: Node
    data: Mapping[str, Any]
    item: Any | None = None
    index: int | None = None


@dataclass(frozen=True)
class Wait:
    """A token that waits for a message. An event gateway gives one row per message."""

    task_id: str
    message: str
    node: Node
    internal: bool
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Timer:
    """An armed timer. ``due`` is asked from the ledger at the moment of the question."""

    task_id: str
    node: Node
    plazo: str
    due: datetime | None


@dataclass(frozen=True)
class Step:
    """One thing that happened since the instance was created or loaded."""

    node: Node
    kind: StepKind
    task_id: str
