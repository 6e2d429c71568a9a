"""When a term falls due and which days count (contract §4.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, copia, de_filas, enlace, mostrar
from web.ctx import contexto
from web.extensions import limiter
from workflow.params import loader
from workflow.params.loader import DefinicionPlazo
from workflow.queries import inhabiles
from workflow.queries.inhabiles import Opcion
from workflow.queries.semanas import Cuenta, Semana, elidir, semanas
from workflow.rules import plazos
from workflow.rules.calendario import ADICIONAL, Calendario, Motivo
from workflow.rules.errores import ReglaError
from workflow.rules.paso import Paso

UNIDADES = {"habiles": "días hábiles", "naturales": "días naturales", "meses": "meses", "anios": "años"}
INICIOS = {"dia_siguiente": "Día siguiente", "surte_efectos": "Surte efectos"}
ULTIMO = {
    "recorre": "Se recorre al siguiente día hábil",
    "racerf": "Se recorre, también si es viernes (RACERF 3)",
    "fijo": "No se recorre",
}
LONGITUD_MAXIMA = 10_000
# A list of more days shows its ends.
DIAS_ENTEROS, PUNTAS = 12, 3
NOTIFICACION = "Notifi\u00adcación"  # a narrow cell may break it
CAMPOS = {c: c for c in ("longitud", "unidad", "desde", "inicio")}


@dataclass(frozen=True)
class Resultado:
    """What the page shows of a term."""

    plazo: plazos.ResultadoPlazo
    desde: dt.date
    descripcion: str
    pasos: tuple[Paso, ...]
    semanas: tuple[Semana, ...]
    saltados: int
    leyenda: tuple[str, ...]


@bp.get("/plazo")
@limiter.limit(LIMITE)
def plazo() -> Respuesta:
    """The form, and the date with its derivation once there is one to give."""
    leido = Lectura(request.args.copy())
    elegido, cambiado = _elegir(leido)
    opciones = inhabiles.calendarios(contexto())
    pide = leido.pide and not _solo_elige(leido)
    caso, calendario = _caso(leido, opciones) if pide else (None, None)
    if caso is None or calendario is None or leido.errores:
        return _pagina(leido, opciones, elegido, cambiado)
    motivos = motivos_de(caso, inhabiles.dias(contexto(), calendario))
    try:
        hecho = calcular(caso, motivos)
    except ReglaError as error:
        leido.rechazar(error.codigo, error.mensaje, CAMPOS, "desde")
        return _pagina(leido, opciones, elegido, cambiado)
    return _pagina(leido, opciones, elegido, cambiado, hecho, _enlace(leido, caso, elegido, calendario))


def _solo_elige(leido: Lectura) -> bool:
    """True for a link of the catalogue, which names a term of it and nothing else: the date is still to come."""
    return request.args.keys() == {"clave"} and "clave" not in leido.errores


def motivos_de(caso: Mapping[str, Any], del_calendario: Mapping[dt.date, Motivo]) -> dict[dt.date, Motivo]:
    """The days inhábiles beyond CFF 12: those of the calendar chosen and those typed."""
    propios = {dt.date.fromisoformat(dia): ADICIONAL for dia in caso["inhabiles_extra"]}
    return {**propios, **del_calendario}


def calcular(caso: Mapping[str, Any], motivos: Mapping[dt.date, Motivo]) -> Resultado:
    """The same case that `reglas calcular` takes, with every day that was counted. Raises ReglaError."""
    desde = dt.date.fromisoformat(caso["desde"])
    hecho = plazos.calcular(
        longitud=caso["longitud"],
        unidad=caso["unidad"],
        desde=desde,
        inicio=caso["inicio"],
        regimen=caso["regimen"],
        prorroga=caso["prorroga"],
        inhabiles_extra=motivos,
        suspensiones=[
            plazos.Suspension(dt.date.fromisoformat(s["desde"]), dt.date.fromisoformat(s["hasta"]))
            for s in caso["suspensiones"]
        ],
    )
    marcas = {desde: "Inicio"}
    if hecho.surte_efectos:
        marcas = {desde: NOTIFICACION, hecho.surte_efectos: "Surte efectos"}
    cuenta = Cuenta(desde, hecho.vence, hecho.dias, marcas, motivo=Calendario(motivos).motivo)
    filas = elidir(semanas(cuenta)) if hecho.dias else []
    return Resultado(
        plazo=hecho,
        desde=desde,
        descripcion=loader.en_palabras(caso["longitud"], caso["unidad"]),
        pasos=tuple(_abreviado(paso) for paso in hecho.pasos),
        semanas=tuple(filas),
        saltados=sum(1 for dia in hecho.dias if not dia.numero),
        leyenda=_leyenda(filas),
    )


def _abreviado(paso: Paso) -> Paso:
    """A long list of days skipped, as its first and last ones; anything else as it is."""
    dias = paso.de_que.split("; ")
    if len(dias) <= DIAS_ENTEROS:
        return paso
    return replace(
        paso, de_que="; ".join([*dias[:PUNTAS], f"… {len(dias) - 2 * PUNTAS} días más …", *dias[-PUNTAS:]])
    )


def _leyenda(filas: list[Semana]) -> tuple[str, ...]:
    """The classes of day that the calendar shows."""
    return tuple({celda.clase for fila in filas for celda in fila.celdas})


def _elegir(leido: Lectura) -> tuple[DefinicionPlazo | None, bool]:
    """The term of the catalogue, whose values fill the form; and whether a value of it was then changed.

    A link may give only the key; the form sends the key that it was drawn with (`de`), so that choosing
    another term brings that term's values and editing a value makes the term a free one.
    """
    clave = leido.tecleado("clave").strip()
    if not clave:
        return None, False
    definicion = catalogo().get(clave)
    if definicion is None:
        leido.errores["clave"] = (
            "Ese plazo no está en el catálogo. Elige uno de la lista o escribe su longitud."
        )
        return None, False
    suyos = _valores(definicion)
    if leido.tecleado("de") != clave:
        for nombre, valor in suyos.items():
            if _manda(leido, nombre):
                leido.datos[nombre] = valor
    if any(leido.tecleado(nombre, valor).strip() != valor for nombre, valor in suyos.items()):
        return None, True
    return definicion, False


def _manda(leido: Lectura, nombre: str) -> bool:
    """The catalogue gives the value: the form was drawn for another term, or the link leaves it out."""
    return "de" in leido.datos or nombre not in leido.datos


def catalogo() -> Mapping[str, DefinicionPlazo]:
    """The terms that are counted in days, months or years, by name."""
    contados = [d for d in loader.catalogo_plazos().values() if d.unidad in UNIDADES and d.inicio in INICIOS]
    return {d.clave: d for d in sorted(contados, key=lambda d: d.nombre.casefold())}


def _valores(definicion: DefinicionPlazo) -> dict[str, str]:
    ultimo = "racerf" if definicion.regimen == "racerf" else "recorre"
    return {
        "longitud": str(definicion.longitud),
        "unidad": definicion.unidad,
        "inicio": definicion.inicio,
        "ultimo": ultimo if definicion.prorroga else "fijo",
    }


def _caso(leido: Lectura, opciones: tuple[Opcion, ...]) -> tuple[dict[str, Any], Opcion]:
    """The flat case of the contract, and the calendar chosen."""
    calendarios = {o.clave: o for o in opciones}
    longitud = leido.entero("longitud", 1, LONGITUD_MAXIMA)
    unidad = leido.opcion("unidad", UNIDADES, "habiles")
    inicio = leido.opcion("inicio", INICIOS, "surte_efectos")
    desde = leido.fecha("desde")
    calendario = leido.opcion("calendario", calendarios, inhabiles.CFF)
    ultimo = leido.opcion("ultimo", ULTIMO, "recorre")
    caso = {
        "regla": "plazo",
        "longitud": longitud,
        "unidad": unidad,
        "desde": desde.isoformat() if desde else "",
        "inicio": inicio,
        "regimen": "racerf" if ultimo == "racerf" else "cff",
        "prorroga": ultimo != "fijo",
        "inhabiles_extra": leido.dias("inhabil"),
        "suspensiones": leido.periodos("suspension"),
    }
    return caso, calendarios[calendario]


def _enlace(
    leido: Lectura, caso: Mapping[str, Any], elegido: DefinicionPlazo | None, calendario: Opcion
) -> str:
    propios = {n: str(caso[n]) for n in ("longitud", "unidad", "inicio")}
    propios["ultimo"] = leido.tecleado("ultimo")
    return enlace(
        {
            **({"clave": elegido.clave} if elegido else propios),
            "desde": caso["desde"],
            "calendario": calendario.clave if calendario.clave != inhabiles.CFF else None,
            **de_filas("inhabil", [{"dia": dia} for dia in caso["inhabiles_extra"]]),
            **de_filas("suspension", caso["suspensiones"]),
        }
    )


def _propio(opciones: tuple[Opcion, ...]) -> str:
    """The calendar that a blank form proposes: of the unit of who is signed in, CFF 12 for anybody else."""
    unidad = contexto().actor.subdelegacion_id
    return next((o.clave for o in opciones if unidad and o.subdelegacion_id == unidad), inhabiles.CFF)


def _pagina(
    leido: Lectura,
    opciones: tuple[Opcion, ...],
    elegido: DefinicionPlazo | None,
    cambiado: bool,
    hecho: Resultado | None = None,
    enlace_: str = "",
) -> Respuesta:
    return mostrar(
        "plazo",
        leido,
        catalogo=[(d.clave, d.nombre) for d in catalogo().values()],
        elegido=elegido,
        cambiado=cambiado,
        unidades=UNIDADES.items(),
        inicios=INICIOS.items(),
        ultimos=ULTIMO.items(),
        calendarios=[(o.clave, o.nombre) for o in opciones],
        calendario=_propio(opciones) if leido.vacia else inhabiles.CFF,
        d=hecho,
        enlace=enlace_,
        copia=copia("Vence", hecho.plazo.vence, enlace_) if hecho else "",
    )
