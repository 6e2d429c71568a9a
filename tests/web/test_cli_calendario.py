"""`calendario` on the command line: list, add, import, go on; nothing is written by a trial."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from models.plazo import DiaInhabil
from tests.factories.calendario import sembrar
from tests.web.personal import Oficina
from tests.web.test_cli import correr

ALTA = ("calendario", "agregar", "2026-03-05", "--motivo", "Inundación", "--cita", "Oficio 1")


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    return Oficina(app)


def _dias(oficina: Oficina) -> int:
    with oficina.ctx() as ctx:
        return ctx.session.scalar(select(func.count()).select_from(DiaInhabil)) or 0


def test_listar(oficina: Oficina) -> None:
    r = correr(oficina.app, "calendario", "listar", "--anio", "2026", "--json")
    assert r.exit_code == 0, r.stderr
    filas = json.loads(r.stdout)
    assert [f["fecha"] for f in filas][:2] == ["2026-01-01", "2026-02-02"]
    assert "Navidad" in correr(oficina.app, "calendario", "listar").stdout
    assert correr(oficina.app, "calendario", "listar", "--anio", "1900").exit_code == 1


def test_agregar_y_simular(oficina: Oficina) -> None:
    with oficina.ctx() as ctx:
        sembrar(ctx, 60)
    r = correr(oficina.app, *ALTA, "--simular")
    assert r.exit_code == 0, r.stderr
    assert r.stdout.startswith("Movería ")
    movera = int(r.stdout.split()[1])
    assert movera > 20
    assert _dias(oficina) == 0
    r = correr(oficina.app, *ALTA)
    assert r.stdout.strip() == f"Agregado: 1 días, {movera} plazos movidos."
    assert "ya estaba en el calendario" in correr(oficina.app, *ALTA).stdout
    for malo in (
        ("calendario", "agregar", "2026-02-30", "--motivo", "x", "--cita", "y"),
        ("calendario", "agregar", "2026-03-07", "--motivo", "x", "--cita", "y"),
        ("calendario", "agregar", "2026-03-06", "--motivo", "x", "--cita", "y", "--unidad", "nada"),
        ("calendario", "agregar", "2026-03-05", "--motivo", "Otro", "--cita", "y"),
    ):
        r = correr(oficina.app, *malo)
        assert r.exit_code == 1
        assert r.stderr.startswith("Error: ")
    assert _dias(oficina) == 1
    assert "Cambios en curso: 0" in correr(oficina.app, "calendario", "recalcular").stdout


def test_importar(oficina: Oficina, tmp_path: Path) -> None:
    archivo = tmp_path / "anio.csv"
    archivo.write_text("fecha,unidad,motivo,cita\n2026-04-02,1101,Jueves santo,CCT\n2026-04-04,,Sábado,CCT\n")
    r = correr(oficina.app, "calendario", "importar", str(archivo))
    assert r.exit_code == 1
    assert "Renglón 3: El sábado 4 de abril de 2026 ya es inhábil" in r.stderr
    assert _dias(oficina) == 0
    archivo.write_text(
        "fecha,unidad,motivo,cita\n2026-04-02,1101,Jueves santo,CCT\n2026-04-03,,Viernes santo,CCT\n"
    )
    assert (
        "Movería 0 plazos" in correr(oficina.app, "calendario", "importar", str(archivo), "--simular").stdout
    )
    assert correr(oficina.app, "calendario", "importar", str(archivo)).stdout.startswith("Agregado: 2 días")
    assert _dias(oficina) == 2
