"""The presumptive amount of a proposal: the cuotas that its facts say were not paid, for the last five years.

An estimate for whoever decides where to look, never a credit: the wage told is taken as base, only the people
who denounced are counted, and neither accessories nor fine are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workflow.params.loader import plazo
from workflow.params.presuntivo import Supuestos, supuestos
from workflow.rules import cedula_cuotas
from workflow.rules.calendario import fecha_larga
from workflow.rules.cedula_cuotas import Libro, Periodo, Persona
from workflow.rules.dinero import escribir, escribir_por_ciento
from workflow.rules.errores import ReglaError
from workflow.rules.paso import Paso
from workflow.rules.plazos import MESES_POR_ANIO, primero_del_mes, sumar_meses
from workflow.rules.tramos import libres

__all__ = ["Hecho", "Presuntivo", "calcular"]


@dataclass(frozen=True, slots=True)
class Hecho:
    """One fact of an analysis: daily wages; `hasta` None while it goes on; `resultado` empty before judging."""

    motivo: str
    desde: date | None
    hasta: date | None
    real: Decimal | None
    registrado: Decimal | None
    resultado: str = ""


@dataclass(frozen=True, slots=True)
class Presuntivo:
    """`monto` in pesos, None where it cannot be computed; `explicacion` says how or why not, in one line."""

    monto: Decimal | None
    explicacion: str
    pasos: tuple[Paso, ...]
    avisos: tuple[str, ...]


def calcular(
    denuncias: Sequence[Sequence[Hecho]],
    hoy: date,
    *,
    clase_riesgo: str | None = None,
    prima: Decimal | None = None,
    zona: str = "general",
) -> Presuntivo:
    """What the facts of each denuncia say was omitted up to `hoy`. Never raises: it says why there is no amount."""
    base = supuestos(hoy)
    desde = _hace_cinco_anios(hoy)
    personas, avisos = [], []
    for n, hechos in enumerate(denuncias, 1):
        periodos, faltas = _periodos(hechos, base, desde, hoy)
        avisos += [f"Persona {n}: {falta}" for falta in faltas]
        if periodos:
            personas.append(Persona(f"Persona {n}", tuple(periodos)))
    if not personas:
        return _sin_monto("No se puede calcular: faltan periodos o salarios en los hechos.", avisos)
    supuesta = clase_riesgo is None and prima is None
    clase = base.clase_supuesta if supuesta else clase_riesgo
    try:
        libro = cedula_cuotas.escribir(personas, None if prima is not None else clase, prima, zona)
    except ReglaError as error:
        return _sin_monto(f"No se puede calcular: {error.mensaje}", avisos)
    riesgo = (
        f"prima de {escribir_por_ciento(prima)} %" if prima is not None else f"clase {clase}, prima media"
    )
    return _con_monto(libro, base, riesgo + (" supuesta" if supuesta else ""), supuesta, (desde, hoy), avisos)


def _con_monto(
    libro: Libro,
    base: Supuestos,
    riesgo: str,
    supuesta: bool,
    dias: tuple[date, date],
    avisos: Sequence[str],
) -> Presuntivo:
    total, gente, meses = libro.total, len(libro.personas), len(libro.por_mes)
    quienes = "1 persona" if gente == 1 else f"{gente} personas"
    cuantos = "1 mes" if meses == 1 else f"{meses} meses"
    pasos = (
        Paso(
            "Sólo los últimos cinco años",
            f"del {fecha_larga(dias[0])} al {fecha_larga(dias[1])}",
            plazo("caducidad").cita,
            dias,
        ),
        Paso(f"Riesgo de trabajo: {riesgo}", "del registro patronal" if not supuesta else "sin clase en el "
             "registro", "LSS 72, 73", (), base.confianza if supuesta else ""),
        *(
            Paso(f"{persona.clave}: {escribir(suma.total)}", f"{suma.dias} días", "LSS 15-III, 38, 39")
            for persona, suma in zip(libro.personas, libro.por_persona, strict=True)
        ),
        Paso(
            f"Monto presuntivo: {escribir(total.total)}",
            f"cuotas omitidas de {quienes} en {cuantos}; no es un crédito. {base.nota}",
            base.cita,
            (),
            base.confianza,
        ),
    )  # fmt: skip
    explicacion = (
        f"Cuotas omitidas de {quienes} en {cuantos}, {riesgo}; sin accesorios ni multa. "
        "Es presuntivo: no es un crédito."
    )
    return Presuntivo(total.total, explicacion, pasos, (*avisos, *libro.avisos))


def _sin_monto(por_que: str, avisos: Sequence[str]) -> Presuntivo:
    return Presuntivo(None, por_que, (), tuple(avisos))


def _hace_cinco_anios(hoy: date) -> date:
    meses = (plazo("caducidad").longitud or 0) * MESES_POR_ANIO
    # 29 February of a year without one: 1 March.
    return sumar_meses(hoy, -meses) or primero_del_mes(hoy, 1 - meses)


def _periodos(
    hechos: Sequence[Hecho], base: Supuestos, desde: date, hoy: date
) -> tuple[list[Periodo], list[str]]:
    """The days of one person, each once, and what cannot be counted."""
    periodos: list[Periodo] = []
    faltas = []
    orden = list(base.motivos)
    cuentan = [h for h in hechos if h.motivo in orden and h.resultado in base.resultados | {""}]
    for hecho in sorted(cuentan, key=lambda h: orden.index(h.motivo)):
        entero = _entero(hecho, base.motivos[hecho.motivo], hoy)
        if isinstance(entero, str):
            faltas.append(entero)
            continue
        periodos += libres(replace(entero, desde=max(entero.desde, desde)), periodos)
    return periodos, faltas


def _entero(hecho: Hecho, registro: str, hoy: date) -> Periodo | str:
    """The fact as a period up to today, or why it is none."""
    if hecho.desde is None:
        return "un hecho no tiene fecha de inicio y no se cuenta."
    if hecho.real is None or hecho.real <= 0:
        return "un hecho no tiene salario real y no se cuenta."
    registrado = None if registro == "nunca" else hecho.registrado
    if registro == "siempre" and registrado is None:
        return "un hecho no tiene salario registrado y no se cuenta."
    if registrado is not None and registrado <= 0:
        registrado = None
    return Periodo(hecho.desde, min(hecho.hasta or hoy, hoy), hecho.real, registrado)
