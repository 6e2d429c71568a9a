"""Reading of the INPC as the INEGI gives it away: bytes in, months and values out. Nothing is written.

Shapes read, with or without lines before and after: the table of the tabulados and of the Banco de Información
Económica (a period and one or more columns), the open data (one row per concept and month), and years × twelve
months. Encodings: UTF-8 with or without mark, UTF-16 with mark, Windows-1252. Anything else is refused with its
line: a wrong index is a wrong credit.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workflow.errors import DatoInvalido
from workflow.params.fechas import MESES

TAMANO_MAXIMO = 8 * 1024 * 1024  # bytes: the widest tabulado of the INEGI is less than half
_SEPARADORES = (",", ";", "\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
MUESTRA = 1000  # rows that tell the separator
LARGO_DE_UN_MES = 30  # characters: «septiembre de 2026» and blanks
_DECIMAL = re.compile(r"[0-9]{2,3}[.,][0-9]+")
_NUMERO = re.compile(r"[0-9]{1,4}([.,][0-9]{1,11})?")
_SIN_DATO = frozenset({"", "-", "nd", "n/d", "n.d.", "ne", "n/e", "n.e."})
_PERIODO = frozenset({"periodo", "periodos", "fecha", "mes", "mes y ano"})
_ANIO = frozenset({"año", "ano", "anio"})
_INDICE = ("indice general", "precios al consumidor (inpc)", "inpc")
_VALOR = frozenset(
    {"valor", "dato", "datos", "observacion", "indice", "indice nacional de precios al consumidor"}
)
_VARIACION = re.compile(r"variacion|inflacion|ponderador|incidencia")
_NACIONAL = frozenset({"", "nacional", "total nacional", "estados unidos mexicanos", "00"})
_CLAVE = {mes[:n]: k for k, mes in enumerate(MESES, 1) for n in (3, len(mes))} | {"sept": 9, "set": 9}
_NOMBRE = "|".join(sorted(_CLAVE, key=len, reverse=True))
_FORMAS = (
    re.compile(r"(?P<anio>[0-9]{4})\s*[/-]\s*(?P<mes>[0-9]{1,2})"),
    re.compile(r"(?P<anio>[0-9]{4})-(?P<mes>[0-9]{2})-01"),
    re.compile(r"01/(?P<mes>[0-9]{2})/(?P<anio>[0-9]{4})"),
    re.compile(rf"(?P<nombre>{_NOMBRE})\.?\s*(?:de\s|[/-])?\s*(?P<anio>[0-9]{{4}})"),
    re.compile(rf"(?P<anio>[0-9]{{4}})\s*[/-]?\s*(?P<nombre>{_NOMBRE})\.?"),
)
_PARECE_PERIODO = re.compile(
    rf"[0-9]{{4}}\s*([/-]|$)|[0-9]{{1,2}}\s*[/-]\s*[0-9]|(?:{_NOMBRE})\.?\s*(?:de\s)?[/-]?\s*[0-9]"
)
_BASE = re.compile(
    r"\bbase\s*[:=(]?\s*(?:la\s+)?((?:19|20)[0-9]{2}\b|(?:[0-9]|primera|segunda|"
    + _NOMBRE
    + r")[^\n=;\"]{0,40}?(?:19|20)[0-9]{2})"
)
_BASE_2018 = re.compile(
    r"2018|(?:2\s*(?:a|da)?\.?\s*q(?:uincena)?|segunda\s+quincena)\.?\s*(?:de\s+)?jul(?:io)?\.?\s*(?:del?\s+)?2018"
)


@dataclass(frozen=True, slots=True)
class Leido:
    """One value of the file: first day of its month, the number with a point, the line where it stands."""

    mes: dt.date
    texto: str
    linea: int


@dataclass(frozen=True, slots=True)
class _Fila:
    linea: int
    celdas: tuple[str, ...]

    def celda(self, n: int) -> str:
        """The text of a column; empty beyond the end of the row."""
        return self.celdas[n] if n < len(self.celdas) else ""


def leer(datos: bytes, hoy: dt.date) -> tuple[Leido, ...]:
    """The values of a file by month. Raises DatoInvalido, with the line, for what it cannot be sure of.

    Refused: what is no text, a base other than the second half of July 2018, a value that is no number, a month
    with two values, a month that has not ended on `hoy`.
    """
    texto = _texto(datos)
    _revisar_base(texto)
    filas = max((_filas(texto, separador) for separador in _SEPARADORES), key=_cuantos_meses)
    if not filas:
        raise DatoInvalido("El archivo no se puede leer como CSV: no tiene renglones.")
    leidos = _matriz(filas)
    leidos = _tabla(filas) if leidos is None else leidos
    _revisar_corte(texto, leidos)
    return _sin_repetir(leidos, hoy)


# -- text ---------------------------------------------------------------------------------------------------
def _texto(datos: bytes) -> str:
    if len(datos) > TAMANO_MAXIMO:
        raise DatoInvalido(f"El archivo pasa de {TAMANO_MAXIMO // 2**20} MB: no es la serie del INPC.")
    if not datos.strip():
        raise DatoInvalido("El archivo está vacío.")
    texto = _decodificar(datos)
    if texto is None or _CONTROL.search(texto):
        raise DatoInvalido(
            "El archivo no es un CSV de texto. Si es un ZIP, descomprímelo; si es de Excel, guárdalo como CSV."
        )
    return texto


def _decodificar(datos: bytes) -> str | None:
    if datos.startswith((b"\xff\xfe", b"\xfe\xff")):
        codigos: tuple[str, ...] = ("utf-16",)
    else:
        codigos = ("utf-8-sig", "cp1252")
    for codigo in codigos:
        try:
            return datos.decode(codigo)
        except UnicodeDecodeError:
            continue
    return None


def _filas(texto: str, separador: str) -> list[_Fila]:
    """Rows that hold something, each with the number of its last line; none where it cannot be split so."""
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=separador)
    filas = []
    try:
        for celdas in lector:
            limpias = tuple(" ".join(celda.split()) for celda in celdas)
            if any(limpias):
                _revisar_comillas(lector.line_num, celdas)
                filas.append(_Fila(lector.line_num, limpias))
    except csv.Error:
        return []
    return filas


def _revisar_comillas(linea: int, celdas: Iterable[str]) -> None:
    """A quotation mark left open swallows the rows that follow: refuse a cell that holds months."""
    for celda in celdas:
        if any(_PARECE_PERIODO.match(_llano(parte)) for parte in celda.splitlines()[1:]):
            raise DatoInvalido(f"Línea {linea}: hay unas comillas sin cerrar antes de esta línea.")


def _cuantos_meses(filas: Sequence[_Fila]) -> int:
    """How many rows hold a period and, in another cell, a number: what tells the right separator."""
    return sum(
        _es_encabezado_matriz(fila)
        or (any(map(_periodo, fila.celdas[:8])) and any(map(_NUMERO.fullmatch, fila.celdas)))
        for fila in filas[:MUESTRA]
    )


def _llano(texto: str) -> str:
    """Small letters without accents, ordinal signs or repeated blanks."""
    plano = unicodedata.normalize("NFKD", texto.replace("ª", "a").replace("º", "o")).casefold()
    return " ".join("".join(c for c in plano if not unicodedata.combining(c)).split())


def _revisar_base(texto: str) -> None:
    for n, linea in enumerate(texto.splitlines(), 1):
        for hallada in _BASE.finditer(_llano(linea)) if "base" in linea.casefold() else ():
            if not _BASE_2018.fullmatch(hallada[1].strip()):
                raise DatoInvalido(
                    f"Línea {n}: la base es «{hallada[1].strip()}». Descarga la serie con base en la segunda "
                    "quincena de julio de 2018, la que publica hoy el INEGI."
                )


# -- cells --------------------------------------------------------------------------------------------------
def _periodo(celda: str) -> dt.date | None:
    """First day of the month that a cell names, or None."""
    if len(celda) > LARGO_DE_UN_MES:
        return None
    plano = _llano(celda)
    for forma in _FORMAS:
        hallada = forma.fullmatch(plano)
        if hallada is not None:
            partes = hallada.groupdict()
            mes = _CLAVE[partes["nombre"]] if partes.get("nombre") else int(partes["mes"])
            anio = int(partes["anio"])
            return dt.date(anio, mes, 1) if 1 <= mes <= 12 and anio else None
    return None


def _valor(fila: _Fila, columna: int) -> str | None:
    """The number of a cell, with a point; None where the cell says that there is none."""
    celda = fila.celda(columna)
    if _llano(celda) in _SIN_DATO:
        return None
    if not _NUMERO.fullmatch(celda) or not celda.strip("0.,"):
        raise DatoInvalido(
            f"Línea {fila.linea}: «{_corto(celda)}» no es un índice. Se espera un número como 142.645."
        )
    return celda.replace(",", ".")


def _corto(texto: str) -> str:
    return texto if len(texto) <= 60 else f"{texto[:57]}…"


# -- years × months -----------------------------------------------------------------------------------------
def _es_encabezado_matriz(fila: _Fila) -> bool:
    if fila.celdas[0][:5].casefold().rstrip("s") not in _ANIO:
        return False
    return {_CLAVE.get(_llano(celda).rstrip(".")) for celda in fila.celdas} >= set(range(1, 13))


def _matriz(filas: Sequence[_Fila]) -> list[Leido] | None:
    """The values of a matrix, or None where the file is none."""
    inicio = next((n for n, fila in enumerate(filas) if _es_encabezado_matriz(fila)), None)
    if inicio is None:
        return None
    nombres = [_llano(celda).rstrip(".") for celda in filas[inicio].celdas]
    columnas = [(n, _CLAVE[nombre]) for n, nombre in enumerate(nombres) if nombre in _CLAVE]
    if len(columnas) != 12:
        raise DatoInvalido(f"Línea {filas[inicio].linea}: hay meses repetidos en el encabezado.")
    leidos = []
    for fila in filas[inicio + 1 :]:
        anio = fila.celda(0)
        if not re.fullmatch(r"[12][0-9]{3}", anio):
            _revisar_nota(fila, anio, [columna for columna, _ in columnas])
            continue
        _revisar_ancho(fila, len(nombres))
        for columna, mes in columnas:
            valor = _valor(fila, columna)
            if valor is not None:
                leidos.append(Leido(dt.date(int(anio), mes, 1), valor, fila.linea))
    return leidos


# -- a period and its columns -------------------------------------------------------------------------------
def _tabla(filas: Sequence[_Fila]) -> list[Leido]:
    inicio, columna = _encabezado(filas)
    titulos = [_llano(celda) for celda in filas[inicio].celdas]
    cuerpo = list(filas[inicio + 1 :])
    primero = next((n for n, fila in enumerate(cuerpo) if _periodo(fila.celda(columna))), len(cuerpo))
    for fila in cuerpo[:primero]:
        _revisar_titulo(fila, columna)
    if "concepto" in titulos:
        datos = _del_inpc(cuerpo[primero:], titulos)
    else:
        datos = cuerpo[primero:]
        _revisar_area(datos, titulos, columna)
    de_valores = _columna_de_valores([filas[inicio], *cuerpo[:primero]], filas[:inicio], datos, columna)
    leidos = []
    for fila in datos:
        mes = _periodo(fila.celda(columna))
        if mes is None:
            _revisar_nota(fila, fila.celda(columna), [de_valores])
            continue
        _revisar_ancho(fila, len(titulos))
        valor = _valor(fila, de_valores)
        if valor is not None:
            leidos.append(Leido(mes, valor, fila.linea))
    return leidos


def _encabezado(filas: Sequence[_Fila]) -> tuple[int, int]:
    """(row, column) of the title of the periods: the last one before the first period."""
    hallado = None
    for n, fila in enumerate(filas):
        if hallado is not None and _periodo(fila.celda(hallado[1])):
            break
        for columna, celda in enumerate(fila.celdas):
            if _llano(celda) in _PERIODO and len(fila.celdas) > 1:
                hallado = n, columna
    if hallado is None:
        raise DatoInvalido(
            f"Línea {filas[0].linea}: se leyó «{_corto(' '.join(filas[0].celdas))}» y no hay un encabezado con "
            "«Periodo» o «Fecha» y una columna de valores. Descarga del INEGI la serie mensual del INPC en CSV."
        )
    return hallado


def _del_inpc(filas: Sequence[_Fila], titulos: Sequence[str]) -> list[_Fila]:
    """The rows of the open data that are the general index, national and monthly."""
    concepto = titulos.index("concepto")
    elegidas = [f for f in filas if _es_general(_llano(f.celda(concepto)))]
    if not elegidas:
        raise DatoInvalido(
            "El archivo no trae el concepto «Precios al Consumidor (INPC)», que es el índice general."
        )
    for titulo, validos in (("cobertura", _NACIONAL), ("periodicidad", frozenset({"", "mensual"}))):
        if titulo in titulos:
            _exigir(elegidas, titulos.index(titulo), validos)
    return elegidas


def _es_general(concepto: str) -> bool:
    ultimo = concepto.rsplit(", ", 1)[-1]
    return ultimo in _INDICE or concepto in _VALOR


def _revisar_area(filas: Sequence[_Fila], titulos: Sequence[str], columna: int) -> None:
    for n, titulo in enumerate(titulos):
        if n != columna and titulo.startswith(("area", "cobertura", "ciudad")):
            _exigir([f for f in filas if _periodo(f.celda(columna))], n, _NACIONAL)


def _exigir(filas: Sequence[_Fila], columna: int, validos: frozenset[str]) -> None:
    for fila in filas:
        if _llano(fila.celda(columna)) not in validos:
            raise DatoInvalido(
                f"Línea {fila.linea}: «{_corto(fila.celda(columna))}» no es la serie nacional mensual del INPC."
            )


def _columna_de_valores(
    encabezado: Sequence[_Fila], antes: Sequence[_Fila], datos: Sequence[_Fila], columna: int
) -> int:
    """The column of the general index: the only one of numbers, or the only one whose title says so."""
    anchos = [fila for fila in antes if sum(map(bool, fila.celdas)) > 2]
    titulos = {
        n: " ".join(_llano(fila.celda(n)) for fila in (*anchos, *encabezado)).strip()
        for n in range(len(encabezado[0].celdas))
        if n != columna and any(_NUMERO.fullmatch(fila.celda(n)) for fila in datos)
    }
    posibles = [n for n, titulo in titulos.items() if not _VARIACION.search(titulo)]
    if len(posibles) != 1:
        posibles = [n for n in posibles if any(t in titulos[n] for t in _INDICE) or titulos[n] in _VALOR]
    if len(posibles) == 1:
        return posibles[0]
    vistos = ", ".join(f"«{_corto(t)}»" for t in list(titulos.values())[:4]) or "ninguna"
    raise DatoInvalido(
        f"Línea {encabezado[0].linea}: no se sabe qué columna es el índice general. "
        f"Columnas con números: {vistos}{' …' if len(titulos) > 4 else ''}."
    )


# -- what is not a value ------------------------------------------------------------------------------------
def _revisar_titulo(fila: _Fila, columna: int) -> None:
    """Between the titles and the first month there may be units and keys, never a month badly written."""
    if any(map(_DECIMAL.fullmatch, fila.celdas)) or _PARECE_PERIODO.match(_llano(fila.celda(columna))):
        raise _mal_periodo(fila, fila.celda(columna))


def _revisar_nota(fila: _Fila, celda: str, valores: Iterable[int]) -> None:
    """A row without period is a note; refuse one that looks like a period or holds a value."""
    con_valor = any(_NUMERO.fullmatch(fila.celda(columna)) for columna in valores)
    if con_valor or _PARECE_PERIODO.match(_llano(celda)):
        raise _mal_periodo(fila, celda)


def _mal_periodo(fila: _Fila, celda: str) -> DatoInvalido:
    return DatoInvalido(
        f"Línea {fila.linea}: «{_corto(celda)}» no es un mes. Se espera como 2026/03, 2026-03 o Mar 2026."
    )


def _revisar_ancho(fila: _Fila, ancho: int) -> None:
    if any(fila.celdas[ancho:]):
        raise DatoInvalido(
            f"Línea {fila.linea}: tiene más columnas que el encabezado. Una coma decimal va entre comillas."
        )


def _revisar_corte(texto: str, leidos: Sequence[Leido]) -> None:
    """A download that stopped in the middle of a number leaves one that looks like an index and is none."""
    if texto.endswith(("\n", "\r")) or not leidos:
        return
    *otros, ultimo = sorted(leidos, key=lambda leido: leido.linea)
    if ultimo.linea >= len(texto.splitlines()) and otros and _decimales(ultimo) < min(map(_decimales, otros)):
        raise DatoInvalido(
            f"Línea {ultimo.linea}: el archivo parece cortado, «{ultimo.texto}» tiene menos decimales que los "
            "demás. Descárgalo otra vez; si está completo, agrégale un salto de línea al final."
        )


def _decimales(leido: Leido) -> int:
    return len(leido.texto.partition(".")[2])


def _sin_repetir(leidos: Sequence[Leido], hoy: dt.date) -> tuple[Leido, ...]:
    if not leidos:
        raise DatoInvalido("El archivo no trae ningún mes con su valor.")
    por_mes: dict[dt.date, Leido] = {}
    for leido in leidos:
        if leido.mes >= hoy.replace(day=1):
            raise DatoInvalido(
                f"Línea {leido.linea}: {MESES[leido.mes.month - 1]} de {leido.mes.year} todavía no termina; "
                "su índice no puede estar publicado."
            )
        antes = por_mes.setdefault(leido.mes, leido)
        if Decimal(antes.texto) != Decimal(leido.texto):
            raise DatoInvalido(
                f"Línea {leido.linea}: {MESES[leido.mes.month - 1]} de {leido.mes.year} está dos veces, con "
                f"{antes.texto} (línea {antes.linea}) y {leido.texto}."
            )
    return tuple(por_mes[mes] for mes in sorted(por_mes))
