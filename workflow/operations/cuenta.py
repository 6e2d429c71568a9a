"""The account of a credit: charges, what runs on them, payments in the order of the law (CFF 20, 194; LSS 291).

Append-only: what is done again is reversed first, each entry on its own legal day, so that the balance of any
date is the sum up to it. Figures that run are posted when money comes (or when somebody needs a fixed figure)
and are virtual meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from models.credito import AsientoCredito, ConceptoCredito, Credito, EstadoCredito, TipoAsiento
from models.pago import EstadoPago, Pago
from models.plazo import Plazo
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import indice
from workflow.operations._asientos import Libro
from workflow.operations._guardas_cobro import g_pago_aparte
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_credito
from workflow.params import multas
from workflow.params.inpc import Serie
from workflow.rules import aplicacion
from workflow.rules.aplicacion import Cuenta, Parte, Reparto
from workflow.rules.dinero import CENTAVO, MAXIMO, a_centavos, a_pesos_cff20
from workflow.rules.paso import Paso
from workflow.rules.saldo import CERO, Saldo
from workflow.rules.saldo import calcular as calcular_saldo

__all__ = [
    "Aplicacion",
    "Saldo",
    "aplicar",
    "bajar",
    "cargar",
    "con_reduccion",
    "cortar",
    "dar_de_baja",
    "lector",
    "rehacer",
    "reversar",
    "saldo",
    "saldos",
]

UN_DIA = dt.timedelta(days=1)
CREDITOS = "creditos"  # under it the first entry of a payment keeps which credits it was meant for
AJUSTE = "Ajuste a pesos"


@dataclass(frozen=True, slots=True)
class Aplicacion:
    """What a payment did, pesos: to each credit by id (those that got nothing are not there), and what was left."""

    por_credito: Mapping[int, Decimal]
    excedente: Decimal
    pasos: tuple[Paso, ...]
    # Every credit whose account changed: also those of the payments that were applied again.
    creditos: tuple[int, ...] = ()


def cargar(
    ctx: Ctx,
    credito: Credito,
    concepto: ConceptoCredito,
    importe: Decimal,
    fecha: dt.date,
    motivo: str,
    cita: str,
    derivacion: Iterable[Paso] = (),
    de: AsientoCredito | None = None,
) -> AsientoCredito:
    """One more charge, in pesos. `fecha`: its last day to pay (principal, fine) or the day on which it counts.

    `de`: the principal whose update or surcharges it is. Raises DatoInvalido for an amount that is not more
    than zero, has fractions of a cent or does not fit.
    """
    if not CERO < importe <= MAXIMO or importe != importe.quantize(CENTAVO):
        raise DatoInvalido("Un cargo lleva pesos y centavos, y es mayor que cero. Revisa el importe.")
    libro = Libro.abrir(ctx, credito.id)
    fila = libro.asentar(
        TipoAsiento.CARGO,
        concepto,
        importe,
        fecha,
        motivo,
        cita,
        derivacion,
        de=de.id if de is not None else None,
    )
    anotar(ctx, "cargar", de_credito(credito), asiento_id=fila.id, concepto=concepto.value)
    return fila


def saldo(ctx: Ctx, credito: Credito, al: dt.date) -> Saldo:
    """The balance on any date, with update and surcharges run to it. Raises INPC_NO_DISPONIBLE."""
    return calcular_saldo(Libro.leer(ctx, credito.id).movimientos, al, indice.serie(ctx))


def saldos(ctx: Ctx, ids: Collection[int], al: dt.date) -> dict[int, Saldo]:
    """The balances of several credits, by id. Two queries, however many."""
    de = lector(ctx, ids)
    return {uno: de(uno, al) for uno in dict.fromkeys(ids)}


def lector(ctx: Ctx, ids: Collection[int]) -> Callable[[int, dt.date], Saldo]:
    """Who tells the balance of each of those credits on any date, as their accounts are now. Two queries in all."""
    serie, libros = indice.serie(ctx), Libro.leer_varios(ctx, ids)
    dichos: dict[tuple[int, dt.date], Saldo] = {}

    def saldo_de(credito_id: int, al: dt.date) -> Saldo:
        clave = credito_id, al
        if clave not in dichos:
            dichos[clave] = calcular_saldo(libros[credito_id].movimientos, al, serie)
        return dichos[clave]

    return saldo_de


def con_reduccion(ctx: Ctx, debe: Mapping[int, Saldo], al: dt.date) -> dict[int, tuple[Decimal, dt.date]]:
    """Of those balances of `al`, by id: what settles the credits whose fine is paid with less then, until when.

    Two queries, none where no fine is owed.
    """
    multados = [
        uno for uno, saldo in debe.items() if any(a.clase == "multa" and a.total for a in saldo.adeudos)
    ]
    if not multados:
        return {}
    libros, vencen = Libro.leer_varios(ctx, multados), _vencen_reducidas(ctx, multados)
    bastan = {}
    for uno in multados:
        menos = _reducciones(debe[uno], libros[uno], vencen.get(uno), al)
        if menos:
            cuanto = sum(
                (min(menos.get(a.clave, CERO), a.pendiente.get("multa", CERO)) for a in debe[uno].adeudos),
                CERO,
            )
            bastan[uno] = (a_pesos_cff20(debe[uno].total - cuanto), vencen[uno])
    return bastan


def cortar(ctx: Ctx, credito: Credito, al: dt.date) -> Saldo:
    """Post what ran up to `al`, where a fixed figure is needed; returns the balance, which does not change.

    Where something later is posted already the figures of the past stay as they are.
    """
    libro, serie = Libro.abrir(ctx, credito.id), indice.serie(ctx)
    cuenta = calcular_saldo(libro.movimientos, al, serie)
    if not any(m.fecha > al for m in libro.movimientos if not m.es_cargo or m.de is not None):
        libro.correr(cuenta.adeudos, al)
    return cuenta


def aplicar(ctx: Ctx, pago: Pago, creditos: Sequence[Credito]) -> Aplicacion:
    """Apply a payment just received to the credits it is meant for, on its own date.

    What was paid later on any of them is reversed and applied again after it, so that the account does not
    depend on the order of capture. Raises DatoInvalido for a credit of another employer.
    """
    if pago.estado is not EstadoPago.RECIBIDO:
        raise DatoInvalido(f"El pago {pago.folio} ya se aplicó. Para cambiarlo, corrígelo.")
    if any(credito.patron_id != pago.patron_id for credito in creditos):
        raise DatoInvalido(
            "El pago es de otro patrón que el crédito. Revisa la referencia o elige créditos del mismo patrón."
        )
    ctx.session.flush()
    despues = _reabrir(ctx, {credito.id for credito in creditos}, pago.fecha + UN_DIA, f"Llegó {pago.folio}")
    ids = tuple(credito.id for credito in creditos)
    hecho = _aplicar_en_orden(ctx, [(pago, ids), *despues])[pago.id]
    otros = dict.fromkeys(uno for _, suyos in despues for uno in suyos)
    return replace(hecho, creditos=tuple(dict.fromkeys((*hecho.por_credito, *otros))))


def reversar(ctx: Ctx, pago: Pago, motivo: str) -> tuple[int, ...]:
    """Take a payment back as if it had never come, and apply again what came after it.

    Returns the credits whose account changed, those of the payment first.
    """
    otros = _reabrir(ctx, set(creditos_de(ctx, pago)), pago.fecha, f"{pago.folio}: {motivo}")
    pago.pasar_a(EstadoPago.REVERSADO)
    pago.motivo, pago.excedente = motivo, CERO
    _aplicar_en_orden(ctx, [uno for uno in otros if uno[0].id != pago.id])
    suyos = creditos_de(ctx, pago)
    for credito_id in suyos:
        credito = ctx.session.get_one(Credito, credito_id)
        anotar(ctx, "reversar_pago", de_credito(credito), pago_id=pago.id)
        if credito.estado is EstadoCredito.SIN_EFECTOS:
            dar_de_baja(ctx, credito, motivo, "CFF 20", ctx.hoy)
    return tuple(dict.fromkeys((*suyos, *(uno for _, ids in otros for uno in ids))))


def rehacer(ctx: Ctx, credito: Credito, motivo: str, cambiar: Callable[[], None]) -> None:
    """Undo every payment of a credit, let `cambiar` change its charges, apply them again in their order."""
    pagos = _reabrir(ctx, {credito.id}, dt.date.min, motivo)
    cambiar()
    _aplicar_en_orden(ctx, pagos)


def dar_de_baja(ctx: Ctx, credito: Credito, motivo: str, cita: str, fecha: dt.date | None) -> Decimal:
    """Write off all that is owed, posted or running; returns what was posted. Nothing runs from then on.

    `fecha` None: as if it had never been charged (what is computed again), each charge on its own day.
    """
    libro, suma = Libro.abrir(ctx, credito.id), CERO
    for clave, importe in libro.pendientes().items():
        if importe > 0:
            libro.apuntar(
                TipoAsiento.BAJA,
                libro.concepto(clave),
                importe,
                libro.fecha(clave) if fecha is None else max(fecha, libro.desde(clave)),
                motivo,
                cita,
                de=clave,
            )
            suma += importe
    libro.escribir()
    anotar(ctx, "dar_de_baja", de_credito(credito))
    return suma


def bajar(ctx: Ctx, cargo: AsientoCredito, importe: Decimal, motivo: str, cita: str, fecha: dt.date) -> None:
    """Write off a part of a charge (a defence that modifies it). Raises DatoInvalido for more than is owed."""
    libro = Libro.abrir(ctx, cargo.credito_id)
    if not CERO < importe <= libro.pendientes()[cargo.id]:
        raise DatoInvalido("No se puede dar de baja más de lo que se debe de ese cargo. Revisa el importe.")
    libro.asentar(TipoAsiento.BAJA, cargo.concepto, importe, fecha, motivo, cita, de=cargo.id)
    credito = ctx.session.get_one(Credito, cargo.credito_id)
    anotar(ctx, "dar_de_baja", de_credito(credito), asiento_id=cargo.id)


def creditos_de(ctx: Ctx, pago: Pago) -> tuple[int, ...]:
    """The credits that a payment was meant for, and any other that it reached."""
    filas = ctx.session.execute(
        select(AsientoCredito.credito_id, AsientoCredito.derivacion)
        .where(AsientoCredito.pago_id == pago.id)
        .order_by(AsientoCredito.id)
    )
    ids: dict[int, None] = {}
    for credito_id, derivacion in filas:
        ids[credito_id] = None
        for paso in derivacion:
            ids |= dict.fromkeys(paso.get(CREDITOS, ()))
    return tuple(ids)


def _reabrir(ctx: Ctx, ids: set[int], desde: dt.date, motivo: str) -> list[tuple[Pago, tuple[int, ...]]]:
    """Undo what was posted from `desde` on in those credits and in every other that a payment ties to them.

    Returns the payments to apply again, oldest first, each with the credits it was meant for.
    """
    pagos: dict[int, tuple[Pago, tuple[int, ...]]] = {}
    Libro.bloquear(ctx, ids)
    while True:
        consulta = (
            select(Pago)
            .where(
                Pago.estado == EstadoPago.APLICADO,
                Pago.fecha >= desde,
                Pago.id.in_(select(AsientoCredito.pago_id).where(AsientoCredito.credito_id.in_(ids))),
            )
            .order_by(Pago.fecha, Pago.id)
        )
        nuevos = [uno for uno in ctx.session.scalars(consulta) if uno.id not in pagos]
        if not nuevos:
            break
        for uno in nuevos:
            pagos[uno.id] = (uno, creditos_de(ctx, uno))
        ids = ids.union(*(suyos for _, suyos in pagos.values()))
        Libro.bloquear(ctx, ids)
    for libro in Libro.leer_varios(ctx, ids).values():
        libro.deshacer(desde, frozenset(pagos), motivo)
    return sorted(pagos.values(), key=lambda uno: (uno[0].fecha, uno[0].id))


def _aplicar_en_orden(ctx: Ctx, pagos: Sequence[tuple[Pago, tuple[int, ...]]]) -> dict[int, Aplicacion]:
    serie = indice.serie(ctx)
    return {pago.id: _aplicar(ctx, pago, ids, serie) for pago, ids in pagos}


def _aplicar(ctx: Ctx, pago: Pago, ids: tuple[int, ...], serie: Serie) -> Aplicacion:
    creditos = [ctx.session.get_one(Credito, uno) for uno in ids]
    libros = Libro.leer_varios(ctx, ids)
    # Who pays only what is challenged and guaranteed chose to.
    entran = {credito.id for credito in g_pago_aparte(ctx, creditos)} or set(ids)
    vencen, cuentas = _vencen_reducidas(ctx, ids), []
    for uno in ids:
        debe = calcular_saldo(libros[uno].movimientos, pago.fecha, serie, hoy_sabemos=True)
        cuentas.append(Cuenta(uno, debe, _reducciones(debe, libros[uno], vencen.get(uno), pago.fecha)))
    reparto = aplicacion.repartir(pago.importe, cuentas, set(ids) - entran)
    tocados = {
        (parte.credito, parte.adeudo) for parte in (*reparto.abonos, *reparto.reducciones, *reparto.baja)
    }
    for cuenta in cuentas:
        suyos = [uno for uno in cuenta.saldo.adeudos if (cuenta.credito, uno.clave) in tocados]
        libros[cuenta.credito].correr(suyos, pago.fecha)
    _asentar(libros, pago, reparto, ids)
    pago.excedente = reparto.excedente
    pago.pasar_a(EstadoPago.APLICADO)
    por_credito = {credito.id: reparto.de(credito.id) for credito in creditos if reparto.de(credito.id)}
    for credito in creditos:
        anotar(ctx, "aplicar_pago", de_credito(credito), pago_id=pago.id)
    return Aplicacion(por_credito, reparto.excedente, reparto.pasos)


def _asentar(libros: Mapping[int, Libro], pago: Pago, reparto: Reparto, ids: tuple[int, ...]) -> None:
    """Write the division of a payment: the charges of the rounding first, so that they can be paid."""
    for parte in reparto.sube:
        libros[parte.credito].asentar(
            TipoAsiento.CARGO,
            ConceptoCredito(parte.concepto),
            parte.importe,
            pago.fecha,
            AJUSTE,
            parte.paso.articulo,
            (parte.paso,),
            de=parte.adeudo,
            pago=pago.id,
        )
    extra: dict[str, object] = {CREDITOS: list(ids)}
    motivo = f"Pago {pago.folio}"
    for parte in reparto.reducciones:
        _repartir(libros, TipoAsiento.REDUCCION, parte, pago, parte.paso.que, {})
    for parte in reparto.abonos:
        _repartir(libros, TipoAsiento.ABONO, parte, pago, motivo, extra)
        extra = {}
    for parte in reparto.baja:
        _repartir(libros, TipoAsiento.REDUCCION, parte, pago, AJUSTE, {})
    for libro in libros.values():
        libro.escribir()


def _repartir(
    libros: Mapping[int, Libro],
    tipo: TipoAsiento,
    parte: Parte,
    pago: Pago,
    motivo: str,
    extra: dict[str, object],
) -> None:
    """Lower the charges of a concept of a debt, oldest first, by the amount of `parte`."""
    libro, resta = libros[parte.credito], parte.importe
    for clave, debe in libro.cargos_de(parte.adeudo, parte.concepto):
        cuanto = min(resta, debe)
        if cuanto > 0:
            libro.apuntar(
                tipo,
                ConceptoCredito(parte.concepto),
                cuanto,
                pago.fecha,
                motivo[:300],
                parte.paso.articulo,
                (parte.paso,),
                de=clave,
                pago=pago.id,
                extra=extra,
            )
            resta -= cuanto
    if resta:
        raise AssertionError(f"the account of credit {parte.credito} owes less than what was divided")


def _vencen_reducidas(ctx: Ctx, ids: Collection[int]) -> dict[int, dt.date]:
    """Last day on which the fine of each credit is paid with less, whether its term is closed by now or not."""
    filas = ctx.session.execute(
        select(Plazo.sujeto_id, Plazo.vence)
        .where(
            Plazo.sujeto_tipo == "credito",
            Plazo.sujeto_id.in_(ids),
            Plazo.clave == multas.reduccion().plazo,
        )
        .order_by(Plazo.id)
    )
    return {fila.sujeto_id: fila.vence for fila in filas}


def _reducciones(cuenta: Saldo, libro: Libro, vence: dt.date | None, fecha: dt.date) -> dict[int, Decimal]:
    """What a fine paid on `fecha` is spared (RACERF 189): once, and only up to `vence`."""
    if vence is None or fecha > vence:
        return {}
    suyas = [a.clave for a in cuenta.adeudos if a.clase == "multa" and not libro.reducida(a.clave)]
    return {clave: a_centavos(libro.importe(clave) * multas.reduccion().valor / 100) for clave in suyas}
