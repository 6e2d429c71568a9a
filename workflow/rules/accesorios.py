"""Update and surcharges of what was paid late (contract §4.3; CFF 17-A, 20, 21, 70; RCFF 16; LSS 40 A)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from decimal import Decimal
from itertools import groupby

from workflow.params import inpc as params
from workflow.params.fechas import MESES, fecha_en_palabras
from workflow.params.inpc import Indice, Serie
from workflow.params.recargos import Recargo, recargo
from workflow.rules.dinero import a_centavos, a_pesos_cff20, escribir, escribir_por_ciento, truncar
from workflow.rules.errores import INPC_NO_DISPONIBLE, ReglaError, dato_invalido
from workflow.rules.paso import Paso, menos_segura

CONCEPTOS = ("cuotas", "multa")
UNO = Decimal(1)


@dataclass(frozen=True, slots=True)
class ResultadoAccesorios:
    """Pesos; `tasa_recargos` in percent. The indices are None where no factor was calculated."""

    factor: Decimal
    actualizado: Decimal
    meses_recargos: int
    tasa_recargos: Decimal
    recargos: Decimal
    total: Decimal
    a_pagar: Decimal
    inpc_antiguo: Indice | None
    inpc_reciente: Indice | None
    pasos: tuple[Paso, ...]
    avisos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """By how much an amount grows between two days; the indices are None where none was needed."""

    valor: Decimal
    antiguo: Indice | None
    reciente: Indice | None
    paso: Paso
    avisos: tuple[str, ...] = ()


def calcular(
    importe: Decimal,
    debio_pagarse: date,
    fecha_pago: date,
    concepto: str = "cuotas",
    inpc: Serie | None = None,
) -> ResultadoAccesorios:
    """What `importe` pesos due on `debio_pagarse` (last day to pay) have become on `fecha_pago`.

    `inpc` defaults to the series included. Raises DATO_INVALIDO (negative amount, unknown concept),
    INPC_NO_DISPONIBLE (the older index is missing), PARAMETRO_NO_VIGENTE (a month without rate).
    """
    if importe < 0:
        raise dato_invalido("«importe» no puede ser negativo.")
    if concepto not in CONCEPTOS:
        raise dato_invalido(f"«concepto» debe ser uno de: {', '.join(CONCEPTOS)}.")
    factor = factor_entre(params.incluida() if inpc is None else inpc, debio_pagarse, fecha_pago)
    actualizado = a_centavos(importe * factor.valor)
    meses = [] if concepto == "multa" else list(meses_de_recargos(debio_pagarse, fecha_pago))
    tasa = sum((mes.mora for mes in meses), Decimal())
    recargos = a_centavos(actualizado * tasa / 100)
    total = actualizado + recargos
    a_pagar = a_pesos_cff20(total)
    pasos = (
        factor.paso,
        _paso_actualizado(importe, factor.valor, actualizado, concepto, fecha_pago),
        *pasos_recargos(concepto, meses, actualizado, tasa, recargos),
        Paso(f"Total: {escribir(total)}", f"{actualizado} + {recargos}", "CFF 17-A, 21", (fecha_pago,)),
        paso_cff20(a_pagar, fecha_pago),
    )
    return ResultadoAccesorios(
        factor=factor.valor,
        actualizado=actualizado,
        meses_recargos=len(meses),
        tasa_recargos=tasa,
        recargos=recargos,
        total=total,
        a_pagar=a_pagar,
        inpc_antiguo=factor.antiguo,
        inpc_reciente=factor.reciente,
        pasos=pasos,
        avisos=factor.avisos,
    )


def factor_entre(serie: Serie, debio_pagarse: date, fecha_pago: date, *, sigue: bool = False) -> Factor:
    """The factor of CFF 17-A between two days. Raises INPC_NO_DISPONIBLE (the older index is missing).

    `sigue`: the first day is that of an earlier update, which goes on from the index that it came to: where
    that of its month was not published, the last one before.
    """
    regla = params.regla_factor()
    uno = UNO.quantize(UNO.scaleb(-regla.decimales))
    plazo = (
        f"debió pagarse el {fecha_en_palabras(debio_pagarse)} y se paga el {fecha_en_palabras(fecha_pago)}"
    )
    fechas = (debio_pagarse, fecha_pago)
    if fecha_pago <= debio_pagarse:
        return Factor(uno, None, None, Paso(f"Factor: {uno}", f"{plazo}: a tiempo", "CFF 17-A", fechas))
    un_mes = _meses_despues(debio_pagarse, 1)
    if un_mes is None or fecha_pago < un_mes:
        porque = f"{plazo}: no pasó un mes completo"
        # That a fraction of a month is not updated is text; from when a month is complete is a reading.
        return Factor(uno, None, None, Paso(f"Factor: {uno}", porque, "CFF 17-A", fechas, "por_verificar"))
    antiguo, reciente = _antiguo(serie, debio_pagarse, sigue), _reciente(serie, fecha_pago)
    valor = max(uno, truncar(reciente.valor / antiguo.valor, regla.decimales))
    pedido = params.mes_anterior(fecha_pago)
    avisos: tuple[str, ...] = ()
    if reciente.mes != pedido:
        avisos = (f"No hay INPC de {_mes(pedido)}: se usó el de {_mes(reciente.mes)}, el último publicado.",)
    paso = Paso(
        f"Factor: {valor}",
        f"INPC de {_mes(reciente.mes)} ({reciente.texto}) ÷ INPC de {_mes(antiguo.mes)} ({antiguo.texto}), "
        f"cortado a {regla.decimales} decimales y nunca menor que 1",
        regla.cita,
        fechas,
        menos_segura(antiguo.confianza, reciente.confianza, regla.confianza),
    )
    return Factor(valor, antiguo, reciente, paso, avisos)


def _antiguo(serie: Serie, debio_pagarse: date, sigue: bool) -> Indice:
    anio, cero = divmod(debio_pagarse.year * 12 + debio_pagarse.month - 2, 12)
    buscar = serie.ultimo_hasta if sigue else serie.de
    hallado = buscar(date(anio, cero + 1, 1)) if anio else None
    if hallado is None:
        raise ReglaError(
            INPC_NO_DISPONIBLE,
            f"No hay INPC de {MESES[cero]} de {anio}, el del mes anterior al que debió pagarse; la serie va de "
            f"{_mes(serie.primero.mes)} a {_mes(serie.ultimo.mes)}. Impórtalo con «params importar inpc».",
        )
    return hallado


def _reciente(serie: Serie, fecha_pago: date) -> Indice:
    hallado = serie.ultimo_hasta(params.mes_anterior(fecha_pago))
    assert hallado is not None  # the older one is there and is not newer
    return hallado


def meses_de_recargos(
    debio_pagarse: date, fecha_pago: date, despues_de: date | None = None
) -> Iterator[Recargo]:
    """The rate of each month begun by the day of payment, as many as the law lets accrue.

    `despues_de`: only those that began later, because the others were charged already. The grid of months and
    their cap are those of `debio_pagarse` all the same.
    """
    if fecha_pago <= debio_pagarse:
        return
    primero = debio_pagarse + timedelta(days=1)
    for k in range(recargo(primero).tope_meses):
        inicio = _meses_despues(primero, k)
        if inicio is None or inicio > fecha_pago:
            return
        if despues_de is None or inicio > despues_de:
            yield recargo(inicio)


def _paso_actualizado(
    importe: Decimal, factor: Decimal, actualizado: Decimal, concepto: str, fecha_pago: date
) -> Paso:
    articulo = "CFF 70 y 17-A" if concepto == "multa" else "LSS 40 A; CFF 17-A"
    de_que = f"{importe:.2f} × {factor} = {actualizado}"
    return Paso(f"Importe actualizado: {escribir(actualizado)}", de_que, articulo, (fecha_pago,))


def paso_cff20(a_pagar: Decimal, *fechas: date) -> Paso:
    """The rounding to pesos of what is paid."""
    regla = "hasta 50 centavos baja al peso, de 51 en adelante sube"
    return Paso(f"A pagar: {escribir(a_pagar)}", regla, "CFF 20", fechas)


def pasos_recargos(
    concepto: str, meses: list[Recargo], actualizado: Decimal, tasa: Decimal, recargos: Decimal
) -> Iterator[Paso]:
    """How the surcharges of those months were found: each year's rate, the cap where reached, the product."""
    if concepto == "multa":
        yield Paso("Recargos: $0.00", "una multa se actualiza pero no causa recargos", "CFF 21")
        return
    for anio, grupo in groupby(meses, key=lambda mes: mes.anio):
        del_anio = list(grupo)
        cuantos, mora = len(del_anio), del_anio[0].mora
        yield Paso(
            f"Tasa de {anio}: {escribir_por_ciento(cuantos * mora)} %",
            f"{cuantos} {'mes o fracción que empezó' if cuantos == 1 else 'meses o fracción que empezaron'} "
            f"en {anio} × {escribir_por_ciento(mora)} %",
            del_anio[0].cita,
            (),
            del_anio[0].confianza,
        )
    if meses and len(meses) == meses[0].tope_meses:
        tope = meses[0].tope
        yield Paso(f"Tope: {tope.meses} meses", "no se causan más recargos", tope.cita, (), tope.confianza)
    yield Paso(
        f"Recargos: {escribir(recargos)}",
        f"{actualizado} × {escribir_por_ciento(tasa)} % ({len(meses)} {'mes' if len(meses) == 1 else 'meses'})",
        "CFF 21; RCFF 16",
    )


def _meses_despues(dia: date, meses: int) -> date | None:
    """The same day number some months later, or the last day of that month; None beyond the calendar."""
    anio, cero = divmod(dia.year * 12 + dia.month - 1 + meses, 12)
    if anio > MAXYEAR:
        return None
    return date(anio, cero + 1, min(dia.day, calendar.monthrange(anio, cero + 1)[1]))


def _mes(mes: date) -> str:
    return f"{MESES[mes.month - 1]} de {mes.year}"
