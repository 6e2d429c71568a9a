"""The caja of a business under an interventor: reports, what it must bring, who disobeys (CFF 164-172)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import func, select

from models.pae import EstadoPae, InformeIntervencion, Intervencion, Pae
from models.pago import OrigenPago
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import horario, papel_pae, plazo, reserva
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.depositaria import ADMINISTRADOR, INTERVENTOR, nombrar, responder, ultima
from workflow.operations.documento import emitir
from workflow.operations.espera_pae import saldar
from workflow.operations.pae import adeudo, avisar_jefes, exigir_cobro, ingresar, mover, pae_de, vivos
from workflow.operations.sujeto import de_pae
from workflow.rules import embargo
from workflow.rules.calendario import fecha_larga
from workflow.rules.dinero import escribir

P = EstadoPae
ESTACIONAL = "estacional"


@operation("nombrar_interventor")
def nombrar_interventor(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Name the interventor con cargo a la caja (CFF 164)."""
    pae, form = pae_de(ctx, call), call.form
    exigir_cobro(ctx, pae)
    nombrar(ctx, pae, form, INTERVENTOR)
    return {"estacional": bool(form.get(ESTACIONAL))}


@operation("aceptar_intervencion")
def aceptar_intervencion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """She accepts, with her inscription in the registry (CFF 168), or does not."""
    pae, form = pae_de(ctx, call), call.form
    fila = ultima(ctx, pae, INTERVENTOR)
    acepta = responder(ctx, fila, form)
    fila.inscripcion = str(form.get("inscripcion") or "")
    anotar(ctx, "aceptar_intervencion", de_pae(pae), depositaria_id=fila.id, acepta=acepta)
    return {"acepta": acepta}


