"""The player: day by day, whatever is open is done by whoever may do it, and the clock goes on."""

from __future__ import annotations

import contextlib
import datetime as dt
import heapq
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from models.proceso import EstadoTarea, Tarea, Temporizador
from models.propuesta import EstadoPropuesta, Propuesta
from models.remate import EstadoRemate, Remate
from tests.integration.vidas.formas import llenar, muestra
from tests.integration.vidas.mundo import Mundo
from workflow.actions import documento, tarea
from workflow.context import Actor
from workflow.errors import Conflicto, DomainError, NoEncontrado, NoPermitido, YaHecha
from workflow.formularios import Formulario

# A working day: from the first hour of the field to the last that CFF 13 allows, with room.
ENTRA, SALE = dt.time(9, 30), dt.time(17, 0)
ENTRE_RONDAS = dt.timedelta(minutes=25)
# How many days a person lets a task lie, with its weight.
DEMORAS = ((0, 0, 62), (1, 4, 22), (5, 25, 11), (26, 90, 4), (120, 420, 1))
INTENTOS = 4
CADA = 50  # working days between two words on how it goes
# Refused so often, somebody waits a month for what stands in the way; a hundred times take more than a year.
PACIENCIA, MUCHOS_RECHAZOS, UN_MES = 40, 100, 30


class Archivo:
    """A file that whoever answers attaches to the task."""

    def __init__(self, nombre: str) -> None:
        self.nombre = nombre


FOTO, PDF = Archivo("foto.jpg"), Archivo("documento.pdf")


class NoSeHace(Exception):
    """Whoever has the task leaves it for another day."""


Respuesta = Callable[["Jugador", Any], dict[str, Any]]
RESPUESTAS: dict[str, Respuesta] = {}


def responde(*nodos: str) -> Callable[[Respuesta], Respuesta]:
    """Who answers those tasks: `nodo`, or `proceso/nodo` where two share a name."""

    def registrar(funcion: Respuesta) -> Respuesta:
        for nodo in nodos:
            assert nodo not in RESPUESTAS, nodo
            RESPUESTAS[nodo] = funcion
        return funcion

    return registrar


@dataclass
class Cuenta:
    """What a play did."""

    pasos: int = 0
    temporizadores: int = 0
    mensajes: int = 0
    dias: int = 0
    nodos: Counter[str] = field(default_factory=Counter)
    rechazos: Counter[str] = field(default_factory=Counter)
    lentos: list[tuple[float, str]] = field(default_factory=list)
    imposibles: dict[int, str] = field(default_factory=dict)

    def tardo(self, segundos: float, nodo: str) -> None:
        """Keep the ten slowest steps."""
        heapq.heappush(self.lentos, (segundos, nodo))
        if len(self.lentos) > 10:
            heapq.heappop(self.lentos)


