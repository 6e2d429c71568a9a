"""Documents asked of the employer inside an act (CFF 53; procesos §7.1)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Etiquetado, columna_enum


class EstadoRequerimiento(Etiquetado):
    ELABORADO = "elaborado", "Elaborado"
    NOTIFICADO = "notificado", "Notificado"
    COMPLETO = "completo", "Contestado"
    PARCIAL = "parcial", "Contestado en parte"
    INCUMPLIDO = "incumplido", "Sin respuesta"


class Requerimiento(Base):
    """One request. `plazo` is the key of its term, empty where the answer is due at once."""

    __tablename__ = "requerimiento"
    __table_args__ = (UniqueConstraint("acto_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    acto_id: Mapped[int] = mapped_column(ForeignKey("acto.id"))
    numero: Mapped[int]
    estado: Mapped[EstadoRequerimiento] = mapped_column(
        columna_enum(EstadoRequerimiento), default=EstadoRequerimiento.ELABORADO
    )
    documentos: Mapped[list[Any]]
    plazo: Mapped[str] = mapped_column(String(40), default="")
    lugar: Mapped[str] = mapped_column(String(300))
    faltantes: Mapped[str] = mapped_column(Text, default="")
    ampliado: Mapped[bool] = mapped_column(default=False)
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    # The suspension of CFF 46-A, IV that its silence opened.
    suspension_id: Mapped[int | None] = mapped_column(ForeignKey("suspension.id"))
    elaborado_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    elaborado_en: Mapped[dt.datetime]
    contestado_en: Mapped[dt.date | None]
