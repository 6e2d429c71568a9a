"""What must be true of every life once nothing is left to do: one sentence for each thing that is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models.acto import Acto, EstadoActo
from models.bien import Bien
from models.bitacora import Entrada
from models.comite import EstadoSesion, Sesion
from models.credito import AsientoCredito, Credito, EstadoCredito, TipoAsiento
from models.denuncia import CAUSAS, Denuncia
from models.documento import Documento
from models.pae import EstadoPae, Pae
from models.pago import EstadoPago, Pago
from models.plazo import MovimientoPlazo, Plazo
from models.proceso import Entrega, Espera, EstadoTarea, Incidente, Instancia, Mensaje, Tarea, Temporizador
from models.propuesta import EstadoPropuesta, Propuesta
from models.remate import EstadoPostura, EstadoRemate, Remate
from workflow.context import Ctx
from workflow.operations import cuenta, producto
from workflow.queries.bitacora import verificar

P, R = EstadoPropuesta, EstadoRemate
# The final states of each noun (procesos §1.3). A credit handed to its enforcement ends there.
FINALES = {
    Denuncia: frozenset(CAUSAS),
    Propuesta: frozenset({P.PROGRAMADA, P.RECHAZADA, P.CERRADA_DIFERIDA, P.RETIRADA}),
    Sesion: frozenset({EstadoSesion.CELEBRADA, EstadoSesion.SIN_QUORUM, EstadoSesion.CANCELADA}),
    Acto: frozenset(
        {EstadoActo.SIN_OBSERVACIONES, EstadoActo.CORREGIDO, EstadoActo.DETERMINADO, EstadoActo.SIN_EFECTOS}
    ),
    Credito: frozenset(
        {EstadoCredito.PAGADO, EstadoCredito.GARANTIZADO, EstadoCredito.SIN_EFECTOS, EstadoCredito.CANCELADO}
    ),
    Pae: frozenset(
        {
            EstadoPae.PAGADO,
            EstadoPae.ADJUDICADO,
            EstadoPae.SIN_BIENES,
            EstadoPae.PRESCRITO,
            EstadoPae.CANCELADO,
        }
    ),
    Remate: frozenset({R.ENTREGADO, R.ADJUDICADO, R.RETIRADO, R.CANCELADO}),
}
# Terms that outlive their case, and why.
QUEDAN = {
    "buzon_cierre": "the mailbox of a closed denuncia stays open (procesos §1.5)",
    "excedentes": "what is left of a sale waits two years for its owner (CFF 196)",
    "abandono_retiro": "goods at her disposal wait for who does not come for them (CFF 196-A)",
    "juicio_tfja": "a credit paid or handed over may still be challenged (LFPCA 13); the watch tells when it is firm",
}
# Told to whoever hangs from a noun: kept for a denuncia that is still on its way to it.
POR_SI_LLEGA = frozenset({"credito_definido"})
# The same of a proposal that no denuncia hangs from any more: each desisted, or the act proposed it again.
SIN_NADIE = frozenset({"acto_concluido", "propuesta_cerrada"})
SUMA = (TipoAsiento.CARGO, TipoAsiento.REVERSO)
CERO = Decimal(0)


def estados(session: Session) -> dict[str, Counter[str]]:
    """How many of each noun ended in each state."""
    hallados = {}
    for modelo in FINALES:
        consulta = select(modelo.estado, func.count()).group_by(modelo.estado)
        hallados[modelo.__tablename__] = Counter(
            {estado.value: cuantos for estado, cuantos in session.execute(consulta)}
        )
    return hallados


def faltas(ctx: Ctx, secretos: list[str]) -> list[str]:
    """Everything that is not as it must be."""
    return [
        *_sin_terminar(ctx.session),
        *_restos(ctx.session),
        *_plazos(ctx.session),
        *(falta for credito in ctx.session.scalars(select(Credito)) for falta in _cuenta(ctx, credito)),
        *_pagos(ctx.session),
        *_remates(ctx),
        *_papeles(ctx.session, secretos),
        *_bitacora(ctx.session, secretos),
    ]


def _sin_terminar(session: Session) -> Iterator[str]:
    for modelo, finales in FINALES.items():
        for fila in session.scalars(select(modelo).where(modelo.estado.not_in(finales))):
            yield f"{fila.folio} quedó {fila.estado.value}"
    for caso in session.scalars(select(Instancia).where(Instancia.estado != "terminada")):
        yield f"{caso.folio} ({caso.proceso}): el caso sigue {caso.estado.value}"


def _restos(session: Session) -> Iterator[str]:
    """Nothing hangs from a case that ended."""
    for tarea in session.scalars(select(Tarea).where(Tarea.estado == EstadoTarea.ABIERTA)):
        yield f"{tarea.folio}: queda la tarea {tarea.nodo}"
    for incidente in session.scalars(select(Incidente).where(Incidente.resuelto_en.is_(None))):
        yield f"incidente en {incidente.que}: {incidente.causa}"
    for modelo in (Temporizador, Espera):
        consulta = (
            select(Instancia.folio, modelo.nodo)
            .join(Instancia, Instancia.id == modelo.instancia_id)
            .where(Instancia.estado == "terminada")
        )
        for folio, nodo in session.execute(consulta):
            yield f"{folio}: {modelo.__tablename__} {nodo} en un caso terminado"
    pendientes = select(Mensaje).where(
        Mensaje.estado.in_(("pendiente", "retenido")),
        Mensaje.nombre.not_in(POR_SI_LLEGA),
        Mensaje.nombre.not_in(SIN_NADIE) | exists().where(Entrega.mensaje_id == Mensaje.id),
    )
    for mensaje in session.scalars(pendientes):
        yield f"mensaje {mensaje.nombre} de {mensaje.clave} {mensaje.valor}: {mensaje.estado.value}"


def _plazos(session: Session) -> Iterator[str]:
    """Every term was closed, and the ledger says why."""
    for plazo in session.scalars(select(Plazo).where(Plazo.cerrado_en.is_(None))):
        if plazo.clave not in QUEDAN:
            yield f"{plazo.sujeto_tipo} {plazo.sujeto_id}: {plazo.clave} sigue corriendo"
    movidos = select(MovimientoPlazo.plazo_id).distinct()
    for plazo in session.scalars(
        select(Plazo).where(Plazo.cerrado_en.is_not(None), Plazo.id.not_in(movidos))
    ):
        yield f"{plazo.sujeto_tipo} {plazo.sujeto_id}: {plazo.clave} cerró sin decir por qué"


def _cuenta(ctx: Ctx, credito: Credito) -> Iterator[str]:
    """Charges and reversals less payments, reductions and write-offs, three ways."""
    filas = list(ctx.session.scalars(select(AsientoCredito).where(AsientoCredito.credito_id == credito.id)))
    suma = sum((f.importe if f.tipo in SUMA else -f.importe for f in filas), CERO)
    por_cargo: Counter[int] = Counter()
    for fila in filas:
        signo = 1 if fila.tipo in SUMA else -1
        raiz = fila.id if fila.tipo is TipoAsiento.CARGO else fila.de_id
        por_cargo[int(raiz or 0)] += signo * fila.importe
    for clave, resta in por_cargo.items():
        if resta < 0:
            yield f"{credito.folio}: el cargo {clave} quedó en {resta}"
    dia = credito.concluido_en.astimezone(ctx.servicios.zona).date() if credito.concluido_en else ctx.hoy
    debe = cuenta.saldo(ctx, credito, max([dia, *(f.fecha for f in filas)]))
    corre = sum((a.corre_actualizacion + a.corre_recargos for a in debe.adeudos), CERO)
    if suma + corre != debe.total:
        yield f"{credito.folio}: los asientos suman {suma}, corren {corre} y el saldo dice {debe.total}"
    sin_deuda = credito.estado in (EstadoCredito.PAGADO, EstadoCredito.SIN_EFECTOS, EstadoCredito.GARANTIZADO)
    if sin_deuda and cuenta.saldo(ctx, credito, ctx.hoy).total != 0:
        yield f"{credito.folio}: quedó {credito.estado.value} y debe {cuenta.saldo(ctx, credito, ctx.hoy).total}"


def _pagos(session: Session) -> Iterator[str]:
    """Each payment that stands was applied whole: to its credits, and the rest is a surplus."""
    neto = func.sum(AsientoCredito.importe)
    por_pago: Counter[int] = Counter()
    for tipo, signo in ((TipoAsiento.ABONO, 1), (TipoAsiento.REVERSO, -1)):
        consulta = (
            select(AsientoCredito.pago_id, neto)
            .where(AsientoCredito.tipo == tipo, AsientoCredito.pago_id.is_not(None))
            .group_by(AsientoCredito.pago_id)
        )
        for clave, importe in session.execute(consulta):
            por_pago[clave] += signo * importe
    reducido: Counter[int] = Counter()
    for pago in session.scalars(select(Pago)):
        aplicado = por_pago[pago.id] - reducido[pago.id]
        debe = pago.importe - (pago.excedente or CERO) if pago.estado is EstadoPago.APLICADO else CERO
        if pago.estado is EstadoPago.RECIBIDO:
            yield f"{pago.folio}: nunca se aplicó"
        elif aplicado != debe and not _con_reduccion(session, pago):
            yield f"{pago.folio} ({pago.estado.value}): se aplicaron {aplicado} de {debe}"


def _con_reduccion(session: Session, pago: Pago) -> bool:
    """A reversal of a payment that reduced a fine takes the reduction back under the same kind of entry."""
    consulta = select(AsientoCredito.id).where(
        AsientoCredito.pago_id == pago.id, AsientoCredito.tipo == TipoAsiento.REDUCCION
    )
    return session.scalar(consulta.limit(1)) is not None


def _remates(ctx: Ctx) -> Iterator[str]:
    """What a sale brought went to the debt and to the surplus, and every other deposit went back."""
    session = ctx.session
    for remate in session.scalars(select(Remate)):
        yield from _producto(ctx, remate)
        quietas = {EstadoPostura.PAGADA, EstadoPostura.INCUMPLIDA, EstadoPostura.DEVUELTA}
        sueltas = [una.folio for una in remate.posturas if una.estado not in quietas]
        if sueltas:
            yield f"{remate.folio}: depósitos sin destino {sueltas}"
    for bien in session.scalars(select(Bien)):
        del_bien = select(Remate.id).where(Remate.bien_id == bien.id, Remate.estado == R.ENTREGADO)
        if len(session.scalars(del_bien).all()) > 1:
            yield f"el bien {bien.numero} del PAE {bien.pae_id} se vendió dos veces"


def _producto(ctx: Ctx, remate: Remate) -> Iterator[str]:
    """The money of a sale is the bid that won; applied and surplus together are all of it (CFF 194, 196)."""
    if remate.estado not in (R.ENTREGADO, R.ADJUDICADO):
        return
    pago = producto.de_remate(ctx, remate)
    if pago is None or pago.estado is not EstadoPago.APLICADO or pago.importe != remate.producto:
        yield f"{remate.folio}: {remate.estado.value} y su producto de {remate.producto} no se aplicó"
        return
    pagadas = [una.importe for una in remate.posturas if una.estado is EstadoPostura.PAGADA]
    if remate.estado is R.ENTREGADO and pagadas != [pago.importe]:
        yield f"{remate.folio}: se pagaron las posturas {pagadas} y el producto es {pago.importe}"
    signos = {TipoAsiento.ABONO: 1, TipoAsiento.REVERSO: -1}
    filas = ctx.session.scalars(
        select(AsientoCredito).where(AsientoCredito.pago_id == pago.id, AsientoCredito.tipo.in_(signos))
    )
    aplicado = sum((signos[fila.tipo] * fila.importe for fila in filas), CERO)
    if aplicado + pago.excedente != pago.importe and not _con_reduccion(ctx.session, pago):
        yield f"{remate.folio}: aplicado {aplicado} y excedente {pago.excedente} no son {pago.importe}"


def _papeles(session: Session, secretos: list[str]) -> Iterator[str]:
    """Nobody who filed can be read in a paper that the Institute issues, in its title or in the name of its file.

    A PDF is made of `datos` alone. What is hers goes to her; a cédula names every worker of the universe.
    """
    for papel in session.scalars(select(Documento).where(Documento.para_denunciante.is_(False))):
        dicho = f"{papel.titulo} {papel.nombre} {papel.datos}"
        hallado = next((uno for uno in secretos if uno in dicho), None)
        if hallado is not None:
            yield f"{papel.tipo} {papel.folio or papel.id}: deja ver a quien denunció"


def _bitacora(session: Session, secretos: list[str]) -> Iterator[str]:
    """The chain of every subject verifies, and nobody who filed can be read in it."""
    rotura = verificar(session).rotura
    if rotura is not None:
        yield f"bitácora: {rotura}"
    for entrada in session.scalars(select(Entrada)):
        dicho = f"{entrada.verbo} {entrada.datos}"
        hallado = next((uno for uno in secretos if uno in dicho), None)
        if hallado is not None:
            yield f"bitácora {entrada.id} ({entrada.verbo}): deja ver a quien denunció"
