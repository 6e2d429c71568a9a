"""Two payments registered at once on PostgreSQL: neither is lost, none counts twice."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from models.credito import AsientoCredito, TipoAsiento
from models.pago import OrigenPago, Pago
from tests.conftest import omitir
from tests.factories import casa
from tests.factories import cuenta as fabrica
from tests.factories.casa import Obra
from tests.soporte.bases import Servidor
from workflow.actions import pago as acciones
from workflow.errors import DatoInvalido
from workflow.queries import cuenta as consultas

ESPERA_S = 60
D = Decimal


@pytest.fixture
def obra(tmp_path: Path) -> Iterator[Obra]:
    """PostgreSQL only: on SQLite an action waits for the other."""
    servidor = Servidor.de_la_sesion()
    if servidor.url is None:
        omitir(servidor.por_que_no)
    with servidor.motor() as motor:
        obra = casa.obra(motor, tmp_path)
        obra.ahora = dt.datetime(2026, 6, 15, 9, tzinfo=ZoneInfo("America/Mexico_City"))
        obra.persona("hector.rios")
        yield obra


def _creditos(obra: Obra, cuantos: int) -> list[int]:
    with obra.como() as ctx:
        acto = fabrica.acto(ctx, fabrica.patron(ctx))
        filas = [fabrica.credito(ctx, acto) for _ in range(cuantos)]
        for fila in filas:
            fabrica.cuotas(ctx, fila, dt.date(2026, 7, 17), "1000.00")
        ctx.session.commit()
        return [fila.id for fila in filas]


def _a_la_vez(*tareas: Callable[[], Any]) -> list[Any]:
    salidas: list[Any] = [None] * len(tareas)
    puerta = threading.Barrier(len(tareas))

    def correr(n: int) -> None:
        puerta.wait(ESPERA_S)
        try:
            salidas[n] = tareas[n]()
        except Exception as error:
            salidas[n] = error

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(len(tareas))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(ESPERA_S)
    return salidas


def _paga(obra: Obra, creditos: list[int], fecha: dt.date, ref: str) -> Callable[[], int]:
    def hacer() -> int:
        with obra.como(obra.persona("hector.rios")) as ctx:
            return acciones.registrar(ctx, creditos, fecha, D("400.00"), OrigenPago.VENTANILLA, ref)

    return hacer


def test_dos_pagos_a_la_vez_de_los_mismos_creditos(obra: Obra) -> None:
    uno, dos = _creditos(obra, 2)
    dias = [dt.date(2026, 6, dia) for dia in (8, 9, 10, 11)]
    salidas = _a_la_vez(
        _paga(obra, [uno, dos], dias[2], "A"),
        _paga(obra, [dos, uno], dias[0], "B"),
        _paga(obra, [dos], dias[3], "C"),
        _paga(obra, [uno], dias[1], "D"),
    )
    # One that lost twice says so and can be tried again: its money is in no account meanwhile.
    buenos = [salida for salida in salidas if isinstance(salida, int)]
    assert len(buenos) >= 2, salidas
    with obra.como() as ctx:
        saldos = [consultas.estado(ctx, uno).saldo.total, consultas.estado(ctx, dos).saldo.total]
        assert sum(saldos) == 2000 - 400 * len(buenos)
        numeros = ctx.session.execute(
            select(func.count(), func.max(AsientoCredito.numero)).where(AsientoCredito.credito_id == uno)
        ).one()
        assert numeros[0] == numeros[1]


def test_el_mismo_recibo_a_la_vez_es_uno(obra: Obra) -> None:
    (credito,) = _creditos(obra, 1)
    salidas = _a_la_vez(*(_paga(obra, [credito], dt.date(2026, 6, 10), "A") for _ in range(3)))
    assert sum(isinstance(salida, int) for salida in salidas) == 1, salidas
    assert all(isinstance(salida, (int, DatoInvalido)) for salida in salidas), salidas
    with obra.como() as ctx:
        assert ctx.session.scalar(select(func.count()).select_from(Pago)) == 1
        abonado = select(func.sum(AsientoCredito.importe)).where(AsientoCredito.tipo == TipoAsiento.ABONO)
        assert ctx.session.scalar(abonado) == 400
