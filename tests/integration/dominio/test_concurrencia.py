"""Two at the same instant: one denuncia, folios without gap, one open proposal, a vote that nobody changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.bitacora import Entrada
from models.denuncia import Denuncia
from models.identidad import Identidad
from tests.integration.dominio.apoyo import Juego, actuar
from tests.process.escenario import COMUNES
from workflow.actions import borrador, denuncia
from workflow.context import Actor, Ctx
from workflow.errors import Conflicto
from workflow.operations import folio
from workflow.operations.bitacora import anotar
from workflow.queries.bitacora import Rotura, verificar
from workflow.rules import folios


def _a_la_vez(tareas: list[Callable[[], Any]]) -> list[Any]:
    """Run all in threads that start together; what each returned, or the error that it raised."""
    salida: list[Any] = [None] * len(tareas)
    barrera = threading.Barrier(len(tareas))

    def correr(n: int) -> None:
        barrera.wait()
        try:
            salida[n] = tareas[n]()
        except Exception as error:
            salida[n] = error

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(len(tareas))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
        assert not hilo.is_alive()
    return salida


def _en_accion(juego: Juego, funcion: Callable[[Ctx], Any]) -> Any:
    with juego.como() as ctx:
        return actuar(ctx, funcion)


def test_folios_sin_hueco_ni_repeticion(juego: Juego) -> None:
    """Also the first of a series, which nobody has written yet; a number given back is given again."""

    def dos(ctx: Ctx) -> list[str]:
        return [folio.siguiente(ctx, "ZZZ"), folio.siguiente(ctx, "ZZZ")]

    def fallar(ctx: Ctx) -> None:
        folio.siguiente(ctx, "ZZZ")
        raise RuntimeError("se arrepintió")

    tareas = [lambda: _en_accion(juego, dos) for _ in range(4)] + [lambda: _en_accion(juego, fallar)] * 2
    salida = _a_la_vez(tareas)
    dados = [uno for una in salida[:4] for uno in una]
    assert [type(una) for una in salida[4:]] == [RuntimeError, RuntimeError]
    numeros = sorted(int(uno.split("-")[2]) for uno in dados)
    assert numeros == list(range(1, 9))
    assert all(folios.es_valido(uno, "ZZZ") for uno in dados)


def test_la_cadena_crece_sin_romperse(juego: Juego) -> None:
    tareas = [lambda: _en_accion(juego, lambda ctx: anotar(ctx, "prueba", None).numero) for _ in range(5)]
    numeros = sorted(_a_la_vez(tareas))
    assert numeros == list(range(numeros[0], numeros[0] + 5))
    with juego.como() as ctx:
        assert verificar(ctx.session).rotura is None


def test_doble_clic_es_una_denuncia(juego: Juego) -> None:
    with juego.como() as ctx:
        token = borrador.nuevo(ctx)
        borrador.guardar(ctx, token, COMUNES["presentar"])

    def presentar() -> denuncia.Presentada:
        with juego.obra.como(Actor("denunciante")) as ctx:
            return denuncia.presentar(ctx, token, token)

    una, otra = _a_la_vez([presentar, presentar])
    assert una.folio == otra.folio
    assert una.clave_secreta == otra.clave_secreta
    with juego.como() as ctx:
        assert ctx.session.scalar(select(func.count(Denuncia.id))) == 1
        assert ctx.session.scalar(select(func.count(Identidad.id))) == 1


def test_dos_jefas_proponen_a_la_vez_una_propuesta(juego: Juego) -> None:
    """Two denuncias of one employer concluded at the same instant: one opens, the other is told to join."""
    for nombre in ("d1", "d2"):
        juego._hasta("analisis", nombre)
        juego._tarea("analizar_denuncia", nombre)
    juego.obra.persona("jose.cazares")
    salida = _a_la_vez(
        [lambda: juego._tarea("revisar_propuesta", "d1"), lambda: juego._tarea("revisar_propuesta", "d2")]
    )
    fallas = [una for una in salida if una is not None]
    assert len(fallas) == 1
    assert "Ya hay una propuesta abierta" in str(fallas[0]) or isinstance(fallas[0], Conflicto)


def test_lo_escrito_una_vez_no_se_cambia(juego: Juego, motor_bd: Engine) -> None:
    juego._hasta("validada", "d1")
    juego._convocar("s1", ["d1"])
    juego._tarea("pasar_lista", "s1")
    juego._tarea("abrir_asunto", "s1", {"apertura": "asunto", "asunto": "@asunto d1"})
    juego._tarea("fijar_mocion", "d1")
    juego._votar({"Presidencia": "a_favor"}, "d1")
    for orden in (
        "UPDATE voto SET sentido = 'en_contra'",
        "DELETE FROM voto",
        "UPDATE bitacora SET verbo = 'x'",
        "DELETE FROM movimiento_plazo",
        "UPDATE ficha SET numero = 9",
        "DELETE FROM paso",
    ):
        with pytest.raises(DBAPIError, match="solo agregar"), motor_bd.begin() as conexion:
            conexion.execute(text(orden))


def test_la_bitacora_delata_cada_campo(juego: Juego, motor_bd: Engine) -> None:
    juego._hasta("analisis", "d1")
    with juego.como() as ctx:
        consulta = select(Entrada).where(Entrada.cadena.startswith("denuncia:")).order_by(Entrada.numero)
        entradas = list(ctx.session.scalars(consulta))
        assert len(entradas) > 4
        assert verificar(ctx.session).rotura is None
        una, ultima = entradas[2], entradas[-1]
    cambios = {
        "numero": "900",
        "en": "'2020-01-01 00:00:00+00:00'",
        "actor_tipo": "'otro'",
        "actor_id": "1",
        "verbo": "'otro'",
        "datos": "'{}'",
        "previo": f"'{'1' * 64}'",
        "hash": f"'{'1' * 64}'",
    }
    ordenes = [f"UPDATE bitacora SET {campo} = {v} WHERE id = {una.id}" for campo, v in cambios.items()]
    ordenes += [f"DELETE FROM bitacora WHERE id = {fila.id}" for fila in (una, ultima)]
    ordenes += [f"DELETE FROM bitacora_cabeza WHERE cadena = '{una.cadena}'"]
    for orden in ordenes:
        rotura = _alterada(motor_bd, orden)
        assert rotura is not None, orden
        assert rotura.cadena == una.cadena, orden
    with juego.como() as ctx:
        assert verificar(ctx.session).rotura is None


def _alterada(motor: Engine, orden: str) -> Rotura | None:
    """What the check says of a log that the owner of the database changed; then it is as it was."""
    with motor.connect() as conexion:
        if motor.dialect.name == "postgresql":
            conexion.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for verbo in ("update", "delete"):
                conexion.execute(text(f"DROP TRIGGER bitacora_no_{verbo}"))
        conexion.execute(text(orden))
        with Session(conexion, join_transaction_mode="create_savepoint") as sesion:
            rotura = verificar(sesion).rotura
        conexion.rollback()
    return rotura
