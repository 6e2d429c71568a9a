"""Administrative enforcement: one per employer and unit, over one or several credits (CFF 145-196-B)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.patron import Patron


class EstadoPae(Etiquetado):
    ABIERTO = "abierto", "Abierto"
    CON_MANDAMIENTO = "con_mandamiento", "Con mandamiento"
    REQUERIDO = "requerido", "Requerido"
    EMBARGADO = "embargado", "Embargado"
    AMPLIADO = "ampliado", "En ampliación del embargo"
    EN_INTERVENCION = "en_intervencion", "En intervención"
    EN_REMATE = "en_remate", "En remate"
    SIN_BIENES_HALLADOS = "sin_bienes_hallados", "Sin bienes hallados"
    PAGADO = "pagado", "Pagado"
    ADJUDICADO = "adjudicado", "Adjudicado"
    SIN_BIENES = "sin_bienes", "Sin bienes"
    PRESCRITO = "prescrito", "Prescrito"
    CANCELADO = "cancelado", "Cancelado"


P = EstadoPae
_FINALES = {P.PAGADO, P.PRESCRITO, P.CANCELADO}
_PASOS: dict[EstadoPae, set[EstadoPae]] = {
    P.ABIERTO: {P.CON_MANDAMIENTO},
    P.CON_MANDAMIENTO: {P.REQUERIDO, P.EMBARGADO, P.SIN_BIENES_HALLADOS},
    P.REQUERIDO: {P.EMBARGADO, P.SIN_BIENES_HALLADOS},
    P.EMBARGADO: {P.EN_REMATE, P.EN_INTERVENCION, P.AMPLIADO, P.SIN_BIENES_HALLADOS},
    P.AMPLIADO: {P.EMBARGADO},
    P.EN_REMATE: {P.EMBARGADO, P.ADJUDICADO},
    P.EN_INTERVENCION: {P.EMBARGADO, P.ADJUDICADO},
    P.SIN_BIENES_HALLADOS: {P.EMBARGADO, P.SIN_BIENES},
}
_ABIERTO = text("concluido_en IS NULL")


class Pae(ConEstado, Base):
    """One enforcement. At most one open per employer and unit (`g_un_pae`)."""

    __tablename__ = "pae"
    __table_args__ = (
        Index(
            "uq_pae_abierto",
            "patron_id",
            "subdelegacion_id",
            unique=True,
            sqlite_where=_ABIERTO,
            postgresql_where=_ABIERTO,
        ),
        # The list of cases, newest first: of a unit, and of all; those whose folio begins like what somebody wrote.
        Index("ix_pae_unidad_fecha", "subdelegacion_id", "abierto_en", "folio"),
        Index("ix_pae_fecha", "abierto_en", "folio"),
        Index("ix_pae_folio", "folio", postgresql_ops={"folio": "text_pattern_ops"}),
    )
    TRANSICIONES: ClassVar = {e: frozenset(a | _FINALES) for e, a in _PASOS.items()}

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    estado: Mapped[EstadoPae] = mapped_column(columna_enum(EstadoPae), default=P.ABIERTO)
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"))
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    # list of usuario ids that the mandamiento names
    ejecutores: Mapped[list[Any]]
    causa: Mapped[str] = mapped_column(String(40), default="")
    abierto_en: Mapped[dt.datetime]
    concluido_en: Mapped[dt.datetime | None]

    patron: Mapped[Patron] = relationship()


class CreditoEnPae(Base):
    """A credit that the enforcement collects, from when and until when."""

    __tablename__ = "credito_en_pae"
    __table_args__ = (UniqueConstraint("pae_id", "credito_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pae_id: Mapped[int] = mapped_column(ForeignKey("pae.id"))
    credito_id: Mapped[int] = mapped_column(ForeignKey("credito.id"), index=True)
    acumulado_en: Mapped[dt.datetime]
    excluido_en: Mapped[dt.datetime | None]
    causa_exclusion: Mapped[str] = mapped_column(String(40), default="")
    # An overlay: a defence, an agreement or a guarantee holds its collection.
    suspendido_por: Mapped[str] = mapped_column(String(40), default="")


class TipoDiligenciaPae(Etiquetado):
    REQUERIMIENTO = "requerimiento", "Requerimiento de pago"
    CITATORIO = "citatorio", "Citatorio"
    EMBARGO = "embargo", "Embargo"
    REQUERIMIENTO_EMBARGO = "requerimiento_embargo", "Requerimiento y embargo"
    AMPLIACION = "ampliacion", "Ampliación del embargo"
    REMATE = "remate", "Remate"
    ENTREGA = "entrega", "Entrega de bienes"


class DiligenciaPae(Base):
    """One diligencia of the ejecutor or of the office: append-only. Its cost is an entry of the account."""

    __tablename__ = "diligencia_pae"
    __table_args__ = (UniqueConstraint("pae_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pae_id: Mapped[int] = mapped_column(ForeignKey("pae.id"))
    numero: Mapped[int]
    tipo: Mapped[TipoDiligenciaPae] = mapped_column(columna_enum(TipoDiligenciaPae))
    inicio: Mapped[dt.datetime]
    fin: Mapped[dt.datetime | None]
    resultado: Mapped[str] = mapped_column(String(30))
    atiende: Mapped[str] = mapped_column(String(160), default="")
    gastos: Mapped[Decimal] = mapped_column(Numeric(15, 2), default=0)
    # witnesses, photographs (document id and digest), place, signatures or refusals, reasons
    datos: Mapped[dict[str, Any]]
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    registrada_en: Mapped[dt.datetime]


class Depositaria(Base):
    """Who keeps goods, intervenes a caja or administers: named, accepted, removed (CFF 153, 164-172)."""

    __tablename__ = "depositaria"

    id: Mapped[int] = mapped_column(primary_key=True)
    pae_id: Mapped[int] = mapped_column(ForeignKey("pae.id"), index=True)
    # depositario, interventor, administrador
    cargo: Mapped[str] = mapped_column(String(20))
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    persona: Mapped[str] = mapped_column(String(160))
    caracter: Mapped[str] = mapped_column(String(120), default="")
    domicilio: Mapped[str] = mapped_column(String(300), default="")
    nombrado_en: Mapped[dt.datetime]
    acepto: Mapped[bool | None]
    respondio_en: Mapped[dt.datetime | None]
    inscripcion: Mapped[str] = mapped_column(String(120), default="")
    removido_en: Mapped[dt.datetime | None]
    motivo: Mapped[str] = mapped_column(Text, default="")


class Intervencion(Base):
    """The caja of a business under an interventor: what it must bring and what it brought (CFF 165, 172)."""

    __tablename__ = "intervencion"

    id: Mapped[int] = mapped_column(primary_key=True)
    pae_id: Mapped[int] = mapped_column(ForeignKey("pae.id"), index=True)
    depositaria_id: Mapped[int] = mapped_column(ForeignKey("depositaria.id"))
    base: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    estacional: Mapped[bool] = mapped_column(default=False)
    iniciada_en: Mapped[dt.datetime]
    concluida_en: Mapped[dt.datetime | None]
    desenlace: Mapped[str] = mapped_column(String(20), default="")


class InformeIntervencion(Base):
    """A report of the interventor: append-only."""

    __tablename__ = "informe_intervencion"
    __table_args__ = (
        UniqueConstraint("intervencion_id", "numero"),
        CheckConstraint("retenido <= ingresos AND retenido >= 0", name="retenido"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervencion_id: Mapped[int] = mapped_column(ForeignKey("intervencion.id"))
    numero: Mapped[int]
    desde: Mapped[dt.date]
    hasta: Mapped[dt.date]
    ingresos: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    retenido: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    movimientos: Mapped[list[Any]]
    pago_id: Mapped[int | None] = mapped_column(ForeignKey("pago.id"))
    presentado_en: Mapped[dt.datetime]
    presentado_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))


class Inmovilizacion(Base):
    """An account that a bank was told to hold (CFF 156-Bis, 156-Ter). Only the last four digits are kept."""

    __tablename__ = "inmovilizacion"
    __table_args__ = (CheckConstraint("ordenado > 0", name="ordenado"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pae_id: Mapped[int] = mapped_column(ForeignKey("pae.id"), index=True)
    entidad: Mapped[str] = mapped_column(String(120))
    cuenta: Mapped[str] = mapped_column(String(4), default="")
    ordenado: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    precautorio: Mapped[bool] = mapped_column(default=False)
    ordenada_en: Mapped[dt.datetime]
    informado: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    informada: Mapped[dt.date | None]
    notificada: Mapped[dt.date | None]
    transferido: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    liberado: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    pago_id: Mapped[int | None] = mapped_column(ForeignKey("pago.id"))
