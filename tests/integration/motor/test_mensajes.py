"""Messages between cases: to exactly whom they concern, after the commit, acting once."""

from __future__ import annotations

import datetime as dt
import random
import threading
from typing import Any

import pytest

from models.bitacora import Entrada
from models.proceso import Correlacion, Entrega, EstadoInstancia, EstadoMensaje, Instancia, Mensaje
from tests.integration.motor.apoyo import CasaDePrueba
from tests.integration.motor.test_completar import hacer
from workflow.actions import incidente, mensaje, trabajador
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.engine.messages import UnknownMessage, parse
from workflow.errors import NoEncontrado
from workflow.operations.mensaje import enviar


@action
def mandar(ctx: Ctx, nombre: str, valor: int, **datos: Any) -> int:
    return enviar(ctx, nombre, valor, datos)


@action
def mandar_y_caer(ctx: Ctx, nombre: str, valor: int, **datos: Any) -> int:
    enviar(ctx, nombre, valor, datos)
    raise RuntimeError("se cae antes de confirmar")


def mandar_sin_repartir(casa: CasaDePrueba, nombre: str, valor: int, **datos: Any) -> int:
    """The process dies between the commit and the delivery."""
    with casa.ctx() as ctx:
        ctx.session.info[mensaje.REPARTIENDO] = True
        return mandar(ctx, nombre, valor, **datos)


def empezar_espera(casa: CasaDePrueba) -> tuple[int, int]:
    denuncia = casa.denuncia()
    with casa.ctx() as ctx:
        mandar(ctx, "caso_abierto", denuncia, canal="web")
    instancia = max(i.id for i in casa.todo(Instancia) if i.sujeto_id == denuncia)
    return denuncia, instancia


def test_un_mensaje_inicia_su_proceso_una_vez(casa: CasaDePrueba) -> None:
    denuncia, instancia = empezar_espera(casa)
    fila = casa.instancia(instancia)
    assert (fila.proceso, fila.sujeto_tipo, fila.sujeto_id, fila.folio) == (
        "espera",
        "denuncia",
        denuncia,
        "DEN-1",
    )
    assert {(c.clave, c.valor) for c in casa.todo(Correlacion)} == {("denuncia_id", str(denuncia))}
    with casa.ctx() as ctx:
        mandar(ctx, "caso_abierto", denuncia, canal="web")
        mensaje.encaminar(ctx, 1)
        trabajador.una_vez(ctx)
    assert len(casa.todo(Instancia)) == 1
    assert casa.verbos.vistos[0][1] == {"denuncia_id": denuncia, "canal": "web"}


def test_llega_a_quien_espera(casa: CasaDePrueba) -> None:
    denuncia, instancia = empezar_espera(casa)
    _otra, otra_instancia = empezar_espera(casa)
    with casa.ctx() as ctx:
        mandar(ctx, "respuesta_dada", denuncia, promocion_id=5, ajeno="no viaja")
    assert casa.tarea(instancia).nodo == "cerrar"
    assert not casa.tareas(otra_instancia)
    datos = next(d for nombre, d, _ in casa.verbos.vistos if nombre == "leer_respuesta")
    assert datos["promocion_id"] == 5
    assert "ajeno" not in datos
    assert casa.todo(Mensaje)[-1].estado == EstadoMensaje.ENTREGADO


def test_entregado_dos_veces_actua_una(casa: CasaDePrueba) -> None:
    denuncia, _instancia = empezar_espera(casa)
    with casa.ctx() as ctx:
        mandar(ctx, "aviso_dado", denuncia, promocion_id=1)
        entrega = max(e.id for e in casa.todo(Entrega))
        assert mensaje.entregar(ctx, entrega) is False
        trabajador.una_vez(ctx)
    assert casa.verbos.veces("contar_aviso") == 1


def test_dos_avisos_se_oyen_los_dos(casa: CasaDePrueba) -> None:
    denuncia, _ = empezar_espera(casa)
    for n in (1, 2):
        mandar_sin_repartir(casa, "aviso_dado", denuncia, promocion_id=n)
    with casa.ctx() as ctx:
        trabajador.una_vez(ctx)
    assert [d["promocion_id"] for n, d, _ in casa.verbos.vistos if n == "contar_aviso"] == [1, 2]


def test_si_cae_antes_de_entregar_lo_hace_el_trabajador(casa: CasaDePrueba) -> None:
    denuncia, instancia = empezar_espera(casa)
    mandar_sin_repartir(casa, "respuesta_dada", denuncia, promocion_id=1)
    assert not casa.tareas(instancia)
    with casa.otra().ctx() as ctx:
        assert trabajador.una_vez(ctx).mensajes == 1
    assert casa.tarea(instancia).nodo == "cerrar"


