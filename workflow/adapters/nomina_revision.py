"""What each line of a list of workers says, judged against its act: good lines, and what is wrong with the others.

Pure: what the act covers and what it already has are handed in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from workflow.adapters.nomina import Renglon
from workflow.rules.identificadores import revisar as revisar_identificador

NOMBRE_MAXIMO: Final = 160
SIN_CEROS: Final = 9  # digits of an NSS that lost its zeros; fewer is no NSS
V = TypeVar("V")

_DINERO = re.compile(r"\$? ?(\d{1,8}|\d{1,3}(?:,\d{3}){1,2})(\.\d{1,2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00)?")
_DMA = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
FECHA: Final = "Escribe una fecha que exista, como 31/12/2024."
SALARIO: Final = "Escribe pesos diarios con punto decimal, como 457.14."


@dataclass(frozen=True)
class Fila:
    """A good line: a worker, a stretch of days, daily pesos. `registrado` None: she was not registered."""

    linea: int
    nss: str
    nombre: str
    desde: dt.date
    hasta: dt.date
    comprobado: Decimal
    registrado: Decimal | None
    cuota_diaria: Decimal | None
    hecho_id: int | None


@dataclass(frozen=True)
class Mal:
    """What is wrong with a line: which column, what was read there, what to do."""

    linea: int
    campo: str
    leido: str
    que_hacer: str


@dataclass(frozen=True)
class Tramo:
    """A stretch of a worker that the act already has."""

    nss: str
    desde: dt.date
    hasta: dt.date


@dataclass(frozen=True)
class Revision:
    """Good lines, and what is wrong with the others, in the order of the file."""

    buenas: tuple[Fila, ...]
    males: tuple[Mal, ...]

    @property
    def malas(self) -> int:
        """Lines with something wrong."""
        return len({m.linea for m in self.males})

    @property
    def trabajadores(self) -> int:
        """Different workers in the good lines."""
        return len({f.nss for f in self.buenas})


@dataclass(frozen=True)
class Acto:
    """What the lines are judged against: periods of the act, its facts by number, what it already has."""

    periodos: Sequence[tuple[dt.date, dt.date]]
    hechos: Mapping[int, int]
    tramos: Sequence[Tramo] = ()


class _No(Exception):
    """A cell that does not hold: what to do."""


def revisar(renglones: Iterable[Renglon], acto: Acto) -> Revision:
    """Judge every line. A line that overlaps another one of the same worker is wrong; the first stays good."""
    buenas: list[Fila] = []
    males: list[Mal] = []
    vistos: dict[str, list[tuple[dt.date, dt.date, int]]] = {}
    for tramo in acto.tramos:
        vistos.setdefault(tramo.nss, []).append((tramo.desde, tramo.hasta, 0))
    for renglon in renglones:
        fila = _fila(renglon, acto, males)
        if fila is None:
            continue
        choca = _choque(fila, vistos.setdefault(fila.nss, []))
        if choca is not None:
            males.append(choca)
            continue
        vistos[fila.nss].append((fila.desde, fila.hasta, fila.linea))
        buenas.append(fila)
    return Revision(tuple(buenas), tuple(sorted(males, key=lambda m: m.linea)))


def _fila(renglon: Renglon, acto: Acto, males: list[Mal]) -> Fila | None:
    """The line read whole; None after writing down each thing that is wrong with it."""
    antes = len(males)

    def leer(campo: str, como: Callable[[str], V]) -> V | None:
        texto = renglon.celdas.get(campo, "")
        try:
            return como(texto)
        except _No as error:
            males.append(Mal(renglon.linea, campo, texto, str(error)))
            return None

    nss, nombre = leer("nss", nss_de), leer("nombre", _nombre)
    desde, hasta = leer("desde", fecha_de), leer("hasta", fecha_de)
    comprobado = leer("sbc_comprobado", _salario)
    registrado, cuota = leer("sbc_registrado", _salario_o_nada), leer("cuota_diaria", _salario_o_nada)
    hecho = leer("hecho", lambda texto: _hecho(texto, acto.hechos))
    if desde is not None and hasta is not None:
        mal = _periodo(desde, hasta, acto.periodos)
        if mal is not None:
            leido = f"{renglon.celdas.get('desde', '')} a {renglon.celdas.get('hasta', '')}"
            males.append(Mal(renglon.linea, "hasta" if hasta < desde else "desde", leido, mal))
    if comprobado is not None and cuota is not None and cuota > comprobado:
        que = "La cuota diaria no puede ser mayor que el SBC comprobado."
        males.append(Mal(renglon.linea, "cuota_diaria", renglon.celdas["cuota_diaria"], que))
    if len(males) > antes or nss is None or nombre is None or desde is None or hasta is None:
        return None
    assert comprobado is not None
    return Fila(renglon.linea, nss, nombre, desde, hasta, comprobado, registrado, cuota, hecho)


# -- cells -------------------------------------------------------------------------------------------------
def nss_de(texto: str) -> str:
    """Eleven digits with their check digit; a spreadsheet may have eaten the first zeros."""
    cifras = "".join(c for c in texto if c not in " -.")
    if not cifras:
        raise _No("Escribe el número de seguridad social.")
    if cifras.isascii() and cifras.isdigit() and len(cifras) >= SIN_CEROS:
        cifras = cifras.zfill(11)
    dicho = revisar_identificador("nss", cifras)
    if not dicho.valido:
        raise _No(dicho.motivo)
    return dicho.normalizado


def fecha_de(texto: str) -> dt.date:
    """A day as ISO or as day, month, year."""
    if iso := _ISO.fullmatch(texto):
        anio, mes, dia = iso.groups()
    elif dma := _DMA.fullmatch(texto):
        dia, mes, anio = dma.groups()
    else:
        raise _No(FECHA)
    try:
        return dt.date(int(anio), int(mes), int(dia))
    except ValueError:
        raise _No(FECHA) from None


def _nombre(texto: str) -> str:
    nombre = " ".join(texto.split())
    if not nombre:
        raise _No("Escribe el nombre de la persona.")
    if len(nombre) > NOMBRE_MAXIMO:
        raise _No(f"Escribe hasta {NOMBRE_MAXIMO} letras.")
    return nombre


def _salario(texto: str) -> Decimal:
    leido = _DINERO.fullmatch(texto)
    if leido is None:
        raise _No(SALARIO)
    importe = Decimal((leido[1] + (leido[2] or "")).replace(",", ""))
    if importe <= 0:
        raise _No("El salario debe ser mayor que cero.")
    return importe


def _salario_o_nada(texto: str) -> Decimal | None:
    return _salario(texto) if texto else None


def _hecho(texto: str, hechos: Mapping[int, int]) -> int | None:
    if not texto:
        return None
    cual = hechos.get(int(texto)) if texto.isascii() and texto.isdigit() and len(texto) < 6 else None
    if cual is None:
        raise _No("Escribe el número de un hecho de las actas, o deja la celda en blanco.")
    return cual


# -- the line as a whole -----------------------------------------------------------------------------------
def _periodo(desde: dt.date, hasta: dt.date, periodos: Sequence[tuple[dt.date, dt.date]]) -> str | None:
    """What is wrong with a stretch, if anything. Periods of the act that follow one another count as one."""
    if hasta < desde:
        return "El periodo termina antes de empezar. Corrige una de las dos fechas."
    if any(a <= desde and hasta <= b for a, b in unidos(periodos)):
        return None
    dichos = "; ".join(f"{a:%d/%m/%Y} a {b:%d/%m/%Y}" for a, b in unidos(periodos))
    return f"El acto sólo cubre {dichos}. Ajusta las fechas a ese periodo."


def unidos(periodos: Sequence[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """The periods in order, those that touch or follow one another made one."""
    juntos: list[tuple[dt.date, dt.date]] = []
    for desde, hasta in sorted(periodos):
        if juntos and desde <= juntos[-1][1] + dt.timedelta(days=1):
            juntos[-1] = (juntos[-1][0], max(juntos[-1][1], hasta))
        else:
            juntos.append((desde, hasta))
    return juntos


def _choque(fila: Fila, suyos: Sequence[tuple[dt.date, dt.date, int]]) -> Mal | None:
    leido = f"{fila.nss}, {fila.desde:%d/%m/%Y} a {fila.hasta:%d/%m/%Y}"
    for desde, hasta, linea in suyos:
        if fila.hasta < desde or hasta < fila.desde:
            continue
        donde = f"la línea {linea}" if linea else "lo que el acto ya tiene"
        if (desde, hasta) == (fila.desde, fila.hasta):
            return Mal(fila.linea, "nss", leido, f"Está repetida con {donde}. Quita una de las dos.")
        return Mal(
            fila.linea,
            "desde",
            leido,
            f"Se empalma con {donde} ({desde:%d/%m/%Y} a {hasta:%d/%m/%Y}). Corrige las fechas.",
        )
    return None
