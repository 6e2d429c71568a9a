"""Timers: the ledger's date, moved both ways, fired in order, one case never holding up another."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from models.plazo import Plazo
from models.proceso import EstadoInstancia, Incidente
from models.reloj import Reloj
from tests.integration.motor.apoyo import INICIO, CasaDePrueba
from tests.integration.motor.test_completar import hacer
from workflow.actions import incidente, reloj, tarea, temporizador, trabajador
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import DatoInvalido, EnEspera, NoPermitido
from workflow.operations import plazo
from workflow.operations.sujeto import Sujeto

DIA = dt.timedelta(days=1)


def vence(casa: CasaDePrueba, clave: str = "info_denunciante") -> dt.datetime:
    with casa.lecturas() as s:
        return s.scalars(
            select(Plazo.dispara_en).where(Plazo.clave == clave).order_by(Plazo.id.desc())
        ).first()  # type: ignore[return-value]


@action
def suspender(ctx: Ctx, sujeto: Sujeto, desde: dt.date) -> None:
    plazo.suspender(ctx, sujeto, "prueba", "CFF 46-A", desde)


@action
def reanudar(ctx: Ctx, sujeto: Sujeto, hasta: dt.date) -> None:
    plazo.reanudar(ctx, sujeto, hasta)


@action
def poner_antes(ctx: Ctx, sujeto: Sujeto, cuando: dt.datetime) -> None:
    abierto = plazo.abiertos(ctx, sujeto)["info_denunciante"]
    abierto.dispara_en = cuando
    ctx.engine.reproject(ctx, sujeto)


def barrer(casa: CasaDePrueba, now: dt.datetime) -> int:
    with casa.ctx(now=now) as ctx:
        return temporizador.barrer(ctx)


def test_no_dispara_antes_y_dispara_en_su_instante(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("vence")
    (fila,) = casa.temporizadores()
    assert (fila.plazo_clave, fila.vence_en) == ("info_denunciante", vence(casa))
    assert barrer(casa, vence(casa) - dt.timedelta(seconds=1)) == 0
    assert barrer(casa, vence(casa)) == 1
    assert casa.verbos.veces("anotar_vencido") == 1
    (fila,) = casa.temporizadores()
    assert (fila.instancia_id, fila.plazo_clave) == (instancia, "represalia_atencion")


def test_movido_despues_no_dispara_en_la_fecha_vieja(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("vence")
    sujeto, vieja = casa.sujeto(casa.instancia(instancia).sujeto_id), vence(casa)
    with casa.ctx() as ctx:
        suspender(ctx, sujeto, ctx.hoy)
    assert barrer(casa, vieja + 400 * DIA) == 0  # nobody knows the date while the pause is open
    with casa.ctx(now=INICIO + 10 * DIA) as ctx:
        reanudar(ctx, sujeto, ctx.hoy)
    nueva = vence(casa)
    assert nueva > vieja
    assert [t.vence_en for t in casa.temporizadores()] == [nueva]
    assert barrer(casa, vieja) == 0
    assert barrer(casa, nueva) == 1


def test_movido_antes_si_dispara(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("vence")
    sujeto = casa.sujeto(casa.instancia(instancia).sujeto_id)
    with casa.ctx() as ctx:
        poner_antes(ctx, sujeto, INICIO + DIA)
    assert barrer(casa, INICIO + DIA) == 1


def test_la_fila_vieja_no_hace_disparar(casa: CasaDePrueba) -> None:
    """A term moved without telling: asked again under the lock, it does not fire, and the row is mended."""
    casa.iniciar("vence")
    vieja = vence(casa)
    with casa.sesiones() as s:
        s.scalars(select(Plazo)).one().dispara_en = vieja + DIA
        s.commit()
    assert barrer(casa, vieja) == 1
    assert casa.verbos.veces("anotar_vencido") == 0
    assert [t.vence_en for t in casa.temporizadores()] == [vieja + DIA]
    assert barrer(casa, vieja + DIA) == 1
    assert casa.verbos.veces("anotar_vencido") == 1


def test_con_tope_dispara_aunque_nadie_levante_la_pausa(casa: CasaDePrueba) -> None:
    """A request that the employer does not answer counts two months at most where its cap says so."""
    instancia = casa.iniciar("vence")
    sujeto, vieja = casa.sujeto(casa.instancia(instancia).sujeto_id), vence(casa)

    @action
    def detener(ctx: Ctx) -> None:
        plazo.suspender(ctx, sujeto, "reposicion", "CFF 46-A-V", ctx.hoy)

    with casa.ctx() as ctx:
        detener(ctx)
    nueva = vence(casa)
    assert dt.timedelta(days=50) < nueva - vieja < dt.timedelta(days=70)
    assert [t.vence_en for t in casa.temporizadores()] == [nueva]
    assert barrer(casa, nueva - dt.timedelta(seconds=1)) == 0
    assert barrer(casa, nueva) == 1
    assert casa.verbos.veces("anotar_vencido") == 1


def test_un_plazo_cerrado_no_dispara(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("vence")
    sujeto, vieja = casa.sujeto(casa.instancia(instancia).sujeto_id), vence(casa)

    @action
    def cerrar(ctx: Ctx) -> None:
        plazo.cerrar(ctx, sujeto, "info_denunciante")

    with casa.ctx() as ctx:
        cerrar(ctx)
    barrer(casa, vieja + DIA)
    assert casa.verbos.veces("anotar_vencido") == 0
    assert casa.temporizadores()[0].vence_en is None
    assert not casa.incidentes()


def test_al_saltar_el_reloj_disparan_en_orden_y_cada_uno_en_su_dia(casa: CasaDePrueba) -> None:
    primera = casa.iniciar("vence")
    casa.now = INICIO + 3 * DIA
    segunda = casa.iniciar("vence")
    casa.now = INICIO
    with casa.ctx() as ctx:
        _ahora, pasos = reloj.avanzar(ctx, "2m", "demo")
    assert pasos == 4
    vistos = [(d["denuncia_id"], now) for n, d, now in casa.verbos.vistos if n == "anotar_vencido"]
    assert [now for _, now in vistos] == sorted(now for _, now in vistos)
    assert len({now for _, now in vistos}) == 4
    with casa.lecturas() as s:
        plazos = {
            (p.sujeto_id, p.clave): p
            for p in s.scalars(select(Plazo).where(Plazo.clave == "represalia_atencion"))
        }
        primeros = {p.sujeto_id: p for p in s.scalars(select(Plazo).where(Plazo.clave == "info_denunciante"))}
        for instancia in (primera, segunda):
            sujeto = casa.instancia(instancia).sujeto_id
            nuevo = plazos[sujeto, "represalia_atencion"]
            assert nuevo.abierto_en == primeros[sujeto].dispara_en
            assert primeros[sujeto].vencido
            assert nuevo.vencido
        assert s.get_one(Reloj, 1).adelanto_s > 0
    assert {casa.instancia(i).estado for i in (primera, segunda)} == {EstadoInstancia.TERMINADA}


def test_el_reloj_se_mueve_solo_en_demo(casa: CasaDePrueba) -> None:
    with casa.ctx() as ctx, pytest.raises(NoPermitido):
        reloj.avanzar(ctx, "1d", "produccion")
    with casa.ctx() as ctx, pytest.raises(DatoInvalido, match="calendario"):
        reloj.avanzar(ctx, "2027-02-31", "demo")
    with casa.ctx() as ctx, pytest.raises(DatoInvalido, match="sólo avanza"):
        reloj.avanzar(ctx, "2020-01-01", "demo")
    with casa.ctx() as ctx, pytest.raises(DatoInvalido, match="duración"):
        reloj.avanzar(ctx, "pronto", "demo")


def test_a_medianoche_ya_es_el_dia_siguiente(casa: CasaDePrueba, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock keeps whole seconds: it never stops a part of one before the instant asked for."""
    ahora = INICIO + dt.timedelta(milliseconds=700)
    monkeypatch.setattr(reloj.maquina, "real", lambda: ahora)
    with casa.ctx() as ctx:
        llegada, _ = reloj.avanzar(ctx, "2027-01-15", "demo")
        assert reloj.ahora(ctx.session, "demo") >= llegada


