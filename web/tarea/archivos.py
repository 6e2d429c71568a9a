"""From the POST of a task to its data: files are kept first, and travel as the ids of their documents."""

from __future__ import annotations

from typing import Any

from flask import request

from web import forms
from web.ctx import contexto
from workflow.actions import documento
from workflow.errors import DatoInvalido
from workflow.formularios import Formulario


def solo_redibuja(accion: str) -> bool:
    """The button only changes what the page shows: a row more or less, another search."""
    return forms.accion_de_filas(request.form) or accion == "buscar"


def leer(formulario: Formulario, tarea_id: int, guardar: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """(what was written, sentences about files that were refused). `guardar`: keep the files that came."""
    ficheros: dict[str, list[int]] = {}
    errores: dict[str, str] = {}
    for nombre in forms.entradas_de_archivo(formulario, request.files) if guardar else ():
        for archivo in request.files.getlist(nombre):
            if not archivo.filename:
                continue
            try:
                guardado = documento.adjuntar(contexto(), tarea_id, archivo.filename, archivo.read())
            except DatoInvalido as e:
                campo = nombre.removesuffix("-archivo").replace("-", ".")
                errores[campo] = f"«{archivo.filename[:60]}»: {e.mensaje}"
            else:
                ficheros.setdefault(nombre, []).append(guardado)
    return forms.leer(formulario, request.form, ficheros), errores
