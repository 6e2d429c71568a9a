"""Static files: served by WhiteNoise, addressed with the first eight digits of their SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, url_for
from whitenoise import WhiteNoise

from web.seguridad import FIJAS

if TYPE_CHECKING:
    from wsgiref.headers import Headers

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# An SVG opened by itself may style itself; nothing else runs from here.
POLITICA = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
INMUTABLE = "public, max-age=31536000, immutable"


def _encabezados(headers: Headers, path: str, url: str) -> None:
    for nombre, valor in FIJAS.items():
        headers[nombre] = valor
    headers["Content-Security-Policy"] = POLITICA


class _ConVersion:
    """An address that carries a version never changes its content: let browsers keep it for a year."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        versionado = environ.get("PATH_INFO", "").startswith("/static/") and environ.get(
            "QUERY_STRING", ""
        ).startswith("v=")
        if not versionado:
            return self.app(environ, start_response)

        def responder(status: str, headers: list[tuple[str, str]], *resto: object) -> object:
            if status.startswith(("200", "304")):
                headers = [(n, v) for n, v in headers if n.lower() != "cache-control"]
                headers.append(("Cache-Control", INMUTABLE))
            return start_response(status, headers, *resto)  # type: ignore[arg-type]

        return self.app(environ, responder)  # type: ignore[arg-type]


class Versiones:
    """Eight digits of the SHA-256 of each static file, read again when the file changes."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self._vistas: dict[str, tuple[float, str]] = {}

    def de(self, nombre: str) -> str:
        """Version of a file; '0' for one that is not there (a page still shows without it)."""
        ruta = self.carpeta / nombre
        try:
            modificado = ruta.stat().st_mtime
        except OSError:
            return "0"
        visto = self._vistas.get(nombre)
        if visto is None or visto[0] != modificado:
            visto = (modificado, hashlib.sha256(ruta.read_bytes()).hexdigest()[:8])
            self._vistas[nombre] = visto
        return visto[1]


def init_app(app: Flask, *, recargar: bool) -> None:
    """Serve web/static and give templates `url_for_static('css/base.css')`."""
    carpeta = Path(app.static_folder or "")
    versiones = Versiones(carpeta)

    def url_for_static(nombre: str) -> str:
        return url_for("static", filename=nombre, v=versiones.de(nombre))

    app.jinja_env.globals["url_for_static"] = url_for_static
    blanco = WhiteNoise(
        app.wsgi_app,
        root=str(carpeta),
        prefix="static/",
        autorefresh=recargar,
        max_age=3600,
        add_headers_function=_encabezados,
    )
    app.wsgi_app = _ConVersion(blanco)  # type: ignore[method-assign]
