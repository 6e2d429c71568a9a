"""Accounts that a bank is told to hold, up to the updated credit (CFF 145, 151-I, 156-Bis, 156-Ter)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.organizacion import Subdelegacion
from models.pae import EstadoPae, Inmovilizacion, Pae
from models.pago import OrigenPago
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, horario, notificacion, papel_pae, plazo
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.espera_pae import saldar
from workflow.operations.pae import adeudo, avisar_jefes, exigir_cobro, ingresar, mover, pae_de
from workflow.operations.sujeto import de_pae
from workflow.rules import embargo
from workflow.rules.dinero import escribir

P = EstadoPae


@operation("ordenar_inmovilizacion")
def ordenar_inmovilizacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Tell each bank to hold up to the updated credit, or two thirds of it before the payment was asked."""
    pae, form = pae_de(ctx, call), call.form
    g_territorio(ctx, pae.subdelegacion_id)
    debe = adeudo(ctx, exigir_cobro(ctx, pae), ctx.hoy)
    precautorio = bool(form.get("precautorio"))
    if not precautorio and pae.estado in (P.ABIERTO, P.CON_MANDAMIENTO):
        raise DatoInvalido(
            "Antes de requerir el pago sólo procede el embargo precautorio (artículo 145 del CFF).",
            {"precautorio": "Marca que es precautorio."},
        )
    importe, tope = Decimal(form["importe"]), embargo.tope(debe, ctx.hoy, precautorio=precautorio)
    if not 0 < importe <= tope.importe:
        raise DatoInvalido(
            f"Sólo se puede inmovilizar hasta {escribir(tope.importe)}: {tope.pasos[0].de_que} "
            f"({tope.pasos[0].articulo}).",
            {"importe": f"Escribe una cantidad de hasta {escribir(tope.importe)}."},
        )
    for renglon in form["entidades"]:
        papel = papel_pae.oficio_banco(ctx, pae, renglon, importe, precautorio, form["rubrica"])
        emitir(ctx, de_pae(pae), papel, firmas=[form["rubrica"]])
        ctx.session.add(
            Inmovilizacion(
                pae_id=pae.id,
                entidad=str(renglon["entidad"]),
                cuenta=str(renglon.get("cuenta") or "")[-4:],
                ordenado=importe,
                precautorio=precautorio,
                ordenada_en=ctx.now,
            )
        )
    _esperar_banco(ctx, pae)
    mover(pae, P.EMBARGADO)
    anotar(ctx, "ordenar_inmovilizacion", de_pae(pae), entidades=len(form["entidades"]))
    return {}


def _esperar_banco(ctx: Ctx, pae: Pae) -> None:
    """Three days to do it, and three more from then to say so."""
    ejecuta = plazo.abrir(ctx, de_pae(pae), "cuenta_ejecuta")
    plazo.abrir(ctx, de_pae(pae), "cuenta_informa", desde=ejecuta.vence)


