"""A cédula de liquidación for a few people: what was omitted, month by month and ramo by ramo, and its cost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

from flask import Response, request, url_for

from web.calculadoras import bp
from web.calculadoras.cedula_lectura import Formulario, leer
from web.calculadoras.lectura import Lectura, con_letra
from web.calculadoras.pagina import Respuesta, enlace, mostrar, pesos
from web.ctx import contexto
from web.extensions import limiter
from web.filters import fecha
from workflow.params.multas import infracciones
from workflow.params.salario_minimo import ZONAS
from workflow.queries import cedula as consultas
from workflow.queries.inpc import serie
from workflow.rules import cedula as reglas
from workflow.rules.cedula import Cedula
from workflow.rules.cedula_multa import imponible
from workflow.rules.cedula_operacion import COLUMNAS
from workflow.rules.errores import ReglaError

LIMITE = "20/minute"
NOMBRES_ZONA = dict(zip(ZONAS, ("Resto del país", "Zona libre de la frontera norte"), strict=True))
CLASES = {clase: f"Clase {clase}" for clase in ("I", "II", "III", "IV", "V")}
CAMPOS = {"prima": "prima", "clase_riesgo": "clase_riesgo", "importe": "multa", "porcentaje": "porcentaje"}
# Bytes of one page: with more figures than these allow, a figure is a button and its address is not repeated.
ENLACES_MAXIMO = 600_000


@bp.get("/cedula")
@limiter.limit(LIMITE)
def cedula() -> Respuesta:
    """The form, and the cédula with the operation of the figure that was chosen."""
    leido = Lectura(request.args)
    pedido = leer(leido, contexto().hoy)
    hecha = _calcular(leido, pedido) if leido.pide else None
    listas = {
        "clases": CLASES.items(),
        "zonas": NOMBRES_ZONA.items(),
        "infracciones": [(i.clave, f"{i.clave} · {i.descripcion}") for i in infracciones() if imponible(i)],
    }
    if hecha is None:
        return mostrar("cedula", leido, formulario=pedido, **listas)
    return mostrar("cedula", leido, formulario=pedido, **listas, **_resultado(leido, pedido, hecha))


@bp.get("/cedula.csv")
@limiter.limit(LIMITE)
def cedula_csv() -> Response | Respuesta:
    """Every row as a file for a spreadsheet; the form with its complaints where there is nothing to give."""
    leido = Lectura(request.args)
    pedido = leer(leido, contexto().hoy)
    hecha = _calcular(leido, pedido)
    if hecha is None:
        return "Faltan datos o no se pueden usar. Abre la calculadora para corregirlos.\n", 422
    texto = io.StringIO()
    csv.writer(texto).writerows(consultas.renglones_csv(hecha))
    nombre = f"cedula-{hecha.fecha.isoformat()}.csv"
    return Response(
        texto.getvalue().encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{nombre}"'},
    )


def _calcular(leido: Lectura, pedido: Formulario) -> Cedula | None:
    """The cédula; None where something cannot be used, with the complaint beside its field."""
    if leido.errores:
        return None
    try:
        return reglas.calcular(
            pedido.personas,
            pedido.fecha,
            clase_riesgo=pedido.clase_riesgo,
            prima=pedido.prima,
            zona=pedido.zona,
            inpc=serie(contexto()),
            sanciones=pedido.sanciones,
        )
    except ReglaError as error:
        leido.rechazar(error.codigo, error.mensaje, CAMPOS, "fecha")
        return None


def _resultado(leido: Lectura, pedido: Formulario, hecha: Cedula) -> dict[str, Any]:
    pagina = leido.tecleado("pagina")
    numero = int(pagina) if pagina.isascii() and pagina.isdigit() and len(pagina) < 4 else None
    vista = consultas.vista(hecha, leido.tecleado("foco"), numero)
    datos: dict[str, Any] = dict(pedido.parametros)
    base = url_for("calculadoras.cedula", **datos)
    direccion = enlace(datos)
    multa = hecha.multa.avisos if hecha.multa else ()
    return {
        "v": vista,
        "columnas": COLUMNAS.values(),
        "parametros": {**datos, **({"pagina": str(vista.pagina)} if vista.paginas > 1 else {})},
        "base": base,
        "abre": base if len(base) * vista.cifras <= ENLACES_MAXIMO else None,
        "csv": url_for("calculadoras.cedula_csv", **datos),
        "avisos": [con_letra(a) for a in (*pedido.avisos, *hecha.avisos, *multa)],
        "enlace": direccion,
        "copia": f"Cédula al {fecha(hecha.fecha)}: {pesos(str(Decimal(hecha.total)))}. {direccion}",
    }
