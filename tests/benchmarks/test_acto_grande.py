"""The road of a big act, small: what is long is left to the worker, and every cent equals the rules."""

from __future__ import annotations

from tests.benchmarks.acto_grande import FONDO, PETICION, medir
from workflow.operations.determinacion import AL_INSTANTE

PERSONAS, TRAMOS_DE_CADA_UNA = 70, 3


def test_un_acto_de_muchas_personas_se_calcula_en_segundo_plano() -> None:
    assert PERSONAS * TRAMOS_DE_CADA_UNA > AL_INSTANTE
    reloj = medir(PERSONAS, "xlsx")
    assert [que for donde, que, *_ in reloj.pasos if donde == FONDO] == [
        "calcular los créditos",
        "imprimir la cédula",
    ]
    assert "preparar_determinacion" in {que for donde, que, *_ in reloj.pasos if donde == PETICION}
