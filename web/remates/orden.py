"""The office: the ranking once the auction has closed, and the balance that the winner pays."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.remates import bp
from workflow.actions import remate as acciones
from workflow.errors import DatoInvalido, DomainError, NoEncontrado
from workflow.queries import remate as consultas
from workflow.queries.remate import Orden
from workflow.rules import dinero
from workflow.rules.errores import ReglaError
from workflow.rules.fecha import leer as leer_fecha


def _orden(folio: str) -> Orden:
    try:
        return consultas.orden(contexto(), folio.strip().upper())
    except NoEncontrado:
        abort(404)


def _pagina(orden: Orden, error: DomainError | None = None) -> ResponseReturnValue:
    errores = dict(getattr(error, "campos", None) or {})
    if error is not None and not errores:
        errores = {"importe": error.mensaje}
    html = render_template("remates/orden.html", o=orden, valores=request.form, errores=errores)
    return html, 422 if error is not None else 200


@bp.get("/<folio>/orden")
@requiere(Permiso.COBRO)
def orden(folio: str) -> ResponseReturnValue:
    """The bids in their order; nothing before the auction closes."""
    return _pagina(_orden(folio))


@bp.post("/<folio>/orden")
@requiere(Permiso.COBRO)
def saldo(folio: str) -> ResponseReturnValue:
    """The winner paid."""
    remate = _orden(folio)
    try:
        fecha, importe = _leer()
        acciones.registrar_saldo(contexto(), remate.remate_id, fecha, importe)
    except NoEncontrado:
        abort(404)
    except DomainError as error:
        return _pagina(remate, error)
    flash("El saldo quedó registrado: sigue entregar el bien.", "ok")
    return redirect(url_for("remates.orden", folio=remate.folio), 303)


def _leer() -> tuple[dt.date, Decimal]:
    errores: dict[str, str] = {}
    fecha, importe = dt.date.max, Decimal(0)
    try:
        fecha = leer_fecha(request.form.get("fecha", "").strip())
    except ValueError:
        errores["fecha"] = "Escribe una fecha que exista, con día, mes y año."
    try:
        importe = dinero.leer(request.form.get("importe", ""))
    except ReglaError as error:
        errores["importe"] = error.mensaje
    if errores:
        raise DatoInvalido("Hay datos que corregir.", errores)
    return fecha, importe
