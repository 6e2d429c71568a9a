"""A payment divided by hand and always (CFF 20; RACERF 189)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.aplicacion import Cuenta, Parte, Reparto, repartir
from workflow.rules.errores import ReglaError
from workflow.rules.saldo import Movimiento, calcular

D = Decimal
DIA = date(2026, 2, 10)


def cuenta(
    credito: int, *cargos: tuple[str, str, date], reducciones: dict[int, Decimal] | None = None
) -> Cuenta:
    movimientos = [
        Movimiento(credito * 100 + n, "cargo", concepto, D(importe), fecha)
        for n, (concepto, importe, fecha) in enumerate(cargos)
    ]
    return Cuenta(credito, calcular(movimientos, DIA), reducciones or {})


def partes(lista: tuple[Parte, ...]) -> list[tuple[int, str, str]]:
    return [(parte.credito, parte.concepto, str(parte.importe)) for parte in lista]


def suma(lista: tuple[Parte, ...]) -> Decimal:
    return sum((parte.importe for parte in lista), D(0))


TODO = (
    ("cuotas_patron", "100.00", DIA),
    ("cuotas_trabajador", "30.00", DIA),
    ("multa", "50.00", DIA),
    ("gastos", "10.00", DIA),
    ("indemnizacion", "20.00", DIA),
)


def test_el_orden_dentro_de_un_credito() -> None:
    reparto = repartir(D("190.00"), [cuenta(1, *TODO)])
    assert partes(reparto.abonos) == [
        (1, "gastos", "10.00"),
        (1, "multa", "50.00"),
        (1, "indemnizacion", "20.00"),
        (1, "cuotas_trabajador", "30.00"),
        (1, "cuotas_patron", "80.00"),
    ]
    assert reparto.excedente == 0
    assert reparto.de(1) == 190
    confianza = {paso.que.split(":")[0]: paso.confianza for paso in reparto.pasos}
    assert confianza["Gastos de ejecución"] == "verificado"
    assert confianza["Cuotas del patrón"] == "diseno"


def test_recargos_antes_que_cuotas_y_los_mas_viejos_primero() -> None:
    viejo, nuevo = date(2025, 5, 19), date(2025, 8, 18)
    deuda = cuenta(1, ("cuotas_patron", "1000.00", nuevo), ("cuotas_patron", "1000.00", viejo))
    reparto = repartir(D("300.00"), [deuda])
    conceptos = [(p.concepto, p.adeudo) for p in reparto.abonos]
    assert conceptos[:2] == [("recargos", 101), ("recargos", 100)]
    assert conceptos[2] == ("actualizacion", 101)


def test_la_actualizacion_de_una_multa_va_tras_su_multa() -> None:
    deuda = cuenta(1, ("multa", "1000.00", date(2025, 1, 17)), ("indemnizacion", "5.00", DIA))
    reparto = repartir(D("5000.00"), [deuda])
    assert [p.concepto for p in reparto.abonos[:3]] == ["multa", "actualizacion", "indemnizacion"]


def test_el_mas_antiguo_primero_y_el_apartado_nada() -> None:
    ayer = DIA - timedelta(days=1)
    cuentas = [
        cuenta(3, ("gastos", "10.00", DIA)),
        cuenta(1, ("gastos", "10.00", DIA)),
        cuenta(2, ("gastos", "10.00", ayer)),
        cuenta(4),
    ]
    reparto = repartir(D("25.00"), cuentas, {1})
    assert partes(reparto.abonos) == [(2, "gastos", "10.00"), (3, "gastos", "10.00")]
    assert reparto.excedente == 5
    assert any("aparte" in paso.que for paso in reparto.pasos)


@pytest.mark.parametrize(
    ("pago", "abonado", "sube", "baja", "sobra"),
    [
        ("100.50", "100.50", "0", "0", "0"),  # exact, cents and all
        ("100.00", "100.00", "0", "0.50", "0"),  # up to fifty cents go down
        ("100.49", "100.49", "0", "0.01", "0"),
        ("99.99", "99.99", "0", "0", "0"),  # not the whole debt: nothing is rounded
        ("101.00", "100.50", "0", "0", "0.50"),
    ],
)
def test_hasta_cincuenta_centavos_bajan(pago: str, abonado: str, sube: str, baja: str, sobra: str) -> None:
    reparto = repartir(D(pago), [cuenta(1, ("gastos", "100.50", DIA))])
    assert suma(reparto.abonos) == D(abonado)
    assert (suma(reparto.sube), suma(reparto.baja), reparto.excedente) == (D(sube), D(baja), D(sobra))


@pytest.mark.parametrize(
    ("pago", "sube", "sobra"),
    [("100.51", "0", "0"), ("100.80", "0.29", "0"), ("101", "0.49", "0"), ("102", "0.49", "1")],
)
def test_de_cincuenta_y_uno_suben(pago: str, sube: str, sobra: str) -> None:
    reparto = repartir(D(pago), [cuenta(1, ("gastos", "100.51", DIA))])
    assert (suma(reparto.sube), reparto.excedente) == (D(sube), D(sobra))
    assert suma(reparto.abonos) + reparto.excedente == D(pago)


def test_la_reduccion_solo_si_se_cubre_el_resto_de_la_multa() -> None:
    deuda = cuenta(
        1, ("multa", "1000.00", DIA), ("indemnizacion", "50.00", DIA), reducciones={100: D("200.00")}
    )
    entera = repartir(D("800.00"), [deuda])
    assert partes(entera.reducciones) == [(1, "multa", "200.00")]
    assert partes(entera.abonos) == [(1, "multa", "800.00")]
    parcial = repartir(D("799.99"), [deuda])
    assert parcial.reducciones == ()
    assert partes(parcial.abonos) == [(1, "multa", "799.99")]
    todo = repartir(D("850.00"), [deuda])
    assert (suma(todo.reducciones), suma(todo.abonos), todo.excedente) == (200, 850, 0)


def test_no_hay_pago_de_nada() -> None:
    with pytest.raises(ReglaError, match="mayor que cero"):
        repartir(D("0"), [])


IMPORTES = st.decimals(D("0.01"), D("99999.99"), places=2)
CARGOS = st.tuples(
    st.sampled_from(["cuotas_patron", "cuotas_trabajador", "multa", "gastos", "indemnizacion"]),
    IMPORTES.map(str),
    st.dates(date(2024, 1, 1), DIA),
)
CUENTAS = st.lists(st.lists(CARGOS, max_size=4), min_size=1, max_size=4).map(
    lambda todas: [cuenta(n, *cargos) for n, cargos in enumerate(todas, 1)]
)


def queda(cuentas: list[Cuenta], reparto: Reparto) -> Decimal:
    debian = sum((c.saldo.total for c in cuentas), D(0))
    return debian + suma(reparto.sube) - suma(reparto.abonos) - suma(reparto.baja) - suma(reparto.reducciones)


@given(IMPORTES, CUENTAS)
def test_siempre_cuadra(importe: Decimal, cuentas: list[Cuenta]) -> None:
    reparto = repartir(importe, cuentas)
    assert suma(reparto.abonos) + reparto.excedente == importe
    assert reparto.excedente >= 0
    assert queda(cuentas, reparto) >= 0
    assert all(parte.importe > 0 for parte in (*reparto.abonos, *reparto.sube, *reparto.baja))
    if reparto.excedente:
        assert queda(cuentas, reparto) == 0
    assert suma(reparto.baja) <= D("0.50") * len(cuentas)
    assert suma(reparto.sube) < D("0.50") * len(cuentas)
    for c in cuentas:
        assert reparto.de(c.credito) <= c.saldo.total + D("0.49")


@given(IMPORTES, CUENTAS)
def test_no_depende_del_orden_en_que_se_dan(importe: Decimal, cuentas: list[Cuenta]) -> None:
    assert repartir(importe, cuentas) == repartir(importe, reversed(cuentas))


@given(IMPORTES, IMPORTES, CUENTAS)
def test_partir_un_pago_del_mismo_dia_solo_mueve_el_redondeo(
    uno: Decimal, dos: Decimal, cuentas: list[Cuenta]
) -> None:
    """What two payments of one day leave owed is what one of their sum leaves, but for the cents of each debt."""
    junto = repartir(uno + dos, cuentas)
    primero = repartir(uno, cuentas)
    resta = []
    for c in cuentas:
        pagado: dict[tuple[int, str], Decimal] = {}
        for lista, signo in ((primero.abonos, 1), (primero.baja, 1), (primero.sube, -1)):
            for parte in lista:
                if parte.credito == c.credito:
                    llave = (parte.adeudo, parte.concepto)
                    pagado[llave] = pagado.get(llave, D(0)) + signo * parte.importe
        adeudos = [
            Movimiento(
                a.clave,
                "cargo",
                "gastos",
                sum(a.pendiente.values(), D(0))
                - sum((v for (clave, _), v in pagado.items() if clave == a.clave), D(0)),
                a.vence,
            )
            for a in c.saldo.adeudos
        ]
        resta.append(Cuenta(c.credito, calcular([m for m in adeudos if m.importe > 0], DIA)))
    segundo = repartir(dos, resta)
    tope = D("0.50") * len(cuentas)
    assert abs(junto.excedente - segundo.excedente - primero.excedente) <= tope
    assert abs(queda(cuentas, junto) - queda(resta, segundo)) <= tope


def test_los_centavos_que_uno_perdona_no_se_toman_del_siguiente() -> None:
    cuentas = [
        cuenta(n, ("cuotas_patron", importe, DIA))
        for n, importe in ((1, "100.40"), (2, "50.30"), (3, "20.45"))
    ]
    reparto = repartir(D("170.00"), cuentas)
    assert partes(reparto.abonos) == [
        (1, "cuotas_patron", "100.00"),
        (2, "cuotas_patron", "50.00"),
        (3, "cuotas_patron", "20.00"),
    ]
    assert [str(parte.importe) for parte in reparto.baja] == ["0.40", "0.30", "0.45"]
    assert reparto.excedente == 0


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=6))
def test_pagar_la_suma_de_lo_que_pide_cada_uno_los_salda(centavos: list[int]) -> None:
    cuentas = [cuenta(n, ("cuotas_patron", str(D(c) / 100), DIA)) for n, c in enumerate(centavos, 1)]
    suma_pedida = sum((c.saldo.a_pagar for c in cuentas), D(0))
    if not suma_pedida:
        return
    reparto = repartir(suma_pedida, cuentas)
    assert reparto.excedente == 0
    for una in cuentas:
        suyo = [p.importe for p in (*reparto.abonos, *reparto.baja) if p.credito == una.credito]
        subio = [p.importe for p in reparto.sube if p.credito == una.credito]
        assert sum(suyo, D(0)) == una.saldo.total + sum(subio, D(0))
        assert reparto.de(una.credito) == una.saldo.a_pagar
