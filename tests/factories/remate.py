"""Attached goods of an enforcement, and a small shell that calls `remate` as `pae_ejecucion` does.

The shell takes the name of the process that receives its messages; only tests publish it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.bien import Bien, EstadoBien, TipoBien
from models.credito import EstadoCredito
from models.organizacion import Rol, Usuario, UsuarioRol
from models.pae import CreditoEnPae, DiligenciaPae, EstadoPae, Pae, TipoDiligenciaPae
from models.remate import Avaluo, OrigenAvaluo
from tests.factories import cascaron
from tests.factories import cuenta as fabrica
from workflow.actions.demo import organizacion
from workflow.context import Ctx
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_pae

CASCARON = "pae"
_FLUJO = '<bpmn:sequenceFlow id="{}" sourceRef="{}" targetRef="{}"/>'
_FIN = """<bpmn:sequenceFlow id="f_{0}" sourceRef="como" targetRef="fin_{0}">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">resultado_remate == '{0}'</bpmn:conditionExpression>
    </bpmn:sequenceFlow>"""
_LLEGADA = '<bpmn:endEvent id="fin_{0}" name="{0}"><bpmn:incoming>f_{0}</bpmn:incoming></bpmn:endEvent>'
_FINES = ("vendido", "adjudicado", "retirado")
_CASCARON = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                  id="definicion_cascaron_remate" targetNamespace="urn:prueba">
  <bpmn:message id="msg_situacion_cambiada" name="situacion_cambiada"/>
  <bpmn:message id="msg_incidente_depositaria" name="incidente_depositaria"/>
  <bpmn:process id="{CASCARON}" name="Cascarón de prueba" isExecutable="true">
    <bpmn:startEvent id="inicio"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:callActivity id="rematar" name="Rematar lote" calledElement="remate">
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:callActivity>
    <bpmn:exclusiveGateway id="como" name="¿Cómo?">
      <bpmn:incoming>f2</bpmn:incoming>
      {"".join(f"<bpmn:outgoing>f_{fin}</bpmn:outgoing>" for fin in _FINES)}
    </bpmn:exclusiveGateway>
    {"".join(_LLEGADA.format(fin) for fin in _FINES)}
    {_FLUJO.format("f1", "inicio", "rematar")}
    {_FLUJO.format("f2", "rematar", "como")}
    {"".join(_FIN.format(fin) for fin in _FINES)}
    <bpmn:subProcess id="escucha_cambio" name="Cambio" triggeredByEvent="true">
      <bpmn:startEvent id="cambio" name="Cambio" isInterrupting="false">
        <bpmn:outgoing>g1</bpmn:outgoing>
        <bpmn:messageEventDefinition id="cambio_mensaje" messageRef="msg_incidente_depositaria"/>
      </bpmn:startEvent>
      <bpmn:intermediateThrowEvent id="avisar_cambio" name="Situación cambiada">
        <bpmn:incoming>g1</bpmn:incoming><bpmn:outgoing>g2</bpmn:outgoing>
        <bpmn:messageEventDefinition id="avisar_mensaje" messageRef="msg_situacion_cambiada"/>
      </bpmn:intermediateThrowEvent>
      <bpmn:endEvent id="cambio_avisado" name="Avisado"><bpmn:incoming>g2</bpmn:incoming></bpmn:endEvent>
      {_FLUJO.format("g1", "cambio", "avisar_cambio")}
      {_FLUJO.format("g2", "avisar_cambio", "cambio_avisado")}
    </bpmn:subProcess>
  </bpmn:process>
</bpmn:definitions>
"""


def pae(ctx: Ctx, adeudo: str = "150000", creditos: int = 1) -> Pae:
    """An enforcement of the demo employer, its goods attached, that collects that many credits."""
    patron = fabrica.patron(ctx)
    acto = fabrica.acto(ctx, patron)
    fila = Pae(
        folio=siguiente(ctx, "PAE"),
        estado=EstadoPae.EN_REMATE,
        expediente_id=acto.expediente_id,
        subdelegacion_id=acto.subdelegacion_id,
        patron_id=patron.id,
        ejecutores=[],
        abierto_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    for _ in range(creditos):
        credito = fabrica.credito(ctx, acto, estado=EstadoCredito.EN_PAE, notificado=dt.date(2026, 1, 15))
        credito.pae_id = fila.id
        fabrica.cuotas(ctx, credito, dt.date(2025, 2, 17), adeudo)
        ctx.session.add(CreditoEnPae(pae_id=fila.id, credito_id=credito.id, acumulado_en=ctx.now))
    ctx.session.flush()
    return fila


def bien(
    ctx: Ctx, de: Pae, tipo: str = "mueble", estado: str = "en_deposito", numero: int = 1, **con: Any
) -> Bien:
    """A good of it, in the hands of its depositary."""
    diligencia = DiligenciaPae(
        pae_id=de.id,
        numero=numero,
        tipo=TipoDiligenciaPae.EMBARGO,
        inicio=ctx.now,
        resultado="bienes",
        datos={},
        registrada_en=ctx.now,
    )
    ctx.session.add(diligencia)
    ctx.session.flush()
    fila = Bien(
        pae_id=de.id,
        numero=numero,
        estado=EstadoBien(estado),
        tipo=TipoBien(tipo),
        diligencia_id=diligencia.id,
        descripcion="Torno industrial marca Romi, modelo C420, serie 88121",
        valor_estimado=Decimal(250000),
        designa="deudor",
        fotos=[],
        embargado_en=ctx.now,
    )
    for campo, valor in con.items():
        setattr(fila, campo, valor)
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def avaluo(ctx: Ctx, de: Bien, valor: str, rendido: dt.date, hasta: dt.date) -> Avaluo:
    """A valuation of the office, given before."""
    fila = Avaluo(
        bien_id=de.id,
        origen=OrigenAvaluo.OFICINA,
        perito="Tomás Águila",
        metodo="Comparación de mercado",
        valor=Decimal(valor),
        rendido=rendido,
        vigente_hasta=hasta,
        registrado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def empezar(ctx: Ctx, de: Pae, lote: Bien) -> None:
    """The shell, at the door of the sale of `lote`."""
    cascaron.publicar(ctx, CASCARON, _CASCARON, "remate")
    ctx.engine.start(ctx, CASCARON, de_pae(de), de.folio, {"pae_id": de.id, "bien_id": lote.id})


def correo(quien: str) -> str:
    """The mail of a person of the demo."""
    return organizacion.correo(quien)


def nombre(ctx: Ctx, quien: str) -> str:
    """The name of a person of the demo."""
    return ctx.session.scalars(select(Usuario).where(Usuario.correo == correo(quien))).one().nombre


def valuadora(ctx: Ctx, quien: str = "irma.salas") -> Usuario:
    """A second valuer of the unit: the third expert may not be the first one."""
    fila = ctx.session.scalars(select(Usuario).where(Usuario.correo == correo(quien))).one_or_none()
    if fila is None:
        fila = Usuario(
            correo=correo(quien),
            nombre="Irma Salas Neri",
            cargo="Perita valuadora",
            clave_hash="",
            subdelegacion_id=fabrica.unidad(ctx).id,
        )
        fila.roles.append(UsuarioRol(rol=Rol.VALUADOR))
        ctx.session.add(fila)
        ctx.session.flush()
    return fila
