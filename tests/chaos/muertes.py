"""Every transaction of whole lives dies first: a child begins it and is killed, then the parent does it as if again.

The lives are those of `tests.integration.vidas`, from filing to the last auction, so every kind of act of the house
comes by: tasks, messages, timers, documents, files, payments. A kind that is seen for the first time dies at each of
its moments (every statement, both sides of its commit and of every write of the file store); later ones at any.
"""

from __future__ import annotations

import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, select

from models.proceso import Entrega, Mensaje, Tarea
from tests.benchmarks.bases import base
from tests.benchmarks.marco import Informe, Vara
from tests.chaos.estado import Estado, sueltos
from tests.chaos.hijo import BIEN, Fin, Suerte, vivir
from tests.integration.vidas import juego
from tests.integration.vidas.mundo import Mundo
from workflow.actions import _transaction, limpieza, trabajador
from workflow.context import Ctx

# What its author may do again without doing it twice: dies after its commit too.
SE_REPITE = frozenset(
    {"_completar", "entregar", "encaminar", "_disparar", "presentar", "_enviar_bajo_candado"}
)
# Renders: in a child alone, as the threads of the composer do not survive a fork of whoever has used it.
SOLO_EN_HIJO = "_enviar_bajo_candado"
UNA_DE, CADA = 2, 200
MOMENTOS_MAXIMOS = 400
# One round: a fresh house, so many lives to their end, up to so many deaths.
POR_RONDA, MUERTES_POR_VIDA, VIDAS_MINIMAS = 2_000, 160, 3
A_FONDO_DESDE = 200
FALTAS_VISTAS = 40
COLUMNAS = ("base", "transacción", "muertes")


@dataclass
class Cuenta:
    """What the deaths were and what they left."""

    muertes: Counter[str] = field(default_factory=Counter)
    intentos: int = 0
    acusadas: int = 0
    clases: set[tuple[str, str]] = field(default_factory=set)
    saltadas: int = 0
    sueltos: int = 0
    faltas: list[str] = field(default_factory=list)

    def sumar(self, otra: Cuenta) -> None:
        """Add what another round counted."""
        self.muertes += otra.muertes
        self.intentos, self.acusadas = self.intentos + otra.intentos, self.acusadas + otra.acusadas
        self.clases |= otra.clases
        self.saltadas, self.sueltos = self.saltadas + otra.saltadas, self.sueltos + otra.sueltos
        self.faltas += otra.faltas

    @property
    def total(self) -> int:
        """Processes killed."""
        return sum(self.muertes.values())


class Segadora:
    """Stands where the house begins a transaction. `tope`: how many it kills; `a_fondo`: each kind at each moment."""

    def __init__(self, motor: Engine, tope: int, semilla: int, *, a_fondo: bool) -> None:
        self.motor, self.tope, self.a_fondo = motor, tope, a_fondo
        self.azar, self.cuenta = random.Random(semilla), Cuenta()
        self.estado: Estado | None = None
        self._de_verdad = _transaction._try
        self._momentos: dict[tuple[str, str], int] = {}
        self._tardan: dict[tuple[str, str], float] = {}

    def intentar(self, ctx: Ctx, funcion: Any, *args: Any, **nombres: Any) -> Any:
        """In the place of `_transaction._try`: children die of it, then it is done."""

        def hacer() -> Any:
            return self._de_verdad(ctx, funcion, *args, **nombres)

        if self.estado is None:
            return hacer()
        if ctx.session.in_transaction():
            self.cuenta.saltadas += 1
            return hacer()
        clase = (funcion.__name__, self._detalle(ctx, funcion.__name__, args))
        if self.cuenta.total < self.tope:
            self._matar(clase, hacer)
        ctx.session.expire_all()
        if clase[0] != SOLO_EN_HIJO:
            inicio = time.perf_counter()
            try:
                return hacer()
            finally:
                self._tardan[clase] = time.perf_counter() - inicio
        fin = self._vivir(hacer, Suerte())
        assert fin.codigo == BIEN, clase
        return True

    def _matar(self, clase: tuple[str, str], hacer: Callable[[], Any]) -> None:
        if clase in self.cuenta.clases or not self.a_fondo:
            nueva = clase not in self.cuenta.clases
            self.cuenta.clases.add(clase)
            if nueva or self.azar.randrange(UNA_DE) == 0:
                self._una(clase, hacer, self._suerte(clase))
            return
        self.cuenta.clases.add(clase)
        ya_dicho, sin_confirmar = self.azar.random() < 0.5, clase[0] not in SE_REPITE
        for momento in range(1, MOMENTOS_MAXIMOS):
            suerte = Suerte(en=momento, ya_dicho=ya_dicho, sin_confirmar=sin_confirmar)
            if self._una(clase, hacer, suerte).completo:
                return

    def _suerte(self, clase: tuple[str, str]) -> Suerte:
        """A moment at random, or an instant of the clock where dying after the commit does no harm."""
        if clase[0] in SE_REPITE and clase in self._tardan and self.azar.random() < 0.5:
            return Suerte(tras_s=self.azar.uniform(0.0, 1.5 * self._tardan[clase] + 0.03))
        momento = self.azar.randint(1, self._momentos.get(clase, 40))
        return Suerte(en=momento, ya_dicho=self.azar.random() < 0.5, sin_confirmar=clase[0] not in SE_REPITE)

    def _una(self, clase: tuple[str, str], hacer: Callable[[], Any], suerte: Suerte) -> Fin:
        """One child, one look at the house."""
        assert self.estado is not None
        fin = self._vivir(hacer, suerte)
        self.cuenta.intentos += 1
        if fin.murio:
            self.cuenta.muertes[clase[0]] += 1
            self.cuenta.acusadas += len(fin.acuses)
        if suerte.en is not None and fin.murio:
            self._momentos[clase] = max(self._momentos.get(clase, 0), suerte.en)
        de_todo = self.cuenta.intentos % CADA == 0
        halladas = self.estado.todas() if de_todo else self.estado.faltas(fin.acuses)
        self.cuenta.faltas += [f"{' '.join(clase)} {suerte}: {falta}" for falta in halladas]
        return fin

    def _vivir(self, hacer: Callable[[], Any], suerte: Suerte) -> Fin:
        return vivir(self.motor, hacer, suerte)

    def _detalle(self, ctx: Ctx, nombre: str, args: tuple[Any, ...]) -> str:
        """What tells one kind of act from another of the same action: the task, the message."""
        consulta = {
            "_completar": lambda: select(Tarea.proceso + "/" + Tarea.nodo).where(Tarea.id == args[0]),
            "encaminar": lambda: select(Mensaje.nombre).where(Mensaje.id == args[0]),
            "entregar": lambda: (
                select(Mensaje.nombre)
                .join(Entrega, Entrega.mensaje_id == Mensaje.id)
                .where(Entrega.id == args[0])
            ),
        }.get(nombre)
        if consulta is None:
            return ""
        dicho = ctx.session.scalar(consulta())
        ctx.session.rollback()
        return str(dicho)


