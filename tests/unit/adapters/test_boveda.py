"""The vault: opens what it closed, rotates without losing, finds without telling; keys judged and named."""

from __future__ import annotations

import base64
import re

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.adapters.boveda import BovedaLocal, ClaveDesconocida
from workflow.adapters.llaves import huella_de_clave, revisar_claves
from workflow.errors import FaltaConfiguracion

NUEVA, VIEJA = Fernet.generate_key().decode(), Fernet.generate_key().decode()
BOVEDA = BovedaLocal([VIEJA])
DATOS = {"nombre": "Xóchitl Núñez", "curp": "BOXW310820HNERXN09"}


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=10), st.one_of(st.text(max_size=30), st.integers(), st.none())))
def test_ida_y_vuelta(datos):
    assert BOVEDA.descifrar(BOVEDA.cifrar(datos)) == datos


def test_cifrado_no_se_lee_ni_se_repite():
    a, b = BOVEDA.cifrar(DATOS), BOVEDA.cifrar(DATOS)
    assert a != b
    assert b"BOXW" not in a
    assert b"BOXW" not in base64.urlsafe_b64decode(a)


def test_rotacion():
    viejo = BOVEDA.cifrar(DATOS)
    ambas = BovedaLocal([NUEVA, VIEJA])
    assert ambas.descifrar(viejo) == DATOS
    rotado = ambas.rotar(viejo)
    assert BovedaLocal([NUEVA]).descifrar(rotado) == DATOS
    with pytest.raises(ClaveDesconocida):
        BOVEDA.descifrar(rotado)


def test_alterado_no_abre():
    cifrado = bytearray(BOVEDA.cifrar(DATOS))
    cifrado[40] ^= 1
    with pytest.raises(ClaveDesconocida):
        BOVEDA.descifrar(bytes(cifrado))


def test_indice_ciego():
    indice = BOVEDA.indice_ciego("curp", DATOS["curp"])
    assert re.fullmatch(r"[0-9a-f]{64}", indice)
    assert indice == BovedaLocal([NUEVA, VIEJA]).indice_ciego("curp", DATOS["curp"])
    assert indice != BOVEDA.indice_ciego("nss", DATOS["curp"])
    assert indice != BovedaLocal([NUEVA]).indice_ciego("curp", DATOS["curp"])


def test_huella_depende_de_la_sal():
    assert BOVEDA.huella("x", "sal-1") == BOVEDA.huella("x", "sal-1")
    assert BOVEDA.huella("x", "sal-1") != BOVEDA.huella("x", "sal-2")


def _de(crudo: bytes) -> str:
    return base64.urlsafe_b64encode(crudo).decode()


@pytest.mark.parametrize(
    ("claves", "frase"),
    [
        ([], "Falta CLAVES_CIFRADO"),
        (["secreto"], "clave 1"),
        ([NUEVA, "ñ" * 44], "clave 2"),
        ([_de(b"x" * 31)], "32 bytes"),
        ([_de(b"\0" * 32)], "débil"),
        ([_de(bytes(range(8)) * 4)], "débil"),
        ([_de(b"una frase larga que alguien usa!")], "débil"),
        ([NUEVA, VIEJA, NUEVA], "repite"),
    ],
)
def test_claves_malas(claves, frase):
    with pytest.raises(FaltaConfiguracion, match=frase) as error:
        revisar_claves(claves)
    assert not any(c in error.value.mensaje for c in claves if c)


def test_claves_buenas_y_su_huella():
    for _ in range(200):
        revisar_claves([Fernet.generate_key().decode()])
    revisar_claves([NUEVA, VIEJA])
    assert re.fullmatch(r"[0-9a-f]{12}", huella_de_clave(NUEVA))
    assert huella_de_clave(NUEVA) == huella_de_clave(f" {NUEVA} ")
    assert huella_de_clave(NUEVA) != huella_de_clave(VIEJA)
    assert huella_de_clave(NUEVA) not in NUEVA
