"""What is paid for one person, month by month and ramo by ramo (contract §4.2)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, calcular, enlace, mostrar, pesos
from web.extensions import limiter
from workflow.params.cuotas import ramos
from workflow.rules.calendario import MESES

CLASES = {clase: f"Clase {clase}" for clase in ("I", "II", "III", "IV", "V")}
ZONAS = {"general": "Resto del país", "zlfn": "Zona libre de la frontera norte"}
MESES_MAXIMO = 60  # what one page can show; not a rule
CAMPOS = {
    "sbc": "sbc",
    "cuota_diaria": "cuota_diaria",
    "desde": "desde",
    "hasta": "hasta",
    "clase_riesgo": "clase_riesgo",
    "prima": "prima",
    "zona": "zona",
}


@bp.get("/cuotas")
@limiter.limit(LIMITE)
def cuotas() -> Respuesta:
    """The form, and the cuotas."""
    leido = Lectura(request.args)
    listas = {"clases": CLASES.items(), "zonas": ZONAS.items()}
    caso = _caso(leido) if leido.pide else None
    hecho = calcular(leido, caso, CAMPOS, "desde", fechas=("desde", "hasta")) if caso else None
    if caso is None or hecho is None:
        return mostrar("cuotas", leido, **listas)
    direccion = enlace({n: str(v) for n, v in caso.items() if n != "regla" and v})
    meses = [_mes(mes, hecho["pasos"]) for mes in hecho["meses"]]
    return mostrar(
        "cuotas",
        leido,
        **listas,
        r=hecho,
        patron=Decimal(hecho["patron"]),
        trabajador=Decimal(hecho["trabajador"]),
        meses=meses,
        finales=[p for p in hecho["pasos"] if not any(p in m["pasos"] for m in meses)],
        por_ramo=_por_ramo(hecho["meses"]),
        nombres={c: r.nombre for c, r in ramos(dt.date.fromisoformat(caso["desde"])).items()},
        enlace=direccion,
        copia=f"Cuotas: {pesos(hecho['total'])}. {direccion}",
    )


def _caso(leido: Lectura) -> dict[str, Any]:
    sbc = leido.dinero("sbc")
    desde, hasta = leido.fecha("desde"), leido.fecha("hasta")
    if desde and hasta:
        _revisar_rango(leido, desde, hasta)
    prima = leido.porcentaje("prima")
    return {
        "regla": "cuotas",
        "sbc": sbc,
        "desde": desde.isoformat() if desde else "",
        "hasta": hasta.isoformat() if hasta else "",
        "clase_riesgo": None if prima else leido.opcion("clase_riesgo", CLASES, "I"),
        "prima": prima,
        "zona": leido.opcion("zona", ZONAS, "general"),
        "cuota_diaria": leido.dinero("cuota_diaria", obligatorio=False),
    }


def _revisar_rango(leido: Lectura, desde: dt.date, hasta: dt.date) -> None:
    if hasta < desde:
        leido.errores["hasta"] = "La fecha final es anterior a la inicial. Corrige una de las dos."
    elif (hasta.year - desde.year) * 12 + hasta.month - desde.month >= MESES_MAXIMO:
        leido.errores["hasta"] = (
            f"Esta página calcula hasta {MESES_MAXIMO} meses. Divide el periodo en partes."
        )


def _mes(mes: dict[str, Any], pasos: list[dict[str, Any]]) -> dict[str, Any]:
    """One month as the page shows it: its name, its amounts as numbers, the steps that speak of it."""
    anio, numero = mes["mes"].split("-")
    return {
        "nombre": f"{MESES[int(numero) - 1]} de {anio}",
        "dias": mes["dias"],
        "uma": Decimal(mes["uma"]),
        "sbc": Decimal(mes["sbc_topado"]),
        "patron": Decimal(mes["patron"]),
        "trabajador": Decimal(mes["trabajador"]),
        "ramos": [(c, Decimal(q["patron"]), Decimal(q["trabajador"])) for c, q in mes["ramos"].items()],
        "pasos": [p for p in pasos if _solo_de(p, mes["mes"])],
    }


def _solo_de(paso: dict[str, Any], mes: str) -> bool:
    """True for a step whose dates all lie in a month; the total of all is of none."""
    return not paso["que"].startswith("Total") and all(f.startswith(mes) for f in paso["fechas"])


def _por_ramo(meses: list[dict[str, Any]]) -> list[tuple[str, Decimal, Decimal]]:
    """The sums of each code over all the months."""
    codigos = meses[0]["ramos"]
    return [
        (
            codigo,
            sum((Decimal(m["ramos"][codigo]["patron"]) for m in meses), Decimal()),
            sum((Decimal(m["ramos"][codigo]["trabajador"]) for m in meses), Decimal()),
        )
        for codigo in codigos
    ]
