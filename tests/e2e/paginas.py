"""People before the screen: what the worker and the staff do, in the words that they read.

Every page that somebody stops at is judged once per name: axe on a phone and on a desktop, no overflow at
320 and 360 px, no complaint of the content policy, no request to another machine.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Error, Locator, Page, expect

from models.organizacion import Usuario
from tests.soporte import axe
from workflow.actions import proceso
from workflow.actions.demo import organizacion

TELEFONO, ESCRITORIO = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# The innermost element that reaches beyond a width.
DESBORDA = """ancho => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > ancho).map(e => e.outerHTML.slice(0, 90)).pop()"""


FECHA = r"\d{1,2} de [a-z]+ de \d{4}"
# How the browser says that the page was already going somewhere by itself.
CRUCES = ("ERR_ABORTED", "interrupted by another navigation")
INTENTOS = 3
ESPERA = 15_000  # milliseconds that a busy machine may take
expect.set_options(timeout=ESPERA)


class Casa:
    """The application served on a test database: its organisation, its clock, what was already looked at."""

    def __init__(
        self, app: Flask, direccion: str, navegador: Browser, opciones: dict[str, Any], *, mira: bool = True
    ) -> None:
        self.app, self.direccion, self.navegador, self.opciones = app, direccion, navegador, opciones
        self.mira = mira
        self.vistas: set[str] = set()
        self.faltas: list[str] = []
        self.visitas: list[Visita] = []
        with app.extensions["denuncias"].obra.ctx() as ctx:
            organizacion.cargar(ctx)
            proceso.publicar(ctx)

    def reloj(self, hasta: str) -> None:
        """Move the simulated clock from the command line."""
        hecho = self.app.test_cli_runner().invoke(args=["reloj", "avanzar", hasta])
        assert hecho.exit_code == 0, hecho.output

    def hoy(self) -> dt.date:
        """The legal day of the house."""
        with self.app.extensions["denuncias"].obra.ctx() as ctx:
            dia: dt.date = ctx.hoy
            return dia

    def nombre_de(self, quien: str) -> str:
        """Full name of a demo person."""
        with self.app.extensions["denuncias"].obra.ctx() as ctx:
            consulta = ctx.session.query(Usuario).filter_by(correo=organizacion.correo(quien))
            return str(consulta.one().nombre)

    def comprobar(self) -> None:
        """No page had a fault; nobody's browser complained or asked another machine for anything."""
        assert not self.faltas, "\n".join(self.faltas)
        quejas = [f"{v.pagina.url}: {q}" for v in self.visitas for q in v.quejas]
        assert not quejas, "\n".join(quejas)
        ajenas = [u for v in self.visitas for u in v.ajenas]
        assert not ajenas, "\n".join(ajenas)


