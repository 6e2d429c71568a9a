"""Is the log whole? Every chain is walked from its first link to the one that its head remembers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bitacora import CabezaBitacora, Entrada
from workflow.operations.bitacora import ORIGEN, resumen

TANDA = 1000  # entries in memory at a time


@dataclass(frozen=True)
class Rotura:
    """The first link that does not hold, and why."""

    cadena: str
    numero: int
    causa: str


@dataclass(frozen=True)
class Verificacion:
    """What was walked; `rotura` is None when the log is whole."""

    cadenas: int
    entradas: int
    rotura: Rotura | None


def _eslabon(e: Entrada, numero: int, previo: str) -> str | None:
    """Why an entry is not the link that must come, or None."""
    if e.numero != numero:
        return f"falta el eslabón {numero}"
    if e.previo != previo:
        return "no continúa el eslabón anterior"
    actor = (e.actor_tipo, e.actor_id)
    if e.hash != resumen(previo, e.cadena, e.numero, e.en, actor, e.verbo, e.datos):
        return "su contenido no corresponde a su sello"
    return None


def _cadena(session: Session, cabeza: CabezaBitacora) -> tuple[int, Rotura | None]:
    consulta = select(Entrada).where(Entrada.cadena == cabeza.cadena).order_by(Entrada.numero)
    numero, previo = 0, ORIGEN
    with closing(session.scalars(consulta.execution_options(yield_per=TANDA))) as entradas:
        for entrada in entradas:
            numero += 1
            causa = _eslabon(entrada, numero, previo)
            if causa is not None:
                return numero, Rotura(cabeza.cadena, numero, causa)
            previo = entrada.hash
    if numero != cabeza.numero or previo != cabeza.hash:
        return numero, Rotura(cabeza.cadena, numero + 1, "la cadena fue cortada en su final")
    return numero, None


def verificar(session: Session) -> Verificacion:
    """Walk every chain; stops at the first broken link."""
    cabezas = session.scalars(select(CabezaBitacora).order_by(CabezaBitacora.cadena)).all()
    total = 0
    for cabeza in cabezas:
        cuantas, rotura = _cadena(session, cabeza)
        total += cuantas
        if rotura is not None:
            return Verificacion(len(cabezas), total, rotura)
    conocidas = select(CabezaBitacora.cadena)
    suelta = session.scalar(select(Entrada).where(Entrada.cadena.not_in(conocidas)).limit(1))
    if suelta is not None:
        rotura = Rotura(suelta.cadena, suelta.numero, "la cadena no tiene cabeza")
        return Verificacion(len(cabezas), total, rotura)
    return Verificacion(len(cabezas), total, None)
