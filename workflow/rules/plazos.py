"""Legal terms: when they fall due and how that day came to be (contract §4.1; CFF 12, 135; RACERF 3; RCFF 7).

Days are legal `date`s; nothing here reads a clock. A term of `habiles` or `naturales` lists every day it
looked at; one of `meses` or `anios` goes from date to date and then moves by the calendar days suspended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from workflow.params.loader import DefinicionPlazo, en_palabras
from workflow.rules.calendario import (
    UN_DIA,
    Calendario,
    Motivo,
    dia_despues,
    fecha_corta,
    fecha_larga,
)
from workflow.rules.calendario import dias as dias_entre
from workflow.rules.errores import PARAMETRO_NO_VIGENTE, ReglaError, dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.relojes import Faltan, faltan, momento_de_disparo, vence_en_horas
from workflow.rules.tramos import (
    FUERA_DE_CALENDARIO,
    MESES_POR_ANIO,
    Suspension,
    fusionar,
    mover,
    primero_del_mes,
    revisar_suspensiones,
    sumar_meses,
)

__all__ = [
    "FUERA_DE_CALENDARIO",
    "INICIOS",
    "MESES_POR_ANIO",
    "REGIMENES",
    "UNIDADES",
    "UN_DIA",
    "VIERNES",
    "Dia",
    "Faltan",
    "ResultadoPlazo",
    "Suspension",
    "ampliar",
    "aplicar",
    "aplicar_prudente",
    "calcular",
    "faltan",
    "fusionar",
    "momento_de_disparo",
    "mover",
    "primero_del_mes",
    "revisar_suspensiones",
    "sumar_meses",
    "vence_en_horas",
]

UNIDADES = ("habiles", "naturales", "meses", "anios")
INICIOS = ("dia_siguiente", "surte_efectos")
REGIMENES = ("cff", "racerf")
VIERNES = 4

# A term of days looks at no more of them (some 400 years): a suspension written up to the year 9999 would list
# nearly three million days, one by one.
DIAS_QUE_RECORRE = 150_000
DEMASIADOS_DIAS = "El plazo recorre más de 400 años. Revisa la longitud y las suspensiones."


class Dia(NamedTuple):
    """One day that the count looked at: counted with its `numero`, or skipped with its `motivo`.

    `clase`: `contado`, `fin_de_semana`, `inhabil`, `adicional` or `suspension`.
    """

    fecha: date
    clase: str
    numero: int = 0
    motivo: str = ""
    cita: str = ""


@dataclass(frozen=True, slots=True)
class ResultadoPlazo:
    """The date on which a term falls due and everything a page needs to show why.

    `dias` lists the days counted and skipped from the day after the start (empty for months and years).
    """

    vence: date
    surte_efectos: date | None
    dia_uno: date
    pasos: tuple[Paso, ...]
    dias: tuple[Dia, ...] = ()

    def contados_al(self, hoy: date) -> int:
        """How many days of the term have been counted up to and including `hoy` («17 de 20»)."""
        return max((dia.numero for dia in self.dias if dia.fecha <= hoy), default=0)


def calcular(
    longitud: int,
    unidad: str,
    desde: date,
    inicio: str,
    regimen: str = "cff",
    prorroga: bool = True,
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
    suspensiones: Iterable[Suspension] = (),
) -> ResultadoPlazo:
    """When a term of `longitud` `unidad` falls due (contract §4.1).

    Raises ReglaError: DATO_INVALIDO for a length below 1, an unknown word, a suspension that ends before it
    begins or a term beyond the year 9999; PARAMETRO_NO_VIGENTE before the list of días inhábiles begins.
    """
    suspensiones = tuple(suspensiones)
    _revisar(longitud, unidad, inicio, regimen, suspensiones)
    calendario = Calendario(inhabiles_extra)
    comienzo, surte, pasos = _empezar(calendario, desde, inicio)
    dias: tuple[Dia, ...] = ()
    if unidad in {"habiles", "naturales"}:
        dias = _contar(calendario, longitud, unidad, comienzo, suspensiones)
        dia_uno = next(dia.fecha for dia in dias if dia.numero == 1)
        ultimo = dias[-1].fecha
        pasos += _pasos_de_dias(dias, unidad, longitud)
    else:
        dia_uno = dia_despues(comienzo)
        ultimo, pasos_meses = _contar_meses(calendario, longitud, unidad, comienzo, suspensiones)
        pasos += pasos_meses
    vence, paso = _recorrer(calendario, ultimo, regimen, prorroga)
    return ResultadoPlazo(vence, surte, dia_uno, (*pasos, paso), dias)


def aplicar(
    definicion: DefinicionPlazo,
    desde: date,
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
    suspensiones: Iterable[Suspension] = (),
) -> ResultadoPlazo:
    """When a term of the catalogue falls due; DATO_INVALIDO for an hour, a fixed date or a count."""
    if definicion.longitud is None or definicion.unidad not in UNIDADES:
        raise dato_invalido(
            f"El plazo «{definicion.clave}» no se cuenta en días, meses ni años: quien lo abre fija su fecha."
        )
    return calcular(
        definicion.longitud,
        definicion.unidad,
        desde,
        definicion.inicio,
        definicion.regimen if definicion.regimen in REGIMENES else "cff",
        definicion.prorroga,
        inhabiles_extra,
        suspensiones,
    )


def aplicar_prudente(
    definicion: DefinicionPlazo,
    desde: date,
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
    suspensiones: Iterable[Suspension] = (),
) -> ResultadoPlazo:
    """`aplicar`, also for a term of months or years that ends in a year before the list of días inhábiles.

    There no día hábil can be looked for: the term does not roll, and where its last month has no such day it
    ends on the last one of that month, which is the earlier reading. Terms in days are refused as ever.
    """
    try:
        return aplicar(definicion, desde, inhabiles_extra, suspensiones)
    except ReglaError as error:
        if error.codigo != PARAMETRO_NO_VIGENTE or definicion.unidad not in {"meses", "anios"}:
            raise
    assert definicion.longitud is not None  # aplicar refused those without
    meses = definicion.longitud * (MESES_POR_ANIO if definicion.unidad == "anios" else 1)
    comienzo = desde
    while sumar_meses(comienzo, meses) is None:
        comienzo -= UN_DIA
    return aplicar(
        replace(definicion, prorroga=False, inicio="dia_siguiente"), comienzo, inhabiles_extra, suspensiones
    )


def ampliar(
    base: ResultadoPlazo,
    definicion: DefinicionPlazo,
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
    suspensiones: Iterable[Suspension] = (),
) -> ResultadoPlazo:
    """The term `base` lengthened by `definicion`, counted from the date that the base had reached.

    The steps of both follow each other and the numbers of the days go on.
    """
    mas = aplicar(definicion, base.vence, inhabiles_extra, suspensiones)
    inicio = Paso(
        f"Se amplía {definicion.descripcion}",
        f"desde el {fecha_larga(base.vence)}, último día del plazo que se amplía",
        definicion.cita,
        (base.vence,),
        definicion.confianza,
    )
    contados = max((dia.numero for dia in base.dias), default=0)
    siguen = tuple(dia._replace(numero=dia.numero + contados if dia.numero else 0) for dia in mas.dias)
    return ResultadoPlazo(
        mas.vence,
        base.surte_efectos,
        base.dia_uno,
        (*base.pasos, inicio, *mas.pasos[1:]),
        (*base.dias, *_recorridos(base, inhabiles_extra), *siguen) if base.dias and siguen else (),
    )


def _recorridos(base: ResultadoPlazo, extra: Collection[date] | Mapping[date, Motivo]) -> tuple[Dia, ...]:
    """The days over which the last day of the base was moved: no day between both counts is lost."""
    calendario, hallados = Calendario(extra), []
    for fecha in dias_entre(base.dias[-1].fecha + UN_DIA, base.vence):
        motivo = calendario.motivo(fecha) or Motivo("el plazo se recorrió a este día", "RACERF 3", "inhabil")
        hallados.append(Dia(fecha, motivo.clase, 0, motivo.nombre, motivo.cita))
    return tuple(hallados)


def _revisar(
    longitud: int, unidad: str, inicio: str, regimen: str, suspensiones: Iterable[Suspension]
) -> None:
    if type(longitud) is not int or longitud < 1:
        raise dato_invalido("La longitud del plazo debe ser un número entero de 1 o más.")
    for nombre, valor, opciones in (
        ("unidad", unidad, UNIDADES),
        ("inicio", inicio, INICIOS),
        ("regimen", regimen, REGIMENES),
    ):
        if valor not in opciones:
            raise dato_invalido(f"«{nombre}» debe ser uno de: {', '.join(opciones)}.")
    revisar_suspensiones(suspensiones)


def _empezar(calendario: Calendario, desde: date, inicio: str) -> tuple[date, date | None, tuple[Paso, ...]]:
    hecho = Paso("Fecha que inicia el plazo", fecha_larga(desde), "", (desde,))
    if inicio == "dia_siguiente":
        return desde, None, (hecho,)
    surte = calendario.siguiente_habil(desde)
    paso = Paso(
        "La notificación surte efectos",
        f"el día hábil siguiente a su fecha: {fecha_larga(surte)}",
        "CFF 135; LSS 40",
        (surte,),
    )
    return surte, surte, (hecho, paso)


def _contar(
    calendario: Calendario, longitud: int, unidad: str, comienzo: date, suspensiones: Iterable[Suspension]
) -> tuple[Dia, ...]:
    if longitud > (date.max - comienzo).days:
        raise dato_invalido(FUERA_DE_CALENDARIO)
    orden = sorted(s for s in suspensiones if s.hasta > comienzo)
    por_que = calendario.motivo if unidad == "habiles" else None
    dias: list[Dia] = []
    numero, fecha = 0, comienzo
    while numero < longitud:
        if len(dias) == DIAS_QUE_RECORRE:
            raise dato_invalido(DEMASIADOS_DIAS)
        fecha = dia_despues(fecha)
        motivo = por_que(fecha) if por_que else None
        if motivo is not None:
            dias.append(Dia(fecha, motivo.clase, 0, motivo.nombre, motivo.cita))
            continue
        suspension = _que_cubre(orden, fecha) if orden else None
        if suspension is not None:
            dias.append(Dia(fecha, "suspension", 0, suspension.motivo, suspension.cita))
            continue
        numero += 1
        dias.append(Dia(fecha, "contado", numero))
    return tuple(dias)


def _que_cubre(orden: list[Suspension], fecha: date) -> Suspension | None:
    """The first suspension that covers the day, out of those in order of their first day."""
    for suspension in orden:
        if suspension.desde > fecha:
            return None
        if fecha <= suspension.hasta:
            return suspension
    return None


_ROTULOS = {
    "fin_de_semana": ("sábado o domingo", "sábados y domingos"),
    "inhabil": ("día inhábil", "días inhábiles"),
    "adicional": ("día inhábil del calendario de la oficina", "días inhábiles del calendario de la oficina"),
    "suspension": ("día de suspensión", "días de suspensión"),
}


def _pasos_de_dias(dias: tuple[Dia, ...], unidad: str, longitud: int) -> tuple[Paso, ...]:
    primero = next(dia for dia in dias if dia.numero == 1)
    clase_dia = "hábil" if unidad == "habiles" else "natural"
    pasos = [
        Paso(
            "Día 1",
            f"el siguiente día {clase_dia} que cuenta: {fecha_larga(primero.fecha)}",
            "CFF 135; RCFF 7",
            (primero.fecha,),
        )
    ]
    saltados: dict[str, list[Dia]] = {clase: [] for clase in (*_ROTULOS, "contado")}
    for dia in dias:
        saltados[dia.clase].append(dia)
    pasos += [_paso_saltados(clase, saltados[clase]) for clase in _ROTULOS if saltados[clase]]
    ultimo = dias[-1].fecha
    pasos.append(Paso(f"Día {longitud}", fecha_larga(ultimo), "CFF 12", (ultimo,)))
    return tuple(pasos)


def _paso_saltados(clase: str, saltados: list[Dia]) -> Paso:
    if clase == "fin_de_semana":
        detalle = "no se cuentan en los plazos fijados en días"
    else:
        detalle = "; ".join(f"{fecha_corta(dia.fecha)}, {dia.motivo}" for dia in saltados)
    citas = "; ".join(dict.fromkeys(dia.cita for dia in saltados if dia.cita))
    uno, varios = _ROTULOS[clase]
    que = f"No se cuenta 1 {uno}" if len(saltados) == 1 else f"No se cuentan {len(saltados)} {varios}"
    return Paso(que, detalle, citas, tuple(dia.fecha for dia in saltados))


def _contar_meses(
    calendario: Calendario, longitud: int, unidad: str, comienzo: date, suspensiones: Iterable[Suspension]
) -> tuple[date, tuple[Paso, ...]]:
    meses = longitud * MESES_POR_ANIO if unidad == "anios" else longitud
    mismo = sumar_meses(comienzo, meses)
    if mismo is None:
        mismo = calendario.habil_desde(primero_del_mes(comienzo, meses + 1))
        de_que = (
            f"ese mes no tiene día {comienzo.day}: primer día hábil del mes siguiente, {fecha_larga(mismo)}"
        )
    else:
        de_que = f"el mismo día del mes: {fecha_larga(mismo)}"
    paso = Paso(
        f"{en_palabras(longitud, unidad)} después del {fecha_larga(comienzo)}", de_que, "CFF 12", (mismo,)
    )
    fecha, movidos = mover(mismo, comienzo, suspensiones)
    return fecha, (paso, *movidos)


def _recorrer(calendario: Calendario, ultimo: date, regimen: str, prorroga: bool) -> tuple[date, Paso]:
    vence = ultimo
    if prorroga:
        vence = calendario.habil_desde(vence)
        while regimen == "racerf" and vence.weekday() == VIERNES:
            vence = calendario.siguiente_habil(vence)
    if vence != ultimo:
        articulo = "RACERF 3" if regimen == "racerf" else "CFF 12"
        return vence, Paso(
            "Se recorre al siguiente día hábil",
            f"el último día era {_por_que(calendario, ultimo)}: vence el {fecha_larga(vence)}",
            articulo,
            (ultimo, vence),
        )
    de_que = f"{fecha_larga(vence)}. {_sin_recorrer(calendario, vence, prorroga)}"
    return vence, Paso("Vence", de_que, "CFF 12", (vence,))


def _sin_recorrer(calendario: Calendario, dia: date, prorroga: bool) -> str:
    # A term that never rolls asks for no list of días inhábiles, so it may end before the list begins.
    if not prorroga and not calendario.cubre(dia):
        return "Este plazo no se recorre."
    if calendario.es_habil(dia):
        return "Es hábil; no se recorre."
    return "Es inhábil, pero este plazo no se recorre."


def _por_que(calendario: Calendario, dia: date) -> str:
    motivo = calendario.motivo(dia)
    if motivo is None:
        return f"viernes ({fecha_larga(dia)})"
    return f"inhábil ({fecha_larga(dia)}, {motivo.nombre})"
