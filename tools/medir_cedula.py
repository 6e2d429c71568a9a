"""What a cédula costs: `python -m tools.medir_cedula [PERSONAS] [MESES]` prints seconds and peak memory.

Every person has wages of his or her own and was registered with less, so that nothing is computed only once.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from decimal import Decimal

from tools.memoria import pico_mb
from workflow.rules import cedula
from workflow.rules.cedula import Cedula, Periodo, Persona, Sancion

PERSONAS, MESES = 1000, 60
HOY = date(2026, 2, 20)


def personas(cuantas: int, meses: int = MESES) -> list[Persona]:
    """People who worked the `meses` months before 2026, each with a real wage above the registered one."""
    ultimo = date(2025, 12, 31)
    anios, resto = divmod(meses, 12)
    desde = date(2026 - anios - (resto > 0), 13 - resto if resto else 1, 1)
    assert desde <= ultimo + timedelta(days=1)
    return [
        Persona(
            f"Persona {n}",
            (Periodo(desde, ultimo, Decimal(40_000 + 137 * n) / 100, Decimal(21_000 + 61 * n) / 100),),
        )
        for n in range(cuantas)
    ]


def calcular(gente: list[Persona]) -> Cedula:
    """The whole: cuotas, accessories, fine and totals."""
    sancion = Sancion("304", date(2025, 12, 31), porcentaje=Decimal(50))
    hecha = cedula.calcular(gente, HOY, clase_riesgo="III", sanciones=(sancion,))
    assert hecha.total > hecha.omitido
    return hecha


def main() -> None:
    """Measure once and print."""
    cuantas, meses = ([int(x) for x in sys.argv[1:]] + [PERSONAS, MESES][len(sys.argv) - 1 :])[:2]
    gente = personas(cuantas, meses)
    antes = pico_mb()
    inicio, cpu = time.perf_counter(), time.process_time()
    hecha = calcular(gente)
    segundos, de_cpu = time.perf_counter() - inicio, time.process_time() - cpu
    print(  # noqa: T201 - it is what one runs it for
        f"{cuantas} personas × {meses} meses: {len(hecha.libro.renglones):,} renglones, "
        f"{segundos:.2f} s ({de_cpu:.2f} s de procesador), pico {pico_mb():.0f} MB "
        f"({antes:.0f} MB antes de calcular)"
    )


if __name__ == "__main__":
    main()
