"""Terms that are about to end: who is told, once for each mark (procesos §1.8; days in `preavisos.yaml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from sqlalchemy import and_, or_, select

from models.organizacion import Rol, Subdelegacion
from models.plazo import Plazo
from models.salida import Salida
from workflow.context import Ctx
from workflow.operations import _caso, aviso, plazo
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto
from workflow.params.preavisos import DEL_OOAD, preavisos
from workflow.params.suspensiones import detiene
from workflow.rules.calendario import fecha_larga

TANDA = 500  # keys of one statement


@dataclass(frozen=True)
class Anuncio:
    """A term inside one of its marks, and who is to be told."""

    fila: Plazo
    clave: str
    personas: tuple[int, ...]


def por_anunciar(ctx: Ctx) -> list[Anuncio]:
    """The open terms that reached a mark of which somebody has not been told; those that a pause stops wait."""
    ventanas = [
        and_(
            Plazo.clave == clave,
            Plazo.sujeto_tipo == uno.de,
            Plazo.vence.between(ctx.hoy, ctx.hoy + dt.timedelta(days=uno.dias[0])),
        )
        for clave, uno in preavisos().items()
    ]
    consulta = select(Plazo).where(Plazo.cerrado_en.is_(None), or_(*ventanas)).order_by(Plazo.vence, Plazo.id)
    con_rol = cache(partial(_con_rol, ctx))
    anuncios = [_anuncio(ctx, fila, con_rol) for fila in ctx.session.scalars(consulta)]
    dichas = _dichas(ctx, [clave for uno in anuncios for clave in _claves(uno)])
    return [uno for uno in anuncios if not dichas.issuperset(_claves(uno)) and not _parado(ctx, uno.fila)]


def anunciar(ctx: Ctx, uno: Anuncio) -> None:
    """Tell who answers for it. A date that moved is told again at its new marks."""
    fila = uno.fila
    referencia = _caso.referencia(ctx, fila.sujeto_tipo, fila.sujeto_id)
    asunto = f"{fila.nombre}: vence el {fecha_larga(fila.vence)}"
    aviso.avisar(ctx, uno.personas, asunto, referencia.folio, uno.clave)
    sujeto = _sujeto(fila)
    anotar(ctx, "plazo_por_vencer", sujeto, plazo_id=fila.id, clave=fila.clave, faltan=_faltan(ctx, fila))


def _anuncio(ctx: Ctx, fila: Plazo, con_rol: Callable[[str, int], list[int]]) -> Anuncio:
    forma = preavisos()[fila.clave]
    marca = min(dias for dias in forma.dias if dias >= _faltan(ctx, fila))
    personas = [p for rol in forma.a for p in con_rol(rol, fila.subdelegacion_id)]
    return Anuncio(fila, f"previo:{fila.id}:{marca}:{fila.vence.isoformat()}", tuple(dict.fromkeys(personas)))


def _faltan(ctx: Ctx, fila: Plazo) -> int:
    return (fila.vence - ctx.hoy).days


def _con_rol(ctx: Ctx, rol: str, subdelegacion_id: int) -> list[int]:
    if rol not in DEL_OOAD:
        return aviso.con_rol(ctx, Rol(rol), subdelegacion_id=subdelegacion_id)
    unidad = ctx.session.get_one(Subdelegacion, subdelegacion_id)
    return aviso.con_rol(ctx, Rol(rol), ooad_id=unidad.ooad_id)


def _claves(uno: Anuncio) -> list[str]:
    return [f"{uno.clave}:{persona}" for persona in uno.personas]


def _dichas(ctx: Ctx, claves: Sequence[str]) -> set[str]:
    dichas: set[str] = set()
    for desde in range(0, len(claves), TANDA):
        tanda = claves[desde : desde + TANDA]
        dichas.update(ctx.session.scalars(select(Salida.clave).where(Salida.clave.in_(tanda))))
    return dichas


def _parado(ctx: Ctx, fila: Plazo) -> bool:
    return any(detiene(pausa.causal, fila.clave) for pausa in plazo.suspendidas(ctx, _sujeto(fila)))


def _sujeto(fila: Plazo) -> Sujeto:
    return Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)
