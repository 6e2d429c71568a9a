"""Values as a Spanish reader expects them on paper: dates, amounts, and text that any font can print."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from workflow.rules.calendario import DIAS_SEMANA, MESES

# Metadata of a dataclass field whose date is a deadline: the weekday is printed too.
CON_DIA: Mapping[str, str] = {"formato": "con_dia"}
# Characters that reorder or hide text: an official document must read as it is stored.
_INVISIBLES = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)


def fecha_larga(dia: date, *, con_dia: bool = False) -> str:
    """«3 de diciembre de 2026», with the weekday before it when `con_dia`; the first is «1 de …»."""
    texto = f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"
    return f"{DIAS_SEMANA[dia.weekday()]} {texto}" if con_dia else texto


def fecha_hora_larga(instante: datetime, zona: ZoneInfo) -> str:
    """«3 de diciembre de 2026, 10:05 h» in `zona`; raises ValueError for an instant without zone."""
    if instante.tzinfo is None:
        raise ValueError("un instante sin zona no se puede imprimir")
    local = instante.astimezone(zona)
    return f"{fecha_larga(local.date())}, {local:%H:%M} h"


def dinero(importe: Decimal) -> str:
    """Pesos with thousands and two decimals, half up: «$1,234.50»; negatives as «-$1.00»."""
    redondo = importe.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    signo = "-" if redondo < 0 else ""
    return f"{signo}${abs(redondo):,.2f}"


def imprimible(texto: str, cobertura: frozenset[int] | None = None) -> str:
    """Composed text without controls or invisible characters; what the font lacks becomes «?».

    PDF/A refuses a character without a glyph, and a document must never fail because of one in a name.
    """
    compuesto = unicodedata.normalize(
        "NFC", texto.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    )
    return "".join(_imprimible(c, cobertura) for c in compuesto)


def _imprimible(c: str, cobertura: frozenset[int] | None) -> str:
    clase = unicodedata.category(c)
    if c == "\n":
        return c
    if c in _INVISIBLES or clase in ("Cc", "Mn"):
        return ""
    if clase in ("Zs", "Zl", "Zp"):
        return " "
    if clase in ("Cs", "Co", "Cn") or (cobertura is not None and ord(c) not in cobertura):
        return "?"
    return c


def a_datos(
    valor: object, zona: ZoneInfo, cobertura: frozenset[int] | None = None, *, con_dia: bool = False
) -> object:
    """`valor` (dataclass, sequence, scalar) as what JSON can say and the templates print as it is.

    Raises TypeError for a float: money is Decimal and nothing else here has decimals.
    """
    if valor is None or isinstance(valor, (bool, int)):
        return valor
    if isinstance(valor, Enum):
        return a_datos(getattr(valor, "etiqueta", valor.value), zona, cobertura)
    if isinstance(valor, str):
        return imprimible(valor, cobertura)
    if isinstance(valor, Decimal):
        return dinero(valor)
    if isinstance(valor, datetime):
        return fecha_hora_larga(valor, zona)
    if isinstance(valor, date):
        return fecha_larga(valor, con_dia=con_dia)
    if dataclasses.is_dataclass(valor) and not isinstance(valor, type):
        return {
            campo.name: a_datos(
                getattr(valor, campo.name),
                zona,
                cobertura,
                con_dia=campo.metadata.get("formato") == "con_dia",
            )
            for campo in dataclasses.fields(valor)
        }
    if isinstance(valor, (tuple, list)):
        return [a_datos(v, zona, cobertura, con_dia=con_dia) for v in valor]
    raise TypeError(f"a document cannot print a {type(valor).__name__}")
