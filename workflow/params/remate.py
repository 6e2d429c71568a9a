"""What an auction of attached goods must keep to (`remate.yaml`; CFF 175-191)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "remate.yaml"
_ENTEROS = frozenset({"postura_numerador", "postura_denominador", "ventana", "ampliacion"})
_PORCIENTOS = frozenset({"deposito", "diferencia", "adjudicacion"})
_HORA = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglasRemate(Dato):
    """`deposito`, `diferencia`, `adjudicacion` in percent; `ventana` and `ampliacion` in minutes; `hora` of the
    Zona Centro; the legal posture as a fraction of the base."""

    postura_numerador: int
    postura_denominador: int
    deposito: Decimal
    diferencia: Decimal
    adjudicacion: Decimal
    ventana: int
    ampliacion: int
    hora: time


def reglas(fecha: date) -> ReglasRemate:
    """Those in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(todas(), fecha, "reglas del remate")


@cache
def todas() -> tuple[ReglasRemate, ...]:
    """Every version, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[ReglasRemate, ...]:
    """Read and check a file, oldest first. Raises ParametroInvalido."""
    filas = [
        Fila(archivo.name, f"remate {n}", datos) for n, datos in enumerate(leer_filas(archivo, "remate"), 1)
    ]
    return ordenar_versiones(archivo.name, "remate", [_leer(fila) for fila in filas])


def _leer(fila: Fila) -> ReglasRemate:
    fila.solo(CAMPOS_RESPALDO | _ENTEROS | _PORCIENTOS | {"hora"})
    hora = fila.texto("hora")
    if not _HORA.fullmatch(hora):
        raise fila.falla("«hora» debe ser una hora entre comillas, como «12:00»")
    leidas = ReglasRemate(
        hora=time.fromisoformat(hora),
        **{campo: fila.entero(campo, 1) for campo in _ENTEROS},  # type: ignore[arg-type]
        **{campo: fila.decimal(campo) for campo in _PORCIENTOS},  # type: ignore[arg-type]
        **leer_respaldo(fila),
    )
    if leidas.postura_numerador > leidas.postura_denominador:
        raise fila.falla("la postura legal no puede pasar de la base")
    return leidas
