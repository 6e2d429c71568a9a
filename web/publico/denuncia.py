"""The form: one question per page. Every page posts, keeps and goes to the next one."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from web.ctx import contexto
from web.extensions import limiter
from web.publico import asistente, bp, sesion_publica, validacion
from web.publico.pregunta import Pregunta
from web.publico.preguntas import GRUPOS, POR_CLAVE
from web.publico.preguntas_filtro import FILTRO
from workflow.actions import borrador
from workflow.errors import CredencialInvalida

Vista = str | Response | tuple[str, int]
INTENTO = "_intento"  # dropped with the next good answer
OTRAS_PUERTAS = ("pago", "infonavit", "otro")


def respuestas_guardadas() -> dict[str, Any]:
    """Her answers so far; empty when there is no draft in this browser or it expired."""
    token = sesion_publica.borrador()
    return (borrador.cargar(contexto(), token) if token else None) or {}


def _token() -> str:
    """The draft of this browser; a new one when there is none or it expired."""
    token = sesion_publica.borrador()
    if token is None or borrador.cargar(contexto(), token) is None:
        token = borrador.nuevo(contexto())
        sesion_publica.abrir_borrador(token)
    return token


def guardar(pregunta: Pregunta, limpias: dict[str, Any]) -> dict[str, Any]:
    """Keep one page; returns all answers."""
    token = _token()
    nuevas = asistente.combinar(borrador.cargar(contexto(), token) or {}, pregunta, limpias)
    borrador.guardar(contexto(), token, nuevas)
    return nuevas


def pagina(
    pregunta: Pregunta,
    respuestas: dict[str, Any],
    lectura: validacion.Lectura | None = None,
    **mas: Any,
) -> str:
    """One question with what she had answered, or with what she has just typed and its errors."""
    clave, revisando = pregunta.clave, request.args.get("desde") == "revisar"
    previa = asistente.anterior(respuestas, clave) if clave in POR_CLAVE else None
    atras = url_for("publico.paso", clave=previa.clave) if previa else url_for("publico.filtro")
    return render_template(
        pregunta.plantilla,
        pregunta=pregunta,
        campos=pregunta.visibles(respuestas),
        valores=lectura.tecleado if lectura else validacion.mostrar(pregunta, respuestas),
        errores=lectura.errores if lectura else {},
        avisos=lectura.avisos if lectura else {},
        atras=url_for("publico.revisar") if revisando else atras,
        avance=asistente.avance(respuestas, pregunta.grupo),
        paso=pregunta.grupo + 1,
        grupo=GRUPOS[pregunta.grupo],
        archivos=respuestas.get("archivos", []),
        **mas,
    )


@bp.get("/denuncia/antes")
def antes() -> str:
    """How to leave quickly and what stays in the phone, before the first question."""
    return render_template("publico/antes.html")


@bp.route("/denuncia/filtro", methods=["GET", "POST"])
@limiter.limit("30/minute", methods=["POST"])
def filtro() -> Vista:
    """Right door? In time? Never a dead end: every answer can go on."""
    respuestas = respuestas_guardadas()
    if request.method == "GET":
        return render_template(
            "publico/filtro.html",
            pregunta=FILTRO,
            errores={},
            valores=validacion.mostrar(FILTRO, respuestas),
        )
    if request.form.get("sitio_web"):  # the hidden field that only a robot fills in
        return redirect(url_for("publico.inicio"), 303)
    lectura = validacion.leer(FILTRO, request.form, respuestas, contexto().hoy)
    if lectura.errores:
        return render_template(
            "publico/filtro.html",
            pregunta=FILTRO,
            errores=lectura.errores,
            valores=lectura.tecleado,
        ), 422
    respuestas = guardar(FILTRO, lectura.limpias)
    if respuestas["asunto"] in OTRAS_PUERTAS or respuestas["sigue_trabajando"] == "mas5":
        return redirect(url_for("publico.otra_puerta"), 303)
    return redirect(url_for("publico.paso", clave="motivos"), 303)


@bp.get("/denuncia/otra-puerta")
def otra_puerta() -> Vista:
    """Another office may serve her better, or the law's five years may have passed; she may go on anyway."""
    respuestas = respuestas_guardadas()
    if not respuestas:
        return redirect(url_for("publico.filtro"), 303)
    return render_template("publico/otra_puerta.html", respuestas=respuestas)


