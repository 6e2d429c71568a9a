"""A credit of many workers, determined and printed: `python -m tests.benchmarks.credito_grande [PERSONAS]`.

Prints seconds and peak memory of the computation, of the content of its cédula and of its PDF.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from sqlalchemy import create_engine, select

from models.base import Base
from models.credito import ClaseCredito
from models.organizacion import Usuario
from tests.factories import credito as fabrica
from tests.factories.casa import nueva
from tools.memoria import pico_mb
from workflow import documents
from workflow.actions.demo import organizacion
from workflow.context import Actor
from workflow.operations import credito, credito_calculo, papel_credito
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_credito

DESDE, HASTA = dt.date(2023, 1, 1), dt.date(2025, 12, 31)
AHORA = dt.datetime(2026, 3, 2, 16, tzinfo=dt.UTC)
PROYECTO = {"plantilla": "cedula", "motivacion": "La nómina prueba salarios mayores que los registrados."}


def main(personas: int) -> None:
    """Measure once and print."""
    motor = create_engine("sqlite://")
    Base.metadata.create_all(motor)
    with tempfile.TemporaryDirectory() as carpeta:
        casa = nueva(motor, Path(carpeta))
        with casa.sesiones() as sesion:
            organizacion.cargar(casa.contexto(sesion, Actor("sistema"), AHORA))
            quien = sesion.scalars(select(Usuario).where(Usuario.correo.startswith("rosa.medina"))).one()
            actor = Actor("persona", quien.id, quien.nombre, frozenset(), quien.subdelegacion_id)
            ctx = casa.contexto(sesion, actor, AHORA)
            acto = fabrica.acto(ctx, desde=DESDE, hasta=HASTA)
            filas = tuple(
                (f"{10**10 + n}", f"Persona Apellido {n}", f"{400 + n / 10:.2f}", "315.04" if n % 3 else None)
                for n in range(personas)
            )
            fabrica.trabajadores(ctx, acto, filas, desde=DESDE, hasta=HASTA)
            uno = credito.abrir(ctx, acto, ClaseCredito.COP, DESDE, HASTA)
            inicio = time.perf_counter()
            cedula = credito_calculo.calcular(ctx, uno)
            papel = papel_credito.cedula(ctx, uno, PROYECTO, {"medio": "autografa", "firmo": True})
            anexo = sum(Decimal(importe) for fila in papel.renglones for importe in fila[2:])
            assert anexo == cedula.omitido_patron + cedula.omitido_trabajador
            datos = emitir(ctx, de_credito(uno), papel).datos
            pdf = documents.sellar(datos, url_base="https://denuncias.example").pdf
            segundos = time.perf_counter() - inicio
    print(  # noqa: T201 - it is what one runs it for
        f"{cedula.trabajadores} personas × 36 meses, {len(papel.renglones)} renglones: {segundos:.1f} s, "
        f"pico {pico_mb():.0f} MB, PDF {len(pdf) // 1024} KB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
