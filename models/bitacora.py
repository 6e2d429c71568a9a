"""The log that nobody can rewrite: append-only, one hash chain per subject."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Entrada(Base):
    """One entry. `datos` holds ids, enums and salted digests; never a name, an NSS or a text of a person.

    `hash` = sha256 over `previo` and the canonical text of the entry. The database refuses UPDATE and
    DELETE (triggers of the first migration).
    """

    __tablename__ = "bitacora"
    __table_args__ = (
        UniqueConstraint("cadena", "numero"),
        Index("ix_bitacora_expediente", "expediente_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Chain: `denuncia:12`, `sesion:3`, `sistema`. One per subject, so that cases do not wait for each other.
    cadena: Mapped[str] = mapped_column(String(40))
    numero: Mapped[int]
    en: Mapped[dt.datetime]
    # persona, denunciante, sistema
    actor_tipo: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    verbo: Mapped[str] = mapped_column(String(60))
    expediente_id: Mapped[int | None] = mapped_column(ForeignKey("expediente.id"))
    datos: Mapped[dict[str, Any]]
    previo: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class CabezaBitacora(Base):
    """The last link of each chain: locks the chain while it grows and betrays a chain cut at its end."""

    __tablename__ = "bitacora_cabeza"

    cadena: Mapped[str] = mapped_column(String(40), primary_key=True)
    numero: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
