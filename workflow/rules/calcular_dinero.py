"""The money rules of `reglas calcular` (contract §4.2 to 4.5): a case read, a flat result written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from workflow.params.cuotas import CLASES
from workflow.params.inpc import Indice
from workflow.params.salario_minimo import ZONAS
from workflow.rules import accesorios, cuotas, gastos_ejecucion, multa
from workflow.rules.caso import Caso
from workflow.rules.dinero import a_contrato as pesos
from workflow.rules.dinero import escribir_por_ciento
from workflow.rules.paso import a_contrato

Resultado = dict[str, Any]


def _cuotas(caso: Caso) -> Resultado:
    resultado = cuotas.calcular(
        caso.dinero("sbc"),
        caso.fecha("desde"),
        caso.fecha("hasta"),
        clase_riesgo=caso.uno_de_o_nada("clase_riesgo", CLASES),
        prima=caso.porcentaje_o_nada("prima"),
        zona=caso.uno_de("zona", ZONAS, "general"),
        cuota_diaria=caso.dinero_o_nada("cuota_diaria"),
    )
    return {
        "meses": [_mes(mes) for mes in resultado.meses],
        "patron": pesos(resultado.patron),
        "trabajador": pesos(resultado.trabajador),
        "total": pesos(resultado.total),
        "pasos": a_contrato(resultado.pasos),
        "avisos": list(resultado.avisos),
    }


def _mes(mes: cuotas.MesCuotas) -> Resultado:
    return {
        "mes": mes.mes,
        "dias": mes.dias,
        "uma": pesos(mes.uma),
        "sbc_topado": pesos(mes.sbc_topado),
        "ramos": {
            codigo: {"patron": pesos(cuota.patron), "trabajador": pesos(cuota.trabajador)}
            for codigo, cuota in mes.ramos.items()
        },
        "patron": pesos(mes.patron),
        "trabajador": pesos(mes.trabajador),
    }


def _accesorios(caso: Caso) -> Resultado:
    resultado = accesorios.calcular(
        caso.dinero("importe"),
        caso.fecha("debio_pagarse"),
        caso.fecha("fecha_pago"),
        caso.uno_de("concepto", accesorios.CONCEPTOS, "cuotas"),
        caso.inpc,
    )
    return {
        "factor": str(resultado.factor),
        "actualizado": pesos(resultado.actualizado),
        "meses_recargos": resultado.meses_recargos,
        "tasa_recargos": escribir_por_ciento(resultado.tasa_recargos),
        "recargos": pesos(resultado.recargos),
        "total": pesos(resultado.total),
        "a_pagar": pesos(resultado.a_pagar),
        "inpc_antiguo": _indice(resultado.inpc_antiguo),
        "inpc_reciente": _indice(resultado.inpc_reciente),
        "pasos": a_contrato(resultado.pasos),
        "avisos": list(resultado.avisos),
    }


def _indice(indice: Indice | None) -> Resultado | None:
    return None if indice is None else {"mes": f"{indice.mes:%Y-%m}", "valor": indice.texto}


def _multa(caso: Caso) -> Resultado:
    resultado = multa.calcular(
        caso.texto("infraccion"),
        caso.fecha("fecha"),
        reincidencia=caso.booleano("reincidencia", False),
        importe=caso.dinero_o_nada("importe"),
        pago_oportuno=caso.booleano("pago_oportuno", False),
        omitido=caso.dinero_o_nada("omitido"),
    )
    impuesta: Mapping[str, Decimal | None] = {
        "importe_individualizado": resultado.importe_individualizado,
        "a_pagar": resultado.a_pagar,
    }
    return {
        "minimo": pesos(resultado.minimo),
        "maximo": pesos(resultado.maximo),
        **{clave: pesos(valor) for clave, valor in impuesta.items() if valor is not None},
        "pasos": a_contrato(resultado.pasos),
        "avisos": list(resultado.avisos),
    }


def _gastos_ejecucion(caso: Caso) -> Resultado:
    resultado = gastos_ejecucion.calcular(
        caso.dinero("credito"), caso.listas_de_textos("actos"), caso.fecha("fecha")
    )
    return {
        "por_acto": [
            {"diligencias": list(acto.diligencias), "importe": pesos(acto.importe)}
            for acto in resultado.por_acto
        ],
        "total": pesos(resultado.total),
        "pasos": a_contrato(resultado.pasos),
    }


REGLAS: Mapping[str, Callable[[Caso], Resultado]] = {
    "cuotas": _cuotas,
    "accesorios": _accesorios,
    "multa": _multa,
    "gastos_ejecucion": _gastos_ejecucion,
}
