"""The risk model: points that count, with a citation."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.params.errores import ParametroInvalido
from workflow.params.riesgo import modelo

BUENO = "version: v\nconfianza: diseno\ncita: {}\ntope: 10\nfactores:\n  a: {{texto: t, por_unidad: {}, tope: {}}}\n"


def test_el_de_la_casa() -> None:
    uno = modelo()
    assert uno.confianza == "diseno"
    assert sum(factor.tope for factor in uno.factores.values()) == uno.tope == 100


@pytest.mark.parametrize(
    ("cita", "por_unidad", "tope"), [("''", 1, 1), ("c", 0, 1), ("c", 1, 0), ("c", -1, 1)]
)
def test_uno_malo_no_entra(cita: str, por_unidad: int, tope: int, tmp_path: Path) -> None:
    archivo = tmp_path / "riesgo.yaml"
    archivo.write_text(BUENO.format(cita, por_unidad, tope), encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="cita y puntos"):
        modelo(archivo)


def test_uno_bueno_entra(tmp_path: Path) -> None:
    archivo = tmp_path / "riesgo.yaml"
    archivo.write_text(BUENO.format("c", 1, 1), encoding="utf-8")
    assert modelo(archivo).factores["a"].por_unidad == 1
