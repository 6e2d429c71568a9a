"""How days become weeks: dated, cited, by confirming."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from workflow.params import semanas
from workflow.params.errores import ParametroInvalido, ReglaError

HOY = date(2026, 3, 2)


def test_seven_days_and_a_remainder_above_three() -> None:
    hoy = semanas.regla(HOY)
    assert (hoy.dias, hoy.sobrante, hoy.cita, hoy.confianza) == (7, 3, "LSS 20", "por_verificar")


def test_before_the_law_there_is_none() -> None:
    with pytest.raises(ReglaError):
        semanas.regla(date(1990, 1, 1))


@pytest.mark.parametrize(("antes", "despues"), [("sobrante: 3", "sobrante: 7"), ("dias: 7", "otra: 7")])
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, antes: str, despues: str) -> None:
    malo = tmp_path / "semanas.yaml"
    malo.write_text(semanas.ARCHIVO.read_text().replace(antes, despues))
    with pytest.raises(ParametroInvalido):
        semanas.cargar(malo)
