"""The ledger of legal terms: each knows when it began, what suspended it, when it ends and why.

A term hangs from a subject (`sujeto_tipo`, `sujeto_id`: a denuncia, a propuesta, a sesion…). `Plazo` holds
where it stands; `MovimientoPlazo` is append-only and holds how it came to stand there.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Etiquetado, columna_enum

_ABIERTO = text("cerrado_en IS NULL")


class Plazo(Base):
    """One term. Closed when its event arrived or when it ran out (`vencido`)."""

    __tablename__ = "plazo"
    __table_args__ = (
        # A subject has at most one open term of a key: timers ask for it by key.
        Index(
            "uq_plazo_abierto",
            "sujeto_tipo",
            "sujeto_id",
            "clave",
            unique=True,
            sqlite_where=_ABIERTO,
            postgresql_where=_ABIERTO,
        ),
        # Whether a term was ever opened, and the last one of a key.
        Index("ix_plazo_sujeto", "sujeto_tipo", "sujeto_id", "clave"),
        Index("ix_plazo_dispara", "dispara_en"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    clave: Mapped[str] = mapped_column(String(40))
    nombre: Mapped[str] = mapped_column(String(160))
    sujeto_tipo: Mapped[str] = mapped_column(String(20))
    sujeto_id: Mapped[int]
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    # Length in `unidad` (habiles, naturales, meses, anios, horas, instante, fecha).
    longitud: Mapped[int]
    unidad: Mapped[str] = mapped_column(String(12))
    inicio: Mapped[str] = mapped_column(String(20))
    regimen: Mapped[str] = mapped_column(String(10), default="cff")
    prorroga: Mapped[bool] = mapped_column(default=False)
    desde: Mapped[dt.date]
    vence: Mapped[dt.date]
    # When the timer fires: 00:00 of the day after `vence` in the zone of the unit, or the instant itself.
    dispara_en: Mapped[dt.datetime]
    cita: Mapped[str] = mapped_column(String(300))
    confianza: Mapped[str] = mapped_column(String(20))
    # The term of the catalogue that lengthened this one («ultima_parcial_amp»); empty while nothing did.
    ampliado_por: Mapped[str] = mapped_column(String(40), default="", server_default="")
    abierto_en: Mapped[dt.datetime]
    cerrado_en: Mapped[dt.datetime | None]
    vencido: Mapped[bool] = mapped_column(default=False)

    movimientos: Mapped[list[MovimientoPlazo]] = relationship(
        back_populates="plazo", order_by="MovimientoPlazo.id"
    )


class TipoMovimiento(Etiquetado):
    APERTURA = "apertura", "Apertura"
    SUSPENSION = "suspension", "Suspensión"
    REANUDACION = "reanudacion", "Reanudación"
    PRORROGA = "prorroga", "Ampliación"
    CALENDARIO = "calendario", "Cambio de calendario"
    CIERRE = "cierre", "Cierre"
    VENCIMIENTO = "vencimiento", "Vencimiento"


class MovimientoPlazo(Base):
    """An entry of the ledger: append-only. `derivacion` is the list of steps that the rule returned."""

    __tablename__ = "movimiento_plazo"

    id: Mapped[int] = mapped_column(primary_key=True)
    plazo_id: Mapped[int] = mapped_column(ForeignKey("plazo.id"), index=True)
    tipo: Mapped[TipoMovimiento] = mapped_column(columna_enum(TipoMovimiento))
    en: Mapped[dt.datetime]
    vence_antes: Mapped[dt.date | None]
    vence: Mapped[dt.date]
    motivo: Mapped[str] = mapped_column(String(300), default="")
    cita: Mapped[str] = mapped_column(String(300), default="")
    derivacion: Mapped[list[Any]]
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))

    plazo: Mapped[Plazo] = relationship(back_populates="movimientos")


class Suspension(Base):
    """A period in which the terms of a subject do not run. Open while `hasta` is empty; both ends included."""

    __tablename__ = "suspension"
    __table_args__ = (
        CheckConstraint("hasta IS NULL OR desde <= hasta", name="rango"),
        Index("ix_suspension_sujeto", "sujeto_tipo", "sujeto_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sujeto_tipo: Mapped[str] = mapped_column(String(20))
    sujeto_id: Mapped[int]
    causal: Mapped[str] = mapped_column(String(60))
    cita: Mapped[str] = mapped_column(String(300))
    desde: Mapped[dt.date]
    hasta: Mapped[dt.date | None]
    # The last day that the law lets this ground count (CFF 46-A, IV, V and VII); empty where it sets none.
    tope: Mapped[dt.date | None]
    # False where the terms stop but the work goes on (a request that the employer does not answer).
    detiene_tareas: Mapped[bool] = mapped_column(default=True, server_default=true())
    evidencia_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    registrada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    registrada_en: Mapped[dt.datetime]


class DiaInhabil(Base):
    """A día inhábil beyond the list of CFF 12: of the institute (no unit) or of one unit."""

    __tablename__ = "dia_inhabil"
    __table_args__ = (
        Index("uq_dia_inhabil", "fecha", "subdelegacion_id", unique=True),
        # Two empty units are not equal for a unique index.
        Index(
            "uq_dia_inhabil_instituto",
            "fecha",
            unique=True,
            sqlite_where=text("subdelegacion_id IS NULL"),
            postgresql_where=text("subdelegacion_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fecha: Mapped[dt.date]
    subdelegacion_id: Mapped[int | None] = mapped_column(ForeignKey("subdelegacion.id"))
    motivo: Mapped[str] = mapped_column(String(200))
    cita: Mapped[str] = mapped_column(String(300))
    registrado_en: Mapped[dt.datetime]


class EstadoCambio(Etiquetado):
    EN_CURSO = "en_curso", "En curso"
    TERMINADO = "terminado", "Terminado"


class CambioCalendario(Base):
    """A new día inhábil on its way through the open terms: who asked, how far it has come.

    Terms are taken in the order of their id; `cursor` is the last one done, so that the work goes on where it
    stopped. `total` open terms that may move, `hechos` looked at, `movidos` with another date.
    """

    __tablename__ = "cambio_calendario"
    __table_args__ = (
        CheckConstraint("hechos <= total AND movidos <= hechos", name="avance"),
        Index(
            "ix_cambio_calendario_en_curso",
            "estado",
            sqlite_where=text("estado = 'en_curso'"),
            postgresql_where=text("estado = 'en_curso'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dia_id: Mapped[int] = mapped_column(ForeignKey("dia_inhabil.id"), unique=True)
    estado: Mapped[EstadoCambio] = mapped_column(columna_enum(EstadoCambio), default=EstadoCambio.EN_CURSO)
    total: Mapped[int]
    hechos: Mapped[int] = mapped_column(default=0)
    movidos: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[int] = mapped_column(default=0)
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    iniciado_en: Mapped[dt.datetime]
    terminado_en: Mapped[dt.datetime | None]

    dia: Mapped[DiaInhabil] = relationship()
