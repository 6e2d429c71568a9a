"""What every calculator shares: its form filled in again, its status, the link that reproduces it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template, request, url_for

from web.calculadoras.lectura import Lectura

LIMITE = "60/minute"
Respuesta = tuple[str, int]


def mostrar(plantilla: str, leido: Lectura, **datos: Any) -> Respuesta:
    """The page; 422 when something typed cannot be used, so that a program notices too."""
    pagina = render_template(
        f"calculadoras/{plantilla}.html",
        leido=leido,
        errores=leido.errores,
        vigencias=_vigencias() if leido.falta else None,
        **datos,
    )
    return pagina, 422 if leido.errores else 200


def enlace(parametros: Mapping[str, str | None]) -> str:
    """The whole address of this calculation in few words, whoever opens it; empty values are left out."""
    utiles: dict[str, Any] = {nombre: valor for nombre, valor in parametros.items() if valor}
    base = str(current_app.config["URL_BASE"]).rstrip("/")
    return base + url_for(str(request.endpoint), **utiles)


def de_filas(lista: str, filas: list[dict[str, str]]) -> dict[str, str]:
    """The rows of a list as parameters of a link."""
    return {f"{lista}-{n}-{c}": valor for n, fila in enumerate(filas) for c, valor in fila.items()}


def _vigencias() -> str | None:
    """Where the values in force are shown, once that page exists."""
    hay = "calculadoras.vigencias" in current_app.view_functions
    return url_for("calculadoras.vigencias") if hay else None
