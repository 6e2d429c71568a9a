"""Lay out BPMN diagrams: writes the drawing (BPMNDI) of a .bpmn and touches nothing else of it.

    python -m tools.dibujar [bpmn/denuncia/denuncia.bpmn …]      # without names: every diagram

Hints beside the diagram (``<id>.trazo.yaml``) say where a person wants a node; they are explained in
``tools/diagramas/colocar.py``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.diagramas import colocar, etiquetas
from tools.diagramas.modelo import Caja, Diagrama, Flujo, Nodo, leer
from tools.diagramas.rutas import Trazador

DIBUJO = re.compile(r"[ \t]*<bpmndi:BPMNDiagram\b.*?</bpmndi:BPMNDiagram>\n?", re.S)
CIERRE = "</bpmn:definitions>"


def dibujar(ruta: Path) -> Diagrama:
    """Place, route and label the diagram of ``ruta``; nothing is written."""
    diagrama, pistas = leer(ruta, con_dibujo=False), colocar.leer_pistas(ruta)
    colocar.colocar(diagrama, pistas)
    Trazador(diagrama, pistas, etiquetas.previstas(diagrama, pistas)).trazar()
    etiquetas.rotular(diagrama, pistas)
    return diagrama


def escribir(ruta: Path, diagrama: Diagrama) -> None:
    """Replace the drawing inside ``ruta``; every other byte stays."""
    texto = DIBUJO.sub("", ruta.read_text("utf-8"))
    antes, despues = texto.rsplit(CIERRE, 1)
    ruta.write_text(f"{antes}{_dibujo(diagrama)}{CIERRE}{despues}", "utf-8")


def _dibujo(diagrama: Diagrama) -> str:
    piezas = [
        f'  <bpmndi:BPMNDiagram id="dibujo_{diagrama.id}">',
        f'    <bpmndi:BPMNPlane id="plano_{diagrama.id}" bpmnElement="{diagrama.id}">',
    ]
    for carril in diagrama.carriles:
        piezas += _forma(carril.id, carril.caja, None, ' isHorizontal="true"')
    nodos = sorted(diagrama.nodos.values(), key=lambda n: (bool(n.sobre), n.tipo != "subProcess"))
    for nodo in nodos:
        piezas += _forma(nodo.id, nodo.caja, nodo.etiqueta, _rasgo(nodo))
    for flujo in diagrama.flujos.values():
        piezas += _arista(flujo)
    piezas += ["    </bpmndi:BPMNPlane>", "  </bpmndi:BPMNDiagram>", ""]
    return "\n".join(piezas)


def _rasgo(nodo: Nodo) -> str:
    if nodo.tipo == "subProcess":
        return ' isExpanded="true"'
    return ' isMarkerVisible="true"' if nodo.tipo == "exclusiveGateway" else ""


def _forma(ref: str, caja: Caja, etiqueta: Caja | None, rasgo: str) -> list[str]:
    return [
        f'      <bpmndi:BPMNShape id="forma_{ref}" bpmnElement="{ref}"{rasgo}>',
        f"        {_limites(caja)}",
        *_etiqueta(etiqueta),
        "      </bpmndi:BPMNShape>",
    ]


def _arista(flujo: Flujo) -> list[str]:
    return [
        f'      <bpmndi:BPMNEdge id="linea_{flujo.id}" bpmnElement="{flujo.id}">',
        *(f'        <di:waypoint x="{x}" y="{y}"/>' for x, y in flujo.puntos),
        *_etiqueta(flujo.etiqueta),
        "      </bpmndi:BPMNEdge>",
    ]


def _etiqueta(caja: Caja | None) -> list[str]:
    if caja is None:
        return []
    return ["        <bpmndi:BPMNLabel>", f"          {_limites(caja)}", "        </bpmndi:BPMNLabel>"]


def _limites(caja: Caja) -> str:
    x, y, ancho, alto = (round(v) for v in (caja.x, caja.y, caja.ancho, caja.alto))
    return f'<dc:Bounds x="{x}" y="{y}" width="{ancho}" height="{alto}"/>'


def main(nombres: list[str]) -> int:
    """Draw the diagrams named, or all of them."""
    rutas = [Path(n) for n in nombres] or sorted(Path("bpmn").glob("*/*.bpmn"))
    for ruta in rutas:
        escribir(ruta, dibujar(ruta))
        sys.stdout.write(f"{ruta}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
