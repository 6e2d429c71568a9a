"""A paper of the employer, captured by the officer who received it (procesos §0.2-12)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Etiquetado, columna_enum


class ViaPromocion(Etiquetado):
    VENTANILLA = "ventanilla", "Ventanilla"
    CORREO = "correo", "Correo certificado"
    BUZON = "buzon", "Buzón IMSS"


class PromocionPatron(Base):
    """One paper: append-only. `presentada` is the legal day of its filing, which terms count; the process
    hears only its id."""

    __tablename__ = "promocion_patron"
    __table_args__ = (Index("ix_promocion_patron_sujeto", "sujeto_tipo", "sujeto_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    # The message that it becomes: pruebas_aportadas, ampliacion_solicitada, documentos_presentados…
    tipo: Mapped[str] = mapped_column(String(40))
    via: Mapped[ViaPromocion] = mapped_column(columna_enum(ViaPromocion))
    sujeto_tipo: Mapped[str] = mapped_column(String(20))
    sujeto_id: Mapped[int]
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    presentada: Mapped[dt.date]
    resumen: Mapped[str] = mapped_column(Text)
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    capturada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    capturada_en: Mapped[dt.datetime]
