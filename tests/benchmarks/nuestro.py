"""Our engine in the reference cases: the store's own step, no rules of the house around it.

A step: task and case locked and read, task completed, run until it waits, state, tasks, timers and history
written, committed. What an action of the house adds (permissions, form, ledger, log) is measured apart.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from tests.benchmarks import guion
from tests.benchmarks.marco import Pasada
from tests.integration.motor.apoyo import INICIO, CasaDePrueba
from workflow.actions.casa import catalogo
from workflow.context import SISTEMA, Ctx
from workflow.engine import tasks
from workflow.engine.messages import parse
from workflow.engine.model import Call, Node
from workflow.engine.projection import Assignee, Change, Subject, Term
from workflow.engine.store import Case, Store

EN_UN_MES = INICIO + dt.timedelta(days=30)


class Anfitrion:
    """A host without a house: the noun never changes, every term falls due in a month."""

    internal_messages: frozenset[str] = frozenset()
    until: dt.datetime | None = None

    def __init__(self, ctx: Ctx, case: Case, store: Store) -> None:
        self.ctx, self.case = ctx, case

    def now(self) -> dt.datetime:
        return self.ctx.now

    def due(self, plazo: str) -> dt.datetime | None:
        return EN_UN_MES

    def run(self, call: Call) -> Mapping[str, Any]:
        return {}

    def throw(self, message: str, call: Call) -> None: ...

    def entered(self, call: Call) -> None: ...

    def completed(self, call: Call) -> None: ...

    def cancelled(self, node: Node) -> None: ...

    def operate(self, name: str, call: Call) -> Mapping[str, Any]:
        return {}

    def subject(self) -> Subject:
        caso = self.case
        return Subject(caso.expediente_id, caso.subdelegacion_id, caso.folio, "Comercial del Norte", 0, False)

    def term(self, key: str) -> Term | None:
        return None

    def assignee(self, node: Node, item: Any | None) -> Assignee | None:
        return None


class Nuestro:
    """Plays a reference case through `Store`. One session per step, as one request of a person."""

    def __init__(self, motor: Engine, carpeta: Path, diagramas: Mapping[str, str]) -> None:
        self.casa = CasaDePrueba(motor, carpeta)
        for proceso, texto in diagramas.items():
            self.casa.publicar(proceso, texto.encode())
        mensajes = parse({})
        self.store = Store(
            catalogo(mensajes, exigente=False),
            mensajes,
            Anfitrion,
            operations=self.casa.verbos.get,
            forms=lambda _proceso, nombre: nombre,
            after_save=self._anotar,
        )
        self._nuevas: list[tuple[int, str]] = []
        self.sujeto = self.casa.sujeto(self.casa.denuncia())

    def _anotar(self, _ctx: Ctx, caso: Case, cambio: Change) -> None:
        """Who saves is told which tasks appeared, as the pages of the house are."""
        self._nuevas = [(fila, caso.before.tasks[clave].node.id) for clave, fila in cambio.tasks.items()]

    def iniciar(self, proceso: str) -> tuple[int, list[tuple[int, str]]]:
        """A case and its open tasks: (row, node)."""
        with self.casa.sesiones() as sesion:
            ctx = Ctx(sesion, SISTEMA, INICIO, self.casa.servicios, self.store)
            caso = self.store.start(ctx, proceso, self.sujeto, "DEN-1", {})
            sesion.commit()
        return caso.id, self._nuevas

    def paso(self, tarea_id: int, decisiones: Mapping[str, Any]) -> tuple[list[tuple[int, str]], Case]:
        """Complete one task; the tasks that appeared and the case as it was left."""
        with self.casa.sesiones() as sesion:
            ctx = Ctx(sesion, SISTEMA, INICIO, self.casa.servicios, self.store)
            hallado = tasks.lock_with_case(ctx, tarea_id)
            assert hallado is not None
            tarea, caso = hallado
            self.store.open(ctx, caso)
            caso.task_id = tarea.nodo_motor
            tasks.mark_done(ctx, tarea, dict(decisiones))
            caso.engine.complete(tarea.nodo_motor, decisiones)
            self.store.advance(caso)
            self.store.save(ctx, caso)
            sesion.commit()
        return self._nuevas, caso

    def jugar(self, proceso: str, casos: int) -> Pasada:
        """That many cases from end to end, one after the other."""
        pasos: list[float] = []
        total, tamanos = 0.0, []
        for _ in range(casos):
            inicio = time.perf_counter()
            _, pendientes = self.iniciar(proceso)
            mayor = 0
            while pendientes:
                tarea_id, nodo = pendientes.pop(0)
                antes = time.perf_counter()
                nuevas, caso = self.paso(tarea_id, guion.decisiones(nodo))
                pasos.append(time.perf_counter() - antes)
                pendientes += nuevas
                mayor = max(mayor, len(caso.estado_motor or b""))
            total += time.perf_counter() - inicio
            tamanos.append(mayor)
            assert caso.finished
            assert caso.engine.data["outcome"] == guion.FINAL
        return Pasada(casos, total, pasos, sum(tamanos) / casos)
