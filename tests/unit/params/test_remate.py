"""The rules of the auction as data: what the file may not say, and what its names must fit."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import String

from models.plazo import Plazo
from workflow.params import loader
from workflow.params.errores import ParametroInvalido, ReglaError
from workflow.params.remate import ARCHIVO, cargar, reglas
from workflow.params.vigencias import vigencias


def test_lo_que_rige() -> None:
    regla = reglas(date(2026, 6, 11))
    assert (regla.postura_numerador, regla.postura_denominador) == (2, 3)
    assert (regla.deposito, regla.diferencia, regla.adjudicacion) == (Decimal(10), Decimal(10), Decimal(60))
    assert (regla.ventana, regla.ampliacion, regla.hora) == (20, 5, time(12))
    with pytest.raises(ReglaError, match="reglas del remate"):
        reglas(date(2020, 1, 1))


def test_se_lee_entre_lo_vigente() -> None:
    vistas = {v.clave: v.valor for v in vigencias(date(2026, 6, 11)) if v.grupo == "remate"}
    assert vistas["postura_legal"] == "2/3 de la base"
    assert vistas["adjudicacion"] == "60 % del avalúo"


@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ('"12:00"', '"25:00"', "hora entre comillas"),
        ("postura_numerador: 2", "postura_numerador: 4", "no puede pasar de la base"),
    ],
)
def test_un_archivo_mal_escrito_se_rechaza(tmp_path: Path, antes: str, despues: str, dice: str) -> None:
    malo = tmp_path / "remate.yaml"
    malo.write_text(ARCHIVO.read_text(encoding="utf-8").replace(antes, despues), encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=dice):
        cargar(malo)


def test_los_nombres_de_los_plazos_caben_en_el_libro() -> None:
    tipo = Plazo.__table__.c.nombre.type
    assert isinstance(tipo, String)
    cabe = tipo.length or 0
    largos = {p.clave for v in loader.versiones_de_plazos().values() for p in v if len(p.nombre) > cabe}
    assert not largos
