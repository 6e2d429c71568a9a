"""What the office answers from the denuncia to the agreement: analysts, chiefs, committee (procesos §2-5)."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from sqlalchemy import select

from models.acto import Acto
from models.base import Base
from models.comite import Asistencia, Asunto, Comite, EstadoAsunto, EstadoSesion, Mocion, Sesion
from models.denuncia import Denuncia
from models.patron import Patron
from models.propuesta import PROPUESTAS_ABIERTAS, EstadoPropuesta, Propuesta
from tests.integration.vidas.formas import FIRMA
from tests.integration.vidas.jugador import PDF, Jugador, NoSeHace, responde
from workflow.actions import comite
from workflow.operations import restitucion
from workflow.operations.propuesta import ACTOS_QUE_ADMITEN
from workflow.rules.restitucion import contar

M = TypeVar("M", bound=Base)
REVISADO = {"desde": "2024-02-01", "hasta": "2026-01-31"}


def fila_de(j: Jugador, modelo: type[M], clave: int) -> M:
    """The row of a noun, loaded and let go."""
    with j.mundo.obra.como() as ctx:
        fila = ctx.session.get_one(modelo, clave)
        ctx.session.expunge(fila)
        return fila


# -- denuncia --------------------------------------------------------------------------------------------
@responde("asignar_denuncia")
def _asignar(j: Jugador, fila: Any) -> dict[str, Any]:
    analista = j.azar.choice(j.mundo.con_rol("analista_auditoria", fila.subdelegacion_id))
    prioridad = j.elige(normal=8, alta=1, urgente=1)
    return {"analista": analista.usuario_id, "prioridad": prioridad}


@responde("calificar_denuncia")
def _calificar(j: Jugador, fila: Any) -> dict[str, Any]:
    que = j.elige(
        admitida=76,
        incompleta=8,
        otra_autoridad=4,
        duplicada=4,
        no_es_materia=4,
        extemporanea=2,
        otra_unidad=2,
    )
    with j.mundo.obra.como() as ctx:
        suya = ctx.session.get_one(Denuncia, fila.sujeto_id)
        original = ctx.session.scalar(
            select(Denuncia.id).where(Denuncia.patron_id == suya.patron_id, Denuncia.id < suya.id).limit(1)
        )
        patron_id = suya.patron_id
    if que == "duplicada" and original is None:
        que = "admitida"
    destino = j.mundo.otra_unidad(fila.subdelegacion_id)
    otra = {"original": original, "unidad_destino": destino, "faltantes": ["pruebas"]}
    return {
        "calificacion": que,
        "datos_patron_confirmados": patron_id,
        "mensaje": "Mándanos tus recibos.",
        **otra,
    }


@responde("turnar_denuncia")
def _turnar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"autoridad": j.elige(stps=1, profedet=1, infonavit=1)}


@responde("analizar_denuncia")
def _analizar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {
        "presuncion": j.elige(si=80, no=8, falta_informacion=7, ya_restituida=5),
        "acto_sugerido": j.elige(visita=60, gabinete=16, invitacion=14, presuntiva_39c=10),
        "trabajadores_afectados": j.azar.randint(3, 90),
        "riesgo_identificacion": j.elige(bajo=6, medio=3, alto=1),
    }


@responde("revisar_dictamen")
def _dictamen(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"visto_bueno": j.ocurre(85)}


@responde("revisar_propuesta")
def _proponer(j: Jugador, fila: Any) -> dict[str, Any]:
    if j.ocurre(4):
        return {"destino": "devuelta"}
    with j.mundo.obra.como() as ctx:
        suya = ctx.session.get_one(Denuncia, fila.sujeto_id)
        mia = (Propuesta.patron_id == suya.patron_id, Propuesta.subdelegacion_id == suya.subdelegacion_id)
        abierta = ctx.session.scalar(
            select(Propuesta.id).where(*mia, Propuesta.estado.in_(PROPUESTAS_ABIERTAS)).limit(1)
        )
        acto = ctx.session.scalar(
            select(Acto.id)
            .where(Acto.patron_id == suya.patron_id, Acto.estado.in_(ACTOS_QUE_ADMITEN))
            .limit(1)
        )
    if acto is not None and j.ocurre(60):
        return {"destino": "acto_en_curso"}
    if abierta is None:
        return {"destino": "nueva"}
    return {"destino": j.elige(ampliada=4, acto_en_curso=1), "propuesta": abierta}


@responde("resolver_rechazo")
def _rechazo(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"tras_rechazo": j.elige(reanalizar=3, cerrar=7)}


@responde("gestionar_restitucion")
def _gestionar(j: Jugador, _fila: Any) -> dict[str, Any]:
    dicho = {"area": "Vigencia de Derechos", "fecha": j.mundo.hoy.isoformat(), "respuesta": "En trámite."}
    return {"gestiones": [dicho]}


@responde("restituir_derechos")
def _restituir(j: Jugador, fila: Any) -> dict[str, Any]:
    """What is missing of what was determined, or promised, of which sometimes only a part is registered."""
    with j.mundo.obra.como() as ctx:
        libro = restitucion.libro(ctx, ctx.session.get_one(Denuncia, fila.sujeto_id))
        pedidos = libro.faltan or (libro.prometida.tramos if libro.prometida and not libro.reconocida else ())
        hoy = ctx.hoy
    parte = pedidos[:1] if len(pedidos) > 1 and j.ocurre(30) else pedidos
    movimientos = [
        {
            "tipo": "modificacion",
            "fecha": tramo.desde.isoformat(),
            "salario": f"{tramo.salario:.2f}",
            "periodo": {"desde": tramo.desde.isoformat(), "hasta": tramo.hasta.isoformat()},
            "fundamento": "resolucion",
        }
        for tramo in parte
    ]
    aviso = {"tipo": "baja", "fecha": REVISADO["hasta"], "fundamento": "aviso_patronal"}
    return {
        "movimientos": movimientos or [aviso],
        "semanas_reconocidas": contar(parte, hoy).semanas,
        "evidencia": [PDF],
        "completa": parte == pedidos,
    }


@responde("responder_denunciante")
def _responder(_j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"oficio": FIRMA}


@responde("ratificar_desistimiento")
def _ratificar(j: Jugador, _fila: Any) -> dict[str, Any]:
    presion = j.ocurre(25)
    return {"hubo_presion": presion, "desistimiento_valido": not presion and j.ocurre(80)}


@responde("atender_represalia")
def _represalia(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"acciones": ["orientacion_profedet", *(["prioridad"] if j.ocurre(50) else [])]}


# -- programación ----------------------------------------------------------------------------------------
@responde("completar_ficha")
def _ficha(j: Jugador, fila: Any) -> dict[str, Any]:
    propuesta = fila_de(j, Propuesta, fila.sujeto_id)
    patron = fila_de(j, Patron, propuesta.patron_id)
    return {
        "ficha": j.elige(completa=94, retirada=6),
        "acto": j.elige(visita=60, gabinete=16, invitacion=14, presuntiva_39c=10),
        "ejercicios": [{"periodo": REVISADO}],
        "contribuciones": [j.elige(cop=3, rcv=1, ambas=3)],
        "universo": j.elige(trabajadores_senalados=1, puesto=1, centro=1, todo=4),
        "registros": [{"rp": patron.registro_patronal}],
        "trabajadores": patron.trabajadores or 10,
        "urgente": j.ocurre(5),
    }


@responde("validar_propuesta")
def _validar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"validacion": j.elige(valida=88, devuelta=7, retirada=5)}


@responde("completar_informacion")
def _informacion(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"informacion": j.elige(completa=85, retirada=15)}


@responde("designar_auditor")
def _designar(j: Jugador, fila: Any) -> dict[str, Any]:
    gente = j.mundo.con_rol("auditor", fila.subdelegacion_id)
    grupo = j.azar.sample(gente, min(2, len(gente)))
    return {
        "auditores": [{"usuario": grupo[0].usuario_id}],
        "jefe_grupo": grupo[-1].usuario_id,
        "fecha_tentativa": j.mundo.habil(10).isoformat(),
        "justificacion": "No hay otra persona disponible y ya no tiene relación con el patrón.",
    }


# -- comité ----------------------------------------------------------------------------------------------
def convocar(j: Jugador) -> None:
    """The secretaries: a session wherever proposals wait and none is being prepared."""
    with j.mundo.obra.como() as ctx:
        esperan = set(
            ctx.session.scalars(
                select(Propuesta.subdelegacion_id).where(Propuesta.estado == EstadoPropuesta.VALIDADA)
            )
        )
        preparan = set(
            ctx.session.scalars(
                select(Sesion.subdelegacion_id).where(
                    Sesion.estado.in_((EstadoSesion.EN_PREPARACION, EstadoSesion.CONVOCADA))
                )
            )
        )
        comites = {c.subdelegacion_id: c.id for c in ctx.session.scalars(select(Comite))}
    for unidad in sorted(esperan - preparan):
        with j.mundo.obra.como(j.mundo.con_rol("secretario_comite", unidad)[0]) as ctx:
            comite.nueva_sesion(ctx, comites[unidad])


@responde("preparar_sesion")
def _preparar(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        sesion = ctx.session.get_one(Sesion, fila.sujeto_id)
        esperan = list(
            ctx.session.scalars(
                select(Propuesta.id)
                .where(
                    Propuesta.estado == EstadoPropuesta.VALIDADA,
                    Propuesta.subdelegacion_id == sesion.subdelegacion_id,
                )
                .order_by(Propuesta.id)
            )
        )
        comite_id = sesion.comite_id
    if not esperan:
        raise NoSeHace
    cita = dt.datetime.combine(j.mundo.habil(7), dt.time(10, 0))
    asuntos = [{"propuesta": uno, "orden": n} for n, uno in enumerate(esperan[:12], 1)]
    return {"comite": comite_id, "fecha_hora": cita.strftime("%Y-%m-%dT%H:%M"), "asuntos": asuntos}


def _asientos(j: Jugador, sesion_id: int) -> list[tuple[int, str]]:
    with j.mundo.obra.como() as ctx:
        sesion = ctx.session.get_one(Sesion, sesion_id)
        return [(a.id, a.cargo.value) for a in sesion.comite.asientos]


@responde("pasar_lista")
def _lista(j: Jugador, fila: Any) -> dict[str, Any]:
    sillas = _asientos(j, fila.sujeto_id)
    faltan = 95 if j.ocurre(3) else 4
    llegan = [clave for clave, cargo in sillas if cargo != "vocalia" or not j.ocurre(faltan)]
    asistencia = [
        {"asiento": clave, "presente": True, "suplente": False, "medio": "presencial"}
        if clave in llegan
        else {"asiento": clave, "presente": False, "suplente": False}
        for clave, _ in sillas
    ]
    return {"asistencia": asistencia, "preside": next(c for c, cargo in sillas if cargo == "presidencia")}


@responde("abrir_asunto")
def _abrir(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        siguiente = ctx.session.scalar(
            select(Asunto.id)
            .where(Asunto.sesion_id == fila.sujeto_id, Asunto.estado == EstadoAsunto.LISTADO)
            .order_by(Asunto.orden)
        )
    return {"apertura": "orden_agotado"} if siguiente is None else {"apertura": "asunto", "asunto": siguiente}


@responde("fijar_mocion")
def _mocion(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        asunto = ctx.session.get_one(Asunto, fila.sujeto_id)
        actual = asunto.propuesta.acto
        presentes = list(
            ctx.session.scalars(
                select(Asistencia.asiento_id).where(
                    Asistencia.sesion_id == asunto.sesion_id, Asistencia.presente.is_(True)
                )
            )
        )
    actos = [a for a in ("visita", "gabinete", "invitacion") if actual is None or a != actual.value]
    return {
        "mocion": j.elige(como_se_propone=84, cambio_de_acto=9, diferir=7),
        "acto_alterno": j.azar.choice(actos),
        "propone": j.azar.choice(presentes),
    }


@responde("emitir_voto")
def _voto(j: Jugador, _fila: Any) -> dict[str, Any]:
    if j.ocurre(2):
        return {"excusa": True, "voto": None, "motivo_excusa": "Relación con el patrón."}
    voto = j.elige(a_favor=85, en_contra=11, abstencion=4)
    return {"voto": voto, "razon": None if voto == "a_favor" else "No está acreditado."}


@responde("fijar_asistencia")
def _asistencia(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        asunto = ctx.session.get_one(Asunto, fila.sujeto_id)
        mocion = ctx.session.scalars(
            select(Mocion).where(Mocion.asunto_id == asunto.id).order_by(Mocion.numero.desc()).limit(1)
        ).one()
        votaron = {voto.asiento_id for voto in mocion.votos}
        faltan = [uno for uno in mocion.asientos if uno not in votaron]
    return {"ausentes": [{"asiento": uno, "hora": "11:40"} for uno in faltan]}


@responde("formular_acuerdo")
def _acuerdo(j: Jugador, fila: Any) -> dict[str, Any]:
    return {
        "responsable": j.azar.choice(j.mundo.con_rol("jefe_auditoria", fila.subdelegacion_id)).usuario_id,
        "fecha_compromiso": j.mundo.habil(60).isoformat(),
        "ejercicios": [{"periodo": REVISADO}],
    }


@responde("confirmar_acuerdo")
def _confirmar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"confirmado": j.ocurre(93)}


@responde("revisar_acta", "firma_esencial")
def _acta(_j: Jugador, _fila: Any) -> dict[str, Any]:
    return {}


@responde("firmar_acta")
def _firmar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"firma": None, "negativa": "No estoy de acuerdo."} if j.ocurre(5) else {"firma": FIRMA}
