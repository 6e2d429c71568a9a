"""The order of an act: drawn up, protected, signed; who acts and where may change (CFF 38, 43; procesos §6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from models.acto import Acto, EstadoActo
from models.orden import EstadoOrden, Orden
from models.organizacion import Rol, Subdelegacion, Usuario
from models.plazo import Plazo
from models.propuesta import TipoActo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, notificacion, papel_acto, plazo
from workflow.operations._guardas import g_territorio
from workflow.operations._guardas_acto import g_facultades_del_acto, g_reidentificacion
from workflow.operations._registry import Decision, operation
from workflow.operations.acto import acto_de
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto
from workflow.params.reidentificacion import reserva as regla_de_reserva

E = EstadoOrden
# The class of order by the kind of act: all but the visit are carried out in the office.
CLASES = {TipoActo.VISITA: "visita"}


def clase_de(acto: Acto) -> str:
    """`visita` or `gabinete`."""
    return CLASES.get(acto.tipo, "gabinete")


def ultima(ctx: Ctx, acto_id: int) -> Orden | None:
    """The version of the order in force."""
    return ctx.session.scalars(
        select(Orden).where(Orden.acto_id == acto_id).order_by(Orden.version.desc()).limit(1)
    ).first()


@operation("elaborar_orden")
def elaborar_orden(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A version of the order; its universe is widened first where it would single out who filed."""
    acto, form = acto_de(ctx, call), call.form
    _dentro_de_lo_acordado(acto, [fila["periodo"] for fila in form["periodos"]])
    visitadores = _visitadores(ctx, acto, form["visitadores"])
    if form["plantilla"] != clase_de(acto):
        raise DatoInvalido(
            f"El comité acordó «{acto.tipo.etiqueta.lower()}»: elige la orden que le toca.",
            {"plantilla": "Elige la orden del acto que se acordó."},
        )
    protege = g_reidentificacion(ctx, acto, {campo: form[campo] for campo in ("objeto", "nombre_visitado")})
    version = ctx.session.scalar(select(func.max(Orden.version)).where(Orden.acto_id == acto.id)) or 0
    orden = Orden(
        folio=siguiente(ctx, "ORD"),
        acto_id=acto.id,
        version=version + 1,
        estado=E.EN_PROYECTO if protege else E.DEVUELTA,
        objeto=str(form["objeto"]),
        periodos=[fila["periodo"] for fila in form["periodos"]],
        contribuciones=list(form["contribuciones"]),
        domicilios=[fila["domicilio"] for fila in form["domicilios"]],
        visitadores=visitadores,
        nombre_visitado=str(form["nombre_visitado"]),
        universo=str(acto.alcance.get("universo") or ""),
        elaborada_por=ctx.actor.usuario_id,
        elaborada_en=ctx.now,
        motivo="" if protege else "El universo deja ver quién denunció: se amplía antes de firmar.",
    )
    ctx.session.add(orden)
    ctx.session.flush()
    acto.auditores = visitadores
    if form.get("financiero") is not None:
        acto.financiero = bool(form["financiero"])
    acto.alcance = {**acto.alcance, "medios": list(form.get("medios") or [])}
    papel_acto.orden(ctx, acto, orden, None).revisar()
    anotar(ctx, "elaborar_orden", de_acto(acto), orden_id=orden.id, version=orden.version, protege=protege)
    return {"orden": "lista" if protege else "ampliar_universo"}


def _dentro_de_lo_acordado(acto: Acto, periodos: list[Mapping[str, Any]]) -> None:
    """An order reviews what the committee agreed, no more (CFF 38-IV)."""
    for uno in periodos:
        fin = str(uno.get("hasta") or "9999-12-31")
        if not any(
            str(a["desde"]) <= str(uno["desde"]) and fin <= str(a.get("hasta") or "9999-12-31")
            for a in acto.periodos
        ):
            raise DatoInvalido(
                "La orden revisaría meses que el comité no acordó.",
                {"periodos": "Escribe periodos dentro de los que se acordaron."},
            )


def _visitadores(ctx: Ctx, acto: Acto, filas: list[Mapping[str, Any]]) -> list[int]:
    """Active auditors of the unit, in the order in which they were named (CFF 43-II)."""
    ids = list(dict.fromkeys(int(fila["usuario"]) for fila in filas))
    for usuario_id in ids:
        persona = ctx.session.get(Usuario, usuario_id)
        roles = {fila.rol for fila in persona.roles} if persona is not None else set()
        if (
            persona is None
            or not persona.activo
            or persona.subdelegacion_id != acto.subdelegacion_id
            or Rol.AUDITOR not in roles
        ):
            raise DatoInvalido(
                "Una de las personas no es auditora de esta subdelegación.",
                {"visitadores": "Elige auditores de tu oficina."},
            )
    return ids


