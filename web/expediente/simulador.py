"""«Si se notifica el …, entonces …»: which terms of the case would start, and when they would end. Saves nothing."""

from __future__ import annotations

import datetime as dt

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.expediente import bp, cabeza
from web.permisos import Permiso, requiere
from workflow.errors import DatoInvalido
from workflow.queries import simulacion
from workflow.rules.fecha import leer as leer_fecha

FECHA = "Escribe una fecha que exista, con día, mes y año."
ANIOS = (
    2007,
    2099,
)  # the list of días inhábiles begins in 2006; nobody plans a notification beyond a lifetime


def _fecha(nombre: str, *, opcional: bool = False) -> dt.date | None:
    """A date of the address. Raises DatoInvalido by field."""
    escrito = request.args.get(nombre, "").strip()
    if not escrito and opcional:
        return None
    try:
        leida = leer_fecha(escrito)
    except ValueError:
        raise DatoInvalido(FECHA, {nombre: FECHA}) from None
    if not ANIOS[0] <= leida.year <= ANIOS[1]:
        frase = f"Escribe una fecha entre {ANIOS[0]} y {ANIOS[1]}."
        raise DatoInvalido(frase, {nombre: frase})
    return leida


def _responder(cab: cabeza.Cabeza) -> simulacion.Vista:
    fecha, compara = _fecha("fecha"), _fecha("compara", opcional=True)
    assert fecha is not None  # not optional
    clave = request.args.get("hecho", "")
    return simulacion.simular(contexto(), cab.caso.sujeto, cab.pausas, clave, fecha, compara)


@bp.get("/caso/<folio>/simular")
@requiere(Permiso.CASO)
def simular(folio: str) -> ResponseReturnValue:
    """Choose what would happen and when; read what it would start."""
    cab, hoy = cabeza.abrir(folio, "plazos"), contexto().hoy
    vista, errores = None, {}
    if "hecho" in request.args or "fecha" in request.args:
        try:
            vista = _responder(cab)
        except DatoInvalido as e:
            errores = e.campos
    iniciales = {"hecho": simulacion.INICIAL[cab.caso.tipo], "fecha": hoy.isoformat(), "compara": ""}
    html = render_template(
        "expediente/simular.html",
        vista=vista,
        errores=errores,
        opciones=simulacion.opciones(),
        valores=iniciales | request.args.to_dict(),
        **cab.datos,
    )
    return html, 422 if errores else 200
