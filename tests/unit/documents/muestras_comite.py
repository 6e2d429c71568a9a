"""One full example of every document of the committee; `texto` goes where people write."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.unit.documents.piezas import (
    AUTORIDAD,
    COMITE,
    FALTA,
    FIRMADA,
    HUELLA,
    INSTANTE,
    PATRON,
    PENDIENTE,
    PERIODO,
    QUORUM,
    SECRETARIA,
    SESION,
    SIN_QUORUM,
)
from workflow import documents as doc


def _asistentes() -> tuple[doc.Asistente, ...]:
    return (
        doc.Asistente(
            caracter="Presidencia",
            cargo="Titular de la Subdelegación",
            nombre="Arturo Benavides Luna",
            con_voto=True,
            presente=True,
            medio="Presencial",
            firma=FIRMADA,
        ),
        doc.Asistente(
            caracter="Secretaría",
            cargo="Jefa de Auditoría a Patrones",
            nombre="Beatriz Solano Ríos",
            con_voto=False,
            presente=True,
            medio="Presencial",
            firma=SECRETARIA,
        ),
        doc.Asistente(
            caracter="Vocal",
            cargo="Titular de Afiliación y Cobranza",
            nombre="Ana Quintero Peña",
            con_voto=True,
            presente=True,
            medio="Remoto",
            firma=PENDIENTE,
        ),
        doc.Asistente(
            caracter="Vocal",
            cargo="Supervisión de Auditoría a Patrones",
            nombre="Luis Ochoa Barrón",
            con_voto=True,
            presente=True,
            suplente=True,
            oficio="JAL/SA/118/2026",
            medio="Presencial",
        ),
        doc.Asistente(
            caracter="Vocal",
            cargo="Jefatura de Cobranza",
            nombre="Héctor Ibáñez Cota",
            con_voto=True,
            presente=False,
        ),
    )


def convocatoria(texto: str = "") -> doc.Convocatoria:
    return doc.Convocatoria(
        comite=COMITE,
        sesion=SESION,
        numero="4/2026",
        tipo="Extraordinaria",
        fecha_hora=datetime(2026, 11, 25, 16, 0, tzinfo=UTC),
        lugar_o_enlace="Sala de juntas, Subdelegación 1 Guadalajara",
        anticipacion="3 días hábiles",
        motivo_extraordinaria=f"El periodo por revisar está por caducar. {texto}",
        autoridad=AUTORIDAD,
        fundamento=("Reglas de operación del comité, vigentes desde el 1 de enero de 2026",),
        convocados=(
            doc.Convocado(
                caracter="Presidencia",
                cargo="Titular de la Subdelegación",
                titular="Arturo Benavides Luna",
                con_voto=True,
            ),
            doc.Convocado(
                caracter="Vocal",
                cargo="Supervisión de Auditoría",
                titular="Rosa Elena Casas",
                con_voto=True,
                suplente="Luis Ochoa Barrón",
                oficio="JAL/SA/118/2026",
            ),
        ),
        orden=(
            doc.PuntoOrden(
                propuesta="PRO-2026-000031-4", patron=PATRON.nombre, acto="Visita domiciliaria", denuncias=14
            ),
            doc.PuntoOrden(
                propuesta="PRO-2026-000035-2",
                patron=f"Hotelera Puerta del Sol {texto}",
                acto="Carta invitación",
                denuncias=2,
            ),
        ),
        firma=SECRETARIA,
    )


def lista(texto: str = "") -> doc.ListaAsistencia:
    return doc.ListaAsistencia(
        comite=f"{COMITE} {texto}",
        sesion=SESION,
        numero="4/2026",
        tipo="Ordinaria",
        fecha_hora=INSTANTE,
        lugar_o_enlace="Sala de juntas",
        preside="Arturo Benavides Luna",
        asistentes=_asistentes(),
        quorum=QUORUM,
    )


def retiro(texto: str = "") -> doc.ConstanciaRetiro:
    return doc.ConstanciaRetiro(
        propuesta="PRO-2026-000031-4",
        unidad=COMITE,
        patron=f"Agroempaques El Rosal {texto}",
        acto="visita domiciliaria",
        etapa="elaboración de la ficha",
        motivo=f"El patrón ya corrigió. {texto}",
        denuncias=2,
        integrada_en=INSTANTE,
        retirada_en=INSTANTE,
        firmas=(FIRMADA,),
    )


def sin_quorum(texto: str = "") -> doc.ConstanciaSinQuorum:
    return doc.ConstanciaSinQuorum(
        comite=COMITE,
        sesion=SESION,
        numero="4/2026",
        tipo="Ordinaria",
        lugar_o_enlace=f"Sala de juntas {texto}",
        convocada_para=INSTANTE,
        asentada_en=INSTANTE,
        asistentes=_asistentes(),
        quorum=SIN_QUORUM,
        veces_seguidas=3,
        propuestas=("PRO-2026-000031-4", "PRO-2026-000035-2"),
        segunda_convocatoria="27 de noviembre de 2026, 10:00 h",
        firmas=(FIRMADA, SECRETARIA),
    )


def _votos(texto: str) -> tuple[doc.VotoActa, ...]:
    return (
        doc.VotoActa(asiento="Presidencia", nombre="Arturo Benavides Luna", sentido="A favor"),
        doc.VotoActa(
            asiento="Vocal",
            nombre="Ana Quintero Peña",
            sentido="En contra",
            captura="Beatriz Solano Ríos",
            razon=f"Antes conviene una carta invitación, porque el patrón corrigió el año pasado. {texto}",
        ),
    )


def acta(texto: str = "") -> doc.ActaComite:
    return doc.ActaComite(
        comite=COMITE,
        sesion=SESION,
        numero="4/2026",
        tipo="Ordinaria",
        lugar_o_enlace="Sala de juntas, Subdelegación 1 Guadalajara",
        convocatoria="CON-2026-000011-3, del 18 de noviembre de 2026",
        inicio=INSTANTE,
        fin=datetime(2026, 11, 20, 18, 40, tzinfo=UTC),
        preside="Arturo Benavides Luna",
        secretario="Beatriz Solano Ríos",
        fundamento=("Reglas de operación del comité, vigentes desde el 1 de enero de 2026",),
        asistentes=_asistentes(),
        quorum=QUORUM,
        incidencias=(doc.Incidencia(instante=INSTANTE, texto="Se retira la vocalía de Cobranza."),),
        asuntos=(
            doc.AsuntoActa(
                propuesta="PRO-2026-000031-4",
                patron=PATRON.nombre,
                acto="Visita domiciliaria",
                quorum=QUORUM,
                resumen=f"Catorce denuncias señalan salarios registrados por debajo de lo pagado. {texto}",
                excusas=(
                    doc.ExcusaActa(
                        asiento="Vocal, Supervisión de Auditoría", motivo="Participó en el análisis"
                    ),
                ),
                mociones=(
                    doc.MocionActa(
                        texto="Cambiar el acto a carta invitación.",
                        propone="Vocal, Afiliación y Cobranza",
                        votos=_votos(texto),
                        a_favor=1,
                        en_contra=3,
                        abstenciones=0,
                        resultado="desechada",
                        huella=HUELLA,
                    ),
                    doc.MocionActa(
                        texto="Aprobar como se propone.",
                        propone="Presidencia",
                        votos=_votos(""),
                        a_favor=2,
                        en_contra=2,
                        abstenciones=0,
                        resultado="aprobada",
                        calidad=True,
                        huella=HUELLA,
                    ),
                ),
                resultado="Aprobada",
                acuerdo=doc.AcuerdoActa(
                    numero="ACU-2026-000019-0",
                    responsable="Beatriz Solano Ríos",
                    texto=f"Se aprueba la visita domiciliaria a todo el centro de trabajo. {texto}",
                    fecha_compromiso=date(2026, 12, 11),
                    periodos=(PERIODO,),
                ),
            ),
            doc.AsuntoActa(
                propuesta="PRO-2026-000035-2",
                patron="Hotelera Puerta del Sol",
                acto="Carta invitación",
                quorum=SIN_QUORUM,
                resumen="Dos denuncias por falta de inscripción.",
                resultado="Diferida por falta de quórum",
            ),
        ),
        no_alcanzados=("PRO-2026-000037-9",),
        observaciones=(
            doc.Observacion(
                asiento="Vocal, Cobranza", texto=f"Precisar la hora de salida. {texto}", atendida=True
            ),
        ),
        constancia=f"Una vocalía no firmó dentro del plazo. {texto}",
        firmas=(FIRMADA, SECRETARIA, PENDIENTE, FALTA),
    )


def voto(texto: str = "") -> doc.ConstanciaVoto:
    return doc.ConstanciaVoto(
        comite=COMITE,
        sesion=SESION,
        propuesta="PRO-2026-000031-4",
        patron=PATRON.nombre,
        mocion="Aprobar como se propone",
        ronda=2,
        caracter="Vocal",
        cargo="Titular de Afiliación y Cobranza",
        nombre="Ana Quintero Peña",
        suplente=True,
        sentido="En contra",
        razon=f"Conviene antes una carta invitación. {texto}",
        emitido_en=INSTANTE,
        capturado_por="Beatriz Solano Ríos",
        huella=HUELLA,
    )


def acuerdo(texto: str = "") -> doc.Acuerdo:
    return doc.Acuerdo(
        numero="ACU-2026-000019-0",
        comite=COMITE,
        sesion=SESION,
        adoptado_en=INSTANTE,
        propuesta="PRO-2026-000031-4",
        patron=PATRON.nombre,
        acto="Visita domiciliaria",
        periodos=(PERIODO,),
        resultado="Aprobada",
        texto=f"Se aprueba la visita domiciliaria por los periodos señalados y para todo el centro. {texto}",
        motivo=texto,
        condiciones="Emitir la orden dentro de quince días hábiles.",
        responsable="Beatriz Solano Ríos",
        fecha_compromiso=date(2026, 12, 11),
        a_favor=2,
        en_contra=2,
        abstenciones=0,
        calidad=True,
        huella_votacion=HUELLA,
        firmas=(FIRMADA, SECRETARIA),
    )