class Visita:
    """One person, one browser."""

    def __init__(self, casa: Casa, pantalla: dict[str, int], **opciones: Any) -> None:
        self.casa, self.pantalla = casa, pantalla
        self.contexto = casa.navegador.new_context(**casa.opciones | {"viewport": pantalla} | opciones)
        self.pagina: Page = self.contexto.new_page()
        self.pagina.set_default_timeout(ESPERA)
        self.quejas: list[str] = []
        self.ajenas: list[str] = []
        self.pagina.on("console", lambda m: self._queja(m.text) if m.type in ("error", "warning") else None)
        self.pagina.on("pageerror", lambda e: self._queja(str(e)))
        self.pagina.on("request", lambda r: self._peticion(r.url))
        casa.visitas.append(self)

    def _queja(self, texto: str) -> None:
        # A page that says no (404, 409, 410, 422) is logged by the browser as a failed load.
        if "the server responded with a status of 4" not in texto:
            self.quejas.append(texto)

    def _peticion(self, url: str) -> None:
        if not url.startswith((self.casa.direccion, "data:", "blob:")):
            self.ajenas.append(url)

    def ir(self, ruta: str) -> None:
        """Open an address of the site.

        The room reloads itself when the vote changes: when that comes at the same instant, the browser drops
        the address and the person asks for it again.
        """
        for _ in range(INTENTOS - 1):
            try:
                self.pagina.goto(self.casa.direccion + ruta)
            except Error as corte:
                if not any(cruce in corte.message for cruce in CRUCES):
                    raise
                self.pagina.wait_for_load_state()
            else:
                return
        self.pagina.goto(self.casa.direccion + ruta)

    def boton(self, nombre: str) -> Locator:
        """A button by its whole name."""
        return self.pagina.get_by_role("button", name=nombre, exact=True)

    def pulsar(self, nombre: str) -> None:
        """Press a button and wait for the page that follows."""
        self.boton(nombre).first.click()
        self.pagina.wait_for_load_state()

    def seguir(self, nombre: str) -> None:
        """Follow a link."""
        self.pagina.get_by_role("link", name=nombre).first.click()
        self.pagina.wait_for_load_state()

    def titulo(self) -> str:
        """The one heading of the page."""
        expect(self.pagina.locator("h1")).to_have_count(1)
        return self.pagina.locator("h1").inner_text()

    def mirar(self, nombre: str) -> None:
        """Judge this page, the first time that one of this name is seen."""
        if nombre in self.casa.vistas or not self.casa.mira:
            return
        self.casa.vistas.add(nombre)
        self.pagina.wait_for_load_state()
        for pantalla in (TELEFONO, ESCRITORIO):
            self.pagina.set_viewport_size(pantalla)
            self.casa.faltas += [
                f"{nombre}, {pantalla['width']} px: {regla} {html}" for regla, html in axe.fallas(self.pagina)
            ]
        for ancho in (320, 360):
            self.pagina.set_viewport_size({"width": ancho, "height": 740})
            largo = self.pagina.evaluate("document.documentElement.scrollWidth")
            if largo > ancho:
                culpable = self.pagina.evaluate(DESBORDA, ancho)
                self.casa.faltas.append(f"{nombre} se desborda: {largo} de {ancho} px, por {culpable}")
        self.pagina.set_viewport_size(self.pantalla)

    def foto(self, ruta: str) -> None:
        """A picture of the page, for a person."""
        self.pagina.screenshot(path=ruta, full_page=True)


