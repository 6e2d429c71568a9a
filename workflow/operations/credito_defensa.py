"""What a defence, an agreement or a guarantee does to a credit, before and inside its enforcement.

CFF 141, 144; LSS 40 C, 294, 297. The ears of `credito_fiscal` call it, and those of `pae`: the ledger of the
credit is the only memory, and `credito_vigilancia.situacion` its only judge.
"""

from __future__ import annotations

from sqlalchemy import exists, select

from models.acto import Acto
from models.base import TransicionIlegal
from models.credito import Credito, EstadoCredito
from models.proceso import EstadoMensaje, Mensaje
from workflow.context import Ctx
from workflow.operations import credito_plazos, plazo
from workflow.operations._guardas import g_facultades
from workflow.operations._guardas_cobro import g_caducidad_de_periodos, tramos
from workflow.operations.bitacora import anotar
from workflow.operations.credito import avisar_definido, determinar_otra_vez
from workflow.operations.credito_fiscal import anular
from workflow.operations.sujeto import de_credito
from workflow.params.suspensiones import causal

K = EstadoCredito
INCONFORMIDAD, JUICIO, CONVENIO, GARANTIA = "inconformidad", "juicio", "convenio", "garantia"
# The resolution of a defence that takes the credit away, or asks for another.
ANULAN = frozenset({"revoca", "deja_sin_efectos", "anulado"})
SUSTITUYEN = frozenset({"repone", "para_efectos", "notificacion_anulada", "sustituido"})


def interponer(ctx: Ctx, credito: Credito, efecto: str) -> None:
    """A defence is lodged: `suspende` without guarantee (inconformidad, CFF 144), or only with one."""
    sujeto = de_credito(credito)
    for clave in credito_plazos.DEFENSA:
        plazo.cerrar(ctx, sujeto, clave)
    cual = INCONFORMIDAD if efecto == "suspende" else JUICIO
    _pausar(ctx, credito, cual)
    if efecto == "suspende_con_garantia":
        credito_plazos.garantizar_con_juicio(ctx, credito)
    anotar(ctx, "interponer_defensa", sujeto, efecto=efecto)


def resolver(ctx: Ctx, credito: Credito, sentido: str) -> str:
    """What becomes of the credit: `subsiste`, `anulado` or `sustituido`.

    A substitute is determined only while the power to do it lives (LSS 297): else the credit is annulled.
    """
    fue_inconformidad = esta(ctx, credito, INCONFORMIDAD)
    _levantar(ctx, credito, INCONFORMIDAD, JUICIO)
    anotar(ctx, "resolver_defensa", de_credito(credito), sentido=sentido)
    if sentido in ANULAN:
        anular(ctx, credito, "defensa", "Una defensa lo dejó sin efectos", "CFF 133; LSS 294")
        return "anulado"
    if sentido in SUSTITUYEN:
        return _sustituir(ctx, credito, sentido)
    if fue_inconformidad:
        credito_plazos.pagar_o_garantizar(ctx, credito, ctx.hoy)
        plazo.abrir(ctx, de_credito(credito), "juicio_tfja", desde=ctx.hoy)
    return "subsiste"


def _sustituir(ctx: Ctx, credito: Credito, sentido: str) -> str:
    """Another credit in its place, unless the five years have run."""
    anular(ctx, credito, sentido, "Se determina otra vez por lo que resolvió una defensa", "CFF 133; LSS 294")
    acto = ctx.session.get_one(Acto, credito.acto_id)
    nuevo = determinar_otra_vez(ctx, credito)
    lapsos = g_caducidad_de_periodos(ctx, acto, nuevo.clase, nuevo.periodo_desde, nuevo.periodo_hasta)
    todos = (
        len(tramos(nuevo.clase, nuevo.periodo_desde, nuevo.periodo_hasta))
        if nuevo.periodo_desde and nuevo.periodo_hasta
        else 0
    )
    if g_facultades(ctx, de_credito(nuevo)) and (todos == 0 or len(lapsos) < todos):
        return "sustituido"
    return "anulado"


