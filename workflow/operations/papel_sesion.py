"""What the papers of a session say: call, roll, lack of quorum."""

from __future__ import annotations

from typing import Any

from models.comite import Asistencia, Sesion
from models.organizacion import Subdelegacion
from workflow import documents
from workflow.context import Ctx
from workflow.operations import quorum
from workflow.operations.firma import CUENTA, firma
from workflow.operations.papel_denuncia import autoridad
from workflow.operations.propuesta import contar_denuncias
from workflow.params.fundamentos import fundamento


def unidad_de(ctx: Ctx, sesion: Sesion) -> Subdelegacion:
    """The unit whose committee meets."""
    return ctx.session.get_one(Subdelegacion, sesion.subdelegacion_id)


def numero_de(sesion: Sesion) -> str:
    """The number of the session inside its series: the middle of its folio."""
    return sesion.folio.split("-")[2].lstrip("0")


def reglas() -> tuple[str, ...]:
    """The ground of what a committee does: its configuration, marked as such."""
    return (fundamento("reglas_comite").texto,)


def asistentes(sesion: Sesion) -> tuple[documents.Asistente, ...]:
    """Every seat: who sat there, by which medium, whether as a substitute."""
    return tuple(_asistente(a) for a in sorted(sesion.asistencias, key=lambda a: a.asiento.orden))


def _asistente(asistencia: Asistencia) -> documents.Asistente:
    return documents.Asistente(
        caracter=asistencia.asiento.cargo.etiqueta,
        cargo=asistencia.asiento.nombre,
        nombre=asistencia.usuario.nombre,
        con_voto=asistencia.asiento.con_voto,
        presente=asistencia.llego_en is not None,
        suplente=asistencia.es_suplente,
        oficio=asistencia.oficio_suplencia or "",
        medio=asistencia.medio.etiqueta if asistencia.medio else "",
    )


def cuenta(de: quorum.Cuenta) -> documents.Quorum:
    """The arithmetic of a quorum as papers print it."""
    return documents.Quorum(con_voto=de.con_voto, requerido=de.requerido, presentes=de.presentes, hay=de.hay)


def instalacion(sesion: Sesion) -> documents.Quorum:
    """The quorum with which the session was installed."""
    con_voto = sum(a.asiento.con_voto for a in sesion.asistencias)
    requerido, presentes = sesion.quorum_requerido or 0, sesion.quorum_presente or 0
    return documents.Quorum(
        con_voto=con_voto, requerido=requerido, presentes=presentes, hay=presentes >= requerido
    )


def preside(sesion: Sesion) -> str:
    """Name of who presides."""
    return next((a.usuario.nombre for a in sesion.asistencias if a.asiento_id == sesion.preside_id), "")


def _encabezado(sesion: Sesion) -> dict[str, Any]:
    """What every paper of a session begins with."""
    assert sesion.tipo is not None
    return {
        "comite": sesion.comite.nombre,
        "sesion": sesion.folio,
        "numero": numero_de(sesion),
        "tipo": sesion.tipo.etiqueta,
        "lugar_o_enlace": sesion.lugar or "",
    }


def convocatoria(ctx: Ctx, sesion: Sesion, anticipacion: str) -> documents.Convocatoria:
    """The call with its agenda."""
    assert sesion.fecha_hora is not None
    return documents.Convocatoria(
        **_encabezado(sesion),
        fecha_hora=sesion.fecha_hora,
        motivo_extraordinaria=sesion.motivo_extraordinaria or "",
        anticipacion=anticipacion,
        autoridad=autoridad(ctx, unidad_de(ctx, sesion)),
        fundamento=reglas(),
        convocados=tuple(
            documents.Convocado(
                caracter=a.asiento.cargo.etiqueta,
                cargo=a.asiento.nombre,
                titular=a.asiento.usuario.nombre,
                con_voto=a.asiento.con_voto,
                suplente=a.usuario.nombre if a.es_suplente else "",
                oficio=a.oficio_suplencia or "",
            )
            for a in sorted(sesion.asistencias, key=lambda a: a.asiento.orden)
        ),
        orden=tuple(
            documents.PuntoOrden(
                propuesta=asunto.propuesta.folio,
                patron=asunto.propuesta.patron.nombre,
                acto=asunto.propuesta.acto.etiqueta if asunto.propuesta.acto else "Por definir",
                denuncias=contar_denuncias(ctx, asunto.propuesta_id),
            )
            for asunto in sesion.asuntos
        ),
        firma=firma(ctx, CUENTA),
    )


def lista_asistencia(ctx: Ctx, sesion: Sesion) -> documents.ListaAsistencia:
    """The roll as it was passed."""
    return documents.ListaAsistencia(
        **_encabezado(sesion),
        fecha_hora=ctx.now,
        preside=preside(sesion),
        asistentes=asistentes(sesion),
        quorum=instalacion(sesion),
    )


def constancia_sin_quorum(
    ctx: Ctx, sesion: Sesion, propuestas: tuple[str, ...], seguidas: int
) -> documents.ConstanciaSinQuorum:
    """The session that could not be installed, and what goes back to be listed."""
    assert sesion.fecha_hora is not None
    return documents.ConstanciaSinQuorum(
        **_encabezado(sesion),
        convocada_para=sesion.fecha_hora,
        asentada_en=ctx.now,
        asistentes=asistentes(sesion),
        quorum=instalacion(sesion),
        propuestas=propuestas,
        veces_seguidas=seguidas,
        segunda_convocatoria="Las propuestas quedan disponibles para una segunda convocatoria.",
        firmas=(firma(ctx, CUENTA),),
    )
