"""People at the pages, through gunicorn: 1, 50 and 200 at once, who read and write between two requests.

Each goes round: her inbox, a task, its completion; one in ten files a denuncia instead, page by page. Alone she does
not pause; the others take five seconds on average before each request, as nobody sends forms without reading them.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.bases import ajustes_de, base
from tests.benchmarks.marco import Informe, Tamano, Vara, percentil
from tests.benchmarks.navegante import Medida, Navegante
from tests.soporte.navegador import sirviendo
from tests.soporte.procesos import gunicorn
from tests.web import publico
from tests.web.personal import Oficina, enviar, galleta_de
from web import create_app
from web.config import Ajustes

COLUMNAS = ("base", "personas", "qué", "peticiones", "por segundo", "p50 ms", "p95 ms", "errores")
A_LA_VEZ, VUELTAS = (1, 50, 200), {1: 30, 50: 3, 200: 2}
PAUSA_S, UNA_DE, PROCESOS_CLIENTE = 5.0, 10, 4
TOPE = 5.0
QUIEN, ANALISTA = "jose.cazares", "ana.trejo"
QUE = {
    ("GET", "/bandeja"): "bandeja",
    ("GET", "/tarea/#"): "página de tarea",
    ("POST", "/tarea/#"): "completar",
    ("POST", "/denuncia/presentar"): "presentar",
}
TODO = "todo"


@dataclass(frozen=True)
class Persona:
    """What one of them does: the tasks that are hers, and how long she takes before each request."""

    galleta: str
    analista: int
    tareas: tuple[int, ...]
    presenta: bool
    pausa_s: float
    semilla: int


def medir(cual: str, tamano: Tamano, carpeta: Path) -> Informe:
    """On one database; on SQLite one person, as there only one writes at a time."""
    informe = Informe(f"carga-{cual}", f"Personas a la vez por HTTP en {cual}", COLUMNAS)
    with base(cual, carpeta) as motor:
        ajustes = ajustes_de(motor, carpeta)
        app = create_app(ajustes, motor=motor)
        oficina = Oficina(app)
        niveles = [tamano.de(n) for n in A_LA_VEZ] if cual != "sqlite" else [1]
        servir = _gunicorn(ajustes, carpeta) if tamano.con_ajenos else sirviendo(app)
        galleta = galleta_de(app, oficina.usuario(QUIEN))
        analista = oficina.usuario(ANALISTA).id
        with servir as direccion:
            p95: dict[int, float] = {}
            for completo, personas in zip(A_LA_VEZ, niveles, strict=False):
                vueltas = tamano.de(VUELTAS[completo])
                gente = _gente(oficina, galleta, analista, personas, vueltas)
                medidas, segundos = _jugar(direccion, gente)
                p95[personas] = _anotar(informe, cual, personas, medidas, segundos)
    uno, muchos = niveles[0], niveles[-1]
    errores = sum(int(fila[-1] or 0) for fila in informe.filas if fila[2] == TODO)
    informe.varas.append(Vara("peticiones con error", errores, 0))
    if muchos > uno:
        informe.varas.append(Vara(f"p95 de completar con {muchos} ÷ con {uno}", p95[muchos] / p95[uno], TOPE))
    return informe


def _gente(oficina: Oficina, galleta: str, analista: int, cuantas: int, vueltas: int) -> list[Persona]:
    """Who they are, with a task of her own for each round."""
    presentan = {n for n in range(cuantas) if n % UNA_DE == UNA_DE - 1}
    for _ in range((cuantas - len(presentan)) * vueltas):
        oficina.denuncia()
    libres = iter([t.id for t in oficina.tareas("asignar_denuncia")])
    pausa = PAUSA_S if cuantas > 1 else 0.0
    return [
        Persona(
            galleta,
            analista,
            () if n in presentan else tuple(next(libres) for _ in range(vueltas)),
            n in presentan,
            pausa,
            n,
        )
        for n in range(cuantas)
    ]


# -- playing ---------------------------------------------------------------------------------------------
def _jugar(direccion: str, gente: Sequence[Persona]) -> tuple[list[Medida], float]:
    """All at once, in a few processes so that the clients do not wait for one another. Measures and seconds."""
    if len(gente) == 1:
        inicio = time.perf_counter()
        return _una(direccion, gente[0]), time.perf_counter() - inicio
    contexto = multiprocessing.get_context("fork")
    with contexto.Pool(PROCESOS_CLIENTE) as equipo:
        inicio = time.perf_counter()
        partes = equipo.starmap(
            _varias, [(direccion, gente[n::PROCESOS_CLIENTE]) for n in range(PROCESOS_CLIENTE)]
        )
        return [m for parte in partes for m in parte], time.perf_counter() - inicio


def _varias(direccion: str, gente: Sequence[Persona]) -> list[Medida]:
    medidas: list[Medida] = []
    hilos = [threading.Thread(target=lambda p=p: medidas.extend(_una(direccion, p))) for p in gente]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return medidas


def _una(direccion: str, quien: Persona) -> list[Medida]:
    """One person's rounds. What broke is a measure without status."""
    navegante = Navegante(direccion, quien.pausa_s, quien.semilla)
    if not quien.presenta:
        navegante.galleta("denuncias", quien.galleta)
    try:
        p: Any = publico.Persona(navegante)  # type: ignore[arg-type]
        if quien.presenta:
            publico.presentar(p)
        for tarea in quien.tareas:
            p.ir("/bandeja")
            enviar(p, tarea, prioridad="normal", analista=quien.analista, sin_conflicto="si")
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        navegante.medidas.append(Medida("", "", 0.0, 0))
    finally:
        navegante.cerrar()
    return navegante.medidas


def _anotar(informe: Informe, cual: str, personas: int, medidas: Sequence[Medida], segundos: float) -> float:
    """A row for each kind of request; returns the p95 of completion in seconds."""
    por_que: dict[str, list[Medida]] = {TODO: list(medidas)}
    for medida in medidas:
        que = QUE.get((medida.metodo, medida.camino))
        if que is not None:
            por_que.setdefault(que, []).append(medida)
    for que, suyas in por_que.items():
        tiempos = [m.segundos for m in suyas]
        informe.filas.append(
            (
                cual,
                personas,
                que,
                len(suyas),
                len(suyas) / segundos,
                percentil(tiempos, 50) * 1e3,
                percentil(tiempos, 95) * 1e3,
                sum(_fallo(m) for m in suyas),
            )
        )
    return percentil([m.segundos for m in por_que["completar"]], 95)


def _fallo(medida: Medida) -> bool:
    """No answer, an error, or a form that came back instead of leading on."""
    sigue = medida.metodo == "POST" and (medida.metodo, medida.camino) in QUE
    return not (300 if sigue else 200) <= medida.estado < 400


# -- the server ------------------------------------------------------------------------------------------
@contextmanager
def _gunicorn(ajustes: Ajustes, carpeta: Path) -> Iterator[str]:
    """Two processes of eight threads, as the operation guide has it; its address."""
    with gunicorn(ajustes, carpeta / "gunicorn.txt") as corre:
        yield corre.direccion
