"""Backups taken while two web servers and two workers work, each put back elsewhere and looked at.

People file and complete over HTTP without a pause; between two backups the clock jumps, so that the workers always
have terms to fire. In the other place the worker goes on: what had fired by the instant of the backup fires no more.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import func, select

from models.denuncia import Denuncia
from tests.benchmarks.bases import ajustes_de, base
from tests.benchmarks.marco import Informe, Vara
from tests.soporte.bases import programas_de_postgresql
from tests.soporte.en_marcha import EnMarcha, en_marcha
from tests.soporte.restaurada import Restaurada, en_otra_parte
from tests.web import publico
from tests.web.personal import Oficina
from web import create_app
from workflow.actions import respaldo

COLUMNAS = ("respaldo", "denuncias", "plazos disparados", "disparados después", "faltas")
PERSONAS, SALTO_DIAS = 3, 14
PAUSA_S, PACIENCIA_S = 3.0, 600.0


def medir(cual: str, cuantos: int, semilla: int, carpeta: Path) -> Informe:
    """So many backups of a house on one database; one row each, with what was not right in it."""
    informe = Informe(f"respaldos-{cual}", f"Respaldos tomados con la casa en marcha, en {cual}", COLUMNAS)
    azar = random.Random(semilla)
    with base(cual, carpeta) as motor, _con_programas():
        ajustes = ajustes_de(motor, carpeta)
        oficina = Oficina(create_app(ajustes, motor=motor))
        obra = oficina.app.extensions["denuncias"].obra
        casa = respaldo.Instalacion(obra, ajustes.almacen_archivos, ajustes.claves_cifrado, "0.0.1")
        tomados = []
        with en_marcha(oficina, ajustes, carpeta) as marcha, Gente(marcha) as gente:
            for numero in range(cuantos):
                marcha.adelantar(SALTO_DIAS)
                gente.esperar(PERSONAS)
                time.sleep(azar.uniform(0, PAUSA_S))
                tomados.append(respaldo.crear(casa, carpeta / f"respaldo-{numero}").ruta)
            gente.esperar(1)
        for numero, ruta in enumerate(tomados):
            with en_otra_parte(casa, ruta, ajustes, carpeta / f"otra-{numero}") as otra:
                _juzgar(informe, numero + 1, otra)
    informe.varas.append(
        Vara("faltas en lo restaurado", sum(int(fila[-1] or 0) for fila in informe.filas), 0)
    )
    return informe


def _juzgar(informe: Informe, numero: int, otra: Restaurada) -> None:
    """A row: how it was when it was put back, and after the worker went on."""
    with otra.instalacion.obra.ctx() as ctx:
        denuncias = ctx.session.scalar(select(func.count(Denuncia.id))) or 0
    halladas, antes = otra.faltas(), otra.disparos()
    otra.trabajar()
    despues = otra.disparos()
    halladas += otra.faltas()
    halladas += [f"{uno}: {veces} veces" for uno, veces in despues.items() if veces > 1]
    informe.notas += halladas[:5]
    informe.filas.append((numero, denuncias, len(antes), len(despues) - len(antes), len(halladas)))


@contextmanager
def _con_programas() -> Iterator[None]:
    with patch.dict(os.environ, PATH=os.pathsep.join([*programas_de_postgresql(), os.environ["PATH"]])):
        yield


class Gente:
    """People who file and complete until they are told to stop. What broke one of them is raised to who waits."""

    def __init__(self, marcha: EnMarcha) -> None:
        self._marcha, self._alto, self._vueltas = marcha, False, 0
        self._cambia, self._errores = threading.Condition(), list[BaseException]()
        self._hilos = [threading.Thread(target=self._vivir) for _ in range(PERSONAS)]

    def _vivir(self) -> None:
        while not self._alto:
            try:
                self._vuelta()
            except BaseException as error:
                self._errores.append(error)
                self._alto = True
            with self._cambia:
                self._vueltas += 1
                self._cambia.notify_all()

    def _vuelta(self) -> None:
        for identificarse in (False, True):
            with self._marcha.navegador() as p:
                publico.presentar(p, identificarse=identificarse)
        for tarea in self._marcha.oficina.tareas("asignar_denuncia")[:1]:
            self._marcha.asignar(tarea.id)

    def esperar(self, vueltas: int) -> None:
        """Until they have gone round so many times more."""
        with self._cambia:
            meta = self._vueltas + vueltas
            llego = self._cambia.wait_for(lambda: self._alto or self._vueltas >= meta, PACIENCIA_S)
        if self._errores:
            raise self._errores[0]
        if not llego:
            raise TimeoutError(f"{self._vueltas} rounds")

    def __enter__(self) -> Gente:
        for hilo in self._hilos:
            hilo.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._alto = True
        for hilo in self._hilos:
            hilo.join()
