"""The live room and the projector: one page each, and the small fragment that they ask for every 3 s."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.comite import bp
from web.ctx import contexto
from web.permisos import Permiso, requiere
from workflow.actions import comite as acciones
from workflow.queries import sala as consultas


def _si_igual(etiqueta: str) -> Response | None:
    """Nothing to send when the page already has it."""
    if not request.if_none_match.contains(etiqueta):
        return None
    igual = Response(status=304)
    igual.set_etag(etiqueta)
    return igual


def _con_etiqueta(html: str, etiqueta: str) -> Response:
    respuesta = make_response(html)
    respuesta.set_etag(etiqueta)
    respuesta.headers["Cache-Control"] = "private, no-cache"
    return respuesta


@bp.get("/comite/<folio>/sala")
@requiere(Permiso.VOTAR)
def sala(folio: str) -> str:
    """Agenda, the open matter, the vote."""
    return render_template("comite/sala.html", s=consultas.ver(contexto(), folio), errores={}, valores={})


@bp.get("/comite/<folio>/sala/estado")
@requiere(Permiso.VOTAR)
def estado(folio: str) -> Response:
    """Who is there and who has voted. A page without a vote being written is told to load again."""
    igual = _si_igual(consultas.pulso(contexto(), folio))
    if igual is not None:
        return igual
    s = consultas.ver(contexto(), folio)
    otra = request.args.get("vista") != s.huella
    libre = request.args.get("libre") == "1"
    respuesta = _con_etiqueta(render_template("comite/_estado.html", s=s, otra=otra, libre=libre), s.estado)
    if otra and libre:
        respuesta.headers["HX-Refresh"] = "true"
    return respuesta


@bp.get("/comite/<folio>/pantalla")
@requiere(Permiso.VOTAR)
def pantalla(folio: str) -> Response:
    """The wall of the room: no personal data, who voted and never how until the closing."""
    igual = _si_igual(consultas.pulso(contexto(), folio))
    if igual is not None:
        return igual
    s = consultas.ver(contexto(), folio)
    return _con_etiqueta(render_template("comite/pantalla.html", s=s), s.estado)


@bp.get("/comite/<folio>/sala/cerrar")
@requiere(Permiso.CONVOCAR)
def cerrar(folio: str) -> str:
    """Say what closing the vote does before doing it."""
    s = consultas.ver(contexto(), folio)
    if not s.secretaria:
        abort(404)
    return render_template("comite/cerrar.html", s=s)


@bp.post("/comite/<folio>/sala/cerrar")
@requiere(Permiso.CONVOCAR)
def cerrada(folio: str) -> ResponseReturnValue:
    """Close the vote with the votes that there are."""
    s = consultas.ver(contexto(), folio)
    if not s.secretaria or s.asunto_id is None:
        abort(404)
    acciones.cerrar_votacion(contexto(), s.asunto_id)
    return redirect(url_for("comite.sala", folio=folio), 303)
