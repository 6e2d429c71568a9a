"""Percentages of the cuotas obrero-patronales, mean premiums and limits by date (`cuotas.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from workflow.params._campos import Fila, agrupar, leer_listas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo
from workflow.params.errores import DATO_INVALIDO, ParametroInvalido, ReglaError

ARCHIVO = Path(__file__).parent / "cuotas.yaml"
CODIGOS = ("EM_CF", "EM_EXC", "EM_DIN", "EM_GMP", "IV", "RETIRO", "CEAV", "GPS", "RT")
SIN_PATRON = frozenset({"CEAV", "RT"})
BASES = frozenset({"uma", "excedente", "sbc"})
PAGOS = frozenset({"mensual", "bimestral"})
CLASES = ("I", "II", "III", "IV", "V")
LIMITES = ("tope_uma", "excedente_uma", "prima_minima", "prima_maxima")
_CAMPOS_RAMO = CAMPOS_RESPALDO | {"codigo", "nombre", "base", "patron", "trabajador", "pago"}
_CAMPOS_PRIMA = CAMPOS_RESPALDO | {"clase", "prima"}
_CAMPOS_LIMITE = CAMPOS_RESPALDO | {"clave", "nombre", "valor", "unidad"}


D = TypeVar("D", bound=Dato)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramo(Dato):
    """One ramo: percent of `base` per day, employer's and worker's part.

    `base`: one UMA, what the SBC exceeds of the excedente limit, or the SBC. `patron` is None where the
    percentage comes from elsewhere: CEAV from `params.ceav`, RT from the employer's premium.
    """

    codigo: str
    nombre: str
    base: str
    patron: Decimal | None
    trabajador: Decimal
    pago: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prima(Dato):
    """The mean premium (percent of SBC) of one class of risk."""

    clase: str
    prima: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Limite(Dato):
    """One limit; `unidad`: `uma` (times the UMA) or `porcentaje`."""

    clave: str
    nombre: str
    valor: Decimal
    unidad: str


@dataclass(frozen=True, slots=True)
class Limites:
    """The limits in force on one day, each with its citation.

    Times the UMA: `tope_uma` (ceiling of the SBC), `excedente_uma` (above it the excedente is paid). Percent:
    `prima_minima`, `prima_maxima` (of the premium of RT).
    """

    tope: Limite
    excedente: Limite
    minima: Limite
    maxima: Limite

    @property
    def tope_uma(self) -> Decimal:
        """Times the UMA that the SBC cannot exceed."""
        return self.tope.valor

    @property
    def excedente_uma(self) -> Decimal:
        """Times the UMA above which the excedente of EyM is paid."""
        return self.excedente.valor

    @property
    def prima_minima(self) -> Decimal:
        """Smallest premium of RT, percent."""
        return self.minima.valor

    @property
    def prima_maxima(self) -> Decimal:
        """Largest premium of RT, percent."""
        return self.maxima.valor


@dataclass(frozen=True, slots=True)
class Tablas:
    """The file, read: versions by key, oldest first."""

    ramos: Mapping[str, tuple[Ramo, ...]]
    primas: Mapping[str, tuple[Prima, ...]]
    limites: Mapping[str, tuple[Limite, ...]]


def ramos(fecha: date) -> Mapping[str, Ramo]:
    """The ramos in force on `fecha` by code, in the order of the contract. Raises PARAMETRO_NO_VIGENTE."""
    versiones = tablas().ramos
    return MappingProxyType(
        {codigo: en_vigor(versiones[codigo], fecha, f"porcentaje de cuotas {codigo}") for codigo in CODIGOS}
    )


def prima_media(clase: str, fecha: date) -> Prima:
    """The mean premium of a class. Raises DATO_INVALIDO for an unknown class, PARAMETRO_NO_VIGENTE."""
    versiones = tablas().primas.get(clase)
    if versiones is None:
        raise ReglaError(DATO_INVALIDO, f"No existe la clase de riesgo «{clase}»: usa I, II, III, IV o V.")
    return en_vigor(versiones, fecha, f"prima media de la clase {clase}")


def limites(fecha: date) -> Limites:
    """The limits in force on `fecha`. Raises PARAMETRO_NO_VIGENTE."""
    uno = {
        clave: en_vigor(versiones, fecha, f"límite «{versiones[-1].nombre}»")
        for clave, versiones in tablas().limites.items()
    }
    return Limites(uno["tope_uma"], uno["excedente_uma"], uno["prima_minima"], uno["prima_maxima"])


@cache
def tablas() -> Tablas:
    """The file of the house."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> Tablas:
    """Read and check a file of cuotas; every code, class and limit must be there. Raises ParametroInvalido."""
    listas = leer_listas(archivo, "ramos", "primas", "limites")

    def filas(lista: str, clave: str) -> list[Fila]:
        return [Fila(archivo.name, f"{lista} {d.get(clave)}", d) for d in listas[lista]]

    return Tablas(
        _ordenar(archivo.name, [_leer_ramo(f) for f in filas("ramos", "codigo")], "codigo", CODIGOS),
        _ordenar(archivo.name, [_leer_prima(f) for f in filas("primas", "clase")], "clase", CLASES),
        _ordenar(archivo.name, [_leer_limite(f) for f in filas("limites", "clave")], "clave", LIMITES),
    )


def _ordenar(
    archivo: str, datos: Iterable[D], clave: str, claves: Iterable[str]
) -> Mapping[str, tuple[D, ...]]:
    grupos = agrupar(datos, lambda d: str(getattr(d, clave)))
    faltan = [una for una in claves if una not in grupos]
    if faltan:
        raise ParametroInvalido(f"{archivo}: falta {', '.join(faltan)}")
    return MappingProxyType({una: ordenar_versiones(archivo, una, grupos[una]) for una in claves})


def _leer_ramo(fila: Fila) -> Ramo:
    fila.solo(_CAMPOS_RAMO)
    codigo = fila.uno_de("codigo", CODIGOS)
    if (codigo in SIN_PATRON) == ("patron" in fila.datos):
        raise fila.falla(f"«patron» solo falta en {', '.join(sorted(SIN_PATRON))}")
    return Ramo(
        codigo=codigo,
        nombre=fila.texto("nombre"),
        base=fila.uno_de("base", BASES),
        patron=fila.decimal_o_nada("patron"),
        trabajador=fila.decimal("trabajador"),
        pago=fila.uno_de("pago", PAGOS),
        **leer_respaldo(fila),
    )


def _leer_prima(fila: Fila) -> Prima:
    fila.solo(_CAMPOS_PRIMA)
    return Prima(clase=fila.uno_de("clase", CLASES), prima=fila.decimal("prima"), **leer_respaldo(fila))


def _leer_limite(fila: Fila) -> Limite:
    fila.solo(_CAMPOS_LIMITE)
    return Limite(
        clave=fila.uno_de("clave", LIMITES),
        nombre=fila.texto("nombre"),
        valor=fila.decimal("valor"),
        unidad=fila.uno_de("unidad", {"uma", "porcentaje"}),
        **leer_respaldo(fila),
    )
