"""Every way in which a file of values of the law is refused: a wrong file never answers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from workflow.params import ceav, cuotas, gastos_ejecucion, multas, recargos, salario_minimo, uma
from workflow.params.errores import ParametroInvalido

MODULOS: dict[str, ModuleType] = {
    modulo.__name__.rpartition(".")[2]: modulo
    for modulo in (ceav, cuotas, gastos_ejecucion, multas, recargos, salario_minimo, uma)
}
Cambio = Callable[[dict[str, Any]], Any]


def con(carpeta: Path, nombre: str, cambio: Cambio) -> Path:
    """The file of the house, changed."""
    datos = copy.deepcopy(yaml.safe_load(MODULOS[nombre].ARCHIVO.read_text(encoding="utf-8")))
    cambio(datos)
    ruta = carpeta / f"{nombre}.yaml"
    ruta.write_text(yaml.safe_dump(datos, allow_unicode=True), encoding="utf-8")
    return ruta


def pon(lista: str, numero: int, **valores: Any) -> Cambio:
    return lambda datos: datos[lista][numero].update(valores)


def quita(lista: str, numero: int, campo: str) -> Cambio:
    return lambda datos: datos[lista][numero].pop(campo)


def borra(lista: str, numero: int) -> Cambio:
    return lambda datos: datos[lista].pop(numero)


def repite(lista: str, numero: int) -> Cambio:
    return lambda datos: datos[lista].append(datos[lista][numero])


def tramo(cual: int, **valores: Any) -> Cambio:
    return lambda datos: datos["tablas"][1]["renglones"][cual].update(valores)


@pytest.mark.parametrize("nombre", MODULOS)
def test_el_archivo_de_la_casa_pasa(nombre: str, tmp_path: Path) -> None:
    assert MODULOS[nombre].cargar(con(tmp_path, nombre, lambda datos: None))


LISTAS = [
    ("uma", "uma"),
    ("salario_minimo", "salarios"),
    ("cuotas", "ramos"),
    ("cuotas", "primas"),
    ("cuotas", "limites"),
    ("ceav", "tablas"),
    ("recargos", "tasas"),
    ("recargos", "topes"),
    ("multas", "infracciones"),
    ("multas", "ajustes"),
    ("gastos_ejecucion", "tarifas"),
    ("gastos_ejecucion", "actos"),
]


@pytest.mark.parametrize(("nombre", "lista"), LISTAS)
@pytest.mark.parametrize(
    ("campo", "valor", "dice"),
    [
        ("cita", "", "falta «cita»"),
        ("publicacion", " ", "falta «publicacion»"),
        ("confianza", "alta", "«confianza» no puede ser «alta»"),
        ("vigente_desde", "2020", "«vigente_desde» debe ser una fecha"),
        ("vigente_hasta", None, "«vigente_hasta» debe ser una fecha"),
        ("nota", 3, "falta «nota»"),
        ("valr", "1", "claves desconocidas: valr"),
    ],
)
def test_sin_respaldo_no_entra(
    nombre: str, lista: str, campo: str, valor: Any, dice: str, tmp_path: Path
) -> None:
    with pytest.raises(ParametroInvalido, match=f"^{nombre}.yaml: .*{dice}"):
        MODULOS[nombre].cargar(con(tmp_path, nombre, pon(lista, 0, **{campo: valor})))


@pytest.mark.parametrize(
    ("nombre", "cambio", "dice"),
    [
        ("uma", borra("uma", 3), "hueco después del 2019-01-31"),
        ("uma", repite("uma", 3), "dos versiones vigentes"),
        ("uma", pon("uma", 3, vigente_hasta=date(2020, 2, 1)), "dos versiones vigentes"),
        ("uma", pon("uma", 3, vigente_hasta=date(2018, 2, 1)), "termina antes"),
        ("uma", pon("uma", 0, diario=73), "«diario» debe ser un decimal entre comillas"),
        ("uma", pon("uma", 0, diario=73.04), "decimal sin comillas «73.04» en la línea"),
        ("uma", pon("uma", 0, diario="-73.04"), "«diario»"),
        ("uma", pon("uma", 0, diario="73,04"), "«diario»"),
        ("uma", pon("uma", 0, diario="١"), "«diario»"),
        ("uma", quita("uma", 0, "anual"), "«anual»"),
        ("uma", lambda d: d.update(otra=[]), "se espera una sola clave"),
        ("uma", lambda d: d.update(uma=[]), "no vacía"),
        ("salario_minimo", pon("salarios", 0, zona="norte"), "«zona» no puede ser «norte»"),
        ("salario_minimo", lambda d: d.update(salarios=d["salarios"][:11]), "se esperan las zonas"),
        ("salario_minimo", borra("salarios", 4), "general: hueco"),
        ("salario_minimo", pon("salarios", 0, zona="zlfn"), "zlfn: hueco"),
        ("cuotas", lambda d: d.pop("limites"), "se esperan solo las claves: ramos, primas, limites"),
        ("cuotas", borra("ramos", 2), "falta EM_DIN"),
        ("cuotas", borra("primas", 4), "falta V"),
        ("cuotas", borra("limites", 0), "falta tope_uma"),
        ("cuotas", repite("ramos", 0), "EM_CF: dos versiones"),
        ("cuotas", pon("ramos", 0, base="salario"), "base"),
        ("cuotas", pon("ramos", 0, pago="anual"), "pago"),
        ("cuotas", quita("ramos", 0, "patron"), "«patron» solo falta en CEAV, RT"),
        ("cuotas", pon("ramos", 8, patron="1.00"), "«patron» solo falta en CEAV, RT"),
        ("cuotas", pon("ramos", 0, codigo="INFONAVIT"), "INFONAVIT"),
        ("cuotas", pon("limites", 0, unidad="pesos"), "pesos"),
        ("ceav", borra("tablas", 3), "hueco"),
        ("ceav", pon("tablas", 0, renglones=[]), "«renglones» debe ser una lista de renglones"),
        ("ceav", pon("tablas", 0, renglones=[1]), "«renglones» debe ser una lista de renglones"),
        ("ceav", tramo(0, numero=2), "se numeran"),
        ("ceav", tramo(7, hasta="9.00"), "el último no llevan"),
        ("ceav", tramo(0, hasta="1.00"), "no llevan «hasta»"),
        ("ceav", tramo(2, hasta="1.50"), "y crecer"),
        ("ceav", lambda d: d["tablas"][1]["renglones"][3].pop("hasta"), "deben llevar «hasta»"),
        ("ceav", tramo(2, patron=None), "«patron»"),
        ("ceav", tramo(2, tope=1), "CEAV 2023-01-01: 3: claves desconocidas: tope"),
        ("recargos", pon("tasas", 0, vigente_desde=date(2016, 2, 1)), "su año entero"),
        ("recargos", lambda d: d["tasas"][10].pop("vigente_hasta"), "su año entero"),
        ("recargos", borra("tasas", 3), "hueco"),
        ("recargos", pon("tasas", 0, anio="2016"), "«anio»"),
        ("recargos", pon("topes", 0, meses=0), "«meses»"),
        ("multas", repite("infracciones", 1), "304-A-II: está dos veces"),
        ("multas", quita("infracciones", 1, "clave"), "falta «clave»"),
        ("multas", pon("infracciones", 1, minimo="351"), "mayor que"),
        ("multas", pon("infracciones", 1, unidad="pesos"), "pesos"),
        ("multas", pon("infracciones", 1, adicionada="ayer"), "adicionada"),
        ("multas", borra("ajustes", 1), "los ajustes son"),
        ("multas", repite("ajustes", 1), "los ajustes son"),
        ("multas", pon("ajustes", 1, clave="otra"), "los ajustes son"),
        ("multas", pon("ajustes", 1, unidad="uma"), "unidad"),
        ("gastos_ejecucion", pon("tarifas", 0, minimo="90000.00"), "mayor que"),
        ("gastos_ejecucion", lambda d: d["tarifas"][0].pop("vigente_hasta"), "dos versiones"),
        ("gastos_ejecucion", repite("actos", 1), "está dos veces"),
        ("gastos_ejecucion", pon("actos", 1, diligencias=["desalojo"]), "debe ser una lista de"),
        ("gastos_ejecucion", pon("actos", 1, diligencias=[]), "debe ser una lista de"),
        ("gastos_ejecucion", pon("actos", 1, diligencias="embargo"), "debe ser una lista de"),
        ("gastos_ejecucion", pon("actos", 1, diligencias=["embargo", "embargo"]), "repite"),
    ],
)
def test_lo_que_no_cuadra_no_entra(nombre: str, cambio: Cambio, dice: str, tmp_path: Path) -> None:
    with pytest.raises(ParametroInvalido, match=dice):
        MODULOS[nombre].cargar(con(tmp_path, nombre, cambio))


def test_una_version_nueva_se_toma_en_su_fecha(tmp_path: Path) -> None:
    """What whoever keeps the tables does every year: close nothing, add a row."""

    def otra(datos: dict[str, Any]) -> None:
        nueva = datos["uma"][-1] | {
            "diario": "121.00",
            "vigente_desde": date(2027, 2, 1),
            "vigente_hasta": date(2028, 1, 31),
        }
        datos["uma"].append(nueva)

    umas = uma.cargar(con(tmp_path, "uma", otra))
    assert umas[-1].diario == Decimal("121.00")
    assert umas[-2].diario == Decimal("117.31")
