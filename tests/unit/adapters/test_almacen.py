"""The file store: addressed by content, atomic, checked on every read, deaf to names from outside."""

from __future__ import annotations

import hashlib
import os
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


def _envejecer(ruta: Path) -> None:
    os.utime(ruta, (0, 0))


def test_se_retira_lo_viejo_y_lo_que_quedo_a_medias(almacen, tmp_path):
    viejo, nuevo = almacen.guardar(b"viejo"), almacen.guardar(b"nuevo")
    (ruta,) = [p for p in _archivos(tmp_path) if p.name == viejo]
    a_medias = ruta.with_name("tmpabcd")
    a_medias.write_bytes(b"vie")
    for una in (ruta, a_medias):
        _envejecer(una)
    assert list(almacen.viejos(60)) == [viejo]
    assert not a_medias.exists()
    assert almacen.retirar(viejo, 60)
    assert not almacen.retirar(viejo, 60)
    assert [p.name for p in _archivos(tmp_path)] == [nuevo]


def test_lo_que_se_vuelve_a_guardar_no_se_retira(almacen, tmp_path):
    clave = almacen.guardar(b"uno")
    (ruta,) = _archivos(tmp_path)
    _envejecer(ruta)
    assert almacen.guardar(b"uno") == clave
    assert list(almacen.viejos(60)) == []
    assert not almacen.retirar(clave, 60)
    assert almacen.leer(clave) == b"uno"


def test_lo_que_se_quedo_retirando_vuelve_a_juzgarse(almacen, tmp_path):
    clave = almacen.guardar(b"uno")
    (ruta,) = _archivos(tmp_path)
    ruta.rename(ruta.with_suffix(".retirado"))
    assert list(almacen.viejos(60)) == []
    assert almacen.existe(clave)
