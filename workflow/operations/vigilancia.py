"""Terms of the house that ran out: who is told, what the denouncer reads, what opens again (procesos §18)."""

from __future__ import annotations

from sqlalchemy import exists, select

from models.credito import Credito
from models.denuncia import Denuncia, EstadoDenuncia
from models.organizacion import Rol, Subdelegacion
from models.pae import Pae
from models.plazo import MovimientoPlazo, Plazo, TipoMovimiento
from models.propuesta import EstadoPropuesta, Propuesta
from workflow.context import Ctx
from workflow.operations import (
    _caso,
    aviso,
    buzon,
    calendario_lote,
    credito_defensa,
    mensaje,
    oidos_pae,
    plazo,
)
from workflow.operations.bitacora import anotar
from workflow.operations.credito_plazos import DEFENSA
from workflow.operations.sujeto import Sujeto, de_credito, de_denuncia
from workflow.params.vigilancia import vigiladas
from workflow.rules import estatus_publico
from workflow.rules.calendario import fecha_larga

INFORME, PROGRAMACION = "sla_informe", "sla_programacion"
P = EstadoPropuesta
# Why a decision takes longer, in general: nothing about the employer (CFF 69, LSS 22).
_RAZONES = {
    P.REGISTRADA: "Todavía se prepara el expediente.",
    P.EN_FICHA: "Todavía se prepara el expediente.",
    P.VALIDADA: "El comité todavía no se reúne.",
    P.LISTADA: "El comité ya tiene fecha para verlo.",
    P.EN_SESION: "El comité lo está viendo.",
    P.DIFERIDA: "El comité pidió más información.",
}
EN_GENERAL = "Faltan trámites internos."


def vencidos(ctx: Ctx) -> list[int]:
    """Ids of the open terms that ran out and about which nobody has been told."""
    dicho = exists().where(
        MovimientoPlazo.plazo_id == Plazo.id, MovimientoPlazo.tipo == TipoMovimiento.VENCIMIENTO
    )
    consulta = select(Plazo.id).where(
        Plazo.cerrado_en.is_(None),
        Plazo.dispara_en <= ctx.now,
        Plazo.clave.in_([*vigiladas(), INFORME, PROGRAMACION, *DEFENSA]),
        ~dicho,
    )
    return list(ctx.session.scalars(consulta.order_by(Plazo.dispara_en, Plazo.id)))


def atender(ctx: Ctx, plazo_id: int) -> bool:
    """Do what the expiry of one term asks for, once; False when there is nothing to do (yet)."""
    fila = ctx.session.scalars(
        select(Plazo).where(Plazo.id == plazo_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    sujeto = Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)
    calendario_lote.al_dia(ctx, sujeto)  # the date that came may be one of before a new día inhábil
    if fila.cerrado_en is not None or fila.dispara_en > ctx.now or plazo.ya_vencio(ctx, fila):
        return False
    if fila.clave in (INFORME, PROGRAMACION):
        if fila.sujeto_tipo != "denuncia":
            return False
        denuncia = ctx.session.get_one(Denuncia, fila.sujeto_id)
        return (_informar if fila.clave == INFORME else _nueva_fecha)(ctx, denuncia)
    if fila.clave in DEFENSA:
        return _consentido(ctx, fila)
    return _avisar(ctx, fila)


def _avisar(ctx: Ctx, fila: Plazo) -> bool:
    vigilada = vigiladas()[fila.clave]
    if plazo.venceria(ctx, fila, veces=vigilada.veces) >= ctx.hoy or _espera_a_quien_denuncia(ctx, fila):
        return False
    referencia = _caso.referencia(ctx, fila.sujeto_tipo, fila.sujeto_id)
    asunto, clave = f"Plazo vencido: {fila.nombre.lower()}", f"sla:{fila.id}"
    if vigilada.a in ("ooad", "ambas"):
        unidad = ctx.session.get_one(Subdelegacion, fila.subdelegacion_id)
        aviso.al_ooad(ctx, unidad.ooad_id, asunto, referencia.folio, clave)
    if vigilada.a in ("jefatura", "ambas"):
        jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=fila.subdelegacion_id)
        aviso.avisar(ctx, jefes, asunto, referencia.folio, clave)
    plazo.asentar_vencimiento(ctx, fila, f"Aviso: {vigilada.a}")
    sujeto = Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)
    anotar(ctx, "plazo_vencido", sujeto, plazo_id=fila.id, clave=fila.clave, a=vigilada.a)
    return True


def _consentido(ctx: Ctx, fila: Plazo) -> bool:
    """The days of a remedy ran out; with those of the last one the credit is firm in law.

    The denuncias of the act are told, if it is due by now. A guarantee kept it from being collected while it
    could be fought (CFF 144): whoever watches the credit judges it again, and inside its enforcement it falls.
    """
    if fila.sujeto_tipo != "credito":
        return False
    credito = ctx.session.get_one(Credito, fila.sujeto_id)
    plazo.cerrar(ctx, de_credito(credito), fila.clave, vencido=True)
    if not credito_defensa.precluyo(ctx, credito):
        return True
    if credito_defensa.esta(ctx, credito, credito_defensa.GARANTIA):
        if credito.pae_id is None:
            mensaje.enviar(ctx, "defensa_precluida", credito.id)
        else:
            oidos_pae.soltar_garantia(ctx, ctx.session.get_one(Pae, credito.pae_id), credito)
    credito_defensa.avisar_si_firme(ctx, credito)
    return True


def _espera_a_quien_denuncia(ctx: Ctx, fila: Plazo) -> bool:
    """Nobody can assign a denuncia while she has not said who she is."""
    if fila.sujeto_tipo != "denuncia" or fila.clave != "sla_asignacion":
        return False
    return ctx.session.get_one(Denuncia, fila.sujeto_id).estado is EstadoDenuncia.SIN_IDENTIFICAR


def _informar(ctx: Ctx, denuncia: Denuncia) -> bool:
    """No news for a long time is told too; the next such message has its date."""
    sujeto = de_denuncia(denuncia)
    plazo.cerrar(ctx, sujeto, INFORME, vencido=True)
    plazo.abrir(ctx, sujeto, INFORME)
    estatus = estatus_publico.de_estado(denuncia.estado.value)
    buzon.escribir(ctx, denuncia, "estatus", f"Tu caso sigue. {estatus.frase} {estatus.que_sigue}")
    anotar(ctx, "informar_estatus", sujeto, estatus=estatus.clave)
    return True


def _nueva_fecha(ctx: Ctx, denuncia: Denuncia) -> bool:
    """The date that she was told has passed without a decision: a new one, with its general reason."""
    if denuncia.estado is not EstadoDenuncia.EN_PROGRAMACION:
        return False
    sujeto = de_denuncia(denuncia)
    plazo.cerrar(ctx, sujeto, PROGRAMACION, vencido=True)
    nuevo = plazo.abrir(ctx, sujeto, PROGRAMACION)
    propuesta = ctx.session.get(Propuesta, denuncia.propuesta_id) if denuncia.propuesta_id else None
    razon = _RAZONES.get(propuesta.estado, EN_GENERAL) if propuesta else EN_GENERAL
    buzon.escribir(
        ctx,
        denuncia,
        "estatus",
        f"Cambió la fecha: esperamos una decisión hacia el {fecha_larga(nuevo.vence)}. {razon}",
    )
    anotar(ctx, "nueva_fecha", sujeto, plazo_id=nuevo.id)
    return True
