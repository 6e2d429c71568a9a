"""Who is told when a term of the house runs out: once, in its time, and what opens again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.denuncia import MensajeBuzon
from models.plazo import Plazo
from tests.integration.dominio.apoyo import Juego
from workflow.actions import vigilancia
from workflow.operations import buzon

ANONIMA = {"nombre": None, "primer_apellido": None, "curp": None, "nss": None}


def _vigilar(juego: Juego) -> int:
    with juego.como() as ctx:
        return vigilancia.vigilar(ctx)


def _ooad(juego: Juego) -> list[int]:
    return sorted(juego.obra.persona(quien).usuario_id or 0 for quien in ("gloria.mena", "felix.orozco"))


def _estatus(juego: Juego) -> list[str]:
    with juego.como() as ctx:
        filas = ctx.session.scalars(
            select(MensajeBuzon).where(MensajeBuzon.tipo == "estatus").order_by(MensajeBuzon.id)
        )
        return [str(buzon.leer(ctx, fila)["texto"]) for fila in filas]


def test_la_asignacion_se_avisa_al_doble_y_una_vez(juego: Juego) -> None:
    juego._presentar("d1")
    assert _vigilar(juego) == 0
    plazo = juego.plazo("sla_asignacion")
    assert plazo is not None
    juego.saltar(days=3)  # 5 March: the two días hábiles are over, the double is not
    assert _vigilar(juego) == 0
    juego.saltar(days=2)  # Saturday 7 March: four días hábiles passed
    assert _vigilar(juego) == 1
    assert sorted(juego.avisos(f"sla:{plazo.id}:")) == _ooad(juego)
    juego.saltar(days=30)
    assert _vigilar(juego) == 0
    assert len(juego.avisos(f"sla:{plazo.id}:")) == 2
    assert juego.plazo("sla_asignacion").cerrado_en is None  # type: ignore[union-attr]
    juego._tarea("asignar_denuncia", "d1")
    assert juego.plazo("sla_asignacion").vencido  # type: ignore[union-attr]


def test_no_se_apura_a_quien_espera_identidad(juego: Juego) -> None:
    juego._presentar("d1", ANONIMA)
    juego.saltar(days=10)
    assert _vigilar(juego) == 0


def test_el_analisis_se_avisa_al_vencer(juego: Juego) -> None:
    juego._hasta("analisis", "d1")
    plazo = juego.plazo("sla_analisis")
    assert plazo is not None
    juego.obra.ahora = plazo.dispara_en
    assert _vigilar(juego) == 1
    assert sorted(juego.avisos(f"sla:{plazo.id}:")) == _ooad(juego)


def test_la_fecha_de_la_decision_se_cambia_con_su_razon(juego: Juego) -> None:
    juego._hasta("propuesta", "d1")
    plazo = juego.plazo("sla_programacion")
    assert plazo is not None
    antes = len(_estatus(juego))
    juego.obra.ahora = plazo.dispara_en
    assert _vigilar(juego) == 2  # and the ficha, which is late by its double
    assert _vigilar(juego) == 0
    nuevo = juego.plazo("sla_programacion")
    assert nuevo is not None
    assert nuevo.id != plazo.id
    assert nuevo.vence > plazo.vence
    assert juego.plazo("sla_programacion").cerrado_en is None  # type: ignore[union-attr]
    (dicho,) = _estatus(juego)[antes:]
    assert dicho.startswith("Cambió la fecha: esperamos una decisión hacia el ")
    assert dicho.endswith("Todavía se prepara el expediente.")
    with juego.como() as ctx:
        viejo = ctx.session.get_one(Plazo, plazo.id)
        assert viejo.vencido
        assert viejo.cerrado_en is not None


def test_sin_noticias_tambien_se_escribe(juego: Juego) -> None:
    juego._hasta("validada", "d1")
    juego._sesionar("s1", ["d1"])
    plazo = juego.plazo("sla_informe")
    assert plazo is not None
    for vuelta in range(2):
        antes = len(_estatus(juego))
        juego.obra.ahora = plazo.dispara_en
        assert _vigilar(juego) >= 1
        (dicho,) = _estatus(juego)[antes:]
        assert dicho.startswith("Tu caso sigue. El IMSS está haciendo lo que la ley permite")
        plazo = juego.plazo("sla_informe")
        assert plazo is not None, vuelta
        assert plazo.cerrado_en is None, vuelta


def test_el_que_falla_no_detiene_a_los_demas(juego: Juego, monkeypatch: pytest.MonkeyPatch) -> None:
    for nombre in ("d1", "d2"):
        juego._presentar(nombre)
    juego.saltar(days=10)
    primero = juego.plazo("sla_asignacion", "d1")
    assert primero is not None
    atender = vigilancia.vigilancia.atender

    def fallar(ctx: object, plazo_id: int) -> bool:
        if plazo_id == primero.id:
            raise RuntimeError("falla")
        return atender(ctx, plazo_id)  # type: ignore[arg-type]

    with monkeypatch.context() as parche:
        parche.setattr(vigilancia.vigilancia, "atender", fallar)
        assert _vigilar(juego) == 1
    assert _vigilar(juego) == 1
