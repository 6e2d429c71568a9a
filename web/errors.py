"""Every failure answers with one plain page: what happened, what to do, the number to quote.

Absent and forbidden answer the same. An address under /api gets the same as JSON.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from web.registro import id_peticion
from workflow import errors as dominio
from workflow.registro import camino


@dataclass(frozen=True)
class Texto:
    """Words of an error page."""

    titulo: str
    mensaje: str
    que_hacer: str = ""


TEXTOS = {
    400: Texto(
        "No entendimos lo que enviaste",
        "Algo de la página llegó incompleto.",
        "Regresa, revisa los datos y vuelve a enviarla.",
    ),
    401: Texto("Necesitas entrar", "Tu sesión terminó o no has entrado.", "Entra de nuevo y repite el paso."),
    403: Texto("No puedes hacer este paso", "Le toca a otra persona."),
    404: Texto(
        "No encontramos esta página",
        "No existe, cambió de lugar o no está entre lo que puedes ver.",
        "Revisa que la dirección esté completa.",
    ),
    405: Texto(
        "Esta página no recibe ese envío",
        "Llegaste por un camino que no existe.",
        "Regresa y usa sus botones.",
    ),
    409: Texto(
        "Alguien más guardó cambios",
        "Mientras trabajabas, el asunto cambió.",
        "Ábrelo de nuevo: verás lo más reciente y podrás repetir tu paso.",
    ),
    410: Texto("Esto ya no está disponible", "El enlace caducó o la tarea ya se concluyó."),
    413: Texto(
        "El envío es demasiado grande",
        "Los archivos pesan más de lo que podemos recibir de una vez.",
        "Envíalos por partes: cada uno puede pesar hasta 15 MB.",
    ),
    422: Texto("No se pudo guardar", "Algún dato no es válido.", "Regresa, corrígelo y vuelve a enviar."),
    429: Texto(
        "Demasiados intentos",
        "Recibimos muchas solicitudes seguidas desde tu conexión.",
        "Espera unos minutos y vuelve a intentar.",
    ),
    500: Texto(
        "Algo falló de nuestro lado",
        "Tu último paso no se guardó; lo anterior sigue ahí.",
        "Intenta de nuevo en unos minutos.",
    ),
    503: Texto(
        "El servicio no está disponible",
        "Por el momento no podemos guardar ni consultar.",
        "Intenta de nuevo en unos minutos.",
    ),
}
CADUCA = Texto(
    "La página caducó", "Pasó mucho tiempo desde que la abriste.", "Ábrela de nuevo y repite el paso."
)
LLENO = Texto(
    "No hay dónde guardar tus archivos",
    "El servidor ya no tiene espacio y tu último paso no se guardó.",
    "Intenta de nuevo más tarde, o sigue sin adjuntar y agrégalos después.",
)
SIN_ESPACIO = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# Status and title of each refusal of the domain, from the most particular to the most general.
DOMINIO: tuple[tuple[type[dominio.DomainError], int], ...] = (
    (dominio.NoEncontrado, 404),
    (dominio.NoPermitido, 403),
    (dominio.YaHecha, 410),
    (dominio.Conflicto, 409),
    (dominio.EstadoIlegal, 409),
    (dominio.EnEspera, 409),
    (dominio.DatoInvalido, 422),
    (dominio.CredencialInvalida, 422),
    (dominio.DemasiadosIntentos, 429),
    (dominio.FaltaConfiguracion, 503),
    (dominio.EnIncidente, 500),
)
# What was looked for and what may not be seen give the same answer.
COMO = {403: 404}
PLANA = """<!DOCTYPE html><html lang="es-MX"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{titulo}</title></head>
<body><main><h1>{titulo}</h1><p>{mensaje}</p>{reenvio}<p>Número del error: {folio}</p></main></body></html>"""
REENVIO = """<form method="post" action="{destino}">{campos}
<p>Lo que escribiste sigue en esta página: no la cierres. Los archivos se adjuntan otra vez.</p>
<p><button>Volver a enviar lo que escribí</button></p></form>"""
CAMPO = """<input type="hidden" name="{nombre}" value="{valor}">"""
# Shorter than this is a choice or a datum: quick to give again. What is longer somebody composed.
TEXTO_LARGO = 20
# Forms that hold one of these are never written on a page again.
SECRETOS = frozenset({"contrasena", "clave", "codigo"})
Escrito = Sequence[tuple[str, str]]


def _escrito() -> Escrito:
    """What a form brought, for the page of the error to carry it: it was not kept anywhere else."""
    if request.method != "POST" or not SECRETOS.isdisjoint(request.form):
        return ()
    return list(request.form.items(multi=True))


def _textos() -> Sequence[str]:
    """The long texts of a form of ours that could not be taken, for the page to hold them to be copied.

    They are not offered to be sent again: a token that failed must not be renewed by one click. A form of
    another site gets nothing (`Sec-Fetch-Site`): nobody else writes on our pages.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return ()
    return [v for n, v in _escrito() if n != "csrf_token" and len(v.strip()) >= TEXTO_LARGO]


