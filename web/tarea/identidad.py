"""Open who denounced: with a reason, for ten minutes, leaving a trace that she can read later (LSS 22)."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.tarea import bp
from workflow.actions import denuncia as acciones
from workflow.errors import DatoInvalido
from workflow.queries import contexto as contextos
from workflow.queries import tarea as consultas

ETIQUETAS = {
    "nombre": "Nombre",
    "primer_apellido": "Primer apellido",
    "segundo_apellido": "Segundo apellido",
    "curp": "CURP",
    "nss": "Número de seguridad social",
    "tipo": "Denuncia como",
    "relacion": "Relación con la persona trabajadora",
    "nombre_trabajador": "Persona trabajadora",
    "canal": "Cómo quiere que la contacten",
    "correo": "Correo",
    "telefono": "Teléfono",
    "horario_seguro": "Horario seguro",
}


def _renglones(identidad: dict[str, Any]) -> list[tuple[str, str]]:
    return [(e, str(identidad[c]).replace("_", " ")) for c, e in ETIQUETAS.items() if identidad.get(c)]


@bp.route("/tarea/<int:tarea_id>/identidad", methods=["GET", "POST"])
@requiere(Permiso.IDENTIDAD)
def identidad(tarea_id: int) -> ResponseReturnValue:
    """Ask the reason, then show who she is until the opening ends."""
    ctx = contexto()
    vista = consultas.ver(ctx, tarea_id)
    denuncia_id = contextos.de(ctx, vista).denuncia_id
    if denuncia_id is None:
        abort(404)
    motivo, errores = request.form.get("motivo", ""), {}
    if request.method == "POST":
        try:
            acciones.abrir_identidad(ctx, denuncia_id, motivo)
            return redirect(url_for("tarea.identidad", tarea_id=tarea_id), 303)
        except DatoInvalido as e:
            errores = e.campos or {"motivo": e.mensaje}
    abierta = acciones.identidad_abierta(ctx, denuncia_id)
    datos = {"renglones": _renglones(abierta) if abierta else None, "motivo": motivo, "errores": errores}
    return render_template("tarea/identidad.html", t=vista, **datos), 422 if errores else 200
