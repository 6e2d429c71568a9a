"""The public form: one question per page, plain sentences, nothing typed is lost, one folio."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models.denuncia import Borrador, Denuncia
from models.documento import ArchivoBorrador, Documento
from tests.web.publico import CURP, Persona, fecha, foto, llenar, presentar
from workflow.actions import limpieza
from workflow.context import SISTEMA


@pytest.mark.parametrize(
    "camino",
    ["/", "/denuncia/antes", "/denuncia/filtro", "/denuncia/continuar", "/seguimiento", "/verificar"],
)
def test_abre_sin_cuenta(cliente, camino: str) -> None:
    r = cliente.get(camino)
    assert r.status_code == 200
    assert r.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("camino", ["/privacidad", "/accesibilidad", "/seguridad"])
def test_paginas_de_texto(cliente, camino: str) -> None:
    assert cliente.get(camino).status_code == 200


def test_una_denuncia_completa(persona: Persona, sesiones: sessionmaker[Session]) -> None:
    folio, clave = presentar(persona)
    assert folio.startswith("DEN-")
    assert len(clave) == 16
    with sesiones() as s:
        denuncia = s.scalars(select(Denuncia)).one()
        assert denuncia.folio == folio
        assert denuncia.identificada
        assert clave not in denuncia.clave_hash
        assert denuncia.hechos["salario_monto"] == "3200.00"
        assert CURP not in str(denuncia.hechos)


def test_dos_clics_un_folio(persona: Persona, sesiones: sessionmaker[Session]) -> None:
    llenar(persona)
    datos = {**persona.valores(), "protesta": "si"}
    uno = persona.cliente.post("/denuncia/presentar", data=datos, follow_redirects=True)
    dos = persona.cliente.post("/denuncia/presentar", data=datos, follow_redirects=True)
    with sesiones() as s:
        folio = s.scalars(select(Denuncia.folio)).one()
    assert folio in uno.text
    assert folio in dos.text
    assert 'id="clave"' in dos.text  # the second answer is the one that she sees: it still has the key


def test_la_clave_se_muestra_hasta_que_dice_que_la_guardo(persona: Persona) -> None:
    presentar(persona)
    persona.enviar()  # «Ya la guardé»
    assert persona.camino == "/seguimiento/caso"
    persona.ir("/denuncia/acuse")
    assert 'id="clave"' not in persona.pagina.text


def test_sin_protesta_no_se_presenta(persona: Persona, sesiones: sessionmaker[Session]) -> None:
    llenar(persona)
    assert persona.enviar().status_code == 422
    assert "protesta" in persona.errores
    with sesiones() as s:
        assert s.scalar(select(func.count()).select_from(Denuncia)) == 0


@pytest.mark.parametrize(
    ("partes", "frase"),
    [
        (("31", "2", "2024"), "febrero de 2024 tiene 29 días"),
        (("29", "febrero", "2023"), "febrero de 2023 tiene 28 días"),
        (("1", "13", "2024"), "mes con un número del 1 al 12"),
        (("1", "2", "24"), "cuatro números"),
        (("", "2", "2024"), "le falta el día"),
        (("1", "1", "2999"), "todavía no llega"),
        (("²", "2", "2024"), "día con un número"),
    ],
)
def test_fecha_imposible(persona: Persona, partes: tuple[str, str, str], frase: str) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    persona.enviar(motivos=["salario_menor"])
    persona.enviar(**fecha("fecha_inicio", *partes))
    assert not persona.pagina.request.form  # shown by a redirect: going back never asks to send again
    assert frase in persona.errores["fecha_inicio"]
    assert persona.valores()["fecha_inicio-mes"] == partes[1]  # what was typed is kept


def test_corregir_olvida_el_intento(persona: Persona) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    persona.enviar()
    assert "motivos" in persona.errores
    persona.enviar(motivos=["salario_menor"])
    assert persona.camino == "/denuncia/fechas"
    persona.ir("/denuncia/motivos?intento=1")
    assert persona.errores == {}
    assert persona.valores()["motivos"] == "salario_menor"


def test_salida_antes_de_entrada(persona: Persona) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="no")
    persona.enviar(motivos=["salario_menor"])
    persona.enviar(**fecha("fecha_inicio", "1", "5", "2024"), **fecha("fecha_fin", "1", "4", "2024"))
    assert "anterior" in persona.errores["fecha_fin"]


def test_rfc_dudoso_se_acepta_si_ella_lo_confirma(persona: Persona) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    persona.ir("/denuncia/patron-datos")
    persona.enviar(datos_patron=["rfc"])
    r = persona.enviar(rfc_patron="abc 010203 ab2")
    assert r.status_code == 200
    assert "Está bien así" in persona.texto
    persona.enviar(rfc_patron="abc 010203 ab2", esta_bien="si")
    assert persona.camino == "/denuncia/lugar"


@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("curp", "BOXW310820HNERXN08", "dígito verificador"),
        ("curp", "", "gob.mx/curp"),
        ("nss", "12345678900", "dígito verificador"),
    ],
)
def test_identificadores(persona: Persona, campo: str, valor: str, frase: str) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    persona.ir("/denuncia/identidad")
    persona.enviar(identificarse="si")
    persona.enviar(nombre="Ana", primer_apellido="Ruiz")
    persona.enviar(**{"curp": CURP, campo: valor})
    assert frase in persona.errores[campo]


def test_lo_que_ya_no_se_pregunta_no_se_presenta(persona: Persona) -> None:
    llenar(persona, canal="sms")
    assert "477 ••• •• 18" in persona.texto
    persona.ir("/denuncia/contacto?desde=revisar")
    persona.enviar(canal="buzon")
    assert persona.camino == "/denuncia/revisar"
    assert "477" not in persona.texto


def test_otro_asunto_no_es_callejon(persona: Persona) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="pago", sigue_trabajando="si")
    assert "PROFEDET" in persona.texto
    assert "/denuncia/motivos" in persona.pagina.text


def test_un_robot_no_abre_borrador(persona: Persona, sesiones: sessionmaker[Session]) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si", sitio_web="http://spam")
    with sesiones() as s:
        assert s.scalar(select(func.count()).select_from(Borrador)) == 0


def test_guardar_y_seguir_en_otro_equipo(persona: Persona, app: Flask) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    persona.enviar(motivos=["salario_menor"])
    persona.ir("/denuncia/guardar")
    with persona.cliente.session_transaction() as s:
        codigo = s["borrador"]
    otra = Persona(app.test_client())
    otra.ir("/denuncia/continuar")
    otra.enviar(codigo="0000 0000 0000 0000")
    assert "codigo" in otra.errores
    otra.enviar(codigo=" ".join(codigo[i : i + 4] for i in range(0, 16, 4)))
    assert otra.camino == "/denuncia/fechas"


def test_el_borrador_no_se_lee_con_la_base(
    persona: Persona, sesiones: sessionmaker[Session], app: Flask
) -> None:
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    persona.ir("/denuncia/relato")
    persona.enviar(relato="Palabra secretísima")
    boveda = app.extensions["denuncias"].servicios.boveda
    with sesiones() as s, persona.cliente.session_transaction() as cookie:
        fila = s.scalars(select(Borrador)).one()
        assert cookie["borrador"] not in fila.token_hash
        assert "secretísima" not in str(boveda.descifrar(fila.cifrado))  # the house's key is not enough


class TestPruebas:
    def _subir(self, persona: Persona, *archivos: tuple[str, bytes]) -> None:
        persona.ir("/denuncia/pruebas")
        persona.enviar(accion="subir", archivos=[(io.BytesIO(d), n) for n, d in archivos])

    def test_cada_archivo_su_resultado(self, borrador: Persona, sesiones: sessionmaker[Session]) -> None:
        self._subir(borrador, ("../../x.jpg", foto()), ("video.mp4", b"\0\0\0 ftypisom"))
        assert "x.jpg" in borrador.texto
        assert "../" not in borrador.texto
        assert "Aquí sólo caben fotos y PDF" in borrador.texto
        with sesiones() as s:
            assert s.scalars(select(ArchivoBorrador.nombre)).all() == ["x.jpg"]

    def test_quitar(self, borrador: Persona, sesiones: sessionmaker[Session]) -> None:
        self._subir(borrador, ("a.jpg", foto()))
        with sesiones() as s:
            uno = s.scalars(select(ArchivoBorrador.id)).one()
        borrador.enviar(a=f"/denuncia/pruebas/{uno}/quitar")
        borrador.enviar(a=f"/denuncia/pruebas/{uno}/quitar")  # pressing twice is no mistake
        with sesiones() as s:
            assert s.scalars(select(ArchivoBorrador.id)).all() == []

    def test_el_undecimo_no_cabe(self, borrador: Persona, sesiones: sessionmaker[Session]) -> None:
        self._subir(borrador, *[(f"{i}.jpg", foto(f"#{i * 20:02x}0000")) for i in range(11)])
        assert "Ya hay 10 archivos" in borrador.texto

    def test_demasiado_grande(self, borrador: Persona) -> None:
        self._subir(borrador, ("grande.pdf", b"%PDF-1.7" + b"0" * (15 * 1024 * 1024)))
        assert "más de 15 MB" in borrador.texto

    def test_llegan_al_caso(self, persona: Persona, sesiones: sessionmaker[Session]) -> None:
        llenar(persona)
        self._subir(persona, ("recibo.jpg", foto()))
        persona.ir("/denuncia/revisar")
        persona.enviar(protesta="si")
        with sesiones() as s:
            prueba = s.scalars(select(Documento).where(Documento.tipo == "evidencia")).one()
            assert prueba.mime == "image/jpeg"
            assert "recibo" not in prueba.nombre  # a name that she chose may say who she is
            assert s.scalars(select(ArchivoBorrador.id)).all() == []


@pytest.fixture
def borrador(persona: Persona) -> Persona:
    """Someone who has begun her denuncia."""
    persona.ir("/denuncia/filtro")
    persona.enviar(asunto="imss", sigue_trabajando="si")
    return persona


def test_sin_csrf_no_pasa(cliente) -> None:
    assert cliente.post("/denuncia/filtro", data={"asunto": "imss"}).status_code == 400


def test_pasos_sin_borrador_llevan_al_principio(persona: Persona) -> None:
    persona.ir("/denuncia/salario")
    assert persona.camino == "/denuncia/filtro"
    assert persona.ir("/denuncia/no-existe").status_code == 404


def test_revisar_lleva_a_lo_que_falta(borrador: Persona) -> None:
    borrador.ir("/denuncia/revisar")
    assert borrador.camino == "/denuncia/motivos"


def test_salir_rapido_deja_el_borrador_y_cierra_el_buzon(persona: Persona) -> None:
    presentar(persona)
    persona.enviar()
    r = persona.cliente.get("/salir")
    assert r.status_code == 303
    assert r.location.startswith("https://")
    persona.ir("/seguimiento/caso")
    assert persona.camino == "/seguimiento"


def test_los_borradores_caducan(borrador: Persona, sesiones: sessionmaker[Session], app: Flask) -> None:
    borrador.ir("/denuncia/pruebas")
    borrador.enviar(accion="subir", archivos=(io.BytesIO(foto()), "a.jpg"))
    with app.extensions["denuncias"].obra.ctx(SISTEMA) as ctx:
        assert limpieza.borradores(ctx) == 0
        ctx.now += dt.timedelta(days=16)
        assert limpieza.borradores(ctx) == 1
    with sesiones() as s:
        assert s.scalars(select(ArchivoBorrador.id)).all() == []
    borrador.ir("/denuncia/motivos")
    assert borrador.camino == "/denuncia/filtro"
