"""What is taken out of third-party files before pages load them."""

from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont

from tests.architecture.fuentes import RAIZ
from tools import assets


def test_marca_propia() -> None:
    css = (
        b'@font-face{font-family:"GDS Transport";src:url(/assets/fonts/a.woff2)}'
        b'body{font-family:"GDS Transport",arial}.c{background:url(/assets/images/govuk-crest.svg)}'
        b"/*# sourceMappingURL=a.css.map */"
    )
    assert assets.marca_propia(css) == b'body{font-family:"Noto Sans",arial}.c{background:none}'


def test_js_sin_mapa() -> None:
    assert assets.js_sin_mapa(b"let a=1;\n//# sourceMappingURL=a.js.map\n") == b"let a=1;"


def test_iconos_pedidos_en_la_lista_y_en_las_plantillas() -> None:
    nombres = assets.nombres_de_iconos()
    assert {"check", "file-text", "search"} <= set(nombres)
    assert nombres == sorted(set(nombres))


def test_las_letras_del_espanol_estan_en_las_fuentes_de_los_documentos() -> None:
    for ruta in (RAIZ / "web" / "static" / "vendor" / "fuentes").glob("*.ttf"):
        letras = TTFont(BytesIO(ruta.read_bytes())).getBestCmap()
        for letra in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»—–…“”‘’°ºª§$%€×✓"[:-1]:
            assert ord(letra) in letras, (ruta.name, letra)
