"""Contract 4.2."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.legal.oraculo import tablas
from tests.legal.oraculo.dias import siguiente
from tests.legal.oraculo.entrada import FALTANTE, NO_VIGENTE, SIN_FECHA, Falla, Lector
from tests.legal.oraculo.numeros import escribir, redondear


def uma(dia: dt.date) -> Fraction:
    """Daily UMA of the day."""
    for desde, hasta, diario in tablas.UMA:
        if desde <= dia.isoformat() <= hasta:
            return Fraction(diario)
    raise Falla(NO_VIGENTE)


def salario_minimo(dia: dt.date, zona: str) -> Fraction:
    """Daily minimum wage of the zone."""
    for desde, hasta, general, zlfn in tablas.SALARIO_MINIMO:
        if desde <= dia.isoformat() <= hasta:
            diario = general if zona == "general" else zlfn
            if diario is None:
                raise Falla(NO_VIGENTE)
            return Fraction(diario)
    raise Falla(NO_VIGENTE)


def ceav(anio: int, sbc: Fraction, minimo: Fraction, unidad: Fraction) -> Fraction:
    """Percent of the employer."""
    if anio < 2023 or sbc <= minimo:
        return Fraction(tablas.CEAV_SALARIO_MINIMO)
    veces = redondear(sbc / unidad, 2)
    renglones = tablas.CEAV[anio]
    for tope, porciento in zip(tablas.CEAV_HASTA, renglones[:-1], strict=True):
        if veces <= Fraction(tope):
            return Fraction(porciento)
    return Fraction(renglones[-1])


def leer_prima(lector: Lector) -> Fraction:
    """The percent of RT: the employer's own one, from 0.50 to 15.00, or the mean of the class."""
    prima = Fraction(0)
    if not lector.hay("clase_riesgo") and not lector.hay("prima"):
        lector.fallas.add(FALTANTE)
    if lector.hay("clase_riesgo"):
        prima = Fraction(tablas.PRIMAS_MEDIAS[lector.palabra("clase_riesgo", list(tablas.PRIMAS_MEDIAS))])
    if lector.hay("prima"):
        prima = lector.numero("prima", 5)
        if not Fraction("0.50") <= prima <= Fraction("15.00"):
            lector.mal()
    return prima


def cuotas(caso: dict[str, Any]) -> dict[str, Any]:
    """Output `meses`, `patron`, `trabajador`, `total`."""
    lector = Lector(caso)
    sbc = lector.numero("sbc")
    desde, hasta = lector.fecha("desde"), lector.fecha("hasta")
    zona = lector.palabra("zona", ["general", "zlfn"], "general")
    cuota_diaria = lector.numero("cuota_diaria") if lector.hay("cuota_diaria") else sbc
    prima = leer_prima(lector)
    if (lector.hay("sbc") and sbc == 0) or (lector.hay("cuota_diaria") and cuota_diaria == 0):
        lector.mal()
    if hasta < desde:
        lector.mal()
    if lector.fallas and SIN_FECHA != desde < dt.date(2016, 1, 1):
        # The limits of a premium have a date too.
        lector.fallas.add(NO_VIGENTE)
    lector.terminar()

    por_mes: dict[str, list[dt.date]] = {}
    dia = desde
    while dia <= hasta:
        por_mes.setdefault(dia.isoformat()[:7], []).append(dia)
        if dia.year > 2100:
            raise Falla(NO_VIGENTE)
        dia = siguiente(dia)
    meses = [del_mes(mes, dias, sbc, prima, zona, cuota_diaria) for mes, dias in por_mes.items()]
    patron = sum((Fraction(uno["patron"]) for uno in meses), Fraction(0))
    trabajador = sum((Fraction(uno["trabajador"]) for uno in meses), Fraction(0))
    return {
        "meses": meses,
        "patron": escribir(patron),
        "trabajador": escribir(trabajador),
        "total": escribir(patron + trabajador),
    }


def del_mes(
    mes: str, dias: list[dt.date], sbc: Fraction, prima: Fraction, zona: str, cuota_diaria: Fraction
) -> dict[str, Any]:
    """One row."""
    unidad, minimo = uma(dias[0]), salario_minimo(dias[0], zona)
    topado = sbc
    if topado < minimo:
        topado = minimo
    if topado > 25 * unidad:
        topado = 25 * unidad
    bases = {"uma": unidad, "excedente": max(Fraction(0), topado - 3 * unidad), "sbc": topado}
    propios = {"CEAV": ceav(dias[0].year, topado, minimo, unidad), "RT": prima}
    ramos: dict[str, dict[str, str]] = {}
    suma_patron, suma_trabajador = Fraction(0), Fraction(0)
    for codigo, base, del_patron, del_trabajador in tablas.RAMOS:
        porciento = propios[codigo] if del_patron is None else Fraction(del_patron)
        patron = redondear(bases[base] * porciento / 100 * len(dias))
        trabajador = redondear(bases[base] * Fraction(del_trabajador) / 100 * len(dias))
        if cuota_diaria <= minimo:
            patron, trabajador = patron + trabajador, Fraction(0)
        ramos[codigo] = {"patron": escribir(patron), "trabajador": escribir(trabajador)}
        suma_patron += patron
        suma_trabajador += trabajador
    return {
        "mes": mes,
        "dias": len(dias),
        "uma": escribir(unidad),
        "sbc_topado": escribir(redondear(topado)),
        "ramos": ramos,
        "patron": escribir(suma_patron),
        "trabajador": escribir(suma_trabajador),
    }
