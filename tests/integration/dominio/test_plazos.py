"""The ledger of terms: opened, stopped, opened again, moved by a day off, closed with its noun."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from models.plazo import MovimientoPlazo, Plazo
from models.proceso import Temporizador
from tests.integration.dominio.apoyo import Juego, actuar
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import plazo
from workflow.operations.sujeto import Sujeto, de_denuncia

ANONIMA = {"nombre": None, "primer_apellido": None, "curp": None, "nss": None}


def _sujeto(juego: Juego, ctx: Ctx) -> Sujeto:
    return de_denuncia(juego.denuncia(ctx))


def _movimientos(ctx: Ctx, clave: str) -> list[str]:
    consulta = select(MovimientoPlazo.tipo).join(Plazo).where(Plazo.clave == clave)
    return [tipo.value for tipo in ctx.session.scalars(consulta.order_by(MovimientoPlazo.id))]


def test_abierto_dos_veces_es_uno(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        sujeto = _sujeto(juego, ctx)
        actuar(ctx, plazo.abrir, sujeto, "sla_informe")
        segundo = actuar(ctx, plazo.abrir, sujeto, "sla_informe")
        assert plazo.abiertos(ctx, sujeto)["sla_informe"].id == segundo.id
        assert _movimientos(ctx, "sla_informe") == ["apertura", "cierre", "apertura"]


def test_una_pausa_abierta_calla_el_temporizador_y_corre_el_plazo(juego: Juego) -> None:
    juego._presentar("d1", ANONIMA)
    with juego.como() as ctx:
        sujeto = _sujeto(juego, ctx)
        antes = plazo.abiertos(ctx, sujeto)["identidad_denunciante"].vence
        actuar(ctx, plazo.suspender, sujeto, "concurso", "CFF 144", dt.date(2026, 3, 2))
        assert plazo.abiertos(ctx, sujeto)["identidad_denunciante"].dispara_en == plazo.NUNCA
        consulta = select(Temporizador.vence_en).where(Temporizador.plazo_clave == "identidad_denunciante")
        assert ctx.session.scalar(consulta) == plazo.NUNCA
        with pytest.raises(DatoInvalido, match="ya está en pausa"):
            actuar(ctx, plazo.suspender, sujeto, "concurso", "CFF 144", dt.date(2026, 3, 2))
        # What opens during the pause waits with the rest.
        nuevo = actuar(ctx, plazo.abrir, sujeto, "sla_informe")
        assert nuevo.dispara_en == plazo.NUNCA
        ctx.now += dt.timedelta(days=7)
        actuar(ctx, plazo.reanudar, sujeto, dt.date(2026, 3, 6))
        despues = plazo.abiertos(ctx, sujeto)["identidad_denunciante"]
        # Five días hábiles (2-6 March) did not count; the 2nd is the start day itself: four of them were days.
        assert (despues.vence - antes).days == 6
        assert despues.dispara_en < plazo.NUNCA
        assert ctx.session.scalar(consulta) == despues.dispara_en
        assert _movimientos(ctx, "identidad_denunciante") == ["apertura", "suspension", "reanudacion"]
        with pytest.raises(DatoInvalido, match="no está en pausa"):
            actuar(ctx, plazo.reanudar, sujeto, dt.date(2026, 3, 6))
        # A pause lifted today does not keep another from beginning today.
        actuar(ctx, plazo.suspender, sujeto, "otra", "CFF 144", dt.date(2026, 3, 9))


def test_lo_que_faltaba_sigue_faltando(juego: Juego) -> None:
    juego._hasta("analisis", "d1")
    abierto = juego.plazo("sla_analisis")
    assert abierto is not None
    assert abierto.vence == dt.date(2026, 3, 31)  # 20 hábiles; the 16th is none
    juego._reloj("2026-03-09T12:00")  # five días hábiles are used
    juego._tarea("analizar_denuncia", "d1", {"presuncion": "falta_informacion", "acto_sugerido": None})
    juego._reloj("2026-03-12T12:00")
    juego._buzon("responder", "d1", ["Trabajaba en el almacén.", []])
    otra = juego.plazo("sla_analisis")
    assert otra is not None
    assert otra.id != abierto.id
    # Fifteen were left: from 13 March on.
    assert otra.vence == dt.date(2026, 4, 3)


def test_reabrir_deja_un_dia_al_menos_y_lo_abierto_como_esta(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        sujeto = _sujeto(juego, ctx)
        nuevo = actuar(ctx, plazo.reabrir, sujeto, "sla_calificacion")
        assert actuar(ctx, plazo.reabrir, sujeto, "sla_calificacion").id == nuevo.id
        ctx.now += dt.timedelta(days=60)
        actuar(ctx, plazo.cerrar, sujeto, "sla_calificacion", vencido=True)
        otra = actuar(ctx, plazo.reabrir, sujeto, "sla_calificacion")
        assert otra.vence == dt.date(2026, 5, 4)  # the next día hábil after Friday 1 May, inhábil


def test_un_caso_terminado_no_deja_plazos(juego: Juego) -> None:
    juego._presentar("d1", ANONIMA)
    juego._vencer("identidad_denunciante", "d1")
    with juego.como() as ctx:
        vivos = plazo.abiertos(ctx, _sujeto(juego, ctx))
        assert set(vivos) == {"sla_respuesta"}  # only the answer that the institute still owes
        fila = ctx.session.scalars(select(Plazo).where(Plazo.clave == "identidad_denunciante")).one()
        assert fila.vencido


def test_un_caso_terminado_no_queda_en_pausa_y_lo_que_sigue_corre(juego: Juego) -> None:
    juego._presentar("d1")
    with juego.como() as ctx:
        sujeto = _sujeto(juego, ctx)
        for clave in ("sla_informe", "identidad_denunciante"):
            actuar(ctx, plazo.abrir, sujeto, clave)
        actuar(ctx, plazo.suspender, sujeto, "concurso", "CFF 144", dt.date(2026, 3, 2))
        actuar(ctx, plazo.suspender, sujeto, "otra", "CFF 144", dt.date(2026, 3, 20))
        actuar(ctx, plazo.cerrar_todos, sujeto, menos=frozenset({"sla_informe"}))
        quedan = plazo.abiertos(ctx, sujeto)
        assert set(quedan) == {"sla_informe"}
        assert quedan["sla_informe"].dispara_en < plazo.NUNCA
        assert plazo.suspendidas(ctx, sujeto) == []