def test_el_que_falla_no_detiene_a_los_demas(casa: CasaDePrueba) -> None:
    malo, bueno = casa.iniciar("vence"), casa.iniciar("vence")
    sujeto = casa.instancia(malo).sujeto_id

    def fallar(_ctx: Ctx, call: Any) -> None:
        if call.instance.sujeto_id == sujeto:
            raise ZeroDivisionError

    casa.verbos.antes["anotar_vencido"] = fallar
    fecha = vence(casa)
    assert barrer(casa, fecha) == 1
    assert (casa.instancia(malo).estado, casa.instancia(bueno).estado) == (
        EstadoInstancia.INCIDENTE,
        EstadoInstancia.ACTIVA,
    )
    (fila,) = [t for t in casa.temporizadores() if t.instancia_id == malo]
    assert fila.intentos == 1
    assert fila.reintentar_en is not None
    assert fila.reintentar_en > fecha
    assert barrer(casa, fecha + dt.timedelta(seconds=5)) == 0  # it waits
    assert barrer(casa, fecha + dt.timedelta(minutes=5)) == 0  # it fails again
    (uno,) = casa.todo(Incidente)
    assert (uno.que, uno.intentos) == ("temporizador", 2)
    casa.verbos.antes.clear()
    with casa.ctx(now=fecha + dt.timedelta(minutes=6)) as ctx:
        incidente.reintentar(ctx, uno.id)
    assert casa.instancia(malo).estado == EstadoInstancia.ACTIVA
    assert casa.todo(Incidente)[0].resuelto_en is not None
    assert [t.plazo_clave for t in casa.temporizadores() if t.instancia_id == malo] == ["represalia_atencion"]


