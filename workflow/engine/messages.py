"""The catalogue of messages between instances (`bpmn/mensajes.yaml`): key, payload, policy, receivers.

Diagrams only name a message; what it carries and whom it reaches is written once, here loaded and checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from workflow.engine.errors import EngineError

FILE: Final = Path(__file__).resolve().parents[2] / "bpmn" / "mensajes.yaml"
RETAIN, START, DROP = "R", "I", "B"
_FIELDS = frozenset({"clave", "clave_en", "datos", "politica", "a", "interno"})


class UnknownMessage(EngineError):
    """A message that the catalogue does not list."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `key`: correlation key; `key_in`: another key for some receiver; `to`: processes."""

    name: str
    key: str = ""
    data: tuple[str, ...] = ()
    policy: str = RETAIN
    to: tuple[str, ...] = ()
    key_in: Mapping[str, str] = field(default_factory=dict)
    internal: bool = False

    def key_for(self, process: str) -> str:
        """The correlation key by which `process` is found."""
        return self.key_in.get(process, self.key)


class Messages:
    """The catalogue, immutable."""

    def __init__(self, messages: Mapping[str, Message]) -> None:
        self._messages = dict(messages)
        self.keys = frozenset(m.key for m in self) | {k for m in self for k in m.key_in.values()} - {""}
        self.internal = frozenset(m.name for m in self if m.internal)

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())

    def __contains__(self, name: object) -> bool:
        return name in self._messages

    def get(self, name: str) -> Message:
        """The message `name`. Raises UnknownMessage."""
        try:
            return self._messages[name]
        except KeyError:
            raise UnknownMessage(
                f"El mensaje «{name}» no está en bpmn/mensajes.yaml. Agrégalo con su clave y su política."
            ) from None

    def starters(self) -> dict[str, Message]:
        """Process → the message that starts it."""
        return {process: m for m in self if m.policy == START for process in m.to}


def parse(raw: Mapping[str, Any]) -> Messages:
    """A catalogue from its parsed YAML. Raises EngineError with every problem found."""
    problems: list[str] = []
    messages = {name: _message(name, fields or {}, problems) for name, fields in raw.items()}
    if problems:
        raise EngineError(" ".join(problems))
    return Messages(messages)


def _message(name: str, fields: Mapping[str, Any], problems: list[str]) -> Message:
    internal = bool(fields.get("interno", False))
    policy = str(fields.get("politica", DROP if internal else ""))
    if extra := set(fields) - _FIELDS:
        problems.append(f"Mensaje «{name}»: no se conoce «{', '.join(sorted(extra))}».")
    if policy not in (RETAIN, START, DROP):
        problems.append(f"Mensaje «{name}»: la política debe ser R, I o B.")
    if not internal and not (fields.get("clave") and fields.get("a")):
        problems.append(f"Mensaje «{name}»: faltan la clave o los destinatarios.")
    return Message(
        name=name,
        key=str(fields.get("clave", "")),
        data=tuple(fields.get("datos", ())),
        policy=policy,
        to=tuple(fields.get("a", ())),
        key_in=dict(fields.get("clave_en", {})),
        internal=internal,
    )


@cache
def catalogue(path: Path = FILE) -> Messages:
    """The catalogue of a file, read once."""
    return parse(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
