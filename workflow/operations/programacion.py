"""From a presumption to a decided act of authority: ficha, validation, agenda, agreement, act (procesos §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.acto import Acto
from models.comite import Acuerdo, Asunto, Mocion, Voto
from models.organizacion import Rol, Usuario
from models.propuesta import EstadoPropuesta, Ficha, Propuesta, TipoActo
from workflow import documents
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import _deberes, aviso, papel_propuesta, plazo, presuntivo, reserva
from workflow.operations._guardas import g_acto_vigente, g_blindaje, g_una_ficha
from workflow.operations._registry import Decision, operation
from workflow.operations.acuerdo import cumplir_acuerdos
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.propuesta import afectados, fecha, periodos_de, propuesta_de, puntuar
from workflow.operations.sujeto import de_acto, de_propuesta

P = EstadoPropuesta


@operation("calificar_riesgo")
def calificar_riesgo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Score with its reasons; the ficha begins."""
    propuesta = propuesta_de(ctx, call)
    propuesta.pasar_a(P.EN_FICHA)
    puntaje = puntuar(ctx, propuesta)
    presuntivo.fijar(ctx, propuesta)
    anotar(ctx, "calificar_riesgo", de_propuesta(propuesta), puntaje=puntaje.puntos, modelo=puntaje.version)
    return {}


