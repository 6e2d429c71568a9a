"""What git keeps: nothing of one machine, nothing of others, the licence, the version."""

from __future__ import annotations

import re
import tomllib

from tests.architecture import fuentes
from web.version import VERSION

# Written in pieces, so that this file does not accuse itself.
RUTAS = re.compile(r"(?<![\w.\-/])/(?:work|root|tmp)/")
REGISTROS = re.compile(
    r"(?:registry\.npm|registry\.yarn|pypi\.|pythonhosted\.)" + r"(?:js\.org|pkg\.com|org)", re.I
)
BINARIOS = {".png", ".jpg", ".jpeg", ".woff2", ".ttf", ".pdf", ".ico", ".heic", ".webp", ".zst"}
AJENOS = ("node_modules/", "web/static/vendor/", ".venv/", "var/")


def _textos() -> list[tuple[str, str]]:
    return [
        (fuentes.nombre(p), p.read_text(encoding="utf-8"))
        for p in fuentes.versionados()
        if p.suffix.lower() not in BINARIOS
    ]


def test_nada_de_una_maquina() -> None:
    assert [n for n, texto in _textos() if RUTAS.search(texto)] == []


def test_ninguna_direccion_de_registro() -> None:
    assert [n for n, texto in _textos() if REGISTROS.search(texto)] == []


def test_nada_de_terceros_versionado() -> None:
    assert [fuentes.nombre(p) for p in fuentes.versionados() if fuentes.nombre(p).startswith(AJENOS)] == []


def test_licencia_y_avisos() -> None:
    licencia = (fuentes.RAIZ / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licencia
    assert "Version 2.0" in licencia
    avisos = (fuentes.RAIZ / "THIRD_PARTY.md").read_text(encoding="utf-8")
    proyecto = tomllib.loads((fuentes.RAIZ / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependencia in proyecto["dependencies"]:
        paquete = re.split(r"[=<>\[]", dependencia)[0]
        assert paquete.lower() in avisos.lower(), paquete


def test_version() -> None:
    proyecto = tomllib.loads((fuentes.RAIZ / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert proyecto["version"] == VERSION


def test_candado_fija_cada_dependencia() -> None:
    candado = (fuentes.RAIZ / "requirements.lock").read_text(encoding="utf-8").lower().replace("_", "-")
    proyecto = tomllib.loads((fuentes.RAIZ / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependencia in [*proyecto["dependencies"], *proyecto["optional-dependencies"]["dev"]]:
        paquete = re.split(r"[=<>\[]", dependencia)[0].lower().replace("_", "-")
        assert f"\n{paquete}==" in candado, paquete
        if "==" in dependencia:
            assert f"\n{paquete}=={dependencia.split('==')[1]}\n" in candado, paquete
