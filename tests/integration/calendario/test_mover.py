"""A new día inhábil moves what it must: terms, timers, tasks, ledger and log, once and all of it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from models.organizacion import Subdelegacion
from models.plazo import EstadoCambio, Plazo, Suspension
from models.proceso import Temporizador
from tests.factories.calendario import sembrar
from tests.integration.calendario import apoyo
from tests.integration.calendario.apoyo import JUEVES, VIERNES, dia
from tests.integration.dominio.apoyo import Juego, actuar
from workflow.actions import calendario, trabajador
from workflow.actions.calendario import DiaYaAgregado
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import calendario_lote, plazo
from workflow.operations.sujeto import de_denuncia
from workflow.queries import linea

ANONIMA = {"nombre": None, "primer_apellido": None, "curp": None, "nss": None}


def test_mueve_plazos_temporizadores_y_lo_dice_en_cada_caso(juego: Juego) -> None:
    juego._presentar("d1", ANONIMA)
    with juego.como("admin") as ctx:
        sujeto = de_denuncia(juego.denuncia(ctx))
        antes = {clave: fila.vence for clave, fila in plazo.abiertos(ctx, sujeto).items()}
        ajena = ctx.session.scalars(
            select(Subdelegacion.id).where(Subdelegacion.id != sujeto.subdelegacion_id)
        ).first()
        hecho = apoyo.cambio(ctx, calendario.agregar(ctx, [dia(VIERNES, ajena)]))
        assert (hecho.estado, hecho.total, hecho.movidos) == (EstadoCambio.TERMINADO, 0, 0)
        hecho = apoyo.cambio(ctx, calendario.agregar(ctx, [dia(JUEVES, sujeto.subdelegacion_id)]))
        ctx.session.expire_all()
        despues = plazo.abiertos(ctx, sujeto)
        cambiados = {clave for clave in antes if despues[clave].vence != antes[clave]}
        assert "identidad_denunciante" in cambiados
        assert "caducidad" not in cambiados
        assert (hecho.estado, hecho.movidos) == (EstadoCambio.TERMINADO, len(cambiados))
        consulta = select(Temporizador.vence_en).where(Temporizador.plazo_clave == "identidad_denunciante")
        assert ctx.session.scalar(consulta) == despues["identidad_denunciante"].dispara_en
        asientos = apoyo.movimientos(ctx)
        assert {a.plazo_id for a in asientos} == {despues[clave].id for clave in cambiados}
        assert all((a.motivo, a.cita) == ("Inundación", "Acuerdo 1/2026") for a in asientos)
        assert all(a.derivacion and a.usuario_id == ctx.actor.usuario_id for a in asientos)
        (entrada,) = apoyo.entradas(ctx)
        assert entrada.datos["fechas"] == ["2026-03-05"]
        assert sorted(entrada.datos["plazos"]) == sorted(a.plazo_id for a in asientos)
        apoyo.entero(ctx)
    with juego.como("jose.cazares") as ctx:
        sucesos = [s for mes in linea.de(ctx, sujeto).meses for s in mes.sucesos]
        (suceso,) = [s for s in sucesos if s.clase == "calendario"]
        assert suceso.texto == "Un día inhábil nuevo movió los plazos"
        assert "No se cuenta el jueves 5 de marzo de 2026" in suceso.detalle
        with pytest.raises(NoPermitido):
            calendario.agregar(ctx, [dia(dt.date(2026, 3, 11))])


def test_lo_que_no_puede_ser_dia_nuevo(juego: Juego) -> None:
    with juego.como("admin") as ctx:
        unidad = ctx.session.scalars(select(Subdelegacion.id)).first()
        primero = calendario.agregar(ctx, [dia(JUEVES, unidad)])
        for fecha in (dt.date(2026, 3, 7), dt.date(2026, 3, 16), dt.date(1990, 3, 6)):
            with pytest.raises(DatoInvalido):
                calendario.agregar(ctx, [dia(fecha, unidad)])
        malos = (
            ("", "x", None),
            ("x", " ", None),
            ("x" * 201, "x", None),
            ("x", "x" * 301, None),
            ("x", "x", 999),
        )
        for motivo, cita, cual in malos:
            with pytest.raises(DatoInvalido) as error:
                calendario.agregar(ctx, [calendario.Dia(VIERNES, cual, motivo, cita)])
            assert error.value.campos
        with pytest.raises(DiaYaAgregado) as otra_vez:
            calendario.agregar(ctx, [dia(JUEVES, unidad)])
        assert (otra_vez.value.cambio_id, otra_vez.value.misma) == (primero, True)
        with pytest.raises(DiaYaAgregado) as distinta:
            calendario.agregar(ctx, [dia(JUEVES, unidad, "Simulacro")])
        assert (distinta.value.cambio_id, distinta.value.misma) == (primero, False)
        # A day of one unit is none of the institute; after it that of a unit stands already.
        calendario.agregar(ctx, [dia(JUEVES)])
        otra = ctx.session.scalars(select(Subdelegacion.id).where(Subdelegacion.id != unidad)).first()
        with pytest.raises(DiaYaAgregado):
            calendario.agregar(ctx, [dia(JUEVES, otra)])
        # All or nothing.
        with pytest.raises(DatoInvalido):
            calendario.agregar(ctx, [dia(VIERNES), dia(dt.date(2026, 3, 8))])
        assert VIERNES not in plazo.inhabiles(ctx, otra or 0)


def test_por_lotes_y_retomado_donde_quedo(juego: Juego, monkeypatch: pytest.MonkeyPatch) -> None:
    apoyo.sin_lotes(monkeypatch)
    with juego.como("admin") as ctx:
        sembrar(ctx, 120)
        antes = apoyo.fechas(ctx)
        cambio_id = calendario.agregar(ctx, [dia()])
        hecho = apoyo.cambio(ctx, cambio_id)
        assert (hecho.estado, hecho.hechos, hecho.movidos) == (EstadoCambio.EN_CURSO, 0, 0)
        assert apoyo.fechas(ctx) == antes
        ctx.session.rollback()

    class Muerte(BaseException):
        pass

    veces = 0
    original = calendario_lote._contar

    def morir(*args: object) -> None:
        nonlocal veces
        veces += 1
        if veces == 3:
            raise Muerte
        original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(calendario_lote, "_contar", morir)
    with juego.como() as ctx, pytest.raises(Muerte):
        calendario.avanzar(ctx)
    with juego.como() as ctx:
        hecho = apoyo.cambio(ctx, cambio_id)
        assert (hecho.estado, hecho.hechos) == (EstadoCambio.EN_CURSO, 50)
        assert hecho.movidos == len(apoyo.movimientos(ctx)) > 0
        ctx.session.rollback()
        assert trabajador.una_vez(ctx).movidos > 0
        hecho = apoyo.cambio(ctx, cambio_id)
        assert (hecho.estado, hecho.hechos) == (EstadoCambio.TERMINADO, hecho.total)
        asientos = apoyo.movimientos(ctx)
        assert len({a.plazo_id for a in asientos}) == len(asientos) == hecho.movidos
        assert {a.plazo_id for a in asientos} == {
            i for i, f in apoyo.fechas(ctx).items() if f[0] != antes[i][0]
        }
        apoyo.entero(ctx)
        assert calendario.avanzar(ctx) == 0


def test_dos_dias_a_la_vez_cuentan_los_dos(juego: Juego, monkeypatch: pytest.MonkeyPatch) -> None:
    apoyo.sin_lotes(monkeypatch, en_peticion=2)
    with juego.como("admin") as ctx:
        sembrar(ctx, 120)
        uno = calendario.agregar(ctx, [dia()])
        assert 0 < apoyo.cambio(ctx, uno).hechos < apoyo.cambio(ctx, uno).total
        dos = calendario.agregar(ctx, [dia(VIERNES, motivo="Duelo")])
        calendario.avanzar(ctx, 100)
        assert {apoyo.cambio(ctx, i).estado for i in (uno, dos)} == {EstadoCambio.TERMINADO}
        assert plazo.inhabiles(ctx, 1).keys() == {JUEVES, VIERNES}
        apoyo.entero(ctx)


def test_lo_abierto_despues_ya_lo_sabe_y_lo_cerrado_se_deja(
    juego: Juego, monkeypatch: pytest.MonkeyPatch
) -> None:
    apoyo.sin_lotes(monkeypatch)
    juego._presentar("d1", ANONIMA)
    with juego.como("admin") as ctx:
        sembrar(ctx, 40)
        cambio_id = calendario.agregar(ctx, [dia()])
        sujeto = de_denuncia(juego.denuncia(ctx))
        actuar(ctx, plazo.cerrar, sujeto, "identidad_denunciante")
        nuevo = actuar(ctx, plazo.abrir, sujeto, "info_denunciante")
        assert nuevo.vence == dt.date(2026, 3, 18)  # ten días hábiles without the 5th nor the 16th
        calendario.avanzar(ctx)
        assert apoyo.cambio(ctx, cambio_id).estado is EstadoCambio.TERMINADO
        cerrado = ctx.session.scalars(select(Plazo).where(Plazo.clave == "identidad_denunciante")).one()
        assert {nuevo.id, cerrado.id}.isdisjoint(a.plazo_id for a in apoyo.movimientos(ctx))
        apoyo.entero(ctx)


def test_ningun_temporizador_con_la_fecha_de_antes(juego: Juego, monkeypatch: pytest.MonkeyPatch) -> None:
    """The date comes while the change has not reached the term: it is dated again and does not fire."""
    apoyo.sin_lotes(monkeypatch)
    monkeypatch.setattr(trabajador.calendario, "avanzar", lambda ctx, lotes=0: 0)
    juego._presentar("d1", ANONIMA)
    with juego.como("admin") as ctx:
        cambio_id = calendario.agregar(ctx, [dia(dt.date(2026, 3, 10))])
    vieja = juego.plazo("identidad_denunciante")
    assert vieja is not None
    juego.obra.ahora = vieja.dispara_en + dt.timedelta(hours=1)
    with juego.como() as ctx:
        trabajador.una_vez(ctx)
    movido = juego.plazo("identidad_denunciante")
    assert movido is not None
    assert movido.cerrado_en is None
    assert movido.vence > vieja.vence
    with juego.como() as ctx:
        consulta = select(Temporizador.vence_en).where(Temporizador.plazo_clave == "identidad_denunciante")
        assert ctx.session.scalar(consulta) == movido.dispara_en
        movidos = len(apoyo.movimientos(ctx))
        ctx.session.rollback()
        monkeypatch.undo()
        calendario.avanzar(ctx)
        hecho = apoyo.cambio(ctx, cambio_id)
        # Those that the guard moved count as moved by the day, and are not moved twice.
        assert (hecho.estado, hecho.movidos) == (EstadoCambio.TERMINADO, len(apoyo.movimientos(ctx)))
        assert 0 < movidos <= hecho.movidos
    # And on its new date it does fire.
    juego.obra.ahora = movido.dispara_en
    with juego.como() as ctx:
        trabajador.una_vez(ctx)
    vencido = juego.plazo("identidad_denunciante")
    assert vencido is not None
    assert vencido.vencido


def test_las_pausas_se_respetan(juego: Juego) -> None:
    with juego.como("admin") as ctx:
        sembrar(ctx, 120)
        casos = list(ctx.session.scalars(select(Plazo.sujeto_id).distinct().order_by(Plazo.sujeto_id)))
        for n, caso in enumerate(casos[:9]):
            fin = None if n % 3 == 0 else dt.date(2026, 3, 1 + n)
            ctx.session.add(
                Suspension(
                    sujeto_tipo="denuncia", sujeto_id=caso, causal="Concurso", cita="CFF 144",
                    desde=dt.date(2026, 2, 23), hasta=fin, registrada_en=ctx.now,
                )
            )  # fmt: skip
        ctx.session.flush()
        for fila in ctx.session.scalars(select(Plazo).where(Plazo.sujeto_id.in_(casos[:9]))):
            plazo.fechar(ctx, fila)
        ctx.session.commit()
        # What a pause holds without a date does not move because days pass.
        ctx.now += dt.timedelta(days=1)
        antes = apoyo.fechas(ctx)
        callados = {i for i, (_, dispara) in antes.items() if dispara == plazo.NUNCA}
        calendario.agregar(ctx, [dia()])
        despues = apoyo.fechas(ctx)
        assert despues == apoyo.una_por_una(ctx)
        assert callados
        assert all(despues[i][1] == plazo.NUNCA for i in callados)
        assert {a.plazo_id for a in apoyo.movimientos(ctx)} == {
            i for i in despues if despues[i][0] != antes[i][0]
        }


def test_un_plazo_que_nadie_puede_fechar_no_detiene_a_los_demas(juego: Juego) -> None:
    with juego.como("admin") as ctx:
        sembrar(ctx, 20)
        uno = ctx.session.scalars(select(Plazo.id).order_by(Plazo.id)).first()
        ctx.session.execute(update(Plazo).where(Plazo.id == uno).values(clave="subasta"))
        ctx.session.commit()
        hecho = apoyo.cambio(ctx, calendario.agregar(ctx, [dia()]))
        assert hecho.estado is EstadoCambio.TERMINADO
        assert hecho.movidos == len(apoyo.movimientos(ctx)) > 10
        assert uno not in {a.plazo_id for a in apoyo.movimientos(ctx)}
