"""The first part of a denuncia: acknowledge, assign, qualify, ask, analyse, conclude (procesos §2.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select, update

from models.denuncia import CausaCierre, Denuncia, EstadoDenuncia, Prioridad
from models.identidad import Identidad
from models.organizacion import Rol, Subdelegacion, Usuario
from models.plazo import Plazo
from workflow import formularios
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, buzon, papel_denuncia, plazo, reserva
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.denuncia import cambiar, cerrar, de
from workflow.operations.documento import emitir
from workflow.operations.patron import confirmar
from workflow.operations.sujeto import de_denuncia
from workflow.params.loader import plazo as termino

E = EstadoDenuncia
PEDIR_IDENTIDAD = (
    "Para seguir con tu denuncia necesitamos saber quién eres. Entra a tu buzón y escribe tus datos."
)
PEDIR_DATOS = "Nos falta información para seguir con tu denuncia. Responde en tu buzón lo que te pedimos."
CAMBIO_DE_OFICINA = "Tu caso lo atiende ahora otra oficina del IMSS. Conservas tu folio y tu lugar."


@operation("acusar_denuncia")
def acusar_denuncia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Open the clocks of the filing and look for duplicates. Twice does no more than once.

    The five years are judged at the filing (`presentada_en`), whenever somebody reads it.
    """
    denuncia = de(ctx, call)
    if denuncia.estado is not E.RECIBIDA:
        return {"entrada": "reanalisis" if denuncia.estado is E.EN_ANALISIS else _entrada(denuncia)}
    sujeto = de_denuncia(denuncia)
    presentada = denuncia.presentada_en.astimezone(ctx.servicios.zona).date()
    fin = denuncia.hechos.get("periodo_hasta")
    ventana = plazo.abrir(
        ctx, sujeto, "antig_denuncia", desde=dt.date.fromisoformat(str(fin)) if fin else presentada
    )
    plazo.abrir(ctx, sujeto, "caducidad", desde=presentada)
    plazo.abrir(ctx, sujeto, "respuesta_instancia", desde=presentada)
    denuncia.calificacion = {
        "sugerencias": {"a_tiempo": ventana.vence >= presentada, "parecidas": _parecidas(ctx, denuncia)}
    }
    anotar(ctx, "acusar_denuncia", sujeto, canal=denuncia.canal.value, digesto=denuncia.digesto)
    return {"entrada": _entrada(denuncia)}


def _cuidar(ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any], *campos: str) -> None:
    reserva.cuidar(ctx, [denuncia.id], {campo: form.get(campo) for campo in campos})


def _entrada(denuncia: Denuncia) -> str:
    return "identificada" if denuncia.identificada else "sin_identificar"


def _parecidas(ctx: Ctx, denuncia: Denuncia) -> list[int]:
    """Open denuncias of the same person (by blind index): nobody needs to read who she is."""
    mia = ctx.session.scalar(select(Identidad).where(Identidad.denuncia_id == denuncia.id))
    if mia is None:
        return []
    iguales = [Identidad.indice_curp == mia.indice_curp] if mia.indice_curp else []
    iguales += [Identidad.indice_nss == mia.indice_nss] if mia.indice_nss else []
    if not iguales:
        return []
    consulta = (
        select(Denuncia.id)
        .join(Identidad, Identidad.denuncia_id == Denuncia.id)
        .where(or_(*iguales), Denuncia.id != denuncia.id, Denuncia.causa_cierre.is_(None))
        .order_by(Denuncia.id)
    )
    return list(ctx.session.scalars(consulta))


