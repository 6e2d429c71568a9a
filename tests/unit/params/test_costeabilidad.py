"""When a credit costs more to collect than what it is: dated, cited, by confirming."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from workflow.params import costeabilidad
from workflow.params.errores import ParametroInvalido, ReglaError


def test_the_threshold_is_in_udi_and_to_be_confirmed() -> None:
    hoy = costeabilidad.costeabilidad(date(2026, 3, 2))
    assert hoy.incosteable_udi == 200
    assert hoy.umbral == hoy.incosteable_udi * hoy.valor_udi == Decimal("1720.00")
    assert hoy.confianza == "por_verificar"
    assert "CFF 146-A" in hoy.cita


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(ReglaError):
        costeabilidad.costeabilidad(date(2015, 1, 1))


def test_a_field_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    malo = tmp_path / "costeabilidad.yaml"
    malo.write_text(costeabilidad.ARCHIVO.read_text() + '    sobra: "1"\n')
    with pytest.raises(ParametroInvalido, match="sobra"):
        costeabilidad.cargar(malo)
