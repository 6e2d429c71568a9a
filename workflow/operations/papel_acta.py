"""What the acta of a session says, and the extract of each agreement for its file (S1 7.1.2-16)."""

from __future__ import annotations

from sqlalchemy import select

from models.comite import Acuerdo, Asistencia, Asunto, Cargo, EstadoAsunto, Excusa, Mocion, Sesion
from models.organizacion import Usuario
from workflow import documents
from workflow.context import Ctx
from workflow.operations import quorum
from workflow.operations.papel_denuncia import periodo
from workflow.operations.papel_sesion import asistentes, cuenta, instalacion, numero_de, preside, reglas
from workflow.operations.papel_votacion import texto_de
from workflow.operations.programacion import ultima_ficha

_RESULTADOS = {
    "aprobada": "Aprobada",
    "rechazada": "Rechazada",
    "diferida": "Diferida",
    "cambio_de_acto": "Aprobada con otro acto",
    "mocion_desechada": "Moción desechada",
    "sin_quorum": "Sin quórum",
    "abierta": "Faltan votos",
}
_MODOS = {"autografa": documents.ModoFirma.AUTOGRAFA, "efirma": documents.ModoFirma.E_FIRMA}


def acta(ctx: Ctx, sesion: Sesion) -> documents.ActaComite:
    """The acta as it stands: draft, for signature, or signed."""
    assert sesion.tipo is not None
    assert sesion.fecha_hora is not None
    tratados = [a for a in sesion.asuntos if a.estado not in (EstadoAsunto.LISTADO, EstadoAsunto.RETIRADO)]
    secretaria = next((a for a in sesion.asistencias if a.asiento.cargo is Cargo.SECRETARIA), None)
    return documents.ActaComite(
        comite=sesion.comite.nombre,
        sesion=sesion.folio,
        numero=numero_de(sesion),
        tipo=sesion.tipo.etiqueta,
        lugar_o_enlace=sesion.lugar or "",
        convocatoria=f"Convocada para el {sesion.fecha_hora.astimezone(ctx.servicios.zona):%d/%m/%Y, %H:%M} h",
        inicio=sesion.instalada_en or sesion.fecha_hora,
        fin=sesion.terminada_en or ctx.now,
        preside=preside(sesion),
        secretario=secretaria.usuario.nombre if secretaria else "",
        fundamento=reglas(),
        asistentes=asistentes(sesion),
        quorum=instalacion(sesion),
        incidencias=_incidencias(sesion),
        asuntos=tuple(_asunto(ctx, asunto) for asunto in tratados),
        no_alcanzados=tuple(a.propuesta.folio for a in sesion.asuntos if a.estado is EstadoAsunto.RETIRADO),
        observaciones=tuple(
            documents.Observacion(
                asiento=_nombre_de_asiento(sesion, int(fila["asiento"])),
                texto=str(fila["texto"]),
                atendida=bool(fila.get("atendida")),
            )
            for fila in sesion.observaciones or []
        ),
        constancia=sesion.nota_firmas or "",
        firmas=tuple(_firma(a) for a in _firmantes(sesion)),
    )


def _firmantes(sesion: Sesion) -> list[Asistencia]:
    return sorted((a for a in sesion.asistencias if a.llego_en is not None), key=lambda a: a.asiento.orden)


def _firma(asistencia: Asistencia) -> documents.Firma:
    modo = documents.ModoFirma.PENDIENTE
    if asistencia.negativa_firma is not None:
        modo = documents.ModoFirma.NEGADA
    elif asistencia.firma is not None:
        modo = _MODOS.get(str(asistencia.firma.get("medio")), documents.ModoFirma.AUTOGRAFA)
    return documents.Firma(
        nombre=asistencia.usuario.nombre,
        cargo=asistencia.asiento.nombre,
        modo=modo,
        instante=asistencia.firmo_en,
        huella=str((asistencia.firma or {}).get("digesto") or ""),
        nota=asistencia.negativa_firma or "",
    )


def _incidencias(sesion: Sesion) -> tuple[documents.Incidencia, ...]:
    """Who came late or left, in order of time."""
    hechos = []
    for a in sesion.asistencias:
        if a.llego_en and sesion.instalada_en and a.llego_en > sesion.instalada_en:
            hechos.append((a.llego_en, f"Se incorpora {a.usuario.nombre} ({a.asiento.nombre})."))
        if a.salio_en:
            hechos.append((a.salio_en, f"Se retira {a.usuario.nombre} ({a.asiento.nombre})."))
    return tuple(documents.Incidencia(instante=cuando, texto=texto) for cuando, texto in sorted(hechos))


