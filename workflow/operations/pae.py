"""An enforcement and what its verbs share: its credits, its diligencias, what they cost, its clock (procesos §14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from models.credito import ConceptoCredito, Credito, EstadoCredito
from models.organizacion import Rol
from models.pae import CreditoEnPae, DiligenciaPae, EstadoPae, Pae, TipoDiligenciaPae
from models.pago import OrigenPago, Pago
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import aviso, credito_plazos, cuenta, plazo
from workflow.operations._guardas_cobro import por_que_no_se_cobra
from workflow.operations.bitacora import anotar
from workflow.operations.credito import FINALES
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_credito, de_pae, del_caso
from workflow.rules import gastos_ejecucion

K, P = EstadoCredito, EstadoPae
PRESCRIPCION = ("prescripcion", "prescripcion_tope")
CERO = Decimal(0)


def pae_de(ctx: Ctx, call: Call) -> Pae:
    """The enforcement of the instance that calls. Raises NoEncontrado for an instance of something else."""
    return del_caso(ctx, call, Pae)


def nuevo(ctx: Ctx, credito: Credito) -> Pae:
    """A new enforcement of the employer of a credit in its unit; the credit joins it when it is heard.

    Where one is open already (`g_un_pae`) the credit joins that one. The caller sends its message.
    """
    pae = Pae(
        folio=siguiente(ctx, "PAE"),
        expediente_id=credito.expediente_id,
        subdelegacion_id=credito.subdelegacion_id,
        patron_id=credito.patron_id,
        ejecutores=[],
        abierto_en=ctx.now,
    )
    ctx.session.add(pae)
    ctx.session.flush()
    return pae


def sumar(ctx: Ctx, pae: Pae, credito: Credito) -> CreditoEnPae:
    """The credit is collected by this enforcement from now on (once). Raises DatoInvalido for another employer's."""
    if (credito.patron_id, credito.subdelegacion_id) != (pae.patron_id, pae.subdelegacion_id):
        raise DatoInvalido("Ese crédito es de otro patrón o de otra unidad: no entra en este procedimiento.")
    ya = fila_de(ctx, pae, credito.id)
    if ya is not None:
        return ya
    fila = CreditoEnPae(pae_id=pae.id, credito_id=credito.id, acumulado_en=ctx.now)
    ctx.session.add(fila)
    credito.pae_id = pae.id
    if credito.estado is K.EXIGIBLE:
        credito.pasar_a(K.EN_PAE)
    ctx.session.flush()
    seguir_prescripcion(ctx, pae)
    anotar(ctx, "sumar_credito", de_pae(pae), credito_id=credito.id)
    return fila


def fila_de(ctx: Ctx, pae: Pae, credito_id: int) -> CreditoEnPae | None:
    """The place of a credit in the enforcement."""
    return ctx.session.scalars(
        select(CreditoEnPae).where(CreditoEnPae.pae_id == pae.id, CreditoEnPae.credito_id == credito_id)
    ).first()


def creditos(ctx: Ctx, pae: Pae) -> list[Credito]:
    """The credits that it collects or collected, those that left it out."""
    return list(
        ctx.session.scalars(
            select(Credito)
            .join(CreditoEnPae, CreditoEnPae.credito_id == Credito.id)
            .where(CreditoEnPae.pae_id == pae.id, CreditoEnPae.excluido_en.is_(None))
            .order_by(Credito.id)
        )
    )


def vivos(ctx: Ctx, pae: Pae) -> list[Credito]:
    """Those of them that have not ended."""
    return [uno for uno in creditos(ctx, pae) if uno.estado not in FINALES]


def cobrables(ctx: Ctx, pae: Pae) -> list[Credito]:
    """Those that nothing holds today (g_no_cobro credit by credit)."""
    return [uno for uno in vivos(ctx, pae) if por_que_no_se_cobra(ctx, uno) is None]


def exigir_cobro(ctx: Ctx, pae: Pae) -> list[Credito]:
    """The credits that may be collected now: at least one. Raises NoPermitido with what holds each (CFF 144)."""
    posibles = cobrables(ctx, pae)
    if not posibles:
        motivos = [f"{uno.folio}: {por_que_no_se_cobra(ctx, uno)}" for uno in vivos(ctx, pae)]
        dicho = "; ".join(motivos) or "no queda ningún crédito"
        raise NoPermitido(f"No se puede cobrar ahora: {dicho} (artículo 144 del CFF).")
    for uno in posibles:
        # The days after a lost inconformidad, once over.
        credito_plazos.cerrar_pago(ctx, uno)
    return posibles


def adeudo(ctx: Ctx, cuales: Iterable[Credito], al: dt.date) -> Decimal:
    """What those credits owe on a date, updated, in pesos."""
    return sum((cuenta.saldo(ctx, uno, al).a_pagar for uno in cuales), CERO)


def mover(pae: Pae, *estados: EstadoPae) -> None:
    """Take the enforcement along the states, those that it stands in or cannot take left out."""
    for estado in estados:
        if estado in pae.TRANSICIONES.get(pae.estado, frozenset()):
            pae.pasar_a(estado)


def llevar(pae: Pae, destino: EstadoPae) -> None:
    """Take the enforcement to `destino` by the shortest way of its states (procesos §0.3).

    Raises TransicionIlegal when none leads there: an enforcement never ends in a state that is no end.
    """
    caminos: list[tuple[EstadoPae, ...]] = [(pae.estado,)]
    for camino in caminos:
        if camino[-1] is destino:
            for paso in camino[1:]:
                pae.pasar_a(paso)
            return
        siguen = pae.TRANSICIONES.get(camino[-1], frozenset())
        caminos += [(*camino, uno) for uno in EstadoPae if uno in siguen and uno not in camino]
    pae.pasar_a(destino)


