"""Backups: written while the house works, checked in a database beside it, put back; damage is found."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from models.denuncia import Denuncia
from models.session import make_engine
from tests.conftest import omitir
from tests.soporte import bases
from web.config import Ajustes
from workflow.actions import respaldo
from workflow.actions.casa import Casa
from workflow.actions.demo import carga
from workflow.adapters import respaldo as adaptador
from workflow.errors import DatoInvalido, FaltaConfiguracion, NoPermitido


@pytest.fixture
def instalacion(
    motor_bd: Engine, obra: Casa, ajustes: Ajustes, monkeypatch: pytest.MonkeyPatch
) -> respaldo.Instalacion:
    """An installation with two denuncias, one of them with evidence."""
    if motor_bd.dialect.name == "postgresql":
        programas_de_postgresql(monkeypatch)
    carga.cargar(obra, 2)
    return respaldo.Instalacion(obra, ajustes.almacen_archivos, ajustes.claves_cifrado, "0.0.1")


def programas_de_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the wheel first."""
    monkeypatch.setenv("PATH", os.pathsep.join(bases.programas_de_postgresql()), prepend=os.pathsep)
    if shutil.which("pg_dump") is None:
        omitir("no hay pg_dump en esta máquina")


def alterar(origen: Path, destino: Path, miembro: str, datos: bytes) -> Path:
    """A copy of a backup with other bytes in the member whose name begins with `miembro`."""
    with tarfile.open(origen) as de, tarfile.open(destino, "w") as a:
        for info in de:
            archivo = de.extractfile(info)
            assert archivo is not None
            contenido = archivo.read()
            if info.name.startswith(miembro):
                contenido, info.size = datos, len(datos)
            a.addfile(info, io.BytesIO(contenido))
    return destino


def test_ida_y_vuelta(instalacion: respaldo.Instalacion, sesion: Session, tmp_path: Path) -> None:
    hecho = respaldo.crear(instalacion, tmp_path / "respaldos")
    assert hecho.ruta.stat().st_mode & 0o077 == 0
    assert list(hecho.ruta.parent.iterdir()) == [hecho.ruta]
    assert hecho.manifiesto.conteos["denuncia"] == 2
    assert hecho.manifiesto.archivos
    with respaldo.abrir(instalacion, hecho.ruta) as abierto:
        assert abierto.faltas == ()
        temporal = abierto.motor.url

    carga_de_archivo = next(iter(hecho.manifiesto.archivos))
    (instalacion.almacen / carga_de_archivo[:2] / carga_de_archivo).unlink()
    sesion.execute(text("DELETE FROM patron WHERE id NOT IN (SELECT patron_id FROM denuncia)"))
    sesion.commit()
    sesion.close()
    with pytest.raises(NoPermitido, match="--reemplazar"):
        respaldo.restaurar(instalacion, hecho.ruta)
    respaldo.restaurar(instalacion, hecho.ruta, reemplazar=True)
    assert sesion.scalar(select(func.count(Denuncia.id))) == 2
    assert sesion.scalar(text("SELECT count(*) FROM patron")) == hecho.manifiesto.conteos["patron"]
    assert instalacion.obra.servicios.almacen.existe(carga_de_archivo)
    sesion.close()

    if temporal.get_backend_name() == "sqlite":
        assert not Path(temporal.database or "").exists()
    else:
        admin = make_engine(instalacion.obra.motor.url.render_as_string(hide_password=False))
        with admin.connect() as conexion:
            # By its name: another test process may be making a backup of its own.
            suya = text("SELECT count(*) FROM pg_database WHERE datname = :base")
            quedan = conexion.scalar(suya, {"base": temporal.database})
        admin.dispose()
        assert quedan == 0


def test_sin_claves_dentro(instalacion: respaldo.Instalacion, tmp_path: Path) -> None:
    hecho = respaldo.crear(instalacion, tmp_path)
    with tarfile.open(hecho.ruta) as tar:
        manifiesto = tar.extractfile("manifiesto.json")
        assert manifiesto is not None
        escrito = manifiesto.read().decode()
    assert json.loads(escrito)["claves"] == hecho.manifiesto.claves
    crudo = hecho.ruta.read_bytes()
    for clave in instalacion.claves:
        assert clave not in escrito
        assert clave.encode() not in crudo


def test_con_otra_clave(instalacion: respaldo.Instalacion, tmp_path: Path) -> None:
    hecho = respaldo.crear(instalacion, tmp_path)
    ajena = replace(instalacion, claves=(Fernet.generate_key().decode(),))
    with respaldo.abrir(ajena, hecho.ruta) as abierto:
        assert [f for f in abierto.faltas if hecho.manifiesto.claves[0] in f]
    with pytest.raises(FaltaConfiguracion, match="CLAVES_CIFRADO"):
        respaldo.restaurar(ajena, hecho.ruta, reemplazar=True)