def _nombre_de_asiento(sesion: Sesion, asiento_id: int) -> str:
    return next((a.asiento.nombre for a in sesion.asistencias if a.asiento_id == asiento_id), "")


def _asunto(ctx: Ctx, asunto: Asunto) -> documents.AsuntoActa:
    sesion, propuesta = asunto.sesion, asunto.propuesta
    ficha = ultima_ficha(ctx, propuesta.id)
    excusas = ctx.session.scalars(select(Excusa).where(Excusa.asunto_id == asunto.id).order_by(Excusa.id))
    return documents.AsuntoActa(
        propuesta=propuesta.folio,
        patron=propuesta.patron.nombre,
        acto=propuesta.acto.etiqueta if propuesta.acto else "Por definir",
        resumen=str((ficha.datos if ficha else {}).get("razones") or ""),
        quorum=cuenta(quorum.de_asunto(ctx, asunto)),
        excusas=tuple(
            documents.ExcusaActa(asiento=_nombre_de_asiento(sesion, e.asiento_id), motivo=e.motivo.etiqueta)
            for e in excusas
        ),
        mociones=tuple(_mocion(ctx, sesion, mocion) for mocion in asunto.mociones if mocion.computo),
        resultado="Diferida por falta de quórum"
        if asunto.causa_diferimiento
        else _RESULTADOS.get(asunto.estado.value, asunto.estado.etiqueta),
        acuerdo=_acuerdo(ctx, asunto.acuerdo) if asunto.acuerdo else None,
    )


def _mocion(ctx: Ctx, sesion: Sesion, mocion: Mocion) -> documents.MocionActa:
    computo = mocion.computo or {}
    return documents.MocionActa(
        texto=texto_de(mocion),
        propone=_nombre_de_asiento(sesion, mocion.propone_id),
        votos=tuple(
            documents.VotoActa(
                asiento=_nombre_de_asiento(sesion, voto.asiento_id),
                nombre=_persona(ctx, voto.usuario_id),
                sentido=voto.sentido.etiqueta,
                razon=voto.razon or "",
                captura=_persona(ctx, voto.capturado_por) if voto.capturado_por else "",
            )
            for voto in sorted(mocion.votos, key=lambda voto: voto.asiento_id)
        ),
        a_favor=int(computo["a_favor"]),
        en_contra=int(computo["en_contra"]),
        abstenciones=int(computo["abstenciones"]),
        resultado=_RESULTADOS.get(str(mocion.resultado), str(mocion.resultado)),
        calidad=bool(computo.get("voto_de_calidad_usado")),
    )


def _persona(ctx: Ctx, usuario_id: int | None) -> str:
    persona = ctx.session.get(Usuario, usuario_id) if usuario_id else None
    return persona.nombre if persona else ""


def _acuerdo(ctx: Ctx, acuerdo: Acuerdo) -> documents.AcuerdoActa:
    return documents.AcuerdoActa(
        numero=acuerdo.folio,
        texto=acuerdo.texto,
        responsable=_persona(ctx, acuerdo.responsable_id),
        fecha_compromiso=acuerdo.fecha_compromiso,
        periodos=tuple(periodo(tramo) for tramo in acuerdo.periodos or []),
    )


def acuerdo(ctx: Ctx, asunto: Asunto, adoptado: Acuerdo) -> documents.Acuerdo:
    """The extract that goes into the file of the proposal: votes in numbers only."""
    mocion = asunto.mociones[-1]
    computo = mocion.computo or {}
    return documents.Acuerdo(
        numero=adoptado.folio,
        comite=asunto.sesion.comite.nombre,
        sesion=asunto.sesion.folio,
        adoptado_en=adoptado.adoptado_en or ctx.now,
        propuesta=asunto.propuesta.folio,
        patron=asunto.propuesta.patron.nombre,
        acto=adoptado.acto.etiqueta if adoptado.acto else "Por definir",
        periodos=tuple(periodo(tramo) for tramo in adoptado.periodos or []),
        resultado=_RESULTADOS[adoptado.resultado],
        texto=adoptado.texto,
        motivo=adoptado.motivo or "",
        responsable=_persona(ctx, adoptado.responsable_id),
        fecha_compromiso=adoptado.fecha_compromiso,
        a_favor=int(computo.get("a_favor", 0)),
        en_contra=int(computo.get("en_contra", 0)),
        abstenciones=int(computo.get("abstenciones", 0)),
        calidad=bool(computo.get("voto_de_calidad_usado")),
        huella_votacion=asunto.sello or "",
        firmas=tuple(_firma(a) for a in _firmantes(asunto.sesion)),
    )
