"""No expression of a diagram reaches `eval` or `exec`, and the shape that tries every door is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workflow.engine import Catalog, InvalidDiagram

RAIZ = Path(__file__).resolve().parents[3]
EXPRESIONES = Path(__file__).with_name("expresiones.bpmn")

# In a process of its own: an audit hook cannot be taken away again.
ESCUCHA = """
import sys
from tests.process.jugadas import SHAPES, Play
from workflow.engine import Catalog

def jugar(semilla):
    for forma in sorted(SHAPES.glob("*.bpmn")):
        if forma.stem not in ("mensajes", "bucle_500", "bucle_llamada"):
            Play(forma.stem, forma.read_bytes(), semilla, [Catalog(), Catalog()]).run()

jugar(1)  # whatever is imported late is imported now
oidos, vistos = [], []

def oir(evento, argumentos):
    if evento in ("exec", "compile"):
        oidos.append(evento)
        marco = sys._getframe(1)
        if "SpiffWorkflow" in marco.f_code.co_filename:
            vistos.append((evento, marco.f_code.co_filename, marco.f_lineno))

sys.addaudithook(oir)
eval("1")  # the hook does hear
jugar(2)
print(bool(oidos), len(vistos))
"""


def test_no_shape_makes_the_library_evaluate_python() -> None:
    hecho = subprocess.run(
        [sys.executable, "-c", ESCUCHA], cwd=RAIZ, capture_output=True, text=True, check=True
    )
    assert hecho.stdout.split() == ["True", "0"]


def test_the_shape_of_all_expressions_is_refused_one_reason_each() -> None:
    """Decision tables, hidden loops, conditions that compute, default flows, durations, signals, no output."""
    files = {"expresiones.bpmn": EXPRESIONES.read_bytes()}
    problems = Catalog(drawing=False).validate(files)
    assert all(problem.sentence.endswith(".") for problem in problems)
    by_node = {problem.node for problem in problems}
    assert {"regla", "L", "M", "cond", "dura", "senal", "x", "f_si", "f_no"} <= by_node
    with pytest.raises(InvalidDiagram):
        Catalog(drawing=False).load("expresiones", files)
