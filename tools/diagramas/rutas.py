"""Routing: every flow as the cheapest orthogonal path on a grid of 10 px.

Cost of a path: its length, its bends, the lines it crosses, the labels it runs under. A path never enters a
node and never runs on a line of strangers; it may share one with a flow of the same source or the same
target, because there the reader loses nothing. Flows are routed shortest first and then, some passes, each
again with all the others in place.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tools.diagramas.colocar import PASO, Pistas
from tools.diagramas.modelo import Caja, Diagrama, Flujo, Nodo, Punto

RUMBOS: tuple[Punto, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
LADOS = {"derecha": 0, "abajo": 1, "izquierda": 2, "arriba": 3}
DOBLEZ, CRUCE, ENCIMA, ROTULO, VECINO, ORILLA, JUNTO = 32, 60, 4000, 14, 7, 5, 2
AIRE = 12
VUELTAS = 4

Celda = tuple[int, int]
Estado = tuple[Celda, int]


class Trazador:
    """Routes the flows of one diagram whose nodes are already placed."""

    def __init__(self, diagrama: Diagrama, pistas: Pistas, rotulos: Iterable[Caja] = ()) -> None:
        self.diagrama = diagrama
        self.pistas = pistas
        marco = diagrama.caja()
        self.ancho, self.alto = int(marco.derecha) // PASO + 2, int(marco.abajo) // PASO + 2
        self.duenos: dict[Celda, str] = {}
        self.ambitos: dict[Celda, str] = {}
        self.rotulos: set[Celda] = {c for caja in rotulos for c in self._celdas(caja, 4)}
        self.orillas = {
            int(y) // PASO for carril in diagrama.carriles for y in (carril.caja.y, carril.caja.abajo)
        }
        for nodo in diagrama.nodos.values():
            if nodo.tipo == "subProcess":
                self.ambitos.update((c, nodo.id) for c in self._celdas(nodo.caja, 6))
            else:
                self.duenos.update((c, nodo.id) for c in self._celdas(nodo.caja, AIRE))
        self.tramos: dict[tuple[Celda, int], list[Flujo]] = {}
        self.puertos: dict[tuple[str, int], list[tuple[str, str]]] = {}

    def trazar(self) -> None:
        """Give every flow its bends."""
        orden = sorted(self.diagrama.flujos.values(), key=self._lejania)
        for vuelta in range(VUELTAS):
            for flujo in orden:
                if vuelta:
                    self._quitar(flujo)
                self._poner(flujo, self._buscar(flujo))

    # --- the grid

    def _celdas(self, caja: Caja, aire: int) -> Iterator[Celda]:
        for x in range(int((caja.x - aire) // PASO), int((caja.derecha + aire) // PASO) + 2):
            for y in range(int((caja.y - aire) // PASO), int((caja.abajo + aire) // PASO) + 2):
                if (
                    caja.x - aire < x * PASO < caja.derecha + aire
                    and caja.y - aire < y * PASO < caja.abajo + aire
                ):
                    yield (x, y)

    def _lejania(self, flujo: Flujo) -> int:
        a, b = self.diagrama.nodos[flujo.origen], self.diagrama.nodos[flujo.destino]
        return abs(a.x - b.x) + 2 * abs(a.y - b.y) + (600 if b.x < a.x else 0)

    # --- ports

    def _salidas(self, flujo: Flujo) -> Iterator[tuple[Celda, int, float]]:
        """First free cell outside the source, heading and cost of leaving there."""
        nodo, otro = self.diagrama.nodos[flujo.origen], self.diagrama.nodos[flujo.destino]
        pedido = self.pistas.salidas.get(flujo.id)
        for rumbo in range(4):
            if nodo.sobre and rumbo != 1:
                continue
            if pedido and LADOS[pedido] != rumbo:
                continue
            costo = (0, 12, 90, 12)[rumbo] + self._puerto_ajeno(flujo.origen, rumbo, "entra", flujo)
            if rumbo in (1, 3) and (otro.y - nodo.y) * RUMBOS[rumbo][1] < 0:
                costo += 20
            yield self._fuera(nodo, rumbo), rumbo, costo

    def _llegadas(self, flujo: Flujo) -> dict[Estado, float]:
        """Cell before the target and heading into it, with the cost of entering there."""
        nodo = self.diagrama.nodos[flujo.destino]
        pedido = self.pistas.llegadas.get(flujo.id)
        metas: dict[Estado, float] = {}
        for lado in range(4):
            if pedido and LADOS[pedido] != lado:
                continue
            if lado == 1 and any(n.sobre == nodo.id and abs(n.x - nodo.x) < 20 for n in self._todos()):
                continue
            costo = (90, 12, 0, 12)[lado] + self._puerto_ajeno(flujo.destino, lado, "sale", flujo)
            metas[(self._fuera(nodo, lado), (lado + 2) % 4)] = costo
        return metas

    def _todos(self) -> Iterable[Nodo]:
        return self.diagrama.nodos.values()

    def _puerto_ajeno(self, nodo: str, lado: int, sentido: str, flujo: Flujo) -> float:
        """Cost of a port where another flow goes the other way (``sentido``) or forks from this one."""
        usos = [(s, f) for s, f in self.puertos.get((nodo, lado), []) if f != flujo.id]
        if any(s == sentido for s, _ in usos):
            return 400
        hermanos = (self.diagrama.flujos[f] for s, f in usos if s == "sale")
        return 24 if any(h.destino != flujo.destino for h in hermanos) else 0

    def _fuera(self, nodo: Nodo, rumbo: int) -> Celda:
        x, y = nodo.x // PASO, (nodo.y + PASO // 2) // PASO
        dx, dy = RUMBOS[rumbo]
        while self.duenos.get((x, y)) in (nodo.id, nodo.sobre or nodo.id):
            x, y = x + dx, y + dy
        return (x, y)

    def _borde(self, nodo: Nodo, rumbo: int) -> Punto:
        dx, dy = RUMBOS[rumbo]
        return (nodo.x + dx * nodo.ancho // 2, nodo.y + dy * nodo.alto // 2)

    # --- the search

    def _buscar(self, flujo: Flujo) -> list[Estado]:
        """States (cell, heading) from the port of the source to that of the target."""
        metas = self._llegadas(flujo)
        costo: dict[Estado, float] = {}
        previo: dict[Estado, Estado | None] = {}
        cola: list[tuple[float, int, Estado]] = []
        for celda, rumbo, valor in self._salidas(flujo):
            costo[celda, rumbo], previo[celda, rumbo] = valor, None
            heapq.heappush(cola, (valor, len(cola), (celda, rumbo)))
        turno = len(cola)
        mejor: tuple[float, Estado, Estado] | None = None
        while cola:
            valor, _, estado = heapq.heappop(cola)
            if mejor and valor >= mejor[0]:
                break
            if valor > costo[estado]:
                continue
            llega = self._llegar(valor, estado, metas, flujo)
            if llega and (mejor is None or llega[0] < mejor[0]):
                mejor = llega
            for siguiente, gasto in self._pasos(estado, flujo):
                if valor + gasto < costo.get(siguiente, float("inf")):
                    costo[siguiente], previo[siguiente] = valor + gasto, estado
                    heapq.heappush(cola, (valor + gasto, turno, siguiente))
                    turno += 1
        if mejor is None:
            raise ValueError(f"{flujo.id}: no hay camino")
        return _camino(mejor[1], mejor[2], previo)

    def _llegar(
        self, valor: float, estado: Estado, metas: dict[Estado, float], flujo: Flujo
    ) -> tuple[float, Estado, Estado] | None:
        """Total cost of ending here, with the state and the heading into the target, if this is its door."""
        opciones = [
            (valor + extra + (0 if meta[1] == estado[1] else self._giro(meta[0], flujo)), estado, meta)
            for meta, extra in metas.items()
            if meta[0] == estado[0] and meta[1] != (estado[1] + 2) % 4
        ]
        return min(opciones) if opciones else None

    def _pasos(self, estado: Estado, flujo: Flujo) -> Iterator[tuple[Estado, float]]:
        (x, y), rumbo = estado
        padre, fila = self.diagrama.nodos[flujo.origen].padre, self._fila_de_abanico(flujo)
        for nuevo in (rumbo, (rumbo + 1) % 4, (rumbo + 3) % 4):
            dx, dy = RUMBOS[nuevo]
            celda = (x + dx, y + dy)
            if not (5 < celda[0] < self.ancho and 1 < celda[1] < self.alto - 2):
                continue
            if celda in self.duenos or self.ambitos.get(celda, "") != padre:
                continue
            gasto = float(PASO)
            gasto += self._giro((x, y), flujo) if nuevo != rumbo else self._cruce((x, y), nuevo, flujo)
            gasto += self._tramo((x, y), nuevo, flujo)
            if celda in self.rotulos:
                gasto += ROTULO
            if not dy and celda[1] in self.orillas:
                gasto += 30
            if celda[1] == fila:
                gasto += 0.3
            yield (celda, nuevo), gasto

    def _fila_de_abanico(self, flujo: Flujo) -> int:
        """Row of a gateway that forks: its flows leave it early, so each has a piece for its own label."""
        origen = self.diagrama.nodos[flujo.origen]
        hermanos = sum(f.origen == origen.id for f in self.diagrama.flujos.values())
        return origen.y // PASO if origen.es_puerta and hermanos > 1 else -1

    def _parientes(self, flujo: Flujo, otro: Flujo) -> bool:
        return flujo.destino == otro.destino or flujo.origen == otro.origen

    def _en(self, celda: Celda, rumbo: int) -> list[Flujo]:
        """Flows on the unit that leaves ``celda`` towards ``rumbo``, either way."""
        dx, dy = RUMBOS[rumbo]
        if rumbo < 2:
            return self.tramos.get((celda, rumbo), [])
        return self.tramos.get(((celda[0] + dx, celda[1] + dy), rumbo - 2), [])

    def _giro(self, celda: Celda, flujo: Flujo) -> float:
        ajenos = any(not self._parientes(flujo, f) for r in range(4) for f in self._en(celda, r))
        return DOBLEZ + (ENCIMA if ajenos else 0)

    def _cruce(self, celda: Celda, rumbo: int, flujo: Flujo) -> float:
        de_lado = ((rumbo + 1) % 4, (rumbo + 3) % 4)
        ajenos = any(not self._parientes(flujo, f) for r in de_lado for f in self._en(celda, r))
        doblan = any(
            not self._parientes(flujo, f)
            for r in de_lado
            for f in self._en(celda, r)
            if any(f in self._en(celda, q) for q in (rumbo, (rumbo + 2) % 4))
        )
        parientes = {f.id for r in de_lado for f in self._en(celda, r) if self._parientes(flujo, f)}
        return (CRUCE if ajenos else 0) + (ENCIMA if doblan else 0) + (12 if parientes else 0)

    def _tramo(self, celda: Celda, rumbo: int, flujo: Flujo) -> float:
        aqui = self._en(celda, rumbo)
        if any(not self._parientes(flujo, f) for f in aqui):
            return ENCIMA
        gasto = -0.15 * PASO if any(f.destino == flujo.destino for f in aqui) else JUNTO if aqui else 0.0
        dx, dy = RUMBOS[rumbo]
        for lado in (1, -1):
            vecina = (celda[0] + dy * lado, celda[1] + dx * lado)
            if any(f.id != flujo.id for f in self._en(vecina, rumbo)):
                gasto += VECINO
            if vecina in self.duenos:
                gasto += ORILLA
        return gasto

    # --- the record

    def _poner(self, flujo: Flujo, camino: list[Estado]) -> None:
        origen, destino = self.diagrama.nodos[flujo.origen], self.diagrama.nodos[flujo.destino]
        sale, entra = camino[0][1], camino[-1][1]
        puntos = [self._borde(origen, sale)]
        for celda, _ in camino:
            punto = (celda[0] * PASO, celda[1] * PASO)
            puntos.append(punto)
        puntos.append(self._borde(destino, (entra + 2) % 4))
        flujo.puntos = _enderezar(puntos)
        for (a, _), (b, _) in pairwise(camino):
            self._marcar(a, b, flujo)
        self.puertos.setdefault((flujo.origen, sale), []).append(("sale", flujo.id))
        self.puertos.setdefault((flujo.destino, (entra + 2) % 4), []).append(("entra", flujo.id))

    def _quitar(self, flujo: Flujo) -> None:
        for lista in self.tramos.values():
            if flujo in lista:
                lista.remove(flujo)
        for usos in self.puertos.values():
            usos[:] = [u for u in usos if u[1] != flujo.id]

    def _marcar(self, a: Celda, b: Celda, flujo: Flujo) -> None:
        if a == b:
            return
        rumbo = 0 if a[1] == b[1] else 1
        self.tramos.setdefault((min(a, b), rumbo), []).append(flujo)


def _camino(final: Estado, entrada: Estado, previo: dict[Estado, Estado | None]) -> list[Estado]:
    """States in order from the source, the turn into the target included."""
    camino = [entrada] if entrada != final else []
    actual: Estado | None = final
    while actual is not None:
        camino.append(actual)
        actual = previo[actual]
    return camino[::-1]


def _enderezar(puntos: list[Punto]) -> list[Punto]:
    """The same line without the points that do not bend it."""
    limpia: list[Punto] = []
    for punto in puntos:
        if limpia and punto == limpia[-1]:
            continue
        while len(limpia) > 1 and (
            limpia[-2][0] == limpia[-1][0] == punto[0] or limpia[-2][1] == limpia[-1][1] == punto[1]
        ):
            limpia.pop()
        limpia.append(punto)
    return limpia
