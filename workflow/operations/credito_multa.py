"""The fine of a credit: individualised, with the reincidencia that earlier fines prove (RACERF 183-188)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import Cedula, ClaseCredito, Credito, EstadoCredito
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations.credito_calculo import vigente
from workflow.params.loader import plazo as termino
from workflow.rules.cedula import Sancion
from workflow.rules.plazos import aplicar


def individualizar(ctx: Ctx, credito: Credito, filas: Iterable[Mapping[str, Any]]) -> tuple[Sancion, ...]:
    """The fines proposed in a form, with the reincidencia that earlier fines prove.

    Raises DatoInvalido for a percent that is no number, and for a fine without amount.
    """
    sanciones = []
    for fila in filas:
        clave = str(fila["infraccion"]).strip()
        previas = anteriores(ctx, credito, clave)
        dichas = "".join(f" Multa anterior {p.folio}." for p in previas)
        porcentaje = _por_ciento(fila.get("porcentaje"))
        if porcentaje is None and not fila.get("importe"):
            raise DatoInvalido(
                "Falta cuánto se impone por la infracción.",
                {"individualizacion": "Escribe el porcentaje o el importe de la multa."},
            )
        sanciones.append(
            Sancion(
                infraccion=clave,
                fecha=fecha_infraccion(ctx, credito),
                importe=Decimal(str(fila["importe"])) if fila.get("importe") else None,
                porcentaje=porcentaje,
                reincidencia=bool(previas),
                gravedad=str(fila["gravedad"]),
                antecedentes=f"{fila['antecedentes']}{dichas}",
            )
        )
    return tuple(sanciones)


def fecha_infraccion(ctx: Ctx, credito: Credito) -> dt.date:
    """The day to which the fine is referred: the last one of its periods."""
    return credito.periodo_hasta or ctx.session.get_one(Acto, credito.acto_id).programado_en.date()


def anteriores(ctx: Ctx, credito: Credito, infraccion: str) -> list[Credito]:
    """Earlier fines for the same infraction served to the employer within the window of RACERF 185."""
    filas = ctx.session.scalars(
        select(Credito)
        .where(
            Credito.patron_id == credito.patron_id,
            Credito.clase == ClaseCredito.MULTA,
            Credito.id != credito.id,
            Credito.acto_id != credito.acto_id,
            Credito.notificado.is_not(None),
            Credito.estado != EstadoCredito.SIN_EFECTOS,
        )
        .order_by(Credito.notificado, Credito.id)
    )
    cuando = fecha_infraccion(ctx, credito)
    return [
        otra
        for otra in filas
        if otra.notificado is not None
        and otra.notificado <= cuando <= aplicar(termino("reincidencia"), otra.notificado).vence
        and ((vigente(ctx, otra) or Cedula()).individualizacion or {}).get("infraccion") == infraccion
    ]


def _por_ciento(escrito: Any) -> Decimal | None:
    if escrito in (None, ""):
        return None
    try:
        return Decimal(str(escrito).replace("%", "").strip())
    except ArithmeticError as error:
        raise DatoInvalido(
            "El porcentaje de la multa no es un número.",
            {"individualizacion": "Escribe el porcentaje con cifras, por ejemplo 55."},
        ) from error
