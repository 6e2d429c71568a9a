"""The loader: what it gives, and every way in which a file is refused."""

from __future__ import annotations

import csv
import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from workflow.params import loader
from workflow.params.errores import ParametroInvalido, ReglaError

PLAZO: dict[str, Any] = {
    "clave": "ejemplo",
    "nombre": "Ejemplo",
    "longitud": 5,
    "unidad": "habiles",
    "evento_inicio": "hecho",
    "inicio": "dia_siguiente",
    "regimen": "cff",
    "prorroga": True,
    "al_vencer": "Nada",
    "cita": "CFF 1",
    "publicacion": "CFF, texto DOF 1 de enero de 2020",
    "confianza": "verificado",
    "vigente_desde": date(2020, 1, 1),
}
INHABIL: dict[str, Any] = {
    "lista": "CFF12",
    "clave": "fiesta",
    "nombre": "Fiesta",
    "tipo": "fija",
    "mes": 1,
    "dia": 1,
    "cita": "CFF 12",
    "publicacion": "CFF, texto DOF 1 de enero de 2020",
    "confianza": "verificado",
    "vigente_desde": date(2020, 1, 1),
}


def archivo(carpeta: Path, lista: str, *filas: dict[str, Any]) -> Path:
    ruta = carpeta / f"{lista}.yaml"
    ruta.write_text(yaml.safe_dump({lista: list(filas)}, allow_unicode=True), encoding="utf-8")
    return ruta


def sin(fila: dict[str, Any], *claves: str) -> dict[str, Any]:
    return {clave: valor for clave, valor in fila.items() if clave not in claves}


def test_el_catalogo_esta_completo_y_bien_escrito() -> None:
    catalogo = loader.catalogo_plazos()
    assert len(catalogo) == 193  # 157 of the law, its ceiling of ten years, 35 of configuration
    for clave, definicion in catalogo.items():
        assert definicion.clave == clave
        assert definicion.cita
        assert definicion.descripcion
        assert definicion.nombre[0].isupper()
        for texto in (definicion.nombre, definicion.evento_inicio, definicion.al_vencer, definicion.nota):
            assert not {"notificacion", "habiles", "patron", "dia", "credito", "the", "of"} & set(
                texto.split()
            ), texto
    configuracion = [p for p in catalogo.values() if p.es_configuracion]
    assert len(configuracion) == 32
    assert {p.cita for p in configuracion} == {"Fijado por configuración"}
    assert not any(p.prorroga for p in configuracion)


def test_valores_que_el_proceso_usa() -> None:
    assert loader.plazo("sla_calificacion").descripcion == "5 días hábiles"
    assert loader.plazo("surte_efectos").descripcion == "1 día hábil"
    assert loader.plazo("sesion_fecha").descripcion == "fecha u hora determinada"
    assert loader.plazo("max_reenvios").descripcion == "2 veces"
    assert loader.plazo("convocatoria_extraordinaria").descripcion == "24 horas"
    assert loader.plazo("acuerdo_cumplimiento").dispara == "al_terminar"
    assert loader.plazo("pago_credito").regimen == "racerf"
    assert loader.plazo("audiencia_asegurado").inicio == "surte_efectos"


def test_la_vigencia_se_exige() -> None:
    assert loader.plazo("doc_6", date(2026, 1, 1)).longitud == 6
    with pytest.raises(ReglaError) as error:
        loader.plazo("doc_6", date(2020, 1, 1))
    assert error.value.codigo == "PARAMETRO_NO_VIGENTE"
    assert "doc_6" in error.value.mensaje
    with pytest.raises(ReglaError) as error:
        loader.plazo("no_existe")
    assert error.value.codigo == "DATO_INVALIDO"
    entonces = loader.catalogo_plazos(date(2020, 1, 1))
    assert "doc_6" not in entonces
    assert "caducidad" in entonces


def test_es_inmutable_y_se_lee_una_vez() -> None:
    definicion = loader.plazo("doc_6")
    assert definicion is loader.plazo("doc_6")
    with pytest.raises(dataclasses.FrozenInstanceError):
        definicion.longitud = 7  # type: ignore[misc]
    with pytest.raises(TypeError):
        loader.catalogo_plazos()["doc_6"] = definicion  # type: ignore[index]


def test_listas_de_inhabiles() -> None:
    assert len(loader.dias_inhabiles("CFF12")) == 11
    assert {r.lista for r in loader.dias_inhabiles()} == {"CFF12", "LFT74", "IMSS"}
    assert all(r.cita for r in loader.dias_inhabiles())


def test_versiones_que_se_siguen(tmp_path: Path) -> None:
    ruta = archivo(
        tmp_path,
        "plazos",
        PLAZO | {"longitud": 8, "vigente_desde": date(2022, 1, 1)},
        PLAZO | {"vigente_hasta": date(2021, 12, 31), "nota": "antes"},
    )
    versiones = loader.cargar_plazos(ruta)["ejemplo"]
    assert [(v.longitud, v.vigente_hasta) for v in versiones] == [(5, date(2021, 12, 31)), (8, None)]


