"""The acta: drafted, observed, signed by who attended, and its agreements sent to the files (S1 7.1.2-16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.comite import Acuerdo, Asistencia, Asunto, Cargo, EstadoSesion, Sesion
from models.documento import Documento
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import Conflicto, DatoInvalido, NoPermitido
from workflow.operations import aviso, firma, mensaje, papel_acta, plazo, quorum, reserva
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.asunto import asiento_del, asistencia_de
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sesion import asiento_de, sesion_de
from workflow.operations.sujeto import de_acuerdo, de_propuesta, de_sesion


def asistieron(sesion: Sesion) -> list[Asistencia]:
    """Who attended, also those who left before the end, in the order of the seats."""
    return sorted(
        (a for a in sesion.asistencias if a.llego_en is not None),
        key=lambda a: (a.asiento.orden, a.asiento_id),
    )


@operation("levantar_acta")
def levantar_acta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Close the session and draft its acta; the seats that attended will sign."""
    sesion = sesion_de(ctx, call)
    sesion.terminada_en = ctx.now
    sesion.pasar_a(EstadoSesion.ACTA_EN_FIRMA)
    sesion.acta_id = emitir(ctx, de_sesion(sesion), papel_acta.acta(ctx, sesion)).id
    firmantes = [asistencia.asiento_id for asistencia in asistieron(sesion)]
    anotar(ctx, "levantar_acta", de_sesion(sesion), acta_id=sesion.acta_id, firmantes=firmantes)
    return {"firmantes": firmantes, "firmas": [], "acta_firmada": False}


@operation("revisar_acta")
def revisar_acta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Observations of the members only; the secretary signs and the acta goes out for signature."""
    sesion, form = sesion_de(ctx, call), call.form
    observaciones = list(form.get("observaciones") or [])
    _cuidar(ctx, sesion, {"observaciones": " ".join(str(fila["texto"]) for fila in observaciones)})
    sesion.observaciones = observaciones
    # What goes out for signature, and what each signature seals, already holds the observations.
    sesion.acta_id = emitir(ctx, de_sesion(sesion), papel_acta.acta(ctx, sesion)).id
    secretaria = asiento_de(sesion, Cargo.SECRETARIA)
    asistencia = asistencia_de(sesion, secretaria.id) if secretaria else None
    if asistencia is not None and asistencia.llego_en is not None:
        _firmar(ctx, sesion, asistencia, form["acta"])
    anotar(
        ctx,
        "revisar_acta",
        de_sesion(sesion),
        acta_id=sesion.acta_id,
        observaciones=len(sesion.observaciones),
    )
    # The secretary has just signed: the others follow.
    faltan = [a for a in asistieron(sesion) if a.firmo_en is None]
    personas = [a.usuario_id for a in faltan]
    aviso.avisar(ctx, personas, "Tienes un acta por firmar", sesion.folio, f"acta:{sesion.id}")
    return {"firmantes": [a.asiento_id for a in faltan], "firmas": [], "acta_firmada": False}


@operation("firmar_acta")
def firmar_acta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Sign, or refuse with a reason that is recorded."""
    sesion, form = sesion_de(ctx, call), call.form
    asistencia = asistencia_de(sesion, asiento_del(call))
    if asistencia is None:
        raise NoPermitido("Ese asiento no firma esta acta.")
    negativa = str(form.get("negativa") or "").strip()
    if not form.get("firma") and not negativa:
        raise DatoInvalido(
            "Firma el acta o escribe por qué no la firmas.", {"firma": "Firma, o explica tu negativa abajo."}
        )
    if asistencia.negativa_firma is not None:
        raise Conflicto("Tu negativa a firmar ya quedó asentada.")
    firmo = bool(form.get("firma"))
    if firmo:
        _firmar(ctx, sesion, asistencia, form["firma"])
    else:
        _cuidar(ctx, sesion, {"negativa": negativa})
        asistencia.negativa_firma = negativa[:2000]
    anotar(ctx, "firmar_acta", de_sesion(sesion), asiento_id=asistencia.asiento_id, firmo=firmo)
    return {"firma": asistencia.asiento_id, "acta_firmada": all(_respondio(a) for a in asistieron(sesion))}


def _firmar(ctx: Ctx, sesion: Sesion, asistencia: Asistencia, dada: Mapping[str, Any]) -> None:
    """Sign what the acta says now. Nobody signs for a seat that is not hers, nor outside of her territory."""
    if asistencia.firmo_en is not None:
        return
    if asistencia.usuario_id not in {ctx.actor.usuario_id, *ctx.actor.suplencias}:
        raise NoPermitido("Sólo firma quien ocupó ese asiento en la sesión.")
    g_territorio(ctx, sesion.subdelegacion_id)
    acta = ctx.session.get(Documento, sesion.acta_id) if sesion.acta_id else None
    asistencia.firmo_en, asistencia.firma = ctx.now, firma.del_documento(ctx, acta, dada)


