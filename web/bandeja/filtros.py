"""Filters of the inbox as they travel in its address, and the chips that take each one away."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from workflow.queries.bandeja import ETAPAS, PRIORIDADES, VENCIMIENTOS, Bandeja, Filtros

LARGO = 80  # letters of a search
GRUPOS = {"vencimiento": "Vence", "proceso": "Etapa", "prioridad": "Prioridad", "tipo": "Tarea"}


def leer(args: MultiDict[str, str]) -> Filtros:
    """The filters of an address; values that do not exist are dropped."""
    return Filtros(
        tipo=tuple(t for t in args.getlist("tipo") if t.isidentifier() and len(t) <= LARGO)[:30],
        vencimiento=tuple(v for v in args.getlist("vencimiento") if v in VENCIMIENTOS),
        proceso=tuple(p for p in args.getlist("proceso") if p in ETAPAS),
        prioridad=tuple(p for p in PRIORIDADES if str(p) in args.getlist("prioridad")),
        q=" ".join(args.get("q", "").split())[:LARGO],
    )


def direccion(pestana: str, filtros: Filtros | None = None, **otros: Any) -> str:
    """Address of a tab with some filters; the first tab needs no name."""
    datos: dict[str, Any] = {"pestana": None if pestana == "mias" else pestana}
    if filtros is not None:
        for nombre in ("q", *GRUPOS):
            datos[nombre] = getattr(filtros, nombre) or None
    return url_for("bandeja.ver", **(datos | otros))


def chips(pestana: str, filtros: Filtros, pagina: Bandeja) -> list[tuple[str, str]]:
    """(what is filtered, address without it), in the order of the panel."""
    puestos = []
    if filtros.q:
        puestos.append((f"«{filtros.q}»", direccion(pestana, filtros, q=None)))
    for grupo, rotulo in GRUPOS.items():
        elegidos = getattr(filtros, grupo)
        nombres = {f.clave: f.etiqueta for f in pagina.facetas[grupo]}
        for valor in elegidos:
            resto = [otro for otro in elegidos if otro != valor] or None
            texto = f"{rotulo}: {nombres.get(str(valor), str(valor)).lower()}"
            puestos.append((texto, direccion(pestana, filtros, **{grupo: resto})))
    return puestos
