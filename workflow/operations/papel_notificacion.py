"""What the papers of a notificacion say, built from its rows (hechos §7; CFF 38, 134-140)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from models.documento import Documento
from models.expediente import Expediente
from models.notificacion import (
    DiligenciaNotificacion,
    EstadoNotificacion,
    MedioNotificacion,
    Notificacion,
    TipoDiligencia,
)
from models.organizacion import Subdelegacion, Usuario
from workflow import documents, formularios
from workflow.context import Ctx
from workflow.operations import horario
from workflow.operations._fechado import inhabiles
from workflow.operations.firma import CUENTA, MODOS, firma
from workflow.operations.papel_denuncia import unidad_de
from workflow.params.fundamentos import fundamento
from workflow.params.loader import plazo as termino
from workflow.rules.notificacion import CITATORIO, ESTRADOS, ResultadoNotificacion
from workflow.rules.plazos import aplicar

T = TipoDiligencia
DEPARTAMENTO = "Jefatura de Cobranza"
AUTOMATICA = "Generada por el sistema al cumplirse el plazo; la firma quien se indica."


def citatorio(
    ctx: Ctx, fila: Notificacion, form: Mapping[str, Any], dejado: dt.datetime, cita: dt.datetime
) -> documents.Citatorio:
    """The hour at which to wait, and with whom the paper was left."""
    return documents.Citatorio(
        **_bloque(
            ctx, fila, "citatorio", "No se encontró a quien se busca en su domicilio.", str(form["objeto"])
        ),
        dejado_en=dejado,
        dejado_con=str(form["con_quien"]),
        cita=cita,
        articulo=termino(CITATORIO).cita,
    )


def razon_busqueda(
    ctx: Ctx, fila: Notificacion, form: Mapping[str, Any], hallado: str
) -> documents.RazonBusqueda:
    """Where she was looked for."""
    return documents.RazonBusqueda(
        **_bloque(
            ctx,
            fila,
            "razon_busqueda",
            "No se localizó a quien se busca en el domicilio señalado.",
            "Hacer constar la búsqueda.",
        ),
        fuentes=tuple(_etiqueta("agotar_busqueda", "fuentes", una) for una in form["fuentes"]),
        acta=str(form["acta"]),
        hallado=hallado,
    )


def acuerdo_estrados(ctx: Ctx, fila: Notificacion, form: Mapping[str, Any]) -> documents.AcuerdoEstrados:
    """Why it is published and what was done before."""
    causa = _etiqueta("acordar_estrados", "causa", str(form["causa"]))
    return documents.AcuerdoEstrados(
        **_bloque(ctx, fila, "estrados", f"{causa}.", "Notificar por estrados.", form["firma"]),
        causa=causa,
        antecedentes=tuple(_linea(ctx, fila, una) for una in fila.diligencias),
        publica_desde=ctx.hoy,
        dias=termino(ESTRADOS, ctx.hoy).descripcion,
    )


def edicto(ctx: Ctx, fila: Notificacion, via: str, fechas: Sequence[dt.date]) -> documents.Edicto:
    """What is published."""
    return documents.Edicto(
        **_bloque(
            ctx,
            fila,
            "edictos",
            "Se ignora quién representa a la persona a quien se dirige el documento.",
            "Notificar por edictos.",
        ),
        via=_etiqueta("publicar_edictos", "via", via),
        publicaciones=tuple(fechas),
        resumen=f"{fila.documento.titulo}, folio {fila.documento.folio or fila.documento_id}.",
    )


def constancia(
    ctx: Ctx, fila: Notificacion, resultado: ResultadoNotificacion
) -> documents.ConstanciaNotificacion | documents.ConstanciaEstrados:
    """The proof of the service, by its medium."""
    medio = (fila.medio or MedioNotificacion.PERSONAL).etiqueta
    if fila.estado is EstadoNotificacion.EN_ESTRADOS:
        return _de_estrados(ctx, fila, resultado)
    entrega = _entrega(fila)
    datos: dict[str, Any] = {}
    if entrega is not None:
        datos = {
            "hora": f"{horario.local(ctx, fila.subdelegacion_id, entrega.fecha_hora):%H:%M} horas",
            "quien_recibe": entrega.persona,
            "caracter": entrega.caracter,
            "identificacion": entrega.identificacion,
            "cercioramiento": entrega.cercioramiento,
            "habilitacion": entrega.habilitacion,
            "ubicacion": str(entrega.datos.get("ubicacion") or ""),
            "recibe": _recibe(ctx, entrega),
        }
    return documents.ConstanciaNotificacion(
        **_bloque(
            ctx,
            fila,
            "constancia_notificacion",
            "El documento debía notificarse a quien se dirige.",
            "Hacer constar la notificación.",
        ),
        medio=medio,
        presencial=entrega is not None,
        fecha=resultado.fecha,
        surte_efectos=resultado.surte_efectos,
        hechos=tuple(_hecho(una) for una in fila.diligencias),
        **datos,
    )


def _de_estrados(
    ctx: Ctx, fila: Notificacion, resultado: ResultadoNotificacion
) -> documents.ConstanciaEstrados:
    publicado = next(
        dt.date.fromisoformat(una.datos["fecha"])
        for una in reversed(fila.diligencias)
        if una.tipo is T.PUBLICACION
    )
    plazo = termino(ESTRADOS, publicado)
    return documents.ConstanciaEstrados(
        **_bloque(
            ctx, fila, "estrados", "Se cumplieron los días de publicación.", "Hacer constar la notificación."
        ),
        causa=_etiqueta("acordar_estrados", "causa", fila.causa_estrados),
        publicado=publicado,
        ultimo_dia=aplicar(plazo, publicado, inhabiles(ctx, fila.subdelegacion_id)).vence,
        dias=plazo.descripcion,
        fecha=resultado.fecha,
        surte_efectos=resultado.surte_efectos,
    )


def _bloque(
    ctx: Ctx, fila: Notificacion, clave: str, motivo: str, objeto: str, dada: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The block of CFF 38 and what is being served."""
    unidad = ctx.session.get_one(Subdelegacion, fila.subdelegacion_id)
    puesta = _firma(ctx, fila, unidad, dada or CUENTA)
    return {
        "expediente": ctx.session.get_one(Expediente, fila.expediente_id).folio,
        "autoridad": documents.Autoridad(
            dependencia=unidad_de(unidad),
            nombre=puesta.nombre,
            cargo=puesta.cargo,
            competencia=fundamento("competencia_subdelegacion").texto,
            lugar=unidad.nombre,
        ),
        "destinatario": documents.Destinatario(
            nombre=fila.destinatario,
            domicilio=fila.domicilio,
            medio=fila.medio.etiqueta if fila.medio else "",
        ),
        "fundamento": (fundamento(clave).texto,),
        "motivo": motivo,
        "objeto": objeto,
        "firma": puesta,
        "asunto": f"{fila.documento.titulo}, folio {fila.documento.folio or fila.documento_id}",
    }


