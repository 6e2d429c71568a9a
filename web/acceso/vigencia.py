"""How long a session of the staff lives without use. The polling of a page left open is no use."""

from __future__ import annotations

from flask import flash, redirect, request, session
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from web.acceso import bp
from web.ctx import casa
from web.extensions import login_manager
from workflow.adapters import reloj

MARCA = "visto"
# Asked by the page itself, not by a person.
DE_LA_PAGINA = frozenset({"bandeja.novedades", "static"})


def marcar() -> None:
    """Note that a person has just used the site, by the machine's clock (a simulated one closes nothing)."""
    session[MARCA] = int(reloj.real().timestamp())


@bp.before_app_request
def caducar() -> Response | None:
    """Close a session left idle too long and say so; otherwise note the use."""
    if "_user_id" not in session:
        return None
    limite = casa().ajustes.minutos_inactividad * 60
    visto = session.get(MARCA)
    if isinstance(visto, int) and reloj.real().timestamp() - visto > limite and current_user.is_authenticated:
        logout_user()
        session.pop(MARCA, None)
        flash("Tu sesión se cerró por falta de uso. Entra de nuevo para seguir donde ibas.", "info")
        respuesta = login_manager.unauthorized()
        return respuesta if isinstance(respuesta, Response) else redirect("/entrar")
    if request.endpoint not in DE_LA_PAGINA:
        marcar()
    return None
