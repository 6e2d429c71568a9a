"""No room: in the database, in the file store. The step fails with a sentence and the case stays where it was."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text

from models.proceso import EstadoTarea
from tests.chaos.estado import Estado
from tests.chaos.test_choques import DISPARADOR, QUITAR
from tests.web import publico
from tests.web.personal import Oficina, enviar

pytestmark = pytest.mark.caos
SIN_ESPACIO, TAREAS = "53100", 12


@pytest.fixture
def llenar(motor_bd: Engine) -> Iterator[Callable[[bool], None]]:
    """The disk of the database is full, or not any more."""

    def postgresql(lleno: bool) -> None:
        with motor_bd.begin() as conexion:
            conexion.execute(text(QUITAR))
            if lleno:
                conexion.execute(text(DISPARADOR.format(codigo=SIN_ESPACIO, veces=10**6)))

    def tope(conexion: Any, _registro: object) -> None:
        conexion.execute(
            "PRAGMA max_page_count=1"
        )  # never less than it has: as many as there are, and not one more

    def sqlite(lleno: bool) -> None:
        if lleno:
            event.listen(motor_bd, "connect", tope)
        elif event.contains(motor_bd, "connect", tope):
            event.remove(motor_bd, "connect", tope)
        motor_bd.dispose()

    poner = postgresql if motor_bd.dialect.name == "postgresql" else sqlite
    yield poner
    poner(False)


def test_la_base_sin_espacio(app: Flask, llenar: Callable[[bool], None]) -> None:
    """On SQLite the first steps still fit in the pages that there are."""
    oficina = Oficina(app)
    for _ in range(TAREAS):
        oficina.denuncia()
    tareas = [t.id for t in oficina.tareas("asignar_denuncia")]
    jefe = oficina.entra("jose.cazares")
    datos = {"prioridad": "normal", "sin_conflicto": "si", "analista": oficina.usuario("ana.trejo").id}
    llenar(True)
    hechas = list(takewhile(lambda t: enviar(jefe, t, **datos).status_code == 200, tareas))
    assert len(hechas) < TAREAS, "nunca se llenó"
    assert jefe.pagina.status_code == 503
    assert "no está disponible" in jefe.texto
    llenar(False)
    assert Estado(oficina.ctx).todas() == []
    rehusada = tareas[len(hechas)]
    assert oficina.tarea(rehusada).estado == EstadoTarea.ABIERTA
    assert enviar(jefe, rehusada, **datos).status_code == 200
    assert Estado(oficina.ctx).todas() == []


@pytest.mark.una_base("sqlite")
@pytest.mark.parametrize("codigo", [errno.ENOSPC, errno.EDQUOT])
def test_el_almacen_sin_espacio(codigo: int, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence that cannot be kept: the page says it and the draft goes on without it."""
    Oficina(app)
    persona = publico.Persona(app.test_client())

    def lleno(_descriptor: int) -> None:
        raise OSError(codigo, "No space left on device")

    publico.llenar(persona)
    persona.ir("/denuncia/pruebas")
    with monkeypatch.context() as parche:
        parche.setattr("os.fsync", lleno)
        persona.enviar(archivos=(publico.io.BytesIO(publico.foto()), "recibo.jpg"))
    assert persona.pagina.status_code == 503, persona.texto
    assert "ya no tiene espacio" in persona.texto
    persona.ir("/denuncia/revisar")
    persona.enviar(protesta="si")
    assert "folio" in persona.pagina.text
    assert Estado(app.extensions["denuncias"].obra.ctx).todas() == []