def _reenvio(escrito: Escrito) -> str:
    if not escrito:
        return ""
    campos = "".join(CAMPO.format(nombre=escape(n), valor=escape(v)) for n, v in escrito)
    return REENVIO.format(destino=escape(request.full_path.rstrip("?")), campos=campos)


def _pagina(codigo: int, texto: Texto, escrito: Escrito, textos: Sequence[str] = ()) -> str:
    interna = bool(g.get("_login_user")) and bool(current_user.is_authenticated)
    mensaje = f"{texto.mensaje} {texto.que_hacer}".strip()
    try:
        return render_template(
            "errores/error.html",
            codigo=codigo,
            titulo=texto.titulo,
            mensaje=texto.mensaje,
            que_hacer=texto.que_hacer,
            texto=mensaje,
            folio_error=id_peticion(),
            incidente=id_peticion() if codigo >= 500 else None,
            interna=interna,
            escrito=escrito,
            textos=textos,
            destino=request.full_path.rstrip("?"),
            con_archivos=bool(escrito and request.files),
        )
    except (TemplateError, BuildError, OperationalError) as e:
        # The page of an error must not need what has just failed.
        structlog.get_logger().error("pagina_de_error", tipo=type(e).__name__)
        return PLANA.format(
            titulo=escape(texto.titulo),
            mensaje=escape(mensaje),
            folio=escape(id_peticion()),
            reenvio=_reenvio(escrito),
        )


def responder(
    codigo: int,
    texto: Texto | None = None,
    *,
    clave: str | None = None,
    escrito: Escrito = (),
    textos: Sequence[str] = (),
) -> Response:
    """Response of an error; `clave` names it for programs.

    `escrito` is what its page offers to send again, `textos` what it shows to be copied.
    """
    texto = texto or TEXTOS.get(codigo) or TEXTOS[500 if codigo >= 500 else 400]
    if request.path.startswith("/api/"):
        cuerpo = {"codigo": clave or str(codigo), "mensaje": texto.mensaje, "peticion": id_peticion()}
        return make_response(jsonify(error=cuerpo), codigo)
    return make_response(_pagina(codigo, texto, escrito, textos), codigo)


def _http(e: HTTPException) -> Response:
    if e.response is not None:
        return make_response(e.response)
    codigo = COMO.get(e.code or 500, e.code or 500)
    if codigo < 400:
        return make_response(e.get_response())
    caduca = isinstance(e, CSRFError)
    respuesta = responder(codigo, CADUCA if caduca else None, textos=_textos() if caduca else ())
    for nombre, valor in e.get_headers(request.environ):
        if nombre in {"Allow", "Retry-After"}:
            respuesta.headers[nombre] = valor
    return respuesta


def codigo_de(e: dominio.DomainError) -> int:
    """HTTP status of a refusal; 422 for one that is not listed."""
    return next((codigo for clase, codigo in DOMINIO if isinstance(e, clase)), 422)


def _rechazo(e: dominio.DomainError) -> Response:
    """A refusal says its own sentence; one about a thing that may not be seen says that it is not there.

    NoPermitido is 403 with its reason: it is about a thing that the person does see.
    """
    codigo = codigo_de(e)
    if codigo == 404:
        return responder(404, clave=dominio.NoEncontrado.codigo)
    return responder(codigo, Texto(TEXTOS[codigo].titulo, e.mensaje), clave=e.codigo, textos=_textos())


def _sin_base(e: OperationalError) -> Response:
    structlog.get_logger().error("base_no_responde", tipo=type(e.orig).__name__)
    return responder(503, escrito=_escrito())


def _disco(e: OSError) -> Response:
    """A file that could not be kept because there is no room: nothing of the step was. Any other is unexpected."""
    if e.errno not in SIN_ESPACIO:
        return _inesperado(e)
    structlog.get_logger().error("almacen_sin_espacio", tipo=errno.errorcode[e.errno])
    return responder(503, LLENO, escrito=_escrito())


def _inesperado(e: Exception) -> Response:
    """An error of ours: the log gets its path, the person a page with the number to quote."""
    current_app.extensions["metricas"].errores.inc()
    structlog.get_logger().error("error_inesperado", tipo=type(e).__name__, camino=camino(e))
    return responder(500)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(dominio.DomainError, _rechazo)
    app.register_error_handler(OperationalError, _sin_base)
    app.register_error_handler(OSError, _disco)
    app.register_error_handler(Exception, _inesperado)
