"""A payment of an employer: received, applied in the order of the law, told to its credits, corrected, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from sqlalchemy import select

from models.credito import ClaseCredito, ConceptoCredito, Credito, EstadoCredito
from models.pago import EstadoPago, OrigenPago, Pago
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import cuenta, mensaje
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_credito
from workflow.params.aplicacion import cheque
from workflow.rules.calendario import fecha_larga
from workflow.rules.dinero import CENTAVO, MAXIMO, a_centavos, escribir
from workflow.rules.saldo import Saldo

REFERENCIA_MAXIMA = 50
MOTIVO_MAXIMO = 300
# What is done with the money that is left over (CFF 22, 196).
EXCEDENTES = {"devolver": "Se devuelve al patrón", "dejar": "Se deja para lo que venga"}
NUNCA_EJECUTOR = "El dinero no pasa por quien ejecuta: el pago lo registra la Jefatura de Cobranza."


def recibir(
    ctx: Ctx,
    creditos: Sequence[Credito],
    fecha: dt.date,
    importe: Decimal,
    origen: OrigenPago,
    referencia: str,
    *,
    documento_id: int | None = None,
    excedente: str | None = None,
    archivo_sha256: str = "",
    corrige: Pago | None = None,
    avisar: bool = True,
    en_fondo: bool = False,
) -> Pago:
    """A payment of `importe` pesos made on `fecha`, applied at once to the credits it is meant for.

    `excedente`: what to do with what is left over, a key of `EXCEDENTES`; without it more than the debt is refused.
    `avisar`: tell every credit that changed, `en_fondo` by the worker. Raises DatoInvalido, NoPermitido (ejecutor).
    """
    if ctx.actor.es("ejecutor"):
        raise NoPermitido(NUNCA_EJECUTOR)
    referencia = " ".join(referencia.split())
    _revisar_datos(ctx, creditos, fecha, importe, referencia)
    _revisar_referencia(ctx, origen, referencia)
    pago = Pago(
        folio=siguiente(ctx, "PAG"),
        estado=EstadoPago.RECIBIDO,
        origen=origen,
        referencia=referencia,
        patron_id=creditos[0].patron_id,
        subdelegacion_id=creditos[0].subdelegacion_id,
        fecha=fecha,
        importe=importe,
        excedente=Decimal(0),
        corrige_id=corrige.id if corrige is not None else None,
        documento_id=documento_id,
        archivo_sha256=archivo_sha256,
        registrado_en=ctx.now,
        registrado_por=ctx.actor.usuario_id,
    )
    ctx.session.add(pago)
    hecho = cuenta.aplicar(ctx, pago, creditos)
    _revisar_hecho(hecho, creditos, fecha, excedente)
    if hecho.excedente and excedente is not None:
        pago.motivo = EXCEDENTES[excedente]
    _anotar(ctx, pago, creditos)
    _avisar(ctx, pago, hecho.creditos if avisar else (), en_fondo=en_fondo)
    return pago


def revisar(
    ctx: Ctx,
    creditos: Sequence[Credito],
    fecha: dt.date,
    importe: Decimal,
    referencia: str,
    debe: Callable[[int, dt.date], Saldo],
) -> None:
    """Raises DatoInvalido, by field, for a payment that cannot be received. Writes nothing, and asks the base nothing.

    `debe` tells the balance of each credit on a date; whether the reference is known is for who has the list.
    """
    _revisar_datos(ctx, creditos, fecha, importe, referencia)
    if not any(debe(credito.id, fecha).total for credito in creditos):
        raise _sin_deuda(creditos, fecha)


def _revisar_datos(
    ctx: Ctx, creditos: Sequence[Credito], fecha: dt.date, importe: Decimal, referencia: str
) -> None:
    if not creditos:
        raise _mal("creditos", "Elige al menos un crédito.")
    if not 0 < importe <= MAXIMO or importe != importe.quantize(CENTAVO):
        raise _mal("importe", "Escribe un importe mayor que cero, con pesos y centavos.")
    if fecha > ctx.hoy:
        raise _mal("fecha", "La fecha del pago no puede ser después de hoy.")
    if not referencia or len(referencia) > REFERENCIA_MAXIMA:
        raise _mal("referencia", f"Escribe la referencia del pago, de hasta {REFERENCIA_MAXIMA} letras.")
    if len({credito.patron_id for credito in creditos}) > 1:
        raise _mal("creditos", "Los créditos son de patrones distintos. Registra un pago por cada patrón.")
    for credito in creditos:
        _revisar_credito(ctx, credito, fecha)


def _revisar_referencia(ctx: Ctx, origen: OrigenPago, referencia: str) -> None:
    otro = ctx.session.scalars(
        select(Pago).where(Pago.origen == origen, Pago.referencia == referencia)
    ).one_or_none()
    if otro is not None:
        raise _mal(
            "referencia",
            f"Esa referencia ya se registró: es el pago {otro.folio}, del {fecha_larga(otro.fecha)} por "
            f"{escribir(otro.importe)}. Si está mal aplicado, corrígelo.",
        )


def _sin_deuda(creditos: Sequence[Credito], fecha: dt.date) -> DatoInvalido:
    cuales = "El crédito no debe" if len(creditos) == 1 else "Los créditos no deben"
    return _mal("creditos", f"{cuales} nada el {fecha_larga(fecha)}. Revisa la fecha y el crédito.")


def _revisar_credito(ctx: Ctx, credito: Credito, fecha: dt.date) -> None:
    if credito.estado is EstadoCredito.SIN_EFECTOS:
        raise _mal("creditos", f"El crédito {credito.folio} quedó sin efectos: no hay nada que pagar.")
    if credito.notificado is not None and fecha < credito.notificado:
        raise _mal(
            "fecha",
            f"El pago es anterior a la notificación del crédito {credito.folio}, que fue el "
            f"{fecha_larga(credito.notificado)}. Revisa la fecha; si el patrón pagó antes, lo que procede es una "
            "aclaración (LSS 39 D).",
        )
    # Not served yet it can be paid already, though not before there was anything to pay: a fine has no period.
    impuesta = credito.creado_en.astimezone(ctx.servicios.zona).date()
    nace = impuesta if credito.clase is ClaseCredito.MULTA else credito.periodo_hasta
    if credito.notificado is None and nace is not None and fecha < nace:
        raise _mal(
            "fecha",
            f"El crédito {credito.folio} todavía no se debía: escribe una fecha desde el {fecha_larga(nace)}.",
        )


def _revisar_hecho(
    hecho: cuenta.Aplicacion, creditos: Sequence[Credito], fecha: dt.date, excedente: str | None
) -> None:
    if not hecho.por_credito:
        raise _sin_deuda(creditos, fecha)
    if excedente is not None and excedente not in EXCEDENTES:
        raise _mal("excedente", "Elige qué se hace con lo que sobra.")
    if hecho.excedente and excedente is None:
        raise _mal(
            "excedente",
            f"El pago es mayor que lo que se debe: sobran {escribir(hecho.excedente)}. Di si se devuelven al "
            "patrón o se dejan para lo que venga.",
        )


def corregir(
    ctx: Ctx,
    pago: Pago,
    creditos: Sequence[Credito],
    motivo: str,
    *,
    fecha: dt.date | None = None,
    importe: Decimal | None = None,
    excedente: str | None = None,
) -> Pago:
    """The same money applied again as it should have been: the first application is reversed.

    Returns the payment that takes its place. Raises as `recibir` and `reversar` do.
    """
    reversar(ctx, pago, motivo)
    return recibir(
        ctx,
        creditos,
        fecha or pago.fecha,
        importe if importe is not None else pago.importe,
        pago.origen,
        _otra_referencia(ctx, pago),
        documento_id=pago.documento_id,
        excedente=excedente,
        corrige=pago,
    )


def reversar(ctx: Ctx, pago: Pago, motivo: str, *, cheque_no_pagado: bool = False) -> None:
    """Take a payment back. `cheque_no_pagado`: charge the indemnity of CFF 21 too, once the three days went by.

    Raises DatoInvalido for one that was taken back already or without its reason.
    """
    if ctx.actor.es("ejecutor"):
        raise NoPermitido(NUNCA_EJECUTOR)
    motivo = " ".join(motivo.split())
    if not motivo or len(motivo) > MOTIVO_MAXIMO:
        raise _mal("motivo", f"Escribe por qué, en hasta {MOTIVO_MAXIMO} letras.")
    if pago.estado is not EstadoPago.APLICADO:
        raise DatoInvalido(f"El pago {pago.folio} ya se había reversado. Vuelve a abrir la página.")
    tocados = cuenta.reversar(ctx, pago, motivo)
    if cheque_no_pagado and tocados:
        _indemnizar(ctx, pago, tocados)
    _avisar(ctx, pago, tocados)


def _indemnizar(ctx: Ctx, pago: Pago, tocados: Sequence[int]) -> None:
    regla = cheque(ctx.hoy)
    credito = ctx.session.get_one(Credito, tocados[0])
    cuenta.cargar(
        ctx,
        credito,
        ConceptoCredito.INDEMNIZACION,
        max(a_centavos(pago.importe * regla.porcentaje / 100), CENTAVO),
        ctx.hoy,
        f"{regla.porcentaje} % del cheque no pagado de {pago.folio}",
        regla.cita,
    )


def _anotar(ctx: Ctx, pago: Pago, creditos: Iterable[Credito]) -> None:
    for credito in creditos:
        anotar(ctx, "registrar_pago", de_credito(credito), pago_id=pago.id, origen=pago.origen.value)


def _avisar(ctx: Ctx, pago: Pago, creditos: Iterable[int], *, en_fondo: bool = False) -> None:
    for credito_id in creditos:
        mensaje.enviar(ctx, "pago_registrado", credito_id, {"pago_id": pago.id}, en_fondo=en_fondo)


def _otra_referencia(ctx: Ctx, pago: Pago) -> str:
    """The reference of the same money a second time: «7781», «7781#2», «7781#3»."""
    base = pago.referencia.split("#")[0]
    veces = ctx.session.scalars(
        select(Pago.id).where(
            Pago.origen == pago.origen,
            (Pago.referencia == base) | Pago.referencia.startswith(f"{base}#", autoescape=True),
        )
    ).all()
    return f"{base}#{len(veces) + 1}"


def _mal(campo: str, frase: str) -> DatoInvalido:
    return DatoInvalido(frase, {campo: frase})


__all__ = ["EXCEDENTES", "corregir", "recibir", "reversar", "revisar"]
