"""The hours in which a diligencia may be practised (`horario.yaml`; CFF 13)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "horario.yaml"
_CAMPOS = CAMPOS_RESPALDO | {"desde", "hasta"}
_HORA = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Horario(Dato):
    """Local hours, both included."""

    desde: time
    hasta: time

    @property
    def texto(self) -> str:
        """«de 07:30 a 18:00 horas»."""
        return f"de {self.desde:%H:%M} a {self.hasta:%H:%M} horas"


def horario(fecha: date) -> Horario:
    """The hours in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(horarios(), fecha, "horario de diligencias")


@cache
def horarios() -> tuple[Horario, ...]:
    """Every version, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[Horario, ...]:
    """Read and check a file. Raises ParametroInvalido."""
    filas = [Fila(archivo.name, f"horario {n}", d) for n, d in enumerate(leer_filas(archivo, "horario"), 1)]
    return ordenar_versiones(archivo.name, "horario", [_leer(fila) for fila in filas])


def _leer(fila: Fila) -> Horario:
    fila.solo(_CAMPOS)
    desde, hasta = _hora(fila, "desde"), _hora(fila, "hasta")
    if hasta <= desde:
        raise fila.falla("termina antes de empezar")
    return Horario(desde=desde, hasta=hasta, **leer_respaldo(fila))


def _hora(fila: Fila, campo: str) -> time:
    escrita = fila.texto(campo)
    if not _HORA.fullmatch(escrita):
        raise fila.falla(f"«{campo}» debe ser una hora entre comillas, como «07:30»")
    return time.fromisoformat(escrita)
