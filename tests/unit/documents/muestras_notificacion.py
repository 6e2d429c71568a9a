"""One full example of every document of a notificacion; `texto` goes where people write."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.unit.documents.piezas import AUTORIDAD, FIRMADA, HUELLA, INSTANTE, PATRON
from workflow import documents as doc

DEJADO = datetime(2026, 3, 12, 16, 0, tzinfo=UTC)


def _oficio(texto: str) -> dict[str, object]:
    return {
        "expediente": "EXP-2026-000031-4",
        "autoridad": AUTORIDAD,
        "destinatario": doc.Destinatario(
            nombre=PATRON.nombre, domicilio=f"{PATRON.domicilio} {texto}", medio="Personal"
        ),
        "fundamento": ("Artículos 134 a 137 del Código Fiscal de la Federación",),
        "motivo": f"El documento debía notificarse a quien se dirige. {texto}",
        "objeto": "Hacer constar la notificación",
        "firma": FIRMADA,
        "asunto": "Cédula de liquidación, folio DOC-2026-000031-4",
    }


def citatorio(texto: str = "") -> doc.Citatorio:
    return doc.Citatorio(
        **_oficio(texto),
        dejado_en=DEJADO,
        dejado_con=f"Pedro Luna, vigilante {texto}",
        cita=datetime(2026, 3, 13, 16, 0, tzinfo=UTC),
        articulo="CFF 137",
    )


def constancia_notificacion(texto: str = "") -> doc.ConstanciaNotificacion:
    return doc.ConstanciaNotificacion(
        **_oficio(texto),
        medio="Personal",
        presencial=True,
        fecha=date(2026, 3, 13),
        surte_efectos=date(2026, 3, 17),
        hora="10:00 horas",
        quien_recibe=f"Rosa Vega Ortiz {texto}",
        caracter="Vecina",
        identificacion="Credencial para votar 0456",
        cercioramiento=f"Placa con el número y letrero del negocio. {texto}",
        habilitacion=texto,
        ubicacion="20.9674, -101.4286",
        hechos=(
            doc.HechoNotificacion(
                que="Diligencia", cuando=DEJADO, resultado="La persona no estaba", huellas=(HUELLA,)
            ),
            doc.HechoNotificacion(que="Cita", cuando=INSTANTE, resultado="Con un vecino", detalle=texto),
        ),
        recibe=doc.Firma(
            nombre="Rosa Vega Ortiz",
            cargo="Vecina",
            modo=doc.ModoFirma.NEGADA,
            instante=DEJADO,
            nota=f"No quiso firmar. {texto}",
        ),
    )


def razon_busqueda(texto: str = "") -> doc.RazonBusqueda:
    return doc.RazonBusqueda(
        **_oficio(texto),
        fuentes=("Registros del Instituto", "Vecinos"),
        acta=f"Se buscó en los registros y con los vecinos.\n{texto}",
        hallado=texto,
    )


def acuerdo_estrados(texto: str = "") -> doc.AcuerdoEstrados:
    return doc.AcuerdoEstrados(
        **_oficio(texto),
        causa="No es localizable",
        antecedentes=(f"Búsqueda, 12/03/2026 10:00: No se le localiza {texto}",),
        publica_desde=date(2026, 3, 12),
        dias="10 días hábiles",
    )


def constancia_estrados(texto: str = "") -> doc.ConstanciaEstrados:
    return doc.ConstanciaEstrados(
        **_oficio(texto),
        causa="No es localizable",
        publicado=date(2026, 3, 12),
        ultimo_dia=date(2026, 3, 27),
        dias="10 días hábiles",
        fecha=date(2026, 3, 30),
        surte_efectos=date(2026, 3, 31),
    )


def edicto(texto: str = "") -> doc.Edicto:
    return doc.Edicto(
        **_oficio(texto),
        via="Diario Oficial de la Federación, 3 días",
        publicaciones=(date(2026, 3, 12), date(2026, 3, 13), date(2026, 3, 17)),
        resumen=f"Cédula de liquidación, folio DOC-2026-000031-4. {texto}",
    )


DE_NOTIFICACION = (
    citatorio,
    constancia_notificacion,
    razon_busqueda,
    acuerdo_estrados,
    constancia_estrados,
    edicto,
)
