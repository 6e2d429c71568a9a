"""The pages of payments in a real browser: axe and overflow on a desk and on a phone."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.factories import cuenta as fabrica
from tests.soporte import axe
from tests.web.personal import Oficina
from tests.web.test_tarea_navegador import entrar

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")

# Where to leave pictures of what is judged, for whoever wants to look.
FOTOS = os.environ.get("FOTOS_COBRO")


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
    browser: Browser, servidor: str, app: Flask, browser_context_args: dict[str, Any]
) -> None:
    oficina = Oficina(app)
    with oficina.ctx() as ctx:
        hoy = ctx.hoy
        acto = fabrica.acto(ctx, fabrica.patron(ctx))
        folios = []
        for importe in ("18450.37", "6200.00"):
            credito = fabrica.credito(ctx, acto, notificado=hoy - dt.timedelta(days=9))
            fabrica.cuotas(ctx, credito, dt.date(2025, 3, 18), importe, "1210.55")
            folios.append(credito.folio)
        ctx.session.commit()
    contexto = browser.new_context(**browser_context_args)
    pagina = contexto.new_page()
    entrar(pagina, servidor, oficina.usuario("hector.rios").nombre)
    pagina.goto(f"{servidor}/cobro/pagos")
    _mirar(pagina, "vacia")
    pagina.get_by_role("link", name="Registrar pago").click()
    _mirar(pagina, "buscar")
    pagina.get_by_label("¿De quién es el pago?").fill(folios[0])
    pagina.get_by_role("button", name="Ver qué debe").click()
    _mirar(pagina, "registrar")
    pagina.get_by_label("Importe").fill("mucho")
    pagina.get_by_role("button", name="Registrar y aplicar").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Falta corregir")
    _mirar(pagina, "error")
    pagina.get_by_label("Importe").fill("12,000.00")
    pagina.get_by_label("Referencia").fill("Recibo 7781")
    pagina.get_by_label(folios[1]).check()
    pagina.get_by_role("button", name="Registrar y aplicar").click()
    expect(pagina.get_by_text("El pago quedó registrado y aplicado.")).to_be_visible()
    _mirar(pagina, "pago")
    pagina.get_by_role("link", name="Corregir").click()
    _mirar(pagina, "corregir")
    pagina.go_back()
    pagina.get_by_role("link", name="Reversar").click()
    _mirar(pagina, "reversar")
    pagina.get_by_label("Por qué se reversa").fill("Cheque sin fondos")
    pagina.get_by_role("button", name="Reversar").click()
    _mirar(pagina, "reversado")
    pagina.goto(f"{servidor}/cobro/pagos/importar")
    _mirar(pagina, "importar")
    pagina.get_by_label("O pega aquí su texto").fill(
        "fecha,referencia,linea_captura,importe,registro_patronal\n"
        f"{hoy.isoformat()},778120,{folios[0]},90000.00,{fabrica.PATRON}\n"
        f"ayer,778121,{folios[1]},1.00,{fabrica.PATRON}\n"
    )
    pagina.get_by_role("button", name="Revisar").click()
    _mirar(pagina, "revisar")
    pagina.get_by_label("Se devuelve al patrón").check()
    pagina.get_by_role("button", name="Registrar sólo los buenos").click()
    expect(pagina.get_by_role("status").first).to_be_visible()
    _mirar(pagina, "lista")
    contexto.close()
