"""Whom the expiry of a term of the house is told to, and when (`vigilancia.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from workflow.params.errores import ParametroInvalido

_ARCHIVO = Path(__file__).parent / "vigilancia.yaml"
DESTINOS = frozenset({"ooad", "jefatura"})


@dataclass(frozen=True, slots=True)
class Vigilada:
    """`a` is told once the term is `veces` times its length old."""

    a: str
    veces: int
    cita: str
    confianza: str


@cache
def vigiladas(archivo: Path = _ARCHIVO) -> Mapping[str, Vigilada]:
    """The watched terms by key. Raises ParametroInvalido for an unknown receiver, no citation or no times."""
    leidas = {}
    for clave, datos in yaml.safe_load(archivo.read_text(encoding="utf-8")).items():
        vigilada = Vigilada(**datos)
        if vigilada.a not in DESTINOS or vigilada.veces < 1 or not vigilada.cita.strip():
            raise ParametroInvalido(f"{archivo.name}: «{clave}» necesita a quién, cuántas veces y su cita.")
        leidas[clave] = vigilada
    return leidas
