"""Who is told before a term ends, and how long before (`preavisos.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import CONFIANZAS, leer_mapa

_ARCHIVO = Path(__file__).parent / "preavisos.yaml"
SUJETOS = frozenset({"denuncia", "acto", "credito", "pae"})
DE_LA_UNIDAD = frozenset({"jefe_auditoria", "jefe_cobranza", "subdelegado"})
DEL_OOAD = frozenset({"titular_jsac", "supervision_auditoria", "supervision_cobranza"})
_CAMPOS = frozenset({"de", "dias", "a", "cita", "confianza"})


@dataclass(frozen=True, slots=True)
class Preaviso:
    """`dias`: calendar days before the last day of the term of a `de`, going down; `a`: who is told, by role."""

    de: str
    dias: tuple[int, ...]
    a: tuple[str, ...]
    cita: str
    confianza: str


@cache
def preavisos(archivo: Path = _ARCHIVO) -> Mapping[str, Preaviso]:
    """The announced terms by key. Raises ParametroInvalido for an unknown noun or role, days that do not go down,
    nobody to tell or no citation."""
    leidos = {}
    for clave, fila in leer_mapa(archivo).items():
        fila.solo(_CAMPOS)
        leidos[clave] = Preaviso(
            de=fila.uno_de("de", SUJETOS),
            dias=fila.bajan("dias", 1),
            a=fila.textos("a", DE_LA_UNIDAD | DEL_OOAD),
            cita=fila.texto("cita"),
            confianza=fila.uno_de("confianza", CONFIANZAS),
        )
    return MappingProxyType(leidos)
