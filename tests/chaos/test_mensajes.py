"""A message sent ten times over, out of order, before anybody waits for it, by whoever dies or is late: once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from models.bitacora import Entrada
from models.proceso import Entrega, EstadoMensaje, Mensaje
from tests.integration.motor.apoyo import CasaDePrueba
from tests.integration.motor.conftest import casa as casa
from tests.integration.motor.test_mensajes import empezar_espera, mandar, mandar_sin_repartir, mandar_y_caer
from workflow.actions import mensaje, trabajador

VECES = 10
pytestmark = pytest.mark.caos


def a_la_vez(cuantos: int, hacer: Callable[[], object]) -> None:
    """So many threads do it at one instant; a failure of any is raised here."""
    barrera, fallas = threading.Barrier(cuantos), list[BaseException]()

    def uno() -> None:
        try:
            barrera.wait()
            hacer()
        except BaseException as error:
            fallas.append(error)

    hilos = [threading.Thread(target=uno) for _ in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert not fallas, fallas


def test_diez_trabajadores_lo_reparten_una_vez(casa: CasaDePrueba) -> None:
    denuncia, instancia = empezar_espera(casa)
    numero = mandar_sin_repartir(casa, "respuesta_dada", denuncia, promocion_id=5)

    def repartir() -> None:
        with casa.otra().ctx() as ctx:
            for entrega in mensaje.encaminar(ctx, numero):
                mensaje.entregar(ctx, entrega)
            trabajador.una_vez(ctx)

    a_la_vez(VECES, repartir)
    assert casa.verbos.veces("leer_respuesta") == 1
    assert casa.tarea(instancia).nodo == "cerrar"
    assert [e.estado for e in casa.todo(Entrega) if e.mensaje_id == numero] == [EstadoMensaje.ENTREGADO]
    assert sum(e.verbo == "recibir_mensaje" for e in casa.todo(Entrada)) == 1


def test_diez_mensajes_antes_de_que_alguien_espere(casa: CasaDePrueba) -> None:
    """The answer comes ten times and before the case begins; the start comes last and twice. All are kept."""
    denuncia = casa.denuncia()
    for numero in range(VECES):
        with casa.ctx() as ctx:
            mandar(ctx, "respuesta_dada", denuncia, promocion_id=numero)
    assert {m.estado for m in casa.todo(Mensaje)} == {EstadoMensaje.RETENIDO}
    for _ in range(2):
        with casa.ctx() as ctx:
            mandar(ctx, "caso_abierto", denuncia, canal="web")
            trabajador.una_vez(ctx)
    assert casa.verbos.veces("leer_respuesta") == 1
    assert not casa.incidentes()
    entregados = [m for m in casa.todo(Mensaje) if m.nombre == "respuesta_dada" and m.estado == "entregado"]
    assert [m.datos["promocion_id"] for m in entregados] == [0]


def test_quien_lo_encamina_otra_vez_no_lo_da_por_perdido(casa: CasaDePrueba) -> None:
    """Two routed it before either delivered: the second found nobody new and wrote down that it was dropped."""
    denuncia, _ = empezar_espera(casa)
    numero = mandar_sin_repartir(casa, "aviso_fugaz", denuncia)
    with casa.ctx() as ctx:
        entregas = mensaje.encaminar(ctx, numero)
        assert mensaje.encaminar(ctx, numero) == []
        (fila,) = [m for m in casa.todo(Mensaje) if m.id == numero]
        assert fila.estado == EstadoMensaje.PENDIENTE
        assert not any(e.verbo == "descartar_mensaje" for e in casa.todo(Entrada))
        for entrega in entregas:
            mensaje.entregar(ctx, entrega)


def test_lo_que_no_se_confirmo_no_se_reparte(casa: CasaDePrueba) -> None:
    """SQLite gives the number of a row that was rolled back to the next one."""
    denuncia, _ = empezar_espera(casa)
    with casa.ctx() as ctx:
        with pytest.raises(RuntimeError):
            mandar_y_caer(ctx, "respuesta_dada", denuncia, promocion_id=5)
        assert not ctx.session.info.get(mensaje.POR_REPARTIR)
