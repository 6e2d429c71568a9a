"""The file store: addressed by content, atomic, checked on every read, deaf to names from outside."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.adapters.almacen import AlmacenLocal
from workflow.errors import NoEncontrado


@pytest.fixture
def almacen(tmp_path):
    return AlmacenLocal(tmp_path / "archivos")


def _archivos(tmp_path: Path) -> list[Path]:
    return [p for p in tmp_path.rglob("*") if p.is_file()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(datos=st.binary(max_size=2000))
def test_ida_y_vuelta(almacen, datos):
    clave = almacen.guardar(datos)
    assert clave == hashlib.sha256(datos).hexdigest()
    assert almacen.existe(clave)
    assert almacen.leer(clave) == datos


def test_dos_veces_es_un_archivo(almacen, tmp_path):
    assert almacen.guardar(b"uno") == almacen.guardar(b"uno")
    assert len(_archivos(tmp_path)) == 1


@pytest.mark.parametrize(
    "clave", ["", "../../x", "/etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", "..", "g" * 64]
)
def test_lo_que_no_es_clave_no_existe(almacen, clave):
    assert not almacen.existe(clave)
    with pytest.raises(NoEncontrado):
        almacen.leer(clave)


def test_clave_ausente(almacen):
    with pytest.raises(NoEncontrado):
        almacen.leer("0" * 64)


def test_dano_se_nota_al_leer(almacen, tmp_path):
    clave = almacen.guardar(b"original")
    (ruta,) = _archivos(tmp_path)
    ruta.write_bytes(b"cambiado")
    with pytest.raises(NoEncontrado, match="dañado"):
        almacen.leer(clave)


def test_si_el_disco_falla_no_queda_nada(almacen, tmp_path, monkeypatch):
    def lleno(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", lleno)
    with pytest.raises(OSError, match="space"):
        almacen.guardar(b"x" * 1000)
    assert _archivos(tmp_path) == []
