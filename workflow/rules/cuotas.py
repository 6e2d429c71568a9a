"""Cuotas of one insured person over a range of days (contract §4.2; LSS 25, 28, 36, 71-74, 106, 107, 147, 168, 211).

The arithmetic is `importe`: base in cents × percent in hundred-thousandths × days, rounded half up to the
cent, in integers, so that a cédula of many thousand months is quick. `tarifa` holds what one day fixes and
`centavos_del_mes` gives all codes of one month; `calcular` adds the checks, the totals and the steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from workflow.params.ceav import renglon
from workflow.params.cuotas import Ramo, limites, prima_media, ramos
from workflow.params.fechas import MESES
from workflow.params.inpc import mes_siguiente
from workflow.params.salario_minimo import NOMBRES, salario_minimo
from workflow.params.uma import uma
from workflow.rules.dinero import a_centesimos, de_centesimos, escribir, escribir_por_ciento
from workflow.rules.errores import DATO_FALTANTE, ReglaError, dato_invalido
from workflow.rules.paso import Paso

CENTESIMOS = 100
CIENMILESIMOS = 100_000  # a percent counts in units of 0.00001 %
_DIVISOR = 100 * CIENMILESIMOS
RT = "RT"


@dataclass(frozen=True, slots=True)
class Cuota:
    """What employer and worker owe for one code, in pesos."""

    patron: Decimal
    trabajador: Decimal


@dataclass(frozen=True, slots=True)
class MesCuotas:
    """One calendar month (`mes` is YYYY-MM): its days inside the range, its parameters, each code, the sums."""

    mes: str
    dias: int
    uma: Decimal
    salario_minimo: Decimal
    sbc_topado: Decimal
    ramos: Mapping[str, Cuota]
    patron: Decimal
    trabajador: Decimal


@dataclass(frozen=True, slots=True)
class ResultadoCuotas:
    """The months, their sums in pesos, and how each came to be."""

    meses: tuple[MesCuotas, ...]
    patron: Decimal
    trabajador: Decimal
    total: Decimal
    pasos: tuple[Paso, ...]
    avisos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RamoEntero:
    """A code in integers; `patron` None: the percent is that of CEAV's table or the premium of RT."""

    codigo: str
    base: str
    patron: int | None
    trabajador: int


@dataclass(frozen=True, slots=True)
class Tarifa:
    """The parameters in force on one day in one zone, money in cents."""

    fecha: date
    uma: int
    salario_minimo: int
    tope: int
    excedente_desde: int
    ramos: tuple[RamoEntero, ...]


@dataclass(frozen=True, slots=True)
class Salario:
    """The wages of a person in cents: what is registered or real, and the daily wage without integration."""

    sbc: int
    cuota_diaria: int


@dataclass(frozen=True, slots=True)
class PrimaRiesgo:
    """The percent of RT: its own, or the mean of a class, which is dated."""

    propia: Decimal | None
    clase: str | None

    def en(self, fecha: date) -> tuple[Decimal, str, str]:
        """(percent, citation, confidence) on a date."""
        if self.propia is not None:
            return self.propia, "LSS 72, 74", ""
        media = prima_media(str(self.clase), fecha)
        return media.prima, media.cita, media.confianza


def importe(base: int, por_ciento: int, dias: int) -> int:
    """Cents of one part of one code: `base` cents a day, `por_ciento` in 0.00001 %, half up."""
    return (base * por_ciento * dias * 2 + _DIVISOR) // (2 * _DIVISOR)


def cienmilesimos(por_ciento: Decimal) -> int:
    """A percent of up to five decimals as an integer. DATO_INVALIDO with more decimals."""
    entero = int(por_ciento.scaleb(5))
    if entero != por_ciento.scaleb(5):
        raise dato_invalido("Un porcentaje lleva hasta cinco decimales.")
    return entero


@lru_cache(maxsize=4096)
def tarifa(fecha: date, zona: str = "general") -> Tarifa:
    """What is in force on `fecha`. Raises PARAMETRO_NO_VIGENTE where a parameter does not cover the day."""
    valor, minimo, topes = uma(fecha), salario_minimo(fecha, zona), limites(fecha)
    return Tarifa(
        fecha=fecha,
        uma=a_centesimos(valor.diario),
        salario_minimo=a_centesimos(minimo.diario),
        tope=a_centesimos(valor.diario * topes.tope_uma),
        excedente_desde=a_centesimos(valor.diario * topes.excedente_uma),
        ramos=tuple(
            RamoEntero(
                ramo.codigo,
                ramo.base,
                None if ramo.patron is None else cienmilesimos(ramo.patron),
                cienmilesimos(ramo.trabajador),
            )
            for ramo in ramos(fecha).values()
        ),
    )


def topar(t: Tarifa, sbc: int) -> int:
    """The SBC in cents, raised to the minimum wage of the zone and capped."""
    return min(max(sbc, t.salario_minimo), t.tope)


