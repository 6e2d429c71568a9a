"""The case in which a paper of the employer is captured: what it may be, what it may answer, what there is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from models.acto import Acto
from models.credito import Credito
from models.organizacion import Rol, Usuario
from models.pae import Pae
from models.proceso import Espera, Instancia
from models.promocion_patron import PromocionPatron
from models.propuesta import TipoActo
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations.promocion_patron import OTRO, RECIBEN, TIPOS, Tipo, objetables, pedidos, reclamables
from workflow.operations.sujeto import Sujeto
from workflow.queries.ambito import por_rol
from workflow.queries.expediente import titulo
from workflow.queries.visible import visible_to
from workflow.rules import folios

MODELOS: dict[str, type[Any]] = {"ACT": Acto, "CRE": Credito, "PAE": Pae}
VISTAS = 50  # papers shown
DE_CORRECCION = frozenset({"invitacion_aceptada", "correccion_presentada", "correccion_aclarada"})
DE_REVISION = frozenset({"pruebas_aportadas", "ampliacion_solicitada", "correccion_ofrecida"})
SIN_REVISION = (TipoActo.INVITACION, TipoActo.PRESUNTIVA_39C)
SOLO_INTEGRA = "Se integra al expediente; el proceso no la espera"


@dataclass(frozen=True)
class Receptor:
    """The case, as whoever receives the paper knows it: ventanilla sees no more than this."""

    tipo: str
    id: int
    folio: str
    titulo: str
    patron: str
    final: bool
    sujeto: Sujeto
    fila: Any
    visible: bool


@dataclass(frozen=True)
class Capturada:
    """A paper that was filed. `documento_id`: its scan, if any."""

    folio: str
    nombre: str
    via: str
    presentada: dt.date
    resumen: str
    documento_id: int | None
    capturo: str
    capturada_en: dt.datetime


def abrir(ctx: Ctx, folio: str) -> Receptor:
    """The case of `folio` for who may receive its papers. Raises NoEncontrado: absent and forbidden are one."""
    canonico = str(folios.leer(folio)) if folios.es_valido(folio) else folio
    modelo = MODELOS.get(canonico[:3])
    if modelo is None or not ctx.actor.es(*RECIBEN[str(modelo.__tablename__)]):
        raise NoEncontrado()
    ve = visible_to(ctx.actor, modelo)
    donde = or_(ve, por_rol(ctx.actor, modelo.subdelegacion_id, Rol.VENTANILLA))
    consulta = select(modelo, ve.label("ve")).where(modelo.folio == canonico, donde)
    par = ctx.session.execute(consulta.options(selectinload(modelo.patron))).first()
    if par is None:
        raise NoEncontrado()
    fila, tipo = par[0], str(modelo.__tablename__)
    return Receptor(
        tipo,
        fila.id,
        fila.folio,
        titulo(fila),
        fila.patron.nombre,
        fila.es_final,
        Sujeto(tipo, fila.id, fila.expediente_id, fila.subdelegacion_id),
        fila,
        bool(par[1]),
    )


def recibe(ctx: Ctx, tipo: str) -> bool:
    """She receives papers of that kind of case."""
    return ctx.actor.es(*RECIBEN.get(tipo, ()))


def opciones(ctx: Ctx, caso: Receptor) -> list[tuple[str, str, str]]:
    """What the paper may be in this case: (key, name, what happens with it). Two queries."""
    esperadas = set(
        ctx.session.scalars(
            select(Espera.mensaje)
            .join(Instancia, Instancia.id == Espera.instancia_id)
            .where(Instancia.sujeto_tipo == caso.tipo, Instancia.sujeto_id == caso.id)
        )
    )
    hay = {"requerimiento": bool(pedidos(ctx, caso.sujeto)), "bien": bool(objetables(ctx, caso.sujeto))}
    elegibles = [] if caso.final else [t for t in TIPOS.values() if t.sujeto == caso.tipo]
    lista = [
        (t.clave, t.nombre, _que_pasa(t, esperadas))
        for t in elegibles
        if hay.get(t.a, True) and _cabe(caso.fila, t)
    ]
    return [*lista, (OTRO, "Otro escrito", SOLO_INTEGRA)]


def _que_pasa(tipo: Tipo, esperadas: set[str]) -> str:
    if tipo.mensaje in esperadas:
        return "El proceso la espera ahora"
    if tipo.responde:
        return "Si lo que contesta ya no espera respuesta, se integra al expediente"
    return "El proceso la atiende cuando le toque"


def _cabe(fila: Any, tipo: Tipo) -> bool:
    """A paper that this kind of act knows."""
    if not isinstance(fila, Acto):
        return True
    if tipo.clave in DE_CORRECCION:
        return fila.tipo is TipoActo.INVITACION
    return tipo.clave not in DE_REVISION or fila.tipo not in SIN_REVISION


def sobre(ctx: Ctx, caso: Receptor) -> list[tuple[int, str]]:
    """What the paper may be about, where there is more than one: requests of an act, goods of a PAE."""
    if caso.tipo == "acto":
        return [
            (r.id, f"Requerimiento {r.numero}, {r.folio}: {r.estado.etiqueta.lower()}")
            for r in pedidos(ctx, caso.sujeto)
        ]
    return [(b.id, f"Bien {b.numero}: {b.descripcion[:80]}") for b in reclamables(ctx, caso.sujeto)]


def capturadas(ctx: Ctx, sujeto: Sujeto) -> list[Capturada]:
    """The papers of the case, the last filed first. One query."""
    consulta = (
        select(PromocionPatron, Usuario.nombre)
        .outerjoin(Usuario, Usuario.id == PromocionPatron.capturada_por)
        .where(PromocionPatron.sujeto_tipo == sujeto.tipo, PromocionPatron.sujeto_id == sujeto.id)
        .order_by(PromocionPatron.presentada.desc(), PromocionPatron.id.desc())
        .limit(VISTAS)
    )
    return [
        Capturada(
            p.folio,
            TIPOS[p.tipo].nombre if p.tipo in TIPOS else "Otro escrito",
            p.via.etiqueta,
            p.presentada,
            p.resumen,
            p.documento_id,
            quien or "Sistema",
            p.capturada_en,
        )
        for p, quien in ctx.session.execute(consulta)
    ]


def buscar(ctx: Ctx, folio: str) -> str | None:
    """The canonical folio of a case whose papers she receives, as people type it; None without one."""
    try:
        return abrir(ctx, folio.upper()).folio
    except NoEncontrado:
        return None
