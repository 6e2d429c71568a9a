"""An act of many workers by the road of a person: `python -m tests.benchmarks.acto_grande [PERSONAS] [csv|xlsx]`.

From the file that the auditor uploads to the page of the credit that she opens: seconds of processor of each
step, those inside a request and those of the worker, and the peak of memory. Every cent is computed again.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from models.acto import Acto
from models.credito import Cedula, ClaseCredito, Credito, EstadoCredito
from models.documento import Documento
from models.patron import Patron
from models.proceso import Tarea
from models.session import make_engine
from tests.conftest import pytest_configure
from tests.factories.casa import Obra, nueva
from tests.process.escenario import COMUNES, Escena
from tests.soporte.bases import motor_sqlite
from tools.memoria import pico_mb
from workflow.actions import nomina, proceso, tarea, trabajador
from workflow.actions.demo import organizacion
from workflow.adapters.nomina import COLUMNAS
from workflow.context import SISTEMA
from workflow.operations import credito_calculo
from workflow.operations.determinacion import AL_INSTANTE
from workflow.operations.sujeto import leer
from workflow.params.cuotas import ramos
from workflow.queries import acto as acto_de_la_pagina
from workflow.queries import nomina as consultas
from workflow.rules import cuotas
from workflow.rules.identificadores import luhn_cuadra

PERIODO = {"desde": "2023-02-01", "hasta": "2026-01-31"}
EJERCICIOS = {"ejercicios": [{"periodo": PERIODO}]}
TRAMOS = (("2023-02-01", "2023-12-31"), ("2024-01-01", "2024-12-31"), ("2025-01-01", "2026-01-31"))
CLAVE = base64.urlsafe_b64encode(bytes(32)).decode()
PETICION, FONDO = "petición", "trabajador"


class Reloj:
    """Seconds of processor of each step."""

    def __init__(self) -> None:
        self.pasos: list[tuple[str, str, float, float]] = []

    @contextmanager
    def mide(self, donde: str, que: str) -> Iterator[None]:
        """One step."""
        inicio = time.process_time()
        yield
        self.pasos.append((donde, que, time.process_time() - inicio, pico_mb()))

    def de(self, donde: str) -> float:
        """All the seconds of one side."""
        return sum(segundos for lado, _, segundos, _ in self.pasos if lado == donde)


def renglones(personas: int) -> list[list[str]]:
    """Three stretches of a year for each worker: thirty-six months."""
    azar, filas = Random(7), []
    for numero in range(personas):
        base = f"{2_000_000_000 + numero * 7}"
        nss = next(f"{base}{n}" for n in range(10) if luhn_cuadra(f"{base}{n}"))
        registrado = "315.04" if numero % 3 else ""
        for desde, hasta in TRAMOS:
            salario = f"{azar.randint(400, 900)}.{azar.randint(10, 99)}"
            filas.append([nss, f"Persona Apellido {numero}", desde, hasta, salario, registrado, "", ""])
    return filas


def archivo(filas: list[list[str]], forma: str) -> bytes:
    """The file that the employer's nómina gives."""
    titulos = [columna.titulo for columna in COLUMNAS]
    if forma == "csv":
        salida = io.StringIO()
        csv.writer(salida).writerows([titulos, *filas])
        return salida.getvalue().encode()
    libro, bytes_ = Workbook(), io.BytesIO()
    for fila in (titulos, *filas):
        libro.active.append(fila)
    libro.save(bytes_)
    return bytes_.getvalue()


