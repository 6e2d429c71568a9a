"""What each member receives of the vote cast, and the words of a motion."""

from __future__ import annotations

from models.comite import Asunto, Mocion, TipoMocion, Voto
from models.organizacion import Usuario
from workflow import documents
from workflow.context import Ctx


def texto_de(mocion: Mocion) -> str:
    """A motion in words."""
    if mocion.tipo is TipoMocion.CAMBIO_DE_ACTO and mocion.acto_alterno is not None:
        return f"Aprobar con otro acto: {mocion.acto_alterno.etiqueta.lower()}"
    if mocion.tipo is TipoMocion.DIFERIR:
        return f"Diferir hasta contar con: {mocion.informacion_pedida or 'más información'}"
    return "Aprobar como se propone"


def constancia_voto(ctx: Ctx, asunto: Asunto, mocion: Mocion, voto: Voto) -> documents.ConstanciaVoto:
    """The receipt of one vote; only the member and the acta hold it."""
    asistencia = next(a for a in asunto.sesion.asistencias if a.asiento_id == voto.asiento_id)
    captor = ctx.session.get(Usuario, voto.capturado_por) if voto.capturado_por else None
    return documents.ConstanciaVoto(
        comite=asunto.sesion.comite.nombre,
        sesion=asunto.sesion.folio,
        propuesta=asunto.propuesta.folio,
        patron=asunto.propuesta.patron.nombre,
        mocion=texto_de(mocion),
        ronda=mocion.numero,
        caracter=asistencia.asiento.cargo.etiqueta,
        cargo=asistencia.asiento.nombre,
        nombre=asistencia.usuario.nombre,
        suplente=asistencia.es_suplente,
        sentido=voto.sentido.etiqueta,
        razon=voto.razon or "",
        emitido_en=voto.emitido_en,
        capturado_por=captor.nombre if captor else "",
        huella=voto.constancia,
    )
