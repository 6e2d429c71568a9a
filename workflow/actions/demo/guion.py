"""The stage of the demonstration: the real actions, each at its own past instant, in the order of the dates.

A story is a generator: between two instants it does what people do and yields the instant at which it goes
on. Stories are played side by side; before each scene every timer due by then fires at its date. A story
that would go on after `hasta` stays where it is: its case simply waits.
"""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from models.denuncia import Denuncia
from models.organizacion import Subdelegacion, Usuario
from models.patron import Patron
from models.proceso import Instancia, Tarea
from workflow.actions import borrador, buzon, denuncia, tarea, temporizador
from workflow.actions.casa import Casa
from workflow.actions.demo import organizacion
from workflow.context import SISTEMA, Actor, Ctx
from workflow.rules.calendario import UN_DIA, Calendario

Historia = Generator[dt.datetime, None, None]
FIRMA = {"medio": "autografa", "firmo": True}
APERTURA, CIERRE = 9, 17  # office hours, in which people of the demonstration work


@dataclass
class Caso:
    """A denuncia of the demonstration, as the stories hold it."""

    id: int
    folio: str
    clave: str
    titulo: str = ""
    respuestas: dict[str, Any] = field(default_factory=dict)


@dataclass
class Guion:
    """Plays stories on the house `obra` up to the instant `hasta` (aware, UTC)."""

    obra: Casa
    hasta: dt.datetime
    azar: random.Random
    ahora: dt.datetime = field(init=False)
    propuestas: dict[str, int] = field(default_factory=dict)  # registro patronal -> its open proposal
    _agenda: list[tuple[dt.datetime, int, Historia]] = field(default_factory=list)
    _personas: dict[str, Actor] = field(default_factory=dict)
    _orden: int = 0

    def __post_init__(self) -> None:
        """The clock of the stage begins at the first scene."""
        self.ahora = self.hasta
        self.zona = self.obra.servicios.zona
        self.calendario = Calendario()

    # -- time ----------------------------------------------------------------------------------------
    def hace(self, habiles: int, hora: dt.time | None = None) -> dt.datetime:
        """An office hour `habiles` días hábiles before today (0: today, before `hasta`)."""
        dia = self.hasta.astimezone(self.zona).date()
        if habiles == 0:
            return self.hasta - dt.timedelta(minutes=self.azar.randint(20, 90))
        while habiles:
            dia -= UN_DIA
            habiles -= self.calendario.es_habil(dia)
        return self.a_las(dia, hora)

    def tras(self, habiles: int, hora: dt.time | None = None) -> dt.datetime:
        """An office hour `habiles` días hábiles after now; with 0, within the next hour."""
        if habiles == 0:
            return self.ahora + dt.timedelta(minutes=self.azar.randint(12, 55))
        dia = self.ahora.astimezone(self.zona).date()
        for _ in range(habiles):
            dia = self.calendario.siguiente_habil(dia)
        return self.a_las(dia, hora)

    def tras_vencer(self, dia: dt.date) -> dt.datetime:
        """Ten in the morning of the first working day after `dia`."""
        return self.a_las(self.calendario.siguiente_habil(dia), dt.time(APERTURA + 1))

    def local(self, instante: dt.datetime) -> str:
        """An instant as people write it in a form."""
        return instante.astimezone(self.zona).strftime("%Y-%m-%dT%H:%M")

    def a_las(self, dia: dt.date, hora: dt.time | None) -> dt.datetime:
        """That hour of a day, or any office hour of it."""
        hora = hora or dt.time(self.azar.randrange(APERTURA, CIERRE), self.azar.randrange(60))
        return dt.datetime.combine(dia, hora, self.zona).astimezone(dt.UTC)

    @property
    def hoy(self) -> dt.date:
        """The legal day of the scene."""
        return self.ahora.astimezone(self.zona).date()

    # -- playing -------------------------------------------------------------------------------------
    def agendar(self, cuando: dt.datetime, historia: Historia) -> None:
        """`historia` begins (or goes on) at `cuando`; never, when that is after the end."""
        if cuando > self.hasta:
            historia.close()
            return
        self._orden += 1
        heapq.heappush(self._agenda, (cuando, self._orden, historia))

    def correr(self) -> None:
        """Play everything in order, then let what is due fire until the end."""
        if self._agenda:
            self.ahora = self._agenda[0][0]
        while self._agenda:
            cuando, _, historia = heapq.heappop(self._agenda)
            self._avanzar(cuando)
            siguiente = next(historia, None)
            if siguiente is not None:
                self.agendar(max(siguiente, self.ahora), historia)
        self._avanzar(self.hasta)

    def _avanzar(self, cuando: dt.datetime) -> None:
        with self.como() as ctx:
            temporizador.recorrer(ctx, cuando)
        self.ahora = cuando

    @contextmanager
    def como(self, actor: Actor = SISTEMA) -> Iterator[Ctx]:
        """A context of `actor` at the instant of the scene."""
        with self.obra.sesiones() as sesion:
            yield self.obra.contexto(sesion, actor, self.ahora)

    def persona(self, quien: str) -> Actor:
        """The actor of a demo person (`ana.trejo`)."""
        if quien not in self._personas:
            with self.como() as ctx:
                fila = ctx.session.scalars(
                    select(Usuario).where(Usuario.correo == organizacion.correo(quien))
                ).one()
                unidad = fila.subdelegacion
                self._personas[quien] = Actor(
                    "persona",
                    fila.id,
                    fila.nombre,
                    frozenset(rol.rol.value for rol in fila.roles),
                    fila.subdelegacion_id,
                    unidad.ooad_id if unidad else fila.ooad_id,
                )
        return self._personas[quien]

    def id_de(self, quien: str) -> int:
        """The account of a demo person."""
        usuario_id = self.persona(quien).usuario_id
        assert usuario_id is not None
        return usuario_id

    def unidad_id(self, clave: str) -> int:
        """The unit of a key."""
        with self.como() as ctx:
            return ctx.session.scalars(select(Subdelegacion.id).where(Subdelegacion.clave == clave)).one()

    def patron(self, registro: str) -> Patron:
        """The employer of a registro patronal."""
        with self.como() as ctx:
            return ctx.session.scalars(select(Patron).where(Patron.registro_patronal == registro)).one()

    # -- what people do ------------------------------------------------------------------------------
    def presentar(
        self, respuestas: dict[str, Any], archivos: list[tuple[str, bytes]], titulo: str = ""
    ) -> Caso:
        """The worker writes her draft, attaches her files and files it."""
        with self.como(Actor("denunciante")) as ctx:
            token = borrador.nuevo(ctx)
            borrador.guardar(ctx, token, respuestas)
            for nombre, datos in archivos:
                borrador.adjuntar(ctx, token, nombre, datos)
            hecha = denuncia.presentar(ctx, token, token)
            fila = ctx.session.scalars(select(Denuncia.id).where(Denuncia.folio == hecha.folio)).one()
        return Caso(fila, hecha.folio, hecha.clave_secreta or "", titulo, respuestas)

    def en_buzon(self, caso: Caso, verbo: str, *datos: Any) -> None:
        """The worker acts in her mailbox: a verb of `actions.buzon`."""
        with self.como(Actor("denunciante", denuncia_id=caso.id)) as ctx:
            getattr(buzon, verbo)(ctx, caso.id, *datos)

    def hacer(
        self,
        nodo: str,
        sujeto: tuple[str, int],
        quien: str,
        datos: dict[str, Any],
        item: int | None = None,
    ) -> None:
        """`quien` completes the open task `nodo` of a noun (`("denuncia", 3)`)."""
        fila = self.abierta(nodo, sujeto, item)
        with self.como(self.persona(quien)) as ctx:
            tarea.completar(ctx, fila.id, datos, fila.version)

    def tomar(self, nodo: str, sujeto: tuple[str, int], quien: str) -> None:
        """`quien` claims the open task `nodo`."""
        fila = self.abierta(nodo, sujeto)
        with self.como(self.persona(quien)) as ctx:
            tarea.tomar(ctx, fila.id)

    def borrador(self, nodo: str, sujeto: tuple[str, int], quien: str, datos: dict[str, Any]) -> None:
        """`quien` keeps a draft of the open task `nodo`, which becomes hers."""
        fila = self.abierta(nodo, sujeto)
        with self.como(self.persona(quien)) as ctx:
            tarea.tomar(ctx, fila.id)
            tarea.guardar_borrador(ctx, fila.id, datos, fila.version)

    def abierta(self, nodo: str, sujeto: tuple[str, int], item: int | None = None) -> Tarea:
        """The open task `nodo` of a noun; `item`: of which seat, where it is one for each."""
        with self.como() as ctx:
            consulta = (
                select(Tarea)
                .join(Instancia, Instancia.id == Tarea.instancia_id)
                .where(
                    Instancia.sujeto_tipo == sujeto[0],
                    Instancia.sujeto_id == sujeto[1],
                    Tarea.nodo == nodo,
                    Tarea.estado == "abierta",
                )
                .order_by(Tarea.id)
            )
            if item is not None:
                consulta = consulta.where(Tarea.item == str(item))
            return ctx.session.scalars(consulta.limit(1)).one()