def _hasta_determinar(escena: Escena) -> int:
    """A visit with observations, by its real steps, up to the door of the determination; returns the act."""
    pasos: list[dict[str, Any]] = [
        {"hasta": "validada", "de": "d1", "completar_ficha": {**EJERCICIOS, "contribuciones": ["ambas"]}},
        {"sesionar": "s1", "propuestas": ["d1"], "formular_acuerdo": EJERCICIOS},
        {"tarea": "designar_auditor", "de": "d1"},
        {"acto_de": "a1", "de": "d1"},
        {"tarea": "elaborar_orden", "de": "a1", "con": {"periodos": EJERCICIOS["ejercicios"]}},
        {"tarea": "firmar_orden", "de": "a1"},
        {"empezar_visita": "a1", "dia": "2026-03-02"},
        {"cerrar_actas": "a1", "dia": "2026-06-01"},
    ]
    escena.obra.ahora = dt.datetime.fromisoformat("2026-01-12T09:00").replace(tzinfo=escena.obra.ahora.tzinfo)
    for paso in pasos:
        escena._paso(paso)
    return int(escena.ids["a1"][1])


def _importar(escena: Escena, reloj: Reloj, acto_id: int, forma: str, personas: int) -> None:
    datos = archivo(renglones(personas), forma)
    auditora = escena.obra.persona("daniela.solis")
    with escena.obra.como(auditora) as ctx, reloj.mide(PETICION, f"subir el {forma}"):
        documento = nomina.subir(ctx, acto_id, f"nomina.{forma}", datos)
    with escena.obra.como(auditora) as ctx, reloj.mide(PETICION, "revisar renglón por renglón"):
        folio = escena_folio(escena, acto_id)
        previa = consultas.previa(ctx, consultas.abrir(ctx, folio), documento)
    assert not previa.revision.malas, previa.revision.males[:3]
    with escena.obra.como(auditora) as ctx, reloj.mide(PETICION, "importar"):
        assert nomina.importar(ctx, acto_id, documento) == personas * len(TRAMOS)


def escena_folio(escena: Escena, acto_id: int) -> str:
    """The folio of the act, for the pages."""
    with escena.obra.como() as ctx:
        return str(
            ctx.session.scalar(
                select(Tarea.folio).where(Tarea.sujeto_id == acto_id, Tarea.sujeto_tipo == "acto")
            )
        )


def _tarea(
    escena: Escena, reloj: Reloj, nodo: str, sujeto: tuple[str, int], quien: str, datos: dict[str, Any]
) -> None:
    with escena.obra.como() as ctx:
        fila = ctx.session.scalars(
            select(Tarea).where(
                Tarea.nodo == nodo,
                Tarea.estado == "abierta",
                Tarea.sujeto_tipo == sujeto[0],
                Tarea.sujeto_id == sujeto[1],
            )
        ).one()
    with escena.obra.como(escena.obra.persona(quien)) as ctx, reloj.mide(PETICION, nodo):
        tarea.completar(ctx, fila.id, datos, fila.version)


def _fondo(escena: Escena, reloj: Reloj, que: str) -> None:
    """One round of the worker, in a process of its own as in an installation."""
    url = escena.obra.casas[0].motor.url
    carpeta = str(Path(str(url.database)).parent)
    dicho = [str(url), carpeta, CLAVE, escena.obra.ahora.isoformat()]
    orden = [sys.executable, "-m", "tests.benchmarks.acto_grande", "--trabajador", *dicho]
    salida = subprocess.run(orden, capture_output=True, text=True, check=True).stdout
    segundos, pico = json.loads(salida)
    reloj.pasos.append((FONDO, que, segundos, pico))


def _trabajador(url: str, carpeta: str, clave: str, ahora: str) -> None:
    casa = nueva(make_engine(url), Path(carpeta), clave)
    inicio = time.process_time()
    with casa.sesiones() as sesion:
        trabajador.una_vez(
            casa.contexto(sesion, SISTEMA, dt.datetime.fromisoformat(ahora).astimezone(dt.UTC))
        )
    print(json.dumps([time.process_time() - inicio, pico_mb()]))  # noqa: T201


