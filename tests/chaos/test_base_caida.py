"""PostgreSQL stops while people work and comes back: pages say so, nobody loses what was told, the worker goes on."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from models.proceso import EstadoTarea
from tests.chaos.estado import Estado
from tests.chaos.servidor import Aparte, aparte
from tests.conftest import omitir
from tests.soporte.en_marcha import ANALISTA, JEFE, EnMarcha, a_la_vez, en_marcha
from tests.web.personal import Oficina, apretar
from web import create_app
from web.config import Ajustes

PERSONAS, TAREAS = 3, 4
TRABAJAN_S, CAIDA_S, LIMITE_S = 1.0, 2.0, 120.0


@pytest.mark.caos
def test_la_base_se_cae_y_vuelve(ajustes: Ajustes, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--bd") == "sqlite":
        pytest.skip("it stops a PostgreSQL")
    with aparte() as servidor:
        if servidor.url is None:
            omitir(servidor.por_que_no)
        with servidor.motor() as motor:
            url = motor.url.render_as_string(hide_password=False)
            puestos = replace(ajustes, database_url=url)
            oficina = Oficina(create_app(puestos, motor=motor))
            for _ in range(PERSONAS * TAREAS):
                oficina.denuncia()
            tareas = [t.id for t in oficina.tareas("asignar_denuncia")]
            with en_marcha(oficina, puestos, tmp_path, trabajadores=1) as casa:
                gente = [partial(_trabajar, casa, tareas[n::PERSONAS]) for n in range(PERSONAS)]
                *vistos, _ = a_la_vez([*gente, partial(_caer, servidor)])
                casa.aquietar()
            _juzgar([uno for suyos in vistos for uno in suyos])
            estado = Estado(oficina.ctx)
            assert estado.todas() + estado.pendientes() == []
            assert {oficina.tarea(t).estado for t in tareas} == {EstadoTarea.HECHA}


def _caer(servidor: Aparte) -> None:
    time.sleep(TRABAJAN_S)
    servidor.parar()
    time.sleep(CAIDA_S)
    servidor.arrancar()


def _juzgar(vistos: list[tuple[int, str]]) -> None:
    """Somebody saw it, in words; nobody an error of ours. A form may be met by its own earlier sending."""
    assert {codigo for codigo, _ in vistos} <= {200, 409, 410, 503}, [t[:300] for c, t in vistos if c >= 500]
    caidas = [texto for codigo, texto in vistos if codigo == 503]
    assert caidas, "nadie notó la caída"
    assert all("no está disponible" in texto for texto in caidas), caidas[:1]


def _trabajar(casa: EnMarcha, tareas: list[int]) -> list[tuple[int, str]]:
    """She gives each of her tasks to Ana and insists until it is done: what every page told her."""
    vistos: list[tuple[int, str]] = []
    analista, limite = casa.oficina.usuario(ANALISTA).id, time.monotonic() + LIMITE_S
    with casa.navegador(JEFE) as p:
        for tarea in tareas:
            hecha = False
            while not hecha:
                assert time.monotonic() < limite, vistos[-3:]
                p.ir(f"/tarea/{tarea}")
                if 'id="formulario"' in p.pagina.text:
                    apretar(p, prioridad="normal", analista=analista, sin_conflicto="si")
                vistos.append((p.pagina.status_code, p.texto))
                hecha = p.pagina.status_code != 503
                time.sleep(0.05)
    return vistos
