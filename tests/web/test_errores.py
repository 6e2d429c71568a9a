"""Every failure answers with a page that says what to do, and tells nobody what is not hers to know."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from flask import Flask, abort, request
from sqlalchemy.exc import OperationalError

from workflow import errors as dominio

CODIGOS = [400, 401, 404, 405, 409, 410, 413, 422, 429, 500, 503]
HASTA = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SECRETO = "Rosa Elena 83947"


@pytest.fixture
def fallas(app_sin_base: Flask) -> Flask:
    """Pages that fail on purpose."""
    app = app_sin_base
    app.config["WTF_CSRF_ENABLED"] = False

    @app.get("/prueba/codigo/<int:codigo>")
    @app.get("/api/prueba/codigo/<int:codigo>")
    def codigo(codigo: int) -> str:
        abort(codigo)

    @app.get("/prueba/inesperado")
    def inesperado() -> str:
        raise RuntimeError(SECRETO)

    @app.get("/prueba/sin_base")
    def sin_base() -> str:
        raise OperationalError("SELECT 1", {}, Exception(SECRETO))

    @app.post("/prueba/envio")
    def envio() -> str:
        return str(len(request.get_data()))

    @app.get("/prueba/dominio/<nombre>")
    @app.get("/api/prueba/dominio/<nombre>")
    def del_dominio(nombre: str) -> str:
        raise RECHAZOS[nombre][0]

    return app


RECHAZOS = {
    "no_encontrado": (dominio.NoEncontrado(), 404),
    "no_permitido": (dominio.NoPermitido("Le toca a la jefatura."), 403),
    "ya_hecha": (dominio.YaHecha("La tarea ya se concluyó."), 410),
    "conflicto": (dominio.Conflicto("Alguien más guardó."), 409),
    "estado": (dominio.EstadoIlegal("Ya está cerrada."), 409),
    "espera": (dominio.EnEspera("El plazo está suspendido."), 409),
    "dato": (dominio.DatoInvalido("La fecha no existe."), 422),
    "credencial": (dominio.CredencialInvalida("El folio o la clave no corresponden."), 422),
    "intentos": (
        dominio.DemasiadosIntentos("Espera diez minutos.", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        429,
    ),
    "configuracion": (dominio.FaltaConfiguracion("Falta configurar el comité."), 503),
    "incidente": (dominio.EnIncidente("Tu respuesta se guardó.", "INC-1"), 500),
    "otro": (dominio.DomainError("No se puede."), 422),
}


@pytest.mark.parametrize("codigo", CODIGOS)
def test_cada_codigo_tiene_su_pagina(codigo: int, fallas: Flask) -> None:
    r = fallas.test_client().get(f"/prueba/codigo/{codigo}")
    assert r.status_code == codigo
    assert r.mimetype == "text/html"
    assert "<h1" in r.text
    assert r.headers["X-Request-ID"] in r.text or codigo < 500


def test_ausente_y_prohibido_responden_igual(fallas: Flask) -> None:
    cliente = fallas.test_client()

    def sin_numero(ruta: str) -> tuple[int, str]:
        r = cliente.get(ruta)
        return r.status_code, re.sub(r"[0-9a-f]{16}", "", r.text)

    assert sin_numero("/prueba/codigo/403") == sin_numero("/prueba/codigo/404") == sin_numero("/no/existe")


@pytest.mark.parametrize("nombre", RECHAZOS)
def test_rechazos_del_dominio(nombre: str, fallas: Flask) -> None:
    error, codigo = RECHAZOS[nombre]
    r = fallas.test_client().get(f"/prueba/dominio/{nombre}")
    assert r.status_code == codigo
    assert (error.mensaje in r.text) == (codigo != 404)
    j = fallas.test_client().get(f"/api/prueba/dominio/{nombre}")
    assert j.status_code == codigo
    assert j.json["error"]["codigo"] == error.codigo


def test_lo_inesperado_no_cuenta_nada(fallas: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    r = fallas.test_client().get("/prueba/inesperado")
    assert r.status_code == 500
    assert SECRETO not in r.text
    assert r.headers["X-Request-ID"] in r.text
    registro = capsys.readouterr().err
    eventos = {x["event"]: x for x in map(json.loads, registro.splitlines())}
    assert eventos["error_inesperado"]["tipo"] == "RuntimeError"
    assert any("test_errores.py" in paso for paso in eventos["error_inesperado"]["camino"])
    assert eventos["peticion"]["status"] == 500
    assert SECRETO not in registro


def test_sin_base_se_dice_y_no_se_cuenta_la_consulta(
    fallas: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    r = fallas.test_client().get("/prueba/sin_base")
    assert r.status_code == 503
    assert SECRETO not in r.text + capsys.readouterr().err


def test_metodo_equivocado_dice_cuales_hay(fallas: Flask) -> None:
    r = fallas.test_client().delete("/healthz")
    assert r.status_code == 405
    assert "GET" in r.headers["Allow"]


def test_envio_demasiado_grande(fallas: Flask) -> None:
    fallas.config["MAX_CONTENT_LENGTH"] = 1000
    r = fallas.test_client().post("/prueba/envio", data=b"x" * 2000)
    assert r.status_code == 413
    assert "demasiado grande" in r.text


def test_api_responde_json(fallas: Flask) -> None:
    r = fallas.test_client().get("/api/prueba/codigo/403")
    assert r.status_code == 404
    assert set(r.json["error"]) == {"codigo", "mensaje", "peticion"}


def test_una_linea_por_peticion_sin_la_direccion(fallas: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    fallas.test_client().get("/prueba/dominio/no_encontrado?clave=1234567890123456")
    lineas = [json.loads(x) for x in capsys.readouterr().err.splitlines()]
    (linea,) = [x for x in lineas if x["event"] == "peticion"]
    assert linea["ruta"] == "/prueba/dominio/<nombre>"
    assert (linea["metodo"], linea["status"]) == ("GET", 404)
    assert "1234567890123456" not in json.dumps(linea)
    assert linea["ms"] >= 0


TEXTO = "El patrón presentó su escrito fuera de plazo <b>y sin firma</b>."


@pytest.fixture
def con_token(app_sin_base: Flask) -> Flask:
    """A form of the house whose token is checked."""

    @app_sin_base.post("/prueba/forma")
    def forma() -> str:
        raise dominio.Conflicto("Alguien más guardó.")

    return app_sin_base


def test_sesion_caducada_conserva_el_texto(con_token: Flask) -> None:
    r = con_token.test_client().post(
        "/prueba/forma",
        data={"motivo": TEXTO, "opcion": "si", "csrf_token": "0" * 40},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert r.status_code == 400
    assert "La página caducó" in r.text
    assert "fuera de plazo &lt;b&gt;y sin firma" in r.text
    assert "0" * 40 not in r.text
    assert "Volver a enviar" not in r.text


@pytest.mark.parametrize("sitio", ["cross-site", "same-site", "none", None])
def test_otro_sitio_no_escribe_en_nuestras_paginas(con_token: Flask, sitio: str | None) -> None:
    cabeceras = {"Sec-Fetch-Site": sitio} if sitio else {}
    r = con_token.test_client().post("/prueba/forma", data={"motivo": TEXTO}, headers=cabeceras)
    assert r.status_code == 400
    assert "fuera de plazo" not in r.text


def test_secretos_nunca_vuelven(con_token: Flask) -> None:
    r = con_token.test_client().post(
        "/prueba/forma",
        data={"motivo": TEXTO, "clave": "1234 5678 9012 3456 7890"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "fuera de plazo" not in r.text
    assert "1234 5678" not in r.text


def test_quien_pierde_conserva_su_texto(con_token: Flask) -> None:
    con_token.config["WTF_CSRF_ENABLED"] = False
    r = con_token.test_client().post(
        "/prueba/forma", data={"motivo": TEXTO}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert r.status_code == 409
    assert "fuera de plazo" in r.text
