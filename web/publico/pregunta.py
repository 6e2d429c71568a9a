"""What a question and a field are; the questions themselves are in `preguntas*`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Respuestas = Mapping[str, Any]
Condicion = Callable[[Respuestas], bool]
Opciones = tuple[tuple[str, ...], ...]
Errores = dict[str, str]


def siempre(_: Respuestas) -> bool:
    """The condition of what is always asked."""
    return True


@dataclass(frozen=True)
class Campo:
    """One answer. `falta` is the sentence shown when it is required and empty; without it, it is optional.

    tipo: texto parrafo dinero opcion multi fecha seleccion rp rfc curp nss correo telefono cp
    """

    nombre: str
    tipo: str
    etiqueta: str
    ayuda: str = ""
    opciones: Opciones = ()
    falta: str = ""
    maximo: int = 120
    resumen: str = ""
    columnas: int = 1
    oculta: bool = False
    autocompletar: str = "off"
    sin_marca: bool = False  # not marked «(opcional)»: the rule of its page may ask for it
    si: Condicion = siempre

    @property
    def rotulo(self) -> str:
        """Name of the answer on the page where she checks them."""
        return self.resumen or self.etiqueta

    def texto(self, valor: str) -> str:
        """What she reads for one chosen value."""
        return next((o[1] for o in self.opciones if o[0] == valor), valor)


def _sin_reglas(_: Respuestas, __: dt.date) -> Errores:
    return {}


@dataclass(frozen=True)
class Pregunta:
    """One page. `revisa` sees the clean answers of the page over the older ones, and today's legal date."""

    clave: str
    grupo: int
    titulo: str
    campos: tuple[Campo, ...]
    entrada: str = ""
    desplegable: tuple[str, str] | None = None
    si: Condicion = siempre
    revisa: Callable[[Respuestas, dt.date], Errores] = _sin_reglas
    plantilla: str = "publico/pregunta.html"

    def visibles(self, respuestas: Respuestas) -> tuple[Campo, ...]:
        """The fields to ask, given what was answered before."""
        return tuple(c for c in self.campos if c.si(respuestas))
