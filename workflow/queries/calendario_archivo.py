"""A year's calendar of the institute as a CSV file: what each row says and what is wrong with it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import select

from models.organizacion import Subdelegacion
from workflow.context import Ctx
from workflow.errors import DatoInvalido, DomainError
from workflow.operations import calendario
from workflow.operations.calendario_fechas import Dia

COLUMNAS: Final = ("fecha", "unidad", "motivo", "cita")
RENGLONES_MAXIMOS: Final = 400
OCTETOS_MAXIMOS: Final = 200_000
FORMATOS: Final = ("%Y-%m-%d", "%d/%m/%Y")
COMILLAS: Final = "Hay unas comillas sin cerrar, o un salto de línea dentro de una celda."


@dataclass(frozen=True)
class Renglon:
    """A row as written. `dia` where it can be read, `falla` a sentence where it cannot be."""

    numero: int
    fecha: str
    unidad: str
    motivo: str
    cita: str
    dia: Dia | None
    falla: str = ""


@dataclass(frozen=True)
class Archivo:
    """Rows in their order; good only all together."""

    renglones: tuple[Renglon, ...]

    @property
    def bueno(self) -> bool:
        return bool(self.renglones) and not any(r.falla for r in self.renglones)

    @property
    def fallas(self) -> int:
        return sum(1 for r in self.renglones if r.falla)

    @property
    def dias(self) -> list[Dia]:
        return [r.dia for r in self.renglones if r.dia is not None]


def texto(datos: bytes) -> str:
    """The text of a file: UTF-8, or what spreadsheets of the West write. Raises DatoInvalido for what is none."""
    if len(datos) > OCTETOS_MAXIMOS:
        raise DatoInvalido("El archivo es demasiado grande.", {"archivo": "Sube un CSV de hasta 200 KB."})
    if b"\0" in datos:
        raise DatoInvalido("Eso no es un CSV.", {"archivo": "Guarda la hoja como CSV y súbela otra vez."})
    try:
        return datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        return datos.decode("cp1252", errors="replace")


def leer(ctx: Ctx, contenido: str, *, juzgar: bool = True) -> Archivo:
    """The rows of the file; with `juzgar` each against the calendar of now. Writes nothing.

    Raises DatoInvalido for a file without header or rows, or with too many.
    """
    lineas = contenido.splitlines()
    separador = ";" if lineas and lineas[0].count(";") > lineas[0].count(",") else ","
    try:
        filas = list(csv.reader(io.StringIO("\n".join(lineas)), delimiter=separador))
    except csv.Error:
        raise DatoInvalido(
            "Eso no es un CSV.", {"archivo": f"{COMILLAS} Corrígelas y sube otra vez."}
        ) from None
    cabeza = [campo.strip().lower() for campo in filas[0]] if filas else []
    if any(columna not in cabeza for columna in COLUMNAS):
        raise DatoInvalido(
            "El primer renglón debe nombrar las columnas.",
            {"archivo": f"Escribe en el primer renglón: {', '.join(COLUMNAS)}."},
        )
    cuerpo = [(n, fila) for n, fila in enumerate(filas[1:], start=2) if any(campo.strip() for campo in fila)]
    if not 0 < len(cuerpo) <= RENGLONES_MAXIMOS:
        raise DatoInvalido(
            "El archivo no trae días, o trae demasiados.",
            {"archivo": f"Pon entre 1 y {RENGLONES_MAXIMOS} días."},
        )
    claves = _unidades(ctx)
    vistos: set[tuple[dt.date, int | None]] = set()
    renglones = []
    for n, fila in cuerpo:
        campos = dict(zip(cabeza, [campo.strip() for campo in fila], strict=False))
        renglones.append(_renglon(ctx, n, campos, claves, vistos, juzgar))
    return Archivo(tuple(renglones))


def _unidades(ctx: Ctx) -> dict[str, int]:
    """Units by key and by name, in lower case."""
    filas = ctx.session.execute(select(Subdelegacion.id, Subdelegacion.clave, Subdelegacion.nombre)).all()
    return {fila.nombre.lower(): fila.id for fila in filas} | {fila.clave.lower(): fila.id for fila in filas}


def _renglon(
    ctx: Ctx,
    numero: int,
    campos: dict[str, str],
    claves: dict[str, int],
    vistos: set[tuple[dt.date, int | None]],
    juzgar: bool,
) -> Renglon:
    fecha_escrita, unidad_escrita, motivo, cita = (campos.get(columna, "") for columna in COLUMNAS)
    escrito = partial(Renglon, numero, fecha_escrita, unidad_escrita, motivo, cita)
    if any("\n" in campo for campo in campos.values()):
        # A quotation mark left open swallows the days that follow, and nobody would miss them.
        return escrito(None, f"{COMILLAS} Corrige el renglón.")
    fecha = _fecha(fecha_escrita)
    if fecha is None:
        return escrito(None, "Esa fecha no existe. Escríbela como 2026-12-31 o 31/12/2026.")
    unidad = claves.get(unidad_escrita.lower()) if unidad_escrita else None
    if unidad_escrita and unidad is None:
        return escrito(None, "Esa unidad no existe. Pon su clave o su nombre, o déjala vacía.")
    dia = Dia(fecha, unidad, " ".join(motivo.split()), " ".join(cita.split()))
    if (fecha, unidad) in vistos or (fecha, None) in vistos:
        return escrito(dia, "Ese día ya está en otro renglón del archivo.")
    vistos.add((fecha, unidad))
    try:
        return escrito(calendario.revisar(ctx, dia) if juzgar else dia)
    except DomainError as error:
        return escrito(dia, error.mensaje)


def _fecha(escrita: str) -> dt.date | None:
    for formato in FORMATOS:
        try:
            return dt.datetime.strptime(escrita, formato).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None
