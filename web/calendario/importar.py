"""A whole year from a CSV file: what is wrong row by row, what it would move, then all or nothing."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.calendario import bp
from web.ctx import contexto
from web.permisos import Permiso, requiere
from workflow.actions import calendario
from workflow.actions.calendario import DiaYaAgregado
from workflow.errors import DatoInvalido, DomainError
from workflow.queries import calendario_archivo, calendario_previa

SIN_ARCHIVO = "Elige el archivo CSV, o pega su texto."


def _texto() -> str:
    """The file that came, or the text that was pasted. Raises DatoInvalido."""
    archivo = request.files.get("archivo")
    if archivo is not None and archivo.filename:
        return calendario_archivo.texto(archivo.read())
    contenido = request.form.get("texto", "")
    if not contenido.strip():
        raise DatoInvalido(SIN_ARCHIVO, {"archivo": SIN_ARCHIVO})
    return calendario_archivo.texto(contenido.encode())


def _forma(error: DomainError | None = None, texto: str | None = None) -> ResponseReturnValue:
    errores = dict(getattr(error, "campos", None) or ({"archivo": error.mensaje} if error else {}))
    html = render_template(
        "calendario/importar.html",
        errores=errores,
        texto=request.form.get("texto", "") if texto is None else texto,
        columnas=calendario_archivo.COLUMNAS,
    )
    return html, 422 if error is not None else 200


@bp.get("/importar")
@requiere(Permiso.ADMINISTRAR)
def importar() -> ResponseReturnValue:
    """Ask for the file."""
    return _forma()


@bp.post("/importar")
@requiere(Permiso.ADMINISTRAR)
def revisar() -> ResponseReturnValue:
    """Every row with its fault; when there is none, what all of them would move."""
    ctx, texto = contexto(), None
    try:
        texto = _texto()
        archivo = calendario_archivo.leer(ctx, texto)
    except DomainError as error:
        return _forma(error, texto)
    previa = calendario_previa.de(ctx, archivo.dias) if archivo.bueno else None
    html = render_template(
        "calendario/revisar.html", archivo=archivo, previa=previa, texto=texto, hoy=ctx.hoy
    )
    return html, 200 if archivo.bueno else 422


@bp.post("/importar/confirmar")
@requiere(Permiso.ADMINISTRAR)
def importado() -> ResponseReturnValue:
    """Add all the days in one change, or none."""
    ctx = contexto()
    try:
        archivo = calendario_archivo.leer(ctx, _texto(), juzgar=False)
        if not archivo.bueno:
            return revisar()
        cambio_id = calendario.agregar(ctx, archivo.dias)
    except DiaYaAgregado as error:
        if not error.misma or error.cambio_id is None:
            return revisar()
        cambio_id = error.cambio_id
    except DomainError as error:
        return _forma(error)
    else:
        flash("Los días quedaron agregados al calendario.", "ok")
    return redirect(url_for("calendario.cambio", cambio_id=cambio_id), 303)
