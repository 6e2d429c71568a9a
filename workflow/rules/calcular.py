"""`reglas calcular`: one JSON case in, one result out (contract §4). A bad case answers its error.

A rule is a function from `Caso` to a flat dictionary, registered by name in `REGLAS`; results are plain JSON
values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from workflow.params.inpc import Serie
from workflow.rules import (
    calcular_cedula,
    calcular_dinero,
    calcular_visita,
    extincion,
    identificadores,
    plazos,
    repse,
    votacion,
)
from workflow.rules.caso import Caso
from workflow.rules.errores import DATO_FALTANTE, DATO_INVALIDO, REGLA_DESCONOCIDA, ReglaError, dato_invalido
from workflow.rules.paso import a_contrato

Resultado = dict[str, Any]

FUERA_DEL_CALENDARIO = "El cálculo sale del calendario, que va del año 1 al 9999. Revisa las fechas."


def calcular_lote(casos: Iterable[Any], inpc: Serie | None = None) -> list[Resultado]:
    """The results of a batch, in the same order and number; `inpc` defaults to the series included."""
    return [calcular_caso(caso, inpc) for caso in casos]


def calcular_caso(datos: Any, inpc: Serie | None = None) -> Resultado:
    """The result of one case, or `{"error": {"codigo", "mensaje"}}`.

    Inputs that the rule does not know are ignored and named under `avisos`.
    """
    try:
        if not isinstance(datos, Mapping):
            raise dato_invalido("Cada caso debe ser un objeto JSON {…}.")
        caso = Caso(datos, inpc=inpc)
        resultado = _regla(caso)(caso)
    except ReglaError as error:
        return {"error": {"codigo": error.codigo, "mensaje": error.mensaje}}
    except OverflowError:
        # A date near the ends of the calendar, and a rule that looks beyond it: no case stops the batch.
        return {"error": {"codigo": DATO_INVALIDO, "mensaje": FUERA_DEL_CALENDARIO}}
    sobran = caso.sobran()
    if sobran:
        resultado.setdefault("avisos", []).append(f"No se usó: {', '.join(sobran)}.")
    return resultado


def _regla(caso: Caso) -> Callable[[Caso], Resultado]:
    if not caso.tiene("regla"):
        raise ReglaError(DATO_FALTANTE, "Falta «regla»: el nombre de la regla que se quiere calcular.")
    nombre = caso.crudo("regla")
    funcion = REGLAS.get(nombre) if isinstance(nombre, str) else None
    if funcion is None:
        raise ReglaError(REGLA_DESCONOCIDA, f"La regla no existe. Las que hay son: {', '.join(REGLAS)}.")
    return funcion


def _plazo(caso: Caso) -> Resultado:
    resultado = plazos.calcular(
        longitud=caso.entero("longitud", 1),
        unidad=caso.uno_de("unidad", plazos.UNIDADES),
        desde=caso.fecha("desde"),
        inicio=caso.uno_de("inicio", plazos.INICIOS),
        regimen=caso.uno_de("regimen", plazos.REGIMENES, "cff"),
        prorroga=caso.booleano("prorroga", True),
        inhabiles_extra=frozenset(caso.fechas("inhabiles_extra")),
        suspensiones=_suspensiones(caso),
    )
    return {
        "vence": _iso(resultado.vence),
        "surte_efectos": _iso(resultado.surte_efectos) if resultado.surte_efectos else None,
        "dia_uno": _iso(resultado.dia_uno),
        "pasos": a_contrato(resultado.pasos),
    }


def _suspensiones(caso: Caso) -> tuple[plazos.Suspension, ...]:
    return tuple(
        plazos.Suspension(periodo.fecha("desde"), periodo.fecha("hasta"))
        for periodo in caso.objetos("suspensiones")
    )


def _identificador(caso: Caso) -> Resultado:
    tipo = caso.uno_de("tipo", identificadores.TIPOS)
    hallado = identificadores.revisar(tipo, caso.texto("valor"))
    return {
        "valido": hallado.valido,
        "normalizado": hallado.normalizado,
        "advertencias": list(hallado.advertencias),
        "motivo": hallado.motivo or None,
    }


def _votacion(caso: Caso) -> Resultado:
    resultado = votacion.computar(
        asientos=tuple(_asiento(asiento) for asiento in caso.objetos("asientos", obligatorio=True)),
        preside=_id(caso, "preside"),
        mayoria=caso.uno_de("mayoria", votacion.MAYORIAS),
        voto_de_calidad=caso.booleano("voto_de_calidad"),
    )
    return {
        "quorum": resultado.quorum,
        "quorum_requerido": resultado.quorum_requerido,
        "presentes": resultado.presentes,
        "a_favor": resultado.a_favor,
        "en_contra": resultado.en_contra,
        "abstenciones": resultado.abstenciones,
        "pendientes": resultado.pendientes,
        "resultado": resultado.resultado,
        "pasos": list(resultado.pasos),
    }


def _asiento(caso: Caso) -> votacion.Asiento:
    return votacion.Asiento(
        id=_id(caso, "id"),
        con_voto=caso.booleano("con_voto"),
        presente=caso.booleano("presente"),
        excusa=caso.booleano("excusa"),
        voto=caso.uno_de("voto", votacion.VOTOS) if caso.tiene("voto") else None,
    )


def _id(caso: Caso, campo: str) -> str | int:
    valor = caso.crudo(campo)
    if type(valor) is str or type(valor) is int:
        return valor
    raise caso.mal(campo, "debe ser un texto o un número entero")


def _repse(caso: Caso) -> Resultado:
    ciclo = repse.ciclo(
        anio=caso.entero("anio", repse.ANIO_MINIMO, repse.ANIO_MAXIMO),
        semestre=caso.entero("semestre", 1, 2),
        exhorto=caso.fecha_o_nada("exhorto"),
        inicio_cancelacion=caso.fecha_o_nada("inicio_cancelacion"),
        inhabiles_extra=frozenset(caso.fechas("inhabiles_extra")),
    )
    return {
        "padron": _iso(ciclo.padron),
        "limite_exhorto": _iso(ciclo.limite_exhorto),
        "exhorto": _iso(ciclo.exhorto),
        "fin_regularizacion": _iso(ciclo.fin_regularizacion),
        "segunda_opinion": _iso(ciclo.segunda_opinion),
        "fin_manifestacion": _iso(ciclo.fin_manifestacion),
        "tercera_opinion": _iso(ciclo.tercera_opinion),
        "cancelacion": _iso(ciclo.cancelacion),
        "pasos": a_contrato(ciclo.pasos),
        "avisos": list(ciclo.avisos),
    }


def _caducidad(caso: Caso) -> Resultado:
    resultado = extincion.caducidad(caso.fecha("desde"), _suspensiones(caso))
    return {"vence": _iso(resultado.vence), "pasos": a_contrato(resultado.pasos)}


def _prescripcion(caso: Caso) -> Resultado:
    resultado = extincion.prescripcion(
        caso.fecha("exigible_desde"), caso.fechas("gestiones"), _suspensiones(caso)
    )
    return {
        "vence": _iso(resultado.vence),
        "tope": _iso(resultado.tope),
        "pasos": a_contrato(resultado.pasos),
    }


def _iso(fecha: date) -> str:
    return fecha.isoformat()


REGLAS: Mapping[str, Callable[[Caso], Resultado]] = {
    "plazo": _plazo,
    "identificador": _identificador,
    "votacion": _votacion,
    "repse": _repse,
    "caducidad": _caducidad,
    "prescripcion": _prescripcion,
    **calcular_dinero.REGLAS,
    **calcular_cedula.REGLAS,
    **calcular_visita.REGLAS,
}