def interrumpir(ctx: Ctx, pae: Pae, fecha: dt.date, motivo: str) -> None:
    """A notified act of collection: prescription begins again for each credit that it collects (CFF 146)."""
    for credito in cobrables(ctx, pae):
        abierto = plazo.abiertos(ctx, de_credito(credito)).get("prescripcion")
        if abierto is not None and abierto.desde < fecha:
            plazo.abrir(ctx, de_credito(credito), "prescripcion", desde=fecha, motivo=motivo)
    seguir_prescripcion(ctx, pae, motivo)


def seguir_prescripcion(ctx: Ctx, pae: Pae, motivo: str = "El último de sus créditos") -> None:
    """The enforcement waits for the last of its credits: one that prescribes before is left out by g_no_cobro."""
    for clave in PRESCRIPCION:
        de_todos = [plazo.abiertos(ctx, de_credito(uno)).get(clave) for uno in vivos(ctx, pae)]
        ultimo = max((uno.desde for uno in de_todos if uno is not None), default=None)
        propio = plazo.abiertos(ctx, de_pae(pae)).get(clave)
        if ultimo is not None and (propio is None or propio.desde != ultimo):
            plazo.abrir(ctx, de_pae(pae), clave, desde=ultimo, motivo=motivo)
    if ctx.engine is not None:
        ctx.engine.reproject(ctx, de_pae(pae))


def asentar(
    ctx: Ctx,
    pae: Pae,
    tipo: TipoDiligenciaPae,
    inicio: dt.datetime,
    resultado: str,
    datos: Mapping[str, Any],
    *,
    fin: dt.datetime | None = None,
    atiende: str = "",
    gastos: Decimal = CERO,
    documento_id: int | None = None,
) -> DiligenciaPae:
    """Add a diligencia to the enforcement."""
    numero = ctx.session.scalar(select(func.max(DiligenciaPae.numero)).where(DiligenciaPae.pae_id == pae.id))
    fila = DiligenciaPae(
        pae_id=pae.id,
        numero=(numero or 0) + 1,
        tipo=tipo,
        inicio=inicio,
        fin=fin,
        resultado=resultado,
        atiende=atiende[:160],
        gastos=gastos,
        datos={clave: valor for clave, valor in datos.items() if valor},
        documento_id=documento_id,
        usuario_id=ctx.actor.usuario_id,
        registrada_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    anotar(ctx, f"diligencia_{tipo.value}", de_pae(pae), diligencia_id=fila.id, resultado=resultado)
    return fila


def ultima(ctx: Ctx, pae: Pae, *tipos: TipoDiligenciaPae) -> DiligenciaPae | None:
    """The last diligencia, of those kinds where they are given."""
    consulta = select(DiligenciaPae).where(DiligenciaPae.pae_id == pae.id)
    if tipos:
        consulta = consulta.where(DiligenciaPae.tipo.in_(tipos))
    return ctx.session.scalars(consulta.order_by(DiligenciaPae.numero.desc()).limit(1)).first()


def cobrar_gastos(ctx: Ctx, pae: Pae, diligencias: tuple[str, ...], fecha: dt.date) -> Decimal:
    """Charge what one act costs over all that it asks for (CFF 150; RCFF 95); pesos charged.

    Several credits asked for in one act are one diligencia: one charge, on the oldest of them.
    """
    posibles = cobrables(ctx, pae)
    if not posibles:
        return CERO
    hallado = gastos_ejecucion.calcular(adeudo(ctx, posibles, fecha), [diligencias], fecha)
    cuenta.cargar(
        ctx,
        posibles[0],
        ConceptoCredito.GASTOS,
        hallado.total,
        fecha,
        f"Gastos de ejecución de {' y '.join(diligencias)} ({pae.folio})",
        "CFF 150; RCFF 95",
        hallado.pasos,
    )
    return hallado.total


def ingresar(
    ctx: Ctx, pae: Pae, origen: OrigenPago, importe: Decimal, referencia: str, fecha: dt.date
) -> Pago:
    """Money that the enforcement itself brought, applied in the order of law (CFF 194, 20)."""
    pago = Pago(
        folio=siguiente(ctx, "PAG"),
        origen=origen,
        referencia=referencia[:60],
        patron_id=pae.patron_id,
        subdelegacion_id=pae.subdelegacion_id,
        fecha=fecha,
        importe=importe,
        registrado_en=ctx.now,
        registrado_por=ctx.actor.usuario_id,
    )
    ctx.session.add(pago)
    ctx.session.flush()
    cuenta.aplicar(ctx, pago, cobrables(ctx, pae))
    anotar(ctx, "ingresar", de_pae(pae), pago_id=pago.id, origen=origen.value)
    return pago


def avisar_jefes(ctx: Ctx, pae: Pae, asunto: str, clave: str) -> None:
    """Tell the chiefs of collection of the unit."""
    jefes = aviso.con_rol(ctx, Rol.JEFE_COBRANZA, subdelegacion_id=pae.subdelegacion_id)
    aviso.avisar(ctx, jefes, asunto, pae.folio, f"{clave}:{pae.id}:{ctx.hoy.isoformat()}")
