"""The written order without which no act of authority may begin (CFF 38, 42, 43; LSS 315)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Etiquetado, columna_enum


class EstadoOrden(Etiquetado):
    EN_PROYECTO = "en_proyecto", "En proyecto"
    FIRMADA = "firmada", "Firmada"
    DEVUELTA = "devuelta", "Devuelta"
    NO_PROCEDE = "no_procede", "No procede"


class Orden(Base):
    """One version of the order of an act; a returned or widened one gives way to the next version."""

    __tablename__ = "orden"
    __table_args__ = (UniqueConstraint("acto_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    acto_id: Mapped[int] = mapped_column(ForeignKey("acto.id"))
    version: Mapped[int]
    estado: Mapped[EstadoOrden] = mapped_column(columna_enum(EstadoOrden), default=EstadoOrden.EN_PROYECTO)
    objeto: Mapped[str] = mapped_column(Text)
    # list of {desde, hasta}; list of contribuciones; list of domicilios; list of usuario ids
    periodos: Mapped[list[Any]]
    contribuciones: Mapped[list[Any]]
    domicilios: Mapped[list[Any]]
    visitadores: Mapped[list[Any]]
    nombre_visitado: Mapped[str] = mapped_column(String(250))
    universo: Mapped[str] = mapped_column(String(40), default="")
    elaborada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    elaborada_en: Mapped[dt.datetime]
    firmada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    firmada_en: Mapped[dt.datetime | None]
    motivo: Mapped[str] = mapped_column(Text, default="")
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
