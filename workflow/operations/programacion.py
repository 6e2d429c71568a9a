"""From a presumption to a decided act of authority: ficha, validation, agenda, agreement, act (procesos §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.acto import Acto, EstadoActo
from models.comite import Acuerdo
from models.denuncia import Denuncia
from models.organizacion import Rol, Usuario
from models.propuesta import EstadoPropuesta, Ficha, Propuesta, TipoActo
from workflow import documents
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, papel_propuesta, plazo
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.propuesta import fecha, periodos_de, propuesta_de, puntuar
from workflow.operations.sujeto import de_acto, de_propuesta

P = EstadoPropuesta
ACTOS_ABIERTOS = tuple(
    estado
    for estado in EstadoActo
    if estado
    not in (
        EstadoActo.SIN_OBSERVACIONES,
        EstadoActo.CORREGIDO,
        EstadoActo.DETERMINADO,
        EstadoActo.SIN_EFECTOS,
    )
)


@operation("calificar_riesgo")
def calificar_riesgo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Score with its reasons; the ficha begins."""
    propuesta = propuesta_de(ctx, call)
    propuesta.pasar_a(P.EN_FICHA)
    puntaje = puntuar(ctx, propuesta)
    anotar(ctx, "calificar_riesgo", de_propuesta(propuesta), puntaje=puntaje.puntos, modelo=puntaje.version)
    return {}


@operation("completar_ficha")
def completar_ficha(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The ficha that the committee will read. Guards: g_acto_vigente (CFF 46, 50)."""
    propuesta, form = propuesta_de(ctx, call), call.form
    plazo.cerrar(ctx, de_propuesta(propuesta), "sla_ficha")
    if form["ficha"] == "retirada":
        return {"ficha": "retirada", "cierre": "retirada"}
    _sin_acto_vigente(ctx, propuesta, [fila["periodo"] for fila in form["ejercicios"]])
    propuesta.pasar_a(P.EN_FICHA)
    propuesta.acto = TipoActo(form["acto"])
    propuesta.trabajadores = int(form["trabajadores"])
    propuesta.urgente = bool(form.get("urgente"))
    propuesta.preparada_por = ctx.actor.usuario_id
    puntuar(ctx, propuesta)
    nueva_ficha(ctx, propuesta, dict(form))
    return {"ficha": "completa"}


def _sin_acto_vigente(ctx: Ctx, propuesta: Propuesta, periodos: list[Mapping[str, Any]]) -> None:
    """g_acto_vigente: no second act on the same employer and period while one is open."""
    actos = ctx.session.scalars(
        select(Acto).where(Acto.patron_id == propuesta.patron_id, Acto.estado.in_(ACTOS_ABIERTOS))
    )
    for acto in actos:
        if any(_se_tocan(uno, otro) for uno in acto.periodos for otro in periodos):
            raise DatoInvalido(
                f"Ya hay un acto abierto de este patrón en esas fechas ({acto.folio}, {acto.tipo.etiqueta.lower()}). "
                "Cambia los meses que se revisarán o retira la propuesta.",
                {"ejercicios": f"El acto {acto.folio} ya revisa esos meses."},
            )


def _se_tocan(uno: Mapping[str, Any], otro: Mapping[str, Any]) -> bool:
    return str(uno["desde"]) <= str(otro.get("hasta") or "9999") and str(otro["desde"]) <= str(
        uno.get("hasta") or "9999"
    )


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
    if validacion == "valida":
        propuesta.pasar_a(P.VALIDADA)
        propuesta.validada_por = ctx.actor.usuario_id
    elif validacion == "devuelta":
        propuesta.pasar_a(P.EN_FICHA)
    anotar(ctx, "validar_propuesta", de_propuesta(propuesta), validacion=validacion)
    return {"validacion": validacion, **({"cierre": "retirada"} if validacion == "retirada" else {})}


@operation("retirar_propuesta")
def retirar_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Withdrawn before the committee: its denuncias are told through their own process."""
    return _cerrar(ctx, propuesta_de(ctx, call), P.RETIRADA, "retirada", causa="retirada")


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
    anotar(ctx, "registrar_acuerdo", de_propuesta(propuesta), resultado=resultado)
    return {"acuerdo": resultado}


@operation("completar_informacion")
def completar_informacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The information that the committee asked for: the proposal insists, or gives up."""
    propuesta = propuesta_de(ctx, call)
    informacion = str(call.form["informacion"])
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
    auditores = [int(fila["usuario"]) for fila in form["auditores"]]
    _revisar_auditores(ctx, propuesta, auditores, int(form["jefe_grupo"]))
    if not form["sin_conflicto"]:
        raise DatoInvalido(
            "Con conflicto de interés no se puede designar. Elige a otras personas.",
            {"sin_conflicto": "Elige auditores sin relación con el patrón."},
        )
    ficha = ultima_ficha(ctx, propuesta.id)
    datos = ficha.datos if ficha else {}
    acto = Acto(
        folio=siguiente(ctx, "ACT"),
        tipo=propuesta.acto or TipoActo.VISITA,
        propuesta_id=propuesta.id,
        expediente_id=propuesta.expediente_id,
        subdelegacion_id=propuesta.subdelegacion_id,
        patron_id=propuesta.patron_id,
        periodos=[fila["periodo"] for fila in datos.get("ejercicios", [])] or periodos_de(ctx, propuesta),
        alcance={clave: datos.get(clave) for clave in ("contribuciones", "universo", "registros")},
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
    anotar(ctx, "programar_acto", de_acto(acto), propuesta_id=propuesta.id, tipo=acto.tipo.value)
    return {"acto_id": acto.id, "propuesta_id": propuesta.id, "cierre": cierre}


def _revisar_auditores(ctx: Ctx, propuesta: Propuesta, auditores: list[int], jefe: int) -> None:
    analistas = set(
        ctx.session.scalars(select(Denuncia.analista_id).where(Denuncia.propuesta_id == propuesta.id))
    )
    for usuario_id in {*auditores, jefe}:
        persona = ctx.session.get(Usuario, usuario_id)
        roles = {fila.rol for fila in persona.roles} if persona else set()
        if (
            persona is None
            or persona.subdelegacion_id != propuesta.subdelegacion_id
            or Rol.AUDITOR not in roles
        ):
            raise DatoInvalido(
                "Una de las personas no es auditora de esta subdelegación.",
                {"auditores": "Elige auditores de tu oficina."},
            )
        if usuario_id in analistas:
            raise DatoInvalido(
                f"{persona.nombre} analizó una denuncia de este patrón: no puede auditarlo. Elige a otra persona.",
                {"auditores": "Quien analizó la denuncia no puede auditar."},
            )


@operation("recalcular_propuesta")
def recalcular_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A denuncia joined: score again; with a ficha out and no vote open, a new version of it."""
    propuesta = propuesta_de(ctx, call)
    if propuesta.estado not in (P.REGISTRADA, P.EN_FICHA, P.VALIDADA, P.LISTADA, P.DIFERIDA):
        return {}
    puntaje = puntuar(ctx, propuesta)
    anterior = ultima_ficha(ctx, propuesta.id)
    if anterior is not None:
        nueva_ficha(ctx, propuesta, dict(anterior.datos))
    anotar(ctx, "recalcular_propuesta", de_propuesta(propuesta), puntaje=puntaje.puntos)
    return {}
