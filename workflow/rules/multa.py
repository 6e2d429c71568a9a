"""Fines: their range, what is imposed and what is paid (contract §4.4; LSS 304, 304 A, 304 B; RACERF 183-188)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.params import multas
from workflow.params.fechas import fecha_en_palabras
from workflow.params.multas import Infraccion
from workflow.params.uma import uma
from workflow.rules.accesorios import paso_cff20
from workflow.rules.dinero import a_centavos, a_pesos_cff20, escribir, escribir_por_ciento
from workflow.rules.errores import DATO_FALTANTE, ReglaError, dato_invalido
from workflow.rules.paso import Paso, menos_segura


@dataclass(frozen=True, slots=True)
class ResultadoMulta:
    """Pesos. `importe_individualizado` and `a_pagar` are None where no amount was given."""

    infraccion: Infraccion
    minimo: Decimal
    maximo: Decimal
    importe_individualizado: Decimal | None
    a_pagar: Decimal | None
    pasos: tuple[Paso, ...]
    avisos: tuple[str, ...]


def calcular(
    infraccion: str,
    fecha: date,
    *,
    reincidencia: bool = False,
    importe: Decimal | None = None,
    pago_oportuno: bool = False,
    omitido: Decimal | None = None,
) -> ResultadoMulta:
    """The fine of an infraction committed on `fecha`; `omitido` are the pesos that were not paid (LSS 304).

    Raises DATO_INVALIDO (unknown infraction, negative amount, `importe` out of range), DATO_FALTANTE
    (`omitido` where the fine is a percentage of it), PARAMETRO_NO_VIGENTE (no UMA on that date).
    """
    cual = multas.infraccion(infraccion)
    for campo, valor in (("importe", importe), ("omitido", omitido)):
        if valor is not None and valor < 0:
            raise dato_invalido(f"«{campo}» no puede ser negativo.")
    minimo, maximo, paso = _rango(cual, fecha, omitido)
    pasos, avisos = [paso], list(_avisos(cual, fecha, omitido))
    if importe is None:
        return ResultadoMulta(cual, minimo, maximo, None, None, tuple(pasos), tuple(avisos))
    if not minimo <= importe <= maximo:
        raise dato_invalido(
            f"«importe» debe estar entre {escribir(minimo)} y {escribir(maximo)}, el rango de la infracción."
        )
    individualizado, mas = _individualizar(importe, maximo, reincidencia)
    a_pagar, ultimos = _pagar(individualizado, pago_oportuno)
    todos = (*pasos, *mas, *ultimos)
    return ResultadoMulta(cual, minimo, maximo, individualizado, a_pagar, todos, tuple(avisos))


def _rango(cual: Infraccion, fecha: date, omitido: Decimal | None) -> tuple[Decimal, Decimal, Paso]:
    if cual.unidad == "porcentaje":
        if omitido is None:
            raise ReglaError(
                DATO_FALTANTE, f"Falta «omitido»: la multa de {cual.clave} es un porcentaje de él."
            )
        base, unidad, confianza = omitido / 100, f"% de {escribir(omitido)}", cual.confianza
    else:
        valor = uma(fecha)
        base, unidad = valor.diario, f"veces la UMA de {escribir(valor.diario)}"
        confianza = menos_segura(cual.confianza, valor.confianza)
    minimo, maximo = a_centavos(base * cual.minimo), a_centavos(base * cual.maximo)
    paso = Paso(
        f"Rango: de {escribir(minimo)} a {escribir(maximo)}",
        f"{cual.descripcion}: de {cual.minimo} a {cual.maximo} {unidad}",
        cual.cita,
        (fecha,),
        confianza,
    )
    return minimo, maximo, paso


def _avisos(cual: Infraccion, fecha: date, omitido: Decimal | None) -> list[str]:
    avisos = []
    if cual.adicionada is not None and fecha < cual.adicionada:
        avisos.append(
            f"La infracción {cual.clave} existe desde el {fecha_en_palabras(cual.adicionada)}: "
            "la fecha dada es anterior."
        )
    if omitido is not None and cual.unidad != "porcentaje":
        avisos.append(f"«omitido» no se usa: la multa de {cual.clave} no depende de él.")
    return avisos


def _individualizar(importe: Decimal, maximo: Decimal, reincidencia: bool) -> tuple[Decimal, list[Paso]]:
    if not reincidencia:
        return importe, [Paso(f"Multa impuesta: {escribir(importe)}", "dentro del rango", "RACERF 183")]
    ajuste = multas.reincidencia()
    doble = min(a_centavos(importe * ajuste.valor), maximo)
    de_que = f"{importe:.2f} × {ajuste.valor}, sin pasar del máximo de {escribir(maximo)}"
    return doble, [Paso(f"Con reincidencia: {escribir(doble)}", de_que, ajuste.cita, (), ajuste.confianza)]


def _pagar(individualizado: Decimal, pago_oportuno: bool) -> tuple[Decimal, list[Paso]]:
    pasos = []
    monto = individualizado
    if pago_oportuno:
        ajuste = multas.reduccion()
        monto = a_centavos(individualizado * (100 - ajuste.valor) / 100)
        de_que = f"{individualizado:.2f} − {escribir_por_ciento(ajuste.valor)} %"
        pasos.append(Paso(f"Con pago oportuno: {escribir(monto)}", de_que, ajuste.cita, (), ajuste.confianza))
    a_pagar = a_pesos_cff20(monto)
    return a_pagar, [*pasos, paso_cff20(a_pagar)]
