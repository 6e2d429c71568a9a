"""A bank's file of payments: what is read, and what is said of the rest."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from workflow.adapters import banco
from workflow.errors import DatoInvalido

CABEZA = "fecha,referencia,linea_captura,importe,registro_patronal\n"


def test_un_renglon_bueno_como_lo_escribe_cada_banco() -> None:
    uno = banco.leer(CABEZA + '2026-06-10,R 1,cre-2026-000001-4,"1,234.50",C61-40772 10\n')[0]
    dos = banco.leer(
        "Referencia;Fecha;Línea de captura;Importe;Registro patronal\n"
        "R 1;10/06/2026; CRE-2026-000001-4;$1234.5;c614077210"
    )[0]
    for r in (uno, dos):
        assert (r.fecha, r.referencia, r.importe) == (dt.date(2026, 6, 10), "R 1", Decimal("1234.50"))
        assert (r.folio, r.registro, r.falla) == ("CRE-2026-000001-4", "C614077210", "")
    assert (uno.linea, uno.escrito["importe"]) == (2, "1,234.50")


@pytest.mark.parametrize(
    ("fila", "frases"),
    [
        ("31/06/2026,R,CRE,1,C", ["fecha no existe"]),
        ("2026-06-10,,CRE,1,C", ["Falta la referencia"]),
        ("2026-06-10,R,,1,C", ["línea de captura"]),
        ("2026-06-10,R,CRE,-1,C", ["negativa"]),
        (",,,x,", ["fecha no existe", "con números", "Falta la referencia", "línea de captura"]),
        ("2026-06-10,R", ["con números", "línea de captura"]),
    ],
)
def test_cada_falla_dice_que_hacer(fila: str, frases: list[str]) -> None:
    falla = banco.leer(CABEZA + fila)[0].falla
    assert all(frase in falla for frase in frases)


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        ("", "nombrar las columnas"),
        ("fecha,importe\n", "nombrar las columnas"),
        (CABEZA, "entre 1 y 1,000"),
        (CABEZA + "2026-06-10,R,CRE,1,C\n" * 1_001, "entre 1 y 1,000"),
        (CABEZA + '"' + "x" * 200_000, "no es un CSV"),
    ],
)
def test_lo_que_no_es_un_archivo_de_pagos(contenido: str, frase: str) -> None:
    with pytest.raises(DatoInvalido, match=frase):
        banco.leer(contenido)


def test_el_texto_de_un_archivo() -> None:
    assert banco.texto("\ufeffaño".encode()) == "año"
    assert banco.texto("año".encode("cp1252")) == "año"
    with pytest.raises(DatoInvalido, match="no es un CSV"):
        banco.texto(b"PK\0")
    with pytest.raises(DatoInvalido, match="1 MB"):
        banco.texto(b"x" * 1_000_001)
    assert banco.huella("x") == banco.huella("x") != banco.huella("y")
