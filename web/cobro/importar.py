"""A bank's file: what is wrong row by row, then all or only the good ones; twice is once.

Of a long file, which the worker receives, how far it has come.
"""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.cobro import bp, lectura
from web.ctx import contexto
from web.filters import plural
from web.permisos import Permiso, requiere
from workflow.actions import pago as acciones
from workflow.adapters import banco
from workflow.errors import DatoInvalido, DomainError, NoEncontrado
from workflow.queries import pago_lote

SIN_ARCHIVO = "Elige el archivo CSV del banco, o pega su texto."


def _texto() -> str:
    """The file that came, or the text that was pasted. Raises DatoInvalido."""
    archivo = request.files.get("archivo")
    if archivo is not None and archivo.filename:
        return banco.texto(archivo.read())
    contenido = request.form.get("texto", "")
    if not contenido.strip():
        raise DatoInvalido(SIN_ARCHIVO, {"archivo": SIN_ARCHIVO})
    return banco.texto(contenido.encode())


def _forma(error: DomainError | None = None) -> ResponseReturnValue:
    errores = dict(getattr(error, "campos", None) or ({"archivo": error.mensaje} if error else {}))
    html = render_template(
        "cobro/importar.html",
        errores=errores,
        texto=request.form.get("texto", ""),
        columnas=banco.COLUMNAS,
        maximo=banco.RENGLONES_MAXIMOS,
    )
    return html, 422 if error else 200


def _revisar(texto: str, errores: dict[str, str]) -> ResponseReturnValue:
    previa = acciones.previsualizar(contexto(), texto)
    html = render_template(
        "cobro/revisar.html",
        previa=previa,
        texto=texto,
        errores=errores,
        excedentes=lectura.EXCEDENTES,
        excedente=request.form.get("excedente", ""),
    )
    return html, 422 if errores or previa.malas else 200


@bp.get("/pagos/importar")
@requiere(Permiso.COBRO)
def importar() -> ResponseReturnValue:
    """Ask for the file."""
    return _forma()


@bp.post("/pagos/importar")
@requiere(Permiso.COBRO)
def revisar() -> ResponseReturnValue:
    """Every row with what is wrong in it; nothing is written yet."""
    try:
        return _revisar(_texto(), {})
    except DomainError as error:
        return _forma(error)


@bp.post("/pagos/importar/confirmar")
@requiere(Permiso.COBRO)
def importado() -> ResponseReturnValue:
    """Receive them all, or only the good ones."""
    try:
        texto = _texto()
    except DomainError as error:
        return _forma(error)
    try:
        hecho = acciones.importar(
            contexto(), texto, request.form.get("cuales") == "buenos", lectura.excedente()
        )
    except DomainError as error:
        campos = getattr(error, "campos", None) or {"archivo": error.mensaje}
        return _revisar(texto, campos)
    if hecho.lote_id is not None:
        return redirect(url_for("cobro.lote", lote_id=hecho.lote_id), 303)
    frase = _que_se_hizo(hecho)
    if not hecho.folios and hecho.omitidas:
        return _revisar(texto, {"archivo": frase})
    flash(frase, "ok")
    return redirect(url_for("cobro.lista"), 303)


def _que_se_hizo(hecho: acciones.Importacion) -> str:
    """«Se registraron 3 pagos; 1 ya estaba registrado; 2 renglones quedaron sin registrar.»"""
    cuantos = len(hecho.folios)
    if cuantos > 1:
        frase = f"Se registraron {cuantos} pagos"
    else:
        frase = "Se registró 1 pago" if cuantos else "No se registró ningún pago"
    if hecho.conocidas:
        frase += f"; {plural(hecho.conocidas, 'ya estaba registrado', 'ya estaban registrados')}"
    if hecho.omitidas and cuantos:
        frase += f"; {plural(hecho.omitidas, 'renglón quedó', 'renglones quedaron')} sin registrar"
    elif hecho.omitidas:
        frase += f"; {plural(hecho.omitidas, 'renglón tiene', 'renglones tienen')} algo que corregir"
    return f"{frase}."


@bp.get("/pagos/importar/<int:lote_id>")
@requiere(Permiso.COBRO)
def lote(lote_id: int) -> str:
    """How far the worker has come with a long file; the page asks again by itself until it is done."""
    try:
        avance = pago_lote.ver(contexto(), lote_id)
    except NoEncontrado:
        abort(404)
    return render_template("cobro/lote.html", avance=avance)
