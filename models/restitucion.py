"""The ledger of what a worker was promised, what was determined and what was recognised (LSS 18, 251-X)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Etiquetado, columna_enum


class EtapaRestitucion(Etiquetado):
    PROMETIDA = "prometida", "Prometida"
    DETERMINADA = "determinada", "Determinada"
    RECONOCIDA = "reconocida", "Reconocida"


class Restitucion(Base):
    """One entry of the ledger; entries are added, never changed. `semanas` in weeks."""

    __tablename__ = "restitucion"

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int] = mapped_column(ForeignKey("denuncia.id"), index=True)
    etapa: Mapped[EtapaRestitucion] = mapped_column(columna_enum(EtapaRestitucion))
    movimientos: Mapped[list[Any]]
    semanas: Mapped[int | None]
    completa: Mapped[bool] = mapped_column(default=False)
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    registrada_en: Mapped[dt.datetime]
    registrada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