@operation("abrir_intervencion")
def abrir_intervencion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """It begins: the debt of today is what three months must bring 24 % of."""
    pae = pae_de(ctx, call)
    fila = Intervencion(
        pae_id=pae.id,
        depositaria_id=ultima(ctx, pae, INTERVENTOR).id,
        base=adeudo(ctx, vivos(ctx, pae), ctx.hoy),
        estacional=bool(call.data.get(ESTACIONAL)),
        iniciada_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    mover(pae, P.EMBARGADO, P.EN_INTERVENCION)
    plazo.abrir(ctx, de_pae(pae), "intervencion_24")
    plazo.abrir(ctx, de_pae(pae), "interventor_informe")
    anotar(ctx, "abrir_intervencion", de_pae(pae), intervencion_id=fila.id)
    return {"intervencion": "saldado"}


def abierta(ctx: Ctx, pae: Pae) -> Intervencion:
    """The intervention that runs. Raises NoEncontrado without one."""
    fila = ctx.session.scalars(
        select(Intervencion).where(Intervencion.pae_id == pae.id, Intervencion.concluida_en.is_(None))
    ).first()
    if fila is None:
        raise NoEncontrado("No hay una intervención abierta.")
    return fila


@operation("rendir_informe")
def rendir_informe(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What came in and what was withheld: at most a tenth (CFF 165); the next report is due after its month."""
    pae, form = pae_de(ctx, call), call.form
    exigir_cobro(ctx, pae)
    fila = abierta(ctx, pae)
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"hechos": form.get("hechos")})
    desde = horario.dia_hecho(ctx, form["desde"], *_por_informar(ctx, pae, fila), campo="desde")
    hasta = dt.date.fromisoformat(str(form["hasta"]))
    if desde > hasta or hasta > ctx.hoy:
        raise DatoInvalido("El periodo del informe debe haber terminado.", {"hasta": "Revisa las fechas."})
    ingresos, retenido = Decimal(form["ingresos"]), Decimal(form["retenido"])
    tope = embargo.retencion(ingresos, hasta)
    if retenido > tope.importe:
        raise DatoInvalido(
            f"Se retuvo más de lo que la ley permite: {tope.pasos[0].de_que}, {escribir(tope.importe)} "
            f"({tope.pasos[0].articulo}).",
            {"retenido": f"Escribe una cantidad de hasta {escribir(tope.importe)}."},
        )
    if retenido > 0 and not form.get("orden_ingreso"):
        raise DatoInvalido(
            "Lo retenido se entera con su orden de ingreso.",
            {"orden_ingreso": "Escribe la orden de ingreso."},
        )
    pago = (
        ingresar(ctx, pae, OrigenPago.INTERVENCION, retenido, str(form["orden_ingreso"]), hasta)
        if retenido > 0
        else None
    )
    consulta = select(func.max(InformeIntervencion.numero)).where(
        InformeIntervencion.intervencion_id == fila.id
    )
    ctx.session.add(
        InformeIntervencion(
            intervencion_id=fila.id,
            numero=(ctx.session.scalar(consulta) or 0) + 1,
            desde=desde,
            hasta=hasta,
            ingresos=ingresos,
            retenido=retenido,
            movimientos=list(form.get("movimientos_autorizados") or []),
            pago_id=pago.id if pago is not None else None,
            presentado_en=ctx.now,
            presentado_por=ctx.actor.usuario_id,
        )
    )
    plazo.abrir(ctx, de_pae(pae), "interventor_informe", desde=_fin_de_mes(ctx.hoy))
    anotar(ctx, "rendir_informe", de_pae(pae), intervencion_id=fila.id)
    return {"desobedecio": bool(form.get("desobedece"))}


def _por_informar(ctx: Ctx, pae: Pae, fila: Intervencion) -> tuple[dt.date, str]:
    """First day of which no report has told, and what is said of a report that begins before it."""
    ultimo = ctx.session.scalar(
        select(func.max(InformeIntervencion.hasta)).where(InformeIntervencion.intervencion_id == fila.id)
    )
    if ultimo is not None:
        return ultimo + dt.timedelta(days=1), f"Ya hay un informe hasta el {fecha_larga(ultimo)}."
    empezo = horario.local(ctx, pae.subdelegacion_id, fila.iniciada_en).date()
    return empezo, "El informe no puede empezar antes que la intervención."


def _fin_de_mes(dia: dt.date) -> dt.date:
    """Last day of the month of `dia`: the next report is due after it (RCFF 100)."""
    return (dia.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


@operation("evaluar_intervencion")
def evaluar_intervencion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Paid, disobeyed, not enough, or it goes on (CFF 166, 172)."""
    pae = pae_de(ctx, call)
    fila = abierta(ctx, pae)
    if not saldar(ctx, pae):
        _cerrar(ctx, pae, fila, "saldado")
        return {"marcha": "saldado", "intervencion": "saldado"}
    if call.data.get("desobedecio"):
        return {"marcha": "desobedece"}
    recaudado = _recaudado(ctx, fila)
    inicio = fila.iniciada_en.astimezone(ctx.servicios.zona).date()
    resultado = embargo.recaudacion(
        fila.base, recaudado, _meses(inicio, ctx.hoy), ctx.hoy, estacional=fila.estacional
    )
    return {"marcha": "sigue" if resultado.suficiente else "insuficiente"}


def _recaudado(ctx: Ctx, fila: Intervencion) -> Decimal:
    suma = ctx.session.scalar(
        select(func.sum(InformeIntervencion.retenido)).where(InformeIntervencion.intervencion_id == fila.id)
    )
    return Decimal(suma or 0)


def _meses(desde: dt.date, hasta: dt.date) -> int:
    """Whole calendar months between two days."""
    return (hasta.year - desde.year) * 12 + hasta.month - desde.month - (hasta.day < desde.day)


def _cerrar(ctx: Ctx, pae: Pae, fila: Intervencion, desenlace: str) -> None:
    fila.concluida_en, fila.desenlace = ctx.now, desenlace
    for clave in ("intervencion_24", "interventor_informe"):
        plazo.cerrar(ctx, de_pae(pae), clave)
    mover(pae, P.EMBARGADO)
    anotar(ctx, "cerrar_intervencion", de_pae(pae), intervencion_id=fila.id, desenlace=desenlace)


@operation("nombrar_administrador")
def nombrar_administrador(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The measures were disobeyed: the intervention becomes an administration (CFF 166, 167)."""
    pae = pae_de(ctx, call)
    exigir_cobro(ctx, pae)
    nombrada = nombrar(ctx, pae, call.form, ADMINISTRADOR)
    antes = abierta(ctx, pae)
    antes.depositaria_id = nombrada.id
    return {}


@operation("marcar_revision")
def marcar_revision(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Three months passed: the next report says whether they brought 24 %."""
    pae = pae_de(ctx, call)
    avisar_jefes(ctx, pae, "La intervención cumplió tres meses: revisa lo recaudado", "intervencion_24")
    return {}


@operation("alertar_informe")
def alertar_informe(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The interventor did not report in time (RCFF 100, 101)."""
    pae = pae_de(ctx, call)
    avisar_jefes(ctx, pae, "El interventor no rindió su informe a tiempo", "interventor_informe")
    return {}


@operation("decidir_enajenacion")
def decidir_enajenacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """It does not bring enough: the business is sold, or the intervention goes on (CFF 172)."""
    pae, form, enajenacion = pae_de(ctx, call), call.form, str(call.form["enajenacion"])
    g_territorio(ctx, pae.subdelegacion_id)
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form.get("motivo")})
    exigir_cobro(ctx, pae)
    fila = abierta(ctx, pae)
    papel = papel_pae.acuerdo_enajenacion(ctx, pae, fila, _recaudado(ctx, fila), enajenacion, form["rubrica"])
    emitir(ctx, de_pae(pae), papel, firmas=[form["rubrica"]])
    if enajenacion == "enajenar":
        _cerrar(ctx, pae, fila, "enajenar")
        return {"enajenacion": enajenacion, "intervencion": "enajenar"}
    return {"enajenacion": enajenacion}
