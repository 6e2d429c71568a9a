"""One play: a house, its people, so many denuncias, and time until nothing is left to do."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from tests.factories.casa import Obra
from tests.integration.vidas import cobro as _cobro  # noqa: F401  (registers its answers)
from tests.integration.vidas import visitas as _visitas  # noqa: F401
from tests.integration.vidas.afuera import Afuera
from tests.integration.vidas.balance import estados, faltas
from tests.integration.vidas.deudores import Deudores
from tests.integration.vidas.jugador import Cuenta, Jugador
from tests.integration.vidas.mundo import Mundo
from tests.integration.vidas.oficina import convocar
from tests.integration.vidas.porvenir import HASTA, anios_por_venir

POR_PATRON = 3


@dataclass
class Resultado:
    """What came of a play."""

    cuenta: Cuenta
    estados: dict[str, Counter[str]]
    faltas: list[str]
    termino: dt.date


def jugar(
    motor: Engine,
    casos: int,
    semilla: int = 1,
    avance: Callable[[Jugador], None] | None = None,
    al_final: Callable[[Obra], bool] | None = None,
) -> Resultado:
    """Play `casos` denuncias to their end on an empty migrated database.

    `avance` is told how it goes; `al_final` gets the house before it is judged; it may find something to go on with.
    """
    with tempfile.TemporaryDirectory() as carpeta, anios_por_venir(Path(carpeta)):
        mundo = Mundo(motor, Path(carpeta), semilla, max(1, casos // POR_PATRON))
        jugador = Jugador(mundo)
        afuera = Afuera(jugador, casos)
        Deudores(afuera)
        jugador.afuera.append(lambda: convocar(jugador))
        jugador.avance = avance or jugador.avance
        sigue = True
        while sigue:
            jugador.vivir(dt.date(HASTA - 1, 1, 1))
            sigue = al_final is not None and al_final(mundo.obra)
        with mundo.obra.como() as ctx:
            halladas = [*jugador.cuenta.imposibles.values(), *faltas(ctx, afuera.personas.secretos)]
            return Resultado(jugador.cuenta, estados(ctx.session), halladas, mundo.hoy)
