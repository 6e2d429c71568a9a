"""The INPC month by month (`inpc.yaml`), and the configuration of reading and missing it.

`incluida()` is what came with the release; what was imported later is added with `Serie.con`. A month without
value is missing: nothing is interpolated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow.params._campos import CONFIANZAS, Fila, leer_yaml
from workflow.params.dato import CAMPOS_RESPALDO, Dato, leer_respaldo
from workflow.params.errores import ParametroInvalido

_ARCHIVO = Path(__file__).parent / "inpc.yaml"
_MES = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_SECCIONES = ("serie", "cotejos", "factor", "publicacion_mensual", "importacion", "indices")


@dataclass(frozen=True, slots=True)
class Indice:
    """The index of one month: `mes` is its first day, `texto` the value with the decimals of its source."""

    mes: date
    texto: str
    cita: str
    publicacion: str
    confianza: str
    nota: str

    @property
    def valor(self) -> Decimal:
        """The value, to calculate with."""
        return Decimal(self.texto)

    @property
    def vigente_desde(self) -> date:
        """First day of the month that it measures."""
        return self.mes

    @property
    def vigente_hasta(self) -> date:
        """Last day of the month that it measures."""
        return mes_siguiente(self.mes) - timedelta(days=1)


class Serie:
    """The indices by month. Immutable: `con` gives another one."""

    __slots__ = ("_meses", "_por_mes")

    def __init__(self, indices: Iterable[Indice]) -> None:
        """Keep the last index given of each month; at least one is needed (ValueError)."""
        self._por_mes = {indice.mes: indice for indice in indices}
        self._meses = sorted(self._por_mes)
        if not self._meses:
            raise ValueError("a series needs at least one index")

    @property
    def indices(self) -> tuple[Indice, ...]:
        """All, oldest first."""
        return tuple(self._por_mes[mes] for mes in self._meses)

    @property
    def primero(self) -> Indice:
        """The oldest."""
        return self._por_mes[self._meses[0]]

    @property
    def ultimo(self) -> Indice:
        """The newest."""
        return self._por_mes[self._meses[-1]]

    def de(self, mes: date) -> Indice | None:
        """The index of the month in which `mes` lies, or None."""
        return self._por_mes.get(mes.replace(day=1))

    def ultimo_hasta(self, mes: date) -> Indice | None:
        """The newest index of that month or of one before, or None where the series begins later."""
        cuantos = bisect_right(self._meses, mes.replace(day=1))
        return self._por_mes[self._meses[cuantos - 1]] if cuantos else None

    def faltantes(self, hasta_mes: date) -> tuple[date, ...]:
        """First days of the months without index, from the oldest known to `hasta_mes` (included)."""
        faltan = []
        mes = self._meses[0]
        while mes <= hasta_mes:
            if mes not in self._por_mes:
                faltan.append(mes)
            mes = mes_siguiente(mes)
        return tuple(faltan)

    def con(self, indices: Iterable[Indice]) -> Serie:
        """The same series with more months; an index given takes the place of the one of its month."""
        return Serie((*self._por_mes.values(), *indices))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglaFactor(Dato):
    """To how many decimals a factor of update is cut."""

    decimales: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicacionMensual(Dato):
    """The last day of a month on which the index of the month before is expected."""

    dia: int

    def ultimo_publicado(self, hoy: date) -> date:
        """First day of the newest month whose index should be out on `hoy`."""
        anterior = mes_anterior(hoy)
        return anterior if hoy.day > self.dia else mes_anterior(anterior)


@dataclass(frozen=True, slots=True, kw_only=True)
class Importacion(Dato):
    """What a file of indices may say. `salto_maximo` in percent, of a month or of a correction.

    `decimales`: those of the publication; a value with fewer is the same value without its last zeros.
    """

    salto_maximo: Decimal
    decimales: int


def mes_siguiente(mes: date) -> date:
    """First day of the next month."""
    return date(mes.year + mes.month // 12, mes.month % 12 + 1, 1)


def mes_anterior(mes: date) -> date:
    """First day of the month before."""
    return (mes.replace(day=1) - timedelta(days=1)).replace(day=1)


def incluida() -> Serie:
    """The series that comes with the release."""
    return _leido(_ARCHIVO).serie


def base() -> str:
    """What the series is 100 at: «segunda quincena de julio de 2018 = 100»."""
    return _leido(_ARCHIVO).base


def regla_factor() -> ReglaFactor:
    """How a factor is cut."""
    return _leido(_ARCHIVO).factor


def publicacion_mensual() -> PublicacionMensual:
    """When an index is missed."""
    return _leido(_ARCHIVO).publicacion


def importacion() -> Importacion:
    """The bounds of what is imported."""
    return _leido(_ARCHIVO).importacion


@dataclass(frozen=True)
class Leido:
    """The whole file, checked."""

    base: str
    serie: Serie
    factor: ReglaFactor
    publicacion: PublicacionMensual
    importacion: Importacion


def cargar(archivo: Path) -> Leido:
    """Read and check a file. Raises ParametroInvalido: bad value, month twice, no citation, unknown key."""
    datos = leer_yaml(archivo)
    if not isinstance(datos, dict) or set(datos) != set(_SECCIONES):
        raise ParametroInvalido(f"{archivo.name}: se esperan las claves {', '.join(_SECCIONES)}")
    serie = Fila(archivo.name, "serie", datos["serie"])
    serie.solo({"base", "cita", "publicacion"})
    factor = Fila(archivo.name, "factor", datos["factor"])
    factor.solo({"decimales", *CAMPOS_RESPALDO})
    publicacion = Fila(archivo.name, "publicacion_mensual", datos["publicacion_mensual"])
    publicacion.solo({"dia", *CAMPOS_RESPALDO})
    importa = Fila(archivo.name, "importacion", datos["importacion"])
    importa.solo({"salto_maximo", "decimales", *CAMPOS_RESPALDO})
    return Leido(
        base=serie.texto("base"),
        serie=Serie(_indices(archivo.name, datos, serie)),
        factor=ReglaFactor(decimales=factor.entero("decimales", 1), **leer_respaldo(factor)),
        publicacion=PublicacionMensual(dia=publicacion.entero("dia", 1), **leer_respaldo(publicacion)),
        importacion=Importacion(
            salto_maximo=_positivo(importa, "salto_maximo"),
            decimales=importa.entero("decimales", 1),
            **leer_respaldo(importa),
        ),
    )


@cache
def _leido(archivo: Path) -> Leido:
    return cargar(archivo)


def _positivo(fila: Fila, campo: str) -> Decimal:
    valor = fila.decimal(campo)
    if not valor:
        raise fila.falla(f"«{campo}» debe ser mayor que cero")
    return valor


def _indices(archivo: str, datos: Mapping[str, Any], serie: Fila) -> tuple[Indice, ...]:
    cotejos = {clave: _cotejo(Fila(archivo, clave, d)) for clave, d in datos["cotejos"].items()}
    leidos = [_indice(archivo, renglon, cotejos, serie) for renglon in datos["indices"] or ()]
    meses = [indice.mes for indice in leidos]
    if meses != sorted(set(meses)) or not meses:
        raise ParametroInvalido(f"{archivo}: los meses deben ser al menos uno, en orden y sin repetirse")
    return tuple(leidos)


def _cotejo(fila: Fila) -> Mapping[str, str]:
    fila.solo({"confianza", "nota"})
    return MappingProxyType({"confianza": fila.uno_de("confianza", CONFIANZAS), "nota": fila.texto("nota")})


def _indice(archivo: str, renglon: Any, cotejos: Mapping[str, Mapping[str, str]], serie: Fila) -> Indice:
    if not isinstance(renglon, dict):
        raise ParametroInvalido(f"{archivo}: cada índice lleva mes, valor y cotejo")
    fila = Fila(archivo, str(renglon.get("mes", "índice sin mes")), renglon)
    fila.solo({"mes", "valor", "cotejo"})
    hallado = _MES.fullmatch(fila.texto("mes"))
    if hallado is None:
        raise fila.falla("«mes» debe ser AAAA-MM, entre comillas")
    _positivo(fila, "valor")
    return Indice(
        mes=date(int(hallado[1]), int(hallado[2]), 1),
        texto=fila.texto("valor"),
        cita=serie.texto("cita"),
        publicacion=serie.texto("publicacion"),
        **cotejos[fila.uno_de("cotejo", cotejos)],
    )
