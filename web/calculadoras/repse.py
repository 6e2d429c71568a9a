"""The dates of one cycle of the IMSS-STPS mechanism on registered contractors (contract §4.6)."""

from __future__ import annotations

from typing import Any

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, calcular, copia, de_filas, dia, enlace, mostrar
from web.extensions import limiter
from workflow.rules.repse import ANIO_MAXIMO

PRIMER_ANIO = 2007  # the first year with a list of días inhábiles
SEMESTRES = {"1": "Enero (primero)", "2": "Julio (segundo)"}
DATOS = ("anio", "semestre", "exhorto", "inicio_cancelacion")
CAMPOS = {**{c: c for c in DATOS}, "El exhorto": "exhorto", "La cancelación": "inicio_cancelacion"}
ETAPAS = (
    ("padron", "Padrón"),
    ("limite_exhorto", "Límite del exhorto"),
    ("exhorto", "Exhorto"),
    ("fin_regularizacion", "Fin de la regularización"),
    ("segunda_opinion", "Segunda opinión"),
    ("fin_manifestacion", "Fin de la manifestación"),
    ("tercera_opinion", "Tercera opinión"),
    ("cancelacion", "Cancelación"),
)


@bp.get("/repse")
@limiter.limit(LIMITE)
def repse() -> Respuesta:
    """The form, and the dates of the cycle."""
    leido = Lectura(request.args)
    caso = _caso(leido) if leido.pide else None
    hecho = calcular(leido, caso, CAMPOS, "anio") if caso else None
    if caso is None or hecho is None:
        return mostrar("repse", leido, semestres=SEMESTRES.items())
    hecho["etapas"] = [(nombre, dia(hecho[clave])) for clave, nombre in ETAPAS]
    ultima = dia(hecho["cancelacion"])
    direccion = _enlace(caso)
    return mostrar(
        "repse",
        leido,
        semestres=SEMESTRES.items(),
        r=hecho,
        vence=ultima,
        enlace=direccion,
        copia=copia("Cancelación", ultima, direccion),
    )


def _caso(leido: Lectura) -> dict[str, Any]:
    anio = leido.entero("anio", PRIMER_ANIO, ANIO_MAXIMO, miles=False)
    semestre = leido.opcion("semestre", SEMESTRES, "1")
    exhorto, inicio = leido.fecha("exhorto", ""), leido.fecha("inicio_cancelacion", "")
    return {
        "regla": "repse",
        "anio": anio,
        "semestre": int(semestre),
        "exhorto": exhorto.isoformat() if exhorto else None,
        "inicio_cancelacion": inicio.isoformat() if inicio else None,
        "inhabiles_extra": leido.dias("inhabil"),
    }


def _enlace(caso: dict[str, Any]) -> str:
    sueltos = {n: str(caso[n]) for n in DATOS if caso[n]}
    return enlace({**sueltos, **de_filas("inhabil", [{"dia": d} for d in caso["inhabiles_extra"]])})
