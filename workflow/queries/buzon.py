"""The mailbox as its owner reads it: sentence, road, what she has to do, messages, documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select

from models.denuncia import Denuncia, EstadoDenuncia, MensajeBuzon
from models.documento import Documento
from models.identidad import Identidad
from models.plazo import MovimientoPlazo, Plazo, TipoMovimiento
from workflow.context import Ctx
from workflow.operations import buzon, plazo
from workflow.operations.sujeto import de_denuncia
from workflow.params import loader
from workflow.queries import papel, restitucion
from workflow.rules import estatus_publico, plazos, relojes
from workflow.rules.calendario import Calendario, fecha_larga
from workflow.rules.estatus_publico import Estatus

REMITENTE = "IMSS, mensaje automático"
CAMBIO = {
    TipoMovimiento.SUSPENSION: "una pausa por un trámite legal",
    TipoMovimiento.REANUDACION: "una pausa por un trámite legal",
    TipoMovimiento.CALENDARIO: "un cambio en los días de trabajo del IMSS",
    TipoMovimiento.PRORROGA: "una ampliación del plazo",
}


@dataclass(frozen=True)
class Paso:
    """A step of her road: estado is `hecho`, `aqui` or empty."""

    rotulo: str
    texto: str
    estado: str


@dataclass(frozen=True)
class MensajeVisto:
    """A message as she reads it."""

    mio: bool
    tipo: str
    remitente: str
    texto: str
    archivos: tuple[str, ...]
    en: dt.datetime


@dataclass(frozen=True)
class Pendiente:
    """Something she has to do. `accion`: key of the page where she does it."""

    titulo: str
    texto: str
    accion: str
    boton: str
    limite: dt.date | None
    faltan: str


@dataclass(frozen=True)
class DocumentoVisto:
    """A document addressed to her."""

    id: int
    titulo: str
    emitido_en: dt.datetime
    tamano: int


@dataclass(frozen=True)
class Archivo:
    """Bytes to download."""

    nombre: str
    mime: str
    datos: bytes


@dataclass(frozen=True)
class Buzon:
    """All that the page shows. `cuando` is a whole sentence with its date in full; `cuenta`: what she asked,
    what was proved and what is on her record, in sentences."""

    folio: str
    estatus: str
    frase: str
    subtexto: str
    que_sigue: str
    cuando: str
    faltan: str
    pausa: str
    cambio: str
    terminado: bool
    identificada: bool
    con_nss: bool
    abierto_hasta: dt.date | None
    pasos: tuple[Paso, ...] = ()
    pendientes: tuple[Pendiente, ...] = ()
    mensajes: tuple[MensajeVisto, ...] = ()
    documentos: tuple[DocumentoVisto, ...] = field(default=())
    cuenta: tuple[tuple[str, str], ...] = ()


def abierto(ctx: Ctx, denuncia_id: int) -> bool:
    """True while the mailbox may be read."""
    fila = ctx.session.get(Denuncia, denuncia_id)
    return fila is not None and (fila.buzon_abierto_hasta is None or ctx.hoy <= fila.buzon_abierto_hasta)


def ver(ctx: Ctx, denuncia_id: int) -> Buzon:
    """The mailbox of a denuncia. Raises NoEncontrado."""
    fila = buzon.denuncia(ctx, denuncia_id)
    sujeto = de_denuncia(fila)
    estatus = estatus_publico.de_estado(fila.estado.value)
    abiertos = plazo.abiertos(ctx, sujeto)
    vigente = next((abiertos[k] for k in estatus.plazos if k in abiertos), None)
    limite = vigente.vence if vigente else _estimada(ctx, fila, estatus, abiertos)
    identidad = ctx.session.scalars(select(Identidad).where(Identidad.denuncia_id == fila.id)).first()
    mensajes = _mensajes(ctx, fila)
    pausa = plazo.suspendido(ctx, sujeto) is not None
    faltan = _faltan(ctx, fila, limite)
    return Buzon(
        folio=fila.folio,
        estatus=estatus.clave,
        frase=estatus.frase,
        subtexto=estatus_publico.subtexto(fila.causa_cierre),
        que_sigue=estatus.que_sigue,
        cuando=_cuando(estatus, limite),
        faltan=faltan,
        pausa=estatus_publico.PAUSA if pausa else "",
        cambio=_cambio(ctx, vigente),
        terminado=fila.es_final,
        identificada=fila.identificada,
        con_nss=identidad is not None and identidad.indice_nss is not None,
        abierto_hasta=fila.buzon_abierto_hasta,
        pasos=_pasos(ctx, fila, estatus),
        pendientes=_pendientes(fila, mensajes, limite, faltan),
        mensajes=mensajes,
        documentos=_documentos(ctx, fila),
        cuenta=restitucion.para_ella(ctx, fila),
    )


def documento(ctx: Ctx, denuncia_id: int, documento_id: int) -> Archivo | None:
    """A document addressed to her; None for any other."""
    fila = ctx.session.get(Documento, documento_id)
    if fila is None or not fila.para_denunciante:
        return None
    if (fila.sujeto_tipo, fila.sujeto_id) != ("denuncia", denuncia_id):
        return None
    datos = papel.leer(ctx, fila)
    return Archivo(fila.nombre, fila.mime, datos) if datos is not None else None


def _estimada(ctx: Ctx, fila: Denuncia, estatus: Estatus, abiertos: dict[str, Plazo]) -> dt.date | None:
    """The date where no term of the status is open.

    Before the assignment, the reading term is reckoned from the end of the assignment term.
    """
    if estatus.clave == "cerrada":
        return fila.buzon_abierto_hasta
    if estatus.clave != "recibida":
        return _prometida(ctx, fila, estatus)
    inhabiles = plazo.inhabiles(ctx, fila.subdelegacion_id)
    asignacion = abiertos.get("sla_asignacion")
    if asignacion is not None:
        asignada = asignacion.vence
    else:  # filed a moment ago: the process has not opened its terms yet
        presentada = fila.presentada_en.astimezone(ctx.servicios.zona).date()
        asignada = plazos.aplicar(loader.plazo("sla_asignacion", presentada), presentada, inhabiles).vence
    return plazos.aplicar(loader.plazo("sla_calificacion", ctx.hoy), asignada, inhabiles).vence


def _prometida(ctx: Ctx, fila: Denuncia, estatus: Estatus) -> dt.date | None:
    """The date that she last read: its term is over because the step was done, and the status goes on."""
    return ctx.session.scalar(
        select(Plazo.vence)
        .where(
            Plazo.sujeto_tipo == "denuncia",
            Plazo.sujeto_id == fila.id,
            Plazo.clave.in_(estatus.plazos),
            Plazo.vencido.is_(False),
        )
        .order_by(Plazo.id.desc())
        .limit(1)
    )


def _cuando(estatus: Estatus, limite: dt.date | None) -> str:
    if limite is None:
        return estatus.sin_fecha
    return estatus.cuando.format(f=fecha_larga(limite))


def _faltan(ctx: Ctx, fila: Denuncia, limite: dt.date | None) -> str:
    if limite is None or fila.es_final:
        return ""
    calendario = Calendario(plazo.inhabiles(ctx, fila.subdelegacion_id))
    return relojes.faltan(limite, ctx.hoy, "habiles", calendario).texto


def _cambio(ctx: Ctx, vigente: Plazo | None) -> str:
    """Why the date is another one, in general words; empty when it never moved."""
    if vigente is None:
        return ""
    ultimo = ctx.session.scalars(
        select(MovimientoPlazo)
        .where(MovimientoPlazo.plazo_id == vigente.id, MovimientoPlazo.tipo.in_(CAMBIO))
        .order_by(MovimientoPlazo.id.desc())
        .limit(1)
    ).first()
    if ultimo is None or ultimo.vence_antes == ultimo.vence:
        return ""
    return f"La fecha cambió por {CAMBIO[ultimo.tipo]}."


def _pasos(ctx: Ctx, fila: Denuncia, estatus: Estatus) -> tuple[Paso, ...]:
    pasos = []
    for n, (rotulo, texto) in enumerate(estatus_publico.PASOS):
        if n == 0:
            presentada = fila.presentada_en.astimezone(ctx.servicios.zona).date()
            texto = f"{fecha_larga(presentada).capitalize()}. {texto}"
        if n < estatus.paso or estatus.clave == "restituida":
            pasos.append(Paso(rotulo, texto, "hecho"))
        elif n == estatus.paso:
            espera = {
                "falta_algo": "En espera de tu respuesta.",
                "cerrada": estatus.frase,
                "turnada": estatus.frase,
            }
            pasos.append(Paso(rotulo, espera.get(estatus.clave, texto), "aqui"))
        else:
            pasos.append(Paso(rotulo, texto, ""))
    if estatus.clave in ("cerrada", "turnada"):
        # Which of the steps in between were walked is not told: it would say what was done to the employer.
        return (pasos[0], pasos[-1])
    return tuple(pasos)


def _pendientes(
    fila: Denuncia, mensajes: tuple[MensajeVisto, ...], limite: dt.date | None, faltan: str
) -> tuple[Pendiente, ...]:
    if fila.estado is EstadoDenuncia.SIN_IDENTIFICAR:
        texto = "Sin tu identidad no podemos iniciar una auditoría. Se guarda aparte y tu patrón no la verá."
        return (Pendiente("Dinos quién eres", texto, "identidad", "Dar mis datos", limite, faltan),)
    if fila.estado is EstadoDenuncia.INCOMPLETA:
        pedido = next((m.texto for m in mensajes if m.tipo == "peticion"), "Lee los mensajes de abajo.")
        return (
            Pendiente("Responde lo que te pedimos", pedido, "responder", "Responder ahora", limite, faltan),
        )
    return ()


def _mensajes(ctx: Ctx, fila: Denuncia) -> tuple[MensajeVisto, ...]:
    """Newest first."""
    consulta = select(MensajeBuzon).where(MensajeBuzon.denuncia_id == fila.id)
    vistos = []
    for mensaje in ctx.session.scalars(consulta.order_by(MensajeBuzon.en.desc(), MensajeBuzon.id.desc())):
        dicho = buzon.leer(ctx, mensaje)
        remitente = "Tú" if mensaje.de_denunciante else (dicho.get("remitente") or REMITENTE)
        vistos.append(
            MensajeVisto(
                mio=mensaje.de_denunciante,
                tipo=mensaje.tipo,
                remitente=remitente,
                texto=dicho["texto"],
                archivos=tuple(dicho.get("archivos", ())),
                en=mensaje.en,
            )
        )
    return tuple(vistos)


def _documentos(ctx: Ctx, fila: Denuncia) -> tuple[DocumentoVisto, ...]:
    consulta = select(Documento).where(
        Documento.sujeto_tipo == "denuncia",
        Documento.sujeto_id == fila.id,
        Documento.para_denunciante,
    )
    return tuple(
        DocumentoVisto(d.id, d.titulo, d.emitido_en, d.tamano)
        for d in ctx.session.scalars(consulta.order_by(Documento.id))
        if papel.hay(d)
    )
