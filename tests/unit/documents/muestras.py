"""One full example of every document; `texto` goes in each field where people write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models.denuncia import CausaCierre
from tests.unit.documents.muestras_comite import acta, acuerdo, convocatoria, lista, retiro, sin_quorum, voto
from tests.unit.documents.muestras_credito import DE_CREDITO
from tests.unit.documents.muestras_notificacion import DE_NOTIFICACION
from tests.unit.documents.muestras_pae import DE_PAE
from tests.unit.documents.muestras_remate import DE_REMATE
from tests.unit.documents.muestras_visita import DE_VISITA
from tests.unit.documents.piezas import AUTORIDAD, FIRMADA, HUELLA, INSTANTE, PATRON, PERIODO, SECRETARIA
from workflow import documents as doc


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
        presentada_en=INSTANTE,
        canal="Formulario web",
        unidad=f"Subdelegación 1 Guadalajara, Jalisco {texto}",
        partes=tuple(doc.Parte),
        archivos=3,
        huella_contenido=HUELLA,
        pasos=(
            doc.Paso(que="Una persona del IMSS va a leer tu denuncia", limite=date(2026, 12, 3)),
            doc.Paso(que="Te diremos si con eso podemos actuar", limite=date(2027, 1, 12)),
            doc.Paso(
                que="Te avisaremos por el medio que elegiste", cuando=f"Sin contar nada de tu caso. {texto}"
            ),
        ),
        telefono_ayuda="800 623 2323",
        identidad_antes_de=date(2026, 12, 11) if texto else None,
    )


def prevencion(texto: str = "") -> doc.OficioPrevencion:
    return doc.OficioPrevencion(
        **_oficio(texto),
        faltantes=(
            "Los meses en que trabajaste ahí",
            "Cuánto te pagaban y cada cuándo",
            *([texto] if texto else []),
        ),
        mensaje=f"Leímos tu denuncia. Para seguir nos faltan unos datos. Son fáciles de dar.\n{texto}",
        plazo="10 días hábiles",
        limite=date(2026, 12, 4),
        telefono_ayuda="800 623 2323",
    )


def dictamen(texto: str = "") -> doc.DictamenAnalisis:
    return doc.DictamenAnalisis(
        expediente="DEN-2026-000123-7",
        unidad="Subdelegación 1 Guadalajara",
        lugar="Guadalajara, Jalisco",
        patron=PATRON,
        resumen_sin_identidad="La persona denunciante señala que el patrón paga parte en efectivo "
        f"y registra el mínimo.\nSe revisaron los movimientos de todo el puesto. {texto}",
        hechos=(
            doc.Hecho(
                motivo="Salario menor al real",
                periodo=PERIODO,
                salario_real=Decimal("612.5"),
                salario_registrado=Decimal("315.04"),
                resultado="Acreditado",
            ),
            doc.Hecho(
                motivo=f"Fecha de ingreso posterior {texto}",
                periodo=doc.Periodo(desde=date(2024, 1, 15)),
                salario_real=None,
                salario_registrado=None,
                resultado="Indicios",
            ),
        ),
        normas=(
            "LSS 15, fracción I: registrar e inscribir con el salario real",
            "LSS 27: integración del salario",
        ),
        pruebas=(
            doc.PruebaValorada(prueba="Prueba 1, recibo de nómina", valor="Fuerte"),
            doc.PruebaValorada(prueba=f"Prueba 2, mensajes {texto}", valor="Media"),
        ),
        cruces=("Movimientos afiliatorios", "CFDI de nómina", "Emisión mensual anticipada"),
        hallazgo_cruces=f"El CFDI reporta percepciones mayores en 23 de 24 meses. {texto}",
        monto_presuntivo=Decimal("318450.72"),
        base_monto="Diferencia de cuotas de 24 meses, sin accesorios",
        trabajadores_afectados=41,
        riesgo_identificacion="Bajo",
        presuncion="Sí",
        propuesta=f"Visita domiciliaria {texto}",
        motivo="Las pruebas y los cruces coinciden en el periodo y en el monto.",
        firmas=(
            doc.Firma(
                nombre="Carla Medina Soto",
                cargo="Analista de Auditoría a Patrones",
                modo=doc.ModoFirma.E_FIRMA,
                instante=INSTANTE,
                huella=HUELLA,
            ),
            SECRETARIA,
        ),
    )


def turno(texto: str = "") -> doc.OficioTurno:
    return doc.OficioTurno(
        **{
            **_oficio(texto),
            "destinatario": doc.Destinatario(
                nombre="Procuraduría Federal de la Defensa del Trabajo, Oficina Jalisco",
                domicilio="Av. Federalismo 650, 44100 Guadalajara, Jalisco",
                medio="Oficialía de partes",
            ),
        },
        asunto="Se turna asunto de su competencia",
        consentimiento=True,
        comparte_identidad=True,
        comparte_hechos=True,
        resumen_sin_identidad=f"La persona refiere falta de pago de salarios y vacaciones, materia. {texto}",
        anexos=("Relato de los hechos, 2 hojas", "Anexo cerrado"),
    )


def respuesta(texto: str = "", causa: CausaCierre = CausaCierre.DE_OFICIO) -> doc.OficioRespuesta:
    return doc.OficioRespuesta(
        **_oficio(texto),
        causa=causa,
        resultado="Corregimos tu salario en el Seguro Social, desde enero de 2024. "
        "Esas semanas ya cuentan para tu pensión.",
        semanas=104,
        texto_adicional=texto,
        telefono_ayuda="800 623 2323",
        buzon_hasta=date(2027, 11, 20),
        remedios=(
            doc.Remedio(
                nombre="Recurso de inconformidad",
                ante="Consejo Consultivo del Órgano de Operación",
                plazo="15 días hábiles desde que surte efectos este oficio",
                fundamento="LSS 294",
            ),
            doc.Remedio(
                nombre="Queja por la atención",
                ante="Órgano Interno de Control en el IMSS",
                plazo="En cualquier momento",
                fundamento="Ley General de Responsabilidades Administrativas",
            ),
        ),
        autoridad_destino="Secretaría del Trabajo" if causa is CausaCierre.STPS else "",
    )


def restitucion(texto: str = "") -> doc.ConstanciaRestitucion:
    return doc.ConstanciaRestitucion(
        **_oficio(texto),
        libro=(
            doc.EtapaDelLibro(
                nombre=f"Lo que se comprobó {texto}",
                semanas=104,
                periodo=PERIODO,
                salario=Decimal("612.50"),
            ),
        ),
        semanas_reconocidas=104,
        completa=not texto,
        pendiente=texto,
        telefono_ayuda="800 623 2323",
        movimientos=(
            doc.MovimientoRestituido(
                tipo="Modificación de salario",
                fecha=date(2026, 11, 18),
                salario=Decimal("612.50"),
                periodo=PERIODO,
                fundamento="Oficio, LSS 251-X",
            ),
            doc.MovimientoRestituido(
                tipo="Reingreso",
                fecha=date(2026, 11, 18),
                salario=None,
                periodo=None,
                fundamento=f"Resolución {texto}",
            ),
        ),
    )


def ficha(texto: str = "") -> doc.FichaPropuesta:
    return doc.FichaPropuesta(
        propuesta="PRO-2026-000031-4",
        version=2,
        unidad="Subdelegación 1 Guadalajara",
        lugar="Guadalajara, Jalisco",
        origen="Denuncias",
        denuncias=14,
        urgente=True,
        patron=PATRON,
        acto="Visita domiciliaria",
        contribuciones="Cuotas obrero patronales",
        periodos=(PERIODO,),
        universo="Todo el centro de trabajo",
        puntaje=82,
        version_modelo="1.3",
        razones_puntaje=(
            doc.Razon(texto="Salario registrado menor que el del CFDI en 23 de 24 meses", puntos=35),
            doc.Razon(texto="Catorce denuncias en seis meses", puntos=28),
            doc.Razon(texto=f"Pagó a tiempo el último año {texto}", puntos=-6),
        ),
        contrafactual="Con salarios registrados iguales a los del CFDI el puntaje sería 47.",
        monto_presuntivo=Decimal("4318450.72"),
        base_monto="Diferencia de cuotas de 24 meses, sin accesorios",
        trabajadores=41,
        capacidad="Dos auditores con 60 % de carga; inicio posible en tres semanas",
        razones=f"El incumplimiento presunto afecta a todo el puesto y se repite mes con mes.\n{texto}",
        firmas=(SECRETARIA, FIRMADA),
    )


FABRICAS = {
    f.__name__: f
    for f in (
        acuse,
        prevencion,
        dictamen,
        turno,
        respuesta,
        restitucion,
        ficha,
        convocatoria,
        lista,
        sin_quorum,
        retiro,
        acta,
        voto,
        acuerdo,
        *DE_CREDITO,
        *DE_NOTIFICACION,
        *DE_PAE,
        *DE_REMATE,
        *DE_VISITA,
    )
}
