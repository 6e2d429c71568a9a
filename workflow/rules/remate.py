"""The auction of attached goods: base, legal posture, hours, ranking, award (CFF 175-196; RCFF 3).

Amounts in pesos with cents; instants aware, days legal. Who bids is known here by a key only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_UP, Decimal

from workflow.params.loader import plazo as termino
from workflow.params.remate import reglas
from workflow.rules.calendario import Calendario, Motivo, fecha_larga
from workflow.rules.dinero import CENTAVO, a_centavos, escribir
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.plazos import UN_DIA, aplicar

Inhabiles = Collection[date] | Mapping[date, Motivo]
CIEN = Decimal(100)
OFICINA, DEUDOR, TERCERO = "oficina", "deudor", "tercero"


@dataclass(frozen=True, slots=True)
class Valuacion:
    """One valuation: who gave it (`oficina`, `deudor`, `tercero`), its value and its day."""

    origen: str
    valor: Decimal
    rendido: date


@dataclass(frozen=True, slots=True)
class Base:
    """The base of the auction, its legal posture and the least deposit, and why."""

    valor: Decimal
    postura_legal: Decimal
    deposito_minimo: Decimal
    pasos: tuple[Paso, ...]


@dataclass(frozen=True, slots=True)
class Horario:
    """When an auction opens and closes, and why."""

    abre: datetime
    cierra: datetime
    pasos: tuple[Paso, ...]


@dataclass(frozen=True, slots=True)
class Oferta:
    """A bid as the ranking reads it. `impedida`: its bidder may not buy (CFF 189)."""

    clave: int
    importe: Decimal
    deposito: Decimal
    recibida: datetime
    impedida: bool = False


@dataclass(frozen=True, slots=True)
class Rechazo:
    """A bid that does not count, in words that say why."""

    clave: int
    motivo: str


@dataclass(frozen=True, slots=True)
class Calificacion:
    """The legal bids, best first, those refused, and why."""

    orden: tuple[int, ...]
    rechazos: tuple[Rechazo, ...]
    pasos: tuple[Paso, ...]

    @property
    def ganadora(self) -> int | None:
        """The key of the best legal bid; None when there is none."""
        return self.orden[0] if self.orden else None


def vigencia_del_avaluo(rendido: date) -> date:
    """The last day on which a valuation may be used: one year (RCFF 3)."""
    return aplicar(termino("avaluo_vigencia", rendido), rendido).vence


def difieren(oficina: Decimal, deudor: Decimal, fecha: date) -> tuple[bool, tuple[Paso, ...]]:
    """True when the valuation of the debtor passes that of the office by more than CFF 175 lets pass."""
    _positivo(oficina, deudor)
    regla = reglas(fecha)
    limite = oficina * (CIEN + regla.diferencia) / CIEN
    pasa = deudor > limite
    que = "Hace falta un perito tercero" if pasa else "No hace falta un perito tercero"
    de_que = (
        f"el del deudor, {escribir(deudor)}, {'pasa' if pasa else 'no pasa'} del de la oficina, "
        f"{escribir(oficina)}, en más de {regla.diferencia.normalize():f} %"
    )
    return pasa, (Paso(que, de_que, "CFF 175", (), regla.confianza),)


def base(valuaciones: Sequence[Valuacion], fecha: date) -> Base:
    """The base of the auction out of the valuations of the good (CFF 175, 179).

    That of the third expert where there is one; otherwise that of the office. Raises DATO_INVALIDO without any
    of both.
    """
    por_origen = {una.origen: una for una in sorted(valuaciones, key=lambda una: una.rendido)}
    elegida = por_origen.get(TERCERO) or por_origen.get(OFICINA)
    if elegida is None:
        raise dato_invalido("Falta el avalúo de la oficina: sin él no se fija la base del remate.")
    _positivo(elegida.valor)
    regla = reglas(fecha)
    valor = a_centavos(elegida.valor)
    postura = _arriba(valor * regla.postura_numerador / regla.postura_denominador)
    deposito = _arriba(postura * regla.deposito / CIEN)
    quien = "perito tercero" if elegida.origen == TERCERO else "avalúo de la oficina"
    fraccion = f"{regla.postura_numerador}/{regla.postura_denominador}"
    return Base(
        valor,
        postura,
        deposito,
        (
            Paso("Base del remate", f"{escribir(valor)}, {quien}", "CFF 175", (elegida.rendido,)),
            Paso(
                "Postura legal",
                f"{fraccion} de la base: {escribir(postura)}",
                "CFF 179",
                (),
                regla.confianza,
            ),
            Paso(
                "Depósito mínimo",
                f"{regla.deposito.normalize():f} % de la postura: desde {escribir(deposito)}",
                "CFF 181",
                (),
                regla.confianza,
            ),
        ),
    )


def deposito_minimo(importe: Decimal, fecha: date) -> Decimal:
    """The least deposit that goes with a bid of `importe` (CFF 181)."""
    return _arriba(importe * reglas(fecha).deposito / CIEN)


def horario(abre: date, zona: tzinfo, inhabiles: Inhabiles = frozenset()) -> Horario:
    """From the hour of the first day to the same hour of the last, hora del Centro (CFF 183, 12).

    Raises DATO_INVALIDO for a first day that is inhábil.
    """
    calendario = Calendario(inhabiles)
    if not calendario.es_habil(abre):
        raise dato_invalido(f"La subasta se abre en día hábil, y el {fecha_larga(abre)} no lo es.")
    regla, plazo = reglas(abre), termino("subasta", abre)
    ultimo = aplicar(plazo, abre - UN_DIA, inhabiles).vence
    desde, hasta = (datetime.combine(dia, regla.hora, zona) for dia in (abre, ultimo))
    de_que = (
        f"{plazo.descripcion}, de las {regla.hora:%H:%M} del {fecha_larga(abre)} a las {regla.hora:%H:%M} "
        f"del {fecha_larga(ultimo)}, hora del Centro"
    )
    return Horario(
        desde, hasta, (Paso("Dura la subasta", de_que, plazo.cita, (abre, ultimo), plazo.confianza),)
    )


def ampliada(cierra: datetime, recibida: datetime, mejora: bool) -> datetime:
    """When the auction closes after a bid: a better one in the last minutes adds some more (CFF 183)."""
    regla = reglas(recibida.date())
    if mejora and timedelta() <= cierra - recibida <= timedelta(minutes=regla.ventana):
        return cierra + timedelta(minutes=regla.ampliacion)
    return cierra


def por_que_no(oferta: Oferta, postura_legal: Decimal, fecha: date) -> str | None:
    """Why a bid does not count, as a sentence; None when it is legal (CFF 179, 181, 189)."""
    if oferta.impedida:
        return "Quien ofrece no puede comprar en un remate del Instituto (CFF 189)."
    if oferta.importe < postura_legal:
        return f"Ofrece menos que la postura legal, {escribir(postura_legal)} (CFF 179)."
    minimo = deposito_minimo(oferta.importe, fecha)
    if oferta.deposito < minimo:
        return f"El depósito no llega a {escribir(minimo)} (CFF 181)."
    return None


def calificar(ofertas: Iterable[Oferta], postura_legal: Decimal, fecha: date) -> Calificacion:
    """Rank the bids: the best first, and of equal ones the first received (CFF 183).

    Of two received in the same instant, the one with the lower key: it was written first.
    """
    legales: list[Oferta] = []
    rechazos: list[Rechazo] = []
    for una in sorted(ofertas, key=lambda una: (una.recibida, una.clave)):
        motivo = por_que_no(una, postura_legal, fecha)
        if motivo is None:
            legales.append(una)
        else:
            rechazos.append(Rechazo(una.clave, motivo))
    orden = sorted(legales, key=lambda una: (-una.importe, una.recibida, una.clave))
    de_que = (
        f"{escribir(orden[0].importe)}, la mejor de {len(orden)}; de dos iguales, la que llegó primero"
        if orden
        else f"ninguna llega a la postura legal, {escribir(postura_legal)}, con su depósito"
    )
    que = "Postura ganadora" if orden else "Subasta desierta"
    return Calificacion(tuple(una.clave for una in orden), tuple(rechazos), (Paso(que, de_que, "CFF 183"),))


def siguiente(ofertas: Iterable[Oferta], base: Decimal) -> int | None:
    """Who takes the place of a winner that did not pay: the best of the rest that reaches the base (CFF 184)."""
    alcanzan = [una for una in ofertas if una.importe >= base and not una.impedida]
    mejor = min(alcanzan, key=lambda una: (-una.importe, una.recibida, una.clave), default=None)
    return mejor.clave if mejor is not None else None


def adjudicacion(avaluo: Decimal, fecha: date) -> tuple[Decimal, tuple[Paso, ...]]:
    """For how much the Institute takes a good that nobody bought (CFF 191)."""
    _positivo(avaluo)
    regla = reglas(fecha)
    valor = a_centavos(avaluo * regla.adjudicacion / CIEN)
    de_que = f"{regla.adjudicacion.normalize():f} % del avalúo de {escribir(avaluo)}: {escribir(valor)}"
    return valor, (Paso("Valor de adjudicación", de_que, "CFF 191", (), regla.confianza),)


@dataclass(frozen=True, slots=True)
class Producto:
    """What the sale brings: `aplicado` to the debt, `excedente` back to the debtor (CFF 194, 196)."""

    aplicado: Decimal
    excedente: Decimal
    pasos: tuple[Paso, ...]


def repartir(producto: Decimal, deuda: Decimal) -> Producto:
    """How much of `producto` goes to the debt and how much returns (CFF 194, 196). The order is CFF 20's."""
    _positivo(producto)
    aplicado = min(producto, max(deuda, Decimal(0)))
    resto = producto - aplicado
    pasos = [Paso("Se aplica al crédito", escribir(aplicado), "CFF 194")]
    if resto:
        pasos.append(Paso("Excedente del deudor", escribir(resto), "CFF 196"))
    return Producto(aplicado, resto, tuple(pasos))


def _arriba(importe: Decimal) -> Decimal:
    """To the cent, up: a least amount is never rounded below what the law says."""
    return importe.quantize(CENTAVO, ROUND_UP)


def _positivo(*importes: Decimal) -> None:
    if any(uno <= 0 for uno in importes):
        raise dato_invalido("El valor debe ser mayor que cero.")
