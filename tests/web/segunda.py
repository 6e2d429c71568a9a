"""An act, its credits and its enforcement put in place as rows, for the pages that show them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.organizacion import Usuario
from models.proceso import DefinicionProceso, Instancia, Tarea
from tests.factories import notificacion as fabrica
from tests.web.personal import Oficina
from workflow.actions.demo.organizacion import correo
from workflow.context import Ctx
from workflow.operations import plazo
from workflow.operations.sujeto import de_acto


def usuario_id(ctx: Ctx, quien: str) -> int:
    return ctx.session.scalars(select(Usuario.id).where(Usuario.correo == correo(quien))).one()


def acto(oficina: Oficina, estado: EstadoActo = EstadoActo.EN_DESAHOGO, **campos: Any) -> tuple[int, str]:
    """An act of León whose auditor is Daniela, notified on 2 March 2026: (id, folio)."""
    with oficina.ctx() as ctx:
        fila = fabrica.acto(ctx)
        fila.estado = estado
        fila.programado_en = dt.datetime(2026, 2, 2, 16, tzinfo=dt.UTC)
        fila.notificado = dt.date(2026, 3, 2)
        fila.auditores = [usuario_id(ctx, "daniela.solis")]
        for nombre, valor in campos.items():
            setattr(fila, nombre, valor)
        plazo.abrir(ctx, de_acto(fila), "visita_max", desde=dt.date(2026, 3, 2))
        ctx.session.commit()
        return fila.id, fila.folio


def leer_acto(oficina: Oficina, acto_id: int) -> Acto:
    with oficina.ctx() as ctx:
        return ctx.session.get_one(Acto, acto_id)


def preparar(oficina: Oficina, acto_id: int) -> None:
    """The determination of the act is being prepared: its task is open."""
    with oficina.ctx() as ctx:
        fila = ctx.session.get_one(Acto, acto_id)
        comun: dict[str, Any] = {
            "proceso": "acto_determinacion",
            "sujeto_tipo": "acto",
            "sujeto_id": acto_id,
            "folio": fila.folio,
            "expediente_id": fila.expediente_id,
            "subdelegacion_id": fila.subdelegacion_id,
        }
        definicion = ctx.session.scalars(select(DefinicionProceso)).first()
        instancia = Instancia(**comun, definicion=definicion, iniciada_en=ctx.now)
        ctx.session.add(instancia)
        ctx.session.flush()
        nodo = "preparar_determinacion"
        ctx.session.add(
            Tarea(
                **comun,
                instancia_id=instancia.id,
                nodo_motor="prueba",
                nodo=nodo,
                nombre="Preparar determinación",
                formulario=nodo,
                operacion=nodo,
                rol="auditor",
                vence_en=ctx.now,
                creada_en=ctx.now,
            )
        )
        ctx.session.commit()
