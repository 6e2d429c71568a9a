"""Contract 4.6."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.legal.oraculo.dias import LUNES, habil_siguiente, siguiente
from tests.legal.oraculo.entrada import Lector


def repse(caso: dict[str, Any]) -> dict[str, Any]:
    """Every date of one semester."""
    lector = Lector(caso)
    anio = lector.entero("anio", 1)
    semestre = lector.entero("semestre", 1)
    exhorto = lector.fecha_o("exhorto")
    inicio = lector.fecha_o("inicio_cancelacion")
    if semestre > 2 or anio > 9998:
        lector.mal()
    lector.terminar()

    padron = dt.date(anio, 1 if semestre == 1 else 7, 31)
    while padron.weekday() != LUNES:
        padron = padron - dt.timedelta(days=1)
    limite = padron
    for _ in range(3):
        limite = habil_siguiente(limite, [])
    exhorto = exhorto or limite
    if exhorto < padron:
        lector.mal()
        lector.terminar()
    fin = exhorto
    for _ in range(30):
        fin = siguiente(fin)
    segunda = habil_siguiente(fin, [])
    inicio = inicio or segunda
    if inicio < segunda:
        lector.mal()
        lector.terminar()
    manifestacion = inicio
    for _ in range(5):
        manifestacion = habil_siguiente(manifestacion, [])
    tercera = habil_siguiente(manifestacion, [])
    return {
        "padron": padron.isoformat(),
        "limite_exhorto": limite.isoformat(),
        "exhorto": exhorto.isoformat(),
        "fin_regularizacion": fin.isoformat(),
        "segunda_opinion": segunda.isoformat(),
        "fin_manifestacion": manifestacion.isoformat(),
        "tercera_opinion": tercera.isoformat(),
        "cancelacion": tercera.isoformat(),
    }
