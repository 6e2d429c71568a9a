"""The list of workers of an act as a file: CSV or XLSX read into lines of text, and the template to fill in.

Only the shape is judged here: columns, size, kind of file. What each line says is judged by
`adapters.nomina_revision`. Pure: bytes in, text out.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from workflow.errors import DatoInvalido

MAXIMO: Final = 15 * 1024 * 1024  # bytes of the file
ABIERTO_MAXIMO: Final = 200 * 1024 * 1024  # bytes of an XLSX once unpacked
RENGLONES_MAXIMOS: Final = 40_000
LARGO_CELDA: Final = 400  # characters kept of a cell
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Columna:
    """A column of the file. `titulo` is the one of the template; `otros` are also understood."""

    clave: str
    titulo: str
    obligatoria: bool
    ejemplo: str
    otros: tuple[str, ...] = ()


COLUMNAS: Final = (
    Columna("nss", "NSS", True, "12978644024", ("numero de seguridad social",)),
    Columna("nombre", "Nombre", True, "PÉREZ LÓPEZ ANA", ("trabajador", "nombre del trabajador")),
    Columna("desde", "Desde", True, "01/01/2024", ("inicio", "fecha inicial")),
    Columna("hasta", "Hasta", True, "31/12/2024", ("fin", "fecha final")),
    Columna("sbc_comprobado", "SBC comprobado", True, "457.14", ("salario comprobado", "sbc real")),
    Columna("sbc_registrado", "SBC registrado", False, "278.80", ("salario registrado",)),
    Columna("cuota_diaria", "Cuota diaria", False, "", ("salario diario",)),
    Columna("hecho", "Hecho", False, "", ("numero de hecho",)),
)


@dataclass(frozen=True)
class Renglon:
    """A line of the file with what was read in each column that it has. `linea` counts from 1, the titles too."""

    linea: int
    celdas: Mapping[str, str]


@dataclass(frozen=True)
class Tabla:
    """The lines that are not empty, in the order of the file."""

    mime: str
    renglones: tuple[Renglon, ...]


def leer(nombre: str, datos: bytes) -> Tabla:
    """Read the file by its content, whatever its name. Raises DatoInvalido with what to do."""
    if not datos:
        raise DatoInvalido("El archivo está vacío. Llena la plantilla y súbela de nuevo.")
    if len(datos) > MAXIMO:
        raise DatoInvalido("El archivo pesa más de 15 MB. Divídelo en varios.")
    es_libro = datos.startswith(b"PK")
    if not es_libro and (b"\x00" in datos or nombre.lower().endswith((".xls", ".pdf"))):
        raise DatoInvalido("Aquí sólo caben archivos CSV o XLSX. Guarda la hoja en uno de los dos.")
    filas = _filas_xlsx(datos) if es_libro else _filas_csv(datos)
    return Tabla(XLSX if es_libro else CSV, _renglones(filas))


# -- shape -------------------------------------------------------------------------------------------------
def _renglones(filas: Iterator[list[str]]) -> tuple[Renglon, ...]:
    titulos = next(filas, [])
    lugares = _lugares(titulos)
    renglones = []
    for numero, fila in enumerate(filas, 2):
        celdas = {clave: fila[i].strip() for clave, i in lugares.items() if i < len(fila)}
        if not any(celdas.values()):
            continue
        renglones.append(Renglon(numero, celdas))
        if len(renglones) > RENGLONES_MAXIMOS:
            raise DatoInvalido(
                f"El archivo tiene más de {RENGLONES_MAXIMOS:,} renglones. Divídelo en varios."
            )
    if not renglones:
        raise DatoInvalido("El archivo sólo tiene títulos. Escribe un renglón por trabajador y periodo.")
    return tuple(renglones)


def _lugares(titulos: Iterable[str]) -> dict[str, int]:
    """Where each column stands. Raises DatoInvalido naming those that are missing or come twice."""
    conocidos = {_llano(t): c.clave for c in COLUMNAS for t in (c.clave, c.titulo, *c.otros)}
    lugares: dict[str, int] = {}
    for i, titulo in enumerate(titulos):
        clave = conocidos.get(_llano(titulo))
        if clave in lugares:
            raise DatoInvalido(f"La columna «{titulo.strip()}» está dos veces. Deja una sola.")
        if clave is not None:
            lugares[clave] = i
    faltan = [c.titulo for c in COLUMNAS if c.obligatoria and c.clave not in lugares]
    if faltan:
        raise DatoInvalido(
            f"No encontramos estas columnas: {', '.join(faltan)}. "
            "La primera línea debe tener los títulos de la plantilla."
        )
    return lugares


def _llano(titulo: str) -> str:
    sin_acentos = unicodedata.normalize("NFKD", titulo).encode("ascii", "ignore").decode()
    return " ".join(sin_acentos.lower().replace("_", " ").replace(".", " ").split())


# -- the two kinds of file ---------------------------------------------------------------------------------
def _filas_csv(datos: bytes) -> Iterator[list[str]]:
    try:
        texto = datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = datos.decode("cp1252", "replace")  # as Excel saves it in Windows
    primera = texto.split("\n", 1)[0]
    separador = max(";\t,", key=primera.count)
    try:
        for fila in csv.reader(io.StringIO(texto, newline=""), delimiter=separador):
            yield [celda[:LARGO_CELDA] for celda in fila]
    except csv.Error:
        raise DatoInvalido(
            "No pudimos leer el archivo como CSV. Guárdalo otra vez desde tu hoja de cálculo."
        ) from None


def _filas_xlsx(datos: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as libro:
            if sum(parte.file_size for parte in libro.infolist()) > ABIERTO_MAXIMO:
                raise DatoInvalido("El libro es demasiado grande. Deja sólo la hoja de trabajadores.")
        hoja = load_workbook(io.BytesIO(datos), read_only=True, data_only=True).worksheets[0]
        for fila in hoja.iter_rows(values_only=True):
            yield [_celda(valor) for valor in fila]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, SyntaxError):
        raise DatoInvalido("No pudimos abrir el libro. Guárdalo como XLSX sin contraseña.") from None


def _celda(valor: Any) -> str:
    """A cell as a person reads it; what the sheet keeps in floating point is brought back to six decimals."""
    if valor is None:
        return ""
    if isinstance(valor, dt.datetime):
        return valor.date().isoformat()
    if isinstance(valor, float):
        return format(Decimal(repr(round(valor, 6))).normalize(), "f")
    return str(valor)[:LARGO_CELDA]


# -- the template ------------------------------------------------------------------------------------------
def plantilla_csv() -> bytes:
    """Titles and one example, as Excel opens it."""
    salida = io.StringIO(newline="")
    escribe = csv.writer(salida)
    escribe.writerow(c.titulo for c in COLUMNAS)
    escribe.writerow(c.ejemplo for c in COLUMNAS)
    return salida.getvalue().encode("utf-8-sig")


def plantilla_xlsx() -> bytes:
    """The same as a book, with columns as text so that no NSS loses its first zero."""
    libro = Workbook()
    hoja = libro.active
    hoja.title = "Trabajadores"
    hoja.append([c.titulo for c in COLUMNAS])
    hoja.append([c.ejemplo for c in COLUMNAS])
    for i, columna in enumerate(COLUMNAS, 1):
        letra = hoja.cell(1, i).column_letter
        hoja.column_dimensions[letra].width = max(14, len(columna.titulo) + 4)
        for renglon in range(1, 1_002):
            hoja.cell(renglon, i).number_format = "@"
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()
