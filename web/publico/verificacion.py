"""Anybody can check that an acuse is authentic; nothing of the case is said."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from web.ctx import contexto
from web.extensions import limiter
from web.publico import bp
from web.publico.denuncia import Vista
from workflow.queries import verificacion as verificaciones


@bp.get("/verificar")
def verificar() -> Vista:
    """Ask for a folio."""
    folio = request.args.get("folio", "").strip().upper()
    if folio:
        return redirect(url_for("publico.verificar_folio", folio=folio), 303)
    return render_template("publico/verificar.html", folio="", hallada=None)


@bp.get("/verificar/<folio>")
@limiter.limit("30/minute")
def verificar_folio(folio: str) -> Vista:
    """Valid with its date and digest, or not found."""
    hallada = verificaciones.folio(contexto(), folio.strip().upper())
    pagina = render_template("publico/verificar.html", folio=folio, hallada=hallada)
    return pagina if hallada else (pagina, 404)
