"""A proposal is born, grows and is scored: one open proposal per registro patronal and unit (g_una_propuesta)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.acto import Acto, EstadoActo
from models.comite import Acuerdo, Asunto
from models.denuncia import Denuncia, EstadoDenuncia
from models.propuesta import PROPUESTAS_ABIERTAS, EstadoPropuesta, OrigenPropuesta, Propuesta, TipoActo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, mensaje
from workflow.operations import expediente as expedientes
from workflow.operations._guardas import g_una_propuesta
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.denuncia import cambiar, de
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_denuncia, de_propuesta, del_caso
from workflow.rules import riesgo

P = EstadoPropuesta
# An act can still take facts in while its last acta parcial or oficio is not out.
ACTOS_QUE_ADMITEN = (
    EstadoActo.PROGRAMADO,
    EstadoActo.EN_EMISION,
    EstadoActo.ORDENADO,
    EstadoActo.NOTIFICADO,
    EstadoActo.EN_DESAHOGO,
)
CIERRE = {"cierre_tramite": "en_programacion"}


def propuesta_de(ctx: Ctx, call: Call) -> Propuesta:
    """The proposal of the instance that calls. Raises NoEncontrado for an instance of something else."""
    return del_caso(ctx, call, Propuesta)


def acto_que_cubre(ctx: Ctx, denuncia: Denuncia) -> Acto | None:
    """The open act on the employer whose periods cover the facts of `denuncia`."""
    desde, hasta = denuncia.hechos.get("periodo_desde"), denuncia.hechos.get("periodo_hasta")
    consulta = select(Acto).where(
        Acto.patron_id == denuncia.patron_id,
        Acto.subdelegacion_id == denuncia.subdelegacion_id,
        Acto.estado.in_(ACTOS_QUE_ADMITEN),
    )
    for acto in ctx.session.scalars(consulta.order_by(Acto.id)):
        if any(_cubre(tramo, desde, hasta) for tramo in acto.periodos):
            return acto
    return None


def _cubre(tramo: Mapping[str, Any], desde: str | None, hasta: str | None) -> bool:
    fin = tramo.get("hasta")
    return (
        desde is not None
        and str(tramo["desde"]) <= desde
        and (fin is None or (hasta or "9999-12-31") <= str(fin))
    )


@operation("integrar_propuesta")
def integrar_propuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Where the presumption goes: a new proposal, one already open, an act under way, or back to analysis."""
    denuncia = de(ctx, call)
    destino = str(call.form["destino"])
    if destino == "devuelta":
        anotar(ctx, "integrar_propuesta", de_denuncia(denuncia), destino=destino)
        return {"destino": destino, **CIERRE}
    if not call.form["resumen_confirmado"]:
        raise DatoInvalido(
            "Confirma que el resumen no deja ver quién denunció.",
            {"resumen_confirmado": "Revisa el resumen y confírmalo."},
        )
    if denuncia.patron_id is None:
        raise DatoInvalido("Falta confirmar el patrón. Devuelve la denuncia a análisis.")
    abrir = {"nueva": _nueva, "ampliada": _ampliar, "acto_en_curso": _unir_al_acto}[destino]
    propuesta = abrir(ctx, denuncia, call)
    denuncia.propuesta_id = propuesta.id
    cambiar(ctx, denuncia, EstadoDenuncia.EN_PROGRAMACION, destino=destino, propuesta_id=propuesta.id)
    ctx.session.flush()
    return {
        "destino": destino,
        "propuesta_id": propuesta.id,
        "origen": propuesta.origen.value,
        "denuncia_id": denuncia.id,
        **CIERRE,
    }


def _nueva(ctx: Ctx, denuncia: Denuncia, call: Call) -> Propuesta:
    assert denuncia.patron_id is not None
    otra = g_una_propuesta(ctx, denuncia.patron_id, denuncia.subdelegacion_id)
    if otra is not None:
        raise DatoInvalido(
            f"Ya hay una propuesta abierta de este patrón ({otra.folio}). Elige ampliarla "
            "o, si el comité ya la aprobó, unir la denuncia al acto.",
            {"destino": f"Une la denuncia a la propuesta {otra.folio}."},
        )
    analisis = denuncia.analisis or {}
    expediente = expedientes.abrir(ctx, denuncia.subdelegacion_id, denuncia.patron_id)
    propuesta = Propuesta(
        folio=siguiente(ctx, "PRO"),
        origen=OrigenPropuesta.DENUNCIA,
        expediente_id=expediente.id,
        subdelegacion_id=denuncia.subdelegacion_id,
        patron_id=denuncia.patron_id,
        acto=TipoActo(analisis["acto_sugerido"]) if analisis.get("acto_sugerido") else None,
        trabajadores=analisis.get("trabajadores_afectados"),
        integrada_en=ctx.now,
    )
    ctx.session.add(propuesta)
    ctx.session.flush()
    anotar(ctx, "integrar_propuesta", de_propuesta(propuesta), denuncia_id=denuncia.id)
    return propuesta


def _ampliar(ctx: Ctx, denuncia: Denuncia, call: Call) -> Propuesta:
    propuesta = ctx.session.get(Propuesta, int(call.form["propuesta"]))
    if (
        propuesta is None
        or propuesta.patron_id != denuncia.patron_id
        or propuesta.subdelegacion_id != denuncia.subdelegacion_id
        or propuesta.estado not in PROPUESTAS_ABIERTAS
        or _adoptado(ctx, propuesta) is not None
    ):
        raise DatoInvalido(
            "Esa propuesta no es de este patrón o ya no está abierta. Elige otra o registra una nueva.",
            {"propuesta": "Elige una propuesta abierta del mismo patrón."},
        )
    anotar(ctx, "ampliar_propuesta", de_propuesta(propuesta), denuncia_id=denuncia.id)
    return propuesta


