"""Every section of the site is registered, and declared independent of the others."""

from __future__ import annotations

import tomllib

from flask import Flask

from tests.architecture import fuentes
from web.secciones import SECCIONES


def _en_disco() -> set[str]:
    """Folders of web/ whose package makes a blueprint."""
    return {
        p.parent.name
        for p in (fuentes.RAIZ / "web").glob("*/__init__.py")
        if "Blueprint(" in p.read_text(encoding="utf-8")
    }


def test_todas_registradas() -> None:
    assert {s.name for s in SECCIONES} == _en_disco()


def test_todas_independientes() -> None:
    pyproject = tomllib.loads((fuentes.RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    (contrato,) = [c for c in pyproject["tool"]["importlinter"]["contracts"] if c["type"] == "independence"]
    assert set(contrato["modules"]) == {f"web.{n}" for n in _en_disco()}


def test_ninguna_ruta_se_publica_dos_veces(app_sin_base: Flask) -> None:
    vistas: dict[tuple[str, str], str] = {}
    for regla in app_sin_base.url_map.iter_rules():
        for metodo in (regla.methods or set()) - {"HEAD", "OPTIONS"}:
            clave = (metodo, regla.rule)
            assert clave not in vistas, (clave, vistas.get(clave), regla.endpoint)
            vistas[clave] = regla.endpoint
