"""The calendar's pages in a real browser: axe and overflow on a desk and on a phone, and the bar that moves."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.factories.calendario import sembrar
from tests.soporte import axe
from tests.web.personal import Oficina
from tests.web.test_tarea_navegador import entrar
from workflow.actions import calendario
from workflow.operations import calendario_lote

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")

# Where to leave pictures of what is judged, for whoever wants to look.
FOTOS = os.environ.get("FOTOS_CALENDARIO")


def _mirar(pagina: Page, nombre: str) -> None:
    # A click returns when the next page begins to come; half a page has neither its width nor its colours.
    pagina.wait_for_load_state()
    for ancho in (1280, 360):
        pagina.set_viewport_size({"width": ancho, "height": 800})
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, (nombre, ancho)
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"{nombre}_{ancho}.png", full_page=True)
        assert axe.fallas(pagina) == [], (nombre, ancho)


def test_en_un_navegador(
    browser: Browser,
    servidor: str,
    app: Flask,
    browser_context_args: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    oficina = Oficina(app)
    with oficina.ctx() as ctx:
        sembrar(ctx, 60)
        unidad = oficina.usuario("jose.cazares").subdelegacion_id
        cita = "Oficio 33/2026, 2 de febrero de 2026; CFF 12"
        calendario.agregar(
            ctx, [calendario.Dia(dt.date(2026, 10, 12), unidad, "Oficina cerrada por inundación", cita)]
        )
    contexto = browser.new_context(**browser_context_args)
    pagina = contexto.new_page()
    entrar(pagina, servidor, oficina.usuario("admin").nombre)
    pagina.goto(f"{servidor}/calendario?anio=2026")
    _mirar(pagina, "ver")
    pagina.get_by_role("link", name="Agregar día inhábil").click()
    _mirar(pagina, "agregar")
    pagina.get_by_label("Día", exact=True).fill("2026-03-07")
    pagina.get_by_label("Motivo").fill("Asueto del Contrato Colectivo")
    pagina.get_by_label("Fundamento").fill("Contrato Colectivo, cláusula 46; CFF 12")
    pagina.get_by_role("button", name="Ver qué movería").click()
    expect(pagina.get_by_role("link", name="ya es inhábil: sábado (CFF 12)")).to_be_visible()
    _mirar(pagina, "error")
    pagina.get_by_label("Día", exact=True).fill("2026-03-05")
    pagina.get_by_role("button", name="Ver qué movería").click()
    _mirar(pagina, "previa")
    monkeypatch.setattr(calendario_lote, "LOTE", 0)
    monkeypatch.setattr(calendario, "EN_PETICION", 1)
    monkeypatch.setattr(calendario.avanzar, "__defaults__", (calendario.EN_BARRIDO, 20))
    pagina.get_by_role("button", name="Agregar el día y mover los plazos").click()
    expect(pagina.get_by_role("heading", name="En curso")).to_be_visible()
    # Out of reach of the server the page holds still: axe must not judge a piece that is being replaced.
    contexto.set_offline(True)
    _mirar(pagina, "avance")
    contexto.set_offline(False)
    with oficina.ctx() as ctx:
        calendario.avanzar(ctx)
    expect(pagina.get_by_role("heading", name="Terminado")).to_be_visible(timeout=30_000)
    _mirar(pagina, "terminado")
    pagina.goto(f"{servidor}/calendario/importar")
    _mirar(pagina, "importar")
    pagina.get_by_label("O pega aquí su texto").fill(
        "fecha,unidad,motivo,cita\n2026-04-02,,Jueves santo,Contrato Colectivo\n2026-04-04,,Sábado,x\nayer,,x,y"
    )
    pagina.get_by_role("button", name="Revisar").click()
    _mirar(pagina, "revisar_mal")
    pagina.get_by_label("Corrige aquí el texto").fill(
        "fecha,unidad,motivo,cita\n2026-04-02,,Jueves santo,Contrato Colectivo\n03/04/2026,1101,Viernes santo,CCT"
    )
    pagina.get_by_role("button", name="Revisar otra vez").click()
    _mirar(pagina, "revisar")
    contexto.close()
