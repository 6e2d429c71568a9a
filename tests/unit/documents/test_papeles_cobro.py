"""The block of CFF 38 in every paper of an enforcement and of its sales."""

from __future__ import annotations

import dataclasses

import pytest

from tests.unit.documents import muestras_pae, muestras_remate
from workflow.errors import DatoInvalido


@pytest.mark.parametrize("fabrica", [*muestras_pae.DE_PAE, *muestras_remate.DE_REMATE])
def test_el_ejemplo_esta_completo_y_nada_del_38_puede_faltar(fabrica) -> None:
    fabrica().revisar()
    with pytest.raises(DatoInvalido, match="artículo 38"):
        dataclasses.replace(fabrica(), motivo=" ").revisar()