@bp.get("/denuncia/<clave>")
def paso(clave: str) -> Vista:
    """One question."""
    pregunta = POR_CLAVE.get(clave) or abort(404)
    respuestas = respuestas_guardadas()
    if not respuestas:
        return redirect(url_for("publico.filtro"), 303)
    if pregunta not in asistente.camino(respuestas):
        return redirect(_adelante(respuestas, None), 303)
    return pagina(pregunta, respuestas, _intento(pregunta, respuestas))


@bp.post("/denuncia/<clave>")
def contestar(clave: str) -> Vista:
    """Read the page, keep it, go on. A doubtful identifier is told once and may stay as it is.

    What cannot be read is kept too and shown by a redirect, so that the back button never asks to send again.
    """
    pregunta = POR_CLAVE.get(clave) or abort(404)
    respuestas = respuestas_guardadas()
    if not respuestas:
        flash(
            "Tu borrador caducó o se cerró. Empieza de nuevo o escribe tu código.",
            "error",
        )
        return redirect(url_for("publico.filtro"), 303)
    lectura = validacion.leer(pregunta, request.form, respuestas, contexto().hoy)
    if lectura.errores or (lectura.avisos and request.form.get("esta_bien") != "si"):
        dicho = {k: v for k, v in request.form.lists() if k != "csrf_token"}
        borrador.guardar(contexto(), _token(), {**respuestas, INTENTO: {"clave": clave, "datos": dicho}})
        return redirect(url_for("publico.paso", clave=clave, intento=1, desde=request.args.get("desde")), 303)
    return redirect(_adelante(guardar(pregunta, lectura.limpias), clave), 303)


def _intento(pregunta: Pregunta, respuestas: dict[str, Any]) -> validacion.Lectura | None:
    """The last try of this page, when she has just been sent back to it."""
    intento = respuestas.get(INTENTO)
    if not request.args.get("intento") or not intento or intento["clave"] != pregunta.clave:
        return None
    return validacion.leer(pregunta, MultiDict(intento["datos"]), respuestas, contexto().hoy)


def _adelante(respuestas: dict[str, Any], clave: str | None) -> str:
    """Address of what comes next: the next page, or the check page when she came from there."""
    falta = asistente.pendiente(respuestas)
    if clave is None or request.args.get("desde") == "revisar":
        return url_for("publico.paso", clave=falta.clave) if falta else url_for("publico.revisar")
    sigue = asistente.siguiente(respuestas, clave)
    return url_for("publico.paso", clave=sigue.clave) if sigue else url_for("publico.revisar")


@bp.get("/denuncia/guardar")
def guardar_despues() -> Vista:
    """The code with which she can go on later, from any device."""
    token = sesion_publica.borrador()
    if token is None or not respuestas_guardadas():
        return redirect(url_for("publico.continuar"), 303)
    return render_template("publico/guardar.html", codigo=token)


@bp.post("/denuncia/guardar")
def cerrar_borrador() -> Response:
    """Forget the draft in this browser; it waits for its code."""
    sesion_publica.cerrar_borrador()
    flash(
        "Guardamos tu borrador y lo quitamos de este equipo. Sigue con tu código cuando quieras.",
        "ok",
    )
    return redirect(url_for("publico.inicio"), 303)


@bp.route("/denuncia/continuar", methods=["GET", "POST"])
@limiter.limit("6/minute;30/hour", methods=["POST"])
def continuar() -> Vista:
    """Go on with a draft by its code."""
    if request.method == "GET":
        return render_template("publico/continuar.html", errores={})
    codigo = "".join(c for c in request.form.get("codigo", "") if c in "0123456789")
    try:
        respuestas = borrador.retomar(contexto(), codigo)
    except CredencialInvalida as e:
        return render_template("publico/continuar.html", errores={"codigo": e.mensaje}), 422
    sesion_publica.abrir_borrador(codigo)
    return redirect(_adelante(respuestas, None), 303)
