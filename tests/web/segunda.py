"""An act, its credits and its enforcement put in place as rows, for the pages that show them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acta import Acta, HechoObservado, TipoActa
from models.acto import Acto, EstadoActo
from models.bien import Bien, TipoBien
from models.credito import ClaseCredito, Credito
from models.orden import EstadoOrden, Orden
from models.organizacion import Usuario
from models.pae import CreditoEnPae, Depositaria, DiligenciaPae, EstadoPae, Pae, TipoDiligenciaPae
from models.proceso import DefinicionProceso, Instancia, Tarea
from models.remate import Avaluo, OrigenAvaluo
from models.requerimiento import Requerimiento
from tests.factories import credito as fabrica_credito
from tests.factories import notificacion as fabrica
from tests.web.personal import Oficina
from workflow.actions.demo.organizacion import correo
from workflow.context import Ctx
from workflow.operations import credito, credito_calculo, plazo
from workflow.operations.folio import siguiente
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


def expediente_completo(oficina: Oficina) -> tuple[str, str, str]:
    """An act with its papers, its credit computed and an enforcement with goods: folios (ACT, CRE, PAE)."""
    with oficina.ctx() as ctx:
        ctx.session.info["en_accion"] = True
        suyo = fabrica_credito.acto(ctx)
        suyo.notificado = dt.date(2026, 3, 2)
        fabrica_credito.trabajadores(ctx, suyo)
        _papeles(ctx, suyo)
        deuda = credito.abrir(ctx, suyo, ClaseCredito.COP, fabrica_credito.DESDE, fabrica_credito.HASTA)
        credito_calculo.calcular(ctx, deuda)
        cobro = _cobro(ctx, suyo, deuda)
        ctx.session.commit()
        ctx.session.info["en_accion"] = False
        return suyo.folio, deuda.folio, cobro.folio


def _papeles(ctx: Ctx, suyo: Acto) -> None:
    auditora, cuando = usuario_id(ctx, "daniela.solis"), dt.datetime(2026, 3, 2, 16, tzinfo=dt.UTC)
    comun = {"acto_id": suyo.id}
    ctx.session.add_all(
        [
            Orden(
                **comun,
                folio="ORD-1",
                version=1,
                estado=EstadoOrden.FIRMADA,
                objeto="Revisar",
                periodos=[],
                contribuciones=[],
                domicilios=[],
                visitadores=[auditora],
                nombre_visitado="Calzado Punto Fino",
                elaborada_en=cuando,
            ),
            Acta(
                **comun,
                numero=1,
                tipo=TipoActa.INICIO,
                fecha_hora=cuando,
                lugar="Av. Obregón 12",
                hechos="Se inició.",
                datos={},
                auditor_id=auditora,
                registrada_en=cuando,
            ),
            HechoObservado(
                **comun,
                numero=1,
                hecho="Pagó salarios mayores que los registrados",
                norma="LSS 15",
                periodo_desde=dt.date(2025, 11, 1),
                periodo_hasta=dt.date(2025, 12, 31),
                trabajadores=3,
            ),
            Requerimiento(
                **comun,
                folio="REQ-1",
                numero=1,
                documentos=["Nóminas de noviembre y diciembre"],
                plazo="doc_15",
                lugar="Oficina",
                elaborado_en=cuando,
            ),
        ]
    )
    fabrica.ordenada(ctx, suyo)


def _cobro(ctx: Ctx, suyo: Acto, deuda: Credito) -> Pae:
    cuando = dt.datetime(2026, 9, 1, 16, tzinfo=dt.UTC)
    fila = Pae(
        folio=siguiente(ctx, "PAE"),
        estado=EstadoPae.EMBARGADO,
        expediente_id=suyo.expediente_id,
        subdelegacion_id=suyo.subdelegacion_id,
        patron_id=suyo.patron_id,
        ejecutores=[usuario_id(ctx, "ernesto.lira")],
        abierto_en=cuando,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    deuda.pae_id = fila.id
    diligencia = DiligenciaPae(
        pae_id=fila.id,
        numero=1,
        tipo=TipoDiligenciaPae.REQUERIMIENTO_EMBARGO,
        inicio=cuando,
        resultado="no_pago",
        atiende="La gerente",
        gastos=Decimal("570.00"),
        datos={},
        usuario_id=usuario_id(ctx, "ernesto.lira"),
        registrada_en=cuando,
    )
    depositaria = Depositaria(
        pae_id=fila.id, cargo="depositario", persona="Delia Ponce", nombrado_en=cuando, acepto=True
    )
    ctx.session.add_all(
        [CreditoEnPae(pae_id=fila.id, credito_id=deuda.id, acumulado_en=cuando), diligencia, depositaria]
    )
    ctx.session.flush()
    bien = Bien(
        pae_id=fila.id,
        numero=1,
        tipo=TipoBien.VEHICULO,
        diligencia_id=diligencia.id,
        descripcion="Camioneta de reparto 2022",
        condicion="Buen estado",
        valor_estimado=Decimal("180000.00"),
        designa="deudor",
        fotos=[{"documento_id": 1, "sha256": "ab" * 32}],
        depositaria_id=depositaria.id,
        embargado_en=cuando,
    )
    ctx.session.add(bien)
    ctx.session.flush()
    ctx.session.add(
        Avaluo(
            bien_id=bien.id,
            origen=OrigenAvaluo.OFICINA,
            valor=Decimal("175000.00"),
            rendido=dt.date(2026, 9, 20),
            vigente_hasta=dt.date(2027, 9, 20),
            registrado_en=cuando,
        )
    )
    return fila
