"""A document was served: its legal day, its constancia, the clocks that it closes and starts (CFF 134-140)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from models.notificacion import EstadoNotificacion, Notificacion, TipoDiligencia
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, horario, papel_notificacion, plazo
from workflow.operations._fechado import inhabiles
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.notificacion import (
    PRESCRIPCION,
    de_la_llamada,
    dejar_de_esperar,
    esperar,
    motivo_de,
    sujeto_de,
    sujetos_de_cobro,
    ultima,
)
from workflow.rules import notificacion as reglas
from workflow.rules.notificacion import BUZON, ESTRADOS, SURTE, VIAS, ResultadoNotificacion

N, T = EstadoNotificacion, TipoDiligencia


@operation("levantar_constancia")
def levantar_constancia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Its date by the rule of its medium; what it had to meet is met by that date; the effects are awaited."""
    fila = de_la_llamada(ctx, call)
    sujeto, resultado = sujeto_de(fila), fechar(ctx, fila)
    fila.fecha, fila.surte_efectos = resultado.fecha, resultado.surte_efectos
    fila.constancia_id = emitir(ctx, sujeto, papel_notificacion.constancia(ctx, fila, resultado)).id
    fila.pasar_a(N.PRACTICADA)
    dejar_de_esperar(ctx, fila, BUZON, ESTRADOS, *VIAS.values(), al=resultado.fecha)
    if fila.cierra_plazo:
        plazo.cerrar(ctx, sujeto, fila.cierra_plazo, al=resultado.fecha)
    esperar(ctx, fila, SURTE, desde=resultado.fecha)
    pidio = [fila.documento.emitido_por] if fila.documento.emitido_por else []
    aviso.avisar(ctx, pidio, "Ya hay constancia de una notificación", fila.folio, f"constancia:{fila.id}")
    anotar(ctx, "levantar_constancia", sujeto, notificacion_id=fila.id, fecha=resultado.fecha.isoformat())
    return {}


@operation("declarar_notificada")
def declarar_notificada(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """It takes effect. A notified collection act restarts the prescription that runs (LSS 298; CFF 146)."""
    fila = de_la_llamada(ctx, call)
    fila.pasar_a(N.NOTIFICADA)
    dejar_de_esperar(ctx, fila, SURTE)
    if fila.interrumpe_prescripcion and fila.fecha is not None:
        for sujeto in sujetos_de_cobro(ctx, fila):
            corre = plazo.abiertos(ctx, sujeto).get(PRESCRIPCION)
            if corre is not None and corre.desde < fila.fecha:
                plazo.abrir(ctx, sujeto, PRESCRIPCION, desde=fila.fecha, motivo=motivo_de(fila))
    anotar(ctx, "declarar_notificada", sujeto_de(fila), notificacion_id=fila.id)
    return {"resultado_notificacion": "notificada"}


def fechar(ctx: Ctx, fila: Notificacion) -> ResultadoNotificacion:
    """The legal day by what was done. Raises DatoInvalido where nothing was."""
    dias = inhabiles(ctx, fila.subdelegacion_id)
    if fila.estado is N.EN_BUZON and (deposito := ultima(fila, T.DEPOSITO)) is not None:
        apertura = ultima(fila, T.APERTURA)
        abierto = _dia(ctx, fila, apertura.fecha_hora) if apertura is not None else None
        return reglas.por_buzon(_dia(ctx, fila, deposito.fecha_hora), abierto, dias)
    publicacion = ultima(fila, T.PUBLICACION)
    if fila.estado is N.EN_ESTRADOS and publicacion is not None:
        return reglas.por_estrados(dt.date.fromisoformat(publicacion.datos["fecha"]), dias)
    if fila.estado is N.EN_EDICTOS and publicacion is not None:
        fechas = [dt.date.fromisoformat(dia) for dia in publicacion.datos["fechas"]]
        return reglas.por_edictos(publicacion.datos["via"], fechas, dias)
    entrega = ultima(fila, T.VISITA, T.CITA)
    if entrega is None:
        raise DatoInvalido("Falta la diligencia con la que se notificó.")
    return reglas.por_entrega(_dia(ctx, fila, entrega.fecha_hora), dias)


def _dia(ctx: Ctx, fila: Notificacion, instante: dt.datetime) -> dt.date:
    return horario.local(ctx, fila.subdelegacion_id, instante).date()
