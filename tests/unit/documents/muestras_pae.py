"""One full example of every document of an enforcement; `texto` goes where people write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.unit.documents.piezas import AUTORIDAD, FIRMADA, HUELLA, PATRON
from workflow import documents as doc

BIEN = "Torno industrial marca Romi, modelo C420, serie 88121"
CREDITOS = ("CRE-2026-000011-2", "CRE-2026-000012-8")


def _oficio(texto: str) -> dict[str, object]:
    return {
        "expediente": "EXP-2026-000031-4",
        "autoridad": AUTORIDAD,
        "destinatario": doc.Destinatario(nombre=PATRON.nombre, domicilio=f"{PATRON.domicilio} {texto}"),
        "fundamento": ("Artículos 145 y 151 a 196 del Código Fiscal de la Federación",),
        "motivo": f"Los créditos son exigibles y no se han pagado. {texto}",
        "objeto": "Cobrar los créditos por el procedimiento administrativo de ejecución",
        "firma": FIRMADA,
        "asunto": "Procedimiento PAE-2026-000003-9",
    }


def mandamiento(texto: str = "") -> doc.Mandamiento:
    return doc.Mandamiento(
        **_oficio(texto),
        creditos=tuple(
            doc.CreditoCobro(
                folio=folio, clase="Cuotas", exigible=date(2026, 3, 24), saldo=Decimal("61250.40")
            )
            for folio in CREDITOS
        ),
        total=Decimal("122500.80"),
        exigibilidad="No se pagaron ni garantizaron en el plazo de ley, y nada impide cobrarlos.",
        ejecutores=("Ernesto Lira Vega",),
        ordena="Requerir de pago al deudor y, de no acreditar que pagó, embargar bienes suficientes.",
        texto=texto,
    )


def acta_embargo(texto: str = "") -> doc.ActaEmbargo:
    return doc.ActaEmbargo(
        **_oficio(texto),
        diligencia="Embargo",
        resultado="Se trabó embargo sobre bienes",
        inicio=datetime(2026, 5, 4, 16, tzinfo=UTC),
        fin=datetime(2026, 5, 4, 18, 30, tzinfo=UTC),
        ejecutor="Ernesto Lira Vega",
        credencial="EJ-0147",
        vigencia=date(2026, 12, 31),
        emisor="Arturo Benavides Luna, Titular de la Subdelegación",
        base_identificacion="Artículo 97 del Reglamento del Código Fiscal de la Federación",
        atiende=f"Laura Campos Ruiz, encargada {texto}",
        hechos=f"La encargada señaló los bienes en el orden de ley.\n{texto}",
        gastos=Decimal("2450.02"),
        bienes=(
            doc.BienActa(
                tipo="Bienes muebles",
                descripcion=f"{BIEN} {texto}",
                condicion="Usado, funciona",
                valor=Decimal("300000.00"),
                designa="El deudor",
                articulo="CFF 155-III",
                gravamen=texto,
                huellas=(HUELLA,),
            ),
        ),
        excluidos=(f"Herramientas de mano {texto}: CFF 157-III",),
        testigos=f"Pedro Luna y Rosa Mar {texto}",
        depositario=f"Laura Campos Ruiz {texto}",
        gravamen_bajo_protesta="Manifestó que no los hay",
        habilitacion=texto,
        negativa=texto,
        fotos=(HUELLA,),
    )


def nombramiento(texto: str = "") -> doc.Nombramiento:
    return doc.Nombramiento(
        **_oficio(texto),
        cargo="Depositario",
        persona=f"Delia Ponce Sala {texto}",
        caracter="Depositaria de la oficina",
        domicilio=f"Bodega 4, Parque Industrial {texto}",
        facultades=("Conservar los bienes y entregarlos cuando se le pidan (artículo 153 del CFF).",),
    )


def oficio_inmovilizacion(texto: str = "") -> doc.OficioInmovilizacion:
    return doc.OficioInmovilizacion(
        **_oficio(texto),
        cuentas=(f"Banco Uno, terminación 4412 {texto}",),
        importe=Decimal("122500.80"),
        creditos=CREDITOS,
        precautorio=bool(texto),
        instruccion="Inmovilice los depósitos hasta el importe señalado e infórmelo en el plazo de ley.",
    )


def acuerdo_enajenacion(texto: str = "") -> doc.AcuerdoEnajenacion:
    return doc.AcuerdoEnajenacion(
        **_oficio(texto),
        base=Decimal("122500.80"),
        recaudado=Decimal("15000.00"),
        decision=f"Se enajena la negociación {texto}",
    )


def acta_entrega(texto: str = "") -> doc.ActaEntrega:
    return doc.ActaEntrega(
        **_oficio(texto),
        bienes=(
            doc.BienEntregado(descripcion=f"{BIEN} {texto}", registro="RUG-9921", recibe=f"La dueña {texto}"),
            doc.BienEntregado(descripcion="Fresadora", registro="", recibe=""),
        ),
        aviso="Lo que no se recoja en dos meses desde que se pone a disposición causa abandono.",
    )


def liquidacion_aplicacion(texto: str = "") -> doc.LiquidacionAplicacion:
    return doc.LiquidacionAplicacion(
        **_oficio(texto),
        pago="PAG-2026-000021-7",
        origen="Remate",
        fecha=date(2026, 7, 8),
        importe=Decimal("250000.00"),
        abonos=(
            doc.AbonoAplicado(
                credito=CREDITOS[0], concepto="Gastos de ejecución", importe=Decimal("2450.02")
            ),
            doc.AbonoAplicado(credito=CREDITOS[0], concepto="Principal", importe=Decimal("120050.78")),
        ),
        excedente=Decimal("127499.20"),
    )


def constancia_insolvencia(texto: str = "") -> doc.ConstanciaInsolvencia:
    return doc.ConstanciaInsolvencia(
        **_oficio(texto),
        causal="Insolvencia del deudor",
        creditos=CREDITOS,
        total=Decimal("122500.80"),
        gestiones=(
            doc.Gestion(que=f"Búsqueda en el registro público {texto}", fecha=date(2026, 6, 3)),
            doc.Gestion(que="Visita al domicilio fiscal", fecha=date(2026, 6, 9)),
        ),
    )


DE_PAE = (
    mandamiento,
    acta_embargo,
    nombramiento,
    oficio_inmovilizacion,
    acuerdo_enajenacion,
    acta_entrega,
    liquidacion_aplicacion,
    constancia_insolvencia,
)