@operation("completar_ficha")
def completar_ficha(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The ficha that the committee will read.

    Guards: g_acto_vigente (CFF 46, 50), g_una_ficha, g_blindaje (RACERF 181).
    """
    propuesta, form = propuesta_de(ctx, call), call.form
    plazo.cerrar(ctx, de_propuesta(propuesta), "sla_ficha")
    if form["ficha"] == "retirada":
        reserva.cuidar_propuesta(ctx, propuesta.id, {"motivo": form.get("motivo")})
        return {"ficha": "retirada", "cierre": "retirada"}
    reserva.cuidar_propuesta(ctx, propuesta.id, {"razones": form["razones"]})
    periodos = [fila["periodo"] for fila in form["ejercicios"]]
    g_acto_vigente(ctx, propuesta, periodos, form["contribuciones"])
    g_una_ficha(ctx, propuesta, periodos, form["contribuciones"])
    g_blindaje(ctx, propuesta, TipoActo(form["acto"]), periodos)
    propuesta.pasar_a(P.EN_FICHA)
    propuesta.acto = TipoActo(form["acto"])
    propuesta.trabajadores = int(form["trabajadores"])
    propuesta.urgente = bool(form.get("urgente"))
    propuesta.preparada_por = ctx.actor.usuario_id
    puntuar(ctx, propuesta)
    presuntivo.fijar(ctx, propuesta)
    nueva_ficha(ctx, propuesta, dict(form))
    return {"ficha": "completa"}


def nueva_ficha(ctx: Ctx, propuesta: Propuesta, datos: dict[str, Any]) -> Ficha:
    """Add a version of the ficha and issue its document."""
    numero = (
        ctx.session.scalar(select(func.max(Ficha.numero)).where(Ficha.propuesta_id == propuesta.id)) or 0
    ) + 1
    papel: documents.FichaPropuesta = papel_propuesta.ficha(ctx, propuesta, numero, datos)
    documento = emitir(ctx, de_propuesta(propuesta), papel)
    ficha = Ficha(
        propuesta_id=propuesta.id,
        numero=numero,
        datos=datos,
        documento_id=documento.id,
        creada_en=ctx.now,
        creada_por=ctx.actor.usuario_id,
    )
    ctx.session.add(ficha)
    ctx.session.flush()
    anotar(ctx, "nueva_ficha", de_propuesta(propuesta), numero=numero)
    return ficha


def ultima_ficha(ctx: Ctx, propuesta_id: int) -> Ficha | None:
    """The version of the ficha in force."""
    return ctx.session.scalars(
        select(Ficha).where(Ficha.propuesta_id == propuesta_id).order_by(Ficha.numero.desc()).limit(1)
    ).first()


@operation("validar_propuesta")
def validar_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The head of the unit validates, sends back or withdraws."""
    propuesta = propuesta_de(ctx, call)
    validacion = str(call.form["validacion"])
    reserva.cuidar_propuesta(ctx, propuesta.id, {"motivo": call.form.get("motivo")})
    if validacion == "valida":
        propuesta.pasar_a(P.VALIDADA)
        propuesta.validada_por = ctx.actor.usuario_id
    elif validacion == "devuelta":
        propuesta.pasar_a(P.EN_FICHA)
    anotar(ctx, "validar_propuesta", de_propuesta(propuesta), validacion=validacion)
    return {"validacion": validacion, **({"cierre": "retirada"} if validacion == "retirada" else {})}


@operation("retirar_propuesta")
def retirar_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Withdrawn before the committee, with its proof: its denuncias are told through their own process."""
    propuesta = propuesta_de(ctx, call)
    etapa = "validacion" if call.data.get("validacion") == "retirada" else "ficha"
    papel = papel_propuesta.constancia_retiro(ctx, propuesta, etapa)
    emitir(ctx, de_propuesta(propuesta), papel)
    return _cerrar(ctx, propuesta, P.RETIRADA, "retirada", causa="retirada")


@operation("cerrar_propuesta")
def cerrar_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Deferred and never back: closed with the cause of the node."""
    propuesta = propuesta_de(ctx, call)
    return _cerrar(ctx, propuesta, P.CERRADA_DIFERIDA, "diferida", causa=call.node.params["causa"])


@operation("cerrar_rechazada")
def cerrar_rechazada(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Rejected by the committee."""
    return _cerrar(ctx, propuesta_de(ctx, call), P.RECHAZADA, "rechazada")


def _cerrar(
    ctx: Ctx, propuesta: Propuesta, estado: EstadoPropuesta, cierre: str, causa: str | None = None
) -> Mapping[str, Decision]:
    propuesta.pasar_a(estado)
    propuesta.cierre = cierre
    sujeto = de_propuesta(propuesta)
    plazo.cerrar_todos(ctx, sujeto)
    cumplir_acuerdos(ctx, propuesta.id)
    anotar(ctx, "cerrar_propuesta", sujeto, cierre=cierre)
    return {"cierre": cierre, "propuesta_id": propuesta.id, **({"causa": causa} if causa else {})}


@operation("listar_propuesta")
def listar_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Eligible for an agenda; the secretary is told, and asked for an extraordinary session when urgent."""
    propuesta = propuesta_de(ctx, call)
    secretarios = aviso.con_rol(ctx, Rol.SECRETARIO_COMITE, subdelegacion_id=propuesta.subdelegacion_id)
    asunto = (
        "Propuesta urgente: pide sesión extraordinaria"
        if propuesta.urgente
        else "Propuesta lista para el comité"
    )
    aviso.avisar(ctx, secretarios, asunto, propuesta.folio, f"listada:{propuesta.id}:{propuesta.version}")
    return {"propuesta_id": propuesta.id}


@operation("registrar_acuerdo")
def registrar_acuerdo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the committee agreed, with its act when it changed it."""
    propuesta = propuesta_de(ctx, call)
    resultado = str(call.data["resultado"])
    acuerdo = ctx.session.get(Acuerdo, call.data["acuerdo_id"]) if call.data.get("acuerdo_id") else None
    if resultado == "cambio_de_acto" and acuerdo is not None and acuerdo.acto is not None:
        propuesta.acto = acuerdo.acto
    plazo.cerrar(ctx, de_propuesta(propuesta), "sla_programacion")
    jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=propuesta.subdelegacion_id)
    clave = f"acordada:{propuesta.id}:{call.data.get('acuerdo_id')}"
    aviso.avisar(ctx, jefes, "El comité decidió una propuesta", propuesta.folio, clave)
    anotar(ctx, "registrar_acuerdo", de_propuesta(propuesta), resultado=resultado)
    return {"acuerdo": resultado}


@operation("completar_informacion")
def completar_informacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The information that the committee asked for: the proposal insists, or gives up."""
    propuesta = propuesta_de(ctx, call)
    informacion = str(call.form["informacion"])
    reserva.cuidar_propuesta(ctx, propuesta.id, {"respuesta": call.form["respuesta"]})
    cumplir_acuerdos(ctx, propuesta.id)
    if informacion == "completa":
        anterior = ultima_ficha(ctx, propuesta.id)
        nueva_ficha(
            ctx, propuesta, {**(anterior.datos if anterior else {}), "informacion": call.form["respuesta"]}
        )
    anotar(ctx, "completar_informacion", de_propuesta(propuesta), informacion=informacion)
    return {"informacion": informacion}


@operation("programar_acto")
def programar_acto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Create the act as it was agreed, with auditors who have no tie with the case."""
    propuesta, form = propuesta_de(ctx, call), call.form
    jefe_grupo = int(form["jefe_grupo"])
    auditores = list(dict.fromkeys([*(int(fila["usuario"]) for fila in form["auditores"]), jefe_grupo]))
    _revisar_auditores(ctx, propuesta, set(auditores))
    avisos = _sin_conflicto(ctx, propuesta, set(auditores), form)
    ficha = ultima_ficha(ctx, propuesta.id)
    datos = ficha.datos if ficha else {}
    periodos = _periodos_acordados(ctx, propuesta) or [
        fila["periodo"] for fila in datos.get("ejercicios", [])
    ]
    g_acto_vigente(ctx, propuesta, periodos, datos.get("contribuciones"))
    acto = Acto(
        folio=siguiente(ctx, "ACT"),
        tipo=propuesta.acto or TipoActo.VISITA,
        propuesta_id=propuesta.id,
        expediente_id=propuesta.expediente_id,
        subdelegacion_id=propuesta.subdelegacion_id,
        patron_id=propuesta.patron_id,
        periodos=periodos or periodos_de(ctx, propuesta),
        alcance={
            **{clave: datos.get(clave) for clave in ("contribuciones", "universo", "registros")},
            "jefe_grupo": jefe_grupo,
        },
        auditores=auditores,
        fecha_tentativa=fecha(form["fecha_tentativa"]),
        programado_en=ctx.now,
    )
    ctx.session.add(acto)
    cierre = "cambio_de_acto" if propuesta.estado is P.CAMBIO_DE_ACTO else "programada"
    propuesta.pasar_a(P.PROGRAMADA)
    propuesta.cierre = cierre
    ctx.session.flush()
    plazo.cerrar_todos(ctx, de_propuesta(propuesta))
    plazo.abrir(ctx, de_acto(acto), "emision_orden")
    anotar(
        ctx,
        "programar_acto",
        de_acto(acto),
        propuesta_id=propuesta.id,
        tipo=acto.tipo.value,
        radar=len(avisos),
    )
    return {"acto_id": acto.id, "propuesta_id": propuesta.id, "cierre": cierre}


def _sin_conflicto(ctx: Ctx, propuesta: Propuesta, grupo: set[int], form: Mapping[str, Any]) -> list[str]:
    """What the radar says of the group; refused with a conflict, or with a tie that nobody explained."""
    if not form["sin_conflicto"]:
        raise DatoInvalido(
            "Con conflicto de interés no se puede designar. Elige a otras personas.",
            {"sin_conflicto": "Elige auditores sin relación con el patrón."},
        )
    avisos = radar(ctx, propuesta, grupo)
    if avisos and not form.get("justificacion"):
        raise DatoInvalido(
            f"Alguien del grupo {' y '.join(avisos)}. Explica por qué la designación procede.",
            {"justificacion": "Explica por qué la designación procede pese al aviso del radar."},
        )
    return avisos


def _periodos_acordados(ctx: Ctx, propuesta: Propuesta) -> list[dict[str, Any]]:
    """The periods of the last agreement: the act is born as it was agreed, not as it was asked for."""
    acuerdo = ctx.session.scalars(
        select(Acuerdo)
        .join(Asunto, Asunto.id == Acuerdo.asunto_id)
        .where(Asunto.propuesta_id == propuesta.id)
        .order_by(Acuerdo.id.desc())
        .limit(1)
    ).first()
    return list(acuerdo.periodos or []) if acuerdo else []


def _revisar_auditores(ctx: Ctx, propuesta: Propuesta, grupo: set[int]) -> None:
    """Auditors of the unit who did not analyse the denuncia."""
    analistas = _deberes.analistas_de(ctx, propuesta.id)
    for usuario_id in sorted(grupo):
        persona = ctx.session.get(Usuario, usuario_id)
        roles = {fila.rol for fila in persona.roles} if persona else set()
        if (
            persona is None
            or not persona.activo
            or persona.subdelegacion_id != propuesta.subdelegacion_id
            or Rol.AUDITOR not in roles
        ):
            raise DatoInvalido(
                "Una de las personas no es auditora de esta subdelegación.",
                {"auditores": "Elige auditores de tu oficina."},
            )
        if usuario_id in analistas:
            raise DatoInvalido(
                f"{persona.nombre} analizó una denuncia de este patrón: no puede auditarlo. "
                "Elige a otra persona.",
                {"auditores": "Quien analizó la denuncia no puede auditar."},
            )


def radar(ctx: Ctx, propuesta: Propuesta, grupo: set[int]) -> list[str]:
    """Ties that do not forbid the designation but must be explained, in words; empty when there is none."""
    motivos = []
    if grupo & {propuesta.preparada_por, propuesta.validada_por}:
        motivos.append("preparó o validó la propuesta")
    votaron = select(Voto.usuario_id).join(Mocion, Mocion.id == Voto.mocion_id)
    votaron = votaron.join(Asunto, Asunto.id == Mocion.asunto_id).where(Asunto.propuesta_id == propuesta.id)
    if grupo & set(ctx.session.scalars(votaron)):
        motivos.append("votó la propuesta")
    previos = ctx.session.scalars(select(Acto.auditores).where(Acto.patron_id == propuesta.patron_id))
    if any(grupo & set(auditores) for auditores in previos):
        motivos.append("ya auditó a este patrón")
    return motivos


@operation("recalcular_propuesta")
def recalcular_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A denuncia joined: score again; with a ficha out and no vote open, a new version of it."""
    propuesta = propuesta_de(ctx, call)
    if propuesta.estado not in (P.REGISTRADA, P.EN_FICHA, P.VALIDADA, P.LISTADA, P.DIFERIDA):
        return {}
    puntaje = puntuar(ctx, propuesta)
    presuntivo.fijar(ctx, propuesta)
    propuesta.trabajadores = max(propuesta.trabajadores or 0, afectados(ctx, propuesta.id)) or None
    anterior = ultima_ficha(ctx, propuesta.id)
    if anterior is not None:
        ejercicios = _ampliados(list(anterior.datos.get("ejercicios") or []), periodos_de(ctx, propuesta))
        datos = {**anterior.datos, "ejercicios": ejercicios, "trabajadores": propuesta.trabajadores}
        nueva_ficha(ctx, propuesta, datos)
    anotar(ctx, "recalcular_propuesta", de_propuesta(propuesta), puntaje=puntaje.puntos)
    return {}


def _ampliados(ejercicios: list[dict[str, Any]], hechos: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The periods of the ficha and, after them, what the new facts reach beyond them."""
    dentro = [fila["periodo"] for fila in ejercicios]
    for tramo in hechos:
        # A fact that goes on has no end: the ficha's own end is the committee's to move.
        fin = tramo.get("hasta") or max((str(p.get("hasta") or "9999-12-31") for p in dentro), default=None)
        if not any(
            str(p["desde"]) <= str(tramo["desde"]) and str(fin) <= str(p.get("hasta") or "9999-12-31")
            for p in dentro
        ):
            ejercicios = [*ejercicios, {"periodo": {**tramo, "hasta": fin}}]
    return ejercicios
