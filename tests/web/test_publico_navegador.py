"""The public pages in a real browser: phone and desktop, with and without JavaScript, axe and reflow."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session, sessionmaker

from tests.soporte import axe
from tests.web.publico import foto, organizar, presentar_directo, publicar

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")


def revisar(pagina: Page, nombre: str) -> None:
    """No axe violation, no overflow at 320 px."""
    pagina.wait_for_load_state()
    assert axe.fallas(pagina) == [], nombre
    antes = pagina.viewport_size
    pagina.set_viewport_size({"width": 320, "height": 640})
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 320, nombre
    if antes:
        pagina.set_viewport_size(antes)


@pytest.fixture
def casa(app: Flask, servidor: str, fabrica_sesiones: sessionmaker[Session]) -> str:
    """A house with one unit and its processes; its address."""
    organizar(fabrica_sesiones)
    publicar(app)
    return servidor


def denunciar(pagina: Page, casa: str, prueba: Path, *, con_js: bool) -> tuple[str, str]:
    """The whole form by hand; returns folio and key."""

    def sigue(nombre: str) -> None:
        if con_js:
            revisar(pagina, nombre)
        pagina.get_by_role("button", name="Continuar").click()

    pagina.goto(casa)
    pagina.get_by_role("link", name="Iniciar denuncia").click()
    pagina.get_by_role("link", name="Continuar", exact=True).click()
    pagina.get_by_label("De mi registro").check()
    pagina.get_by_label("Sí", exact=True).check()
    sigue("filtro")
    pagina.get_by_label("Me registró con menos sueldo").check()
    sigue("motivos")
    for parte, valor in (("dia", "31"), ("mes", "2"), ("anio", "2024")):
        pagina.locator(f"[name=fecha_inicio-{parte}]").fill(valor)
    sigue("fechas")
    assert "Esa fecha no existe" in pagina.locator("#fecha_inicio-error").inner_text()
    if con_js:
        assert pagina.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    pagina.locator("[name=fecha_inicio-dia]").fill("12")
    sigue("fechas con error")
    pagina.locator("#relato").fill("Me pagan en efectivo.")
    sigue("relato")
    pagina.locator("#salario_monto").fill("3,200")
    pagina.get_by_label("Cada semana").check()
    sigue("salario")
    sigue("puesto")
    pagina.get_by_label("El nombre").check()
    sigue("patron-datos")
    pagina.locator("#nombre_patron").fill("Maquilados del Bajío")
    sigue("patron")
    pagina.locator("#domicilio").fill("Blvd. Aldama 2210")
    pagina.locator("#municipio").fill("León")
    pagina.locator("#entidad").select_option("GT")
    sigue("lugar")
    sigue("personas")
    pagina.get_by_label("La persona trabajadora").check()
    sigue("tu-tipo")
    pagina.get_by_label("Sí, te doy mis datos").check()
    sigue("identidad")
    pagina.locator("#nombre").fill("Guadalupe")
    pagina.locator("#primer_apellido").fill("Hernández")
    sigue("tu-nombre")
    pagina.locator("#curp").fill("BOXW310820HNERXN09")
    sigue("tu-curp-nss")
    pagina.get_by_label("Sólo en mi buzón").check()
    sigue("contacto")
    pagina.locator("#archivos").set_input_files(str(prueba))
    if not con_js:
        pagina.get_by_role("button", name="Subir lo que elegí").click()
    pagina.get_by_text("Le quitamos la ubicación").wait_for()
    sigue("pruebas")
    pagina.get_by_label("Leí el aviso").check()
    sigue("confidencialidad")
    if con_js:
        revisar(pagina, "revisar")
    pagina.get_by_label("Digo la verdad").check()
    pagina.get_by_role("button", name="Presentar denuncia").click()
    if con_js:
        revisar(pagina, "acuse")
    return pagina.locator(".folio").inner_text(), "".join(pagina.locator("#clave").inner_text().split())


@pytest.mark.parametrize(("ancho", "con_js"), [(360, True), (360, False), (1280, True)])
def test_denunciar_y_volver(
    browser: Browser, casa: str, tmp_path: Path, ancho: int, con_js: bool, browser_context_args
) -> None:
    prueba = tmp_path / "recibo.jpg"
    prueba.write_bytes(foto())
    contexto = browser.new_context(
        **browser_context_args | {"viewport": {"width": ancho, "height": 740}, "java_script_enabled": con_js}
    )
    pagina, ajenas, quejas = contexto.new_page(), [], []
    pagina.on("request", lambda r: ajenas.append(r.url) if not r.url.startswith(casa) else None)
    pagina.on("console", lambda m: quejas.append(m.text) if "Content Security" in m.text else None)
    folio, clave = denunciar(pagina, casa, prueba, con_js=con_js)
    pagina.get_by_role("button", name="Ya la guardé").click()
    pagina.get_by_role("button", name="Cerrar buzón").click()
    pagina.locator("#folio").fill(folio)
    pagina.locator("#clave").fill(clave)
    pagina.get_by_role("button", name="Entrar a mi buzón").click()
    assert pagina.get_by_role("heading", level=1).inner_text() == "Tu buzón"
    if con_js:
        revisar(pagina, "buzón")
    assert ajenas == []
    assert quejas == []
    contexto.close()


PAGINAS = [
    "/",
    "/denuncia/antes",
    "/denuncia/continuar",
    "/seguimiento",
    "/verificar",
    "/verificar/DEN-2026-1",
]
PAGINAS += ["/privacidad", "/accesibilidad", "/seguridad", "/no-existe"]


def test_paginas_sueltas_y_del_buzon(page: Page, casa: str, app: Flask) -> None:
    for camino in PAGINAS:
        page.goto(casa + camino)
        revisar(page, camino)
    folio, clave, _ = presentar_directo(app, identificarse="no", nombre=None, curp=None)
    page.goto(casa + "/seguimiento")
    page.locator("#folio").fill(folio)
    page.locator("#clave").fill("0")
    page.get_by_role("button", name="Entrar a mi buzón").click()
    revisar(page, "clave equivocada")
    page.locator("#clave").fill(clave)
    page.get_by_role("button", name="Entrar a mi buzón").click()
    revisar(page, "buzón con pendiente")
    for clave_forma in ("evidencia", "identidad", "contacto", "represalia", "desistir", "responder"):
        page.goto(f"{casa}/seguimiento/caso/{clave_forma}")
        revisar(page, clave_forma)


def test_salir_rapido_con_el_teclado(page: Page, casa: str, app: Flask) -> None:
    app.config["URL_SALIDA_RAPIDA"] = f"{casa}/accesibilidad"  # stands for the neutral page outside
    page.goto(casa)
    page.goto(casa + "/denuncia/antes")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/accesibilidad")
    page.go_back()
    assert page.url == casa + "/"  # the page that she left is not in the history


def test_la_primera_visita_es_ligera(app: Flask) -> None:
    """Styles, script and font of the first page: at most 90 KB compressed (interfaz §1.3-10)."""
    import gzip

    estaticos = Path(app.static_folder or "")
    nombres = ["vendor/govuk-frontend.min.css", "css/base.css", "css/componentes.css", "css/publico.css"]
    nombres += ["js/publico.js", "vendor/iconos.svg", "img/icono.svg"]
    total = sum(len(gzip.compress((estaticos / n).read_bytes())) for n in nombres)
    total += (estaticos / "vendor/noto-sans-latin-wght-normal.woff2").stat().st_size
    total += len(gzip.compress(app.test_client().get("/").data))
    assert total <= 90_000
