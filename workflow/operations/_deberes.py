"""Separation of duties (procesos §1.7) of the processes of denuncia, proposal, session and vote.

Asked at claim, completion and vote. A substitute inherits the exclusions of whom she stands for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from models.comite import Asiento, Asistencia, Asunto, Excusa
from models.denuncia import Denuncia
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.errors import NoPermitido

Regla = Callable[[Ctx, Any, frozenset[int]], None]

ANALISIS = ("analizar_denuncia",)


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
    denuncias = (
        select(Denuncia.id)
        .join(Asunto, Asunto.propuesta_id == Denuncia.propuesta_id)
        .where(Asunto.id == tarea.sujeto_id)
    )
    if _hizo(ctx, personas, Tarea.sujeto_tipo == "denuncia", Tarea.sujeto_id.in_(denuncias), nodos=ANALISIS):
        raise NoPermitido("Analizaste una denuncia de esta propuesta: declara tu excusa y no votes.")


def excusada_no_conoce(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """A declared conflict keeps the seat, and whoever sits in it, from the matter from then on."""
    excusada = (
        select(Excusa.id)
        .join(Asunto, Asunto.id == Excusa.asunto_id)
        .join(Asiento, Asiento.id == Excusa.asiento_id)
        .outerjoin(
            Asistencia,
            (Asistencia.sesion_id == Asunto.sesion_id) & (Asistencia.asiento_id == Excusa.asiento_id),
        )
        .where(
            Excusa.asunto_id == tarea.sujeto_id,
            Asistencia.usuario_id.in_(personas) | Asiento.usuario_id.in_(personas),
        )
    )
    if ctx.session.scalar(select(exists(excusada))):
        raise NoPermitido("Declaraste una excusa en este asunto: ya no puedes conocer de él.")


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
}
