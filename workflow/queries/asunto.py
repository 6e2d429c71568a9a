"""The open matter of a session: its anonymised file, its score, and the rounds once they are closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from models.comite import Asunto, Mocion, SentidoVoto, Sesion, TipoMocion, Voto
from models.denuncia import Denuncia
from models.propuesta import Ficha, Propuesta
from workflow.context import Ctx
from workflow.operations.sujeto import de_propuesta
from workflow.queries import documentos, sesion
from workflow.queries.expediente import titulo
from workflow.queries.resumen import Riesgo, riesgo
from workflow.queries.sesion import Silla

# Results of a round that leave it open or without a winner to show.
SIN_CERRAR = (None, "abierta")
RESULTADOS = {
    "aprobada": "Aprobada",
    "cambio_de_acto": "Aprobada con otro acto",
    "rechazada": "Rechazada",
    "diferida": "Diferida",
    "mocion_desechada": "Moción desechada",
    "sin_quorum": "Sin quórum",
}


@dataclass(frozen=True)
class Materia:
    """The open matter as the seats read it: nothing of who denounced."""

    orden: int
    de: int
    folio: str
    titulo: str
    patron: str
    mocion: str
    denuncias: int
    personas: int | None
    monto: Decimal | None
    razones: str
    riesgo: Riesgo | None
    documentos: tuple[documentos.DocumentoVisto, ...]


@dataclass(frozen=True)
class VotoNominal:
    """A vote once the round is closed."""

    asiento: str
    persona: str
    sentido: str
    clave: str
    razon: str
    capturado: bool


@dataclass(frozen=True)
class Ronda:
    """A closed round with its count."""

    mocion: str
    resultado: str
    a_favor: int
    en_contra: int
    abstenciones: int
    calidad: bool
    pasos: tuple[str, ...]
    votos: tuple[VotoNominal, ...]


def materia(ctx: Ctx, s: Sesion, asunto: Asunto) -> Materia:
    """The matter as its file says it. Four queries."""
    p = asunto.propuesta
    ficha: Mapping[str, Any] = (
        ctx.session.scalar(
            select(Ficha.datos).where(Ficha.propuesta_id == p.id).order_by(Ficha.numero.desc()).limit(1)
        )
        or {}
    )
    denuncias = ctx.session.scalar(select(func.count(Denuncia.id)).where(Denuncia.propuesta_id == p.id))
    return Materia(
        orden=asunto.orden,
        de=len(s.asuntos),
        folio=p.folio,
        titulo=_nombre(p),
        patron=p.patron.nombre,
        mocion=mocion_en_palabras(asunto.mociones[-1]) if asunto.mociones else "",
        denuncias=denuncias or 0,
        personas=p.trabajadores,
        monto=p.monto_presuntivo,
        razones=str(ficha.get("razones") or ""),
        riesgo=riesgo(p),
        documentos=tuple(d for d in documentos.de(ctx, de_propuesta(p)) if d.listo),
    )


def _nombre(p: Propuesta) -> str:
    return f"{p.acto.etiqueta} a {p.patron.nombre}" if p.acto else f"{titulo(p)}: {p.patron.nombre}"


def mocion_en_palabras(m: Mocion) -> str:
    """«aprobar como se propone», «cambiar el acto a revisión de gabinete», «diferir»."""
    if m.tipo is TipoMocion.CAMBIO_DE_ACTO and m.acto_alterno:
        return f"cambiar el acto a {m.acto_alterno.etiqueta.lower()}"
    return {"como_se_propone": "aprobar como se propone", "diferir": "diferir para otra sesión"}.get(
        m.tipo.value, m.tipo.etiqueta.lower()
    )


def rondas(ctx: Ctx, s: Sesion, asunto: Asunto | None) -> list[Ronda]:
    """The closed rounds of the open matter, newest first, vote by vote."""
    if asunto is None:
        return []
    cerradas = [m for m in asunto.mociones if m.computada_en and m.resultado not in SIN_CERRAR]
    votos = ctx.session.scalars(
        select(Voto).where(Voto.mocion_id.in_([m.id for m in cerradas])).order_by(Voto.asiento_id)
    ).all()
    sillas = {silla.asiento_id: silla for silla in sesion.sillas(s)}
    return [_ronda(m, [v for v in votos if v.mocion_id == m.id], sillas) for m in reversed(cerradas)]


def _ronda(m: Mocion, votos: list[Voto], sillas: Mapping[int, Silla]) -> Ronda:
    computo: Mapping[str, Any] = m.computo or {}
    return Ronda(
        mocion=mocion_en_palabras(m),
        resultado=RESULTADOS.get(m.resultado or "", m.resultado or ""),
        a_favor=int(computo.get("a_favor", 0)),
        en_contra=int(computo.get("en_contra", 0)),
        abstenciones=int(computo.get("abstenciones", 0)),
        calidad=bool(computo.get("voto_de_calidad_usado")),
        pasos=tuple(str(p) for p in computo.get("pasos", ())),
        votos=tuple(_nominal(v, sillas) for v in votos if v.asiento_id in sillas),
    )


def _nominal(v: Voto, sillas: Mapping[int, Silla]) -> VotoNominal:
    silla = sillas[v.asiento_id]
    return VotoNominal(
        asiento=silla.asiento,
        persona=silla.persona,
        sentido=SentidoVoto(v.sentido).etiqueta,
        clave=v.sentido.value,
        razon=v.razon or "",
        capturado=v.capturado_por is not None,
    )
