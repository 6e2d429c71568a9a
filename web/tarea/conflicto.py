"""Two people wrote the same task: both versions side by side, and the choice of each field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.puerta import NUMERO_MAXIMO
from web.tarea import bp, lectura
from web.tarea.pagina import Hoja, hoja
from workflow.actions import tarea as acciones
from workflow.errors import Conflicto, NoPermitido, YaHecha
from workflow.formularios.validacion import vacio
from workflow.queries import tarea as consultas

HONDURA = 3  # a list of rows whose cells have parts
LARGO_COMPARADO = 20_000  # characters: longer texts are shown whole, not word by word
# Words as they are, and whether the other version says something else there.
Tramo = tuple[str, bool]


@dataclass(frozen=True)
class Diferencia:
    """A field that the two versions answer differently."""

    nombre: str
    titulo: str
    mio: list[Tramo]
    suyo: list[Tramo]


def pagina(tarea_id: int, mio: Mapping[str, Any]) -> ResponseReturnValue:
    """What was sent beside what is kept now. Nothing is lost: the page carries the text."""
    h = hoja(consultas.para_responder(contexto(), tarea_id))
    campos = [c for c in h.formulario.campos if not c.lectura]
    distintos = [c for c in campos if _limpio(mio.get(c.nombre)) != _limpio(h.datos.get(c.nombre))]
    diferencias = [_diferencia(h, c, mio.get(c.nombre)) for c in distintos]
    cuerpo = render_template(
        "tarea/conflicto.html",
        t=h.vista,
        diferencias=diferencias,
        iguales=len(campos) - len(distintos),
        mio=json.dumps(mio, ensure_ascii=False),
        de_mi=h.vista.fila.borrador_de == h.ctx.actor.usuario_id,
        ahora=h.ctx.now,
    )
    return cuerpo, 409


def _limpio(dato: Any) -> Any:
    """The same answer reads the same, typed or cleaned."""
    if vacio(dato):
        return None
    if isinstance(dato, Mapping):
        return {clave: _limpio(d) for clave, d in dato.items() if not vacio(d)}
    if isinstance(dato, list):
        return [_limpio(d) for d in dato if not vacio(d)]
    if isinstance(dato, bool):
        return "si" if dato else "no"
    return str(dato).replace("\r\n", "\n").strip()


def _diferencia(h: Hoja, campo: Any, mio: Any) -> Diferencia:
    aqui, alla = _lineas(h, campo, mio), _lineas(h, campo, h.datos.get(campo.nombre))
    return Diferencia(campo.nombre, campo.titulo, _tramos(aqui, alla), _tramos(alla, aqui))


def _lineas(h: Hoja, campo: Any, dato: Any) -> str:
    return "(vacío)" if vacio(dato) else "\n".join(lectura.valor(campo, dato, h.opciones))


def _tramos(texto: str, otro: str) -> list[Tramo]:
    """The words of `texto` in stretches that `otro` shares or does not."""
    if max(len(texto), len(otro)) > LARGO_COMPARADO:
        return [(texto, True)]
    palabras, ajenas = re.findall(r"\s+|\S+", texto), re.findall(r"\s+|\S+", otro)
    pasos = SequenceMatcher(None, palabras, ajenas, autojunk=False).get_opcodes()
    return [("".join(palabras[i:j]), paso != "equal") for paso, i, j, _, _ in pasos if i < j]


@bp.post("/tarea/<int:tarea_id>/conflicto")
@requiere(Permiso.TAREA)
def elegir(tarea_id: int) -> ResponseReturnValue:
    """Keep, of each field, the version chosen; then back to the form."""
    h = hoja(consultas.para_responder(contexto(), tarea_id))
    mio = _mio()
    datos = dict(h.datos)
    for campo in h.formulario.campos:
        if request.form.get(f"elige-{campo.nombre}") == "mio":
            datos[campo.nombre] = mio.get(campo.nombre)
    limpios = {clave: valor for clave, valor in datos.items() if valor is not None}
    try:
        acciones.tomar(h.ctx, tarea_id)
        acciones.guardar_borrador(h.ctx, tarea_id, limpios, request.form.get("version", 0, type=int))
    except (YaHecha, NoPermitido):
        raise
    except Conflicto:
        return pagina(tarea_id, mio)
    flash("Guardamos tu elección. Revisa el formulario y termina la tarea.", "ok")
    return redirect(url_for("tarea.ver", tarea_id=tarea_id), 303)


def _mio() -> dict[str, Any]:
    """The text that the page carried; only in the shapes that a form of the page can send."""
    try:
        leido = json.loads(request.form.get("mio", "{}"))
    except (ValueError, RecursionError):
        return {}
    return {c: v for c, v in leido.items() if _enviable(v)} if isinstance(leido, dict) else {}


def _enviable(dato: Any, hondo: int = 0) -> bool:
    """Whether a form could have sent it: texts and numbers of documents, in parts, rows and their parts."""
    if isinstance(dato, str):
        return "\x00" not in dato and not any("\ud800" <= letra <= "\udfff" for letra in dato)
    if isinstance(dato, dict | list):
        dentro = [*dato, *dato.values()] if isinstance(dato, dict) else dato
        return hondo < HONDURA and all(_enviable(d, hondo + 1) for d in dentro)
    return dato is None or (isinstance(dato, int) and 0 <= dato <= NUMERO_MAXIMO)
