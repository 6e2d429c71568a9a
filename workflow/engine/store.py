"""The store: loads, locks, saves and projects instances. Never commits.

One instance is one row, one lock and one version. Diagrams are found by digest, parsed once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.proceso import DefinicionProceso, EstadoInstancia, Instancia, Tarea
from workflow.context import Ctx
from workflow.engine import projection
from workflow.engine.catalog import Catalog, Definition
from workflow.engine.direct import Batch, Direct, Sent
from workflow.engine.errors import EngineError
from workflow.engine.instance import Instance
from workflow.engine.messages import Messages
from workflow.engine.model import Call, Environment, Node
from workflow.engine.projection import Assignee, Change, Projection, Subject, Term
from workflow.engine.timers import reproject

_I: Any = Instancia.__table__
_COLUMNS = (
    _I.c.id,
    _I.c.definicion_id,
    _I.c.proceso,
    _I.c.sujeto_tipo,
    _I.c.sujeto_id,
    _I.c.folio,
    _I.c.expediente_id,
    _I.c.subdelegacion_id,
    _I.c.estado,
    _I.c.version,
    _I.c.iniciada_en,
    _I.c.estado_motor,
)
_LOCK = Direct(select(*_COLUMNS).where(_I.c.id == bindparam("b_id")).with_for_update())
_INSERT = Direct(insert(_I).returning(_I.c.id))
_UPDATE = (
    update(_I)
    .where(_I.c.id == bindparam("b_id"), _I.c.version == bindparam("b_version"))
    .values(
        estado_motor=bindparam("b_state"),
        version=_I.c.version + 1,
        estado=bindparam("b_estado"),
        expediente_id=bindparam("b_file"),
        subdelegacion_id=bindparam("b_unit"),
    )
)
_SAVE = Direct(_UPDATE)
_FINISH = Direct(
    _UPDATE.values(fin=bindparam("b_fin"), datos_fin=bindparam("b_datos"), terminada_en=bindparam("b_now"))
)
_CORRELATE = text(
    "INSERT INTO correlacion (instancia_id, clave, valor) VALUES (:b_id, :b_key, :b_value) "
    "ON CONFLICT DO NOTHING"
)
_MOVE = update(_I).where(_I.c.id == bindparam("b_id")).values(definicion_id=bindparam("b_definition"))
FIN_MAX = 200


class Host(Environment, Protocol):
    """What the store asks of the house beyond what the engine asks.

    `until`: instant up to which timers fire; None: the clock of the context.
    """

    until: datetime | None

    def operate(self, name: str, call: Call) -> Mapping[str, Any]:
        """Run a verb and return its decisions."""

    def subject(self) -> Subject:
        """The noun of the case, read now."""

    def term(self, key: str) -> Term | None:
        """An open term of the noun."""

    def assignee(self, node: Node, item: Any | None) -> Assignee | None:
        """Who gets a new task; None: whoever of the role takes it."""

    def cancelled(self, node: Node) -> None:
        """A node was cut before it completed: what ran with it stops."""


@dataclass(slots=True)
class Case:
    """An instance locked by this transaction. Its first fields are those of `models.proceso.Instancia`."""

    id: int
    definicion_id: int
    proceso: str
    sujeto_tipo: str
    sujeto_id: int
    folio: str
    expediente_id: int
    subdelegacion_id: int
    estado: EstadoInstancia
    version: int
    iniciada_en: datetime
    estado_motor: bytes | None = None
    engine: Instance = field(init=False, repr=False)
    host: Host = field(init=False, repr=False)
    before: Projection = field(default_factory=Projection, repr=False)
    # Engine id of the task that a person completes in this step.
    task_id: str | None = None
    # Correlation values that operations of this step gave birth to.
    keys: dict[str, set[str]] = field(default_factory=dict)
    steps_written: int = 0

    @property
    def finished(self) -> bool:
        return self.estado == EstadoInstancia.TERMINADA

    def correlate(self, key: str, value: Any) -> None:
        """Messages with that value will find this case from the next save on."""
        if value is not None and value != "":
            values = value if isinstance(value, (list, tuple)) else (value,)
            self.keys.setdefault(key, set()).update(str(v) for v in values)


HostFactory = Callable[[Ctx, Case, "Store"], Host]
# Called after each save with what it changed: retained messages may have become due.
AfterSave = Callable[[Ctx, Case, Change], None]


class Store:
    """The instances of one database. Shared by all threads of a process: it keeps definitions only."""

    def __init__(
        self,
        catalog: Catalog,
        messages: Messages,
        hosts: HostFactory,
        *,
        operations: Callable[[str], Callable[..., Mapping[str, Any]]],
        forms: Callable[[str, str], Any],
        after_save: AfterSave | None = None,
    ) -> None:
        self.catalog, self.messages = catalog, messages
        self.operations, self.forms = operations, forms
        self._hosts, self._after_save = hosts, after_save
        self._definitions: dict[int, Definition] = {}

    # -- definitions ---------------------------------------------------------------------------------
    def definition(self, session: Session, definicion_id: int) -> Definition:
        """A published definition, parsed once. Raises EngineError when there is none."""
        found = self._definitions.get(definicion_id)
        if found is None:
            row = session.execute(
                select(DefinicionProceso.proceso, DefinicionProceso.archivos).where(
                    DefinicionProceso.id == definicion_id
                )
            ).one_or_none()
            if row is None:
                raise EngineError("La definición del proceso no está publicada.")
            found = self.catalog.load(row.proceso, {n: t.encode() for n, t in row.archivos.items()})
            self._definitions[definicion_id] = found
        return found

    def newest(self, session: Session, process: str) -> int:
        """Id of the version that new cases of `process` begin with. Raises EngineError when none."""
        newest = _NEWEST.one(session.connection(), {"b_process": process})
        if newest is None:
            raise EngineError(f"El proceso «{process}» no está publicado. Ejecuta «procesos publicar».")
        return int(newest[0])

    def is_published(self, session: Session, process: str) -> bool:
        """Whether cases of `process` can begin."""
        return _NEWEST.one(session.connection(), {"b_process": process}) is not None

    # -- life of a case ------------------------------------------------------------------------------
    def start(
        self,
        ctx: Ctx,
        proceso: str,
        sujeto: Any,
        folio: str,
        data: Mapping[str, Any],
        correlacion: Mapping[str, Any] | None = None,
    ) -> Case:
        """Begin a case on the newest version and run it until it waits. Saved, not committed."""
        session = ctx.session
        session.flush()
        definicion_id = self.newest(session, proceso)
        case = Case(
            id=0,
            definicion_id=definicion_id,
            proceso=proceso,
            sujeto_tipo=sujeto.tipo,
            sujeto_id=sujeto.id,
            folio=folio,
            expediente_id=sujeto.expediente_id,
            subdelegacion_id=sujeto.subdelegacion_id,
            estado=EstadoInstancia.ACTIVA,
            version=1,
            iniciada_en=ctx.now,
        )
        row = {c.name: getattr(case, c.name) for c in _COLUMNS if c.name not in ("id", "estado_motor")}
        inserted = _INSERT.one(session.connection(), row)
        assert inserted is not None
        case.id = inserted[0]
        case.host = self._hosts(ctx, case, self)
        case.engine = Instance.new(self.definition(session, definicion_id), case.host, dict(data))
        for key in self.messages.keys:
            if key in data:
                case.correlate(key, data[key])
        for key, value in (correlacion or {}).items():
            case.correlate(key, value)
        self._write_keys(ctx, case)
        self.advance(case)
        self.save(ctx, case)
        return case

    def lock(self, ctx: Ctx, instancia_id: int) -> Case | None:
        """The case under its lock, with its engine; None when there is none. A finished one has no engine."""
        row = _LOCK.one(ctx.session.connection(), {"b_id": instancia_id})
        if row is None:
            return None
        case = Case(*row)
        if not case.finished:
            self.open(ctx, case)
        return case

    def open(self, ctx: Ctx, case: Case) -> None:
        """Restore the engine of a locked case."""
        if case.estado_motor is None:
            raise EngineError("El caso no guarda estado del motor.")
        case.host = self._hosts(ctx, case, self)
        definition = self.definition(ctx.session, case.definicion_id)
        case.engine = Instance.restore(definition, case.estado_motor, case.host)
        case.before = Projection.of(case.engine)

    def advance(self, case: Case) -> None:
        """Run until it waits."""
        case.engine.advance()

    def save(self, ctx: Ctx, case: Case) -> Change:
        """Write state and projection. Raises StaleDataError when somebody saved the case meanwhile."""
        session = ctx.session
        steps = case.engine.steps()[case.steps_written :]
        for step in steps:
            if step.kind == "cancelled":
                case.host.cancelled(step.node)
        session.flush()
        subject, batch = case.host.subject(), Batch()
        moved = subject.subdelegacion_id != case.subdelegacion_id
        case.expediente_id, case.subdelegacion_id = subject.expediente_id, subject.subdelegacion_id
        state = self._plan_state(batch, ctx, case)
        planned = projection.plan(batch, case, ctx.now, subject, moved=moved)
        projection.plan_steps(batch, case, list(steps), ctx.now, ctx.actor.usuario_id)
        # A term that a question of the host has just opened is there before the timers ask for its date.
        session.flush()
        batch.send(session.connection())
        if state.changed != 1:
            raise StaleDataError(f"instance {case.id} is no longer at version {case.version}")
        case.version += 1
        change = planned.change()
        case.steps_written += len(steps)
        self._write_keys(ctx, case)
        _forget(session, case)
        if self._after_save is not None:
            self._after_save(ctx, case, change)
        return change

    def move(self, ctx: Ctx, case: Case, definicion_id: int) -> None:
        """Put a locked case on another version, whose engine it has. The caller has checked that it may
        (see `migration`) and saves it."""
        case.definicion_id = definicion_id
        ctx.session.flush()
        ctx.session.connection().execute(_MOVE, {"b_id": case.id, "b_definition": definicion_id})
        batch = Batch()
        projection.redraw(batch, case, ctx.now, case.host.subject())
        batch.send(ctx.session.connection())

    def reproject(self, ctx: Ctx, sujeto: Any) -> None:
        """The ledger changed: move the timers and the tasks of the noun. See `timers.reproject`."""
        reproject(ctx, sujeto)

    # -- rows ----------------------------------------------------------------------------------------
    def _plan_state(self, batch: Batch, ctx: Ctx, case: Case) -> Sent:
        finished = case.engine.finished
        case.estado = EstadoInstancia.TERMINADA if finished else case.estado
        case.estado_motor = None if finished else case.engine.state()
        row: dict[str, Any] = {
            "b_id": case.id,
            "b_version": case.version,
            "b_state": case.estado_motor,
            "b_estado": case.estado,
            "b_file": case.expediente_id,
            "b_unit": case.subdelegacion_id,
        }
        if finished:
            row |= {
                "b_fin": ",".join(case.engine.ends)[:FIN_MAX],
                "b_datos": dict(case.engine.data),
                "b_now": ctx.now,
            }
        return batch.add(_FINISH if finished else _SAVE, row)

    def _write_keys(self, ctx: Ctx, case: Case) -> None:
        rows = [
            {"b_id": case.id, "b_key": k, "b_value": v} for k, vs in case.keys.items() for v in sorted(vs)
        ]
        if rows:
            ctx.session.connection().execute(_CORRELATE, rows)


_NEWEST = Direct(
    select(DefinicionProceso.id)
    .where(DefinicionProceso.proceso == bindparam("b_process"))
    .order_by(DefinicionProceso.version.desc())
    .limit(1)
)


def _forget(session: Session, case: Case) -> None:
    """Rows written past the ORM: whoever holds them as objects reads them again."""
    for item in list(session.identity_map.values()):
        of_case = (
            item.instancia_id if isinstance(item, Tarea) else item.id if isinstance(item, Instancia) else None
        )
        if of_case == case.id:
            session.expire(item)
