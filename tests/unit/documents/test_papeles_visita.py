"""What a paper of a visit may not lack (hechos §7; CFF 38, 44, 46, 53)."""

from __future__ import annotations

import dataclasses

import pytest

from tests.unit.documents import muestras_visita as muestras
from workflow import documents as doc
from workflow.errors import DatoInvalido


@pytest.mark.parametrize("fabrica", muestras.DE_VISITA)
def test_the_example_is_whole_and_nothing_of_cff_38_may_lack(fabrica) -> None:
    fabrica().revisar()
    with pytest.raises(DatoInvalido, match="artículo 38"):
        dataclasses.replace(fabrica(), objeto=" ").revisar()


@pytest.mark.parametrize("fabrica", muestras.ACTAS)
def test_no_acta_without_place_facts_witnesses_and_signatures(fabrica) -> None:
    uno = fabrica().testigos[:1]
    for cambio, dice in (
        ({"orden": ""}, "la orden en que se funda"),
        ({"lugar_visita": " "}, "el lugar"),
        ({"hechos": ""}, "los hechos circunstanciados"),
        ({"visitadores": ()}, "quiénes visitan"),
        ({"testigos": uno}, "dos testigos"),
        ({"testigos": uno * 2}, "dos testigos"),
        ({"comparecen": ()}, "las firmas o sus negativas"),
        ({"fin": muestras.INICIO.replace(hour=1)}, "antes de empezar"),
    ):
        with pytest.raises(DatoInvalido, match=dice):
            dataclasses.replace(fabrica(), **cambio).revisar()


@pytest.mark.parametrize(
    ("fabrica", "cambio", "dice"),
    [
        (muestras.acta_inicio, {"persona": ""}, "con quién se entendió"),
        (muestras.acta_inicio, {"entrega_orden": False}, "la entrega de la orden"),
        (
            muestras.acta_inicio,
            {"visitadores": (doc.Visitador(nombre="Daniela Solís"),)},
            "la identificación de cada visitador",
        ),
        (muestras.ultima_acta_parcial, {"leyenda": ""}, "la mención del plazo para desvirtuar"),
        (muestras.acta_final, {"resultado": ""}, "cómo termina la visita"),
        (muestras.acta_final, {"persona": " "}, "ante quién se cierra"),
        (muestras.acta_final, {"observados": (muestras.hecho(),)}, "el resultado de cada hecho"),
        (muestras.citatorio_visita, {"cita": muestras.INICIO}, "después de dejar el citatorio"),
        (muestras.citatorio_visita, {"dejado_con": ""}, "con quién se dejó"),
        (muestras.oficio_reposicion, {"cuerpo": ""}, "lo que comunica"),
        (muestras.constancia_correccion, {"orden": ""}, "la orden en que se funda"),
        (muestras.requerimiento, {"documentos": ()}, "los documentos que se piden"),
        (muestras.requerimiento, {"plazo": ""}, "el plazo"),
        (muestras.requerimiento, {"entrega": ""}, "el lugar de entrega"),
    ],
)
def test_a_missing_part_is_a_refusal_with_its_sentence(fabrica, cambio: dict[str, object], dice: str) -> None:
    with pytest.raises(DatoInvalido, match=dice):
        dataclasses.replace(fabrica(), **cambio).revisar()


def test_a_last_acta_without_facts_needs_no_mention_of_the_term() -> None:
    dataclasses.replace(muestras.ultima_acta_parcial(), observados=(), leyenda="").revisar()
