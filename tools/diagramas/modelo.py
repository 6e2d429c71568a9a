"""A diagram as the drawing tools see it: nodes, flows and lanes of one .bpmn file.

Lengths are px at 100 %; ``x`` and ``y`` are centres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"

TAREAS = ("userTask", "serviceTask", "callActivity", "task", "scriptTask", "manualTask")
PUERTAS = ("exclusiveGateway", "eventBasedGateway", "parallelGateway", "inclusiveGateway")
EVENTOS = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
ANCHO_TAREA, ALTO_TAREA = 116, 58
PUERTA, EVENTO = 40, 34

Punto = tuple[int, int]


@dataclass(frozen=True)
class Caja:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    ancho: float
    alto: float

    @property
    def derecha(self) -> float:
        return self.x + self.ancho

    @property
    def abajo(self) -> float:
        return self.y + self.alto

    def toca(self, otra: Caja, margen: float = 0) -> bool:
        """True when both overlap, ``margen`` px counted around."""
        return (
            self.x < otra.derecha + margen
            and otra.x < self.derecha + margen
            and self.y < otra.abajo + margen
            and otra.y < self.abajo + margen
        )

    def contiene(self, otra: Caja) -> bool:
        return (
            self.x <= otra.x
            and self.y <= otra.y
            and otra.derecha <= self.derecha
            and otra.abajo <= self.abajo
        )


@dataclass
class Nodo:
    """A flow node; ``padre`` is the event sub-process it lies in, or ''."""

    id: str
    tipo: str
    nombre: str
    padre: str = ""
    carril: str = ""
    evento: str = ""
    sobre: str = ""
    interrumpe: bool = True
    multiple: bool = False
    x: int = 0
    y: int = 0
    ancho: int = 0
    alto: int = 0
    etiqueta: Caja | None = None

    @property
    def caja(self) -> Caja:
        return Caja(self.x - self.ancho / 2, self.y - self.alto / 2, self.ancho, self.alto)

    @property
    def es_tarea(self) -> bool:
        return self.tipo in TAREAS

    @property
    def es_puerta(self) -> bool:
        return self.tipo in PUERTAS

    @property
    def es_evento(self) -> bool:
        return self.tipo in EVENTOS


@dataclass
class Flujo:
    """A sequence flow with its bends."""

    id: str
    nombre: str
    origen: str
    destino: str
    puntos: list[Punto] = field(default_factory=list)
    etiqueta: Caja | None = None


@dataclass
class Carril:
    """A lane: a horizontal band."""

    id: str
    nombre: str
    nodos: list[str]
    caja: Caja = Caja(0, 0, 0, 0)


@dataclass
class Diagrama:
    """One process and its drawing."""

    id: str
    nombre: str
    carriles: list[Carril]
    nodos: dict[str, Nodo]
    flujos: dict[str, Flujo]

    def caja(self) -> Caja:
        """Bounds of all lanes."""
        cajas = [c.caja for c in self.carriles]
        x, y = min(c.x for c in cajas), min(c.y for c in cajas)
        return Caja(x, y, max(c.derecha for c in cajas) - x, max(c.abajo for c in cajas) - y)


def leer(ruta: Path, *, con_dibujo: bool = True) -> Diagrama:
    """Read the process of ``ruta`` and, if asked, the drawing it has."""
    raiz = etree.parse(str(ruta)).getroot()
    proceso = raiz.find(f"{BPMN}process")
    if proceso is None:
        raise ValueError(f"{ruta}: no tiene proceso")
    nodos: dict[str, Nodo] = {}
    flujos: dict[str, Flujo] = {}
    _leer_ambito(proceso, "", nodos, flujos)
    carriles = []
    for elemento in proceso.iter(f"{BPMN}lane"):
        refs = [r.text or "" for r in elemento.findall(f"{BPMN}flowNodeRef")]
        carriles.append(Carril(elemento.get("id", ""), elemento.get("name", ""), refs))
        for ref in refs:
            nodos[ref].carril = elemento.get("id", "")
    diagrama = Diagrama(proceso.get("id", ""), proceso.get("name", ""), carriles, nodos, flujos)
    if con_dibujo:
        _leer_dibujo(raiz, diagrama)
    return diagrama


def _leer_ambito(
    ambito: etree._Element, padre: str, nodos: dict[str, Nodo], flujos: dict[str, Flujo]
) -> None:
    for elemento in ambito:
        tipo = str(elemento.tag).removeprefix(BPMN)
        if tipo == "sequenceFlow":
            flujo = Flujo(
                elemento.get("id", ""),
                elemento.get("name", ""),
                elemento.get("sourceRef", ""),
                elemento.get("targetRef", ""),
            )
            flujos[flujo.id] = flujo
        elif tipo in TAREAS or tipo in PUERTAS or tipo in EVENTOS or tipo == "subProcess":
            nodo = Nodo(elemento.get("id", ""), tipo, elemento.get("name", ""), padre)
            nodo.evento = _definicion(elemento)
            nodo.sobre = elemento.get("attachedToRef", "")
            nodo.interrumpe = (
                elemento.get("isInterrupting" if tipo == "startEvent" else "cancelActivity") != "false"
            )
            nodo.multiple = elemento.find(f"{BPMN}multiInstanceLoopCharacteristics") is not None
            nodo.ancho, nodo.alto = _medida(nodo)
            nodos[nodo.id] = nodo
            if tipo == "subProcess":
                _leer_ambito(elemento, nodo.id, nodos, flujos)


def _definicion(elemento: etree._Element) -> str:
    for hijo in elemento:
        encontrado = re.fullmatch(r"(\w+)EventDefinition", str(hijo.tag).removeprefix(BPMN))
        if encontrado:
            return encontrado.group(1)
    return ""


def _medida(nodo: Nodo) -> tuple[int, int]:
    if nodo.es_tarea:
        return ANCHO_TAREA, ALTO_TAREA
    return (PUERTA, PUERTA) if nodo.es_puerta else (EVENTO, EVENTO)


def _leer_dibujo(raiz: etree._Element, diagrama: Diagrama) -> None:
    carriles = {c.id: c for c in diagrama.carriles}
    for forma in raiz.iter(f"{BPMNDI}BPMNShape"):
        ref = forma.get("bpmnElement", "")
        caja = _bounds(forma)
        if ref in carriles:
            carriles[ref].caja = caja
        elif ref in diagrama.nodos:
            nodo = diagrama.nodos[ref]
            nodo.ancho, nodo.alto = int(caja.ancho), int(caja.alto)
            nodo.x, nodo.y = int(caja.x + caja.ancho / 2), int(caja.y + caja.alto / 2)
            nodo.etiqueta = _bounds_etiqueta(forma)
    for borde in raiz.iter(f"{BPMNDI}BPMNEdge"):
        flujo = diagrama.flujos.get(borde.get("bpmnElement", ""))
        if flujo is not None:
            flujo.puntos = [
                (int(p.get("x", "0")), int(p.get("y", "0"))) for p in borde.findall(f"{DI}waypoint")
            ]
            flujo.etiqueta = _bounds_etiqueta(borde)


def _bounds(forma: etree._Element) -> Caja:
    limites = forma.find(f"{DC}Bounds")
    if limites is None:
        raise ValueError(f"{forma.get('id')}: sin medidas")
    return Caja(*(float(limites.get(k, "0")) for k in ("x", "y", "width", "height")))


def _bounds_etiqueta(forma: etree._Element) -> Caja | None:
    etiqueta = forma.find(f"{BPMNDI}BPMNLabel")
    return None if etiqueta is None or etiqueta.find(f"{DC}Bounds") is None else _bounds(etiqueta)
