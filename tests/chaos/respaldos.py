"""Backups taken while two web servers and two workers work, each put back elsewhere and looked at.

People file and complete over HTTP without a pause; between two backups the clock jumps, so that the workers always
have terms to fire. In the other place the worker goes on: what had fired by the instant of the backup fires no more.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import func, select

from models.denuncia import Denuncia
from tests.benchmarks.bases import base
from tests.benchmarks.marco import Informe, Vara
from tests.soporte.bases import programas_de_postgresql
from tests.soporte.en_marcha import EnMarcha, en_marcha
from tests.soporte.restaurada import en_otra_parte
from tests.web import publico
from tests.web.personal import Oficina
from web import create_app
from web.config import cargar
from workflow.actions import respaldo

COLUMNAS = ("respaldo", "denuncias", "plazos disparados", "disparados después", "faltas")
PERSONAS, SALTO_DIAS = 3, 14
PAUSA_S = (0.5, 3.0)


def medir(cual: str, cuantos: int, semilla: int, carpeta: Path) -> Informe:
    """So many backups of a house on one database; one row each, with what was not right in it."""
    informe = Informe(f"respaldos-{cual}", f"Respaldos tomados con la casa en marcha, en {cual}", COLUMNAS)
    azar = random.Random(semilla)
    with base(cual, carpeta) as motor, _con_programas():
        url = motor.url.render_as_string(hide_password=False)
        ajustes = cargar({"MODO": "demo", "LIMITES": "0", "DATABASE_URL": url}, var=carpeta / "var")
        ajustes = replace(ajustes, almacen_archivos=carpeta / "archivos")
        oficina = Oficina(create_app(ajustes, motor=motor))
        obra = oficina.app.extensions["denuncias"].obra
        casa = respaldo.Instalacion(obra, ajustes.almacen_archivos, ajustes.claves_cifrado, "0.0.1")
        tomados = []
        with en_marcha(oficina, ajustes, carpeta) as marcha, _gente(marcha) as espera:
            for numero in range(cuantos):
                espera(azar.uniform(*PAUSA_S))
                marcha.adelantar(SALTO_DIAS)
                espera(azar.uniform(*PAUSA_S))
                tomados.append(respaldo.crear(casa, carpeta / f"respaldo-{numero}").ruta)
            espera(PAUSA_S[0])
        faltas = 0
        for numero, ruta in enumerate(tomados):
            with en_otra_parte(casa, ruta, ajustes, carpeta / f"otra-{numero}") as otra:
                halladas = otra.faltas()
                antes = otra.disparos()
                otra.trabajar()
                halladas += otra.faltas()
                despues = otra.disparos()
                halladas += [f"{uno}: {veces} veces" for uno, veces in despues.items() if veces > 1]
                with otra.instalacion.obra.ctx() as ctx:
                    denuncias = ctx.session.scalar(select(func.count(Denuncia.id))) or 0
            faltas += len(halladas)
            informe.notas += halladas[:5]
            informe.filas.append(
                (numero + 1, denuncias, len(antes), len(despues) - len(antes), len(halladas))
            )
    informe.varas.append(Vara("faltas en lo restaurado", faltas, 0))
    return informe


@contextmanager
def _con_programas() -> Iterator[None]:
    with patch.dict(os.environ, PATH=os.pathsep.join([*programas_de_postgresql(), os.environ["PATH"]])):
        yield


@contextmanager
def _gente(marcha: EnMarcha) -> Iterator[Callable[[float], object]]:
    """People until the end of the block; a way to wait meanwhile. What broke one of them is raised there."""
    alto, errores = threading.Event(), list[BaseException]()

    def vivir() -> None:
        while not alto.is_set():
            try:
                with marcha.navegador() as p:
                    publico.presentar(p, identificarse=False)
                with marcha.navegador() as p:
                    publico.presentar(p)
                for tarea in marcha.oficina.tareas("asignar_denuncia")[:1]:
                    marcha.asignar(tarea.id)
            except BaseException as error:
                errores.append(error)
                alto.set()

    hilos = [threading.Thread(target=vivir) for _ in range(PERSONAS)]
    for hilo in hilos:
        hilo.start()
    try:
        yield alto.wait
    finally:
        alto.set()
        for hilo in hilos:
            hilo.join()
    if errores:
        raise errores[0]
