"""Build web/static/vendor from the packages pinned in package-lock.json.

Runs `npm ci`, copies the few files that the pages need, takes out of them what a page of ours must not
ask for (fonts and emblems that we may not use, source maps), and writes MANIFEST.json with the package,
version, licence and SHA-256 of every file, beside LICENCIAS.txt with the licence texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from tools import entorno

RAIZ = Path(__file__).resolve().parent.parent
DESTINO = RAIZ / "web" / "static" / "vendor"
MODULOS = RAIZ / "node_modules"
# Basic Latin, Latin-1, Latin Extended-A, general punctuation, euro, arrows, minus and the signs of the light
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2027),
    0x2030,
    0x2032,
    0x2033,
    0x2039,
    0x203A,
    0x20AC,
    0x2116,
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    0x2212,
    0x2248,
    0x2264,
    0x2265,
    0x25A0,
    0x25CB,
    0x25CF,
    0x25B2,
    0x25C6,
]


@dataclass(frozen=True)
class Archivo:
    """One file of a package: where it is, what it is called here, how it changes on the way."""

    paquete: str
    origen: str
    destino: str
    cambio: Callable[[bytes], bytes] | None = None


def _sin_mapa(texto: str) -> str:
    return re.sub(r"/\*# sourceMappingURL.*?\*/|//# sourceMappingURL=\S+", "", texto)


def marca_propia(css: bytes) -> bytes:
    """Replace the GDS typeface (licensed for gov.uk only) and drop the crest that the sheet asks for."""
    texto = css.decode("utf-8")
    texto = re.sub(r"@font-face\{[^}]*GDS Transport[^}]*\}", "", texto)
    texto = texto.replace("GDS Transport", "Noto Sans")
    texto = re.sub(r"url\(/assets/images/[^)]*\)", "none", texto)
    return _sin_mapa(texto).strip().encode("utf-8")


def js_sin_mapa(js: bytes) -> bytes:
    """Drop the address of the source map, which is not shipped."""
    return _sin_mapa(js.decode("utf-8")).strip().encode("utf-8")


def solo_latin(ttf: bytes) -> bytes:
    """Subset a font to the characters that a Spanish document uses; reproducible (no timestamp)."""
    from io import BytesIO

    opciones = subset.Options()
    opciones.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum"]
    opciones.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    fuente = TTFont(BytesIO(ttf), recalcTimestamp=False)
    recorte = subset.Subsetter(opciones)
    recorte.populate(unicodes=LATIN)
    recorte.subset(fuente)
    salida = BytesIO()
    fuente.save(salida)
    return salida.getvalue()


NOTO_TTF = "@expo-google-fonts/noto-sans"
ARCHIVOS = (
    Archivo("govuk-frontend", "dist/govuk/govuk-frontend.min.css", "govuk-frontend.min.css", marca_propia),
    Archivo("govuk-frontend", "dist/govuk/govuk-frontend.min.js", "govuk-frontend.min.js", js_sin_mapa),
    Archivo("@ministryofjustice/frontend", "moj/moj-frontend.min.css", "moj-frontend.min.css", marca_propia),
    Archivo("htmx.org", "dist/htmx.min.js", "htmx.min.js", js_sin_mapa),
    Archivo(
        "@fontsource-variable/noto-sans",
        "files/noto-sans-latin-wght-normal.woff2",
        "noto-sans-latin-wght-normal.woff2",
    ),
    Archivo(NOTO_TTF, "400Regular/NotoSans_400Regular.ttf", "fuentes/NotoSans-Regular.ttf", solo_latin),
    Archivo(NOTO_TTF, "600SemiBold/NotoSans_600SemiBold.ttf", "fuentes/NotoSans-SemiBold.ttf", solo_latin),
    Archivo(NOTO_TTF, "700Bold/NotoSans_700Bold.ttf", "fuentes/NotoSans-Bold.ttf", solo_latin),
)


def nombres_de_iconos() -> list[str]:
    """Icons of tools/iconos.txt plus every `iconos.svg#name` or `ico("name")` in templates and Python."""
    lista = (RAIZ / "tools" / "iconos.txt").read_text(encoding="utf-8").split("\n")
    nombres = {n.strip() for n in lista if n.strip() and not n.startswith("#")}
    patron = re.compile(r"""iconos\.svg#([a-z0-9-]+)|\bico(?:no)?\(\s*["']([a-z0-9-]+)["']""")
    for carpeta, extension in (("web/templates", "*.html"), ("web", "*.py")):
        for pagina in (RAIZ / carpeta).rglob(extension):
            for m in patron.finditer(pagina.read_text(encoding="utf-8")):
                nombres.add(m.group(1) or m.group(2))
    return sorted(nombres)


