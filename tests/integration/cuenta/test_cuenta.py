"""The account of a credit on the database: charged, paid, done again, reversed, written off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from models.credito import AsientoCredito, ClaseCredito, ConceptoCredito, Credito, EstadoCredito, TipoAsiento
from models.pago import EstadoPago
from tests.factories import cuenta as fabrica
from tests.factories.casa import Obra
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import cuenta, plazo
from workflow.operations.sujeto import de_credito
from workflow.rules import accesorios

D = Decimal
HOY = dt.datetime(2026, 6, 15, 9, tzinfo=ZoneInfo("America/Mexico_City"))
VENCIO = dt.date(2025, 3, 18)


@pytest.fixture
def ctx(obra_demo: Obra) -> Iterator[Ctx]:
    obra_demo.ahora = HOY
    with obra_demo.como() as ctx:
        yield ctx


@pytest.fixture
def credito(ctx: Ctx) -> Credito:
    fila = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)))
    fabrica.cuotas(ctx, fila, VENCIO, "1000.00", "234.56")
    fabrica.cuotas(ctx, fila, dt.date(2025, 4, 17), "2000.00")
    return fila


def total(ctx: Ctx, credito: Credito, al: dt.date) -> Decimal:
    return cuenta.saldo(ctx, credito, al).total


def sumas(ctx: Ctx, credito: Credito) -> dict[str, Decimal]:
    filas = ctx.session.execute(
        select(AsientoCredito.tipo, func.sum(AsientoCredito.importe))
        .where(AsientoCredito.credito_id == credito.id)
        .group_by(AsientoCredito.tipo)
    )
    return {tipo.value: D(str(suma)).quantize(D("0.01")) for tipo, suma in filas}


def test_sin_pagos_el_saldo_es_el_de_accesorios(ctx: Ctx, credito: Credito) -> None:
    al = dt.date(2026, 4, 20)
    uno = accesorios.calcular(D("1234.56"), VENCIO, al)
    dos = accesorios.calcular(D("2000.00"), dt.date(2025, 4, 17), al)
    saldo = cuenta.saldo(ctx, credito, al)
    assert saldo.total == uno.total + dos.total
    assert saldo.por_concepto["recargos"] == uno.recargos + dos.recargos
    assert saldo.por_concepto[ConceptoCredito.CUOTAS_PATRON] == D("3000.00")


def test_un_corte_no_cambia_ningun_saldo(ctx: Ctx, credito: Credito) -> None:
    dias = [dt.date(2025, 8, 1), dt.date(2025, 12, 15), dt.date(2026, 5, 2)]
    antes = [total(ctx, credito, dia) for dia in dias]
    cuenta.cortar(ctx, credito, dt.date(2025, 11, 30))
    cuenta.cortar(ctx, credito, dt.date(2026, 2, 10))
    cuenta.cortar(ctx, credito, dt.date(2025, 12, 1))  # the past stays as it is
    assert [total(ctx, credito, dia) for dia in dias] == antes
    posteado = sum(
        (
            a.importe
            for a in ctx.session.scalars(select(AsientoCredito).where(AsientoCredito.de_id.is_not(None)))
        ),
        D(0),
    )
    assert posteado > 0


def test_un_pago_total_deja_el_saldo_en_cero(ctx: Ctx, credito: Credito) -> None:
    al = dt.date(2026, 4, 20)
    debe = cuenta.saldo(ctx, credito, al)
    pago = fabrica.pago(ctx, credito, al, str(debe.a_pagar), "A-1")
    hecho = cuenta.aplicar(ctx, pago, [credito])
    assert hecho.excedente == 0
    assert hecho.por_credito == {credito.id: debe.a_pagar}
    assert total(ctx, credito, al) == 0
    assert total(ctx, credito, dt.date(2026, 6, 1)) == 0
    assert pago.estado is EstadoPago.APLICADO
    assert total(ctx, credito, dt.date(2026, 4, 19)) == debe.total  # the balance of before is that of before


def test_el_orden_de_captura_no_importa(ctx: Ctx) -> None:
    saldos = []
    for numero, orden in enumerate(([0, 1], [1, 0])):
        credito = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)))
        fabrica.cuotas(ctx, credito, VENCIO, "1000.00", "234.56")
        datos = [(dt.date(2025, 9, 3), "400.00"), (dt.date(2026, 1, 20), "300.00")]
        for cual in orden:
            fecha, importe = datos[cual]
            cuenta.aplicar(ctx, fabrica.pago(ctx, credito, fecha, importe, f"{numero}-{cual}"), [credito])
        saldos.append(
            [total(ctx, credito, dt.date(2025, m, 28)) for m in (8, 9, 12)]
            + [total(ctx, credito, dt.date(2026, 5, 28))]
        )
    assert saldos[0] == saldos[1]


def test_reversar_devuelve_el_saldo_de_antes(ctx: Ctx, credito: Credito) -> None:
    al = dt.date(2026, 5, 28)
    uno = fabrica.pago(ctx, credito, dt.date(2025, 9, 3), "400.00", "1")
    cuenta.aplicar(ctx, uno, [credito])
    antes = total(ctx, credito, al)
    dos = fabrica.pago(ctx, credito, dt.date(2025, 7, 3), "500.00", "2")
    cuenta.aplicar(ctx, dos, [credito])
    assert total(ctx, credito, al) < antes
    cuenta.reversar(ctx, dos, "Cheque no pagado")
    assert total(ctx, credito, al) == antes
    assert dos.estado is EstadoPago.REVERSADO
    cuenta.reversar(ctx, uno, "No era de este patrón")
    fresco = accesorios.calcular(D("1234.56"), VENCIO, al).total
    assert total(ctx, credito, al) == fresco + accesorios.calcular(D("2000"), dt.date(2025, 4, 17), al).total


def test_lo_mas_antiguo_primero_y_lo_que_sobra_sigue(ctx: Ctx) -> None:
    acto = fabrica.acto(ctx, fabrica.patron(ctx))
    viejo, nuevo, otro = (fabrica.credito(ctx, acto) for _ in range(3))
    fabrica.cuotas(ctx, nuevo, dt.date(2026, 6, 17), "100.00")
    fabrica.cuotas(ctx, viejo, dt.date(2026, 5, 18), "100.00")
    fabrica.cuotas(ctx, otro, dt.date(2026, 7, 17), "100.00")
    pago = fabrica.pago(ctx, nuevo, dt.date(2026, 5, 10), "150.00", "x")
    hecho = cuenta.aplicar(ctx, pago, [nuevo, viejo, otro])
    assert hecho.por_credito == {viejo.id: D("100.00"), nuevo.id: D("50.00")}
    # An earlier payment of the oldest arrives late: the first one goes on to those that it was meant for.
    tarde = fabrica.pago(ctx, viejo, dt.date(2026, 5, 4), "100.00", "y")
    cuenta.aplicar(ctx, tarde, [viejo])
    al = dt.date(2026, 5, 15)
    assert [total(ctx, c, al) for c in (viejo, nuevo, otro)] == [D(0), D(0), D("50.00")]
    assert pago.excedente == 0


def test_lo_impugnado_y_garantizado_queda_aparte(ctx: Ctx) -> None:
    acto = fabrica.acto(ctx, fabrica.patron(ctx))
    garantizado = fabrica.credito(ctx, acto, estado=EstadoCredito.GARANTIZADO_VIGENTE)
    otro = fabrica.credito(ctx, acto)
    fabrica.cuotas(ctx, garantizado, dt.date(2026, 5, 18), "100.00")
    plazo.suspender(ctx, de_credito(garantizado), "juicio", "CFF 144", dt.date(2026, 5, 4))
    fabrica.cuotas(ctx, otro, dt.date(2026, 6, 17), "100.00")
    hecho = cuenta.aplicar(
        ctx, fabrica.pago(ctx, otro, dt.date(2026, 5, 10), "150.00", "x"), [garantizado, otro]
    )
    assert hecho.por_credito == {otro.id: D("100.00")}
    assert hecho.excedente == D("50.00")
    # Who pays that very credit pays it.
    suyo = fabrica.pago(ctx, garantizado, dt.date(2026, 5, 10), "60.00", "y")
    assert cuenta.aplicar(ctx, suyo, [garantizado]).por_credito == {garantizado.id: D("60.00")}


@pytest.mark.parametrize(
    ("dia", "importe", "debe", "sobra"),
    [
        (dt.date(2026, 4, 6), "8000.00", "0.00", "0.00"),  # the last day, complete
        (dt.date(2026, 4, 6), "8500.00", "0.00", "500.00"),
        (dt.date(2026, 4, 6), "7999.00", "2001.00", "0.00"),  # not complete: no discount
        (dt.date(2026, 4, 7), "8000.00", "2000.00", "0.00"),  # a day late
    ],
)
def test_la_multa_pagada_en_su_plazo_cuesta_menos(
    ctx: Ctx, dia: dt.date, importe: str, debe: str, sobra: str
) -> None:
    multa = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)), ClaseCredito.MULTA)
    fabrica.multa(ctx, multa, "10000.00", dt.date(2026, 3, 12), dt.date(2026, 4, 6))
    hecho = cuenta.aplicar(ctx, fabrica.pago(ctx, multa, dia, importe, "m"), [multa])
    assert total(ctx, multa, dia) == D(debe)
    assert hecho.excedente == D(sobra)
    assert sumas(ctx, multa).get("reduccion", D(0)) == (D("2000.00") if debe == "0.00" else D(0))


def test_dar_de_baja_apaga_lo_que_corria(ctx: Ctx, credito: Credito) -> None:
    cuenta.cortar(ctx, credito, dt.date(2025, 9, 1))
    pago = fabrica.pago(ctx, credito, dt.date(2025, 10, 1), "500.00", "1")
    cuenta.aplicar(ctx, pago, [credito])
    cuenta.dar_de_baja(ctx, credito, "Resolución que deja sin efectos", "LSS 294", dt.date(2026, 1, 15))
    credito.pasar_a(EstadoCredito.SIN_EFECTOS)
    assert total(ctx, credito, dt.date(2026, 1, 14)) > 0
    assert total(ctx, credito, dt.date(2026, 1, 15)) == 0
    assert total(ctx, credito, dt.date(2026, 5, 15)) == 0
    cuenta.reversar(ctx, pago, "Cheque no pagado")
    assert total(ctx, credito, dt.date(2026, 6, 15)) == 0


def test_bajar_una_parte_es_como_si_nunca_se_hubiera_debido(ctx: Ctx) -> None:
    credito = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)))
    cargo = fabrica.cuotas(ctx, credito, VENCIO, "1000.00")[0]
    cuenta.cortar(ctx, credito, dt.date(2025, 12, 1))
    cuenta.bajar(ctx, cargo, D("400.00"), "Sentencia", "LSS 294", dt.date(2026, 2, 1))
    al = dt.date(2026, 4, 20)
    assert total(ctx, credito, al) == accesorios.calcular(D("600.00"), VENCIO, al).total
    cuenta.cortar(ctx, credito, al)  # what was posted in excess is taken down
    assert total(ctx, credito, al) == accesorios.calcular(D("600.00"), VENCIO, al).total
    with pytest.raises(DatoInvalido, match="más de lo que se debe"):
        cuenta.bajar(ctx, cargo, D("600.01"), "Sentencia", "LSS 294", al)


def test_gastos_primero_y_no_crecen(ctx: Ctx) -> None:
    credito = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)))
    fabrica.cuotas(ctx, credito, VENCIO, "1000.00")
    gasto = cuenta.cargar(
        ctx, credito, ConceptoCredito.GASTOS, D("630.00"), dt.date(2026, 2, 3), "Requerimiento", "CFF 150"
    )
    al = dt.date(2026, 3, 3)
    hecho = cuenta.aplicar(ctx, fabrica.pago(ctx, credito, al, "700.00", "g"), [credito])
    abonos = ctx.session.scalars(
        select(AsientoCredito).where(AsientoCredito.tipo == TipoAsiento.ABONO).order_by(AsientoCredito.id)
    ).all()
    assert [(a.concepto, a.importe) for a in abonos] == [
        (ConceptoCredito.GASTOS, D("630.00")),
        (ConceptoCredito.RECARGOS, D("70.00")),
    ]
    assert abonos[0].de_id == gasto.id
    assert hecho.por_credito == {credito.id: D("700.00")}
    assert (
        total(ctx, credito, dt.date(2026, 2, 2))
        == accesorios.calcular(D("1000"), VENCIO, dt.date(2026, 2, 2)).total
    )


def test_lo_que_no_se_puede(ctx: Ctx, credito: Credito) -> None:
    with pytest.raises(DatoInvalido, match="mayor que cero"):
        cuenta.cargar(ctx, credito, ConceptoCredito.GASTOS, D("0"), VENCIO, "x", "y")
    with pytest.raises(DatoInvalido, match="centavos"):
        cuenta.cargar(ctx, credito, ConceptoCredito.GASTOS, D("1.001"), VENCIO, "x", "y")
    ajeno = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx, fabrica.OTRO_PATRON)))
    pago = fabrica.pago(ctx, credito, dt.date(2026, 4, 20), "10.00", "1")
    with pytest.raises(DatoInvalido, match="otro patrón"):
        cuenta.aplicar(ctx, pago, [ajeno])
    cuenta.aplicar(ctx, pago, [credito])
    with pytest.raises(DatoInvalido, match="ya se aplicó"):
        cuenta.aplicar(ctx, pago, [credito])


def test_una_multa_se_debe_desde_que_termina_su_plazo(ctx: Ctx) -> None:
    multa = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)), ClaseCredito.MULTA)
    cuenta.cargar(ctx, multa, ConceptoCredito.MULTA, D("10000.00"), dt.date(2025, 3, 3), "Multa", "LSS 304 A")
    antes, despues = dt.date(2025, 9, 20), dt.date(2026, 2, 10)
    assert total(ctx, multa, antes) > D("10000.00")
    termino = plazo.abrir(ctx, de_credito(multa), "pago_credito", desde=dt.date(2025, 9, 1))
    assert total(ctx, multa, antes) == D("10000.00")
    tarde = accesorios.calcular(D("10000.00"), termino.vence, despues, "multa")
    assert total(ctx, multa, despues) == tarde.total > D("10000.00")


def test_lo_que_se_calcula_otra_vez_conserva_lo_pagado(ctx: Ctx, credito: Credito) -> None:
    antes = fabrica.pago(ctx, credito, dt.date(2025, 9, 3), "700.00", "1")
    cuenta.aplicar(ctx, antes, [credito])

    def otra_vez() -> None:
        cuenta.dar_de_baja(ctx, credito, "Se calculó otra vez", "LSS 39 C", None)
        fabrica.cuotas(ctx, credito, VENCIO, "1500.00")

    cuenta.rehacer(ctx, credito, "Se calculó otra vez", otra_vez)
    limpio = fabrica.credito(ctx, fabrica.acto(ctx, fabrica.patron(ctx)))
    fabrica.cuotas(ctx, limpio, VENCIO, "1500.00")
    cuenta.aplicar(ctx, fabrica.pago(ctx, limpio, dt.date(2025, 9, 3), "700.00", "2"), [limpio])
    for al in (dt.date(2025, 3, 1), dt.date(2025, 9, 2), dt.date(2025, 9, 3), dt.date(2026, 6, 1)):
        assert total(ctx, credito, al) == total(ctx, limpio, al)
