"""The process engine in memory. The only package that imports SpiffWorkflow."""

from workflow.engine.catalog import Catalog, Definition
from workflow.engine.errors import (
    EngineError,
    ExpressionError,
    InvalidDiagram,
    NotOpen,
    StateError,
    Stuck,
    TooManySteps,
    UncaughtError,
    UnexpectedValue,
)
from workflow.engine.instance import Instance
from workflow.engine.model import Call, Environment, Node, OpenTask, Problem, Step, Timer, Wait

__all__ = [
    "Call",
    "Catalog",
    "Definition",
    "EngineError",
    "Environment",
    "ExpressionError",
    "Instance",
    "InvalidDiagram",
    "Node",
    "NotOpen",
    "OpenTask",
    "Problem",
    "StateError",
    "Step",
    "Stuck",
    "Timer",
    "TooManySteps",
    "UncaughtError",
    "UnexpectedValue",
    "Wait",
]
