"""What is done while a visit goes on: actas, a reposición, what the employer corrects (procesos §7; CFF 46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.acta import Acta, TipoActa
from models.acto import Acto
from models.organizacion import Rol, Subdelegacion
from models.pago import EstadoPago, Pago
from models.plazo import Suspension
from workflow import documents
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import acta_visita, aviso, horario, papel_visita, plazo
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.acta_visita import Momento
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_acto, del_caso
from workflow.operations.visita import MINIMO_CORRECCION
from workflow.params.suspensiones import causales

T = TipoActa
ACTAS = {"acta_parcial": T.PARCIAL, "compulsa": T.COMPULSA}
REPOSICION = "reposicion"


@operation("desahogar_visita")
def desahogar_visita(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """One actuación: an acta with its two witnesses in each place (44-III, 46-II), or what comes next."""
    acto, orden = acta_visita.abrir(ctx, call)
    form, actuacion = call.form, str(call.form["actuacion"])
    if actuacion == "reponer":
        _una_sola_reposicion(ctx, acto)
    if actuacion not in ACTAS:
        anotar(ctx, "desahogar_visita", de_acto(acto), actuacion=actuacion)
        return {"actuacion": actuacion}
    cuando = acta_visita.momento(ctx, acto, form, "fecha")
    acta_visita.tras_el_inicio(ctx, acto, cuando.inicio, "fecha")
    acta_visita.dos_testigos(form, [papel_visita.quien_visita(ctx).nombre])
    datos, numero = acta_visita.datos_de(ctx, acto, form), acta_visita.siguiente(ctx, acto)
    lugar, hechos = str(form["lugar"]), str(form["hechos"])
    papel = papel_visita.acta(
        ctx,
        documents.ActaParcial,
        acto,
        orden,
        numero,
        cuando,
        form,
        lugar=lugar,
        hechos=hechos,
        fotos=datos["fotos"],
        clase=ACTAS[actuacion].etiqueta,
    )
    documento = emitir(ctx, de_acto(acto), papel)
    acta = acta_visita.asentar(
        ctx, acto, ACTAS[actuacion], numero, cuando, documento, lugar=lugar, hechos=hechos, datos=datos
    )
    return {"actuacion": actuacion, "acta_id": acta.id}


@operation("asentar_actuacion")
def asentar_actuacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The acta just drawn is of the file: the others who visit are told."""
    acto, acta = del_caso(ctx, call, Acto), ctx.session.get(Acta, call.data.get("acta_id"))
    if acta is None or acta.acto_id != acto.id:
        raise NoEncontrado("Falta el acta que se asienta.")
    orden = acta_visita.orden_de(ctx, acto)
    otros = [quien for quien in acta_visita.visitadores_de(acto, orden) if quien != acta.auditor_id]
    aviso.avisar(
        ctx, otros, f"Se levantó un acta: {acta.tipo.etiqueta}", acto.folio, f"acta_visita:{acta.id}"
    )
    anotar(ctx, "asentar_actuacion", de_acto(acto), acta_id=acta.id, numero=acta.numero)
    return {}


def _una_sola_reposicion(ctx: Ctx, acto: Acto) -> None:
    """The procedure is done again once (CFF 46-VIII)."""
    previa = select(Suspension.id).where(
        Suspension.sujeto_tipo == "acto", Suspension.sujeto_id == acto.id, Suspension.causal == REPOSICION
    )
    if ctx.session.scalar(previa.limit(1)) is not None:
        raise DatoInvalido(
            "El procedimiento ya se repuso: sólo se repone una vez (artículo 46, fracción VIII, del CFF).",
            {"actuacion": "Elige otra actuación."},
        )