def convenir(ctx: Ctx, credito: Credito) -> None:
    """An agreement is in force: nothing is collected while it lives."""
    _pausar(ctx, credito, CONVENIO)
    _pasar_si_puede(credito, K.EN_CONVENIO)
    anotar(ctx, "convenir", de_credito(credito))


def terminar_convenio(ctx: Ctx, credito: Credito, desenlace: str) -> None:
    """The agreement ended. Not fulfilled: what is left is due at once, with the days of CFF 151."""
    _levantar(ctx, credito, CONVENIO)
    if desenlace != "cumplido":
        credito.de_convenio = True
    plazo.cerrar(ctx, de_credito(credito), credito_plazos.PAGO)
    anotar(ctx, "terminar_convenio", de_credito(credito), desenlace=desenlace)


def garantizar(ctx: Ctx, credito: Credito, suficiente: bool) -> None:
    """The guarantee was judged: enough keeps the credit from being collected (CFF 144)."""
    if suficiente:
        _pausar(ctx, credito, GARANTIA)
        _pasar_si_puede(credito, K.GARANTIZADO_VIGENTE)
    anotar(ctx, "garantizar", de_credito(credito), suficiente=suficiente)


def perder_garantia(ctx: Ctx, credito: Credito) -> None:
    """The guarantee is used up or gone."""
    _levantar(ctx, credito, GARANTIA)


def esta(ctx: Ctx, credito: Credito, *causales: str) -> bool:
    """One of the grounds holds the credit."""
    return any(pausa.causal in causales for pausa in plazo.suspendidas(ctx, de_credito(credito)))


def defensa_viva(ctx: Ctx, credito: Credito) -> bool:
    """A defence is lodged and not resolved, also one that nobody has heard of yet."""
    if esta(ctx, credito, INCONFORMIDAD, JUICIO):
        return True
    sin_oir = exists().where(
        Mensaje.nombre == "defensa_interpuesta",
        Mensaje.valor == str(credito.id),
        Mensaje.estado.in_((EstadoMensaje.PENDIENTE, EstadoMensaje.RETENIDO)),
    )
    return bool(ctx.session.scalar(select(sin_oir)))


def puede_defenderse(ctx: Ctx, credito: Credito) -> bool:
    """A defence lives, or may still be lodged."""
    abiertos = plazo.abiertos(ctx, de_credito(credito))
    corren = any(
        clave in abiertos and abiertos[clave].dispara_en > ctx.now for clave in credito_plazos.DEFENSA
    )
    return corren or defensa_viva(ctx, credito)


def precluyo(ctx: Ctx, credito: Credito) -> bool:
    """Nobody may fight the credit any more: no remedy lives, and the days of all of them were closed."""
    abiertos = plazo.abiertos(ctx, de_credito(credito))
    return not any(clave in abiertos for clave in credito_plazos.DEFENSA) and not defensa_viva(ctx, credito)


def avisar_si_firme(ctx: Ctx, credito: Credito) -> bool:
    """Tell the denuncias that the credit is legally firm: nobody may fight it any more. False while she may."""
    if credito.estado not in (K.FIRME, K.EXIGIBLE, K.EN_PAE) or puede_defenderse(ctx, credito):
        return False
    avisar_definido(ctx, credito, "firme")
    return True


def _pausar(ctx: Ctx, credito: Credito, clave: str) -> None:
    if esta(ctx, credito, clave):
        return
    dicha = causal(clave)
    plazo.suspender(ctx, de_credito(credito), clave, dicha.cita if dicha else clave, ctx.hoy)


def _levantar(ctx: Ctx, credito: Credito, *claves: str) -> None:
    for pausa in plazo.suspendidas(ctx, de_credito(credito)):
        if pausa.causal in claves:
            plazo.reanudar(ctx, de_credito(credito), max(ctx.hoy, pausa.desde), pausa.id)


def _pasar_si_puede(credito: Credito, estado: EstadoCredito) -> None:
    """The state follows where the table of states lets it; the ledger holds the fact anyway."""
    try:
        credito.pasar_a(estado)
    except TransicionIlegal:
        return
