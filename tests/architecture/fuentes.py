"""The tree as these tests read it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent.parent
PAQUETES = ("models", "workflow", "web", "tools")


def de(*carpetas: str) -> list[Path]:
    """Python files of some folders, without the generated ones."""
    return [p for c in carpetas for p in sorted((RAIZ / c).rglob("*.py")) if "vendor" not in p.parts]


def nombre(ruta: Path) -> str:
    """Path as people write it."""
    return ruta.relative_to(RAIZ).as_posix()


@cache
def arbol(ruta: Path) -> ast.Module:
    """Syntax tree of a file."""
    return ast.parse(ruta.read_text(encoding="utf-8"), filename=str(ruta))


def funciones(ruta: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for nodo in ast.walk(arbol(ruta)):
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
            yield nodo


def lineas(nodo: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last one."""
    return (nodo.end_lineno or nodo.lineno) - nodo.lineno + 1


@cache
def versionados() -> tuple[Path, ...]:
    """Files that git tracks and that are still there."""
    orden = ["git", "-C", str(RAIZ), "ls-files", "-z"]
    salida = subprocess.run(orden, check=True, capture_output=True, text=True).stdout
    return tuple(RAIZ / n for n in salida.split("\0") if n and (RAIZ / n).is_file())
