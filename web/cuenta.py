"""Who is signed in: the account behind a session cookie."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import UserMixin
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.routing import BuildError

from models.organizacion import Usuario
from web.ctx import casa
from web.extensions import login_manager


class Cuenta(UserMixin):
    """What Flask-Login keeps of a person; her session dies when her serial number is raised."""

    def __init__(self, usuario: Usuario) -> None:
        self.usuario = usuario
        self.id = usuario.id
        self.nombre = usuario.nombre
        self.roles = frozenset(r.rol.value for r in usuario.roles)

    @property
    def is_active(self) -> bool:
        """False for an account that the administrator closed."""
        return self.usuario.activo

    def get_id(self) -> str:
        """Text of the session cookie: user and serial number."""
        return f"{self.usuario.id}.{self.usuario.sesion_serie}"


def cuenta_de(session: Session, texto: str) -> Cuenta | None:
    """The account that a cookie names, or None when it is closed or the session was revoked."""
    numero, _, serie = texto.partition(".")
    if not (numero.isdigit() and serie.isdigit()):
        return None
    consulta = select(Usuario).where(Usuario.id == int(numero)).options(joinedload(Usuario.roles))
    usuario = session.scalars(consulta).unique().one_or_none()
    if usuario is None or not usuario.activo or usuario.sesion_serie != int(serie):
        return None
    return Cuenta(usuario)


def _cargar(texto: str) -> Cuenta | None:
    # A session of its own, closed at once: the request's write transaction begins with its action.
    with casa().lecturas() as session:
        return cuenta_de(session, texto)


def _sin_entrar() -> ResponseReturnValue:
    """Send who is not signed in to the login page, with the way back when it was a page."""
    siguiente = request.full_path.rstrip("?") if request.method == "GET" else None
    try:
        return redirect(url_for("acceso.entrar", siguiente=siguiente))
    except BuildError:
        return redirect("/")


def init_app(app: Flask) -> None:
    """Bind the login manager; a session is tied to nothing but its cookie (phones change address)."""
    login_manager.init_app(app)
    login_manager.session_protection = "basic"
    login_manager.user_loader(_cargar)
    login_manager.unauthorized_handler(_sin_entrar)
