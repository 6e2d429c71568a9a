"""Labels: where the name of each event, gateway and flow is written.

Every label tries a list of places, from the most to the least usual, and takes the one that covers least:
nodes and other labels weigh most, then lines, then the distance from the usual place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tools.diagramas.colocar import FRANJA, Pistas
from tools.diagramas.modelo import Caja, Diagrama, Flujo, Nodo, Punto
from tools.diagramas.texto import ancho, renglones

CUERPO, RENGLON = 11, 14
MAXIMO, ESTRECHO = 104, 66
ABANICO = 4


def renglones_de(nombre: str, maximo: float = MAXIMO) -> list[str]:
    """Lines of the label of an event, gateway or flow."""
    return renglones(nombre, maximo, CUERPO)


def medida(nombre: str, maximo: float = MAXIMO) -> tuple[int, int]:
    """Width and height of a label, px."""
    lineas = renglones_de(nombre, maximo)
    return int(max(ancho(r, CUERPO) for r in lineas)) + 3, RENGLON * len(lineas)


def previstas(diagrama: Diagrama, pistas: Pistas) -> list[Caja]:
    """Places that the names of events and those with a hint will probably take, for the router to keep clear."""
    cajas = []
    for nodo in diagrama.nodos.values():
        seguro = nodo.id in pistas.etiquetas or (nodo.es_evento and not nodo.sobre)
        if nodo.nombre and seguro:
            cajas.append(next(iter(_lugares_nodo(nodo, pistas))))
    return cajas


def rotular(diagrama: Diagrama, pistas: Pistas) -> None:
    """Give every label its place."""
    _Rotulador(diagrama, pistas).rotular()


class _Rotulador:
    def __init__(self, diagrama: Diagrama, pistas: Pistas) -> None:
        self.diagrama, self.pistas = diagrama, pistas
        self.puestas: list[Caja] = []
        self.lineas = [(f, a, b) for f in diagrama.flujos.values() for a, b in pairwise(f.puntos)]

    def rotular(self) -> None:
        for nodo in self.diagrama.nodos.values():
            if nodo.tipo == "subProcess" and nodo.nombre:
                w = int(ancho(nodo.nombre, CUERPO + 1, 600)) + 4
                nodo.etiqueta = Caja(nodo.caja.x + 12, nodo.caja.y + 7, w, 16)
                self.puestas.append(nodo.etiqueta)
        titulos = {n.id: n.nombre for n in self.diagrama.nodos.values() if n.tipo == "subProcess"}
        puertas = [n for n in self.diagrama.nodos.values() if n.es_puerta and n.nombre]
        eventos = [n for n in self.diagrama.nodos.values() if n.es_evento and n.nombre]
        # The start of an event sub-process bears its name: written once, as the title of the box.
        eventos = [n for n in eventos if n.tipo != "startEvent" or titulos.get(n.padre) != n.nombre]
        for nodo in puertas:
            self._rotular_nodo(nodo)
        for grupo in self._grupos():
            self._rotular_grupo(grupo)
        for nodo in eventos:
            self._rotular_nodo(nodo)

    def _rotular_nodo(self, nodo: Nodo) -> None:
        nodo.etiqueta = self._mejor(list(_lugares_nodo(nodo, self.pistas)), None, nodo)
        self.puestas.append(nodo.etiqueta)

    def _grupos(self) -> list[list[Flujo]]:
        """Named flows; those drawn on one and the same line go together, one name above another."""
        grupos: dict[tuple[Punto, ...], list[Flujo]] = {}
        for flujo in self.diagrama.flujos.values():
            if flujo.nombre:
                grupos.setdefault(tuple(flujo.puntos), []).append(flujo)
        return sorted(grupos.values(), key=lambda g: -len(g))

    def _rotular_grupo(self, grupo: list[Flujo]) -> None:
        medidas = [medida(f.nombre, 400) for f in grupo]
        w, h = max(m[0] for m in medidas), RENGLON * len(grupo)
        lugares = list(_lugares_flujo(self._propios(grupo), w, h))
        caja = self._mejor(lugares, grupo, None)
        for indice, (flujo, (propio, _)) in enumerate(zip(grupo, medidas, strict=True)):
            flujo.etiqueta = Caja(caja.x, caja.y + indice * RENGLON, propio, RENGLON)
            self.puestas.append(flujo.etiqueta)

    def _propios(self, grupo: list[Flujo]) -> list[tuple[Punto, Punto]]:
        """Segments of the group that no sibling shares, from the source on."""
        guia = grupo[0]
        ajenos = {f.id: f for f in self.diagrama.flujos.values() if f.nombre and f not in grupo}
        otros = [(a, b) for f in ajenos.values() for a, b in pairwise(f.puntos)]
        tramos: list[tuple[Punto, Punto]] = []
        for a, b in pairwise(guia.puntos):
            tramos += _sin_compartir(a, b, otros)
        tramos = tramos or list(pairwise(guia.puntos))
        # Beside a vertical piece only where it starts at the source: elsewhere it reads as of its neighbour.
        hermanos = sum(f.origen == guia.origen for f in self.diagrama.flujos.values())
        primero = guia.puntos[0] if hermanos < ABANICO else None
        return sorted(tramos, key=lambda t: t[0][0] == t[1][0] and t[0] != primero)

    def _mejor(self, lugares: list[Caja], grupo: list[Flujo] | None, nodo: Nodo | None) -> Caja:
        return min(
            enumerate(lugares), key=lambda par: (self._estorbo(par[1], grupo, nodo) + par[0] * 1.5, par[0])
        )[1]

    def _estorbo(self, caja: Caja, grupo: list[Flujo] | None, nodo: Nodo | None) -> float:
        """How much a label in ``caja`` would cover: of a node, or of a group of flows on one line."""
        dueno = nodo or self.diagrama.nodos[grupo[0].origen if grupo else ""]
        total = sum(
            self._choque(caja, otro, dueno) for otro in self.diagrama.nodos.values() if otro is not nodo
        )
        total += sum(1000 for otra in self.puestas if otra.toca(caja, 2))
        for flujo, a, b in self.lineas:
            if _roza(caja, a, b):
                total += 300
            elif grupo is None or flujo not in grupo:
                total += 8 if _roza(caja, a, b, 5) else 0
        return total + self._fuera(caja, dueno, propio=nodo is not None)

    def _choque(self, caja: Caja, otro: Nodo, dueno: Nodo) -> float:
        if otro.tipo != "subProcess":
            return 1000 if otro.caja.toca(caja, 3) else 0
        dentro = dueno.padre == otro.id
        return 1000 if (not otro.caja.contiene(caja) if dentro else otro.caja.toca(caja)) else 0

    def _fuera(self, caja: Caja, dueno: Nodo, *, propio: bool) -> float:
        """Cost of leaving the drawing or of lying on the border of a lane."""
        marco = self.diagrama.caja()
        total = 0.0
        if not Caja(marco.x + FRANJA + 2, marco.y, marco.ancho - FRANJA - 4, marco.alto).contiene(caja):
            total += 1000
        for banda in self.diagrama.carriles:
            if caja.y < banda.caja.y < caja.abajo:
                total += 200
            if propio and banda.id == dueno.carril and not banda.caja.contiene(caja):
                total += 300
        return total


def _lugares_nodo(nodo: Nodo, pistas: Pistas) -> Iterator[Caja]:
    vistas: set[Caja] = set()
    for maximo in (ESTRECHO, MAXIMO) if nodo.es_puerta else (MAXIMO, ESTRECHO):
        for caja in _lugares_de_ancho(nodo, pistas, maximo):
            if caja not in vistas:
                vistas.add(caja)
                yield caja


def _lugares_de_ancho(nodo: Nodo, pistas: Pistas, maximo: float) -> Iterator[Caja]:
    w, h = medida(nodo.nombre, maximo)
    x, y, rx, ry = nodo.x, nodo.y, nodo.ancho / 2, nodo.alto / 2
    centro = x - w / 2
    lados: dict[str, Caja] = {
        "abajo": Caja(centro, y + ry + 4, w, h),
        "arriba": Caja(centro, y - ry - 4 - h, w, h),
        "derecha": Caja(x + rx + 7, y - h / 2, w, h),
        "izquierda": Caja(x - rx - 7 - w, y - h / 2, w, h),
        "abajo_derecha": Caja(x + 8, y + ry + 1, w, h),
        "abajo_izquierda": Caja(x - 8 - w, y + ry + 1, w, h),
        "arriba_derecha": Caja(x + 8, y - ry - 1 - h, w, h),
        "arriba_izquierda": Caja(x - 8 - w, y - ry - 1 - h, w, h),
    }
    if nodo.es_puerta:
        orden = ["arriba", "abajo", "arriba_izquierda", "abajo_izquierda", "arriba_derecha", "abajo_derecha"]
    elif nodo.sobre:
        orden = ["abajo_derecha", "abajo_izquierda", "derecha"]
    elif nodo.tipo == "endEvent":
        orden = ["derecha", "abajo", "arriba"]
    else:
        orden = ["abajo", "arriba", "abajo_izquierda", "abajo_derecha", "arriba_izquierda", "arriba_derecha"]
    pedido = pistas.etiquetas.get(nodo.id)
    if pedido:
        orden = [pedido]
    for lado in orden:
        yield lados[lado]


def _lugares_flujo(tramos: list[tuple[Punto, Punto]], w: int, h: int) -> Iterator[Caja]:
    for (ax, ay), (bx, by) in tramos:
        if ay == by:
            largo = abs(ax - bx)
            if largo < w + 6:
                continue
            izquierda = min(ax, bx)
            inicio = izquierda + 6 if bx > ax else izquierda + largo - w - 6
            medio = izquierda + (largo - w) / 2
            for x in (inicio, medio) if largo < 3 * w else (inicio, inicio + (20 if bx > ax else -20)):
                yield Caja(x, ay - h - 2, w, h)
                yield Caja(x, ay + 2, w, h)
        else:
            largo = abs(ay - by)
            if largo < h + 4:
                continue
            arriba = min(ay, by)
            y = arriba + 6 if by > ay else arriba + largo - h - 6
            for alto in (y, arriba + (largo - h) / 2):
                yield Caja(ax + 5, alto, w, h)
                yield Caja(ax - 5 - w, alto, w, h)
    (ax, ay), (bx, by) = tramos[0]
    yield Caja(min(ax, bx) + 4, min(ay, by) - h - 2, w, h)
    yield Caja(min(ax, bx) + 4, max(ay, by) + 2, w, h)


def _sin_compartir(a: Punto, b: Punto, otros: list[tuple[Punto, Punto]]) -> list[tuple[Punto, Punto]]:
    """Pieces of the segment ``a``-``b`` on which no other segment lies, in order from ``a``."""
    eje = 0 if a[1] == b[1] else 1
    fijo = 1 - eje
    libres = [(min(a[eje], b[eje]), max(a[eje], b[eje]))]
    for c, d in otros:
        if c[fijo] != a[fijo] or d[fijo] != a[fijo]:
            continue
        desde, hasta = min(c[eje], d[eje]), max(c[eje], d[eje])
        libres = [
            pieza
            for x, y in libres
            for pieza in ((x, min(y, desde)), (max(x, hasta), y))
            if pieza[1] - pieza[0] > 4
        ]
    al_reves = b[eje] < a[eje]
    salida: list[tuple[Punto, Punto]] = []
    for x, y in sorted(libres, reverse=al_reves):
        p, q = (y, x) if al_reves else (x, y)
        salida.append(((p, a[1]), (q, a[1])) if eje == 0 else ((a[0], p), (a[0], q)))
    return salida


def _roza(caja: Caja, a: Punto, b: Punto, margen: float = 1) -> bool:
    """True when the orthogonal segment touches the box, ``margen`` px counted around."""
    x0, x1, y0, y1 = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
    return (
        x0 < caja.derecha + margen
        and x1 > caja.x - margen
        and y0 < caja.abajo + margen
        and y1 > caja.y - margen
    )
