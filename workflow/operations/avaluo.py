"""What a good is worth: ordered, given, objected, compared, and the base that comes of it (CFF 175; RCFF 3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.bien import EstadoBien, TipoBien
from models.notificacion import Notificacion
from models.organizacion import Rol, Usuario, UsuarioRol
from models.pae import Depositaria
from models.remate import Avaluo, EstadoRemate, OrigenAvaluo, Remate
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import fotografia, notificacion, papel_remate, plazo, reserva
from workflow.operations._guardas import en_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.remate import (
    DEL_LOTE,
    PERITAJES,
    PUBLICACION,
    abierto,
    bien_de,
    cerrar_plazos,
    del_lote,
    exigir_cobro,
    llevar,
    sujeto_de,
)
from workflow.rules import remate as reglas
from workflow.rules.calendario import fecha_larga

B, V, R = EstadoBien, OrigenAvaluo, EstadoRemate
PERITAJE = {TipoBien.INMUEBLE: "peritos_inmuebles", TipoBien.NEGOCIACION: "peritos_negociacion"}


@operation("leer_avaluo")
def leer_avaluo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Begin the sale, or take it up again: does a valuation stand today (RCFF 3)?"""
    bien = bien_de(ctx, call)
    remate = abierto(ctx, bien.id)
    if remate is None:
        remate = Remate(
            folio=siguiente(ctx, "REM"),
            pae_id=bien.pae_id,
            bien_id=bien.id,
            acreedores=[],
            iniciado_en=ctx.now,
        )
        remate.bien = bien
        ctx.session.add(remate)
        ctx.session.flush()
        anotar(ctx, "abrir_remate", sujeto_de(ctx, remate), remate_id=remate.id, bien_id=bien.id)
    claves = {"bien_id": bien.id, "pae_id": bien.pae_id, "remate_id": remate.id}
    if papel_remate.en_vigor(ctx, bien.id) is None:
        return {"avaluo": "falta", **claves}
    if bien.estado not in (B.VALUADO, B.EN_SUBASTA, B.DESIERTO):
        llevar(bien, B.EN_DEPOSITO, B.EN_AVALUO, B.VALUADO)
    _fijar(ctx, remate)
    return {"avaluo": "vigente", **claves}


@operation("encargar_avaluo")
def encargar_avaluo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Name the valuer: on the list, of the territory, and with nothing that ties her to the case (§1.7)."""
    remate, form = del_lote(ctx, call), call.form
    exigir_cobro(ctx, remate)
    valuador_id = int(form["valuador"])
    _sin_lazos(ctx, remate, valuador_id, bool(form.get("sin_conflicto")))
    bien = remate.bien
    if bien.estado is B.EN_SUBASTA:
        bien.pasar_a(B.DESIERTO)
    if bien.estado in (B.VALUADO, B.AVALUO_OBJETADO):
        llevar(bien, B.VALUADO, B.EN_AVALUO)
    else:
        llevar(bien, *((B.DESIERTO,) if bien.estado is B.DESIERTO else ()), B.EN_DEPOSITO, B.EN_AVALUO)
    cerrar_plazos(ctx, remate, *DEL_LOTE)
    anotar(ctx, "encargar_avaluo", sujeto_de(ctx, remate), remate_id=remate.id, valuador_id=valuador_id)
    return {"valuador_id": valuador_id}


def _sin_lazos(ctx: Ctx, remate: Remate, valuador_id: int, declarado: bool) -> None:
    persona = ctx.session.get(Usuario, valuador_id)
    roles = select(UsuarioRol.rol).where(UsuarioRol.usuario_id == valuador_id)
    if persona is None or not persona.activo or Rol.VALUADOR not in ctx.session.scalars(roles).all():
        raise DatoInvalido("Esa persona no está en la lista de valuadores.", {"valuador": "Elige otra."})
    if not en_territorio(ctx, persona, sujeto_de(ctx, remate).subdelegacion_id):
        raise DatoInvalido("Esa persona valúa en otra unidad.", {"valuador": "Elige a alguien de la tuya."})
    guarda = select(Depositaria.id).where(
        Depositaria.pae_id == remate.pae_id, Depositaria.usuario_id == valuador_id
    )
    if ctx.session.scalar(guarda.limit(1)) is not None:
        raise NoPermitido(
            "Quien guarda o interviene los bienes no los valúa. Encarga el avalúo a otra persona."
        )
    if not declarado:
        raise DatoInvalido(
            "Quien valúa no puede ser familiar ni socio del deudor.",
            {"sin_conflicto": "Compruébalo y responde que sí, o elige a otra persona."},
        )


@operation("rendir_avaluo")
def rendir_avaluo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Keep the valuation, issue it and order that it be served (CFF 175)."""
    remate, form = del_lote(ctx, call), call.form
    if ctx.actor.usuario_id != call.data.get("valuador_id"):
        raise NoPermitido("Este avalúo se encargó a otra persona: sólo ella lo rinde.")
    if not form.get("sin_conflicto"):
        raise NoPermitido("Si eres familiar o socio del deudor no puedes valuar. Devuelve el encargo.")
    sujeto = sujeto_de(ctx, remate)
    reserva.cuidar_expediente(ctx, sujeto.expediente_id, {"metodo": form.get("metodo")})
    fotos = fotografia.revisar(ctx, sujeto.expediente_id, form.get("fotos"), "fotos")
    fila = _anotar_avaluo(ctx, remate, V.OFICINA, form)
    papel = emitir(ctx, sujeto, papel_remate.avaluo(ctx, remate, fila, form, fotos), firmas=[form["firma"]])
    orden = notificacion.ordenar(ctx, sujeto, papel)
    remate.bien.pasar_a(B.VALUADO)
    anotar(ctx, "rendir_avaluo", sujeto, remate_id=remate.id, avaluo_id=fila.id, documento_id=papel.id)
    return {"notificacion_id": orden.id}