class Jugador:
    """Plays the tasks. `afuera` is who acts without a task: workers, employers, bidders."""

    def __init__(self, mundo: Mundo) -> None:
        self.mundo, self.azar = mundo, mundo.azar
        self.cuenta = Cuenta()
        self.afuera: list[Callable[[], None]] = []
        self.avance: Callable[[Jugador], None] = lambda _: None
        self._no_antes: dict[int, dt.date] = {}
        self._rechazos: Counter[int] = Counter()
        self._agenda: list[tuple[dt.date, int, Callable[[], None]]] = []
        self._orden = 0

    # -- choosing ------------------------------------------------------------------------------------
    def elige(self, **pesos: int) -> str:
        """One of the options, by weight."""
        return self.azar.choices(list(pesos), weights=list(pesos.values()))[0]

    def ocurre(self, por_ciento: float) -> bool:
        """True so many times in a hundred."""
        return self.azar.random() * 100 < por_ciento

    def rehusada(self, fila: Tarea) -> bool:
        """An answer to that task was refused before: whoever has it read why."""
        return self._rechazos[fila.id] > 0

    def agendar(self, dias: int, que: Callable[[], None]) -> None:
        """Something that happens by itself after so many days."""
        self._orden += 1
        heapq.heappush(self._agenda, (self.mundo.hoy + dt.timedelta(days=dias), self._orden, que))

    # -- the days ------------------------------------------------------------------------------------
    def vivir(self, hasta: dt.date) -> None:
        """Until nothing is left to do or to wait for, or the day `hasta` comes."""
        while self.mundo.hoy < hasta:
            dia = self._proximo_dia()
            if dia is None:
                return
            self.cuenta.temporizadores += self.mundo.ir(self._a_las(dia, ENTRA), barrer=True)
            self.cuenta.dias += 1
            self._lo_agendado()
            for otro in self.afuera:
                otro()
            self._jornada()
            if self.cuenta.dias % CADA == 0:
                self.avance(self)

    def _jornada(self) -> None:
        while self._ronda():
            siguiente = self.mundo.obra.ahora + ENTRE_RONDAS
            if siguiente.time() > SALE:
                return
            self.cuenta.temporizadores += self.mundo.ir(siguiente)

    def _a_las(self, dia: dt.date, hora: dt.time) -> dt.datetime:
        return self.mundo.obra.ahora.replace(
            year=dia.year, month=dia.month, day=dia.day, hour=hora.hour, minute=hora.minute
        )

    def _proximo_dia(self) -> dt.date | None:
        """The next day hábil on which something can happen; None when nothing ever will."""
        manana = self.mundo.habil()
        with self.mundo.obra.como() as ctx:
            abiertas = select(Tarea.id).where(Tarea.estado == EstadoTarea.ABIERTA)
            pendientes = [uno for uno in ctx.session.scalars(abiertas) if uno not in self.cuenta.imposibles]
            vence = ctx.session.scalar(select(func.min(Temporizador.vence_en)))
            vivo = Remate.estado.in_((EstadoRemate.PUBLICADO, EstadoRemate.EN_SUBASTA))
            subasta = ctx.session.scalar(select(Remate.id).where(vivo).limit(1))
            validada = Propuesta.estado == EstadoPropuesta.VALIDADA
            esperan_sesion = ctx.session.scalar(select(Propuesta.id).where(validada).limit(1))
        if subasta is not None or any(uno not in self._no_antes for uno in pendientes):
            return manana
        dias = [self._no_antes[uno] for uno in pendientes]
        dias += [dia for dia, _, _ in self._agenda[:1]]
        dias += [vence.astimezone(self.mundo.obra.ahora.tzinfo).date()] if vence is not None else []
        if not dias:
            return manana if esperan_sesion else None
        dia = max(min(dias), manana)
        return dia if self.mundo.habiles.es_habil(dia) else self.mundo.habil(desde=dia)

    def _lo_agendado(self) -> None:
        while self._agenda and self._agenda[0][0] <= self.mundo.hoy:
            heapq.heappop(self._agenda)[2]()

    # -- the tasks -----------------------------------------------------------------------------------
    def _ronda(self) -> int:
        """Everything open that somebody takes up now; returns how many were done."""
        with self.mundo.obra.como() as ctx:
            consulta = select(Tarea).where(
                Tarea.estado == EstadoTarea.ABIERTA,
                Tarea.en_espera.is_(False) | Tarea.permitida_en_suspension,
            )
            abiertas = list(ctx.session.scalars(consulta.order_by(Tarea.id)))
        self.azar.shuffle(abiertas)
        posibles = [
            fila for fila in abiertas if fila.id not in self.cuenta.imposibles and self._le_toca(fila)
        ]
        return sum(self._hacer(fila) for fila in posibles)

    def _le_toca(self, fila: Tarea) -> bool:
        if fila.id not in self._no_antes:
            minimo, maximo, _ = self.azar.choices(DEMORAS, weights=[d[2] for d in DEMORAS])[0]
            self._no_antes[fila.id] = self.mundo.hoy + dt.timedelta(days=self.azar.randint(minimo, maximo))
        return self._no_antes[fila.id] <= self.mundo.hoy

    def _hacer(self, fila: Tarea) -> bool:
        for _ in range(INTENTOS):
            try:
                self._completar(fila)
            except (YaHecha, NoSeHace, Conflicto):
                return False
            except DomainError as error:
                self._rechazada(fila, error)
            else:
                return True
        self._no_antes[fila.id] = self._otro_dia(fila)
        return False

    def _otro_dia(self, fila: Tarea) -> dt.date:
        if self._rechazos[fila.id] > PACIENCIA:
            return self.mundo.hoy + dt.timedelta(days=UN_MES)
        return self.mundo.habil(self.azar.randint(1, 4))

    def _rechazada(self, fila: Tarea, error: DomainError) -> None:
        """A refusal is an answer too; one that never ends is a task that nobody can do."""
        dicho = "; ".join(getattr(error, "campos", {}).values()) or error.mensaje
        self.cuenta.rechazos[f"{fila.nodo}: {dicho[:110]}"] += 1
        self._rechazos[fila.id] += 1
        if self._rechazos[fila.id] > MUCHOS_RECHAZOS:
            self.cuenta.imposibles[fila.id] = (
                f"nadie puede hacer {fila.nodo} de {fila.folio}: {error.mensaje} {dicho}"
            )

    def _completar(self, fila: Tarea) -> None:
        datos = (RESPUESTAS.get(f"{fila.proceso}/{fila.nodo}") or RESPUESTAS[fila.nodo])(self, fila)
        ultimo: DomainError | None = None
        for quien in self._quienes(fila):
            inicio = time.perf_counter()
            try:
                with self.mundo.obra.como(quien) as ctx:
                    formulario = ctx.engine.forms(fila.proceso, fila.formulario)
                    contexto = self._contexto(fila) if _pregunta_a_la_tarea(formulario) else {}
                    base = muestra(fila.proceso, fila.nodo)
                    limpios = llenar(formulario, base, datos, contexto, self.mundo.hoy)
                    tarea.completar(ctx, fila.id, self._con_archivos(quien, fila, limpios), fila.version)
            except (NoPermitido, NoEncontrado) as error:
                ultimo = error
                self._soltar(quien, fila)
                continue
            self.cuenta.pasos += 1
            self.cuenta.nodos[f"{fila.proceso}/{fila.nodo}"] += 1
            self.cuenta.tardo(time.perf_counter() - inicio, fila.nodo)
            return
        raise ultimo or NoPermitido(f"no hay quien tenga el papel {fila.rol}")

    def _contexto(self, fila: Tarea) -> dict[str, Any]:
        with self.mundo.obra.como() as ctx:
            caso = ctx.engine.lock(ctx, fila.instancia_id)
            abiertas = caso.engine.open_tasks() if caso is not None else ()
            ctx.session.rollback()
            return next((dict(una.data) for una in abiertas if str(una.id) == fila.nodo_motor), {})

    def _soltar(self, quien: Actor, fila: Tarea) -> None:
        """A task taken to attach a file, and not done, goes back to whoever may do it."""
        with self.mundo.obra.como(quien) as ctx, contextlib.suppress(DomainError):
            tarea.soltar(ctx, fila.id)

    def _quienes(self, fila: Tarea) -> list[Actor]:
        todos = self.mundo.con_rol(fila.rol, fila.subdelegacion_id)
        if fila.asignada_a is not None:
            gente = [uno for grupo in self.mundo.personas.values() for uno in grupo]
            todos = [uno for uno in gente if uno.usuario_id == fila.asignada_a][:1]
        return self.azar.sample(todos, len(todos))

    def _con_archivos(self, quien: Actor, fila: Tarea, datos: Any) -> Any:
        if isinstance(datos, Archivo):
            contenido = self.mundo.pdf if datos is PDF else self.mundo.foto
            with self.mundo.obra.como(quien) as ctx:
                return documento.adjuntar(ctx, fila.id, datos.nombre, contenido)
        if isinstance(datos, list):
            return [self._con_archivos(quien, fila, uno) for uno in datos]
        if isinstance(datos, dict):
            return {clave: self._con_archivos(quien, fila, uno) for clave, uno in datos.items()}
        return datos


def _pregunta_a_la_tarea(formulario: Formulario) -> bool:
    return any(c.dato_de_tarea for campo in formulario.campos for c in (*campo.si, *campo.obligatorio_si))
