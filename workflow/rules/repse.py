"""The dates of one cycle of the IMSS-STPS mechanism on contractors (contract §4.6; 2023-11-22)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from workflow.params.loader import DefinicionPlazo, plazo
from workflow.rules.calendario import Calendario, Motivo, fecha_larga, ultimo_lunes
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.plazos import calcular

MES_DE_SEMESTRE = {1: 1, 2: 7}
ANIO_MINIMO, ANIO_MAXIMO = 1000, 9998


@dataclass(frozen=True, slots=True)
class CicloRepse:
    """Every date of the cycle; `avisos` say in Spanish what is unusual."""

    padron: date
    limite_exhorto: date
    exhorto: date
    fin_regularizacion: date
    segunda_opinion: date
    fin_manifestacion: date
    tercera_opinion: date
    cancelacion: date
    pasos: tuple[Paso, ...]
    avisos: tuple[str, ...]


def ciclo(
    anio: int,
    semestre: int,
    exhorto: date | None = None,
    inicio_cancelacion: date | None = None,
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
) -> CicloRepse:
    """The cycle of `anio`, `semestre` 1 or 2, from the dates that really happened where they are given.

    Raises ReglaError DATO_INVALIDO for an exhorto before the padrón or a cancellation before the second
    opinion.
    """
    if semestre not in MES_DE_SEMESTRE or not ANIO_MINIMO <= anio <= ANIO_MAXIMO:
        raise dato_invalido("El ciclo se dice con el año y el semestre, 1 o 2.")
    calendario = Calendario(inhabiles_extra)
    padron = ultimo_lunes(anio, MES_DE_SEMESTRE[semestre])
    limite = _contar("repse_2a", padron, inhabiles_extra)
    enviado = exhorto or limite
    if enviado < padron:
        raise dato_invalido(f"El exhorto no puede ser anterior al padrón, que es del {fecha_larga(padron)}.")
    regularizacion = _contar("repse_2b", enviado, inhabiles_extra)
    segunda = calendario.siguiente_habil(regularizacion)
    inicio = inicio_cancelacion or segunda
    if inicio < segunda:
        raise dato_invalido(
            f"La cancelación no puede iniciar antes de la segunda opinión, que es del {fecha_larga(segunda)}."
        )
    manifestacion = _contar("repse_4b", inicio, inhabiles_extra)
    tercera = calendario.siguiente_habil(manifestacion)
    fechas = (padron, limite, enviado, regularizacion, segunda, manifestacion, tercera, tercera)
    return CicloRepse(*fechas, pasos=_pasos(fechas), avisos=_avisos(padron, limite, enviado))


def _contar(clave: str, desde: date, extra: Collection[date] | Mapping[date, Motivo]) -> date:
    definicion: DefinicionPlazo = plazo(clave)
    assert definicion.longitud is not None  # the three terms counted here have one
    # The mechanism itself goes on to the next día hábil: the last day of each term is never moved.
    return calcular(
        definicion.longitud, definicion.unidad, desde, "dia_siguiente", prorroga=False, inhabiles_extra=extra
    ).vence


_ROTULOS = (
    ("Padrón", "último lunes del mes", "repse_1a"),
    ("Límite del exhorto", "{} desde el padrón", "repse_2a"),
    ("Exhorto", "fecha de envío", "repse_2a"),
    ("Fin de la regularización", "{} desde el exhorto; no se recorre", "repse_2b"),
    ("Segunda opinión", "siguiente día hábil", "repse_3"),
    ("Fin de la manifestación", "{} desde el inicio de la cancelación", "repse_4b"),
    ("Tercera opinión", "siguiente día hábil", "repse_5"),
    ("Cancelación", "el mismo día", "repse_6"),
)


def _pasos(fechas: tuple[date, ...]) -> tuple[Paso, ...]:
    return tuple(
        _paso(que, de_que, plazo(clave), fecha)
        for (que, de_que, clave), fecha in zip(_ROTULOS, fechas, strict=True)
    )


def _paso(que: str, de_que: str, definicion: DefinicionPlazo, fecha: date) -> Paso:
    detalle = f"{de_que.format(definicion.descripcion)}: {fecha_larga(fecha)}"
    return Paso(que, detalle, definicion.cita, (fecha,))


def _avisos(padron: date, limite: date, exhorto: date) -> tuple[str, ...]:
    avisos = []
    if padron < plazo("repse_2a").vigente_desde:
        avisos.append("El mecanismo es del 22 de noviembre de 2023: este ciclo es anterior a él.")
    if exhorto > limite:
        avisos.append(f"El exhorto salió después de su límite, que era el {fecha_larga(limite)}.")
    return tuple(avisos)