def _anotar_avaluo(ctx: Ctx, remate: Remate, origen: OrigenAvaluo, form: Mapping[str, Any]) -> Avaluo:
    valor = Decimal(str(form["valor"]))
    if valor <= 0:
        raise DatoInvalido("El valor debe ser mayor que cero.", {"valor": "Escribe cuánto vale."})
    tope = reglas.vigencia_del_avaluo(ctx.hoy)
    hasta = form.get("vigencia")
    vigente_hasta = type(tope).fromisoformat(str(hasta)) if hasta else tope
    if not ctx.hoy < vigente_hasta <= tope:
        raise DatoInvalido(
            f"Un avalúo vale a lo más un año, hasta el {fecha_larga(tope)} (artículo 3 del RCFF).",
            {"vigencia": "Elige un día dentro de ese año."},
        )
    fila = Avaluo(
        bien_id=remate.bien_id,
        origen=origen,
        valuador_id=ctx.actor.usuario_id if origen is not V.DEUDOR else None,
        perito=str(form.get("perito") or ctx.actor.nombre)[:160],
        metodo=str(form.get("metodo") or "")[:300],
        valor=valor,
        rendido=ctx.hoy,
        vigente_hasta=vigente_hasta,
        documento_id=next(iter(form.get("dictamen") or []), None),
        registrado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


@operation("abrir_peritaje")
def abrir_peritaje(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The debtor objected in time: her expert has the days of the kind of good (CFF 175)."""
    remate = del_lote(ctx, call)
    remate.bien.pasar_a(B.AVALUO_OBJETADO)
    clave = PERITAJE.get(remate.bien.tipo, "peritos_muebles")
    plazo.abrir(ctx, sujeto_de(ctx, remate), clave, motivo=remate.folio)
    anotar(ctx, "objetar_avaluo", sujeto_de(ctx, remate), remate_id=remate.id)
    return {"diferencia": "hasta_10"}


@operation("rendir_peritaje")
def rendir_peritaje(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The valuation of the debtor's expert, captured with its paper."""
    remate = del_lote(ctx, call)
    fila = _anotar_avaluo(ctx, remate, V.DEUDOR, call.form)
    anotar(ctx, "rendir_peritaje", sujeto_de(ctx, remate), remate_id=remate.id, avaluo_id=fila.id)
    return {}


@operation("comparar_avaluos")
def comparar_avaluos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """More than the law lets pass: a third expert. Nothing given in time: that of the office stands (CFF 175)."""
    remate = del_lote(ctx, call)
    cerrar_plazos(ctx, remate, *PERITAJES)
    oficina = papel_remate.avaluo_de(ctx, remate)
    deudor = ctx.session.scalars(
        select(Avaluo)
        .where(Avaluo.bien_id == remate.bien_id, Avaluo.origen == V.DEUDOR, Avaluo.id > oficina.id)
        .order_by(Avaluo.id.desc())
    ).first()
    tercero = deudor is not None and reglas.difieren(oficina.valor, deudor.valor, ctx.hoy)[0]
    if tercero:
        plazo.abrir(ctx, sujeto_de(ctx, remate), "perito_tercero", motivo=remate.folio)
    else:
        remate.bien.pasar_a(B.VALUADO)
    return {"diferencia": "mas_de_10" if tercero else "hasta_10"}


@operation("rendir_tercero")
def rendir_tercero(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The opinion of the third expert, who is neither of the other two: its value is the base (CFF 175)."""
    remate, form = del_lote(ctx, call), call.form
    if ctx.actor.usuario_id == papel_remate.avaluo_de(ctx, remate).valuador_id:
        raise NoPermitido("Ya valuaste este bien: el perito tercero debe ser otra persona.")
    fila = _anotar_avaluo(ctx, remate, V.TERCERO, form)
    papel = emitir(
        ctx, sujeto_de(ctx, remate), papel_remate.avaluo(ctx, remate, fila, form, []), firmas=[form["firma"]]
    )
    anotar(
        ctx,
        "rendir_tercero",
        sujeto_de(ctx, remate),
        remate_id=remate.id,
        avaluo_id=fila.id,
        documento_id=papel.id,
    )
    return {}


@operation("fijar_base")
def fijar_base(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Base and legal posture; the certificate of liens of ten years is asked for (CFF 175-177, 179)."""
    remate = del_lote(ctx, call)
    orden = ctx.session.get(Notificacion, call.data.get("notificacion_id") or 0)
    desde = orden.fecha if orden is not None and orden.fecha and remate.estado is R.PREPARADO else ctx.hoy
    if remate.bien.estado is B.AVALUO_OBJETADO:
        remate.bien.pasar_a(B.VALUADO)
    # A base that changed is called again: what was published no longer counts.
    cerrar_plazos(ctx, remate, *PUBLICACION, "remate_20")
    if remate.estado is R.PUBLICADO:
        remate.pasar_a(R.CONVOCADO)
    _fijar(ctx, remate)
    plazo.abrir(ctx, sujeto_de(ctx, remate), "convocatoria", desde=desde, motivo=remate.folio)
    anotar(ctx, "fijar_base", sujeto_de(ctx, remate), remate_id=remate.id)
    return {}


def _fijar(ctx: Ctx, remate: Remate) -> None:
    fila = papel_remate.avaluo_de(ctx, remate)
    fijada = reglas.base([reglas.Valuacion(fila.origen.value, fila.valor, fila.rendido)], ctx.hoy)
    remate.base, remate.postura_legal = fijada.valor, fijada.postura_legal
