"""Rows of the law under one title: what they share is said once, above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from workflow.params.dato import Dato

D = TypeVar("D", bound=Dato)


@dataclass(frozen=True)
class Grupo(Generic[D]):
    """`publicacion`: that of most rows (a row with another says its own). `nota`: that of all of them."""

    titulo: str
    filas: tuple[D, ...]
    publicacion: str
    nota: str


def agrupar(titulo: str, filas: Iterable[D]) -> Grupo[D]:
    """The group of `filas`, at least one; a single row keeps what it says to itself."""
    todas = tuple(filas)
    publicacion, cuantas = Counter(f.publicacion for f in todas).most_common(1)[0]
    notas = {f.nota for f in todas}
    solo = len(todas) == 1
    return Grupo(
        titulo=titulo,
        filas=todas,
        publicacion=publicacion if cuantas > 1 else "",
        nota="" if solo or len(notas) > 1 else notas.pop(),
    )
