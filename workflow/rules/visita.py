"""The limits of a visit or a gabinete review: CFF 46-A, 50, 46-IV and 48-VI, each with its suspensions.

The twelve months (eighteen for the financial system) of 46-A and the six of 50 go from date to date and then
move by the calendar days that the law lets each suspension count (`rules/suspensiones.py` says how many);
they are limits of the institute and never roll to a día hábil. CFF 50 has its own, shorter list of grounds.
Whether it counts from the acta final or from the end of the term of 48-VI, the caller gives that date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflow.params.loader import DefinicionPlazo, plazo
from workflow.rules.calendario import UN_DIA, Calendario, Motivo, fecha_corta, fecha_larga
from workflow.rules.errores import DATO_FALTANTE, ReglaError, dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.plazos import ResultadoPlazo, ampliar, aplicar, aplicar_prudente
from workflow.rules.suspensiones import Efectiva, Periodo, efectivas, version
from workflow.rules.tramos import sumar_dias

Extra = Collection[date] | Mapping[date, Motivo]

# What each procedure is called and the terms that it uses.
VISITA, GABINETE = "visita", "gabinete"
PROCEDIMIENTOS = (VISITA, GABINETE)
DESVIRTUAR = {VISITA: "ultima_parcial", GABINETE: "oficio_obs"}
AMPLIACION = {VISITA: "ultima_parcial_amp", GABINETE: "oficio_obs_amp"}


@dataclass(frozen=True, slots=True)
class Contada:
    """One suspension in the count: `dias` that moved the date, `alcanza` the date reached with it.

    `desde`–`hasta`: the days that counted (None where none did). `cortados`: days that its cap cut off.
    `motivo`: why it counts for less than it says, in Spanish; empty where it counts whole.
    """

    efectiva: Efectiva
    dias: int
    desde: date | None
    hasta: date | None
    cortados: int
    motivo: str
    alcanza: date


@dataclass(frozen=True, slots=True)
class ResultadoVisita:
    """The last day of the term and how each suspension moved it.

    `abierta`: a suspension without cap still runs; `vence` is then the date if it ended on the day given.
    """

    vence: date
    sin_suspensiones: date
    suspensiones: tuple[Contada, ...]
    abierta: bool
    pasos: tuple[Paso, ...]
    avisos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultadoDesvirtuar:
    """The 20 (+15) días hábiles: `vence` their last day, `desde_cuando` the first día hábil after it."""

    vence: date
    desde_cuando: date
    ampliado: bool
    pasos: tuple[Paso, ...]


def visita(
    inicio: date,
    suspensiones: Iterable[Periodo] = (),
    *,
    financiero: bool = False,
    al: date | None = None,
    inhabiles_extra: Extra = frozenset(),
) -> ResultadoVisita:
    """The last day to end a visit or a gabinete review notified on `inicio` (CFF 46-A).

    `al`: the day up to which a suspension that nobody has lifted, of a ground without cap, is counted.
    Raises ReglaError: DATO_FALTANTE without it, DATO_INVALIDO for a suspension that ends before it begins.
    """
    clave = "visita_max_financiero" if financiero else "visita_max"
    return limite(clave, inicio, suspensiones, al=al, inhabiles_extra=inhabiles_extra)


def resolucion(
    desde: date,
    suspensiones: Iterable[Periodo] = (),
    *,
    al: date | None = None,
    inhabiles_extra: Extra = frozenset(),
) -> ResultadoVisita:
    """The last day to issue and notify the resolution (CFF 50), from the acta final or the end of 48-VI."""
    return limite("resolucion", desde, suspensiones, al=al, inhabiles_extra=inhabiles_extra)


def limite(
    clave: str,
    desde: date,
    suspensiones: Iterable[Periodo],
    *,
    al: date | None = None,
    inhabiles_extra: Extra = frozenset(),
) -> ResultadoVisita:
    """A term of the catalogue in months or years, moved by what each of its suspensions may count."""
    definicion = version(clave, desde)
    base = aplicar_prudente(definicion, desde, inhabiles_extra)
    halladas = efectivas(clave, suspensiones)
    contadas = _contar(base.vence, base.surte_efectos or desde, halladas, al)
    vence = contadas[-1].alcanza if contadas else base.vence
    pasos = (*base.pasos[:-1], *(_paso(una, definicion) for una in contadas), _ultimo(vence, definicion))
    return ResultadoVisita(
        vence, base.vence, contadas, any(e.abierta for e in halladas), pasos, _avisos(definicion, desde)
    )


def desvirtuar(
    desde: date,
    procedimiento: str = VISITA,
    *,
    periodo: tuple[date, date] | None = None,
    aviso: date | None = None,
    inhabiles_extra: Extra = frozenset(),
) -> ResultadoDesvirtuar:
    """The days to rebut: from the última acta parcial (46-IV) or the oficio de observaciones (48-VI).

    Fifteen more where the reviewed `periodo` (both ends) touches more than one ejercicio and the `aviso` came
    inside the twenty. Raises DATO_INVALIDO for a notice before the start or a period that ends before it
    begins, DATO_FALTANTE for a notice without the period.
    """
    if procedimiento not in PROCEDIMIENTOS:
        raise dato_invalido(f"«procedimiento» debe ser uno de: {', '.join(PROCEDIMIENTOS)}.")
    base = aplicar(version(DESVIRTUAR[procedimiento], desde), desde, inhabiles_extra)
    ampliado, paso = _procede(base, desde, periodo, aviso, plazo(AMPLIACION[procedimiento]))
    total = base
    if ampliado:
        total = ampliar(base, version(AMPLIACION[procedimiento], base.vence), inhabiles_extra)
    siguiente = Calendario(inhabiles_extra).siguiente_habil(total.vence)
    pasos = (*base.pasos, *((paso,) if paso else ()), *total.pasos[len(base.pasos) :])
    despues = Paso(
        "Acta final" if procedimiento == VISITA else "Resolución",
        f"puede levantarse desde el {fecha_larga(siguiente)}"
        if procedimiento == VISITA
        else f"puede emitirse desde el {fecha_larga(siguiente)}",
        plazo(DESVIRTUAR[procedimiento]).cita,
        (siguiente,),
    )
    return ResultadoDesvirtuar(total.vence, siguiente, ampliado, (*pasos, despues))


def _procede(
    base: ResultadoPlazo,
    desde: date,
    periodo: tuple[date, date] | None,
    aviso: date | None,
    ampliacion: DefinicionPlazo,
) -> tuple[bool, Paso | None]:
    if aviso is None:
        return False, None
    if aviso < desde:
        raise dato_invalido("El aviso para ampliar el plazo no puede ser anterior a su inicio.")
    if periodo is None:
        raise ReglaError(DATO_FALTANTE, "Falta el periodo revisado: sin él no se sabe si hay ampliación.")
    if periodo[1] < periodo[0]:
        raise dato_invalido("El periodo revisado termina antes de empezar. Corrige una de las dos fechas.")
    if periodo[0].year == periodo[1].year:
        return False, _sin_ampliar(f"se revisa un solo ejercicio, {periodo[0].year}", ampliacion, aviso)
    if aviso > base.vence:
        tarde = f"el aviso del {fecha_larga(aviso)} llegó después del {fecha_larga(base.vence)}"
        return False, _sin_ampliar(tarde, ampliacion, aviso)
    paso = Paso(
        f"Se amplía {ampliacion.descripcion}",
        f"se revisa más de un ejercicio y el aviso del {fecha_larga(aviso)} llegó dentro del plazo",
        ampliacion.cita,
        (aviso,),
        ampliacion.confianza,
    )
    return True, paso


def _sin_ampliar(motivo: str, ampliacion: DefinicionPlazo, aviso: date) -> Paso:
    return Paso("No se amplía", motivo, ampliacion.cita, (aviso,), ampliacion.confianza)


def _contar(
    fecha: date, comienzo: date, halladas: tuple[Efectiva, ...], al: date | None
) -> tuple[Contada, ...]:
    """Take the suspensions in order: each adds the days after the start that no earlier one had counted."""
    contadas = []
    visto = comienzo
    for una in halladas:
        hasta = _hasta(una, al)
        desde = max(una.periodo.desde, visto + UN_DIA)
        motivo = _por_que_no(una, hasta, desde, fecha, comienzo)
        dias = 0
        if not motivo and hasta is not None:
            dias = (hasta - desde).days + 1
            fecha, visto = sumar_dias(fecha, dias), hasta
            motivo = _por_que_menos(una, desde, comienzo)
        cortados = _cortados(una, al)
        contadas.append(
            Contada(una, dias, desde if dias else None, hasta if dias else None, cortados, motivo, fecha)
        )
    return tuple(contadas)


def _hasta(una: Efectiva, al: date | None) -> date | None:
    if not una.abierta:
        return una.hasta
    if al is None:
        falta = (
            f"Falta «hasta» en la suspensión por «{una.nombre}» que empezó el {una.periodo.desde}, o «al»."
        )
        raise ReglaError(DATO_FALTANTE, falta)
    return al


def _por_que_no(una: Efectiva, hasta: date | None, desde: date, fecha: date, comienzo: date) -> str:
    """Why a suspension moves nothing; empty where it moves the date."""
    if not una.admitida:
        return "esta causa no detiene este plazo"
    if hasta is None:
        return "sus días ya se agotaron"
    if hasta <= comienzo:
        return "terminó antes de que empezara el plazo"
    if hasta < una.periodo.desde:
        return "empieza después del día al que se cuenta"
    if hasta < desde:
        return "sus días ya los cuenta otra suspensión"
    if desde > fecha:
        return "empieza después de la fecha a la que ya se había llegado"
    return ""


def _por_que_menos(una: Efectiva, desde: date, comienzo: date) -> str:
    motivos = []
    if desde > una.periodo.desde:
        antes = comienzo >= una.periodo.desde and desde == comienzo + UN_DIA
        motivos.append(
            "cuenta desde el inicio del plazo" if antes else "los demás días los cuenta otra suspensión"
        )
    if una.cortada:
        motivos.append("su tope la termina")
    return "; ".join(motivos)


def _cortados(una: Efectiva, al: date | None) -> int:
    """Days of the suspension that its cap leaves out; of one that nobody lifted, up to `al`."""
    hasta = una.periodo.hasta or al
    if not una.admitida or una.tope is None or hasta is None or hasta <= una.tope:
        return 0
    return (hasta - max(una.tope, una.periodo.desde - UN_DIA)).days


def _paso(una: Contada, definicion: DefinicionPlazo) -> Paso:
    efectiva = una.efectiva
    que = f"Se suman {una.dias} días de suspensión" if una.dias != 1 else "Se suma 1 día de suspensión"
    partes = [f"{efectiva.nombre}: {_lapso(efectiva.periodo)}"]
    fechas = [efectiva.periodo.desde]
    if una.motivo:
        partes.append(una.motivo)
    if una.cortados and efectiva.tope is not None:
        tope = version(efectiva.por, efectiva.periodo.desde)
        partes.append(
            f"el tope de {tope.descripcion} ({tope.cita}) llega al {fecha_larga(efectiva.tope)} "
            f"y deja fuera {una.cortados} {'día' if una.cortados == 1 else 'días'}"
        )
    if una.desde is not None and una.hasta is not None:
        partes.append(f"cuenta del {fecha_corta(una.desde)} al {fecha_larga(una.hasta)}")
        fechas += [una.desde, una.hasta]
    partes.append(f"se llega al {fecha_larga(una.alcanza)}")
    return Paso(
        que if una.dias else "No se suma la suspensión",
        "; ".join(partes),
        efectiva.cita if efectiva.admitida else definicion.cita,
        (*fechas, una.alcanza),
        efectiva.causal.confianza if efectiva.causal else "",
    )


def _lapso(periodo: Periodo) -> str:
    if periodo.hasta is None:
        return f"desde el {fecha_larga(periodo.desde)}, sin terminar"
    return f"del {fecha_larga(periodo.desde)} al {fecha_larga(periodo.hasta)}"


def _ultimo(vence: date, definicion: DefinicionPlazo) -> Paso:
    return Paso(
        "Vence",
        f"{fecha_larga(vence)}. Este plazo no se recorre.",
        definicion.cita,
        (vence,),
        definicion.confianza,
    )


def _avisos(definicion: DefinicionPlazo, desde: date) -> tuple[str, ...]:
    if desde >= definicion.vigente_desde:
        return ()
    return (
        f"El texto leído ({definicion.cita}) es el vigente desde el {fecha_larga(definicion.vigente_desde)}; "
        "el plazo empezó antes: revisa qué decía entonces.",
    )
