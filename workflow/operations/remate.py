"""The sale of one lot: its row, what holds it, the call, and what is done when nobody buys (procesos §15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from models.bien import Bien, EstadoBien, TipoBien
from models.credito import Credito
from models.organizacion import Rol
from models.pae import CreditoEnPae
from models.remate import EstadoPostura, EstadoRemate, Postura, Remate
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import aviso, papel_remate, plazo, reserva
from workflow.operations._fechado import inhabiles
from workflow.operations._guardas_cobro import por_que_no_se_cobra
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sujeto import Sujeto, leer
from workflow.rules import remate as reglas
from workflow.rules.calendario import Calendario, fecha_larga
from workflow.rules.errores import ReglaError

B, R, S = EstadoBien, EstadoRemate, EstadoPostura
TERMINADOS = (R.ENTREGADO, R.ADJUDICADO, R.RETIRADO, R.CANCELADO)
# Terms that belong to one lot; those of the enforcement go on when it ends.
PUBLICACION = ("convocatoria_pub", "revocacion_pae")
PERITAJES = ("peritos_muebles", "peritos_inmuebles", "peritos_negociacion", "perito_tercero")
SALDOS = ("saldo_mueble", "saldo_inmueble")
DEL_LOTE = ("avaluo_entrega", "convocatoria", "remate_20", "subasta", *PUBLICACION, *PERITAJES, *SALDOS)
# How a creditor is cited, of the choices of the form.
EN_SU_DOMICILIO = "personal"
RAICES = (TipoBien.INMUEBLE, TipoBien.NEGOCIACION)


def bien_de(ctx: Ctx, call: Call) -> Bien:
    """The good that the caller named. Raises NoEncontrado for one of another enforcement."""
    clave = call.data.get("bien_id")
    fila = ctx.session.get(Bien, clave) if isinstance(clave, int) else None
    if fila is None or call.instance is None or fila.pae_id != call.instance.sujeto_id:
        raise NoEncontrado("Falta el bien que se va a rematar: elige el lote antes de rematarlo.")
    return fila


def del_lote(ctx: Ctx, call: Call) -> Remate:
    """The sale that runs for the good that the caller named."""
    fila = abierto(ctx, bien_de(ctx, call).id)
    if fila is None:
        raise NoEncontrado("Ese lote no tiene un remate abierto.")
    return fila


def abierto(ctx: Ctx, bien_id: int) -> Remate | None:
    """The sale of a good that has not ended, locked; None when there is none."""
    return ctx.session.scalars(
        select(Remate)
        .where(Remate.bien_id == bien_id, Remate.estado.not_in(TERMINADOS))
        .order_by(Remate.id.desc())
        .with_for_update()
    ).first()


def sujeto_de(ctx: Ctx, remate: Remate) -> Sujeto:
    """The enforcement, whose ledger has the terms of the sale."""
    return leer(ctx, "pae", remate.pae_id)


def impedimentos(ctx: Ctx, pae_id: int) -> dict[str, str]:
    """Why nothing may be collected: folio of each live credit and its reason; empty while one may be."""
    creditos = ctx.session.scalars(
        select(Credito)
        .join(CreditoEnPae, CreditoEnPae.credito_id == Credito.id)
        .where(CreditoEnPae.pae_id == pae_id, CreditoEnPae.excluido_en.is_(None))
        .order_by(Credito.id)
    ).all()
    motivos = {uno.folio: por_que_no_se_cobra(ctx, uno) for uno in creditos}
    if any(motivo is None for motivo in motivos.values()):
        return {}
    return {folio: str(motivo) for folio, motivo in motivos.items()} or {"": "no queda ningún crédito"}


def exigir_cobro(ctx: Ctx, remate: Remate) -> None:
    """`g_no_cobro` over the credits of the enforcement: at least one may be collected. Raises NoPermitido."""
    motivos = impedimentos(ctx, remate.pae_id)
    if motivos:
        razones = "; ".join(f"{folio}: {motivo}" if folio else motivo for folio, motivo in motivos.items())
        raise NoPermitido(f"No se puede rematar ahora: {razones} (artículo 144 del CFF).")


def llevar(bien: Bien, *estados: EstadoBien) -> None:
    """Take a good along the states, those that it has passed left out."""
    pasados = list(estados)
    if bien.estado in pasados:
        pasados = pasados[pasados.index(bien.estado) + 1 :]
    for estado in pasados:
        bien.pasar_a(estado)


def cerrar_plazos(ctx: Ctx, remate: Remate, *claves: str) -> None:
    """Close those terms of the ledger that are open."""
    sujeto = sujeto_de(ctx, remate)
    for clave in plazo.abiertos(ctx, sujeto).keys() & set(claves):
        plazo.cerrar(ctx, sujeto, clave)


def terminar(ctx: Ctx, remate: Remate, estado: EstadoRemate) -> None:
    """The end of the sale: no term of its own runs any more, and every deposit not used goes back."""
    remate.pasar_a(estado)
    remate.concluido_en = ctx.now
    devolver(ctx, remate)
    cerrar_plazos(ctx, remate, *DEL_LOTE)


def devolver(ctx: Ctx, remate: Remate, motivo: str = "") -> list[Postura]:
    """Give the deposits back (RCFF 108): of every bid but the one that paid and those that lost theirs."""
    devueltas = [una for una in remate.posturas if una.estado not in (S.PAGADA, S.INCUMPLIDA, S.DEVUELTA)]
    for una in devueltas:
        una.pasar_a(S.DEVUELTA)
        una.motivo = una.motivo or motivo[:300]
    if devueltas:
        anotar(ctx, "devolver_depositos", sujeto_de(ctx, remate), remate_id=remate.id, cuantas=len(devueltas))
    return devueltas


def cancelar(ctx: Ctx, bien_id: int, motivo: str) -> Remate | None:
    """Stop the sale of a good whose call was cut (debt paid, third party, defence); None when none runs.

    The deposits go back; the good itself is for whoever cut it.
    """
    remate = abierto(ctx, bien_id)
    if remate is None:
        return None
    devolver(ctx, remate, motivo)
    terminar(ctx, remate, R.CANCELADO)
    anotar(ctx, "cancelar_remate", sujeto_de(ctx, remate), remate_id=remate.id)
    return remate


@operation("convocar_remate")
def convocar_remate(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Publish the call: goods, base, posture, requirements, creditors, days (CFF 176, 177).

    A valuation that would run out before the auction ends asks for another (RCFF 3).
    """
    remate, form = del_lote(ctx, call), call.form
    exigir_cobro(ctx, remate)
    reserva.cuidar_expediente(ctx, sujeto_de(ctx, remate).expediente_id, {"texto": form.get("texto")})
    if not form.get("pagina_publicada"):
        raise DatoInvalido(
            "La convocatoria se publica en la página del Instituto (artículo 176 del CFF).",
            {"pagina_publicada": "Publícala y responde que sí."},
        )
    sujeto = sujeto_de(ctx, remate)
    for clave in (*PUBLICACION, "remate_20"):
        plazo.abrir(ctx, sujeto, clave)
    horario = _horario(ctx, remate, sujeto, dt.date.fromisoformat(str(form["fecha_subasta"])))
    if papel_remate.avaluo_de(ctx, remate).vigente_hasta < horario.cierra.date():
        cerrar_plazos(ctx, remate, *DEL_LOTE)
        remate.pasar_a(R.CONVOCADO)
        return {"convocatoria": "avaluo_vencido"}
    plazo.cerrar(ctx, sujeto, "convocatoria")
    remate.abre_en, remate.cierra_en = (uno.astimezone(dt.UTC) for uno in (horario.abre, horario.cierra))
    remate.acreedores = list(form.get("acreedores") or [])
    remate.pasar_a(R.CONVOCADO)
    remate.pasar_a(R.PUBLICADO)
    remate.convocado_en = ctx.now
    papel = emitir(ctx, sujeto, papel_remate.convocatoria(ctx, remate, form), firmas=[form["firma"]])
    _por_citar(ctx, remate, sujeto)
    anotar(ctx, "convocar_remate", sujeto, remate_id=remate.id, documento_id=papel.id)
    return {"convocatoria": "publicada"}


