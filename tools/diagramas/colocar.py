"""Placing: columns from left to right, rows inside each lane, everything on a grid of 10 px.

Without a hint a node takes the column of its longest path and the first free row of its lane. The hints of
``<id>.trazo.yaml``, beside the diagram, say otherwise:

    nodos:     {calificar_denuncia: [6, 1]}       # column and row in its lane; halves are allowed
    cajas:     {escucha_evidencia: [90, 0]}       # event sub-process: left edge in px and row of its axis
    huecos:    {8: 130}                           # px between column 7 and column 8
    filas:     {carril_jefe_auditoria: 90}        # px between rows of a lane
    margenes:  {carril_jefe_auditoria: [60, 70]}  # px above the first and below the last row
    bordes:    {denuncia_cortada: 30}             # px from the centre of the task it sits on
    etiquetas: {sin_quorum: derecha}              # side of the label of an event or gateway
    salidas:   {faltan_votos: abajo}              # side of the source that a flow leaves by
    llegadas:  {si_vuelve: arriba}                # side of the target that it enters by
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import yaml

from tools.diagramas.modelo import Caja, Diagrama, Nodo
from tools.diagramas.texto import ancho

PASO = 10
FRANJA = 36
ORIGEN = 10
FILA = 100
HUECO = 40
MARGEN, MARGEN_CAJA = (50, 60), (90, 70)
# From the first and last axis of a box to its border: title and gateway names above, event names below.
SOBRE_CAJA, BAJO_CAJA = 70, 50
CUERPO_FLUJO = 11


@dataclass
class Pistas:
    """Hints of one diagram; every part may be missing."""

    nodos: dict[str, tuple[float, float]] = field(default_factory=dict)
    cajas: dict[str, tuple[int, float]] = field(default_factory=dict)
    huecos: dict[float, int] = field(default_factory=dict)
    filas: dict[str, int] = field(default_factory=dict)
    margenes: dict[str, tuple[int, int]] = field(default_factory=dict)
    bordes: dict[str, int] = field(default_factory=dict)
    etiquetas: dict[str, str] = field(default_factory=dict)
    salidas: dict[str, str] = field(default_factory=dict)
    llegadas: dict[str, str] = field(default_factory=dict)


def leer_pistas(ruta: Path) -> Pistas:
    """Hints beside the diagram ``ruta``; empty where there is no such file."""
    archivo = ruta.with_suffix(".trazo.yaml")
    return Pistas(**(yaml.safe_load(archivo.read_text("utf-8")) or {})) if archivo.exists() else Pistas()


def colocar(diagrama: Diagrama, pistas: Pistas) -> None:
    """Give every node, lane and event sub-process its place."""
    lugares = _lugares(diagrama, pistas)
    centros = _columnas(diagrama, pistas, lugares, "", ORIGEN + FRANJA + 40)
    for caja_id in (n.id for n in diagrama.nodos.values() if n.tipo == "subProcess"):
        izquierda = pistas.cajas.get(caja_id, (ORIGEN + FRANJA + 40, 0.0))[0]
        for columna, x in _columnas(diagrama, pistas, lugares, caja_id, izquierda + 50).items():
            centros[columna] = x
    arriba = ORIGEN
    for carril in diagrama.carriles:
        arriba = _banda(diagrama, pistas, lugares, carril.id, arriba)
    for nodo in diagrama.nodos.values():
        if nodo.id in lugares:
            nodo.x = centros[(nodo.padre, lugares[nodo.id][0])]
    _fijar_bordes(diagrama, pistas)
    _cerrar_cajas(diagrama)
    _ensanchar(diagrama)


Lugares = dict[str, tuple[float, float]]


def _lugares(diagrama: Diagrama, pistas: Pistas) -> Lugares:
    """Column and row of every node that is not on a border nor a box."""
    lugares: Lugares = {}
    libres: dict[tuple[str, str, float], float] = {}
    con_borde = {n.sobre for n in diagrama.nodos.values() if n.sobre}
    pasos = _pasos(diagrama)
    for nodo in diagrama.nodos.values():
        if nodo.sobre or nodo.tipo == "subProcess":
            continue
        if nodo.id in pistas.nodos:
            columna, fila = pistas.nodos[nodo.id]
        else:
            columna = float(pasos[nodo.id])
            clave = (nodo.padre, nodo.carril, columna)
            fila = libres.get(clave, 0.0)
            libres[clave] = fila + (1.5 if nodo.id in con_borde else 1.0)
        lugares[nodo.id] = (columna, fila)
    _bajar_cajas(diagrama, pistas, lugares)
    return lugares


def _bajar_cajas(diagrama: Diagrama, pistas: Pistas, lugares: Lugares) -> None:
    """Rows of what the event sub-processes hold: where the hints say, else below all the rest of the lane."""
    for caja in (n for n in diagrama.nodos.values() if n.tipo == "subProcess"):
        dentro = [n for n in lugares if diagrama.nodos[n].padre == caja.id]
        previos = [
            lugares[n.id][1]
            for n in diagrama.nodos.values()
            if n.id in lugares and n.carril == caja.carril and n.padre != caja.id
        ]
        libre = max(previos) + 1.6 if previos else 0.0
        base = pistas.cajas[caja.id][1] if caja.id in pistas.cajas else libre
        for nodo in dentro:
            columna, fila = lugares[nodo]
            lugares[nodo] = (columna, fila + base)


def _pasos(diagrama: Diagrama) -> dict[str, int]:
    """Longest path from the starts, flows that go back left aside."""
    salen: dict[str, list[str]] = {n: [] for n in diagrama.nodos}
    for nodo in diagrama.nodos.values():
        if nodo.sobre:
            salen[nodo.sobre].append(nodo.id)
    for flujo in diagrama.flujos.values():
        salen[flujo.origen].append(flujo.destino)
    pasos: dict[str, int] = {}
    for uno in _ordenar(diagrama, salen):
        pasos.setdefault(uno, 0)
        for otro in salen[uno]:
            pasos[otro] = max(pasos.get(otro, 0), pasos[uno] + 1)
    return pasos


def _ordenar(diagrama: Diagrama, salen: dict[str, list[str]]) -> list[str]:
    """Nodes, each after those that lead to it; takes the flows that go back out of ``salen``."""
    orden: list[str] = []
    en_camino: dict[str, bool] = {}

    def visitar(uno: str) -> None:
        en_camino[uno] = True
        salen[uno] = [otro for otro in salen[uno] if not en_camino.get(otro)]
        for otro in salen[uno]:
            if otro not in en_camino:
                visitar(otro)
        en_camino[uno] = False
        orden.append(uno)

    entradas = {f.destino for f in diagrama.flujos.values()}
    for nodo in diagrama.nodos.values():
        if nodo.id not in entradas and nodo.id not in en_camino and not nodo.sobre:
            visitar(nodo.id)
    return orden[::-1]


def _columnas(
    diagrama: Diagrama, pistas: Pistas, lugares: Lugares, padre: str, izquierda: float
) -> dict[tuple[str, float], int]:
    """Centre of each column of one scope, in px."""
    medio: dict[float, float] = {}
    for nodo_id, (columna, _) in lugares.items():
        nodo = diagrama.nodos[nodo_id]
        if nodo.padre == padre:
            medio[columna] = max(medio.get(columna, 0), nodo.ancho / 2)
    huecos = _huecos_por_etiqueta(diagrama, lugares, padre)
    centros: dict[tuple[str, float], int] = {}
    orilla = izquierda
    for indice, columna in enumerate(sorted(medio)):
        hueco = 0 if indice == 0 else max(HUECO, huecos.get(columna, 0))
        if not padre and columna in pistas.huecos:
            hueco = pistas.huecos[columna]
        centro = _malla(orilla + hueco + medio[columna])
        centros[(padre, columna)] = centro
        orilla = centro + medio[columna]
    return centros


def _huecos_por_etiqueta(diagrama: Diagrama, lugares: Lugares, padre: str) -> dict[float, int]:
    """Room that the labels of flows from a gateway need before the next column."""
    columnas = sorted({c for n, (c, _) in lugares.items() if diagrama.nodos[n].padre == padre})
    siguiente = dict(pairwise(columnas))
    huecos: dict[float, int] = {}
    for flujo in diagrama.flujos.values():
        origen, destino = diagrama.nodos[flujo.origen], diagrama.nodos[flujo.destino]
        if not flujo.nombre or origen.padre != padre or not {origen.id, destino.id} <= lugares.keys():
            continue
        (desde, fila), (hasta, otra) = lugares[origen.id], lugares[destino.id]
        recto = fila == otra and origen.carril == destino.carril
        if siguiente.get(desde) == hasta and (recto or destino.tipo == "endEvent"):
            aire = 34 if recto and destino.tipo != "endEvent" else 46
            huecos[hasta] = max(huecos.get(hasta, 0), int(ancho(flujo.nombre, CUERPO_FLUJO)) + aire)
    return huecos


def _banda(diagrama: Diagrama, pistas: Pistas, lugares: Lugares, carril: str, arriba: int) -> int:
    """Place the rows of one lane from ``arriba`` down; returns where the lane ends."""
    propios = [n for n in diagrama.nodos.values() if n.carril == carril and n.id in lugares]
    filas = [lugares[n.id][1] for n in propios] or [0.0]
    alto = pistas.filas.get(carril, FILA)
    sobre, bajo = pistas.margenes.get(carril, _margen(diagrama, lugares, propios, filas))
    primera = arriba + sobre
    for nodo in propios:
        nodo.y = _malla(primera + (lugares[nodo.id][1] - min(filas)) * alto)
    abajo = _malla(primera + (max(filas) - min(filas)) * alto + bajo)
    banda = next(c for c in diagrama.carriles if c.id == carril)
    banda.caja = Caja(ORIGEN, arriba, 0, abajo - arriba)
    return abajo


def _margen(diagrama: Diagrama, lugares: Lugares, propios: list[Nodo], filas: list[float]) -> tuple[int, int]:
    """Room above the first row and below the last one of a lane."""
    sobre, bajo = MARGEN
    con_borde = {n.sobre for n in diagrama.nodos.values() if n.sobre}
    for nodo in propios:
        fila = lugares[nodo.id][1]
        if fila == min(filas) and nodo.padre:
            sobre = MARGEN_CAJA[0]
        if fila == max(filas):
            bajo = max(bajo, MARGEN_CAJA[1] if nodo.padre else 80 if nodo.id in con_borde else bajo)
    return sobre, bajo


def _fijar_bordes(diagrama: Diagrama, pistas: Pistas) -> None:
    for nodo in diagrama.nodos.values():
        if nodo.sobre:
            tarea = diagrama.nodos[nodo.sobre]
            nodo.x = tarea.x + pistas.bordes.get(nodo.id, 50)
            nodo.y = tarea.y + tarea.alto // 2


def _cerrar_cajas(diagrama: Diagrama) -> None:
    """Size every event sub-process around what it holds."""
    for caja in (n for n in diagrama.nodos.values() if n.tipo == "subProcess"):
        dentro = [n for n in diagrama.nodos.values() if n.padre == caja.id]
        izquierda, derecha = min(n.caja.x for n in dentro) - 50, max(n.caja.derecha for n in dentro) + 50
        arriba = min(n.y for n in dentro) - SOBRE_CAJA
        abajo = max(n.y for n in dentro) + BAJO_CAJA
        caja.x, caja.y = _malla((izquierda + derecha) / 2), _malla((arriba + abajo) / 2)
        caja.ancho = int(max(derecha - caja.x, caja.x - izquierda)) * 2
        caja.alto = (abajo - caja.y) * 2


def _ensanchar(diagrama: Diagrama) -> None:
    """All lanes as wide as the widest content."""
    derecha = max(n.caja.derecha for n in diagrama.nodos.values())
    finales = [n for n in diagrama.nodos.values() if n.tipo == "endEvent" and n.caja.derecha > derecha - 40]
    aire = 110 if any(not n.padre for n in finales) else 50
    total = _malla(derecha + aire) - ORIGEN
    for carril in diagrama.carriles:
        carril.caja = Caja(carril.caja.x, carril.caja.y, total, carril.caja.alto)


def _malla(valor: float) -> int:
    return int(-(-valor // PASO) * PASO)
