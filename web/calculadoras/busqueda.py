"""Search in short lists: every word typed must be there; accents and capitals do not matter."""

from __future__ import annotations

import unicodedata

PALABRAS_MAXIMO = 8
LETRAS_MAXIMO = 80


def simple(texto: str) -> str:
    """The text without accents and in small letters, as it is compared."""
    partido = unicodedata.normalize("NFD", texto.casefold())
    return "".join(letra for letra in partido if not unicodedata.combining(letra))


def palabras(texto: str) -> tuple[str, ...]:
    """The words of what was typed; what is beyond a sentence is not read."""
    return tuple(simple(texto[:LETRAS_MAXIMO]).split()[:PALABRAS_MAXIMO])


def coincide(buscadas: tuple[str, ...], *textos: str) -> bool:
    """True when every word is in some of the texts."""
    todo = simple(" ".join(textos))
    return all(palabra in todo for palabra in buscadas)
