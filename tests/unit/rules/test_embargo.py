"""What may be attached and up to how much (CFF 145, 151-157, 165, 172, 195)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bien import TipoBien
from workflow.params import embargo as params
from workflow.params.errores import PARAMETRO_NO_VIGENTE, ParametroInvalido, ReglaError
from workflow.rules import embargo
from workflow.rules.embargo import Designado

HOY = date(2026, 5, 4)
PESOS = st.decimals(min_value=0, max_value=10**9, places=2)


def test_every_kind_of_good_has_its_place() -> None:
    assert set(params.tablas().orden) == {tipo.value for tipo in TipoBien}


def test_goods_in_their_order_may_be_attached() -> None:
    r = embargo.revisar([Designado("deposito", "deudor"), Designado("vehiculo", "deudor")])
    assert r.faltas == ()
    assert [p.articulo for p in r.pasos] == ["CFF 155-I", "CFF 155-III"]


def test_the_debtor_may_not_name_an_immovable_before_a_movable() -> None:
    r = embargo.revisar([Designado("inmueble", "deudor"), Designado("mueble", "deudor")])
    assert [(f.lugar, f.articulo) for f in r.faltas] == [(1, "CFF 155-III")]


def test_the_ejecutor_skips_the_order_only_with_its_ground() -> None:
    r = embargo.revisar([Designado("inmueble", "ejecutor", salto="no_bastan"), Designado("mueble", "deudor")])
    assert r.faltas == ()
    assert r.pasos[0].articulo == "CFF 155-IV; CFF 156-I"
    sin = embargo.revisar([Designado("inmueble", "ejecutor")])
    assert sin.faltas[0].articulo == "CFF 156"


@pytest.mark.parametrize("clave", sorted(params.tablas().exentos))
def test_an_exempt_good_is_refused_with_its_fraction(clave: str) -> None:
    r = embargo.revisar([Designado("mueble", "deudor", exento=clave)])
    assert r.faltas[0].articulo.startswith("CFF 157-")
    assert r.faltas[0].frase.startswith("No se embarga: ")


def test_machinery_goes_with_the_whole_business_only() -> None:
    sola = embargo.revisar([Designado("mueble", "deudor", exento="maquinaria")])
    assert "negociación en su totalidad" in sola.faltas[0].frase
    con = embargo.revisar(
        [Designado("mueble", "deudor", exento="maquinaria"), Designado("negociacion", "deudor")]
    )
    assert con.faltas == ()


@pytest.mark.parametrize(
    "bien",
    [
        Designado("barco", "deudor"),
        Designado("mueble", "deudor", exento="perro"),
        Designado("mueble", "ejecutor", salto="porque_si"),
    ],
)
def test_what_the_law_does_not_know_is_refused(bien: Designado) -> None:
    with pytest.raises(ReglaError, match="Los que hay son"):
        embargo.revisar([bien])


def test_accounts_up_to_the_credit_or_two_thirds() -> None:
    assert embargo.tope(Decimal("100.00"), HOY).importe == Decimal("100.00")
    r = embargo.tope(Decimal("100.00"), HOY, precautorio=True)
    assert r.importe == Decimal("66.66")
    assert "2/3" in r.pasos[0].de_que


def test_a_tenth_of_the_income() -> None:
    assert embargo.retencion(Decimal("1234.56"), HOY).importe == Decimal("123.45")


@pytest.mark.parametrize(
    ("recaudado", "meses", "estacional", "debe", "suficiente"),
    [
        ("0", 2, False, None, True),
        ("23999.99", 3, False, "24000.00", False),
        ("24000.00", 3, False, "24000.00", True),
        ("0", 0, True, None, True),
        ("8000.00", 1, True, "8000.00", True),
        ("15999.99", 2, True, "16000.00", False),
        ("100000.00", 20, True, "100000.00", True),
    ],
)
def test_the_intervention_must_bring_enough(
    recaudado: str, meses: int, estacional: bool, debe: str | None, suficiente: bool
) -> None:
    r = embargo.recaudacion(Decimal(100000), Decimal(recaudado), meses, HOY, estacional=estacional)
    assert r.debe == (None if debe is None else Decimal(debe))
    assert r.suficiente is suficiente
    assert r.pasos


def test_a_payment_frees_the_goods_that_it_reaches() -> None:
    valores = [(1, Decimal(50)), (2, Decimal(30)), (3, Decimal(20))]
    assert embargo.recuperables(Decimal(70), valores) == (1, 3)
    assert embargo.recuperables(Decimal(19), valores) == ()


@given(PESOS, PESOS)
def test_a_limit_never_passes_what_it_limits(credito: Decimal, otro: Decimal) -> None:
    assert embargo.tope(credito, HOY, precautorio=True).importe <= embargo.tope(credito, HOY).importe
    assert embargo.retencion(credito, HOY).importe * 10 <= credito
    libres = embargo.recuperables(credito, [(1, otro), (2, otro)])
    assert otro * len(libres) <= credito


def test_negative_amounts_and_old_dates_are_refused() -> None:
    for llamada in (
        lambda: embargo.tope(Decimal(-1), HOY),
        lambda: embargo.retencion(Decimal(-1), HOY),
        lambda: embargo.recaudacion(Decimal(-1), Decimal(0), 3, HOY),
        lambda: embargo.recaudacion(Decimal(1), Decimal(-1), 3, HOY),
        lambda: embargo.recuperables(Decimal(-1), []),
    ):
        with pytest.raises(ReglaError, match="negativo"):
            llamada()
    with pytest.raises(ReglaError) as error:
        embargo.retencion(Decimal(1), date(1990, 1, 1))
    assert error.value.codigo == PARAMETRO_NO_VIGENTE


@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ("tipo: deposito", "tipo: dinero", "se repite"),
        ("precautorio_numerador: 2", "precautorio_numerador: 3", "precautorio"),
        ("con_negociacion: true, cita", "con_negociacion: quizas, cita", "true o false"),
        ("clave: no_bastan, nombre", "clave: no_bastan, nombres", "nombre"),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, antes: str, despues: str, dice: str) -> None:
    texto = params.ARCHIVO.read_text(encoding="utf-8")
    assert antes in texto
    archivo = tmp_path / "embargo.yaml"
    archivo.write_text(texto.replace(antes, despues, 1), encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=dice):
        params.cargar(archivo)
