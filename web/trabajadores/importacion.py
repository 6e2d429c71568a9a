"""Bring in a file of workers: kept, looked at line by line, then taken in."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.trabajadores import bp
from web.trabajadores.lista import a_la_lista, pagina
from workflow.actions import nomina as acciones
from workflow.adapters import nomina
from workflow.errors import DatoInvalido, NoPermitido
from workflow.queries import nomina as trabajadores

MALES = 200  # wrong cells shown
ELIGE = "Elige un archivo CSV o XLSX."


@bp.get("/caso/<folio>/trabajadores/plantilla.<any(csv, xlsx):forma>")
@requiere(Permiso.CASO)
def plantilla(folio: str, forma: str) -> Response:
    """The file to fill in."""
    trabajadores.abrir(contexto(), folio)
    datos, mime = (
        (nomina.plantilla_csv(), nomina.CSV) if forma == "csv" else (nomina.plantilla_xlsx(), nomina.XLSX)
    )
    respuesta = make_response(datos)
    respuesta.headers["Content-Type"] = mime
    respuesta.headers["Content-Disposition"] = f'attachment; filename="trabajadores.{forma}"'
    return respuesta


@bp.post("/caso/<folio>/trabajadores/archivo")
@requiere(Permiso.TRABAJADORES)
def subir(folio: str) -> ResponseReturnValue:
    """Keep the file and go to see what it would bring in."""
    acto, archivo = trabajadores.abrir(contexto(), folio), request.files.get("archivo")
    if archivo is None or not archivo.filename:
        return pagina(folio, {"archivo": ELIGE})
    try:
        documento_id = acciones.subir(contexto(), acto.id, archivo.filename, archivo.read())
    except DatoInvalido as e:
        return pagina(folio, {"archivo": e.mensaje})
    except NoPermitido as e:
        flash(e.mensaje, "error")
        return a_la_lista(folio)
    return redirect(url_for("trabajadores.previa", folio=folio, documento_id=documento_id), 303)


@bp.get("/caso/<folio>/trabajadores/archivo/<int:documento_id>")
@requiere(Permiso.TRABAJADORES)
def previa(folio: str, documento_id: int) -> ResponseReturnValue:
    """What the file would bring in, and what is wrong with each line."""
    acto = trabajadores.abrir(contexto(), folio)
    p = trabajadores.previa(contexto(), acto, documento_id)
    titulos = {c.clave: c.titulo for c in nomina.COLUMNAS}
    return render_template("trabajadores/previa.html", acto=acto, p=p, titulos=titulos, maximo=MALES)


@bp.post("/caso/<folio>/trabajadores/archivo/<int:documento_id>")
@requiere(Permiso.TRABAJADORES)
def importar(folio: str, documento_id: int) -> ResponseReturnValue:
    """Take it in: every line, or only the good ones."""
    acto = trabajadores.abrir(contexto(), folio)
    buenas = request.form.get("cuales") == "buenas"
    try:
        cuantas = acciones.importar(contexto(), acto.id, documento_id, solo_buenas=buenas)
    except DatoInvalido as e:
        flash(e.mensaje, "error")
        return redirect(url_for("trabajadores.previa", folio=folio, documento_id=documento_id), 303)
    except NoPermitido as e:
        flash(e.mensaje, "error")
        return a_la_lista(folio)
    flash(f"Importamos {cuantas:,} renglones.", "ok")
    return a_la_lista(folio)
