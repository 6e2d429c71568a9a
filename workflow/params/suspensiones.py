"""The grounds on which the terms of a case stop, by key (`suspensiones.yaml`): what each stops, up to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow.params._campos import Fila, leer_yaml
from workflow.params.dato import CAMPOS_RESPALDO, Dato, leer_respaldo
from workflow.params.errores import ParametroInvalido
from workflow.params.loader import catalogo_plazos

_ARCHIVO = Path(__file__).parent / "suspensiones.yaml"
_CAMPOS = CAMPOS_RESPALDO | {"nombre", "detiene", "detiene_tareas", "tope", "tope_suma"}
# Groups that need no list: terms that the administrator fixes, and those in no group.
CONFIGURACION, DEMAS = "configuracion", "demas"
NOMBRE_MAXIMO = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Causal(Dato):
    """A ground as people read it and what it does.

    `detiene`: keys of terms and names of groups. `tope` and `tope_suma`: keys of the terms that say how long
    one suspension counts and how long all of this ground count together; empty where the law sets none.
    `detiene_tareas`: False where the terms stop but the work goes on.
    """

    clave: str
    nombre: str
    detiene: frozenset[str]
    detiene_tareas: bool
    tope: str = ""
    tope_suma: str = ""


@dataclass(frozen=True, slots=True)
class Suspensiones:
    """All grounds and the group of each term that has one."""

    causales: Mapping[str, Causal]
    grupo_de: Mapping[str, str]


def causales() -> Mapping[str, Causal]:
    """All grounds by key, in the order in which people choose."""
    return _todas().causales


def causal(escrita: str) -> Causal | None:
    """The ground written in a ledger: by its key, or by the name that older entries hold; None for another."""
    hallada = causales().get(escrita)
    return hallada or next((c for c in causales().values() if c.nombre == escrita), None)


def nombre(escrita: str) -> str:
    """A ground as people read it; a text that is no ground is read as it stands."""
    hallada = causal(escrita)
    return hallada.nombre if hallada else escrita


def detiene(escrita: str, clave: str) -> bool:
    """True when the ground stops the term `clave`. A text that is no ground of the list stops every term."""
    hallada = causal(escrita)
    return hallada is None or bool(hallada.detiene & {clave, grupo(clave)})


@cache
def grupo(clave: str) -> str:
    """The group of a term: one of the file, `configuracion` or `demas`."""
    escrito = _todas().grupo_de.get(clave)
    if escrito is not None:
        return escrito
    definicion = catalogo_plazos().get(clave)
    return CONFIGURACION if definicion is not None and definicion.es_configuracion else DEMAS


def cargar(archivo: Path) -> Suspensiones:
    """Read and check a file of grounds.

    Raises ParametroInvalido for a value that is missing or that nobody reads, a term or a group that does not
    exist, a term in two groups, or a ground that holds tasks up to a day on which nobody lets them go.
    """
    datos = leer_yaml(archivo)
    if not isinstance(datos, dict) or set(datos) != {"grupos", "causales"}:
        raise ParametroInvalido(f"{archivo.name}: debe tener «grupos» y «causales», y nada más.")
    grupo_de = _leer_grupos(Fila(archivo.name, "grupos", datos["grupos"]))
    conocidos = {*catalogo_plazos(), *grupo_de.values(), CONFIGURACION, DEMAS}
    leidas = {
        clave: _leer_causal(Fila(archivo.name, clave, valores), conocidos)
        for clave, valores in datos["causales"].items()
    }
    return Suspensiones(MappingProxyType(leidas), MappingProxyType(grupo_de))


@cache
def _todas() -> Suspensiones:
    return cargar(_ARCHIVO)


def _leer_grupos(fila: Fila) -> dict[str, str]:
    grupo_de: dict[str, str] = {}
    for nombre_grupo in fila.datos:
        for clave in _lista(fila, nombre_grupo, catalogo_plazos()):
            if clave in grupo_de:
                raise fila.falla(f"«{clave}» está en dos grupos")
            grupo_de[clave] = nombre_grupo
    return grupo_de


def _leer_causal(fila: Fila, conocidos: set[str]) -> Causal:
    fila.solo(_CAMPOS)
    leida = Causal(
        clave=fila.clave,
        nombre=fila.texto("nombre"),
        detiene=frozenset(_lista(fila, "detiene", conocidos)),
        detiene_tareas=fila.booleano("detiene_tareas"),
        tope=_tope(fila, "tope"),
        tope_suma=_tope(fila, "tope_suma"),
        **leer_respaldo(fila),
    )
    if len(leida.nombre) > NOMBRE_MAXIMO:
        raise fila.falla(f"el nombre pasa de {NOMBRE_MAXIMO} letras")
    if leida.tope_suma and not leida.tope:
        raise fila.falla("«tope_suma» pide también «tope»")
    if leida.tope and leida.detiene_tareas:
        raise fila.falla("con «tope» las tareas no se detienen: nadie las soltaría ese día")
    return leida


def _lista(fila: Fila, campo: str, conocidos: Any) -> list[str]:
    valores = fila.datos.get(campo)
    if not isinstance(valores, list) or not valores:
        raise fila.falla(f"falta «{campo}»")
    for valor in valores:
        if valor not in conocidos:
            raise fila.falla(f"«{campo}»: no existe «{valor}»")
    return valores


def _tope(fila: Fila, campo: str) -> str:
    clave = fila.texto_o(campo, "")
    if clave:
        definicion = catalogo_plazos().get(clave)
        if definicion is None or definicion.unidad != "meses":
            raise fila.falla(f"«{campo}»: «{clave}» no es un plazo del catálogo en meses")
    return clave
