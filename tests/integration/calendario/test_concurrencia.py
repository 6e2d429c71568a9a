"""Two sessions of PostgreSQL: a term opened, closed or paused while a day is on its way; two days or pauses at once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from models.plazo import CambioCalendario, DiaInhabil, EstadoCambio, Plazo, Suspension
from tests.conftest import omitir
from tests.factories import casa
from tests.factories.calendario import sembrar
from tests.integration.calendario import apoyo
from tests.integration.calendario.apoyo import JUEVES, VIERNES, dia
from tests.integration.dominio.apoyo import Juego, actuar
from tests.soporte.bases import Servidor
from workflow.actions import calendario
from workflow.actions.calendario import DiaYaAgregado
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import plazo
from workflow.operations._fechado import de_sujeto
from workflow.operations.sujeto import Sujeto

ESPERA_S = 30


@pytest.fixture
def juego(tmp_path: Path) -> Iterator[Juego]:
    """PostgreSQL only: on SQLite an action waits for the other, there are no two at once."""
    servidor = Servidor.de_la_sesion()
    if servidor.url is None:
        omitir(servidor.por_que_no)
    with servidor.motor() as motor:
        yield Juego(casa.obra(motor, tmp_path))


def _en_hilo(hacer: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    salida: list[Any] = []

    def correr() -> None:
        try:
            salida.append(hacer())
        except Exception as error:
            salida.append(error)

    hilo = threading.Thread(target=correr)
    hilo.start()
    return hilo, salida


def _agregar(juego: Juego, que: Any) -> Any:
    with juego.como("admin") as ctx:
        return calendario.agregar(ctx, [que])


def _sujeto(ctx: Ctx) -> Sujeto:
    fila = ctx.session.scalars(select(Plazo).order_by(Plazo.id)).first()
    assert fila is not None
    return Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)


def test_quien_abre_un_plazo_con_el_calendario_viejo_es_esperado(juego: Juego) -> None:
    """It read the calendar before the day and commits after: the day waits, then finds the term and moves it."""
    juego.obra.persona("admin")
    with juego.como() as ctx:
        sembrar(ctx, 8)
        sujeto = _sujeto(ctx)
        hilo: Any = None

        def abrir(ctx: Ctx) -> int:
            nonlocal hilo
            nuevo = plazo.abrir(ctx, sujeto, "info_denunciante")
            hilo = _en_hilo(lambda: _agregar(juego, dia()))
            hilo[0].join(0.5)
            assert hilo[0].is_alive(), "the day did not wait"
            return nuevo.id

        nuevo = actuar(ctx, abrir)
        hilo[0].join(ESPERA_S)
        assert isinstance(hilo[1][0], int), hilo[1]
        assert nuevo in {a.plazo_id for a in apoyo.movimientos(ctx)}
        apoyo.entero(ctx)


def test_dos_administradores_agregan_el_mismo_dia(juego: Juego) -> None:
    juego.obra.persona("admin")
    with juego.como() as ctx:
        sembrar(ctx, 8)
    hilos = [_en_hilo(lambda motivo=motivo: _agregar(juego, dia(motivo=motivo))) for motivo in ("Uno", "Dos")]
    for hilo, _ in hilos:
        hilo.join(ESPERA_S)
    salidas = sorted((salida[0] for _, salida in hilos), key=lambda s: isinstance(s, Exception))
    assert isinstance(salidas[0], int)
    assert isinstance(salidas[1], DiaYaAgregado)
    assert (salidas[1].cambio_id, salidas[1].misma) == (salidas[0], False)
    with juego.como() as ctx:
        assert len(ctx.session.scalars(select(DiaInhabil)).all()) == 1
        apoyo.entero(ctx)


def test_dos_dias_a_la_vez_no_se_pierden(juego: Juego, monkeypatch: pytest.MonkeyPatch) -> None:
    apoyo.sin_lotes(monkeypatch, en_peticion=100, tamano=10)
    juego.obra.persona("admin")
    with juego.como() as ctx:
        sembrar(ctx, 160)
    hilos = [_en_hilo(lambda cual=cual: _agregar(juego, dia(cual))) for cual in (JUEVES, VIERNES)]
    for hilo, salida in hilos:
        hilo.join(ESPERA_S)
        assert isinstance(salida[0], int), salida
    with juego.como() as ctx:
        calendario.avanzar(ctx)
        assert {c.estado for c in ctx.session.scalars(select(CambioCalendario))} == {EstadoCambio.TERMINADO}
        apoyo.entero(ctx)


def test_un_caso_tomado_no_detiene_ni_pierde(juego: Juego, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody holds the row of a term: the batch gives way, does what comes before it and comes back."""
    apoyo.sin_lotes(monkeypatch)
    with juego.como("admin") as ctx:
        sembrar(ctx, 60)
        cambio_id = calendario.agregar(ctx, [dia()])
        tomado = ctx.session.scalars(select(Plazo.id).order_by(Plazo.id).offset(30)).first()
        ctx.session.rollback()
    with juego.como() as otro:
        otro.session.execute(text("SELECT id FROM plazo WHERE id = :id FOR UPDATE"), {"id": tomado})
        with juego.como() as ctx:
            calendario.avanzar(ctx, 8)
            hecho = apoyo.cambio(ctx, cambio_id)
            assert hecho.estado is EstadoCambio.EN_CURSO
            assert 0 < hecho.hechos < hecho.total
        otro.session.rollback()
    with juego.como() as ctx:
        calendario.avanzar(ctx)
        assert apoyo.cambio(ctx, cambio_id).estado is EstadoCambio.TERMINADO
        assert len({a.plazo_id for a in apoyo.movimientos(ctx)}) == len(apoyo.movimientos(ctx))
        apoyo.entero(ctx)


