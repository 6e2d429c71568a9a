"""Who opened the identity of the denouncer of a case, when and for what: the chief of the unit reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.bitacora import Entrada
from models.identidad import AperturaIdentidad
from models.organizacion import Usuario
from workflow.context import Ctx
from workflow.operations.sujeto import Sujeto


@dataclass(frozen=True)
class Acceso:
    """An opening. `eslabon`: its place and digest in the log that nobody can rewrite."""

    quien: str
    cargo: str
    en: dt.datetime
    hasta: dt.datetime
    motivo: str
    eslabon: int
    huella: str


def de_identidad(ctx: Ctx, sujeto: Sujeto) -> list[Acceso]:
    """The openings of the identity of a denuncia, newest first. Two queries."""
    if sujeto.tipo != "denuncia":
        return []
    entradas = {
        int(e.datos["apertura_id"]): e
        for e in ctx.session.scalars(
            select(Entrada).where(
                Entrada.cadena == f"denuncia:{sujeto.id}", Entrada.verbo == "abrir_identidad"
            )
        )
    }
    filas = ctx.session.execute(
        select(AperturaIdentidad, Usuario.nombre, Usuario.cargo)
        .join(Usuario, Usuario.id == AperturaIdentidad.usuario_id)
        .where(AperturaIdentidad.denuncia_id == sujeto.id)
        .order_by(AperturaIdentidad.id.desc())
    )
    return [_acceso(a, nombre, cargo, entradas.get(a.id)) for a, nombre, cargo in filas]


def _acceso(a: AperturaIdentidad, nombre: str, cargo: str, entrada: Entrada | None) -> Acceso:
    return Acceso(
        quien=nombre,
        cargo=cargo,
        en=a.abierta_en,
        hasta=a.hasta,
        motivo=a.motivo,
        eslabon=entrada.numero if entrada else 0,
        huella=entrada.hash[:12] if entrada else "",
    )
