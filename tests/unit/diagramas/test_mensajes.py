"""`bpmn/mensajes.yaml`: every message that a diagram names, its key and what happens when nobody waits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from tools.diagramas.modelo import BPMN

RAIZ = Path(__file__).parents[3]
RUTAS = sorted((RAIZ / "bpmn").glob("*/*.bpmn"))
MENSAJES: dict[str, dict[str, Any]] = yaml.safe_load((RAIZ / "bpmn/mensajes.yaml").read_text("utf-8"))
NOMBRE = re.compile(r"[a-z][a-z0-9_]*")


@pytest.mark.parametrize("nombre", MENSAJES)
def test_forma(nombre: str) -> None:
    mensaje = MENSAJES[nombre]
    assert NOMBRE.fullmatch(nombre)
    if mensaje.get("interno"):
        assert mensaje.keys() <= {"interno", "politica"}
        return
    assert (
        {"clave", "datos", "politica", "a"}
        <= mensaje.keys()
        <= {"clave", "clave_en", "datos", "politica", "a"}
    )
    assert mensaje["politica"] in ("R", "I", "B")
    assert mensaje["a"]
    for dato in (mensaje["clave"], *mensaje["datos"]):
        assert NOMBRE.fullmatch(dato)
    assert mensaje["clave"] not in mensaje["datos"]


def _por_mensaje(raiz: etree._Element, tipo: str) -> set[str]:
    nombres = {m.get("id"): m.get("name") for m in raiz.iter(f"{BPMN}message")}
    return {
        str(nombres[d.get("messageRef")])
        for e in raiz.iter(f"{BPMN}{tipo}")
        for d in e.iter(f"{BPMN}messageEventDefinition")
    }


def _casos_de(ruta: Path) -> set[str]:
    """The processes whose instances hold a diagram: its folder's, or those that call it, however far above.

    A message reaches the case, not the diagram that the case calls.
    """
    llaman = {
        otra: {e.get("calledElement") for e in etree.parse(str(otra)).getroot().iter(f"{BPMN}callActivity")}
        for otra in RUTAS
    }
    de_carpeta = {otra.parent.name for otra in RUTAS if otra.stem == otra.parent.name}
    casos: set[str] = set()
    pendientes, vistas = [ruta], set[Path]()
    while pendientes:
        esta = pendientes.pop()
        vistas.add(esta)
        arriba = [otra for otra in RUTAS if esta.stem in llaman[otra]]
        pendientes += [otra for otra in arriba if otra not in vistas]
        # A called diagram may be drawn before whoever calls it: no case holds it yet.
        llamado = etree.parse(str(esta)).getroot().find(f"{BPMN}process/{BPMN}ioSpecification") is not None
        if not arriba and not llamado and esta.stem in de_carpeta:
            casos.add(esta.stem)
    return casos


@pytest.mark.parametrize("ruta", RUTAS, ids=lambda r: r.stem)
def test_lo_que_nombra_un_diagrama_existe(ruta: Path) -> None:
    raiz = etree.parse(str(ruta)).getroot()
    casos = _casos_de(ruta)
    for mensaje in raiz.iter(f"{BPMN}message"):
        assert mensaje.get("id") == f"msg_{mensaje.get('name')}"
        assert mensaje.get("name") in MENSAJES
    for tipo in ("startEvent", "intermediateCatchEvent", "boundaryEvent"):
        for nombre in _por_mensaje(raiz, tipo):
            assert MENSAJES[nombre].get("interno") or casos <= set(MENSAJES[nombre]["a"]), nombre


def test_quien_empieza_por_mensaje_lo_dice() -> None:
    """Policy I belongs exactly to the messages that start a process that is drawn."""
    inician = set()
    for ruta in RUTAS:
        raiz = etree.parse(str(ruta)).getroot()
        proceso = raiz.find(f"{BPMN}process")
        nombres = {m.get("id"): m.get("name") for m in raiz.iter(f"{BPMN}message")}
        for inicio in proceso.findall(f"{BPMN}startEvent"):
            for definicion in inicio.findall(f"{BPMN}messageEventDefinition"):
                inician.add((nombres[definicion.get("messageRef")], ruta.stem))
    dibujados = {r.stem for r in RUTAS}
    esperados = {
        (nombre, uno)
        for nombre, m in MENSAJES.items()
        if m.get("politica") == "I"
        for uno in m["a"]
        if uno in dibujados
    }
    assert inician == esperados
