"""Gastos de ejecución: what each act of a collection costs (contract §4.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, calcular, de_filas, enlace, mostrar
from web.extensions import limiter
from web.filters import dinero
from workflow.params import gastos_ejecucion

CAMPOS = {"credito": "credito", "fecha": "fecha", "actos": "acto-0-que"}
UNION = "+"


@bp.get("/gastos")
@limiter.limit(LIMITE)
def gastos() -> Respuesta:
    """The form, and what is charged."""
    leido = Lectura(request.args)
    opciones = {UNION.join(a.diligencias): a.nombre for a in gastos_ejecucion.actos()}
    caso = _caso(leido, opciones) if leido.pide else None
    hecho = calcular(leido, caso, CAMPOS, "fecha") if caso else None
    if caso is None or hecho is None:
        return mostrar("gastos", leido, actos=opciones.items())
    total = Decimal(hecho["total"])
    direccion = _enlace(caso)
    return mostrar(
        "gastos",
        leido,
        actos=opciones.items(),
        r=hecho,
        total=total,
        renglones=[
            (opciones[UNION.join(a["diligencias"])], Decimal(a["importe"])) for a in hecho["por_acto"]
        ],
        enlace=direccion,
        copia=f"Gastos de ejecución: {dinero(total)}. {direccion}",
    )


def _caso(leido: Lectura, opciones: dict[str, str]) -> dict[str, Any]:
    credito, fecha = leido.dinero("credito"), leido.fecha("fecha")
    actos = []
    for n, fila in enumerate(leido.filas("acto", "que")):
        if fila["que"].strip():
            actos.append(leido.opcion(f"acto-{n}-que", opciones).split(UNION))
    if not actos:
        leido.errores["acto-0-que"] = "Elige al menos un acto."
    return {
        "regla": "gastos_ejecucion",
        "credito": credito,
        "actos": actos,
        "fecha": fecha.isoformat() if fecha else "",
    }


def _enlace(caso: dict[str, Any]) -> str:
    actos = de_filas("acto", [{"que": UNION.join(acto)} for acto in caso["actos"]])
    return enlace({"credito": caso["credito"], "fecha": caso["fecha"], **actos})
