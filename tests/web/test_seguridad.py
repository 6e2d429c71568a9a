"""Headers of every answer, cookies, forged forms, limits, static files."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from web import create_app, seguridad
from web.config import Ajustes
from web.estaticos import Versiones
from web.extensions import limiter


@pytest.fixture
def paginas(app_sin_base: Flask) -> Flask:
    """The application with a few pages of the test's own."""
    app = app_sin_base

    @app.get("/prueba/pagina")
    def pagina() -> str:
        return f"<script nonce='{seguridad.nonce()}'></script>"

    @app.get("/prueba/diagrama")
    def diagrama() -> str:
        seguridad.permitir_atributos_de_estilo()
        return "x"

    @app.route("/prueba/sesion", methods=["GET", "POST"])
    def con_sesion() -> str:
        session["algo"] = 1
        return "x"

    return app


def _cookie(respuesta) -> str:
    return respuesta.headers.get("Set-Cookie", "")


def test_encabezados_de_toda_respuesta(paginas: Flask) -> None:
    cliente = paginas.test_client()
    for ruta in ("/prueba/pagina", "/healthz", "/no/existe"):
        h = cliente.get(ruta).headers
        assert h["X-Content-Type-Options"] == "nosniff"
        assert h["Referrer-Policy"] == "no-referrer"
        assert h["Cross-Origin-Opener-Policy"] == "same-origin"
        assert h["Cache-Control"] == "no-store"
        politica = h["Content-Security-Policy"]
        for parte in (
            "default-src 'self'",
            "style-src 'self';",
            "object-src 'none'",
            "frame-ancestors 'none'",
        ):
            assert parte in politica + ";"
        assert "unsafe" not in politica
        assert re.fullmatch(r"[0-9a-f]{16}", h["X-Request-ID"])


def test_la_marca_de_los_guiones_cambia_en_cada_respuesta(paginas: Flask) -> None:
    cliente = paginas.test_client()
    marcas = set()
    for _ in range(3):
        r = cliente.get("/prueba/pagina")
        marca = re.search(r"nonce='([^']+)'", r.text)
        assert marca is not None
        assert f"'nonce-{marca.group(1)}'" in r.headers["Content-Security-Policy"]
        marcas.add(marca.group(1))
    assert len(marcas) == 3


def test_solo_el_diagrama_lleva_atributos_de_estilo(paginas: Flask) -> None:
    cliente = paginas.test_client()
    con, sin = cliente.get("/prueba/diagrama"), cliente.get("/prueba/pagina")
    assert "style-src-attr 'unsafe-inline'" in con.headers["Content-Security-Policy"]
    assert "style-src-attr" not in sin.headers["Content-Security-Policy"]


def test_cookie_de_sesion(paginas: Flask) -> None:
    galleta = _cookie(paginas.test_client().get("/prueba/sesion"))
    assert galleta.startswith("denuncias=")
    for parte in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert parte in galleta
    assert "Secure" not in galleta


def test_quien_no_deja_nada_no_recibe_cookie(paginas: Flask) -> None:
    assert _cookie(paginas.test_client().get("/prueba/pagina")) == ""


def test_con_https_la_cookie_es_segura_y_de_este_equipo(ajustes: Ajustes) -> None:
    app = create_app(replace(ajustes, url_base="https://denuncias.example"))

    @app.get("/prueba/sesion")
    def con_sesion() -> str:
        session["algo"] = 1
        return "x"

    r = app.test_client().get("/prueba/sesion", base_url="https://denuncias.example")
    assert _cookie(r).startswith("__Host-denuncias=")
    assert "Secure" in _cookie(r)
    assert "max-age=31536000" in r.headers["Strict-Transport-Security"]


def test_la_sesion_caduca_sin_actividad(paginas: Flask) -> None:
    cliente = paginas.test_client()
    cliente.get("/prueba/sesion")
    galleta = _cookie(cliente.get("/prueba/pagina"))
    assert "Expires=" in galleta, "an active session is prolonged at every step"
    assert paginas.permanent_session_lifetime.total_seconds() == 30 * 60


def test_un_formulario_sin_marca_se_rechaza(paginas: Flask) -> None:
    r = paginas.test_client().post("/prueba/sesion")
    assert r.status_code == 400
    assert "La página caducó" in r.text


def test_limite_de_peticiones(ajustes: Ajustes) -> None:
    app = create_app(replace(ajustes, limites_activos=True))

    @app.get("/prueba/limite")
    @limiter.limit("2/minute")
    def limitada() -> str:
        return "x"

    cliente = app.test_client()
    respuestas = [cliente.get("/prueba/limite") for _ in range(3)]
    assert [r.status_code for r in respuestas] == [200, 200, 429]
    assert "Demasiados intentos" in respuestas[-1].text
    assert cliente.get("/healthz").status_code == 200


def test_archivos_con_version_son_inmutables(app_sin_base: Flask) -> None:
    cliente = app_sin_base.test_client()
    with app_sin_base.test_request_context():
        url = app_sin_base.jinja_env.globals["url_for_static"]("vendor/htmx.min.js")
    assert re.fullmatch(r"/static/vendor/htmx\.min\.js\?v=[0-9a-f]{8}", url)
    con, sin = cliente.get(url), cliente.get("/static/vendor/htmx.min.js")
    assert con.headers.getlist("Cache-Control") == ["public, max-age=31536000, immutable"]
    assert "immutable" not in sin.headers["Cache-Control"]
    assert con.headers["X-Content-Type-Options"] == "nosniff"
    assert con.headers["Content-Type"].startswith("text/javascript")
    con.close()
    sin.close()


def test_la_version_cambia_con_el_archivo(app_sin_base: Flask, tmp_path: Path) -> None:
    archivo = tmp_path / "a.css"
    archivo.write_text("a{}", encoding="utf-8")
    versiones = Versiones(tmp_path)
    antes = versiones.de("a.css")
    assert versiones.de("a.css") == antes
    archivo.write_text("b{}", encoding="utf-8")
    os.utime(archivo, (1, 1))
    assert versiones.de("a.css") != antes
    assert versiones.de("no-esta.css") == "0"


@pytest.mark.parametrize(
    "ruta", ["/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/static/vendor/../../__init__.py"]
)
def test_nadie_sale_de_la_carpeta(ruta: str, app_sin_base: Flask) -> None:
    assert app_sin_base.test_client().get(ruta).status_code == 404


def test_el_numero_del_proxy_solo_vale_con_proxy(ajustes: Ajustes) -> None:
    dado = {"X-Request-ID": "abcdef12-3456"}
    sin = create_app(ajustes).test_client()
    con: FlaskClient = create_app(replace(ajustes, saltos_proxy=1)).test_client()
    assert sin.get("/healthz", headers=dado).headers["X-Request-ID"] != "abcdef12-3456"
    assert con.get("/healthz", headers=dado).headers["X-Request-ID"] == "abcdef12-3456"
    assert (
        con.get("/healthz", headers={"X-Request-ID": "a\tb<script>"}).headers["X-Request-ID"]
        != "a\tb<script>"
    )
