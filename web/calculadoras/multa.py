"""The range of a fine and what is paid of it (contract §4.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, calcular, enlace, mostrar
from web.extensions import limiter
from web.filters import dinero
from workflow.params import multas

POR_PORCENTAJE = "porcentaje"
CAMPOS = {c: c for c in ("infraccion", "fecha", "importe", "omitido")}


@bp.get("/multa")
@limiter.limit(LIMITE)
def multa() -> Respuesta:
    """The form, and the range."""
    leido = Lectura(request.args)
    infracciones = [(i.clave, f"{i.clave}: {i.descripcion}") for i in multas.infracciones()]
    caso = _caso(leido) if leido.pide else None
    hecho = calcular(leido, caso, CAMPOS, "fecha") if caso else None
    if caso is None or hecho is None:
        return mostrar("multa", leido, infracciones=infracciones)
    minimo, maximo = Decimal(hecho["minimo"]), Decimal(hecho["maximo"])
    direccion = _enlace(caso)
    return mostrar(
        "multa",
        leido,
        infracciones=infracciones,
        r=hecho,
        i=multas.infraccion(caso["infraccion"]),
        minimo=minimo,
        maximo=maximo,
        individualizada=_o_nada(hecho, "importe_individualizado"),
        a_pagar=_o_nada(hecho, "a_pagar"),
        enlace=direccion,
        copia=f"Multa de {dinero(minimo)} a {dinero(maximo)}. {direccion}",
    )


def _o_nada(hecho: dict[str, Any], clave: str) -> Decimal | None:
    return Decimal(hecho[clave]) if hecho.get(clave) else None


def _caso(leido: Lectura) -> dict[str, Any]:
    claves = {i.clave: i for i in multas.infracciones()}
    clave = leido.opcion("infraccion", claves)
    fecha = leido.fecha("fecha")
    de_porcentaje = clave in claves and claves[clave].unidad == POR_PORCENTAJE
    omitido = leido.dinero("omitido", obligatorio=de_porcentaje)
    if omitido and not de_porcentaje:
        leido.errores["omitido"] = "Esta infracción no se calcula sobre lo omitido. Borra esta cantidad."
    return {
        "regla": "multa",
        "infraccion": clave,
        "fecha": fecha.isoformat() if fecha else "",
        "omitido": omitido,
        "importe": leido.dinero("importe", obligatorio=False),
        "reincidencia": leido.si("reincidencia"),
        "pago_oportuno": leido.si("pago_oportuno"),
    }


def _enlace(caso: dict[str, Any]) -> str:
    escritos = {n: caso[n] for n in ("infraccion", "fecha", "omitido", "importe")}
    return enlace({**escritos, **{n: "si" for n in ("reincidencia", "pago_oportuno") if caso[n]}})
