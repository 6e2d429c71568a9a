"""A task form ready to be drawn: sections, groups and fields with ids, values, options and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from web.forms import frases
from web.forms.campo import CampoVista, Pintor
from workflow.formularios import Campo, Formulario
from workflow.formularios.validacion import rige

ID_FORMULARIO: Final = "formulario"
Opciones = Mapping[str, Sequence[tuple[Any, str]]]


@dataclass(frozen=True, slots=True)
class BloqueVista:
    """Fields that go together; `leyenda` says when they apply («Sólo si…») or is empty."""

    leyenda: str
    campos: tuple[CampoVista, ...]


@dataclass(frozen=True, slots=True)
class SeccionVista:
    numero: int
    titulo: str
    bloques: tuple[BloqueVista, ...]

    @property
    def opcional(self) -> bool:
        """The section is one list that may stay empty: its title says so, not the hidden one of the list."""
        return any(campo.sola and campo.opcional for bloque in self.bloques for campo in bloque.campos)


@dataclass(frozen=True, slots=True)
class FormularioVista:
    """What `formularios/campos.html` draws. `errores`: (id to focus, sentence), in reading order."""

    titulo: str
    boton: str
    secciones: tuple[SeccionVista, ...]
    errores: tuple[tuple[str, str], ...]
    con_archivos: bool

    @property
    def titulo_pagina(self) -> str:
        """Title of the page: says first that there are errors."""
        return f"Error: {self.titulo}" if self.errores else self.titulo


def vista(
    formulario: Formulario,
    datos: Mapping[str, Any],
    errores: Mapping[str, str],
    opciones: Opciones,
    contexto: Mapping[str, Any] | None = None,
) -> FormularioVista:
    """The form with what the person typed and the sentences of the judgement.

    `opciones` gives the choices of `ref`, `usuario`, `asiento` and the names of stored documents, looked up
    by path (`pruebas_valoradas.prueba`), then by name (`prueba`), then by what it is (`ref:prueba`,
    `usuario:auditor`, `usuario`, `asiento`, `documento`). `contexto` is the data of the task: fields that it
    rules out are not shown.
    """
    alternativas = {nombre for grupo in formulario.alternativas for nombre in grupo}
    pintor = Pintor(errores, opciones, alternativas)
    secciones: list[SeccionVista] = []
    for seccion in formulario.secciones:
        visibles = [formulario.campo(nombre) for nombre in seccion.campos]
        visibles = [campo for campo in visibles if _aplica(campo, contexto or {})]
        if visibles:
            bloques = _bloques(formulario, visibles, datos, pintor)
            secciones.append(SeccionVista(len(secciones) + 1, seccion.titulo, bloques))
    return FormularioVista(
        titulo=formulario.titulo,
        boton=formulario.boton,
        secciones=tuple(secciones),
        errores=_resumen(secciones, errores),
        con_archivos=any(_lleva_archivos(campo) for campo in formulario.campos),
    )


def _aplica(campo: Campo, contexto: Mapping[str, Any]) -> bool:
    de_tarea = [condicion for condicion in campo.si if condicion.dato_de_tarea is not None]
    return rige(de_tarea, {}, {}, contexto) is not False


def _bloques(
    formulario: Formulario, campos: Sequence[Campo], datos: Mapping[str, Any], pintor: Pintor
) -> tuple[BloqueVista, ...]:
    return tuple(
        BloqueVista(leyenda, tuple(_pintar(campo, datos, pintor, len(campos)) for campo in grupo))
        for leyenda, grupo in groupby(campos, key=lambda campo: frases.solo_si(formulario, campo.si))
    )


def _pintar(campo: Campo, datos: Mapping[str, Any], pintor: Pintor, hermanos: int) -> CampoVista:
    pintado = pintor.campo(campo, datos.get(campo.nombre))
    return replace(pintado, sola=campo.tipo == "lista" and hermanos == 1)


def _lleva_archivos(campo: Campo) -> bool:
    return campo.tipo in ("archivos", "firma") or any(_lleva_archivos(columna) for columna in campo.columnas)


def _resumen(secciones: Sequence[SeccionVista], errores: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every sentence once: first those of the fields shown, in their order, then the rest."""
    vistos: dict[str, str] = {}
    for seccion in secciones:
        for bloque in seccion.bloques:
            for campo in bloque.campos:
                for ruta, ancla in campo.anclas():
                    if ruta in errores:
                        vistos.setdefault(ruta, ancla)
    for ruta in errores:
        vistos.setdefault(ruta, ID_FORMULARIO)
    return tuple((ancla, errores[ruta]) for ruta, ancla in vistos.items())