def _comprobar(escena: Escena, credito_id: int, personas: int) -> None:
    """Every cent of the cédula equals the rule of cuotas, applied to each stretch of each worker by itself."""
    with escena.obra.como() as ctx:
        credito = ctx.session.get_one(Credito, credito_id)
        fila = ctx.session.scalars(
            select(Cedula).where(Cedula.credito_id == credito_id).order_by(Cedula.id).limit(1)
        ).one()
        clase = ctx.session.get_one(Patron, credito.patron_id).clase_riesgo
        mensuales = {c for c, ramo in ramos(dt.date(2025, 1, 1)).items() if ramo.pago == "mensual"}
        suma, quienes = Decimal(0), set()
        for uno in credito_calculo.trabajadores(ctx, credito):
            quienes.add(uno.nss)
            for sbc, signo in ((uno.sbc_comprobado, 1), (uno.sbc_registrado, -1)):
                if sbc is None:
                    continue
                for mes in cuotas.calcular(sbc, uno.desde, uno.hasta, clase_riesgo=clase).meses:
                    suma += signo * sum(
                        (c.patron + c.trabajador for ramo, c in mes.ramos.items() if ramo in mensuales),
                        Decimal(0),
                    )
    assert len(quienes) == fila.trabajadores == personas
    assert fila.omitido_patron + fila.omitido_trabajador == suma, (fila.omitido_patron, suma)


def medir(personas: int, forma: str) -> Reloj:
    """Play the road once."""
    reloj = Reloj()
    with tempfile.TemporaryDirectory() as carpeta, motor_sqlite(Path(carpeta)) as motor:
        casa = nueva(motor, Path(carpeta), CLAVE)
        with casa.ctx() as ctx:
            organizacion.cargar(ctx)
            proceso.publicar(ctx)
        escena = Escena(Obra([casa]), {"pasos": [], "fin": {}})
        acto_id = _hasta_determinar(escena)
        _fondo(escena, Reloj(), "lo anterior")
        _importar(escena, reloj, acto_id, forma, personas)
        _tarea(
            escena,
            reloj,
            "preparar_determinacion",
            ("acto", acto_id),
            "daniela.solis",
            {"base_presuntiva": False, "infracciones": []},
        )
        with escena.obra.como() as ctx:
            vista = acto_de_la_pagina.de(ctx, ctx.session.get_one(Acto, acto_id), leer(ctx, "acto", acto_id))
            assert (vista.creditos, vista.por_calcular) == (
                (2, 2) if vista.renglones > AL_INSTANTE else (2, 0)
            )
        _fondo(escena, reloj, "calcular los créditos")
        with escena.obra.como() as ctx:
            creditos = ctx.session.scalars(
                select(Credito).where(Credito.acto_id == acto_id).order_by(Credito.id)
            ).all()
            assert {c.estado for c in creditos} == {EstadoCredito.EN_PROYECTO}
            uno = next(c.id for c in creditos if c.clase is ClaseCredito.COP)
        sujeto = ("credito", uno)
        for nodo in ("elaborar_cedula", "revisar_cedula", "firmar_cedula"):
            comun = COMUNES["tareas"][nodo]
            _tarea(escena, reloj, nodo, sujeto, comun["quien"], comun["datos"])
        _fondo(escena, reloj, "imprimir la cédula")
        with escena.obra.como() as ctx:
            papel = ctx.session.scalars(
                select(Documento).where(Documento.sujeto_id == uno, Documento.tipo == "cedula_liquidacion")
            ).one()
            assert papel.sha256 is not None, "la cédula no se imprimió"
        _comprobar(escena, uno, personas)
    return reloj


def main(personas: int, forma: str) -> None:
    """Measure once and print."""
    pytest_configure()
    reloj = medir(personas, forma)
    for donde, que, segundos, pico in reloj.pasos:
        print(f"  {donde:>10}  {segundos:6.2f} s  {pico:4.0f} MB  {que}")  # noqa: T201
    dicho = {
        "peticion": round(reloj.de(PETICION), 2),
        "fondo": round(reloj.de(FONDO), 2),
        "pico_mb": round(max(pico for *_, pico in reloj.pasos)),
    }
    print(f"{personas} personas × 36 meses por {forma}: {json.dumps(dicho)}")  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:2] == ["--trabajador"]:
        _trabajador(*sys.argv[2:])
        sys.exit()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2] if len(sys.argv) > 2 else "csv")
