"""The third-party files that pages load are exactly those of the manifest, and ask nobody for more."""

from __future__ import annotations

import hashlib
import json
import re

from tests.architecture import fuentes

VENDOR = fuentes.RAIZ / "web" / "static" / "vendor"
SUELTOS = {"MANIFEST.json", "LICENCIAS.txt"}


def _manifiesto() -> dict[str, dict[str, str]]:
    return json.loads((VENDOR / "MANIFEST.json").read_text(encoding="utf-8"))


def test_archivos_y_manifiesto_coinciden() -> None:
    en_disco = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*") if p.is_file()} - SUELTOS
    assert en_disco == set(_manifiesto())


def test_cada_archivo_tiene_su_huella() -> None:
    for nombre, datos in _manifiesto().items():
        assert hashlib.sha256((VENDOR / nombre).read_bytes()).hexdigest() == datos["sha256"], nombre


def test_versiones_del_candado() -> None:
    candado = json.loads((fuentes.RAIZ / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for datos in _manifiesto().values():
        assert candado[f"node_modules/{datos['paquete']}"]["version"] == datos["version"]


def test_hojas_sin_tipografia_ajena_ni_direcciones() -> None:
    for hoja in VENDOR.glob("*.css"):
        texto = hoja.read_text(encoding="utf-8")
        assert "GDS Transport" not in texto
        assert re.findall(r"url\((?!['\"]?data:)[^)]*\)", texto) == []
        assert "sourceMappingURL" not in texto


def test_iconos_que_las_paginas_piden() -> None:
    sprite = (VENDOR / "iconos.svg").read_text(encoding="utf-8")
    tiene = set(re.findall(r'<symbol id="([a-z0-9-]+)"', sprite))
    patron = re.compile(r"""iconos\.svg#([a-z0-9-]+)|\bico\(\s*["']([a-z0-9-]+)["']""")
    for plantilla in (fuentes.RAIZ / "web" / "templates").rglob("*.html"):
        for m in patron.finditer(plantilla.read_text(encoding="utf-8")):
            assert (m.group(1) or m.group(2)) in tiene, fuentes.nombre(plantilla)
