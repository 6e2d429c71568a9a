"""Signing in: one message, a lock that says until when, a session that ends, addresses that stay here."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from models.organizacion import Rol, Usuario, UsuarioRol
from tests.web.personal import abrir_sesion
from tests.web.publico import Persona
from web import create_app
from web.acceso.entrada import destino
from web.config import Ajustes
from workflow.actions.acceso import ESPERA, FALLOS_MAXIMOS, NO_COINCIDEN
from workflow.adapters import contrasena

CLAVE = "una clave bien larga"
HASH = contrasena.hacer(CLAVE)


@pytest.fixture
def ana(app: Flask, fabrica_sesiones: sessionmaker[Session]) -> int:
    """An account with a password."""
    with fabrica_sesiones() as s:
        usuario = Usuario(correo="ana@example.mx", nombre="Ana Ruiz", clave_hash=HASH)
        usuario.roles = [UsuarioRol(rol=Rol.ANALISTA_AUDITORIA)]
        s.add(usuario)
        s.commit()
        return usuario.id


@pytest.fixture
def p(ana: int, app: Flask) -> Persona:
    """A browser at the login page."""
    persona = Persona(app.test_client())
    persona.ir("/entrar")
    return persona


def _cambiar(fabrica: sessionmaker[Session], numero: int, **columnas: object) -> None:
    with fabrica() as s:
        usuario = s.get_one(Usuario, numero)
        for nombre, valor in columnas.items():
            setattr(usuario, nombre, valor)
        s.commit()


def test_entra_y_sale(p: Persona) -> None:
    p.enviar(correo=" ANA@example.mx ", contrasena=CLAVE)
    assert p.camino == "/bandeja"
    assert "Ana Ruiz" in p.texto
    p.enviar("/salir")
    assert p.camino == "/entrar"
    p.ir("/bandeja")
    assert p.camino == "/entrar"


def test_la_segunda_vez_dice_cuando_fue_la_primera(p: Persona) -> None:
    p.enviar(correo="ana@example.mx", contrasena=CLAVE)
    assert "última vez" not in p.texto
    p.enviar("/salir")
    p.enviar(correo="ana@example.mx", contrasena=CLAVE)
    assert "Entraste por última vez el" in p.texto


@pytest.mark.parametrize(
    ("correo", "clave"), [("ana@example.mx", "otra clave bien larga"), ("nadie@example.mx", CLAVE)]
)
def test_un_solo_mensaje(p: Persona, correo: str, clave: str) -> None:
    p.enviar(correo=correo, contrasena=clave)
    assert p.pagina.status_code == 422
    assert p.errores == {"correo": NO_COINCIDEN}
    assert clave not in p.pagina.text
    assert correo in p.pagina.text


def test_una_cuenta_cerrada_contesta_igual(
    p: Persona, ana: int, fabrica_sesiones: sessionmaker[Session]
) -> None:
    _cambiar(fabrica_sesiones, ana, activo=False)
    p.enviar(correo="ana@example.mx", contrasena=CLAVE)
    assert p.errores == {"correo": NO_COINCIDEN}


def test_vacio_pide_los_dos_datos(p: Persona) -> None:
    p.enviar(correo="", contrasena="")
    assert list(p.errores) == ["correo"]


def test_se_bloquea_y_dice_hasta_cuando(
    p: Persona, ana: int, fabrica_sesiones: sessionmaker[Session]
) -> None:
    for _ in range(FALLOS_MAXIMOS):
        p.enviar(correo="ana@example.mx", contrasena="mala mala mala")
    assert p.pagina.status_code == 429
    p.enviar(correo="ana@example.mx", contrasena=CLAVE)
    assert p.pagina.status_code == 429
    assert "Podrás volver a intentarlo a las" in p.errores["correo"]
    antes = dt.datetime.now(dt.UTC) - ESPERA
    _cambiar(fabrica_sesiones, ana, bloqueado_hasta=antes)
    p.enviar(correo="ana@example.mx", contrasena=CLAVE)
    assert p.camino == "/bandeja"


@pytest.mark.parametrize(
    ("siguiente", "llega"),
    [
        ("/tarea/9", "/tarea/9"),
        ("/bandeja?pestana=oficina", "/bandeja?pestana=oficina"),
        ("//malo.example/x", "/bandeja"),
        ("https://malo.example", "/bandeja"),
        ("/\\malo.example", "/bandeja"),
        ("\\\\malo.example", "/bandeja"),
        ("javascript:alert(1)", "/bandeja"),
        ("/x\nSet-Cookie: a", "/bandeja"),
        ("", "/bandeja"),
        (None, "/bandeja"),
    ],
)
def test_sólo_se_va_a_direcciones_de_aquí(app: Flask, siguiente: str | None, llega: str) -> None:
    with app.test_request_context():
        assert destino(siguiente) == llega


def test_vuelve_a_donde_iba(p: Persona) -> None:
    p.ir("/bandeja?pestana=hechas")
    assert p.camino == "/entrar"
    p.enviar(correo="ana@example.mx", contrasena=CLAVE)
    assert p.pagina.request.full_path == "/bandeja?pestana=hechas"


def test_la_sesion_caduca_sin_uso(app: Flask, ana: int, fabrica_sesiones: sessionmaker[Session]) -> None:
    cliente = _dentro(app, ana, fabrica_sesiones)
    assert cliente.get("/bandeja").status_code == 200
    with cliente.session_transaction() as s:
        s["visto"] = int(time.time()) - 31 * 60
    r = cliente.get("/bandeja", follow_redirects=True)
    assert r.request.path == "/entrar"
    assert "Tu sesión se cerró por falta de uso" in r.text


def test_lo_que_pide_la_pagina_sola_no_es_uso(
    app: Flask, ana: int, fabrica_sesiones: sessionmaker[Session]
) -> None:
    cliente = _dentro(app, ana, fabrica_sesiones)
    visto = int(time.time()) - 60
    with cliente.session_transaction() as s:
        s["visto"] = visto
    cliente.get("/bandeja/novedades?t=0")
    with cliente.session_transaction() as s:
        assert s["visto"] == visto
    cliente.get("/bandeja")
    with cliente.session_transaction() as s:
        assert s["visto"] > visto


def test_subir_la_serie_saca_a_quien_estaba(
    app: Flask, ana: int, fabrica_sesiones: sessionmaker[Session]
) -> None:
    cliente = _dentro(app, ana, fabrica_sesiones)
    _cambiar(fabrica_sesiones, ana, sesion_serie=2)
    assert cliente.get("/bandeja").status_code == 302


def _dentro(app: Flask, numero: int, fabrica: sessionmaker[Session]) -> FlaskClient:
    cliente = app.test_client()
    with fabrica() as s:
        abrir_sesion(cliente, s.get_one(Usuario, numero))
    return cliente


def test_un_clic_en_la_demostracion(p: Persona, ana: int, fabrica_sesiones: sessionmaker[Session]) -> None:
    assert "Prueba con un perfil" not in p.texto  # nobody of the demonstration yet
    p.enviar("/entrar/demo", usuario=str(ana))
    assert p.pagina.status_code == 422
    _cambiar(fabrica_sesiones, ana, es_demo=True)
    p.ir("/entrar")
    assert "Prueba con un perfil" in p.texto
    p.enviar("/entrar/demo", usuario=str(ana))
    assert p.camino == "/bandeja"


def test_fuera_de_la_demostracion_no_hay_clic(ajustes: Ajustes, motor_bd: Engine) -> None:
    serio = replace(
        ajustes, modo="produccion", secret_key="x" * 64, url_base="https://denuncias.example", depurar=False
    )
    app = create_app(serio, motor=motor_bd)
    app.config["WTF_CSRF_ENABLED"] = False
    assert app.test_client().post("/entrar/demo", data={"usuario": "1"}).status_code == 404


def test_sin_ficha_csrf_no_se_entra(app: Flask, ana: int) -> None:
    r = app.test_client().post("/entrar", data={"correo": "ana@example.mx", "contrasena": CLAVE})
    assert r.status_code == 400
