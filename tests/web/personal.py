"""The staff at their pages: the demonstration's organisation, its people signed in, denuncias that arrive."""

from __future__ import annotations

from typing import Any

from flask import Flask
from lxml import html
from sqlalchemy import select

from models.organizacion import Usuario
from models.proceso import EstadoTarea, Tarea
from tests.web.publico import Persona, presentar_directo
from web.cuenta import Cuenta
from workflow.actions import proceso
from workflow.actions.demo import organizacion
from workflow.actions.demo.organizacion import correo
from workflow.context import SISTEMA

FIRMA = {"medio": "autografa", "firmo": "si"}


class Oficina:
    """Two subdelegaciones with everyone that the diagrams name."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with self.ctx() as ctx:
            organizacion.cargar(ctx)
            proceso.publicar(ctx)

    def ctx(self) -> Any:
        """A context in which the system acts."""
        return self.app.extensions["denuncias"].obra.ctx(SISTEMA)

    def usuario(self, quien: str) -> Usuario:
        """The account of a person of the demonstration (`ana.trejo`)."""
        with self.ctx() as ctx:
            return ctx.session.scalars(select(Usuario).where(Usuario.correo == correo(quien))).unique().one()

    def entra(self, quien: str) -> Persona:
        """Her browser, signed in as the login page leaves it."""
        cliente = self.app.test_client()
        abrir_sesion(cliente, self.usuario(quien))
        return Persona(cliente)

    def denuncia(self, **cambios: Any) -> int:
        """A denuncia of León that has just arrived; returns its id."""
        return presentar_directo(self.app, **{"cp": "37290"} | cambios)[2]

    def tareas(self, formulario: str = "") -> list[Tarea]:
        """Open tasks, oldest first."""
        consulta = select(Tarea).where(Tarea.estado == EstadoTarea.ABIERTA).order_by(Tarea.id)
        with self.ctx() as ctx:
            filas = ctx.session.scalars(consulta).all()
        return [f for f in filas if formulario in ("", f.formulario)]

    def tarea(self, numero: int) -> Tarea:
        """A task as it stands now."""
        with self.ctx() as ctx:
            return ctx.session.get_one(Tarea, numero)

    def cambiar(self, numero: int, **columnas: Any) -> None:
        """Put columns of a task behind the back of everybody."""
        with self.ctx() as ctx:
            tarea = ctx.session.get_one(Tarea, numero)
            for nombre, valor in columnas.items():
                setattr(tarea, nombre, valor)
            ctx.session.commit()

    def asignada(self, analista: str = "ana.trejo", **cambios: Any) -> tuple[int, int]:
        """A denuncia already with its analyst: (denuncia, task to qualify)."""
        denuncia_id = self.denuncia(**cambios)
        tarea = next(t for t in self.tareas("asignar_denuncia") if t.sujeto_id == denuncia_id)
        jefe = self.entra("jose.cazares")
        datos = {"prioridad": "normal", "analista": self.usuario(analista).id, "sin_conflicto": "si"}
        enviar(jefe, tarea.id, **datos)
        calificar = next(t for t in self.tareas("calificar_denuncia") if t.sujeto_id == denuncia_id)
        return denuncia_id, calificar.id


def abrir_sesion(cliente: Any, usuario: Usuario) -> None:
    """The cookie of somebody who has signed in."""
    with cliente.session_transaction() as s:
        s["_user_id"], s["_fresh"] = Cuenta(usuario).get_id(), True


def galleta_de(app: Flask, usuario: Usuario) -> str:
    """That cookie's value, for a browser that is not the test client."""
    cliente = app.test_client()
    abrir_sesion(cliente, usuario)
    galleta = cliente.get_cookie("denuncias")
    assert galleta is not None
    return str(galleta.value)


def campos_de(p: Persona, forma: str = "formulario") -> dict[str, Any]:
    """What a form of the page holds, as a browser would send it without touching it."""
    datos: dict[str, Any] = {}
    for nombre, valor in html.fromstring(p.pagina.text).get_element_by_id(forma).form_values():
        # A browser drops the line break that opens a textarea.
        datos.setdefault(nombre, []).append(valor.removeprefix("\n"))
    return datos


def apretar(p: Persona, accion: str = "completar", **campos: Any) -> Any:
    """Press a button of the task form that is on the page, with `campos` on top (`__` is a dash).

    None takes a field away.
    """
    camino = p.pagina.request.path
    encima = {clave.replace("__", "-"): valor for clave, valor in campos.items()}
    datos = {k: v for k, v in {**campos_de(p), "_accion": accion, **encima}.items() if v is not None}
    destino = html.fromstring(p.pagina.text).get_element_by_id("formulario").get("action") or camino
    p.pagina = p.cliente.post(destino, data=datos, content_type="multipart/form-data", follow_redirects=True)
    return p.pagina


def enviar(p: Persona, tarea_id: int, accion: str = "completar", **campos: Any) -> Any:
    """Open a task and press a button of its form."""
    p.ir(f"/tarea/{tarea_id}")
    return apretar(p, accion, **campos)
