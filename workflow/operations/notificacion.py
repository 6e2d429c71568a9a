"""The service of a document: ordered by whoever needs it, annulled by whoever may (procesos §11; CFF 134-140)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.documento import Documento
from models.expediente import Expediente
from models.notificacion import (
    CalidadDestinatario,
    DiligenciaNotificacion,
    EstadoNotificacion,
    MedioNotificacion,
    Notificacion,
    TipoDiligencia,
)
from models.organizacion import Rol, Subdelegacion
from models.pae import CreditoEnPae
from models.patron import Patron
from models.plazo import Plazo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import aviso, plazo
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import Sujeto, leer
from workflow.params import loader
from workflow.rules import notificacion as reglas

N = EstadoNotificacion
# What no longer stands: the document may be served again.
SIN_EFECTO = (N.NO_LOCALIZADO, N.ANULADA)
SIN_CONTACTO = "sin_contacto_buzon"
PRESCRIPCION = "prescripcion"
# In which state a notificacion waits for each term.
ESPERAN = {
    reglas.CITATORIO: N.CITATORIO,
    reglas.BUZON: N.EN_BUZON,
    reglas.ESTRADOS: N.EN_ESTRADOS,
    reglas.SURTE: N.PRACTICADA,
    **dict.fromkeys(reglas.VIAS.values(), N.EN_EDICTOS),
}


def ordenar(
    ctx: Ctx,
    sujeto: Sujeto,
    documento: Documento,
    *,
    calidad: str = "patron",
    destinatario: str | None = None,
    domicilio: str | None = None,
    codigo_postal: str | None = None,
    admite_no_localizado: bool = False,
    cierra_plazo: str = "",
    interrumpe_prescripcion: bool = False,
    medio: str | None = None,
    contacto_buzon: bool = True,
) -> Notificacion:
    """Order that `documento` be served; its id is what the call to `notificacion` takes.

    Without `destinatario` and `domicilio` those of the employer of the file. `medio`: a value of
    MedioNotificacion where the caller knows it (personal when not given). `contacto_buzon`: False where the
    Buzón has no valid contact of the addressee (LSS 286 M). `cierra_plazo`: the term of `sujeto` that the
    document had to meet. Raises DatoInvalido for a document that is being served, or was, to the same
    addressee, and where nobody is named.
    """
    patron = _patron(ctx, sujeto)
    nombre = _nombre(patron if calidad == CalidadDestinatario.PATRON else None, destinatario)
    _una_vez(ctx, documento, nombre)
    fila = Notificacion(
        folio=siguiente(ctx, "NOT"),
        medio=MedioNotificacion(medio) if medio else None,
        documento_id=documento.id,
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        expediente_id=sujeto.expediente_id,
        subdelegacion_id=sujeto.subdelegacion_id,
        calidad=CalidadDestinatario(calidad),
        destinatario=nombre[:250],
        domicilio=(domicilio if domicilio is not None else patron.domicilio if patron else "")[:300],
        codigo_postal=(codigo_postal or (patron.codigo_postal if patron and domicilio is None else ""))[:5],
        admite_no_localizado=admite_no_localizado,
        cierra_plazo=cierra_plazo,
        interrumpe_prescripcion=interrumpe_prescripcion,
        causa_estrados="" if contacto_buzon else SIN_CONTACTO,
        ordenada_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    anotar(ctx, "ordenar_notificacion", sujeto, notificacion_id=fila.id, documento_id=documento.id)
    return fila


def de_la_llamada(ctx: Ctx, call: Call) -> Notificacion:
    """The notificacion of the called diagram. Raises NoEncontrado where the caller named none."""
    clave = call.data.get("notificacion_id")
    fila = ctx.session.get(Notificacion, clave) if isinstance(clave, int) else None
    if fila is None:
        raise NoEncontrado("Falta la notificación que se va a practicar: ordénala antes de llamarla.")
    return fila


def sujeto_de(fila: Notificacion) -> Sujeto:
    """The noun whose process asked for it: its ledger is that of the service."""
    return Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)


def _patron(ctx: Ctx, sujeto: Sujeto) -> Patron | None:
    return ctx.session.scalars(
        select(Patron)
        .join(Expediente, Expediente.patron_id == Patron.id)
        .where(Expediente.id == sujeto.expediente_id)
    ).first()


def _nombre(patron: Patron | None, destinatario: str | None) -> str:
    """To whom, as written or the employer. Raises DatoInvalido where nobody is named."""
    nombre = (destinatario or (patron.nombre if patron else "")).strip()
    if not nombre:
        raise DatoInvalido(
            "Escribe a quién se notifica el documento.", {"destinatario": "Escribe el nombre."}
        )
    return nombre


def _una_vez(ctx: Ctx, documento: Documento, nombre: str) -> None:
    """A document is served once to each addressee; the row of the document is kept while it is asked."""
    ctx.session.flush()
    ctx.session.scalars(select(Documento.id).where(Documento.id == documento.id).with_for_update()).one()
    viva = ctx.session.scalar(
        select(Notificacion.folio).where(
            Notificacion.documento_id == documento.id,
            Notificacion.destinatario == nombre[:250],
            Notificacion.estado.not_in(SIN_EFECTO),
        )
    )
    if viva is not None:
        raise DatoInvalido(
            f"El documento {documento.folio or documento.id} ya se notifica o se notificó a esa persona "
            f"({viva}). Sólo se repite si la notificación se anula o no se halló a la persona."
        )


def asentar(
    ctx: Ctx,
    fila: Notificacion,
    tipo: TipoDiligencia,
    cuando: dt.datetime,
    resultado: str,
    datos: Mapping[str, Any] | None = None,
    **mas: str,
) -> DiligenciaNotificacion:
    """Add one thing done to serve it; `mas`: persona, caracter, identificacion, cercioramiento, habilitacion."""
    diligencia = DiligenciaNotificacion(
        numero=len(fila.diligencias) + 1,
        tipo=tipo,
        fecha_hora=cuando,
        resultado=resultado,
        datos=dict(datos or {}),
        usuario_id=ctx.actor.usuario_id,
        registrada_en=ctx.now,
        **mas,
    )
    fila.diligencias.append(diligencia)
    ctx.session.flush()
    return diligencia


def ultima(fila: Notificacion, *tipos: TipoDiligencia) -> DiligenciaNotificacion | None:
    """The last thing done of one of those kinds."""
    return next((una for una in reversed(fila.diligencias) if una.tipo in tipos), None)


def motivo_de(fila: Notificacion) -> str:
    """How the ledger says that a term comes from this notificacion; `anular` finds it by it."""
    return f"Notificación {fila.folio}"


def esperar(
    ctx: Ctx,
    fila: Notificacion,
    clave: str,
    *,
    desde: dt.date | None = None,
    instante: dt.datetime | None = None,
) -> None:
    """Open the term that this notificacion waits for.

    The ledger of a noun holds one open term of a key: where another document of the same noun waits for its
    own, the later date stays, so that nobody is served before her time (each legal day is its own, by its rule).
    """
    sujeto = sujeto_de(fila)
    ajeno = plazo.abiertos(ctx, sujeto).get(clave) if _otras(ctx, fila, clave) else None
    suyo = plazo.abrir(ctx, sujeto, clave, desde=desde, instante=instante, motivo=motivo_de(fila))
    if ajeno is not None and ajeno.dispara_en > suyo.dispara_en:
        hora = ajeno.dispara_en if instante is not None else None
        plazo.abrir(ctx, sujeto, clave, desde=ajeno.desde, instante=hora, motivo=motivo_de(fila))


def dejar_de_esperar(ctx: Ctx, fila: Notificacion, *claves: str, al: dt.date | None = None) -> None:
    """Close the terms that this notificacion waited for, unless another one of the noun still does."""
    for clave in claves:
        if not _otras(ctx, fila, clave):
            plazo.cerrar(ctx, sujeto_de(fila), clave, al=al)


def _otras(ctx: Ctx, fila: Notificacion, clave: str) -> bool:
    ctx.session.flush()
    return (
        ctx.session.scalar(
            select(Notificacion.id)
            .where(
                Notificacion.sujeto_tipo == fila.sujeto_tipo,
                Notificacion.sujeto_id == fila.sujeto_id,
                Notificacion.id != fila.id,
                Notificacion.estado == ESPERAN[clave],
            )
            .limit(1)
        )
        is not None
    )


def sujetos_de_cobro(ctx: Ctx, fila: Notificacion) -> list[Sujeto]:
    """Whose prescription a notified collection act restarts: the noun itself, and the credits of an enforcement."""
    sujetos = [sujeto_de(fila)]
    if fila.sujeto_tipo == "pae":
        creditos = select(CreditoEnPae.credito_id).where(
            CreditoEnPae.pae_id == fila.sujeto_id, CreditoEnPae.excluido_en.is_(None)
        )
        sujetos += [leer(ctx, "credito", uno) for uno in ctx.session.scalars(creditos)]
    return sujetos


def anular(ctx: Ctx, fila: Notificacion, causa: str) -> None:
    """Leave a notificacion without effects and stop the clocks that it started (CFF 138, 129).

    A prescription that it had restarted runs again from where it did before. The OOAD is told: whoever served
    it badly may be fined. Raises NoPermitido for one that is not served.
    """
    if fila.estado is not N.NOTIFICADA or fila.fecha is None:
        raise NoPermitido("Sólo se anula una notificación que ya surtió efectos.")
    fila.pasar_a(N.ANULADA)
    fila.anulada_en, fila.causa_nulidad = ctx.now, causa.strip()[:300]
    for sujeto in sujetos_de_cobro(ctx, fila):
        for abierto in list(plazo.abiertos(ctx, sujeto).values()):
            if _nacio_de(fila, abierto):
                _detener(ctx, sujeto, abierto)
        if ctx.engine is not None:
            ctx.engine.reproject(ctx, sujeto)
    _avisar_nulidad(ctx, fila)
    anotar(ctx, "anular_notificacion", sujeto_de(fila), notificacion_id=fila.id)


def _nacio_de(fila: Notificacion, abierto: Plazo) -> bool:
    """A term began from it when it counts from its legal day because of a notification."""
    if abierto.desde != fila.fecha or abierto.abierto_en < fila.ordenada_en:
        return False
    if any(movimiento.motivo == motivo_de(fila) for movimiento in abierto.movimientos):
        return True
    definicion = loader.plazo(abierto.clave)
    return abierto.inicio == "surte_efectos" or "notific" in definicion.evento_inicio


def _detener(ctx: Ctx, sujeto: Sujeto, abierto: Plazo) -> None:
    antes = ctx.session.scalars(
        select(Plazo)
        .where(
            Plazo.sujeto_tipo == sujeto.tipo,
            Plazo.sujeto_id == sujeto.id,
            Plazo.clave == abierto.clave,
            Plazo.id < abierto.id,
        )
        .order_by(Plazo.id.desc())
        .limit(1)
    ).first()
    plazo.cerrar(ctx, sujeto, abierto.clave)
    if abierto.clave == PRESCRIPCION and antes is not None:
        motivo = "Se anuló la notificación que la había interrumpido"
        plazo.abrir(ctx, sujeto, PRESCRIPCION, desde=antes.desde, motivo=motivo)


def _avisar_nulidad(ctx: Ctx, fila: Notificacion) -> None:
    unidad = ctx.session.get_one(Subdelegacion, fila.subdelegacion_id)
    personas = aviso.con_rol(ctx, Rol.TITULAR_OOAD, ooad_id=unidad.ooad_id)
    personas += aviso.con_rol(ctx, Rol.SUPERVISION_COBRANZA, ooad_id=unidad.ooad_id)
    asunto = "Se anuló una notificación: revisa si procede multa a quien la practicó (CFF 138)"
    aviso.avisar(ctx, personas, asunto, fila.folio, f"nulidad:{fila.id}")
