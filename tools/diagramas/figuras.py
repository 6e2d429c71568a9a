"""Figures of BPMN as SVG text: tasks, gateways, events and their glyphs.

Only presentation attributes: the page's style sheet colours by class. Every outline has class ``nodo``, so
one rule paints a walked node; thick borders are concentric outlines, for the sheet also sets the width.
"""

from __future__ import annotations

from tools.diagramas.modelo import Nodo

TINTA, TINTA_2, GRIS_4, GRIS_2, PAPEL = "#161a1d", "#484c50", "#8b8e91", "#d0ccc5", "#f9f6f2"
CONTORNO = f'class="nodo" fill="#fff" stroke="{GRIS_4}" stroke-width="1.25"'
GLIFO = f'fill="none" stroke="{TINTA_2}" stroke-width="1.1" stroke-linecap="round" stroke-linejoin="round"'


def figura(nodo: Nodo) -> list[str]:
    """SVG elements of ``nodo`` without its name."""
    if nodo.tipo == "subProcess":
        return _subproceso(nodo)
    if nodo.es_tarea:
        return _tarea(nodo)
    return _puerta(nodo) if nodo.es_puerta else _evento(nodo)


def _n(valor: float) -> str:
    return f"{valor:.2f}".rstrip("0").rstrip(".")


def _rect(nodo: Nodo, dentro: float) -> str:
    c = nodo.caja
    return (
        f'<rect {CONTORNO} x="{_n(c.x + dentro)}" y="{_n(c.y + dentro)}" width="{_n(c.ancho - 2 * dentro)}" '
        f'height="{_n(c.alto - 2 * dentro)}" rx="{_n(8 - dentro)}"/>'
    )


def _tarea(nodo: Nodo) -> list[str]:
    x, y = nodo.caja.x, nodo.caja.y
    piezas = [_rect(nodo, 0)]
    if nodo.tipo == "callActivity":
        piezas += [_rect(nodo, 1.1), _rect(nodo, 2.2), _mas(nodo)]
    elif nodo.tipo == "userTask":
        piezas.append(
            f'<g {GLIFO}><circle cx="{_n(x + 11)}" cy="{_n(y + 9)}" r="2.6"/>'
            f'<path d="M{_n(x + 6)} {_n(y + 17)}c0-3 2-4.4 5-4.4s5 1.4 5 4.4z"/></g>'
        )
    elif nodo.tipo == "serviceTask":
        cx, cy = _n(x + 11.5), _n(y + 11.5)
        piezas.append(
            f'<g fill="none" stroke="{TINTA_2}"><circle cx="{cx}" cy="{cy}" r="5" stroke-width="1.8" '
            f'stroke-dasharray="1.96 1.96"/><circle cx="{cx}" cy="{cy}" r="3.6" stroke-width="1.1"/>'
            f'<circle cx="{cx}" cy="{cy}" r="1.2" stroke-width="1"/></g>'
        )
    if nodo.multiple:
        abajo = nodo.caja.abajo
        barras = "".join(f"M{_n(nodo.x + d)} {_n(abajo - 4)}v-7" for d in (-4, 0, 4))
        piezas.append(f'<path d="{barras}" fill="none" stroke="{TINTA_2}" stroke-width="1.8"/>')
    return piezas


def _mas(nodo: Nodo) -> str:
    x, y = nodo.x, nodo.caja.abajo - 10
    return (
        f'<path d="M{_n(x - 5)} {_n(y - 5)}h10v10h-10zM{_n(x)} {_n(y - 3)}v6M{_n(x - 3)} {_n(y)}h6" {GLIFO}/>'
    )


def _puerta(nodo: Nodo) -> list[str]:
    x, y, r = nodo.x, nodo.y, nodo.ancho // 2
    piezas = [f'<path {CONTORNO} d="M{x} {y - r}l{r} {r}l{-r} {r}l{-r} {-r}z"/>']
    if nodo.tipo == "exclusiveGateway":
        piezas.append(
            f'<path d="M{x - 6} {y - 6}l12 12m0-12l-12 12" fill="none" stroke="{TINTA_2}" '
            'stroke-width="2.4" stroke-linecap="round"/>'
        )
    elif nodo.tipo == "eventBasedGateway":
        piezas.append(
            f'<g {GLIFO}><circle cx="{x}" cy="{y}" r="11"/><circle cx="{x}" cy="{y}" r="8.6"/>'
            f'<path d="M{x} {y - 5.5}l5.2 3.8l-2 6.2h-6.4l-2-6.2z"/></g>'
        )
    else:
        piezas.append(
            f'<path d="M{x - 8} {y}h16M{x} {y - 8}v16" fill="none" stroke="{TINTA_2}" stroke-width="2.4"/>'
        )
    return piezas


def _evento(nodo: Nodo) -> list[str]:
    discontinuo = not nodo.interrumpe and nodo.tipo in ("startEvent", "boundaryEvent")
    raya = ' stroke-dasharray="3.5 2.5"' if discontinuo else ""
    radios = {"startEvent": [17.0], "endEvent": [16.8, 15.7, 14.6]}.get(nodo.tipo, [17.0, 13.8])
    piezas = [f'<circle {CONTORNO} cx="{nodo.x}" cy="{nodo.y}" r="{_n(r)}"{raya}/>' for r in radios]
    if nodo.evento == "message":
        piezas.append(_sobre(nodo))
    elif nodo.evento == "timer":
        piezas.append(_reloj(nodo))
    return piezas


def _sobre(nodo: Nodo) -> str:
    x, y = nodo.x - 7.5, nodo.y - 5
    if nodo.tipo in ("intermediateThrowEvent", "endEvent"):
        return (
            f'<path d="M{_n(x)} {_n(y)}h15v10h-15z" fill="{TINTA_2}"/>'
            f'<path d="M{_n(x)} {_n(y + 0.4)}l7.5 5.6l7.5-5.6" fill="none" stroke="#fff" stroke-width="1.3"/>'
        )
    return f'<path d="M{_n(x)} {_n(y)}h15v10h-15zl7.5 5.6l7.5-5.6" {GLIFO}/>'


def _reloj(nodo: Nodo) -> str:
    x, y = nodo.x, nodo.y
    return (
        f'<g {GLIFO}><circle cx="{x}" cy="{y}" r="8.6"/><path d="M{x} {y - 5.4}v5.4l3.8 2.2"/>'
        f'<path d="M{x} {y - 8.6}v1.6M{x} {y + 8.6}v-1.6M{x - 8.6} {y}h1.6M{x + 8.6} {y}h-1.6"/></g>'
    )


def _subproceso(nodo: Nodo) -> list[str]:
    c = nodo.caja
    return [
        f'<rect class="subproceso" x="{_n(c.x)}" y="{_n(c.y)}" width="{_n(c.ancho)}" height="{_n(c.alto)}" '
        f'rx="10" fill="{PAPEL}" stroke="{GRIS_4}" stroke-width="1.25" stroke-dasharray="2 3"/>'
    ]