def test_dos_trabajadores_no_disparan_lo_mismo(casa: CasaDePrueba) -> None:
    casos = [casa.iniciar("vence") for _ in range(8)]
    fecha, cuentas = vence(casa), []
    barrera = threading.Barrier(2)

    def trabajar(aqui: CasaDePrueba) -> None:
        with aqui.ctx(now=fecha) as ctx:
            barrera.wait()
            cuentas.append(temporizador.barrer(ctx))

    hilos = [threading.Thread(target=trabajar, args=(c,)) for c in (casa, casa.otra())]
    for h in hilos:
        h.start()
    for h in hilos:
        h.join(60)
    if sum(cuentas) < len(casos):  # each skipped what the other held: the next sweep takes it
        cuentas.append(barrer(casa, fecha))
    assert sum(cuentas) == len(casos) == casa.verbos.veces("anotar_vencido")
    assert not casa.incidentes()


def test_el_caso_que_otro_tiene_se_salta(casa: CasaDePrueba) -> None:
    """PostgreSQL: SKIP LOCKED. (SQLite has one writer: there is nothing to skip.)"""
    if casa.motor.dialect.name != "postgresql":
        return
    tomado, libre = casa.iniciar("vence"), casa.iniciar("vence")
    fecha = vence(casa)
    with casa.ctx() as otro:
        otro.engine.lock(otro, tomado)
        assert barrer(casa, fecha) == 1
        assert {t.instancia_id: t.plazo_clave for t in casa.temporizadores()} == {
            tomado: "info_denunciante",
            libre: "represalia_atencion",
        }
        otro.session.rollback()
    assert barrer(casa, fecha) == 1


