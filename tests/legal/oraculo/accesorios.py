"""Contract 4.3."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.legal.oraculo import tablas
from tests.legal.oraculo.dias import mas_meses_o_ultimo, mes_anterior, siguiente
from tests.legal.oraculo.entrada import NO_VIGENTE, SIN_INPC, Falla, Lector
from tests.legal.oraculo.numeros import a_pesos, escribir, redondear, truncar
from tests.legal.oraculo.tablas_inpc import INPC

TOPE_MESES = 60
Indice = dict[str, str] | None


def accesorios(caso: dict[str, Any]) -> dict[str, Any]:
    """Factor, surcharges and what is to be paid."""
    lector = Lector(caso)
    importe = lector.numero("importe")
    debio, pago = lector.fecha("debio_pagarse"), lector.fecha("fecha_pago")
    concepto = lector.palabra("concepto", ["cuotas", "multa"], "cuotas")
    lector.terminar()

    # When both an index and a rate are missing the contract does not say which is told.
    codigos: set[str] = set()
    valor_factor, antiguo, reciente = Fraction(1), None, None
    try:
        valor_factor, antiguo, reciente = factor(debio, pago)
    except Falla as falla:
        codigos |= falla.codigos
    meses, tasa = 0, Fraction(0)
    try:
        if concepto == "cuotas":
            meses, tasa = mora(debio, pago)
    except Falla as falla:
        codigos |= falla.codigos
    if codigos:
        raise Falla(*codigos)
    actualizado = redondear(importe * valor_factor)
    recargos = redondear(actualizado * tasa / 100)
    total = actualizado + recargos
    return {
        "factor": escribir(valor_factor, 4),
        "actualizado": escribir(actualizado),
        "meses_recargos": meses,
        "tasa_recargos": escribir(tasa),
        "recargos": escribir(recargos),
        "total": escribir(total),
        "a_pagar": escribir(a_pesos(total)),
        "inpc_antiguo": antiguo,
        "inpc_reciente": reciente,
    }


def factor(debio: dt.date, pago: dt.date) -> tuple[Fraction, Indice, Indice]:
    """Factor with four decimals and the two indexes."""
    if pago <= debio or pago < mas_meses_o_ultimo(debio, 1):
        return Fraction(1), None, None
    viejo = "{:04d}-{:02d}".format(*mes_anterior(debio))
    nuevo = "{:04d}-{:02d}".format(*mes_anterior(pago))
    if viejo not in INPC:
        raise Falla(SIN_INPC)
    publicados = sorted(mes for mes in INPC if mes <= nuevo)
    nuevo = publicados[-1]
    resultado = max(Fraction(1), truncar(Fraction(INPC[nuevo]) / Fraction(INPC[viejo]), 4))
    return resultado, {"mes": viejo, "valor": INPC[viejo]}, {"mes": nuevo, "valor": INPC[nuevo]}


def mora(debio: dt.date, pago: dt.date) -> tuple[int, Fraction]:
    """Months begun and the sum of their rates."""
    if pago <= debio:
        return 0, Fraction(0)
    meses, tasa = 0, Fraction(0)
    while meses < TOPE_MESES:
        empieza = mas_meses_o_ultimo(siguiente(debio), meses)
        if empieza > pago:
            break
        if empieza.year not in tablas.MORA:
            raise Falla(NO_VIGENTE)
        tasa += Fraction(tablas.MORA[empieza.year])
        meses += 1
    return meses, tasa
