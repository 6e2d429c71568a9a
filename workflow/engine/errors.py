"""Errors of the engine.

Every message is a Spanish sentence: it ends in the incident list that an administrator reads.
None of them ever carries task data, because task data may hold ids of people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.engine.model import Problem


class EngineError(Exception):
    """Something in the running of a process went wrong; the whole step must be rolled back."""


class NotOpen(EngineError):
    """The task, timer or wait that the caller names is not open in this instance."""


class TooManySteps(EngineError):
    """More automatic tasks ran in one step than the limit allows: the diagram loops by itself."""


class UnexpectedValue(EngineError):
    """A value that no outgoing flow expects, or a collection that is not a list."""


class UncaughtError(EngineError):
    """An error end event that no boundary event catches."""


class ExpressionError(EngineError):
    """An expression that the restricted language refuses, or that reads a name nobody set."""


class Stuck(EngineError):
    """Tokens are left and nothing can move them: a join waits for a flow that never comes."""


class StateError(EngineError):
    """A stored state that cannot be read with this definition, or data that cannot be stored."""


class InvalidDiagram(EngineError):
    """The files do not make an executable process. ``problems`` says why, node by node."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.sentence for problem in problems))
