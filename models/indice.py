"""Values of the INPC that came after the release: what INEGI published, as its file wrote it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class IndicePrecios(Base):
    """One value of one month, append-only: the newest row of a month is the one in force.

    `mes` is the first day of the month; `valor` keeps the decimals of the publication («142.645»).
    """

    __tablename__ = "indice_precios"
    __table_args__ = (CheckConstraint("valor <> ''", name="valor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mes: Mapped[dt.date] = mapped_column(index=True)
    valor: Mapped[str] = mapped_column(String(16))
    # True where it takes the place of another value that was known for the month.
    sustituye: Mapped[bool]
    archivo_sha256: Mapped[str] = mapped_column(String(64))
    cita: Mapped[str] = mapped_column(String(300))
    importado_en: Mapped[dt.datetime]
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
