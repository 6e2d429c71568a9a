"""The mailbox: opened by folio and key, says where the case stands, hears what she sends."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.denuncia import AccesoBuzon, CausaCierre, Denuncia, EstadoDenuncia, MensajeBuzon, Promocion
from models.documento import Documento, OrigenDocumento
from models.identidad import Identidad
from models.proceso import Mensaje
from tests.web.publico import CURP, NSS, Persona, abrir_buzon, foto, presentar_directo


@pytest.fixture
def buzon(persona: Persona, app: Flask) -> Persona:
    """Someone who filed, kept her key and reads her mailbox."""
    persona.folio, persona.clave, denuncia_id = presentar_directo(app)  # type: ignore[attr-defined]
    abrir_buzon(persona, denuncia_id)
    assert persona.camino == "/seguimiento/caso"
    return persona


def _una(sesiones: sessionmaker[Session]) -> Denuncia:
    with sesiones() as s:
        return s.scalars(select(Denuncia)).one()


def _enviados(sesiones: sessionmaker[Session]) -> list[str]:
    with sesiones() as s:
        return list(s.scalars(select(Mensaje.nombre).order_by(Mensaje.id)))


def test_la_frase_y_la_fecha(buzon: Persona) -> None:
    assert "Recibimos tu denuncia. Ya tiene folio." in buzon.texto
    assert "Una persona del IMSS va a leerla." in buzon.texto
    assert "A más tardar el" in buzon.texto


def test_entrar_con_lo_que_se_escribe_a_mano(buzon: Persona) -> None:
    buzon.enviar(a="/seguimiento/salir")
    folio = buzon.folio.lower().replace("-", " ")  # type: ignore[attr-defined]
    clave = " ".join(buzon.clave[i : i + 4] for i in range(0, 16, 4))  # type: ignore[attr-defined]
    buzon.enviar(folio=folio, clave=clave)
    assert buzon.camino == "/seguimiento/caso"


def test_folio_y_clave_malos_dicen_lo_mismo(buzon: Persona) -> None:
    buzon.enviar(a="/seguimiento/salir")
    buzon.enviar(folio=buzon.folio, clave="0000 0000 0000 0000")  # type: ignore[attr-defined]
    clave_mala = buzon.errores
    buzon.enviar(folio="DEN-2026-999999-9", clave=buzon.clave)  # type: ignore[attr-defined]
    assert clave_mala == buzon.errores
    assert buzon.pagina.status_code == 422


def test_cinco_fallos_hacen_esperar(buzon: Persona, sesiones: sessionmaker[Session]) -> None:
    folio, clave = buzon.folio, buzon.clave  # type: ignore[attr-defined]
    buzon.enviar(a="/seguimiento/salir")
    for _ in range(5):
        buzon.enviar(folio=folio, clave="0")
    assert buzon.pagina.status_code == 429
    buzon.enviar(folio=folio, clave=clave)  # not even with the right key, until the wait is over
    assert buzon.pagina.status_code == 429
    assert "Podrás intentar otra vez a las" in buzon.texto
    with sesiones() as s:
        for acceso in s.scalars(select(AccesoBuzon)):
            acceso.bloqueado_hasta = None
        s.commit()
    buzon.enviar(folio=folio, clave=clave)
    assert buzon.camino == "/seguimiento/caso"


def test_sin_entrar_no_se_ve(cliente) -> None:
    for camino in ("/seguimiento/caso", "/seguimiento/caso/evidencia", "/seguimiento/caso/documentos/1"):
        assert cliente.get(camino).location == "/seguimiento"


def test_mensaje_con_archivo(buzon: Persona, sesiones: sessionmaker[Session]) -> None:
    buzon.ir("/seguimiento/caso/evidencia")
    buzon.enviar(texto="Otro recibo", archivos=(io.BytesIO(foto()), "r.jpg"))
    assert "Otro recibo" in buzon.texto
    assert "r.jpg" in buzon.texto
    assert "evidencia_aportada" in _enviados(sesiones)
    with sesiones() as s:
        assert s.scalars(select(Promocion.tipo)).all() == ["evidencia_aportada"]
        assert all(b"recibo" not in m.cifrado for m in s.scalars(select(MensajeBuzon)))


def test_archivo_que_no_cabe_conserva_lo_escrito(buzon: Persona) -> None:
    buzon.ir("/seguimiento/caso/evidencia")
    r = buzon.enviar(texto="Mira el video", archivos=(io.BytesIO(b"nada"), "v.mp4"))
    assert r.status_code == 422
    assert buzon.valores()["texto"] == "Mira el video"


def test_mensaje_vacio(buzon: Persona) -> None:
    buzon.ir("/seguimiento/caso/evidencia")
    assert buzon.enviar().status_code == 422


def test_represalia(buzon: Persona, sesiones: sessionmaker[Session]) -> None:
    buzon.ir("/seguimiento/caso/represalia")
    buzon.enviar()
    assert "que_paso" in buzon.errores
    buzon.enviar(que_paso=["amenaza"], texto="Me gritaron")
    assert "Lo atendemos antes" in buzon.texto
    assert "represalia_reportada" in _enviados(sesiones)


def test_desistir_en_su_propia_pagina(buzon: Persona, sesiones: sessionmaker[Session]) -> None:
    buzon.ir("/seguimiento/caso/desistir")
    assert "Antes de cerrarlo hablaremos contigo" in buzon.texto
    buzon.enviar(texto="Ya me arreglé")
    assert "desistimiento_presentado" in _enviados(sesiones)
    assert _una(sesiones).estado is EstadoDenuncia.RECIBIDA  # asking is not yet withdrawing


def test_identidad_a_tiempo(persona: Persona, sesiones: sessionmaker[Session], app: Flask) -> None:
    sin_datos = {"nombre": None, "primer_apellido": None, "curp": None, "identificarse": "no"}
    abrir_buzon(persona, presentar_directo(app, **sin_datos)[2])
    assert "Necesitamos algo de ti para seguir." in persona.texto
    assert "Dinos quién eres" in persona.texto
    assert "Tienes hasta el" in persona.texto
    persona.ir("/seguimiento/caso/identidad")
    persona.enviar(nombre="Guadalupe", primer_apellido="Hernández", curp=CURP, nss=NSS)
    assert "identidad_aportada" in _enviados(sesiones)
    assert _una(sesiones).identificada
    with sesiones() as s:
        guardada = app.extensions["denuncias"].servicios.boveda.descifrar(
            s.scalars(select(Identidad)).one().cifrado
        )
    assert guardada["curp"] == CURP
    assert guardada["canal"] == "buzon"  # what she had said of herself before stays


def test_cambiar_contacto(buzon: Persona, sesiones: sessionmaker[Session], app: Flask) -> None:
    buzon.ir("/seguimiento/caso/contacto")
    buzon.enviar(canal="sms")
    assert "telefono" in buzon.errores
    buzon.enviar(canal="sms", telefono="477 123 4518")
    with sesiones() as s:
        guardada = app.extensions["denuncias"].servicios.boveda.descifrar(
            s.scalars(select(Identidad)).one().cifrado
        )
    assert guardada["telefono"] == "+524771234518"


def _poner(sesiones: sessionmaker[Session], estado: EstadoDenuncia, **campos: object) -> None:
    with sesiones() as s:
        denuncia = s.scalars(select(Denuncia)).one()
        denuncia.estado = estado
        for nombre, valor in campos.items():
            setattr(denuncia, nombre, valor)
        s.commit()


@pytest.mark.parametrize(
    ("estado", "frase"),
    [
        (EstadoDenuncia.EN_ANALISIS, "Estamos revisando lo que nos contaste."),
        (EstadoDenuncia.EN_PROGRAMACION, "Lo que nos diste sirve. El IMSS va a decidir qué hacer."),
        (EstadoDenuncia.EN_ACTO, "El IMSS está haciendo lo que la ley permite en tu caso."),
        (EstadoDenuncia.POR_RESTITUIR, "Ya hay un resultado. Vamos a corregir tus datos."),
    ],
)
def test_cada_estado_su_frase(
    buzon: Persona, sesiones: sessionmaker[Session], estado: EstadoDenuncia, frase: str
) -> None:
    _poner(sesiones, estado)
    buzon.ir("/seguimiento/caso")
    assert frase in buzon.texto


def test_caso_terminado(buzon: Persona, sesiones: sessionmaker[Session]) -> None:
    _poner(
        sesiones,
        EstadoDenuncia.SIN_ELEMENTOS,
        causa_cierre=CausaCierre.SIN_PRESUNCION,
        buzon_abierto_hasta=dt.date(2999, 1, 1),
    )
    buzon.ir("/seguimiento/caso")
    assert "Tu caso terminó." in buzon.texto
    assert "No encontramos datos para actuar." in buzon.texto
    assert "Escribir un mensaje" not in buzon.texto
    buzon.ir("/seguimiento/caso/evidencia")
    assert buzon.enviar(texto="tarde").status_code == 422
    assert "presenta otra denuncia" in buzon.texto


def test_buzon_cerrado_por_fecha(buzon: Persona, sesiones: sessionmaker[Session]) -> None:
    _poner(sesiones, EstadoDenuncia.RESTITUIDA, causa_cierre=CausaCierre.DE_OFICIO)
    _poner(sesiones, EstadoDenuncia.RESTITUIDA, buzon_abierto_hasta=dt.date(2020, 1, 1))
    buzon.ir("/seguimiento/caso")
    assert buzon.camino == "/seguimiento"
    buzon.enviar(folio=buzon.folio, clave=buzon.clave)  # type: ignore[attr-defined]
    assert buzon.pagina.status_code == 422


def test_sólo_sus_documentos(buzon: Persona, sesiones: sessionmaker[Session], app: Flask) -> None:
    denuncia = _una(sesiones)
    comun = {
        "tipo": "oficio_respuesta",
        "titulo": "Oficio de respuesta",
        "origen": OrigenDocumento.EMITIDO,
        "sujeto_tipo": "denuncia",
        "expediente_id": denuncia.expediente_id,
        "nombre": "oficio.pdf",
        "mime": "application/pdf",
        "sha256": app.extensions["denuncias"].servicios.almacen.guardar(b"%PDF-1.7 oficio"),
        "emitido_en": denuncia.presentada_en,
    }
    with sesiones() as s:
        suyo = Documento(sujeto_id=denuncia.id, para_denunciante=True, **comun)
        interno = Documento(sujeto_id=denuncia.id, para_denunciante=False, **comun)
        ajeno = Documento(sujeto_id=denuncia.id + 1, para_denunciante=True, **comun)
        s.add_all([suyo, interno, ajeno])
        s.commit()
        ids = [suyo.id, interno.id, ajeno.id]
    codigos = [buzon.cliente.get(f"/seguimiento/caso/documentos/{i}").status_code for i in ids]
    assert codigos == [200, 404, 404]
    buzon.ir("/seguimiento/caso")
    assert buzon.texto.count("Oficio de respuesta") == 2  # its row and the hidden words of its link


def test_verificar_el_acuse(buzon: Persona) -> None:
    folio = buzon.folio  # type: ignore[attr-defined]
    r = buzon.ir(f"/verificar?folio={folio.lower()}")
    assert r.status_code == 200
    assert "Es auténtico" in buzon.texto
    assert "Maquilados" not in buzon.texto
    assert buzon.ir("/verificar/DEN-2026-999999-1").status_code == 404
    assert "No encontramos ese folio" in buzon.texto


def test_el_acuse_se_descarga_enseguida(buzon: Persona) -> None:
    r = buzon.cliente.get("/denuncia/acuse.pdf")
    assert r.mimetype == "application/pdf"
    assert r.data.startswith(b"%PDF")
    assert "attachment" in r.headers["Content-Disposition"]
    assert buzon.clave.encode() not in r.data  # type: ignore[attr-defined]


def test_sin_buzon_no_hay_acuse(cliente) -> None:
    assert cliente.get("/denuncia/acuse.pdf").status_code == 404
