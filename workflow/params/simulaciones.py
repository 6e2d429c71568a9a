"""What would start if something happened: facts and the terms they start, in order (`simulaciones.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow.params import loader
from workflow.params._campos import CONFIANZAS, Fila, leer_filas
from workflow.params.errores import DATO_INVALIDO, ReglaError

_ARCHIVO = Path(__file__).parent / "simulaciones.yaml"
DIAS = frozenset({"habil_hasta", "siguiente", "siguiente_habil"})
_CAMPOS = frozenset(
    {"clave", "grupo", "hecho", "notificacion", "cita", "confianza", "vigente_desde", "renglones"}
)
_CAMPOS_RENGLON = frozenset(
    {
        "id",
        "plazo",
        "desde",
        "dia",
        "antes_de",
        "con",
        "si",
        "nombre",
        "al_vencer",
        "cita",
        "confianza",
        "nota",
        "sigue",
    }
)


@dataclass(frozen=True, slots=True)
class Renglon:
    """A term that the fact starts, or a day that follows from one.

    `plazo`: key of the catalogue, empty for a day of its own. `desde`: id of an earlier row, empty for the fact.
    `dia`, for what is no counted term: `habil_hasta` (that day or the hábil before), `siguiente`,
    `siguiente_habil`. `antes_de`: id of the row before whose day this term (and then those of `con`) must have
    ended. Empty texts are those of the catalogue.
    """

    id: str
    plazo: str
    desde: str
    dia: str
    antes_de: str
    con: tuple[str, ...]
    si: str
    nombre: str
    al_vencer: str
    cita: str
    confianza: str
    nota: str
    sigue: str


@dataclass(frozen=True, slots=True)
class Hecho:
    """Something that may happen («se notifica la cédula…») and the rows that it starts, in order.

    `notificacion`: it is done on days and hours hábiles (CFF 13).
    """

    clave: str
    grupo: str
    hecho: str
    notificacion: bool
    cita: str
    confianza: str
    vigente_desde: date
    renglones: tuple[Renglon, ...]


@cache
def hechos(archivo: Path = _ARCHIVO) -> Mapping[str, Hecho]:
    """All the facts of `archivo`, in its order.

    Raises ParametroInvalido for an unknown key or term, a row that hangs from none before it, a day without
    citation, a fact repeated or one that follows and is not there.
    """
    leidos: dict[str, Hecho] = {}
    for datos in leer_filas(archivo, "simulaciones"):
        fila = Fila(archivo.name, str(datos.get("clave", "renglón sin clave")), datos)
        hecho = _leer_hecho(fila)
        if hecho.clave in leidos:
            raise fila.falla("hecho repetido")
        leidos[hecho.clave] = hecho
    for hecho in leidos.values():
        for renglon in hecho.renglones:
            if renglon.sigue and renglon.sigue not in leidos:
                raise Fila(archivo.name, hecho.clave, {}).falla(f"no existe el hecho «{renglon.sigue}»")
    return MappingProxyType(leidos)


def hecho(clave: str) -> Hecho:
    """One fact. Raises ReglaError DATO_INVALIDO where there is none of that key."""
    hallado = hechos().get(clave)
    if hallado is None:
        raise ReglaError(DATO_INVALIDO, "Elige de la lista qué pasaría.")
    return hallado


def _leer_hecho(fila: Fila) -> Hecho:
    fila.solo(_CAMPOS)
    datos = fila.datos.get("renglones")
    if not isinstance(datos, list) or not datos or not all(isinstance(d, dict) for d in datos):
        raise fila.falla("«renglones» debe ser una lista, no vacía")
    renglones: dict[str, Renglon] = {}
    for uno in datos:
        renglon = _leer_renglon(fila, uno, renglones)
        renglones[renglon.id] = renglon
    return Hecho(
        clave=fila.texto("clave"),
        grupo=fila.texto("grupo"),
        hecho=fila.texto("hecho"),
        notificacion=fila.booleano("notificacion"),
        cita=fila.texto("cita"),
        confianza=fila.uno_de("confianza", CONFIANZAS),
        vigente_desde=fila.fecha("vigente_desde"),
        renglones=tuple(renglones.values()),
    )


def _leer_renglon(hecho: Fila, datos: Mapping[str, Any], previos: Mapping[str, Renglon]) -> Renglon:
    fila = Fila(
        hecho.archivo, f"{hecho.clave}: {datos.get('id') or datos.get('plazo', 'renglón sin id')}", datos
    )
    fila.solo(_CAMPOS_RENGLON)
    clave = fila.texto_o("plazo", "")
    nombre = fila.texto("id" if not clave or "id" in datos else "plazo")
    if nombre in previos:
        raise fila.falla("renglón repetido")
    for campo in ("desde", "antes_de"):
        if campo in datos and datos[campo] not in previos:
            raise fila.falla(f"«{campo}» no es un renglón anterior")
    _revisar_forma(fila, clave)
    propio = not clave
    return Renglon(
        id=nombre,
        plazo=clave,
        desde=fila.texto_o("desde", ""),
        dia=fila.uno_de("dia", DIAS) if "dia" in datos else "",
        antes_de=fila.texto_o("antes_de", ""),
        con=_plazos(fila),
        si=fila.texto_o("si", ""),
        nombre=fila.texto("nombre") if propio else fila.texto_o("nombre", ""),
        al_vencer=fila.texto("al_vencer") if propio else fila.texto_o("al_vencer", ""),
        cita=fila.texto("cita") if propio else fila.texto_o("cita", ""),
        confianza=fila.uno_de("confianza", CONFIANZAS) if propio or "confianza" in datos else "",
        nota=fila.texto_o("nota", ""),
        sigue=fila.texto_o("sigue", ""),
    )


def _revisar_forma(fila: Fila, clave: str) -> None:
    """A counted term carries no day; anything else does. A limit is one of a counted term."""
    contado = bool(clave) and _definicion(fila, clave).unidad in loader.UNIDADES_CONTADAS
    if contado == ("dia" in fila.datos):
        raise fila.falla("«dia» va con lo que no es un plazo contado, y sólo con eso")
    if "antes_de" in fila.datos and (not contado or "desde" in fila.datos):
        raise fila.falla("«antes_de» va con un plazo contado y sin «desde»")
    if "con" in fila.datos and "antes_de" not in fila.datos:
        raise fila.falla("«con» sólo va con «antes_de»")


def _plazos(fila: Fila) -> tuple[str, ...]:
    claves = fila.datos.get("con", [])
    if not isinstance(claves, list):
        raise fila.falla("«con» debe ser una lista de plazos")
    definiciones = [_definicion(fila, str(clave)) for clave in claves]
    if any(d.unidad not in loader.UNIDADES_CONTADAS for d in definiciones):
        raise fila.falla("«con» sólo lleva plazos contados")
    return tuple(d.clave for d in definiciones)


def _definicion(fila: Fila, clave: str) -> loader.DefinicionPlazo:
    definicion = loader.catalogo_plazos().get(clave)
    if definicion is None:
        raise fila.falla(f"no existe el plazo «{clave}» en el catálogo")
    return definicion
