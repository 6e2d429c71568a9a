"""What whoever serves a document must have before her: what, to whom, where, what was done before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.notificacion import EstadoNotificacion, Notificacion, TipoDiligencia
from workflow import formularios
from workflow.context import Ctx
from workflow.operations import horario
from workflow.operations._fechado import inhabiles
from workflow.operations.notificacion import SIN_CONTACTO, ultima
from workflow.queries.resumen import Renglon
from workflow.queries.tarea import Vista
from workflow.rules.notificacion import dia_de_cita

N = EstadoNotificacion
PROCESO = "notificacion"
# In which states its notificacion is while each task is open.
ESTADOS = {
    "practicar_diligencia": (N.EN_PRACTICA,),
    "dejar_citatorio": (N.EN_PRACTICA,),
    "acudir_citatorio": (N.CITATORIO,),
    "agotar_busqueda": (N.EN_BUSQUEDA,),
    "acordar_estrados": (N.EN_PRACTICA, N.CITATORIO, N.EN_BUSQUEDA),
    "publicar_edictos": (N.EN_PRACTICA,),
}
CAUSAS = {N.CITATORIO: "cita_sin_nadie", N.EN_BUSQUEDA: "no_localizable"}
_FORMAS = {
    TipoDiligencia.VISITA: ("practicar_diligencia", "diligencia"),
    TipoDiligencia.CITA: ("acudir_citatorio", "cita"),
    TipoDiligencia.BUSQUEDA: ("agotar_busqueda", "busqueda"),
}
# An hour to begin with, which the notificador changes.
HORA = dt.time(10)


def de_tarea(ctx: Ctx, vista: Vista) -> list[Notificacion]:
    """The notificaciones of the noun that may be behind a task: one, unless several are served at once."""
    if vista.fila.proceso != PROCESO:
        return []
    return list(
        ctx.session.scalars(
            select(Notificacion)
            .where(
                Notificacion.sujeto_tipo == vista.fila.sujeto_tipo,
                Notificacion.sujeto_id == vista.fila.sujeto_id,
                Notificacion.estado.in_(ESTADOS[vista.fila.nodo]),
            )
            .order_by(Notificacion.id)
        )
    )


def renglones(ctx: Ctx, vista: Vista) -> tuple[Renglon, ...]:
    """What stands beside the task; empty for a task of another process."""
    return tuple(r for fila in de_tarea(ctx, vista) for r in _de(fila) if r.valor)


def _de(fila: Notificacion) -> list[Renglon]:
    citatorio = ultima(fila, TipoDiligencia.CITATORIO)
    return [
        Renglon("Notificación", fila.folio),
        Renglon("Documento", f"{fila.documento.titulo}, {fila.documento.folio or fila.documento_id}"),
        Renglon("A quién", f"{fila.destinatario} ({fila.calidad.etiqueta.lower()})"),
        Renglon("Domicilio", fila.domicilio),
        Renglon("Cita", _cita(citatorio.datos) if citatorio else None, "instante"),
        *(Renglon(una.tipo.etiqueta, _que_paso(una.tipo, una.resultado)) for una in fila.diligencias),
    ]


def _cita(datos: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(datos["cita"])


def _que_paso(tipo: TipoDiligencia, resultado: str) -> str:
    """What a diligencia came to, as its form says; the rest is said by its kind."""
    if tipo not in _FORMAS:
        return resultado.replace("_", " ").capitalize()
    forma, campo = _FORMAS[tipo]
    return formularios.cargar(PROCESO, forma).etiquetas().get(campo, {}).get(resultado, resultado)


def inicial(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """What its form begins with: the day for which a citatorio calls, why it would be published."""
    halladas = de_tarea(ctx, vista)
    if len(halladas) != 1:
        return {}
    (fila,) = halladas
    if vista.fila.nodo == "acordar_estrados":
        return {
            "causa": fila.causa_estrados if fila.causa_estrados == SIN_CONTACTO else CAUSAS.get(fila.estado)
        }
    visita = ultima(fila, TipoDiligencia.VISITA)
    if vista.fila.nodo == "dejar_citatorio" and visita is not None:
        dejado = horario.local(ctx, fila.subdelegacion_id, visita.fecha_hora).date()
        toca = dia_de_cita(dejado, inhabiles(ctx, fila.subdelegacion_id))
        return {"hora_cita": dt.datetime.combine(toca, HORA).isoformat(timespec="minutes")}
    return {}
