"""Guards of an act of authority (procesos §1.6): who filed is not singled out, is heard, and the powers live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.denuncia import CAUSAS, Denuncia
from models.propuesta import Propuesta
from workflow import documents
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import reserva
from workflow.operations._guardas import g_facultades, se_tocan
from workflow.operations.sujeto import de_acto, de_denuncia
from workflow.params.reidentificacion import reserva as regla_de_reserva


def g_reidentificacion(ctx: Ctx, acto: Acto, textos: Mapping[str, Any]) -> bool:
    """True where the order may go out; False where its universe is to be widened first [elaborar_orden].

    `textos` by field of the form. Raises DatoInvalido, by field, where a text holds a datum of who filed or
    points at one person. LSS 22.
    """
    if acto.propuesta_id is not None:
        reserva.cuidar_propuesta(ctx, acto.propuesta_id, textos)
    for campo, texto in textos.items():
        for hallazgo in documents.revisar_identidad(str(texto or ""), {}):
            if hallazgo.grado is documents.Grado.RIESGO:
                raise DatoInvalido(reserva.DELATA, {campo: hallazgo.mensaje})
    regla = regla_de_reserva(ctx.hoy)
    universo = str(acto.alcance.get("universo") or "")
    if universo == regla.universos[-1]:
        return True
    personas = personas_en(ctx, acto)
    if personas is None:
        return universo != regla.universos[0]
    return personas >= regla.grupo_minimo


def personas_en(ctx: Ctx, acto: Acto) -> int | None:
    """How many people the universe of the act holds: as it was widened, else as the ficha said."""
    dichas = acto.alcance.get("personas")
    if dichas is not None:
        return int(dichas)
    propuesta = ctx.session.get(Propuesta, acto.propuesta_id) if acto.propuesta_id is not None else None
    return propuesta.trabajadores if propuesta is not None else None


def g_denuncia_abierta(ctx: Ctx, acto: Acto) -> list[Denuncia]:
    """The open denuncias of the employer whose facts touch what the act reviewed [revisar_denuncias].

    While there is one, an act without observations is not closed without its reasons (RACERF 181).
    """
    cerradas = tuple(CAUSAS)
    consulta = select(Denuncia).where(
        Denuncia.patron_id == acto.patron_id,
        Denuncia.estado.not_in(cerradas),
        Denuncia.presentada_en.is_not(None),
    )
    abiertas = ctx.session.scalars(consulta.order_by(Denuncia.id))
    return [d for d in abiertas if not _tramo(d) or se_tocan(_tramo(d), acto.periodos)]


def _tramo(denuncia: Denuncia) -> list[dict[str, Any]]:
    """The days of her facts; none where she told none: then they may be any."""
    desde = denuncia.hechos.get("periodo_desde")
    return [{"desde": desde, "hasta": denuncia.hechos.get("periodo_hasta")}] if desde else []


def g_facultades_del_acto(ctx: Ctx, acto: Acto) -> bool:
    """True while the powers to determine live for the act: by its own clock or by one of its denuncias (LSS 297).

    [firmar_orden]
    """
    if g_facultades(ctx, de_acto(acto)):
        return True
    return any(g_facultades(ctx, de_denuncia(d)) for d in denuncias_de(ctx, acto))


def denuncias_de(ctx: Ctx, acto: Acto) -> list[Denuncia]:
    """The denuncias of the proposal that the act comes from."""
    if acto.propuesta_id is None:
        return []
    return list(
        ctx.session.scalars(
            select(Denuncia).where(Denuncia.propuesta_id == acto.propuesta_id).order_by(Denuncia.id)
        )
    )
