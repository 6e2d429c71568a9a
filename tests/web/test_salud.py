"""The machine's pages: alive, ready, version, counts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Literal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from models.salida import Salida
from models.session import make_engine
from web import create_app
from web.cli.doctor import trabajador
from web.config import Ajustes
from web.version import VERSION
from workflow.context import Ctx
from workflow.queries import pulso


def test_vivo(cliente: FlaskClient) -> None:
    r = cliente.get("/healthz")
    assert (r.status_code, r.json) == (200, {"status": "ok"})


def test_listo_con_la_base_migrada(cliente: FlaskClient) -> None:
    r = cliente.get("/readyz")
    assert (r.status_code, r.json) == (200, {"status": "ok", "fallan": []})


def test_no_listo_dice_que_falla(app_sin_base: Flask) -> None:
    r = app_sin_base.test_client().get("/readyz")
    assert (r.status_code, r.json) == (503, {"status": "error", "fallan": ["migraciones"]})


def test_no_listo_sin_almacen(app: Flask, ajustes: Ajustes) -> None:
    (ajustes.almacen_archivos / "archivo").touch()
    estorbo = replace(ajustes, almacen_archivos=ajustes.almacen_archivos / "archivo")
    app.extensions["denuncias"] = replace(app.extensions["denuncias"], ajustes=estorbo)
    r = app.test_client().get("/readyz")
    assert (r.status_code, r.json) == (503, {"status": "error", "fallan": ["almacen"]})


def test_cada_direccion_tiene_la_que_los_orquestadores_prueban(cliente: FlaskClient) -> None:
    for propia, usual in (
        ("/salud/vivo", "/healthz"),
        ("/salud/listo", "/readyz"),
        ("/metricas", "/metrics"),
    ):
        una, otra = cliente.get(propia), cliente.get(usual)
        assert (una.status_code, una.mimetype) == (200, otra.mimetype)
        assert otra.status_code == 200


def test_no_listo_sin_base(ajustes: Ajustes) -> None:
    cerrada = make_engine("postgresql+psycopg://nadie:secreta@127.0.0.1:1/nada")
    cliente = create_app(ajustes, motor=cerrada).test_client()
    r = cliente.get("/salud/listo")
    assert (r.status_code, r.json) == (503, {"status": "error", "fallan": ["base"]})
    assert cliente.get("/salud/vivo").status_code == 200
    assert cliente.get("/metricas").status_code == 503


def test_no_listo_mientras_se_detiene(app: Flask) -> None:
    cliente, saliendo = app.test_client(), [False]
    app.extensions["saliendo"] = lambda: saliendo[0]
    assert cliente.get("/salud/listo").status_code == 200
    saliendo[0] = True
    r = cliente.get("/salud/listo")
    assert (r.status_code, r.json) == (503, {"status": "error", "fallan": ["saliendo"]})
    assert cliente.get("/salud/vivo").status_code == 200


def test_version(cliente: FlaskClient) -> None:
    datos = cliente.get("/version").json
    assert set(datos) == {"version", "esquema", "modo"}
    assert (datos["version"], datos["modo"]) == (VERSION, "demo")


def test_metricas_cuentan_vistas_y_no_direcciones(cliente: FlaskClient) -> None:
    cliente.get("/healthz")
    cliente.get("/secreto/1234567890123456")
    texto = cliente.get("/metrics").text
    patron = r'http_request_duration_seconds_count\{endpoint="salud.vida",method="GET",status="200"\} 1.0'
    assert re.search(patron, texto)
    assert 'endpoint="sin_ruta"' in texto
    assert "1234567890123456" not in texto
    assert "denuncias_tareas_abiertas 0.0" in texto
    assert "denuncias_atraso_s 0.0" in texto


def test_un_metodo_inventado_no_es_una_medida_nueva(
    cliente: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    cliente.open("/salud/vivo", method="CORREO@EXAMPLE")
    assert 'method="OTRO",status="405"' in cliente.get("/metricas").text
    assert "CORREO" not in cliente.get("/metricas").text + capsys.readouterr().err


@pytest.mark.parametrize(
    ("modo", "token", "encabezado", "codigo"),
    [
        ("produccion", None, None, 404),
        ("produccion", "t", None, 404),
        ("produccion", "t", "Bearer otro", 404),
        ("produccion", "t", "Bearer t", 200),
        ("demo", "t", None, 404),
        ("demo", "ñ", "Bearer x", 404),
    ],
)
def test_metricas_piden_su_llave(
    modo: Literal["demo", "produccion"],
    token: str | None,
    encabezado: str | None,
    codigo: int,
    motor_bd: Engine,
    ajustes: Ajustes,
) -> None:
    app = create_app(replace(ajustes, modo=modo, metricas_token=token), motor=motor_bd)
    encabezados = {"Authorization": encabezado} if encabezado else {}
    assert app.test_client().get("/metrics", headers=encabezados).status_code == codigo


def test_atraso_del_trabajador(ctx: Ctx) -> None:
    hace = ctx.now - dt.timedelta(minutes=10)
    ctx.session.add(Salida(tipo="correo", clave="x", datos={}, creada_en=hace, proxima_en=hace))
    ctx.session.flush()
    medido = pulso.tomar(ctx)
    assert (medido.salidas_pendientes, medido.atraso_s) == (1, 600)
    visto = trabajador(medido)
    assert (visto.ok, "600 s" in visto.detalle) == (False, True)
    assert not trabajador(replace(medido, atraso_s=0, incidentes_abiertos=2)).ok
