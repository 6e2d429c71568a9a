"""The service of a document: ordered by whoever needs it, annulled by whoever may (procesos §11; CFF 134-140)."""

from __future__ import annotations

from sqlalchemy import select

from models.documento import Documento
from models.expediente import Expediente
from models.notificacion import (
    CalidadDestinatario,
    EstadoNotificacion,
    MedioNotificacion,
    Notificacion,
)
from models.patron import Patron
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import Sujeto

N = EstadoNotificacion
# What no longer stands: the document may be served again.
SIN_EFECTO = (N.NO_LOCALIZADO, N.ANULADA)
SIN_CONTACTO = "sin_contacto_buzon"


def ordenar(
    ctx: Ctx,
    sujeto: Sujeto,
    documento: Documento,
    *,
    calidad: str = "patron",
    destinatario: str | None = None,
    domicilio: str | None = None,
    codigo_postal: str | None = None,
    admite_no_localizado: bool = False,
    cierra_plazo: str = "",
    interrumpe_prescripcion: bool = False,
    medio: str | None = None,
    contacto_buzon: bool = True,
) -> Notificacion:
    """Order that `documento` be served; its id is what the call to `notificacion` takes.

    Without `destinatario` and `domicilio` those of the employer of the file. `medio`: a value of
    MedioNotificacion where the caller knows it (personal when not given). `contacto_buzon`: False where the
    Buzón has no valid contact of the addressee (LSS 286 M). `cierra_plazo`: the term of `sujeto` that the
    document had to meet. Raises DatoInvalido for a document that is being served, or was, to the same
    addressee, and where nobody is named.
    """
    patron = _patron(ctx, sujeto)
    suyo = calidad == CalidadDestinatario.PATRON and patron is not None
    nombre = (destinatario or (patron.nombre if suyo and patron else "")).strip()
    if not nombre:
        raise DatoInvalido(
            "Escribe a quién se notifica el documento.", {"destinatario": "Escribe el nombre."}
        )
    _una_vez(ctx, documento, nombre)
    fila = Notificacion(
        folio=siguiente(ctx, "NOT"),
        medio=MedioNotificacion(medio) if medio else None,
        documento_id=documento.id,
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        expediente_id=sujeto.expediente_id,
        subdelegacion_id=sujeto.subdelegacion_id,
        calidad=CalidadDestinatario(calidad),
        destinatario=nombre[:250],
        domicilio=(domicilio if domicilio is not None else patron.domicilio if patron else "")[:300],
        codigo_postal=(codigo_postal or (patron.codigo_postal if patron and domicilio is None else ""))[:5],
        admite_no_localizado=admite_no_localizado,
        cierra_plazo=cierra_plazo,
        interrumpe_prescripcion=interrumpe_prescripcion,
        causa_estrados="" if contacto_buzon else SIN_CONTACTO,
        ordenada_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    anotar(ctx, "ordenar_notificacion", sujeto, notificacion_id=fila.id, documento_id=documento.id)
    return fila


def de_la_llamada(ctx: Ctx, call: Call) -> Notificacion:
    """The notificacion of the called diagram. Raises NoEncontrado where the caller named none."""
    clave = call.data.get("notificacion_id")
    fila = ctx.session.get(Notificacion, clave) if isinstance(clave, int) else None
    if fila is None:
        raise NoEncontrado("Falta la notificación que se va a practicar: ordénala antes de llamarla.")
    return fila


def sujeto_de(fila: Notificacion) -> Sujeto:
    """The noun whose process asked for it: its ledger is that of the service."""
    return Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)


def _patron(ctx: Ctx, sujeto: Sujeto) -> Patron | None:
    return ctx.session.scalars(
        select(Patron)
        .join(Expediente, Expediente.patron_id == Patron.id)
        .where(Expediente.id == sujeto.expediente_id)
    ).first()


def _una_vez(ctx: Ctx, documento: Documento, nombre: str) -> None:
    """A document is served once to each addressee; the row of the document is kept while it is asked."""
    ctx.session.flush()
    ctx.session.scalars(select(Documento.id).where(Documento.id == documento.id).with_for_update()).one()
    viva = ctx.session.scalar(
        select(Notificacion.folio).where(
            Notificacion.documento_id == documento.id,
            Notificacion.destinatario == nombre[:250],
            Notificacion.estado.not_in(SIN_EFECTO),
        )
    )
    if viva is not None:
        raise DatoInvalido(
            f"El documento {documento.folio or documento.id} ya se notifica o se notificó a esa persona "
            f"({viva}). Sólo se repite si la notificación se anula o no se halló a la persona."
        )