def test_danado(instalacion: respaldo.Instalacion, tmp_path: Path) -> None:
    hecho = respaldo.crear(instalacion, tmp_path / "bueno")
    alterado = alterar(hecho.ruta, tmp_path / "alterado.tar", "archivos/", b"otra cosa")
    cortado = tmp_path / "cortado.tar"
    cortado.write_bytes(hecho.ruta.read_bytes()[: hecho.ruta.stat().st_size // 2])
    malo = {**json.loads(_manifiesto(hecho.ruta)), "miembros": {"../../fuera": "0" * 64}}
    con_salida = alterar(hecho.ruta, tmp_path / "fuera.tar", "manifiesto", json.dumps(malo).encode())
    ajeno = tmp_path / "ajeno.tar"
    ajeno.write_bytes(b"esto no es un tar")
    for archivo in (alterado, cortado, con_salida, ajeno, tmp_path / "no-existe.tar"):
        with pytest.raises(DatoInvalido):
            respaldo.restaurar(instalacion, archivo, reemplazar=True)
    assert not (tmp_path.parent / "fuera").exists()


def _manifiesto(origen: Path) -> bytes:
    with tarfile.open(origen) as tar:
        archivo = tar.extractfile("manifiesto.json")
        assert archivo is not None
        return archivo.read()


def test_conteo_distinto(instalacion: respaldo.Instalacion, tmp_path: Path) -> None:
    hecho = respaldo.crear(instalacion, tmp_path / "bueno")
    conteos = {**hecho.manifiesto.conteos, "denuncia": 3}
    otro = json.dumps({**json.loads(_manifiesto(hecho.ruta)), "conteos": conteos}).encode()
    mentido = alterar(hecho.ruta, tmp_path / "mentido.tar", "manifiesto", otro)
    with respaldo.abrir(instalacion, mentido) as abierto:
        assert abierto.faltas == ("La tabla «denuncia» debía tener 3 filas y tiene 2.",)


def test_de_otra_clase_de_base(instalacion: respaldo.Instalacion, tmp_path: Path) -> None:
    hecho = respaldo.crear(instalacion, tmp_path / "bueno")
    otra = "base.dump" if hecho.manifiesto.base == "base.sqlite" else "base.sqlite"
    cambiado = json.dumps({**json.loads(_manifiesto(hecho.ruta)), "base": otra}).encode()
    with pytest.raises(DatoInvalido, match="DATABASE_URL"):
        respaldo.restaurar(instalacion, alterar(hecho.ruta, tmp_path / "x.tar", "manifiesto", cambiado))
    with pytest.raises(DatoInvalido, match="formato"):
        adaptador.leer(
            alterar(
                hecho.ruta,
                tmp_path / "y.tar",
                "manifiesto",
                json.dumps({**json.loads(_manifiesto(hecho.ruta)), "formato": 2}).encode(),
            )
        )


def test_sin_los_programas(
    instalacion: respaldo.Instalacion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if instalacion.obra.motor.dialect.name == "sqlite":
        assert respaldo.crear(instalacion, tmp_path / "bueno").ruta.exists()
        return
    with pytest.raises(FaltaConfiguracion, match="pg_dump"):
        respaldo.crear(instalacion, tmp_path / "bueno")


def test_ordenes(instalacion: respaldo.Instalacion, app: Flask, tmp_path: Path) -> None:
    consola: FlaskCliRunner = app.test_cli_runner()
    creado = consola.invoke(args=["respaldo", "crear", "--carpeta", str(tmp_path / "r")])
    assert creado.exit_code == 0, creado.output
    archivo = str(next((tmp_path / "r").glob("*.tar")))
    bueno = consola.invoke(args=["respaldo", "verificar", archivo])
    assert bueno.exit_code == 0, bueno.output
    assert "Respaldo bueno" in bueno.output
    assert consola.invoke(args=["respaldo", "restaurar", archivo]).exit_code == 1
    lleno = consola.invoke(args=["respaldo", "restaurar", archivo, "--confirmar"])
    assert lleno.exit_code == 1
    assert "--reemplazar" in lleno.output
    puesto = consola.invoke(args=["respaldo", "restaurar", archivo, "--confirmar", "--reemplazar"])
    assert puesto.exit_code == 0, puesto.output
    assert consola.invoke(args=["bitacora", "verificar"]).exit_code == 0


def test_bitacora_rota(instalacion: respaldo.Instalacion, app: Flask, tmp_path: Path) -> None:
    """A log that was rewritten before the backup is found, although every digest of the backup is right."""
    if instalacion.obra.motor.dialect.name != "sqlite":
        return  # the same walk over the same rows: it is enough to forge one kind of file
    hecho = respaldo.crear(instalacion, tmp_path / "bueno")
    with tarfile.open(hecho.ruta) as tar:
        tar.extractall(tmp_path / "dentro", filter="data")
    base = tmp_path / "dentro" / "base.sqlite"
    with sqlite3.connect(base) as conexion:
        conexion.execute("DROP TRIGGER bitacora_no_update")
        conexion.execute("UPDATE bitacora SET verbo = 'otra_cosa' WHERE id = (SELECT max(id) FROM bitacora)")
    conexion.close()
    miembros = {**hecho.manifiesto.miembros, "base.sqlite": adaptador.huella(base)}
    adaptador.escribir(
        tmp_path / "rehecho.tar",
        replace(hecho.manifiesto, miembros=miembros),
        {nombre: tmp_path / "dentro" / nombre for nombre in miembros},
    )
    dicho = app.test_cli_runner().invoke(args=["respaldo", "verificar", str(tmp_path / "rehecho.tar")])
    assert dicho.exit_code == 1
    assert "Bitácora: cadena" in dicho.output
