"""Capture a paper of the employer: what it is, how and when it came, what it says, its scan."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.promocion_patron import ViaPromocion
from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.promociones import bp
from web.puerta import numero
from workflow.actions import promocion_patron as acciones
from workflow.errors import DatoInvalido
from workflow.queries import promocion_patron as promociones
from workflow.rules.fecha import leer as leer_fecha

FECHA = "Escribe el día en que se presentó, con día, mes y año."
VIAS = [(v.value, v.etiqueta) for v in ViaPromocion]


def _pagina(
    folio: str, errores: dict[str, str] | None = None, guardado: int | None = None
) -> ResponseReturnValue:
    """The form with what was typed; `guardado`: the scan that is already in the case."""
    ctx = contexto()
    caso = promociones.abrir(ctx, folio)
    html = render_template(
        "promociones/capturar.html",
        caso=caso,
        opciones=promociones.opciones(ctx, caso),
        sobre=promociones.sobre(ctx, caso),
        capturadas=promociones.capturadas(ctx, caso.sujeto),
        vias=VIAS,
        hoy=ctx.hoy,
        errores=errores or {},
        valores=request.form,
        guardado=guardado if guardado is not None else numero(request.form.get("documento")),
    )
    return html, 422 if errores else 200


def _fecha() -> dt.date:
    try:
        return leer_fecha(request.form.get("presentada", "").strip())
    except ValueError:
        raise DatoInvalido(FECHA, {"presentada": FECHA}) from None


def _escaneo(caso: promociones.Receptor) -> int | None:
    """The scan: the file that came, kept now, or the one kept with an earlier try."""
    archivo = request.files.get("archivo")
    if archivo is None or not archivo.filename:
        return numero(request.form.get("documento"))
    try:
        return acciones.guardar(contexto(), caso.tipo, caso.id, archivo.filename, archivo.read())
    except DatoInvalido as e:
        raise DatoInvalido(e.mensaje, {"archivo": e.mensaje}) from e


@bp.get("/caso/<folio>/promocion")
@requiere(Permiso.PROMOCION)
def forma(folio: str) -> ResponseReturnValue:
    """The form, and the papers that the case already has."""
    return _pagina(folio)


@bp.post("/caso/<folio>/promocion")
@requiere(Permiso.PROMOCION)
def capturar(folio: str) -> ResponseReturnValue:
    """File it. The scan is kept first: a wrong date loses nothing."""
    caso, f, guardado = promociones.abrir(contexto(), folio), request.form, None
    try:
        guardado = _escaneo(caso)
        dicho = (f.get("tipo", ""), f.get("via", ""), _fecha(), f.get("resumen", ""), guardado)
        fila = acciones.capturar(contexto(), caso.tipo, caso.id, *dicho, de=numero(f.get("de")))
    except DatoInvalido as e:
        return _pagina(folio, e.campos or {"tipo": e.mensaje}, guardado)
    flash(f"Promoción {fila.folio} capturada.", "ok")
    return redirect(url_for("promociones.forma", folio=caso.folio), 303)


@bp.get("/promociones")
@requiere(Permiso.RECIBIR)
def buscar() -> ResponseReturnValue:
    """Ventanilla has the folio of the case, not the case: it leads to its form."""
    folio = request.args.get("folio", "").strip()[:40]
    if not folio:
        return render_template("promociones/buscar.html", errores={}, folio="")
    caso = promociones.buscar(contexto(), folio)
    if caso is None:
        errores = {"folio": "No hay un caso de tu unidad con ese folio que reciba promociones."}
        return render_template("promociones/buscar.html", errores=errores, folio=folio), 422
    return redirect(url_for("promociones.forma", folio=caso), 303)
