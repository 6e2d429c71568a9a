"""Folios with their check digit and the secret key of the mailbox."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.rules import folios
from workflow.rules.errores import ReglaError

ANIOS = st.integers(2000, 2099)
NUMEROS = st.integers(1, 999_999)


def test_los_folios_de_las_pantallas() -> None:
    assert folios.crear("DEN", 2026, 123) == "DEN-2026-000123-7"
    assert folios.crear("ACT", 2026, 41) == "ACT-2026-000041-2"
    assert str(folios.Folio("DEN", 2026, 1_234_567)) == folios.crear("DEN", 2026, 1_234_567)
    assert folios.PREFIJOS["denuncia"] == "DEN"


@pytest.mark.parametrize(
    "texto",
    [
        "DEN-2026-000123-7",
        " den 2026 000123 7 ",
        "den20260001237",
        "DEN–2026–000123–7",
        "DEN-2026-123-7",
        "DEN.2026.000123.7",
        "den_2026_000123_7",
    ],
)
def test_se_lee_como_la_gente_lo_escribe(texto: str) -> None:
    assert str(folios.leer(texto)) == "DEN-2026-000123-7"
    assert folios.leer(texto, "DEN") == folios.Folio("DEN", 2026, 123)
    assert folios.es_valido(texto)


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("", "Un folio se escribe como DEN-2026-000123-7"),
        ("DEN-2026", "Cópialo de tu acuse"),
        ("DEN-2026-000123-8", "dígito equivocado"),
        ("DEN-2026-000000-" + folios.digito("2026000000"), "dígito equivocado"),
        ("DEN-0026-000123-" + folios.digito("0026000123"), "dígito equivocado"),
        ("DEN-２０２６-000123-7", "Un folio se escribe"),
        ("DEN-2026-000123-7; DROP", "Un folio se escribe"),
    ],
)
def test_lo_que_no_es_un_folio_dice_que_hacer(texto: str, dice: str) -> None:
    with pytest.raises(ReglaError) as error:
        folios.leer(texto)
    assert dice in error.value.mensaje
    assert error.value.codigo == "DATO_INVALIDO"
    assert not folios.es_valido(texto)


def test_el_prefijo_dice_el_sustantivo() -> None:
    with pytest.raises(ReglaError, match="empieza con DEN"):
        folios.leer("DEN-2026-000123-7", "PRO")


@pytest.mark.parametrize(
    ("prefijo", "anio", "numero"), [("den", 2026, 1), ("D", 2026, 1), ("DEN", 99, 1), ("DEN", 2026, 0)]
)
def test_no_se_crean_folios_imposibles(prefijo: str, anio: int, numero: int) -> None:
    with pytest.raises(ReglaError):
        folios.crear(prefijo, anio, numero)


@settings(deadline=None)
@given(ANIOS, NUMEROS)
def test_todo_digito_equivocado_se_detecta(anio: int, numero: int) -> None:
    cuerpo = f"{anio}{numero:06d}"
    cifras = cuerpo + folios.digito(cuerpo)
    for lugar in range(len(cifras)):
        for otro in "0123456789":
            if otro != cifras[lugar]:
                malo = cifras[:lugar] + otro + cifras[lugar + 1 :]
                assert folios.digito(malo[:-1]) != malo[-1]


def test_las_transposiciones_vecinas_se_detectan_salvo_una_de_cada_45() -> None:
    """The scheme's own limit: of the 450 (state, pair) combinations exactly ten slip through."""
    escapan = total = 0
    for anio in range(2020, 2040):
        for numero in range(1, 999_999, 9_973):
            cuerpo = f"{anio}{numero:06d}"
            cifras = cuerpo + folios.digito(cuerpo)
            for n in range(len(cifras) - 1):
                if cifras[n] != cifras[n + 1]:
                    malo = cifras[:n] + cifras[n + 1] + cifras[n] + cifras[n + 2 :]
                    total += 1
                    escapan += folios.digito(malo[:-1]) == malo[-1]
    assert 0 < escapan / total < 0.04


def test_clave_secreta() -> None:
    assert folios.clave_secreta(bytes(16)) == "0000 0000 0000 0000"
    assert folios.clave_secreta(b"\x00" * 15 + b"\x2a") == "0000 0000 0000 0042"
    clave = folios.clave_secreta(bytes(range(32)))
    assert len(folios.normalizar_clave(clave)) == 16
    assert folios.formato_clave(folios.normalizar_clave(clave)) == clave
    with pytest.raises(ReglaError):
        folios.clave_secreta(bytes(15))


@pytest.mark.parametrize(
    "texto", ["1234 5678 9012 3456", "1234567890123456", " 1234-5678-9012-3456 ", "1234\u00a05678–9012.3456"]
)
def test_la_clave_se_lee_como_se_pega(texto: str) -> None:
    assert folios.normalizar_clave(texto) == "1234567890123456"


@pytest.mark.parametrize(
    "texto", ["", "1234", "1234 5678 9012 345a", "12345678901234567", "１２３４567890123456"]
)
def test_la_clave_que_falta_lo_dice(texto: str) -> None:
    with pytest.raises(ReglaError, match="16 números"):
        folios.normalizar_clave(texto)
