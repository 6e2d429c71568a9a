"""The worker: its heart beats on, its outbox sends once, a failing row waits alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huey import SqliteHuey

from models.denuncia import Borrador
from models.salida import EstadoSalida, Salida
from tests.integration.motor.apoyo import INICIO, CasaDePrueba
from tests.integration.motor.test_temporizadores import vence
from workflow import worker
from workflow.actions import diario, limpieza, reloj, salida, trabajador
from workflow.actions.casa import Casa
from workflow.actions.trabajador import Barrido
from workflow.context import Ctx


@pytest.fixture
def manejador() -> Iterator[list[dict[str, Any]]]:
    """A handler of rows of type `prueba`; a row with `falla` fails."""
    enviadas: list[dict[str, Any]] = []

    def enviar(_ctx: Ctx, datos: dict[str, Any]) -> None:
        if datos.get("falla"):
            raise ConnectionError("juana@correo.mx no existe")
        enviadas.append(datos)

    salida.manejador("prueba")(enviar)
    yield enviadas
    del salida._manejadores["prueba"]


def poner(casa: CasaDePrueba, *datos: dict[str, Any]) -> None:
    with casa.sesiones() as s:
        for n, d in enumerate(datos):
            s.add(Salida(tipo="prueba", clave=f"k{n}", datos=d, creada_en=INICIO, proxima_en=INICIO))
        s.commit()


def test_la_salida_se_manda_una_vez(casa: CasaDePrueba, manejador: list[dict[str, Any]]) -> None:
    poner(casa, {"id": 1}, {"id": 2, "falla": True}, {"id": 3})
    with casa.ctx() as ctx:
        assert salida.vaciar(ctx) == 2
        assert salida.vaciar(ctx) == 0
    assert [d["id"] for d in manejador] == [1, 3]
    mala = casa.todo(Salida)[1]
    assert (mala.estado, mala.intentos) == (EstadoSalida.PENDIENTE, 1)
    assert mala.proxima_en > INICIO
    assert mala.error is not None
    assert "juana" not in mala.error
    with casa.ctx(now=INICIO + dt.timedelta(days=3)) as ctx:
        for _ in range(salida.INTENTOS_MAXIMO):
            ctx.now += dt.timedelta(hours=12)
            salida.vaciar(ctx)
        assert casa.todo(Salida)[1].estado == EstadoSalida.FALLIDA
        salida.reponer(ctx, mala.id)
    assert casa.todo(Salida)[1].estado == EstadoSalida.PENDIENTE


def test_el_corazon_late_y_sigue(casa: CasaDePrueba, tmp_path: Path) -> None:
    casa.iniciar("vence")
    completa = Casa("demo", casa.motor, casa.sesiones, casa.servicios, casa.store)
    huey: Any = worker.crear(
        completa, SqliteHuey("prueba", filename=str(tmp_path / "cola.sqlite"), results=False)
    )
    with casa.ctx(now=reloj.maquina.real()) as ctx:
        if ctx.now < vence(casa):
            reloj.avanzar(ctx, vence(casa).strftime("%Y-%m-%d"), "demo")
    huey.latir()
    latir(huey)
    assert huey.scheduled_count() + huey.pending_count() == 1  # the next beat
    latir(huey)
    huey.latir()
    latir(huey)
    assert huey.scheduled_count() + huey.pending_count() == 1  # one chain, not two


def latir(huey: Any) -> None:
    huey.execute(huey.dequeue())


def test_un_latido_que_falla_no_para_el_corazon(casa: CasaDePrueba, tmp_path: Path) -> None:
    completa = Casa("demo", casa.motor, casa.sesiones, casa.servicios, None)  # type: ignore[arg-type]
    huey: Any = worker.crear(
        completa, SqliteHuey("prueba", filename=str(tmp_path / "cola.sqlite"), results=False)
    )
    casa.iniciar("vence")
    huey.latir()
    latir(huey)
    assert huey.scheduled_count() + huey.pending_count() == 1


def test_un_barrido_cuenta_lo_que_hizo(casa: CasaDePrueba) -> None:
    casa.iniciar("vence")
    with casa.ctx(now=vence(casa)) as ctx:
        assert trabajador.una_vez(ctx) == Barrido(temporizadores=1, mensajes=0, salidas=0)
        assert trabajador.una_vez(ctx).total == 0


def test_los_borradores_caducos_se_borran(casa: CasaDePrueba) -> None:
    with casa.sesiones() as s:
        for n, dias in enumerate((-1, 1)):
            s.add(
                Borrador(
                    token_hash=str(n),
                    cifrado=b"x",
                    creado_en=INICIO - dt.timedelta(days=9),
                    caduca_en=INICIO + dt.timedelta(days=dias),
                )
            )
        s.commit()
    with casa.ctx() as ctx:
        assert limpieza.borradores(ctx) == 1
        assert limpieza.borradores(ctx) == 0
    assert [b.token_hash for b in casa.todo(Borrador)] == ["1"]


def test_cada_trabajador_tiene_su_corazon(casa: CasaDePrueba) -> None:
    """One that sweeps, or that died with its beat, holds up no other."""
    completa = Casa("demo", casa.motor, casa.sesiones, casa.servicios, casa.store)
    uno, otro = (worker.crear(completa) for _ in range(2))
    uno.latir()
    assert (uno.pending_count(), otro.pending_count()) == (1, 0)
    otro.latir()
    latir(otro)
    assert (uno.pending_count(), otro.pending_count()) == (1, 1)
    assert sin_espera(uno)
    assert not sin_espera(otro)


def test_tras_un_barrido_con_trabajo_sigue_otro_sin_espera(
    casa: CasaDePrueba, manejador: list[dict[str, Any]]
) -> None:
    poner(casa, {"id": 1})
    completa = Casa("demo", casa.motor, casa.sesiones, casa.servicios, casa.store)
    huey: Any = worker.crear(completa)
    huey.latir()
    latir(huey)
    assert [d["id"] for d in manejador] == [1]
    assert sin_espera(huey)
    latir(huey)
    assert not sin_espera(huey)


def sin_espera(huey: Any) -> bool:
    """Whether the only beat in the queue comes at once."""
    (latido,) = huey.pending()
    return latido.eta is None


def test_lo_de_cada_dia_se_hace_una_vez_aunque_lo_pidan_varios(
    casa: CasaDePrueba, monkeypatch: pytest.MonkeyPatch
) -> None:
    veces: list[dt.datetime] = []
    monkeypatch.setitem(diario.TAREAS, "limpiar_borradores", (9, lambda ctx: veces.append(ctx.now)))
    for _ in range(2):
        for ahora in (INICIO, INICIO + dt.timedelta(hours=1), INICIO + dt.timedelta(days=1)):
            with casa.ctx(now=ahora) as ctx:
                diario.pedir(ctx, "limpiar_borradores")
                salida.vaciar(ctx)
    assert veces == [INICIO, INICIO + dt.timedelta(days=1)]


def test_lo_de_cada_dia_que_falla_se_repite(casa: CasaDePrueba, monkeypatch: pytest.MonkeyPatch) -> None:
    veces: list[dt.datetime] = []

    def falla(ctx: Ctx) -> None:
        veces.append(ctx.now)
        if len(veces) == 1:
            raise ConnectionError

    monkeypatch.setitem(diario.TAREAS, "anunciar_plazos", (12, falla))
    with casa.ctx() as ctx:
        diario.pedir(ctx, "anunciar_plazos")
        assert salida.vaciar(ctx) == 0
        ctx.now += dt.timedelta(hours=1)
        assert salida.vaciar(ctx) == 1
    assert len(veces) == 2
