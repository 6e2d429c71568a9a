"""One full example of every document; `todas(texto)` puts `texto` in each field where people write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from models.denuncia import CausaCierre
from workflow import documents as doc

INSTANTE = datetime(2026, 11, 20, 16, 5, 9, tzinfo=UTC)
HUELLA = "9c417ae0b2d5116f" * 4
AUTORIDAD = doc.Autoridad(
    dependencia="Subdelegación 1 Guadalajara, Órgano de Operación Administrativa Desconcentrada Jalisco",
    nombre="Arturo Benavides Luna",
    cargo="Titular de la Subdelegación",
    competencia="Artículos 150, fracción XII, y 155 del Reglamento Interior del Instituto Mexicano del Seguro Social",
    lugar="Guadalajara, Jalisco",
)
FIRMADA = doc.Firma(
    nombre="Arturo Benavides Luna",
    cargo="Titular de la Subdelegación",
    modo=doc.ModoFirma.E_FIRMA,
    instante=INSTANTE,
    huella=HUELLA,
)
SECRETARIA = doc.Firma(
    nombre="Beatriz Solano Ríos",
    cargo="Jefa de Auditoría a Patrones, secretaria del comité",
    modo=doc.ModoFirma.AUTOGRAFA,
    instante=INSTANTE,
)
FALTA = doc.Firma(nombre="Héctor Ibáñez Cota", cargo="Vocal", modo=doc.ModoFirma.SIN_FIRMA, nota="Se le requirió dos veces.")
PENDIENTE = doc.Firma(nombre="Ana Quintero Peña", cargo="Vocal")
PERIODO = doc.Periodo(desde=date(2024, 1, 1), hasta=date(2025, 12, 31))
PATRON = doc.PatronDocumento(
    nombre="Servicios Integrales de Empaque del Bajío, S. A. de C. V.",
    rfc="SIE100203AB1",
    registros=("B471234510", "B479876510"),
    sector="Servicios de empaque y maquila",
    domicilio="Av. Vallarta 1250, Col. Americana, 44160 Guadalajara, Jalisco",
)
QUORUM = doc.Quorum(con_voto=6, requerido=4, presentes=5, hay=True)
SIN_QUORUM = doc.Quorum(con_voto=6, requerido=4, presentes=3, hay=False)
COMITE = "Comité de Programación Subdelegacional"
SESION = "SES-2026-000004-1"


def _asistentes() -> tuple[doc.Asistente, ...]:
    return (
        doc.Asistente(caracter="Presidencia", cargo="Titular de la Subdelegación", nombre="Arturo Benavides Luna",
                      con_voto=True, presente=True, medio="Presencial", firma=FIRMADA),
        doc.Asistente(caracter="Secretaría", cargo="Jefa de Auditoría a Patrones", nombre="Beatriz Solano Ríos",
                      con_voto=False, presente=True, medio="Presencial", firma=SECRETARIA),
        doc.Asistente(caracter="Vocal", cargo="Titular de Afiliación y Cobranza", nombre="Ana Quintero Peña",
                      con_voto=True, presente=True, medio="Remoto", firma=PENDIENTE),
        doc.Asistente(caracter="Vocal", cargo="Supervisión de Auditoría a Patrones", nombre="Luis Ochoa Barrón",
                      con_voto=True, presente=True, suplente=True, oficio="JAL/SA/118/2026", medio="Presencial"),
        doc.Asistente(caracter="Vocal", cargo="Jefatura de Cobranza", nombre="Héctor Ibáñez Cota",
                      con_voto=True, presente=False),
    )


def _oficio(texto: str) -> dict[str, object]:
    return {
        "expediente": "DEN-2026-000123-7",
        "autoridad": AUTORIDAD,
        "destinatario": doc.denunciante("DEN-2026-000123-7"),
        "fundamento": (
            "Artículos 5, 18, 22 y 251, fracciones X y XXVIII, de la Ley del Seguro Social",
            "Artículo 38 del Código Fiscal de la Federación",
        ),
        "motivo": f"De la revisión de lo presentado resulta lo que aquí se comunica. {texto}",
        "objeto": "Comunicar a la persona denunciante el estado de su caso",
        "firma": FIRMADA,
    }


def acuse(texto: str = "") -> doc.Acuse:
    return doc.Acuse(
        presentada_en=INSTANTE, canal="Formulario web", unidad=f"Subdelegación 1 Guadalajara, Jalisco {texto}",
        partes=tuple(doc.Parte), archivos=3, huella_contenido=HUELLA,
        pasos=(
            doc.Paso(que="Una persona del IMSS va a leer tu denuncia", limite=date(2026, 12, 3)),
            doc.Paso(que="Te diremos si con eso podemos actuar", limite=date(2027, 1, 12)),
            doc.Paso(que="Te avisaremos por el medio que elegiste", cuando=f"Sin contar nada de tu caso. {texto}"),
        ),
        telefono_ayuda="800 623 2323", identidad_antes_de=date(2026, 12, 11) if texto else None,
    )


def prevencion(texto: str = "") -> doc.OficioPrevencion:
    return doc.OficioPrevencion(
        **_oficio(texto),
        faltantes=("Los meses en que trabajaste ahí", "Cuánto te pagaban y cada cuándo", *([texto] if texto else [])),
        mensaje=f"Leímos tu denuncia. Para seguir nos faltan unos datos. Son fáciles de dar.\n{texto}",
        plazo="10 días hábiles", limite=date(2026, 12, 4), telefono_ayuda="800 623 2323",
    )


def dictamen(texto: str = "") -> doc.DictamenAnalisis:
    return doc.DictamenAnalisis(
        expediente="DEN-2026-000123-7", unidad="Subdelegación 1 Guadalajara", lugar="Guadalajara, Jalisco", patron=PATRON,
        resumen_sin_identidad="La persona denunciante 1 señala que el patrón paga una parte del salario en efectivo y "
        f"registra el mínimo ante el Instituto.\nSe revisaron los movimientos afiliatorios de todo el puesto. {texto}",
        hechos=(
            doc.Hecho(motivo="Salario menor al real", periodo=PERIODO, salario_real=Decimal("612.5"),
                      salario_registrado=Decimal("315.04"), resultado="Acreditado"),
            doc.Hecho(motivo=f"Fecha de ingreso posterior {texto}", periodo=doc.Periodo(desde=date(2024, 1, 15)),
                      salario_real=None, salario_registrado=None, resultado="Indicios"),
        ),
        normas=("LSS 15, fracción I: registrar e inscribir con el salario real", "LSS 27: integración del salario"),
        pruebas=(doc.PruebaValorada(prueba="Prueba 1, recibo de nómina", valor="Fuerte"),
                 doc.PruebaValorada(prueba=f"Prueba 2, mensajes {texto}", valor="Media")),
        cruces=("Movimientos afiliatorios", "CFDI de nómina", "Emisión mensual anticipada"),
        hallazgo_cruces=f"El CFDI reporta percepciones superiores al salario registrado en 23 de 24 meses. {texto}",
        monto_presuntivo=Decimal("318450.72"), base_monto="Diferencia de cuotas obrero patronales de 24 meses, sin accesorios",
        trabajadores_afectados=41, riesgo_identificacion="Bajo", presuncion="Sí", propuesta=f"Visita domiciliaria {texto}",
        motivo="Las pruebas y los cruces coinciden en el periodo y en el monto.",
        firmas=(doc.Firma(nombre="Carla Medina Soto", cargo="Analista de Auditoría a Patrones", modo=doc.ModoFirma.E_FIRMA,
                          instante=INSTANTE, huella=HUELLA), SECRETARIA),
    )


def turno(texto: str = "") -> doc.OficioTurno:
    return doc.OficioTurno(
        **{**_oficio(texto), "destinatario": doc.Destinatario(
            nombre="Procuraduría Federal de la Defensa del Trabajo, Oficina Jalisco",
            domicilio="Av. Federalismo 650, 44100 Guadalajara, Jalisco", medio="Oficialía de partes")},
        asunto="Se turna asunto de su competencia", consentimiento=True, comparte_identidad=True, comparte_hechos=True,
        resumen_sin_identidad=f"La persona refiere falta de pago de salarios y vacaciones, materia laboral. {texto}",
        anexos=("Relato de los hechos, 2 hojas", "Anexo cerrado"),
    )


def respuesta(texto: str = "", causa: CausaCierre = CausaCierre.DE_OFICIO) -> doc.OficioRespuesta:
    return doc.OficioRespuesta(
        **_oficio(texto), causa=causa, resultado="Corregimos tu salario en el Seguro Social, desde enero de 2024. "
        "Esas semanas ya cuentan para tu pensión.",
        semanas=104, texto_adicional=texto, telefono_ayuda="800 623 2323", buzon_hasta=date(2027, 11, 20),
        remedios=(
            doc.Remedio(nombre="Recurso de inconformidad", ante="Consejo Consultivo del Órgano de Operación",
                        plazo="15 días hábiles desde que surte efectos este oficio", fundamento="LSS 294"),
            doc.Remedio(nombre="Queja por la atención", ante="Órgano Interno de Control en el IMSS",
                        plazo="En cualquier momento", fundamento="Ley General de Responsabilidades Administrativas"),
        ),
        autoridad_destino="Secretaría del Trabajo" if causa is CausaCierre.STPS else "",
    )


def restitucion(texto: str = "") -> doc.ConstanciaRestitucion:
    return doc.ConstanciaRestitucion(
        **_oficio(texto), semanas_reconocidas=104, completa=not texto, pendiente=texto, telefono_ayuda="800 623 2323",
        movimientos=(
            doc.MovimientoRestituido(tipo="Modificación de salario", fecha=date(2026, 11, 18), salario=Decimal("612.50"),
                                     periodo=PERIODO, fundamento="Oficio, LSS 251-X"),
            doc.MovimientoRestituido(tipo="Reingreso", fecha=date(2026, 11, 18), salario=None, periodo=None,
                                     fundamento=f"Resolución {texto}"),
        ),
    )


def ficha(texto: str = "") -> doc.FichaPropuesta:
    return doc.FichaPropuesta(
        propuesta="PRO-2026-000031-4", version=2, unidad="Subdelegación 1 Guadalajara", lugar="Guadalajara, Jalisco",
        origen="Denuncias", denuncias=14, urgente=True, patron=PATRON, acto="Visita domiciliaria",
        contribuciones="Cuotas obrero patronales", periodos=(PERIODO,), universo="Todo el centro de trabajo", puntaje=82,
        version_modelo="1.3", razones_puntaje=(
            doc.Razon(texto="Salario registrado menor que el del CFDI en 23 de 24 meses", puntos=35),
            doc.Razon(texto="Catorce denuncias en seis meses", puntos=28),
            doc.Razon(texto=f"Pagó a tiempo el último año {texto}", puntos=-6)),
        contrafactual="Con salarios registrados iguales a los del CFDI el puntaje sería 47.",
        monto_presuntivo=Decimal("4318450.72"), base_monto="Diferencia de cuotas de 24 meses, sin accesorios", trabajadores=41,
        capacidad="Dos auditores con 60 % de carga; inicio posible en tres semanas",
        razones=f"El incumplimiento presunto afecta a todo el puesto y se repite mes con mes.\n{texto}",
        firmas=(SECRETARIA, FIRMADA),
    )


def convocatoria(texto: str = "") -> doc.Convocatoria:
    return doc.Convocatoria(
        comite=COMITE, sesion=SESION, numero="4/2026", tipo="Extraordinaria", fecha_hora=datetime(2026, 11, 25, 16, 0, tzinfo=UTC),
        lugar_o_enlace="Sala de juntas, Subdelegación 1 Guadalajara", anticipacion="3 días hábiles",
        motivo_extraordinaria=f"El periodo por revisar está por caducar. {texto}", autoridad=AUTORIDAD,
        fundamento=("Reglas de operación del comité, vigentes desde el 1 de enero de 2026",),
        convocados=(
            doc.Convocado(caracter="Presidencia", cargo="Titular de la Subdelegación", titular="Arturo Benavides Luna", con_voto=True),
            doc.Convocado(caracter="Vocal", cargo="Supervisión de Auditoría", titular="Rosa Elena Casas", con_voto=True,
                          suplente="Luis Ochoa Barrón", oficio="JAL/SA/118/2026")),
        orden=(doc.PuntoOrden(propuesta="PRO-2026-000031-4", patron=PATRON.nombre, acto="Visita domiciliaria", denuncias=14),
               doc.PuntoOrden(propuesta="PRO-2026-000035-2", patron=f"Hotelera Puerta del Sol {texto}", acto="Carta invitación",
                              denuncias=2)),
        firma=SECRETARIA,
    )


def lista(texto: str = "") -> doc.ListaAsistencia:
    return doc.ListaAsistencia(
        comite=f"{COMITE} {texto}", sesion=SESION, numero="4/2026", tipo="Ordinaria", fecha_hora=INSTANTE,
        lugar_o_enlace="Sala de juntas", preside="Arturo Benavides Luna", asistentes=_asistentes(), quorum=QUORUM,
    )


def sin_quorum(texto: str = "") -> doc.ConstanciaSinQuorum:
    return doc.ConstanciaSinQuorum(
        comite=COMITE, sesion=SESION, numero="4/2026", tipo="Ordinaria", lugar_o_enlace=f"Sala de juntas {texto}",
        convocada_para=INSTANTE, asentada_en=INSTANTE, asistentes=_asistentes(), quorum=SIN_QUORUM, veces_seguidas=3,
        propuestas=("PRO-2026-000031-4", "PRO-2026-000035-2"), segunda_convocatoria="27 de noviembre de 2026, 10:00 h",
        firmas=(FIRMADA, SECRETARIA),
    )


def _votos(texto: str) -> tuple[doc.VotoActa, ...]:
    return (
        doc.VotoActa(asiento="Presidencia", nombre="Arturo Benavides Luna", sentido="A favor"),
        doc.VotoActa(asiento="Vocal", nombre="Ana Quintero Peña", sentido="En contra", captura="Beatriz Solano Ríos",
                     razon=f"Antes conviene una carta invitación, porque el patrón corrigió el año pasado. {texto}"),
    )


def acta(texto: str = "") -> doc.ActaComite:
    return doc.ActaComite(
        comite=COMITE, sesion=SESION, numero="4/2026", tipo="Ordinaria", lugar_o_enlace="Sala de juntas, Subdelegación 1 Guadalajara",
        convocatoria="CON-2026-000011-3, del 18 de noviembre de 2026", inicio=INSTANTE,
        fin=datetime(2026, 11, 20, 18, 40, tzinfo=UTC), preside="Arturo Benavides Luna", secretario="Beatriz Solano Ríos",
        fundamento=("Reglas de operación del comité, vigentes desde el 1 de enero de 2026",), asistentes=_asistentes(),
        quorum=QUORUM, incidencias=(doc.Incidencia(instante=INSTANTE, texto="Se retira la vocalía de Cobranza."),),
        asuntos=(
            doc.AsuntoActa(
                propuesta="PRO-2026-000031-4", patron=PATRON.nombre, acto="Visita domiciliaria", quorum=QUORUM,
                resumen=f"Catorce denuncias señalan salarios registrados por debajo de lo pagado. {texto}",
                excusas=(doc.ExcusaActa(asiento="Vocal, Supervisión de Auditoría", motivo="Participó en el análisis"),),
                mociones=(
                    doc.MocionActa(texto="Cambiar el acto a carta invitación.", propone="Vocal, Afiliación y Cobranza",
                                   votos=_votos(texto), a_favor=1, en_contra=3, abstenciones=0, resultado="desechada", huella=HUELLA),
                    doc.MocionActa(texto="Aprobar como se propone.", propone="Presidencia", votos=_votos(""), a_favor=2,
                                   en_contra=2, abstenciones=0, resultado="aprobada", calidad=True, huella=HUELLA)),
                resultado="Aprobada",
                acuerdo=doc.AcuerdoActa(numero="ACU-2026-000019-0", responsable="Beatriz Solano Ríos",
                                        texto=f"Se aprueba la visita domiciliaria a todo el centro de trabajo. {texto}",
                                        fecha_compromiso=date(2026, 12, 11), periodos=(PERIODO,))),
            doc.AsuntoActa(propuesta="PRO-2026-000035-2", patron="Hotelera Puerta del Sol", acto="Carta invitación",
                           quorum=SIN_QUORUM, resumen="Dos denuncias por falta de inscripción.", resultado="Diferida por falta de quórum"),
        ),
        no_alcanzados=("PRO-2026-000037-9",),
        observaciones=(doc.Observacion(asiento="Vocal, Cobranza", texto=f"Precisar la hora de salida. {texto}", atendida=True),),
        constancia=f"Una vocalía no firmó dentro del plazo. {texto}", firmas=(FIRMADA, SECRETARIA, PENDIENTE, FALTA),
    )


def voto(texto: str = "") -> doc.ConstanciaVoto:
    return doc.ConstanciaVoto(
        comite=COMITE, sesion=SESION, propuesta="PRO-2026-000031-4", patron=PATRON.nombre, mocion="Aprobar como se propone",
        ronda=2, caracter="Vocal", cargo="Titular de Afiliación y Cobranza", nombre="Ana Quintero Peña", suplente=True,
        sentido="En contra", razon=f"Conviene antes una carta invitación. {texto}", emitido_en=INSTANTE,
        capturado_por="Beatriz Solano Ríos", huella=HUELLA,
    )


def acuerdo(texto: str = "") -> doc.Acuerdo:
    return doc.Acuerdo(
        numero="ACU-2026-000019-0", comite=COMITE, sesion=SESION, adoptado_en=INSTANTE, propuesta="PRO-2026-000031-4",
        patron=PATRON.nombre, acto="Visita domiciliaria", periodos=(PERIODO,), resultado="Aprobada",
        texto=f"Se aprueba la visita domiciliaria al patrón, por los periodos señalados y para todo el centro. {texto}",
        motivo=texto, condiciones="Emitir la orden dentro de quince días hábiles.", responsable="Beatriz Solano Ríos",
        fecha_compromiso=date(2026, 12, 11), a_favor=2, en_contra=2, abstenciones=0, calidad=True, huella_votacion=HUELLA,
        firmas=(FIRMADA, SECRETARIA),
    )


FABRICAS = {
    f.__name__: f
    for f in (acuse, prevencion, dictamen, turno, respuesta, restitucion, ficha, convocatoria, lista, sin_quorum, acta, voto, acuerdo)
}
