"""Hostile diagrams are refused with a sentence; every command fails with one line; a task has one winner."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import func, select

from models.proceso import DefinicionProceso
from workflow.actions import proceso
from workflow.actions.casa import catalogo_exigente
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
DIAGRAMA = "votacion_asunto/votacion_asunto.bpmn"
CONDICION = re.compile(r"(<bpmn:conditionExpression[^>]*>)[^<]*<")
ENTIDADES = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><bpmn:definitions'
HOSTILES = {
    "__import__('os').system('id')": "solo puede ser",
    "x.__class__.__mro__ == 'a'": "solo puede ser",
    "().__class__": "solo puede ser",
    "(lambda: 1)()": "solo puede ser",
    "(x := 1)": "solo puede ser",
    "a + 1 &gt; 3": "solo puede ser",
    "x == f'{open}'": "solo puede ser",
    "not " * 3000 + "x": "solo puede ser",
    "(" * 3000 + "x" + ")" * 3000: "solo puede ser",
}


def _cambios(texto: str) -> Iterator[tuple[str, str]]:
    """(diagram spoiled, words of the sentence that refuses it)."""
    for condicion, dice in HOSTILES.items():
        yield CONDICION.sub(lambda m, c=condicion: f"{m[1]}{c}<", texto, count=1), dice
    yield re.sub(r'id="carril_[a-z_]+"', 'id="carril_nadie"', texto, count=1), "no es de ningún rol"
    yield re.sub(r'operacion="[a-z_]+"', 'operacion="__import__"', texto, count=1), "no existe"
    yield texto.replace("<bpmn:definitions", ENTIDADES, 1), ""
    yield "\x00", "XML"
    yield "", "XML"


def test_ningun_diagrama_hostil_se_publica(ctx: Ctx, tmp_path: Path) -> None:
    raiz = tmp_path / "bpmn"
    shutil.copytree(BPMN / "votacion_asunto", raiz / "votacion_asunto")
    texto = (BPMN / DIAGRAMA).read_text(encoding="utf-8")
    catalogo = catalogo_exigente()
    for malo, dice in _cambios(texto):
        assert malo != texto
        (raiz / DIAGRAMA).write_text(malo, encoding="utf-8")
        males = proceso.validar(catalogo, raiz)
        if not dice and not males:  # an entity that nobody uses is never read
            continue
        assert any(dice in m.sentence for m in males), (dice, males)
        with pytest.raises(DatoInvalido, match="Corrige los diagramas"):
            proceso.publicar(ctx, raiz)
    assert ctx.session.scalar(select(func.count(DefinicionProceso.id))) == 0


@pytest.mark.parametrize("nombre", ["nadie", "", "../../etc", "votacion_asunto/../denuncia"])
def test_un_proceso_que_no_esta_dibujado(ctx: Ctx, nombre: str) -> None:
    for hacer in (
        lambda: proceso.validar(catalogo_exigente(), BPMN, [nombre]),
        lambda: proceso.publicar(ctx, BPMN, [nombre]),
    ):
        with pytest.raises(NoEncontrado, match="No hay diagrama"):
            hacer()


MALOS = (["--nada"], ["x", "y", "z"], ["../../nada"], [""], ["9" * 30], ["2026-02-31"], ["'; DROP TABLE x"])
# These serve until they are stopped, or belong to Flask itself.
FUERA = {"run", "shell", "routes", "limiter", "iniciar"}


def _ordenes(grupo: click.Group, antes: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for nombre, orden in sorted(grupo.commands.items()):
        if nombre in FUERA:
            continue
        if isinstance(orden, click.Group):
            yield from _ordenes(orden, (*antes, nombre))
        else:
            yield (*antes, nombre)


def test_toda_orden_rechaza_lo_que_no_entiende(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Non-zero status and a line on standard error; never a trace, nothing on standard output."""
    monkeypatch.chdir(tmp_path)
    corredor = app.test_cli_runner()
    for orden in _ordenes(app.cli):
        for malos in MALOS:
            r = corredor.invoke(args=[*orden, *malos], input="")
            assert isinstance(r.exception, SystemExit), (orden, malos, r.exception)
            assert r.exit_code != 0, (orden, malos)
            ultima = r.stderr.strip().splitlines()[-1]
            assert ultima.startswith("Error: "), (orden, malos, ultima)
            assert not r.stdout, (orden, malos, r.stdout)
