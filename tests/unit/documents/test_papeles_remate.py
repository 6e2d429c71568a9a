"""What a paper of a sale may not lack (hechos §7; CFF 38, 175-177, 179, 183, 191)."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from tests.unit.documents import muestras_remate as muestras
from workflow.errors import DatoInvalido


@pytest.mark.parametrize(
    ("fabrica", "cambio", "dice"),
    [
        (muestras.avaluo_bien, {"valor": Decimal(0)}, "el valor"),
        (muestras.avaluo_bien, {"perito": " "}, "quién valuó"),
        (muestras.avaluo_bien, {"objecion": ""}, "el derecho a objetarlo"),
        (muestras.convocatoria_remate, {"bienes": ()}, "los bienes"),
        (muestras.convocatoria_remate, {"base": Decimal(0)}, "la base"),
        (muestras.convocatoria_remate, {"postura_legal": Decimal(300001)}, "la postura legal"),
        (muestras.convocatoria_remate, {"requisitos": ""}, "los requisitos"),
        (muestras.convocatoria_remate, {"gravamenes": ""}, "los acreedores"),
        (muestras.acta_remate, {"importe": Decimal("199999.99")}, "no llega a la postura legal"),
        (muestras.acta_remate, {"posturas": ()}, "las posturas"),
        (muestras.acta_remate, {"postor": ""}, "a quién se finca"),
        (muestras.acta_adjudicacion, {"valor": Decimal(300001)}, "el valor en que se adjudica"),
        (muestras.acta_adjudicacion, {"bien": ""}, "le falta el bien"),
        (muestras.acta_entrega_bien, {"recibe": ""}, "quién lo recibe"),
    ],
)
def test_lo_que_falta_se_dice(fabrica, cambio: dict[str, object], dice: str) -> None:
    with pytest.raises(DatoInvalido, match=dice):
        dataclasses.replace(fabrica(), **cambio).revisar()
