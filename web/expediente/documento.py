"""One document: its bytes, for who sees the case that it belongs to."""

from __future__ import annotations

from flask import Response, make_response

from web.ctx import contexto
from web.expediente import bp
from web.permisos import Permiso, requiere
from workflow.queries import documentos

# An image that somebody sent opens alone: it may load nothing and run nothing.
AISLADA = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@bp.get("/documento/<int:documento_id>")
@requiere(Permiso.DOCUMENTO)
def documento(documento_id: int) -> Response:
    """Download a document; an image opens in its own tab."""
    archivo = documentos.leer(contexto(), documento_id)
    respuesta = make_response(archivo.datos)
    respuesta.headers["Content-Type"] = archivo.mime
    modo = "inline" if archivo.en_linea else "attachment"
    respuesta.headers["Content-Disposition"] = f'{modo}; filename="{archivo.nombre}"'
    respuesta.headers["X-Content-Type-Options"] = "nosniff"
    respuesta.headers["Content-Security-Policy"] = AISLADA
    return respuesta