class Denunciante(Visita):
    """The worker, at her phone."""

    folio = ""
    clave = ""

    def __init__(self, casa: Casa, *, con_js: bool = True) -> None:
        super().__init__(casa, TELEFONO, java_script_enabled=con_js)
        self.con_js = con_js

    def mirar(self, nombre: str) -> None:
        """axe needs JavaScript: without it the page is only used."""
        if self.con_js:
            super().mirar(nombre)

    def continuar(self, nombre: str) -> None:
        """Judge this question and go on."""
        self.mirar(nombre)
        self.pulsar("Continuar")

    def llegar_a_fechas(self) -> None:
        """From the door to the first dates."""
        self.ir("/")
        self.mirar("inicio")
        self.seguir("Iniciar denuncia")
        self.mirar("antes")
        self.pagina.get_by_role("link", name="Continuar", exact=True).click()
        self.pagina.get_by_label("De mi registro").check()
        self.pagina.get_by_label("Sí", exact=True).check()
        self.continuar("filtro")
        self.pagina.get_by_label("Me registró con menos sueldo").check()
        self.continuar("motivos")

    def poner_fecha(self, dia: str, mes: str, anio: str) -> None:
        """The day on which she began."""
        for parte, valor in (("dia", dia), ("mes", mes), ("anio", anio)):
            self.pagina.locator(f"[name=fecha_inicio-{parte}]").fill(valor)

    def contar(self, registro: str, nss: str = "") -> None:
        """From the dates to the evidence: what happened, where, who she is."""
        self.poner_fecha("12", "2", "2024")
        self.continuar("fechas")
        self.pagina.locator("#relato").fill("Me pagan una parte en efectivo y esa no la reportan.")
        self.continuar("relato")
        self.pagina.locator("#salario_monto").fill("3,200")
        self.pagina.get_by_label("Cada semana").check()
        self.pagina.locator("#salario_registrado").fill("315.04")
        self.continuar("salario")
        self.continuar("puesto")
        self.pagina.get_by_label("El registro patronal").check()
        self.continuar("patron-datos")
        self.pagina.locator("#registro_patronal").fill(registro)
        self.continuar("patron")
        self.pagina.locator("#domicilio").fill("Camino a Romita km 4")
        self.pagina.locator("#cp").fill("36200")
        self.pagina.locator("#municipio").fill("Romita")
        self.pagina.locator("#entidad").select_option("GT")
        self.continuar("lugar")
        self.continuar("personas")
        self.pagina.get_by_label("La persona trabajadora").check()
        self.continuar("tu-tipo")
        self.pagina.get_by_label("Sí, te doy mis datos").check()
        self.continuar("identidad")
        self.pagina.locator("#nombre").fill("Guadalupe")
        self.pagina.locator("#primer_apellido").fill("Hernández")
        self.continuar("tu-nombre")
        self.pagina.locator("#curp").fill("BOXW310820HNERXN09")
        self.pagina.locator("#nss").fill(nss)
        self.continuar("tu-curp-nss")
        self.pagina.get_by_label("Sólo en mi buzón").check()
        self.continuar("contacto")

    def subir(self, nombre: str, mime: str, datos: bytes) -> None:
        """Choose a file on the page of evidence."""
        self.pagina.locator("#archivos").set_input_files(
            [{"name": nombre, "mimeType": mime, "buffer": datos}]
        )
        if not self.con_js:
            self.pulsar("Subir lo que elegí")

    def protestar(self) -> None:
        """From the evidence to the last page before filing."""
        self.continuar("pruebas")
        self.pagina.get_by_label("Leí el aviso").check()
        self.continuar("confidencialidad")
        self.mirar("revisar")
        self.pagina.get_by_label("Digo la verdad").check()

    def guardar_acuse(self) -> None:
        """Copy folio and key from the acuse."""
        assert self.titulo() == "Recibimos tu denuncia"
        self.mirar("acuse")
        self.folio = self.pagina.locator(".folio").inner_text()
        self.clave = "".join(self.pagina.locator("#clave").inner_text().split())
        assert re.fullmatch(r"DEN-\d{4}-\d{6}-\d", self.folio)
        assert re.fullmatch(r"\d{16}", self.clave)

    def entrar(self) -> None:
        """Open her mailbox with folio and key."""
        self.contexto.clear_cookies()
        self.ir("/seguimiento")
        self.mirar("seguimiento")
        self.pagina.locator("#folio").fill(self.folio)
        self.pagina.locator("#clave").fill(self.clave)
        self.pulsar("Entrar a mi buzón")
        assert self.titulo() == "Tu buzón"

    def lee(self, frase: str, que_sigue: str, cuando: str = FECHA) -> None:
        """Her status says exactly this (procesos §1.5), and when: a date, where it is not from today."""
        self.entrar()
        self.mirar(f"buzón: {frase}")
        estatus = self.pagina.locator("section.estatus")
        assert estatus.locator("h2").inner_text() == frase
        lineas = estatus.locator("dd").all_inner_texts()
        assert lineas[0] == que_sigue
        assert re.search(cuando, lineas[1]), lineas[1]


