"""What a paper of a notificacion may not lack (hechos §7; CFF 38, 135, 137, 139, 140)."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tests.unit.documents import muestras_notificacion as muestras
from workflow import documents as doc
from workflow.errors import DatoInvalido

SIN_FIRMAR = doc.Firma(nombre="Rosa Vega Ortiz", cargo="Vecina", modo=doc.ModoFirma.NEGADA)


@pytest.mark.parametrize("fabrica", muestras.DE_NOTIFICACION)
def test_the_example_is_whole_and_nothing_of_cff_38_may_lack(fabrica) -> None:
    fabrica().revisar()
    with pytest.raises(DatoInvalido, match="artículo 38"):
        dataclasses.replace(fabrica(), motivo=" ").revisar()


@pytest.mark.parametrize(
    ("fabrica", "cambio", "dice"),
    [
        (muestras.citatorio, {"cita": muestras.DEJADO}, "después de dejar el citatorio"),
        (muestras.citatorio, {"dejado_con": " "}, "con quién se dejó"),
        (muestras.constancia_notificacion, {"quien_recibe": ""}, "quién recibió"),
        (muestras.constancia_notificacion, {"hora": ""}, "la hora"),
        (muestras.constancia_notificacion, {"cercioramiento": ""}, "cómo se cercioró"),
        (muestras.constancia_notificacion, {"recibe": None}, "la firma de quien recibió"),
        (muestras.constancia_notificacion, {"recibe": SIN_FIRMAR}, "o su negativa"),
        (muestras.constancia_estrados, {"fecha": date(2026, 3, 27)}, "no siguen el orden"),
        (muestras.edicto, {"publicaciones": ()}, "sus fechas"),
        (muestras.edicto, {"resumen": ""}, "el resumen"),
    ],
)
def test_a_missing_part_is_a_refusal_with_its_sentence(fabrica, cambio: dict[str, object], dice: str) -> None:
    with pytest.raises(DatoInvalido, match=dice):
        dataclasses.replace(fabrica(), **cambio).revisar()


def test_nobody_signs_what_is_not_served_before_a_person() -> None:
    papel = dataclasses.replace(
        muestras.constancia_notificacion(), presencial=False, recibe=None, quien_recibe="", hora=""
    )
    papel.revisar()
