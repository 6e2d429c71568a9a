"""An act with its signed order, and a small shell that calls the visit as the act does.

The shell bears the name of the process of the act, so that its messages reach it; only tests publish it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.documento import Documento, OrigenDocumento
from models.orden import EstadoOrden, Orden
from models.pago import OrigenPago, Pago
from models.patron import Patron
from models.propuesta import TipoActo
from tests.factories import cascaron
from workflow.context import Ctx
from workflow.operations import expediente
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto

CASCARON = "acto_fiscalizacion"
PATRON = "C614077210"
_CASCARON = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                  id="definicion_cascaron_visita" targetNamespace="urn:prueba">
  <bpmn:process id="{CASCARON}" name="Cascarón de prueba" isExecutable="true">
    <bpmn:startEvent id="inicio"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:callActivity id="visitar" name="Visitar" calledElement="visita_domiciliaria">
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:callActivity>
    <bpmn:boundaryEvent id="doce_meses" name="Doce meses" attachedToRef="visitar" cancelActivity="true">
      <bpmn:outgoing>f7</bpmn:outgoing>
      <bpmn:timerEventDefinition id="doce_meses_plazo">
        <bpmn:timeDate xsi:type="bpmn:tFormalExpression">plazo("visita_max")</bpmn:timeDate>
      </bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:exclusiveGateway id="como" name="¿Cómo?">
      <bpmn:incoming>f2</bpmn:incoming>
      <bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing>
      <bpmn:outgoing>f5</bpmn:outgoing><bpmn:outgoing>f6</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:endEvent id="con_observaciones" name="Con observaciones"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="sin_observaciones" name="Sin observaciones"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="corregido" name="Corregido"><bpmn:incoming>f5</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="no_localizado" name="No localizado"><bpmn:incoming>f6</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="sin_efectos" name="Sin efectos"><bpmn:incoming>f7</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="inicio" targetRef="visitar"/>
    <bpmn:sequenceFlow id="f2" sourceRef="visitar" targetRef="como"/>
    <bpmn:sequenceFlow id="f7" sourceRef="doce_meses" targetRef="sin_efectos"/>
    {{flujos}}
  </bpmn:process>
</bpmn:definitions>
"""
_CONDICION = "resultado_desahogo == '{fin}'"
_FLUJO = f"""<bpmn:sequenceFlow id="{{id}}" sourceRef="como" targetRef="{{fin}}">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{_CONDICION}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>"""
_FINES = {
    "f3": "con_observaciones",
    "f4": "sin_observaciones",
    "f5": "corregido",
    "f6": "no_localizado",
}


def _con_salidas() -> str:
    """The shell of the visit, with one end for each way that it goes out."""
    flujos = "\n    ".join(_FLUJO.format(id=uno, fin=fin) for uno, fin in _FINES.items())
    return _CASCARON.replace("{flujos}", flujos)


def acto(
    ctx: Ctx,
    visitadores: list[int],
    *,
    desde: str = "2024-01-01",
    hasta: str = "2025-12-31",
    financiero: bool = False,
    tipo: TipoActo = TipoActo.VISITA,
    firmada_en: dt.datetime | None = None,
    expediente_id: int | None = None,
) -> Acto:
    """An act on the demo employer with its signed order, in a file of its own."""
    patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == PATRON)).one()
    expediente_id = expediente_id or expediente.abrir(ctx, patron.subdelegacion_id, patron.id).id
    periodos = [{"desde": desde, "hasta": hasta}]
    fila = Acto(
        folio=siguiente(ctx, "ACT"),
        tipo=tipo,
        estado=EstadoActo.ORDENADO,
        expediente_id=expediente_id,
        subdelegacion_id=patron.subdelegacion_id,
        patron_id=patron.id,
        periodos=periodos,
        alcance={},
        auditores=visitadores,
        financiero=financiero,
        programado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    ctx.session.add(
        Orden(
            folio=siguiente(ctx, "ORD"),
            acto_id=fila.id,
            version=1,
            estado=EstadoOrden.FIRMADA,
            objeto="Comprobar el cumplimiento de las obligaciones en materia de seguridad social.",
            periodos=periodos,
            contribuciones=["cop"],
            domicilios=[patron.domicilio],
            visitadores=visitadores,
            nombre_visitado=patron.nombre,
            elaborada_en=ctx.now,
            firmada_en=firmada_en or ctx.now,
        )
    )
    ctx.session.flush()
    return fila


def iniciada(ctx: Ctx, visitadores: list[int], **con: Any) -> Acto:
    """The act and the shell that visits."""
    cascaron.publicar(ctx, CASCARON, _con_salidas(), "visita_domiciliaria")
    fila = acto(ctx, visitadores, **con)
    ctx.engine.start(ctx, CASCARON, de_acto(fila), fila.folio, {"acto_id": fila.id})
    return fila


def pago(ctx: Ctx, de: Acto, referencia: str = "LC-1", importe: str = "15000.00") -> Pago:
    """A payment of the employer of the act."""
    fila = Pago(
        folio=siguiente(ctx, "PAG"),
        origen=next(iter(OrigenPago)),
        referencia=referencia,
        patron_id=de.patron_id,
        subdelegacion_id=de.subdelegacion_id,
        fecha=ctx.hoy,
        importe=Decimal(importe),
        excedente=Decimal(0),
        registrado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def fotografia(ctx: Ctx, de: Acto, mime: str = "image/jpeg") -> Documento:
    """A picture taken in the field, kept in the file of the act."""
    fila = Documento(
        folio=None,
        tipo="anexo",
        titulo="Fotografía",
        origen=OrigenDocumento.INTERNO,
        sujeto_tipo="acto",
        sujeto_id=de.id,
        expediente_id=de.expediente_id,
        nombre="fachada.jpg",
        mime=mime,
        sha256="cd" * 32,
        emitido_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila
