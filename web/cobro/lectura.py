"""What the forms of a payment say, read or refused by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from flask import request

from models.pago import OrigenPago
from web.puerta import numero
from workflow.errors import DatoInvalido, DomainError
from workflow.queries import pagos
from workflow.rules import dinero
from workflow.rules.errores import ReglaError
from workflow.rules.fecha import leer as leer_fecha

FECHA = "Escribe una fecha que exista, con día, mes y año."
ORIGEN = "Elige cómo llegó el pago."
EXCEDENTES = [
    ("devolver", "Se devuelve al patrón", "Aparece como excedente por devolver."),
    ("dejar", "Se deja para lo que venga", "Aparece como excedente a favor del patrón."),
]


def fecha(errores: dict[str, str]) -> dt.date:
    """The day of the payment; a mistake is added to `errores`."""
    try:
        return leer_fecha(request.form.get("fecha", "").strip())
    except ValueError:
        errores["fecha"] = FECHA
        return dt.date.max


def importe(errores: dict[str, str]) -> Decimal:
    """The pesos of the payment."""
    try:
        return dinero.leer(request.form.get("importe", ""))
    except ReglaError as error:
        errores["importe"] = error.mensaje
        return Decimal(0)


def origen(errores: dict[str, str]) -> OrigenPago:
    """How it came."""
    elegido = request.form.get("origen", "")
    if elegido not in dict(pagos.ORIGENES):
        errores["origen"] = ORIGEN
        return OrigenPago.VENTANILLA
    return OrigenPago(elegido)


def creditos() -> list[int]:
    """Ids of the credits that it is meant for."""
    return [leido for texto in request.form.getlist("creditos") if (leido := numero(texto)) is not None]


def excedente() -> str | None:
    """What to do with the rest, if she said."""
    return request.form.get("excedente") or None


def refuso(errores: Mapping[str, str]) -> None:
    """Raises DatoInvalido when something could not be read."""
    if errores:
        raise DatoInvalido("Hay datos que corregir.", errores)


def campos(error: DomainError | None) -> dict[str, str]:
    """Sentence by field, the first field for what speaks of none."""
    if error is None:
        return {}
    return dict(getattr(error, "campos", None) or {"creditos": error.mensaje})
