"""The command line: data on standard output, one line on standard error, a status that tells."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, text

CONTRATO = {
    "bd": {"migrar", "estado"},
    "demo": {"cargar", "borrar"},
    "respaldo": {"crear", "verificar", "restaurar"},
    "usuarios": {"crear", "listar", "bloquear", "rol"},
    "procesos": {"validar", "publicar", "listar", "migrar"},
    "reglas": {"calcular", "vigencias"},
    "params": {"importar"},
    "reloj": {"ver", "avanzar", "restablecer"},
    "trabajador": {"iniciar", "una-vez"},
    "bitacora": {"verificar"},
}


def correr(app: Flask, *argumentos: str, entrada: str | None = None) -> Result:
    """Run a command as a person types it."""
    return app.test_cli_runner().invoke(args=list(argumentos), input=entrada)


def test_los_grupos_del_contrato(app_sin_base: Flask) -> None:
    for grupo, ordenes in CONTRATO.items():
        g = app_sin_base.cli.commands[grupo]
        assert isinstance(g, click.Group)
        assert set(g.commands) >= ordenes
    assert "doctor" in app_sin_base.cli.commands


def test_toda_orden_se_explica(app_sin_base: Flask) -> None:
    for nombre, orden in app_sin_base.cli.commands.items():
        partes = [(nombre, orden)]
        if isinstance(orden, click.Group):
            partes = [(f"{nombre} {n}", o) for n, o in orden.commands.items()]
        for escrita, una in partes:
            r = correr(app_sin_base, *escrita.split(), "--help")
            assert r.exit_code == 0, escrita
            assert (una.help or "").strip(), escrita


def test_bd_estado(app: Flask) -> None:
    r = correr(app, "bd", "estado", "--json")
    datos = json.loads(r.stdout)
    assert (r.exit_code, datos["al_dia"]) == (0, True)
    assert datos["version"] == datos["version_del_programa"]


def test_bd_sin_migrar_y_migrar(app_sin_base: Flask) -> None:
    assert correr(app_sin_base, "bd", "estado").exit_code == 1
    assert "versión" in correr(app_sin_base, "bd", "migrar").stdout
    assert "sin cambios" in correr(app_sin_base, "bd", "migrar").stdout
    assert correr(app_sin_base, "bd", "estado").exit_code == 0


def test_sin_migrar_se_dice_en_una_linea(app_sin_base: Flask) -> None:
    r = correr(app_sin_base, "usuarios", "listar")
    assert r.exit_code == 1
    assert r.stdout == ""
    (linea,) = r.stderr.splitlines()
    assert "no está migrada" in linea


def test_usuarios(app: Flask) -> None:
    alta = ["usuarios", "crear", "ana@example.mx", "--nombre", "Ana", "--rol", "vocal", "--contrasena-stdin"]
    assert correr(app, *alta, entrada="una frase larga\n").exit_code == 0
    repetida = correr(app, *alta, entrada="una frase larga\n")
    assert (repetida.exit_code, "Ya hay una cuenta" in repetida.stderr) == (1, True)
    (cuenta,) = json.loads(correr(app, "usuarios", "listar", "--json").stdout)
    assert (cuenta["correo"], cuenta["roles"]) == ("ana@example.mx", ["vocal"])
    assert "vocal, auditor" not in correr(app, "usuarios", "listar").stdout
    assert "auditor, vocal" in correr(app, "usuarios", "rol", "ana@example.mx", "--dar", "auditor").stdout
    assert "bloqueada" in correr(app, "usuarios", "bloquear", "ana@example.mx").stdout
    assert "abierta" in correr(app, "usuarios", "bloquear", "ana@example.mx", "--deshacer").stdout
    assert correr(app, "usuarios", "bloquear", "nadie@example.mx").exit_code == 1


def test_usuarios_pide_la_contrasena_sin_mostrarla(app: Flask) -> None:
    r = correr(
        app,
        "usuarios",
        "crear",
        "b@example.mx",
        "--nombre",
        "B",
        entrada="una frase larga\nuna frase larga\n",
    )
    assert r.exit_code == 0
    assert "una frase larga" not in r.output


def test_bitacora(app: Flask, motor_bd: Engine) -> None:
    assert "íntegra: 0 cadenas" in correr(app, "bitacora", "verificar").stdout
    with motor_bd.begin() as c:
        c.execute(text("INSERT INTO bitacora_cabeza (cadena, numero, hash) VALUES ('x:1', 1, 'h')"))
    r = correr(app, "bitacora", "verificar", "--json")
    assert (r.exit_code, json.loads(r.stdout)["integra"]) == (1, False)
    assert "«x:1»" in r.stderr


def test_doctor(app: Flask) -> None:
    r = correr(app, "doctor", "--json")
    datos = json.loads(r.stdout)
    assert (r.exit_code, datos["ok"]) == (0, True), datos
    nombres = [c["nombre"] for c in datos["comprobaciones"]]
    assert nombres == [
        "configuracion",
        "base",
        "migraciones",
        "calendario",
        "trabajador",
        "inpc",
        "parametros",
        "almacen",
        "correo",
        "fuentes",
    ]
    assert "bien" in correr(app, "doctor").stdout


def test_doctor_dice_lo_que_falta(app_sin_base: Flask) -> None:
    r = correr(app_sin_base, "doctor")
    assert r.exit_code == 1
    assert "FALLA  migraciones" in r.stdout
    assert "comprobaciones fallan" in r.stderr


@pytest.mark.parametrize("contenido", ["", "{}", "no", '{"regla": 1}'])
def test_reglas_con_un_archivo_que_no_es(contenido: str, app_sin_base: Flask, tmp_path: Path) -> None:
    archivo = tmp_path / "casos.json"
    archivo.write_text(contenido, encoding="utf-8")
    r = correr(app_sin_base, "reglas", "calcular", str(archivo))
    assert (r.exit_code, r.stdout) == (1, "")
    assert len(r.stderr.splitlines()) == 1
