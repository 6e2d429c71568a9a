"""The outbox: what must leave the house is a row of the same transaction, delivered after it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Etiquetado, columna_enum


class EstadoSalida(Etiquetado):
    PENDIENTE = "pendiente", "Pendiente"
    HECHA = "hecha", "Hecha"
    FALLIDA = "fallida", "Fallida"


class Salida(Base):
    """One thing to send or to make (`correo`, `documento`). `clave` makes it happen once."""

    __tablename__ = "salida"
    __table_args__ = (Index("ix_salida_pendiente", "estado", "proxima_en"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tipo: Mapped[str] = mapped_column(String(20))
    clave: Mapped[str] = mapped_column(String(80), unique=True)
    # Ids only; the receiver is resolved when it is sent.
    datos: Mapped[dict[str, Any]]
    estado: Mapped[EstadoSalida] = mapped_column(columna_enum(EstadoSalida), default=EstadoSalida.PENDIENTE)
    creada_en: Mapped[dt.datetime]
    proxima_en: Mapped[dt.datetime]
    hecha_en: Mapped[dt.datetime | None]
    intentos: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(300))
