"""What a credit owes on a date: the entries of its account, and what ran from the last payment on (CFF 17-A, 20, 21).

The principal of one last day to pay is a debt (`Adeudo`) with its own update and surcharges. Those are computed
from the last day on which money was applied to it (from its last day to pay, while there was none), on what was
left then; what the account already posted after that day is taken off. So posting a figure never changes a later
one, and without payments the balance is that of `accesorios`, to the cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.params import inpc as indices
from workflow.params.fechas import fecha_en_palabras
from workflow.params.inpc import Serie
from workflow.rules.accesorios import factor_entre, meses_de_recargos, paso_cff20, pasos_recargos
from workflow.rules.dinero import a_centavos, a_pesos_cff20, escribir
from workflow.rules.paso import Paso

CERO = Decimal("0.00")
CONCEPTOS = (
    "gastos",
    "recargos",
    "multa",
    "indemnizacion",
    "actualizacion",
    "cuotas_patron",
    "cuotas_trabajador",
)
# What a root charge is: cuotas are updated and bear surcharges, a fine is updated, nothing else grows.
CUOTAS = frozenset({"cuotas_patron", "cuotas_trabajador"})
CRECEN = CUOTAS | {"multa"}
_SIGNO = {"cargo": 1, "reverso": 1, "abono": -1, "reduccion": -1, "baja": -1}


@dataclass(frozen=True, slots=True)
class Movimiento:
    """An entry of the account, pesos. `de`: the charge that it raises or lowers, or whose accessory it is."""

    id: int
    tipo: str
    concepto: str
    importe: Decimal
    fecha: date
    de: int | None = None
    pago: int | None = None

    @property
    def es_cargo(self) -> bool:
        """True for what is owed; the rest raises or lowers it."""
        return self.tipo == "cargo"


@dataclass(frozen=True, slots=True)
class Adeudo:
    """The principal of one last day to pay (or a fine, a cost, an indemnity) and what hangs from it, in pesos.

    `clave`: id of its first charge. `pendiente`: by concept, what is posted and what runs. `corre_*`: what is
    not posted yet (negative: posted in excess, because the index fell).
    """

    clave: int
    vence: date
    clase: str
    pendiente: Mapping[str, Decimal]
    corre_actualizacion: Decimal
    corre_recargos: Decimal
    pasos: tuple[Paso, ...]

    @property
    def total(self) -> Decimal:
        """All that it owes."""
        return sum(self.pendiente.values(), CERO)


@dataclass(frozen=True, slots=True)
class Saldo:
    """The balance of a credit on `al`, pesos. `por_concepto` has every concept."""

    al: date
    adeudos: tuple[Adeudo, ...]
    por_concepto: Mapping[str, Decimal]
    total: Decimal
    a_pagar: Decimal
    pasos: tuple[Paso, ...]


def calcular(
    movimientos: Iterable[Movimiento], al: date, inpc: Serie | None = None, *, hoy_sabemos: bool = False
) -> Saldo:
    """The balance on `al` of the account whose entries are given.

    Principal and fines count from the day they were determined, whatever their last day to pay; every other
    entry from its date. `hoy_sabemos`: what was written off later counts too, because it was never owed: so
    money is applied. Raises INPC_NO_DISPONIBLE and PARAMETRO_NO_VIGENTE as `accesorios` does.
    """
    serie = indices.incluida() if inpc is None else inpc
    grupos: dict[tuple[object, ...], _Grupo] = {}
    de_cargo: dict[int, _Grupo] = {}
    for m in sorted(movimientos, key=lambda m: m.id):
        if m.es_cargo and m.de is None:
            if m.concepto not in CRECEN and m.fecha > al:
                continue
            llave = ("cuotas", m.fecha) if m.concepto in CUOTAS else (m.concepto, m.id)
            grupo = de_cargo[m.id] = grupos.setdefault(llave, _Grupo(m.id, m.fecha, str(llave[0])))
            grupo.cargos[m.id] = m
            grupo.pendiente[m.id] = m.importe
            continue
        suyo = de_cargo.get(m.de or 0)
        if suyo is None or not (m.fecha <= al or suyo.nunca_debido(m, hoy_sabemos)):
            continue
        suyo.sumar(m)
        if m.es_cargo:
            de_cargo[m.id] = suyo
    adeudos = tuple(_adeudo(g, al, serie) for g in sorted(grupos.values(), key=lambda g: (g.vence, g.clave)))
    por_concepto = {c: sum((a.pendiente.get(c, CERO) for a in adeudos), CERO) for c in CONCEPTOS}
    total = sum(por_concepto.values(), CERO)
    a_pagar = a_pesos_cff20(total)
    pasos = [paso for adeudo in adeudos for paso in adeudo.pasos]
    detalle = " + ".join(f"{importe}" for importe in por_concepto.values() if importe) or "no debe nada"
    pasos.append(Paso(f"Saldo: {escribir(total)}", detalle, "CFF 17-A, 20, 21", (al,)))
    return Saldo(al, adeudos, por_concepto, total, a_pagar, (*pasos, paso_cff20(a_pagar, al)))


class _Grupo:
    """The charges of one debt, and what is left of each."""

    def __init__(self, clave: int, vence: date, clase: str) -> None:
        self.clave, self.vence, self.clase = clave, vence, clase
        self.cargos: dict[int, Movimiento] = {}
        self.pendiente: dict[int, Decimal] = {}
        self._dinero: dict[tuple[int | None, date], Decimal] = defaultdict(lambda: CERO)
        self._bajas: dict[int, Decimal] = defaultdict(lambda: CERO)

    def sumar(self, m: Movimiento) -> None:
        """One more entry, in the order in which they were written."""
        if m.es_cargo:
            self.cargos[m.id] = m
            self.pendiente[m.id] = m.importe
            return
        assert m.de is not None
        self.pendiente[m.de] += _SIGNO[m.tipo] * m.importe
        if m.tipo == "baja":
            self._bajas[m.de] += m.importe
        else:
            self._dinero[m.pago, m.fecha] -= _SIGNO[m.tipo] * m.importe

    def nunca_debido(self, m: Movimiento, hoy_sabemos: bool) -> bool:
        """True for what was written off as if it had never been charged, or (`hoy_sabemos`) at all."""
        return m.tipo == "baja" and m.de is not None and (hoy_sabemos or m.fecha == self.cargos[m.de].fecha)

    @property
    def desde(self) -> date:
        """The last day on which money was applied and stayed, or the last day to pay."""
        return max([self.vence, *(fecha for (_, fecha), neto in self._dinero.items() if neto)])

    def accesorios(self, concepto: str) -> list[tuple[date, Decimal, Decimal]]:
        """What was posted of a concept and not taken down: its day, how much, how much of it is owed."""
        return [
            (m.fecha, m.importe - self._bajas[m.id], self.pendiente[m.id])
            for m in self.cargos.values()
            if m.de is not None and m.concepto == concepto and m.importe > self._bajas[m.id]
        ]

    def debe(self) -> dict[str, Decimal]:
        """What is posted and owed, by concept."""
        suma: dict[str, Decimal] = defaultdict(lambda: CERO)
        for clave, m in self.cargos.items():
            suma[m.concepto] += self.pendiente[clave]
        return suma


def _adeudo(grupo: _Grupo, al: date, serie: Serie) -> Adeudo:
    debe = grupo.debe()
    if grupo.clase not in ("cuotas", "multa"):
        return Adeudo(grupo.clave, grupo.vence, grupo.clase, debe, CERO, CERO, ())
    desde = grupo.desde
    actualizaciones, recargos = grupo.accesorios("actualizacion"), grupo.accesorios("recargos")
    principal = sum((grupo.pendiente[m.id] for m in grupo.cargos.values() if m.de is None), CERO)
    base = principal + sum((debe_aun for fecha, _, debe_aun in actualizaciones if fecha <= desde), CERO)
    # Fractions of a month that a payment found without update run on from the day of the last one.
    corre_desde = max([grupo.vence, *(fecha for fecha, _, _ in actualizaciones if fecha <= desde)])
    pasos: list[Paso] = []
    actualizado = tasa = CERO
    if base:
        factor = factor_entre(serie, corre_desde, al, sigue=corre_desde > grupo.vence)
        actualizado = a_centavos(base * factor.valor)
        meses = [] if grupo.clase == "multa" else list(meses_de_recargos(grupo.vence, al, desde))
        tasa = sum((mes.mora for mes in meses), Decimal())
        pasos = [
            _paso_base(base, grupo, desde, al),
            factor.paso,
            Paso(
                f"Importe actualizado: {escribir(actualizado)}",
                f"{base} × {factor.valor}",
                "CFF 70 y 17-A" if grupo.clase == "multa" else "LSS 40 A; CFF 17-A",
                (al,),
            ),
            *pasos_recargos(grupo.clase, meses, actualizado, tasa, a_centavos(actualizado * tasa / 100)),
        ]
    corre_a = (
        actualizado - base - sum((puesto for fecha, puesto, _ in actualizaciones if fecha > desde), CERO)
    )
    corre_r = a_centavos(actualizado * tasa / 100) - sum(
        (puesto for fecha, puesto, _ in recargos if fecha > desde), CERO
    )
    debe["actualizacion"] += corre_a
    debe["recargos"] += corre_r
    return Adeudo(grupo.clave, grupo.vence, grupo.clase, debe, corre_a, corre_r, tuple(pasos))


def _paso_base(base: Decimal, grupo: _Grupo, desde: date, al: date) -> Paso:
    cual = "La multa" if grupo.clase == "multa" else "Lo"
    de_que = f"{cual} que debió pagarse el {fecha_en_palabras(grupo.vence)}"
    if desde > grupo.vence:
        de_que += f", tras lo aplicado hasta el {fecha_en_palabras(desde)}"
    return Paso(f"Sobre {escribir(base)}", de_que, "CFF 17-A, 21", (grupo.vence, al))
