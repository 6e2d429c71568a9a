"""Whatever the history of charges and payments, the sums of what was owed, paid and is left are equal."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import defaultdict
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.credito import AsientoCredito, ConceptoCredito, Credito, TipoAsiento
from models.pago import EstadoPago, Pago
from tests.factories import cuenta as fabrica
from tests.factories.casa import Obra
from workflow.context import Ctx
from workflow.operations import cuenta

D = Decimal
HOY = dt.datetime(2026, 6, 15, 9, tzinfo=ZoneInfo("America/Mexico_City"))
FIN = dt.date(2026, 6, 15)
CERO = D("0.00")
# More of them at night.
MAS = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 1


class Historia:
    """Charges and payments at random over three credits; `orden` shuffles only the order of capture."""

    def __init__(self, ctx: Ctx, semilla: int, orden: int | None = None) -> None:
        self.ctx, self.azar = ctx, random.Random(semilla)
        acto = fabrica.acto(ctx, fabrica.patron(ctx))
        self.creditos = [fabrica.credito(ctx, acto) for _ in range(3)]
        for credito in self.creditos:
            for _ in range(self.azar.randint(1, 3)):
                patron, trabajador = (str(D(self.azar.randint(0, 200_000)) / 100) for _ in range(2))
                if D(patron) + D(trabajador):
                    fabrica.cuotas(ctx, credito, self.dia(dt.date(2024, 9, 1), 400), patron, trabajador)
            if self.azar.random() < 0.5:
                importe = D(self.azar.randint(1, 90_000)) / 100
                fecha = self.dia(dt.date(2025, 3, 1), 300)
                cuenta.cargar(
                    ctx, credito, ConceptoCredito.GASTOS, importe, fecha, "Requerimiento", "CFF 150"
                )
        datos = [
            (
                self.dia(dt.date(2025, 2, 1), 490),
                D(self.azar.randint(1, 250_000)) / 100,
                self.azar.sample(range(3), self.azar.randint(1, 3)),
            )
            for _ in range(5)
        ]
        # One payment a day: which of two of the same day comes first is the order of capture.
        unicos = {fecha: (fecha, importe, cuales) for fecha, importe, cuales in datos}
        lista = sorted(unicos.values(), key=lambda d: d[0])
        if orden is not None:
            random.Random(orden).shuffle(lista)
        self.pagos = [
            self.pagar(n, fecha, importe, [self.creditos[i] for i in cuales])
            for n, (fecha, importe, cuales) in enumerate(lista)
        ]

    def dia(self, desde: dt.date, dias: int) -> dt.date:
        return desde + dt.timedelta(days=self.azar.randint(0, dias))

    def pagar(self, numero: int, fecha: dt.date, importe: Decimal, creditos: list[Credito]) -> Pago:
        pago = fabrica.pago(self.ctx, creditos[0], fecha, str(importe), f"{self.creditos[0].id}-{numero}")
        cuenta.aplicar(self.ctx, pago, creditos)
        return pago

    def saldos(self, al: dt.date = FIN) -> list[Decimal]:
        ids = [credito.id for credito in self.creditos]
        saldos = cuenta.saldos(self.ctx, ids, al)
        return [saldos[uno].total for uno in ids]

    def asientos(self) -> list[AsientoCredito]:
        ids = [credito.id for credito in self.creditos]
        return list(
            self.ctx.session.scalars(select(AsientoCredito).where(AsientoCredito.credito_id.in_(ids)))
        )

    def cuadra(self) -> None:
        """The sums, by payment, by charge and by credit; nothing negative on any date."""
        asientos = self.asientos()
        por_pago, por_cargo = defaultdict(lambda: CERO), defaultdict(lambda: CERO)
        posteado = defaultdict(lambda: CERO)
        for a in asientos:
            signo = 1 if a.tipo in (TipoAsiento.CARGO, TipoAsiento.REVERSO) else -1
            por_cargo[a.id if a.tipo is TipoAsiento.CARGO else a.de_id] += signo * a.importe
            posteado[a.credito_id] += signo * a.importe
            if a.tipo is TipoAsiento.ABONO:
                por_pago[a.pago_id] += a.importe
            elif a.tipo is TipoAsiento.REVERSO:
                por_pago[a.pago_id] -= a.importe
            elif a.tipo is TipoAsiento.REDUCCION:
                assert a.importe <= D("0.50")
                por_pago[("reducido", a.pago_id)] += a.importe
        assert min(por_cargo.values()) >= 0
        for pago in self.pagos:
            self.ctx.session.refresh(pago)
            debido = pago.importe if pago.estado is EstadoPago.APLICADO else CERO
            # A reversed reduction is a reversal too: each is at most fifty cents per credit.
            assert abs(por_pago[pago.id] + pago.excedente - debido) <= por_pago[("reducido", pago.id)]
        for credito in self.creditos:
            saldo = cuenta.saldo(self.ctx, credito, FIN)
            corre = sum((x.corre_actualizacion + x.corre_recargos for x in saldo.adeudos), CERO)
            assert saldo.total == posteado[credito.id] + corre
            assert min(saldo.por_concepto.values()) >= 0
        for dia in {a.fecha for a in asientos}:
            assert min(self.saldos(dia)) >= 0


@pytest.fixture
def ctx(obra_demo: Obra):  # type: ignore[no-untyped-def]
    obra_demo.ahora = HOY
    with obra_demo.como() as ctx:
        yield ctx


def test_todo_cuadra_en_cualquier_historia(ctx: Ctx) -> None:
    for semilla in range(8 * MAS):
        historia = Historia(ctx, semilla)
        historia.cuadra()
        azar = random.Random(semilla + 1_000)
        antes = historia.saldos()
        tarde = historia.pagar(99, historia.dia(dt.date(2025, 1, 1), 500), D("123.45"), historia.creditos[:2])
        historia.pagos.append(tarde)
        historia.cuadra()
        cuenta.reversar(ctx, tarde, "Cheque no pagado")
        assert historia.saldos() == antes, semilla
        historia.cuadra()
        cuenta.cortar(ctx, historia.creditos[0], FIN)
        assert historia.saldos() == antes
        cuenta.reversar(ctx, azar.choice(historia.pagos[:-1]), "Mal aplicado")
        historia.cuadra()


def test_el_orden_de_captura_no_cambia_ningun_saldo(ctx: Ctx) -> None:
    for semilla in range(5 * MAS):
        uno, dos = Historia(ctx, semilla), Historia(ctx, semilla, orden=semilla)
        for al in (dt.date(2025, 6, 1), dt.date(2026, 1, 1), FIN):
            assert uno.saldos(al) == dos.saldos(al), semilla
        assert sorted(p.excedente for p in uno.pagos) == sorted(p.excedente for p in dos.pagos)


def test_dar_de_baja_uno_no_toca_a_los_demas(ctx: Ctx) -> None:
    for semilla in range(3 * MAS):
        historia = Historia(ctx, semilla)
        antes = historia.saldos()
        cuenta.dar_de_baja(ctx, historia.creditos[1], "Sin efectos", "LSS 294", FIN)
        assert historia.saldos() == [antes[0], CERO, antes[2]]
        historia.pagos.append(
            historia.pagar(98, dt.date(2025, 1, 15), D("50.00"), [historia.creditos[0], historia.creditos[2]])
        )
        assert historia.saldos()[1] == 0
        historia.cuadra()
