"""Each benchmark runs, in its smallest size and without rivals from outside. No seconds are judged here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import BANCOS
from tests.benchmarks.marco import Informe, Pasada, Resumen, Tamano, Vara, escribir, numero, por_turnos

MINIMO = Tamano(("sqlite",), 0.00001, con_ajenos=False)


@pytest.mark.parametrize("banco", BANCOS)
def test_corre_en_su_menor_tamano(banco: str, tmp_path: Path) -> None:
    informes = BANCOS[banco].correr(MINIMO, tmp_path)
    assert informes
    for informe in informes:
        assert informe.filas
        assert all(len(fila) == len(informe.columnas) for fila in informe.filas)
    escribir(informes, tmp_path / "bancos.json")
    leido = json.loads((tmp_path / "bancos.json").read_text(encoding="utf-8"))
    assert [uno["banco"] for uno in leido["bancos"]] == [uno.banco for uno in informes]
    assert leido["maquina"]["nucleos"] >= 1


def test_lo_que_no_depende_de_la_prisa_se_cumple(tmp_path: Path) -> None:
    (informe,) = BANCOS["referencia"].correr(MINIMO, tmp_path)
    (bytes_,) = (vara for vara in informe.varas if vara.que.startswith("bytes"))
    assert bytes_.cumple, str(bytes_)


def test_todos_juegan_cada_ronda_y_no_siempre_en_el_mismo_orden() -> None:
    orden: list[str] = []

    def rival(nombre: str) -> Pasada:
        orden.append(nombre)
        return Pasada(1, 2.0, [1.0, 3.0])

    rivales = {nombre: lambda _casos, n=nombre: rival(n) for nombre in "abc"}
    pasadas = por_turnos(rivales, 2, 10)
    assert "".join(orden) == "abc" + "abc" + "bca", "the first turn is not counted"
    assert {nombre: len(p) for nombre, p in pasadas.items()} == dict.fromkeys("abc", 2)
    resumen = Resumen.de(pasadas["a"], 2)
    assert (resumen.casos_s, resumen.pasos_s, resumen.p95_ms, resumen.limpio_ms) == (0.5, 1.0, 3000.0, 2000.0)


def test_una_vara_dice_si_se_cumple_y_la_tabla_la_muestra() -> None:
    alta, baja = Vara("casos/s", 2.5, 2, al_menos=True), Vara("paso", 1.6, 1.5)
    assert alta.cumple
    assert not baja.cumple
    informe = Informe("x", "Título", ("a", "b"), [(1, None)], [alta, baja], ["nota"])
    assert informe.tabla().splitlines()[-3:] == [
        "- cumple: casos/s = 2.5 (≥ 2)",
        "- NO CUMPLE: paso = 1.6 (≤ 1.5)",
        "- nota",
    ]
    assert [numero(x) for x in (None, "x", 1234, 1234.5, 0.5678)] == ["–", "x", "1 234", "1 234", "0.568"]
