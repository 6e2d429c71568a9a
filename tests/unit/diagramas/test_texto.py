"""Measuring and breaking text without a font."""

from __future__ import annotations

import pytest

from tools.diagramas.texto import ancho, renglones, renglones_tarea


def test_ancho_crece_con_la_letra_y_el_peso() -> None:
    assert ancho("Denuncia", 12) > ancho("Denuncia", 11) > 0
    assert ancho("Denuncia", 12, 600) > ancho("Denuncia", 12, 400)
    assert ancho("i" * 10, 12) < ancho("m" * 10, 12)


@pytest.mark.parametrize("texto", ["Plazo para identificarse vencido", "Propuesta cerrada sin fecha", "Sí"])
def test_los_renglones_caben_y_no_pierden_palabras(texto: str) -> None:
    lineas = renglones(texto, 104, 11)
    assert " ".join(lineas) == texto
    assert all(ancho(linea, 11) <= 104 for linea in lineas)


def test_una_palabra_larga_va_sola() -> None:
    assert renglones("a anticonstitucionalmente b", 60, 12)[1] == "anticonstitucionalmente"
    assert renglones("", 60, 12) == []


def test_el_primer_renglon_deja_sitio_al_dibujo() -> None:
    lineas = renglones_tarea("Diferir por falta de quórum", 102, 72, 12.5)
    assert lineas == ["Diferir por", "falta de quórum"]
    assert renglones_tarea("", 102, 72, 12.5) == []
