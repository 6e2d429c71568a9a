"""On which legal day a document was served, and when that takes effect (CFF 134-140; LSS 40).

Days are legal `date`s of the unit. Who received it and whether it was valid is for whoever practised it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.params.loader import DefinicionPlazo
from workflow.params.loader import plazo as termino
from workflow.rules.calendario import Calendario, Motivo, fecha_larga
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.plazos import UN_DIA, aplicar

Inhabiles = Collection[date] | Mapping[date, Motivo]
SURTE, BUZON, ESTRADOS, CITATORIO = "surte_efectos", "buzon_abrir", "estrados", "citatorio"
VIAS = {"dof": "edictos_dof", "diario": "edictos_diario", "web": "edictos_web"}
# On a web page the edict stays for days on end: only its first day is a publication to be told.
CONTINUA = "web"


@dataclass(frozen=True, slots=True)
class ResultadoNotificacion:
    """The legal date of a notification, the día hábil on which it takes effect, and why."""

    fecha: date
    surte_efectos: date
    pasos: tuple[Paso, ...]


def por_entrega(dia: date, inhabiles: Inhabiles = frozenset()) -> ResultadoNotificacion:
    """Delivered to a person, or refused by her, on `dia` (CFF 136, 137)."""
    return _con_efectos(dia, inhabiles, Paso("Se practicó", fecha_larga(dia), "CFF 136; CFF 137", (dia,)))


def por_buzon(
    aviso: date, apertura: date | None, inhabiles: Inhabiles = frozenset()
) -> ResultadoNotificacion:
    """Put in the Buzón with an aviso of `aviso`, opened on `apertura` or never (CFF 134-I).

    Opened after the day on which the law takes it as served, that day counts. Raises DATO_INVALIDO for an
    opening before the aviso.
    """
    if apertura is not None and apertura < aviso:
        raise dato_invalido("El documento no puede abrirse antes del aviso. Revisa la fecha de apertura.")
    plazo = termino(BUZON, aviso)
    cuenta = aplicar(plazo, aviso, inhabiles)
    limite = Calendario(inhabiles).siguiente_habil(cuenta.vence)
    if apertura is not None and apertura <= limite:
        return _con_efectos(
            apertura, inhabiles, Paso("Se abrió en el Buzón", fecha_larga(apertura), plazo.cita, (apertura,))
        )
    paso = _paso(
        plazo,
        "Se tiene por notificado",
        f"nadie lo abrió en {plazo.descripcion}: {fecha_larga(limite)}",
        limite,
    )
    return _con_efectos(limite, inhabiles, *cuenta.pasos, paso)


def por_estrados(publicacion: date, inhabiles: Inhabiles = frozenset()) -> ResultadoNotificacion:
    """Published in estrados from `publicacion` on: the día hábil after the days of CFF 139."""
    plazo = termino(ESTRADOS, publicacion)
    cuenta = aplicar(plazo, publicacion, inhabiles)
    fecha = Calendario(inhabiles).siguiente_habil(cuenta.vence)
    de_que = f"el día hábil que sigue a {plazo.descripcion} de publicación: {fecha_larga(fecha)}"
    return _con_efectos(
        fecha, inhabiles, *cuenta.pasos, _paso(plazo, "Se tiene por notificado", de_que, fecha)
    )


def por_edictos(
    via: str, fechas: Sequence[date], inhabiles: Inhabiles = frozenset()
) -> ResultadoNotificacion:
    """Published by edicts on `fechas` (CFF 140): the last publication.

    `via`: `dof`, `diario` or `web`. The days must be those that the law asks for, one after the other; of the
    web page, where the edict stays, the first is enough. Raises DATO_INVALIDO where they are others.
    """
    if via not in VIAS:
        raise dato_invalido("Los edictos se publican en «dof», «diario» o «web».")
    if not fechas:
        raise dato_invalido("Falta la fecha de la publicación del edicto.")
    plazo = termino(VIAS[via], min(fechas))
    cuenta = aplicar(plazo, min(fechas) - UN_DIA, inhabiles)
    esperados = [dia.fecha for dia in cuenta.dias if dia.numero]
    dados = sorted(set(fechas))
    if dados != esperados and not (via == CONTINUA and dados == esperados[:1]):
        raise dato_invalido(
            f"El edicto se publica {plazo.descripcion} seguidos. Desde el {fecha_larga(dados[0])} son: "
            f"{'; '.join(fecha_larga(dia) for dia in esperados)}."
        )
    ultima = esperados[-1]
    return _con_efectos(
        ultima, inhabiles, *cuenta.pasos, _paso(plazo, "Última publicación", fecha_larga(ultima), ultima)
    )


def dia_de_cita(dejado: date, inhabiles: Inhabiles = frozenset()) -> date:
    """The day for which a citatorio left on `dejado` calls: the next día hábil (CFF 137).

    To begin a visit the law says the next day (CFF 44-II); it too must be hábil (CFF 13): the same one.
    """
    return Calendario(inhabiles).siguiente_habil(dejado)


def _con_efectos(fecha: date, inhabiles: Inhabiles, *pasos: Paso) -> ResultadoNotificacion:
    surte = Calendario(inhabiles).siguiente_habil(fecha)
    plazo = termino(SURTE, fecha)
    paso = _paso(plazo, "Surte efectos", f"el día hábil siguiente: {fecha_larga(surte)}", surte)
    return ResultadoNotificacion(fecha, surte, (*pasos, paso))


def _paso(plazo: DefinicionPlazo, que: str, de_que: str, dia: date) -> Paso:
    return Paso(que, de_que, plazo.cita, (dia,), plazo.confianza)
