"""What a task form begins with: nobody writes again what the house already knows. Never who denounced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from models.comite import Acuerdo, Asiento, Asistencia, Asunto, Cargo, EstadoAsunto, Mocion
from models.denuncia import Denuncia
from models.organizacion import Rol, Usuario, UsuarioRol
from models.propuesta import PROPUESTAS_ABIERTAS, EstadoPropuesta, Propuesta
from workflow.context import Ctx
from workflow.operations import presuntivo
from workflow.operations.patron import SIN_REGISTRO
from workflow.operations.programacion import ultima_ficha
from workflow.operations.propuesta import contar_denuncias, periodos_de
from workflow.queries import notificacion, remate, restitucion, visita
from workflow.queries.opciones import sesion_de
from workflow.queries.tarea import Vista
from workflow.rules.calendario import Calendario
from workflow.rules.presuntivo import Presuntivo

Datos = dict[str, Any]
# Days of each way of paying: what she told becomes a daily wage (LSS 29-I, 30).
DIAS = {"dia": 1, "semana": 7, "quincena": 15, "mes": 30}
CENTAVO = Decimal("0.01")
# Días hábiles that an agreement is given by default: a suggestion that the secretary changes.
COMPROMISO = 10


def de(ctx: Ctx, vista: Vista) -> Datos:
    """Initial values of the form of a task; empty where nothing is known."""
    hacer = INICIALES.get(vista.fila.formulario)
    return {c: v for c, v in hacer(ctx, vista).items() if v not in (None, "", [])} if hacer else {}


# -- denuncia --------------------------------------------------------------------------------------------
def _denuncia(ctx: Ctx, vista: Vista) -> Denuncia:
    return ctx.session.get_one(Denuncia, vista.fila.sujeto_id)


def _asignar(ctx: Ctx, vista: Vista) -> Datos:
    return {"prioridad": _denuncia(ctx, vista).prioridad.value}


def _calificar(ctx: Ctx, vista: Vista) -> Datos:
    d = _denuncia(ctx, vista)
    antes = {c: v for c, v in (d.calificacion or {}).items() if c in ("motivos", "datos_patron_confirmados")}
    return {"motivos": d.hechos.get("motivos"), "datos_patron_confirmados": d.patron_id} | antes


def _analizar(ctx: Ctx, vista: Vista) -> Datos:
    """The opinion written before, if it came back; else one row per motive that she told."""
    d = _denuncia(ctx, vista)
    if d.analisis:
        return dict(d.analisis)
    motivos = (d.calificacion or {}).get("motivos") or d.hechos.get("motivos") or []
    periodo = {
        "desde": d.hechos.get("periodo_desde"),
        "hasta": d.hechos.get("periodo_hasta"),
    }
    hechos = [
        {
            "motivo": motivo,
            "periodo": periodo,
            "salario_real": _diario(d.hechos),
            "salario_registrado": _importe(d.hechos.get("salario_registrado")),
        }
        for motivo in motivos
    ]
    return {"hechos": hechos}


def _importe(valor: Any) -> str | None:
    try:
        return str(Decimal(str(valor).replace(",", "")).quantize(CENTAVO, ROUND_HALF_UP)) if valor else None
    except InvalidOperation:
        return None


def _diario(hechos: Mapping[str, Any]) -> str | None:
    """Her pay as a daily wage, by the period that she told."""
    importe, dias = _importe(hechos.get("salario_monto")), DIAS.get(str(hechos.get("salario_periodo")))
    if importe is None or dias is None:
        return None
    return str((Decimal(importe) / dias).quantize(CENTAVO, ROUND_HALF_UP))


def _turnar(ctx: Ctx, vista: Vista) -> Datos:
    return {"autoridad": (_denuncia(ctx, vista).calificacion or {}).get("autoridad_destino")}


def _revisar_propuesta(ctx: Ctx, vista: Vista) -> Datos:
    d = _denuncia(ctx, vista)
    abierta = ctx.session.scalar(
        select(Propuesta.id).where(
            Propuesta.patron_id == d.patron_id,
            Propuesta.subdelegacion_id == d.subdelegacion_id,
            Propuesta.estado.in_(PROPUESTAS_ABIERTAS),
        )
    )
    return {"destino": "ampliada", "propuesta": abierta} if abierta else {"destino": "nueva"}


# -- proposal --------------------------------------------------------------------------------------------
def _ficha(ctx: Ctx, vista: Vista) -> Datos:
    """The last version of the ficha, or what the analyses of its denuncias say."""
    propuesta = ctx.session.get_one(Propuesta, vista.fila.sujeto_id)
    anterior = ultima_ficha(ctx, propuesta.id)
    if anterior is not None:
        return {c: v for c, v in anterior.datos.items() if c != "informacion"}
    analisis = [
        a or {}
        for a in ctx.session.scalars(select(Denuncia.analisis).where(Denuncia.propuesta_id == propuesta.id))
    ]
    registro = propuesta.patron.registro_patronal
    sugerido = next((a["acto_sugerido"] for a in analisis if a.get("acto_sugerido")), None)
    afectados = max((a.get("trabajadores_afectados") or 0 for a in analisis), default=0)
    periodos = [
        {"periodo": {**p, "hasta": p["hasta"] or ctx.hoy.isoformat()}} for p in periodos_de(ctx, propuesta)
    ]
    return {
        "ficha": "completa",
        "acto": propuesta.acto.value if propuesta.acto else sugerido,
        "ejercicios": periodos,
        "registros": [] if registro.startswith(SIN_REGISTRO) else [{"rp": registro}],
        "trabajadores": afectados or propuesta.trabajadores,
        "razones": "\n\n".join(
            str(a["resumen_sin_identidad"]) for a in analisis if a.get("resumen_sin_identidad")
        ),
        "urgente": propuesta.urgente,
    }


# -- committee -------------------------------------------------------------------------------------------
def _preparar(ctx: Ctx, vista: Vista) -> Datos:
    """Its committee, and every proposal that can be listed, those with more points first."""
    sesion = sesion_de(ctx, vista)
    if sesion is None:
        return {}
    listas = ctx.session.scalars(
        select(Propuesta.id)
        .where(
            Propuesta.subdelegacion_id == sesion.subdelegacion_id,
            Propuesta.estado == EstadoPropuesta.VALIDADA,
        )
        .order_by(Propuesta.urgente.desc(), Propuesta.puntaje.desc(), Propuesta.id)
    )
    asuntos = [{"propuesta": p, "orden": lugar} for lugar, p in enumerate(listas, 1)]
    return {"comite": sesion.comite_id, "tipo": "ordinaria", "asuntos": asuntos}


def _pasar_lista(ctx: Ctx, vista: Vista) -> Datos:
    """One row per seat; the president presides unless somebody says otherwise."""
    filas = ctx.session.execute(
        select(Asistencia.asiento_id, Asistencia.es_suplente, Asiento.cargo)
        .join(Asiento, Asiento.id == Asistencia.asiento_id)
        .where(Asistencia.sesion_id == vista.fila.sujeto_id)
        .order_by(Asiento.orden)
    ).all()
    preside = next((asiento for asiento, _, cargo in filas if cargo is Cargo.PRESIDENCIA), None)
    lista = [
        {"asiento": asiento, "presente": True, "suplente": suplente, "medio": "presencial"}
        for asiento, suplente, _ in filas
    ]
    return {"asistencia": lista, "preside": preside}


def _abrir_asunto(ctx: Ctx, vista: Vista) -> Datos:
    siguiente = ctx.session.scalar(
        select(Asunto.id)
        .where(Asunto.sesion_id == vista.fila.sujeto_id, Asunto.estado == EstadoAsunto.LISTADO)
        .order_by(Asunto.orden)
        .limit(1)
    )
    return {"apertura": "asunto", "asunto": siguiente} if siguiente else {"apertura": "orden_agotado"}


def _fijar_mocion(ctx: Ctx, vista: Vista) -> Datos:
    sesion = sesion_de(ctx, vista)
    puestas = ctx.session.scalars(select(Mocion.tipo).where(Mocion.asunto_id == vista.fila.sujeto_id)).all()
    return {
        "mocion": None if "como_se_propone" in puestas else "como_se_propone",
        "propone": sesion.preside_id if sesion else None,
    }


def _formular_acuerdo(ctx: Ctx, vista: Vista) -> Datos:
    """The agreement sent back, or a text to begin with."""
    asunto = ctx.session.get_one(Asunto, vista.fila.sujeto_id)
    acuerdo = ctx.session.scalar(select(Acuerdo).where(Acuerdo.asunto_id == asunto.id))
    if acuerdo is not None:
        return {
            "texto": acuerdo.texto,
            "motivo": acuerdo.motivo,
            "ejercicios": [{"periodo": p} for p in acuerdo.periodos or []],
            "responsable": acuerdo.responsable_id,
            "fecha_compromiso": acuerdo.fecha_compromiso.isoformat(),
        }
    ficha = ultima_ficha(ctx, asunto.propuesta_id)
    return {
        "texto": _texto(ctx, asunto),
        "ejercicios": (ficha.datos if ficha else {}).get("ejercicios"),
        "responsable": _responsable(ctx, asunto),
        "fecha_compromiso": _compromiso(ctx).isoformat(),
    }


def _texto(ctx: Ctx, asunto: Asunto) -> str:
    mocion = asunto.mociones[-1] if asunto.mociones else None
    propuesta = asunto.propuesta
    acto = propuesta.acto.etiqueta.lower() if propuesta.acto else "el acto propuesto"
    patron = f"{propuesta.patron.nombre}, registro patronal {propuesta.patron.registro_patronal}"
    resultado = mocion.resultado if mocion else None
    if resultado == "rechazada":
        return f"Se rechaza la propuesta {propuesta.folio} respecto de {patron}."
    if resultado == "diferida":
        pedida = (mocion.informacion_pedida if mocion else "") or "la información que se indicó"
        return f"Se difiere la propuesta {propuesta.folio} respecto de {patron}, hasta contar con: {pedida}"
    if resultado == "cambio_de_acto" and mocion and mocion.acto_alterno:
        acto = mocion.acto_alterno.etiqueta.lower()
    denuncias = contar_denuncias(ctx, propuesta.id)
    origen = f", derivada de {denuncias} {'denuncia' if denuncias == 1 else 'denuncias'}" if denuncias else ""
    return f"Se aprueba programar {acto} a {patron}, conforme a la propuesta {propuesta.folio}{origen}."


def _responsable(ctx: Ctx, asunto: Asunto) -> int | None:
    return ctx.session.scalar(
        select(Usuario.id)
        .join(UsuarioRol, UsuarioRol.usuario_id == Usuario.id)
        .where(
            UsuarioRol.rol == Rol.JEFE_AUDITORIA,
            Usuario.activo,
            Usuario.subdelegacion_id == asunto.propuesta.subdelegacion_id,
        )
        .order_by(Usuario.id)
        .limit(1)
    )


def _compromiso(ctx: Ctx) -> dt.date:
    calendario, dia = Calendario(), ctx.hoy
    for _ in range(COMPROMISO):
        dia = calendario.siguiente_habil(dia)
    return dia


# -- remate ----------------------------------------------------------------------------------------------
def _fincar(ctx: Ctx, vista: Vista) -> Datos:
    return {"postura": remate.ganadora(ctx, vista.fila.sujeto_id)}


INICIALES: Mapping[str, Callable[[Ctx, Vista], Datos]] = {
    "fincar_remate": _fincar,
    "asignar_denuncia": _asignar,
    "calificar_denuncia": _calificar,
    "analizar_denuncia": _analizar,
    "turnar_denuncia": _turnar,
    "restituir_derechos": restitucion.inicial,
    "revisar_propuesta": _revisar_propuesta,
    "completar_ficha": _ficha,
    "preparar_sesion": _preparar,
    "pasar_lista": _pasar_lista,
    "abrir_asunto": _abrir_asunto,
    "fijar_mocion": _fijar_mocion,
    "formular_acuerdo": _formular_acuerdo,
    "dejar_citatorio": notificacion.inicial,
    "acordar_estrados": notificacion.inicial,
    "programar_diligencia": visita.programar,
    "levantar_inicio": visita.inicio,
    "desahogar_visita": visita.acta,
    "levantar_ultima_parcial": visita.acta,
    "valorar_pruebas": visita.valoracion,
    "levantar_acta_final": visita.acta,
}


# -- figures that the form only shows --------------------------------------------------------------------
def lecturas(ctx: Ctx, vista: Vista, datos: Mapping[str, Any]) -> Datos:
    """What the form shows and nobody writes, out of what is written in it now (`datos`)."""
    hacer = LECTURAS.get(vista.fila.formulario)
    return hacer(ctx, vista, datos) if hacer else {}


def _monto_de_analisis(ctx: Ctx, vista: Vista, datos: Mapping[str, Any]) -> Datos:
    hechos = [fila for fila in datos.get("hechos") or [] if isinstance(fila, Mapping)]
    return _monto(presuntivo.de_hechos(ctx, [hechos], _denuncia(ctx, vista).patron))


def _monto_de_propuesta(ctx: Ctx, vista: Vista, datos: Mapping[str, Any]) -> Datos:
    return _monto(presuntivo.de_propuesta(ctx, ctx.session.get_one(Propuesta, vista.fila.sujeto_id)))


def _monto(hallado: Presuntivo) -> Datos:
    """The figure and how it came to be."""
    return {
        "monto_presuntivo": {
            "cifra": "Sin monto" if hallado.monto is None else str(hallado.monto),
            "porque": " ".join((hallado.explicacion, *hallado.avisos)),
        }
    }


LECTURAS: Mapping[str, Callable[[Ctx, Vista, Mapping[str, Any]], Datos]] = {
    "analizar_denuncia": _monto_de_analisis,
    "completar_ficha": _monto_de_propuesta,
}
