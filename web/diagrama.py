"""The committed drawing of a process with the path of a case painted on it: no script, no style attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree
from markupsafe import Markup

BPMN = Path(__file__).resolve().parents[1] / "bpmn"
SVG = "{http://www.w3.org/2000/svg}"
NOMBRE = re.compile(r"[a-z][a-z0-9_]*")
ALTO_GLOBO, MARGEN_LETRA, LETRA = 24, 20, 6.3
CENTRO = re.compile(r"M(-?[\d.]+) (-?[\d.]+)l(-?[\d.]+)")


@lru_cache(maxsize=64)
def _leer(ruta: Path, _modificado: float) -> bytes:
    return ruta.read_bytes()


def archivo(proceso: str, diagrama: str) -> Path | None:
    """Where the drawing lies; None where nobody drew it."""
    if not (NOMBRE.fullmatch(proceso) and NOMBRE.fullmatch(diagrama)):
        return None
    ruta = BPMN / proceso / f"{diagrama}.svg"
    if ruta.is_file():
        return ruta
    # A diagram that several processes call is drawn once, in its own folder.
    return next(iter(sorted(BPMN.glob(f"*/{diagrama}.svg"))), None)


def procesos() -> list[tuple[str, list[str]]]:
    """Every drawn process with its diagrams, the shell first."""
    hallados = []
    for carpeta in sorted(p for p in BPMN.iterdir() if p.is_dir()):
        dibujos = sorted(ruta.stem for ruta in carpeta.glob("*.svg"))
        if carpeta.name in dibujos:
            hallados.append((carpeta.name, [carpeta.name, *(d for d in dibujos if d != carpeta.name)]))
    return hallados


def pintar(
    proceso: str,
    diagrama: str,
    marcas: Mapping[str, str] | None = None,
    veces: Mapping[str, int] | None = None,
    globos: Mapping[str, str] | None = None,
) -> Markup | None:
    """The drawing as inline SVG. `marcas`: id -> hecho, aqui, cancelado; `veces`: times done, shown as «n ✓»;
    `globos`: words over the elements where the case stands. None where nobody drew it.
    """
    ruta = archivo(proceso, diagrama)
    if ruta is None:
        return None
    analizador = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    raiz = etree.fromstring(_leer(ruta, ruta.stat().st_mtime), analizador)
    if marcas is not None:
        _marcar(raiz, marcas)
        elementos = {e.get("data-element-id"): e for e in raiz.iter(f"{SVG}g") if _es(e, "elemento")}
        _contar(raiz, elementos, veces or {})
        _senalar(raiz, elementos, globos or {})
    return Markup(etree.tostring(raiz, encoding="unicode"))  # noqa: S704 - our own file, escaped by lxml


def _es(elemento: Any, clase: str) -> bool:
    return clase in (elemento.get("class") or "").split()


def _marcar(raiz: Any, marcas: Mapping[str, str]) -> None:
    encima = []
    for elemento in list(raiz.iter(f"{SVG}g", f"{SVG}text")):
        ident = elemento.get("data-element-id")
        if ident is None:
            continue
        marca = marcas.get(ident)
        if marca is None and not _es(elemento, "elemento"):
            continue
        elemento.set("class", f"{elemento.get('class')} {marca or 'futuro'}")
        if marca == "hecho" and _es(elemento, "flujo"):
            encima.append(elemento)
    for flujo in encima:
        # Last drawn, on top: where flows join, the one that was walked is seen.
        padre = flujo.getparent()
        padre.remove(flujo)
        padre.append(flujo)


def _contar(raiz: Any, elementos: Mapping[str, Any], veces: Mapping[str, int]) -> None:
    for ident, n in veces.items():
        caja = _caja(elementos.get(ident))
        if caja is None:
            continue
        x, y, ancho = caja
        _sello(raiz, "vez", f"{n} ✓", x + ancho - 20, y - 10, 40, 20)


def _senalar(raiz: Any, elementos: Mapping[str, Any], globos: Mapping[str, str]) -> None:
    for n, (ident, texto) in enumerate(globos.items()):
        elemento = elementos.get(ident)
        caja = _caja(elemento)
        if elemento is None or caja is None:
            continue
        x, y, ancho = caja
        if n == 0:
            elemento.set("id", "aqui")
        largo = len(texto) * LETRA + MARGEN_LETRA
        izquierda = max(x + ancho / 2 - largo / 2, 4)
        g = _sello(raiz, "globo", texto, izquierda, y - ALTO_GLOBO - 9, largo, ALTO_GLOBO)
        centro = x + ancho / 2
        etree.SubElement(g, f"{SVG}path", {"class": "globo", "d": f"M{centro - 6:g} {y - 9.5:g}h12l-6 7z"})


def _sello(raiz: Any, clase: str, texto: str, x: float, y: float, ancho: float, alto: float) -> Any:
    """A rounded label on top of everything."""
    g = etree.SubElement(raiz, f"{SVG}g", {"class": "sello"})
    medidas = {"x": x, "y": y, "width": ancho, "height": alto, "rx": 10 if clase == "vez" else 5}
    etree.SubElement(g, f"{SVG}rect", {"class": clase, **{k: f"{v:g}" for k, v in medidas.items()}})
    letra = etree.SubElement(
        g,
        f"{SVG}text",
        {
            "class": f"{clase}-t",
            "x": f"{x + ancho / 2:g}",
            "y": f"{y + alto / 2 + 4:g}",
            "text-anchor": "middle",
        },
    )
    letra.text = texto
    return g


def _caja(elemento: Any | None) -> tuple[float, float, float] | None:
    """Left, top and width of an element, from the first shape that it draws."""
    if elemento is None:
        return None
    for forma in _formas(elemento):
        etiqueta = etree.QName(forma).localname
        if etiqueta == "rect":
            return float(forma.get("x")), float(forma.get("y")), float(forma.get("width"))
        if etiqueta == "circle":
            radio = float(forma.get("r"))
            return float(forma.get("cx")) - radio, float(forma.get("cy")) - radio, 2 * radio
        rombo = CENTRO.match(forma.get("d") or "")
        if rombo:
            x, y, medio = (float(v) for v in rombo.groups())
            return x - medio, y, 2 * medio
    return None


def _formas(elemento: Any) -> Iterator[Any]:
    return (f for f in elemento if _es(f, "nodo") or _es(f, "subproceso"))
