"""One full example of every document of a sale; `texto` goes where people write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.unit.documents.piezas import AUTORIDAD, FIRMADA, HUELLA, PATRON
from workflow import documents as doc

BIEN = "Torno industrial marca Romi, modelo C420, serie 88121"


def _oficio(texto: str) -> dict[str, object]:
    return {
        "expediente": "EXP-2026-000031-4",
        "autoridad": AUTORIDAD,
        "destinatario": doc.Destinatario(nombre=PATRON.nombre, domicilio=f"{PATRON.domicilio} {texto}"),
        "fundamento": ("Artículos 173 a 191 del Código Fiscal de la Federación",),
        "motivo": f"Se embargaron bienes para cobrar créditos fiscales. {texto}",
        "objeto": "Llevar a cabo el remate",
        "firma": FIRMADA,
        "asunto": "Remate REM-2026-000004-1",
    }


def avaluo_bien(texto: str = "") -> doc.AvaluoBien:
    return doc.AvaluoBien(
        **_oficio(texto),
        bien=f"{BIEN} {texto}",
        tipo="Bienes muebles",
        quien="Valuador de la oficina",
        perito=f"Tomás Águila Rey {texto}",
        metodo=f"Comparación con tres ventas.\n{texto}",
        valor=Decimal("300000.00"),
        rendido=date(2026, 6, 9),
        vigente_hasta=date(2027, 6, 9),
        objecion=f"Puedes objetar este avalúo en 10 días hábiles y nombrar perito. {texto}",
        huellas=(HUELLA,),
    )


def convocatoria_remate(texto: str = "") -> doc.ConvocatoriaRemate:
    return doc.ConvocatoriaRemate(
        **_oficio(texto),
        remate="REM-2026-000004-1",
        bienes=(f"Bienes muebles: {BIEN} {texto}",),
        base=Decimal("300000.00"),
        postura_legal=Decimal("200000.00"),
        deposito="10 % de lo que ofreces, por transferencia",
        requisitos=f"Identificación oficial y RFC.\n{texto}",
        abre=datetime(2026, 6, 30, 18, tzinfo=UTC),
        cierra=datetime(2026, 7, 6, 18, tzinfo=UTC),
        pagina="https://denuncias.example/remates/REM-2026-000004-1",
        acreedores=(f"Banco de Prueba {texto}",) if texto else (),
        gravamenes="El certificado de los últimos diez años no muestra gravámenes.",
    )


def acta_remate(texto: str = "") -> doc.ActaRemate:
    return doc.ActaRemate(
        **_oficio(texto),
        remate="REM-2026-000004-1",
        bien=f"{BIEN} {texto}",
        base=Decimal("300000.00"),
        postura_legal=Decimal("200000.00"),
        posturas=(
            doc.PosturaActa(
                folio="POS-2026-000007-5", importe=Decimal("250000.00"), resultado=f"Ganadora {texto}"
            ),
            doc.PosturaActa(folio="POS-2026-000006-1", importe=Decimal("210000.00"), resultado="Superada"),
        ),
        postor=f"Compradora de Prueba {texto}",
        importe=Decimal("250000.00"),
        deposito=Decimal("25000.00"),
        saldo=Decimal("225000.00"),
        limite=date(2026, 7, 9),
        relato=f"Cerró la subasta y se calificaron las posturas.\n{texto}",
    )


def acta_adjudicacion(texto: str = "") -> doc.ActaAdjudicacion:
    return doc.ActaAdjudicacion(
        **_oficio(texto),
        remate="REM-2026-000004-1",
        bien=f"{BIEN} {texto}",
        avaluo=Decimal("300000.00"),
        valor=Decimal("180000.00"),
        por_ciento="60 %",
        entrega=f"Jefatura de Servicios Generales {texto}",
    )


def acta_entrega_bien(texto: str = "") -> doc.ActaEntregaBien:
    return doc.ActaEntregaBien(
        **_oficio(texto),
        remate="REM-2026-000004-1",
        bien=f"{BIEN} {texto}",
        recibe=f"Compradora de Prueba {texto}",
        fecha=date(2026, 7, 8),
        importe=Decimal("250000.00"),
        escritura=f"El deudor la otorga a más tardar el 22/07/2026. {texto}",
    )


DE_REMATE = (avaluo_bien, convocatoria_remate, acta_remate, acta_adjudicacion, acta_entrega_bien)
