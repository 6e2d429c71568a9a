"""A payment that was applied to the wrong debt, or that was never money: corrected, taken back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.cobro import bp, lectura
from web.ctx import contexto
from web.permisos import Permiso, requiere
from workflow.actions import pago as acciones
from workflow.errors import DomainError, NoEncontrado
from workflow.queries import pagos
from workflow.queries.pagos import Detalle

NADIE = "No hay créditos por cobrar de tu unidad con ese folio o registro patronal."


def _detalle(pago_id: int) -> Detalle:
    try:
        return pagos.ver(contexto(), pago_id)
    except NoEncontrado:
        abort(404)


def _corregir(d: Detalle, error: DomainError | None = None) -> ResponseReturnValue:
    """The form: credits of the same employer, or of the one that `de` names."""
    ctx, errores = contexto(), lectura.campos(error)
    de = (request.values.get("de") or d.pago.registro).strip()
    deudor = None
    try:
        deudor = pagos.deudor(ctx, de)
    except NoEncontrado:
        errores = {"de": NADIE}
    html = render_template(
        "cobro/corregir.html",
        d=d,
        de=de,
        deudor=deudor,
        valores=request.form,
        elegidos=request.form.getlist("creditos"),
        errores=errores,
        excedentes=lectura.EXCEDENTES,
    )
    return html, 422 if error else 200


@bp.get("/pagos/<int:pago_id>/corregir")
@requiere(Permiso.COBRO)
def corregir(pago_id: int) -> ResponseReturnValue:
    """Ask to which credits it should have gone."""
    return _corregir(_detalle(pago_id))


@bp.post("/pagos/<int:pago_id>/corregir")
@requiere(Permiso.COBRO)
def corregido(pago_id: int) -> ResponseReturnValue:
    """Take it back and apply the same money as said, in one step."""
    try:
        nuevo = acciones.corregir(
            contexto(),
            pago_id,
            lectura.creditos(),
            request.form.get("motivo", ""),
            excedente=lectura.excedente(),
        )
    except NoEncontrado:
        abort(404)
    except DomainError as error:
        d = _detalle(pago_id)
        if d.corregido is None:
            return _corregir(d, error)
        nuevo = d.corregido[0]  # the same form, sent twice
    else:
        flash("El pago quedó corregido: se aplicó otra vez como dijiste.", "ok")
    return redirect(url_for("cobro.ver", pago_id=nuevo), 303)


def _reversar(d: Detalle, error: DomainError | None = None) -> ResponseReturnValue:
    html = render_template(
        "cobro/reversar.html",
        d=d,
        valores=request.form,
        errores={"motivo": error.mensaje} if error else {},
    )
    return html, 422 if error else 200


@bp.get("/pagos/<int:pago_id>/reversar")
@requiere(Permiso.COBRO)
def reversar(pago_id: int) -> ResponseReturnValue:
    """Ask why, and whether it was a cheque that nobody paid."""
    return _reversar(_detalle(pago_id))


@bp.post("/pagos/<int:pago_id>/reversar")
@requiere(Permiso.COBRO)
def reversado(pago_id: int) -> ResponseReturnValue:
    """Take it back."""
    try:
        acciones.reversar(
            contexto(), pago_id, request.form.get("motivo", ""), request.form.get("cheque") == "si"
        )
    except NoEncontrado:
        abort(404)
    except DomainError as error:
        return _reversar(_detalle(pago_id), error)
    flash("El pago quedó reversado y la cuenta volvió a como estaba.", "ok")
    return redirect(url_for("cobro.ver", pago_id=pago_id), 303)
