"""The risk model: points that count, with a citation."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.params.errores import ParametroInvalido
from workflow.params.riesgo import modelo

BUENO = """version: v
vigente_desde: 2026-01-01
confianza: diseno
cita: c
tope: 10
factores:
  a: {texto: t, por_unidad: 1, tope: 1}
"""


def escrito(tmp_path: Path, texto: str) -> Path:
    archivo = tmp_path / "riesgo.yaml"
    archivo.write_text(texto, encoding="utf-8")
    return archivo


def test_el_de_la_casa() -> None:
    uno = modelo()
    assert uno.confianza == "diseno"
    assert sum(factor.tope for factor in uno.factores.values()) == uno.tope == 100


@pytest.mark.parametrize(
    ("bueno", "malo", "dice"),
    [
        ("cita: c", "cita: ''", "falta «cita»"),
        ("por_unidad: 1", "por_unidad: 0", "«a»: «por_unidad»"),
        ("tope: 1}", "tope: -1}", "«a»: «tope»"),
        ("texto: t, ", "", "«a»: falta «texto»"),
        ("texto: t", "texto: t, peso: 3", "«a»: claves desconocidas: peso"),
        ("confianza: diseno", "confianza: alta", "confianza"),
        ("vigente_desde: 2026-01-01", "vigente_desde: hoy", "fecha"),
        ("tope: 10", "tope: 10\nmas: 1", "claves desconocidas: mas"),
        ("a: {", "a: 1\n  b: {", "cada una con su renglón"),
    ],
)
def test_uno_malo_no_entra(bueno: str, malo: str, dice: str, tmp_path: Path) -> None:
    assert bueno in BUENO
    with pytest.raises(ParametroInvalido, match=dice):
        modelo(escrito(tmp_path, BUENO.replace(bueno, malo, 1)))


def test_otra_cosa_no_es_un_modelo(tmp_path: Path) -> None:
    with pytest.raises(ParametroInvalido, match="se espera un modelo"):
        modelo(escrito(tmp_path, "- 1"))


def test_uno_bueno_entra(tmp_path: Path) -> None:
    uno = modelo(escrito(tmp_path, BUENO))
    assert uno.factores["a"].por_unidad == 1
    assert uno.vigente_desde.year == 2026
