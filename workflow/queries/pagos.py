"""Payments as the office that collects reads them: the list, one with what it covered, and what can be paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select

from models.credito import AsientoCredito, Credito, EstadoCredito, TipoAsiento
from models.organizacion import Usuario
from models.pae import CreditoEnPae, Pae
from models.pago import EstadoPago, OrigenPago, Pago
from models.patron import Patron
from workflow.context import Actor, Ctx
from workflow.errors import NoEncontrado
from workflow.operations import cuenta
from workflow.queries.ambito import Condicion, R, por_rol
from workflow.queries.visible import visible_to
from workflow.rules import folios
from workflow.rules.identificadores import normalizar

PAGINA = 25
TONOS = {EstadoPago.RECIBIDO: "", EstadoPago.APLICADO: "verde", EstadoPago.REVERSADO: "rojo"}
ORIGENES = [(origen.value, origen.etiqueta) for origen in (OrigenPago.VENTANILLA, OrigenPago.BANCO)]
ESTADOS = [(estado.value, estado.etiqueta) for estado in EstadoPago]


@dataclass(frozen=True)
class Renglon:
    """A payment in the list, pesos."""

    id: int
    folio: str
    fecha: dt.date
    importe: Decimal
    excedente: Decimal
    estado: str
    tono: str
    origen: str
    referencia: str
    patron: str
    registro: str


@dataclass(frozen=True)
class Lista:
    """A page of the list."""

    renglones: tuple[Renglon, ...]
    total: int
    pagina: int
    paginas: int


@dataclass(frozen=True)
class Cubierto:
    """What a payment covered of a credit, by concept; `queda`: what it owes today."""

    folio: str
    conceptos: tuple[tuple[str, Decimal], ...]
    total: Decimal
    queda: Decimal


@dataclass(frozen=True)
class Detalle:
    """One payment with all that it did."""

    pago: Renglon
    motivo: str
    quien: str
    registrado_en: dt.datetime
    corrige: tuple[int, str] | None
    corregido: tuple[int, str] | None
    creditos: tuple[Cubierto, ...]
    pasos: tuple[dict[str, Any], ...]
    aplicado: bool


@dataclass(frozen=True)
class PorPagar:
    """A credit that can be paid, with its balance of today; `reducido`: what settles it while its fine is paid
    with less, and the last day of that."""

    id: int
    folio: str
    clase: str
    estado: str
    saldo: Decimal
    a_pagar: Decimal
    reducido: tuple[Decimal, dt.date] | None
    elegido: bool


@dataclass(frozen=True)
class Deudor:
    """An employer and what it owes in the unit."""

    nombre: str
    registro: str
    creditos: tuple[PorPagar, ...]

    @property
    def elegidos(self) -> list[str]:
        """Ids of the credits that were asked for, as a form writes them."""
        return [str(credito.id) for credito in self.creditos if credito.elegido]


def _suyos(actor: Actor) -> Condicion:
    """The payments of the units where she collects."""
    return por_rol(actor, Pago.subdelegacion_id, R.JEFE_COBRANZA)


def lista(ctx: Ctx, texto: str = "", estado: str = "", pagina: int = 1) -> Lista:
    """Her payments, newest first; `texto`: folio, reference, registro patronal or part of a name. Two queries."""
    consulta = (
        select(Pago, Patron.nombre, Patron.registro_patronal)
        .join(Patron, Patron.id == Pago.patron_id)
        .where(_suyos(ctx.actor))
    )
    if estado in EstadoPago.__members__.values():
        consulta = consulta.where(Pago.estado == EstadoPago(estado))
    if texto.strip():
        consulta = consulta.where(_coincide(texto.strip()))
    total = ctx.session.scalar(select(func.count()).select_from(consulta.subquery())) or 0
    paginas = max(1, -(-total // PAGINA))
    pagina = min(max(pagina, 1), paginas)
    filas = ctx.session.execute(
        consulta.order_by(Pago.registrado_en.desc(), Pago.id.desc())
        .limit(PAGINA)
        .offset((pagina - 1) * PAGINA)
    )
    return Lista(tuple(_renglon(*fila) for fila in filas), total, pagina, paginas)


def _coincide(texto: str) -> Any:
    parte = texto.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return or_(
        Pago.folio.like(f"{parte.upper()}%", escape="\\"),
        Pago.referencia.ilike(f"{parte}%", escape="\\"),
        Patron.registro_patronal == normalizar(texto),
        Patron.nombre.ilike(f"%{parte}%", escape="\\"),
    )


def _renglon(pago: Pago, patron: str, registro: str) -> Renglon:
    return Renglon(
        pago.id,
        pago.folio,
        pago.fecha,
        pago.importe,
        pago.excedente,
        pago.estado.etiqueta,
        TONOS[pago.estado],
        pago.origen.etiqueta,
        pago.referencia,
        patron,
        registro,
    )


def ver(ctx: Ctx, pago_id: int) -> Detalle:
    """One payment. Raises NoEncontrado for one that is not of her unit."""
    fila = ctx.session.execute(
        select(Pago, Patron.nombre, Patron.registro_patronal)
        .join(Patron, Patron.id == Pago.patron_id)
        .where(Pago.id == pago_id, _suyos(ctx.actor))
    ).one_or_none()
    if fila is None:
        raise NoEncontrado()
    pago: Pago = fila[0]
    asientos = _vigentes(ctx, pago)
    quien = ctx.session.get(Usuario, pago.registrado_por) if pago.registrado_por else None
    despues = ctx.session.scalars(select(Pago).where(Pago.corrige_id == pago.id)).first()
    antes = ctx.session.get(Pago, pago.corrige_id) if pago.corrige_id else None
    return Detalle(
        _renglon(*fila),
        pago.motivo,
        quien.nombre if quien else "Sistema",
        pago.registrado_en,
        (antes.id, antes.folio) if antes else None,
        (despues.id, despues.folio) if despues else None,
        tuple(_cubiertos(ctx, asientos)),
        tuple(paso for asiento in asientos for paso in asiento.derivacion),
        pago.estado is EstadoPago.APLICADO,
    )


def _vigentes(ctx: Ctx, pago: Pago) -> list[AsientoCredito]:
    """What the payment lowered and was not taken back, in its order."""
    vivos: dict[tuple[int, int | None], list[AsientoCredito]] = {}
    consulta = select(AsientoCredito).where(AsientoCredito.pago_id == pago.id).order_by(AsientoCredito.id)
    for asiento in ctx.session.scalars(consulta):
        llave = (asiento.credito_id, asiento.de_id)
        if asiento.tipo is TipoAsiento.REVERSO:
            vivos.pop(llave, None)
        elif asiento.tipo in (TipoAsiento.ABONO, TipoAsiento.REDUCCION):
            vivos.setdefault(llave, []).append(asiento)
    return sorted((a for lista in vivos.values() for a in lista), key=lambda a: a.id)


def _cubiertos(ctx: Ctx, asientos: Sequence[AsientoCredito]) -> list[Cubierto]:
    por_credito: dict[int, dict[str, Decimal]] = {}
    for asiento in asientos:
        conceptos = por_credito.setdefault(asiento.credito_id, {})
        nombre = asiento.concepto.etiqueta
        if asiento.tipo is TipoAsiento.REDUCCION:
            nombre = asiento.motivo
        conceptos[nombre] = conceptos.get(nombre, Decimal(0)) + asiento.importe
    filas = ctx.session.execute(select(Credito.id, Credito.folio).where(Credito.id.in_(por_credito)))
    folio = {fila.id: fila.folio for fila in filas}
    quedan = cuenta.saldos(ctx, por_credito, ctx.hoy)
    return [
        Cubierto(folio[uno], tuple(conceptos.items()), sum(conceptos.values(), Decimal(0)), quedan[uno].total)
        for uno, conceptos in por_credito.items()
    ]


def deudor(ctx: Ctx, de: str) -> Deudor:
    """The employer of a folio (CRE, PAE) or a registro patronal, with the credits that owe something today.

    Those of the folio are chosen. Raises NoEncontrado for whatever she does not collect. Four queries, six
    where a fine is owed.
    """
    consulta = (
        select(Credito, Patron)
        .join(Patron, Patron.id == Credito.patron_id)
        .where(visible_to(ctx.actor, Credito), por_rol(ctx.actor, Credito.subdelegacion_id, R.JEFE_COBRANZA))
    )
    elegidos = set(ctx.session.scalars(_elegidos(de)))
    patron = select(Credito.patron_id).where(Credito.id.in_(elegidos)).limit(1)
    donde = Patron.id == patron.scalar_subquery() if elegidos else Patron.registro_patronal == normalizar(de)
    filas = ctx.session.execute(
        consulta.where(donde, Credito.estado != EstadoCredito.SIN_EFECTOS).order_by(Credito.id)
    ).all()
    if not filas:
        raise NoEncontrado()
    debe = cuenta.saldos(ctx, [credito.id for credito, _ in filas], ctx.hoy)
    reducidos = cuenta.con_reduccion(ctx, debe, ctx.hoy)
    suyo = filas[0][1]
    return Deudor(
        suyo.nombre,
        suyo.registro_patronal,
        tuple(
            PorPagar(
                c.id,
                c.folio,
                c.clase.etiqueta,
                c.estado.etiqueta,
                debe[c.id].total,
                debe[c.id].a_pagar,
                reducidos.get(c.id),
                c.id in elegidos,
            )
            for c, _ in filas
            if debe[c.id].total or c.id in elegidos
        ),
    )


def _elegidos(de: str) -> Any:
    """Ids of the credits that a folio names."""
    folio = folios.normalizar(de)
    if folio.startswith("PAE"):
        return (
            select(CreditoEnPae.credito_id)
            .join(Pae, Pae.id == CreditoEnPae.pae_id)
            .where(Pae.folio == folio, CreditoEnPae.excluido_en.is_(None))
        )
    return select(Credito.id).where(Credito.folio == folio)


def mismo(ctx: Ctx, origen: OrigenPago, referencia: str, fecha: dt.date, importe: Decimal) -> int | None:
    """The payment that the same form already registered, sent twice; None when there is none."""
    numero: int | None = ctx.session.scalar(
        select(Pago.id).where(
            Pago.origen == origen,
            Pago.referencia == " ".join(referencia.split()),
            Pago.fecha == fecha,
            Pago.importe == importe,
            Pago.registrado_por == ctx.actor.usuario_id,
            Pago.registrado_en >= ctx.now - dt.timedelta(minutes=5),
            _suyos(ctx.actor),
        )
    )
    return numero
