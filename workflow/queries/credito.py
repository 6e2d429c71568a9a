"""A credit as its page shows it: its road, its last cédula, what it owes today and what was served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.credito import Cedula, Credito, EstadoCredito
from models.notificacion import Notificacion
from workflow.context import Ctx
from workflow.operations import cuenta
from workflow.operations.credito_calculo import vigente
from workflow.operations.sujeto import Sujeto
from workflow.queries.acto import notificaciones
from workflow.queries.pae import Etapa, Parte, partes
from workflow.rules.errores import ReglaError

K = EstadoCredito
# The road of a credit, and the states in which it stands at each step.
CAMINO: tuple[tuple[str, frozenset[EstadoCredito]], ...] = (
    ("Determinación", frozenset({K.POR_DETERMINAR, K.EN_PROYECTO})),
    ("Revisión jurídica", frozenset({K.EN_REVISION_JURIDICA})),
    ("Firma", frozenset({K.POR_FIRMAR})),
    ("Notificación", frozenset({K.FIRMADO})),
    ("Plazo de pago", frozenset({K.NOTIFICADO, K.EN_ACLARACION, K.GARANTIZADO_VIGENTE, K.EN_CONVENIO})),
    ("Cobro", frozenset({K.FIRME, K.EXIGIBLE, K.EN_PAE})),
    ("Término", frozenset({K.PAGADO, K.GARANTIZADO, K.SIN_EFECTOS, K.CANCELADO})),
)


@dataclass(frozen=True)
class VistaCredito:
    """The page. `sin_saldo` says why the balance cannot be told."""

    etapas: list[Etapa]
    cedula: Cedula | None
    saldo: Decimal | None
    partes: list[Parte]
    sin_saldo: str
    notificaciones: Sequence[tuple[Notificacion, str]]


def de(ctx: Ctx, credito: Credito, sujeto: Sujeto, al: dt.date) -> VistaCredito:
    """The credit on `al`, for who opened it."""
    saldo, porque = None, ""
    try:
        saldo = cuenta.saldo(ctx, credito, al)
    except ReglaError as error:
        porque = error.mensaje
    return VistaCredito(
        etapas(credito),
        vigente(ctx, credito),
        saldo.total if saldo and (saldo.total or saldo.adeudos) else None,
        partes([saldo]) if saldo and saldo.total else [],
        porque,
        notificaciones(ctx, sujeto),
    )


def etapas(credito: Credito) -> list[Etapa]:
    """Where the credit stands. A credit that ended early did not pass the steps between: they stay grey."""
    aqui = next(i for i, (_, estados) in enumerate(CAMINO) if credito.estado in estados)
    paso = 4 if credito.notificado else 3  # what it surely left behind when it ended early
    lista = []
    for i, (nombre, _) in enumerate(CAMINO):
        hecho = i < aqui and (not credito.es_final or i < paso)
        if i == aqui:
            lista.append(Etapa(nombre, "hecho" if credito.es_final else "aqui", credito.estado.etiqueta))
        else:
            lista.append(Etapa(nombre, "hecho" if hecho else "futura", ""))
    return lista
