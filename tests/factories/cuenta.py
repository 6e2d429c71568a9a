"""Credits with an account, put in place without the journey that determines them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import AsientoCredito, ClaseCredito, ConceptoCredito, Credito, EstadoCredito
from models.expediente import Expediente
from models.organizacion import Subdelegacion, Usuario
from models.pago import OrigenPago, Pago
from models.patron import Patron
from models.propuesta import TipoActo
from workflow.actions.demo import organizacion
from workflow.context import Ctx
from workflow.operations import cuenta, plazo
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_credito

PATRON, OTRO_PATRON = "C614077210", "Y544521310"
CITA = "LSS 39 C"


def unidad(ctx: Ctx, quien: str = "hector.rios") -> Subdelegacion:
    """The unit of the chief of collection."""
    correo = organizacion.correo(quien)
    fila = ctx.session.scalars(select(Usuario).where(Usuario.correo == correo)).one().subdelegacion
    assert fila is not None
    return fila


def patron(ctx: Ctx, registro: str = PATRON) -> Patron:
    """An employer of that unit; made up when the demo does not have it."""
    fila = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == registro)).one_or_none()
    if fila is None:
        fila = Patron(
            registro_patronal=registro, nombre="Talleres de Prueba, S. A.", subdelegacion_id=unidad(ctx).id
        )
        ctx.session.add(fila)
        ctx.session.flush()
    return fila


def acto(ctx: Ctx, de: Patron) -> Acto:
    """An act of that employer that issued its resolution."""
    expediente = Expediente(
        folio=siguiente(ctx, "EXP"), subdelegacion_id=unidad(ctx).id, patron_id=de.id, abierto_en=ctx.now
    )
    ctx.session.add(expediente)
    ctx.session.flush()
    fila = Acto(
        folio=siguiente(ctx, "ACT"),
        tipo=TipoActo.VISITA,
        estado=EstadoActo.PROGRAMADO,
        expediente_id=expediente.id,
        subdelegacion_id=expediente.subdelegacion_id,
        patron_id=de.id,
        periodos=[{"desde": "2025-01-01", "hasta": "2025-12-31"}],
        alcance={},
        auditores=[],
        programado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def credito(
    ctx: Ctx,
    de: Acto,
    clase: ClaseCredito = ClaseCredito.COP,
    estado: EstadoCredito = EstadoCredito.NOTIFICADO,
    notificado: dt.date | None = None,
) -> Credito:
    """A credit without charges."""
    fila = Credito(
        folio=siguiente(ctx, "CRE"),
        acto_id=de.id,
        estado=estado,
        clase=clase,
        expediente_id=de.expediente_id,
        subdelegacion_id=de.subdelegacion_id,
        patron_id=de.patron_id,
        notificado=notificado,
        creado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def cuotas(ctx: Ctx, en: Credito, fecha: dt.date, patron: str, trabajador: str = "0") -> list[AsientoCredito]:
    """The principal of one period, its two parts."""
    partes = ((ConceptoCredito.CUOTAS_PATRON, patron), (ConceptoCredito.CUOTAS_TRABAJADOR, trabajador))
    return [
        cuenta.cargar(ctx, en, concepto, Decimal(importe), fecha, "Cuotas omitidas", CITA)
        for concepto, importe in partes
        if Decimal(importe)
    ]


def multa(ctx: Ctx, en: Credito, importe: str, notificada: dt.date, vence: dt.date) -> AsientoCredito:
    """A fine, with its term of fifteen days open."""
    plazo.abrir(ctx, de_credito(en), "multa_20", desde=notificada)
    return cuenta.cargar(
        ctx, en, ConceptoCredito.MULTA, Decimal(importe), vence, "Multa impuesta", "LSS 304 A"
    )


def pago(ctx: Ctx, de: Credito, fecha: dt.date, importe: str, referencia: str) -> Pago:
    """A payment received and not applied."""
    fila = Pago(
        folio=siguiente(ctx, "PAG"),
        origen=OrigenPago.VENTANILLA,
        referencia=referencia,
        patron_id=de.patron_id,
        subdelegacion_id=de.subdelegacion_id,
        fecha=fecha,
        importe=Decimal(importe),
        registrado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila
