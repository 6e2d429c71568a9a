"""A paper of the employer: filed in its case, and told to the process while it is waited for (procesos §1.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from models.acta import Acta
from models.acto import Acto
from models.bien import Bien, EstadoBien
from models.credito import Credito
from models.documento import Documento
from models.notificacion import Notificacion
from models.organizacion import Rol
from models.pae import Pae
from models.proceso import Espera, Instancia
from models.promocion_patron import PromocionPatron, ViaPromocion
from models.requerimiento import EstadoRequerimiento, Requerimiento
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import mensaje, plazo, requerimiento, terceria
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import Sujeto
from workflow.rules.calendario import fecha_larga

RESUMEN_MAXIMO = 4000
# A paper that asks nothing of the process: it joins the file.
OTRO = "otro"
# Who receives a paper in each kind of case.
RECIBEN = {
    "acto": frozenset({Rol.VENTANILLA, Rol.AUDITOR, Rol.JEFE_AUDITORIA}),
    "credito": frozenset({Rol.VENTANILLA, Rol.JEFE_COBRANZA, Rol.JURIDICO, Rol.JEFE_AUDITORIA}),
    "pae": frozenset({Rol.VENTANILLA, Rol.JEFE_COBRANZA, Rol.EJECUTOR}),
}
ABIERTO, SIN_RESPUESTA = EstadoRequerimiento.NOTIFICADO, EstadoRequerimiento.INCUMPLIDO


@dataclass(frozen=True)
class Tipo:
    """A kind of paper. `a`: whose id its message goes to (sujeto, requerimiento, bien). `responde`: it answers a
    request, and only while that one is open. `lanza`: the message that it becomes, `clave` itself where empty;
    `dice`: what the message says besides the paper; `reclama`: and which attached good, where the paper names it."""

    clave: str
    nombre: str
    sujeto: str
    a: str = "sujeto"
    responde: bool = False
    lanza: str = ""
    dice: tuple[tuple[str, bool], ...] = ()
    reclama: bool = False

    @property
    def mensaje(self) -> str:
        """The message that it becomes."""
        return self.lanza or self.clave


def _cierre(clave: str, nombre: str, *, suscrito: bool) -> Tipo:
    """How the PRODECON closes the procedure that it opened (CFF 69-F, 69-G)."""
    return Tipo(
        clave,
        nombre,
        "acto",
        responde=True,
        lanza="acuerdo_conclusivo_cerrado",
        dice=(("suscrito", suscrito),),
    )


TIPOS = {
    t.clave: t
    for t in (
        Tipo("documentos_presentados", "Documentos que se le requirieron", "acto", "requerimiento", True),
        Tipo("prorroga_solicitada", "Prórroga para entregar documentos", "acto", "requerimiento", True),
        Tipo("pruebas_aportadas", "Pruebas contra los hechos de las actas", "acto"),
        Tipo("ampliacion_solicitada", "Ampliación del plazo para desvirtuar", "acto"),
        Tipo("correccion_ofrecida", "Ofrece corregirse", "acto"),
        Tipo("invitacion_aceptada", "Acepta la invitación a corregirse", "acto"),
        Tipo("correccion_presentada", "Corrección de su situación", "acto"),
        Tipo("correccion_aclarada", "Aclaración de su corrección", "acto", responde=True),
        Tipo("competencia_modificada", "Cambio de su domicilio fiscal", "acto"),
        Tipo(
            "acuerdo_conclusivo_solicitado", "Solicitud de acuerdo conclusivo (oficio de la PRODECON)", "acto"
        ),
        _cierre("acuerdo_conclusivo_suscrito", "Acuerdo conclusivo suscrito (PRODECON)", suscrito=True),
        _cierre(
            "acuerdo_conclusivo_sin_suscribir", "Cierre sin acuerdo conclusivo (PRODECON)", suscrito=False
        ),
        Tipo("promocion_aclaracion", "Aclaración del crédito", "credito"),
        Tipo("promocion_multa", "Condonación o reducción de la multa", "credito"),
        Tipo("terceria_presentada", "Tercería sobre un bien embargado", "pae", reclama=True),
        Tipo("bienes_pagados", "Pago de los bienes embargados", "pae"),
        Tipo("incidente_depositaria", "Incidente de la depositaría", "pae"),
        Tipo(
            "informe_banco_recibido", "Informe del banco sobre una cuenta inmovilizada", "pae", responde=True
        ),
        Tipo("avaluo_objetado", "Objeción del avalúo", "pae", "bien", True),
    )
}


def capturar(
    ctx: Ctx,
    sujeto: Sujeto,
    tipo: str,
    via: ViaPromocion | str,
    presentada: dt.date,
    resumen: str,
    documento_id: int | None = None,
    *,
    de: int | None = None,
) -> PromocionPatron:
    """File a paper of the employer; it becomes the message `tipo` only while what it answers is open.

    `tipo`: a key of TIPOS for that noun, or OTRO. `presentada`: legal day of its filing, between the day of
    what it answers and today. `de`: the requerimiento or the good that it is about, where there are several.
    A late answer to a requerimiento ends the suspension that its silence began (CFF 46-A, IV). Raises
    DatoInvalido by field.
    """
    forma = TIPOS.get(tipo)
    if tipo != OTRO and (forma is None or forma.sujeto != sujeto.tipo):
        raise DatoInvalido("Elige qué presenta el patrón.", {"tipo": "Elige una opción de la lista."})
    texto = resumen.strip()
    _revisar(ctx, sujeto, tipo, presentada, texto, documento_id)
    pedido = _requerimiento(ctx, sujeto, de) if forma is not None and forma.a == "requerimiento" else None
    _desde(ctx, sujeto, presentada, pedido)
    fila = PromocionPatron(
        folio=siguiente(ctx, "PRM"),
        tipo=tipo,
        via=_via(via),
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        expediente_id=sujeto.expediente_id,
        presentada=presentada,
        resumen=texto,
        documento_id=documento_id,
        capturada_por=ctx.actor.usuario_id,
        capturada_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    destino = _destino(ctx, sujeto, forma, presentada, pedido, de) if forma is not None else None
    if forma is not None and destino is not None:
        datos = {"promocion_id": fila.id, **dict(forma.dice), **_reclamado(ctx, sujeto, forma, de)}
        mensaje.enviar(ctx, forma.mensaje, destino, datos)
    elif pedido is not None and tipo == "documentos_presentados":
        requerimiento.responder(ctx, pedido, presentada)
    verbo = "capturar_promocion" if destino is not None else "integrar_promocion"
    anotar(ctx, verbo, sujeto, promocion_id=fila.id, documento_id=documento_id)
    return fila


def _como(ctx: Ctx, forma: Tipo) -> str:
    """Under which name the message carries the paper: an oficio of another authority, or a promoción."""
    return "promocion_id" if "promocion_id" in mensaje.catalogo(ctx).get(forma.mensaje).data else "oficio_id"


def abierto(ctx: Ctx, sujeto: Sujeto, pedido: Requerimiento, al: dt.date) -> bool:
    """The request was served, waits for its answer, and its term had not ended on that day."""
    if pedido.estado is not ABIERTO:
        return False
    corre = plazo.abiertos(ctx, sujeto).get(pedido.plazo)
    return corre is None or al <= corre.vence


def escucha(ctx: Ctx, sujeto: Sujeto, nombre: str) -> bool:
    """The process of the noun waits for that message now."""
    consulta = (
        select(Espera.id)
        .join(Instancia, Instancia.id == Espera.instancia_id)
        .where(
            Instancia.sujeto_tipo == sujeto.tipo,
            Instancia.sujeto_id == sujeto.id,
            Espera.mensaje == nombre,
        )
    )
    return ctx.session.scalar(consulta.limit(1)) is not None


def pedidos(ctx: Ctx, sujeto: Sujeto) -> list[Requerimiento]:
    """The requests of an act that a paper may still answer: open, or without answer, the first first."""
    if sujeto.tipo != "acto":
        return []
    consulta = select(Requerimiento).where(
        Requerimiento.acto_id == sujeto.id,
        Requerimiento.estado.in_((ABIERTO, SIN_RESPUESTA)),
        Requerimiento.contestado_en.is_(None),
    )
    return list(ctx.session.scalars(consulta.order_by(Requerimiento.numero)))


def objetables(ctx: Ctx, sujeto: Sujeto) -> list[Bien]:
    """The goods of an enforcement whose valuation may be objected now."""
    if sujeto.tipo != "pae":
        return []
    consulta = select(Bien).where(Bien.pae_id == sujeto.id, Bien.estado == EstadoBien.VALUADO)
    return list(ctx.session.scalars(consulta.order_by(Bien.numero)))


def reclamables(ctx: Ctx, sujeto: Sujeto) -> list[Bien]:
    """The goods of an enforcement that a third person may say are hers."""
    return terceria.reclamables(ctx, ctx.session.get_one(Pae, sujeto.id)) if sujeto.tipo == "pae" else []


# -- what is refused ---------------------------------------------------------------------------------------
def _revisar(
    ctx: Ctx, sujeto: Sujeto, tipo: str, presentada: dt.date, texto: str, documento_id: int | None
) -> None:
    campos = {}
    if not texto:
        campos["resumen"] = "Escribe de qué trata."
    elif len(texto) > RESUMEN_MAXIMO:
        campos["resumen"] = f"Escribe hasta {RESUMEN_MAXIMO} letras."
    if presentada > ctx.hoy:
        campos["presentada"] = "El día en que se presentó no puede estar en el futuro."
    if documento_id is not None:
        documento = ctx.session.get(Documento, documento_id)
        if documento is None or documento.expediente_id != sujeto.expediente_id:
            campos["documento"] = "Elige un documento de este expediente."
    if campos:
        raise DatoInvalido("Revisa lo que capturaste de la promoción.", campos)
    ya = ctx.session.scalar(
        select(PromocionPatron.folio).where(
            PromocionPatron.sujeto_tipo == sujeto.tipo,
            PromocionPatron.sujeto_id == sujeto.id,
            PromocionPatron.tipo == tipo,
            PromocionPatron.presentada == presentada,
            PromocionPatron.resumen == texto,
        )
    )
    if ya is not None:
        raise DatoInvalido(
            f"Esta promoción ya está capturada con el folio {ya}.",
            {"resumen": "Si es otra, di en qué se distingue."},
        )


def _via(via: ViaPromocion | str) -> ViaPromocion:
    try:
        return ViaPromocion(via)
    except ValueError:
        raise DatoInvalido("Elige cómo llegó.", {"via": "Elige cómo llegó la promoción."}) from None


def _requerimiento(ctx: Ctx, sujeto: Sujeto, de: int | None) -> Requerimiento | None:
    """The request that the paper answers: the one said, the only open one, the only one without answer."""
    posibles = pedidos(ctx, sujeto)
    if de is not None:
        dicho = next((uno for uno in posibles if uno.id == de), None)
        if dicho is None:
            raise DatoInvalido(
                "Ese requerimiento ya no espera respuesta.", {"de": "Elige un requerimiento de la lista."}
            )
        return dicho
    for estado in (ABIERTO, SIN_RESPUESTA):
        suyos = [uno for uno in posibles if uno.estado is estado]
        if len(suyos) > 1:
            raise DatoInvalido(
                "Hay varios requerimientos sin respuesta.", {"de": "Elige cuál contesta la promoción."}
            )
        if suyos:
            return suyos[0]
    return None


def _desde(ctx: Ctx, sujeto: Sujeto, presentada: dt.date, pedido: Requerimiento | None) -> None:
    primero, de_que = _origen(ctx, sujeto, pedido)
    if presentada < primero:
        raise DatoInvalido(
            f"La promoción no puede ser anterior {de_que}, del {fecha_larga(primero)}.",
            {"presentada": f"Pon el {fecha_larga(primero)} o un día posterior."},
        )


def _origen(ctx: Ctx, sujeto: Sujeto, pedido: Requerimiento | None) -> tuple[dt.date, str]:
    """The day of what the paper is about: nobody answers what was not yet said."""
    if pedido is not None:
        servido = ctx.session.scalar(
            select(func.min(Notificacion.fecha)).where(Notificacion.documento_id == pedido.documento_id)
        )
        return servido or _dia(ctx, pedido.elaborado_en), "al requerimiento"
    if sujeto.tipo == "acto":
        acto = ctx.session.get_one(Acto, sujeto.id)
        acta = ctx.session.scalar(select(func.min(Acta.fecha_hora)).where(Acta.acto_id == acto.id))
        dias = [acto.notificado, _dia(ctx, acta) if acta else None, _dia(ctx, acto.programado_en)]
        return min(d for d in dias if d is not None), "al acto"
    if sujeto.tipo == "credito":
        credito = ctx.session.get_one(Credito, sujeto.id)
        return credito.notificado or _dia(ctx, credito.creado_en), "al crédito"
    return _dia(ctx, ctx.session.get_one(Pae, sujeto.id).abierto_en), "al procedimiento"


def _dia(ctx: Ctx, instante: dt.datetime) -> dt.date:
    return instante.astimezone(ctx.servicios.zona).date()


# -- where it goes -----------------------------------------------------------------------------------------
def _destino(
    ctx: Ctx,
    sujeto: Sujeto,
    forma: Tipo,
    presentada: dt.date,
    pedido: Requerimiento | None,
    de: int | None,
) -> int | None:
    """The id that the message correlates with; None when the paper is only filed."""
    if forma.a == "requerimiento":
        return pedido.id if pedido is not None and abierto(ctx, sujeto, pedido, presentada) else None
    if forma.a == "bien":
        bienes = objetables(ctx, sujeto)
        elegido = _dicho(bienes, de)
        if elegido is None and len(bienes) > 1:
            raise DatoInvalido(
                "Hay varios bienes con avalúo.", {"de": "Elige el bien cuyo avalúo se objeta."}
            )
        elegido = elegido or next(iter(bienes), None)
        return elegido.id if elegido is not None and escucha(ctx, sujeto, forma.mensaje) else None
    return sujeto.id if not forma.responde or escucha(ctx, sujeto, forma.mensaje) else None


def _dicho(bienes: list[Bien], de: int | None) -> Bien | None:
    """The good that the paper names; None where it names none."""
    elegido = next((b for b in bienes if b.id == de), None)
    if de is not None and bienes and elegido is None:
        raise DatoInvalido(
            "La promoción no puede tratar de ese bien.", {"de": "Elige otro bien de la lista."}
        )
    return elegido


def _reclamado(ctx: Ctx, sujeto: Sujeto, forma: Tipo, de: int | None) -> dict[str, int]:
    """Which good the paper claims, for the message; nothing where it names none: then all of them wait."""
    bien = _dicho(reclamables(ctx, sujeto), de) if forma.reclama else None
    return {"bien_reclamado_id": bien.id} if bien is not None else {}
