"""Photographs of the field: images of the same file, kept by their digest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.documento import Documento
from workflow.context import Ctx
from workflow.errors import DatoInvalido


def revisar(
    ctx: Ctx, expediente_id: int, ids: Iterable[int] | None, campo: str = "foto"
) -> list[dict[str, Any]]:
    """`{documento_id, sha256}` of each photograph. Raises DatoInvalido on `campo` for what is no image of
    this file."""
    halladas = []
    for documento_id in ids or ():
        fila = ctx.session.get(Documento, int(documento_id))
        if fila is None or fila.expediente_id != expediente_id:
            raise DatoInvalido(
                "Una fotografía no es de este expediente.", {campo: "Adjunta de nuevo las fotografías."}
            )
        if not fila.mime.startswith("image/"):
            raise DatoInvalido(
                f"«{fila.nombre}» no es una fotografía.", {campo: f"Quita «{fila.nombre}»: no es una imagen."}
            )
        halladas.append({"documento_id": fila.id, "sha256": fila.sha256})
    return halladas