def test_si_cae_antes_de_confirmar_no_hubo_mensaje(casa: CasaDePrueba) -> None:
    denuncia, instancia = empezar_espera(casa)
    with casa.ctx() as ctx:
        with pytest.raises(RuntimeError):
            mandar_y_caer(ctx, "respuesta_dada", denuncia, promocion_id=1)
        trabajador.una_vez(ctx)
    assert not casa.tareas(instancia)
    assert len(casa.todo(Mensaje)) == 1


def test_retenido_hasta_que_alguien_espera(casa: CasaDePrueba) -> None:
    """Sent twice while one is awaited: the second waits for the next turn of the loop."""
    denuncia, instancia = empezar_espera(casa)
    casa.verbos.da["leer_respuesta"] = {"repetir": True}
    with casa.ctx() as ctx:
        mandar(ctx, "respuesta_dada", denuncia, promocion_id=1)
    assert casa.verbos.veces("leer_respuesta") == 1
    casa.verbos.da["leer_respuesta"] = {"repetir": False}
    with casa.ctx() as ctx:
        mandar(ctx, "respuesta_dada", denuncia, promocion_id=2)
        mandar(ctx, "respuesta_dada", denuncia, promocion_id=3)
    assert casa.tarea(instancia).nodo == "cerrar"
    assert [m.estado for m in casa.todo(Mensaje)][-1] == EstadoMensaje.RETENIDO
    hacer(casa, "jorge", instancia, firmado="si")
    assert casa.instancia(instancia).estado == EstadoInstancia.TERMINADA
    assert [e.estado for e in casa.todo(Entrega)][-1] == EstadoMensaje.DESCARTADO


def test_enviado_antes_de_que_el_caso_correlacione(casa: CasaDePrueba) -> None:
    with casa.ctx() as ctx:
        mandar(ctx, "acuerdo_tomado", 44, acuerdo_id=9)
    assert casa.todo(Mensaje)[0].estado == EstadoMensaje.RETENIDO
    instancia = casa.iniciar("sigue")
    hacer(casa, "ana", instancia, firmado="si", propuesta="44")
    assert casa.instancia(instancia).estado == EstadoInstancia.TERMINADA
    assert casa.verbos.veces("anotar_acuerdo") == 1


def test_la_politica_b_deja_constancia(casa: CasaDePrueba) -> None:
    denuncia, _ = empezar_espera(casa)
    with casa.ctx() as ctx:
        mandar(ctx, "aviso_fugaz", denuncia)
        mandar(ctx, "aviso_fugaz", 999)
    assert [m.estado for m in casa.todo(Mensaje)[-2:]] == [EstadoMensaje.DESCARTADO] * 2
    constancias = [e.cadena for e in casa.todo(Entrada) if e.verbo == "descartar_mensaje"]
    assert constancias == [f"denuncia:{denuncia}", "sistema"]


def test_un_acuerdo_mueve_catorce_casos(casa: CasaDePrueba) -> None:
    casos = [casa.iniciar("sigue") for _ in range(14)]
    ajeno, tardio = casa.iniciar("sigue"), casa.iniciar("sigue")
    for caso in random.Random(3).sample(casos, 14):
        hacer(casa, "ana", caso, firmado="si", propuesta="44")
    hacer(casa, "ana", ajeno, firmado="si", propuesta="45")
    hacer(casa, "jorge", casa.iniciar("avisa"), firmado="si", propuesta="44")
    assert {casa.instancia(c).estado for c in casos} == {EstadoInstancia.TERMINADA}
    assert casa.verbos.veces("anotar_acuerdo") == len(casa.todo(Entrega)) == 14
    assert {e.estado for e in casa.todo(Entrega)} == {EstadoMensaje.ENTREGADO}
    assert casa.instancia(ajeno).estado == EstadoInstancia.ACTIVA
    # Who joins the proposal later is told by a message of her own, never by the old one.
    hacer(casa, "ana", tardio, firmado="si", propuesta="44")
    assert casa.instancia(tardio).estado == EstadoInstancia.ACTIVA


def test_quien_no_puede_recibir_no_detiene_a_los_demas(casa: CasaDePrueba) -> None:
    casos = [casa.iniciar("sigue") for _ in range(3)]
    for caso in casos:
        hacer(casa, "ana", caso, firmado="si", propuesta="44")
    malo = casa.instancia(casos[1]).sujeto_id

    def fallar(_ctx: Ctx, call: Any) -> None:
        if call.instance.sujeto_id == malo:
            raise ZeroDivisionError("dato con nombre de persona")

    casa.verbos.antes["anotar_acuerdo"] = fallar
    with casa.ctx() as ctx:
        mandar(ctx, "acuerdo_tomado", 44, acuerdo_id=9)
    estados = [casa.instancia(c).estado for c in casos]
    assert estados == [EstadoInstancia.TERMINADA, EstadoInstancia.INCIDENTE, EstadoInstancia.TERMINADA]
    (uno,) = casa.incidentes()
    assert uno.que == "mensaje"
    assert "ZeroDivisionError" in uno.causa
    assert "persona" not in uno.causa
    del casa.verbos.antes["anotar_acuerdo"]
    with casa.ctx() as ctx:
        incidente.reintentar(ctx, uno.id)
    assert casa.instancia(casos[1]).estado == EstadoInstancia.TERMINADA
    assert casa.incidentes()[0].resuelto_en is not None


