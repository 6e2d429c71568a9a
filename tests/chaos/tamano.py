"""How much is killed: in full by `make chaos`, little in the suite; `CAOS_*` variables say otherwise.

`CAOS_MUERTES` processes killed inside a transaction on PostgreSQL (a fifth as many on SQLite), `CAOS_RED` web and
worker processes killed while people send forms, `CAOS_RESPALDOS` backups taken under load,
`CAOS_SEMILLA` what all chances come from.
"""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Tamano:
    """The amounts of one run."""

    muertes: int
    red: int
    semilla: int = 1
    respaldos: int = 20

    @property
    def en_sqlite(self) -> int:
        """Deaths on SQLite."""
        return self.muertes // 5


COMPLETO = Tamano(muertes=8_000, red=400)


def del_ambiente(completo: Tamano = COMPLETO) -> Tamano:
    """The full amounts, or what the environment says."""
    return Tamano(
        int(os.environ.get("CAOS_MUERTES", completo.muertes)),
        int(os.environ.get("CAOS_RED", completo.red)),
        int(os.environ.get("CAOS_SEMILLA", completo.semilla)),
        int(os.environ.get("CAOS_RESPALDOS", completo.respaldos)),
    )
