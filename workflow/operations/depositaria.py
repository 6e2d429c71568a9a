"""Who keeps the goods, what the registry says of them, and whether they suffice (CFF 151, 153, 154)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.bien import Bien, EstadoBien
from models.pae import Depositaria, EstadoPae, Pae
from models.remate import Avaluo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import horario, papel_pae, plazo, reserva
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.oidos_pae import bienes
from workflow.operations.pae import adeudo, exigir_cobro, mover, pae_de, vivos
from workflow.operations.sujeto import de_pae

B, P = EstadoBien, EstadoPae
DEPOSITARIO, INTERVENTOR, ADMINISTRADOR = "depositario", "interventor", "administrador"
ENTREGAS = ("entrega_bienes", "entrega_bienes_otros")
POR_GUARDAR = frozenset({B.TRABADO, B.INSCRITO})


@operation("nombrar_depositario")
def nombrar_depositario(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Name who keeps the goods; it may be the debtor, never who valued them (procesos §1.7)."""
    pae = pae_de(ctx, call)
    nombrar(ctx, pae, call.form, DEPOSITARIO)
    return {}


def nombrar(ctx: Ctx, pae: Pae, form: Mapping[str, Any], cargo: str) -> Depositaria:
    """Name a person to a charge of the enforcement and issue her appointment."""
    g_territorio(ctx, pae.subdelegacion_id)
    reserva.cuidar_expediente(
        ctx, pae.expediente_id, {"persona": form["persona"], "motivo": form.get("motivo")}
    )
    usuario_id = int(form["usuario"]) if form.get("usuario") else None
    if usuario_id is not None and usuario_id in _valuadores(ctx, pae):
        raise DatoInvalido(
            "Quien valuó los bienes no puede guardarlos ni intervenir la caja. Elige a otra persona.",
            {"usuario": "Esta persona valuó los bienes."},
        )
    fila = Depositaria(
        pae_id=pae.id,
        cargo=cargo,
        usuario_id=usuario_id,
        persona=str(form["persona"]),
        caracter=str(form["caracter"]),
        domicilio=str(form.get("domicilio") or ""),
        motivo=str(form.get("motivo") or ""),
        nombrado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    emitir(ctx, de_pae(pae), papel_pae.nombramiento(ctx, pae, fila, form["oficio"]), firmas=[form["oficio"]])
    anotar(ctx, f"nombrar_{cargo}", de_pae(pae), depositaria_id=fila.id)
    return fila


def _valuadores(ctx: Ctx, pae: Pae) -> set[int | None]:
    consulta = select(Avaluo.valuador_id).join(Bien, Bien.id == Avaluo.bien_id).where(Bien.pae_id == pae.id)
    return set(ctx.session.scalars(consulta))


def ultima(ctx: Ctx, pae: Pae, *cargos: str) -> Depositaria:
    """The last person named to one of those charges. Raises NoEncontrado without one."""
    fila = ctx.session.scalars(
        select(Depositaria)
        .where(Depositaria.pae_id == pae.id, Depositaria.cargo.in_(cargos))
        .order_by(Depositaria.id.desc())
    ).first()
    if fila is None:
        raise NoEncontrado("Falta el nombramiento: primero nombra a quien va a aceptar.")
    return fila


def responder(ctx: Ctx, fila: Depositaria, form: Mapping[str, Any]) -> bool:
    """Her answer; captured by somebody else, with its proof (procesos §0.2-12)."""
    acepta = bool(form["acepta"])
    ajeno = fila.usuario_id is None or fila.usuario_id != ctx.actor.usuario_id
    anexos = [*(form.get("evidencia") or ()), *(form.get("anexos") or ())]
    firma = form.get("rubrica") or {}
    if ajeno and not anexos and not firma.get("documento_id") and not firma:
        raise DatoInvalido(
            "Capturas la respuesta de otra persona: adjunta la constancia.",
            {"evidencia": "Adjunta la constancia de la respuesta."},
        )
    fila.acepto, fila.respondio_en = acepta, ctx.now
    return acepta


@operation("aceptar_cargo")
def aceptar_cargo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """She accepts to keep the goods, and where, or does not."""
    pae, form = pae_de(ctx, call), call.form
    fila = ultima(ctx, pae, DEPOSITARIO)
    if not responder(ctx, fila, form):
        return {"cargo": "no_acepta"}
    fila.domicilio = str(form["domicilio"])
    inscribible = bool(form.get("inscribible"))
    for bien in bienes(ctx, pae, POR_GUARDAR):
        bien.depositaria_id = fila.id
        if not inscribible:
            bien.pasar_a(B.EN_DEPOSITO)
    # Who keeps the goods has them: their delivery (CFF 161) is over.
    for clave in ENTREGAS:
        plazo.cerrar(ctx, de_pae(pae), clave)
    anotar(ctx, "aceptar_cargo", de_pae(pae), depositaria_id=fila.id)
    return {"cargo": "acepta_inscribible" if inscribible else "acepta_sin_registro"}


@operation("inscribir_embargo")
def inscribir_embargo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The embargo in the public registry (CFF 151)."""
    pae, form = pae_de(ctx, call), call.form
    guardados = bienes(ctx, pae, POR_GUARDAR)
    trabados = [horario.local(ctx, pae.subdelegacion_id, bien.embargado_en).date() for bien in guardados]
    frase = "El embargo no pudo inscribirse antes de trabarse."
    fecha = horario.dia_hecho(ctx, form["fecha"], max(trabados, default=ctx.hoy), frase)
    for bien in guardados:
        bien.registro = f"{form['registro']}, folio {form['folio']}, {fecha}"[:160]
        if bien.estado is B.TRABADO:
            bien.pasar_a(B.INSCRITO)
        bien.pasar_a(B.EN_DEPOSITO)
    anotar(ctx, "inscribir_embargo", de_pae(pae), folio=str(form["folio"]))
    return {}


@operation("calificar_suficiencia")
def calificar_suficiencia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Enough, and easy to sell (S1 7.1.3-51)? If not, the embargo is widened (CFF 154)."""
    pae, form, suficiente = pae_de(ctx, call), call.form, str(call.form["suficiente"])
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form.get("motivo")})
    if suficiente == "no":
        exigir_cobro(ctx, pae)
        mover(pae, P.AMPLIADO)
    debe = adeudo(ctx, vivos(ctx, pae), ctx.hoy)
    anotar(
        ctx,
        "calificar_suficiencia",
        de_pae(pae),
        suficiente=suficiente,
        cubre=Decimal(form["valor_estimado"]) >= debe,
    )
    return {"suficiente": suficiente}
