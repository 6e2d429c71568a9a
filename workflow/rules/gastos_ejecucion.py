"""Gastos de ejecución: one charge per act (contract §4.5; CFF 150; RCFF 95)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.params import gastos_ejecucion as params
from workflow.params.gastos_ejecucion import Acto
from workflow.rules.dinero import a_centavos, escribir, escribir_por_ciento
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso, menos_segura


@dataclass(frozen=True, slots=True)
class GastosActo:
    """What one act costs, in pesos."""

    diligencias: tuple[str, ...]
    importe: Decimal


@dataclass(frozen=True, slots=True)
class ResultadoGastos:
    """Each act in its order, and the sum in pesos."""

    por_acto: tuple[GastosActo, ...]
    total: Decimal
    pasos: tuple[Paso, ...]


def calcular(credito: Decimal, actos: Sequence[Sequence[str]], fecha: date) -> ResultadoGastos:
    """The gastos of `actos` (each: the diligencias done in it) on a credit of so many pesos.

    Raises DATO_INVALIDO (negative credit, an act that is none of those of the law), PARAMETRO_NO_VIGENTE.
    """
    if credito < 0:
        raise dato_invalido("«credito» no puede ser negativo.")
    hechos = [_acto(n, tuple(diligencias)) for n, diligencias in enumerate(actos)]
    por_acto, pasos = [], []
    for acto in hechos:
        tarifa = params.tarifa(fecha)
        proporcion = a_centavos(credito * tarifa.porcentaje / 100)
        importe = min(max(proporcion, tarifa.minimo), tarifa.maximo)
        por_acto.append(GastosActo(acto.diligencias, importe))
        pasos.append(
            Paso(
                f"{acto.nombre}: {escribir(importe)}",
                f"{credito:.2f} × {escribir_por_ciento(tarifa.porcentaje)} % = {proporcion}; "
                f"no menos de {escribir(tarifa.minimo)} ni más de {escribir(tarifa.maximo)} por diligencia",
                f"{tarifa.cita}; {acto.cita}" if len(acto.diligencias) > 1 else tarifa.cita,
                (fecha,),
                menos_segura(tarifa.confianza, acto.confianza),
            )
        )
    total = sum((acto.importe for acto in por_acto), Decimal("0.00"))
    pasos.append(Paso(f"Total: {escribir(total)}", "un cobro por cada acto", "CFF 150", (fecha,)))
    return ResultadoGastos(tuple(por_acto), total, tuple(pasos))


def _acto(n: int, diligencias: tuple[str, ...]) -> Acto:
    for acto in params.actos():
        if acto.diligencias == diligencias:
            return acto
    validos = "; ".join(" y ".join(acto.diligencias) for acto in params.actos())
    raise dato_invalido(f"«actos[{n}]» no es un acto de cobro. Los que hay son: {validos}.")
