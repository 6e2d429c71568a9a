"""Reading of one case of `reglas calcular`: a flat JSON object, every field checked and named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workflow.params.inpc import Serie
from workflow.rules import fecha
from workflow.rules.dinero import leer_contrato, leer_por_ciento
from workflow.rules.errores import DATO_FALTANTE, ReglaError, dato_invalido


class Caso:
    """The inputs of one case. Remembers which were read, so that a misspelt one can be pointed out.

    An absent key and a null are the same thing: DATO_FALTANTE where the input is required.
    """

    def __init__(self, datos: Mapping[str, Any], nombre: str = "", inpc: Serie | None = None) -> None:
        """Wrap `datos`; `nombre` prefixes the names in complaints («asientos[2].»).

        `inpc` is the series that the batch is calculated with; None for the one included.
        """
        self._datos = datos
        self._nombre = nombre
        self.inpc = inpc
        self._leidos: set[str] = set()

    def sobran(self, ademas: Collection[str] = ()) -> list[str]:
        """Keys that nobody read."""
        return sorted(str(clave) for clave in set(self._datos) - self._leidos - set(ademas))

    def tiene(self, campo: str) -> bool:
        """True where the input is there and is not null."""
        self._leidos.add(campo)
        return self._datos.get(campo) is not None

    def crudo(self, campo: str) -> Any:
        """The value as it came; DATO_FALTANTE when absent."""
        if not self.tiene(campo):
            raise ReglaError(DATO_FALTANTE, f"Falta «{self._nombre}{campo}».")
        return self._datos[campo]

    def texto(self, campo: str) -> str:
        """A string."""
        valor = self.crudo(campo)
        if not isinstance(valor, str):
            raise self.mal(campo, "debe ser un texto entre comillas")
        return valor

    def uno_de(self, campo: str, opciones: Collection[str], si_falta: str | None = None) -> str:
        """One of a closed list of strings."""
        if si_falta is not None and not self.tiene(campo):
            return si_falta
        valor = self.crudo(campo)
        if not isinstance(valor, str) or valor not in opciones:
            raise self.mal(campo, f"debe ser uno de: {', '.join(opciones)}")
        return valor

    def entero(self, campo: str, minimo: int, maximo: int | None = None) -> int:
        """An integer between two limits; a boolean, a decimal or a text is refused."""
        valor = self.crudo(campo)
        if type(valor) is not int or valor < minimo or (maximo is not None and valor > maximo):
            rango = f"de {minimo} o más" if maximo is None else f"entre {minimo} y {maximo}"
            raise self.mal(campo, f"debe ser un número entero {rango}, sin comillas")
        return valor

    def booleano(self, campo: str, si_falta: bool | None = None) -> bool:
        """A JSON boolean."""
        if si_falta is not None and not self.tiene(campo):
            return si_falta
        valor = self.crudo(campo)
        if not isinstance(valor, bool):
            raise self.mal(campo, "debe ser true o false")
        return valor

    def fecha(self, campo: str) -> date:
        """A date that exists, `YYYY-MM-DD`."""
        return self._a_fecha(campo, self.crudo(campo))

    def fecha_o_nada(self, campo: str) -> date | None:
        """A date, or None where it is absent."""
        return self.fecha(campo) if self.tiene(campo) else None

    def fechas(self, campo: str) -> tuple[date, ...]:
        """A list of dates; empty where it is absent."""
        return tuple(self._a_fecha(f"{campo}[{n}]", v) for n, v in enumerate(self._lista(campo)))

    def dinero(self, campo: str) -> Decimal:
        """Pesos, written as a string with two decimals."""
        return leer_contrato(self.crudo(campo), self._nombre + campo)

    def dinero_o_nada(self, campo: str) -> Decimal | None:
        """Pesos, or None where the input is absent."""
        return self.dinero(campo) if self.tiene(campo) else None

    def porcentaje_o_nada(self, campo: str) -> Decimal | None:
        """A percentage, written as a string of up to five decimals, or None where it is absent."""
        return leer_por_ciento(self.crudo(campo), self._nombre + campo) if self.tiene(campo) else None

    def uno_de_o_nada(self, campo: str, opciones: Collection[str]) -> str | None:
        """One of a closed list of strings, or None where it is absent."""
        return self.uno_de(campo, opciones) if self.tiene(campo) else None

    def listas_de_textos(self, campo: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of strings, such as `[["requerimiento", "embargo"]]`."""
        self.crudo(campo)
        listas = self._lista(campo)
        for n, lista in enumerate(listas):
            if not isinstance(lista, list) or not all(isinstance(texto, str) for texto in lista):
                raise self.mal(f"{campo}[{n}]", "debe ser una lista de textos […]")
        return tuple(tuple(lista) for lista in listas)

    def objetos(self, campo: str, obligatorio: bool = False) -> tuple[Caso, ...]:
        """A list of objects, each to be read as a case of its own; empty where it is absent."""
        if obligatorio:
            self.crudo(campo)
        valores = self._lista(campo)
        for n, valor in enumerate(valores):
            if not isinstance(valor, dict):
                raise self.mal(f"{campo}[{n}]", "debe ser un objeto {…}")
        return tuple(Caso(v, f"{self._nombre}{campo}[{n}].", self.inpc) for n, v in enumerate(valores))

    def mal(self, campo: str, problema: str) -> ReglaError:
        """The DATO_INVALIDO to raise for one input."""
        return dato_invalido(f"«{self._nombre}{campo}» {problema}.")

    def _lista(self, campo: str) -> list[Any]:
        if not self.tiene(campo):
            return []
        valor = self._datos[campo]
        if not isinstance(valor, list):
            raise self.mal(campo, "debe ser una lista […]")
        return valor

    def _a_fecha(self, campo: str, valor: Any) -> date:
        if not isinstance(valor, str) or not fecha.ESCRITA.fullmatch(valor):
            raise self.mal(campo, "debe ser una fecha AAAA-MM-DD entre comillas")
        try:
            return fecha.leer(valor)
        except ValueError:
            raise self.mal(campo, f"no es una fecha que exista: {valor}") from None
