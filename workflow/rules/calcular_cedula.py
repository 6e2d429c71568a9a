"""`reglas calcular` of the rule `cedula`: one flat case in, the whole cédula out.

Input: `fecha`, `trabajadores` (list of `{id, periodos: [{desde, hasta, salario_real, salario_registrado,
cuota_diaria}]}`), `clase_riesgo` or `prima`, `zona`, `infracciones` (list of `{infraccion, fecha, importe or
porcentaje, reincidencia, gravedad, antecedentes}`), `inhabiles_extra`, `operaciones` (true: each amount with its
arithmetic in words).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from workflow.params.cuotas import CLASES, CODIGOS
from workflow.params.salario_minimo import ZONAS
from workflow.rules import cedula, cedula_lineas
from workflow.rules.caso import Caso
from workflow.rules.cedula import Liquidado, MultaCedula, Periodo, Persona, Sancion
from workflow.rules.cedula_cuotas import Libro, Renglon, Suma, sumar
from workflow.rules.cedula_lineas import PARTES
from workflow.rules.dinero import a_contrato as pesos
from workflow.rules.dinero import de_centesimos, escribir_por_ciento
from workflow.rules.paso import a_contrato

Resultado = dict[str, Any]


def _cedula(caso: Caso) -> Resultado:
    """The rule `cedula`."""
    hecha = cedula.calcular(
        [_persona(p, n) for n, p in enumerate(caso.objetos("trabajadores", obligatorio=True), 1)],
        caso.fecha("fecha"),
        clase_riesgo=caso.uno_de_o_nada("clase_riesgo", CLASES),
        prima=caso.porcentaje_o_nada("prima"),
        zona=caso.uno_de("zona", ZONAS, "general"),
        inpc=caso.inpc,
        sanciones=[_sancion(s) for s in caso.objetos("infracciones")],
        inhabiles_extra=frozenset(caso.fechas("inhabiles_extra")),
    )
    return {
        "trabajadores": _trabajadores(hecha.libro, caso.booleano("operaciones", False)),
        "por_mes": [{"mes": mes, **_suma(suma)} for mes, suma in hecha.libro.por_mes.items()],
        "por_ramo": _por_ramo(hecha.libro.total, _Parejas()),
        "periodos_pago": [_periodo_pago(p) for p in hecha.liquidados],
        "patron": pesos(hecha.patron),
        "trabajador": pesos(hecha.trabajador),
        "omitido": pesos(hecha.omitido),
        "actualizacion": pesos(hecha.actualizacion),
        "recargos": pesos(hecha.recargos),
        "multa": _multa(hecha.multa) if hecha.multa else None,
        "total": pesos(hecha.total),
        "a_pagar": pesos(hecha.a_pagar),
        "avisos": [*hecha.avisos, *(hecha.multa.avisos if hecha.multa else ())],
    }


def _persona(caso: Caso, numero: int) -> Persona:
    clave = caso.texto("id") if caso.tiene("id") else f"Persona {numero}"
    return Persona(clave, tuple(_periodo(p) for p in caso.objetos("periodos", obligatorio=True)))


def _periodo(caso: Caso) -> Periodo:
    return Periodo(
        desde=caso.fecha("desde"),
        hasta=caso.fecha("hasta"),
        real=caso.dinero("salario_real"),
        registrado=caso.dinero_o_nada("salario_registrado"),
        cuota_diaria=caso.dinero_o_nada("cuota_diaria"),
    )


def _sancion(caso: Caso) -> Sancion:
    return Sancion(
        infraccion=caso.texto("infraccion"),
        fecha=caso.fecha("fecha"),
        importe=caso.dinero_o_nada("importe"),
        porcentaje=caso.porcentaje_o_nada("porcentaje"),
        reincidencia=caso.booleano("reincidencia", False),
        gravedad=caso.texto("gravedad") if caso.tiene("gravedad") else "",
        antecedentes=caso.texto("antecedentes") if caso.tiene("antecedentes") else "",
    )


def _trabajadores(libro: Libro, con_operaciones: bool) -> list[Resultado]:
    parejas = _Parejas()
    return [
        {
            "id": persona.clave,
            "meses": [_mes(libro, r, parejas, con_operaciones) for r in _por_mes(libro.de_persona(cual))],
            **_suma(libro.por_persona[cual]),
        }
        for cual, persona in enumerate(libro.personas)
    ]


def _por_mes(renglones: Iterable[Renglon]) -> list[list[Renglon]]:
    meses: dict[str, list[Renglon]] = {}
    for renglon in renglones:
        meses.setdefault(renglon.mes, []).append(renglon)
    return list(meses.values())


def _mes(libro: Libro, renglones: list[Renglon], parejas: _Parejas, con_operaciones: bool) -> Resultado:
    suma = sumar(renglones)
    operaciones = {"operaciones": _operaciones(libro, renglones)} if con_operaciones else {}
    return {"mes": renglones[0].mes, **_suma(suma), "ramos": _por_ramo(suma, parejas), **operaciones}


def _operaciones(libro: Libro, renglones: Iterable[Renglon]) -> list[Resultado]:
    return [
        {
            "ramo": codigo,
            "parte": parte,
            "debido": [cedula_lineas.producto_en_palabras(p) for p in debidos],
            "registrado": [cedula_lineas.producto_en_palabras(p) for p in registrados],
        }
        for renglon in renglones
        for codigo in CODIGOS
        for parte in PARTES
        for debidos, registrados in [cedula_lineas.productos(libro, renglon, codigo, parte)]
        if debidos
    ]


def _suma(suma: Suma) -> Resultado:
    return {
        "dias": suma.dias,
        "patron": pesos(suma.patron),
        "trabajador": pesos(suma.trabajador),
        "total": pesos(suma.total),
    }


class _Parejas(dict[tuple[int, int], dict[str, str]]):
    """Both parts of a ramo as written, each pair of amounts once: months repeat, and a cédula has many."""

    def __missing__(self, centavos: tuple[int, int]) -> dict[str, str]:
        patron, trabajador = (pesos(de_centesimos(c)) for c in centavos)
        self[centavos] = {"patron": patron, "trabajador": trabajador}
        return self[centavos]


def _por_ramo(suma: Suma, parejas: _Parejas) -> dict[str, dict[str, str]]:
    partes = zip(CODIGOS, suma.patron_por_ramo, suma.trabajador_por_ramo, strict=True)
    return {codigo: parejas[p, t] for codigo, p, t in partes}


def _periodo_pago(pagado: Liquidado) -> Resultado:
    tramo, accesorios = pagado.tramo, pagado.accesorios
    return {
        "periodo": tramo.clave,
        "pago": tramo.pago,
        "debio_pagarse": tramo.limite.isoformat(),
        "omitido": pesos(pagado.omitido),
        "patron": pesos(pagado.patron),
        "trabajador": pesos(pagado.trabajador),
        "factor": str(accesorios.factor),
        "actualizado": pesos(accesorios.actualizado),
        "actualizacion": pesos(pagado.actualizacion),
        "meses_recargos": accesorios.meses_recargos,
        "tasa_recargos": escribir_por_ciento(accesorios.tasa_recargos),
        "recargos": pesos(accesorios.recargos),
        "total": pesos(accesorios.total),
        "caduco": pagado.caduco,
        "pasos": a_contrato((*tramo.pasos, *accesorios.pasos)),
    }


def _multa(multa: MultaCedula) -> Resultado:
    def o_nada(importe: Decimal | None) -> str | None:
        return None if importe is None else pesos(importe)

    return {
        "infraccion": multa.sancion.infraccion,
        "minimo": pesos(multa.minimo),
        "maximo": pesos(multa.maximo),
        "importe": o_nada(multa.importe),
        "excluidas": list(multa.excluidas),
        "pasos": a_contrato(multa.pasos),
    }


REGLAS: Mapping[str, Callable[[Caso], Resultado]] = {"cedula": _cedula}
