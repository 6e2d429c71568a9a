"""What every calculator shares: its form filled in again, its status, the link that reproduces it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import current_app, render_template, request, url_for

from web.calculadoras.lectura import Lectura
from web.filters import dinero, fecha_larga
from workflow.params.inpc import Serie
from workflow.rules.calcular import calcular_caso

LIMITE = "60/minute"
Respuesta = tuple[str, int]


def calcular(
    leido: Lectura,
    caso: Mapping[str, Any],
    campos: Mapping[str, str],
    defecto: str,
    inpc: Serie | None = None,
    fechas: Sequence[str] = (),
) -> dict[str, Any] | None:
    """The result of a case by the same door as `reglas calcular`, so that page and command never differ.

    None where something typed could not be read, or the rule refused it: the refusal is then in `leido`, beside
    the field that `campos` gives for the name in it, or of the `fechas` that reaches the date in it, or `defecto`.
    """
    if leido.errores:
        return None
    hecho = calcular_caso(caso, inpc)
    if "error" not in hecho:
        return hecho
    leido.rechazar(
        hecho["error"]["codigo"], hecho["error"]["mensaje"], campos, defecto, {n: caso[n] for n in fechas}
    )
    return None


def mostrar(plantilla: str, leido: Lectura, **datos: Any) -> Respuesta:
    """The page; 422 when something typed cannot be used, so that a program notices too."""
    pagina = render_template(
        f"calculadoras/{plantilla}.html",
        leido=leido,
        errores=leido.errores,
        vigencias=_vigencias() if leido.falta else None,
        pesos=pesos,
        **datos,
    )
    return pagina, 422 if leido.errores else 200


def enlace(parametros: Mapping[str, str | None]) -> str:
    """The whole address of this calculation in few words, whoever opens it; empty values are left out."""
    utiles: dict[str, Any] = {nombre: valor for nombre, valor in parametros.items() if valor}
    base = str(current_app.config["URL_BASE"]).rstrip("/")
    return base + url_for(str(request.endpoint), **utiles)


def pesos(importe: str) -> str:
    """An amount of a result, as people read it."""
    return dinero(Decimal(importe))


def dia(iso: str) -> dt.date:
    """A date of a result."""
    return dt.date.fromisoformat(iso)


def copia(verbo: str, vence: dt.date, direccion: str) -> str:
    """What the button of a date copies: the date in words and where it was calculated."""
    return f"{verbo}: {fecha_larga(vence)}. {direccion}"


def de_filas(lista: str, filas: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The rows of a list as parameters of a link."""
    return {f"{lista}-{n}-{c}": valor for n, fila in enumerate(filas) for c, valor in fila.items()}


def _vigencias() -> str | None:
    """Where the values in force are shown, once that page exists."""
    hay = "calculadoras.vigencias" in current_app.view_functions
    return url_for("calculadoras.vigencias") if hay else None
