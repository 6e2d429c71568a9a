"""The pages of a case, each with its address."""

from __future__ import annotations

import datetime as dt

from flask import abort, render_template, request

from web import diagrama
from web.ctx import contexto
from web.expediente import bp, cabeza, cobro
from web.filters import fecha_corta
from web.permisos import Permiso, requiere
from workflow.queries import accesos as bitacora
from workflow.queries import ampliacion, camino, derivacion, estatutos, expediente, libro, pendientes
from workflow.queries import documentos as papeles
from workflow.queries import linea as tiempo
from workflow.queries import plazos as terminos
from workflow.queries import resumen as hoja

RECIENTES = 6


@bp.get("/caso/<folio>")
@requiere(Permiso.CASO)
def resumen(folio: str) -> str:
    """What the case is, what is missing to go on, who has it."""
    ctx, cab = contexto(), cabeza.abrir(folio, "resumen")
    caso = cab.caso
    falta = pendientes.que_falta(caso, cab.tareas, pendientes.esperas(ctx, caso.sujeto), cab.pausa)
    return render_template(
        "expediente/resumen.html",
        falta=falta,
        tareas=cab.tareas,
        renglones=hoja.resumen(ctx, caso),
        hechos=hoja.hechos(caso.fila) if caso.tipo == "denuncia" else [],
        riesgo=hoja.riesgo(caso.fila) if caso.tipo == "propuesta" else None,
        parientes=expediente.del_mismo_patron(ctx, caso),
        linea=tiempo.de(ctx, caso.sujeto, tanda=RECIENTES),
        **cobro.de(cab),
        **cab.datos,
    )


def _antes() -> dt.datetime | None:
    """The instant from which a page of the time line goes back; None for what is no instant."""
    try:
        leido = dt.datetime.fromisoformat(request.args.get("antes", ""))
    except ValueError:
        return None
    return leido if leido.tzinfo is not None else None


@bp.get("/caso/<folio>/linea")
@requiere(Permiso.CASO)
def linea(folio: str) -> str:
    """Everything that happened, newest first."""
    cab = cabeza.abrir(folio, "linea")
    vista = tiempo.de(contexto(), cab.caso.sujeto, _antes())
    return render_template("expediente/linea.html", linea=vista, **cab.datos)


@bp.get("/caso/<folio>/documentos")
@requiere(Permiso.CASO)
def documentos(folio: str) -> str:
    """Papers issued and received."""
    cab = cabeza.abrir(folio, "documentos")
    return render_template(
        "expediente/documentos.html", documentos=papeles.de(contexto(), cab.caso.sujeto), **cab.datos
    )


@bp.get("/caso/<folio>/proceso")
@bp.get("/caso/<folio>/proceso/<nombre>")
@requiere(Permiso.CASO)
def proceso(folio: str, nombre: str | None = None) -> str:
    """The diagram with the path walked, and the same as a list."""
    cab = cabeza.abrir(folio, "proceso")
    visto = camino.de(contexto(), cab.caso.sujeto, nombre)
    dibujo = None
    if visto is not None:
        globos = {n: f"Aquí, desde {fecha_corta(en)[:-5]}" for n, en in visto.aqui_desde.items()}
        dibujo = diagrama.pintar(visto.proceso, visto.diagrama, visto.marcas, visto.veces, globos)
    return render_template("expediente/proceso.html", camino=visto, dibujo=dibujo, **cab.datos)


@bp.get("/caso/<folio>/plazos")
@requiere(Permiso.CASO)
def plazos(folio: str) -> str:
    """The ledger: every term with its date and how it came to be, the pauses, the calendar."""
    ctx, cab = contexto(), cabeza.abrir(folio, "plazos")
    asientos = libro.de(ctx, cab.caso.sujeto, cab.pausas)
    return render_template(
        "expediente/plazos.html",
        libro=asientos,
        confianzas=terminos.CONFIANZA,
        ampliables=ampliacion.posibles(asientos) if cab.datos["puede_pausar"] else frozenset(),
        todo=request.args.get("imprimir") == "1",
        ahora=ctx.now,
        **cab.datos,
    )


@bp.get("/caso/<folio>/plazo/<int:plazo_id>")
@requiere(Permiso.CASO)
def plazo(folio: str, plazo_id: int) -> str:
    """How the date of a term came to be."""
    ctx = contexto()
    caso = expediente.abrir(ctx, folio)
    d = derivacion.de(ctx, caso.sujeto, plazo_id)
    enteras = request.args.get("semanas") == "todas"
    return render_template("expediente/plazo.html", caso=caso, d=d, enteras=enteras, ahora=ctx.now)


@bp.get("/caso/<folio>/estatuto/<any(caducidad, prescripcion):cual>")
@requiere(Permiso.CASO)
def estatuto(folio: str, cual: str) -> str:
    """How a clock of the law came to be: until when the facts may be charged, or the credit collected."""
    ctx, cab = contexto(), cabeza.abrir(folio, "plazos")
    x = estatutos.explicar(ctx, cab.caso, cual, cab.pausas)
    return render_template("expediente/estatuto.html", x=x, ahora=ctx.now, **cab.datos)


@bp.get("/caso/<folio>/relacionados")
@requiere(Permiso.CASO)
def relacionados(folio: str) -> str:
    """Cases that have to do with this one."""
    ctx, cab = contexto(), cabeza.abrir(folio, "relacionados")
    return render_template(
        "expediente/relacionados.html",
        lazos=expediente.relacionados(ctx, cab.caso),
        parientes=expediente.del_mismo_patron(ctx, cab.caso),
        **cab.datos,
    )


@bp.get("/caso/<folio>/accesos")
@requiere(Permiso.ACCESOS)
def accesos(folio: str) -> str:
    """Who opened the identity of the denouncer, and for what."""
    cab = cabeza.abrir(folio, "accesos")
    if cab.caso.tipo != "denuncia":
        abort(404)
    vistos = bitacora.de_identidad(contexto(), cab.caso.sujeto)
    return render_template("expediente/accesos.html", accesos=vistos, **cab.datos)
