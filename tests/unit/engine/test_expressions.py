"""The expression language: what it accepts, what it refuses, and that it never runs anything."""

from __future__ import annotations

import builtins
import time

import pytest

from workflow.engine.errors import ExpressionError
from workflow.engine.expressions import assign, compile_expression, evaluate, names_of

DATA = {
    "a": 1,
    "b": 2,
    "si": True,
    "no": False,
    "tipo": "visita",
    "caso": {"items": 3, "hijo": {"n": 4}},
    "l": [5],
}

HOSTILE = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "a.__class__",
    "caso.__dict__",
    "open('/etc/passwd').read()",
    "eval('1')",
    "exec('a = 1')",
    "(lambda: 1)()",
    "[x for x in l]",
    "{x: 1 for x in l}",
    "(x := 5)",
    "l.append(9)",
    "caso.items()",
    "f'{a}'",
    "'{0.__class__}'.format(a)",
    "9 ** 9 ** 9",
    "'x' * 10000000000",
    "a if si else b",
    "*l,",
    "lambda x: x",
    "yield_",
    "_privado",
    "a; b",
    "import os",
    "1 << 100000",
    "b'x'",
    "globals()",
    "-" * 60 + "1",
    "(" * 300 + "1" + ")" * 300,
    "a" * 501,
    " and ".join(["a"] * 90),
]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text != "yield_"])
def test_a_hostile_expression_is_refused_before_it_runs(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("si", True),
        ("not si", False),
        ("tipo == 'visita'", True),
        ("a + 1 < 3", True),
        ("1 < b <= 2", True),
        ("si and not no or a", True),
        ("caso.items", 3),
        ("caso['hijo'].n - 1", 3),
        ("a in [1, 2]", True),
        ("b % 2", 0),
        ("l[0]", 5),
        ("None is None", True),
        ("-a", -1),
        ("{'x': a}", {"x": 1}),
    ],
)
def test_a_legitimate_expression_has_its_value(text: str, value: object) -> None:
    assert evaluate(text, DATA) == value


@pytest.mark.parametrize("text", ["nadie", "caso.falta", "l[7]", "a + tipo", "tipo - 1", "a < tipo", "b % 0"])
def test_what_cannot_be_computed_is_told_and_not_guessed(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, DATA)


def test_only_registered_functions_are_called() -> None:
    assert evaluate('plazo("respuesta")', {}, {"plazo": str.upper}) == "RESPUESTA"
    with pytest.raises(ExpressionError):
        evaluate('otra("respuesta")', {}, {"plazo": str.upper})
    with pytest.raises(ExpressionError):
        evaluate("plazo", {}, {"plazo": str.upper})


def test_a_growing_value_is_stopped() -> None:
    data = {"t": "x" * 9_000}
    with pytest.raises(ExpressionError):
        evaluate("t + t", data)


def test_scripts_only_assign_plain_names() -> None:
    data: dict[str, object] = {"n": 1}
    assign("n = n + 1; votos = []", data)
    assert data == {"n": 2, "votos": []}
    for script in ("n += 1", "a, b = 1, 2", "caso.x = 1", "import os", "_x = 1", "", "print(n)", "a = b = 1"):
        with pytest.raises(ExpressionError):
            assign(script, dict(data))


def test_names_of_tells_what_an_expression_reads() -> None:
    assert names_of("a and not caso.b") == {"a", "caso"}


def test_nothing_is_ever_evaluated_by_python(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*arguments: object) -> None:
        raise AssertionError("eval or exec was called")

    monkeypatch.setattr(builtins, "eval", forbidden)
    monkeypatch.setattr(builtins, "exec", forbidden)
    for text in ("a + 1 == 2", "si and not no", "caso.items == 3"):
        assert evaluate(text, DATA) is True
    assign("c = a + 1", dict(DATA))


def test_cached_expressions_are_fast() -> None:
    evaluate("si and tipo == 'visita'", DATA)
    began = time.perf_counter()
    for _ in range(2_000):
        evaluate("si and tipo == 'visita'", DATA)
    assert (time.perf_counter() - began) / 2_000 < 100e-6
