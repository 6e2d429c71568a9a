"""When the universe of an act singles out who filed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from workflow.params import multas, reidentificacion
from workflow.params.errores import ParametroInvalido

FORMULARIO = Path(__file__).parents[3] / "bpmn/acto_fiscalizacion/formularios/preparar_determinacion.json"


def test_regla_en_vigor() -> None:
    regla = reidentificacion.reserva(date(2026, 3, 2))
    assert regla.grupo_minimo > 1
    assert regla.universos == reidentificacion.UNIVERSOS
    assert regla.confianza == "diseno"


def test_renglon_con_clave_desconocida(tmp_path: Path) -> None:
    archivo = tmp_path / "reidentificacion.yaml"
    archivo.write_text("reidentificacion:\n  - {grupo_minimo: 10, universo: [todo]}\n", encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="universo"):
        reidentificacion.cargar(archivo)


def test_el_formulario_ofrece_las_infracciones_de_la_ley() -> None:
    datos = json.loads(FORMULARIO.read_text(encoding="utf-8"))
    opciones = datos["properties"]["infracciones"]["items"]["properties"]["clave"]["enum"]
    assert opciones == [una.clave for una in multas.infracciones()]
