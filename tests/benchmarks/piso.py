"""The floor: the very rows of our engine's steps, by the driver alone and without any engine.

One case of ours is recorded step by step; the floor writes those rows again, for new cases, with six statements a
step: lock and read, task done, case saved, tasks born, timers armed or dropped, history. And a commit.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Engine, select
from sqlalchemy.sql.elements import BinaryExpression
from sqlalchemy.sql.schema import Table

from models.proceso import Instancia, Paso, Tarea, Temporizador
from tests.benchmarks import guion
from tests.benchmarks.bases import url_psycopg
from tests.benchmarks.marco import Pasada
from tests.benchmarks.nuestro import Nuestro
from workflow.engine.store import Case

Fila = dict[str, Any]
LEER = "SELECT * FROM tarea t JOIN instancia i ON i.id = t.instancia_id WHERE t.id = :tarea{candado}"
HECHA = (
    "UPDATE tarea SET estado = 'hecha', hecha_en = :hecha_en, hecha_por = :hecha_por, asignada_a = :asignada_a, "
    "respuesta = :respuesta, borrador = NULL, borrador_en = NULL, borrador_de = NULL, version = version + 1 "
    "WHERE id = :tarea"
)
GUARDAR = (
    "UPDATE instancia SET estado_motor = :estado_motor, estado = :estado, expediente_id = :expediente_id, "
    "subdelegacion_id = :subdelegacion_id, fin = :fin, datos_fin = :datos_fin, terminada_en = :terminada_en, "
    "version = version + 1 WHERE id = :id AND version = :version"
)
DESARMAR = "DELETE FROM temporizador WHERE instancia_id = :instancia_id AND nodo_motor = :nodo_motor"


@dataclass
class Escena:
    """The rows of one step: which task was done, how the case was left, what was born and what dropped."""

    hecha: Fila
    caso: Fila
    tareas: list[Fila] = field(default_factory=list)
    armados: list[Fila] = field(default_factory=list)
    desarmados: list[str] = field(default_factory=list)
    historia: list[Fila] = field(default_factory=list)


def grabar(nuestro: Nuestro, proceso: str) -> list[Escena]:
    """One case of ours, step by step. The first scene is its beginning: no task is done in it."""
    caso_id, pendientes = nuestro.iniciar(proceso)
    escenas = [_escena(nuestro, caso_id, None, [])]
    while pendientes:
        tarea_id, nodo = pendientes.pop(0)
        nuevas, caso = nuestro.paso(tarea_id, guion.decisiones(nodo))
        pendientes += nuevas
        escenas.append(_escena(nuestro, caso_id, tarea_id, escenas))
    assert isinstance(caso, Case)
    return escenas


def _escena(nuestro: Nuestro, caso_id: int, hecha: int | None, antes: Sequence[Escena]) -> Escena:
    motor = nuestro.casa.motor
    tareas = _filas(motor, Tarea.__table__, Tarea.instancia_id == caso_id)
    timers = _filas(motor, Temporizador.__table__, Temporizador.instancia_id == caso_id)
    pasos = _filas(motor, Paso.__table__, Paso.instancia_id == caso_id)
    vistas = {fila["id"] for escena in antes for fila in escena.tareas}
    armados = {fila["id"]: fila for escena in antes for fila in escena.armados}
    quedan = {fila["id"] for fila in timers}
    return Escena(
        hecha=next((fila for fila in tareas if fila["id"] == hecha), {}),
        caso=_filas(motor, Instancia.__table__, Instancia.id == caso_id)[0],
        tareas=[fila for fila in tareas if fila["id"] not in vistas],
        armados=[fila for fila in timers if fila["id"] not in armados],
        desarmados=[fila["nodo_motor"] for clave, fila in armados.items() if clave not in quedan],
        historia=pasos[sum(len(escena.historia) for escena in antes) :],
    )


def _filas(motor: Engine, tabla: Any, condicion: BinaryExpression[bool]) -> list[Fila]:
    """Rows as the driver has them: what the ORM makes of JSON, dates and enumerations is not undone by hand."""
    assert isinstance(tabla, Table)
    consulta = select(tabla).where(condicion).order_by(tabla.c.id)
    compilada = consulta.compile(motor, compile_kwargs={"literal_binds": True})
    with motor.execution_options(solo_lectura=True).connect() as conexion:
        filas = [dict(fila) for fila in conexion.exec_driver_sql(str(compilada)).mappings()]
    return [{clave: _crudo(valor) for clave, valor in fila.items()} for fila in filas]


def _crudo(valor: Any) -> Any:
    return psycopg.types.json.Json(valor) if isinstance(valor, (dict, list)) else valor


class Piso:
    """Writes the recorded rows of one reference case."""

    def __init__(self, motor: Engine, escenas: Sequence[Escena]) -> None:
        self.escenas = escenas
        self.es_sqlite = motor.dialect.name == "sqlite"
        if self.es_sqlite:
            assert motor.url.database is not None
            self.conexion: Any = sqlite3.connect(motor.url.database, isolation_level=None, timeout=30)
            for pragma in ("foreign_keys=ON", "synchronous=FULL"):
                self.conexion.execute(f"PRAGMA {pragma}")
        else:
            self.conexion = psycopg.connect(url_psycopg(motor))
        self.leer = self._sql(LEER.format(candado="" if self.es_sqlite else " FOR UPDATE OF t, i"))
        self.hecha, self.guardar, self.desarmar = self._sql(HECHA), self._sql(GUARDAR), self._sql(DESARMAR)
        primera = escenas[0]
        self.caso = self._insertar("instancia", primera.caso, devuelve=True)
        self.tarea = self._insertar("tarea", primera.tareas[0], devuelve=True)
        self.historia = self._insertar("paso", primera.historia[0])
        armado = next(fila for escena in escenas for fila in escena.armados)
        self.armar = self._insertar("temporizador", armado)

    def _sql(self, texto: str) -> str:
        return texto if self.es_sqlite else re.sub(r":(\w+)", r"%(\1)s", texto)

    def _insertar(self, tabla: str, muestra: Mapping[str, Any], *, devuelve: bool = False) -> str:
        columnas = [c for c in muestra if c != "id"]
        valores = ", ".join(f":{c}" for c in columnas)
        final = " RETURNING id" if devuelve else ""
        return self._sql(f"INSERT INTO {tabla} ({', '.join(columnas)}) VALUES ({valores}){final}")

    def cerrar(self) -> None:
        """Let the database go."""
        self.conexion.close()

    def jugar(self, casos: int) -> Pasada:
        """That many cases from end to end."""
        pasos: list[float] = []
        inicio = time.perf_counter()
        for _ in range(casos):
            caso_id, ids = self._empezar()
            for version, escena in enumerate(self.escenas[1:], start=2):
                antes = time.perf_counter()
                self._paso(escena, caso_id, ids, version)
                pasos.append(time.perf_counter() - antes)
        return Pasada(casos, time.perf_counter() - inicio, pasos)

    def _empezar(self) -> tuple[int, dict[str, int]]:
        primera, ids = self.escenas[0], dict[str, int]()
        if self.es_sqlite:
            self.conexion.execute("BEGIN IMMEDIATE")
        nuevo = {**primera.caso, "estado_motor": None, "version": 1}
        caso_id = self.conexion.execute(self.caso, nuevo).fetchone()[0]
        self.conexion.execute(self.guardar, {**primera.caso, "id": caso_id, "version": 1})
        self._nacen(primera, caso_id, ids)
        self.conexion.commit()
        return caso_id, ids

    def _paso(self, escena: Escena, caso_id: int, ids: dict[str, int], version: int) -> None:
        tarea = ids[escena.hecha["nodo_motor"]]
        if self.es_sqlite:
            self.conexion.execute("BEGIN IMMEDIATE")
        assert self.conexion.execute(self.leer, {"tarea": tarea}).fetchone() is not None
        self.conexion.execute(self.hecha, {**escena.hecha, "tarea": tarea})
        guardada = self.conexion.execute(self.guardar, {**escena.caso, "id": caso_id, "version": version})
        assert guardada.rowcount == 1
        for nodo in escena.desarmados:
            self.conexion.execute(self.desarmar, {"instancia_id": caso_id, "nodo_motor": nodo})
        self._nacen(escena, caso_id, ids)
        self.conexion.commit()

    def _nacen(self, escena: Escena, caso_id: int, ids: dict[str, int]) -> None:
        suyo = {"instancia_id": caso_id}
        for fila in escena.tareas:
            nueva = {**fila, **suyo, "estado": "abierta", "version": 1}
            ids[fila["nodo_motor"]] = self.conexion.execute(self.tarea, nueva).fetchone()[0]
        if escena.armados:
            self._varias(self.armar, [{**fila, **suyo} for fila in escena.armados])
        if escena.historia:
            self._varias(self.historia, [{**fila, **suyo} for fila in escena.historia])

    def _varias(self, orden: str, filas: list[Fila]) -> None:
        cursor = self.conexion.cursor()
        cursor.executemany(orden, filas)
        cursor.close()
