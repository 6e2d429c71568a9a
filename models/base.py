"""What every table shares: named constraints, aware instants, labelled enums, legal transitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, Self

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NOMBRES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instante(TypeDecorator[dt.datetime]):
    """An aware UTC instant. SQLite forgets the zone, so it is put back on reading.

    Raises ValueError when given a naive datetime: nobody may guess a zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=NOMBRES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: Instante(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class Etiquetado(StrEnum):
    """An enum whose members are stored by value and carry the label that people read."""

    etiqueta: str

    def __new__(cls, valor: str, etiqueta: str = "") -> Self:
        miembro = str.__new__(cls, valor)
        miembro._value_ = valor
        miembro.etiqueta = etiqueta or valor.replace("_", " ").capitalize()
        return miembro


def columna_enum(tipo: type[Etiquetado], largo: int = 30) -> Enum:
    """Column type of a labelled enum: text by value, with a named CHECK, the same on both databases."""
    return Enum(
        tipo,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=largo,
        name=tipo.__name__.lower(),
        values_callable=lambda miembros: [m.value for m in miembros],
    )


class TransicionIlegal(Exception):
    """A noun was asked to pass to a state that its table of transitions does not allow."""

    def __init__(self, sustantivo: str, de: str, a: str) -> None:
        super().__init__(f"{sustantivo}: {de} → {a}")
        self.sustantivo, self.de, self.a = sustantivo, de, a


class ConEstado:
    """Mixin of the nouns with a life: `estado` moves only along `TRANSICIONES`.

    Source of the tables: procesos §1.3; whatever is not listed is refused.
    """

    TRANSICIONES: ClassVar[Mapping[Any, frozenset[Any]]]
    estado: Any

    def pasar_a(self, nuevo: Etiquetado) -> None:
        """Move to `nuevo`; staying where one is counts as no move. Raises TransicionIlegal."""
        if nuevo == self.estado:
            return
        if nuevo not in self.TRANSICIONES.get(self.estado, frozenset()):
            raise TransicionIlegal(type(self).__name__.lower(), str(self.estado), str(nuevo))
        self.estado = nuevo

    @property
    def es_final(self) -> bool:
        """True when no transition leaves the present state."""
        return not self.TRANSICIONES.get(self.estado, frozenset())
