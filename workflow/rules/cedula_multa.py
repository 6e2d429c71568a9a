"""The fine of a cédula: individualised one by one, then only one stays (LSS 304-304 B; RACERF 183-188)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.params.multas import Infraccion, infraccion
from workflow.rules import multa
from workflow.rules.dinero import a_centavos, escribir, escribir_por_ciento
from workflow.rules.errores import dato_invalido
from workflow.rules.multa import ResultadoMulta
from workflow.rules.paso import Paso

__all__ = ["MultaCedula", "Sancion", "imponer", "imponible"]


@dataclass(frozen=True, slots=True)
class Sancion:
    """A fine proposed: `importe` in pesos, or `porcentaje` of what was omitted for infraction 304.

    With neither, only its range is known. `gravedad` and `antecedentes` are the reasons of the authority, in
    its words (RACERF 183-185); they never change the amount by themselves.
    """

    infraccion: str
    fecha: date
    importe: Decimal | None = None
    porcentaje: Decimal | None = None
    reincidencia: bool = False
    gravedad: str = ""
    antecedentes: str = ""


@dataclass(frozen=True, slots=True)
class MultaCedula:
    """The fine that stays, its range, what was imposed (None while nobody fixed it) and those left out."""

    sancion: Sancion
    minimo: Decimal
    maximo: Decimal
    importe: Decimal | None
    excluidas: tuple[str, ...]
    pasos: tuple[Paso, ...]
    avisos: tuple[str, ...]


def imponible(cual: Infraccion) -> bool:
    """True for what the Instituto fines itself: the LSS. Prohibited subcontracting is fined by the STPS (LFT)."""
    return not cual.clave.startswith("LFT")


def imponer(sanciones: Sequence[Sancion], omitido: Decimal) -> MultaCedula | None:
    """The only fine of an act, out of those proposed; None where there is none to impose.

    The fine for omitted cuotas (304) displaces the others (RACERF 188); of several others the largest stays
    (RACERF 186). Raises ReglaError DATO_INVALIDO for an unknown infraction or one that another authority fines,
    an amount out of its range or a percent given to a fine that is no percentage.
    """
    calculadas = [
        (sancion, _calcular(sancion, omitido))
        for sancion in sanciones
        if omitido > 0 or not _excluye(infraccion(sancion.infraccion))
    ]
    if not calculadas:
        return None
    elegida, resultado = max(calculadas, key=lambda par: _peso(par[1]))
    excluidas = tuple(s.infraccion for s, _ in calculadas if s is not elegida)
    avisos = list(resultado.avisos)
    if resultado.importe_individualizado is None:
        avisos.append("La multa no tiene importe: se muestra entre qué cantidades puede quedar y no se suma.")
    return MultaCedula(
        sancion=elegida,
        minimo=resultado.minimo,
        maximo=resultado.maximo,
        importe=resultado.importe_individualizado,
        excluidas=excluidas,
        pasos=(*_razones(elegida), *resultado.pasos, *_exclusion(resultado, excluidas)),
        avisos=tuple(avisos),
    )


def _excluye(cual: Infraccion) -> bool:
    """True for the fine that is a percentage of what was omitted: it excludes any other for the same act."""
    return cual.unidad == "porcentaje"


def _peso(resultado: ResultadoMulta) -> tuple[bool, Decimal, Decimal]:
    # Between two without amount, the one that can reach higher.
    return (
        _excluye(resultado.infraccion),
        resultado.importe_individualizado or Decimal(0),
        resultado.maximo,
    )


def _calcular(sancion: Sancion, omitido: Decimal) -> ResultadoMulta:
    cual, importe = infraccion(sancion.infraccion), sancion.importe
    if not imponible(cual):
        raise dato_invalido(f"La multa {cual.clave} no la impone el Instituto: no va en una cédula.")
    if sancion.porcentaje is not None:
        if not _excluye(cual):
            raise dato_invalido(
                f"La multa {cual.clave} se fija en pesos; «porcentaje» es sólo para la de cuotas omitidas."
            )
        if importe is not None:
            raise dato_invalido("Escribe el «importe» de la multa o su «porcentaje», no los dos.")
        if not cual.minimo <= sancion.porcentaje <= cual.maximo:
            raise dato_invalido(
                f"«porcentaje» debe estar entre {cual.minimo} y {cual.maximo}, el rango de la infracción."
            )
        importe = a_centavos(omitido * sancion.porcentaje / 100)
    return multa.calcular(
        cual.clave,
        sancion.fecha,
        reincidencia=sancion.reincidencia,
        importe=importe,
        omitido=omitido if _excluye(cual) else None,
    )


def _razones(sancion: Sancion) -> tuple[Paso, ...]:
    pasos = []
    if sancion.gravedad:
        pasos.append(Paso("Gravedad", sancion.gravedad, "RACERF 183-185"))
    if sancion.antecedentes:
        pasos.append(Paso("Antecedentes", sancion.antecedentes, "RACERF 183-185"))
    if sancion.porcentaje is not None:
        por_ciento = escribir_por_ciento(sancion.porcentaje)
        pasos.append(Paso(f"Se impone {por_ciento} %", "de lo omitido", "LSS 304"))
    return tuple(pasos)


def _exclusion(resultado: ResultadoMulta, excluidas: tuple[str, ...]) -> tuple[Paso, ...]:
    if not excluidas:
        return ()
    clave, otras = resultado.infraccion.clave, ", ".join(excluidas)
    if _excluye(resultado.infraccion):
        return (Paso("No se suman otras multas", f"la {clave} excluye {otras}", "RACERF 188"),)
    cuanto = escribir(resultado.importe_individualizado or resultado.maximo)
    return (Paso("Sólo la multa mayor", f"{clave}, {cuanto}; no se impone {otras}", "RACERF 186"),)