def test_una_pausa_a_medio_escribir_se_espera(juego: Juego, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suspension that is not committed yet: the batch does not date the term without it."""
    apoyo.sin_lotes(monkeypatch)
    with juego.como("admin") as ctx:
        sembrar(ctx, 12)
        cambio_id = calendario.agregar(ctx, [dia()])
        sujeto = _sujeto(ctx)
        ctx.session.rollback()

    def suspender(ctx: Ctx) -> None:
        plazo.suspender(ctx, sujeto, "Concurso", "CFF 144", dt.date(2026, 3, 2))
        hilo, _ = _en_hilo(lambda: _avanzar(juego))
        hilo.join(ESPERA_S)
        assert not hilo.is_alive()

    with juego.como() as ctx:
        actuar(ctx, suspender)
        calendario.avanzar(ctx)
        assert apoyo.cambio(ctx, cambio_id).estado is EstadoCambio.TERMINADO
        apoyo.entero(ctx)


def _avanzar(juego: Juego) -> int:
    with juego.como() as ctx:
        return calendario.avanzar(ctx, 4)


def test_dos_personas_pausan_y_levantan_a_la_vez(juego: Juego) -> None:
    """The second waits for the first and is told; no ground runs twice, no end is written over another."""
    with juego.como() as ctx:
        sembrar(ctx, 8)
        sujeto = _sujeto(ctx)

    def pausar(ctx: Ctx) -> int:
        return plazo.suspender(ctx, sujeto, "huelga", "CFF 46-A", dt.date(2026, 3, 2)).id

    def levantar(ctx: Ctx) -> int:
        assert de_sujeto(ctx, sujeto.tipo, sujeto.id)  # what her page had read
        return plazo.reanudar(ctx, sujeto, dt.date(2026, 3, 2)).id

    for hacer, dice in ((pausar, "ya está en pausa"), (levantar, "no está en pausa")):
        with juego.como() as ctx:
            segundo: Any = None

            def primero(ctx: Ctx, hacer: Callable[[Ctx], int] = hacer) -> None:
                nonlocal segundo
                hacer(ctx)
                segundo = _en_hilo(lambda: _otra(juego, hacer))
                segundo[0].join(0.5)
                assert segundo[0].is_alive(), "the second did not wait"

            actuar(ctx, primero)
        segundo[0].join(ESPERA_S)
        assert isinstance(segundo[1][0], DatoInvalido), segundo[1]
        assert dice in segundo[1][0].mensaje
    with juego.como() as ctx:
        (una,) = ctx.session.scalars(select(Suspension)).all()
        assert una.hasta == dt.date(2026, 3, 2)


def _otra(juego: Juego, hacer: Callable[[Ctx], int]) -> int:
    with juego.como() as ctx:
        return int(actuar(ctx, hacer))
