"""What is in force on a date: every value of the law with its citation, its publication and its confidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import request
from flask_login import current_user

from web.calculadoras import bp
from web.calculadoras.busqueda import coincide, palabras
from web.calculadoras.grupo import Grupo, agrupar
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, mostrar
from web.ctx import contexto
from web.extensions import limiter
from workflow.params.inpc import Serie
from workflow.params.vigencias import GRUPOS, Vigencia
from workflow.params.vigencias import vigencias as en_vigor
from workflow.queries import inpc

POR_PAGINA = 25
# How cases are ordered is no law: it is for the staff only.
DEL_PERSONAL = frozenset({"riesgo"})


@dataclass(frozen=True)
class Lista:
    """One page of what was found, by group, and where we are."""

    grupos: tuple[Grupo[Vigencia], ...]
    total: int
    primero: int
    ultimo: int
    pagina: int
    paginas: int


@bp.get("/vigencias")
@limiter.limit(LIMITE)
def vigencias() -> Respuesta:
    """The filters, and what is in force on the date (today where none was given)."""
    leido = Lectura(request.args)
    grupos = {
        g: titulo for g, titulo in GRUPOS.items() if current_user.is_authenticated or g not in DEL_PERSONAL
    }
    fecha = leido.fecha("fecha", "") or contexto().hoy
    grupo = leido.opcion("grupo", grupos, "")
    buscadas = palabras(leido.tecleado("q"))
    serie = inpc.serie(contexto())
    del_dia = [v for v in en_vigor(fecha, serie) if v.grupo in grupos and grupo in ("", v.grupo)]
    halladas = [
        v for v in del_dia if coincide(buscadas, v.nombre, v.clave, v.valor, v.cita, v.publicacion, v.nota)
    ]
    return mostrar(
        "vigencias",
        leido,
        grupos=grupos.items(),
        grupo=grupo,
        fecha=fecha,
        lista=_pagina(halladas, leido.tecleado("pagina")),
        sin_valor=_sin_valor(del_dia, (grupo,) if grupo else tuple(grupos), serie),
        pide={"fecha": fecha.isoformat(), "grupo": grupo or None, "q": leido.tecleado("q") or None},
    )


def _pagina(halladas: Sequence[Vigencia], escrita: str) -> Lista:
    paginas = max(1, -(-len(halladas) // POR_PAGINA))
    pedida = int(escrita) if escrita.isascii() and escrita.isdigit() and len(escrita) < 4 else 1
    pagina = min(max(pedida, 1), paginas)
    desde = (pagina - 1) * POR_PAGINA
    renglones = halladas[desde : desde + POR_PAGINA]
    por_grupo = tuple(agrupar(GRUPOS[g], filas) for g, filas in groupby(renglones, lambda v: v.grupo))
    return Lista(por_grupo, len(halladas), desde + 1, desde + len(renglones), pagina, paginas)


def _sin_valor(
    del_dia: Iterable[Vigencia], grupos: Iterable[str], serie: Serie
) -> list[tuple[str, dt.date, dt.date | None]]:
    """Groups without any value on the date: (title, first day and last day that the table knows)."""
    hay = {v.grupo for v in del_dia if v.principal}
    faltan = [g for g in grupos if g not in hay]
    todas = en_vigor(None, serie) if faltan else ()
    return [(GRUPOS[g], *_alcance([v for v in todas if v.grupo == g and v.principal])) for g in faltan]


def _alcance(versiones: Sequence[Vigencia]) -> tuple[dt.date, dt.date | None]:
    finales = [v.vigente_hasta for v in versiones]
    ultimo = None if None in finales else max(f for f in finales if f is not None)
    return min(v.vigente_desde for v in versiones), ultimo
