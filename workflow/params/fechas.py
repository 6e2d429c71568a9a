"""Dates in words, for sentences that people read."""

from __future__ import annotations

from datetime import date

MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


def fecha_en_palabras(dia: date) -> str:
    """«15 de enero de 2016»."""
    return f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"
