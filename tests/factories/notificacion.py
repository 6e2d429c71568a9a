"""A document to be served, and a small shell that calls `notificacion` as any process would.

The shell takes the name of a process that receives `buzon_abierto` and is not drawn yet; only tests publish it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.documento import Documento, OrigenDocumento
from models.notificacion import Notificacion
from models.patron import Patron
from models.propuesta import TipoActo
from tests.factories import cascaron
from workflow.context import Ctx
from workflow.operations import expediente, notificacion
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto

CASCARON = "inscripcion_improcedente"
PATRON = "C614077210"
_CASCARON = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                  id="definicion_cascaron" targetNamespace="urn:prueba">
  <bpmn:process id="{CASCARON}" name="Cascarón de prueba" isExecutable="true">
    <bpmn:startEvent id="inicio"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:callActivity id="notificar" name="Notificar" calledElement="notificacion">
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:callActivity>
    <bpmn:exclusiveGateway id="como" name="¿Cómo?">
      <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:endEvent id="acto_notificado" name="Notificado"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="acto_sin_notificar" name="Sin notificar"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="inicio" targetRef="notificar"/>
    <bpmn:sequenceFlow id="f2" sourceRef="notificar" targetRef="como"/>
    <bpmn:sequenceFlow id="f3" sourceRef="como" targetRef="acto_notificado">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">
        resultado_notificacion == 'notificada'
      </bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="como" targetRef="acto_sin_notificar">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">
        resultado_notificacion == 'no_localizado'
      </bpmn:conditionExpression>
    </bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>
"""


def acto(ctx: Ctx) -> Acto:
    """An act on the demo employer, in a file of its own."""
    patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == PATRON)).one()
    caso = expediente.abrir(ctx, patron.subdelegacion_id, patron.id)
    fila = Acto(
        folio=siguiente(ctx, "ACT"),
        tipo=TipoActo.VISITA,
        estado=EstadoActo.ORDENADO,
        expediente_id=caso.id,
        subdelegacion_id=patron.subdelegacion_id,
        patron_id=patron.id,
        periodos=[{"desde": "2024-01-01", "hasta": "2024-12-31"}],
        alcance={},
        auditores=[],
        programado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def documento(ctx: Ctx, de: Acto, tipo: str = "cedula", mime: str = "application/pdf") -> Documento:
    """A document of the act, as if it had been issued."""
    fila = Documento(
        folio=siguiente(ctx, "DOC"),
        tipo=tipo,
        titulo="Cédula de liquidación" if tipo == "cedula" else "Orden de visita",
        origen=OrigenDocumento.EMITIDO,
        sujeto_tipo="acto",
        sujeto_id=de.id,
        expediente_id=de.expediente_id,
        nombre=f"{tipo}.pdf",
        mime=mime,
        sha256="ab" * 32,
        emitido_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def ordenada(ctx: Ctx, de: Acto, tipo: str = "cedula", **con: Any) -> Notificacion:
    """A notificacion of a new document of the act, and the shell that waits for it."""
    cascaron.publicar(ctx, CASCARON, _CASCARON, "notificacion")
    fila = notificacion.ordenar(ctx, de_acto(de), documento(ctx, de, tipo), **con)
    ctx.engine.start(ctx, CASCARON, de_acto(de), de.folio, {"notificacion_id": fila.id})
    return fila
