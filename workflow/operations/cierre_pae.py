"""How an enforcement ends: what cut it, prescription, goods given back, what its credits came to (§14.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from models.bien import EstadoBien
from models.credito import Credito, EstadoCredito
from models.pae import CreditoEnPae, EstadoPae, Inmovilizacion, Pae, TipoDiligenciaPae
from models.pago import Pago
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import cuenta, horario, mensaje, papel_pae, plazo, remate
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.credito import FINALES
from workflow.operations.credito_fiscal import avisar_cobranza
from workflow.operations.documento import emitir
from workflow.operations.espera_pae import saldar
from workflow.operations.oidos_pae import bienes
from workflow.operations.pae import PRESCRIPCION, asentar, llevar, mover, pae_de, vivos
from workflow.operations.sujeto import de_credito, de_pae

K, P, B = EstadoCredito, EstadoPae, EstadoBien
# A good in one of these is no longer held by the enforcement.
FUERA = frozenset({B.VENDIDO, B.ADJUDICADO, B.RECLAMADO_TERCERO, B.SUSTITUIDO, B.ENTREGADO, B.ABANDONADO})
POR_ENTREGAR = frozenset(EstadoBien) - FUERA
# What the denuncias of the act understand of a credit (procesos §1.2).
DEFINIDOS = frozenset({K.FIRME, K.PAGADO, K.GARANTIZADO, K.SIN_EFECTOS, K.CANCELADO})
QUEDAN = frozenset({"abandono_retiro", "excedentes"})


@operation("leer_corte_pae")
def leer_corte(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What cut the enforcement: all paid, or nothing left to collect."""
    pae = pae_de(ctx, call)
    return {"motivo_corte": "saldado" if _algo_pagado(ctx, pae) else "anulado"}


def _algo_pagado(ctx: Ctx, pae: Pae) -> bool:
    consulta = (
        select(Credito.id)
        .join(CreditoEnPae, CreditoEnPae.credito_id == Credito.id)
        .where(CreditoEnPae.pae_id == pae.id, Credito.estado.in_((K.PAGADO, K.GARANTIZADO)))
    )
    return ctx.session.scalar(consulta.limit(1)) is not None


@operation("declarar_prescripcion_pae")
def declarar_prescripcion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Five years without a notified act, or ten in all (LSS 298; CFF 146); an act not yet recorded saves it."""
    pae, form = pae_de(ctx, call), call.form
    g_territorio(ctx, pae.subdelegacion_id)
    prescrito = bool(form["prescrito"])
    if not prescrito:
        _vuelve_a_correr(ctx, pae, dt.date.fromisoformat(str(form["acto_fecha"])))
    for credito in vivos(ctx, pae) if prescrito else []:
        if K.CANCELADO in credito.TRANSICIONES.get(credito.estado, frozenset()):
            _terminar(ctx, credito, "prescripcion")
            cuenta.dar_de_baja(ctx, credito, "Prescrito", "LSS 298; CFF 146", ctx.hoy)
    anotar(
        ctx,
        "declarar_prescripcion",
        de_pae(pae),
        prescrito=prescrito,
        a_peticion=bool(form.get("a_peticion")),
    )
    return {"prescrito": prescrito}


def _vuelve_a_correr(ctx: Ctx, pae: Pae, acto: dt.date) -> None:
    """The clock goes on from an act that nobody had recorded. Raises DatoInvalido where that saves nothing."""
    if "prescripcion_tope" in _vencidos(ctx, pae):
        raise DatoInvalido(
            "Pasaron diez años desde que el crédito fue exigible: ningún acto lo interrumpe ya (CFF 146).",
            {"prescrito": "Marca que prescribió."},
        )
    for sujeto in (*map(de_credito, vivos(ctx, pae)), de_pae(pae)):
        nuevo = plazo.abrir(ctx, sujeto, "prescripcion", desde=acto, motivo="Acto que no se había registrado")
        if nuevo.vence < ctx.hoy or acto > ctx.hoy:
            raise DatoInvalido(
                "Con ese acto la prescripción también se cumplió, o su fecha no ha llegado.",
                {"acto_fecha": "Escribe la fecha de un acto que la interrumpa."},
            )


def _vencidos(ctx: Ctx, pae: Pae) -> set[str]:
    abiertos = plazo.abiertos(ctx, de_pae(pae))
    return {clave for clave in PRESCRIPCION if clave in abiertos and abiertos[clave].vence < ctx.hoy}


@operation("leer_bienes")
def leer_bienes(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The sales that ran stop and their deposits go back; is there anything to give back to its owner?"""
    pae = pae_de(ctx, call)
    quedan = bienes(ctx, pae, POR_ENTREGAR)
    for bien in quedan:
        remate.cancelar(ctx, bien.id, "Terminó el procedimiento de ejecución")
    for fila in _sin_transferir(ctx, pae):
        fila.liberado = fila.informado
    return {"hay_por_liberar": bool(quedan)}


