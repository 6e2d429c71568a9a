"""Acts, credits and enforcements: what their own pages add to those of any case, the cédula and the account."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.credito import Credito
from web.ctx import contexto
from web.expediente import bp, cabeza
from web.permisos import Permiso, requiere
from web.puerta import numero
from workflow.errors import DomainError
from workflow.queries import acto, cedula_credito, cuenta, expediente, pae
from workflow.queries import credito as creditos
from workflow.queries.acto import TONOS
from workflow.queries.cedula import renglones_csv
from workflow.rules.errores import ReglaError
from workflow.rules.fecha import leer as leer_fecha

FECHA = "Escribe una fecha que exista, con día, mes y año."
LARGO_FOCO = 40


def de(cab: cabeza.Cabeza) -> dict[str, Any]:
    """What the first page of an act, a credit or an enforcement has and no other case does."""
    ctx, caso = contexto(), cab.caso
    if caso.tipo == "acto":
        propia: Any = acto.de(ctx, caso.fila, caso.sujeto)
        lazos = [p for p in expediente.relacionados(ctx, caso) if p.tipo in ("credito", "pae")]
        return {"propia": propia, "lazos": lazos, "tonos": TONOS, "hoja_propia": "expediente/_acto.html"}
    if caso.tipo == "credito":
        propia = creditos.de(ctx, caso.fila, caso.sujeto, ctx.hoy)
        return {
            "propia": propia,
            "etapas": propia.etapas,
            "tonos": TONOS,
            "hoy": ctx.hoy,
            "hoja_propia": "expediente/_credito.html",
        }
    if caso.tipo == "pae":
        propia = pae.de(ctx, caso.fila, caso.sujeto)
        return {
            "propia": propia,
            "etapas": propia.etapas,
            "tonos": expediente.TONOS,
            "hoy": ctx.hoy,
            "hoja_propia": "expediente/_pae.html",
        }
    return {}


def _credito(folio: str, seccion: str) -> tuple[cabeza.Cabeza, Credito]:
    """The head of a credit; any other case has no cédula and no account."""
    cab = cabeza.abrir(folio, seccion)
    if cab.caso.tipo != "credito":
        abort(404)
    return cab, cab.caso.fila


def _al() -> tuple[dt.date | None, str]:
    """The day that the address asks for, or what is wrong with it."""
    dicho = request.args.get("al", "").strip()
    try:
        return (leer_fecha(dicho) if dicho else None), ""
    except ValueError:
        return None, FECHA


@bp.get("/caso/<folio>/cedula")
@requiere(Permiso.CASO)
def cedula(folio: str) -> ResponseReturnValue:
    """The arithmetic of a credit, figure by figure, on any day."""
    cab, fila = _credito(folio, "cedula")
    (al, error), ctx = _al(), contexto()
    pide = request.args.get("foco", "")[:LARGO_FOCO], numero(request.args.get("pagina"))
    try:
        c = cedula_credito.de(ctx, fila, al, *pide)
    except ReglaError as e:
        c, error = cedula_credito.de(ctx, fila, None, *pide), e.mensaje
    base = url_for("expediente.cedula", folio=cab.caso.folio, al=c.al.isoformat() if c else None)
    html = render_template(
        "expediente/cedula.html",
        c=c,
        base=base,
        tecleado=request.args.get("al", ""),
        errores={"al": error} if error else {},
        **cab.datos,
    )
    return html, 422 if error else 200


@bp.get("/caso/<folio>/cedula.csv")
@requiere(Permiso.CASO)
def cedula_csv(folio: str) -> Response:
    """The whole cédula, a row per person and month."""
    cab, fila = _credito(folio, "cedula")
    c = cedula_credito.de(contexto(), fila)
    if c is None or c.vista is None:
        abort(404)
    salida = io.StringIO(newline="")
    csv.writer(salida).writerows(renglones_csv(c.vista.cedula))
    respuesta = make_response(salida.getvalue().encode("utf-8-sig"))
    respuesta.headers["Content-Type"] = "text/csv; charset=utf-8"
    respuesta.headers["Content-Disposition"] = f'attachment; filename="cedula-{cab.caso.folio}.csv"'
    return respuesta


@bp.get("/caso/<folio>/cuenta", endpoint="cuenta")
@requiere(Permiso.CASO)
def estado_de_cuenta(folio: str) -> ResponseReturnValue:
    """Charges, payments and the running balance, on any day."""
    cab, fila = _credito(folio, "cuenta")
    (al, error), ctx, hecha = _al(), contexto(), None
    try:
        hecha = cuenta.estado(ctx, fila, al)
    except ReglaError as e:
        error = e.mensaje
    except DomainError as e:
        error = e.mensaje
    html = render_template(
        "expediente/cuenta.html",
        e=hecha,
        todo=request.args.get("todo") == "1",
        tecleado=request.args.get("al", ""),
        hoy=ctx.hoy,
        errores={"al": error} if error else {},
        **cab.datos,
    )
    return html, 422 if error else 200