def veces_uma(t: Tarifa, sbc_topado: int) -> int | None:
    """SBC / UMA in hundredths, half up; None where the SBC is the minimum wage: the first row of CEAV."""
    if sbc_topado <= t.salario_minimo:
        return None
    return (sbc_topado * CENTESIMOS * 2 + t.uma) // (2 * t.uma)


@lru_cache(maxsize=65536)
def ceav_patron(fecha: date, veces: int | None) -> int:
    """The employer's percent of CEAV in 0.00001 %."""
    return cienmilesimos(renglon(fecha, None if veces is None else de_centesimos(veces)).patron)


def bases(t: Tarifa, sbc_topado: int) -> dict[str, int]:
    """What each kind of base is worth a day, in cents."""
    return {"uma": t.uma, "excedente": max(0, sbc_topado - t.excedente_desde), "sbc": sbc_topado}


def del_patron(t: Tarifa, ramo: Ramo, sbc_topado: int, riesgo: PrimaRiesgo) -> tuple[Decimal, str, str]:
    """(percent, citation, confidence) of the employer's part: its own, the premium of RT or the row of CEAV."""
    if ramo.codigo == RT:
        return riesgo.en(t.fecha)
    if ramo.patron is not None:
        return ramo.patron, ramo.cita, ramo.confianza
    veces = veces_uma(t, sbc_topado)
    fila = renglon(t.fecha, None if veces is None else de_centesimos(veces))
    return fila.patron, f"{fila.cita} (renglón {fila.numero}: {fila.rango})", fila.confianza


def centavos_del_mes(t: Tarifa, salario: Salario, dias: int, prima: int) -> tuple[tuple[int, int], ...]:
    """Cents of (patrón, trabajador) per code, in the order of `t.ramos`. `prima` of RT in 0.00001 %.

    Where the daily wage is the minimum or less, the worker's part is the employer's (LSS 36).
    """
    sbc = topar(t, salario.sbc)
    por_base = bases(t, sbc)
    paga_todo = salario.cuota_diaria <= t.salario_minimo
    partes = []
    for ramo in t.ramos:
        base = por_base[ramo.base]
        por_ciento = ramo.patron
        if por_ciento is None:
            por_ciento = prima if ramo.codigo == RT else ceav_patron(t.fecha, veces_uma(t, sbc))
        patron = importe(base, por_ciento, dias)
        trabajador = importe(base, ramo.trabajador, dias)
        partes.append((patron + trabajador, 0) if paga_todo else (patron, trabajador))
    return tuple(partes)


def calcular(
    sbc: Decimal,
    desde: date,
    hasta: date,
    *,
    clase_riesgo: str | None = None,
    prima: Decimal | None = None,
    zona: str = "general",
    cuota_diaria: Decimal | None = None,
) -> ResultadoCuotas:
    """The cuotas of `sbc` pesos a day from `desde` to `hasta`, both included; `prima` in percent.

    Raises DATO_INVALIDO (wages of zero or less, premium outside its limits, range upside down),
    DATO_FALTANTE (neither class nor premium), PARAMETRO_NO_VIGENTE (a month without UMA, minimum wage…).
    """
    if hasta < desde:
        raise dato_invalido("«hasta» no puede ser anterior a «desde».")
    salario = Salario(
        leer_diario("sbc", sbc), leer_diario("cuota_diaria", sbc if cuota_diaria is None else cuota_diaria)
    )
    riesgo, avisos = leer_riesgo(clase_riesgo, prima, desde)
    if salario.cuota_diaria > salario.sbc:
        avisos += ("La cuota diaria es mayor que el SBC: revisa que no estén cambiados.",)
    meses = []
    pasos: list[Paso] = []
    for primero, dias in por_mes(desde, hasta):
        mes, del_mes = _mes(tarifa(primero, zona), salario, dias, riesgo, zona)
        meses.append(mes)
        pasos += del_mes
    patron = sum((m.patron for m in meses), Decimal())
    trabajador = sum((m.trabajador for m in meses), Decimal())
    pasos.append(
        Paso(
            f"Total: {escribir(patron + trabajador)}",
            f"patrón {escribir(patron)} + trabajador {escribir(trabajador)}",
            "LSS 15-III, 38, 39",
            (desde, hasta),
        )
    )
    return ResultadoCuotas(tuple(meses), patron, trabajador, patron + trabajador, tuple(pasos), avisos)


def leer_diario(campo: str, valor: Decimal) -> int:
    """A daily wage in cents. DATO_INVALIDO where it is zero or less."""
    if valor <= 0:
        raise dato_invalido(f"«{campo}» debe ser mayor que cero.")
    return a_centesimos(valor)


