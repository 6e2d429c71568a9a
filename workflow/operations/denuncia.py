"""What happens to a denuncia as a whole: close it, answer it, hear evidence, reprisals and withdrawals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from models.acto import Acto
from models.denuncia import CAUSAS, CausaCierre, Denuncia, EstadoDenuncia, Prioridad
from models.documento import Documento
from models.organizacion import Rol
from models.proceso import Tarea
from models.propuesta import PROPUESTAS_ABIERTAS, Propuesta
from models.restitucion import EtapaRestitucion, Restitucion
from models.riesgo import AvisoRiesgo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, buzon, mensaje, papel_denuncia, plazo, reserva
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_denuncia, del_caso
from workflow.rules import estatus_publico

E, C = EstadoDenuncia, CausaCierre
PETICION = "falta_algo"


def de(ctx: Ctx, call: Call) -> Denuncia:
    """The denuncia of the instance that calls. Raises NoEncontrado for an instance of something else."""
    return del_caso(ctx, call, Denuncia)


@operation("cerrar_denuncia")
def cerrar_denuncia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Close with its cause: the one of the node, or the one that the path walked means (procesos §1.3)."""
    denuncia = de(ctx, call)
    causa = (
        CausaCierre(call.node.params["causa"]) if "causa" in call.node.params else causa_de(denuncia, call)
    )
    cerrar(ctx, denuncia, causa)
    if causa is C.SIN_IDENTIFICAR:
        ctx.session.add(
            AvisoRiesgo(
                denuncia_id=denuncia.id,
                patron_id=denuncia.patron_id,
                subdelegacion_id=denuncia.subdelegacion_id,
                hechos={
                    clave: denuncia.hechos.get(clave)
                    for clave in ("motivos", "periodo_desde", "periodo_hasta")
                },
                registrado_en=ctx.now,
            )
        )
    if causa is C.DUPLICADA:
        _unir_pruebas(ctx, denuncia)
    nombre = "cierre_seguimiento" if call.node.process == "denuncia_seguimiento" else "cierre_tramite"
    return {nombre: "cerrada"}


def cerrar(ctx: Ctx, denuncia: Denuncia, causa: CausaCierre) -> None:
    """Pass to the final state of `causa`; every open term ends with the case (procesos §0.2 rule 10)."""
    final = next(estado for estado, causas in CAUSAS.items() if causa in causas)
    antes = denuncia.estado
    denuncia.pasar_a(final)
    denuncia.causa_cierre, denuncia.cerrada_en = causa, ctx.now
    sujeto = de_denuncia(denuncia)
    plazo.cerrar_todos(ctx, sujeto)
    anotar(ctx, "cerrar_denuncia", sujeto, causa=causa.value)
    _decir_estatus(ctx, denuncia, antes)
    if final is E.DESISTIDA and denuncia.propuesta_id is not None:
        _una_denuncia_menos(ctx, denuncia)


def _una_denuncia_menos(ctx: Ctx, denuncia: Denuncia) -> None:
    """The Institute's powers go on: the proposal keeps its reasons, the committee knows that one withdrew."""
    propuesta = ctx.session.get_one(Propuesta, denuncia.propuesta_id)
    if propuesta.estado not in PROPUESTAS_ABIERTAS:
        return
    secretarios = aviso.con_rol(ctx, Rol.SECRETARIO_COMITE, subdelegacion_id=propuesta.subdelegacion_id)
    aviso.avisar(
        ctx, secretarios, "Una denuncia menos en una propuesta", propuesta.folio, f"menos:{denuncia.id}"
    )


def causa_de(denuncia: Denuncia, call: Call) -> CausaCierre:
    """The cause that the opinion or the result means."""
    if call.node.process == "denuncia_tramite":
        if denuncia.estado is E.EN_CALIFICACION:
            return CausaCierre((denuncia.calificacion or {})["calificacion"])
        ya = (denuncia.analisis or {}).get("presuncion") == "ya_restituida"
        return C.ANTES_DE_ACTO if ya else C.SIN_PRESUNCION
    datos = call.data
    if datos.get("restitucion") == "improcedente":
        return C.CREDITO_ANULADO
    if datos.get("restitucion"):
        return C.POR_CORRECCION if datos.get("resultado_acto") == "corregido" else C.DE_OFICIO
    if datos.get("resultado_acto") == "extinto":
        return C.FACULTADES_EXTINTAS
    if datos.get("resultado_acto"):
        return C.ACTO_SIN_OBSERVACIONES
    return C.PROPUESTA_RETIRADA if datos.get("causa") else C.RECHAZO_COMITE


def _unir_pruebas(ctx: Ctx, denuncia: Denuncia) -> None:
    """The evidence of a duplicate goes on serving in the original denuncia."""
    original = ctx.session.get(Denuncia, denuncia.original_id) if denuncia.original_id else None
    if original is None:
        return
    ctx.session.execute(
        update(Documento)
        .where(
            Documento.sujeto_tipo == "denuncia",
            Documento.sujeto_id == denuncia.id,
            Documento.tipo == "evidencia",
        )
        .values(sujeto_id=original.id, expediente_id=original.expediente_id)
    )


