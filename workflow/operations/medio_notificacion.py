"""By which medium a document is served: Buzón, estrados, edictos (procesos §11; CFF 134, 139, 140; LSS 286 M)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from models.notificacion import EstadoNotificacion, MedioNotificacion, TipoDiligencia
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import limite, papel_notificacion, reserva
from workflow.operations._fechado import inhabiles
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.notificacion import (
    SIN_CONTACTO,
    asentar,
    de_la_llamada,
    esperar,
    sujeto_de,
)
from workflow.rules.calendario import Calendario, fecha_larga
from workflow.rules.errores import ReglaError
from workflow.rules.notificacion import BUZON, ESTRADOS, VIAS, por_edictos
from workflow.rules.plazos import UN_DIA

M, N, T = MedioNotificacion, EstadoNotificacion, TipoDiligencia
# The start of a visit is never served by publication (CFF 44, 46-A-III): the visit is begun where she is found.
NUNCA_POR_ESTRADOS = frozenset({"orden_visita"})
PROCEDE_NO_LOCALIZADO = (N.CITATORIO, N.EN_BUSQUEDA)


@operation("elegir_medio")
def elegir_medio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The medium that the order names; in person where it names none (LSS 286 M: the Buzón is one more)."""
    fila = de_la_llamada(ctx, call)
    fila.medio = fila.medio or M.PERSONAL
    fila.pasar_a(N.EN_PRACTICA)
    anotar(ctx, "elegir_medio", sujeto_de(fila), notificacion_id=fila.id, medio=fila.medio.value)
    return {"medio": fila.medio.value}


@operation("depositar_buzon")
def depositar_buzon(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Put it in the Buzón and send the aviso; without a valid contact the law allows estrados (LSS 286 M)."""
    fila = de_la_llamada(ctx, call)
    contacto = fila.causa_estrados != SIN_CONTACTO
    asentar(ctx, fila, T.DEPOSITO, ctx.now, "depositado" if contacto else "sin_contacto")
    if not contacto:
        return {"buzon": "sin_contacto"}
    fila.pasar_a(N.EN_BUZON)
    esperar(ctx, fila, BUZON)
    return {"buzon": "depositado"}


@operation("acordar_estrados")
def acordar_estrados(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Publish it in estrados with its ground, or say that this document may not be published (CFF 139)."""
    fila, form = de_la_llamada(ctx, call), call.form
    g_territorio(ctx, fila.subdelegacion_id)
    reserva.cuidar_expediente(ctx, fila.expediente_id, {"motivo": form.get("motivo")})
    estrados = str(form["estrados"])
    if estrados == "publicar":
        if fila.documento.tipo in NUNCA_POR_ESTRADOS:
            raise DatoInvalido(
                "El inicio de una visita no se notifica por estrados (artículo 44 del CFF).",
                {"estrados": "Elige «No procede para este documento»."},
            )
        fila.medio, fila.causa_estrados = M.ESTRADOS, str(form["causa"])
        emitir(
            ctx, sujeto_de(fila), papel_notificacion.acuerdo_estrados(ctx, fila, form), firmas=[form["firma"]]
        )
    elif not fila.admite_no_localizado or fila.estado not in PROCEDE_NO_LOCALIZADO:
        raise DatoInvalido(
            "Este documento sí se publica en estrados: no puede quedar sin notificar.",
            {"estrados": "Elige «Sí, se publica» y su causa."},
        )
    anotar(ctx, "acordar_estrados", sujeto_de(fila), notificacion_id=fila.id, estrados=estrados)
    return {"estrados": estrados}


@operation("publicar_estrados")
def publicar_estrados(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Published from today, or from the next día hábil: its days begin to count (CFF 139)."""
    fila = de_la_llamada(ctx, call)
    publicado = Calendario(inhabiles(ctx, fila.subdelegacion_id)).habil_desde(ctx.hoy)
    asentar(ctx, fila, T.PUBLICACION, ctx.now, "estrados", {"fecha": publicado.isoformat()})
    fila.pasar_a(N.EN_ESTRADOS)
    esperar(ctx, fila, ESTRADOS, desde=publicado)
    return {}


@operation("publicar_edictos")
def publicar_edictos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The days on which the edict is published and where (CFF 140).

    Raises DatoInvalido for other days than those of the law, for one written twice, before the order or after what
    is served would end.
    """
    fila, form = de_la_llamada(ctx, call), call.form
    g_territorio(ctx, fila.subdelegacion_id)
    via = str(form["via"])
    fechas = sorted(_sin_repetir([dt.date.fromisoformat(str(una["fecha"])) for una in form["fechas"]]))
    if fechas[0] < fila.ordenada_en.astimezone(ctx.servicios.zona).date():
        raise DatoInvalido(
            "El edicto no pudo publicarse antes de ordenar la notificación.",
            {"fechas": "Escribe fechas posteriores a la orden."},
        )
    limite.exigir(ctx, sujeto_de(fila), [("fechas", fechas[-1])])
    try:
        resultado = por_edictos(via, fechas, inhabiles(ctx, fila.subdelegacion_id))
    except ReglaError as error:
        raise DatoInvalido(error.mensaje, {"fechas": error.mensaje}) from error
    documento = emitir(ctx, sujeto_de(fila), papel_notificacion.edicto(ctx, fila, via, fechas))
    datos = {
        "via": via,
        "fechas": [dia.isoformat() for dia in fechas],
        "documento_id": documento.id,
        "ultima": fecha_larga(resultado.fecha),
    }
    asentar(ctx, fila, T.PUBLICACION, ctx.now, "edictos", datos)
    fila.medio = M.EDICTOS
    fila.pasar_a(N.EN_EDICTOS)
    # The first day of publication is day 1: the term counts from its eve.
    esperar(ctx, fila, VIAS[via], desde=fechas[0] - UN_DIA)
    return {"via": via}


def _sin_repetir(fechas: list[dt.date]) -> list[dt.date]:
    """The days as written. Raises DatoInvalido on the row of one that another row has."""
    for lugar, dia in enumerate(fechas):
        if dia in fechas[:lugar]:
            raise DatoInvalido(
                f"El {fecha_larga(dia)} está en dos renglones: cada publicación se escribe una vez.",
                {f"fechas.{lugar}.fecha": "Quita el renglón repetido, o corrige su fecha."},
            )
    return fechas


@operation("asentar_no_localizado")
def asentar_no_localizado(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Nobody could be served, and this document may end so: the caller decides what follows."""
    fila = de_la_llamada(ctx, call)
    fila.pasar_a(N.NO_LOCALIZADO)
    anotar(ctx, "asentar_no_localizado", sujeto_de(fila), notificacion_id=fila.id)
    return {"resultado_notificacion": "no_localizado"}
