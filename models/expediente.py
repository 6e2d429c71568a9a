"""The case file: what several denuncias, a proposal, an act and its credits hang from."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.organizacion import Subdelegacion
from models.patron import Patron


class Expediente(Base):
    """A case file of one unit. It keeps its folio even when the unit changes."""

    __tablename__ = "expediente"

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    abierto_en: Mapped[dt.datetime]

    subdelegacion: Mapped[Subdelegacion] = relationship()
    patron: Mapped[Patron | None] = relationship()


class Consecutivo(Base):
    """The last number given in a series (`DEN-2026`). Locked while the next one is taken: no gaps, no repeats."""

    __tablename__ = "consecutivo"

    serie: Mapped[str] = mapped_column(String(20), primary_key=True)
    ultimo: Mapped[int] = mapped_column(default=0)
