"""Separation of duties (procesos §1.7) of the processes of denuncia, proposal, session and vote.

Asked at claim, completion and vote. A substitute inherits the exclusions of whom she stands for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from models.comite import Asiento, Asistencia, Asunto, Excusa, MotivoExcusa
from models.denuncia import Denuncia
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.errors import NoPermitido
from workflow.operations import _deberes_acto, _deberes_credito, _deberes_pae

Regla = Callable[[Ctx, Any, frozenset[int]], None]

ANALISIS = ("analizar_denuncia",)
EXCUSADA = "Declaraste una excusa en este asunto: ya no puedes conocer de él."


def comprobar(ctx: Ctx, tarea: Any) -> None:
    """Refuse the actor when what she did before, or an excusa, keeps her from `tarea`.

    `tarea` is a row of Tarea or anything with its fields. Raises NoPermitido.
    """
    personas = ctx.actor.suplencias | ({ctx.actor.usuario_id} if ctx.actor.usuario_id is not None else set())
    if not personas:
        return
    for regla in REGLAS.get(tarea.operacion, ()):
        regla(ctx, tarea, frozenset(personas))


def quien_analizo_no_revisa(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Who analysed the denuncia does not review the negative opinion."""
    if _hizo(
        ctx, personas, Tarea.sujeto_tipo == "denuncia", Tarea.sujeto_id == tarea.sujeto_id, nodos=ANALISIS
    ):
        raise NoPermitido("Analizaste esta denuncia: otra persona debe revisar el dictamen.")


def quien_analizo_no_vota(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Who analysed a denuncia of the proposal does not vote it."""
    propuesta_id = ctx.session.scalar(select(Asunto.propuesta_id).where(Asunto.id == tarea.sujeto_id))
    if propuesta_id is not None and personas & analistas_de(ctx, propuesta_id):
        raise NoPermitido("Analizaste una denuncia de esta propuesta: declara tu excusa y no votes.")


def excusada_no_conoce(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """A declared conflict keeps the seat, and whoever sits in it, from the matter from then on."""
    if _excusada(ctx, personas, Excusa.asunto_id == tarea.sujeto_id):
        raise NoPermitido(EXCUSADA)


def excusada_no_abre(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """And from the proposal and its denuncias: a conflict with the parties does not end with the session.

    Who is out only because she analysed it goes on with her own work.
    """
    propuesta_id = tarea.sujeto_id
    if tarea.sujeto_tipo == "denuncia":
        propuesta_id = select(Denuncia.propuesta_id).where(Denuncia.id == tarea.sujeto_id).scalar_subquery()
    conflicto = Excusa.motivo != MotivoExcusa.PARTICIPO_EN_ANALISIS
    if _excusada(ctx, personas, Asunto.propuesta_id == propuesta_id, conflicto):
        raise NoPermitido(EXCUSADA)


def analistas_de(ctx: Ctx, propuesta_id: int) -> frozenset[int]:
    """Who analysed a denuncia of the proposal, or has it to analyse."""
    denuncias = select(Denuncia.id).where(Denuncia.propuesta_id == propuesta_id)
    hechas = select(Tarea.hecha_por).where(
        Tarea.sujeto_tipo == "denuncia",
        Tarea.sujeto_id.in_(denuncias),
        Tarea.nodo.in_(ANALISIS),
        Tarea.estado == EstadoTarea.HECHA,
    )
    asignados = select(Denuncia.analista_id).where(Denuncia.propuesta_id == propuesta_id)
    return frozenset(
        quien
        for quien in (*ctx.session.scalars(hechas), *ctx.session.scalars(asignados))
        if quien is not None
    )


def excusadas_de(ctx: Ctx, propuesta_id: int) -> frozenset[int]:
    """Who declared a conflict in an earlier matter of the proposal: sitting in the seat, or its holder."""
    filas = ctx.session.execute(
        _excusas()
        .with_only_columns(Asistencia.usuario_id, Asiento.usuario_id)
        .where(Asunto.propuesta_id == propuesta_id, Excusa.motivo != MotivoExcusa.PARTICIPO_EN_ANALISIS)
    )
    return frozenset(quien for fila in filas for quien in fila if quien is not None)


def _excusas() -> Select[Any]:
    return (
        select(Excusa.id)
        .join(Asunto, Asunto.id == Excusa.asunto_id)
        .join(Asiento, Asiento.id == Excusa.asiento_id)
        .outerjoin(
            Asistencia,
            (Asistencia.sesion_id == Asunto.sesion_id) & (Asistencia.asiento_id == Excusa.asiento_id),
        )
    )


def _excusada(ctx: Ctx, personas: frozenset[int], *donde: ColumnElement[bool]) -> bool:
    suya = Asistencia.usuario_id.in_(personas) | Asiento.usuario_id.in_(personas)
    return bool(ctx.session.scalar(select(exists(_excusas().where(*donde, suya)))))


def _hizo(ctx: Ctx, personas: frozenset[int], *donde: ColumnElement[bool], nodos: tuple[str, ...]) -> bool:
    hecha = select(Tarea.id).where(
        *donde, Tarea.nodo.in_(nodos), Tarea.estado == EstadoTarea.HECHA, Tarea.hecha_por.in_(personas)
    )
    return bool(ctx.session.scalar(select(exists(hecha))))


# By operation of the task that is asked for. Rules on who may be named (an auditor who is the analyst)
# belong to the operation that names her.
REGLAS: dict[str, tuple[Regla, ...]] = {
    "revisar_dictamen": (quien_analizo_no_revisa,),
    "emitir_voto": (quien_analizo_no_vota, excusada_no_conoce),
    "confirmar_acuerdo": (excusada_no_conoce,),
    "formular_acuerdo": (excusada_no_conoce,),
    "fijar_mocion": (excusada_no_conoce,),
    "fijar_asistencia": (excusada_no_conoce,),
    "completar_ficha": (excusada_no_abre,),
    "validar_propuesta": (excusada_no_abre,),
    "completar_informacion": (excusada_no_abre,),
    "programar_acto": (excusada_no_abre,),
    "resolver_rechazo": (excusada_no_abre,),
    **_deberes_acto.REGLAS,
    **_deberes_credito.REGLAS,
    **_deberes_pae.REGLAS,
}
