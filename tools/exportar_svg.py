"""Export BPMN diagrams to SVG straight from their drawing (BPMNDI).

    python -m tools.exportar_svg [bpmn/denuncia/denuncia.bpmn …]      # without names: every diagram

The SVG sits beside its diagram. ``<g class="elemento" data-element-id="…">`` holds a node and
``<g class="flujo" data-element-id="…">`` a flow, so a page marks the walked path by adding classes. A page
that paints walked flows should move them to the end of ``<g class="flujos">``, because flows of one gateway
share their first piece. No style attribute and no <style>: it obeys a strict CSP.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

from tools.diagramas.etiquetas import CUERPO, RENGLON, renglones_de
from tools.diagramas.figuras import GRIS_2, GRIS_4, PAPEL, TINTA, TINTA_2, figura
from tools.diagramas.modelo import Caja, Carril, Flujo, Nodo, Punto, leer
from tools.diagramas.texto import renglones, renglones_tarea

LETRA = "Noto Sans, sans-serif"
CUERPO_TAREA, RENGLON_TAREA = 12.5, 15.5
CURVA = 6
HALO = ' stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
FRANJA = 36


def exportar(ruta: Path) -> str:
    """The SVG of the diagram ``ruta``."""
    diagrama = leer(ruta)
    caja = diagrama.caja()
    ancho, alto = int(caja.derecha) + 10, int(caja.abajo) + 10
    punta = f"punta-{diagrama.id}"
    partes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ancho} {alto}" width="{ancho}" '
        f'height="{alto}" role="img" aria-labelledby="titulo-{diagrama.id}" font-family="{LETRA}" '
        f'fill="{TINTA}">',
        f'<title id="titulo-{diagrama.id}">{escape(diagrama.nombre)}</title>',
        f'<defs><marker id="{punta}" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto" '
        'markerUnits="userSpaceOnUse"><path d="M0 0.5l8 3.5l-8 3.5z" fill="context-stroke"/></marker></defs>',
        '<g class="carriles">',
        *(linea for carril in diagrama.carriles for linea in _carril(carril)),
        "</g>",
    ]
    nodos = list(diagrama.nodos.values())
    partes += [_elemento(n) for n in nodos if n.tipo == "subProcess"]
    partes += ['<g class="flujos">', *(_flujo(f, punta) for f in diagrama.flujos.values()), "</g>"]
    con_borde = {n.sobre for n in nodos}
    partes += [_elemento(n, n.id in con_borde) for n in nodos if n.tipo != "subProcess" and not n.sobre]
    partes += [_elemento(n) for n in nodos if n.sobre]
    partes += [
        _rotulo(f, "" if diagrama.nodos[f.origen].padre else HALO)
        for f in diagrama.flujos.values()
        if f.etiqueta
    ]
    return "\n".join([*partes, "</svg>", ""])


def _carril(carril: Carril) -> list[str]:
    c = carril.caja
    x, y, w, h = (int(v) for v in (c.x, c.y, c.ancho, c.alto))
    lineas = renglones(carril.nombre, h - 16, 12, 600)
    centro_x, centro_y = x + FRANJA / 2, y + h / 2
    textos = []
    for indice, linea in enumerate(lineas):
        base = centro_x + 4.2 + (indice - (len(lineas) - 1) / 2) * 15
        textos.append(
            f'<text class="carril-n" transform="translate({base:.1f} {centro_y:.0f}) rotate(-90)" '
            f'text-anchor="middle" font-size="12" font-weight="600" fill="{TINTA_2}">{escape(linea)}</text>'
        )
    return [
        f'<rect class="carril" x="{x}" y="{y}" width="{w}" height="{h}" fill="#fff" stroke="{GRIS_2}"/>',
        f'<rect class="carril-t" x="{x}" y="{y}" width="{FRANJA}" height="{h}" fill="{PAPEL}" '
        f'stroke="{GRIS_2}"/>',
        *textos,
    ]


def _elemento(nodo: Nodo, con_borde: bool = False) -> str:
    piezas = figura(nodo)
    if nodo.es_tarea:
        piezas.append(_nombre_tarea(nodo, con_borde))
    elif nodo.etiqueta and nodo.tipo == "subProcess":
        caja = nodo.etiqueta
        piezas.append(
            f'<text class="subproceso-n" x="{caja.x:.0f}" y="{caja.y + 12:.0f}" font-size="12" '
            f'font-weight="600" fill="{TINTA_2}">{escape(nodo.nombre)}</text>'
        )
    elif nodo.etiqueta:
        piezas.append(_texto_etiqueta(nodo, nodo.etiqueta))
    return f'<g class="elemento" data-element-id="{nodo.id}">{"".join(piezas)}</g>'


def _nombre_tarea(nodo: Nodo, con_borde: bool) -> str:
    lineas = renglones_tarea(nodo.nombre, nodo.ancho - 14, nodo.ancho - 44, CUERPO_TAREA)
    alza = 7 if nodo.tipo == "callActivity" else 5 if nodo.multiple or con_borde else 0
    centro = nodo.y + (2 if len(lineas) > 2 else -alza)
    primera = centro + 4.4 - (len(lineas) - 1) * RENGLON_TAREA / 2
    tramos = "".join(
        f'<tspan x="{nodo.x}" y="{primera + i * RENGLON_TAREA:.1f}">{escape(linea)}</tspan>'
        for i, linea in enumerate(lineas)
    )
    return f'<text text-anchor="middle" font-size="{CUERPO_TAREA}">{tramos}</text>'


def _texto_etiqueta(nodo: Nodo, caja: Caja) -> str:
    """Name of an event or gateway, set towards the figure."""
    if caja.x >= nodo.x:
        ancla, x = "start", caja.x
    elif caja.derecha <= nodo.x:
        ancla, x = "end", caja.derecha
    else:
        ancla, x = "middle", caja.x + caja.ancho / 2
    tramos = "".join(
        f'<tspan x="{x:.0f}" y="{caja.y + 10.5 + i * RENGLON:.1f}">{escape(linea)}</tspan>'
        for i, linea in enumerate(renglones_de(nodo.nombre, caja.ancho))
    )
    return (
        f'<text class="etiq" text-anchor="{ancla}" font-size="{CUERPO}" fill="{TINTA_2}"'
        f"{'' if nodo.padre else HALO}>{tramos}</text>"
    )


def _flujo(flujo: Flujo, punta: str) -> str:
    return (
        f'<g class="flujo" data-element-id="{flujo.id}" fill="none" stroke="{GRIS_4}" stroke-width="1.25">'
        f'<path d="{_camino(flujo.puntos)}" marker-end="url(#{punta})"/></g>'
    )


def _camino(puntos: list[Punto]) -> str:
    """Path with its corners rounded."""
    partes = [f"M{puntos[0][0]} {puntos[0][1]}"]
    for antes, aqui, despues in zip(puntos, puntos[1:], puntos[2:], strict=False):
        entra = min(CURVA, _largo(antes, aqui) / 2)
        sale = min(CURVA, _largo(aqui, despues) / 2)
        x0, y0 = _hacia(aqui, antes, entra)
        x1, y1 = _hacia(aqui, despues, sale)
        partes.append(f"L{x0:g} {y0:g}Q{aqui[0]} {aqui[1]} {x1:g} {y1:g}")
    partes.append(f"L{puntos[-1][0]} {puntos[-1][1]}")
    return "".join(partes)


def _largo(a: Punto, b: Punto) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _hacia(desde: Punto, hasta: Punto, cuanto: float) -> tuple[float, float]:
    largo = _largo(desde, hasta) or 1
    return (
        desde[0] + (hasta[0] - desde[0]) * cuanto / largo,
        desde[1] + (hasta[1] - desde[1]) * cuanto / largo,
    )


def _rotulo(flujo: Flujo, halo: str) -> str:
    caja = flujo.etiqueta
    if caja is None:
        return ""
    return (
        f'<text class="etiq" data-element-id="{flujo.id}" x="{caja.x:.0f}" y="{caja.y + 10.5:.1f}" '
        f'font-size="{CUERPO}" fill="{TINTA_2}"{halo}>{escape(flujo.nombre)}</text>'
    )


def main(nombres: list[str]) -> int:
    """Export the diagrams named, or all of them."""
    for ruta in [Path(n) for n in nombres] or sorted(Path("bpmn").glob("*/*.bpmn")):
        ruta.with_suffix(".svg").write_text(exportar(ruta), "utf-8")
        sys.stdout.write(f"{ruta.with_suffix('.svg')}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
