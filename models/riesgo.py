"""Facts without a case that feed the risk model: an unidentified denuncia becomes a warning."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AvisoRiesgo(Base):
    """A risk warning about an employer or a place; holds no data of a person."""

    __tablename__ = "aviso_riesgo"

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int] = mapped_column(ForeignKey("denuncia.id"), unique=True)
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    hechos: Mapped[dict[str, Any]]
    registrado_en: Mapped[dt.datetime]