def _unir_al_acto(ctx: Ctx, denuncia: Denuncia, call: Call) -> Propuesta:
    """Join the act already agreed, born or not: the denuncia sends itself the agreement of that act.

    Whoever carries the act is told, by the folio of the act and without identity.
    """
    acto = acto_que_cubre(ctx, denuncia)
    propuesta = (
        ctx.session.get(Propuesta, acto.propuesta_id)
        if acto is not None and acto.propuesta_id is not None
        else _aprobada_que_cubre(ctx, denuncia)
    )
    if propuesta is None:
        raise DatoInvalido(
            "No hay un acto abierto de este patrón que cubra esas fechas. Registra una propuesta nueva.",
            {"destino": "No hay un acto en curso al que unirla."},
        )
    acuerdo = _adoptado(ctx, propuesta)
    if acto is not None:
        denuncia.acto_id = acto.id
        aviso.avisar(
            ctx,
            acto.auditores,
            "Un acto tuyo tiene hechos nuevos",
            acto.folio,
            f"unida:{acto.id}:{denuncia.id}",
        )
    assert call.instance is not None
    mensaje.enviar(
        ctx,
        "acuerdo_adoptado",
        str(propuesta.id),
        {"acuerdo_id": acuerdo.id if acuerdo else None, "resultado": "aprobada"},
        origen=call.instance.id,
        destino=call.instance.id,
    )
    return propuesta


def _adoptado(ctx: Ctx, propuesta: Propuesta) -> Acuerdo | None:
    """The last agreement on a proposal that its acta made known, when it approved it."""
    return ctx.session.scalars(
        select(Acuerdo)
        .join(Asunto, Asunto.id == Acuerdo.asunto_id)
        .where(
            Asunto.propuesta_id == propuesta.id,
            Acuerdo.adoptado_en.is_not(None),
            Acuerdo.resultado.in_(("aprobada", "cambio_de_acto")),
        )
        .order_by(Acuerdo.id.desc())
        .limit(1)
    ).first()


def _aprobada_que_cubre(ctx: Ctx, denuncia: Denuncia) -> Propuesta | None:
    """The proposal already agreed, whose act is not born yet, that covers the facts of `denuncia`."""
    assert denuncia.patron_id is not None
    propuesta = g_una_propuesta(ctx, denuncia.patron_id, denuncia.subdelegacion_id)
    acuerdo = _adoptado(ctx, propuesta) if propuesta is not None else None
    desde, hasta = denuncia.hechos.get("periodo_desde"), denuncia.hechos.get("periodo_hasta")
    cubre = acuerdo is not None and any(_cubre(tramo, desde, hasta) for tramo in acuerdo.periodos or [])
    return propuesta if cubre else None


def cuentas(ctx: Ctx, propuesta: Propuesta) -> dict[str, int]:
    """Units per factor of the risk model, from the analysed denuncias of the proposal."""
    denuncias = ctx.session.scalars(select(Denuncia).where(Denuncia.propuesta_id == propuesta.id)).all()
    hechos = [hecho for denuncia in denuncias for hecho in (denuncia.analisis or {}).get("hechos", [])]
    return {
        "denuncias": len(denuncias),
        "acreditados": sum(hecho.get("resultado") == "acreditado" for hecho in hechos),
        "indicios": sum(hecho.get("resultado") == "indicios" for hecho in hechos),
        "trabajadores": afectados(ctx, propuesta.id) // 10,
    }


def afectados(ctx: Ctx, propuesta_id: int) -> int:
    """The largest number of people that the analysis of one of its denuncias found."""
    analisis = ctx.session.scalars(select(Denuncia.analisis).where(Denuncia.propuesta_id == propuesta_id))
    return max(((uno or {}).get("trabajadores_afectados") or 0 for uno in analisis), default=0)


def puntuar(ctx: Ctx, propuesta: Propuesta) -> riesgo.Puntaje:
    """Score the proposal again and keep the score with its reasons."""
    puntaje = riesgo.calcular(cuentas(ctx, propuesta))
    propuesta.puntaje = puntaje.puntos
    propuesta.razones = [
        {"factor": aporte.factor, "texto": aporte.texto, "cuenta": aporte.cuenta, "puntos": aporte.puntos}
        for aporte in puntaje.aportes
    ]
    return puntaje


def periodos_de(ctx: Ctx, propuesta: Propuesta) -> list[dict[str, str | None]]:
    """The span of the facts told, for the ficha to begin with. ISO dates; `hasta` None: to date."""
    denuncias = ctx.session.scalars(select(Denuncia).where(Denuncia.propuesta_id == propuesta.id)).all()
    desdes = [str(d.hechos["periodo_desde"]) for d in denuncias if d.hechos.get("periodo_desde")]
    hastas = [str(d.hechos["periodo_hasta"]) for d in denuncias if d.hechos.get("periodo_hasta")]
    if not desdes:
        return []
    sigue = len(hastas) < len(denuncias)
    return [{"desde": min(desdes), "hasta": None if sigue else max(hastas)}]


def contar_denuncias(ctx: Ctx, propuesta_id: int) -> int:
    """How many denuncias hang from a proposal, without those withdrawn: all that the committee needs."""
    viva = Denuncia.estado != EstadoDenuncia.DESISTIDA
    consulta = select(func.count(Denuncia.id)).where(Denuncia.propuesta_id == propuesta_id, viva)
    return ctx.session.scalar(consulta) or 0


def fecha(dato: Any) -> dt.date:
    """An ISO date of a form."""
    return dt.date.fromisoformat(str(dato))