def _cuidar(ctx: Ctx, sesion: Sesion, textos: Mapping[str, Any]) -> None:
    """What the acta will say must not tell who denounced, in any of its matters."""
    for asunto in sesion.asuntos:
        reserva.cuidar_propuesta(ctx, asunto.propuesta_id, textos)


def _respondio(asistencia: Asistencia) -> bool:
    return asistencia.firmo_en is not None or asistencia.negativa_firma is not None


@operation("firma_esencial")
def firma_esencial(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The time to sign ran out: it closes with the president and the secretary, noting who did not sign."""
    sesion, form = sesion_de(ctx, call), call.form
    preside = asistencia_de(sesion, sesion.preside_id) if sesion.preside_id else None
    if preside is None or preside.usuario_id != ctx.actor.usuario_id:
        raise NoPermitido("Sólo quien presidió la sesión puede cerrar el acta con las firmas habidas.")
    _cuidar(ctx, sesion, {"constancia": form["constancia"]})
    _firmar(ctx, sesion, preside, form["firma"])
    secretaria = asiento_de(sesion, Cargo.SECRETARIA)
    firmada = asistencia_de(sesion, secretaria.id) if secretaria else None
    if firmada is None or firmada.firmo_en is None:
        raise DatoInvalido("Falta la firma de la secretaría: sin ella el acta no se puede cerrar.")
    sin_firma = [a.asiento.nombre for a in asistieron(sesion) if a.firmo_en is None]
    sesion.nota_firmas = f"{form['constancia']} No firmaron: {', '.join(sin_firma) or 'nadie'}."
    anotar(ctx, "firma_esencial", de_sesion(sesion), sin_firma=len(sin_firma))
    return {}


@operation("adoptar_acuerdos")
def adoptar_acuerdos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Agreements of the matters voted go to each file, with responsible and date; the session is held."""
    sesion = sesion_de(ctx, call)
    assert call.instance is not None
    plazo.cerrar(ctx, de_sesion(sesion), "acta_firma")
    sesion.pasar_a(EstadoSesion.CELEBRADA)
    acta = emitir(ctx, de_sesion(sesion), papel_acta.acta(ctx, sesion))
    sesion.acta_id = acta.id
    for asunto in sesion.asuntos:
        acuerdo = asunto.acuerdo
        if acuerdo is None or acuerdo.confirmado_en is None or asunto.sello is None:
            continue
        acuerdo.adoptado_en = ctx.now
        plazo.abrir(ctx, de_acuerdo(acuerdo), "acuerdo_cumplimiento", fecha=acuerdo.fecha_compromiso)
        emitir(ctx, de_propuesta(asunto.propuesta), papel_acta.acuerdo(ctx, asunto, acuerdo))
        mensaje.enviar(
            ctx,
            "acuerdo_adoptado",
            str(asunto.propuesta_id),
            {"acuerdo_id": acuerdo.id, "resultado": acuerdo.resultado},
            origen=call.instance.id,
        )
        _avisar_acuerdo(ctx, asunto, acuerdo)
        anotar(
            ctx,
            "adoptar_acuerdo",
            de_propuesta(asunto.propuesta),
            acuerdo_id=acuerdo.id,
            resultado=acuerdo.resultado,
        )
    anotar(ctx, "adoptar_acuerdos", de_sesion(sesion), acta_id=acta.id)
    return {}


def _avisar_acuerdo(ctx: Ctx, asunto: Asunto, acuerdo: Acuerdo) -> None:
    """Who answers for it, and the seats that knew of the matter, with its date (procesos §1.8)."""
    responsable = [acuerdo.responsable_id]
    aviso.avisar(
        ctx,
        responsable,
        f"Tienes un acuerdo del comité por cumplir a más tardar el {acuerdo.fecha_compromiso:%d/%m/%Y}",
        acuerdo.folio,
        f"acuerdo:{acuerdo.id}",
    )
    excusados = quorum.excusados(ctx, asunto)
    asientos = {a.usuario_id for a in asunto.sesion.asistencias if a.asiento_id not in excusados}
    aviso.avisar(
        ctx,
        sorted(asientos - set(responsable)),
        f"El comité adoptó un acuerdo para el {acuerdo.fecha_compromiso:%d/%m/%Y}",
        acuerdo.folio,
        f"adoptado:{acuerdo.id}",
    )
