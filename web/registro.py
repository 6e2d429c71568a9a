"""Request log: one line per request, without personal data.

The line names the route's pattern, never the address: an address may hold a folio. The person is a keyed
digest, so that lines of one person can be put together without saying who she is.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from typing import cast

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user

# Others are told by no name: a client may write what it likes in the place of a method.
METODOS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
ID_VALIDO = re.compile(r"[A-Za-z0-9-]{8,64}")


def metodo() -> str:
    """Method of the request, of those that HTTP has."""
    return request.method if request.method in METODOS else "OTRO"


def id_peticion() -> str:
    """Identifier of the request, the one that an error page shows."""
    return cast(str, g.get("id_peticion", "-"))


def _empezar(confiar: bool) -> None:
    dado = request.headers.get("X-Request-ID", "") if confiar else ""
    g.id_peticion = dado if ID_VALIDO.fullmatch(dado) else secrets.token_hex(8)
    g.empezo = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.id_peticion)


def huella(clave: str, usuario_id: int) -> str:
    """Keyed digest of a user id, 12 hexadecimal digits."""
    return hmac.new(clave.encode(), str(usuario_id).encode(), hashlib.sha256).hexdigest()[:12]


def _persona(app: Flask) -> dict[str, object]:
    if not g.get("_login_user") or not current_user.is_authenticated:
        return {}
    usuario = current_user.usuario
    return {
        "usuario": huella(str(app.secret_key), usuario.id),
        "roles": sorted(current_user.roles),
        "unidad": usuario.subdelegacion_id,
    }


def init_app(app: Flask, *, confiar_en_proxy: bool) -> None:
    """Register the identifier of each request and its line in the log."""

    def empezar() -> None:
        _empezar(confiar_en_proxy)

    def terminar(respuesta: Response) -> Response:
        respuesta.headers["X-Request-ID"] = id_peticion()
        milisegundos = round((time.perf_counter() - g.get("empezo", time.perf_counter())) * 1000, 1)
        structlog.get_logger().info(
            "peticion",
            metodo=metodo(),
            ruta=request.url_rule.rule if request.url_rule else "(sin ruta)",
            status=respuesta.status_code,
            ms=milisegundos,
            **_persona(app),
        )
        return respuesta

    app.before_request(empezar)
    app.after_request(terminar)
