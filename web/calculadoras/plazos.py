"""The catalogue of terms: how long each is, from when it is counted, what follows and by which article."""

from __future__ import annotations

from itertools import groupby

from flask import request

from web.calculadoras import bp
from web.calculadoras.busqueda import coincide, palabras
from web.calculadoras.grupo import agrupar
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, mostrar
from web.calculadoras.plazo import catalogo
from web.extensions import limiter
from workflow.params.loader import DefinicionPlazo, catalogo_plazos

OTRAS = "otras"
# The law of a term is the first that its citation names; in the order of the page.
LEYES = {
    "LSS": "Ley del Seguro Social",
    "RACERF": "Reglamento de afiliación, clasificación, recaudación y fiscalización (RACERF)",
    "CFF": "Código Fiscal de la Federación",
    "RCFF": "Reglamento del Código Fiscal de la Federación",
    "LFDC": "Ley Federal de los Derechos del Contribuyente",
    "Mecanismo": "Mecanismo IMSS-STPS para el REPSE",
    OTRAS: "Otras leyes y reglamentos",
    "Fijado": "Fijados por configuración",
}
INICIOS = {
    "dia_siguiente": "desde el día siguiente",
    "surte_efectos": "desde que surte efectos la notificación",
    "instante": "a su hora o en su fecha",
}
REGIMENES = {"cff": "CFF 12", "racerf": "RACERF 3: también se recorre si es viernes", "ninguno": ""}


@bp.get("/plazos")
@limiter.limit(LIMITE)
def plazos() -> Respuesta:
    """The filters, and the terms that match, by law."""
    leido = Lectura(request.args)
    ley = leido.opcion("ley", LEYES, "")
    buscadas = palabras(leido.tecleado("q"))
    hallados = [
        p
        for p in catalogo_plazos().values()
        if ley in ("", ley_de(p))
        and coincide(buscadas, p.clave, p.nombre, p.descripcion, p.evento_inicio, p.al_vencer, p.cita, p.nota)
    ]
    orden = list(LEYES)
    hallados.sort(key=lambda p: orden.index(ley_de(p)))
    return mostrar(
        "plazos",
        leido,
        leyes=LEYES.items(),
        ley=ley,
        grupos=[agrupar(LEYES[una], filas) for una, filas in groupby(hallados, ley_de)],
        total=len(hallados),
        se_calcula=catalogo().keys(),
        inicios=INICIOS,
        regimenes=REGIMENES,
    )


def ley_de(plazo: DefinicionPlazo) -> str:
    """The key in `LEYES` of the law that fixes a term."""
    primera = plazo.cita.split()[0]
    return primera if primera in LEYES else OTRAS
