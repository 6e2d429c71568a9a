"""One full example of every paper of a visit; `texto` goes where people write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.unit.documents.piezas import AUTORIDAD, FIRMADA, HUELLA, INSTANTE, PATRON
from workflow import documents as doc

INICIO = datetime(2026, 3, 3, 16, 15, tzinfo=UTC)
FIN = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)


def _oficio(texto: str) -> dict[str, Any]:
    return {
        "expediente": "EXP-2026-000031-4",
        "autoridad": AUTORIDAD,
        "destinatario": doc.Destinatario(nombre=PATRON.nombre, domicilio=f"{PATRON.domicilio} {texto}"),
        "fundamento": ("Artículos 44, 45 y 46 del Código Fiscal de la Federación",),
        "motivo": f"Se lleva a cabo la visita que manda la orden. {texto}",
        "objeto": "Hacer constar lo que ocurre en la visita",
        "firma": FIRMADA,
        "acto": "ACT-2026-000031-4",
    }


def hecho(texto: str = "", **mas: Any) -> doc.HechoActa:
    return doc.HechoActa(
        numero=1,
        hecho=f"Registró con salario menor al pagado. {texto}",
        norma="LSS 15-I, 27",
        periodo=doc.Periodo(desde=date(2024, 1, 1), hasta=date(2024, 12, 31)),
        trabajadores=12,
        monto=Decimal("250000.00"),
        **mas,
    )


def _acta(texto: str) -> dict[str, Any]:
    return {
        **_oficio(texto),
        "orden": "ORD-2026-000031-4",
        "numero": 2,
        "inicio": INICIO,
        "fin": FIN,
        "lugar_visita": f"Av. Tecnológico 305, Celaya {texto}",
        "habilitacion": texto,
        "persona": f"Laura Campos Ruiz {texto}",
        "caracter": "Representante legal",
        "identificacion": "Credencial para votar 0123",
        "hechos": f"Se compararon las nóminas con las cédulas.\n{texto}",
        "visitadores": (
            doc.Visitador(nombre="Daniela Solís", credencial="AUD-0451", vigencia=date(2026, 12, 31)),
        ),
        "testigos": (
            doc.Testigo(
                nombre=f"Luis Ortega Paz {texto}",
                identificacion="Credencial para votar 0101",
                domicilio="Calle 5 de Mayo 12",
                designo="La persona visitada",
            ),
            doc.Testigo(
                nombre="Inés Rangel Soto",
                identificacion="Credencial para votar 0102",
                domicilio="Calle Hidalgo 40",
                designo="Los visitadores",
            ),
        ),
        "comparecen": (
            doc.Firma(
                nombre="Inés Rangel Soto",
                cargo="Comparece",
                modo=doc.ModoFirma.NEGADA,
                instante=INSTANTE,
                nota=f"Dijo que no firma nada. {texto}",
            ),
        ),
        "huellas": (HUELLA,),
    }


def acta_inicio(texto: str = "") -> doc.ActaInicio:
    return doc.ActaInicio(**_acta(texto), entrega_orden=True, constancias=("Se entregó la orden de visita.",))


def acta_parcial(texto: str = "") -> doc.ActaParcial:
    return doc.ActaParcial(**_acta(texto), clase="Acta parcial")


def ultima_acta_parcial(texto: str = "") -> doc.UltimaActaParcial:
    return doc.UltimaActaParcial(
        **_acta(texto),
        observados=(hecho(texto),),
        leyenda="Transcurrirán al menos 20 días hábiles: hasta el 29 de junio de 2026.",
    )


def acta_final(texto: str = "") -> doc.ActaFinal:
    observados = (hecho(texto, resultado="Subsiste", razon=f"Las nóminas son las mismas. {texto}"),)
    return doc.ActaFinal(
        **_acta(texto), observados=observados, resultado="Con observaciones", entrega_copia=True
    )


def acta_oposicion(texto: str = "") -> doc.ActaOposicion:
    return doc.ActaOposicion(**_acta(texto))


def citatorio_visita(texto: str = "") -> doc.CitatorioVisita:
    return doc.CitatorioVisita(
        **_oficio(texto),
        orden="ORD-2026-000031-4",
        dejado_en=INICIO,
        dejado_con=f"Pedro Luna, vigilante {texto}",
        recibe="Se negó a firmar",
        cita=datetime(2026, 3, 4, 16, 0, tzinfo=UTC),
        para=f"Entregar una orden de visita. {texto}",
        articulo="44, fracción II",
    )


def oficio_reposicion(texto: str = "") -> doc.OficioReposicion:
    return doc.OficioReposicion(
        **_oficio(texto), orden="ORD-2026-000031-4", cuerpo=f"Se repone desde el acta 1. {texto}"
    )


def constancia_correccion(texto: str = "") -> doc.ConstanciaCorreccion:
    return doc.ConstanciaCorreccion(
        **_oficio(texto),
        orden="ORD-2026-000031-4",
        cuerpo=f"Pagó las diferencias de 2024. {texto}",
        renglones=("Pago PAG-2026-000003-1", "Avisos de alta: 3"),
    )


def requerimiento(texto: str = "") -> doc.Requerimiento:
    return doc.Requerimiento(
        **_oficio(texto),
        requerimiento="REQ-2026-000003-1",
        documentos=("Contratos individuales de 2024", f"Recibos de nómina {texto}"),
        plazo="6 días hábiles desde que surte efectos",
        entrega="Departamento de Auditoría a Patrones",
        consecuencia="Si no se atiende, se suspende el plazo para concluir el acto.",
    )


ACTAS = (acta_inicio, acta_parcial, ultima_acta_parcial, acta_final, acta_oposicion)
DE_VISITA = (*ACTAS, citatorio_visita, oficio_reposicion, constancia_correccion, requerimiento)
