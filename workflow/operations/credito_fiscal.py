"""The shell of a credit: annulled, cut, ended (procesos §10.1)."""

from __future__ import annotations

from collections.abc import Mapping

from models.credito import Credito, EstadoCredito
from models.organizacion import Rol
from workflow.context import Ctx
from workflow.engine import Call
from workflow.operations import aviso, cuenta, plazo
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.credito import FINALES, avisar_definido, avisar_notificados
from workflow.operations.sujeto import de_credito, del_caso

K = EstadoCredito


def anular(ctx: Ctx, credito: Credito, causa: str, motivo: str, cita: str) -> None:
    """The credit has no effects: its account is written down and its state says so."""
    cuenta.dar_de_baja(ctx, credito, motivo, cita, ctx.hoy)
    credito.pasar_a(K.SIN_EFECTOS)
    credito.causa = causa
    anotar(ctx, "anular_credito", de_credito(credito), causa=causa)


@operation("leer_corte")
def leer_corte(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Why the life of the credit was cut: paid in full, or annulled."""
    credito = del_caso(ctx, call, Credito)
    if credito.estado not in FINALES:
        credito.pasar_a(K.PAGADO)
    return {"motivo_corte": "anulado" if credito.estado is K.SIN_EFECTOS else "saldado"}


@operation("anular_por_acto")
def anular_por_acto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Its act has no effects: neither has the credit (CFF 46-A, 50)."""
    anular(ctx, del_caso(ctx, call, Credito), "acto_sin_efectos", "El acto quedó sin efectos", "CFF 46-A, 50")
    return {}


@operation("concluir_credito")
def concluir_credito(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """How it ended is told to the denuncias and, where it was the last not served, to the act."""
    credito = del_caso(ctx, call, Credito)
    sujeto = de_credito(credito)
    if credito.notificado is None:
        avisar_notificados(ctx, credito)
    if credito.estado not in FINALES:
        return {"desenlace": "exigible"}
    credito.concluido_en = ctx.now
    plazo.cerrar_todos(ctx, sujeto)
    avisar_definido(ctx, credito, credito.estado.value)
    if credito.estado is K.PAGADO:
        avisar_cobranza(ctx, credito, "Crédito pagado", "pagado")
    anotar(ctx, "concluir_credito", sujeto, estado=credito.estado.value)
    return {"desenlace": credito.estado.value}


def avisar_cobranza(ctx: Ctx, credito: Credito, asunto: str, clave: str) -> None:
    """Tell the head of collection of the unit, once for each fact."""
    jefes = aviso.con_rol(ctx, Rol.JEFE_COBRANZA, subdelegacion_id=credito.subdelegacion_id)
    aviso.avisar(ctx, jefes, asunto, credito.folio, f"credito:{credito.id}:{clave}")
