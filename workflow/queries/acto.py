"""The file of an act: its orders, actas, requests, facts and services, and the credits that it yielded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from models.acta import Acta, HechoObservado, ResultadoHecho
from models.acto import Acto
from models.credito import Credito, EstadoCredito
from models.documento import Documento
from models.notificacion import EstadoNotificacion, Notificacion
from models.orden import EstadoOrden, Orden
from models.organizacion import Usuario
from models.requerimiento import EstadoRequerimiento, Requerimiento
from workflow.context import Ctx
from workflow.operations import nomina
from workflow.operations.sujeto import Sujeto

# Tone of the tag of a state; those not listed are grey.
TONOS = {
    EstadoOrden.FIRMADA: "verde",
    EstadoOrden.DEVUELTA: "oro",
    EstadoRequerimiento.COMPLETO: "verde",
    EstadoRequerimiento.NOTIFICADO: "guinda",
    EstadoRequerimiento.PARCIAL: "oro",
    EstadoRequerimiento.INCUMPLIDO: "oro",
    ResultadoHecho.SUBSISTE: "guinda",
    ResultadoHecho.DESVIRTUADO: "verde",
    ResultadoHecho.CORREGIDO: "verde",
    EstadoNotificacion.NOTIFICADA: "verde",
    EstadoNotificacion.ANULADA: "oro",
    EstadoNotificacion.NO_LOCALIZADO: "oro",
}


@dataclass(frozen=True)
class VistaActo:
    """Everything of an act that its page lists, oldest first. Actas come with their auditor."""

    ordenes: Sequence[Orden]
    actas: Sequence[tuple[Acta, str]]
    requerimientos: Sequence[Requerimiento]
    hechos: Sequence[HechoObservado]
    notificaciones: Sequence[tuple[Notificacion, str]]
    renglones: int
    personas: int
    # Credits that the act opened, and those whose computation has not ended.
    creditos: int
    por_calcular: int


def de(ctx: Ctx, acto: Acto, sujeto: Sujeto) -> VistaActo:
    """The file of the act, for who opened it. Seven queries, however long it is."""
    s = ctx.session
    actas = (
        select(Acta, Usuario.nombre)
        .outerjoin(Usuario, Usuario.id == Acta.auditor_id)
        .where(Acta.acto_id == acto.id)
        .order_by(Acta.numero)
    )
    renglones, personas = nomina.cuantos(ctx, acto.id)
    sin_calcular = case((Credito.estado == EstadoCredito.POR_DETERMINAR, 1))
    creditos, por_calcular = s.execute(
        select(func.count(), func.count(sin_calcular)).where(Credito.acto_id == acto.id)
    ).one()
    return VistaActo(
        s.scalars(select(Orden).where(Orden.acto_id == acto.id).order_by(Orden.version)).all(),
        [(acta, nombre or "") for acta, nombre in s.execute(actas)],
        s.scalars(
            select(Requerimiento).where(Requerimiento.acto_id == acto.id).order_by(Requerimiento.numero)
        ).all(),
        s.scalars(
            select(HechoObservado).where(HechoObservado.acto_id == acto.id).order_by(HechoObservado.numero)
        ).all(),
        notificaciones(ctx, sujeto),
        renglones,
        personas,
        creditos,
        por_calcular,
    )


def notificaciones(ctx: Ctx, sujeto: Sujeto) -> list[tuple[Notificacion, str]]:
    """What was served in a case, with the title of each document, oldest first. One query."""
    consulta = (
        select(Notificacion, Documento.titulo)
        .join(Documento, Documento.id == Notificacion.documento_id)
        .where(Notificacion.sujeto_tipo == sujeto.tipo, Notificacion.sujeto_id == sujeto.id)
        .order_by(Notificacion.id)
    )
    return [(fila, titulo) for fila, titulo in ctx.session.execute(consulta)]
