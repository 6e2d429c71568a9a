"""Terms of a case in a real browser, on a phone and on a desk: simulator, ledger, derivation, pauses, extension."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from models.denuncia import Denuncia
from models.plazo import DiaInhabil, Plazo
from tests.web.personal import Oficina
from tests.web.publico import foto
from tests.web.test_publico_navegador import revisar
from tests.web.test_tarea_navegador import TAMANOS, entrar
from workflow.operations import plazo as asientos
from workflow.operations.sujeto import leer

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")

DESDE = {"visita_max": 100, "ultima_parcial": 29, "resolucion": 10, "correccion_rev": 40}


@dataclass
class Caso:
    """A case with terms of all kinds, a closed day, a pause that ended and facts that begin to expire."""

    oficina: Oficina
    denuncia_id: int
    folio: str
    plazos: dict[str, int]

    def pausar(self, *causales: str) -> None:
        """Two grounds that run at once."""
        with self.oficina.ctx() as ctx:
            for causal in causales:
                asientos.suspender(ctx, leer(ctx, "denuncia", self.denuncia_id), causal, "CFF 46-A", ctx.hoy)
            ctx.session.commit()


@pytest.fixture
def caso(app: Flask) -> Caso:
    oficina = Oficina(app)
    denuncia_id, _ = oficina.asignada()
    with oficina.ctx() as ctx:
        d, hoy = ctx.session.get_one(Denuncia, denuncia_id), ctx.hoy
        d.hechos = d.hechos | {"periodo_desde": "2019-03-01"}
        cierre = dt.date(2026, 11, 3)
        ctx.session.add(
            DiaInhabil(fecha=cierre, motivo="Inundación", cita="Acuerdo GTO/118/2026", registrado_en=ctx.now)
        )
        sujeto = leer(ctx, "denuncia", denuncia_id)
        for clave, dias in DESDE.items():
            asientos.abrir(ctx, sujeto, clave, desde=hoy - dt.timedelta(days=dias))
        asientos.suspender(ctx, sujeto, "huelga", "CFF 46-A, fracción I", hoy - dt.timedelta(days=16))
        asientos.reanudar(ctx, sujeto, hoy - dt.timedelta(days=15))
        ctx.session.commit()
        plazos = {p.clave: p.id for p in ctx.session.scalars(select(Plazo))}
        return Caso(oficina, denuncia_id, d.folio, plazos)


def paginas(caso: Caso) -> dict[str, str]:
    """Every page of the terms of a case, by name."""
    plazo = {clave: f"/plazo/{numero}" for clave, numero in caso.plazos.items()}
    return {
        "resumen": "",
        "simular": "/simular",
        "simulado": "/simular?hecho=cedula&fecha=2026-11-21&compara=2026-11-23",
        "visita simulada": "/simular?hecho=visita&fecha=2026-11-20",
        "simular con errores": "/simular?hecho=cedula&fecha=2026-02-31",
        "plazos": "/plazos",
        "plazos para imprimir": "/plazos?imprimir=1",
        "plazo en días": plazo["ultima_parcial"],
        "plazo largo": plazo["correccion_rev"],
        "plazo largo entero": plazo["correccion_rev"] + "?semanas=todas",
        "plazo en meses": plazo["resolucion"],
        "pausa": "/pausa",
        "ampliar": plazo["ultima_parcial"] + "/ampliar",
        "caducidad": "/estatuto/caducidad",
    }


@pytest.mark.parametrize("tamano", TAMANOS)
def test_cada_pagina_se_lee(
    browser: Browser, servidor: str, caso: Caso, tamano: str, browser_context_args: dict[str, Any]
) -> None:
    contexto = browser.new_context(**{**browser_context_args, "viewport": TAMANOS[tamano]})
    quejas: list[str] = []
    contexto.on("console", lambda m: quejas.append(m.text) if m.type == "error" else None)
    p = contexto.new_page()
    entrar(p, servidor, "José Ignacio")
    ver = paginas(caso)
    for vuelta in ("", " en pausa"):
        for nombre, ruta in ver.items():
            p.set_viewport_size(TAMANOS[tamano])
            p.goto(f"{servidor}/caso/{caso.folio}{ruta}")
            p.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            revisar(p, nombre + vuelta)
        if not vuelta:
            caso.pausar("requerimiento", "fuerza_mayor")
            en_pausa = ("resumen", "plazos para imprimir", "plazo en meses", "pausa")
            ver = {n: r for n, r in ver.items() if n in en_pausa} | {"otra causa": "/pausa?otra=1"}
    contexto.close()
    # The browser reports a page of errors (422) as a failed load; nothing else may complain.
    assert [q for q in quejas if "422" not in q] == []


@pytest.mark.parametrize("con_js", [True, False], ids=["js", "sin-js"])
def test_de_la_simulacion_a_la_pausa_con_prueba(
    browser: Browser, servidor: str, caso: Caso, con_js: bool, browser_context_args: dict[str, Any]
) -> None:
    contexto = browser.new_context(**{**browser_context_args, "java_script_enabled": con_js})
    p = contexto.new_page()
    entrar(p, servidor, "José Ignacio")
    p.goto(f"{servidor}/caso/{caso.folio}/plazos")
    p.get_by_role("link", name="Simular una fecha").click()
    p.get_by_label("Si…").select_option("ultima_parcial")
    p.get_by_label("El día").fill("2026-10-22")
    p.get_by_role("button", name="Simular").click()
    p.get_by_text("Primer día para levantar el acta final").first.wait_for()
    p.goto(f"{servidor}/caso/{caso.folio}/pausa")
    p.get_by_label("Requerimiento que el patrón no atiende").check()
    p.locator("#archivo").set_input_files(
        [{"name": "requerimiento.jpg", "mimeType": "image/jpeg", "buffer": foto()}]
    )
    p.get_by_role("button", name="Poner en pausa").click()
    p.get_by_text("El caso quedó en pausa").wait_for()
    p.get_by_role("link", name="requerimiento.jpg").first.wait_for()
    p.get_by_role("link", name="Ampliar plazo").first.click()
    p.get_by_label("Por qué se amplía").fill("El patrón avisó: hay dos ejercicios.")
    p.get_by_role("button", name="Ampliar plazo").click()
    p.get_by_text("El plazo se amplió").wait_for()
    contexto.close()
