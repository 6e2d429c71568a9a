"""The ledger of what a worker was promised, what was determined and what was recognised (LSS 18, 251-X)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Etiquetado, columna_enum


class EtapaRestitucion(Etiquetado):
    PROMETIDA = "prometida", "Prometida"
    DETERMINADA = "determinada", "Determinada"
    RECONOCIDA = "reconocida", "Reconocida"


class Restitucion(Base):
    """One entry of the ledger: append-only. `semanas` in weeks.

    The ledger of who denounced hangs from her denuncia and says no NSS: nothing in it tells who she is (LSS 22).
    That of any other worker of the act hangs from the act and her NSS; what was determined of her is the row of
    `trabajador_determinado`, so that only what was recognised is written here.

    `movimientos`: of an entry promised or determined, its stretches {desde, hasta, salario, registrado}; of one
    recognised, the rows of the form {tipo, fecha, salario, periodo, fundamento}.
    """

    __tablename__ = "restitucion"
    __table_args__ = (
        CheckConstraint(
            "(denuncia_id IS NOT NULL AND nss IS NULL) "
            "OR (denuncia_id IS NULL AND nss IS NOT NULL AND acto_id IS NOT NULL AND etapa = 'reconocida')",
            name="de_quien",
        ),
        CheckConstraint("etapa = 'reconocida' OR NOT completa", name="completa"),
        CheckConstraint("semanas IS NULL OR semanas >= 0", name="semanas"),
        Index("ix_restitucion_trabajador", "acto_id", "nss"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int | None] = mapped_column(ForeignKey("denuncia.id"), index=True)
    # The act that determined it: always for a worker who did not denounce.
    acto_id: Mapped[int | None] = mapped_column(ForeignKey("acto.id"))
    nss: Mapped[str | None] = mapped_column(String(11))
    etapa: Mapped[EtapaRestitucion] = mapped_column(columna_enum(EtapaRestitucion))
    movimientos: Mapped[list[Any]]
    semanas: Mapped[int | None]
    completa: Mapped[bool] = mapped_column(default=False)
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    registrada_en: Mapped[dt.datetime]
    registrada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