def _sin_transferir(ctx: Ctx, pae: Pae) -> list[Inmovilizacion]:
    consulta = select(Inmovilizacion).where(
        Inmovilizacion.pae_id == pae.id,
        Inmovilizacion.liberado.is_(None),
        Inmovilizacion.transferido.is_(None),
    )
    return list(ctx.session.scalars(consulta))


@operation("liberar_bienes")
def liberar_bienes(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Release every good; those that the owner takes are handed over with their acta, the rest waits for her."""
    pae, form = pae_de(ctx, call), call.form
    g_territorio(ctx, pae.subdelegacion_id)
    quedan = {bien.id: bien for bien in bienes(ctx, pae, POR_ENTREGAR)}
    entregas = list(form.get("bienes") or [])
    for lugar, renglon in enumerate(entregas):
        if int(renglon["bien"]) not in quedan:
            raise DatoInvalido(
                "Ese bien no está por entregarse.", {f"bienes.{lugar}.bien": "Elige un bien de la lista."}
            )
        tomado = horario.local(ctx, pae.subdelegacion_id, quedan[int(renglon["bien"])].embargado_en).date()
        frase = "Un bien no se entrega antes de haberse embargado."
        horario.dia_hecho(ctx, renglon["fecha"], tomado, frase, campo=f"bienes.{lugar}.fecha")
    for bien in quedan.values():
        if bien.estado is not B.LIBERADO:
            bien.pasar_a(B.LIBERADO)
            bien.salida_en, bien.salida_motivo = ctx.now, "Liberado al terminar el procedimiento"
    papel = papel_pae.entrega(ctx, pae, list(quedan.values()), entregas, form["acta"])
    documento = emitir(ctx, de_pae(pae), papel, firmas=[form["acta"]])
    for renglon in entregas:
        quedan[int(renglon["bien"])].pasar_a(B.ENTREGADO)
    if len({int(renglon["bien"]) for renglon in entregas}) < len(quedan):
        plazo.abrir(ctx, de_pae(pae), "abandono_retiro")
    asentar(
        ctx,
        pae,
        TipoDiligenciaPae.ENTREGA,
        ctx.now,
        "liberados",
        {"bienes": entregas},
        documento_id=documento.id,
    )
    return {}


@operation("concluir_pae")
def concluir_pae(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What each credit came to, told to the denuncias of its act; every term ends with the enforcement."""
    pae, datos = pae_de(ctx, call), call.data
    saldar(ctx, pae)
    desenlace = _desenlace(ctx, pae, datos)
    if desenlace == "sin_bienes":
        for credito in vivos(ctx, pae):
            if K.CANCELADO in credito.TRANSICIONES.get(credito.estado, frozenset()):
                # The debtor still owes it (CFF 146-A): the balance stays in the account.
                _terminar(ctx, credito, pae.causa or "insolvente")
    if _con_excedente(ctx, pae):
        plazo.abrir(ctx, de_pae(pae), "excedentes")
    if desenlace == "adjudicado":
        mover(pae, P.EN_REMATE)
    llevar(pae, P(desenlace))
    pae.concluido_en = ctx.now
    for credito in _suyos(ctx, pae):
        if credito.estado in DEFINIDOS:
            dicho = {"credito_id": credito.id, "estado": credito.estado.value}
            mensaje.enviar(ctx, "credito_definido", credito.acto_id, dicho)
        if credito.estado is K.PAGADO:
            avisar_cobranza(ctx, credito, "Crédito pagado", "pagado")
    plazo.cerrar_todos(ctx, de_pae(pae), menos=QUEDAN)
    anotar(ctx, "concluir_pae", de_pae(pae), desenlace=desenlace)
    return {"desenlace": desenlace}


def _desenlace(ctx: Ctx, pae: Pae, datos: Mapping[str, object]) -> str:
    if datos.get("prescrito"):
        return "prescrito"
    if datos.get("motivo_corte"):
        return "pagado" if datos["motivo_corte"] == "saldado" else "cancelado"
    dicho = str(datos.get("desenlace") or "cancelado")
    return "pagado" if dicho == "cancelado" and _algo_pagado(ctx, pae) and not vivos(ctx, pae) else dicho


def _terminar(ctx: Ctx, credito: Credito, causa: str) -> None:
    credito.pasar_a(K.CANCELADO)
    credito.causa, credito.concluido_en = causa, ctx.now
    plazo.cerrar_todos(ctx, de_credito(credito))


def _suyos(ctx: Ctx, pae: Pae) -> list[Credito]:
    """All that ended here, those told already (annulled) left out."""
    consulta = (
        select(Credito)
        .join(CreditoEnPae, CreditoEnPae.credito_id == Credito.id)
        .where(CreditoEnPae.pae_id == pae.id, CreditoEnPae.excluido_en.is_(None), Credito.estado.in_(FINALES))
        .order_by(Credito.id)
    )
    return list(ctx.session.scalars(consulta))


def _con_excedente(ctx: Ctx, pae: Pae) -> bool:
    consulta = select(Pago.id).where(
        Pago.patron_id == pae.patron_id, Pago.excedente > 0, Pago.registrado_en >= pae.abierto_en
    )
    return ctx.session.scalar(consulta.limit(1)) is not None