class Persona(Visita):
    """Somebody of the staff, signed in with a click of the demonstration."""

    def __init__(self, casa: Casa, quien: str, pantalla: dict[str, int] = ESCRITORIO) -> None:
        super().__init__(casa, pantalla)
        self.quien = quien
        self.ir("/entrar")
        self.mirar("entrar")
        self.pagina.locator("ul.demo").get_by_role("button").filter(has_text=casa.nombre_de(quien)).click()
        self.pagina.wait_for_url("**/bandeja*")

    def abrir(self, tarea: str, folio: str) -> None:
        """Open her task, taking it where nobody has it. It must be in the inbox: hers or of her office."""
        for pestana in ("mias", "oficina"):
            self.ir(f"/bandeja?pestana={pestana}")
            self.mirar(f"bandeja {pestana}")
            renglon = self.pagina.locator("table.bandeja tbody tr").filter(has_text=folio)
            renglon = renglon.filter(has=self.pagina.get_by_role("link", name=tarea, exact=True))
            if renglon.count() == 0:
                continue
            if pestana == "oficina":
                renglon.first.get_by_role("button", name="Tomar").click()
            else:
                renglon.first.get_by_role("link", name=tarea, exact=True).click()
            self.pagina.wait_for_load_state()
            assert self.titulo().startswith(tarea), self.titulo()
            self.mirar(f"tarea {tarea}")
            return
        raise AssertionError(f"{self.quien} no tiene «{tarea}» de {folio} en su bandeja")

    def poner(self, **valores: Any) -> None:
        """Write into the form: text, choice, box or list of boxes, by the name of the field.

        `__` in a name stands for the dash of the parts of a list or a signature.
        """
        for nombre, valor in valores.items():
            self._poner(nombre.replace("__", "-"), valor)

    def _poner(self, nombre: str, valor: Any) -> None:
        campo = self.pagina.locator(f'#formulario [name="{nombre}"]')
        tipo = campo.first.evaluate("c => c.tagName === 'SELECT' ? 'select' : c.type")
        if tipo == "select":
            por_valor = campo.locator(f'option[value="{valor}"]').count() > 0
            campo.select_option(**{"value" if por_valor else "label": str(valor)})
        elif tipo == "radio":
            self._marcar(nombre, {True: "si", False: "no"}.get(valor, valor))
        elif tipo == "checkbox" and isinstance(valor, (list, tuple)):
            for opcion in valor:
                self._marcar(nombre, opcion)
        elif tipo == "checkbox":
            campo.set_checked(bool(valor))
        else:
            campo.fill(str(valor))

    def _marcar(self, nombre: str, valor: str) -> None:
        self.pagina.locator(f'#formulario [name="{nombre}"][value="{valor}"]').check()

    def contestar(self, datos: dict[str, Any], dentro: str = "") -> None:
        """Write what a scenario answers: nested as the form is, with as many rows as the answer has."""
        for clave, valor in datos.items():
            nombre = f"{dentro}-{clave}" if dentro else clave
            if isinstance(valor, dict):
                self.contestar(valor, nombre)
            elif isinstance(valor, list) and valor and isinstance(valor[0], dict):
                self._renglones(nombre, len(valor))
                for numero, renglon in enumerate(valor):
                    self.contestar(renglon, f"{nombre}-{numero}")
            else:
                self._poner(nombre, valor)

    def _renglones(self, nombre: str, cuantos: int) -> None:
        """Add rows to a list until it has so many."""
        hay = int(self.pagina.locator(f'[name="{nombre}-filas"]').input_value())
        for siguiente in range(hay + 1, cuantos + 1):
            self.pagina.locator(f'[name="_agregar"][value="{nombre}"]').click()
            expect(self.pagina.locator(f'[name="{nombre}-filas"]')).to_have_value(str(siguiente))

    def adjuntar(self, campo: str, nombre: str, mime: str, datos: bytes) -> None:
        """Choose a file for a field."""
        entrada = self.pagina.locator(f'#formulario [name="{campo}-archivo"]').first
        entrada.set_input_files([{"name": nombre, "mimeType": mime, "buffer": datos}])

    def elegir(self, nombre: str, empieza: str) -> None:
        """Choose, in a drop-down list, what begins with these words."""
        campo = self.pagina.locator(f'#formulario select[name="{nombre}"]')
        textos = campo.locator("option").all_inner_texts()
        campo.select_option(label=next(t for t in textos if t.startswith(empieza)))

    def firmar(self, campo: str) -> None:
        """Sign by hand."""
        self.poner(**{f"{campo}__medio": "autografa", f"{campo}__firmo": True})

    def enviar(self, confirma: str | None = None) -> None:
        """Send the form; `confirma` is the button of the page that is shown before what cannot be undone."""
        self.pagina.locator("#formulario .piebar .govuk-button").first.click()
        self.pagina.wait_for_load_state()
        if confirma is not None:
            assert self.titulo() == "Revisa y confirma", self._errores()
            self.mirar(f"confirmar {confirma}")
            self.pulsar(confirma)
        expect(self.pagina.get_by_text("Tarea hecha."), self._errores()).to_be_visible()
        self.mirar("tarea hecha")

    def rechazan(self, *frases: str) -> None:
        """Send the form and be told these sentences above it; what was typed is still there."""
        self.pagina.locator("#formulario .piebar .govuk-button").first.click()
        self.pagina.wait_for_load_state()
        for frase in frases:
            expect(self.pagina.locator(".govuk-error-summary")).to_contain_text(frase)

    def valor(self, nombre: str) -> str:
        """What a field of the form holds."""
        return self.pagina.locator(f'#formulario [name="{nombre}"]').input_value()

    def _errores(self) -> str:
        resumen = self.pagina.locator(".govuk-error-summary")
        return resumen.inner_text() if resumen.count() else self.pagina.locator("main").inner_text()[:600]
