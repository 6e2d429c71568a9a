"""The balance of a credit worked by hand: what runs, from when, on how much."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workflow.params.inpc import Serie, incluida
from workflow.rules import accesorios
from workflow.rules.errores import ReglaError
from workflow.rules.saldo import CONCEPTOS, Movimiento, Saldo, calcular

D = Decimal
VENCE = date(2025, 1, 17)


def mov(
    id_: int,
    tipo: str,
    concepto: str,
    importe: str,
    fecha: date,
    de: int | None = None,
    pago: int | None = None,
) -> Movimiento:
    return Movimiento(id_, tipo, concepto, D(importe), fecha, de, pago)


def cargo(id_: int, importe: str, fecha: date = VENCE, concepto: str = "cuotas_patron") -> Movimiento:
    return mov(id_, "cargo", concepto, importe, fecha)


def total(*movimientos: Movimiento, al: date) -> Decimal:
    return calcular(movimientos, al).total


def test_una_cuenta_sin_nada() -> None:
    saldo = calcular((), date(2026, 1, 1))
    assert (saldo.total, saldo.a_pagar, saldo.adeudos) == (0, 0, ())
    assert set(saldo.por_concepto) == set(CONCEPTOS)
    assert saldo.pasos[-2].de_que == "no debe nada"


def test_las_dos_partes_de_un_periodo_corren_juntas_como_en_la_cedula() -> None:
    al = date(2025, 9, 1)
    saldo = calcular((cargo(1, "100.01"), cargo(2, "50.02", concepto="cuotas_trabajador")), al)
    juntas = accesorios.calcular(D("150.03"), VENCE, al)
    assert len(saldo.adeudos) == 1
    assert saldo.total == juntas.total
    assert saldo.por_concepto["actualizacion"] == juntas.actualizado - D("150.03")
    assert saldo.por_concepto["recargos"] == juntas.recargos


def test_a_mano_con_un_pago_a_la_mitad() -> None:
    # Due 17 January 2025, 1,000.00. On 20 May 2025: INPC of April ÷ INPC of December; five months begun
    # (18 January … 18 May) at 1.47 %.
    serie = incluida()
    abril, diciembre = serie.de(date(2025, 4, 1)), serie.de(date(2024, 12, 1))
    assert abril is not None
    assert diciembre is not None
    factor = (abril.valor / diciembre.valor).quantize(D("0.0001"), "ROUND_DOWN")
    act = (1000 * factor).quantize(D("0.01")) - 1000
    rec = ((1000 + act) * D("7.35") / 100).quantize(D("0.01"), "ROUND_HALF_UP")
    pago = date(2025, 5, 20)
    antes = calcular((cargo(1, "1000.00"),), pago)
    assert (antes.por_concepto["actualizacion"], antes.por_concepto["recargos"]) == (act, rec)
    # Everything but 500.00 of the principal is paid that day.
    cuenta = (
        cargo(1, "1000.00"),
        mov(2, "cargo", "actualizacion", str(act), pago, de=1),
        mov(3, "cargo", "recargos", str(rec), pago, de=1),
        mov(4, "abono", "recargos", str(rec), pago, de=3, pago=9),
        mov(5, "abono", "actualizacion", str(act), pago, de=2, pago=9),
        mov(6, "abono", "cuotas_patron", "500.00", pago, de=1, pago=9),
    )
    assert total(*cuenta, al=pago) == 500
    # The fifth month began on 18 May and was charged; the sixth begins on 18 June.
    assert total(*cuenta, al=date(2025, 6, 17)) == 500
    assert total(*cuenta, al=date(2025, 6, 18)) == D("500") + D("7.35")
    despues = calcular(cuenta, date(2025, 9, 1))
    agosto = accesorios.factor_entre(serie, pago, date(2025, 9, 1)).valor
    actualizado = (500 * agosto).quantize(D("0.01"))
    assert despues.por_concepto["actualizacion"] == actualizado - 500
    assert despues.por_concepto["recargos"] == (actualizado * D("4.41") / 100).quantize(
        D("0.01"), "ROUND_HALF_UP"
    )
    assert any("tras lo aplicado hasta el 20 de mayo de 2025" in paso.de_que for paso in despues.pasos)


def test_lo_que_se_asienta_sin_pago_no_cambia_nada() -> None:
    corte, al = date(2025, 7, 1), date(2026, 3, 2)
    a, b = calcular((cargo(1, "1000.00"),), corte), calcular((cargo(1, "1000.00"),), al)
    cuenta = (
        cargo(1, "1000.00"),
        mov(2, "cargo", "actualizacion", str(a.adeudos[0].corre_actualizacion), corte, de=1),
        mov(3, "cargo", "recargos", str(a.adeudos[0].corre_recargos), corte, de=1),
    )
    assert total(*cuenta, al=corte) == a.total
    assert total(*cuenta, al=al) == b.total
    assert total(*cuenta, al=date(2025, 6, 30)) == total(cargo(1, "1000.00"), al=date(2025, 6, 30))


def test_pagos_seguidos_no_borran_las_fracciones_de_mes() -> None:
    # Two payments twenty days apart: the second finds no month complete, but the update goes on from the first.
    cuenta = [cargo(1, "1000.00")]
    uno = date(2025, 3, 3)
    act = calcular(cuenta, uno).adeudos[0].corre_actualizacion
    cuenta += [
        mov(2, "cargo", "actualizacion", str(act), uno, de=1),
        mov(3, "abono", "cuotas_patron", "100.00", uno, de=1, pago=1),
        mov(4, "abono", "cuotas_patron", "100.00", date(2025, 3, 23), de=1, pago=2),
    ]
    al = date(2025, 6, 2)
    corre = calcular(cuenta, al).adeudos[0].corre_actualizacion
    base = 800 + act
    assert corre == (base * accesorios.factor_entre(incluida(), uno, al).valor).quantize(D("0.01")) - base


def test_una_multa_se_actualiza_sin_recargos_y_gastos_e_indemnizacion_no_crecen() -> None:
    al = date(2026, 2, 2)
    saldo = calcular(
        (
            cargo(1, "5000.00", concepto="multa"),
            cargo(2, "630.00", date(2026, 1, 5), "gastos"),
            cargo(3, "20.00", date(2026, 1, 6), "indemnizacion"),
            cargo(4, "630.00", date(2026, 3, 5), "gastos"),
            mov(5, "abono", "gastos", "1.00", date(2026, 1, 9), de=4, pago=1),
        ),
        al,
    )
    multa = accesorios.calcular(D("5000.00"), VENCE, al, "multa")
    assert saldo.por_concepto["recargos"] == 0
    assert saldo.por_concepto["actualizacion"] == multa.actualizado - 5000
    assert (saldo.por_concepto["gastos"], saldo.por_concepto["indemnizacion"]) == (630, 20)


def test_lo_reversado_deja_correr_como_si_no_hubiera_venido() -> None:
    al, dia = date(2025, 9, 1), date(2025, 4, 2)
    cuenta = (
        cargo(1, "1000.00"),
        mov(2, "abono", "cuotas_patron", "400.00", dia, de=1, pago=7),
        mov(3, "reverso", "cuotas_patron", "400.00", dia, de=1, pago=7),
    )
    assert total(*cuenta, al=al) == accesorios.calcular(D("1000.00"), VENCE, al).total


def test_lo_dado_de_baja_despues_tampoco_se_debia_antes_para_quien_aplica() -> None:
    cuenta = (cargo(1, "1000.00"), mov(2, "baja", "cuotas_patron", "1000.00", date(2026, 1, 5), de=1))
    assert total(*cuenta, al=date(2025, 1, 17)) == 1000
    assert calcular(cuenta, date(2025, 1, 17), hoy_sabemos=True).total == 0
    assert total(*cuenta, al=date(2026, 1, 5)) == 0


def test_un_mes_sin_inpc_se_dice() -> None:
    with pytest.raises(ReglaError, match="No hay INPC"):
        calcular((cargo(1, "1.00", date(2010, 1, 17)),), date(2026, 1, 1), Serie([incluida().ultimo]))


def test_a_lo_mas_sesenta_meses_aunque_se_pague_en_medio() -> None:
    vence = date(2016, 3, 17)
    cuenta = (
        cargo(1, "1000.00", vence),
        mov(2, "abono", "cuotas_patron", "1.00", date(2020, 3, 17), de=1, pago=1),
    )

    def recargos(al: date) -> Saldo:
        return calcular(cuenta, al)

    ultimo = recargos(date(2021, 3, 17)).adeudos[0]
    despues = recargos(date(2021, 3, 18)).adeudos[0]
    assert ultimo.corre_recargos > 0
    # Nothing begins after the sixtieth month: only the update under it may move.
    meses = list(accesorios.meses_de_recargos(vence, date(2026, 1, 1), date(2020, 3, 17)))
    assert len(meses) == 12
    assert despues.corre_recargos == ultimo.corre_recargos


def test_tras_un_pago_se_sigue_del_indice_al_que_se_llego() -> None:
    # The index of the month before the payment is not in the series: the update went up to the one before it.
    serie = incluida()
    pago, al = date(2026, 4, 10), date(2026, 6, 15)
    assert serie.de(date(2026, 3, 1)) is None
    act = calcular((cargo(1, "1000.00"),), pago).adeudos[0].corre_actualizacion
    cuenta = (
        cargo(1, "1000.00"),
        mov(2, "cargo", "actualizacion", str(act), pago, de=1),
        mov(3, "abono", "cuotas_patron", "400.00", pago, de=1, pago=1),
    )
    febrero, ultimo = serie.de(date(2026, 2, 1)), serie.ultimo_hasta(date(2026, 5, 1))
    assert febrero is not None
    assert ultimo is not None
    factor = max(D(1), (ultimo.valor / febrero.valor).quantize(D("0.0001"), "ROUND_DOWN"))
    base = 600 + act
    assert calcular(cuenta, al).adeudos[0].corre_actualizacion == (base * factor).quantize(D("0.01")) - base
    with pytest.raises(ReglaError, match="No hay INPC"):
        accesorios.factor_entre(Serie([serie.ultimo]), pago, al, sigue=True)
