"""NSS, CURP, RFC and registro patronal, with an independent library as oracle of the check digits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.mx import curp, rfc

from workflow.rules.errores import ReglaError
from workflow.rules.identificadores import digito_curp, digito_rfc, luhn_cuadra, revisar

CURP = "BOXW310820HNERXN09"
RFC = "GODE561231GR8"
RFC_MORAL = "MAB9307148T4"


@pytest.mark.parametrize(
    ("tipo", "valor", "normalizado"),
    [
        ("nss", "12345678903", "12345678903"),
        ("nss", " 12-34-56-7890-3 ", "12345678903"),
        ("curp", "boxw310820hnerxn09", CURP),
        ("curp", "BOXW 310820 HNERXN 09", CURP),
        ("rfc", "gode-561231-gr8", RFC),
        ("rfc", "MAB 930714 8T4", RFC_MORAL),
        ("registro_patronal", "Y12-34567-10-1", "Y1234567101"),
        ("registro_patronal", "y12 34567 10", "Y123456710"),
        ("registro_patronal", "01234567101", "01234567101"),
    ],
)
def test_validos(tipo: str, valor: str, normalizado: str) -> None:
    hallado = revisar(tipo, valor)
    assert (hallado.valido, hallado.normalizado, hallado.advertencias, hallado.motivo) == (
        True,
        normalizado,
        (),
        "",
    )


@pytest.mark.parametrize(
    ("tipo", "valor", "dice"),
    [
        ("nss", "12345678904", "dígito verificador"),
        ("nss", "1234567890", "11 dígitos"),
        ("nss", "１２３４５６７８９０３", "11 dígitos"),
        ("nss", "", "11 dígitos"),
        ("curp", CURP[:-1] + "8", "dígito verificador"),
        ("curp", CURP[:-1], "18 letras"),
        ("curp", CURP[:11] + "XX" + CURP[13:], "18 letras"),
        ("curp", CURP[:10] + "Z" + CURP[11:], "18 letras"),
        ("curp", "BOXW310231HNERXN09", "fecha de nacimiento"),
        ("rfc", "GODE561331GR8", "fecha"),
        ("rfc", "GODE561231", "12 caracteres"),
        ("rfc", "GO561231GR8", "12 caracteres"),
        ("rfc", "GODE561231OOB", "12 caracteres"),
        ("registro_patronal", "Y12345671", "10 u 11"),
        ("registro_patronal", "YY234567101", "10 u 11"),
        ("registro_patronal", "Y12345671011", "10 u 11"),
    ],
)
def test_invalidos_dicen_por_que(tipo: str, valor: str, dice: str) -> None:
    hallado = revisar(tipo, valor)
    assert not hallado.valido
    assert dice in hallado.motivo


def test_el_digito_equivocado_del_rfc_solo_avisa() -> None:
    hallado = revisar("rfc", "VACE-460910-SX6")
    assert hallado.valido
    assert "dígito verificador" in hallado.advertencias[0]


@pytest.mark.parametrize("valor", ["GODE5612310O3", "GODE561231ZZ9", "ABC010101000"])
def test_una_homoclave_rara_es_cosa_del_digito_verificador(valor: str) -> None:
    hallado = revisar("rfc", valor)
    assert hallado.valido
    assert bool(hallado.advertencias) == (digito_rfc(valor[:-1]) != valor[-1])


def test_solo_se_quitan_espacios_y_guiones() -> None:
    assert revisar("nss", "123 45—67-8903").valido
    assert not revisar("nss", "1234567_8903").valido


def test_los_rfc_genericos_avisan() -> None:
    for generico in ("XAXX010101000", "xexx-010101-000"):
        hallado = revisar("rfc", generico)
        assert hallado.valido
        assert "genérico" in hallado.advertencias[0]


def test_rfc_de_29_de_febrero_y_con_enie() -> None:
    assert revisar("rfc", "ÑAÑ000229AA" + digito_rfc("ÑAÑ000229AA")).valido
    assert revisar("rfc", "a&b 960229 aa" + digito_rfc("A&B960229AA")).advertencias == ()


def test_curp_de_este_siglo_lleva_letra() -> None:
    cuerpo = "BOXW050820XNERXNA"
    assert revisar("curp", cuerpo + digito_curp(cuerpo)).valido


def test_tipo_desconocido() -> None:
    with pytest.raises(ReglaError) as error:
        revisar("ine", "1")
    assert error.value.codigo == "DATO_INVALIDO"


@settings(deadline=None)
@given(st.text("0123456789", min_size=10, max_size=10))
def test_nss_contra_otra_biblioteca(cuerpo: str) -> None:
    numero = cuerpo + luhn.calc_check_digit(cuerpo)
    assert luhn_cuadra(numero)
    for lugar in range(11):
        malo = numero[:lugar] + str((int(numero[lugar]) + 3) % 10) + numero[lugar + 1 :]
        assert not revisar("nss", malo).valido
    for n in range(10):
        if numero[n] != numero[n + 1] and {numero[n], numero[n + 1]} != {"0", "9"}:
            assert not luhn_cuadra(numero[:n] + numero[n + 1] + numero[n] + numero[n + 2 :])


LETRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@settings(deadline=None)
@given(
    st.text(LETRAS, min_size=4, max_size=4),
    st.dates(),
    st.sampled_from("HM"),
    st.sampled_from(["DF", "NL", "NE", "YN"]),
    st.text(LETRAS, min_size=3, max_size=3),
    st.sampled_from("0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ"),
)
def test_curp_contra_otra_biblioteca(letras, fecha, sexo, entidad, consonantes, homonimia) -> None:  # type: ignore[no-untyped-def]
    cuerpo = f"{letras}{fecha:%y%m%d}{sexo}{entidad}{consonantes}{homonimia}"
    assert digito_curp(cuerpo) == curp.calc_check_digit(cuerpo)


@settings(deadline=None)
@given(
    st.text(LETRAS + "Ñ&", min_size=3, max_size=4),
    st.dates(),
    st.text("123456789ABV", min_size=2, max_size=2),
)
def test_rfc_contra_otra_biblioteca(letras, fecha, homoclave) -> None:  # type: ignore[no-untyped-def]
    cuerpo = f"{letras}{fecha:%y%m%d}{homoclave}"
    assert digito_rfc(cuerpo) == rfc.calc_check_digit(cuerpo)