def _firma(ctx: Ctx, fila: Notificacion, unidad: Subdelegacion, dada: Mapping[str, Any]) -> documents.Firma:
    """Whoever acts signs; where only the clock does, whoever answers for it is named and signs afterwards."""
    if ctx.actor.usuario_id is not None:
        return firma(ctx, dada)
    quien = next(
        (una.usuario_id for una in reversed(fila.diligencias) if una.usuario_id), fila.notificador_id
    )
    persona = ctx.session.get(Usuario, quien) if quien else None
    return documents.Firma(
        nombre=persona.nombre if persona else unidad.nombre,
        cargo=(persona.cargo if persona else "") or DEPARTAMENTO,
        nota=AUTOMATICA,
    )


def _entrega(fila: Notificacion) -> DiligenciaNotificacion | None:
    """The diligencia before a person, where it was served so."""
    if fila.estado not in (EstadoNotificacion.EN_PRACTICA, EstadoNotificacion.CITATORIO):
        return None
    return next((una for una in reversed(fila.diligencias) if una.tipo in (T.VISITA, T.CITA)), None)


def _recibe(ctx: Ctx, entrega: DiligenciaNotificacion) -> documents.Firma:
    """The signature of whoever received it, tied to its scan, or her refusal (CFF 137)."""
    dada, negativa = entrega.datos.get("firma") or {}, str(entrega.datos.get("negativa") or "")
    escaneo = ctx.session.get(Documento, int(dada["documento_id"])) if dada.get("documento_id") else None
    modo = MODOS.get(str(dada.get("medio")), documents.ModoFirma.NEGADA)
    return documents.Firma(
        nombre=entrega.persona,
        cargo=entrega.caracter,
        modo=modo,
        instante=entrega.fecha_hora,
        huella=(escaneo.sha256 or "") if escaneo else "",
        nota=negativa,
    )


def _hecho(una: DiligenciaNotificacion) -> documents.HechoNotificacion:
    return documents.HechoNotificacion(
        que=una.tipo.etiqueta,
        cuando=una.fecha_hora,
        resultado=_resultado(una),
        detalle=una.persona or _acuse(una),
        huellas=tuple(str(foto["sha256"]) for foto in una.datos.get("fotos", []) if foto.get("sha256")),
    )


def _acuse(una: DiligenciaNotificacion) -> str:
    return f"Acuse {una.datos['acuse']}" if una.datos.get("acuse") else ""


def _linea(ctx: Ctx, fila: Notificacion, una: DiligenciaNotificacion) -> str:
    cuando = horario.local(ctx, fila.subdelegacion_id, una.fecha_hora)
    return f"{una.tipo.etiqueta}, {cuando:%d/%m/%Y %H:%M}: {_resultado(una)}"


_RESULTADOS = {
    "citatorio": "Se dejó citatorio",
    "depositado": "Se depositó y se envió el aviso",
    "sin_contacto": "El contacto del Buzón falta o no sirve",
    "abierto": "Se abrió",
    "estrados": "Se publicó",
    "edictos": "Se publicó",
}
_FORMAS = {
    T.VISITA: ("practicar_diligencia", "diligencia"),
    T.CITA: ("acudir_citatorio", "cita"),
    T.BUSQUEDA: ("agotar_busqueda", "busqueda"),
}


def _resultado(una: DiligenciaNotificacion) -> str:
    """What it came to, as the form that recorded it says."""
    if una.tipo in _FORMAS:
        return _etiqueta(*_FORMAS[una.tipo], una.resultado)
    return _RESULTADOS.get(una.resultado, una.resultado)


def _etiqueta(forma: str, campo: str, valor: str) -> str:
    etiquetas = formularios.cargar("notificacion", forma).etiquetas()
    return etiquetas.get(campo, {}).get(valor, valor)
