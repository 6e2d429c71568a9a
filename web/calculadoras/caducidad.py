"""Until when a debt can be fixed (caducidad) or collected (prescripción): contract §4.9."""

from __future__ import annotations

from typing import Any

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, calcular, copia, de_filas, dia, enlace, mostrar
from web.extensions import limiter

CUALES = {"caducidad": "Caducidad", "prescripcion": "Prescripción"}
VERBOS = {"caducidad": "Caduca", "prescripcion": "Prescribe"}
CAMPOS = {"desde": "desde", "exigible_desde": "desde", "La gestión": "gestion-0-dia"}


@bp.get("/caducidad")
@limiter.limit(LIMITE)
def caducidad() -> Respuesta:
    """The form, and the last day with its derivation."""
    leido = Lectura(request.args)
    caso = _caso(leido) if leido.pide else None
    hecho = calcular(leido, caso, CAMPOS, "desde") if caso else None
    if caso is None or hecho is None:
        return mostrar("caducidad", leido, cuales=CUALES.items())
    vence, direccion = dia(hecho["vence"]), _enlace(caso)
    verbo = VERBOS[caso["regla"]]
    return mostrar(
        "caducidad",
        leido,
        cuales=CUALES.items(),
        r=hecho,
        verbo=verbo,
        vence=vence,
        desde=dia(_desde(caso)),
        tope=dia(hecho["tope"]) if "tope" in hecho else None,
        enlace=direccion,
        copia=copia(verbo, vence, direccion),
    )


def _desde(caso: dict[str, Any]) -> str:
    return str(caso["desde"] if caso["regla"] == "caducidad" else caso["exigible_desde"])


def _caso(leido: Lectura) -> dict[str, Any]:
    cual = leido.opcion("cual", CUALES, "caducidad")
    desde = leido.fecha("desde")
    escrita = desde.isoformat() if desde else ""
    suspensiones = leido.periodos("suspension")
    gestiones = leido.dias("gestion")
    if cual == "prescripcion":
        return {
            "regla": cual,
            "exigible_desde": escrita,
            "gestiones": gestiones,
            "suspensiones": suspensiones,
        }
    if gestiones:
        leido.errores["gestion-0-dia"] = (
            "La caducidad no se interrumpe: borra las gestiones o elige prescripción."
        )
    return {"regla": cual, "desde": escrita, "suspensiones": suspensiones}


def _enlace(caso: dict[str, Any]) -> str:
    return enlace(
        {
            "cual": caso["regla"],
            "desde": _desde(caso),
            **de_filas("gestion", [{"dia": d} for d in caso.get("gestiones", ())]),
            **de_filas("suspension", caso["suspensiones"]),
        }
    )
