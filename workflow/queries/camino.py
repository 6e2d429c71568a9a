"""The path that a case walked through its diagrams: what is done, where it stands, what was withdrawn."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from sqlalchemy import select

from models.organizacion import Usuario
from models.proceso import (
    DefinicionProceso,
    Espera,
    EstadoTarea,
    EventoPaso,
    Instancia,
    Paso,
    Tarea,
    Temporizador,
)
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations.plazo import NUNCA
from workflow.operations.sujeto import Sujeto

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# What a person reads in the list; gateways only split, and their answer shows in what comes after.
EN_LISTA = (
    "userTask",
    "serviceTask",
    "callActivity",
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
)
# What waits in the open: an ear or a boundary is always there and says nothing of where the case stands.
ESPERAN = ("intermediateCatchEvent",)
CLASES = ("Task", "Event", "Gateway", "callActivity", "subProcess")
_LEIDOS: dict[str, Mapping[str, Diagrama]] = {}


@dataclass(frozen=True)
class Nodo:
    """An element of a diagram."""

    id: str
    nombre: str
    clase: str
    carril: str = ""
    # A catch event behind an event gateway, a multi-instance, a called diagram.
    llamado: str = ""


@dataclass(frozen=True)
class Diagrama:
    """A drawn process: its nodes in the order of the file and its flows (id -> source, target)."""

    id: str
    nombre: str
    nodos: Mapping[str, Nodo]
    flujos: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Linea:
    """A line of the list. `estado`: hecho, aqui or cancelado."""

    nodo: str
    nombre: str
    estado: str
    veces: int
    detalle: str
    quien: str
    en: dt.datetime | None
    vence: dt.date | None = None
    # It waits for something from outside, not for a person.
    espera: bool = False


@dataclass(frozen=True)
class Camino:
    """One diagram with the path walked. `marcas`: element or flow -> hecho, aqui, cancelado; `veces`: ✓n."""

    proceso: str
    diagrama: str
    nombre: str
    version: int
    sha256: str
    marcas: Mapping[str, str]
    veces: Mapping[str, int]
    aqui_desde: Mapping[str, dt.datetime]
    lineas: tuple[Linea, ...]
    pestanas: tuple[Pestana, ...]
    terminado: bool


@dataclass(frozen=True)
class Pestana:
    """A diagram of the case. `estado`: aqui, hecho or empty."""

    diagrama: str
    nombre: str
    estado: str


@dataclass
class _Huella:
    """What is known of the elements of one diagram while it is being put together."""

    hechos: Counter[str] = field(default_factory=Counter)
    cancelados: set[str] = field(default_factory=set)
    aqui: dict[str, dt.datetime] = field(default_factory=dict)
    orden: list[tuple[str, EventoPaso]] = field(default_factory=list)
    ultimo: dict[str, tuple[int | None, dt.datetime]] = field(default_factory=dict)
    primero: dict[str, int] = field(default_factory=dict)


# -- diagrams --------------------------------------------------------------------------------------------
def diagramas(ctx: Ctx, definicion_id: int) -> Mapping[str, Diagrama]:
    """The diagrams of a published version by process id. A version never changes: read once, kept."""
    guardada = ctx.session.get_one(DefinicionProceso, definicion_id)
    if guardada.sha256 not in _LEIDOS:
        _LEIDOS[guardada.sha256] = leer(guardada.archivos)
    return _LEIDOS[guardada.sha256]


def leer(archivos: Mapping[str, Any]) -> Mapping[str, Diagrama]:
    """The diagrams of some files (name -> text) by process id."""
    return {d.id: d for d in (_diagrama(str(archivos[nombre])) for nombre in sorted(archivos))}


def _diagrama(texto: str) -> Diagrama:
    raiz = etree.fromstring(texto.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    proceso = raiz.find(f"{BPMN}process")
    carriles = {
        str(ref.text): str(lane.get("name") or "")
        for lane in proceso.iter(f"{BPMN}lane")
        for ref in lane.findall(f"{BPMN}flowNodeRef")
    }
    nodos: dict[str, Nodo] = {}
    flujos: dict[str, tuple[str, str]] = {}
    for e in proceso.iter(f"{BPMN}*"):
        clase = etree.QName(e).localname
        if clase == "sequenceFlow":
            flujos[e.get("id")] = (e.get("sourceRef"), e.get("targetRef"))
        elif e.get("id") and clase.endswith(CLASES):
            i = e.get("id")
            nombre = " ".join((e.get("name") or "").split())
            nodos[i] = Nodo(i, nombre, clase, carriles.get(i, ""), e.get("calledElement") or "")
    return Diagrama(proceso.get("id"), proceso.get("name") or "", nodos, flujos)


# -- the path --------------------------------------------------------------------------------------------
def de(ctx: Ctx, sujeto: Sujeto, diagrama: str | None = None) -> Camino | None:
    """The path of the process of the noun, in one of its diagrams (the one where it stands by default).

    None for a noun without process. Raises NoEncontrado for a diagram that it does not have.
    """
    fila = ctx.session.execute(
        select(Instancia.id, Instancia.proceso, Instancia.definicion_id, Instancia.terminada_en)
        .where(Instancia.sujeto_tipo == sujeto.tipo, Instancia.sujeto_id == sujeto.id)
        .order_by(Instancia.id.desc())
        .limit(1)
    ).one_or_none()
    if fila is None:
        return None
    dibujados = diagramas(ctx, fila.definicion_id)
    abiertas = _abiertas(ctx, fila.id)
    huellas = _huellas(ctx, fila.id, dibujados, abiertas)
    elegido = diagrama or _donde_esta(fila.proceso, huellas)
    if elegido not in dibujados:
        raise NoEncontrado("Ese proceso no tiene un diagrama con ese nombre.")
    version = ctx.session.get_one(DefinicionProceso, fila.definicion_id)
    huella, d = huellas[elegido], dibujados[elegido]
    return Camino(
        proceso=fila.proceso,
        diagrama=elegido,
        nombre=d.nombre,
        version=version.version,
        sha256=version.sha256,
        marcas={**_marcas(d, huella), **_flujos(d, huella)},
        veces={nodo: n for nodo, n in huella.hechos.items() if n > 1},
        aqui_desde=dict(huella.aqui),
        lineas=_lineas(ctx, d, huella, [t for t in abiertas if t.proceso == elegido]),
        pestanas=_pestanas(fila.proceso, dibujados, huellas),
        terminado=fila.terminada_en is not None,
    )


def _abiertas(ctx: Ctx, instancia_id: int) -> Sequence[Tarea]:
    return ctx.session.scalars(
        select(Tarea)
        .where(Tarea.instancia_id == instancia_id, Tarea.estado == EstadoTarea.ABIERTA)
        .order_by(Tarea.id)
    ).all()


def _huellas(
    ctx: Ctx, instancia_id: int, dibujados: Mapping[str, Diagrama], abiertas: Sequence[Tarea]
) -> dict[str, _Huella]:
    huellas = {nombre: _Huella() for nombre in dibujados}
    pasos = ctx.session.execute(
        select(Paso.proceso, Paso.nodo, Paso.evento, Paso.en, Paso.usuario_id)
        .where(Paso.instancia_id == instancia_id)
        .order_by(Paso.id)
    )
    for n, (proceso, nodo, evento, en, usuario_id) in enumerate(pasos):
        huella = huellas.get(proceso)
        if huella is None:
            continue
        huella.orden.append((nodo, evento))
        huella.primero.setdefault(nodo, n)
        if evento is EventoPaso.HECHO:
            huella.hechos[nodo] += 1
            huella.ultimo[nodo] = (usuario_id, en)
        elif evento is EventoPaso.CANCELADO:
            huella.cancelados.add(nodo)
    for t in abiertas:
        if t.proceso in huellas:
            huellas[t.proceso].aqui.setdefault(t.nodo, t.creada_en)
    for proceso, nodo in _en_espera(ctx, instancia_id, dibujados):
        desde = max((en for _, en in huellas[proceso].ultimo.values()), default=ctx.now)
        huellas[proceso].aqui.setdefault(nodo, desde)
    _llamadas(dibujados, huellas)
    return huellas


def _en_espera(ctx: Ctx, instancia_id: int, dibujados: Mapping[str, Diagrama]) -> Iterable[tuple[str, str]]:
    """Catch events that wait, for a message or for a date. Their ids are unique among those of a case."""
    nodos = [
        *ctx.session.scalars(select(Espera.nodo).where(Espera.instancia_id == instancia_id)),
        *ctx.session.scalars(select(Temporizador.nodo).where(Temporizador.instancia_id == instancia_id)),
    ]
    for nodo in nodos:
        for d in dibujados.values():
            if nodo in d.nodos and d.nodos[nodo].clase in ESPERAN:
                yield d.id, nodo


def _llamadas(dibujados: Mapping[str, Diagrama], huellas: Mapping[str, _Huella]) -> None:
    """A call is where the case stands while its diagram is."""
    for d in dibujados.values():
        for nodo in d.nodos.values():
            dentro = huellas.get(nodo.llamado)
            if dentro is not None and dentro.aqui:
                huellas[d.id].aqui.setdefault(nodo.id, min(dentro.aqui.values()))


def _donde_esta(proceso: str, huellas: Mapping[str, _Huella]) -> str:
    vivos = [nombre for nombre, h in huellas.items() if h.aqui and nombre != proceso]
    if vivos:
        return vivos[0]
    return proceso


def _pestanas(
    proceso: str, dibujados: Mapping[str, Diagrama], huellas: Mapping[str, _Huella]
) -> tuple[Pestana, ...]:
    orden = [proceso, *(n for n in _en_orden_de_llamada(dibujados[proceso]) if n in dibujados)]
    orden += [n for n in sorted(dibujados) if n not in orden]
    return tuple(
        Pestana(n, dibujados[n].nombre, "aqui" if huellas[n].aqui else ("hecho" if huellas[n].orden else ""))
        for n in orden
    )


def _en_orden_de_llamada(d: Diagrama) -> list[str]:
    return list(dict.fromkeys(n.llamado for n in d.nodos.values() if n.llamado))


def _marcas(d: Diagrama, huella: _Huella) -> dict[str, str]:
    marcas = dict.fromkeys(huella.cancelados, "cancelado")
    marcas |= dict.fromkeys(+huella.hechos, "hecho") | dict.fromkeys(huella.aqui, "aqui")
    # Merges have no name and leave no step: one is done when something that follows it was reached.
    for nodo in d.nodos.values():
        if nodo.id not in marcas and nodo.clase.endswith("Gateway") and _alcanzada(d, huella, nodo.id):
            marcas[nodo.id] = "hecho"
    return marcas


def _alcanzada(d: Diagrama, huella: _Huella, compuerta: str) -> bool:
    entran = any(_pisado(huella, de_) for de_, a in d.flujos.values() if a == compuerta)
    salen = any(_pisado(huella, a) or a in huella.aqui for de_, a in d.flujos.values() if de_ == compuerta)
    return entran and salen


def _pisado(huella: _Huella, nodo: str) -> bool:
    return huella.hechos[nodo] > 0


def _flujos(d: Diagrama, huella: _Huella) -> dict[str, str]:
    """The flows walked: after each time that a node was done, the one whose end was reached next."""
    saltos = {nodo for nodo in d.nodos if d.nodos[nodo].clase.endswith("Gateway") and not huella.hechos[nodo]}
    salidas: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for flujo, (origen, destino) in d.flujos.items():
        salidas[origen].append((flujo, destino))
    hechos: dict[str, str] = {}
    for i, (nodo, evento) in enumerate(huella.orden):
        if evento is EventoPaso.HECHO:
            for flujo in _seguidos(d, huella, salidas, saltos, nodo, i):
                hechos[flujo] = "hecho"
    return hechos


def _seguidos(
    d: Diagrama,
    huella: _Huella,
    salidas: Mapping[str, list[tuple[str, str]]],
    saltos: set[str],
    nodo: str,
    i: int,
) -> list[str]:
    """Flows taken out of `nodo` after step `i`; through gateways that leave no step of their own."""
    caminos = []
    for flujo, destino in salidas.get(nodo, []):
        largo, cuando = _llegada(huella, salidas, saltos, [flujo], destino, i, set())
        if cuando is not None:
            caminos.append((cuando, largo))
    if not caminos:
        return []
    if d.nodos[nodo].clase in ("exclusiveGateway", "eventBasedGateway"):
        caminos = [min(caminos, key=lambda c: c[0])]
    return [flujo for _, largo in caminos for flujo in largo]


def _llegada(
    huella: _Huella,
    salidas: Mapping[str, list[tuple[str, str]]],
    saltos: set[str],
    largo: list[str],
    destino: str,
    i: int,
    vistos: set[str],
) -> tuple[list[str], int | None]:
    """The flows up to the next node that left a step after `i` (or waits), and when that was."""
    if destino in saltos and destino not in vistos:
        ramas = [
            _llegada(huella, salidas, saltos, [*largo, flujo], sigue, i, vistos | {destino})
            for flujo, sigue in salidas.get(destino, [])
        ]
        llegan = [rama for rama in ramas if rama[1] is not None]
        return min(llegan, key=lambda rama: rama[1] or 0) if llegan else (largo, None)
    for j in range(i + 1, len(huella.orden)):
        if huella.orden[j][0] == destino:
            return largo, j
    return largo, len(huella.orden) if destino in huella.aqui else None


# -- the list --------------------------------------------------------------------------------------------
def _lineas(ctx: Ctx, d: Diagrama, huella: _Huella, abiertas: Sequence[Tarea]) -> tuple[Linea, ...]:
    ids = {u for u, _ in huella.ultimo.values() if u} | {t.asignada_a for t in abiertas if t.asignada_a}
    filas = ctx.session.execute(select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(ids)))
    nombres = {usuario_id: nombre for usuario_id, nombre in filas}
    visibles = [n for n in d.nodos.values() if n.clase in EN_LISTA and n.nombre]
    hechas = [n for n in visibles if huella.hechos[n.id] and n.id not in huella.aqui]
    hechas.sort(key=lambda n: huella.primero[n.id])
    quitadas = [n for n in visibles if n.id in huella.cancelados]
    quitadas = [n for n in quitadas if not huella.hechos[n.id] and n.id not in huella.aqui]
    quitadas.sort(key=lambda n: huella.primero[n.id])
    lineas = [_hecha(n, huella, nombres) for n in hechas]
    lineas += [Linea(n.id, n.nombre, "cancelado", 0, "Ya no hizo falta", "", None) for n in quitadas]
    return (*lineas, *(_aqui(ctx, n, huella, nombres, abiertas) for n in visibles if n.id in huella.aqui))


def _hecha(n: Nodo, huella: _Huella, nombres: Mapping[int, str]) -> Linea:
    usuario_id, en = huella.ultimo[n.id]
    quien = nombres.get(usuario_id or 0, "") if n.clase == "userTask" else ""
    return Linea(n.id, n.nombre, "hecho", huella.hechos[n.id], n.carril, quien, en)


def _aqui(ctx: Ctx, n: Nodo, huella: _Huella, nombres: Mapping[int, str], abiertas: Sequence[Tarea]) -> Linea:
    suyas = [t for t in abiertas if t.nodo == n.id]
    duenos = [nombres[t.asignada_a] for t in suyas if t.asignada_a is not None]
    vence = min((t.vence_en for t in suyas), default=NUNCA)
    dia = (vence - dt.timedelta(seconds=1)).astimezone(ctx.servicios.zona).date() if vence < NUNCA else None
    return Linea(
        nodo=n.id,
        nombre=n.nombre,
        estado="aqui",
        veces=huella.hechos[n.id],
        detalle=n.carril,
        quien=", ".join(duenos),
        en=huella.aqui[n.id],
        vence=dia,
        espera=n.clase in ESPERAN,
    )
