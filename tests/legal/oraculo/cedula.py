"""A cédula the slow way: the cuotas of each month twice, one difference at a time, each sum from the single cents."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from tests.legal.oraculo import tablas
from tests.legal.oraculo.accesorios import accesorios
from tests.legal.oraculo.cuotas import del_mes, leer_prima
from tests.legal.oraculo.dias import VIERNES, inhabil, siguiente
from tests.legal.oraculo.entrada import INVALIDO, Falla, Lector
from tests.legal.oraculo.extincion import caducidad
from tests.legal.oraculo.multa import multa
from tests.legal.oraculo.numeros import a_pesos, escribir, redondear

CODIGOS = [codigo for codigo, *_ in tablas.RAMOS]
BIMESTRALES = ("RETIRO", "CEAV")


class Omitido(NamedTuple):
    """One part of one code of one month of one person."""

    quien: int
    mes: str
    codigo: str
    parte: str
    importe: Fraction


class Dias(NamedTuple):
    """Days of one person in one month."""

    quien: int
    mes: str
    cuantos: int


def cedula(caso: dict[str, Any]) -> dict[str, Any]:
    """Rows, sums by person, month, code and period of payment, and the totals."""
    lector = Lector(caso)
    fecha = lector.fecha("fecha")
    prima = leer_prima(lector)
    zona = lector.palabra("zona", ["general", "zlfn"], "general")
    personas = [leer_periodos(lector, persona, fecha) for persona in lector.crudo("trabajadores") or []]
    if not personas or not all(personas):
        lector.mal()
    lector.terminar()
    filas: list[Omitido] = []
    dias: list[Dias] = []
    for quien, periodos in enumerate(personas):
        for periodo in periodos:
            for mes, suyos in meses_de(periodo["desde"], periodo["hasta"]).items():
                dias.append(Dias(quien, mes, len(suyos)))
                filas += omitidos(quien, mes, suyos, periodo, prima, zona)
    pagos = [pago for pago in periodos_de_pago(filas, fecha) if pago is not None]
    omitido = sumar(filas)
    actualizacion = sum((Fraction(pago["actualizacion"]) for pago in pagos), Fraction(0))
    recargos = sum((Fraction(pago["recargos"]) for pago in pagos), Fraction(0))
    pena = multar(caso.get("infracciones") or [], omitido)
    total = omitido + actualizacion + recargos + Fraction((pena or {}).get("importe") or 0)
    meses = sorted({dia.mes for dia in dias})
    return {
        "trabajadores": [
            de_una_persona(n, filas, dias, caso["trabajadores"][n]) for n in range(len(personas))
        ],
        "por_mes": [
            {"mes": mes, **suma(filas, dias, lambda x, mes=mes: x.mes == mes)}  # type: ignore[misc]
            for mes in meses
        ],
        "por_ramo": por_ramo(filas, lambda x: True),
        "periodos_pago": pagos,
        "patron": escribir(sumar(filas, lambda x: x.parte == "patron")),
        "trabajador": escribir(sumar(filas, lambda x: x.parte == "trabajador")),
        "omitido": escribir(omitido),
        "actualizacion": escribir(actualizacion),
        "recargos": escribir(recargos),
        "multa": pena,
        "total": escribir(total),
        "a_pagar": escribir(a_pesos(total)),
    }


def leer_periodos(lector: Lector, persona: dict[str, Any], fecha: dt.date) -> list[dict[str, Any]]:
    """Periods of one person; no day twice, none after the date of the cédula."""
    salen: list[dict[str, Any]] = []
    vistos: set[dt.date] = set()
    for uno in persona["periodos"]:
        dentro = Lector(uno)
        desde, hasta = dentro.fecha("desde"), dentro.fecha("hasta")
        real = dentro.numero("salario_real")
        registrado = dentro.numero("salario_registrado") if dentro.hay("salario_registrado") else None
        diaria = dentro.numero("cuota_diaria") if dentro.hay("cuota_diaria") else real
        if hasta < desde or hasta > fecha or real == 0 or registrado == 0 or diaria == 0:
            dentro.mal()
        lector.fallas |= dentro.fallas
        dia = desde
        while dia <= hasta:
            if dia in vistos:
                lector.mal()
            vistos.add(dia)
            dia = siguiente(dia)
        salen.append(
            {"desde": desde, "hasta": hasta, "real": real, "registrado": registrado, "diaria": diaria}
        )
    return salen


def meses_de(desde: dt.date, hasta: dt.date) -> dict[str, list[dt.date]]:
    """Days of the range by month."""
    meses: dict[str, list[dt.date]] = {}
    dia = desde
    while dia <= hasta:
        meses.setdefault(dia.isoformat()[:7], []).append(dia)
        dia = siguiente(dia)
    return meses


def omitidos(
    quien: int, mes: str, dias: list[dt.date], periodo: dict[str, Any], prima: Fraction, zona: str
) -> list[Omitido]:
    """What is due of the real wage less what was due of the registered one."""
    debido = del_mes(mes, dias, periodo["real"], prima, zona, periodo["diaria"])["ramos"]
    pagado = None
    if periodo["registrado"] is not None:
        pagado = del_mes(mes, dias, periodo["registrado"], prima, zona, periodo["diaria"])["ramos"]
    salen = []
    for codigo in CODIGOS:
        for parte in ("patron", "trabajador"):
            falta = Fraction(debido[codigo][parte])
            if pagado is not None:
                falta -= Fraction(pagado[codigo][parte])
            if periodo["registrado"] is not None and periodo["registrado"] > periodo["real"]:
                falta = Fraction(0)
            salen.append(Omitido(quien, mes, codigo, parte, falta))
    return salen


def sumar(filas: list[Omitido], cual: Callable[[Any], bool] = lambda x: True) -> Fraction:
    """Sum of the rows chosen."""
    return sum((fila.importe for fila in filas if cual(fila)), Fraction(0))


def suma(filas: list[Omitido], dias: list[Dias], cual: Callable[[Any], bool]) -> dict[str, Any]:
    """Days and both parts of a slice."""
    patron = sumar(filas, lambda x: cual(x) and x.parte == "patron")
    trabajador = sumar(filas, lambda x: cual(x) and x.parte == "trabajador")
    return {
        "dias": sum(dia.cuantos for dia in dias if cual(dia)),
        "patron": escribir(patron),
        "trabajador": escribir(trabajador),
        "total": escribir(patron + trabajador),
    }


def por_ramo(filas: list[Omitido], cual: Callable[[Any], bool]) -> dict[str, dict[str, str]]:
    """Both parts of each code."""
    return {
        codigo: {
            parte: escribir(sumar(filas, lambda x: cual(x) and (x.codigo, x.parte) == (codigo, parte)))  # noqa: B023
            for parte in ("patron", "trabajador")
        }
        for codigo in CODIGOS
    }


def de_una_persona(
    quien: int, filas: list[Omitido], dias: list[Dias], dada: dict[str, Any]
) -> dict[str, Any]:
    """Months and sums of one person."""
    meses = sorted({dia.mes for dia in dias if dia.quien == quien})
    detalle = []
    for mes in meses:

        def suyo(x: Any, mes: str = mes) -> bool:
            return bool(x.quien == quien and x.mes == mes)

        detalle.append({"mes": mes, **suma(filas, dias, suyo), "ramos": por_ramo(filas, suyo)})
    propia = {"id": dada["id"]} if "id" in dada else {}
    return {**propia, "meses": detalle, **suma(filas, dias, lambda x: x.quien == quien)}


def clave_de_pago(mes: str, codigo: str) -> str:
    """`2025-12` for what is paid each month, `2025-B6` for the bimestre."""
    anio, numero = mes.split("-")
    return f"{anio}-B{(int(numero) + 1) // 2}" if codigo in BIMESTRALES else mes


def ultimo_dia(clave: str) -> dt.date:
    """Day 17 of the month after, moved from a day without work and from a Friday."""
    anio, resto = int(clave[:4]), clave[5:]
    mes = int(resto[1:]) * 2 if resto.startswith("B") else int(resto)
    dia = siguiente(dt.date(anio, mes, monthrange(anio, mes)[1])).replace(day=17)
    while inhabil(dia, []) or dia.weekday() == VIERNES:
        dia = siguiente(dia)
    return dia


def periodos_de_pago(filas: list[Omitido], fecha: dt.date) -> list[dict[str, Any] | None]:
    """Accessories of each period of payment in which anything is missing."""
    claves = sorted({clave_de_pago(x.mes, x.codigo) for x in filas}, key=lambda c: (ultimo_dia(c), c))
    return [un_pago(clave, filas, fecha) for clave in claves]


def un_pago(clave: str, filas: list[Omitido], fecha: dt.date) -> dict[str, Any] | None:
    """One period, or None when nothing is missing in it."""
    suyas = [x for x in filas if clave_de_pago(x.mes, x.codigo) == clave]
    omitido = sumar(suyas)
    if omitido == 0:
        return None
    limite = ultimo_dia(clave)
    hecho = accesorios(
        {"importe": escribir(omitido), "debio_pagarse": limite.isoformat(), "fecha_pago": fecha.isoformat()}
    )
    return {
        "periodo": clave,
        "pago": "bimestral" if "B" in clave else "mensual",
        "debio_pagarse": limite.isoformat(),
        "omitido": escribir(omitido),
        "patron": escribir(sumar(suyas, lambda x: x.parte == "patron")),
        "trabajador": escribir(sumar(suyas, lambda x: x.parte == "trabajador")),
        "actualizacion": escribir(Fraction(hecho["actualizado"]) - omitido),
        "caduco": caducidad({"desde": limite.isoformat()})["vence"] < fecha.isoformat(),
        **{
            k: hecho[k]
            for k in ("factor", "actualizado", "meses_recargos", "tasa_recargos", "recargos", "total")
        },
    }


def multar(infracciones: list[dict[str, Any]], omitido: Fraction) -> dict[str, Any] | None:
    """304 displaces the others; of several others, the largest. Nothing omitted: no 304."""
    hechas = []
    for una in infracciones:
        if una["infraccion"] == "304" and omitido == 0:
            continue
        caso = dict(una)
        if una["infraccion"] == "304":
            caso["omitido"] = escribir(omitido)
        if "porcentaje" in una:
            if una["infraccion"] != "304" or "importe" in una:
                raise Falla(INVALIDO)
            caso["importe"] = escribir(redondear(omitido * Fraction(una["porcentaje"]) / 100))
        hecha = multa(caso)
        hechas.append(
            (una["infraccion"] == "304", Fraction(hecha.get("importe_individualizado", 0)), una, hecha)
        )
    if not hechas:
        return None
    _, _, elegida, hecha = max(hechas, key=lambda h: (h[0], h[1], Fraction(h[3]["maximo"])))
    return {
        "infraccion": elegida["infraccion"],
        "minimo": hecha["minimo"],
        "maximo": hecha["maximo"],
        "importe": hecha.get("importe_individualizado"),
        "excluidas": [otra["infraccion"] for _, _, otra, _ in hechas if otra is not elegida],
    }
