"""Load the demonstration: organisation, published processes, and cases made by the real actions."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from models.denuncia import Denuncia
from workflow.actions import proceso
from workflow.actions.casa import Casa
from workflow.actions.demo import organizacion
from workflow.actions.demo.casos import Denuncias, Fila, textos
from workflow.actions.demo.guion import Caso, Guion, Historia
from workflow.actions.demo.personas import Padron
from workflow.actions.demo.sesiones import Sesiones
from workflow.errors import DatoInvalido, NoPermitido
from workflow.params import loader
from workflow.params.recargos import recargo
from workflow.rules.errores import ReglaError

CASOS, SEMILLA = 61, 7
DIEZ = dt.time(10, 0)
PRIMER_PLAZO = "respuesta_instancia"  # opened by the filing
CONVOCATORIA = 6  # días hábiles from a call to its session
AUSENTES = 2  # seats with a vote that did not come to the sessions of the lives


@dataclass(frozen=True)
class Carga:
    """What was loaded. `claves`: cases whose mailbox can be opened, with what one sees there."""

    casos: int
    claves: tuple[Caso, ...]


def cargar(obra: Casa, casos: int = CASOS, semilla: int = SEMILLA) -> Carga:
    """Build `casos` denuncias that end at the house's present; the same seed tells the same stories.

    Raises NoPermitido outside of the demonstration mode, DatoInvalido when there are cases already.
    """
    if obra.modo != "demo":
        raise NoPermitido("Los casos de demostración sólo se cargan en MODO=demo.")
    with obra.ctx() as ctx:
        if ctx.session.scalar(select(Denuncia.id).limit(1)) is not None:
            raise DatoInvalido("La base ya tiene denuncias: bórralas antes con «demo borrar --confirmar».")
        organizacion.cargar(ctx)
        proceso.publicar(ctx)
        ahora = ctx.now
    azar = random.Random(semilla)  # noqa: S311 -- stories, no secrets
    guion = Guion(obra, ahora, azar)

    def se_cuenta(fila: Fila) -> bool:
        presentada = guion.hace(int(fila["hace"]), DIEZ).astimezone(guion.zona).date()
        return hay_ley(fila, presentada, guion.hoy)

    return contar(guion, filas(casos, azar, se_cuenta), semilla)


def contar(guion: Guion, elegidas: list[Fila], semilla: int) -> Carga:
    """Play the rows `elegidas` of casos.yaml up to the end of the stage."""
    denuncias = Denuncias(guion, Padron(semilla))
    for fila in elegidas:
        guion.agendar(guion.hace(int(fila["hace"])), denuncias.contar(fila))
    _sesiones(guion, denuncias.vidas, elegidas)
    guion.correr()
    return Carga(len(denuncias.hechas), tuple(denuncias.con_clave))


def hay_ley(fila: Fila, presentada: dt.date, hoy: dt.date) -> bool:
    """The life of a row may be told: the terms of the day of its filing, and today's rates where it needs them,
    were published. Every other row may."""
    if "sesion" not in fila:
        return True
    try:
        loader.plazo(PRIMER_PLAZO, presentada)
        if fila.get("cobro"):
            recargo(hoy)
    except ReglaError:
        return False
    return True


def filas(casos: int, azar: random.Random, se_cuenta: Callable[[Fila], bool] = lambda _: True) -> list[Fila]:
    """The first `casos` rows of casos.yaml (a row may stand for several), then repetitions of `relleno`.

    `se_cuenta`: whether a row may be told.
    """
    elegidas: list[Fila] = []
    for fila in textos()["casos"]:
        if not se_cuenta(fila):
            continue
        for vez in range(int(fila.get("veces", 1))):
            # Those who join a proposal come one after the other, before the committee meets.
            elegidas.append({**fila, "hace": int(fila["hace"]) - vez})
    patrones = {u: sorted({f["patron"] for f in elegidas if f["unidad"] == u}) for u in ("1101", "1102")}
    while len(elegidas) < casos:
        tipo = textos()["relleno"][len(elegidas) % len(textos()["relleno"])]
        unidad = azar.choice(["1101", "1101", "1102"])
        hace = azar.randint(*tipo["hace"])
        patron = azar.choice(patrones[unidad])
        quien = {"patron": patron, "hace": hace, "analista": azar.randint(0, 1)}
        elegidas.append({**tipo, "unidad": unidad, **quien})
    return elegidas[:casos]


def _sesiones(guion: Guion, vidas: dict[str, Historia], elegidas: list[Fila]) -> None:
    """León: those of the lives, one held, one going on. Irapuato: one called."""
    leon, irapuato = Sesiones(guion, "1101", vidas), Sesiones(guion, "1102")
    for hace in sorted({fila["sesion"] for fila in elegidas if "sesion" in fila}, reverse=True):
        patrones = [fila["patron"] for fila in elegidas if fila.get("sesion") == hace]
        pasada = Sesiones(guion, "1101", vidas).celebrada(
            patrones, ["aprobada"] * len(patrones), guion.hace(hace, DIEZ), AUSENTES
        )
        guion.agendar(guion.hace(hace + CONVOCATORIA), pasada)
    celebrada = guion.hace(18, DIEZ)
    patrones, resultados = ["C472134010", "C520981310", "C614077210"], ["aprobada", "rechazada", "diferida"]
    guion.agendar(guion.hace(18 + CONVOCATORIA), leon.celebrada(patrones, resultados, celebrada))
    empieza = (guion.hasta - dt.timedelta(minutes=48)).replace(second=0, microsecond=0)
    guion.agendar(guion.hace(CONVOCATORIA), leon.en_curso(["C733019910", "C845502110"], empieza))
    dia = guion.hasta.astimezone(guion.zona).date()
    for _ in range(4):
        dia = guion.calendario.siguiente_habil(dia)
    cita = dt.datetime.combine(dia, DIEZ, guion.zona).astimezone(dt.UTC)
    guion.agendar(guion.hace(1), irapuato.convocada(["D118830410", "D204471510"], cita))
