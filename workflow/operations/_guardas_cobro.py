"""Guards of what is determined and collected (procesos §1.6): one function each, called by the verb it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select

from models.acto import Acto
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.pae import CreditoEnPae, Pae
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import plazo
from workflow.operations.credito import FINALES, conocimiento
from workflow.operations.sujeto import de_credito
from workflow.params.suspensiones import detiene, nombre
from workflow.rules.calendario import fecha_larga
from workflow.rules.cedula_pagos import Tramo, tramo_de
from workflow.rules.extincion import caducidad
from workflow.rules.plazos import primero_del_mes
from workflow.rules.visita import Extra

K = EstadoCredito
PAGO = {ClaseCredito.COP: "mensual", ClaseCredito.RCV: "bimestral"}


def g_no_cobro(ctx: Ctx, credito: Credito) -> None:
    """No act of collection while something holds the credit [every verb of pae and remate].

    CFF 144; LSS 294, 298. Raises NoPermitido with the reason.
    """
    motivo = por_que_no_se_cobra(ctx, credito)
    if motivo:
        raise NoPermitido(f"El crédito {credito.folio} no se puede cobrar ahora: {motivo}.")


def por_que_no_se_cobra(ctx: Ctx, credito: Credito) -> str | None:
    """What keeps the credit from being collected, in words that end a sentence; None when nothing does."""
    if credito.estado in FINALES:
        return f"está {credito.estado.etiqueta.lower()}"
    if credito.estado is K.EN_CONVENIO:
        return "hay un convenio vigente"
    if credito.estado is K.GARANTIZADO_VIGENTE:
        return "el interés fiscal está garantizado"
    for pausa in plazo.suspendidas(ctx, de_credito(credito)):
        if detiene(pausa.causal, "pago_credito"):
            return f"corre una suspensión ({nombre(pausa.causal).lower()})"
    tras = plazo.abiertos(ctx, de_credito(credito)).get("inconf_garantia")
    if tras is not None and tras.dispara_en > ctx.now:
        return f"puede pagarse o garantizarse hasta el {fecha_larga(tras.vence)}"
    if _excluido(ctx, credito):
        return "su cobro está suspendido en el PAE"
    vence = prescrito(ctx, credito)
    return f"prescribió el {fecha_larga(vence)}" if vence is not None else None


def _excluido(ctx: Ctx, credito: Credito) -> bool:
    fila = ctx.session.scalars(
        select(CreditoEnPae).where(CreditoEnPae.credito_id == credito.id, CreditoEnPae.excluido_en.is_(None))
    ).first()
    return fila is not None and bool(fila.suspendido_por)


def prescrito(ctx: Ctx, credito: Credito) -> dt.date | None:
    """The day on which the debt was extinguished (LSS 298; CFF 146); None while it lives."""
    abiertos = plazo.abiertos(ctx, de_credito(credito))
    for clave in ("prescripcion", "prescripcion_tope"):
        uno = abiertos.get(clave)
        if uno is not None and uno.vence < ctx.hoy and uno.dispara_en < plazo.NUNCA:
            return uno.vence
    return None


def g_un_pae(ctx: Ctx, patron_id: int, subdelegacion_id: int) -> Pae | None:
    """The open enforcement of an employer in a unit, locked: credits accumulate in it [declarar_exigible]."""
    return ctx.session.scalars(
        select(Pae)
        .where(
            Pae.patron_id == patron_id,
            Pae.subdelegacion_id == subdelegacion_id,
            Pae.concluido_en.is_(None),
        )
        .with_for_update()
    ).first()


def g_multa_unica(ctx: Ctx, credito: Credito) -> None:
    """One fine for one act (RACERF 186, 188) [calcular_credito]. Raises DatoInvalido for a second one alive.

    Which of several infractions stays is said by the rule (`cedula_multa.imponer`).
    """
    if credito.clase is not ClaseCredito.MULTA:
        return
    otra = ctx.session.scalars(
        select(Credito).where(
            Credito.acto_id == credito.acto_id,
            Credito.clase == ClaseCredito.MULTA,
            Credito.id < credito.id,
            Credito.estado != K.SIN_EFECTOS,
        )
    ).first()
    if otra is not None:
        raise DatoInvalido(
            f"El acto ya tiene una multa ({otra.folio}): por un mismo acto sólo se impone una, la mayor "
            "(RACERF 186 y 188). Deja sin efectos una de las dos."
        )


def g_pago_aparte(ctx: Ctx, creditos: Iterable[Credito]) -> list[Credito]:
    """Those that take part in the order of application: the challenged and guaranteed do not [aplicar_pago].

    CFF 20, 194.
    """
    return [uno for uno in creditos if not (uno.estado is K.GARANTIZADO_VIGENTE and _impugnado(ctx, uno))]


def _impugnado(ctx: Ctx, credito: Credito) -> bool:
    return any(p.causal in ("inconformidad", "juicio") for p in plazo.suspendidas(ctx, de_credito(credito)))


def g_caducidad_de_periodos(
    ctx: Ctx, acto: Acto, clase: ClaseCredito, desde: dt.date | None, hasta: dt.date | None
) -> tuple[Tramo, ...]:
    """The periods of payment that may no longer be determined today (LSS 297) [firmar_cedula].

    With denuncias all count from the first filing, the day on which the Institute knew; without, each period
    from its last day to pay. A fine without periods has none.
    """
    if desde is None or hasta is None:
        return ()
    supo = conocimiento(ctx, acto)
    extra = plazo.inhabiles(ctx, acto.subdelegacion_id)
    lapsos = []
    for tramo in tramos(clase, desde, hasta, extra):
        # What was not due when the Institute knew of the rest counts from its own day.
        vence = tramo.caduca if supo is None or supo < tramo.limite else caducidad(supo).vence
        if vence < ctx.hoy:
            lapsos.append(tramo)
    return tuple(lapsos)


def tramos(clase: ClaseCredito, desde: dt.date, hasta: dt.date, extra: Extra = frozenset()) -> list[Tramo]:
    """The periods of payment of a class of credit between two days: months, or bimestres for RCV."""
    pago = PAGO.get(clase, "mensual")
    vistos: dict[str, Tramo] = {}
    mes = desde.replace(day=1)
    while mes <= hasta:
        tramo = tramo_de(pago, mes, extra)
        vistos.setdefault(tramo.clave, tramo)
        mes = primero_del_mes(mes, 1)
    return list(vistos.values())
