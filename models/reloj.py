"""The simulated clock that web and worker share in demonstration mode."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Reloj(Base):
    """One row at most: how many seconds the simulated clock runs ahead of the real one."""

    __tablename__ = "reloj"
    __table_args__ = (CheckConstraint("id = 1", name="unico"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    adelanto_s: Mapped[int] = mapped_column(default=0)
