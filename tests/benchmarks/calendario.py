"""A new día inhábil over many open terms, measured: `python -m tests.benchmarks.calendario 100000`.

On the PostgreSQL of the tests, with timers, tasks and a log per case; says the seconds of the preview, of the
day itself, of the batches and of checking the log.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select, text

from models.plazo import CambioCalendario, EstadoCambio, MovimientoPlazo
from tests.factories import casa
from tests.factories.calendario import sembrar
from tests.soporte.bases import Servidor
from workflow.actions import calendario
from workflow.actions._transaction import action
from workflow.actions.calendario import Dia
from workflow.context import Ctx
from workflow.operations import calendario as operaciones
from workflow.operations.calendario_lote import LOTE
from workflow.queries import calendario_previa
from workflow.queries.bitacora import verificar


@dataclass(frozen=True)
class Medida:
    """Seconds of each part. `movidos` of `plazos`."""

    plazos: int
    movidos: int
    previa: float
    agregar: float
    lotes: float
    verificar: float


def medir(motor: Engine, carpeta: Path, cuantos: int, *, tamano: int = LOTE, revisar: bool = False) -> Medida:
    """Sow `cuantos` terms, add a day, let the worker finish; everything is left as it ended."""
    obra = casa.obra(motor, carpeta)
    with obra.como(obra.persona("admin")) as ctx:
        siembra = sembrar(ctx, cuantos)
        _analizar(ctx)
        dia = Dia(siembra.dia, None, "Inundación", "Acuerdo 1/2026")
        antes = time.perf_counter()
        calendario_previa.de(ctx, [dia])
        ctx.session.rollback()
        inicio = time.perf_counter()
        cambio_id = _agregar(ctx, dia)
        agregado = time.perf_counter()
        while ctx.session.get_one(CambioCalendario, cambio_id).estado is EstadoCambio.EN_CURSO:
            ctx.session.rollback()
            calendario.avanzar(ctx, tamano=tamano)
        hecho = time.perf_counter()
        movidos = ctx.session.scalar(select(func.count(MovimientoPlazo.id))) or 0
        if revisar:
            assert verificar(ctx.session).rotura is None
        fin = time.perf_counter()
        return Medida(cuantos, movidos, inicio - antes, agregado - inicio, hecho - agregado, fin - hecho)


@action
def _agregar(ctx: Ctx, dia: Dia) -> int:
    """The day alone: no term is moved with it, however few there are."""
    return operaciones.agregar(ctx, [dia], a_la_vez=False)[0].id


def _analizar(ctx: Ctx) -> None:
    """What the database does by itself after so many rows, now."""
    ctx.session.execute(text("ANALYZE"))
    ctx.session.commit()


def main(argumentos: list[str]) -> int:
    """Measure and print."""
    cuantos = int(argumentos[0]) if argumentos else 100_000
    servidor = Servidor.de_la_sesion()
    if servidor.url is None:
        print(servidor.por_que_no, file=sys.stderr)  # noqa: T201
        return 1
    with servidor.motor() as motor, tempfile.TemporaryDirectory() as carpeta:
        m = medir(motor, Path(carpeta), cuantos, revisar=True)
    servidor.cerrar()
    print(  # noqa: T201
        f"{m.plazos} plazos abiertos, {m.movidos} movidos: la vista previa {m.previa:.1f} s; "
        f"el día {m.agregar:.1f} s, los lotes {m.lotes:.1f} s (en total {m.agregar + m.lotes:.1f} s); "
        f"verificar la bitácora {m.verificar:.1f} s"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
