"""An act of authority as the committee agreed it (procesos §6; CFF 42-50)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.patron import Patron
from models.propuesta import TipoActo


class EstadoActo(Etiquetado):
    PROGRAMADO = "programado", "Programado"
    EN_EMISION = "en_emision", "En emisión"
    ORDENADO = "ordenado", "Ordenado"
    NOTIFICADO = "notificado", "Notificado"
    EN_DESAHOGO = "en_desahogo", "En desahogo"
    CON_OBSERVACIONES = "con_observaciones", "Con observaciones"
    SIN_OBSERVACIONES = "sin_observaciones", "Sin observaciones"
    CORREGIDO = "corregido", "Corregido"
    EN_RESOLUCION = "en_resolucion", "En resolución"
    DETERMINADO = "determinado", "Determinado"
    NO_LOCALIZADO = "no_localizado", "No localizado"
    SIN_EFECTOS = "sin_efectos", "Sin efectos"


A = EstadoActo


class Acto(ConEstado, Base):
    """One act. `financiero`: an employer of the financial system, whose visit may last 18 months (CFF 46-A)."""

    __tablename__ = "acto"
    __table_args__ = (
        # The list of cases, newest first: of a unit, and of all; those whose folio begins like what somebody wrote.
        Index("ix_acto_unidad_fecha", "subdelegacion_id", "programado_en", "folio"),
        Index("ix_acto_fecha", "programado_en", "folio"),
        Index("ix_acto_folio", "folio", postgresql_ops={"folio": "text_pattern_ops"}),
    )
    TRANSICIONES: ClassVar = {
        A.PROGRAMADO: frozenset({A.EN_EMISION, A.EN_DESAHOGO, A.EN_RESOLUCION}),
        A.EN_EMISION: frozenset({A.ORDENADO, A.SIN_EFECTOS}),
        A.ORDENADO: frozenset({A.NOTIFICADO, A.CON_OBSERVACIONES, A.NO_LOCALIZADO, A.SIN_EFECTOS}),
        A.NOTIFICADO: frozenset({A.EN_DESAHOGO}),
        A.EN_DESAHOGO: frozenset(
            {A.CON_OBSERVACIONES, A.SIN_OBSERVACIONES, A.CORREGIDO, A.SIN_EFECTOS, A.NO_LOCALIZADO}
        ),
        A.CON_OBSERVACIONES: frozenset({A.EN_RESOLUCION, A.CORREGIDO, A.SIN_EFECTOS}),
        A.EN_RESOLUCION: frozenset({A.DETERMINADO, A.SIN_EFECTOS, A.CORREGIDO}),
        A.NO_LOCALIZADO: frozenset({A.ORDENADO, A.SIN_EFECTOS}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    estado: Mapped[EstadoActo] = mapped_column(columna_enum(EstadoActo), default=A.PROGRAMADO)
    tipo: Mapped[TipoActo] = mapped_column(columna_enum(TipoActo))
    propuesta_id: Mapped[int | None] = mapped_column(ForeignKey("propuesta.id"), index=True)
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"))
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    # list of {desde, hasta}, contribuciones, universo: as agreed
    periodos: Mapped[list[Any]]
    alcance: Mapped[dict[str, Any]]
    auditores: Mapped[list[Any]]
    fecha_tentativa: Mapped[dt.date | None]
    financiero: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Legal days: of the notification of the start, and of the acta final (or the end of CFF 48-VI).
    notificado: Mapped[dt.date | None]
    acta_final: Mapped[dt.date | None]
    resultado_desahogo: Mapped[str] = mapped_column(String(30), default="", server_default="")
    causa: Mapped[str] = mapped_column(String(60), default="", server_default="")
    programado_en: Mapped[dt.datetime]
    concluido_en: Mapped[dt.datetime | None]

    patron: Mapped[Patron] = relationship()
