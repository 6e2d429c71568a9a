"""Acts in resolution with the workers that they proved, and their credits, without the earlier journey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import ClaseCredito, Credito, TrabajadorDeterminado
from models.organizacion import Usuario
from models.patron import Patron
from models.propuesta import TipoActo
from workflow.actions.demo import organizacion
from workflow.context import Ctx
from workflow.operations import credito, expediente, mensaje, plazo
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto

PATRON = "C614077210"
DESDE, HASTA = dt.date(2025, 11, 1), dt.date(2025, 12, 31)
# NSS, name, proved SBC, registered SBC (None: never registered)
TRABAJADORES: tuple[tuple[str, str, str, str | None], ...] = (
    ("12345678903", "Rosa Martínez Luna", "520.00", "315.04"),
    ("23456789014", "Juan Pérez Soto", "610.00", None),
    ("34567890125", "Elena Cruz Díaz", "480.50", "315.04"),
)


def acto(
    ctx: Ctx,
    *,
    desde: dt.date = DESDE,
    hasta: dt.date = HASTA,
    auditores: tuple[str, ...] = ("daniela.solis",),
) -> Acto:
    """An act on the demo employer whose resolution is being written, in a file of its own."""
    patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == PATRON)).one()
    caso = expediente.abrir(ctx, patron.subdelegacion_id, patron.id)
    correos = [organizacion.correo(uno) for uno in auditores]
    fila = Acto(
        folio=siguiente(ctx, "ACT"),
        tipo=TipoActo.VISITA,
        estado=EstadoActo.EN_RESOLUCION,
        expediente_id=caso.id,
        subdelegacion_id=patron.subdelegacion_id,
        patron_id=patron.id,
        periodos=[{"desde": desde.isoformat(), "hasta": hasta.isoformat()}],
        alcance={},
        auditores=list(ctx.session.scalars(select(Usuario.id).where(Usuario.correo.in_(correos)))),
        programado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    plazo.abrir(ctx, de_acto(fila), "resolucion", desde=ctx.hoy)
    return fila


def trabajadores(
    ctx: Ctx,
    suyo: Acto,
    filas: tuple[tuple[str, str, str, str | None], ...] = TRABAJADORES,
    *,
    desde: dt.date = DESDE,
    hasta: dt.date = HASTA,
) -> None:
    """What the act proved of each worker, one stretch each."""
    for nss, nombre, real, registrado in filas:
        ctx.session.add(
            TrabajadorDeterminado(
                acto_id=suyo.id,
                nss=nss,
                nombre=nombre,
                desde=desde,
                hasta=hasta,
                sbc_comprobado=Decimal(real),
                sbc_registrado=Decimal(registrado) if registrado else None,
            )
        )
    ctx.session.flush()


def nuevo(
    ctx: Ctx,
    suyo: Acto,
    clase: ClaseCredito = ClaseCredito.COP,
    desde: dt.date | None = DESDE,
    hasta: dt.date | None = HASTA,
) -> Credito:
    """A credit of the act whose process begins after the commit."""
    fila = credito.abrir(ctx, suyo, clase, desde, hasta)
    mensaje.enviar(ctx, "credito_por_determinar", fila.id, {"acto_id": suyo.id, "clase": clase.value})
    return fila


def de_datos(con: Mapping[str, Any]) -> dict[str, Any]:
    """Dates of a scenario as dates."""
    return {
        clave: dt.date.fromisoformat(valor) for clave, valor in con.items() if clave in ("desde", "hasta")
    }
