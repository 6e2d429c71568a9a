"""How a payment is divided among credits (CFF 20, 194; LSS 291; RACERF 189)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workflow.params import aplicacion as params
from workflow.params import multas
from workflow.params.aplicacion import Lugar
from workflow.rules.dinero import a_pesos_cff20, escribir
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.saldo import CERO, Adeudo, Saldo


@dataclass(frozen=True, slots=True)
class Cuenta:
    """A credit that takes part, with its balance on the day of the payment.

    `reducciones`: what the law takes off a fine paid in its term, by the key of its debt.
    """

    credito: int
    saldo: Saldo
    reducciones: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def antiguedad(self) -> date:
        """The first day on which something of it that is still owed should have been paid."""
        return min((a.vence for a in self.saldo.adeudos if a.total), default=self.saldo.al)


@dataclass(frozen=True, slots=True)
class Parte:
    """Pesos for a concept of a debt of a credit, with the step that says why."""

    credito: int
    adeudo: int
    concepto: str
    importe: Decimal
    lugar: Lugar
    paso: Paso


@dataclass(frozen=True, slots=True)
class Reparto:
    """`abonos` and `excedente` add up to the payment. `sube`: cents that the rounding adds to a debt before
    they are paid; `baja`: those that it forgives; `reducciones`: of fines paid in time."""

    abonos: tuple[Parte, ...]
    reducciones: tuple[Parte, ...]
    sube: tuple[Parte, ...]
    baja: tuple[Parte, ...]
    excedente: Decimal
    pasos: tuple[Paso, ...]

    def de(self, credito: int) -> Decimal:
        """What went to a credit."""
        return sum((parte.importe for parte in self.abonos if parte.credito == credito), CERO)


def repartir(importe: Decimal, cuentas: Iterable[Cuenta], aparte: Collection[int] = frozenset()) -> Reparto:
    """Divide `importe` pesos, oldest credit first; `aparte`: ids of those that are challenged and guaranteed.

    Raises DATO_INVALIDO for an amount that is not more than zero.
    """
    if importe <= 0:
        raise dato_invalido("El importe de un pago debe ser mayor que cero.")
    todas = sorted(cuentas, key=lambda c: (c.antiguedad, c.credito))
    reparto = _Reparto(importe)
    regla = params.antiguedad()
    reparto.pasos.append(Paso("Primero, lo más antiguo", regla.nombre, regla.cita, (), regla.confianza))
    porque = "está impugnado y garantizado: el orden no se le aplica"
    reparto.pasos += [
        Paso("Un crédito queda aparte", porque, "CFF 20, 194") for c in todas if c.credito in aparte
    ]
    deben = [c for c in todas if c.credito not in aparte and c.saldo.total > 0]
    for cuenta in deben:
        reparto.cubrir(cuenta, ultima=cuenta is deben[-1])
    if reparto.resta:
        detalle = "no queda a qué aplicarlo: se devuelve o se deja para lo que venga"
        reparto.pasos.append(Paso(f"Excedente: {escribir(reparto.resta)}", detalle, "CFF 22, 196"))
    return reparto.cerrado()


class _Reparto:
    """The payment while it is divided."""

    def __init__(self, importe: Decimal) -> None:
        self.resta = importe
        self.pasos: list[Paso] = []
        self.abonos: list[Parte] = []
        self.reducciones: list[Parte] = []
        self.sube: list[Parte] = []
        self.baja: list[Parte] = []

    def cubrir(self, cuenta: Cuenta, *, ultima: bool) -> None:
        """Pay what can be paid of one credit.

        What settles it in whole pesos settles it: cents above them go to the next credit, so that whoever pays the
        sum of what each one asks for settles them all. Only the last takes them.
        """
        filas = _filas(cuenta)
        descuento = sum(
            (min(cuenta.reducciones.get(f.adeudo, CERO), f.importe) for f in filas if f.es_multa), CERO
        )
        a_pagar = a_pesos_cff20(cuenta.saldo.total - descuento)
        exacto = cuenta.saldo.total - descuento
        salda = self.resta >= min(a_pagar, exacto)
        puede = a_pagar if salda and not ultima else self.resta
        for fila in filas:
            reduccion = (
                min(cuenta.reducciones.get(fila.adeudo, CERO), fila.importe) if fila.es_multa else CERO
            )
            if reduccion and (salda or self.resta >= fila.importe - reduccion):
                self._reducir(cuenta, fila, reduccion)
                fila.importe -= reduccion
            pagado = min(puede, self.resta, fila.importe)
            self._abonar(cuenta, fila, pagado)
            fila.importe -= pagado
            puede -= pagado
            if salda and fila.importe:
                self.baja.append(_parte(cuenta, fila, fila.importe, _ajuste(a_pagar, "baja", fila.importe)))
        mas = min(self.resta, a_pagar - exacto)
        if mas > 0:
            fin = filas[-1]
            self.sube.append(_parte(cuenta, fin, mas, _ajuste(a_pagar, "sube", mas)))
            self._abonar(cuenta, fin, mas)

    def _abonar(self, cuenta: Cuenta, fila: _Fila, pagado: Decimal) -> None:
        if not pagado:
            return
        self.resta -= pagado
        paso = Paso(
            f"{fila.lugar.nombre}: {escribir(pagado)}",
            "se cubre lo que se debía" if pagado == fila.importe else f"de {escribir(fila.importe)}",
            fila.lugar.cita,
            (fila.vence,),
            fila.lugar.confianza,
        )
        self.pasos.append(paso)
        self.abonos.append(_parte(cuenta, fila, pagado, paso))

    def _reducir(self, cuenta: Cuenta, fila: _Fila, reduccion: Decimal) -> None:
        ajuste = multas.reduccion()
        paso = Paso(
            f"Reducción de la multa: {escribir(reduccion)}",
            f"{ajuste.valor} % menos, porque se paga completa en su plazo",
            ajuste.cita,
            (fila.vence,),
            ajuste.confianza,
        )
        self.pasos.append(paso)
        self.reducciones.append(_parte(cuenta, fila, reduccion, paso))

    def cerrado(self) -> Reparto:
        """The result."""
        return Reparto(
            tuple(self.abonos),
            tuple(self.reducciones),
            tuple(self.sube),
            tuple(self.baja),
            self.resta,
            tuple(self.pasos),
        )


@dataclass(slots=True)
class _Fila:
    """What is left to pay of a concept of a debt, in its place."""

    adeudo: int
    vence: date
    concepto: str
    importe: Decimal
    lugar: Lugar

    @property
    def es_multa(self) -> bool:
        """True for the fine itself, not for its update."""
        return self.concepto == "multa"


def _filas(cuenta: Cuenta) -> list[_Fila]:
    """Concept by concept in the order of the law; within one, the oldest debt first."""
    orden = {lugar.clave: (n, lugar) for n, lugar in enumerate(params.orden())}
    filas = [
        (orden[_clave(adeudo, concepto)], adeudo.vence, adeudo.clave, concepto, importe)
        for adeudo in cuenta.saldo.adeudos
        for concepto, importe in adeudo.pendiente.items()
        if importe > 0
    ]
    filas.sort(key=lambda f: (f[0][0], f[1], f[2], f[3]))
    return [
        _Fila(clave, vence, concepto, importe, lugar) for (_, lugar), vence, clave, concepto, importe in filas
    ]


def _clave(adeudo: Adeudo, concepto: str) -> str:
    return f"{concepto}_multa" if concepto == "actualizacion" and adeudo.clase == "multa" else concepto


def _parte(cuenta: Cuenta, fila: _Fila, importe: Decimal, paso: Paso) -> Parte:
    return Parte(cuenta.credito, fila.adeudo, fila.concepto, importe, fila.lugar, paso)


def _ajuste(a_pagar: Decimal, sentido: str, centavos: Decimal) -> Paso:
    que = f"Ajuste a pesos: {sentido} {escribir(centavos)}"
    return Paso(que, f"el saldo se paga con {escribir(a_pagar)}", "CFF 20")
