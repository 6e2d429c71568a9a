"""A backup taken while people file and complete, timers fire and the worker sweeps, put back somewhere else."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from models.denuncia import Denuncia
from models.expediente import Consecutivo
from models.organizacion import Usuario
from models.proceso import EstadoTarea, Tarea
from tests.integration.test_respaldo import programas_de_postgresql
from tests.soporte.restaurada import en_otra_parte
from tests.web.personal import Oficina, abrir_sesion, enviar
from tests.web.publico import presentar_directo
from web.config import Ajustes
from workflow import worker
from workflow.actions import reloj, respaldo

ANTES, DESPUES = 2, 1
ESPERA_S = 60.0


class Carga:
    """People, clock and worker, each in a thread of their own. `vueltas`: how often each has come round."""

    def __init__(self, app: Flask) -> None:
        self.app, self.oficina = app, Oficina(app)
        self.obra = app.extensions["denuncias"].obra
        self.analista = self.oficina.usuario("ana.trejo").id
        self.errores: list[BaseException] = []
        self.vueltas: dict[str, int] = {}
        self._alto, self._avanza = threading.Event(), threading.Condition()

    def _repetir(self, nombre: str, hacer: Callable[[], object]) -> None:
        while not self._alto.is_set():
            try:
                hacer()
            except BaseException as error:
                self.errores.append(error)
                self._alto.set()
            with self._avanza:
                self.vueltas[nombre] = self.vueltas.get(nombre, 0) + 1
                self._avanza.notify_all()

    def esperar(self, mas: int) -> None:
        """Until each has come round so many times more."""
        with self._avanza:
            meta = {nombre: veces + mas for nombre, veces in self.vueltas.items()}
            llego = self._avanza.wait_for(
                lambda: self.errores or all(self.vueltas[n] >= v for n, v in meta.items()), ESPERA_S
            )
        assert llego, self.vueltas
        assert not self.errores, self.errores

    def gente(self) -> None:
        """One who says who she is, and her task done at a page; one who does not, whose term runs."""
        presentar_directo(
            self.app, cp="37290", identificarse="no", nombre=None, curp=None, primer_apellido=None
        )
        self.oficina.denuncia()
        tarea = self.oficina.tareas("asignar_denuncia")[-1]
        jefe = self.oficina.entra("jose.cazares")
        enviar(jefe, tarea.id, prioridad="normal", analista=self.analista, sin_conflicto="si")
        assert jefe.pagina.status_code == 200

    def tiempo(self) -> None:
        """A fortnight goes by: what falls due fires."""
        with self.obra.ctx() as ctx:
            reloj.avanzar(ctx, "2s", "demo")

    def trabajador(self) -> None:
        """A sweep."""
        worker.barrer(self.obra)

    @contextmanager
    def en_marcha(self) -> Iterator[None]:
        """All of them until the end of the block."""
        quienes = {"gente": self.gente, "tiempo": self.tiempo, "trabajador": self.trabajador}
        self.vueltas = dict.fromkeys(quienes, 0)
        hilos = [threading.Thread(target=self._repetir, args=uno) for uno in quienes.items()]
        for hilo in hilos:
            hilo.start()
        try:
            yield
        finally:
            self._alto.set()
            for hilo in hilos:
                hilo.join(ESPERA_S)


def test_un_respaldo_con_la_casa_en_marcha(
    app: Flask, motor_bd: Engine, ajustes: Ajustes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if motor_bd.dialect.name == "postgresql":
        programas_de_postgresql(monkeypatch)
    carga = Carga(app)
    instalacion = respaldo.Instalacion(carga.obra, ajustes.almacen_archivos, ajustes.claves_cifrado, "0.0.1")
    with carga.en_marcha():
        carga.esperar(ANTES)
        hecho = respaldo.crear(instalacion, tmp_path / "respaldos")
        carga.esperar(DESPUES)
    assert not carga.errores, carga.errores
    with respaldo.abrir(instalacion, hecho.ruta) as abierto:
        assert abierto.faltas == ()
    with en_otra_parte(instalacion, hecho.ruta, ajustes, tmp_path / "otra") as otra:
        with otra.instalacion.obra.ctx() as ctx:
            denuncias = ctx.session.scalar(select(func.count(Denuncia.id))) or 0
            abiertas = ctx.session.scalar(
                select(func.count(Tarea.id)).where(Tarea.estado == EstadoTarea.ABIERTA)
            )
        assert denuncias >= 2 * ANTES
        assert abiertas
        assert otra.faltas() == []
        antes = otra.disparos()
        otra.trabajar()
        despues = otra.disparos()
        assert otra.faltas() == []
        assert antes, "nothing had fired: the test shows nothing"
        assert {uno: veces for uno, veces in despues.items() if veces > 1} == {}
    with carga.oficina.ctx() as ctx:
        assert denuncias < (ctx.session.scalar(select(func.count(Denuncia.id))) or 0)


@pytest.mark.una_base("sqlite")
def test_restaurar_cierra_las_sesiones_y_no_repite_folios(
    app: Flask, motor_bd: Engine, ajustes: Ajustes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who signed out after the backup stays out; a folio that somebody holds on paper is not another's."""
    if motor_bd.dialect.name == "postgresql":
        programas_de_postgresql(monkeypatch)
    oficina, obra = Oficina(app), app.extensions["denuncias"].obra
    oficina.denuncia()
    instalacion = respaldo.Instalacion(obra, ajustes.almacen_archivos, ajustes.claves_cifrado, "0.0.1")
    hecho = respaldo.crear(instalacion, tmp_path / "respaldos")
    perdido, _, _ = presentar_directo(app, cp="37290")
    revocada = app.test_client()
    abrir_sesion(revocada, oficina.usuario("ana.trejo"))
    with oficina.ctx() as ctx:
        ana = ctx.session.get_one(Usuario, oficina.usuario("ana.trejo").id)
        ana.sesion_serie += 1
        ctx.session.commit()
    viva = app.test_client()
    abrir_sesion(viva, oficina.usuario("ana.trejo"))
    assert [c.get("/bandeja").status_code for c in (revocada, viva)] == [302, 200]
    respaldo.restaurar(instalacion, hecho.ruta, reemplazar=True)
    respaldo.asentar_restauracion(instalacion, hecho.ruta)
    assert [c.get("/bandeja").status_code for c in (revocada, viva)] == [302, 302]
    nuevo, _, _ = presentar_directo(app, cp="37290")
    assert _numero(nuevo) > _numero(perdido)
    with oficina.ctx() as ctx:
        assert ctx.session.scalar(select(func.min(Consecutivo.ultimo))) > respaldo.FOLIOS_PERDIDOS


def _numero(folio: str) -> int:
    hallado = re.fullmatch(r"DEN-\d{4}-(\d+)-\d", folio)
    assert hallado is not None
    return int(hallado[1])
