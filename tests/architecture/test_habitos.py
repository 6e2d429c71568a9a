"""One clock, one commit, no drawers for everything, no name that another package owns."""

from __future__ import annotations

import ast
from importlib.metadata import packages_distributions

from tests.architecture import fuentes

CAJONES = {"utils", "util", "helpers", "helper", "common", "misc", "utilidades", "comun"}
RELOJ = "workflow/adapters/reloj.py"
TRANSACCION = "workflow/actions/_transaction.py"
CLASES_DE_TIEMPO = {"datetime", "date", "dt"}


def _raiz(nodo: ast.expr) -> str:
    """First name of `a.b.c`."""
    while isinstance(nodo, ast.Attribute):
        nodo = nodo.value
    return nodo.id if isinstance(nodo, ast.Name) else ""


def lee_la_hora(nodo: ast.AST) -> bool:
    """True for datetime.now(), dt.datetime.utcnow(), date.today(), time.time() and their like."""
    if not (isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Attribute)):
        return False
    raiz, metodo = _raiz(nodo.func), nodo.func.attr
    if raiz == "time":
        return metodo in {"time", "time_ns"} or (metodo in {"localtime", "gmtime"} and not nodo.args)
    return raiz in CLASES_DE_TIEMPO and metodo in {"now", "utcnow", "today"}


def compromete(nodo: ast.AST) -> bool:
    """True for a call of `.commit()`."""
    return isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Attribute) and nodo.func.attr == "commit"


def duda_de_una_fecha(nodo: ast.AST) -> bool:
    """True for a `try` around date.fromisoformat(): it reads what may be no day, and takes weeks of ISO for one."""
    return isinstance(nodo, ast.Try) and any(
        isinstance(dentro, ast.Call)
        and isinstance(dentro.func, ast.Attribute)
        and dentro.func.attr == "fromisoformat"
        and ast.unparse(dentro.func.value).endswith("date")
        for cuerpo in nodo.body
        for dentro in ast.walk(cuerpo)
    )


def _quienes(prueba, *carpetas: str) -> set[str]:
    return {
        fuentes.nombre(ruta)
        for ruta in fuentes.de(*carpetas)
        if any(prueba(nodo) for nodo in ast.walk(fuentes.arbol(ruta)))
    }


def test_los_detectores_detectan() -> None:
    for texto in ("dt.datetime.now(dt.UTC)", "datetime.utcnow()", "date.today()", "time.time()"):
        assert lee_la_hora(ast.parse(texto, mode="eval").body), texto
    for texto in ("ctx.now", "time.gmtime(0)", "time.perf_counter()", "ahora()", "reloj.now()"):
        assert not lee_la_hora(ast.parse(texto, mode="eval").body), texto
    assert compromete(ast.parse("s.commit()", mode="eval").body)
    lectura = "try:\n    x = dt.date.fromisoformat(a)\nexcept ValueError:\n    x = None"
    assert duda_de_una_fecha(ast.parse(lectura).body[0])
    assert not duda_de_una_fecha(ast.parse(lectura.replace("dt.date.fromisoformat", "leer_fecha")).body[0])


def test_un_solo_lector_de_fechas_escritas() -> None:
    assert _quienes(duda_de_una_fecha, "web") == set()


def test_un_solo_reloj() -> None:
    assert _quienes(lee_la_hora, "models", "workflow", "web") == {RELOJ}


def test_un_solo_commit() -> None:
    assert _quienes(compromete, "models", "workflow", "web") == {TRANSACCION}


def test_sin_cajones_de_sastre() -> None:
    malos = [
        fuentes.nombre(p) for p in fuentes.de(*fuentes.PAQUETES, "tests") if p.stem.strip("_") in CAJONES
    ]
    assert malos == []


def test_todo_modulo_dice_que_es() -> None:
    mudos = [
        fuentes.nombre(p)
        for p in fuentes.de(*fuentes.PAQUETES)
        if "migrations" not in p.parts and fuentes.arbol(p).body and not ast.get_docstring(fuentes.arbol(p))
    ]
    assert mudos == []


def test_nuestros_nombres_son_nuestros() -> None:
    """PyPI has packages called web, workflow and models: one of them installed would hide ours."""
    duenos = packages_distributions()
    ajenos = {n: d for n in fuentes.PAQUETES if (d := set(duenos.get(n, [])) - {"denuncias"})}
    assert ajenos == {}
