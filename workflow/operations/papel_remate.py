"""What the papers of a sale say, built from its rows (hechos §7; CFF 38, 175-191)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import case, select

from models.pae import Pae
from models.remate import Avaluo, EstadoPostura, OrigenAvaluo, Postura, Remate
from workflow import documents
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations.papel_cobro import bloque
from workflow.params.loader import plazo as termino
from workflow.params.remate import reglas

A_TODOS = "A quien se interese en comprar"
AUTOMATICA = "Generada por el sistema; la firma quien responde de la oficina que se indica."
SERVICIOS = "Jefatura de Servicios Generales (S1 7.1.3-17, 56)"


def en_vigor(ctx: Ctx, bien_id: int) -> Avaluo | None:
    """The valuation that stands today: that of the third expert before that of the office (CFF 175; RCFF 3)."""
    return ctx.session.scalars(
        select(Avaluo)
        .where(
            Avaluo.bien_id == bien_id,
            Avaluo.origen.in_((OrigenAvaluo.OFICINA, OrigenAvaluo.TERCERO)),
            Avaluo.vigente_hasta >= ctx.hoy,
        )
        .order_by(case((Avaluo.origen == OrigenAvaluo.TERCERO, 0), else_=1), Avaluo.id.desc())
    ).first()


def avaluo_de(ctx: Ctx, remate: Remate) -> Avaluo:
    """The valuation of the base; the last one where it has run out since. Raises DatoInvalido without any."""
    fila = en_vigor(ctx, remate.bien_id)
    if fila is None:
        fila = ctx.session.scalars(
            select(Avaluo)
            .where(Avaluo.bien_id == remate.bien_id, Avaluo.origen != OrigenAvaluo.DEUDOR)
            .order_by(Avaluo.id.desc())
        ).first()
    if fila is None:
        raise DatoInvalido("Este bien no tiene avalúo: encárgalo antes de seguir.")
    return fila


def avaluo(
    ctx: Ctx, remate: Remate, fila: Avaluo, form: Mapping[str, Any], fotos: Sequence[Mapping[str, Any]]
) -> documents.AvaluoBien:
    """The valuation with the right to object to it."""
    dias = termino("revocacion_pae", ctx.hoy).descripcion
    return documents.AvaluoBien(
        **_bloque(
            ctx,
            remate,
            "avaluo_bien",
            "Se embargaron bienes para cobrar créditos fiscales; antes de rematarlos se valúan.",
            "Fijar la base del remate y darla a conocer.",
            form["firma"],
        ),
        asunto=f"Avalúo del bien {remate.bien.numero}",
        bien=remate.bien.descripcion,
        tipo=remate.bien.tipo.etiqueta,
        quien=fila.origen.etiqueta,
        perito=fila.perito,
        metodo=fila.metodo or "Dictamen que se agrega al expediente.",
        valor=fila.valor,
        rendido=fila.rendido,
        vigente_hasta=fila.vigente_hasta,
        objecion=(
            f"Puedes objetar este avalúo con el recurso de revocación, en {dias} desde que se publique la "
            "convocatoria, y nombrar perito en el escrito (artículos 127 y 175 del CFF). Si no lo haces, o tu "
            "perito no rinde dictamen a tiempo, queda aceptado."
        ),
        huellas=tuple(str(foto["sha256"]) for foto in fotos if foto.get("sha256")),
    )


def convocatoria(ctx: Ctx, remate: Remate, form: Mapping[str, Any]) -> documents.ConvocatoriaRemate:
    """What is published on the page of the Institute."""
    assert remate.base is not None
    assert remate.postura_legal is not None
    assert remate.abre_en is not None
    assert remate.cierra_en is not None
    por_ciento = f"{reglas(ctx.hoy).deposito.normalize():f}"
    return documents.ConvocatoriaRemate(
        **_bloque(
            ctx,
            remate,
            "convocatoria_remate",
            "Se notificó el avalúo del bien embargado y procede su venta en subasta pública.",
            "Convocar a remate.",
            form["firma"],
            documents.Destinatario(nombre=A_TODOS, medio="Página electrónica del Instituto"),
        ),
        asunto=f"Remate {remate.folio}",
        remate=remate.folio,
        bienes=(f"{remate.bien.tipo.etiqueta}: {remate.bien.descripcion}",),
        base=remate.base,
        postura_legal=remate.postura_legal,
        deposito=f"{por_ciento} % de lo que ofreces, por transferencia",
        requisitos=str(form["texto"]),
        abre=remate.abre_en,
        cierra=remate.cierra_en,
        pagina=f"{ctx.servicios.url_base}/remates/{remate.folio}",
        acreedores=tuple(str(uno["nombre"]) for uno in remate.acreedores),
        gravamenes="El certificado de los últimos diez años no muestra gravámenes.",
    )


def acta(
    ctx: Ctx, remate: Remate, gana: Postura, limite: dt.date, form: Mapping[str, Any]
) -> documents.ActaRemate:
    """The bids in their order and what the winner pays."""
    assert remate.base is not None
    assert remate.postura_legal is not None
    vistas = [una for una in remate.posturas if una.estado is not EstadoPostura.RECIBIDA]
    orden = sorted(vistas, key=lambda una: (-una.importe, una.recibida_en, una.id))
    return documents.ActaRemate(
        **_bloque(
            ctx,
            remate,
            "acta_remate",
            "Cerró la subasta y se calificaron las posturas.",
            "Fincar el remate.",
            form["firma"],
        ),
        asunto=f"Remate {remate.folio}",
        remate=remate.folio,
        bien=remate.bien.descripcion,
        base=remate.base,
        postura_legal=remate.postura_legal,
        posturas=tuple(
            documents.PosturaActa(
                folio=una.folio,
                importe=una.importe,
                resultado=una.estado.etiqueta + (f". {una.motivo}" if una.motivo else ""),
            )
            for una in orden
        ),
        postor=str(ctx.servicios.boveda.descifrar(gana.cifrado).get("nombre") or gana.folio),
        importe=gana.importe,
        deposito=gana.deposito,
        saldo=gana.importe - gana.deposito,
        limite=limite,
        relato=str(form["acta"]),
    )


def adjudicacion(ctx: Ctx, remate: Remate, valor: Decimal) -> documents.ActaAdjudicacion:
    """The title of the Institute."""
    return documents.ActaAdjudicacion(
        **_bloque(
            ctx,
            remate,
            "acta_adjudicacion",
            "La subasta quedó desierta.",
            "Adjudicar el bien al Instituto.",
            None,
        ),
        asunto=f"Remate {remate.folio}",
        remate=remate.folio,
        bien=remate.bien.descripcion,
        avaluo=avaluo_de(ctx, remate).valor,
        valor=valor,
        por_ciento=f"{reglas(ctx.hoy).adjudicacion.normalize():f} %",
        entrega=SERVICIOS,
    )


def entrega(
    ctx: Ctx, remate: Remate, recibe: str, fecha: dt.date, limite: dt.date | None, dada: Mapping[str, Any]
) -> documents.ActaEntregaBien:
    """The good in the hands of who bought it."""
    assert remate.producto is not None
    escritura = ""
    if limite is not None:
        escritura = (
            f"El deudor la otorga a más tardar el {limite:%d/%m/%Y}; si no, la autoridad en su rebeldía."
        )
    return documents.ActaEntregaBien(
        **_bloque(
            ctx,
            remate,
            "acta_entrega_bien",
            "Se pagó el precio del remate.",
            "Entregar el bien rematado.",
            dada,
            documents.Destinatario(nombre=recibe),
        ),
        asunto=f"Remate {remate.folio}",
        remate=remate.folio,
        bien=remate.bien.descripcion,
        recibe=recibe,
        fecha=fecha,
        importe=remate.producto,
        escritura=escritura,
    )


def _bloque(
    ctx: Ctx,
    remate: Remate,
    clave: str,
    motivo: str,
    objeto: str,
    dada: Mapping[str, Any] | None,
    destinatario: documents.Destinatario | None = None,
) -> dict[str, Any]:
    """The block of CFF 38 for the enforcement of the sale."""
    pae = ctx.session.get_one(Pae, remate.pae_id)
    return bloque(ctx, pae, clave, motivo, objeto, dada, destinatario, automatica=AUTOMATICA)
