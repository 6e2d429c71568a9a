"""The employer and the periods of a case, as documents name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Periodo:
    """A range of days, both included; `hasta` None means «a la fecha»."""

    desde: date
    hasta: date | None = None


@dataclass(frozen=True, kw_only=True)
class PatronDocumento:
    """Employer on paper; empty fields are left out."""

    nombre: str
    rfc: str = ""
    registros: tuple[str, ...] = ()
    sector: str = ""
    domicilio: str = ""