@operation("responder_denunciante")
def responder_denunciante(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Issue the answer for her record and put it in the mailbox; the end of the process is the state."""
    denuncia = de(ctx, call)
    if denuncia.causa_cierre is None:
        raise DatoInvalido("La denuncia todavía no tiene causa de cierre: no hay nada que responder.")
    sujeto = de_denuncia(denuncia)
    cierre = plazo.abrir(ctx, sujeto, "buzon_cierre")
    denuncia.buzon_abierto_hasta = cierre.vence
    reserva.cuidar(ctx, [denuncia.id], {"texto_adicional": call.form.get("texto_adicional")})
    semanas = semanas_reconocidas(ctx, denuncia.id)
    papel = papel_denuncia.oficio_respuesta(ctx, denuncia, call.form, cierre.vence, semanas)
    emitir(ctx, sujeto, papel, para_denunciante=True, firmas=[call.form.get("oficio")])
    buzon.escribir(ctx, denuncia, "respuesta", papel.frase)
    return {"tipo_cierre": denuncia.estado.value}


@operation("agregar_evidencia")
def agregar_evidencia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """New evidence is in the file: tell the analyst and the chief; past the analysis, also the auditors.

    The auditors are told by the folio of their act: nothing leads them to who denounced.
    """
    denuncia = de(ctx, call)
    destinatarios = quien_la_lleva(ctx, denuncia)
    if denuncia.estado in (E.EN_PROGRAMACION, E.EN_ACTO, E.POR_RESTITUIR):
        for acto in actos_de(ctx, denuncia):
            clave = f"evidencia_acto:{acto.id}:{call.data.get('promocion_id')}"
            aviso.avisar(ctx, acto.auditores, "Hay pruebas nuevas para un acto tuyo", acto.folio, clave)
    promocion = call.data.get("promocion_id")
    aviso.avisar(
        ctx, destinatarios, "Hay pruebas nuevas en una denuncia", denuncia.folio, f"evidencia:{promocion}"
    )
    anotar(ctx, "agregar_evidencia", de_denuncia(denuncia), promocion_id=promocion)
    return {}


def quien_la_lleva(ctx: Ctx, denuncia: Denuncia) -> list[int]:
    """The analyst of the case and the chiefs of its unit (procesos §1.8)."""
    analista = [denuncia.analista_id] if denuncia.analista_id else []
    return analista + aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=denuncia.subdelegacion_id)


def actos_de(ctx: Ctx, denuncia: Denuncia) -> list[Acto]:
    """The acts that look into her facts: the one that she joined, or those born of her proposal."""
    if denuncia.acto_id is not None:
        return [ctx.session.get_one(Acto, denuncia.acto_id)]
    if denuncia.propuesta_id is None:
        return []
    consulta = select(Acto).where(Acto.propuesta_id == denuncia.propuesta_id).order_by(Acto.id)
    return list(ctx.session.scalars(consulta))


def semanas_reconocidas(ctx: Ctx, denuncia_id: int) -> int | None:
    """Weeks that the ledger of restitution recognised to her; None when nothing was recognised."""
    consulta = select(func.sum(Restitucion.semanas)).where(
        Restitucion.denuncia_id == denuncia_id, Restitucion.etapa == EtapaRestitucion.RECONOCIDA
    )
    semanas = ctx.session.scalar(consulta)
    return int(semanas) if semanas is not None else None


def avisar_represalia(ctx: Ctx, denuncia: Denuncia, promocion_id: Any) -> None:
    """A possible reprisal: the analyst and the chief are told at once, without what she told."""
    aviso.avisar(
        ctx,
        quien_la_lleva(ctx, denuncia),
        "Atiende una posible represalia",
        denuncia.folio,
        f"represalia:{denuncia.id}:{promocion_id}",
    )


@operation("atender_represalia")
def atender_represalia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Orient her, raise the priority where asked, and record what was done (never what she told)."""
    denuncia = de(ctx, call)
    if "prioridad" in call.form.get("acciones", []):
        denuncia.prioridad = Prioridad.URGENTE
        ctx.session.execute(
            update(Tarea)
            .where(Tarea.sujeto_tipo == "denuncia", Tarea.sujeto_id == denuncia.id, Tarea.estado == "abierta")
            .values(prioridad=2)
        )
    buzon.escribir(ctx, denuncia, "aviso", str(call.form["mensaje"]))
    anotar(ctx, "atender_represalia", de_denuncia(denuncia), acciones=call.form.get("acciones", []))
    return {}


@operation("ratificar_desistimiento")
def ratificar_desistimiento(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A withdrawal under pressure is none: the case goes on and a possible reprisal is attended."""
    denuncia, form = de(ctx, call), call.form
    presion = bool(form["hubo_presion"])
    valido = bool(form["desistimiento_valido"])
    if presion and valido:
        raise DatoInvalido(
            "Con presión no hay desistimiento válido. Marca que no es válido: el caso sigue.",
            {"desistimiento_valido": "Con presión, el desistimiento no es válido."},
        )
    if presion:
        promocion_id = call.data.get("promocion_id")
        mensaje.enviar(ctx, "represalia_reportada", str(denuncia.id), {"promocion_id": promocion_id})
        avisar_represalia(ctx, denuncia, promocion_id)
    anotar(ctx, "ratificar_desistimiento", de_denuncia(denuncia), valido=valido, presion=presion)
    return {"desistimiento_valido": valido}


def cambiar(ctx: Ctx, denuncia: Denuncia, estado: EstadoDenuncia, **datos: Any) -> None:
    """Move the denuncia; when what she reads in her mailbox changes, tell her (no facts)."""
    antes = denuncia.estado
    denuncia.pasar_a(estado)
    if antes is not estado:
        anotar(ctx, "cambiar_estado", de_denuncia(denuncia), de=antes.value, a=estado.value, **datos)
        _decir_estatus(ctx, denuncia, antes)


def _decir_estatus(ctx: Ctx, denuncia: Denuncia, antes: EstadoDenuncia) -> None:
    """The fixed sentence of the new public status. What we ask of her has a message of its own."""
    nuevo = estatus_publico.de_estado(denuncia.estado.value)
    if nuevo.clave == PETICION or nuevo.clave == estatus_publico.de_estado(antes.value).clave:
        return
    buzon.escribir(ctx, denuncia, "estatus", f"{nuevo.frase} {nuevo.que_sigue}")
