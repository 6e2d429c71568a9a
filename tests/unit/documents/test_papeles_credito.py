"""What a paper of a credit may not lack (hechos §7; LSS 39 C; CFF 38, 50)."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from tests.unit.documents import muestras_credito as muestras
from workflow.errors import DatoInvalido


@pytest.mark.parametrize("fabrica", muestras.DE_CREDITO)
def test_the_example_is_whole_and_nothing_of_cff_38_may_lack(fabrica) -> None:
    fabrica().revisar()
    with pytest.raises(DatoInvalido, match="artículo 38"):
        dataclasses.replace(fabrica(), objeto=" ").revisar()


@pytest.mark.parametrize(
    ("fabrica", "cambio", "dice"),
    [
        (muestras.cedula, {"periodos": ()}, "por periodo y concepto"),
        (muestras.cedula, {"conceptos": ()}, "por periodo y concepto"),
        (muestras.cedula, {"trabajadores": ()}, "la lista de trabajadores"),
        (muestras.cedula, {"pasos": ()}, "la actualización y los recargos"),
        (muestras.cedula, {"motivacion": ""}, "la motivación"),
        (muestras.cedula, {"total": Decimal(0)}, "la cantidad líquida"),
        (muestras.cedula, {"total": Decimal("1234.22")}, "no es el total"),
        (muestras.multa, {"plazo_pago": " "}, "el plazo para pagar"),
        (
            muestras.multa,
            {"multa": dataclasses.replace(muestras.MULTA, gravedad="")},
            "la individualización de la multa",
        ),
    ],
)
def test_a_missing_part_is_a_refusal_with_its_sentence(fabrica, cambio: dict[str, object], dice: str) -> None:
    with pytest.raises(DatoInvalido, match=dice):
        dataclasses.replace(fabrica(), **cambio).revisar()


def test_without_remedies_the_paper_says_that_their_terms_double(emitir, leer) -> None:
    assert "se duplican" in leer(emitir(muestras.multa()).pdf)
    assert "se duplican" not in leer(emitir(muestras.cedula()).pdf)
