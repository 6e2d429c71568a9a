"""An enforcement as its page shows it: its road, what it collects, its goods and what was done to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from models.bien import Bien, EstadoBien
from models.credito import ConceptoCredito, Credito
from models.documento import Documento
from models.organizacion import Usuario
from models.pae import (
    CreditoEnPae,
    Depositaria,
    DiligenciaPae,
    EstadoPae,
    InformeIntervencion,
    Inmovilizacion,
    Intervencion,
    Pae,
    TipoDiligenciaPae,
)
from models.remate import Avaluo, Remate
from workflow.context import Ctx
from workflow.operations import cuenta
from workflow.operations.sujeto import Sujeto
from workflow.queries.visible import visible_to
from workflow.rules.calendario import MESES
from workflow.rules.errores import ReglaError
from workflow.rules.saldo import Saldo

P, B, D, C = EstadoPae, EstadoBien, TipoDiligenciaPae, ConceptoCredito
CERO = Decimal("0.00")
REQUIEREN = (D.REQUERIMIENTO, D.REQUERIMIENTO_EMBARGO)
FUERA = (B.LIBERADO, B.RECLAMADO_TERCERO, B.SUSTITUIDO, B.ENTREGADO, B.ABANDONADO)
HECHOS = (B.VENDIDO, B.ADJUDICADO)
CON_ACENTO = {"negociacion": "negociación", "ya_pago": "dice que ya pagó", "opone": "se opuso"}
# The legal light of a good: class and word of kit 15.
LUZ = {
    B.AVALUO_OBJETADO: "porvencer",
    B.EN_AVALUO: "porvencer",
    B.EN_SUBASTA: "aqui",
    B.FINCADO: "aqui",
    **dict.fromkeys(FUERA, "pausa"),
    **dict.fromkeys(HECHOS, "hecho"),
}
GRUPOS = (
    ("Principal", (C.CUOTAS_PATRON, C.CUOTAS_TRABAJADOR), "#611232"),
    ("Accesorios", (C.ACTUALIZACION, C.RECARGOS, C.INDEMNIZACION), "#a57f2c"),
    ("Multa", (C.MULTA,), "#1e5b4f"),
    ("Gastos", (C.GASTOS,), "#8b8e91"),
)


@dataclass(frozen=True)
class Etapa:
    """A step of the road. `clase`: hecho, aqui or futura."""

    nombre: str
    clase: str
    texto: str


@dataclass(frozen=True)
class Parte:
    """What the balance is made of; `x` and `ancho` of 320."""

    nombre: str
    importe: Decimal
    color: str
    x: float
    ancho: float


@dataclass(frozen=True)
class CreditoCobrado:
    """A credit of the enforcement and what it owes today; `saldo` None where it cannot be computed."""

    lazo: CreditoEnPae
    credito: Credito
    visible: bool
    saldo: Decimal | None


@dataclass(frozen=True)
class BienVisto:
    """A good with its last valuation, who keeps it and its sale."""

    bien: Bien
    luz: str
    depositario: str
    avaluo: Avaluo | None
    remate: Remate | None


@dataclass(frozen=True)
class VistaPae:
    """The page. `sin_saldo` says why the balance cannot be told."""

    etapas: list[Etapa]
    creditos: list[CreditoCobrado]
    bienes: list[BienVisto]
    diligencias: Sequence[tuple[DiligenciaPae, str, str]]  # each with who did it and what came of it
    depositarias: Sequence[Depositaria]
    intervenciones: Sequence[tuple[Intervencion, int, Decimal]]
    inmovilizaciones: Sequence[Inmovilizacion]
    saldo: Decimal | None
    partes: list[Parte]
    cubren: Decimal | None
    sin_saldo: str


def de(ctx: Ctx, pae: Pae, sujeto: Sujeto) -> VistaPae:
    """The enforcement, for who opened it. A fixed number of queries."""
    s = ctx.session
    creditos, saldos, porque = _creditos(ctx, pae)
    depositarias = s.scalars(
        select(Depositaria).where(Depositaria.pae_id == pae.id).order_by(Depositaria.id)
    ).all()
    bienes = _bienes(ctx, pae, depositarias)
    diligencias = [
        (fila, nombre or "", _palabras(fila.resultado))
        for fila, nombre in s.execute(
            select(DiligenciaPae, Usuario.nombre)
            .outerjoin(Usuario, Usuario.id == DiligenciaPae.usuario_id)
            .where(DiligenciaPae.pae_id == pae.id)
            .order_by(DiligenciaPae.numero.desc())
        )
    ]
    total = sum((x.total for x in saldos), CERO) if not porque else None
    vale = sum(
        (b.avaluo.valor if b.avaluo else b.bien.valor_estimado for b in bienes if b.bien.estado not in FUERA),
        CERO,
    )
    return VistaPae(
        etapas=_etapas(ctx, pae, creditos, bienes, [d for d, *_ in diligencias]),
        creditos=creditos,
        bienes=bienes,
        diligencias=diligencias,
        depositarias=depositarias,
        intervenciones=_intervenciones(ctx, pae),
        inmovilizaciones=s.scalars(
            select(Inmovilizacion).where(Inmovilizacion.pae_id == pae.id).order_by(Inmovilizacion.id)
        ).all(),
        saldo=total,
        partes=partes(saldos) if total else [],
        cubren=(vale / total).quantize(Decimal("0.01")) if total and bienes else None,
        sin_saldo=porque,
    )


def _creditos(ctx: Ctx, pae: Pae) -> tuple[list[CreditoCobrado], list[Saldo], str]:
    ve = visible_to(ctx.actor, Credito)
    consulta = (
        select(CreditoEnPae, Credito, ve.label("ve"))
        .join(Credito, Credito.id == CreditoEnPae.credito_id)
        .where(CreditoEnPae.pae_id == pae.id)
        .order_by(CreditoEnPae.id)
    )
    filas = ctx.session.execute(consulta).all()
    vivos = [credito.id for lazo, credito, _ in filas if lazo.excluido_en is None]
    try:
        saldos, porque = (cuenta.saldos(ctx, vivos, ctx.hoy) if vivos else {}), ""
    except ReglaError as error:
        saldos, porque = {}, error.mensaje
    creditos = [
        CreditoCobrado(lazo, credito, bool(ve), saldos[credito.id].total if credito.id in saldos else None)
        for lazo, credito, ve in filas
    ]
    return creditos, list(saldos.values()), porque


def partes(saldos: Iterable[Saldo]) -> list[Parte]:
    """What is owed by kind, and where each piece stands in a bar of 320."""
    juntos = [
        (nombre, sum((s.por_concepto.get(c, CERO) for s in saldos for c in conceptos), CERO), color)
        for nombre, conceptos, color in GRUPOS
    ]
    total = sum((importe for _, importe, _ in juntos), CERO) or Decimal(1)
    lista, x = [], 0.0
    for nombre, importe, color in juntos:
        ancho = round(float(importe / total) * 320, 1)
        lista.append(Parte(nombre, importe, color, x, max(ancho - 2, 0)))
        x = round(x + ancho, 1)
    return lista


def _bienes(ctx: Ctx, pae: Pae, depositarias: Sequence[Depositaria]) -> list[BienVisto]:
    s = ctx.session
    quien = {d.id: d.persona for d in depositarias}
    suyos = select(Bien.id).where(Bien.pae_id == pae.id)
    avaluos = {
        a.bien_id: a for a in s.scalars(select(Avaluo).where(Avaluo.bien_id.in_(suyos)).order_by(Avaluo.id))
    }
    remates = {
        r.bien_id: r for r in s.scalars(select(Remate).where(Remate.pae_id == pae.id).order_by(Remate.id))
    }
    return [
        BienVisto(
            b,
            LUZ.get(b.estado, "enplazo"),
            quien.get(b.depositaria_id or 0, ""),
            avaluos.get(b.id),
            remates.get(b.id),
        )
        for b in s.scalars(select(Bien).where(Bien.pae_id == pae.id).order_by(Bien.numero))
    ]


def _intervenciones(ctx: Ctx, pae: Pae) -> list[tuple[Intervencion, int, Decimal]]:
    """Each intervention with how many reports it has and what they retained. Two queries."""
    filas = ctx.session.scalars(
        select(Intervencion).where(Intervencion.pae_id == pae.id).order_by(Intervencion.id)
    ).all()
    informes = ctx.session.scalars(
        select(InformeIntervencion).where(InformeIntervencion.intervencion_id.in_([f.id for f in filas]))
    ).all()
    return [
        (
            f,
            sum(1 for i in informes if i.intervencion_id == f.id),
            sum((i.retenido for i in informes if i.intervencion_id == f.id), CERO),
        )
        for f in filas
    ]


# -- the road ----------------------------------------------------------------------------------------------
def _etapas(
    ctx: Ctx,
    pae: Pae,
    creditos: Sequence[CreditoCobrado],
    bienes: Sequence[BienVisto],
    diligencias: Sequence[DiligenciaPae],
) -> list[Etapa]:
    """Seven steps: done, where it stands, to come. A step that left no trace is done where a later one is."""
    exigible = min((c.credito.exigible_desde for c in creditos if c.credito.exigible_desde), default=None)
    mandato = _mandado(ctx, pae)
    pedido = next((d for d in reversed(diligencias) if d.tipo in REQUIEREN), None)
    avaluos = [b.avaluo for b in bienes if b.avaluo]
    remates = [b.remate for b in bienes if b.remate]
    dia = _dia_de(ctx)
    huellas: list[tuple[str, bool, str]] = [
        ("Exigible", True, dia(exigible or pae.abierto_en)),
        ("Mandamiento", bool(mandato) or pae.estado is not P.ABIERTO, dia(mandato)),
        (
            "Requerimiento",
            pedido is not None,
            f"{dia(pedido.inicio)}, {_palabras(pedido.resultado)}" if pedido else "",
        ),
        (
            "Embargo",
            bool(bienes),
            f"{dia(bienes[0].bien.embargado_en)}, {len(bienes)} {'bien' if len(bienes) == 1 else 'bienes'}"
            if bienes
            else "",
        ),
        (
            "Intervención" if pae.estado is P.EN_INTERVENCION else "Avalúo",
            bool(avaluos),
            dia(max(a.rendido for a in avaluos)) if avaluos else "",
        ),
        ("Remate", bool(remates), remates[-1].estado.etiqueta if remates else ""),
        ("Aplicación", pae.es_final, pae.estado.etiqueta if pae.es_final else ""),
    ]
    ultima = max(i for i, (_, hecho, _) in enumerate(huellas) if hecho)
    aqui = None if pae.es_final else min(ultima + 1, len(huellas) - 1)
    if remates and not pae.es_final:
        aqui = 5  # the sale goes on until what it brought is applied
    return [
        Etapa(nombre, "aqui" if i == aqui else ("hecho" if i <= ultima and hecho else "futura"), texto)
        for i, (nombre, hecho, texto) in enumerate(huellas)
    ]


def _mandado(ctx: Ctx, pae: Pae) -> dt.datetime | None:
    """When its first order was issued."""
    return ctx.session.scalar(
        select(Documento.emitido_en)
        .where(
            Documento.sujeto_tipo == "pae",
            Documento.sujeto_id == pae.id,
            Documento.tipo.startswith("mandamiento"),
        )
        .order_by(Documento.id)
        .limit(1)
    )


def _dia_de(ctx: Ctx) -> Callable[[dt.date | dt.datetime | None], str]:
    def dia(valor: dt.date | dt.datetime | None) -> str:
        if valor is None:
            return ""
        fecha = valor.astimezone(ctx.servicios.zona).date() if isinstance(valor, dt.datetime) else valor
        return f"{fecha.day} {MESES[fecha.month - 1][:3]} {fecha.year}"

    return dia


def _palabras(resultado: str) -> str:
    return CON_ACENTO.get(resultado, resultado.replace("_", " "))
