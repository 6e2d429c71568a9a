"""Who is told of what in the second half: terms about to end, pauses of an act, creditors of a sale."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from models.credito import ClaseCredito
from models.plazo import Plazo
from models.salida import Salida
from tests.factories import credito as fabrica
from tests.factories.casa import ZONA
from tests.integration.dominio.apoyo import Juego, actuar
from tests.process.escenario import Escena
from tests.process.pasos import PASOS
from workflow.actions import vigilancia
from workflow.context import Ctx
from workflow.operations import credito, plazo
from workflow.operations.sujeto import leer

CASOS = Path(__file__).parents[3] / "bpmn"
HOY = dt.datetime(2026, 3, 2, 10, tzinfo=ZONA)


@pytest.fixture
def deuda(juego: Juego) -> int:
    """A credit of an act, with its caducidad: five years from the last day of its periods."""

    def empezar(ctx: Ctx) -> int:
        return credito.abrir(ctx, fabrica.acto(ctx), ClaseCredito.COP, fabrica.DESDE, fabrica.HASTA).id

    juego.obra.ahora = HOY
    with juego.como() as ctx:
        credito_id: int = actuar(ctx, empezar)
    juego.ids["c1"] = ("credito", credito_id)
    return credito_id


def _abrir(juego: Juego, clave: str, desde: dt.date) -> Plazo:
    with juego.como() as ctx:
        sujeto = leer(ctx, "credito", juego.ids["c1"][1])
        actuar(ctx, lambda ctx: plazo.abrir(ctx, sujeto, clave, desde=desde).id)
    fila = juego.plazo(clave, "c1")
    assert fila is not None
    return fila


def _anunciar(juego: Juego, cuando: dt.date) -> int:
    juego.obra.ahora = dt.datetime.combine(cuando, dt.time(10), ZONA)
    with juego.como() as ctx:
        return vigilancia.anunciar(ctx)


def _ids(juego: Juego, *quienes: str) -> set[int]:
    return {juego.obra.persona(quien).usuario_id or 0 for quien in quienes}


def test_el_pago_se_anuncia_tres_dias_antes_y_una_vez(juego: Juego, deuda: int) -> None:
    fila = _abrir(juego, "pago_credito", HOY.date())
    assert _anunciar(juego, fila.vence - dt.timedelta(days=4)) == 0
    assert _anunciar(juego, fila.vence - dt.timedelta(days=3)) == 1
    assert _anunciar(juego, fila.vence) == 0
    assert set(juego.avisos(f"previo:{fila.id}:3:")) == _ids(juego, "hector.rios")
    with juego.como() as ctx:
        dicho = ctx.session.scalars(select(Salida).where(Salida.clave.startswith("previo:"))).one()
        assert "vence el" in dicho.datos["asunto"]
        assert dicho.datos["folio"].startswith("CRE-")


def test_la_caducidad_y_la_prescripcion_a_180_y_a_60(juego: Juego, deuda: int) -> None:
    caducidad = juego.plazo("caducidad", "c1")
    assert caducidad is not None
    assert _anunciar(juego, caducidad.vence - dt.timedelta(days=181)) == 0
    assert _anunciar(juego, caducidad.vence - dt.timedelta(days=180)) == 1
    assert _anunciar(juego, caducidad.vence - dt.timedelta(days=61)) == 0
    assert _anunciar(juego, caducidad.vence - dt.timedelta(days=59)) == 1
    ooad = _ids(juego, "gloria.mena", "felix.orozco")
    for marca in (180, 60):
        dichos = juego.avisos(f"previo:{caducidad.id}:{marca}:")
        assert set(dichos) == ooad | _ids(juego, "rosa.medina", "omar.fuentes")
    juego.obra.ahora = HOY
    prescripcion = _abrir(juego, "prescripcion", HOY.date())
    assert _anunciar(juego, prescripcion.vence - dt.timedelta(days=60)) >= 1
    assert set(juego.avisos(f"previo:{prescripcion.id}:60:")) == _ids(
        juego, "hector.rios", "joel.cantu", "gloria.mena"
    )


def test_no_se_anuncia_lo_que_una_pausa_detiene(juego: Juego, deuda: int) -> None:
    fila = _abrir(juego, "pago_credito", HOY.date())

    def pausar(ctx: Ctx) -> None:
        plazo.suspender(ctx, leer(ctx, "credito", deuda), "inconformidad", "CFF 144", ctx.hoy)

    with juego.como() as ctx:
        actuar(ctx, pausar)
    detenido = juego.plazo("pago_credito", "c1")
    assert detenido is not None
    assert _anunciar(juego, fila.vence - dt.timedelta(days=1)) == 0


def test_lo_cerrado_no_se_anuncia(juego: Juego, deuda: int) -> None:
    fila = _abrir(juego, "pago_credito", HOY.date())
    with juego.como() as ctx:
        actuar(ctx, lambda ctx: plazo.cerrar(ctx, leer(ctx, "credito", deuda), "pago_credito"))
    assert _anunciar(juego, fila.vence) == 0


def _acto(juego: Juego) -> None:
    def empezar(ctx: Ctx) -> int:
        return fabrica.acto(ctx).id

    with juego.como() as ctx:
        juego.ids["a1"] = ("acto", actuar(ctx, empezar))


def test_el_preventivo_lo_saben_la_jefatura_y_el_ooad(juego: Juego) -> None:
    _acto(juego)
    with juego.como() as ctx:
        sujeto = leer(ctx, *juego.ids["a1"])
        actuar(ctx, lambda ctx: plazo.abrir(ctx, sujeto, "preventivo_visita", desde=HOY.date()).id)
    fila = juego.plazo("preventivo_visita", "a1")
    assert fila is not None
    juego.obra.ahora = dt.datetime.combine(fila.vence + dt.timedelta(days=1), dt.time(10), ZONA)
    with juego.como() as ctx:
        assert vigilancia.vigilar(ctx) == 1
    assert set(juego.avisos(f"sla:{fila.id}:")) == _ids(juego, "jose.cazares", "gloria.mena", "felix.orozco")


def test_la_suspension_de_un_acto_la_sabe_el_ooad(juego: Juego) -> None:
    _acto(juego)
    with juego.como() as ctx:
        sujeto = leer(ctx, *juego.ids["a1"])
        actuar(ctx, lambda ctx: plazo.abrir(ctx, sujeto, "visita_max", desde=HOY.date()).id)
    PASOS["pausar_acto"](juego, "a1", causal="huelga", desde=HOY.date().isoformat())
    assert set(juego.avisos("suspension:")) == _ids(juego, "gloria.mena", "felix.orozco")


def _hasta_convocar(juego: Juego, acreedores: list[dict[str, str]]) -> None:
    guion = json.loads((CASOS / "remate/casos/venta_simple.json").read_text(encoding="utf-8"))
    convoca = next(n for n, paso in enumerate(guion["pasos"]) if paso.get("tarea") == "convocar_remate")
    pasos = guion["pasos"][: convoca + 1]
    pasos[convoca].setdefault("con", {})["acreedores"] = acreedores
    Escena(juego.obra, {**guion, "pasos": pasos, "fin": {}}).jugar()


@pytest.mark.parametrize(("citacion", "avisados"), [("personal", 2), ("convocatoria", 0)])
def test_los_acreedores_del_remate(juego: Juego, citacion: str, avisados: int) -> None:
    _hasta_convocar(juego, [{"nombre": "Banco del Bajío", "citacion": citacion}])
    dichos = juego.avisos("acreedores:")
    assert len(dichos) == avisados
    if avisados:
        assert set(dichos) == _ids(juego, "hector.rios", "nadia.rosas")


@pytest.mark.una_base("sqlite")
def test_el_plazo_vencido_de_un_acto_lo_saben_la_jefatura_y_el_ooad(juego: Juego) -> None:
    guion = json.loads(
        (CASOS / "acto_fiscalizacion/casos/doce_meses_vencidos.json").read_text(encoding="utf-8")
    )
    Escena(juego.obra, guion).jugar()
    assert set(juego.avisos("sin_efectos:")) == _ids(juego, "jose.cazares", "gloria.mena", "felix.orozco")