def sprite() -> bytes:
    """One SVG with a `<symbol>` for each icon; stroke and colour come from our own style sheet."""
    partes = ['<svg xmlns="http://www.w3.org/2000/svg">']
    for nombre in nombres_de_iconos():
        ruta = MODULOS / "lucide-static" / "icons" / f"{nombre}.svg"
        if not ruta.is_file():
            raise SystemExit(f"tools/assets.py: lucide-static no tiene el icono «{nombre}»")
        dentro = re.search(r"<svg[^>]*>(.*)</svg>", ruta.read_text(encoding="utf-8"), re.S)
        assert dentro is not None, nombre
        cuerpo = re.sub(r"\s+", " ", dentro.group(1)).replace("> <", "><").strip()
        partes.append(f'<symbol id="{nombre}" viewBox="0 0 24 24">{cuerpo}</symbol>')
    return ("".join([*partes, "</svg>"]) + "\n").encode("utf-8")


def _paquete(nombre: str) -> dict[str, str]:
    datos = json.loads((MODULOS / nombre / "package.json").read_text(encoding="utf-8"))
    return {"paquete": nombre, "version": str(datos["version"]), "licencia": str(datos["license"])}


def _contenidos() -> Iterator[tuple[str, str, bytes]]:
    for a in ARCHIVOS:
        datos = (MODULOS / a.paquete / a.origen).read_bytes()
        yield a.destino, a.paquete, a.cambio(datos) if a.cambio else datos
    yield "iconos.svg", "lucide-static", sprite()


def licencias(paquetes: list[str]) -> str:
    """The licence texts that the packages carry, or the name of the licence where they carry none."""
    partes = ["Licencias de los paquetes de terceros copiados en esta carpeta.\n"]
    for nombre in paquetes:
        datos = _paquete(nombre)
        partes.append(f"\n{'=' * 78}\n{nombre} {datos['version']} · {datos['licencia']}\n{'=' * 78}\n")
        textos = sorted(p for p in (MODULOS / nombre).glob("LICEN*") if p.is_file())
        partes += [p.read_text(encoding="utf-8") for p in textos]
        if not textos:
            partes.append("The package names its licence in package.json and carries no text of it.\n")
    return "".join(partes)


def construir(destino: Path) -> int:
    """Write every file and the manifest into an empty folder, then swap it in; returns the file count."""
    nuevo = destino.with_name(destino.name + ".nuevo")
    shutil.rmtree(nuevo, ignore_errors=True)
    manifiesto: dict[str, dict[str, str]] = {}
    for nombre, paquete, datos in _contenidos():
        ruta = nuevo / nombre
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(datos)
        manifiesto[nombre] = {**_paquete(paquete), "sha256": hashlib.sha256(datos).hexdigest()}
    texto = json.dumps(manifiesto, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (nuevo / "MANIFEST.json").write_text(texto, encoding="utf-8")
    paquetes = sorted({m["paquete"] for m in manifiesto.values()})
    (nuevo / "LICENCIAS.txt").write_text(licencias(paquetes), encoding="utf-8")
    shutil.rmtree(destino, ignore_errors=True)
    nuevo.rename(destino)
    return len(manifiesto)


def main(argumentos: list[str] | None = None) -> int:
    """Entry point; `--sin-npm` builds from node_modules as it is, `--solo-npm` only fills node_modules."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--sin-npm", action="store_true", help="usa node_modules tal como está")
    lector.add_argument("--solo-npm", action="store_true", help="sólo instala node_modules")
    opciones = lector.parse_args(argumentos)
    if not opciones.sin_npm:
        entorno.npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    if not opciones.solo_npm:
        cuantos = construir(DESTINO)
        sys.stdout.write(f"web/static/vendor: {cuantos} archivos\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
