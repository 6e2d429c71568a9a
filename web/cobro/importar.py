"""A bank's file: what is wrong row by row, then all or only the good ones; twice is once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.cobro import bp, lectura
from web.ctx import contexto
from web.filters import plural
from web.permisos import Permiso, requiere
from workflow.actions import pago as acciones
from workflow.adapters import banco
from workflow.errors import DatoInvalido, DomainError

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
    cuantos = len(hecho.folios)
    frase = "Se registró 1 pago" if cuantos == 1 else f"Se registraron {cuantos} pagos"
    if hecho.conocidas:
        frase += f"; {plural(hecho.conocidas, 'ya estaba registrado', 'ya estaban registrados')}"
    if hecho.omitidas:
        frase += f"; {plural(hecho.omitidas, 'renglón quedó', 'renglones quedaron')} sin registrar"
    flash(f"{frase}.", "ok")
    return redirect(url_for("cobro.lista"), 303)