def test_el_reintento_del_trabajador_cierra_el_incidente(casa: CasaDePrueba) -> None:
    denuncia, instancia = empezar_espera(casa)

    def fallar(_ctx: Ctx, _call: Any) -> None:
        raise ZeroDivisionError

    casa.verbos.antes["leer_respuesta"] = fallar
    with casa.ctx() as ctx:
        mandar(ctx, "respuesta_dada", denuncia, promocion_id=1)
        assert trabajador.una_vez(ctx).mensajes == 0  # it waits for its turn
    casa.verbos.antes.clear()
    with casa.ctx(now=casa.now + dt.timedelta(minutes=1)) as ctx:
        assert trabajador.una_vez(ctx).mensajes == 1
    assert casa.incidentes()[0].resuelto_en is not None
    assert casa.instancia(instancia).estado == EstadoInstancia.ACTIVA
    assert casa.tarea(instancia).nodo == "cerrar"


def test_un_inicio_que_falla_no_se_pierde(casa: CasaDePrueba) -> None:
    denuncia = casa.denuncia()

    def fallar(_ctx: Ctx, _call: Any) -> None:
        raise ZeroDivisionError

    casa.verbos.antes["preguntar"] = fallar
    with casa.ctx() as ctx:
        mensaje_id = mandar(ctx, "caso_abierto", denuncia, canal="web")
    assert not casa.todo(Instancia)
    (m,) = casa.todo(Mensaje)
    assert (m.estado, m.intentos) == (EstadoMensaje.PENDIENTE, 1)
    casa.verbos.antes.clear()
    with casa.ctx() as ctx:
        mensaje.reintentar(ctx, mensaje_id)
        with pytest.raises(NoEncontrado):
            mensaje.reintentar(ctx, mensaje_id)
    assert len(casa.todo(Instancia)) == 1


def test_la_carrera_entre_correlacionar_y_encaminar(casa: CasaDePrueba) -> None:
    """The message was routed before the other commit was seen: the sweep finds them for each other."""
    instancia = casa.iniciar("sigue")
    hacer(casa, "ana", instancia, firmado="si", propuesta="45")
    with casa.ctx() as ctx:
        mandar(ctx, "acuerdo_tomado", 44, acuerdo_id=9)
    with casa.sesiones() as s:
        s.add(Correlacion(instancia_id=instancia, clave="propuesta_id", valor="44"))
        s.commit()
    with casa.ctx() as ctx:
        assert trabajador.una_vez(ctx).mensajes == 1
    assert casa.instancia(instancia).estado == EstadoInstancia.TERMINADA


def test_dos_trabajadores_entregan_una_vez(casa: CasaDePrueba) -> None:
    casos = [empezar_espera(casa) for _ in range(4)]
    for denuncia, _ in casos:
        mandar_sin_repartir(casa, "aviso_dado", denuncia, promocion_id=denuncia)
        mandar_sin_repartir(casa, "respuesta_dada", denuncia, promocion_id=denuncia)
    barrera = threading.Barrier(2)

    def trabajar(aqui: CasaDePrueba) -> None:
        with aqui.ctx() as ctx:
            barrera.wait()
            trabajador.una_vez(ctx)

    hilos = [threading.Thread(target=trabajar, args=(c,)) for c in (casa, casa.otra())]
    for h in hilos:
        h.start()
    for h in hilos:
        h.join(60)
    with casa.ctx(now=casa.now + dt.timedelta(hours=1)) as ctx:
        trabajador.una_vez(ctx)
    assert (casa.verbos.veces("contar_aviso"), casa.verbos.veces("leer_respuesta")) == (4, 4)
    assert not casa.incidentes()
    assert {m.estado for m in casa.todo(Mensaje)} == {EstadoMensaje.ENTREGADO}


def test_el_catalogo_rechaza_lo_que_no_cuadra() -> None:
    with pytest.raises(Exception, match="política"):
        parse({"x": {"clave": "a_id", "datos": [], "politica": "Z", "a": ["p"]}})
    with pytest.raises(Exception, match="faltan la clave"):
        parse({"x": {"politica": "R"}})
    with pytest.raises(UnknownMessage):
        parse({}).get("x")
