"""Who is told before a term ends: a closed list of nouns, roles and days that go down."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.params import preavisos
from workflow.params.errores import ParametroInvalido
from workflow.params.loader import plazo

BUENO = 'pago_credito: {de: credito, dias: [30, 3], a: [jefe_cobranza], cita: "X", confianza: diseno}\n'


def test_every_term_announced_is_of_the_catalogue() -> None:
    for clave, uno in preavisos.preavisos().items():
        assert plazo(clave).clave == clave
        assert set(uno.a) <= preavisos.DE_LA_UNIDAD | preavisos.DEL_OOAD
    assert preavisos.preavisos()["caducidad"].dias == (180, 60)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    archivo = tmp_path / "preavisos.yaml"
    archivo.write_text(BUENO)
    assert preavisos.preavisos(archivo)["pago_credito"].dias == (30, 3)


@pytest.mark.parametrize(
    ("antes", "despues"),
    [
        ("[30, 3]", "[3, 30]"),
        ("[30, 3]", "[3, 3]"),
        ("[30, 3]", "[]"),
        ("[30, 3]", "[0]"),
        ("[30, 3]", "[true]"),
        ("[30, 3]", "3"),
        ("[jefe_cobranza]", "[administrador]"),
        ("[jefe_cobranza]", "[]"),
        ("de: credito", "de: sesion"),
        ('cita: "X"', 'sobra: "X"'),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, antes: str, despues: str) -> None:
    archivo = tmp_path / "preavisos.yaml"
    archivo.write_text(BUENO.replace(antes, despues))
    with pytest.raises(ParametroInvalido):
        preavisos.preavisos(archivo)
