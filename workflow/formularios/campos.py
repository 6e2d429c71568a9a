"""What a field of a task form is: plain, frozen data read from the JSON of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PREFIJO_TAREA: Final = "tarea."
"""A condition whose name starts with this reads the data of the task, not another field."""


@dataclass(frozen=True, slots=True)
class Condicion:
    """`campo` has one of `valores`; `None` among them also accepts a datum that is absent."""

    campo: str
    valores: tuple[bool | str | None, ...]

    @property
    def dato_de_tarea(self) -> str | None:
        """Name of the datum of the task that is asked, or None if another field is."""
        return self.campo.removeprefix(PREFIJO_TAREA) if self.campo.startswith(PREFIJO_TAREA) else None


@dataclass(frozen=True, slots=True)
class Campo:
    """One question of a form. `tipo` is the `x-tipo` of the JSON; unused attributes keep their default."""

    nombre: str
    titulo: str
    tipo: str
    ayuda: str = ""
    falta: str = ""
    obligatorio: bool = False
    si: tuple[Condicion, ...] = ()
    obligatorio_si: tuple[Condicion, ...] = ()
    opciones: tuple[tuple[str, str], ...] = ()
    exclusivas: tuple[str, ...] = ()
    largo: int | None = None
    formato: str = ""
    minimo: int | None = None
    maximo: int | None = None
    filas_minimo: int = 0
    filas_maximo: int = 0
    columnas: tuple[Campo, ...] = ()
    agregar: str = ""
    tabla: str = ""
    rol: str = ""
    lectura: bool = False
    abierto: bool = False
    por_omision: bool | str | None = None

    def etiqueta_de(self, valor: object) -> str:
        """Label that people read for one of the options (the value itself if it has none)."""
        return next((etiqueta for opcion, etiqueta in self.opciones if opcion == valor), str(valor))


@dataclass(frozen=True, slots=True)
class Seccion:
    """A titled group of fields, in reading order."""

    titulo: str
    campos: tuple[str, ...]


class Rechazo(ValueError):
    """A value that a type refuses: sentences by sub-path (`""` is the field itself)."""

    def __init__(self, frase: str, parte: str = "") -> None:
        super().__init__(frase)
        self.frases: dict[str, str] = {parte: frase}

    @classmethod
    def de(cls, frases: dict[str, str]) -> Rechazo:
        falla = cls("")
        falla.frases = dict(frases)
        return falla
