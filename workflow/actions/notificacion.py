"""What reaches a notificacion from outside of a task: the acuse of the Buzón (procesos §1.2, `buzon_abierto`)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.notificacion import EstadoNotificacion, Notificacion, TipoDiligencia
from models.organizacion import Rol
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import mensaje
from workflow.operations._guardas import g_territorio
from workflow.operations.bitacora import anotar
from workflow.operations.notificacion import asentar, sujeto_de, ultima

ACUSE_MAXIMO = 160


@action
def abrir_buzon(ctx: Ctx, notificacion_id: int, abierto_en: dt.datetime, acuse: str) -> int:
    """Record that the addressee opened the document in the Buzón; returns the id of that diligencia.

    By the adapter of the Buzón, or captured by a notificador of the unit. The same news again changes nothing.
    `abierto_en`: instant of the acuse, after the deposit and not in the future. Raises NoEncontrado,
    NoPermitido outside of the territory or where it waits for no opening, DatoInvalido.
    """
    # Locked: the adapter and a notificador may bring the same acuse at once.
    fila = ctx.session.scalars(
        select(Notificacion).where(Notificacion.id == notificacion_id).with_for_update()
    ).first()
    if fila is None or not (ctx.actor.tipo == "sistema" or ctx.actor.es(Rol.NOTIFICADOR)):
        raise NoEncontrado()
    g_territorio(ctx, fila.subdelegacion_id)
    dicha = ultima(fila, TipoDiligencia.APERTURA)
    if dicha is not None:
        return dicha.id
    deposito = ultima(fila, TipoDiligencia.DEPOSITO)
    if fila.estado is not EstadoNotificacion.EN_BUZON or deposito is None:
        raise NoPermitido(
            "Esta notificación no espera que se abra el Buzón: ya se practicó o va por otro medio."
        )
    # A form tells minutes.
    if not deposito.fecha_hora.replace(second=0, microsecond=0) <= abierto_en <= ctx.now:
        raise DatoInvalido(
            "La apertura debe ser posterior al depósito y no puede estar en el futuro.",
            {"abierto_en": "Escribe cuándo se abrió, como dice el acuse."},
        )
    if not acuse.strip():
        raise DatoInvalido("Escribe el número del acuse.", {"acuse": "Escribe el número del acuse."})
    datos = {"acuse": acuse.strip()[:ACUSE_MAXIMO]}
    diligencia = asentar(ctx, fila, TipoDiligencia.APERTURA, abierto_en, "abierto", datos)
    mensaje.enviar(ctx, "buzon_abierto", fila.id, {"acuse_id": diligencia.id})
    anotar(ctx, "abrir_buzon_patron", sujeto_de(fila), notificacion_id=fila.id)
    return diligencia.id
