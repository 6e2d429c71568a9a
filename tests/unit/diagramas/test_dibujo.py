"""The drawing of every diagram: complete, in its lanes, nothing over anything, lines that go round nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from tools import dibujar, exportar_svg
from tools.diagramas.modelo import BPMN, BPMNDI, Caja, Diagrama, Flujo, Nodo, Punto, leer

RAIZ = Path(__file__).parents[3]
RUTAS = sorted((RAIZ / "bpmn").glob("*/*.bpmn"))
ANCHO_MAXIMO, ALTO_MAXIMO = 2620, 900


@pytest.fixture(params=RUTAS, ids=lambda r: r.stem)
def ruta(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def diagrama(ruta: Path) -> Diagrama:
    return leer(ruta)


def tramos(flujo: Flujo) -> Iterator[tuple[Punto, Punto]]:
    yield from zip(flujo.puntos, flujo.puntos[1:], strict=False)


def entra(caja: Caja, a: Punto, b: Punto, dentro: float = 1) -> bool:
    """The segment runs inside the box, ``dentro`` px from its border."""
    return (
        min(a[0], b[0]) < caja.derecha - dentro
        and max(a[0], b[0]) > caja.x + dentro
        and min(a[1], b[1]) < caja.abajo - dentro
        and max(a[1], b[1]) > caja.y + dentro
    )


def en_borde(caja: Caja, punto: Punto) -> bool:
    x, y = punto
    de_lado = x in (caja.x, caja.derecha) and caja.y <= y <= caja.abajo
    return de_lado or (y in (caja.y, caja.abajo) and caja.x <= x <= caja.derecha)


def test_hay_diagramas() -> None:
    nombres = {r.stem for r in RUTAS}
    assert nombres >= {
        "denuncia",
        "denuncia_tramite",
        "denuncia_seguimiento",
        "programacion",
        "sesion_comite",
        "votacion_asunto",
    }


def test_todo_esta_dibujado_una_vez(ruta: Path, diagrama: Diagrama) -> None:
    raiz = etree.parse(str(ruta)).getroot()
    formas = [e.get("bpmnElement") for e in raiz.iter(f"{BPMNDI}BPMNShape")]
    lineas = [e.get("bpmnElement") for e in raiz.iter(f"{BPMNDI}BPMNEdge")]
    assert sorted(formas) == sorted([*diagrama.nodos, *(c.id for c in diagrama.carriles)])
    assert sorted(lineas) == sorted(diagrama.flujos)
    assert {e.get("id") for e in raiz.iter(f"{BPMN}process")} == {ruta.stem}


def test_cabe_en_una_portatil(diagrama: Diagrama) -> None:
    caja = diagrama.caja()
    assert caja.derecha <= ANCHO_MAXIMO
    assert caja.abajo <= ALTO_MAXIMO


def test_nadie_encima_de_nadie(diagrama: Diagrama) -> None:
    for uno, otro in combinations(diagrama.nodos.values(), 2):
        if uno.id in (otro.sobre, otro.padre) or otro.id in (uno.sobre, uno.padre):
            continue
        if uno.padre != otro.padre and "subProcess" in (uno.tipo, otro.tipo):
            fuera, caja = (uno, otro) if otro.tipo == "subProcess" else (otro, uno)
            assert fuera.padre == caja.id or not uno.caja.toca(otro.caja), (uno.id, otro.id)
            continue
        assert not uno.caja.toca(otro.caja), (uno.id, otro.id)


def test_cada_nodo_en_su_carril_y_en_su_caja(diagrama: Diagrama) -> None:
    carriles = {c.id: c.caja for c in diagrama.carriles}
    for nodo in diagrama.nodos.values():
        assert carriles[nodo.carril].contiene(nodo.caja), nodo.id
        if nodo.padre:
            assert diagrama.nodos[nodo.padre].caja.contiene(nodo.caja), nodo.id


def test_carriles_seguidos_y_parejos(diagrama: Diagrama) -> None:
    for arriba, abajo in zip(diagrama.carriles, diagrama.carriles[1:], strict=False):
        assert arriba.caja.abajo == abajo.caja.y
        assert (arriba.caja.x, arriba.caja.ancho) == (abajo.caja.x, abajo.caja.ancho)


def test_lineas_rectas_que_rodean_los_nodos(diagrama: Diagrama) -> None:
    for flujo in diagrama.flujos.values():
        assert len(flujo.puntos) >= 2, flujo.id
        origen, destino = diagrama.nodos[flujo.origen], diagrama.nodos[flujo.destino]
        assert en_borde(origen.caja, flujo.puntos[0]), flujo.id
        assert en_borde(destino.caja, flujo.puntos[-1]), flujo.id
        for a, b in tramos(flujo):
            assert (a[0] == b[0]) != (a[1] == b[1]), flujo.id
            for nodo in diagrama.nodos.values():
                if nodo.id != origen.padre and not (nodo.id == origen.sobre and a == flujo.puntos[0]):
                    assert not entra(nodo.caja, a, b), (flujo.id, nodo.id)


def test_solo_los_parientes_comparten_linea(diagrama: Diagrama) -> None:
    for uno, otro in combinations(diagrama.flujos.values(), 2):
        if uno.origen == otro.origen or uno.destino == otro.destino:
            continue
        for a, b in tramos(uno):
            for c, d in tramos(otro):
                assert not _encimados(a, b, c, d), (uno.id, otro.id)


def _encimados(a: Punto, b: Punto, c: Punto, d: Punto) -> bool:
    for eje in (0, 1):
        fijo = 1 - eje
        if a[fijo] == b[fijo] == c[fijo] == d[fijo]:
            desde = max(min(a[eje], b[eje]), min(c[eje], d[eje]))
            return desde < min(max(a[eje], b[eje]), max(c[eje], d[eje]))
    return False


def rotulos(diagrama: Diagrama) -> list[tuple[str, Caja]]:
    de_nodos = [(n.id, n.etiqueta) for n in diagrama.nodos.values() if n.etiqueta]
    return de_nodos + [(f.id, f.etiqueta) for f in diagrama.flujos.values() if f.etiqueta]


def test_cada_nombre_se_lee(diagrama: Diagrama) -> None:
    """Every name outside a task has its place, over no node, no other name and no line."""
    titulos = {n.id: n.nombre for n in diagrama.nodos.values() if n.tipo == "subProcess"}
    for nodo in diagrama.nodos.values():
        dicho = nodo.es_tarea or not nodo.nombre or titulos.get(nodo.padre) == nodo.nombre
        assert dicho == (nodo.etiqueta is None), nodo.id
    for flujo in diagrama.flujos.values():
        assert bool(flujo.nombre) == (flujo.etiqueta is not None), flujo.id
    todos = rotulos(diagrama)
    for (quien, caja), (otro, otra) in combinations(todos, 2):
        assert not caja.toca(otra), (quien, otro)
    for quien, caja in todos:
        for nodo in diagrama.nodos.values():
            assert nodo.tipo == "subProcess" or not caja.toca(nodo.caja), (quien, nodo.id)
        for flujo in diagrama.flujos.values():
            assert not any(entra(caja, a, b) for a, b in tramos(flujo)), (quien, flujo.id)


def test_lo_que_se_decide_tiene_nombre(ruta: Path, diagrama: Diagrama) -> None:
    raiz = etree.parse(str(ruta)).getroot()
    con_condicion = {
        f.get("id")
        for f in raiz.iter(f"{BPMN}sequenceFlow")
        if f.find(f"{BPMN}conditionExpression") is not None
    }
    salen: dict[str, list[Flujo]] = {}
    for flujo in diagrama.flujos.values():
        salen.setdefault(flujo.origen, []).append(flujo)
        assert bool(flujo.nombre) == (flujo.id in con_condicion), flujo.id
    for nodo in diagrama.nodos.values():
        if nodo.tipo == "exclusiveGateway" and len(salen[nodo.id]) > 1:
            assert re.fullmatch(r"¿.+\?", nodo.nombre), nodo.id
            assert all(f.id in con_condicion for f in salen[nodo.id]), nodo.id


def test_el_svg_esta_al_dia(ruta: Path) -> None:
    assert ruta.with_suffix(".svg").read_text("utf-8") == exportar_svg.exportar(ruta), (
        "python -m tools.exportar_svg"
    )


def test_el_svg_obedece_la_politica_de_contenido(ruta: Path, diagrama: Diagrama) -> None:
    raiz = etree.fromstring(exportar_svg.exportar(ruta).encode())
    ids = {e.get("data-element-id") for e in raiz.iter() if e.get("class") in ("elemento", "flujo")}
    assert ids == {*diagrama.nodos, *diagrama.flujos}
    assert not [e for e in raiz.iter() if e.get("style") or str(e.tag).endswith("}style")]
    assert all(ruta.stem in (e.get("id") or "") for e in raiz.iter() if e.get("id"))


def test_dibujar_no_toca_lo_que_se_ejecuta(tmp_path: Path) -> None:
    """Drawing again from nothing keeps every byte of the semantics and gives the committed drawing."""
    for extension in (".bpmn", ".trazo.yaml"):
        nombre = f"programacion{extension}"
        (tmp_path / nombre).write_bytes((RAIZ / "bpmn/programacion" / nombre).read_bytes())
    copia = tmp_path / "programacion.bpmn"
    original = copia.read_text("utf-8")
    copia.write_text(dibujar.DIBUJO.sub("", original), "utf-8")
    dibujar.escribir(copia, dibujar.dibujar(copia))
    assert copia.read_text("utf-8") == original


def test_sin_pistas_tambien_se_dibuja(tmp_path: Path) -> None:
    copia = tmp_path / "denuncia.bpmn"
    copia.write_bytes((RAIZ / "bpmn/denuncia/denuncia.bpmn").read_bytes())
    dibujar.escribir(copia, dibujar.dibujar(copia))
    dibujado = leer(copia)
    test_nadie_encima_de_nadie(dibujado)
    test_cada_nodo_en_su_carril_y_en_su_caja(dibujado)
    test_lineas_rectas_que_rodean_los_nodos(dibujado)


def test_un_nodo_sabe_lo_que_es() -> None:
    assert Nodo("a", "userTask", "A").es_tarea
    assert Nodo("b", "eventBasedGateway", "").es_puerta
    assert Nodo("c", "boundaryEvent", "C").es_evento
