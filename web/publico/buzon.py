"""The mailbox: where her case stands, and whatever she wants to say."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response as Descarga
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.ctx import contexto
from web.extensions import limiter
from web.publico import bp, sesion_publica, validacion
from web.publico.denuncia import Vista
from web.publico.preguntas_buzon import FORMAS, Forma
from web.publico.pruebas import recibidos
from workflow.actions import buzon as acciones
from workflow.errors import (
    CredencialInvalida,
    DatoInvalido,
    DemasiadosIntentos,
    DomainError,
)
from workflow.queries import buzon as consultas


def _huella_ip() -> str:
    """Keyed digest of the address: the base never holds where she wrote from."""
    clave = str(current_app.secret_key).encode()
    return hmac.new(clave, (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()


@bp.get("/seguimiento")
def seguimiento() -> Vista:
    """Folio and key."""
    if sesion_publica.buzon() is not None:
        return redirect(url_for("publico.caso"), 303)
    return render_template("publico/seguimiento.html", errores={}, folio="")


@bp.post("/seguimiento")
@limiter.limit("20/minute")
def entrar() -> Vista:
    """Open the mailbox. A wrong folio and a wrong key get the same answer."""
    folio, clave = request.form.get("folio", ""), request.form.get("clave", "")
    try:
        denuncia_id = acciones.entrar(contexto(), folio, clave, _huella_ip())
    except CredencialInvalida as e:
        return render_template("publico/seguimiento.html", errores={"folio": e.mensaje}, folio=folio), 422
    except DemasiadosIntentos as e:
        pagina = render_template("publico/seguimiento.html", errores={}, espera=e.hasta, folio=folio)
        return pagina, 429
    sesion_publica.abrir_buzon(denuncia_id)
    return redirect(url_for("publico.caso"), 303)


def con_buzon(vista: Callable[..., Any]) -> Callable[..., Any]:
    """Views of an open mailbox: they receive its denuncia_id first; without one, the login page."""

    @wraps(vista)
    def guardada(**partes: Any) -> Any:
        denuncia_id = sesion_publica.buzon()
        if denuncia_id is None or not consultas.abierto(contexto(), denuncia_id):
            sesion_publica.cerrar_buzon()
            return redirect(url_for("publico.seguimiento"), 303)
        return vista(denuncia_id, **partes)

    return guardada


@bp.get("/seguimiento/caso")
@con_buzon
def caso(denuncia_id: int) -> str:
    """Where it stands, what comes next and when, what she has to do, what was said."""
    return render_template("publico/caso.html", buzon=consultas.ver(contexto(), denuncia_id))


@bp.post("/seguimiento/salir")
def salir() -> Response:
    """Close the mailbox."""
    sesion_publica.cerrar_buzon()
    flash("Cerraste tu buzón.", "ok")
    return redirect(url_for("publico.seguimiento"), 303)


def _pagina(forma: Forma, denuncia_id: int, lectura: validacion.Lectura | None = None) -> str:
    return render_template(
        "publico/forma_buzon.html",
        forma=forma,
        campos=forma.pregunta.campos,
        errores=lectura.errores if lectura else {},
        avisos=lectura.avisos if lectura else {},
        valores=lectura.tecleado if lectura else {},
        buzon=consultas.ver(contexto(), denuncia_id),
    )


@bp.get("/seguimiento/caso/<clave>")
@con_buzon
def forma(denuncia_id: int, clave: str) -> Vista:
    """One thing she can do, on its own page."""
    pedida = FORMAS.get(clave) or abort(404)
    return _pagina(pedida, denuncia_id)


@bp.post("/seguimiento/caso/<clave>")
@limiter.limit("30/hour")
@con_buzon
def enviar_forma(denuncia_id: int, clave: str) -> Vista:
    """Do it; a refusal comes back on the same page with what she wrote."""
    pedida = FORMAS.get(clave) or abort(404)
    ctx = contexto()
    lectura = validacion.leer(pedida.pregunta, request.form, {}, ctx.hoy)
    if not lectura.errores and not (lectura.avisos and request.form.get("esta_bien") != "si"):
        archivos = [(a.filename or "", a.read()) for a in recibidos()] if pedida.con_archivos else []
        try:
            pedida.hacer(ctx, denuncia_id, lectura.limpias, archivos)
        except DatoInvalido as e:
            lectura.errores |= e.campos or {pedida.pregunta.campos[0].nombre: e.mensaje}
        except DomainError as e:
            lectura.errores[pedida.pregunta.campos[0].nombre] = e.mensaje
        else:
            flash(pedida.hecho, "ok")
            return redirect(url_for("publico.caso"), 303)
    return _pagina(pedida, denuncia_id, lectura), (422 if lectura.errores else 200)


@bp.get("/seguimiento/caso/documentos/<int:documento_id>")
@con_buzon
def documento_buzon(denuncia_id: int, documento_id: int) -> Descarga:
    """One document addressed to her; any other answers as absent."""
    documento = consultas.documento(contexto(), denuncia_id, documento_id) or abort(404)
    cabezas = {
        "Content-Disposition": f'attachment; filename="{documento.nombre}"',
        "Cache-Control": "no-store",
    }
    return Descarga(documento.datos, mimetype="application/pdf", headers=cabezas)
