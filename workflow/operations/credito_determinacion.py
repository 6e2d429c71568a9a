"""From the computation of a credit to the terms that its service opens (procesos §10.2; LSS 39 C; CFF 38, 50)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.documento import Documento
from models.notificacion import Notificacion
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import (
    credito_calculo,
    credito_multa,
    credito_plazos,
    notificacion,
    papel_credito,
    reserva,
)
from workflow.operations._guardas import g_facultades, g_territorio
from workflow.operations._guardas_cobro import g_caducidad_de_periodos, g_multa_unica
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.credito import avisar_notificados
from workflow.operations.credito_fiscal import anular
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_credito, del_caso

K = EstadoCredito
CEDULA = "cedula_liquidacion"
# What a legal review must have checked before it says yes.
INDISPENSABLE = {
    "competencia": "la competencia",
    "fundamento": "el fundamento",
    "motivo": "el motivo",
    "cantidad_liquida": "la cantidad líquida",
    "sin_identidad": "que nada deje ver quién denunció",
}


@operation("calcular_credito")
def calcular_credito(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The cédula of the credit to today and its charges; the fine that was individualised stays."""
    credito = del_caso(ctx, call, Credito)
    g_multa_unica(ctx, credito)
    credito.pasar_a(K.EN_PROYECTO)
    anterior = credito_calculo.vigente(ctx, credito)
    credito_calculo.calcular(
        ctx, credito, credito_calculo.sanciones_de(anterior) if anterior is not None else ()
    )
    return {"credito_id": credito.id}


