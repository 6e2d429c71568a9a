"""The cédula of a credit as its page shows it: the arithmetic that was kept, brought to any date.

The cuotas come from the file store, cent by cent as they were determined; only updating and surcharges are
computed for another day. What another credit of the act collects (LSS 287) is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Any

from models.credito import Cedula, ClaseCredito, Credito, TrabajadorDeterminado
from workflow.context import Ctx
from workflow.operations import indice
from workflow.operations.credito_calculo import aritmetica, personas_de, vigente
from workflow.params.cuotas import CODIGOS, ramos
from workflow.queries import cedula as consultas
from workflow.queries.cedula import Cifra, Vista
from workflow.rules import cedula as regla
from workflow.rules import cuotas
from workflow.rules.cedula_cuotas import Libro, Persona, PorTramo, Renglon, Suma, sumar
from workflow.rules.cedula_operacion import COLUMNAS, Columna, Operacion
from workflow.rules.cedula_pagos import Tramo, tramo_de

PAGO = {ClaseCredito.COP: "mensual", ClaseCredito.RCV: "bimestral"}
SUMAS = ("TRAB", "TOTAL")
NADA = "0.00"


@dataclass(frozen=True)
class CedulaDeCredito:
    """`fila` is the version in force; `vista` is empty for a fine, whose reasons are in `fila`."""

    fila: Cedula
    al: dt.date
    vista: Vista | None
    columnas: tuple[Columna, ...]
    datos: Mapping[str, Any]


def hay(ctx: Ctx, credito: Credito) -> bool:
    """The credit was already computed."""
    return vigente(ctx, credito) is not None


def de(
    ctx: Ctx, credito: Credito, al: dt.date | None = None, foco: str = "", pagina: int | None = None
) -> CedulaDeCredito | None:
    """The cédula in force on `al` (its own day when not given); None before the first computation.

    Raises ReglaError where a period was not over on that day or an index is missing.
    """
    fila = vigente(ctx, credito)
    if fila is None:
        return None
    datos = aritmetica(ctx, fila)
    if not datos["renglones"] or credito.clase not in PAGO:
        return CedulaDeCredito(fila, al or fila.al, None, (), datos)
    entera = _cedula(credito, datos)
    hecha = regla.recalcular(entera, al or fila.al, indice.serie(ctx))
    columnas = _columnas(PAGO[credito.clase], hecha.libro.renglones[0].primero)
    vista = _recortar(consultas.vista(hecha, foco, pagina), columnas)
    return CedulaDeCredito(fila, hecha.fecha, vista, columnas, datos)


# -- what was kept, as the rule would hand it over ---------------------------------------------------------
def _cedula(credito: Credito, datos: Mapping[str, Any]) -> regla.Cedula:
    personas = _personas(credito, datos["trabajadores"])
    pago = PAGO[credito.clase]
    tramos = {p["clave"]: p for p in datos["periodos_pago"]}
    por_mes_tramo: dict[dt.date, Tramo] = {}
    renglones = []
    for persona, periodo, primero, dias, patron, trabajador in datos["renglones"]:
        dia = dt.date.fromisoformat(primero)
        mes = dia.replace(day=1)
        tramo = por_mes_tramo.get(mes) or por_mes_tramo.setdefault(mes, tramo_de(pago, mes))
        suyo = tramo.clave in tramos  # else it lapsed, or nothing was omitted
        propios = [suyo and ramo.pago == pago for ramo in ramos(dia).values()]
        renglones.append(
            Renglon(persona, periodo, dia, dias, _solo(patron, propios), _solo(trabajador, propios))
        )
    return regla.Cedula(
        libro=_libro(personas, datos, renglones, {t.clave: t for t in por_mes_tramo.values()}, tramos),
        fecha=dt.date.fromisoformat(datos["al"]),
        liquidados=(),
        multa=None,
        avisos=(),
    )


def _personas(credito: Credito, filas: Iterable[Any]) -> list[Persona]:
    """People by the name and the NSS that the cédula kept, their stretches cut to the credit."""
    nombres: dict[str, str] = {}
    base = []
    for nss, nombre, desde, hasta, comprobado, registrado, cuota in filas:
        nombres[nss] = f"{nombre}, NSS {nss}"
        base.append(
            TrabajadorDeterminado(
                nss=nss,
                desde=dt.date.fromisoformat(desde),
                hasta=dt.date.fromisoformat(hasta),
                sbc_comprobado=Decimal(comprobado),
                sbc_registrado=None if registrado is None else Decimal(registrado),
                cuota_diaria=None if cuota is None else Decimal(cuota),
            )
        )
    personas = personas_de(base, credito.periodo_desde, credito.periodo_hasta)
    return [replace(p, clave=nombres[p.clave]) for p in personas]


def _solo(centavos: Iterable[int], propios: Iterable[bool]) -> tuple[int, ...]:
    return tuple(c if es else 0 for c, es in zip(centavos, propios, strict=True))


def _libro(
    personas: list[Persona],
    datos: Mapping[str, Any],
    renglones: list[Renglon],
    de_mes: Mapping[str, Tramo],
    tramos: Mapping[str, Any],
) -> Libro:
    por_persona: list[list[Renglon]] = [[] for _ in personas]
    meses: dict[str, list[Renglon]] = {}
    for renglon in renglones:
        por_persona[renglon.persona].append(renglon)
        meses.setdefault(renglon.mes, []).append(renglon)
    por_mes: dict[str, Suma] = {mes: sumar(meses[mes]) for mes in sorted(meses)}
    primero = min(r.primero for r in renglones)
    riesgo, _ = cuotas.leer_riesgo(None, Decimal(datos["riesgo"]["prima"]), primero)
    return Libro(
        personas=tuple(personas),
        riesgo=riesgo,
        zona=datos["zona"],
        renglones=tuple(renglones),
        comienzos=tuple(accumulate((len(suyos) for suyos in por_persona), initial=0)),
        por_persona=tuple(sumar(suyos) for suyos in por_persona),
        por_mes=por_mes,
        por_tramo=tuple(_por_tramo(de_mes[clave], dicho) for clave, dicho in tramos.items()),
        total=sumar(por_mes.values()),
        avisos=(),
    )


def _por_tramo(tramo: Tramo, dicho: Mapping[str, Any]) -> PorTramo:
    """The last day to pay is the one that was kept, with the días inhábiles known that day."""
    limite = dt.date.fromisoformat(dicho["limite"])
    return PorTramo(replace(tramo, limite=limite), Decimal(dicho["patron"]), Decimal(dicho["trabajador"]))


# -- only the columns of the credit ------------------------------------------------------------------------
def _columnas(pago: str, dia: dt.date) -> tuple[Columna, ...]:
    propios = {codigo for codigo in CODIGOS if ramos(dia)[codigo].pago == pago}
    return tuple(
        c for c in COLUMNAS.values() if c.clave in SUMAS or all(codigo in propios for codigo, _ in c.partes)
    )


def _recortar(vista: Vista, columnas: tuple[Columna, ...]) -> Vista:
    lugares = [i for i, clave in enumerate(COLUMNAS) if COLUMNAS[clave] in columnas]

    def suyas(cifras: tuple[Cifra, ...]) -> tuple[Cifra, ...]:
        return tuple(cifras[i] for i in lugares)

    bloques = tuple(
        replace(b, filas=tuple(replace(f, cifras=suyas(f.cifras)) for f in b.filas), cifras=suyas(b.cifras))
        for b in vista.bloques
    )
    return replace(
        vista,
        bloques=bloques,
        totales=suyas(vista.totales),
        operacion=_operacion(vista, columnas),
    )


def _operacion(vista: Vista, columnas: tuple[Columna, ...]) -> Operacion | None:
    """The operation without what another credit collects."""
    hecha = vista.operacion
    if hecha is None:
        return None
    columna = COLUMNAS[hecha.foco.rsplit(".", 1)[1]]
    if columna not in columnas:
        return None
    if columna.clave not in SUMAS or hecha.foco.split(".")[1] == "suma":
        return hecha
    if columna.clave == "TOTAL":
        nombres = {c.nombre.capitalize() for c in columnas}
        return replace(hecha, lineas=tuple(linea for linea in hecha.lineas if linea.que in nombres))
    primero = vista.cedula.libro.renglones[0].primero
    pago = vista.cedula.liquidados[0].tramo.pago if vista.cedula.liquidados else ""
    propios = tuple(r.nombre for r in ramos(primero).values() if r.pago == pago)
    return replace(hecha, lineas=tuple(linea for linea in hecha.lineas if linea.que.startswith(propios)))
