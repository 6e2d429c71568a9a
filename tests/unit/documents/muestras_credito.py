"""One full example of every document of a credit; `texto` goes where people write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.unit.documents.piezas import AUTORIDAD, FIRMADA, PATRON, PERIODO
from workflow import documents as doc

REMEDIOS = (
    doc.Remedio(
        nombre="Recurso de inconformidad",
        ante="Consejo Consultivo",
        plazo="15 días hábiles",
        fundamento="LSS 294",
    ),
)
PASO = doc.PasoCalculo(
    periodo="enero de 2025", que="Factor", de_que="142.645 entre 138.343", articulo="CFF 17-A"
)
MULTA = doc.MultaImpuesta(
    infraccion="304",
    descripcion="Cuotas omitidas",
    sancion="LSS 304",
    minimo=Decimal("400.00"),
    maximo=Decimal("1000.00"),
    importe=Decimal("500.00"),
    gravedad="Tres de tres personas.",
    antecedentes="Sin multas anteriores.",
    reincidencia=False,
    excluidas=("304-A-II",),
    pasos=(PASO,),
)


def _oficio(texto: str) -> dict[str, object]:
    return {
        "expediente": "EXP-2026-000031-4",
        "autoridad": AUTORIDAD,
        "destinatario": doc.Destinatario(
            nombre=PATRON.nombre, domicilio=PATRON.domicilio, medio="Notificación"
        ),
        "fundamento": ("Artículos 39 C, 287 y 291 de la Ley del Seguro Social",),
        "motivo": f"La nómina prueba salarios mayores. {texto}",
        "objeto": "Determinar el crédito CRE-2026-000001-7",
        "firma": FIRMADA,
        "credito": "CRE-2026-000001-7",
    }


def cedula(texto: str = "") -> doc.CedulaLiquidacion:
    return doc.CedulaLiquidacion(
        **_oficio(texto),
        que_es="Cédula de liquidación",
        clase="Cuotas obrero patronales",
        patron=PATRON,
        periodo=PERIODO,
        al=date(2026, 3, 2),
        motivacion=f"La nómina prueba salarios mayores. {texto}",
        periodos=(
            doc.PeriodoLiquidado(
                nombre="enero de 2025",
                limite=date(2025, 2, 17),
                patron=Decimal("900.00"),
                trabajador=Decimal("100.00"),
                factor="1.0310",
                actualizacion=Decimal("31.00"),
                tasa="19.71 %",
                recargos=Decimal("203.21"),
                total=Decimal("1234.21"),
            ),
        ),
        conceptos=(
            doc.ConceptoLiquidado(
                nombre="Cuota fija", patron=Decimal("900.00"), trabajador=Decimal("100.00")
            ),
        ),
        pasos=(PASO,),
        multa=None,
        total=Decimal("1234.21"),
        a_pagar=Decimal("1234.00"),
        plazo_pago="Se paga dentro de los 15 días hábiles siguientes.",
        descuento="",
        remedios=REMEDIOS,
        caducos=("enero de 2020",),
        cuantos_trabajadores=1,
        trabajadores=(
            ("10000000001", f"Luis Vega {texto}", "01/01/2025", "31/01/2025", "$500.00", "$315.04"),
        ),
        renglones=(("10000000001", "2025", "1000.00", *["0.00"] * 11),),
    )


def multa(texto: str = "") -> doc.CedulaLiquidacion:
    return doc.CedulaLiquidacion(
        **{**_oficio(texto), "responsabilidad_solidaria": f"Patrón sustituto: LSS 290 {texto}"},
        que_es="Resolución que impone una multa",
        clase="Multa",
        patron=PATRON,
        periodo=None,
        al=date(2026, 3, 2),
        motivacion=f"Omitió cuotas. {texto}",
        periodos=(),
        conceptos=(),
        pasos=(),
        multa=MULTA,
        total=Decimal("500.00"),
        a_pagar=Decimal("500.00"),
        plazo_pago="Se paga dentro de los 15 días hábiles siguientes.",
        descuento="Pagada en quince días se reduce 20 %.",
        remedios=(),
        caducos=(),
        cuantos_trabajadores=0,
        trabajadores=(),
    )


def aclaracion(texto: str = "") -> doc.ResolucionAclaracion:
    return doc.ResolucionAclaracion(
        **_oficio(texto),
        causal="Avisos presentados antes",
        sentido="No procede",
        efecto="El crédito subsiste.",
        importe_subsistente=Decimal("1000.00"),
        remedios=REMEDIOS,
    )


def cancelacion(texto: str = "") -> doc.AcuerdoCancelacion:
    return doc.AcuerdoCancelacion(
        **_oficio(texto),
        causal="Incosteable por su importe",
        saldo=Decimal("900.00"),
        gestiones=(("2 de marzo de 2026", f"Se comparó con el umbral. {texto}"),),
    )


def prescripcion(texto: str = "") -> doc.DeclaratoriaPrescripcion:
    return doc.DeclaratoriaPrescripcion(
        **_oficio(texto),
        saldo=Decimal("900.00"),
        a_peticion=False,
        computo=(("Prescripción", "5 años desde el 7 de abril de 2021", "LSS 298"),),
    )


DE_CREDITO = (cedula, multa, aclaracion, cancelacion, prescripcion)
