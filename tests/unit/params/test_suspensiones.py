"""The grounds on which a case stops: each with its citation, what it stops and up to when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from workflow.params import ampliaciones
from workflow.params.errores import ParametroInvalido
from workflow.params.suspensiones import cargar, causal, causales, detiene, grupo, nombre

BUENA = {
    "nombre": "Huelga",
    "cita": "CFF 46-A",
    "publicacion": "CFF, texto DOF 14 de noviembre de 2025",
    "confianza": "verificado",
    "vigente_desde": date(2025, 11, 15),
    "detiene": ["visita"],
    "detiene_tareas": False,
}

SIN_VISITA = {"inconformidad", "juicio", "cobro_suspendido", "aclaracion", "convenio", "garantia"}


def _cargar(tmp_path: Path, grupos: object = None, **cambios: object) -> None:
    datos = {k: v for k, v in (BUENA | cambios).items() if v is not None}
    archivo = tmp_path / "malo.yaml"
    archivo.write_text(
        yaml.safe_dump({"grupos": grupos or {"visita": ["visita_max"]}, "causales": {"huelga": datos}}),
        encoding="utf-8",
    )
    assert cargar(archivo).causales["huelga"].nombre == "Huelga"


def test_cada_causa_dice_su_fundamento() -> None:
    assert len(causales()) >= 13
    for clave, una in causales().items():
        assert una.clave == clave
        assert una.nombre.strip()
        assert una.cita.strip()
        assert una.publicacion.strip()
        assert una.confianza in {"verificado", "por_verificar", "diseno"}
    assert len({una.nombre for una in causales().values()}) == len(causales())


@pytest.mark.parametrize(
    ("causales_", "clave"),
    [
        # CFF 50: only I, II, III, a remedy against the acta final or the oficio, and the acuerdo conclusivo.
        (
            {"huelga", "fallecimiento", "domicilio", "medio_defensa_final", "acuerdo_conclusivo"},
            "resolucion",
        ),
        # LSS 297: only the inconformidad and the trial.
        ({"inconformidad", "juicio"}, "caducidad"),
        ({"inconformidad", "juicio"}, "antig_denuncia"),
        ({"inconformidad", "cobro_suspendido", "domicilio", "convenio", "garantia"}, "prescripcion"),
        (set(causales()) - SIN_VISITA, "visita_max"),
        (set(causales()) - SIN_VISITA, "visita_max_financiero"),
        (
            {"inconformidad", "cobro_suspendido", "aclaracion", "fuerza_mayor", "orden_judicial"}
            | {"convenio", "garantia"},
            "pago_credito",
        ),
        # What the administrator fixes stops by any ground.
        (set(causales()), "sla_analisis"),
    ],
)
def test_cada_plazo_tiene_su_propia_lista(causales_: set[str], clave: str) -> None:
    assert {una for una in causales() if detiene(una, clave)} == causales_


def test_una_causa_escrita_a_mano_detiene_todo_y_no_tiene_tope() -> None:
    assert causal("Derrumbe") is None
    assert nombre("Derrumbe") == "Derrumbe"
    assert detiene("Derrumbe", "resolucion")
    assert grupo("visita_max") == "visita"
    assert grupo("sla_analisis") == "configuracion"
    assert grupo("ultima_parcial") == grupo("no_existe") == "demas"


def test_una_causa_se_encuentra_por_su_clave_o_por_su_nombre() -> None:
    assert causal("huelga") is causal("Huelga en la empresa") is causales()["huelga"]
    assert nombre("huelga") == "Huelga en la empresa"


def test_los_topes_son_los_del_cff_46_a() -> None:
    topes = {clave: (una.tope, una.tope_suma) for clave, una in causales().items() if una.tope}
    assert topes == {
        "requerimiento": ("tope_46a_iv", "tope_46a_iv_suma"),
        "reposicion": ("tope_reposicion", ""),
        "colegiado": ("tope_colegiado", ""),
    }
    assert not any(causales()[clave].detiene_tareas for clave in topes)


def test_lo_bueno_se_carga(tmp_path: Path) -> None:
    _cargar(tmp_path)


@pytest.mark.parametrize(
    ("cambios", "queja"),
    [
        ({"cita": ""}, "huelga"),
        ({"nombre": None}, "nombre"),
        ({"nombre": "x" * 61}, "60"),
        ({"confianza": "quizá"}, "confianza"),
        ({"detiene": None}, "falta «detiene»"),
        ({"detiene": []}, "falta «detiene»"),
        ({"detiene": ["nada"]}, "nada"),
        ({"detiene_tareas": "no"}, "true o false"),
        ({"tope": "nada"}, "nada"),
        ({"tope": "doc_6"}, "en meses"),
        ({"tope_suma": "tope_46a_iv"}, "pide también"),
        ({"tope": "tope_46a_iv", "detiene_tareas": True}, "nadie las soltaría"),
        ({"otra": 1}, "otra"),
        ({"grupos": {"visita": ["nada"]}}, "nada"),
        ({"grupos": {"visita": ["visita_max"], "otro": ["visita_max"]}}, "dos grupos"),
    ],
)
def test_lo_malo_no_se_carga(tmp_path: Path, cambios: dict[str, object], queja: str) -> None:
    with pytest.raises(ParametroInvalido, match=queja):
        _cargar(tmp_path, **cambios)


@pytest.mark.parametrize("texto", ["[]", "{causales: {}}", "{grupos: {}, causales: {}, otra: {}}"])
def test_el_archivo_tiene_sus_dos_partes(tmp_path: Path, texto: str) -> None:
    malo = tmp_path / "malo.yaml"
    malo.write_text(texto, encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="nada más"):
        cargar(malo)


def test_que_amplia_que() -> None:
    assert ampliaciones.ampliables("ultima_parcial") == ("ultima_parcial_amp",)
    assert ampliaciones.ampliables("oficio_obs") == ("oficio_obs_amp",)
    assert ampliaciones.ampliables("resolucion") == ()


@pytest.mark.parametrize("texto", ["doc_6: [nada]", "nada: [doc_6]", "doc_6: [sesion_fecha]"])
def test_una_ampliacion_que_no_se_cuenta(tmp_path: Path, texto: str) -> None:
    malo = tmp_path / "malo.yaml"
    malo.write_text(texto, encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="no es un plazo que se cuente"):
        ampliaciones.cargar(malo)