@operation("ampliar_universo")
def ampliar_universo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The act reviews more people than before, so that nobody can tell who filed (LSS 22)."""
    acto, form = acto_de(ctx, call), call.form
    universos = regla_de_reserva(ctx.hoy).universos
    antes, nuevo = str(acto.alcance.get("universo") or universos[0]), str(form["universo"])
    if universos.index(nuevo) <= universos.index(antes):
        raise DatoInvalido(
            "Elige un universo más amplio que el de ahora: así no se puede saber quién denunció.",
            {"universo": "Elige uno más amplio."},
        )
    acto.alcance = {**acto.alcance, "universo": nuevo, "personas": int(form["personas"])}
    anotar(
        ctx, "ampliar_universo", de_acto(acto), antes=antes, universo=nuevo, personas=int(form["personas"])
    )
    return {}


@operation("firmar_orden")
def firmar_orden(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Signed, sent back or not proper. Guards: g_territorio, g_facultades; never who prepared the ficha."""
    acto, form = acto_de(ctx, call), call.form
    orden = ultima(ctx, acto.id)
    if orden is None:
        raise DatoInvalido("No hay una orden que firmar. Pide que se elabore.")
    firma = str(form["firma"])
    g_territorio(ctx, acto.subdelegacion_id)
    if firma == "firmada":
        if not g_facultades_del_acto(ctx, acto):
            raise DatoInvalido(
                "Las facultades para determinar ya se extinguieron (LSS 297): la orden no puede firmarse.",
                {"firma": "Elige «No procede» y explica por qué."},
            )
        documento = emitir(
            ctx,
            de_acto(acto),
            papel_acto.orden(ctx, acto, orden, form["rubrica"]),
            folio=orden.folio,
            firmas=[form["rubrica"]],
        )
        orden.estado, orden.documento_id = E.FIRMADA, documento.id
        orden.firmada_por, orden.firmada_en = ctx.actor.usuario_id, ctx.now
        acto.pasar_a(EstadoActo.ORDENADO)
    else:
        orden.estado = E.DEVUELTA if firma == "devuelta" else E.NO_PROCEDE
        orden.motivo = str(form["motivo"])
    anotar(ctx, "firmar_orden", de_acto(acto), orden_id=orden.id, firma=firma)
    return {"firma": firma, "emision": clase_de(acto) if firma == "firmada" else "no_procede"}


@operation("sustituir_autoridad")
def sustituir_autoridad(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Another unit or other visitadores go on with the act, told by an oficio; no clock moves (CFF 43-II)."""
    acto, form = acto_de(ctx, call), call.form
    sujeto = de_acto(acto)
    if not form["hay_oficio"] or acto.concluido_en is not None:
        anotar(ctx, "sustituir_autoridad", sujeto, hay_oficio=False)
        return {"hay_oficio": False}
    destino, nombrados = form.get("autoridad"), form.get("visitadores") or []
    if not destino and not nombrados:
        raise DatoInvalido(
            "Di qué cambia: la autoridad o quienes visitan.",
            {"autoridad": "Elige la nueva autoridad o nombra a los visitadores."},
        )
    g_territorio(ctx, acto.subdelegacion_id)
    unidad = ctx.session.get_one(Subdelegacion, int(destino)) if destino else None
    nuevos = _nombrados(ctx, acto, nombrados, unidad)
    papel = papel_acto.sustitucion(ctx, acto, unidad, nuevos, form)
    documento = emitir(ctx, sujeto, papel, firmas=[form["oficio"]])
    pedida = notificacion.ordenar(ctx, sujeto, documento)
    if nuevos:
        acto.auditores = nuevos
    if unidad is not None:
        _mudar(ctx, acto, unidad)
    anotar(ctx, "sustituir_autoridad", de_acto(acto), hay_oficio=True, unidad=acto.subdelegacion_id)
    return {"hay_oficio": True, "notificacion_id": pedida.id}


def _nombrados(
    ctx: Ctx, acto: Acto, filas: list[Mapping[str, Any]], unidad: Subdelegacion | None
) -> list[int]:
    if not filas or unidad is None:
        return _visitadores(ctx, acto, filas)
    ids = [int(fila["usuario"]) for fila in filas]
    personas = [ctx.session.get(Usuario, uno) for uno in ids]
    if any(
        p is None or not p.activo or p.subdelegacion_id not in (unidad.id, acto.subdelegacion_id)
        for p in personas
    ):
        raise DatoInvalido(
            "Una de las personas no es de las oficinas del cambio.",
            {"visitadores": "Elige auditores de ellas."},
        )
    return ids


def _mudar(ctx: Ctx, acto: Acto, unidad: Subdelegacion) -> None:
    """The act and its open terms go to the other unit: dates are counted as before, with its calendar."""
    acto.subdelegacion_id = unidad.id
    ctx.session.execute(
        update(Plazo)
        .where(Plazo.sujeto_tipo == "acto", Plazo.sujeto_id == acto.id, Plazo.cerrado_en.is_(None))
        .values(subdelegacion_id=unidad.id)
    )
    ctx.session.flush()
    plazo.recalcular_calendario(ctx, de_acto(acto), "Cambio de autoridad", "CFF 12")
    jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=unidad.id)
    aviso.avisar(ctx, jefes, "Un acto pasa a tu oficina", acto.folio, f"competencia:{acto.id}:{unidad.id}")
