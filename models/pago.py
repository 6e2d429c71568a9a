"""Money received from an employer, from a guarantee, a bank or an auction (CFF 20; LSS 291)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, ConEstado, Etiquetado, columna_enum


class OrigenPago(Etiquetado):
    VENTANILLA = "ventanilla", "Capturado en ventanilla"
    BANCO = "banco", "Archivo del banco"
    GARANTIA = "garantia", "Garantía"
    CUENTA = "cuenta", "Cuenta inmovilizada"
    INTERVENCION = "intervencion", "Intervención de la caja"
    REMATE = "remate", "Producto de remate"
    ADJUDICACION = "adjudicacion", "Adjudicación al Instituto"


class EstadoPago(Etiquetado):
    RECIBIDO = "recibido", "Recibido"
    APLICADO = "aplicado", "Aplicado"
    REVERSADO = "reversado", "Reversado"


E = EstadoPago


class Pago(ConEstado, Base):
    """One payment. `referencia` is unique by origin: the same line of a bank file never counts twice.

    `excedente`: what was left after every credit it was meant for (CFF 196: returned, or kept for what comes).
    """

    __tablename__ = "pago"
    __table_args__ = (
        UniqueConstraint("origen", "referencia"),
        CheckConstraint("importe > 0", name="importe"),
        CheckConstraint("excedente >= 0 AND excedente <= importe", name="excedente"),
    )
    TRANSICIONES: ClassVar = {
        E.RECIBIDO: frozenset({E.APLICADO, E.REVERSADO}),
        E.APLICADO: frozenset({E.REVERSADO}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    estado: Mapped[EstadoPago] = mapped_column(columna_enum(EstadoPago), default=E.RECIBIDO)
    origen: Mapped[OrigenPago] = mapped_column(columna_enum(OrigenPago))
    referencia: Mapped[str] = mapped_column(String(60))
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    fecha: Mapped[dt.date]
    importe: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    excedente: Mapped[Decimal] = mapped_column(Numeric(15, 2), default=0)
    # The payment that this one corrects, and why one was taken back.
    corrige_id: Mapped[int | None] = mapped_column(ForeignKey("pago.id"))
    motivo: Mapped[str] = mapped_column(String(300), default="")
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    archivo_sha256: Mapped[str] = mapped_column(String(64), default="")
    registrado_en: Mapped[dt.datetime]
    registrado_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
