"""Verb of a paper of the employer: `{"promocion": "pruebas_aportadas", "de": "a1", "dia": "2026-06-10"}`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories.casa import ZONA
from tests.process.pasos import paso
from workflow.actions import promocion_patron as acciones

QUIEN = {"acto": "daniela.solis", "credito": "hector.rios", "pae": "hector.rios"}


@paso
def promocion(
    escena: Any,
    tipo: str,
    *,
    de: str,
    dia: str | None = None,
    via: str = "ventanilla",
    resumen: str | None = None,
    sobre: Any = None,
    quien: str | None = None,
) -> None:
    """A paper captured in the case `de` (an act, a credit, a PAE). `dia`: when it was filed, today if not said.

    `sobre`: id of the requerimiento or the good that it is about, where there are several.
    """
    sujeto_tipo, sujeto_id = escena.ids[de]
    hoy = escena.obra.ahora.astimezone(ZONA).date()
    presentada = dt.date.fromisoformat(dia) if dia else hoy
    # Two papers of one day are two papers.
    texto = resumen or f"Escrito de {tipo} presentado a las {escena.obra.ahora:%H:%M:%S}"
    sobre = escena.valor(sobre) if sobre is not None else None
    with escena.obra.como(escena.obra.persona(quien or QUIEN[sujeto_tipo])) as ctx:
        acciones.capturar(ctx, sujeto_tipo, sujeto_id, tipo, via, presentada, texto, de=sobre)
