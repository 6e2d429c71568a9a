"""The employer as the institute's register knows it: one row per registro patronal."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Patron(Base):
    """A registro patronal: 10 or 11 characters, normalised (LSS 15-I)."""

    __tablename__ = "patron"

    id: Mapped[int] = mapped_column(primary_key=True)
    registro_patronal: Mapped[str] = mapped_column(String(11), unique=True)
    rfc: Mapped[str | None] = mapped_column(String(13), index=True)
    nombre: Mapped[str] = mapped_column(String(250), index=True)
    domicilio: Mapped[str] = mapped_column(String(300), default="")
    codigo_postal: Mapped[str] = mapped_column(String(5), default="")
    municipio: Mapped[str] = mapped_column(String(120), default="")
    giro: Mapped[str] = mapped_column(String(160), default="")
    trabajadores: Mapped[int | None]
    # Risk class (I…V) and own premium in percent (LSS 71-74); the zone of its minimum wage.
    clase_riesgo: Mapped[str | None] = mapped_column(String(3))
    prima: Mapped[Decimal | None] = mapped_column(Numeric(7, 5))
    zona: Mapped[str] = mapped_column(String(10), default="general", server_default="general")
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