def leer_riesgo(clase: str | None, prima: Decimal | None, fecha: date) -> tuple[PrimaRiesgo, tuple[str, ...]]:
    """Where the percent of RT comes from, and what to tell about it. DATO_FALTANTE, DATO_INVALIDO."""
    if prima is None:
        if clase is None:
            raise ReglaError(DATO_FALTANTE, "Falta «clase_riesgo» (I a V) o «prima» (por ciento).")
        return PrimaRiesgo(None, clase), ()
    topes = limites(fecha)
    if not topes.prima_minima <= prima <= topes.prima_maxima:
        raise dato_invalido(
            f"«prima» debe estar entre {escribir_por_ciento(topes.prima_minima)} y "
            f"{escribir_por_ciento(topes.prima_maxima)} por ciento ({topes.minima.cita})."
        )
    avisos = () if clase is None else ("Diste prima y clase de riesgo: se usó la prima.",)
    return PrimaRiesgo(prima, None), avisos


def por_mes(desde: date, hasta: date) -> Iterator[tuple[date, int]]:
    """(first day, days) of the range in each calendar month."""
    primero = desde
    while (primero.year, primero.month) != (hasta.year, hasta.month):
        siguiente = mes_siguiente(primero)
        yield primero, (siguiente - primero).days
        primero = siguiente
    yield primero, (hasta - primero).days + 1


def _mes(
    t: Tarifa, salario: Salario, dias: int, riesgo: PrimaRiesgo, zona: str
) -> tuple[MesCuotas, list[Paso]]:
    prima, *_ = riesgo.en(t.fecha)
    partes = centavos_del_mes(t, salario, dias, cienmilesimos(prima))
    por_ramo = {
        ramo.codigo: Cuota(de_centesimos(patron), de_centesimos(trabajador))
        for ramo, (patron, trabajador) in zip(t.ramos, partes, strict=True)
    }
    mes = MesCuotas(
        mes=f"{t.fecha:%Y-%m}",
        dias=dias,
        uma=de_centesimos(t.uma),
        salario_minimo=de_centesimos(t.salario_minimo),
        sbc_topado=de_centesimos(topar(t, salario.sbc)),
        ramos=MappingProxyType(por_ramo),
        patron=de_centesimos(sum(patron for patron, _ in partes)),
        trabajador=de_centesimos(sum(trabajador for _, trabajador in partes)),
    )
    return mes, list(_pasos(t, salario, mes, riesgo, zona))


def _pasos(t: Tarifa, salario: Salario, mes: MesCuotas, riesgo: PrimaRiesgo, zona: str) -> Iterator[Paso]:
    """How each number of a month came to be, with the parameter that it comes from."""
    dias = (t.fecha, t.fecha + timedelta(days=mes.dias - 1))
    valor, minimo, topes = uma(t.fecha), salario_minimo(t.fecha, zona), limites(t.fecha)
    nombre = f"{MESES[t.fecha.month - 1]} de {t.fecha.year}"
    yield Paso(
        f"UMA de {nombre}: {escribir(valor.diario)}", "valor diario", valor.cita, dias, valor.confianza
    )
    yield Paso(
        f"Salario mínimo de {nombre}: {escribir(minimo.diario)}",
        f"{NOMBRES[zona]}, diario",
        minimo.cita,
        dias,
        minimo.confianza,
    )
    yield Paso(
        f"Salario base de {nombre}: {escribir(mes.sbc_topado)}",
        f"{escribir(de_centesimos(salario.sbc))} dado; no menos que el salario mínimo ni más que "
        f"{topes.tope_uma} UMA ({escribir(de_centesimos(t.tope))})",
        topes.tope.cita,
        dias,
        topes.tope.confianza,
    )
    for ramo in ramos(t.fecha).values():
        yield from _pasos_de_ramo(t, ramo, mes, riesgo, dias)
    if salario.cuota_diaria <= t.salario_minimo:
        yield Paso(
            "El patrón paga también la parte del trabajador",
            f"cuota diaria de {escribir(de_centesimos(salario.cuota_diaria))}, "
            f"que no pasa del salario mínimo de {escribir(mes.salario_minimo)}",
            "LSS 36",
            dias,
        )


def _pasos_de_ramo(
    t: Tarifa, ramo: Ramo, mes: MesCuotas, riesgo: PrimaRiesgo, dias: tuple[date, date]
) -> Iterator[Paso]:
    sbc = a_centesimos(mes.sbc_topado)
    base = bases(t, sbc)[ramo.base]
    patron = del_patron(t, ramo, sbc, riesgo)
    partes = (("patrón", patron), ("trabajador", (ramo.trabajador, ramo.cita, ramo.confianza)))
    for quien, (por_ciento, cita, confianza) in partes:
        if por_ciento:
            centavos = de_centesimos(importe(base, cienmilesimos(por_ciento), mes.dias))
            yield Paso(
                f"{ramo.nombre} ({ramo.codigo}), {quien}: {escribir(centavos)}",
                f"{de_centesimos(base)} × {escribir_por_ciento(por_ciento)} % × {mes.dias} "
                f"{'día' if mes.dias == 1 else 'días'} = {centavos}",
                cita,
                dias,
                confianza,
            )
