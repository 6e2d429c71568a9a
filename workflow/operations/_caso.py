"""The noun of a case in one query: file, unit, folio, title for the inbox, priority, pause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, literal, select

from models.acto import Acto
from models.comite import Asunto, Comite, Sesion
from models.credito import Credito
from models.denuncia import Denuncia, Prioridad
from models.expediente import Expediente
from models.pae import Pae
from models.patron import Patron
from models.plazo import Suspension
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.engine.direct import Direct
from workflow.engine.projection import Subject
from workflow.errors import NoEncontrado

NORMAL, ALTA, URGENTE = 0, 1, 2
# A key of correlation → the noun that it names.
SUJETOS = {
    "denuncia_id": "denuncia",
    "propuesta_id": "propuesta",
    "sesion_id": "sesion",
    "asunto_id": "asunto",
    "acto_id": "acto",
    "credito_id": "credito",
    "pae_id": "pae",
}


@dataclass(frozen=True, slots=True)
class Referencia:
    """A noun by reference: what `Store.start` and the ledger ask for."""

    tipo: str
    id: int
    expediente_id: int
    subdelegacion_id: int
    folio: str


def _pausa(tipo: str, sujeto_id: Any) -> ColumnElement[bool]:
    return exists().where(
        Suspension.sujeto_tipo == tipo,
        Suspension.sujeto_id == sujeto_id,
        Suspension.desde <= bindparam("b_hoy"),
        # Lifted means lifted: the last day of the pause moves terms, it does not hold tasks.
        Suspension.hasta.is_(None),
        # Where only the terms stop the work goes on.
        Suspension.detiene_tareas,
    )


def _de(modelo: Any, prioridad: Any, titulo: Any = Patron.nombre) -> Select[Any]:
    """A noun that has its own file, unit and folio."""
    return (
        select(
            modelo.expediente_id,
            modelo.subdelegacion_id,
            modelo.folio,
            titulo,
            prioridad,
            _pausa(modelo.__tablename__, modelo.id),
        )
        .select_from(modelo)
        .join(Expediente, Expediente.id == modelo.expediente_id)
        .outerjoin(Patron, Patron.id == Expediente.patron_id)
        .where(modelo.id == bindparam("b_id"))
    )


_PRIORIDAD = case(
    (Denuncia.prioridad == Prioridad.URGENTE, URGENTE),
    (Denuncia.prioridad == Prioridad.ALTA, ALTA),
    else_=NORMAL,
)
_SELECT: dict[str, Select[Any]] = {
    "denuncia": _de(Denuncia, _PRIORIDAD),
    "propuesta": _de(Propuesta, case((Propuesta.urgente, URGENTE), else_=NORMAL)),
    "acto": _de(Acto, literal(NORMAL)),
    "credito": _de(Credito, literal(NORMAL)),
    "pae": _de(Pae, literal(NORMAL)),
    "sesion": _de(Sesion, literal(NORMAL), Comite.nombre).join(Comite, Comite.id == Sesion.comite_id),
    # A matter lives in the file of its session and is called by its proposal.
    "asunto": (
        select(
            Sesion.expediente_id,
            Sesion.subdelegacion_id,
            Propuesta.folio,
            Patron.nombre,
            case((Propuesta.urgente, URGENTE), else_=NORMAL),
            _pausa("asunto", Asunto.id),
        )
        .select_from(Asunto)
        .join(Sesion, Sesion.id == Asunto.sesion_id)
        .join(Propuesta, Propuesta.id == Asunto.propuesta_id)
        .join(Patron, Patron.id == Propuesta.patron_id)
        .where(Asunto.id == bindparam("b_id"))
    ),
}
_CONSULTAS = {tipo: Direct(consulta) for tipo, consulta in _SELECT.items()}


def leer(ctx: Ctx, tipo: str, sujeto_id: int) -> Subject:
    """How the noun stands now. Raises NoEncontrado when there is none."""
    consulta = _CONSULTAS.get(tipo)
    if consulta is None:
        raise NoEncontrado(f"No se conoce el sustantivo «{tipo}».")
    fila = consulta.one(ctx.session.connection(), {"b_id": sujeto_id, "b_hoy": ctx.hoy})
    if fila is None:
        raise NoEncontrado()
    expediente, unidad, folio, titulo, prioridad, pausa = fila
    return Subject(expediente, unidad, folio, titulo or folio, int(prioridad), bool(pausa))


def referencia(ctx: Ctx, tipo: str, sujeto_id: int) -> Referencia:
    """The noun as `Store.start` wants it."""
    s = leer(ctx, tipo, sujeto_id)
    return Referencia(tipo, sujeto_id, s.expediente_id, s.subdelegacion_id, s.folio)
