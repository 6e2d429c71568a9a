"""Templates that the content policy lets through: no inline style, no inline script without its mark."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.architecture import fuentes

PLANTILLAS = sorted((fuentes.RAIZ / "web" / "templates").rglob("*.html"))
ESTILO = re.compile(r"""\sstyle\s*=\s*["']""")
MANEJADOR = re.compile(r"""\son[a-z]+\s*=\s*["']""")
GUION = re.compile(r"<script\b([^>]*)>", re.S)
AJENA = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//(?!www\.w3\.org)""")
TIEMPO_DE_SALIDA = re.compile(r"\|\s*safe\b")


def _ids(ruta) -> str:
    return fuentes.nombre(ruta).removeprefix("web/templates/")


@pytest.mark.parametrize("ruta", PLANTILLAS, ids=_ids)
def test_sin_estilos_ni_guiones_en_linea(ruta) -> None:
    texto = ruta.read_text(encoding="utf-8")
    assert not ESTILO.search(texto)
    assert not MANEJADOR.search(texto)
    assert not AJENA.search(texto)
    for atributos in GUION.findall(texto):
        assert "src=" in atributos or "nonce=" in atributos


@pytest.mark.parametrize("ruta", PLANTILLAS, ids=_ids)
def test_nada_se_marca_seguro_a_mano(ruta) -> None:
    assert not TIEMPO_DE_SALIDA.search(ruta.read_text(encoding="utf-8"))


@pytest.mark.parametrize("ruta", PLANTILLAS, ids=_ids)
def test_compila(ruta, app_sin_base: Flask) -> None:
    """A template with a wrong tag or an unknown filter fails here, not before a person."""
    app_sin_base.jinja_env.get_template(_ids(ruta))