@contextmanager
def _segando(segadora: Segadora) -> Any:
    """While it lasts, the house of the lives is watched and every transaction of it dies first."""

    class MundoVigilado(Mundo):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            segadora.estado = Estado(self.obra.como)

    with (
        patch.object(juego, "Mundo", MundoVigilado),
        patch.object(_transaction, "_try", segadora.intentar),
    ):
        yield


def medir(cual: str, muertes: int, semilla: int, carpeta: Path) -> Informe:
    """Rounds of lives on one kind of database until so many processes were killed; a small number: one round."""
    informe = Informe(f"muertes-{cual}", f"Procesos muertos a la mitad de cada acto en {cual}", COLUMNAS)
    suma, ronda, a_fondo = Cuenta(), 0, muertes >= A_FONDO_DESDE
    while ronda == 0 or (a_fondo and suma.total < muertes):
        tope = min(POR_RONDA, muertes - suma.total)
        suya = carpeta / str(ronda)
        suya.mkdir()
        with base(cual, suya) as motor:
            vidas = max(VIDAS_MINIMAS, tope // MUERTES_POR_VIDA)
            suma.sumar(segar(motor, tope, vidas, semilla + ronda, a_fondo=a_fondo))
        ronda += 1
        print(f"ronda {ronda}: {suma.total} muertes, {len(suma.faltas)} faltas", file=sys.stderr, flush=True)  # noqa: T201
    informe.filas = [(cual, acto, veces) for acto, veces in suma.muertes.most_common()]
    informe.varas = [Vara("faltas", len(suma.faltas), 0)]
    informe.notas = [
        f"{suma.total} muertes en {suma.intentos} intentos, {ronda} rondas, {len(suma.clases)} clases de acto",
        f"{suma.acusadas} asientos que un muerto ya había dicho: todos están, una vez",
        f"{suma.sueltos} archivos que nadie nombraba al terminar; la limpieza los retiró",
        *suma.faltas[:FALTAS_VISTAS],
    ]
    return informe


def segar(motor: Engine, tope: int, casos: int, semilla: int, *, a_fondo: bool) -> Cuenta:
    """Play `casos` lives to their end with up to `tope` deaths on an empty migrated database."""
    segadora = Segadora(motor, tope, semilla, a_fondo=a_fondo)
    logging.disable(logging.ERROR)
    try:
        with _segando(segadora):
            hecho = juego.jugar(motor, casos, semilla, al_final=lambda obra: _cerrar(segadora, obra))
    finally:
        logging.disable(logging.NOTSET)
    segadora.cuenta.faltas += hecho.faltas
    return segadora.cuenta


def _cerrar(segadora: Segadora, obra: Any) -> bool:
    """What the dead left is the worker's: True when it found some, and life goes on.

    In the end nothing is missing, and what nobody names is cleaned away.
    """
    cuenta, estado = segadora.cuenta, segadora.estado
    assert estado is not None
    hallado = 0
    with obra.como() as ctx:
        while total := trabajador.una_vez(ctx).total:
            hallado += total
    if hallado:
        return True
    cuenta.faltas += estado.todas() + estado.pendientes()
    with obra.como() as ctx:
        carpeta = Path(ctx.servicios.almacen._carpeta)
        cuenta.sueltos = len(sueltos(ctx, carpeta))
        limpieza.archivos(ctx, edad_s=0)
        if quedan := sueltos(ctx, carpeta):
            cuenta.faltas.append(f"la limpieza dejó {len(quedan)} archivos que nadie nombra")
    cuenta.faltas += estado.todas()
    return False
