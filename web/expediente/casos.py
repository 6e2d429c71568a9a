"""The list of cases."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.expediente import bp
from web.permisos import Permiso, requiere
from web.puerta import numero
from workflow.queries import casos

LARGO = 120  # characters of a search


def _busqueda() -> casos.Busqueda:
    """What the address asks for; whatever is not understood is left out."""
    pide = request.args
    tipo = pide.get("tipo", "") if pide.get("tipo") in casos.TIPOS else ""
    estado = pide.get("estado", "")
    if estado not in {valor for valor, _ in casos.estados(tipo)}:
        estado = ""
    return casos.Busqueda(
        texto=pide.get("q", "").strip()[:LARGO],
        tipo=tipo,
        estado=estado,
        unidad=numero(pide.get("unidad")),
        pagina=numero(pide.get("pagina")) or 1,
    )


@bp.get("/casos")
@requiere(Permiso.CASO)
def buscar() -> ResponseReturnValue:
    """Cases that the person sees; a whole folio goes straight to its case."""
    ctx, b = contexto(), _busqueda()
    folio = casos.folio_exacto(ctx, b.texto) if b.texto else None
    if folio is not None:
        return redirect(url_for("expediente.resumen", folio=folio), 303)
    pide = {
        k: v for k, v in (("q", b.texto), ("tipo", b.tipo), ("estado", b.estado), ("unidad", b.unidad)) if v
    }
    return render_template(
        "expediente/casos.html",
        b=b,
        lista=casos.buscar(ctx, b),
        tipos=casos.TIPOS,
        uno=casos.UNO,
        estados=casos.estados(b.tipo),
        pide={k: v for k, v in pide.items() if v},
    )
