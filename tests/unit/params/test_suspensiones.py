"""The grounds on which a case stops: each with its citation."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.params.errores import ParametroInvalido
from workflow.params.suspensiones import causales


def test_cada_causa_dice_su_fundamento() -> None:
    assert len(causales()) >= 5
    for causal in causales().values():
        assert causal.nombre.strip()
        assert causal.cita.strip()
        assert causal.confianza in {"verificado", "por_verificar", "diseno"}


def test_sin_cita_no_se_carga(tmp_path: Path) -> None:
    malo = tmp_path / "malo.yaml"
    malo.write_text("huelga: {nombre: Huelga, cita: '', confianza: verificado}", encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="huelga"):
        causales(malo)
