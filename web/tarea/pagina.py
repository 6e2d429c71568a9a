"""The pages of a task: its form, what keeps it from being sent, what to check before it cannot be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import forms
from web.ctx import contexto
from web.permisos import Permiso, tiene
from web.tarea import lectura
from workflow.context import Ctx
from workflow.queries import contexto as contextos
from workflow.queries import inicial
from workflow.queries import opciones as elecciones
from workflow.queries import tarea as consultas
from workflow.queries.tarea import Vista

Datos = Mapping[str, Any]
LARGO_BUSQUEDA = 80
# Whose work is done outside, on a phone: the page keeps what is typed when the connection drops.
DE_CAMPO = frozenset({"auditor", "notificador", "ejecutor", "depositario", "interventor", "valuador"})


# The task whose base, the workers that the act proved, has a page of its own.
CON_TRABAJADORES = "preparar_determinacion"


@dataclass(frozen=True)
class Consecuencia:
    """What a person must know before an act that cannot be undone: button, and what will follow."""

    boton: str
    sigue: tuple[str, ...]


# By operation: acts that are shown to be checked before they are done.
IRREVERSIBLES: dict[str, Consecuencia] = {
    "emitir_voto": Consecuencia(
        "Emitir mi voto",
        (
            "Tu voto queda registrado con tu nombre y no se puede cambiar.",
            "Recibirás una constancia. El sentido no se ve hasta que se cierre la votación.",
        ),
    ),
    "convocar_sesion": Consecuencia(
        "Convocar",
        (
            "Se emite la convocatoria con el orden del día y se avisa a todos los asientos.",
            "Los miembros verán los expedientes de los asuntos, sin identidad de quien denunció.",
            "Las propuestas quedan listadas en esta sesión.",
        ),
    ),
    "instalar_sesion": Consecuencia(
        "Cerrar la lista",
        ("Se hace constar la asistencia y se cuenta el quórum por asientos.",),
    ),
    "revisar_acta": Consecuencia(
        "Firmar y pasar a firmas", ("Firmas el acta y pasa a firma de quienes asistieron.",)
    ),
    "firmar_acta": Consecuencia(
        "Confirmar", ("Tu firma o tu negativa queda asentada en el acta y no se puede retirar.",)
    ),
    "firma_esencial": Consecuencia(
        "Firmar y cerrar el acta",
        ("El acta se cierra con las firmas que hay y dirá quién no firmó.", "Los acuerdos se adoptan."),
    ),
    "turnar_denuncia": Consecuencia(
        "Turnar la denuncia",
        ("Se emite el oficio de turno a la otra autoridad.", "La denuncia se cierra aquí."),
    ),
    "responder_denunciante": Consecuencia(
        "Firmar y enviar la respuesta",
        (
            "Se emite el oficio de respuesta y se deja en el buzón de la persona denunciante.",
            "El caso se cierra. El buzón sigue abierto para consulta durante el plazo legal.",
        ),
    ),
    "programar_acto": Consecuencia(
        "Programar el acto",
        ("Se crea el acto como lo acordó el comité.", "Empieza a correr el plazo para emitir la orden."),
    ),
}


@dataclass(frozen=True)
class Hoja:
    """A task with its form, its choices and its case: read once for each answer."""

    ctx: Ctx
    vista: Vista
    formulario: Any
    datos: Datos
    opciones: dict[str, list[tuple[Any, str]]]

    @property
    def renglones(self) -> list[tuple[str, list[str]]]:
        """What is written, as people read it."""
        return lectura.renglones(self.formulario, self.datos, self.opciones)


def hoja(vista: Vista, datos: Datos | None = None) -> Hoja:
    """The task with what is written: what was just sent, the draft kept, or what it begins with."""
    ctx = contexto()
    formulario = consultas.formulario(vista)
    if datos is None:
        guardado = vista.fila.borrador if vista.fila.borrador is not None else vista.fila.respuesta
        datos = guardado if guardado is not None else inicial.de(ctx, vista)
    datos = {**datos, **inicial.lecturas(ctx, vista, datos)}
    busca = request.values.get("_busca", "")[:LARGO_BUSQUEDA].strip()
    return Hoja(ctx, vista, formulario, datos, elecciones.para(ctx, vista, formulario, datos, busca))


def con_forma(
    h: Hoja, errores: Mapping[str, str] | None = None, codigo: int = 200, version: int | None = None
) -> ResponseReturnValue:
    """The page with its form, filled with what is written."""
    forma = forms.vista(
        h.formulario, h.datos, errores or {}, h.opciones, consultas.contexto_de_forma(h.ctx, h.vista)
    )
    con_patron = any(campo.tabla == "patron" for campo in h.formulario.campos)
    return (
        render_template(
            "tarea/ver.html",
            t=h.vista,
            forma=forma,
            errores=forma.errores,
            version=h.vista.fila.version if version is None else version,
            busca=request.values.get("_busca", "") if con_patron else None,
            **alrededor(h),
        ),
        codigo,
    )


def sin_forma(
    h: Hoja, mensaje: str = "", codigo: int = 200, plantilla: str = "tarea/cerrada.html"
) -> ResponseReturnValue:
    """The page of a task that cannot be answered now: why, and what was written, kept to be copied."""
    return (
        render_template(
            plantilla,
            t=h.vista,
            mensaje=mensaje,
            renglones=h.renglones,
            siguientes=[] if h.vista.situacion == "ajena" else consultas.siguientes(h.ctx, h.vista),
            **alrededor(h),
        ),
        codigo,
    )


def a_confirmar(h: Hoja, version: int) -> ResponseReturnValue:
    """What will be done and what follows from it, before it is done."""
    return render_template(
        "tarea/confirmar.html",
        t=h.vista,
        renglones=h.renglones,
        consecuencia=IRREVERSIBLES[h.vista.fila.operacion],
        version=version,
        titulo=h.formulario.titulo,
    )


def alrededor(h: Hoja) -> dict[str, Any]:
    """The context column and the links that the person may follow."""
    caso = contextos.de(h.ctx, h.vista)
    return {
        "caso": caso,
        "enlaces": enlaces(caso, h.vista),
        "puede_asignar": tiene(Permiso.ASIGNAR) and h.vista.situacion in ("libre", "ajena", "mira"),
        "puede_identidad": tiene(Permiso.IDENTIDAD) and caso.denuncia_id is not None and caso.identificada,
        "yo": h.ctx.actor.usuario_id,
        "de_campo": h.vista.fila.rol in DE_CAMPO,
    }


def enlaces(caso: contextos.Contexto, vista: Vista) -> dict[str, Any]:
    """Addresses in other sections, only of pages that exist and that she may open."""
    propios: dict[str, Any] = {}
    if caso.folio and tiene(Permiso.CASO):
        propios["caso"] = _direccion("expediente.resumen", folio=caso.folio)
        propios["proceso"] = _direccion("expediente.proceso", folio=caso.folio)
        if vista.fila.nodo == CON_TRABAJADORES:
            propios["trabajadores"] = _direccion("trabajadores.ver", folio=caso.folio)
        if vista.reloj is not None:
            propios["plazo"] = _direccion("expediente.plazo", folio=caso.folio, plazo_id=vista.reloj.id)
    if "sesion" in caso.extra and tiene(Permiso.COMITE):
        propios["sala"] = _direccion("comite.sala", folio=caso.extra["sesion"])
    if tiene(Permiso.DOCUMENTO):
        propios["documentos"] = {
            d.id: _direccion("expediente.documento", documento_id=d.id) for d in caso.documentos
        }
    return propios


def _direccion(endpoint: str, **datos: Any) -> str:
    """Address of a page of another section; empty while that page is not there."""
    if endpoint not in current_app.view_functions:
        return ""
    return url_for(endpoint, **datos)
