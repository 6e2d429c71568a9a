"""A credit of an act: born, determined again, and what the act and its denuncias are told (procesos §10)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from models.acto import Acto
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.denuncia import Denuncia
from models.plazo import Suspension
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import mensaje, plazo
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto, de_credito
from workflow.params.suspensiones import detiene

K = EstadoCredito
FINALES = frozenset({K.PAGADO, K.GARANTIZADO, K.SIN_EFECTOS, K.CANCELADO})
# Not served yet: the act waits for all of them (CFF 50).
SIN_NOTIFICAR = frozenset({K.POR_DETERMINAR, K.EN_PROYECTO, K.EN_REVISION_JURIDICA, K.POR_FIRMAR, K.FIRMADO})


def abrir(
    ctx: Ctx,
    acto: Acto,
    clase: ClaseCredito,
    desde: dt.date | None,
    hasta: dt.date | None,
    sustituye: Credito | None = None,
) -> Credito:
    """A new credit of `acto`, still to be determined; the caller sends `credito_por_determinar`.

    `desde` and `hasta`: first and last day of its periods (none: a fine without period). `sustituye`: the
    credit whose place it takes. Opens `caducidad`, counted from the day the Institute knew of the facts.
    Raises DatoInvalido for a period that ends before it begins.
    """
    if desde is not None and hasta is not None and hasta < desde:
        raise DatoInvalido("El periodo del crédito termina antes de empezar. Corrige una de las dos fechas.")
    credito = Credito(
        folio=siguiente(ctx, "CRE"),
        acto_id=acto.id,
        clase=clase,
        expediente_id=acto.expediente_id,
        subdelegacion_id=acto.subdelegacion_id,
        patron_id=acto.patron_id,
        periodo_desde=desde,
        periodo_hasta=hasta,
        sustituye_id=sustituye.id if sustituye is not None else None,
        creado_en=ctx.now,
    )
    ctx.session.add(credito)
    ctx.session.flush()
    sujeto = de_credito(credito)
    plazo.abrir(ctx, sujeto, "caducidad", desde=conocimiento(ctx, acto) or hasta or ctx.hoy)
    anotar(
        ctx,
        "abrir_credito",
        sujeto,
        acto_id=acto.id,
        clase=clase.value,
        sustituye_id=credito.sustituye_id,
    )
    return credito


def conocimiento(ctx: Ctx, acto: Acto) -> dt.date | None:
    """The day on which the Institute knew of the facts: the first filing of the denuncias of the act (LSS 297)."""
    if acto.propuesta_id is None:
        return None
    primera = ctx.session.scalar(
        select(func.min(Denuncia.presentada_en)).where(Denuncia.propuesta_id == acto.propuesta_id)
    )
    return primera.astimezone(ctx.servicios.zona).date() if primera is not None else None


def determinar_otra_vez(ctx: Ctx, viejo: Credito) -> Credito:
    """The credit that takes the place of `viejo`, told to begin."""
    acto = ctx.session.get_one(Acto, viejo.acto_id)
    nuevo = abrir(ctx, acto, viejo.clase, viejo.periodo_desde, viejo.periodo_hasta, sustituye=viejo)
    _heredar_pausas(ctx, viejo, nuevo)
    mensaje.enviar(ctx, "credito_por_determinar", nuevo.id, {"acto_id": acto.id, "clase": nuevo.clase.value})
    return nuevo


def _heredar_pausas(ctx: Ctx, viejo: Credito, nuevo: Credito) -> None:
    """What suspended the power to determine the first suspends it for what replaces it (LSS 297)."""
    suyas = select(Suspension).where(
        Suspension.sujeto_tipo == "credito",
        Suspension.sujeto_id == viejo.id,
        Suspension.hasta.is_not(None),
    )
    for pausa in ctx.session.scalars(suyas.order_by(Suspension.desde, Suspension.id)).all():
        if detiene(pausa.causal, "caducidad") and pausa.hasta is not None:
            plazo.suspender(ctx, de_credito(nuevo), pausa.causal, pausa.cita, pausa.desde)
            plazo.reanudar(ctx, de_credito(nuevo), pausa.hasta)


def hermanos(ctx: Ctx, credito: Credito, *, consigo: bool = False) -> list[Credito]:
    """The credits of the same act; itself too with `consigo`."""
    filas = ctx.session.scalars(select(Credito).where(Credito.acto_id == credito.acto_id))
    return [uno for uno in filas if consigo or uno.id != credito.id]


def avisar_notificados(ctx: Ctx, credito: Credito) -> None:
    """Tell the act when the last of its credits was served or ended without service (CFF 50)."""
    acto = ctx.session.get_one(Acto, credito.acto_id)
    if acto.concluido_en is not None or any(uno.estado in SIN_NOTIFICAR for uno in hermanos(ctx, credito)):
        return
    fechas = [uno.notificado for uno in hermanos(ctx, credito, consigo=True) if uno.notificado is not None]
    if fechas:
        plazo.cerrar(ctx, de_acto(acto), "resolucion", al=max(fechas))
    mensaje.enviar(ctx, "creditos_notificados", acto.id, {})


def avisar_definido(ctx: Ctx, credito: Credito, estado: str) -> None:
    """Tell every denuncia of the act what became of one of its credits."""
    mensaje.enviar(ctx, "credito_definido", credito.acto_id, {"credito_id": credito.id, "estado": estado})
