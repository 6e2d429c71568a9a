"""The pieces that the example documents share: authority, signatures, employer, committee."""

from __future__ import annotations

from datetime import UTC, date, datetime

from workflow import documents as doc

INSTANTE = datetime(2026, 11, 20, 16, 5, 9, tzinfo=UTC)
HUELLA = "9c417ae0b2d5116f" * 4
AUTORIDAD = doc.Autoridad(
    dependencia="Subdelegación 1 Guadalajara, Órgano de Operación Administrativa Desconcentrada Jalisco",
    nombre="Arturo Benavides Luna",
    cargo="Titular de la Subdelegación",
    competencia="Artículos 150, fracción XII, y 155 del Reglamento Interior del Instituto",
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
FALTA = doc.Firma(
    nombre="Héctor Ibáñez Cota", cargo="Vocal", modo=doc.ModoFirma.SIN_FIRMA, nota="Se le requirió dos veces."
)
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
