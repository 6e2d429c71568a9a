"""Security headers of every response, the nonce of its scripts, and the life of a session."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, g, request, session

from web.config import Ajustes

FIJAS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
}
UN_ANIO = 365 * 24 * 3600  # seconds


def nonce() -> str:
    """Random mark that a script of this response must carry; the same for the whole request."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def politica(marca: str, *, atributos_de_estilo: bool = False) -> str:
    """Content-Security-Policy of a page; only the interactive diagram may ask for style attributes."""
    partes = [
        "default-src 'self'",
        f"script-src 'self' 'nonce-{marca}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    if atributos_de_estilo:
        partes.append("style-src-attr 'unsafe-inline'")
    return "; ".join(partes)


def permitir_atributos_de_estilo() -> None:
    """Called by the one view that shows the interactive diagram, which draws with style attributes."""
    g.atributos_de_estilo = True


def _encabezados(https: bool) -> Callable[[Response], Response]:
    def poner(respuesta: Response) -> Response:
        for nombre, valor in FIJAS.items():
            respuesta.headers.setdefault(nombre, valor)
        libre = bool(g.get("atributos_de_estilo", False))
        # A view may ask for a stricter one (a file that somebody sent).
        respuesta.headers.setdefault("Content-Security-Policy", politica(nonce(), atributos_de_estilo=libre))
        # Pages hold cases and complaints: nothing is kept by a browser or a proxy unless a view says so.
        if "Cache-Control" not in respuesta.headers:
            respuesta.headers["Cache-Control"] = "no-store"
        if https:
            respuesta.headers.setdefault("Strict-Transport-Security", f"max-age={UN_ANIO}")
        return respuesta

    return poner


def _sesion_con_caducidad() -> None:
    """A session that holds something expires when idle; an empty one sets no cookie at all."""
    if session and not session.permanent:
        session.permanent = True


def configurar_sesion(app: Flask, ajustes: Ajustes) -> None:
    """Cookie settings; must run before anything reads the session."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-denuncias" if ajustes.es_https else "denuncias",
        SESSION_COOKIE_SECURE=ajustes.es_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=True,
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=ajustes.minutos_inactividad),
        REMEMBER_COOKIE_DURATION=timedelta(0),
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # pages send no Referer; the token and SameSite guard the forms
    )


def init_app(app: Flask, ajustes: Ajustes) -> None:
    """Register the headers and the idle expiry."""
    app.before_request(_sesion_con_caducidad)
    app.after_request(_encabezados(ajustes.es_https))
    app.jinja_env.globals["csp_nonce"] = nonce


def es_htmx() -> bool:
    """True when the request comes from htmx and wants a fragment."""
    return request.headers.get("HX-Request") == "true"