def test_la_pausa_detiene_la_tarea_y_mueve_su_plazo(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    sujeto, antes = casa.sujeto(casa.instancia(instancia).sujeto_id), casa.tarea(instancia).vence_en
    with casa.ctx() as ctx:
        suspender(ctx, sujeto, ctx.hoy)
    assert casa.tarea(instancia).en_espera
    with pytest.raises(EnEspera):
        hacer(casa, "ana", instancia, resultado="procede")
    with casa.ctx(now=INICIO + 5 * DIA) as ctx:
        reanudar(ctx, sujeto, ctx.hoy)
    despues = casa.tarea(instancia)
    with casa.ctx("ana", now=INICIO + 6 * DIA) as ctx:
        tarea.completar(ctx, despues.id, {"resultado": "procede"}, despues.version)
    assert despues.vence_en > antes


def test_hay_pausas_que_no_detienen_tareas(casa: CasaDePrueba) -> None:
    instancia, denuncia = casa.iniciar("caso"), casa.denuncia()
    sujeto, otro = casa.sujeto(casa.instancia(instancia).sujeto_id), casa.sujeto(denuncia)

    @action
    def detener(ctx: Ctx, sujeto: Sujeto, causal: str, desde: dt.date) -> None:
        plazo.suspender(ctx, sujeto, causal, "CFF 46-A", desde)

    with casa.ctx() as ctx:
        detener(ctx, sujeto, "requerimiento", ctx.hoy)
        detener(ctx, otro, "requerimiento", ctx.hoy)
        trabajador.una_vez(ctx)
    assert not casa.tarea(instancia).en_espera
    # Nor one born meanwhile.
    assert not casa.tarea(casa.iniciar("caso", denuncia)).en_espera
    with casa.ctx() as ctx:
        detener(ctx, sujeto, "huelga", ctx.hoy)
    assert casa.tarea(instancia).en_espera


def test_la_tarea_nacida_en_pausa_espera(casa: CasaDePrueba) -> None:
    denuncia = casa.denuncia()
    with casa.ctx() as ctx:
        suspender(ctx, casa.sujeto(denuncia), ctx.hoy)
    assert casa.tarea(casa.iniciar("caso", denuncia)).en_espera


def test_una_pausa_fechada_adelante_empieza_ese_dia(casa: CasaDePrueba) -> None:
    instancia = casa.iniciar("caso")
    with casa.ctx() as ctx:
        suspender(ctx, casa.sujeto(casa.instancia(instancia).sujeto_id), ctx.hoy + 3 * DIA)
        trabajador.una_vez(ctx)
    assert not casa.tarea(instancia).en_espera
    with casa.ctx(now=INICIO + 3 * DIA) as ctx:
        trabajador.una_vez(ctx)
    assert casa.tarea(instancia).en_espera


def test_una_respuesta_desarma_el_temporizador(casa: CasaDePrueba) -> None:
    from tests.integration.motor.test_mensajes import empezar_espera, mandar

    denuncia, instancia = empezar_espera(casa)
    assert [t.nodo for t in casa.temporizadores()] == ["plazo_vencido"]
    fecha = vence(casa)
    with casa.ctx() as ctx:
        mandar(ctx, "respuesta_dada", denuncia, promocion_id=1)
    assert not casa.temporizadores()
    with casa.ctx(now=fecha) as ctx:
        assert trabajador.una_vez(ctx).temporizadores == 0
    assert casa.tarea(instancia).nodo == "cerrar"


@pytest.mark.una_base("postgresql")
def test_un_disparo_lee_una_vez_lo_que_necesita(casa: CasaDePrueba, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is read when the case is taken and after each verb, and no timer that runs well asks for incidents."""
    casa.iniciar("vence")
    fecha, ordenes, ejecutar = vence(casa), list[str](), psycopg.Cursor.execute

    def apuntar(cursor: Any, orden: Any, *args: Any, **opciones: Any) -> Any:
        ordenes.append(str(orden))
        return ejecutar(cursor, orden, *args, **opciones)

    with casa.ctx(now=fecha) as ctx:
        monkeypatch.setattr(psycopg.Cursor, "execute", apuntar)
        assert temporizador.disparar_siguiente(ctx) is not None
        monkeypatch.undo()
    de_quien = Counter(orden.partition(".")[0] for orden in ordenes if orden.startswith("SELECT"))
    assert de_quien["SELECT plazo"] == 2
    assert de_quien["SELECT incidente"] == 0
    assert de_quien["SELECT bitacora_cabeza"] <= 2, "once more only where its chain begins"
    assert {de_quien[f"SELECT {una}"] for una in ("temporizador", "cambio_calendario", "subdelegacion")} == {
        1
    }
    assert len(ordenes) <= 22, de_quien
