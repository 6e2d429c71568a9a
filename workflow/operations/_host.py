"""What the engine asks of the house, answered from the context, the ledger and the verbs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.plazo import Plazo
from workflow.context import Ctx
from workflow.engine.errors import UnexpectedValue
from workflow.engine.model import Call, Node
from workflow.engine.projection import NEVER, Assignee, Subject, Term
from workflow.engine.store import Case, Store
from workflow.operations import _asignacion, _caso, mensaje, plazo
from workflow.operations.sujeto import Sujeto


class Host:
    """The host of one case during one transaction."""

    def __init__(self, ctx: Ctx, case: Case, store: Store) -> None:
        self.ctx, self.case, self.store = ctx, case, store
        self.internal_messages = store.messages.internal
        # Instant up to which timers fire; the clock of the context unless a sweep says otherwise.
        self.until: dt.datetime | None = None
        self._terms: dict[str, Plazo] | None = None

    # -- asked by the engine -------------------------------------------------------------------------
    def now(self) -> dt.datetime:
        return self.until or self.ctx.now

    def due(self, key: str) -> dt.datetime | None:
        found = self._open().get(key)
        return None if found is None or found.dispara_en >= NEVER else found.dispara_en

    def run(self, call: Call) -> Mapping[str, Any]:
        if call.node.operacion is None:
            raise UnexpectedValue(f"El nodo «{call.node.id}» no nombra operación.")
        return self.operate(call.node.operacion, call)

    def throw(self, message: str, call: Call) -> None:
        m = self.store.messages.get(message)
        if m.key not in call.data:
            raise UnexpectedValue(f"«{call.node.id}» lanza «{message}» sin el dato «{m.key}».")
        datos = {name: call.data[name] for name in m.data if name in call.data}
        mensaje.enviar(self.ctx, message, call.data[m.key], datos, origen=self.case.id)

    def entered(self, call: Call) -> None:
        for key in call.node.corre:
            self._begin(key)

    def completed(self, call: Call) -> None:
        for key in (*call.node.cierra, *call.node.corre):
            self._end(key)
        once = call.node.params.get("abre_una_vez") == "true"
        for key in call.node.abre:
            if not (once and plazo.alguna_vez(self.ctx, self.sujeto, key)):
                self._begin(key)

    # -- asked by the store --------------------------------------------------------------------------
    def operate(self, name: str, call: Call) -> Mapping[str, Any]:
        """Run a verb; its decisions that are keys of correlation become values of the case."""
        decisions = dict(self.store.operations(name)(self.ctx, replace(call, instance=self.case)) or {})
        self._terms = None
        for key in decisions.keys() & self.store.messages.keys:
            self.case.correlate(key, decisions[key])
        return decisions

    def subject(self) -> Subject:
        return _caso.leer(self.ctx, self.case.sujeto_tipo, self.case.sujeto_id)

    def term(self, key: str) -> Term | None:
        found = self._open().get(key)
        return Term(found.id, found.dispara_en) if found is not None else None

    def assignee(self, node: Node, item: Any | None) -> Assignee | None:
        return _asignacion.responsable(self.ctx, self.case, node.role or "", node.id, item)

    def cancelled(self, node: Node) -> None:
        """What ran with a task that was cut stops, unless the task is open again."""
        if not node.corre:
            return
        again = {key for task in self.case.engine.open_tasks() for key in task.node.corre}
        for key in node.corre:
            if key not in again:
                self._end(key)

    # -- the ledger ----------------------------------------------------------------------------------
    def _open(self) -> dict[str, Plazo]:
        if self._terms is None:
            self._terms = plazo.abiertos(self.ctx, self.sujeto)
        return self._terms

    @property
    def sujeto(self) -> Sujeto:
        """The noun of the case as the ledger knows it."""
        c = self.case
        return Sujeto(c.sujeto_tipo, c.sujeto_id, c.expediente_id, c.subdelegacion_id)

    def _begin(self, key: str) -> None:
        # A verb may have opened it with its own date; a loop never starts a running term again.
        if key not in self._open():
            # What the ledger holds back goes with the new term, in one flush.
            with self.ctx.session.no_autoflush:
                self._open()[key] = plazo.abrir(self.ctx, self.sujeto, key, cerrado=True)

    def _end(self, key: str) -> None:
        found = self._open().pop(key, None)
        if found is not None:
            plazo.terminar(self.ctx, found, vencido=found.dispara_en <= self.now())
