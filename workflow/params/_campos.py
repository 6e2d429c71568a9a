"""Reading of one YAML row into typed values; every problem names the file and the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar

import yaml

from workflow.params.errores import ParametroInvalido

CONFIANZAS = frozenset({"verificado", "por_verificar", "diseno"})
_DECIMAL = re.compile(r"\d+(\.\d+)?", re.ASCII)


class Vigente(Protocol):
    """Anything that is in force from a day and, when it was replaced, until a day (both included)."""

    @property
    def vigente_desde(self) -> date: ...

    @property
    def vigente_hasta(self) -> date | None: ...


T = TypeVar("T", bound=Vigente)


def leer_yaml(archivo: Path) -> Any:
    """The content of a YAML file; raises ParametroInvalido for a key written twice, a float or no YAML."""
    try:
        return yaml.load(archivo.read_text(encoding="utf-8"), Loader=_CargadorEstricto)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        raise ParametroInvalido(f"{archivo.name}: no es YAML: {error}") from error
    except _MalEscrito as error:
        raise ParametroInvalido(f"{archivo.name}: {error}") from None


def leer_listas(archivo: Path, *listas: str) -> dict[str, list[dict[str, Any]]]:
    """The rows under each of the only keys `listas` of a YAML file; raises ParametroInvalido otherwise."""
    contenido = leer_yaml(archivo)
    if not isinstance(contenido, dict) or set(contenido) != set(listas):
        cuantas = "se espera una sola clave" if len(listas) == 1 else "se esperan solo las claves"
        raise ParametroInvalido(f"{archivo.name}: {cuantas}: {', '.join(listas)}")
    for lista, filas in contenido.items():
        if not isinstance(filas, list) or not filas or not all(isinstance(f, dict) for f in filas):
            raise ParametroInvalido(f"{archivo.name}: «{lista}» debe ser una lista de renglones, no vacía")
    return contenido


def leer_filas(archivo: Path, lista: str) -> list[dict[str, Any]]:
    """The rows under the only key `lista` of a YAML file; raises ParametroInvalido on any other shape."""
    return leer_listas(archivo, lista)[lista]


def leer_mapa(archivo: Path) -> dict[str, Fila]:
    """The rows of a YAML file that maps each key to its row; raises ParametroInvalido on any other shape."""
    return Fila(archivo.name, "archivo", {"renglones": leer_yaml(archivo)}).mapa("renglones")


class _MalEscrito(Exception):
    """What the strict loader refuses, before the name of the file is known."""


class _CargadorEstricto(yaml.SafeLoader):
    """SafeLoader that refuses a key written twice (YAML would silently keep the last) and any float."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build the mapping, refusing duplicates."""
        claves = [self.construct_object(k, deep=True) for k, _ in node.value]
        for clave in claves:
            if claves.count(clave) > 1:
                raise _MalEscrito(f"clave repetida «{clave}» en la línea {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep=deep)

    def rechazar_flotante(self, node: yaml.ScalarNode) -> NoReturn:
        """A float is not what was printed in the law: decimals are written as text."""
        raise _MalEscrito(f"decimal sin comillas «{node.value}» en la línea {node.start_mark.line + 1}")


_CargadorEstricto.add_constructor("tag:yaml.org,2002:float", _CargadorEstricto.rechazar_flotante)


@dataclass(frozen=True)
class Fila:
    """One row being read: knows its file and key, so that every complaint can be found at once."""

    archivo: str
    clave: str
    datos: Mapping[str, Any]

    def falla(self, problema: str) -> ParametroInvalido:
        """The error to raise for this row."""
        return ParametroInvalido(f"{self.archivo}: {self.clave}: {problema}")

    def solo(self, conocidas: Collection[str]) -> None:
        """Refuse keys that nobody reads: a misspelt key would be a value silently lost."""
        desconocidas = sorted(set(self.datos) - set(conocidas))
        if desconocidas:
            raise self.falla(f"claves desconocidas: {', '.join(desconocidas)}")

    def texto(self, campo: str) -> str:
        """A text that is there and says something."""
        valor = self.datos.get(campo)
        if not isinstance(valor, str) or not valor.strip():
            raise self.falla(f"falta «{campo}»")
        return valor.strip()

    def texto_o(self, campo: str, si_falta: str) -> str:
        """A text, or `si_falta` when the key is absent."""
        return self.texto(campo) if campo in self.datos else si_falta

    def uno_de(self, campo: str, opciones: Collection[str]) -> str:
        """A text out of a closed list."""
        valor = self.texto(campo)
        if valor not in opciones:
            raise self.falla(f"«{campo}» no puede ser «{valor}»; es uno de: {', '.join(sorted(opciones))}")
        return valor

    def entero(self, campo: str, minimo: int) -> int:
        """An integer (not a boolean) of at least `minimo`."""
        valor = self.datos.get(campo)
        if not isinstance(valor, int) or isinstance(valor, bool) or valor < minimo:
            raise self.falla(f"«{campo}» debe ser un entero de {minimo} o más")
        return valor

    def bajan(self, campo: str, minimo: int) -> tuple[int, ...]:
        """A list, not empty, of integers of at least `minimo`, each smaller than the one before."""
        valor = self.datos.get(campo)
        if not isinstance(valor, list) or not valor or not all(type(n) is int and n >= minimo for n in valor):
            raise self.falla(f"«{campo}» debe ser una lista de enteros de {minimo} o más")
        if sorted(set(valor), reverse=True) != valor:
            raise self.falla(f"«{campo}» va de mayor a menor, sin repetir")
        return tuple(valor)

    def decimal(self, campo: str) -> Decimal:
        """A decimal of zero or more, written as text with its digits as they were published («20.40»)."""
        valor = self.datos.get(campo)
        if not isinstance(valor, str) or not _DECIMAL.fullmatch(valor):
            raise self.falla(f"«{campo}» debe ser un decimal entre comillas, como «20.40»")
        return Decimal(valor)

    def decimal_o_nada(self, campo: str) -> Decimal | None:
        """A decimal, or None when the key is absent."""
        return self.decimal(campo) if campo in self.datos else None

    def booleano(self, campo: str) -> bool:
        """A boolean written as such."""
        valor = self.datos.get(campo)
        if not isinstance(valor, bool):
            raise self.falla(f"«{campo}» debe ser true o false")
        return valor

    def textos(self, campo: str, opciones: Collection[str]) -> tuple[str, ...]:
        """A list, not empty and without repetition, of texts out of a closed list."""
        valor = self.datos.get(campo)
        if not isinstance(valor, list) or not valor or not all(uno in opciones for uno in valor):
            raise self.falla(f"«{campo}» debe ser una lista de: {', '.join(sorted(opciones))}")
        if len(set(valor)) < len(valor):
            raise self.falla(f"«{campo}» repite un valor")
        return tuple(valor)

    def filas(self, campo: str) -> list[Fila]:
        """The rows inside this row, not empty."""
        valor = self.datos.get(campo)
        if not isinstance(valor, list) or not valor or not all(isinstance(f, dict) for f in valor):
            raise self.falla(f"«{campo}» debe ser una lista de renglones, no vacía")
        return [Fila(self.archivo, f"{self.clave}: {n}", datos) for n, datos in enumerate(valor, 1)]

    def mapa(self, campo: str) -> dict[str, Fila]:
        """The rows inside this row by their key, not empty."""
        valor = self.datos.get(campo)
        if not isinstance(valor, dict) or not valor or not all(isinstance(f, dict) for f in valor.values()):
            raise self.falla(f"«{campo}» debe tener claves, cada una con su renglón")
        return {clave: Fila(self.archivo, f"«{clave}»", datos) for clave, datos in valor.items()}

    def fecha(self, campo: str) -> date:
        """A date written as such."""
        valor = self.datos.get(campo)
        if type(valor) is not date:
            raise self.falla(f"«{campo}» debe ser una fecha AAAA-MM-DD")
        return valor

    def fecha_o_nada(self, campo: str) -> date | None:
        """A date, or None when the key is absent."""
        return self.fecha(campo) if campo in self.datos else None


def ordenar_versiones(archivo: str, clave: str, versiones: Iterable[T]) -> tuple[T, ...]:
    """The versions of one parameter by date; raises ParametroInvalido on a gap, an overlap or a wrong end."""
    orden = sorted(versiones, key=lambda v: v.vigente_desde)
    for version in orden:
        if version.vigente_hasta is not None and version.vigente_hasta < version.vigente_desde:
            raise ParametroInvalido(f"{archivo}: {clave}: termina antes de empezar")
    for antes, despues in pairwise(orden):
        if antes.vigente_hasta is None or despues.vigente_desde <= antes.vigente_hasta:
            raise ParametroInvalido(f"{archivo}: {clave}: dos versiones vigentes el {despues.vigente_desde}")
        if despues.vigente_desde > antes.vigente_hasta + timedelta(days=1):
            raise ParametroInvalido(f"{archivo}: {clave}: hueco después del {antes.vigente_hasta}")
    return tuple(orden)


def vigente_en(versiones: Sequence[T], fecha: date) -> T | None:
    """The version in force on `fecha`, or None where none covers it."""
    for version in versiones:
        if version.vigente_desde <= fecha and (
            version.vigente_hasta is None or fecha <= version.vigente_hasta
        ):
            return version
    return None


def agrupar(filas: Iterable[T], clave: Callable[[T], str]) -> dict[str, list[T]]:
    """Rows by key, in the order in which the keys first appear."""
    grupos: dict[str, list[T]] = {}
    for fila in filas:
        grupos.setdefault(clave(fila), []).append(fila)
    return grupos