@operation("elaborar_cedula")
def elaborar_cedula(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The project of the document: why, the fine with its reasons, whether it names the remedies."""
    credito, form = del_caso(ctx, call, Credito), call.form
    _es_suya(credito, str(form["plantilla"]))
    if bool(form.get("responsable_solidario")) != bool(form.get("causa_solidaridad")):
        raise DatoInvalido(
            "El responsable solidario y la causa legal van juntos (CFF 38-VI).",
            {"causa_solidaridad": "Escribe quién responde y por qué, o deja los dos vacíos."},
        )
    individualizacion = list(form.get("individualizacion") or [])
    textos = {"motivacion": form["motivacion"], "causa_solidaridad": form.get("causa_solidaridad")}
    textos["individualizacion"] = " ".join(
        f"{fila['gravedad']} {fila['antecedentes']}" for fila in individualizacion
    )
    reserva.cuidar_expediente(ctx, credito.expediente_id, textos)
    if credito.clase is ClaseCredito.MULTA:
        credito_calculo.calcular(ctx, credito, credito_multa.individualizar(ctx, credito, individualizacion))
    credito.medios_de_defensa = bool(form["medios_de_defensa"])
    credito.pasar_a(K.EN_REVISION_JURIDICA)
    anotar(ctx, "elaborar_cedula", de_credito(credito), medios_de_defensa=credito.medios_de_defensa)
    return {}


def _es_suya(credito: Credito, plantilla: str) -> None:
    if (plantilla == "multa") != (credito.clase is ClaseCredito.MULTA):
        raise DatoInvalido(
            "Ese documento no es el de este crédito.",
            {"plantilla": "Elige la multa para un crédito de multa; la cédula o la resolución para cuotas."},
        )


@operation("revisar_cedula")
def revisar_cedula(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The legal review: well founded and reasoned, or back with what must be corrected."""
    credito, form = del_caso(ctx, call, Credito), call.form
    revision = str(form["revision"])
    if revision == "visto_bueno":
        faltan = [que for clave, que in INDISPENSABLE.items() if clave not in form["verificacion"]]
        if faltan:
            raise DatoInvalido(
                f"Antes de dar el visto bueno comprueba {', '.join(faltan)}.",
                {"verificacion": "Marca lo que comprobaste, o devuelve el proyecto con observaciones."},
            )
        if credito.medios_de_defensa and "medios_de_defensa" not in form["verificacion"]:
            raise DatoInvalido(
                "El proyecto dice los medios de defensa: compruébalos.",
                {"verificacion": "Marca los medios de defensa y sus plazos."},
            )
    credito.pasar_a(K.POR_FIRMAR if revision == "visto_bueno" else K.EN_PROYECTO)
    anotar(ctx, "revisar_cedula", de_credito(credito), revision=revision)
    return {"revision": revision}


@operation("firmar_cedula")
def firmar_cedula(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Signed, sent back, or no longer possible (LSS 297). Signed: issued, and its service ordered."""
    credito, form = del_caso(ctx, call, Credito), call.form
    firma, sujeto = str(form["firma"]), de_credito(credito)
    _facultad(ctx, credito, firma)
    if firma == "devuelta":
        credito.pasar_a(K.EN_PROYECTO)
    if firma != "firmada":
        reserva.cuidar_expediente(ctx, credito.expediente_id, {"motivo": form.get("motivo")})
        anotar(ctx, "firmar_cedula", sujeto, firma=firma)
        return {"firma": firma}
    g_territorio(ctx, credito.subdelegacion_id)
    documento = emitir(
        ctx, sujeto, papel_credito.cedula(ctx, credito, proyecto_de(ctx, credito), form["rubrica"])
    )
    credito.pasar_a(K.FIRMADO)
    orden = _servir(ctx, credito, documento)
    anotar(ctx, "firmar_cedula", sujeto, firma=firma, documento_id=documento.id)
    return {"firma": firma, "notificacion_id": orden.id}


def _facultad(ctx: Ctx, credito: Credito, firma: str) -> None:
    """Nobody signs what may no longer be determined, nor gives up a power that lives."""
    if firma == "devuelta":
        return
    acto = ctx.session.get_one(Acto, credito.acto_id)
    lapsos = g_caducidad_de_periodos(ctx, acto, credito.clase, credito.periodo_desde, credito.periodo_hasta)
    dejados = set(_caducos(ctx, credito))
    viva = g_facultades(ctx, de_credito(credito))
    nada = credito.clase is not ClaseCredito.MULTA and not _hay_periodos(ctx, credito)
    if firma == "sin_facultad" and viva and not nada:
        raise DatoInvalido(
            "La facultad de determinar este crédito sigue viva: fírmalo o devuélvelo.",
            {"firma": "Elige otra opción: los cinco años no han pasado (LSS 297)."},
        )
    if firma != "firmada":
        return
    if not viva or nada:
        raise DatoInvalido(
            "Pasaron los cinco años para determinar este crédito (LSS 297): ya no se puede firmar.",
            {"firma": "Elige «La facultad caducó»."},
        )
    nuevos = [tramo.nombre for tramo in lapsos if tramo.nombre not in dejados]
    if nuevos:
        raise DatoInvalido(
            f"Ya caducó la facultad sobre {', '.join(nuevos)} (LSS 297).",
            {"firma": "Devuelve el proyecto: al calcularlo otra vez esos periodos quedan fuera."},
        )


def _caducos(ctx: Ctx, credito: Credito) -> list[str]:
    fila = credito_calculo.vigente(ctx, credito)
    return list(credito_calculo.aritmetica(ctx, fila)["caducos"]) if fila is not None else []


def _hay_periodos(ctx: Ctx, credito: Credito) -> bool:
    fila = credito_calculo.vigente(ctx, credito)
    return fila is not None and fila.total > 0


def _servir(ctx: Ctx, credito: Credito, documento: Documento, **como: Any) -> Notificacion:
    """Its notification by a first or another way; the power to determine ends with it (LSS 297)."""
    return notificacion.ordenar(
        ctx, de_credito(credito), documento, admite_no_localizado=True, cierra_plazo="caducidad", **como
    )


@operation("declarar_caducidad")
def declarar_caducidad(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The five years of LSS 297 have run: there is nothing to determine."""
    credito = del_caso(ctx, call, Credito)
    anular(ctx, credito, "caducidad", "Facultad extinta", "LSS 297")
    return {"determinacion": "sin_efectos"}


@operation("ordenar_estrados")
def ordenar_estrados(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Nobody was found: another way (CFF 134, 139, 140) for the same document."""
    credito, form = del_caso(ctx, call, Credito), call.form
    g_territorio(ctx, credito.subdelegacion_id)
    via = str(form["via"])
    como: dict[str, Any] = {"medio": via} if via in ("estrados", "edictos") else {"medio": "personal"}
    if via == "otro_domicilio":
        lugar = dict(form["domicilio"])
        como["domicilio"] = ", ".join(str(v) for k, v in lugar.items() if v and k != "cp")
        como["codigo_postal"] = str(lugar.get("cp") or "")
    orden = _servir(ctx, credito, documento_de(ctx, credito), **como)
    anotar(ctx, "ordenar_otra_via", de_credito(credito), via=via, notificacion_id=orden.id)
    return {"notificacion_id": orden.id}


@operation("abrir_plazos")
def abrir_plazos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Served: the clocks of payment and defence run from the legal day of the notification."""
    credito = del_caso(ctx, call, Credito)
    orden = ctx.session.get_one(Notificacion, call.data["notificacion_id"])
    dia = orden.fecha or ctx.hoy
    credito.notificado = dia
    credito.pasar_a(K.NOTIFICADO)
    credito_plazos.al_notificar(ctx, credito, dia)
    avisar_notificados(ctx, credito)
    anotar(ctx, "abrir_plazos", de_credito(credito), notificado=dia.isoformat())
    return {"determinacion": "notificado"}


def proyecto_de(ctx: Ctx, credito: Credito) -> dict[str, Any]:
    """What the last project of the document says, as its author wrote it."""
    dicho = ctx.session.scalar(
        select(Tarea.respuesta)
        .where(
            Tarea.sujeto_tipo == "credito",
            Tarea.sujeto_id == credito.id,
            Tarea.nodo == "elaborar_cedula",
            Tarea.estado == EstadoTarea.HECHA,
        )
        .order_by(Tarea.hecha_en.desc(), Tarea.id.desc())
        .limit(1)
    )
    return dict(dicho or {})


def documento_de(ctx: Ctx, credito: Credito) -> Documento:
    """The cédula that was signed."""
    return ctx.session.scalars(
        select(Documento)
        .where(
            Documento.sujeto_tipo == "credito", Documento.sujeto_id == credito.id, Documento.tipo == CEDULA
        )
        .order_by(Documento.id.desc())
        .limit(1)
    ).one()
