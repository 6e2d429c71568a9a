"""From legal days to people's words and to the instants at which timers fire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from workflow.params.loader import DefinicionPlazo
from workflow.rules.calendario import Calendario, dia_despues
from workflow.rules.errores import dato_invalido


@dataclass(frozen=True, slots=True)
class Faltan:
    """How long is left: `dias` in `unidad` (0 = today, negative = overdue) and the same in words."""

    dias: int
    unidad: str
    texto: str


def faltan(vence: date, hoy: date, unidad: str, calendario: Calendario | None = None) -> Faltan:
    """Days left: días hábiles for a term in `habiles`, calendar days for every other unit."""
    if unidad == "habiles":
        total, palabra = (calendario or Calendario()).contar(hoy, vence), ("día hábil", "días hábiles")
    else:
        total, palabra = (vence - hoy).days, ("día", "días")
    contado = "habiles" if unidad == "habiles" else "naturales"
    return Faltan(total, contado, _decir(total, palabra, vence, hoy))


def _decir(total: int, palabra: tuple[str, str], vence: date, hoy: date) -> str:
    if vence == hoy:
        return "hoy"
    cuantos = f"{abs(total):,} {palabra[0] if abs(total) == 1 else palabra[1]}"
    if vence < hoy:
        # A term that ended on Friday is overdue on Saturday although no día hábil has passed.
        return f"venció hace {cuantos}" if total else "ya venció"
    return f"en {cuantos}" if total else "antes del siguiente día hábil"


def momento_de_disparo(
    vence: date,
    definicion: DefinicionPlazo,
    zona: tzinfo,
    hora: time | None = None,
    calendario: Calendario | None = None,
) -> datetime:
    """The aware UTC instant at which the timer of a term that falls due on `vence` fires.

    00:00 of the next day in `zona`, unless the catalogue says otherwise (`DefinicionPlazo.dispara`).
    `hora` is used only by the terms with an hour. Raises ReglaError DATO_INVALIDO without it, and for what
    is no time.
    """
    if definicion.dispara == "a_su_hora":
        if hora is None:
            raise dato_invalido(f"El plazo «{definicion.clave}» tiene hora fija: falta decir a qué hora.")
        return _instante(vence, hora, zona)
    if definicion.dispara == "nunca":
        raise dato_invalido(f"«{definicion.clave}» cuenta veces, no tiempo: no tiene fecha.")
    if definicion.dispara == "en_su_dia":
        return _instante(vence, time(), zona)
    if definicion.dispara == "habil_siguiente":
        return _instante((calendario or Calendario()).siguiente_habil(vence), time(), zona)
    return _instante(dia_despues(vence), time(), zona)


def vence_en_horas(longitud: int, desde: datetime) -> datetime:
    """The instant `longitud` hours after the aware instant `desde`, in UTC."""
    if desde.tzinfo is None:
        raise dato_invalido("El inicio de un plazo en horas debe llevar zona horaria.")
    if longitud < 1:
        raise dato_invalido("La longitud del plazo debe ser un número entero de 1 o más.")
    return desde.astimezone(UTC) + timedelta(hours=longitud)


def _instante(dia: date, hora: time, zona: tzinfo) -> datetime:
    return datetime.combine(dia, hora, zona).astimezone(UTC)
