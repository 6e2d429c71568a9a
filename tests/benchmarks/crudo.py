"""Raw SpiffWorkflow in the reference cases: its stock engine, its stock serializer, stored whole at every step.

Its specification is parsed once, as ours; the workflow with its specification is one text, read and written each time.
Tables of its own and a bare driver: nothing but the engine is compared.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Engine

from tests.benchmarks import guion
from tests.benchmarks.bases import url_psycopg
from tests.benchmarks.marco import Pasada

ESQUEMA = Path(__file__).parent / "pares" / "esquema.sql"
SERIE = {
    "sqlite": "INTEGER PRIMARY KEY",
    "postgresql": "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}
EN = "2026-11-20T16:00:00+00:00"


def tablas(dialecto: str) -> str:
    """The statements that make the tables of a rival."""
    return ESQUEMA.read_text(encoding="utf-8").replace("{serie}", SERIE[dialecto])


class Crudo:
    """Plays one reference case. Its rows: the case, its open tasks, one line of history a step."""

    def __init__(self, motor: Engine, carpeta: Path, proceso: str, texto: str) -> None:
        self.proceso = proceso
        lector = BpmnParser()
        lector.add_bpmn_xml(etree.fromstring(texto.encode()))
        self.definicion = lector.get_spec(proceso)
        self.llamadas = lector.get_subprocess_specs(proceso)
        self.serializador = BpmnWorkflowSerializer()
        self.es_sqlite = motor.dialect.name == "sqlite"
        if self.es_sqlite:
            self.conexion: Any = sqlite3.connect(carpeta / f"crudo-{proceso}.sqlite", isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self.conexion.execute(f"PRAGMA {pragma}")
            self.conexion.executescript(tablas("sqlite"))
        else:
            self.conexion = psycopg.connect(url_psycopg(motor))
            self.conexion.execute(f"DROP SCHEMA IF EXISTS crudo_{proceso} CASCADE")
            self.conexion.execute(f"CREATE SCHEMA crudo_{proceso}")
            self.conexion.execute(f"SET search_path TO crudo_{proceso}")
            self.conexion.execute(tablas("postgresql"))
            self.conexion.commit()

    def cerrar(self) -> None:
        """Let the database go, with what was written in it."""
        if not self.es_sqlite:
            self.conexion.execute(f"DROP SCHEMA crudo_{self.proceso} CASCADE")
            self.conexion.commit()
        self.conexion.close()

    def jugar(self, casos: int) -> Pasada:
        """That many cases from end to end."""
        pasos: list[float] = []
        mayores = []
        inicio = time.perf_counter()
        for _ in range(casos):
            caso_id, estado, abiertas = self.iniciar()
            mayor = len(estado)
            while abiertas:
                antes = time.perf_counter()
                flujo, abiertas, tamano = self.paso(caso_id, abiertas[0])
                pasos.append(time.perf_counter() - antes)
                mayor = max(mayor, tamano)
            assert flujo.is_completed()
            assert flujo.data["outcome"] == guion.FINAL
            mayores.append(mayor)
        return Pasada(casos, time.perf_counter() - inicio, pasos, sum(mayores) / casos)

    # -- rows --------------------------------------------------------------------------------------------
    def _hacer(self, orden: str, *valores: Any) -> Any:
        return self.conexion.execute(orden if self.es_sqlite else orden.replace("?", "%s"), valores)

    @contextmanager
    def _transaccion(self) -> Iterator[None]:
        if self.es_sqlite:
            self.conexion.execute("BEGIN IMMEDIATE")
        yield
        self.conexion.commit()

    def iniciar(self) -> tuple[int, str, list[str]]:
        """A case: its row, its state, the tasks open in it."""
        with self._transaccion():
            flujo = BpmnWorkflow(self.definicion, self.llamadas)
            flujo.do_engine_steps()
            estado: str = self.serializador.serialize_json(flujo)
            (caso_id,) = self._hacer(
                "INSERT INTO caso (proceso, estado, terminado, version) VALUES (?, ?, 0, 1) RETURNING id",
                self.proceso,
                estado,
            ).fetchone()
            abiertas = self._anotar(caso_id, flujo, set(), "start")
        return caso_id, estado, abiertas

    def paso(self, caso_id: int, tarea: str) -> tuple[Any, list[str], int]:
        """Complete one task: the workflow as it was left, the tasks open in it, its length in the database."""
        with self._transaccion():
            candado = "" if self.es_sqlite else " FOR UPDATE"
            leido = self._hacer(f"SELECT estado, version FROM caso WHERE id = ?{candado}", caso_id).fetchone()
            flujo = self.serializador.deserialize_json(leido[0])
            habia = {str(t.id) for t in _por_hacer(flujo)}
            hecha = next(t for t in _por_hacer(flujo) if str(t.id) == tarea)
            hecha.data.update(guion.decisiones(hecha.task_spec.bpmn_id))
            hecha.run()
            flujo.do_engine_steps()
            estado = self.serializador.serialize_json(flujo)
            guardado = self._hacer(
                "UPDATE caso SET estado = ?, terminado = ?, version = version + 1 WHERE id = ? AND version = ?",
                estado,
                int(flujo.is_completed()),
                caso_id,
                leido[1],
            )
            assert guardado.rowcount == 1
            self._hacer(
                "UPDATE tarea SET estado = 'hecha', hecha_en = ? WHERE caso_id = ? AND nodo_motor = ?",
                EN,
                caso_id,
                tarea,
            )
            abiertas = self._anotar(caso_id, flujo, habia, hecha.task_spec.bpmn_id)
        return flujo, abiertas, len(estado)

    def _anotar(self, caso_id: int, flujo: BpmnWorkflow, habia: set[str], nodo: str) -> list[str]:
        por_hacer = _por_hacer(flujo)
        for tarea in por_hacer:
            if str(tarea.id) not in habia:
                self._hacer(
                    "INSERT INTO tarea (caso_id, nodo_motor, nodo, estado, creada_en) "
                    "VALUES (?, ?, ?, 'abierta', ?)",
                    caso_id,
                    str(tarea.id),
                    tarea.task_spec.bpmn_id,
                    EN,
                )
        self._hacer("INSERT INTO historia (caso_id, nodo, en) VALUES (?, ?, ?)", caso_id, nodo, EN)
        return [str(tarea.id) for tarea in por_hacer]


def _por_hacer(flujo: BpmnWorkflow) -> list[Any]:
    return list(flujo.get_tasks(state=TaskState.READY, manual=True))
