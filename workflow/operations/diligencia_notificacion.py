"""What the notificador does in the field to serve a document (procesos §11; CFF 13, 134-137)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.notificacion import (
    DiligenciaNotificacion,
    EstadoNotificacion,
    Notificacion,
    TipoDiligencia,
)
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import fotografia, horario, papel_notificacion, reserva
from workflow.operations._fechado import inhabiles
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.notificacion import (
    asentar,
    de_la_llamada,
    dejar_de_esperar,
    esperar,
    sujeto_de,
    ultima,
)
from workflow.rules.calendario import fecha_larga
from workflow.rules.notificacion import CITATORIO, dia_de_cita

N, T = EstadoNotificacion, TipoDiligencia
ENTREGADAS = frozenset({"recibida", "se_niega"})
ATENDIO = {
    "con_interesado": "alguien",
    "con_presente": "alguien",
    "con_vecino": "alguien",
    "nadie": "nadie",
    "no_localizado": "no_localizado",
}
# What is written and others will read.
TEXTOS = (
    "cercioramiento",
    "negativa",
    "habilitacion",
    "objeto",
    "con_quien",
    "acta",
    "quien_recibe",
    "relacion",
)


@operation("practicar_diligencia")
def practicar_diligencia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Go to the domicile (or receive at the office) and say what happened; hours of CFF 13 first."""
    fila, form = _suya(ctx, call)
    cuando = horario.exigir(ctx, fila.subdelegacion_id, str(form["fecha_hora"]), form.get("habilitacion"))
    horario.ya_ocurrido(ctx, cuando)
    _despues_de_ordenada(fila, cuando)
    diligencia = str(form["diligencia"])
    if diligencia == "recibida":
        _firma_o_negativa(form)
    _hacer(ctx, fila, T.VISITA, cuando, diligencia, form)
    if diligencia == "no_localizado":
        fila.pasar_a(N.EN_BUSQUEDA)
    return {"diligencia": diligencia}


@operation("dejar_citatorio")
def dejar_citatorio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Ask to wait at an hour hábil of the next día hábil (CFF 137); the clock of that hour begins."""
    fila, form = _suya(ctx, call)
    antes = ultima(fila, T.VISITA)
    if antes is None:
        raise DatoInvalido("Antes del citatorio debe haber una diligencia en el domicilio.")
    cita = horario.exigir(
        ctx, fila.subdelegacion_id, str(form["hora_cita"]), campo="hora_cita", habilitable=False
    )
    dejado = horario.dejado(ctx, fila.subdelegacion_id, form.get("dejado"), antes.fecha_hora)
    toca = dia_de_cita(dejado.date(), inhabiles(ctx, fila.subdelegacion_id))
    if cita.date() != toca:
        raise DatoInvalido(
            f"La cita debe ser el día hábil siguiente: {fecha_larga(toca)} (artículo 137 del CFF).",
            {"hora_cita": f"Escribe una hora del {fecha_larga(toca)}."},
        )
    if cita <= ctx.now:
        raise DatoInvalido(
            "La hora de la cita ya pasó: el citatorio se deja antes.",
            {"hora_cita": "Escribe una hora que no haya pasado."},
        )
    papel = papel_notificacion.citatorio(ctx, fila, form, dejado, cita)
    documento = emitir(ctx, sujeto_de(fila), papel)
    datos = {"cita": cita.isoformat(), "documento_id": documento.id}
    _hacer(ctx, fila, T.CITATORIO, dejado, "citatorio", form, datos, persona=str(form["con_quien"]))
    fila.pasar_a(N.CITATORIO)
    esperar(ctx, fila, CITATORIO, instante=cita)
    return {}


@operation("acudir_citatorio")
def acudir_citatorio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Back at the hour of the citatorio: with whom it was practised, or that nobody attended."""
    fila, form = _suya(ctx, call)
    citatorio = ultima(fila, T.CITATORIO)
    if citatorio is None:
        raise DatoInvalido("Falta el citatorio de esta notificación.")
    atendio = ATENDIO[str(form["cita"])]
    if atendio == "alguien":
        _firma_o_negativa(form)
    cuando = dt.datetime.fromisoformat(citatorio.datos["cita"])
    _hacer(ctx, fila, T.CITA, cuando, str(form["cita"]), form)
    dejar_de_esperar(ctx, fila, CITATORIO)
    if atendio == "no_localizado":
        fila.pasar_a(N.EN_BUSQUEDA)
    return {"cita": str(form["cita"]), "atendio": atendio}


