"""The field: a phone that loses its connection keeps what was typed; the pages of an act, a credit and a PAE."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models.acto import EstadoActo
from models.organizacion import Usuario
from models.proceso import Tarea
from tests.e2e.paginas import ESCRITORIO, TELEFONO, Casa, Visita
from tests.web.personal import Oficina, abrir_sesion
from tests.web.segunda import acto, expediente_completo, preparar
from tests.web.test_trabajadores import lista
from workflow.actions.demo.organizacion import correo

pytestmark = [pytest.mark.e2e, pytest.mark.una_base("postgresql")]


def entrar(casa: Casa, quien: str, pantalla: dict[str, int]) -> Visita:
    """Her browser, with the cookie that the login page leaves."""
    with casa.app.extensions["denuncias"].obra.ctx() as ctx:
        persona = ctx.session.scalars(select(Usuario).where(Usuario.correo == correo(quien))).unique().one()
        cliente = casa.app.test_client()
        abrir_sesion(cliente, persona)
    galleta = cliente.get_cookie("session") or next(iter(cliente._cookies.values()))
    visita = Visita(casa, pantalla)
    visita.contexto.add_cookies([{"name": galleta.key, "value": galleta.value, "url": casa.direccion}])
    return visita


def _guardado(v: Visita) -> int:
    return int(v.pagina.evaluate("Object.keys(localStorage).filter(k => k.startsWith('denuncias:')).length"))


@pytest.mark.lento
def test_lo_escrito_sin_conexion_no_se_pierde(casa: Casa) -> None:
    expediente_completo(Oficina(casa.app))
    with casa.app.extensions["denuncias"].obra.ctx() as ctx:
        tarea_id = ctx.session.scalars(select(Tarea.id).where(Tarea.nodo == "practicar_diligencia")).one()
    v = entrar(casa, "nadia.rosas", TELEFONO)
    v.ir(f"/tarea/{tarea_id}")
    v.mirar("tarea de campo")
    assert v.pagina.locator("input[capture]").count() >= 1
    texto = v.pagina.locator("#formulario input[type=text], #formulario textarea").first
    nombre = texto.get_attribute("name")
    texto.fill("Antes de perder la señal")
    expect(v.pagina.locator("#guardado")).to_contain_text("Borrador guardado")
    expect(v.pagina.locator("#sin-conexion")).to_be_hidden()
    assert _guardado(v) == 0  # the server has it: nothing stays on the phone
    v.contexto.set_offline(True)
    texto.fill("Escrito sin señal")
    expect(v.pagina.locator("#sin-conexion")).to_contain_text("Sin conexión: lo que escribes se guarda")
    v.pagina.get_by_role("button", name="Guardar y salir").click()
    expect(v.pagina.locator("#sin-conexion")).to_contain_text("Vuelve a enviarlo")
    assert _guardado(v) == 1
    v.pagina.close()  # the telephone shut the page
    v.contexto.set_offline(False)
    v.pagina = v.contexto.new_page()
    v.ir(f"/tarea/{tarea_id}")
    assert v.pagina.locator(f"[name='{nombre}']").input_value() == "Escrito sin señal"
    expect(v.pagina.locator("#sin-conexion")).to_contain_text("Recuperamos lo que habías escrito")
    expect(v.pagina.locator("#guardado")).to_contain_text("Borrador guardado a las")
    v.pagina.wait_for_function("Object.keys(localStorage).every(k => !k.startsWith('denuncias:'))")
    v.ir(f"/tarea/{tarea_id}")
    assert v.pagina.locator(f"[name='{nombre}']").input_value() == "Escrito sin señal"
    # What an offline page failed to load is no fault of it.
    v.quejas[:] = [q for q in v.quejas if "ERR_INTERNET_DISCONNECTED" not in q]


@pytest.mark.lento
def test_las_paginas_del_caso(casa: Casa) -> None:
    oficina = Oficina(casa.app)
    suyo, credito, pae = expediente_completo(oficina)
    otro_id, otro = acto(oficina, EstadoActo.EN_RESOLUCION)
    preparar(oficina, otro_id)
    for quien, caminos in {
        "jose.cazares": [("acto", f"/caso/{suyo}")],
        "hector.rios": [
            ("credito", f"/caso/{credito}"),
            ("cedula del credito", f"/caso/{credito}/cedula?foco=p1.2025-12.IV"),
            ("cuenta", f"/caso/{credito}/cuenta"),
            ("pae", f"/caso/{pae}"),
        ],
        "daniela.solis": [
            ("promocion", f"/caso/{suyo}/promocion"),
            ("trabajadores", f"/caso/{otro}/trabajadores"),
        ],
    }.items():
        v = entrar(casa, quien, ESCRITORIO)
        for nombre, camino in caminos:
            v.ir(camino)
            v.mirar(nombre)
        if quien == "daniela.solis":
            mala = "12978644025,Con NSS malo,2024-01-01,2024-12-31,300,,,"
            archivo = {"name": "n.csv", "mimeType": "text/csv", "buffer": lista(60, mala)}
            v.pagina.locator("#archivo").set_input_files(archivo)  # type: ignore[arg-type]
            v.pulsar("Revisar archivo")
            v.mirar("previa de trabajadores")
            v.pulsar("Importar sólo los 59 buenos")
            v.mirar("lista de trabajadores")
