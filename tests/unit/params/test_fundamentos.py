"""Grounds, contact and watch: data with a citation, refused without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.params import contacto, fundamentos, loader, vigilancia
from workflow.params.errores import ParametroInvalido


def test_todos_con_su_cita() -> None:
    for clave, uno in fundamentos.cargar().items():
        assert uno.texto, clave
        assert uno.cita, clave
        assert uno.confianza in {"verificado", "por_verificar", "diseno"}, clave
    assert fundamentos.fundamento("oficio_respuesta").cita == "LSS 18, 22, 251-X"
    with pytest.raises(KeyError):
        fundamentos.fundamento("nadie")


def test_el_telefono_se_dice_por_verificar() -> None:
    assert contacto.telefono_ayuda() == "800 623 2323"
    datos = fundamentos.cargar(Path(contacto.__file__).parent / "contacto.yaml")
    assert datos["telefono_ayuda"].confianza == "por_verificar"


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("x: {texto: a, cita: b}", "malo.yaml: «x»: falta «confianza»"),
        ("x: {texto: a, cita: b, confianza: verificado, de_mas: d}", "«x»: claves desconocidas: de_mas"),
        ("x: {texto: a, cita: ' ', confianza: verificado}", "«x»: falta «cita»"),
        ("x: {texto: a, cita: b, confianza: alta}", "«confianza» no puede ser «alta»"),
        ("x: {texto: a, cita: b, confianza: diseno}\nx: {}", "clave repetida «x»"),
        ("x: 1", "cada una con su renglón"),
        ("[]", "cada una con su renglón"),
        ("{}", "cada una con su renglón"),
    ],
)
def test_un_fundamento_incompleto_no_entra(texto: str, dice: str, tmp_path: Path) -> None:
    archivo = tmp_path / "malo.yaml"
    archivo.write_text(texto, encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=dice):
        fundamentos.cargar(archivo)


def test_lo_vigilado_es_del_catalogo() -> None:
    assert vigilancia.vigiladas()
    for clave, una in vigilancia.vigiladas().items():
        assert loader.plazo(clave).longitud, clave
        assert una.veces in (1, 2), clave
    assert vigilancia.vigiladas()["sla_asignacion"].veces == 2


@pytest.mark.parametrize(
    "texto",
    [
        "x: {a: nadie, veces: 1, cita: c, confianza: diseno}",
        "x: {a: ooad, veces: 0, cita: c, confianza: diseno}",
        "x: {a: ooad, veces: 1.5, cita: c, confianza: diseno}",
        "x: {a: ooad, veces: 1, cita: ' ', confianza: diseno}",
        "x: {a: ooad, veces: 1, cita: c, confianza: d}",
        "x: {a: ooad, veces: 1, cita: c, confianza: diseno, otra: 1}",
    ],
)
def test_una_vigilancia_a_medias_no_entra(texto: str, tmp_path: Path) -> None:
    archivo = tmp_path / "malo.yaml"
    archivo.write_text(texto, encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=r"malo\.yaml"):
        vigilancia.vigiladas(archivo)
