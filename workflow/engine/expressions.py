"""The restricted expression language: an own walker over ``ast``; nothing is ever ``eval``-ed.

Accepted: names, keys and attributes of records, comparisons, ``and or not``, ``+ - %``, literals,
lists, records, and calls of the functions that the caller registers. Everything else is refused
when the expression is compiled, so a diagram with a hostile expression cannot be published.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from workflow.engine.errors import ExpressionError

MAX_CHARS = 500
MAX_NODES = 120
MAX_DEPTH = 20
MAX_TEXT = 10_000

Data = Mapping[str, Any]
Functions = Mapping[str, Callable[..., Any]]
Evaluator = Callable[[Data, Functions], Any]

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_LITERALS = (bool, int, float, str, type(None))


def evaluate(text: str, data: Data, functions: Functions | None = None) -> Any:
    """Value of an expression over ``data``; ExpressionError if refused or if a name is not set."""
    run = compile_expression(text, frozenset(functions or ()))
    try:
        return run(data, functions or {})
    except ExpressionError:
        raise
    except (TypeError, ValueError, KeyError, ArithmeticError) as error:
        raise ExpressionError(f"La expresión «{text}» no se puede calcular con estos datos.") from error


@lru_cache(maxsize=4096)
def compile_expression(text: str, functions: frozenset[str] = frozenset()) -> Evaluator:
    """Compiles to closures, once per text. ExpressionError when it is not in the language."""
    tree = _parse(text, "eval")
    assert isinstance(tree, ast.Expression)
    return _build(tree.body, text, functions, 0)


def assign(script: str, data: dict[str, Any]) -> None:
    """Runs a script made only of assignments to plain names (``n = n + 1; votos = []``)."""
    for name, run in compile_script(script):
        try:
            data[name] = run(data, {})
        except (TypeError, ValueError, KeyError, ArithmeticError) as error:
            raise ExpressionError(f"El guion «{script}» no se puede calcular con estos datos.") from error


@lru_cache(maxsize=1024)
def compile_script(script: str) -> tuple[tuple[str, Evaluator], ...]:
    """(name, evaluator) of each assignment, in order."""
    tree = _parse(script, "exec")
    assert isinstance(tree, ast.Module)
    steps: list[tuple[str, Evaluator]] = []
    for statement in tree.body:
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            raise _refused(script)
        target = statement.targets[0]
        if not isinstance(target, ast.Name) or target.id.startswith("_"):
            raise _refused(script)
        steps.append((target.id, _build(statement.value, script, frozenset(), 0)))
    if not steps:
        raise _refused(script)
    return tuple(steps)


def names_of(text: str) -> frozenset[str]:
    """Names that an expression reads."""
    compile_expression(text)
    return frozenset(node.id for node in ast.walk(_parse(text, "eval")) if isinstance(node, ast.Name))


def _refused(text: str) -> ExpressionError:
    return ExpressionError(
        f"La expresión «{text[:80]}» no está permitida: solo se leen datos, se comparan y se suman."
    )


def _parse(text: str, mode: str) -> ast.AST:
    if len(text) > MAX_CHARS:
        raise ExpressionError(f"La expresión tiene más de {MAX_CHARS} caracteres.")
    try:
        tree = ast.parse(text.strip(), mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"La expresión «{text[:80]}» está mal escrita.") from error
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise ExpressionError(f"La expresión tiene más de {MAX_NODES} elementos.")
    return tree


def _build(node: ast.expr, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    if depth > MAX_DEPTH:
        raise ExpressionError("La expresión está demasiado anidada.")
    maker = _MAKERS.get(type(node))
    if maker is None:
        raise _refused(text)
    return maker(node, text, functions, depth + 1)


def _constant(node: ast.Constant, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    value = node.value
    if type(value) not in _LITERALS:
        raise _refused(text)
    return lambda data, calls: value


def _name(node: ast.Name, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    name = node.id
    if name.startswith("_") or name in functions:
        raise _refused(text)

    def read(data: Data, calls: Functions) -> Any:
        if name not in data:
            raise ExpressionError(f"Nadie ha puesto el dato «{name}» que lee la expresión «{text}».")
        return data[name]

    return read


def _record(container: Any, key: Any, text: str) -> Any:
    """Only records and lists of task data: an attribute is a key, never a Python attribute."""
    if isinstance(container, Mapping) and isinstance(key, str) and key in container:
        return container[key]
    if isinstance(container, list) and type(key) is int and -len(container) <= key < len(container):
        return container[key]
    raise ExpressionError(f"La expresión «{text}» lee «{key}», que no existe en los datos.")


def _attribute(node: ast.Attribute, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    if node.attr.startswith("_"):
        raise _refused(text)
    base, key = _build(node.value, text, functions, depth), node.attr
    return lambda data, calls: _record(base(data, calls), key, text)


def _subscript(node: ast.Subscript, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    base = _build(node.value, text, functions, depth)
    index = _build(node.slice, text, functions, depth)
    return lambda data, calls: _record(base(data, calls), index(data, calls), text)


def _compare(node: ast.Compare, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    if any(type(op) not in _COMPARE for op in node.ops):
        raise _refused(text)
    tests = [_COMPARE[type(op)] for op in node.ops]
    terms = [_build(term, text, functions, depth) for term in (node.left, *node.comparators)]

    def compare(data: Data, calls: Functions) -> bool:
        left = terms[0](data, calls)
        for test, term in zip(tests, terms[1:], strict=True):
            right = term(data, calls)
            if not test(left, right):
                return False
            left = right
        return True

    return compare


def _bool(node: ast.BoolOp, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    terms = [_build(term, text, functions, depth) for term in node.values]
    if isinstance(node.op, ast.And):
        return lambda data, calls: all(bool(term(data, calls)) for term in terms)
    return lambda data, calls: any(bool(term(data, calls)) for term in terms)


def _unary(node: ast.UnaryOp, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    term = _build(node.operand, text, functions, depth)
    if isinstance(node.op, ast.Not):
        return lambda data, calls: not term(data, calls)
    if isinstance(node.op, ast.USub):
        return lambda data, calls: -term(data, calls)
    raise _refused(text)


def _binary(node: ast.BinOp, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    left, right = _build(node.left, text, functions, depth), _build(node.right, text, functions, depth)
    kind = type(node.op)
    if kind not in (ast.Add, ast.Sub, ast.Mod):
        raise _refused(text)

    def compute(data: Data, calls: Functions) -> Any:
        first, second = left(data, calls), right(data, calls)
        if kind is ast.Add:
            if isinstance(first, str | list) and len(first) + len(second) > MAX_TEXT:
                raise ExpressionError(f"La expresión «{text}» da un valor demasiado largo.")
            return first + second
        if not isinstance(first, int | float) or not isinstance(second, int | float):
            raise ExpressionError(f"La expresión «{text}» resta o divide algo que no es un número.")
        return first - second if kind is ast.Sub else first % second

    return compute


def _list(node: ast.List | ast.Tuple, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    terms = [_build(term, text, functions, depth) for term in node.elts]
    return lambda data, calls: [term(data, calls) for term in terms]


def _dict(node: ast.Dict, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    if any(not (isinstance(key, ast.Constant) and isinstance(key.value, str)) for key in node.keys):
        raise _refused(text)
    keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
    terms = [_build(term, text, functions, depth) for term in node.values]
    return lambda data, calls: {key: term(data, calls) for key, term in zip(keys, terms, strict=True)}


def _call(node: ast.Call, text: str, functions: frozenset[str], depth: int) -> Evaluator:
    if not isinstance(node.func, ast.Name) or node.func.id not in functions or node.keywords:
        raise _refused(text)
    name = node.func.id
    terms = [_build(term, text, functions, depth) for term in node.args]
    return lambda data, calls: calls[name](*(term(data, calls) for term in terms))


_MAKERS: dict[type[ast.expr], Callable[[Any, str, frozenset[str], int], Evaluator]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Compare: _compare,
    ast.BoolOp: _bool,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Dict: _dict,
    ast.Call: _call,
}
