"""A bank's file of payments: rows of text into values, with what is wrong in each. Knows no database."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workflow.errors import DatoInvalido
from workflow.rules import dinero, identificadores
from workflow.rules.errores import ReglaError

COLUMNAS: Final = ("fecha", "referencia", "linea_captura", "importe", "registro_patronal")
# Names that banks give to the same column.
SINONIMOS: Final = {
    "línea de captura": "linea_captura",
    "linea de captura": "linea_captura",
    "folio": "linea_captura",
    "registro patronal": "registro_patronal",
    "rp": "registro_patronal",
}
RENGLONES_MAXIMOS: Final = 1_000
OCTETOS_MAXIMOS: Final = 1_000_000
FORMATOS: Final = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(frozen=True)
class Renglon:
    """A row as written, by column, with its line in the file. What could not be read is None and is in `falla`."""

    linea: int
    escrito: Mapping[str, str]
    fecha: dt.date | None
    referencia: str
    folio: str
    importe: Decimal | None
    registro: str
    falla: str = ""


def texto(datos: bytes) -> str:
    """The text of a file: UTF-8, or what spreadsheets of the West write. Raises DatoInvalido for what is none."""
    if len(datos) > OCTETOS_MAXIMOS:
        raise _mal("El archivo es demasiado grande: sube un CSV de hasta 1 MB.")
    if b"\0" in datos:
        raise _mal("Eso no es un CSV. Guarda la hoja como CSV y súbela otra vez.")
    try:
        return datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        return datos.decode("cp1252", errors="replace")


def huella(contenido: str) -> str:
    """The digest of the file that the payments keep."""
    return hashlib.sha256(contenido.encode()).hexdigest()


def leer(contenido: str) -> tuple[Renglon, ...]:
    """The rows of a file. Raises DatoInvalido for one without header or rows, or with too many."""
    lineas = contenido.splitlines()
    separador = ";" if lineas and lineas[0].count(";") > lineas[0].count(",") else ","
    try:
        filas = list(csv.reader(io.StringIO("\n".join(lineas)), delimiter=separador))
    except csv.Error:
        raise _mal("Eso no es un CSV. Guarda la hoja como CSV y súbela otra vez.") from None
    cabeza = [_columna(campo) for campo in filas[0]] if filas else []
    if any(columna not in cabeza for columna in COLUMNAS):
        raise _mal(f"El primer renglón debe nombrar las columnas: {', '.join(COLUMNAS)}.")
    cuerpo = [(n, fila) for n, fila in enumerate(filas[1:], start=2) if any(campo.strip() for campo in fila)]
    if not 0 < len(cuerpo) <= RENGLONES_MAXIMOS:
        raise _mal(f"Pon entre 1 y {RENGLONES_MAXIMOS:,} pagos en el archivo.")
    return tuple(_renglon(n, dict(zip(cabeza, map(str.strip, fila), strict=False))) for n, fila in cuerpo)


def _columna(campo: str) -> str:
    nombre = campo.strip().lower()
    return SINONIMOS.get(nombre, nombre)


def _renglon(linea: int, campos: dict[str, str]) -> Renglon:
    escrito = {columna: campos.get(columna, "") for columna in COLUMNAS}
    fallas: list[str] = []
    fecha = _fecha(escrito["fecha"])
    if fecha is None:
        fallas.append("Esa fecha no existe: escríbela como 2026-12-31 o 31/12/2026.")
    try:
        importe: Decimal | None = dinero.leer(escrito["importe"])
    except ReglaError as error:
        importe = None
        fallas.append(error.mensaje)
    referencia = " ".join(escrito["referencia"].split())
    if not referencia:
        fallas.append("Falta la referencia del banco.")
    folio = "".join(escrito["linea_captura"].split()).upper()
    if not folio:
        fallas.append("Falta la línea de captura: el folio del crédito o del PAE.")
    registro = identificadores.normalizar(escrito["registro_patronal"])
    return Renglon(linea, escrito, fecha, referencia, folio, importe, registro, " ".join(fallas))


def _fecha(escrita: str) -> dt.date | None:
    for formato in FORMATOS:
        try:
            return dt.datetime.strptime(escrita, formato).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def _mal(frase: str) -> DatoInvalido:
    return DatoInvalido(frase, {"archivo": frase})