@operation("agotar_busqueda")
def agotar_busqueda(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Where the addressee was looked for; with another domicile the diligencia is practised there."""
    fila, form = _suya(ctx, call)
    busqueda = str(form["busqueda"])
    domicilio = _en_linea(form["domicilio"]) if busqueda == "nuevo_domicilio" else ""
    documento = emitir(ctx, sujeto_de(fila), papel_notificacion.razon_busqueda(ctx, fila, form, domicilio))
    datos = {"fuentes": form["fuentes"], "documento_id": documento.id, "domicilio": domicilio}
    _hacer(ctx, fila, T.BUSQUEDA, ctx.now, busqueda, form, datos)
    if domicilio:
        fila.domicilio = domicilio[:300]
        fila.codigo_postal = str(form["domicilio"]["cp"])
        fila.pasar_a(N.EN_PRACTICA)
    return {"busqueda": busqueda}


def _suya(ctx: Ctx, call: Call) -> tuple[Notificacion, Mapping[str, Any]]:
    """The notificacion, of a unit in which the person may act, and texts that do not tell who denounced."""
    fila = de_la_llamada(ctx, call)
    g_territorio(ctx, fila.subdelegacion_id)
    reserva.cuidar_expediente(ctx, fila.expediente_id, {campo: call.form.get(campo) for campo in TEXTOS})
    fila.notificador_id = ctx.actor.usuario_id
    return fila, call.form


def _hacer(
    ctx: Ctx,
    fila: Notificacion,
    tipo: TipoDiligencia,
    cuando: dt.datetime,
    resultado: str,
    form: Mapping[str, Any],
    datos: Mapping[str, Any] | None = None,
    *,
    persona: str = "",
) -> DiligenciaNotificacion:
    detalle = {
        "fotos": fotografia.revisar(ctx, fila.expediente_id, form.get("foto")),
        "ubicacion": form.get("ubicacion"),
        "negativa": form.get("negativa"),
        "firma": form.get("firma"),
        **(datos or {}),
    }
    diligencia = asentar(
        ctx,
        fila,
        tipo,
        cuando,
        resultado,
        {clave: valor for clave, valor in detalle.items() if valor},
        persona=persona or str(form.get("quien_recibe") or ""),
        caracter=str(form.get("caracter") or form.get("relacion") or ""),
        identificacion=str(form.get("identificacion") or ""),
        cercioramiento=str(form.get("cercioramiento") or form.get("acta") or form.get("objeto") or ""),
        habilitacion=str(form.get("habilitacion") or ""),
    )
    anotar(ctx, f"notificacion_{tipo.value}", sujeto_de(fila), notificacion_id=fila.id, resultado=resultado)
    return diligencia


def _despues_de_ordenada(fila: Notificacion, cuando: dt.datetime) -> None:
    # A form tells minutes.
    if cuando < fila.ordenada_en.replace(second=0, microsecond=0):
        raise DatoInvalido(
            "La diligencia no puede ser anterior a la orden de notificar.",
            {"fecha_hora": "Escribe una fecha y hora posteriores a la orden."},
        )


def _firma_o_negativa(form: Mapping[str, Any]) -> None:
    """Who received signs, or it is said that she would not (CFF 137)."""
    if bool(form.get("firma")) == bool(form.get("negativa")):
        raise DatoInvalido(
            "Anota la firma de quien recibió, o que se negó a firmar: una de las dos.",
            {"negativa": "Adjunta la firma o escribe la negativa, no las dos ni ninguna."},
        )


def _en_linea(domicilio: Mapping[str, str]) -> str:
    calle = " ".join(domicilio[parte] for parte in ("calle", "numero") if domicilio.get(parte))
    partes = [calle, domicilio.get("colonia"), domicilio.get("municipio"), domicilio.get("estado")]
    return ", ".join(parte for parte in partes if parte) + f", C.P. {domicilio['cp']}"