@operation("reponer_procedimiento")
def reponer_procedimiento(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Done again from an acta on; the months stop from the day she is told, two at most (46-VIII, 46-A-V)."""
    acto, form = del_caso(ctx, call, Acto), call.form
    acta_visita.sin_acta_final(acto)
    g_territorio(ctx, acto.subdelegacion_id)
    acta_visita.cuidar(ctx, acto, form)
    _una_sola_reposicion(ctx, acto)
    acta = ctx.session.get(Acta, int(form["desde"]))
    if acta is None or acta.acto_id != acto.id:
        raise DatoInvalido("Esa acta no es de este acto.", {"desde": "Elige un acta de la lista."})
    orden, sujeto = acta_visita.orden_de(ctx, acto), de_acto(acto)
    nombre = f"acta {acta.numero}, {acta.tipo.etiqueta.lower()}"
    papel = papel_visita.reposicion(ctx, acto, orden, nombre, form)
    documento = emitir(ctx, sujeto, papel, firmas=[form["oficio"]])
    acta_visita.asentar(
        ctx,
        acto,
        T.REPOSICION,
        acta_visita.siguiente(ctx, acto),
        _ahora(ctx, acto),
        documento,
        lugar=_oficina(ctx, acto),
        hechos=str(form["razon"]),
        datos={"desde": acta.id},
    )
    plazo.suspender(ctx, sujeto, REPOSICION, causales()[REPOSICION].cita, ctx.hoy, documento.id)
    jefes = aviso.con_rol(ctx, Rol.SUBDELEGADO, subdelegacion_id=acto.subdelegacion_id)
    aviso.avisar(ctx, jefes, "Se repuso el procedimiento de una visita", acto.folio, f"reposicion:{acto.id}")
    return {}


@operation("recibir_correccion")
def recibir_correccion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What she corrected, with its proof: it needs no permission (LFDC 14-16).

    A total one ends the visit once three months have passed since it began; before that it goes on.
    """
    acto, orden = acta_visita.abrir(ctx, call)
    form, sujeto = call.form, de_acto(acto)
    pagos = _pagos(ctx, acto, form)
    reviso = min(dt.date.fromisoformat(str(tramo["desde"])) for tramo in acto.periodos)
    frase = "Un aviso es anterior a los periodos que se revisan."
    horario.dias_hechos(ctx, "avisos", form.get("avisos") or (), reviso, frase)
    total = bool(form["correccion_total"])
    if total and not (pagos or form.get("avisos")):
        raise DatoInvalido(
            "Una corrección total se prueba con pagos o avisos.",
            {"pagos": "Agrega los pagos o los avisos con los que corrigió."},
        )
    documento = emitir(
        ctx,
        sujeto,
        papel_visita.correccion(ctx, acto, orden, form, [pago.folio for pago in pagos]),
        firmas=[form["constancia"]],
    )
    acta_visita.asentar(
        ctx,
        acto,
        T.CORRECCION,
        acta_visita.siguiente(ctx, acto),
        _ahora(ctx, acto),
        documento,
        lugar=_oficina(ctx, acto),
        hechos=str(form["resumen"]),
        datos={"pagos": [pago.id for pago in pagos], "avisos": form.get("avisos"), "total": total},
    )
    minimo = plazo.abiertos(ctx, sujeto).get(MINIMO_CORRECCION)
    return {"correccion_total": total and (minimo is None or ctx.hoy > minimo.vence)}


def _pagos(ctx: Ctx, acto: Acto, form: Mapping[str, Any]) -> list[Pago]:
    hallados: list[Pago] = []
    for lugar, fila in enumerate(form.get("pagos") or ()):
        pago = ctx.session.get(Pago, int(fila["pago"]))
        campo = f"pagos.{lugar}.pago"
        if pago is None or pago.patron_id != acto.patron_id:
            raise DatoInvalido("Ese pago no es de este patrón.", {campo: "Elige un pago de la lista."})
        if pago.estado is EstadoPago.REVERSADO:
            raise DatoInvalido("Ese pago se canceló.", {campo: "Quita el pago que se canceló."})
        if pago in hallados:
            raise DatoInvalido("Un pago está dos veces.", {campo: "Quita el pago repetido."})
        hallados.append(pago)
    return hallados


def _ahora(ctx: Ctx, acto: Acto) -> Momento:
    """What is done at the office bears the moment at which it is recorded."""
    cuando = horario.local(ctx, acto.subdelegacion_id, ctx.now)
    return Momento(cuando, cuando)


def _oficina(ctx: Ctx, acto: Acto) -> str:
    unidad = ctx.session.get_one(Subdelegacion, acto.subdelegacion_id)
    return unidad.domicilio or unidad.nombre
