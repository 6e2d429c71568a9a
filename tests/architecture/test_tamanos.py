"""Small files, small functions, thin views."""

from __future__ import annotations

import ast

from tests.architecture import fuentes

ARCHIVO, FUNCION, VISTA = 400, 50, 25
ARCHIVO_DE_PRUEBAS = 600  # tables of cases are long and flat
RUTEADORES = {"get", "post", "put", "patch", "delete", "route"}


def es_vista(f: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """True for a function that a blueprint publishes."""
    return any(
        isinstance(d, ast.Call)
        and isinstance(d.func, ast.Attribute)
        and d.func.attr in RUTEADORES
        and isinstance(d.func.value, ast.Name)
        and d.func.value.id == "bp"
        for d in f.decorator_list
    )


def test_archivos() -> None:
    largos = {}
    for ruta in fuentes.de(*fuentes.PAQUETES, "tests"):
        n = len(ruta.read_text(encoding="utf-8").splitlines())
        techo = ARCHIVO_DE_PRUEBAS if fuentes.nombre(ruta).startswith("tests/") else ARCHIVO
        if n > techo and "migrations" not in ruta.parts:
            largos[fuentes.nombre(ruta)] = n
    assert largos == {}


def test_funciones() -> None:
    largas = {
        f"{fuentes.nombre(ruta)}:{f.name}": fuentes.lineas(f)
        for ruta in fuentes.de(*fuentes.PAQUETES)
        if "migrations" not in ruta.parts
        for f in fuentes.funciones(ruta)
        if fuentes.lineas(f) > FUNCION
    }
    assert largas == {}


def test_vistas() -> None:
    largas, vistas = {}, 0
    for ruta in fuentes.de("web"):
        for f in fuentes.funciones(ruta):
            if es_vista(f):
                vistas += 1
                if fuentes.lineas(f) > VISTA:
                    largas[f"{fuentes.nombre(ruta)}:{f.name}"] = fuentes.lineas(f)
    assert largas == {}
    assert vistas >= 4
