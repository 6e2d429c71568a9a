"""Script engine given to SpiffWorkflow: every expression and script goes to our own evaluator.

The stock environment is ``eval`` and ``exec`` with full builtins. Some parts of the library call
``script_engine.environment`` directly, so both the engine and its environment are replaced.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from workflow.engine.errors import EngineError
from workflow.engine.expressions import assign, evaluate


class RestrictedEnvironment(BasePythonScriptEngineEnvironment):
    """Evaluates over the given context only: no globals, no builtins, no functions."""

    def evaluate(self, expression: str, context: dict[str, Any], external_context: Any = None) -> Any:
        return evaluate(expression, context)

    def execute(self, script: str, context: dict[str, Any], external_context: Any = None) -> bool:
        assign(script, context)
        return True

    def call_service(self, context: Any, **kwargs: Any) -> Any:
        raise EngineError("Este motor no llama servicios desde el diagrama.")


class RestrictedEngine(PythonScriptEngine):
    """Lets our own errors through unchanged: the stock class wraps them and adds task data."""

    def __init__(self) -> None:
        super().__init__(environment=RestrictedEnvironment())

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return evaluate(expression, task.data)

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        assign(script, task.data)
        return True


ENGINE = RestrictedEngine()
"""One for all: it holds no state."""
