"""What every request passes before any view: text that a database can hold, numbers that a column can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

NUMERO_MAXIMO: Final = 2**31 - 1  # what an identifier of PostgreSQL holds
CIFRAS: Final = 10


def numero(texto: str | None) -> int | None:
    """A number of an address or of a form; None for whatever no identifier can be (`²`, `-1`, forty digits)."""
    if not texto or len(texto) > CIFRAS or not (texto.isascii() and texto.isdigit()):
        return None
    leido = int(texto)
    return leido if leido <= NUMERO_MAXIMO else None


class Identificador(IntegerConverter):
    """`<int:…>` of the addresses: one that no row can have does not exist."""

    regex = f"[0-9]{{1,{CIFRAS}}}"

    def to_python(self, value: str) -> int:
        """The number, as `IntegerConverter` gives it, within the bounds of a column."""
        self.max = NUMERO_MAXIMO
        return int(super().to_python(value))


def _con_nulo(textos: Iterable[str]) -> bool:
    return any("\x00" in texto for texto in textos)


def _sin_nulos() -> None:
    """No browser sends the character U+0000 and PostgreSQL keeps none: refused before anything reads it."""
    pares = [*request.args.items(multi=True), *request.form.items(multi=True)]
    if _con_nulo([request.path]) or any(_con_nulo(par) for par in pares):
        abort(400)


def init_app(app: Flask) -> None:
    """Register the door; before the sections, whose addresses it reads."""
    app.url_map.converters["int"] = Identificador
    app.before_request(_sin_nulos)
