"""Jinja filters: how dates, terms, money and sizes read on every page.

Dates are written in full on public pages («viernes 4 de diciembre de 2026»), short in tables
(«4 dic 2026»). Instants are converted to the legal zone before they are written; a naive
datetime is refused, because it would be read in the wrong zone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from workflow.rules.calendario import DIAS_SEMANA, MESES

if TYPE_CHECKING:
    from flask import Flask

ZONA = ZoneInfo("America/Mexico_City")
Dia = date | datetime


def _local(valor: Dia) -> date:
    if isinstance(valor, datetime):
        if valor.tzinfo is None:
            raise ValueError("An instant without zone cannot be written: pass an aware datetime.")
        return valor.astimezone(ZONA).date()
    return valor


def fecha(valor: Dia | None) -> str:
    """«4 de diciembre de 2026»; empty for nothing."""
    if valor is None:
        return ""
    dia = _local(valor)
    return f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"


def fecha_larga(valor: Dia | None) -> str:
    """«viernes 4 de diciembre de 2026»; empty for nothing."""
    return "" if valor is None else f"{DIAS_SEMANA[_local(valor).weekday()]} {fecha(valor)}"


def fecha_corta(valor: Dia | None) -> str:
    """«4 dic 2026», for tables; empty for nothing."""
    if valor is None:
        return ""
    dia = _local(valor)
    return f"{dia.day} {MESES[dia.month - 1][:3]} {dia.year}"


def hora(valor: datetime | None) -> str:
    """«21:05 h» in the legal zone; empty for nothing."""
    if valor is None:
        return ""
    _local(valor)
    return f"{valor.astimezone(ZONA):%H:%M} h"


def fecha_hora(valor: datetime | None) -> str:
    """«20 de noviembre de 2026, 10:14 h»; empty for nothing."""
    return "" if valor is None else f"{fecha(valor)}, {hora(valor)}"


def fecha_hora_larga(valor: datetime | None) -> str:
    """«martes 3 de noviembre de 2026, 21:05 h, hora del centro»; empty for nothing."""
    return "" if valor is None else f"{fecha_larga(valor)}, {hora(valor)}, hora del centro"


def en_dias_habiles(dias: int | None) -> str:
    """Days from today to a date, as counted by the caller: «en 9 días hábiles», «hoy», «hace 1 día hábil»."""
    if dias is None:
        return ""
    if dias == 0:
        return "hoy"
    palabra = "día hábil" if abs(dias) == 1 else "días hábiles"
    return f"en {dias:,} {palabra}" if dias > 0 else f"hace {-dias:,} {palabra}"


def dinero(valor: Decimal | int | None) -> str:
    """«$12,345.60»; «−$0.50» below zero; empty for nothing. Floats are refused: money is Decimal."""
    if valor is None:
        return ""
    if isinstance(valor, float):
        raise TypeError("Money is Decimal, not float.")
    signo = "−" if valor < 0 else ""
    return f"{signo}${abs(Decimal(valor)):,.2f}"


def mono(valor: object) -> Markup:
    """A folio, NSS or digest: tabular figures, never broken across lines."""
    return Markup('<span class="mono">{}</span>').format(valor)


def tamano(octetos: int) -> str:
    """Size of a file: «640 KB», «1.8 MB»."""
    if octetos < 1_000_000:
        return f"{max(1, round(octetos / 1000))} KB"
    return f"{octetos / 1_000_000:.1f} MB"


def grupos(valor: str, largo: int = 4) -> list[str]:
    """Characters in groups of `largo` (secret key, digest), spaces dropped."""
    limpio = valor.replace(" ", "")
    return [limpio[i : i + largo] for i in range(0, len(limpio), largo)]


def lista(valores: Iterable[object]) -> str:
    """«a, b y c» («e» before the sound i)."""
    textos = [str(v) for v in valores]
    if len(textos) < 2:
        return "".join(textos)
    ultimo = textos[-1]
    suena_i = ultimo.lower().startswith(("i", "hi")) and not ultimo.lower().startswith(("hie", "ie"))
    return f"{', '.join(textos[:-1])} {'e' if suena_i else 'y'} {ultimo}"


def plural(cuantos: int, uno: str, varios: str) -> str:
    """«1 tarea», «3 tareas»."""
    return f"{cuantos:,} {uno if cuantos == 1 else varios}"


def en_medio(frase: str) -> str:
    """A sentence as it goes on after a colon: its first letter small, unless it begins with initials (PAE)."""
    return frase if frase[1:2].isupper() else frase[:1].lower() + frase[1:]


def iniciales(nombre: str) -> str:
    """Two letters of a name, for the round mark beside it."""
    palabras: Sequence[str] = [p for p in nombre.split() if p[:1].isupper()]
    if not palabras:
        return nombre[:2].upper()
    ultima = palabras[-1] if len(palabras) < 4 else palabras[-2]
    return (palabras[0][0] + (ultima[0] if len(palabras) > 1 else "")).upper()


def parrafos(texto: str | None) -> Markup:
    """Plain text with its line breaks; everything is escaped."""
    return Markup("<br>").join(escape(linea) for linea in (texto or "").splitlines())


FILTROS: dict[str, Callable[..., object]] = {
    f.__name__: f
    for f in (
        fecha,
        fecha_larga,
        fecha_corta,
        hora,
        fecha_hora,
        fecha_hora_larga,
        en_dias_habiles,
        dinero,
        mono,
        tamano,
        grupos,
        lista,
        plural,
        en_medio,
        iniciales,
        parrafos,
    )
}


def init_app(app: Flask) -> None:
    """Registers every filter under its own name."""
    app.jinja_env.filters.update(FILTROS)
