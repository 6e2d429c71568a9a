"""Routes of the health section."""

from __future__ import annotations

import hmac

from flask import Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from web import migraciones
from web.ctx import casa, contexto
from web.extensions import limiter
from web.salud import bp, comprobaciones, medidas
from web.version import VERSION
from workflow.queries import pulso


@bp.get("/salud/vivo")
@bp.get("/healthz")
@limiter.exempt
def vida() -> ResponseReturnValue:
    """The process answers; no database is touched."""
    return jsonify(status="ok")


@bp.get("/salud/listo")
@bp.get("/readyz")
@limiter.exempt
def lista() -> ResponseReturnValue:
    """200 when requests can be served, otherwise 503 with the names of the checks that fail.

    A server that was asked to stop is not ready: whoever shares the requests out sends it no more.
    """
    c = casa()
    # It asks for nothing that a writer holds.
    motor = c.motor.execution_options(solo_lectura=True)
    resultados = [comprobaciones.en_servicio(current_app), comprobaciones.base(motor)]
    if resultados[-1].ok:
        resultados.append(comprobaciones.migraciones(motor))
    resultados.append(comprobaciones.almacen(c.ajustes.almacen_archivos))
    fallan = [r.nombre for r in resultados if not r.ok]
    return jsonify(status="error" if fallan else "ok", fallan=fallan), 503 if fallan else 200


@bp.get("/version")
@limiter.exempt
def version() -> ResponseReturnValue:
    """Version of the program and newest migration that it knows."""
    return jsonify(version=VERSION, esquema=migraciones.del_codigo(), modo=casa().ajustes.modo)


@bp.get("/metricas")
@bp.get("/metrics")
@limiter.exempt
def metricas() -> ResponseReturnValue:
    """Prometheus text. With METRICAS_TOKEN it asks for it as a bearer; without one only a demo answers."""
    ajustes = casa().ajustes
    if ajustes.metricas_token:
        dado = request.headers.get("Authorization", "")
        if not hmac.compare_digest(dado.encode(), f"Bearer {ajustes.metricas_token}".encode()):
            abort(404)
    elif not ajustes.es_demo:
        abort(404)
    proceso = current_app.extensions["metricas"].texto()
    return Response(proceso + medidas.texto(pulso.tomar(contexto())), content_type=CONTENT_TYPE_LATEST)
