"""The presumptive amount of a denuncia or of a proposal, out of the facts analysed. Read only for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from models.denuncia import Denuncia, EstadoDenuncia
from models.patron import Patron
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.rules import presuntivo
from workflow.rules.presuntivo import Hecho, Presuntivo


def de_hechos(
    ctx: Ctx, denuncias: Iterable[Iterable[Mapping[str, Any]]], patron: Patron | None
) -> Presuntivo:
    """What the facts (rows of the analysis, by denuncia) add up to, with the risk and zone of the employer."""
    return presuntivo.calcular(
        [[leer_hecho(fila) for fila in filas] for filas in denuncias],
        ctx.hoy,
        clase_riesgo=patron.clase_riesgo if patron else None,
        prima=patron.prima if patron else None,
        zona=patron.zona if patron else "general",
    )


def de_propuesta(ctx: Ctx, propuesta: Propuesta) -> Presuntivo:
    """The facts of its denuncias, without those withdrawn. One query."""
    analisis = ctx.session.scalars(
        select(Denuncia.analisis)
        .where(Denuncia.propuesta_id == propuesta.id, Denuncia.estado != EstadoDenuncia.DESISTIDA)
        .order_by(Denuncia.id)
    )
    return de_hechos(ctx, [(uno or {}).get("hechos", []) for uno in analisis], propuesta.patron)


def fijar(ctx: Ctx, propuesta: Propuesta) -> Presuntivo:
    """Compute the amount of a proposal and keep it."""
    hallado = de_propuesta(ctx, propuesta)
    propuesta.monto_presuntivo = hallado.monto
    return hallado


def leer_hecho(fila: Mapping[str, Any]) -> Hecho:
    """A row of the analysis: what cannot be read as a date or an amount is None."""
    periodo = fila.get("periodo") or {}
    return Hecho(
        motivo=str(fila.get("motivo")),
        desde=_fecha(periodo.get("desde")),
        hasta=_fecha(periodo.get("hasta")),
        real=_dinero(fila.get("salario_real")),
        registrado=_dinero(fila.get("salario_registrado")),
        resultado=str(fila.get("resultado") or ""),
    )


def _fecha(dato: Any) -> dt.date | None:
    """A date of a form; None for what is none: she may have told the year alone."""
    try:
        return dt.date.fromisoformat(str(dato))
    except ValueError:
        return None


def _dinero(dato: Any) -> Decimal | None:
    try:
        return Decimal(str(dato).replace(",", ""))
    except InvalidOperation:
        return None
