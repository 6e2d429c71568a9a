"""A small simulator of queues: requests go through resources with so many servers each, first come first served.

A request is a list of steps: take a place, use one for so long, give a place back. Its time in the house is what a
person waits; what a resource was busy is how full it is.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Fin = Callable[[], None]
# Coefficient of variation of a service time: the square root of a quarter.
FORMA = 4.0


@dataclass
class Recurso:
    """`servidores` alike, and those who wait for one."""

    nombre: str
    servidores: int
    espera: deque[Fin] = field(default_factory=deque, init=False)
    _en_uso: int = field(default=0, init=False)
    _area: float = field(default=0.0, init=False)
    _desde: float = field(default=0.0, init=False)

    @property
    def hay(self) -> bool:
        """Whether a server is free."""
        return self._en_uso < self.servidores

    def cambiar(self, ahora: float, cuantos: int) -> None:
        """So many servers more (or less) are in use from now on."""
        self._area, self._desde = self.ocupado(ahora), ahora
        self._en_uso += cuantos

    def ocupado(self, ahora: float) -> float:
        """Seconds of one server that were in use until now."""
        return self._area + self._en_uso * (ahora - self._desde)


@dataclass(frozen=True)
class Paso:
    """`toma` and `suelta` a place of a resource, or `usa` one for `segundos` on average."""

    que: Literal["toma", "usa", "suelta"]
    recurso: Recurso
    segundos: float = 0.0


class Simulador:
    """A clock and what is to happen. Times in seconds from its beginning."""

    def __init__(self, semilla: int) -> None:
        self.ahora = 0.0
        self.azar = random.Random(semilla)
        self._agenda: list[tuple[float, int, Fin]] = []
        self._orden = itertools.count()

    def en(self, cuando: float, hacer: Fin) -> None:
        """Do that at that instant."""
        heapq.heappush(self._agenda, (cuando, next(self._orden), hacer))

    def correr(self, hasta: float) -> None:
        """Until an instant; what had not ended by then does not."""
        while self._agenda and self._agenda[0][0] <= hasta:
            self.ahora, _, hacer = heapq.heappop(self._agenda)
            hacer()
        self.ahora = max(self.ahora, hasta)

    def llegadas(self, por_segundo: float, hasta: float, llega: Callable[[], None]) -> None:
        """Arrivals of many people who do not know of one another (Poisson)."""
        if por_segundo <= 0:
            return

        def otra() -> None:
            llega()
            programar()

        def programar() -> None:
            cuando = self.ahora + self.azar.expovariate(por_segundo)
            if cuando < hasta:
                self.en(cuando, otra)

        programar()

    def pasar(self, pasos: Sequence[Paso], al_fin: Callable[[float], None]) -> None:
        """Send a request through its steps; `al_fin` is told the seconds that it took."""
        desde, resto = self.ahora, iter(pasos)
        self._seguir(resto, lambda: al_fin(self.ahora - desde))

    def _seguir(self, resto: Iterator[Paso], fin: Fin) -> None:
        paso = next(resto, None)
        if paso is None:
            fin()
        elif paso.que == "suelta":
            self._soltar(paso.recurso)
            self._seguir(resto, fin)
        elif paso.que == "toma":
            self._tomar(paso.recurso, lambda: self._seguir(resto, fin))
        else:
            self._tomar(paso.recurso, lambda: self._usar(paso, resto, fin))

    def _usar(self, paso: Paso, resto: Iterator[Paso], fin: Fin) -> None:
        dura = self.azar.gammavariate(FORMA, paso.segundos / FORMA) if paso.segundos else 0.0

        def acabar() -> None:
            self._soltar(paso.recurso)
            self._seguir(resto, fin)

        self.en(self.ahora + dura, acabar)

    def _tomar(self, recurso: Recurso, seguir: Fin) -> None:
        if recurso.hay:
            recurso.cambiar(self.ahora, 1)
            seguir()
        else:
            recurso.espera.append(seguir)

    def _soltar(self, recurso: Recurso) -> None:
        if recurso.espera:
            # By the agenda: a long queue must not become a deep pile of calls.
            self.en(self.ahora, recurso.espera.popleft())
        else:
            recurso.cambiar(self.ahora, -1)
