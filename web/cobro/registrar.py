"""A payment captured by hand: whose it is, then how much, when and for which credits."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.cobro import bp, lectura
from web.ctx import contexto
from web.permisos import Permiso, requiere
from workflow.actions import pago as acciones
from workflow.errors import DomainError, NoEncontrado
from workflow.queries import pagos

NADIE = (
    "No hay créditos por cobrar de tu unidad con ese folio o registro patronal. Revísalo, número por número."
)


@bp.get("/pagos/registrar")
@requiere(Permiso.COBRO)
def registrar() -> ResponseReturnValue:
    """Ask whose payment it is (`?de=` folio or registro patronal), then show the form with what is owed."""
    if not request.args.get("de", "").strip():
        return render_template("cobro/buscar.html", errores={}, de="")
    return _forma(request.args["de"].strip())


def _forma(de: str, error: DomainError | None = None) -> ResponseReturnValue:
    """The form with what was typed; back to the search when nothing is owed there."""
    ctx = contexto()
    try:
        deudor = pagos.deudor(ctx, de)
    except NoEncontrado:
        return render_template("cobro/buscar.html", errores={"de": NADIE}, de=de), 422
    html = render_template(
        "cobro/registrar.html",
        deudor=deudor,
        de=de,
        valores=request.form if error else {"fecha": ctx.hoy.isoformat(), "origen": "ventanilla"},
        elegidos=request.form.getlist("creditos") if error else deudor.elegidos,
        errores=lectura.campos(error),
        origenes=pagos.ORIGENES,
        excedentes=lectura.EXCEDENTES,
    )
    return html, 422 if error else 200


@bp.post("/pagos/registrar")
@requiere(Permiso.COBRO)
def registrado() -> ResponseReturnValue:
    """Receive and apply; sent twice it is received once."""
    ctx, errores = contexto(), dict[str, str]()
    referencia = request.form.get("referencia", "")
    origen, fecha, importe = lectura.origen(errores), lectura.fecha(errores), lectura.importe(errores)
    try:
        lectura.refuso(errores)
        pago_id = acciones.registrar(
            ctx, lectura.creditos(), fecha, importe, origen, referencia, excedente=lectura.excedente()
        )
    except NoEncontrado:
        abort(404)
    except DomainError as error:
        repetido = None if errores else pagos.mismo(ctx, origen, referencia, fecha, importe)
        if repetido is None:
            return _forma(request.form.get("de", ""), error)
        pago_id = repetido
    else:
        flash("El pago quedó registrado y aplicado.", "ok")
    return redirect(url_for("cobro.ver", pago_id=pago_id), 303)