@pytest.mark.parametrize(
    ("filas", "dice"),
    [
        ([PLAZO, PLAZO], "dos versiones"),
        (
            [PLAZO | {"vigente_hasta": date(2022, 1, 1)}, PLAZO | {"vigente_desde": date(2022, 1, 1)}],
            "dos versiones",
        ),
        (
            [PLAZO | {"vigente_hasta": date(2021, 12, 1)}, PLAZO | {"vigente_desde": date(2022, 1, 1)}],
            "hueco",
        ),
        ([PLAZO | {"vigente_hasta": date(2019, 12, 1)}], "termina antes"),
        ([sin(PLAZO, "cita")], "falta «cita»"),
        ([PLAZO | {"cita": "  "}], "falta «cita»"),
        ([sin(PLAZO, "publicacion")], "falta «publicacion»"),
        ([sin(PLAZO, "clave")], "falta «clave»"),
        ([PLAZO | {"plaso": 1}], "claves desconocidas: plaso"),
        ([PLAZO | {"unidad": "semanas"}], "unidad"),
        ([PLAZO | {"longitud": 0}], "longitud"),
        ([PLAZO | {"longitud": True}], "longitud"),
        ([PLAZO | {"longitud": "5"}], "longitud"),
        ([PLAZO | {"prorroga": "no"}], "prorroga"),
        ([PLAZO | {"vigente_desde": "2020"}], "vigente_desde"),
        ([PLAZO | {"confianza": "alta"}], "confianza"),
        ([PLAZO | {"regimen": "lft"}], "regimen"),
        ([PLAZO | {"inicio": "instante"}], "no va con"),
        ([sin(PLAZO, "longitud") | {"unidad": "instante"}], "no va con"),
        ([PLAZO | {"unidad": "instante", "inicio": "instante"}], "no lleva longitud"),
        ([PLAZO | {"dispara": "antes"}], "dispara"),
    ],
)
def test_plazos_rechazados(tmp_path: Path, filas: list[dict[str, Any]], dice: str) -> None:
    with pytest.raises(ParametroInvalido, match=dice):
        loader.cargar_plazos(archivo(tmp_path, "plazos", *filas))


@pytest.mark.parametrize(
    ("fila", "dice"),
    [
        (sin(INHABIL, "dia"), "dia"),
        (INHABIL | {"ordinal": 1}, "claves desconocidas: ordinal"),
        (INHABIL | {"tipo": "martes"}, "tipo"),
        (INHABIL | {"tipo": "periodica", "anio": 2024, "cada": 0}, "cada"),
        (sin(INHABIL, "mes", "dia") | {"tipo": "fecha"}, "fecha"),
        (sin(INHABIL, "cita"), "cita"),
    ],
)
def test_inhabiles_rechazados(tmp_path: Path, fila: dict[str, Any], dice: str) -> None:
    with pytest.raises(ParametroInvalido, match=dice):
        loader.cargar_inhabiles(archivo(tmp_path, "inhabiles", fila))


def test_inhabiles_encimados(tmp_path: Path) -> None:
    with pytest.raises(ParametroInvalido, match="dos versiones"):
        loader.cargar_inhabiles(archivo(tmp_path, "inhabiles", INHABIL, INHABIL))
    otra_lista = loader.cargar_inhabiles(archivo(tmp_path, "inhabiles", INHABIL, INHABIL | {"lista": "IMSS"}))
    assert [r.lista for r in otra_lista] == ["CFF12", "IMSS"]


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("- 1\n", "una sola clave"),
        ("otra: []\n", "una sola clave"),
        ("plazos: []\n", "no vacía"),
        ("plazos: [1]\n", "no vacía"),
        ("plazos: {a: 1}\n", "no vacía"),
        ("plazos:\n- clave: a\n  clave: b\n", "plazos.yaml: clave repetida «clave»"),
        ("plazos:\n- longitud: 5.0\n", "plazos.yaml: decimal sin comillas «5.0» en la línea 2"),
        ("plazos:\n- {x: .inf}\n", "decimal sin comillas"),
        ("plazos: [", "plazos.yaml: no es YAML"),
    ],
)
def test_archivos_con_otra_forma(tmp_path: Path, texto: str, dice: str) -> None:
    ruta = tmp_path / "plazos.yaml"
    ruta.write_text(texto, encoding="utf-8")
    with pytest.raises(ParametroInvalido, match=dice):
        loader.cargar_plazos(ruta)


REFERENCIA = Path(__file__).with_name("plazos_referencia.csv")


def test_los_numeros_son_los_de_la_tabla_de_referencia() -> None:
    """Length, unit, start, regime and roll of the 157 terms of the law, key by key."""
    with REFERENCIA.open(encoding="utf-8", newline="") as tabla:
        filas = list(csv.DictReader(tabla))
    assert len(filas) == 157
    for fila in filas:
        definicion = loader.plazo(fila["clave"])
        assert definicion.longitud == (int(fila["longitud"]) or None), fila["clave"]
        assert (definicion.unidad, definicion.inicio) == (fila["unidad"], fila["inicio"])
        assert definicion.regimen == (fila["regimen"] or "ninguno")
        assert definicion.prorroga == (fila["prorroga"] == "true")
