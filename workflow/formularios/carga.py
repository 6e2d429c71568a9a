"""Read the forms of `bpmn/<proceso>/formularios/*.json` into frozen data, once per process of the machine."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from workflow.errors import DatoInvalido, NoEncontrado
from workflow.formularios.campos import Campo, Condicion, Seccion
from workflow.formularios.esquema import problemas
from workflow.formularios.formulario import Formulario

RAIZ: Final = Path(__file__).resolve().parents[2] / "bpmn"
_NOMBRE = re.compile(r"[a-z][a-z0-9_]{0,80}")


@cache
def todos() -> frozenset[tuple[str, str]]:
    """Every (process, name) that has a form."""
    return frozenset((ruta.parent.parent.name, ruta.stem) for ruta in RAIZ.glob("*/formularios/*.json"))


@cache
def cargar(proceso: str, nombre: str) -> Formulario:
    """The form of a task. NoEncontrado if there is none; DatoInvalido if its JSON breaks the house schema.

    A process that is drawn in several diagrams keeps its forms in their folder: `denuncia`, also for
    `denuncia_tramite` and `denuncia_seguimiento`.
    """
    carpeta = carpeta_de(proceso, nombre)
    if carpeta is None:
        raise NoEncontrado(
            f"No hay formulario «{nombre}» del proceso «{proceso}». Revisa el diagrama publicado."
        )
    datos = json.loads((RAIZ / carpeta / "formularios" / f"{nombre}.json").read_text(encoding="utf-8"))
    return desde_json(carpeta, nombre, datos)


def carpeta_de(proceso: str, nombre: str) -> str | None:
    """Folder that holds the form: the one where the diagram `proceso` is drawn, or the one of its name."""
    if not _NOMBRE.fullmatch(proceso) or not _NOMBRE.fullmatch(nombre):
        return None
    carpeta = _carpetas().get(proceso, proceso)
    return carpeta if (carpeta, nombre) in todos() else None


@cache
def _carpetas() -> Mapping[str, str]:
    """Folder of each diagram: a process drawn in several keeps them, and their forms, together."""
    return {ruta.stem: ruta.parent.name for ruta in RAIZ.glob("*/*.bpmn")}


def desde_json(proceso: str, nombre: str, datos: Mapping[str, Any]) -> Formulario:
    """A form from its JSON already parsed; DatoInvalido with every problem if it breaks the house schema."""
    males = problemas(datos, nombre)
    if males:
        raise DatoInvalido(f"Corrige el formulario «{proceso}/{nombre}»: " + " ".join(males))
    return Formulario(
        proceso=proceso,
        nombre=nombre,
        titulo=datos["title"],
        boton=datos["x-boton"],
        ya_hecha=datos.get("x-ya-hecha", ""),
        secciones=tuple(
            Seccion(seccion["titulo"], tuple(seccion["campos"])) for seccion in datos["x-secciones"]
        ),
        campos=_campos(datos["properties"], datos.get("required", ())),
        alternativas=tuple(tuple(grupo) for grupo in datos.get("x-alternativas", ())),
    )


def _campos(propiedades: Mapping[str, Mapping[str, Any]], obligatorios: Any) -> tuple[Campo, ...]:
    return tuple(_campo(nombre, datos, nombre in obligatorios) for nombre, datos in propiedades.items())


def _campo(nombre: str, datos: Mapping[str, Any], obligatorio: bool) -> Campo:
    tipo = datos["x-tipo"]
    etiquetas = datos.get("x-etiquetas", {})
    opciones = datos["items"]["enum"] if tipo == "multi" else datos.get("enum", ())
    renglon = datos["items"] if tipo == "lista" else {}
    return Campo(
        nombre=nombre,
        titulo=datos["title"],
        tipo=tipo,
        ayuda=datos.get("x-ayuda", ""),
        falta=datos.get("x-falta", ""),
        obligatorio=obligatorio,
        si=_condiciones(datos.get("x-si", {})),
        obligatorio_si=_condiciones(datos.get("x-obligatorio-si", {})),
        opciones=tuple((opcion, etiquetas[opcion]) for opcion in opciones),
        exclusivas=tuple(datos.get("x-exclusivas", ())),
        largo=datos.get("maxLength"),
        formato=datos.get("format", ""),
        minimo=datos.get("minimum"),
        maximo=datos.get("maximum"),
        filas_minimo=datos.get("minItems", 0),
        filas_maximo=datos.get("maxItems", 0),
        columnas=_campos(renglon.get("properties", {}), renglon.get("required", ())),
        agregar=datos.get("x-agregar", ""),
        tabla=datos.get("x-ref", ""),
        rol=datos.get("x-rol", ""),
        lectura=datos.get("x-lectura", False),
        abierto=datos.get("x-abierto", False),
        por_omision=datos.get("default"),
    )


def _condiciones(datos: Mapping[str, list[Any]]) -> tuple[Condicion, ...]:
    return tuple(Condicion(campo, tuple(valores)) for campo, valores in datos.items())
