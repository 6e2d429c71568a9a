"""From the POST of a task to its data: files are kept first, as documents of its case."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request

from web import forms
from web.ctx import contexto
from workflow.actions import documento
from workflow.formularios import Formulario


def solo_redibuja(accion: str) -> bool:
    """The button only changes what the page shows: a row more or less, another search."""
    return forms.accion_de_filas(request.form) or accion == "buscar"


def leer(formulario: Formulario, tarea_id: int, guardar: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """(what was written, sentences about files that were refused). `guardar`: keep the files that came."""
    return forms.recibir(formulario, partial(documento.adjuntar, contexto(), tarea_id) if guardar else None)
