"""Valuation, call, electronic auction and award of one good (CFF 173-196-B; procesos §15)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.bien import Bien


class OrigenAvaluo(Etiquetado):
    OFICINA = "oficina", "Valuador de la oficina"
    DEUDOR = "deudor", "Perito del deudor"
    TERCERO = "tercero", "Perito tercero"


class Avaluo(Base):
    """One valuation: append-only. `vigente_hasta`: a year from its date (RCFF 3)."""

    __tablename__ = "avaluo"
    __table_args__ = (CheckConstraint("valor > 0", name="valor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bien_id: Mapped[int] = mapped_column(ForeignKey("bien.id"), index=True)
    origen: Mapped[OrigenAvaluo] = mapped_column(columna_enum(OrigenAvaluo))
    valuador_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    perito: Mapped[str] = mapped_column(String(160), default="")
    metodo: Mapped[str] = mapped_column(String(300), default="")
    valor: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    rendido: Mapped[dt.date]
    vigente_hasta: Mapped[dt.date]
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    registrado_en: Mapped[dt.datetime]


class EstadoRemate(Etiquetado):
    PREPARADO = "preparado", "En preparación"
    CONVOCADO = "convocado", "Convocado"
    PUBLICADO = "publicado", "Publicado"
    EN_SUBASTA = "en_subasta", "En subasta"
    CON_GANADOR = "con_ganador", "Con ganador"
    SIN_PAGO = "sin_pago", "Sin pago del ganador"
    DESIERTO = "desierto", "Desierto"
    PAGADO = "pagado", "Pagado"
    ENTREGADO = "entregado", "Entregado"
    ADJUDICADO = "adjudicado", "Adjudicado al Instituto"
    RETIRADO = "retirado", "Retirado"
    CANCELADO = "cancelado", "Cancelado"


R = EstadoRemate
_PASOS: dict[EstadoRemate, set[EstadoRemate]] = {
    R.PREPARADO: {R.CONVOCADO},
    R.CONVOCADO: {R.PUBLICADO},
    R.PUBLICADO: {R.CONVOCADO, R.EN_SUBASTA},
    R.EN_SUBASTA: {R.CON_GANADOR, R.DESIERTO, R.CONVOCADO},
    R.CON_GANADOR: {R.PAGADO, R.SIN_PAGO},
    R.SIN_PAGO: {R.CON_GANADOR, R.DESIERTO},
    R.PAGADO: {R.ENTREGADO},
    R.DESIERTO: {R.CONVOCADO, R.ADJUDICADO, R.RETIRADO},
}


class Remate(ConEstado, Base):
    """The sale of one lot. `base` is the value fixed, `postura_legal` two thirds of it (CFF 179)."""

    __tablename__ = "remate"
    __table_args__ = (CheckConstraint("postura_legal IS NULL OR postura_legal <= base", name="postura"),)
    TRANSICIONES: ClassVar = {e: frozenset(a | {R.CANCELADO}) for e, a in _PASOS.items()}

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    estado: Mapped[EstadoRemate] = mapped_column(columna_enum(EstadoRemate), default=R.PREPARADO)
    pae_id: Mapped[int] = mapped_column(ForeignKey("pae.id"), index=True)
    bien_id: Mapped[int] = mapped_column(ForeignKey("bien.id"), index=True)
    base: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    postura_legal: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    acreedores: Mapped[list[Any]]
    convocado_en: Mapped[dt.datetime | None]
    abre_en: Mapped[dt.datetime | None]
    cierra_en: Mapped[dt.datetime | None]
    producto: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    iniciado_en: Mapped[dt.datetime]
    concluido_en: Mapped[dt.datetime | None]

    bien: Mapped[Bien] = relationship()
    posturas: Mapped[list[Postura]] = relationship(back_populates="remate", order_by="Postura.recibida_en")


class EstadoPostura(Etiquetado):
    RECIBIDA = "recibida", "Recibida"
    RECHAZADA = "rechazada", "Rechazada"
    CALIFICADA = "calificada", "Calificada"
    GANADORA = "ganadora", "Ganadora"
    SUPERADA = "superada", "Superada"
    INCUMPLIDA = "incumplida", "Incumplida, depósito perdido"
    DEVUELTA = "devuelta", "Depósito devuelto"
    PAGADA = "pagada", "Pagada"


S = EstadoPostura


class Postura(ConEstado, Base):
    """A bid, sealed until ranked. Name, account and mail are personal data: encrypted in `cifrado`."""

    __tablename__ = "postura"
    __table_args__ = (
        UniqueConstraint("remate_id", "transferencia"),
        CheckConstraint("importe > 0 AND deposito > 0", name="importes"),
    )
    TRANSICIONES: ClassVar = {
        S.RECIBIDA: frozenset({S.RECHAZADA, S.CALIFICADA, S.DEVUELTA}),
        S.CALIFICADA: frozenset({S.GANADORA, S.SUPERADA, S.DEVUELTA}),
        S.SUPERADA: frozenset({S.GANADORA, S.DEVUELTA}),
        S.GANADORA: frozenset({S.PAGADA, S.INCUMPLIDA, S.DEVUELTA}),
        S.RECHAZADA: frozenset({S.DEVUELTA}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    remate_id: Mapped[int] = mapped_column(ForeignKey("remate.id"), index=True)
    estado: Mapped[EstadoPostura] = mapped_column(columna_enum(EstadoPostura), default=S.RECIBIDA)
    rfc: Mapped[str] = mapped_column(String(13))
    importe: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    deposito: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    transferencia: Mapped[str] = mapped_column(String(40))
    cifrado: Mapped[bytes] = mapped_column(LargeBinary)
    recibida_en: Mapped[dt.datetime]
    motivo: Mapped[str] = mapped_column(String(300), default="")

    remate: Mapped[Remate] = relationship(back_populates="posturas")
