"""The path through a diagram: which flows were walked, through merges, loops and several times."""

from __future__ import annotations

import datetime as dt

from models.proceso import EventoPaso
from workflow.queries.camino import Diagrama, Nodo, _flujos, _Huella, _marcas, leer

HOY = dt.datetime(2026, 11, 20, 16, 0, tzinfo=dt.UTC)
CLASES = {"x": "exclusiveGateway", "u": "exclusiveGateway", "p": "parallelGateway"}


def diagrama(*flujos: str) -> Diagrama:
    """Flows written `a>b`; gateways begin with x (named), u (a merge) or p."""
    pares = {f: tuple(f.split(">")) for f in flujos}
    ids = dict.fromkeys(n for par in pares.values() for n in par)
    nodos = {n: Nodo(n, "" if n[0] == "u" else n, CLASES.get(n[0], "userTask")) for n in ids}
    return Diagrama("d", "d", nodos, pares)


def huella(pasos: str, aqui: str = "") -> _Huella:
    """Steps done in order, separated by spaces; `-a` is a withdrawn task."""
    h = _Huella()
    for n, paso in enumerate(pasos.split()):
        nodo, evento = paso.lstrip("-"), EventoPaso.CANCELADO if paso[0] == "-" else EventoPaso.HECHO
        h.orden.append((nodo, evento))
        h.primero.setdefault(nodo, n)
        if evento is EventoPaso.HECHO:
            h.hechos[nodo] += 1
        else:
            h.cancelados.add(nodo)
    h.aqui = dict.fromkeys(aqui.split(), HOY)
    return h


def andados(d: Diagrama, h: _Huella) -> set[str]:
    return set(_flujos(d, h))


def test_en_linea_hasta_donde_esta() -> None:
    d = diagrama("a>b", "b>c", "c>d")
    assert andados(d, huella("a b", "c")) == {"a>b", "b>c"}
    assert _marcas(d, huella("a b", "c")) == {"a": "hecho", "b": "hecho", "c": "aqui"}


def test_de_una_decision_solo_la_rama_que_siguio() -> None:
    d = diagrama("a>x", "x>b", "x>c", "b>d", "c>d")
    assert andados(d, huella("a x b", "d")) == {"a>x", "x>b", "b>d"}


def test_una_union_sin_nombre_no_corta_el_camino() -> None:
    d = diagrama("a>u", "c>u", "u>b", "b>x", "x>c", "x>d")
    h = huella("a b x", "d")
    assert andados(d, h) == {"a>u", "u>b", "b>x", "x>d"}
    assert _marcas(d, h)["u"] == "hecho"


def test_vuelta_cuenta_cada_vez() -> None:
    d = diagrama("a>u", "c>u", "u>b", "b>x", "x>c", "x>d")
    h = huella("a b x c b x", "d")
    assert andados(d, h) == set(d.flujos)
    assert h.hechos["b"] == 2


def test_en_paralelo_las_dos_ramas() -> None:
    d = diagrama("a>p", "p>b", "p>c")
    assert andados(d, huella("a p b", "c")) == {"a>p", "p>b", "p>c"}


def test_lo_retirado_no_es_lo_hecho() -> None:
    d = diagrama("a>b", "b>c")
    marcas = _marcas(d, huella("a -b"))
    assert marcas == {"a": "hecho", "b": "cancelado"}
    assert _marcas(d, huella("a -b b"))["b"] == "hecho"


def test_lectura_de_un_diagrama() -> None:
    texto = """<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e "x">]>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">
    <bpmn:process id="p" name="Prueba"><bpmn:laneSet><bpmn:lane id="carril_vocal" name="Vocalía">
    <bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
    <bpmn:startEvent id="i"/><bpmn:userTask id="t" name="Emitir
    voto"/><bpmn:callActivity id="l" calledElement="otro"/>
    <bpmn:sequenceFlow id="f" sourceRef="i" targetRef="t"/></bpmn:process></bpmn:definitions>"""
    d = leer({"p.bpmn": texto})["p"]
    assert d.nombre == "Prueba"
    assert d.nodos["t"] == Nodo("t", "Emitir voto", "userTask", "Vocalía")
    assert d.nodos["l"].llamado == "otro"
    assert d.flujos == {"f": ("i", "t")}
