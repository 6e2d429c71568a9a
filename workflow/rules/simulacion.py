"""If something happened on a day, then what: every term that it would start, chained, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workflow.params import loader
from workflow.params.simulaciones import Hecho, Renglon
from workflow.rules.calendario import UN_DIA, Calendario, Motivo, dia_despues, fecha_larga
from workflow.rules.paso import Paso
from workflow.rules.plazos import ResultadoPlazo, Suspension, aplicar

# Which suspensions of the case stop a term: the caller knows (CFF 46-A and 50 have different lists).
Suspensiones = Callable[[str], Iterable[Suspension]]


@dataclass(frozen=True, slots=True)
class Simulado:
    """A day that the fact would lead to. `plazo`: key of its term, empty for a day of its own.

    `desde`: the day it starts from; `despues_de`: id of the row that reached that day, empty for the fact itself.
    `clase`: `plazo` (counted), `dia` (a day that follows), `limite` (the last day on which something fits).
    """

    id: str
    plazo: str
    clase: str
    nombre: str
    duracion: str
    unidad: str
    desde: date
    despues_de: str
    vence: date
    si: str
    al_vencer: str
    cita: str
    confianza: str
    nota: str
    sigue: str
    resultado: ResultadoPlazo | None
    pasos: tuple[Paso, ...]


@dataclass(frozen=True, slots=True)
class Simulacion:
    """The rows in order of time. `inhabil`: why the day of a notification cannot be one, empty where it can."""

    hecho: Hecho
    fecha: date
    inhabil: str
    renglones: tuple[Simulado, ...]


def simular(
    hecho: Hecho,
    fecha: date,
    vigentes: date,
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
    suspensiones: Suspensiones = lambda _clave: (),
) -> Simulacion:
    """What `hecho` would start on `fecha`, by the catalogue in force on `vigentes`.

    Raises ReglaError PARAMETRO_NO_VIGENTE where the list of días inhábiles or the catalogue does not reach,
    DATO_INVALIDO beyond the year 9999.
    """
    calendario = Calendario(inhabiles_extra)
    hechos: dict[str, Simulado] = {}
    for renglon in hecho.renglones:
        desde = hechos[renglon.desde].vence if renglon.desde else fecha
        if renglon.dia:
            simulado = _dia(renglon, desde, vigentes, calendario)
        elif renglon.antes_de:
            antes_de = hechos[renglon.antes_de].vence
            simulado = _limite(renglon, antes_de, vigentes, calendario, inhabiles_extra, suspensiones)
        else:
            simulado = _plazo(renglon, desde, vigentes, inhabiles_extra, suspensiones)
        hechos[renglon.id] = simulado
    orden = sorted(hechos.values(), key=lambda s: s.vence)  # stable: ties keep the order of the file
    return Simulacion(hecho, fecha, _inhabil(hecho, fecha, calendario), tuple(orden))


def _inhabil(hecho: Hecho, fecha: date, calendario: Calendario) -> str:
    motivo = calendario.motivo(fecha) if hecho.notificacion else None
    if motivo is None:
        return ""
    habil = calendario.siguiente_habil(fecha)
    return (
        f"El {fecha_larga(fecha)} es inhábil ({motivo.nombre}). Las diligencias se practican en días y horas "
        f"hábiles (CFF 13), salvo que se habiliten. El siguiente día hábil es el {fecha_larga(habil)}."
    )


def _plazo(
    r: Renglon, desde: date, vigentes: date, inhabiles: Collection[date], suspensiones: Suspensiones
) -> Simulado:
    definicion = loader.plazo(r.plazo, vigentes)
    resultado = aplicar(definicion, desde, inhabiles, suspensiones(r.plazo))
    return _simulado(r, definicion, desde, resultado.vence, "plazo", resultado, resultado.pasos)


def _dia(r: Renglon, desde: date, vigentes: date, calendario: Calendario) -> Simulado:
    definicion = loader.plazo(r.plazo, vigentes) if r.plazo else None
    if r.dia == "habil_hasta":
        vence, de_que = _habil_hasta(desde, calendario), "ese día o, si es inhábil, el hábil anterior"
    elif r.dia == "siguiente":
        vence, de_que = dia_despues(desde), "el día siguiente"
    else:
        vence, de_que = calendario.siguiente_habil(desde), "el día hábil siguiente"
    cita = r.cita or (definicion.cita if definicion else "")
    paso = Paso("Día que sigue", f"{de_que}: {fecha_larga(vence)}", cita, (desde, vence))
    return _simulado(r, definicion, desde, vence, "dia", None, (paso,))


def _habil_hasta(dia: date, calendario: Calendario) -> date:
    while not calendario.es_habil(dia):
        dia -= UN_DIA
    return dia


def _limite(
    r: Renglon,
    antes_de: date,
    vigentes: date,
    calendario: Calendario,
    inhabiles: Collection[date],
    suspensiones: Suspensiones,
) -> Simulado:
    """The last día hábil from which the terms, one after the other, end before the day `antes_de`."""
    claves = (r.plazo, *r.con)
    definiciones = [loader.plazo(clave, vigentes) for clave in claves]
    dia = fin = antes_de
    while fin >= antes_de:
        dia = fin = _habil_hasta(dia - UN_DIA, calendario)
        for definicion in definiciones:
            fin = aplicar(definicion, fin, inhabiles, suspensiones(definicion.clave)).vence
    cita = "; ".join(dict.fromkeys(d.cita for d in definiciones))
    largos = " y ".join(d.descripcion for d in definiciones)
    de_que = (
        f"desde el {fecha_larga(dia)} caben {largos}, que terminan el {fecha_larga(fin)}, "
        f"antes del {fecha_larga(antes_de)}"
    )
    paso = Paso("Se cuenta hacia atrás", de_que, cita, (dia, fin, antes_de))
    return _simulado(r, definiciones[0], antes_de, dia, "limite", None, (paso,))


def _simulado(
    r: Renglon,
    definicion: loader.DefinicionPlazo | None,
    desde: date,
    vence: date,
    clase: str,
    resultado: ResultadoPlazo | None,
    pasos: tuple[Paso, ...],
) -> Simulado:
    d = definicion
    return Simulado(
        id=r.id,
        plazo=r.plazo,
        clase=clase,
        nombre=r.nombre or (d.nombre if d else ""),
        duracion=d.descripcion if d and clase == "plazo" else "",
        unidad=d.unidad if d and clase == "plazo" else "habiles",
        desde=desde,
        despues_de=r.desde or r.antes_de,
        vence=vence,
        si=r.si,
        al_vencer=r.al_vencer or (d.al_vencer if d else ""),
        cita=r.cita or (d.cita if d else ""),
        confianza=r.confianza or (d.confianza if d else ""),
        nota=r.nota or (d.nota if d else ""),
        sigue=r.sigue,
        resultado=resultado,
        pasos=pasos,
    )
