"""What the worker reads: every state has its sentence, plain, with a date and nothing about the employer."""

from __future__ import annotations

import re

import pytest

from models.denuncia import CAUSAS, EstadoDenuncia
from workflow.rules import estatus_publico as ep


@pytest.mark.parametrize("estado", list(EstadoDenuncia))
def test_todo_estado_tiene_frase(estado: EstadoDenuncia) -> None:
    estatus = ep.de_estado(estado.value)
    assert estatus.frase.endswith(".")
    assert estatus.que_sigue.endswith(".")
    assert ("{f}" in estatus.cuando) == bool(estatus.plazos)
    assert 0 <= estatus.paso < len(ep.PASOS)


def test_toda_causa_de_cierre_se_explica() -> None:
    cerradas = {c for e, causas in CAUSAS.items() if ep.DE_ESTADO[e.value] == "cerrada" for c in causas}
    assert all(ep.subtexto(c.value) for c in cerradas)
    assert ep.subtexto(None) == ep.subtexto("por_correccion") == ""


def test_nada_dice_que_se_hace_al_patron() -> None:
    textos = " ".join(f"{e.frase} {e.que_sigue} {e.cuando}" for e in ep.ESTATUS.values())
    assert not re.search(r"patr[oó]n|visita|auditor|multa|cr[eé]dito|embargo", textos, re.I)


def _silabas(palabra: str) -> int:
    return max(1, len(re.findall(r"[aeiouáéíóúü]+", palabra.lower())))


def test_se_lee_facil() -> None:
    """Fernández-Huerta ≥ 60 over each status."""
    for e in ep.ESTATUS.values():
        texto = f"{e.frase} {e.que_sigue}"
        palabras = re.findall(r"\w+", texto)
        frases = len(re.findall(r"[.;]", texto))
        facilidad = 206.84 - 60 * sum(map(_silabas, palabras)) / len(palabras) - 1.02 * len(palabras) / frases
        assert facilidad >= 60, (e.clave, facilidad)
