"""Reading of a flat case. The contract does not say which fault of several is told: every one is collected."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import Any

FALTANTE, INVALIDO = "DATO_FALTANTE", "DATO_INVALIDO"
NO_VIGENTE, SIN_INPC, DESCONOCIDA = "PARAMETRO_NO_VIGENTE", "INPC_NO_DISPONIBLE", "REGLA_DESCONOCIDA"


# Stands for a day that could not be read; the fault is already noted.
SIN_FECHA = dt.date(2000, 1, 1)


class Falla(Exception):
    """The case has no answer; any of `codigos` is a right way to say so."""

    def __init__(self, *codigos: str) -> None:
        super().__init__(*codigos)
        self.codigos = set(codigos)


class Duda(Exception):
    """The contract does not say what happens here."""


class Lector:
    """Takes the data of one case and remembers each fault."""

    def __init__(self, caso: dict[str, Any]) -> None:
        self.caso = caso
        self.fallas: set[str] = set()

    def terminar(self) -> None:
        """Raise Falla when something was wrong."""
        if self.fallas:
            raise Falla(*self.fallas)

    def hay(self, clave: str) -> bool:
        """Given and not null."""
        return self.caso.get(clave) is not None

    def crudo(self, clave: str) -> Any:
        """The datum, which must be there."""
        if clave not in self.caso or self.caso[clave] is None:
            self.fallas.add(FALTANTE)
            return None
        return self.caso[clave]

    def mal(self) -> None:
        """Note a wrong datum."""
        self.fallas.add(INVALIDO)

    def fecha(self, clave: str) -> dt.date:
        """A day `YYYY-MM-DD`."""
        valor = self.crudo(clave)
        if valor is None:
            return SIN_FECHA
        leida = leer_fecha(valor)
        if leida is None:
            self.mal()
            return SIN_FECHA
        return leida

    def fecha_o(self, clave: str) -> dt.date | None:
        """A day, or None when it is not given."""
        return self.fecha(clave) if self.hay(clave) else None

    def palabra(self, clave: str, lista: list[str], defecto: str | None = None) -> str:
        """One of the words of the list."""
        if not self.hay(clave) and defecto is not None:
            return defecto
        valor = self.crudo(clave)
        if valor is None:
            return lista[0]
        if not isinstance(valor, str) or valor not in lista:
            self.mal()
            return lista[0]
        return valor

    def si_no(self, clave: str, defecto: bool) -> bool:
        """A boolean of JSON and nothing else."""
        if not self.hay(clave):
            return defecto
        valor = self.caso[clave]
        if not isinstance(valor, bool):
            self.mal()
            return defecto
        return valor

    def entero(self, clave: str, minimo: int) -> int:
        """A whole number of JSON, not a boolean and no less than `minimo`."""
        valor = self.crudo(clave)
        if valor is None:
            return minimo
        if not isinstance(valor, int) or isinstance(valor, bool) or valor < minimo:
            self.mal()
            return minimo
        return valor

    def numero(self, clave: str, decimales: int = 2) -> Fraction:
        """Money (two decimals) or percent (five), not negative: a string of digits, with a point or without."""
        valor = self.crudo(clave)
        if valor is None:
            return Fraction(0)
        leido = leer_numero(valor, decimales)
        if leido is None:
            self.mal()
            return Fraction(0)
        return leido

    def fechas(self, clave: str, obligatoria: bool = False) -> list[dt.date]:
        """A list of days."""
        if not self.hay(clave):
            if obligatoria:
                self.fallas.add(FALTANTE)
            return []
        valor = self.caso[clave]
        if not isinstance(valor, list):
            self.mal()
            return []
        leidas = [leer_fecha(uno) for uno in valor]
        if None in leidas:
            self.mal()
        return [una for una in leidas if una is not None]

    def suspensiones(self) -> list[tuple[dt.date, dt.date]]:
        """List of `{desde, hasta}`, both ends included."""
        if not self.hay("suspensiones"):
            return []
        valor = self.caso["suspensiones"]
        if not isinstance(valor, list):
            self.mal()
            return []
        salen = []
        for una in valor:
            if not isinstance(una, dict):
                self.mal()
                continue
            dentro = Lector(una)
            desde, hasta = dentro.fecha("desde"), dentro.fecha("hasta")
            self.fallas |= dentro.fallas
            if dentro.fallas:
                continue
            if hasta < desde:
                self.mal()
                continue
            salen.append((desde, hasta))
        return salen


def leer_fecha(valor: object) -> dt.date | None:
    """A day written `YYYY-MM-DD`, or None."""
    if not isinstance(valor, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", valor):
        return None
    anio, mes, dia = valor.split("-")
    try:
        return dt.date(int(anio), int(mes), int(dia))
    except ValueError:
        return None


def leer_numero(valor: object, decimales: int) -> Fraction | None:
    """An amount that is not negative, or None. Thirteen whole digits are more than any credit has."""
    if isinstance(valor, str) and re.fullmatch(rf"[0-9]{{1,13}}(\.[0-9]{{1,{decimales}}})?", valor):
        return Fraction(valor)
    return None
