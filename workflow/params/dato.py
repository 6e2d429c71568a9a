"""What every value of the law carries: its citation, where it was published, how sure we are and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, TypeVar

from workflow.params._campos import CONFIANZAS, Fila, Vigente, vigente_en
from workflow.params.errores import PARAMETRO_NO_VIGENTE, ReglaError
from workflow.params.fechas import fecha_en_palabras

CAMPOS_RESPALDO = frozenset({"cita", "publicacion", "confianza", "nota", "vigente_desde", "vigente_hasta"})


class Respaldo(TypedDict):
    """The fields of `Dato`, as read from one row."""

    cita: str
    publicacion: str
    confianza: str
    nota: str
    vigente_desde: date
    vigente_hasta: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dato:
    """A value of the law. `vigente_hasta` is included; None where nothing has replaced the value."""

    cita: str
    publicacion: str
    confianza: str
    nota: str
    vigente_desde: date
    vigente_hasta: date | None


V = TypeVar("V", bound=Vigente)


def leer_respaldo(fila: Fila) -> Respaldo:
    """The fields of `Dato` of one row. Raises ParametroInvalido where one is missing or says nothing."""
    return {
        "cita": fila.texto("cita"),
        "publicacion": fila.texto("publicacion"),
        "confianza": fila.uno_de("confianza", CONFIANZAS),
        "nota": fila.texto_o("nota", ""),
        "vigente_desde": fila.fecha("vigente_desde"),
        "vigente_hasta": fila.fecha_o_nada("vigente_hasta"),
    }


def en_vigor(versiones: Sequence[V], fecha: date, que: str, consejo: str = "") -> V:
    """The version in force on `fecha` of what people call `que` («UMA»).

    Raises ReglaError PARAMETRO_NO_VIGENTE, whose sentence names the value, the date and the range known, and
    ends with `consejo`. `versiones` are ordered and not empty (see `ordenar_versiones`).
    """
    hallada = vigente_en(versiones, fecha)
    if hallada is not None:
        return hallada
    frase = f"No hay {que} vigente el {fecha_en_palabras(fecha)}: la tabla {_alcance(versiones)}."
    raise ReglaError(PARAMETRO_NO_VIGENTE, f"{frase} {consejo}".strip())


def _alcance(versiones: Sequence[Vigente]) -> str:
    primera, ultima = versiones[0].vigente_desde, versiones[-1].vigente_hasta
    if ultima is None:
        return f"empieza el {fecha_en_palabras(primera)}"
    return f"va del {fecha_en_palabras(primera)} al {fecha_en_palabras(ultima)}"
