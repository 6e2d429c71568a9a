"""The order of a payment as data: complete, cited, refused when wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from workflow.params import aplicacion
from workflow.params.errores import ParametroInvalido, ReglaError


def test_el_orden_del_codigo() -> None:
    claves = [lugar.clave for lugar in aplicacion.orden()]
    assert claves[:3] == ["gastos", "recargos", "multa"]
    assert claves.index("indemnizacion") < claves.index("cuotas_trabajador") < claves.index("cuotas_patron")
    assert {lugar.confianza for lugar in aplicacion.orden() if "CFF 194" in lugar.cita} == {"verificado"}
    assert aplicacion.antiguedad().confianza == "diseno"


def test_el_cheque() -> None:
    regla = aplicacion.cheque(date(2026, 6, 1))
    assert (regla.porcentaje, regla.dias, regla.cita) == (Decimal("20"), 3, "CFF 21")
    with pytest.raises(ReglaError, match="indemnización por cheque"):
        aplicacion.cheque(date(2015, 12, 31))


@pytest.mark.parametrize(
    ("cambio", "frase"),
    [
        (lambda d: d["lugares"].pop(), "una vez cada lugar"),
        (lambda d: d["lugares"].append(d["lugares"][0]), "una vez cada lugar"),
        (lambda d: d["antiguedad"].append(d["antiguedad"][0]), "un solo renglón"),
        (lambda d: d["lugares"][0].update(otra=1), "claves desconocidas"),
        (lambda d: d["cheques"][0].update(dias=0), "entero de 1 o más"),
        (lambda d: d.pop("cheques"), "se esperan solo las claves"),
    ],
)
def test_un_archivo_mal_escrito_no_contesta(tmp_path: Path, cambio: Callable[[Any], Any], frase: str) -> None:
    datos = copy.deepcopy(yaml.safe_load(aplicacion.ARCHIVO.read_text(encoding="utf-8")))
    cambio(datos)
    ruta = tmp_path / "aplicacion.yaml"
    ruta.write_text(yaml.safe_dump(datos, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=frase):
        aplicacion.cargar(ruta)
