"""From the POST of a task form to the data that `Formulario.validar` judges.

Names are flat: `campo`, `campo-parte`, `lista-0-columna`, `lista-0-columna-parte`. A list also sends
`lista-filas` (how many rows were shown). Files travel in `campo-archivo`; `campo` keeps the ids of those
already stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from workflow.formularios import Campo, Formulario
from workflow.formularios.compuestos import PARTES

AGREGAR: Final = "_agregar"
QUITAR: Final = "_quitar"
Ficheros = Mapping[str, Sequence[int]]
_TOPE_FILAS = 200
_FILA = re.compile(r"([a-z][a-z0-9_]*)-([0-9]{1,4})")


def accion_de_filas(form: MultiDict[str, str]) -> bool:
    """Whether the button pressed only adds or removes a row: show the form again, judge nothing."""
    return bool(form.get(AGREGAR) or form.get(QUITAR))


def entradas_de_archivo(formulario: Formulario, nombres: Iterable[str]) -> list[str]:
    """Of the names of uploaded files, those that the form has; the view stores them and passes their ids."""
    validas: set[str] = set()
    for campo in formulario.campos:
        if campo.tipo in ("archivos", "firma"):
            validas.add(f"{campo.nombre}-archivo")
        for columna in campo.columnas:
            if columna.tipo in ("archivos", "firma"):
                validas |= {f"{campo.nombre}-{n}-{columna.nombre}-archivo" for n in range(_tope(campo))}
    return [nombre for nombre in nombres if nombre in validas]


def leer(
    formulario: Formulario, form: MultiDict[str, str], ficheros: Ficheros | None = None
) -> dict[str, Any]:
    """What the person wrote, as typed, ready to be judged, drawn again or kept as a draft (JSON).

    `ficheros`: ids of the documents just stored, by name of their input. Adds or removes the row that
    `_agregar=lista` or `_quitar=lista-1` asks for. Read-only fields and names not of the form are left out.
    """
    ficheros = ficheros or {}
    datos: dict[str, Any] = {}
    for campo in formulario.campos:
        if campo.lectura:
            continue
        valor = (
            _filas(campo, form, ficheros)
            if campo.tipo == "lista"
            else _valor(campo, campo.nombre, form, ficheros)
        )
        if valor is not None:
            datos[campo.nombre] = valor
    return datos


def _valor(campo: Campo, nombre: str, form: MultiDict[str, str], ficheros: Ficheros) -> Any:
    if campo.tipo == "multi":
        return form.getlist(nombre) or None
    if campo.tipo == "archivos":
        return [*form.getlist(nombre), *ficheros.get(f"{nombre}-archivo", ())] or None
    if campo.tipo in PARTES:
        partes: dict[str, Any] = {
            parte: form[f"{nombre}-{parte}"] for parte in PARTES[campo.tipo] if f"{nombre}-{parte}" in form
        }
        if campo.tipo == "firma" and ficheros.get(f"{nombre}-archivo"):
            partes["documento_id"] = ficheros[f"{nombre}-archivo"][-1]
        return partes or None
    return form.get(nombre)


def _tope(campo: Campo) -> int:
    return min(campo.filas_maximo or _TOPE_FILAS, _TOPE_FILAS)


def _filas(campo: Campo, form: MultiDict[str, str], ficheros: Ficheros) -> list[dict[str, Any]]:
    cuantas = min(_cuantas(campo, form, ficheros), _tope(campo))
    filas = [_fila(campo, lugar, form, ficheros) for lugar in range(cuantas)]
    quitar = _FILA.fullmatch(form.get(QUITAR, ""))
    if quitar and quitar[1] == campo.nombre and int(quitar[2]) < len(filas):
        del filas[int(quitar[2])]
    if form.get(AGREGAR) == campo.nombre and len(filas) < _tope(campo):
        filas.append({})
    return filas


def _cuantas(campo: Campo, form: MultiDict[str, str], ficheros: Ficheros) -> int:
    """Rows shown, as the page says; a program that does not say it is read by the names it sends."""
    dicho = form.get(f"{campo.nombre}-filas", "")
    if re.fullmatch(r"[0-9]{1,4}", dicho):
        return int(dicho)
    lugares = [0]
    for nombre in (*form, *ficheros):
        hallado = re.match(rf"{campo.nombre}-([0-9]{{1,4}})-", nombre)
        if hallado:
            lugares.append(int(hallado[1]) + 1)
    return max(lugares)


def _fila(campo: Campo, lugar: int, form: MultiDict[str, str], ficheros: Ficheros) -> dict[str, Any]:
    fila: dict[str, Any] = {}
    for columna in campo.columnas:
        valor = _valor(columna, f"{campo.nombre}-{lugar}-{columna.nombre}", form, ficheros)
        if valor is not None:
            fila[columna.nombre] = valor
    return fila
