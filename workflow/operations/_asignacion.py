"""Who gets a task when it appears. None: it waits in the inbox of its role and unit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, or_, select

from models.acto import Acto
from models.comite import Asiento, Asistencia, Asunto, Cargo, Excusa, Sesion
from models.denuncia import Denuncia
from models.organizacion import Usuario
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.engine.projection import Assignee as Responsable
from workflow.operations import _deberes

_CARGOS = {
    "presidente_comite": Cargo.PRESIDENCIA,
    "secretario_comite": Cargo.SECRETARIA,
    "vocal": Cargo.VOCALIA,
}
_T: Any = Tarea.__table__
_U: Any = Usuario.__table__
_ANALISTA = select(Denuncia.analista_id).where(Denuncia.id == bindparam("b_id"))
_ANTES = (
    select(_T.c.hecha_por)
    .join(_U, _U.c.id == _T.c.hecha_por)
    .where(
        # Not to somebody of the unit that the case has left.
        _U.c.subdelegacion_id == bindparam("b_unidad"),
        _U.c.activo,
        _T.c.instancia_id == bindparam("b_caso"),
        _T.c.nodo == bindparam("b_nodo"),
        _T.c.estado == EstadoTarea.HECHA,
    )
    .order_by(_T.c.hecha_en.desc(), _T.c.id.desc())
    .limit(1)
)


def responsable(ctx: Ctx, instancia: Any, rol: str, nodo: str, item: Any | None) -> Responsable | None:
    """The person that a new task belongs to.

    A seat of the committee (item of a multi-instance) is reserved to whoever sits in it at that session;
    the presidency and the secretariat to their seats; the analyst's tasks to the analyst of the
    denuncia; those of the auditor to the first visitador of the act; a task that comes back to who did
    it before.
    """
    if rol in _CARGOS:
        usuario = _asiento(ctx, instancia, rol, item)
        return Responsable(usuario, reserved=item is not None) if usuario is not None else None
    if rol == "analista_auditoria" and instancia.sujeto_tipo == "denuncia":
        analista = _uno(ctx, _ANALISTA, b_id=instancia.sujeto_id)
        return Responsable(analista) if analista is not None else None
    if rol == "auditor" and instancia.sujeto_tipo == "acto":
        auditor = _del_grupo(ctx, instancia.sujeto_id)
        return Responsable(auditor) if auditor is not None else None
    antes = _uno(ctx, _ANTES, b_caso=instancia.id, b_nodo=nodo, b_unidad=instancia.subdelegacion_id)
    if antes is None or (instancia.sujeto_tipo == "propuesta" and _excusada(ctx, instancia.sujeto_id, antes)):
        return None
    return Responsable(antes)


def _del_grupo(ctx: Ctx, acto_id: int) -> int | None:
    """Whoever was named first to carry out the act."""
    auditores = ctx.session.scalar(select(Acto.auditores).where(Acto.id == acto_id))
    return int(auditores[0]) if auditores else None


def _excusada(ctx: Ctx, propuesta_id: int, usuario_id: int) -> bool:
    """She declared a conflict since: what she did before does not come back to her."""
    return usuario_id in _deberes.excusadas_de(ctx, propuesta_id)


def _sin_excusa(consulta: Any, condicion: ColumnElement[bool]) -> Any:
    excusada = exists().where(Excusa.asunto_id == Asunto.id, Excusa.asiento_id == Asiento.id)
    suplir = and_(Asistencia.presente, Asiento.con_voto)
    return (
        consulta.where(or_(condicion, suplir), ~excusada)
        .order_by(None)
        .order_by(case((condicion, 0), else_=1), Asiento.orden)
    )


def _uno(ctx: Ctx, consulta: Select[Any], **valores: Any) -> int | None:
    found: int | None = ctx.session.connection().execute(consulta, valores).scalar()
    return found


def _asiento(ctx: Ctx, instancia: Any, rol: str, item: Any | None) -> int | None:
    """The holder of the seat, or the substitute that the session's list of attendance names.

    Who declared a conflict in the matter knows nothing more of it: another seat present takes her part.
    """
    if item is not None:
        condicion: ColumnElement[bool] = Asiento.id == int(item)
    elif rol == "vocal":
        return None
    else:
        condicion = Asiento.cargo == _CARGOS[rol]
        if rol == "presidente_comite":
            # Whoever presides the session; before it, the holder of the presidency.
            condicion = or_(Asiento.id == Sesion.preside_id, and_(Sesion.preside_id.is_(None), condicion))
    consulta = (
        select(Asistencia.usuario_id, Asiento.usuario_id)
        .select_from(Asiento)
        .join(Sesion, Sesion.comite_id == Asiento.comite_id)
        .outerjoin(Asistencia, (Asistencia.sesion_id == Sesion.id) & (Asistencia.asiento_id == Asiento.id))
        .order_by(Asiento.orden)
        .limit(1)
    )
    if instancia.sujeto_tipo != "asunto" or item is not None:
        consulta = consulta.where(condicion)
    if instancia.sujeto_tipo == "asunto":
        consulta = consulta.join(Asunto, Asunto.sesion_id == Sesion.id).where(
            Asunto.id == instancia.sujeto_id
        )
        if item is None:
            consulta = _sin_excusa(consulta, condicion)
    elif instancia.sujeto_tipo == "sesion":
        consulta = consulta.where(Sesion.id == instancia.sujeto_id)
    else:
        return None
    fila: Any = ctx.session.connection().execute(consulta).one_or_none()
    if fila is None:
        return None
    presente, titular = fila
    usuario: int = titular if presente is None else presente
    return usuario
