"""The actas of an act and the facts that they make known (CFF 44, 46, 48)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Etiquetado, columna_enum


class TipoActa(Etiquetado):
    CITATORIO = "citatorio", "Citatorio"
    INICIO = "inicio", "Acta parcial de inicio"
    PARCIAL = "parcial", "Acta parcial"
    COMPULSA = "compulsa", "Acta de compulsa"
    OPOSICION = "oposicion", "Acta de oposición"
    REPOSICION = "reposicion", "Reposición del procedimiento"
    CORRECCION = "correccion", "Acta de autocorrección"
    ULTIMA_PARCIAL = "ultima_parcial", "Última acta parcial"
    FINAL = "final", "Acta final"


class Acta(Base):
    """One acta: append-only. `datos` holds witnesses, signatures or refusals, credentials and places."""

    __tablename__ = "acta"
    __table_args__ = (UniqueConstraint("acto_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    acto_id: Mapped[int] = mapped_column(ForeignKey("acto.id"))
    numero: Mapped[int]
    tipo: Mapped[TipoActa] = mapped_column(columna_enum(TipoActa))
    fecha_hora: Mapped[dt.datetime]
    lugar: Mapped[str] = mapped_column(String(300))
    hechos: Mapped[str] = mapped_column(Text)
    datos: Mapped[dict[str, Any]]
    auditor_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    registrada_en: Mapped[dt.datetime]


class ResultadoHecho(Etiquetado):
    POR_VALORAR = "por_valorar", "Por valorar"
    SUBSISTE = "subsiste", "Subsiste"
    DESVIRTUADO = "desvirtuado", "Desvirtuado"
    CORREGIDO = "corregido", "Corregido"


class HechoObservado(Base):
    """A fact or omission made known in the last acta parcial or in the oficio de observaciones."""

    __tablename__ = "hecho_observado"
    __table_args__ = (
        UniqueConstraint("acto_id", "numero"),
        CheckConstraint("periodo_desde <= periodo_hasta", name="periodo"),
        CheckConstraint("monto IS NULL OR monto >= 0", name="monto"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    acto_id: Mapped[int] = mapped_column(ForeignKey("acto.id"))
    acta_id: Mapped[int | None] = mapped_column(ForeignKey("acta.id"))
    numero: Mapped[int]
    hecho: Mapped[str] = mapped_column(Text)
    norma: Mapped[str] = mapped_column(String(200))
    periodo_desde: Mapped[dt.date]
    periodo_hasta: Mapped[dt.date]
    trabajadores: Mapped[int]
    monto: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    resultado: Mapped[ResultadoHecho] = mapped_column(
        columna_enum(ResultadoHecho), default=ResultadoHecho.POR_VALORAR
    )
    prueba: Mapped[str] = mapped_column(Text, default="")
    razon: Mapped[str] = mapped_column(Text, default="")

    acta: Mapped[Acta | None] = relationship()
