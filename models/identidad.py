"""Who the denouncer is: encrypted, apart, and every opening leaves a trace (LSS 22)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Identidad(Base):
    """The identity of the denouncer of one denuncia. `cifrado` is opaque to the database.

    `indice_curp` and `indice_nss` are keyed digests (blind indexes): they find duplicates of the same
    person without anybody reading who she is.
    """

    __tablename__ = "identidad"

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int] = mapped_column(ForeignKey("denuncia.id"), unique=True)
    cifrado: Mapped[bytes] = mapped_column(LargeBinary)
    indice_curp: Mapped[str | None] = mapped_column(String(64), index=True)
    indice_nss: Mapped[str | None] = mapped_column(String(64), index=True)
    aportada_en: Mapped[dt.datetime]


class AperturaIdentidad(Base):
    """Somebody read the identity: who, when, why, until when. The denouncer can see it after closing."""

    __tablename__ = "apertura_identidad"

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int] = mapped_column(ForeignKey("denuncia.id"), index=True)
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"))
    motivo: Mapped[str] = mapped_column(String(500))
    abierta_en: Mapped[dt.datetime]
    hasta: Mapped[dt.datetime]
