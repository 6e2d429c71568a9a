"""The login page: address and password, or one click on a profile of the demonstration."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from models.organizacion import Usuario
from web.acceso import bp, vigencia
from web.ctx import casa, contexto, sesion
from web.cuenta import Cuenta
from web.extensions import limiter
from web.filters import fecha_hora
from web.puerta import numero
from workflow.actions import acceso
from workflow.errors import CredencialInvalida, DemasiadosIntentos, DomainError
from workflow.queries import usuario as consultas


def destino(texto: str | None) -> str:
    """Where to go after signing in: a path of this site, or the inbox for anything else."""
    ruta = (texto or "").replace("\\", "/")
    partes = urlsplit(ruta)
    local = ruta.startswith("/") and not ruta.startswith("//") and not partes.scheme and not partes.netloc
    limpia = local and not any(ord(c) < 32 for c in ruta)
    return ruta if limpia else url_for("bandeja.ver")


def _pagina(codigo: int = 200, **datos: object) -> ResponseReturnValue:
    perfiles = consultas.de_demostracion(contexto()) if casa().ajustes.es_demo else []
    siguiente = request.values.get("siguiente", "")
    return render_template("acceso/entrar.html", perfiles=perfiles, siguiente=siguiente, **datos), codigo


@bp.get("/entrar")
def entrar() -> ResponseReturnValue:
    """The login page, or the inbox for who is already in."""
    if current_user.is_authenticated:
        return redirect(destino(request.args.get("siguiente")), 303)
    return _pagina()


@bp.post("/entrar")
@limiter.limit("30/minute")
def comprobar() -> ResponseReturnValue:
    """Judge what was written: one message for every failure, the hour when the account has to wait."""
    correo, clave = request.form.get("correo", ""), request.form.get("contrasena", "")
    if not correo.strip() or not clave:
        campo = "contrasena" if correo.strip() else "correo"
        return _pagina(422, correo=correo, errores={campo: "Escribe tu correo y tu contraseña."})
    try:
        hecha = acceso.entrar(contexto(), correo[:254], clave[:200])
    except DemasiadosIntentos as e:
        return _pagina(429, correo=correo, errores={"correo": e.mensaje})
    except CredencialInvalida as e:
        return _pagina(422, correo=correo, errores={"correo": e.mensaje})
    return _abrir(hecha)


@bp.post("/entrar/demo")
@limiter.limit("60/minute")
def demo() -> ResponseReturnValue:
    """One click of the demonstration; elsewhere this address does not exist."""
    if not casa().ajustes.es_demo:
        abort(404)
    try:
        hecha = acceso.entrar_demo(contexto(), numero(request.form.get("usuario")) or 0)
    except DomainError as e:
        return _pagina(422, errores={"demo": e.mensaje})
    return _abrir(hecha)


def _abrir(hecha: acceso.Entrada) -> Response:
    """A session of her own: nothing of whoever used this browser before stays in it."""
    usuario = sesion().get_one(Usuario, hecha.usuario_id)
    siguiente = destino(request.form.get("siguiente"))
    session.clear()
    login_user(Cuenta(usuario))
    vigencia.marcar()
    if hecha.anterior is not None:
        flash(f"Entraste por última vez el {fecha_hora(hecha.anterior)}. Si no fuiste tú, avisa.", "info")
    return redirect(siguiente, 303)


@bp.post("/salir")
def salir() -> Response:
    """Close the session of the staff."""
    logout_user()
    session.clear()
    flash("Cerraste tu sesión.", "ok")
    return redirect(url_for("acceso.entrar"), 303)
