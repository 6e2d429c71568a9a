"""Guards that look across cases (procesos §1.6): one function each, called by the verb that it names.

Each raises the refusal that a person reads; those that only ask return the answer. The guards of the acts,
credits and movements come with the verbs that call them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.denuncia import Denuncia
from models.organizacion import Subdelegacion, Usuario
from models.proceso import EstadoInstancia, Instancia
from models.propuesta import PROPUESTAS_ABIERTAS, Ficha, Propuesta, TipoActo
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import plazo
from workflow.operations.sujeto import Sujeto

A = EstadoActo
# What an act ends in: its periods were reviewed. One without effects reviewed nothing (CFF 46-A, 50).
REVISADOS = (A.SIN_OBSERVACIONES, A.CORREGIDO, A.DETERMINADO)
ACTOS_ABIERTOS = tuple(estado for estado in EstadoActo if estado not in (*REVISADOS, A.SIN_EFECTOS))
AMBAS = frozenset({"cop", "rcv"})


def g_una_propuesta(ctx: Ctx, patron_id: int, subdelegacion_id: int) -> Propuesta | None:
    """The open proposal of an employer in a unit, locked: further denuncias join it [integrar_propuesta].

    Also one already approved whose act is not born yet. The database holds the rule as well.
    """
    return ctx.session.scalars(
        select(Propuesta)
        .where(
            Propuesta.patron_id == patron_id,
            Propuesta.subdelegacion_id == subdelegacion_id,
            Propuesta.estado.in_(PROPUESTAS_ABIERTAS),
        )
        .order_by(Propuesta.id)
        .with_for_update()
    ).first()


def g_acto_vigente(
    ctx: Ctx,
    propuesta: Propuesta,
    periodos: Iterable[Mapping[str, Any]],
    contribuciones: Iterable[str] | None,
) -> None:
    """No second act on the same employer, contribution and period (CFF 46, 50) [completar_ficha, programar_acto].

    An open act refuses always; one that ended only while no denuncia filed after it brings new facts.
    """
    propuestos = list(periodos)
    for acto in _actos(ctx, propuesta, (*ACTOS_ABIERTOS, *REVISADOS)):
        if not (_coinciden(acto, contribuciones) and se_tocan(acto.periodos, propuestos)):
            continue
        abierto = acto.estado in ACTOS_ABIERTOS
        if not abierto and _hechos_nuevos(ctx, propuesta, acto):
            continue
        que = (
            "Ya hay un acto abierto"
            if abierto
            else "Ya se revisó con otro acto, sin hechos nuevos, a este patrón"
        )
        raise DatoInvalido(
            f"{que}{' de este patrón' if abierto else ''} en esas fechas ({acto.folio}, "
            f"{acto.tipo.etiqueta.lower()}). Cambia los meses que se revisarán o retira la propuesta.",
            {"ejercicios": f"El acto {acto.folio} ya {'revisa' if abierto else 'revisó'} esos meses."},
        )


def g_una_ficha(
    ctx: Ctx,
    propuesta: Propuesta,
    periodos: Iterable[Mapping[str, Any]],
    contribuciones: Iterable[str] | None,
) -> None:
    """No second ficha on the same employer, contribution and period while another proposal is open with its own
    [completar_ficha]: of both acts the second could never be programmed (g_acto_vigente), and nobody could say so.
    """
    propuestos = list(periodos)
    consulta = (
        select(Ficha)
        .join(Propuesta, Propuesta.id == Ficha.propuesta_id)
        .where(
            Propuesta.patron_id == propuesta.patron_id,
            Propuesta.id != propuesta.id,
            Propuesta.estado.in_(PROPUESTAS_ABIERTAS),
        )
    )
    for ficha in ctx.session.scalars(consulta.order_by(Ficha.id)):
        suyos = [fila["periodo"] for fila in ficha.datos.get("ejercicios") or []]
        comunes = _contribuciones(ficha.datos.get("contribuciones")) & _contribuciones(contribuciones)
        if comunes and se_tocan(suyos, propuestos):
            folio = ficha.propuesta.folio
            raise DatoInvalido(
                f"Otra oficina ya propuso revisar a este patrón en esas fechas ({folio}). Cambia los meses que se "
                "revisarán o retira la propuesta.",
                {"ejercicios": f"La propuesta {folio} ya incluye esos meses."},
            )


def g_blindaje(ctx: Ctx, propuesta: Propuesta, acto: TipoActo, periodos: Iterable[Mapping[str, Any]]) -> None:
    """A validated correction or an accepted dictamen shields its period from a visit [completar_ficha].

    Except when a worker filed a denuncia (RACERF 181, 182, 173; LSS 16). The other exceptions of 173
    (false data, abstention, negative opinion, unpaid differences) come with the acts that record them.
    """
    if acto is not TipoActo.VISITA or _denuncias(ctx, propuesta):
        return
    propuestos = list(periodos)
    for previo in _actos(ctx, propuesta, REVISADOS):
        corregido = previo.tipo is TipoActo.INVITACION and previo.estado is A.CORREGIDO
        dictaminado = previo.tipo is TipoActo.REVISION_DICTAMEN and previo.estado is not A.DETERMINADO
        if (corregido or dictaminado) and se_tocan(previo.periodos, propuestos):
            raise DatoInvalido(
                f"La corrección o el dictamen aceptado ({previo.folio}) protege esos meses de una visita "
                "(RACERF 173 y 182). Elige otro acto u otros meses.",
                {"acto": f"El acto {previo.folio} protege esos meses de una visita."},
            )


def g_facultades(ctx: Ctx, sujeto: Sujeto) -> bool:
    """True while the powers to determine live: five years from the filing (LSS 297) [evaluar_reprogramacion]."""
    caducidad = plazo.abiertos(ctx, sujeto).get("caducidad")
    # While a trial suspends it nobody knows the date, and it has not passed.
    return caducidad is not None and (caducidad.vence >= ctx.hoy or caducidad.dispara_en >= plazo.NUNCA)


def g_territorio(ctx: Ctx, subdelegacion_id: int) -> None:
    """Nobody signs outside the territory of her unit (CFF 38-II, RIIMSS 155) [every signature].

    The system signs nothing: it passes. Raises NoPermitido.
    """
    if ctx.actor.usuario_id is None:
        return
    persona = ctx.session.get(Usuario, ctx.actor.usuario_id)
    if persona is None or not en_territorio(ctx, persona, subdelegacion_id):
        raise NoPermitido(
            "No puedes firmar fuera del territorio de tu unidad. Pídelo a quien le corresponde."
        )


def en_territorio(ctx: Ctx, persona: Usuario, subdelegacion_id: int) -> bool:
    """The unit lies in the territory of the person: her subdelegación, or one of her OOAD."""
    if persona.subdelegacion_id is not None:
        return persona.subdelegacion_id == subdelegacion_id
    unidad = ctx.session.get(Subdelegacion, subdelegacion_id)
    return unidad is not None and persona.ooad_id in (None, unidad.ooad_id)


def se_tocan(unos: Iterable[Mapping[str, Any]], otros: Iterable[Mapping[str, Any]]) -> bool:
    """Two lists of periods (ISO dates, `hasta` empty: to date) share a day."""
    otros = list(otros)
    return any(
        str(uno["desde"]) <= str(otro.get("hasta") or "9999-12-31")
        and str(otro["desde"]) <= str(uno.get("hasta") or "9999-12-31")
        for uno in unos
        for otro in otros
    )


def _actos(ctx: Ctx, propuesta: Propuesta, estados: Iterable[EstadoActo]) -> list[Acto]:
    consulta = select(Acto).where(Acto.patron_id == propuesta.patron_id, Acto.estado.in_(tuple(estados)))
    return list(ctx.session.scalars(consulta.order_by(Acto.id)))


def _coinciden(acto: Acto, contribuciones: Iterable[str] | None) -> bool:
    """Both review the same contribution; what is not said is all of them."""
    return bool(_contribuciones(acto.alcance.get("contribuciones")) & _contribuciones(contribuciones))


def _contribuciones(dichas: Iterable[str] | None) -> frozenset[str]:
    elegidas = frozenset(dichas or ())
    return AMBAS if not elegidas or "ambas" in elegidas else elegidas


def _denuncias(ctx: Ctx, propuesta: Propuesta) -> list[Denuncia]:
    return list(ctx.session.scalars(select(Denuncia).where(Denuncia.propuesta_id == propuesta.id)))


def _hechos_nuevos(ctx: Ctx, propuesta: Propuesta, acto: Acto) -> bool:
    """A denuncia filed after the act was decided is a new fact (procesos §20-6), and so is one before which its own
    conclusion did not hold. While its conclusion is not out there is none: judged then and later it is the same.
    """
    if acto.alcance.get("propuesta_nueva") == propuesta.id:
        return True
    desde = acto.concluido_en or (ctx.now if _concluye(ctx, acto) else acto.programado_en)
    return any(denuncia.presentada_en > desde for denuncia in _denuncias(ctx, propuesta))


def _concluye(ctx: Ctx, acto: Acto) -> bool:
    """Its state is the last one, and its process still has something to do."""
    vive = select(Instancia.id).where(
        Instancia.sujeto_tipo == "acto",
        Instancia.sujeto_id == acto.id,
        Instancia.estado == EstadoInstancia.ACTIVA,
    )
    return ctx.session.scalar(vive.limit(1)) is not None
