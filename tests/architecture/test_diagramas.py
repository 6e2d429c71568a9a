"""Diagrams, operations and forms name each other, in both directions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import yaml

from models.organizacion import Rol
from tests.architecture import fuentes
from workflow.operations import _registry
from workflow.params import loader

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DEN = "{https://denuncias.mx/bpmn}"
DIAGRAMAS = sorted((fuentes.RAIZ / "bpmn").rglob("*.bpmn"))


def _nodos(etiqueta: str) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """(diagram, node id, attributes of its den:nodo) of every node of a kind."""
    for ruta in DIAGRAMAS:
        for nodo in ET.parse(ruta).getroot().iter(BPMN + etiqueta):
            propio = nodo.find(f"{BPMN}extensionElements/{DEN}nodo")
            yield ruta, nodo.attrib["id"], dict(propio.attrib) if propio is not None else {}


def _nombradas() -> set[str]:
    return {
        a["operacion"] for tipo in ("userTask", "serviceTask") for _, _, a in _nodos(tipo) if "operacion" in a
    }


def test_hay_diagramas() -> None:
    assert {p.stem for p in DIAGRAMAS} >= {"denuncia", "programacion", "sesion_comite", "votacion_asunto"}


def test_toda_tarea_nombra_su_operacion() -> None:
    sin = [
        f"{ruta.stem}.{id_}"
        for tipo in ("userTask", "serviceTask")
        for ruta, id_, a in _nodos(tipo)
        if not a.get("operacion") or (tipo == "userTask" and not a.get("formulario"))
    ]
    assert sin == []


def test_operaciones_en_los_dos_sentidos() -> None:
    registradas, nombradas = set(_registry.operations()), _nombradas()
    assert nombradas - registradas == set(), "a diagram names what nobody registers"
    assert registradas - nombradas == set(), "no diagram names these: they are dead"


def test_formularios_en_los_dos_sentidos() -> None:
    pedidos = {ruta.parent / "formularios" / f"{a['formulario']}.json" for ruta, _, a in _nodos("userTask")}
    hay = set((fuentes.RAIZ / "bpmn").rglob("formularios/*.json"))
    assert sorted(map(fuentes.nombre, pedidos - hay)) == []
    assert sorted(map(fuentes.nombre, hay - pedidos)) == []
    for ruta in hay:
        assert json.loads(ruta.read_text(encoding="utf-8"))["$id"] == ruta.stem


def test_todo_carril_es_un_rol() -> None:
    carriles = {
        (carril.attrib["id"], carril.attrib["name"])
        for ruta in DIAGRAMAS
        for carril in ET.parse(ruta).getroot().iter(BPMN + "lane")
    }
    roles = {(f"carril_{r.value}", r.etiqueta) for r in Rol}
    assert carriles - roles == set()


def test_todo_plazo_esta_en_el_catalogo() -> None:
    claves = {
        clave
        for tipo in ("userTask", "serviceTask", "intermediateCatchEvent", "callActivity", "boundaryEvent")
        for _, _, a in _nodos(tipo)
        for campo in ("abre", "cierra", "corre")
        for clave in a.get(campo, "").split()
    }
    assert claves - set(loader.catalogo_plazos()) == set()


def test_todo_mensaje_esta_en_la_tabla() -> None:
    tabla = set(yaml.safe_load((fuentes.RAIZ / "bpmn" / "mensajes.yaml").read_text(encoding="utf-8")))
    dibujados = {
        m.attrib["name"] for ruta in DIAGRAMAS for m in ET.parse(ruta).getroot().iter(BPMN + "message")
    }
    de_tareas = {m for _, _, a in _nodos("userTask") for m in a.get("mensajes", "").split()}
    assert (dibujados | de_tareas) - tabla == set()


def test_cada_proceso_se_llama_como_su_archivo() -> None:
    for ruta in DIAGRAMAS:
        ids = [p.attrib["id"] for p in ET.parse(ruta).getroot().iter(BPMN + "process")]
        assert ids == [ruta.stem]
