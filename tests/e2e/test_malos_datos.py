"""What goes wrong in a browser: two people at one task, two clicks, impossible dates, bad files, no such folio."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import func, select

from models.denuncia import Denuncia
from models.documento import Documento
from models.proceso import Tarea
from tests.e2e.a_la_vez import enviar_a_la_vez
from tests.e2e.paginas import Casa, Denunciante, Persona
from workflow.actions.demo.casos import Denuncias
from workflow.actions.demo.guion import Guion
from workflow.actions.demo.personas import Padron

pytestmark = pytest.mark.e2e
MEGA = 1024 * 1024


def foto() -> bytes:
    """A small photograph."""
    salida = io.BytesIO()
    Image.new("RGB", (320, 240), (120, 140, 150)).save(salida, "JPEG")
    return salida.getvalue()


def cuantas(casa: Casa) -> int:
    """Denuncias in the house."""
    with casa.app.extensions["denuncias"].obra.ctx() as ctx:
        return ctx.session.scalar(select(func.count(Denuncia.id))) or 0


@pytest.mark.lento
def test_sin_javascript(casa: Casa, tmp_path: Path) -> None:
    """The public form by itself: an impossible date, a bad name, a file too large, and a second click."""
    ella = Denunciante(casa, con_js=False)
    ella.llegar_a_fechas()
    ella.poner_fecha("31", "2", "2024")
    ella.pulsar("Continuar")
    assert "Esa fecha no existe" in ella.pagina.locator("#fecha_inicio-error").inner_text()
    assert ella.pagina.locator("[name=fecha_inicio-dia]").input_value() == "31"
    ella.contar("C614077210")

    ella.subir("../../x.jpg", "image/jpeg", foto())
    assert ella.pagina.locator(".archivo__n").all_inner_texts() == ["x.jpg"]
    grande = tmp_path / "grande.jpg"
    grande.write_bytes(foto() + b"\0" * (30 * MEGA))
    ella.pagina.locator("#archivos").set_input_files(str(grande))
    ella.pulsar("Subir lo que elegí")
    assert "Pesa más de 15 MB." in ella.pagina.locator(".archivo--error").inner_text()
    assert ella.pagina.locator(".archivo__n").first.inner_text() == "x.jpg"
    ella.ir("/denuncia/pruebas")
    ella.protestar()

    sello = ella.pagina.locator("[name=csrf_token]").first.input_value()
    forma = {"csrf_token": sello, "protesta": "si"}
    direccion = f"{casa.direccion}/denuncia/presentar"
    paginas = [ella.pagina.request.post(direccion, form=forma).text() for _ in range(2)]
    ella.ir("/denuncia/acuse")
    ella.guardar_acuse()
    assert all(ella.folio in pagina for pagina in paginas)
    assert cuantas(casa) == 1
    with casa.app.extensions["denuncias"].obra.ctx() as ctx:
        pruebas = ctx.session.scalars(select(Documento.nombre).where(Documento.tipo == "evidencia")).all()
    assert len(pruebas) == 1
    assert not any("/" in nombre or ".." in nombre for nombre in pruebas)


@pytest.mark.lento
def test_dos_clics_son_un_folio(casa: Casa) -> None:
    """A double click on the last button, as nervous fingers do."""
    ella = Denunciante(casa)
    casa.vistas.update(VISTAS_EN_EL_RECORRIDO)
    ella.llegar_a_fechas()
    ella.contar("C614077210")
    ella.protestar()
    ella.boton("Presentar denuncia").dblclick()
    ella.pagina.wait_for_url("**/denuncia/acuse")
    ella.guardar_acuse()
    assert cuantas(casa) == 1
    ella.pagina.reload()
    assert ella.pagina.locator(".folio").inner_text() == ella.folio
    ella.entrar()


VISTAS_EN_EL_RECORRIDO = {
    *("inicio", "antes", "filtro", "motivos", "fechas", "relato", "salario", "puesto", "patron-datos"),
    *("patron", "lugar", "personas", "tu-tipo", "identidad", "tu-nombre", "tu-curp-nss", "contacto"),
    *("pruebas", "confidencialidad", "revisar", "acuse", "seguimiento"),
}


def propuesta_por_validar(casa: Casa) -> str:
    """A proposal that waits for the head of the unit, made by the real actions; its folio."""
    obra = casa.app.extensions["denuncias"].obra
    with obra.ctx() as ctx:
        guion = Guion(obra, ctx.now, random.Random(1))
    fila = {
        "historia": "propuesta",
        "unidad": "1101",
        "patron": "C614077210",
        "motivo": "salario_menor",
        "destino": "por_validar",
    }
    guion.agendar(guion.hace(40), Denuncias(guion, Padron(1)).contar(fila))
    guion.correr()
    with obra.ctx() as ctx:
        return str(ctx.session.scalars(select(Tarea.folio).where(Tarea.nodo == "validar_propuesta")).one())


def test_dos_personas_en_la_misma_tarea(casa: Casa) -> None:
    """Both open it, both answer at once: one wins, the other is told and finds what she wrote."""
    folio = propuesta_por_validar(casa)
    titular, suplente = Persona(casa, "rosa.medina"), Persona(casa, "omar.fuentes")
    for persona in (titular, suplente):
        persona.ir("/bandeja?pestana=oficina")
        persona.pagina.get_by_role("link", name="Validar propuesta", exact=True).click()
        persona.pagina.wait_for_load_state()
    escrito = ("Falta el segundo ejercicio.", "Falta el número de personas afectadas.")
    for persona, motivo in zip((titular, suplente), escrito, strict=True):
        persona.poner(validacion="devuelta", motivo=motivo)
    gano, _ = enviar_a_la_vez(titular, suplente, *escrito)
    with casa.app.extensions["denuncias"].obra.ctx() as ctx:
        hechas = ctx.session.scalars(
            select(Tarea).where(
                Tarea.folio == folio, Tarea.nodo == "validar_propuesta", Tarea.estado == "hecha"
            )
        ).all()
    assert len(hechas) == 1
    assert hechas[0].respuesta is not None
    assert hechas[0].respuesta["motivo"] == escrito[(titular, suplente).index(gano)]


def test_la_misma_forma_dos_veces(casa: Casa) -> None:
    """Back in the browser and send again: told that it was done, nothing changes."""
    propuesta_por_validar(casa)
    titular = Persona(casa, "rosa.medina")
    titular.ir("/bandeja?pestana=oficina")
    titular.pagina.get_by_role("link", name="Validar propuesta", exact=True).click()
    titular.poner(validacion="valida")
    forma = {
        campo: titular.pagina.locator(f'#formulario [name="{campo}"]').first.input_value()
        for campo in ("csrf_token", "version")
    } | {"validacion": "valida", "_accion": "completar"}
    direccion = titular.pagina.url
    titular.enviar()
    otra = titular.pagina.request.post(direccion, form=forma)
    assert otra.status == 410
    assert "Ya habías hecho esta tarea" in otra.text()


def test_folios_que_no_existen(casa: Casa) -> None:
    """One answer for a wrong folio and for a wrong key; a page that says where to go for the staff."""
    alguien = Denunciante(casa)
    alguien.ir("/seguimiento")
    alguien.pagina.locator("#folio").fill("DEN-2026-999999-9")
    alguien.pagina.locator("#clave").fill("1234 5678 9012 3456")
    alguien.pulsar("Entrar a mi buzón")
    expect(alguien.pagina.locator(".govuk-error-summary")).to_contain_text(
        "El folio y la clave no coinciden."
    )
    alguien.mirar("seguimiento con error")
    alguien.ir("/verificar/DEN-2026-999999-9")
    alguien.mirar("folio sin acuse")
    alguien.titulo()

    analista = Persona(casa, "ana.trejo")
    for ruta in ("/caso/DEN-2026-999999-9", "/tarea/999999", "/documento/999999", "/caso/..%2f..%2fetc"):
        analista.ir(ruta)
        assert "No encontramos" in analista.pagina.locator("main").inner_text(), ruta
    analista.mirar("no encontrado")