@operation("requerir_banco")
def requerir_banco(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The bank said nothing: asked again, and both terms run anew."""
    pae = pae_de(ctx, call)
    _esperar_banco(ctx, pae)
    avisar_jefes(ctx, pae, "El banco no ha informado: se le requirió de nuevo", "banco")
    anotar(ctx, "requerir_banco", de_pae(pae))
    return {}


@operation("registrar_informe")
def registrar_informe(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the bank held; the debtor must be told within twenty days (CFF 156-Bis)."""
    pae, form = pae_de(ctx, call), call.form
    pendientes = _abiertas(ctx, pae)
    ordenadas = [horario.local(ctx, pae.subdelegacion_id, una.ordenada_en).date() for una in pendientes]
    frase = "El banco no pudo informar antes de que se le ordenara."
    fecha = horario.dia_hecho(ctx, form["fecha"], min(ordenadas, default=ctx.hoy), frase)
    por_decir = list(pendientes)
    for lugar, renglon in enumerate(form["cuentas"]):
        _informar(por_decir, renglon, lugar, fecha)
    for clave in ("cuenta_ejecuta", "cuenta_informa"):
        plazo.cerrar(ctx, de_pae(pae), clave)
    papel = papel_pae.oficio_inmovilizacion(
        ctx, pae, [fila for fila in pendientes if fila.informado is not None]
    )
    documento = emitir(ctx, de_pae(pae), papel)
    plazo.abrir(ctx, de_pae(pae), "cuenta_notifica", desde=fecha)
    orden = notificacion.ordenar(
        ctx, de_pae(pae), documento, cierra_plazo="cuenta_notifica", interrumpe_prescripcion=True
    )
    return {"notificacion_id": orden.id}


def _informar(
    por_decir: list[Inmovilizacion], renglon: Mapping[str, Any], lugar: int, fecha: dt.date
) -> None:
    """One account; each order is answered once, that of the same account before another of the same bank."""
    importe, cuenta = Decimal(renglon["importe"]), str(renglon["cuenta"])[-4:]
    suyas = [una for una in por_decir if una.entidad.casefold() == str(renglon["entidad"]).casefold()]
    if not suyas:
        raise DatoInvalido(
            "A esa entidad no se le ordenó nada más.",
            {
                f"cuentas.{lugar}.entidad": "Escribe una de las entidades del oficio, una vez por cada orden: "
                "si retuvo en varias cuentas, suma lo que retuvo."
            },
        )
    fila = min(suyas, key=lambda una: una.cuenta != cuenta)
    por_decir.remove(fila)
    if importe > fila.ordenado:
        raise DatoInvalido(
            f"El banco no puede retener más de lo ordenado ({escribir(fila.ordenado)}).",
            {f"cuentas.{lugar}.importe": "Revisa el importe; el excedente se libera."},
        )
    fila.cuenta, fila.informado, fila.informada = cuenta, importe, fecha


def _abiertas(ctx: Ctx, pae: Pae) -> list[Inmovilizacion]:
    return list(
        ctx.session.scalars(
            select(Inmovilizacion)
            .where(
                Inmovilizacion.pae_id == pae.id,
                Inmovilizacion.transferido.is_(None),
                Inmovilizacion.liberado.is_(None),
            )
            .order_by(Inmovilizacion.id)
        )
    )


@operation("alertar_vicio")
def alertar_vicio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Twenty days without telling the debtor: the hold is flawed, and the OOAD is told."""
    pae = pae_de(ctx, call)
    unidad = ctx.session.get_one(Subdelegacion, pae.subdelegacion_id)
    clave = f"vicio:{pae.id}:{ctx.hoy.isoformat()}"
    aviso.al_ooad(ctx, unidad.ooad_id, "Una inmovilización no se notificó en 20 días", pae.folio, clave)
    avisar_jefes(ctx, pae, "La inmovilización no se notificó a tiempo: tiene un vicio", "vicio_jefe")
    anotar(ctx, "alertar_vicio", de_pae(pae))
    return {}


@operation("transferir_fondos")
def transferir_fondos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The money arrives at the Institute, with its orden de ingreso; the rest goes free (CFF 156-Ter)."""
    pae, form = pae_de(ctx, call), call.form
    exigir_cobro(ctx, pae)
    filas = _abiertas(ctx, pae)
    tomado, libre = Decimal(form["importe"]), Decimal(form["excedente_liberado"])
    retenido = sum((fila.informado or Decimal(0) for fila in filas), Decimal(0))
    if tomado <= 0 or tomado + libre != retenido:
        raise DatoInvalido(
            f"Lo transferido y lo liberado deben sumar lo que se retuvo ({escribir(retenido)}).",
            {"importe": "Revisa el importe.", "excedente_liberado": "Revisa el excedente."},
        )
    informada = max((fila.informada for fila in filas if fila.informada), default=ctx.hoy)
    frase = "El dinero no pudo llegar antes de que el banco informara que lo retuvo."
    fecha = horario.dia_hecho(ctx, form["fecha"], informada, frase)
    pago = ingresar(ctx, pae, OrigenPago.CUENTA, tomado, str(form["orden_ingreso"]), fecha)
    queda = tomado
    for fila in filas:
        suyo = min(fila.informado or Decimal(0), queda)
        fila.transferido, fila.liberado, fila.pago_id = suyo, (fila.informado or Decimal(0)) - suyo, pago.id
        fila.notificada = fila.notificada or ctx.hoy
        queda -= suyo
    emitir(ctx, de_pae(pae), papel_pae.liquidacion(ctx, pae, pago))
    saldar(ctx, pae)
    return {}
