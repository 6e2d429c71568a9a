"""A new día inhábil: form, what it would move, confirmation. What was typed stays through every refusal."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.calendario import bp
from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.puerta import numero
from workflow.actions import calendario
from workflow.actions.calendario import Dia, DiaYaAgregado
from workflow.errors import DatoInvalido, DomainError
from workflow.queries import calendario as consultas
from workflow.queries import calendario_previa
from workflow.rules.fecha import leer as leer_fecha

FECHA = "Escribe una fecha que exista, con día, mes y año."
UNIDAD = "Elige todo el instituto o una unidad de la lista."
INSTITUTO = "instituto"


def _leer() -> Dia:
    """The day of the form. Raises DatoInvalido by field."""
    f = request.form
    try:
        fecha = leer_fecha(f.get("fecha", "").strip())
    except ValueError:
        raise DatoInvalido(FECHA, {"fecha": FECHA}) from None
    elegida = f.get("unidad", INSTITUTO)
    unidad = None if elegida == INSTITUTO else numero(elegida)
    if unidad is None and elegida != INSTITUTO:
        raise DatoInvalido(UNIDAD, {"unidad": UNIDAD})
    return Dia(fecha, unidad, f.get("motivo", ""), f.get("cita", ""))


def _forma(error: DomainError | None = None) -> ResponseReturnValue:
    """The form with what was typed, and where the day that stands already can be seen."""
    errores = dict(getattr(error, "campos", None) or {})
    if error is not None and not errores:
        errores = {"fecha": error.mensaje}
    if "subdelegacion" in errores:
        errores["unidad"] = errores.pop("subdelegacion")
    html = render_template(
        "calendario/agregar.html",
        valores=request.form,
        errores=errores,
        unidades=[(INSTITUTO, "Todo el instituto"), *consultas.unidades(contexto())],
        otro=error.cambio_id if isinstance(error, DiaYaAgregado) else None,
    )
    return html, 422 if error is not None else 200


@bp.get("/agregar")
@requiere(Permiso.ADMINISTRAR)
def agregar() -> ResponseReturnValue:
    """Ask for the day."""
    return _forma()


@bp.post("/agregar")
@requiere(Permiso.ADMINISTRAR)
def previa() -> ResponseReturnValue:
    """Show what the day would move; nothing is written yet. `cambiar`: back to the form."""
    ctx = contexto()
    if request.form.get("cambiar"):
        return _forma()
    try:
        dia = calendario.revisar(ctx, _leer())
    except DomainError as error:
        return _forma(error)
    previa = calendario_previa.de(ctx, [dia])
    unidad = dict(consultas.unidades(ctx)).get(dia.subdelegacion_id or 0, "todo el instituto")
    return render_template(
        "calendario/previa.html", dia=dia, unidad=unidad, previa=previa, valores=request.form, hoy=ctx.hoy
    )


@bp.post("/confirmar")
@requiere(Permiso.ADMINISTRAR)
def confirmar() -> ResponseReturnValue:
    """Add the day; sent twice it is added once, and who comes second is told."""
    try:
        cambio_id = calendario.agregar(contexto(), [_leer()])
    except DiaYaAgregado as error:
        if not error.misma or error.cambio_id is None:
            return _forma(error)
        cambio_id = error.cambio_id
    except DomainError as error:
        return _forma(error)
    else:
        flash("El día quedó agregado al calendario.", "ok")
    return redirect(url_for("calendario.cambio", cambio_id=cambio_id), 303)
