"""The list of cases: search by folio, employer, RFC or registro patronal; filters; pages of 25."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, null, or_, select, true, union, union_all

from models.acto import Acto, EstadoActo
from models.credito import Credito, EstadoCredito
from models.denuncia import Denuncia, EstadoDenuncia
from models.organizacion import Subdelegacion
from models.pae import EstadoPae, Pae
from models.patron import Patron
from models.propuesta import EstadoPropuesta, Propuesta
from workflow.context import Ctx
from workflow.queries.expediente import TONOS
from workflow.queries.visible import visible_to, ways_to
from workflow.rules import folios

PAGINA = 25
TIPOS = {
    "denuncia": "Denuncias",
    "propuesta": "Propuestas",
    "acto": "Actos",
    "credito": "Créditos",
    "pae": "Procedimientos de ejecución",
}
UNO = {
    "denuncia": "Denuncia",
    "propuesta": "Propuesta",
    "acto": "Acto",
    "credito": "Crédito",
    "pae": "Ejecución",
}
ESTADOS: dict[str, Any] = {
    "denuncia": EstadoDenuncia,
    "propuesta": EstadoPropuesta,
    "acto": EstadoActo,
    "credito": EstadoCredito,
    "pae": EstadoPae,
}


@dataclass(frozen=True)
class Busqueda:
    """What is asked for. `estado` is a value of the enum of `tipo`, so it needs one."""

    texto: str = ""
    tipo: str = ""
    estado: str = ""
    unidad: int | None = None
    pagina: int = 1

    @property
    def activa(self) -> bool:
        """True when something narrows the list."""
        return bool(self.texto or self.tipo or self.estado or self.unidad)


@dataclass(frozen=True)
class Renglon:
    """A case in the list."""

    tipo: str
    folio: str
    patron: str
    registro: str
    estado: str
    tono: str
    unidad: str
    en: dt.datetime


@dataclass(frozen=True)
class Lista:
    """A page of the list."""

    renglones: tuple[Renglon, ...]
    total: int
    pagina: int
    paginas: int
    unidades: tuple[tuple[int, str], ...]


def estados(tipo: str) -> list[tuple[str, str]]:
    """The states by which cases of a kind can be filtered."""
    return [(e.value, e.etiqueta) for e in ESTADOS.get(tipo, ())]


def folio_exacto(ctx: Ctx, texto: str) -> str | None:
    """The folio of the case that the person wrote whole, if she sees it."""
    if not folios.es_valido(texto):
        return None
    folio = str(folios.leer(texto))
    consulta = union_all(
        *(_base(m, t, en).where(m.folio == folio, visible_to(ctx.actor, m)) for m, t, en in _MODELOS)
    ).subquery()
    hallado: str | None = ctx.session.scalar(select(consulta.c.folio).limit(1))
    return hallado


def buscar(ctx: Ctx, b: Busqueda) -> Lista:
    """The cases that the person sees, newest first. Three queries.

    Of each kind only the first ones of the page are read whole; the rest are counted (docs/rendimiento.md).
    """
    modelos = [(modelo, tipo, en) for modelo, tipo, en in _MODELOS if b.tipo in ("", tipo)]
    cuentas = (
        select(func.count()).select_from(union(*_cuales(ctx, modelo, b)).subquery())
        for modelo, _, _ in modelos
    )
    total = sum(ctx.session.execute(select(*(cuenta.scalar_subquery() for cuenta in cuentas))).one())
    paginas = max(1, -(-total // PAGINA))
    pagina = min(max(b.pagina, 1), paginas)
    filas = union_all(
        *(_primeros(ctx, modelo, tipo, en, b, pagina * PAGINA) for modelo, tipo, en in modelos)
    ).subquery()
    consulta = (
        select(filas)
        .order_by(filas.c.en.desc(), filas.c.folio.desc())
        .limit(PAGINA)
        .offset((pagina - 1) * PAGINA)
    )
    renglones = tuple(_renglon(fila) for fila in ctx.session.execute(consulta))
    return Lista(renglones, total, pagina, paginas, tuple(_unidades(ctx)))


def _unidades(ctx: Ctx) -> Sequence[tuple[int, str]]:
    """The units inside the scope of the person."""
    consulta = select(Subdelegacion.id, Subdelegacion.nombre).order_by(Subdelegacion.nombre)
    if ctx.actor.subdelegacion_id is not None:
        consulta = consulta.where(Subdelegacion.id == ctx.actor.subdelegacion_id)
    elif ctx.actor.ooad_id is not None:
        consulta = consulta.where(Subdelegacion.ooad_id == ctx.actor.ooad_id)
    return [(fila.id, fila.nombre) for fila in ctx.session.execute(consulta)]


def _primeros(ctx: Ctx, modelo: Any, tipo: str, en: Any, b: Busqueda, cuantos: int) -> Select[Any]:
    """The newest of one kind: of the first ones that each way leads to."""
    orden = (en.desc(), modelo.folio.desc())
    caminos = (camino.order_by(*orden).limit(cuantos).subquery() for camino in _cuales(ctx, modelo, b))
    hallados = union(*(select(camino.c.id) for camino in caminos)).subquery()
    consulta = _base(modelo, tipo, en).join(hallados, hallados.c.id == modelo.id)
    return select(consulta.order_by(*orden).limit(cuantos).subquery())


def _base(modelo: Any, tipo: str, en: Any) -> Select[Any]:
    dicho: Any = Denuncia.hechos["patron_nombre"].as_string() if modelo is Denuncia else cast(null(), String)
    return (
        select(
            literal(tipo).label("tipo"),
            modelo.folio,
            cast(modelo.estado, String).label("estado"),
            en.label("en"),
            Patron.nombre.label("patron"),
            Patron.registro_patronal.label("registro"),
            dicho.label("dicho"),
            Subdelegacion.nombre.label("unidad"),
        )
        .select_from(modelo)
        .join(Subdelegacion, Subdelegacion.id == modelo.subdelegacion_id)
        .outerjoin(Patron, Patron.id == modelo.patron_id)
    )


_MODELOS: tuple[tuple[Any, str, Any], ...] = (
    (Denuncia, "denuncia", Denuncia.presentada_en),
    (Propuesta, "propuesta", Propuesta.integrada_en),
    (Acto, "acto", Acto.programado_en),
    (Credito, "credito", Credito.creado_en),
    (Pae, "pae", Pae.abierto_en),
)


def _cuales(ctx: Ctx, modelo: Any, b: Busqueda) -> list[Select[Any]]:
    """Ids of the cases of one kind that the person sees and asks for: the union of these, each with its index."""
    consulta = select(modelo.id)
    if b.estado and b.tipo:
        consulta = consulta.where(modelo.estado == ESTADOS[b.tipo](b.estado))
    if b.unidad is not None:
        consulta = consulta.where(modelo.subdelegacion_id == b.unidad)
    textos = _coincide(modelo, b.texto) if b.texto else [true()]
    return [consulta.where(visto, texto) for visto in ways_to(ctx.actor, modelo) for texto in textos]


def _coincide(modelo: Any, texto: str) -> list[Any]:
    """Folio from its beginning; RFC and registro whole or from their beginning, employer by any part."""
    junto = "".join(texto.split()).upper().replace("-", "")
    parte = _literal(texto)
    patrones = select(Patron.id).where(
        or_(
            Patron.nombre.ilike(f"%{parte}%", escape="\\"),
            Patron.rfc.like(f"{_literal(junto)}%", escape="\\"),
            Patron.registro_patronal.like(f"{_literal(junto)}%", escape="\\"),
        )
    )
    return [
        modelo.folio.like(f"{_literal(texto.strip().upper())}%", escape="\\"),
        modelo.patron_id.in_(patrones),
    ]


def _literal(texto: str) -> str:
    """Text for LIKE in which nothing stands for something else."""
    return texto.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _renglon(fila: Any) -> Renglon:
    estado = ESTADOS[fila.tipo](fila.estado)
    return Renglon(
        tipo=fila.tipo,
        folio=fila.folio,
        patron=fila.patron or (f"{fila.dicho} (sin confirmar)" if fila.dicho else "Patrón sin confirmar"),
        registro=fila.registro or "",
        estado=estado.etiqueta,
        tono=TONOS.get(estado.value, ""),
        unidad=fila.unidad,
        en=fila.en,
    )
