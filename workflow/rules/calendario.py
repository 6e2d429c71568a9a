"""Días hábiles and inhábiles (CFF 12) and why each day is what it is.

The rules come from `params/inhabiles.yaml` (list CFF12); an office's own closed days come as extra days. A
year before the list begins is refused with PARAMETRO_NO_VIGENTE: another list governed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from workflow.params.fechas import MESES as MESES
from workflow.params.loader import ReglaInhabil, dias_inhabiles
from workflow.rules.errores import PARAMETRO_NO_VIGENTE, ReglaError, dato_invalido

LISTA = "CFF12"
UN_DIA = timedelta(days=1)

DIAS_SEMANA = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


@dataclass(frozen=True, slots=True)
class Motivo:
    """Why a day is inhábil: `clase` is `fin_de_semana`, `inhabil` (CFF 12) or `adicional` (own)."""

    nombre: str
    cita: str
    clase: str = "adicional"


ADICIONAL = Motivo("Día inhábil adicional", "CFF 12 (oficinas cerradas o suspensión de labores)", "adicional")


class Calendario:
    """The CFF 12 list plus extra closed days. Immutable; cheap to build.

    `extra`: dates, or a mapping from date to its Motivo where the reason is known.
    """

    __slots__ = ("_extra",)

    def __init__(self, extra: Collection[date] | Mapping[date, Motivo] = frozenset()) -> None:
        """Keep the extra days with their reasons."""
        self._extra: Mapping[date, Motivo] = (
            dict(extra) if isinstance(extra, Mapping) else dict.fromkeys(extra, ADICIONAL)
        )

    def cubre(self, dia: date) -> bool:
        """True where the list governs the year of `dia`; elsewhere the other methods refuse."""
        return dia.year >= _primer_anio()

    def motivo(self, dia: date) -> Motivo | None:
        """Why `dia` is inhábil, or None when it is hábil. The law's own reason comes before the office's."""
        return _inhabiles_del_anio(dia.year).get(dia) or (self._extra.get(dia) if self._extra else None)

    def es_habil(self, dia: date) -> bool:
        """True for a día hábil."""
        return self.motivo(dia) is None

    def siguiente_habil(self, dia: date) -> date:
        """The first día hábil strictly after `dia`."""
        return self.habil_desde(dia_despues(dia))

    def habil_desde(self, dia: date) -> date:
        """`dia` itself when it is hábil, otherwise the next día hábil."""
        while not self.es_habil(dia):
            dia = dia_despues(dia)
        return dia

    def contar(self, desde: date, hasta: date) -> int:
        """Días hábiles after `desde`, up to and including `hasta`; negative when `hasta` comes first."""
        if hasta < desde:
            return -self.contar(hasta, desde)
        return sum(1 for dia in dias(desde + UN_DIA, hasta) if self.es_habil(dia))

    def restar(self, hasta: date, cuantos: int) -> date:
        """The latest date from which `cuantos` días hábiles run up to `hasta`, both as `contar` counts them."""
        dia = hasta
        while cuantos > 0:
            cuantos -= self.es_habil(dia)
            dia -= UN_DIA
        return dia


def dias(desde: date, hasta: date) -> Iterator[date]:
    """Every date from `desde` to `hasta`, both included; none when `hasta` comes first."""
    for n in range((hasta - desde).days + 1):
        yield desde + timedelta(days=n)


def dia_despues(dia: date) -> date:
    """The next calendar day; raises ReglaError DATO_INVALIDO at the end of the calendar (year 9999)."""
    if dia == date.max:
        raise dato_invalido("El cálculo llega más allá del año 9999. Revisa las fechas y la longitud.")
    return dia + UN_DIA


def fecha_larga(dia: date) -> str:
    """«miércoles 25 de noviembre de 2026»."""
    return f"{DIAS_SEMANA[dia.weekday()]} {dia.day} de {MESES[dia.month - 1]} de {dia.year}"


def fecha_corta(dia: date) -> str:
    """«25 de noviembre»."""
    return f"{dia.day} de {MESES[dia.month - 1]}"


@cache
def _inhabiles_del_anio(anio: int) -> Mapping[date, Motivo]:
    if anio < _primer_anio():
        raise ReglaError(
            PARAMETRO_NO_VIGENTE,
            f"No hay lista de días inhábiles (CFF 12) para {anio}: la conocida empieza en {_primer_anio()}.",
        )
    hallados: dict[date, Motivo] = {}
    for regla in dias_inhabiles(LISTA):
        clase = "fin_de_semana" if regla.tipo == "dia_semana" else "inhabil"
        for dia in fechas_de(regla, anio):
            # A weekend says so before a feast that falls on it: that is what people expect to read.
            hallados.setdefault(dia, Motivo(regla.nombre, regla.cita, clase))
    return MappingProxyType(hallados)


@cache
def _primer_anio() -> int:
    return min(regla.vigente_desde for regla in dias_inhabiles(LISTA)).year


def fechas_de(regla: ReglaInhabil, anio: int) -> tuple[date, ...]:
    """The dates of `anio` that `regla` makes inhábiles, by its text alone (its first year counts whole)."""
    if regla.tipo == "dia_semana":
        primero = date(anio, 1, 1)
        salto = (regla.dia_semana - primero.weekday()) % 7
        return tuple(
            primero + timedelta(days=n) for n in range(salto, (date(anio, 12, 31) - primero).days + 1, 7)
        )
    if regla.tipo == "lunes_ordinal":
        return (ordinal_de_lunes(anio, regla.mes, regla.ordinal),)
    if regla.tipo == "periodica":
        toca = anio >= regla.anio and (anio - regla.anio) % regla.cada == 0
        return (date(anio, regla.mes, regla.dia),) if toca else ()
    if regla.tipo == "fija":
        return (date(anio, regla.mes, regla.dia),)
    return (regla.fecha,) if regla.fecha is not None and regla.fecha.year == anio else ()


def ordinal_de_lunes(anio: int, mes: int, ordinal: int) -> date:
    """The `ordinal`-th Monday (1-4) of a month."""
    primero = date(anio, mes, 1)
    return primero + timedelta(days=(-primero.weekday()) % 7 + 7 * (ordinal - 1))


def ultimo_lunes(anio: int, mes: int) -> date:
    """The last Monday of a month."""
    cuarto = ordinal_de_lunes(anio, mes, 4)
    quinto = cuarto + timedelta(days=7)
    return quinto if quinto.month == mes else cuarto
