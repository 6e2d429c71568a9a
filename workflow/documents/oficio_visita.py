"""Oficios inside a visit: the reposición of what was done badly, the receipt of a correction (CFF 46-VIII; LFDC 15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class OficioVisita(Oficio):
    """`cuerpo`: what it says in prose; `renglones`: what it lists."""

    plantilla: ClassVar[str] = "oficio_visita"
    titulo: ClassVar[str] = "Oficio"

    acto: str
    orden: str
    cuerpo: str
    renglones: tuple[str, ...] = ()

    def revisar(self) -> None:
        """As every oficio; the order that it rests on and what it says."""
        super().revisar()
        if not (self.orden.strip() and self.cuerpo.strip()):
            raise DatoInvalido(
                "Al oficio le falta la orden en que se funda o lo que comunica. Complétalo antes de emitirlo."
            )


@dataclass(frozen=True, kw_only=True)
class OficioReposicion(OficioVisita):
    """Tells the visited that the procedure is done again from an acta on (CFF 46-VIII)."""

    titulo: ClassVar[str] = "Oficio de reposición del procedimiento"


@dataclass(frozen=True, kw_only=True)
class ConstanciaCorreccion(OficioVisita):
    """Receives what the employer corrected during the visit (LFDC 15)."""

    titulo: ClassVar[str] = "Constancia de corrección"
