"""A bank's file against as many credits: `python -m tests.benchmarks.banco [RENGLONES] [--perfil]`.

Prints the seconds and the statements of looking at it, of handing it in and of receiving it.
"""

from __future__ import annotations

import cProfile
import datetime as dt
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, select

from models.base import Base
from models.organizacion import Usuario
from tests.factories import cuenta as fabrica
from tests.factories.casa import nueva
from workflow.actions import pago as pagos
from workflow.actions import salida
from workflow.actions.casa import Casa
from workflow.actions.demo import organizacion
from workflow.context import SISTEMA, Actor, Ctx

AHORA = dt.datetime(2026, 3, 20, 16, tzinfo=dt.UTC)
CABEZA = "fecha,referencia,linea_captura,importe,registro_patronal"
POR_ACTO = 4


def archivo(ctx: Ctx, renglones: int) -> str:
    """A payment for each of so many credits, some in full and some in part, of employers with several."""
    filas = [CABEZA]
    for numero in range(renglones):
        if numero % POR_ACTO == 0:
            patron = fabrica.patron(ctx, f"Z{numero:07d}10")
            acto = fabrica.acto(ctx, patron)
        credito = fabrica.credito(ctx, acto, notificado=dt.date(2026, 3, 2))
        for mes in range(1, 13):
            vence = dt.date(2025, mes, 17)
            fabrica.cuotas(ctx, credito, vence, "1000.00")
        importe = Decimal(12_500) if numero % 3 else Decimal(40_000)
        filas.append(
            f"2026-03-{10 + numero % 9},R{numero},{credito.folio},{importe},{patron.registro_patronal}"
        )
    ctx.session.commit()
    return "\n".join(filas)


def consultas_de(motor: Engine, que: Callable[[], Any]) -> tuple[float, int]:
    """(seconds of CPU, statements) of a call."""
    cuantas: list[str] = []
    event.listen(motor, "before_cursor_execute", lambda _c, _k, orden, *_: cuantas.append(orden))
    inicio = time.process_time()
    que()
    return time.process_time() - inicio, len(cuantas)


def medir(motor: Engine, renglones: int) -> dict[str, tuple[float, int]]:
    """Seconds and statements of the preview, of the request that imports it, and of the worker that receives it."""
    with tempfile.TemporaryDirectory() as carpeta:
        casa = nueva(motor, Path(carpeta))
        with casa.sesiones() as sesion:
            sistema = casa.contexto(sesion, Actor("sistema"), AHORA)
            organizacion.cargar(sistema)
            texto = archivo(sistema, renglones)
            quien = sesion.scalars(select(Usuario).where(Usuario.correo.startswith("hector.rios"))).one()
            jefe = Actor(
                "persona", quien.id, quien.nombre, frozenset({"jefe_cobranza"}), quien.subdelegacion_id
            )
        with casa.sesiones() as sesion:
            ctx = casa.contexto(sesion, jefe, AHORA)
            previa = consultas_de(motor, lambda: pagos.previsualizar(ctx, texto))
        with casa.sesiones() as sesion:
            ctx = casa.contexto(sesion, jefe, AHORA)
            importar = consultas_de(motor, lambda: pagos.importar(ctx, texto, excedente="devolver"))
        trabajador = consultas_de(motor, lambda: _recibir(casa))
    return {"previa": previa, "importar": importar, "trabajador": trabajador}


def _recibir(casa: Casa) -> None:
    """Sweeps of the outbox until the file is received."""
    hechos, ahora = 1, AHORA
    while hechos:
        ahora += dt.timedelta(seconds=1)
        with casa.sesiones() as sesion:
            hechos = salida.vaciar(casa.contexto(sesion, SISTEMA, ahora))


def main(renglones: int, perfil: bool) -> None:
    """Measure once and print."""
    motor = create_engine("sqlite://")
    Base.metadata.create_all(motor)
    with cProfile.Profile() as hecho:
        medidas = medir(motor, renglones)
    for que, (segundos, consultas) in medidas.items():
        print(f"{que}: {renglones} renglones, {segundos:.1f} s de CPU, {consultas} consultas")  # noqa: T201
    if perfil:
        pstats.Stats(hecho).sort_stats("cumulative").print_stats(70)


if __name__ == "__main__":
    numeros = [uno for uno in sys.argv[1:] if uno.isdigit()]
    main(int(numeros[0]) if numeros else 1000, "--perfil" in sys.argv)