@operation("pedir_identidad")
def pedir_identidad(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Without identity nothing is audited: ask for it through the mailbox."""
    denuncia = de(ctx, call)
    cambiar(ctx, denuncia, E.SIN_IDENTIFICAR)
    buzon.escribir(ctx, denuncia, "peticion", PEDIR_IDENTIDAD)
    return {}


@operation("asignar_denuncia")
def asignar_denuncia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Give the denuncia to an analyst of the unit who has no tie with the parties."""
    denuncia, form = de(ctx, call), call.form
    analista = ctx.session.get(Usuario, int(form["analista"]))
    roles = {fila.rol for fila in analista.roles} if analista else set()
    if (
        analista is None
        or not analista.activo
        or Rol.ANALISTA_AUDITORIA not in roles
        or analista.subdelegacion_id != denuncia.subdelegacion_id
    ):
        raise DatoInvalido(
            "Esa persona no es analista de esta subdelegación.",
            {"analista": "Elige un analista de tu oficina."},
        )
    if not form["sin_conflicto"]:
        raise DatoInvalido(
            "Con conflicto de interés no se puede asignar. Elige a otra persona.",
            {"sin_conflicto": "Elige a alguien que no tenga relación con las partes."},
        )
    plazo.cerrar(ctx, de_denuncia(denuncia), "identidad_denunciante")
    denuncia.analista_id = analista.id
    denuncia.prioridad = Prioridad(form["prioridad"])
    cambiar(ctx, denuncia, E.ASIGNADA, analista_id=analista.id)
    return {}


@operation("calificar_denuncia")
def calificar_denuncia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What is to be done with what she told: admit, ask, send elsewhere or declare it out of place."""
    denuncia, form = de(ctx, call), dict(call.form)
    calificacion = str(form["calificacion"])
    _cuidar(ctx, denuncia, form, "motivo", "mensaje")
    sugerencias = (denuncia.calificacion or {}).get("sugerencias", {})
    if calificacion == "extemporanea" and sugerencias.get("a_tiempo", True):
        raise DatoInvalido(
            "La denuncia se presentó dentro de los cinco años: no es extemporánea.",
            {"calificacion": "Se presentó a tiempo: elige otra calificación."},
        )
    if calificacion == "otra_unidad":
        _revisar_destino(ctx, denuncia, form)
    if calificacion == "duplicada":
        _revisar_original(ctx, denuncia, form)
    cambiar(ctx, denuncia, E.EN_CALIFICACION)
    if calificacion == "admitida":
        confirmar(ctx, denuncia, form.get("datos_patron_confirmados"))
        cambiar(ctx, denuncia, E.EN_ANALISIS)
    denuncia.calificacion = {**form, "sugerencias": sugerencias}
    plazo.cerrar(ctx, de_denuncia(denuncia), "sla_calificacion")
    return {"calificacion": calificacion}


def _revisar_destino(ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any]) -> None:
    tope = termino("max_reenvios").longitud or 0
    if denuncia.reenvios >= tope:
        raise DatoInvalido(
            f"Esta denuncia ya cambió de oficina {tope} veces: el OOAD fijó la unidad y aquí se atiende.",
            {"calificacion": "Ya no se puede enviar a otra subdelegación."},
        )
    destino = ctx.session.get(Subdelegacion, int(form["unidad_destino"]))
    if destino is None or destino.id == denuncia.subdelegacion_id:
        raise DatoInvalido(
            "Elige una subdelegación distinta de la tuya.", {"unidad_destino": "Elige otra subdelegación."}
        )


def _revisar_original(ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any]) -> None:
    original = ctx.session.get(Denuncia, int(form["original"]))
    if original is None or original.id == denuncia.id:
        raise DatoInvalido(
            "La denuncia original no existe. Revisa su folio.", {"original": "Elige la denuncia original."}
        )
    denuncia.original_id = original.id


@operation("prevenir_denunciante")
def prevenir_denunciante(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Ask her for what is missing, in the mailbox and by oficio, with the day until which she can answer."""
    denuncia = de(ctx, call)
    denuncia.etapa_prevencion = "analisis" if denuncia.estado is E.EN_ANALISIS else "calificacion"
    cambiar(ctx, denuncia, E.INCOMPLETA, etapa=denuncia.etapa_prevencion)
    sujeto = de_denuncia(denuncia)
    limite = plazo.abrir(ctx, sujeto, "info_denunciante").vence
    pedido = denuncia.calificacion or {}
    en_calificacion = denuncia.etapa_prevencion == "calificacion"
    mensaje = str(pedido.get("mensaje") or PEDIR_DATOS) if en_calificacion else PEDIR_DATOS
    faltantes = list(pedido.get("faltantes") or []) if en_calificacion else []
    oficio = papel_denuncia.oficio_prevencion(ctx, denuncia, faltantes or ["otro"], mensaje, limite)
    emitir(ctx, sujeto, oficio, para_denunciante=True)
    buzon.escribir(ctx, denuncia, "peticion", mensaje)
    return {}


@operation("leer_etapa")
def leer_etapa(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Back to the stage in which the question arose; the same datum is asked once."""
    denuncia = de(ctx, call)
    etapa = denuncia.etapa_prevencion or "calificacion"
    sujeto = de_denuncia(denuncia)
    plazo.cerrar(ctx, sujeto, "info_denunciante")
    cambiar(ctx, denuncia, E.EN_ANALISIS if etapa == "analisis" else E.EN_CALIFICACION)
    # The institute's clock stood still while she was asked: it goes on with the days that it had left.
    plazo.reabrir(ctx, sujeto, "sla_analisis" if etapa == "analisis" else "sla_calificacion")
    return {"etapa": etapa}


@operation("reasignar_unidad")
def reasignar_unidad(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Send it to another unit: folio and filing clock stay, terms and file follow, she is told."""
    denuncia = de(ctx, call)
    destino = int((denuncia.calificacion or {})["unidad_destino"])
    origen = denuncia.subdelegacion_id
    denuncia.subdelegacion_id = denuncia.expediente.subdelegacion_id = destino
    denuncia.reenvios += 1
    denuncia.analista_id = None
    ctx.session.execute(
        update(Plazo)
        .where(Plazo.sujeto_tipo == "denuncia", Plazo.sujeto_id == denuncia.id, Plazo.cerrado_en.is_(None))
        .values(subdelegacion_id=destino)
    )
    cambiar(ctx, denuncia, E.ASIGNADA)
    ctx.session.flush()
    ctx.session.refresh(denuncia, ["subdelegacion"])
    plazo.recalcular_calendario(ctx, de_denuncia(denuncia), "Cambio de oficina", "CFF 12")
    buzon.escribir(ctx, denuncia, "estatus", CAMBIO_DE_OFICINA)
    if denuncia.reenvios >= (termino("max_reenvios").longitud or 0):
        aviso.al_ooad(
            ctx,
            denuncia.subdelegacion.ooad_id,
            "Una denuncia ya no puede cambiar de oficina: revisa su unidad",
            denuncia.folio,
            f"reenvios:{denuncia.id}",
        )
    anotar(ctx, "reasignar_unidad", de_denuncia(denuncia), de=origen, a=destino)
    return {}


@operation("turnar_denuncia")
def turnar_denuncia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Send the matter to the authority that can attend it, with what she allowed to share."""
    denuncia, form = de(ctx, call), call.form
    emitir(
        ctx,
        de_denuncia(denuncia),
        papel_denuncia.oficio_turno(ctx, denuncia, form),
        firmas=[form.get("oficio")],
    )
    cerrar(ctx, denuncia, CausaCierre(form["autoridad"]))
    return {"cierre_tramite": "cerrada"}


@operation("analizar_denuncia")
def analizar_denuncia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Is there a presumption of non-compliance? The opinion is issued unless data are still missing."""
    denuncia, form = de(ctx, call), dict(call.form)
    presuncion = str(form["presuncion"])
    _cuidar(ctx, denuncia, form, "resumen_sin_identidad", "hallazgo_cruces")
    if presuncion == "si" and denuncia.patron_id is None:
        confirmar(ctx, denuncia, None)
        ctx.session.refresh(denuncia, ["patron"])
    denuncia.analisis = form
    sujeto = de_denuncia(denuncia)
    plazo.cerrar(ctx, sujeto, "sla_programacion")
    if presuncion != "falta_informacion":
        etiquetas = formularios.cargar("denuncia", "analizar_denuncia").etiquetas()
        emitir(ctx, sujeto, papel_denuncia.dictamen(ctx, denuncia, form, etiquetas))
    anotar(ctx, "analizar_denuncia", sujeto, presuncion=presuncion)
    return {"presuncion": presuncion}


@operation("revisar_dictamen")
def revisar_dictamen(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The chief agrees with closing, or sends the opinion back to analysis with her reason."""
    denuncia = de(ctx, call)
    visto_bueno = bool(call.form["visto_bueno"])
    if not visto_bueno:
        cambiar(ctx, denuncia, E.EN_ANALISIS)
    anotar(ctx, "revisar_dictamen", de_denuncia(denuncia), visto_bueno=visto_bueno)
    return {"visto_bueno": visto_bueno}
