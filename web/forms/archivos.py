"""From the POST of a form to its data: files are kept first, and travel as the ids of their documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request

from web.forms import lectura
from workflow.errors import DatoInvalido
from workflow.formularios import Formulario


def recibir(
    formulario: Formulario, guardar: Callable[[str, bytes], int] | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """(what was written, sentences about files that were refused). `guardar` keeps a file that came, by its name
    and its bytes, and gives the id of its document; without it the files are left."""
    ficheros: dict[str, list[int]] = {}
    errores: dict[str, str] = {}
    for nombre in lectura.entradas_de_archivo(formulario, request.files) if guardar else ():
        for archivo in request.files.getlist(nombre):
            if not archivo.filename or guardar is None:
                continue
            try:
                guardado = guardar(archivo.filename, archivo.read())
            except DatoInvalido as e:
                campo = nombre.removesuffix("-archivo").replace("-", ".")
                errores[campo] = f"«{archivo.filename[:60]}»: {e.mensaje}"
            else:
                ficheros.setdefault(nombre, []).append(guardado)
    return lectura.leer(formulario, request.form, ficheros), errores
