"""Evidence: files go up one by one or together, each with its own result."""

from __future__ import annotations

from contextlib import suppress

from flask import redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from web.ctx import contexto
from web.publico import asistente, bp, sesion_publica, validacion
from web.publico.denuncia import Vista, guardar, pagina, respuestas_guardadas
from web.publico.preguntas import POR_CLAVE
from workflow.actions import borrador
from workflow.errors import DatoInvalido, DomainError

PRUEBAS = POR_CLAVE["pruebas"]


def recibidos(campo: str = "archivos") -> list[FileStorage]:
    """The files really chosen in the posted form."""
    return [a for a in request.files.getlist(campo) if a.filename]


def _adjuntar(token: str) -> list[dict[str, str]]:
    """Attach what came; returns one row for each file that could not be kept."""
    fallidos = []
    for archivo in recibidos():
        try:
            borrador.adjuntar(contexto(), token, archivo.filename or "", archivo.read())
        except DomainError as e:
            fallidos.append(
                {
                    "nombre": borrador.nombre_limpio(archivo.filename or ""),
                    "motivo": e.mensaje,
                }
            )
    return fallidos


@bp.post("/denuncia/pruebas")
def pruebas() -> Vista:
    """Attach, go on, or both: whoever has no JavaScript chooses files and presses either button."""
    token = sesion_publica.borrador()
    if token is None or not respuestas_guardadas():
        return redirect(url_for("publico.filtro"), 303)
    fallidos = _adjuntar(token)
    lectura = validacion.leer(PRUEBAS, request.form, respuestas_guardadas(), contexto().hoy)
    accion = request.form.get("accion", "continuar")
    if lectura.errores or fallidos:
        return pagina(PRUEBAS, respuestas_guardadas(), lectura, fallidos=fallidos), 422
    if accion == "subir":
        return redirect(
            url_for("publico.paso", clave="pruebas", desde=request.args.get("desde")),
            303,
        )
    respuestas = guardar(PRUEBAS, lectura.limpias)
    sigue = asistente.siguiente(respuestas, "pruebas")
    if sigue is None or request.args.get("desde") == "revisar":
        return redirect(url_for("publico.revisar"), 303)
    return redirect(url_for("publico.paso", clave=sigue.clave), 303)


@bp.post("/denuncia/pruebas/<archivo_id>/quitar")
def quitar_prueba(archivo_id: str) -> Response:
    """Take one file out of the draft."""
    token = sesion_publica.borrador()
    if token is not None:
        with suppress(DatoInvalido):  # already gone: pressing twice is no mistake
            borrador.quitar(contexto(), token, archivo_id)
    return redirect(url_for("publico.paso", clave="pruebas", desde=request.args.get("desde")), 303)
