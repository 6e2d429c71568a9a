"""What a paper of an enforcement may not lack (hechos §7; CFF 38, 146-A, 151-156, 172, 194-196; RCFF 97)."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.documents import muestras_pae as muestras
from workflow.errors import DatoInvalido


@pytest.mark.parametrize(
    ("fabrica", "cambio", "dice"),
    [
        (muestras.mandamiento, {"creditos": ()}, "los créditos"),
        (muestras.mandamiento, {"exigibilidad": " "}, "por qué son exigibles"),
        (muestras.mandamiento, {"ejecutores": ()}, "quién lo ejecuta"),
        (muestras.mandamiento, {"ordena": ""}, "la orden de requerir y embargar"),
        (muestras.acta_embargo, {"ejecutor": ""}, "quién actúa"),
        (muestras.acta_embargo, {"credencial": " "}, "el número de su credencial"),
        (muestras.acta_embargo, {"emisor": ""}, "quién la expidió"),
        (muestras.acta_embargo, {"hechos": ""}, "los hechos"),
        (muestras.acta_embargo, {"depositario": ""}, "quién guarda los bienes"),
        (muestras.acta_embargo, {"gravamen_bajo_protesta": ""}, "gravámenes"),
        (muestras.acta_embargo, {"vigencia": date(2026, 5, 3)}, "no estaba vigente"),
        (muestras.nombramiento, {"persona": ""}, "a quién se nombra"),
        (muestras.nombramiento, {"cargo": ""}, "el cargo"),
        (muestras.nombramiento, {"facultades": ()}, "sus facultades"),
        (muestras.oficio_inmovilizacion, {"importe": Decimal(0)}, "el importe"),
        (muestras.oficio_inmovilizacion, {"creditos": ()}, "los créditos"),
        (muestras.oficio_inmovilizacion, {"cuentas": ()}, "las cuentas o la entidad"),
        (muestras.oficio_inmovilizacion, {"instruccion": ""}, "qué se ordena"),
        (muestras.acuerdo_enajenacion, {"decision": ""}, "qué se decide"),
        (muestras.acta_entrega, {"bienes": ()}, "los bienes"),
        (muestras.liquidacion_aplicacion, {"excedente": Decimal("127499.21")}, "no suman el pago"),
        (muestras.constancia_insolvencia, {"gestiones": ()}, "las gestiones"),
        (muestras.constancia_insolvencia, {"creditos": ()}, "los créditos"),
        (muestras.constancia_insolvencia, {"causal": ""}, "la causa"),
    ],
)
def test_lo_que_falta_se_dice(fabrica, cambio: dict[str, object], dice: str) -> None:
    with pytest.raises(DatoInvalido, match=dice):
        dataclasses.replace(fabrica(), **cambio).revisar()


def test_un_requerimiento_solo_no_pide_depositario() -> None:
    dataclasses.replace(
        muestras.acta_embargo(), bienes=(), depositario="", gravamen_bajo_protesta=""
    ).revisar()
