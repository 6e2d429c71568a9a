"""`params importar inpc` as a person types it, `reglas calcular` with and without a database, and `doctor`."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, text

from web.cli.doctor import inpc, parametros
from workflow.actions.indice import TAMANO_MAXIMO
from workflow.params.inpc import incluida

NUEVO = "Periodo,Valor\n2026/02,144.307\n2026/03,144.9\n2026/04,145.2\n"
CASO = [
    {"regla": "accesorios", "importe": "1000.00", "debio_pagarse": "2025-02-17", "fecha_pago": "2026-05-20"}
]


def correr(app: Flask, *argumentos: str, entrada: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=list(argumentos), input=entrada)


def importar(app: Flask, archivo: Path, contenido: str | bytes, *mas: str) -> Result:
    archivo.write_bytes(contenido if isinstance(contenido, bytes) else contenido.encode())
    return correr(app, "params", "importar", "inpc", str(archivo), *mas)


def usado(app: Flask) -> tuple[str, str]:
    """(month of the newer index, standard error) of a calculation."""
    r = correr(app, "reglas", "calcular", "-", entrada=json.dumps(CASO))
    assert r.exit_code == 0
    return json.loads(r.stdout)[0]["inpc_reciente"]["mes"], r.stderr


def test_importar_dice_lo_que_hace(app: Flask, tmp_path: Path) -> None:
    archivo = tmp_path / "inpc.csv"
    assert usado(app) == ("2026-02", "")
    r = importar(app, archivo, NUEVO)
    assert (r.exit_code, r.stderr) == (0, "")
    assert r.stdout.splitlines() == [
        "Agregó 2 meses:", "  2026-03  144.9", "  2026-04  145.2", "Ya se tenía 1 mes.",
    ]  # fmt: skip
    assert usado(app) == ("2026-04", "")
    otra = importar(app, archivo, NUEVO)
    assert (otra.exit_code, otra.stdout.splitlines()[-1]) == (0, "Nada que escribir.")


def test_una_contradiccion_termina_con_uno(app: Flask, tmp_path: Path) -> None:
    archivo = tmp_path / "inpc.csv"
    contenido = NUEVO.replace("144.307", "144.310") + "2015/12,89.04681772\n2015/11,88.7\n"
    r = importar(app, archivo, contenido)
    assert r.exit_code == 1
    assert "  2026-02  144.307 → 144.310" in r.stdout.splitlines()
    assert "Agregaría 2 meses:" in r.stdout
    assert "89.046818 → 89.04681772  (el mismo valor con más decimales)" in r.stdout
    assert "Quedó fuera 1 mes" in r.stdout
    (linea,) = r.stderr.splitlines()
    assert "contradice 2 meses" in linea
    assert "--aceptar" in linea
    assert usado(app)[0] == "2026-02"
    en_json = importar(app, archivo, contenido, "--json")
    datos = json.loads(en_json.stdout)
    assert (en_json.exit_code, datos["escrito"], datos["anteriores"]) == (1, False, 1)
    assert datos["contradice"][1] == {
        "mes": "2026-02", "antes": "144.307", "despues": "144.310", "solo_decimales": False,
    }  # fmt: skip
    aceptado = importar(app, archivo, contenido, "--aceptar", "--json")
    datos = json.loads(aceptado.stdout)
    assert (aceptado.exit_code, datos["escrito"], len(datos["archivo_sha256"])) == (0, True, 64)
    assert datos["agrega"] == [{"mes": "2026-03", "valor": "144.9"}, {"mes": "2026-04", "valor": "145.2"}]


@pytest.mark.parametrize(
    "contenido",
    [
        b"",
        bytes(range(256)) * 100,
        b"1" * (TAMANO_MAXIMO + 10),
        NUEVO.encode("utf-16-le"),
        b"Periodo,Valor\n2026/03,ciento cuarenta\n",
        b"Periodo,Valor\n2026/03,99.9\n",
        b"Periodo,Valor\n2999/03,145.1\n",
    ],
)
def test_lo_que_no_sirve_se_dice_en_una_linea(app: Flask, tmp_path: Path, contenido: bytes) -> None:
    r = importar(app, tmp_path / "malo.csv", contenido)
    assert (r.exit_code, r.stdout) == (1, "")
    (linea,) = r.stderr.splitlines()
    assert linea.startswith("Error: ")
    assert len(linea) < 400
    assert usado(app)[0] == "2026-02"


def test_un_archivo_que_no_se_puede_abrir(app: Flask, tmp_path: Path) -> None:
    for ruta in (tmp_path / "no-hay.csv", tmp_path):
        r = correr(app, "params", "importar", "inpc", str(ruta))
        assert (r.exit_code, "no se puede leer" in r.stderr) == (1, True)


def test_sin_base_se_importa_nada_y_se_calcula_con_lo_incluido(app_sin_base: Flask, tmp_path: Path) -> None:
    mes, aviso = usado(app_sin_base)
    assert mes == "2026-02"
    assert aviso == "Aviso: sin base de datos migrada se usa el INPC incluido, hasta mayo de 2026.\n"
    assert not (tmp_path / "nada.sqlite").exists()
    r = importar(app_sin_base, tmp_path / "inpc.csv", NUEVO)
    assert (r.exit_code, "no está migrada" in r.stderr) == (1, True)
    # The failed import opened an empty file: a database that is there but not migrated.
    assert usado(app_sin_base) == (mes, aviso)
    (tmp_path / "nada.sqlite").write_bytes(b"esto no es una base de datos" * 100)
    assert usado(app_sin_base) == (mes, aviso)


def test_una_base_de_otra_version_no_se_usa(app: Flask, motor_bd: Engine) -> None:
    with motor_bd.begin() as conexion:
        version = conexion.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        conexion.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        assert "sin base de datos migrada" in usado(app)[1]
    finally:
        with motor_bd.begin() as conexion:
            conexion.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_doctor_avisa_de_los_meses_que_faltan(app: Flask, tmp_path: Path) -> None:
    r = correr(app, "doctor")
    assert r.exit_code == 0
    (aviso,) = [linea for linea in r.stdout.splitlines() if linea.startswith("aviso  inpc")]
    assert "params importar inpc" in aviso
    datos = {c["nombre"]: c for c in json.loads(correr(app, "doctor", "--json").stdout)["comprobaciones"]}
    assert (datos["inpc"]["ok"], datos["inpc"]["aviso"]) == (True, True)


def test_doctor_sin_huecos_no_avisa() -> None:
    serie = incluida()
    assert inpc(serie, ()).aviso is False
    assert inpc(serie, ()).detalle == "hasta mayo de 2026"
    uno = inpc(serie, [dt.date(2026, 3, 1)])
    assert (uno.aviso, uno.detalle.startswith("Falta el índice: marzo de 2026.")) == (True, True)
    muchos = inpc(serie, [dt.date(2026, m, 1) for m in range(1, 13)])
    assert "Faltan 12 índices: enero de 2026 … diciembre de 2026." in muchos.detalle


@pytest.mark.parametrize(
    ("hoy", "dice"),
    [
        (dt.date(2026, 10, 31), ()),
        (dt.date(2026, 11, 1), ("Recargos (hasta el 2026-12-31)", "Salario mínimo (hasta el 2026-12-31)")),
        (dt.date(2026, 12, 3), ("Unidad de Medida y Actualización (hasta el 2027-01-31)",)),
        (dt.date(2027, 6, 1), ("Recargos (hasta el 2026-12-31)", "Unidad de Medida")),
    ],
)
def test_doctor_avisa_de_lo_que_se_acaba(hoy: dt.date, dice: tuple[str, ...]) -> None:
    r = parametros(hoy)
    assert (r.ok, r.aviso) == (True, bool(dice))
    assert all(parte in r.detalle for parte in dice)
    if hoy < dt.date(2026, 12, 3):
        assert "Unidad de Medida" not in r.detalle