def _por_citar(ctx: Ctx, remate: Remate, sujeto: Sujeto) -> None:
    """Creditors who are cited at their domicile: who serves papers is told; the others, the call itself cites
    (CFF 177)."""
    if not any(uno.get("citacion") == EN_SU_DOMICILIO for uno in remate.acreedores):
        return
    personas = [
        persona
        for rol in (Rol.JEFE_COBRANZA, Rol.NOTIFICADOR)
        for persona in aviso.con_rol(ctx, rol, subdelegacion_id=sujeto.subdelegacion_id)
    ]
    asunto = "Hay acreedores por citar a un remate en su domicilio"
    aviso.avisar(ctx, personas, asunto, remate.folio, f"acreedores:{remate.id}:{ctx.hoy.isoformat()}")


def _horario(ctx: Ctx, remate: Remate, sujeto: Sujeto, abre: dt.date) -> reglas.Horario:
    """The hours of the auction, after its publication and inside the days of the law. Raises DatoInvalido."""
    abiertos = plazo.abiertos(ctx, sujeto)
    publicada = max(abiertos[clave].vence for clave in PUBLICACION)
    limite = abiertos["remate_20"].vence
    if abre <= publicada:
        frase = f"La convocatoria se publica hasta el {fecha_larga(publicada)}: la subasta abre después."
        raise DatoInvalido(frase, {"fecha_subasta": "Elige un día posterior."})
    try:
        horario = reglas.horario(abre, ctx.servicios.zona, inhabiles(ctx, sujeto.subdelegacion_id))
    except ReglaError as error:
        raise DatoInvalido(error.mensaje, {"fecha_subasta": "Elige un día hábil."}) from error
    if horario.cierra.date() > limite:
        frase = f"El remate se verifica a más tardar el {fecha_larga(limite)} (artículo 176 del CFF)."
        raise DatoInvalido(frase, {"fecha_subasta": "Elige un día más cercano."})
    return horario


@operation("abrir_subasta")
def abrir_subasta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Open it, or say that something holds every credit (CFF 144, 183). Bids are taken from its first hour.

    Where an objection took longer than the day that was called for, the next día hábil is the first.
    """
    remate = del_lote(ctx, call)
    sujeto = sujeto_de(ctx, remate)
    cerrar_plazos(ctx, remate, *PUBLICACION)
    if impedimentos(ctx, remate.pae_id):
        remate.pasar_a(R.CONVOCADO)
        cerrar_plazos(ctx, remate, *DEL_LOTE)
        return {"apertura": "impedida"}
    if remate.abre_en is None or remate.abre_en < ctx.now:
        extra = inhabiles(ctx, sujeto.subdelegacion_id)
        horario = reglas.horario(Calendario(extra).siguiente_habil(ctx.hoy), ctx.servicios.zona, extra)
        remate.abre_en, remate.cierra_en = (uno.astimezone(dt.UTC) for uno in (horario.abre, horario.cierra))
    remate.pasar_a(R.EN_SUBASTA)
    llevar(remate.bien, B.EN_SUBASTA)
    plazo.abrir(ctx, sujeto, "subasta", instante=remate.cierra_en)
    anotar(ctx, "abrir_subasta", sujeto, remate_id=remate.id)
    return {"apertura": "abierta"}
