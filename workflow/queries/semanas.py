"""The calendar of a term drawn week by week: each day with what it is, and the running sum."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workflow.rules.calendario import MESES, Motivo
from workflow.rules.plazos import Dia

SEMANA = 7
SABADO = 5
# A calendar longer than this shows its ends and says what lies between (kit, «when real data are longer»).
SEMANAS_ENTERAS, PUNTAS = 10, 3
CLASES = {"fin_de_semana": "fds", "inhabil": "inh", "adicional": "inh", "suspension": "susp"}
POR_QUE = {"adicional": "Cerrado", "suspension": "Suspensión"}
# What a cell leaves out of the name of a feast: «Juárez», «Revolución».
_COMIENZO = re.compile(r"(?:Natalicio de Benito|Día del?(?: la)?|Aniversario de la|Transmisión del) ")


@dataclass(frozen=True)
class Celda:
    """A day of the calendar. `clase`: ini cuenta porcontar fds inh susp ven fuera."""

    rotulo: str
    clase: str
    numero: int
    por: str
    hoy: bool


@dataclass(frozen=True)
class Semana:
    """A row: seven days with the running sum, or (`elipsis`) what the rows left out hold."""

    celdas: tuple[Celda, ...] = ()
    suma: int = 0
    mas: int = 0
    elipsis: str = ""


@dataclass(frozen=True)
class Cuenta:
    """What is drawn: from the day that starts the term to its last, with the days that the rule looked at.

    `marcas` names the days of the start («Notificación», «Surte efectos»). `hoy` parts what was counted from
    what is to come; without it every day counts as counted. `motivo` says why a day that the rule did not look
    at is inhábil (before the first day, or while the last one rolls).
    """

    desde: dt.date
    vence: dt.date
    dias: Sequence[Dia]
    marcas: Mapping[dt.date, str]
    hoy: dt.date | None = None
    motivo: Callable[[dt.date], Motivo | None] | None = None


def semanas(cuenta: Cuenta) -> list[Semana]:
    """Whole weeks from the start to the last day, Monday first."""
    por_fecha = {dia.fecha: dia for dia in cuenta.dias}
    ultimo = max(cuenta.vence, cuenta.dias[-1].fecha)
    lunes = cuenta.desde - dt.timedelta(days=cuenta.desde.weekday())
    filas: list[Semana] = []
    suma = 0
    while True:
        fechas = _semana_de(lunes)
        mas = sum(1 for f in fechas if f in por_fecha and por_fecha[f].numero)
        suma += mas
        celdas = tuple(
            _celda(cuenta, f, por_fecha.get(f), primera=not filas and n == 0) for n, f in enumerate(fechas)
        )
        filas.append(Semana(celdas, suma, mas))
        if ultimo <= fechas[-1] or (dt.date.max - fechas[-1]).days < SEMANA:
            return filas
        lunes += dt.timedelta(days=SEMANA)


def _semana_de(lunes: dt.date) -> list[dt.date]:
    """The seven days from a Monday; fewer in the last week of the calendar."""
    return [lunes + dt.timedelta(days=n) for n in range(SEMANA) if n <= (dt.date.max - lunes).days]


def _celda(cuenta: Cuenta, fecha: dt.date, dia: Dia | None, *, primera: bool) -> Celda:
    mes = f" {MESES[fecha.month - 1][:3]}" if primera or fecha.day == 1 else ""
    rotulo, hoy = f"{fecha.day}{mes}", fecha == cuenta.hoy
    if fecha == cuenta.vence:
        return Celda(rotulo, "ven", dia.numero if dia else 0, "Vence", hoy)
    if fecha in cuenta.marcas:
        return Celda(rotulo, "ini", 0, cuenta.marcas[fecha], hoy)
    if dia is None:
        return _sin_contar(cuenta, fecha, rotulo, hoy)
    if dia.numero:
        contado = cuenta.hoy is None or fecha <= cuenta.hoy
        return Celda(rotulo, "cuenta" if contado else "porcontar", dia.numero, "", hoy)
    por = "" if dia.clase == "fin_de_semana" else _corto(dia.clase, dia.motivo)
    return Celda(rotulo, CLASES[dia.clase], 0, por, hoy)


def _corto(clase: str, nombre: str) -> str:
    return POR_QUE.get(clase) or _COMIENZO.sub("", nombre)


def _sin_contar(cuenta: Cuenta, fecha: dt.date, rotulo: str, hoy: bool) -> Celda:
    """A day that the rule did not look at."""
    dentro = cuenta.motivo is not None and cuenta.desde < fecha < cuenta.vence
    motivo = cuenta.motivo(fecha) if cuenta.motivo is not None and dentro else None
    if motivo is not None and motivo.clase != "fin_de_semana":
        return Celda(rotulo, "inh", 0, _corto(motivo.clase, motivo.nombre), hoy)
    return Celda(rotulo, "fds" if fecha.weekday() >= SABADO else "fuera", 0, "", hoy)


def elidir(filas: list[Semana]) -> list[Semana]:
    """A long calendar as its first and last weeks, with a row that says what lies between."""
    if len(filas) <= SEMANAS_ENTERAS:
        return filas
    fuera = filas[PUNTAS:-PUNTAS]
    contados = sum(s.mas for s in fuera)
    texto = f"… {len(fuera)} semanas, {contados} días contados"
    return [*filas[:PUNTAS], Semana(elipsis=texto, suma=fuera[-1].suma), *filas[-PUNTAS:]]
