"""A case as its page opens it: who may, its head, and the cases that hang together with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from models.acto import Acto
from models.comite import Asunto, Sesion
from models.credito import Credito
from models.denuncia import Denuncia
from models.pae import CreditoEnPae, Pae
from models.patron import Patron
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations.papel_denuncia import MOTIVOS
from workflow.operations.sujeto import Sujeto
from workflow.queries.visible import visible_to
from workflow.rules import folios

MODELOS: dict[str, type[Any]] = {
    "DEN": Denuncia,
    "PRO": Propuesta,
    "ACT": Acto,
    "CRE": Credito,
    "PAE": Pae,
    "SES": Sesion,
}
# The colour of the tag of a state; those not listed are grey (kit: a tag is the state of a thing).
TONOS = {
    "incompleta": "oro",
    "sin_identificar": "oro",
    "en_analisis": "guinda",
    "en_programacion": "guinda",
    "en_acto": "guinda",
    "por_restituir": "guinda",
    "en_sesion": "guinda",
    "en_desahogo": "guinda",
    "en_resolucion": "guinda",
    "notificado": "guinda",
    "en_pae": "guinda",
    "exigible": "oro",
    "pagado": "verde",
    "adjudicado": "verde",
    "restituida": "verde",
    "programada": "verde",
    "aprobada": "verde",
}
PARIENTES = 10


@dataclass(frozen=True)
class Caso:
    """The head of a case. `fila` is the row itself, for the summary of its kind."""

    tipo: str
    id: int
    folio: str
    titulo: str
    estado: str
    tono: str
    final: bool
    patron: Patron | None
    patron_dicho: str
    denuncias: int
    unidad: str
    sujeto: Sujeto
    fila: Any


@dataclass(frozen=True)
class Pariente:
    """Another case that has to do with this one."""

    tipo: str
    folio: str
    titulo: str
    estado: str
    tono: str
    en: dt.datetime


def abrir(ctx: Ctx, folio: str) -> Caso:
    """The case that carries `folio`, as people type it. Raises NoEncontrado: absent and forbidden are one."""
    canonico = str(folios.leer(folio)) if folios.es_valido(folio) else folio
    modelo = MODELOS.get(canonico[:3])
    if modelo is None:
        raise NoEncontrado()
    consulta = select(modelo).where(modelo.folio == canonico, visible_to(ctx.actor, modelo))
    fila = ctx.session.scalars(_con_lo_suyo(consulta, modelo)).first()
    if fila is None:
        raise NoEncontrado()
    tipo = str(modelo.__tablename__)
    unidad = fila.subdelegacion.nombre if hasattr(fila, "subdelegacion") else ""
    return Caso(
        tipo=tipo,
        id=fila.id,
        folio=fila.folio,
        titulo=titulo(fila),
        estado=fila.estado.etiqueta,
        tono=TONOS.get(fila.estado.value, ""),
        final=fila.es_final,
        patron=getattr(fila, "patron", None),
        patron_dicho=str(fila.hechos.get("patron_nombre") or "") if tipo == "denuncia" else "",
        denuncias=_denuncias(ctx, fila),
        unidad=unidad,
        sujeto=Sujeto(tipo, fila.id, fila.expediente_id, fila.subdelegacion_id),
        fila=fila,
    )


def _con_lo_suyo(consulta: Select[Any], modelo: type[Any]) -> Select[Any]:
    """Everything that a head reads in the same query."""
    for nombre in ("patron", "subdelegacion", "expediente"):
        if hasattr(modelo, nombre):
            consulta = consulta.options(selectinload(getattr(modelo, nombre)))
    return consulta


def titulo(fila: Any) -> str:
    """What people call the case."""
    if isinstance(fila, Denuncia):
        dichos = [MOTIVOS.get(str(m), str(m)).lower() for m in fila.hechos.get("motivos") or []]
        return f"Denuncia: {' y '.join([', '.join(dichos[:-1]), dichos[-1]] if len(dichos) > 1 else dichos)}"
    if isinstance(fila, Propuesta):
        return f"Propuesta de {fila.acto.etiqueta.lower()}" if fila.acto else "Propuesta por definir"
    if isinstance(fila, Acto):
        return str(fila.tipo.etiqueta)
    if isinstance(fila, Credito):
        return f"Crédito: {fila.clase.etiqueta.lower()}"
    if isinstance(fila, Pae):
        return "Procedimiento administrativo de ejecución"
    return "Sesión del comité"


def _denuncias(ctx: Ctx, fila: Any) -> int:
    """Denuncias that feed it; for a denuncia, those of the same employer that she sees, itself included."""
    if isinstance(fila, Denuncia):
        if fila.patron_id is None:
            return 1
        donde: Any = (Denuncia.patron_id == fila.patron_id, visible_to(ctx.actor, Denuncia))
    elif isinstance(fila, Propuesta):
        donde = (Denuncia.propuesta_id == fila.id,)
    elif isinstance(fila, Acto):
        donde = (Denuncia.acto_id == fila.id,)
    elif isinstance(fila, Credito):
        donde = (Denuncia.acto_id == fila.acto_id,)
    else:
        return 0
    return ctx.session.scalar(select(func.count(Denuncia.id)).where(*donde)) or 0


# -- kin ---------------------------------------------------------------------------------------------------
def del_mismo_patron(ctx: Ctx, caso: Caso) -> list[Pariente]:
    """Other denuncias of the same employer that the viewer sees, newest first."""
    patron_id = getattr(caso.fila, "patron_id", None)
    if patron_id is None:
        return []
    consulta = select(Denuncia).where(Denuncia.patron_id == patron_id, visible_to(ctx.actor, Denuncia))
    if caso.tipo == "denuncia":
        consulta = consulta.where(Denuncia.id != caso.id)
    filas = ctx.session.scalars(consulta.order_by(Denuncia.id.desc()).limit(PARIENTES))
    return [_pariente(f, "denuncia", f.presentada_en) for f in filas]


def relacionados(ctx: Ctx, caso: Caso) -> list[Pariente]:
    """Proposals, acts, credits, enforcements and sessions tied to the case that the viewer sees. Five queries."""
    fila = caso.fila
    propuesta_id = fila.id if caso.tipo == "propuesta" else getattr(fila, "propuesta_id", None)
    propuestas, actos, sesiones = _lazos(caso, propuesta_id)
    creditos, cobros = _de_cobro(caso)
    leidas = [
        *(_pariente(p, "propuesta", p.integrada_en) for p in _leer(ctx, Propuesta, propuestas)),
        *(_pariente(a, "acto", a.programado_en) for a in _leer(ctx, Acto, actos)),
        *(_pariente(c, "credito", c.creado_en) for c in _leer(ctx, Credito, creditos)),
        *(_pariente(p, "pae", p.abierto_en) for p in _leer(ctx, Pae, cobros)),
    ]
    for s in _leer(ctx, Sesion, sesiones):
        en = s.fecha_hora or s.convocada_en or ctx.now
        leidas.append(Pariente("sesion", s.folio, "Sesión del comité", s.estado.etiqueta, "", en))
    return [p for p in leidas if p.folio != caso.folio]


def _lazos(caso: Caso, propuesta_id: int | None) -> tuple[Any, Any, Any]:
    """Conditions of what hangs together with the case; by its employer where the proposal does not say."""
    patron_id = getattr(caso.fila, "patron_id", None)
    return (
        or_(Propuesta.id == propuesta_id, Propuesta.patron_id == patron_id),
        or_(Acto.propuesta_id == propuesta_id, Acto.patron_id == patron_id),
        Sesion.id.in_(select(Asunto.sesion_id).where(Asunto.propuesta_id == propuesta_id)),
    )


def _de_cobro(caso: Caso) -> tuple[Any, Any]:
    """Conditions of the credits and enforcements of a case: of its act, or of its employer."""
    fila = caso.fila
    if caso.tipo == "pae":
        suyos = select(CreditoEnPae.credito_id).where(CreditoEnPae.pae_id == fila.id)
        return Credito.id.in_(suyos), Pae.patron_id == fila.patron_id
    acto_id = fila.id if caso.tipo == "acto" else getattr(fila, "acto_id", None)
    if acto_id is None:
        patron_id = getattr(fila, "patron_id", None)
        return Credito.patron_id == patron_id, Pae.patron_id == patron_id
    del_acto = select(Credito.id).where(Credito.acto_id == acto_id)
    cobrados = select(CreditoEnPae.pae_id).where(CreditoEnPae.credito_id.in_(del_acto))
    return Credito.acto_id == acto_id, Pae.id.in_(cobrados)


def _leer(ctx: Ctx, modelo: Any, donde: Any) -> Sequence[Any]:
    consulta = select(modelo).where(donde, visible_to(ctx.actor, modelo))
    return ctx.session.scalars(consulta.order_by(modelo.id.desc()).limit(PARIENTES)).all()


def _pariente(fila: Any, tipo: str, en: dt.datetime) -> Pariente:
    tono = TONOS.get(fila.estado.value, "")
    return Pariente(tipo, fila.folio, titulo(fila), fila.estado.etiqueta, tono, en)
