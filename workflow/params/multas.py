"""Infractions with the range of their fine, and what raises or lowers a fine (`multas.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import Fila, leer_listas
from workflow.params.dato import CAMPOS_RESPALDO, Dato, leer_respaldo
from workflow.params.errores import DATO_INVALIDO, ParametroInvalido, ReglaError

ARCHIVO = Path(__file__).parent / "multas.yaml"
UNIDADES = frozenset({"uma", "porcentaje"})
AJUSTES = ("pronto_pago", "reincidencia")
_CAMPOS_INFRACCION = CAMPOS_RESPALDO | {
    "clave",
    "descripcion",
    "sancion",
    "minimo",
    "maximo",
    "unidad",
    "adicionada",
}
_CAMPOS_AJUSTE = CAMPOS_RESPALDO | {"clave", "nombre", "valor", "unidad", "plazo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Infraccion(Dato):
    """One infraction: from `minimo` to `maximo` times the UMA of its date, or percent of what was omitted.

    `adicionada` is the first day on which the law knew the infraction, where that is within the tables.
    """

    clave: str
    descripcion: str
    sancion: str
    minimo: Decimal
    maximo: Decimal
    unidad: str
    adicionada: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ajuste(Dato):
    """What changes a fine: `valor` percent less, or times more; `plazo` is the key of the term it depends on."""

    clave: str
    nombre: str
    valor: Decimal
    unidad: str
    plazo: str


@dataclass(frozen=True, slots=True)
class Tablas:
    """The file, read, by key."""

    infracciones: Mapping[str, Infraccion]
    ajustes: Mapping[str, Ajuste]


def infraccion(clave: str) -> Infraccion:
    """The infraction `clave` («304-A-II»). Raises ReglaError DATO_INVALIDO for an unknown one."""
    hallada = tablas().infracciones.get(clave)
    if hallada is None:
        raise ReglaError(
            DATO_INVALIDO,
            f"No existe la infracción «{clave}»: escribe, por ejemplo, «304-A-II», «304» o «LFT-1004-C».",
        )
    return hallada


def infracciones() -> tuple[Infraccion, ...]:
    """Every infraction, in the order of the law."""
    return tuple(tablas().infracciones.values())


def reduccion() -> Ajuste:
    """The reduction for paying in time: percent of the fine, within the term `plazo`."""
    return tablas().ajustes["pronto_pago"]


def reincidencia() -> Ajuste:
    """The aggravation for the same infraction again: times the fine, within the term `plazo`."""
    return tablas().ajustes["reincidencia"]


@cache
def tablas() -> Tablas:
    """The file of the house."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> Tablas:
    """Read and check a file of fines. Raises ParametroInvalido."""
    listas = leer_listas(archivo, "infracciones", "ajustes")
    infracciones: dict[str, Infraccion] = {}
    for datos in listas["infracciones"]:
        fila = Fila(archivo.name, str(datos.get("clave", "renglón sin clave")), datos)
        una = _leer_infraccion(fila)
        if una.clave in infracciones:
            raise fila.falla("está dos veces")
        infracciones[una.clave] = una
    ajustes = {datos.get("clave"): datos for datos in listas["ajustes"]}
    if len(listas["ajustes"]) != len(AJUSTES) or set(ajustes) != set(AJUSTES):
        raise ParametroInvalido(f"{archivo.name}: los ajustes son {', '.join(AJUSTES)}")
    leidos = {clave: _leer_ajuste(Fila(archivo.name, clave, ajustes[clave])) for clave in AJUSTES}
    return Tablas(MappingProxyType(infracciones), MappingProxyType(leidos))


def _leer_infraccion(fila: Fila) -> Infraccion:
    fila.solo(_CAMPOS_INFRACCION)
    minimo, maximo = fila.decimal("minimo"), fila.decimal("maximo")
    if minimo > maximo:
        raise fila.falla("«minimo» es mayor que «maximo»")
    return Infraccion(
        clave=fila.texto("clave"),
        descripcion=fila.texto("descripcion"),
        sancion=fila.texto("sancion"),
        minimo=minimo,
        maximo=maximo,
        unidad=fila.uno_de("unidad", UNIDADES),
        adicionada=fila.fecha_o_nada("adicionada"),
        **leer_respaldo(fila),
    )


def _leer_ajuste(fila: Fila) -> Ajuste:
    fila.solo(_CAMPOS_AJUSTE)
    return Ajuste(
        clave=fila.texto("clave"),
        nombre=fila.texto("nombre"),
        valor=fila.decimal("valor"),
        unidad=fila.uno_de("unidad", {"porcentaje", "veces"}),
        plazo=fila.texto("plazo"),
        **leer_respaldo(fila),
    )
