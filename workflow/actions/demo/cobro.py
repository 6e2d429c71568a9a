"""Steps of the credits of an act: determined, served, paid, and the worker restored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from models.credito import ClaseCredito, Credito
from models.pago import OrigenPago
from workflow.actions import pago
from workflow.actions.demo.guion import Historia
from workflow.actions.demo.vida import Vida
from workflow.operations import cuenta
from workflow.rules.saldo import CERO

MULTA = {
    "plantilla": "multa",
    "motivacion": "Registró salarios menores que los pagados durante todo el periodo revisado.",
    "individualizacion": [
        {
            "infraccion": "304",
            "gravedad": "La diferencia abarca a todas las personas revisadas.",
            "antecedentes": "Sin multas anteriores.",
            "porcentaje": "50",
        }
    ],
}
MODIFICACION = {"tipo": "modificacion", "fundamento": "resolucion"}


def determinar(v: Vida) -> Historia:
    """What was proved becomes credits: one by class and period, and a fine where the story says so."""
    yield v.g.tras(1)
    con_multa = bool(v.fila.get("multa"))
    v.completar(
        "preparar_determinacion",
        v.acto,
        base_presuntiva=v.fila.get("acto") == "presuntiva_39c",
        infracciones=[{"clave": "304", "gravedad": "media"}] if con_multa else [],
    )


def proyectar(v: Vida) -> Historia:
    """Each credit gets its project."""
    yield v.g.tras(2)
    for credito in v.creditos():
        es_multa = credito.clase is ClaseCredito.MULTA
        v.completar("elaborar_cedula", _de(credito), **(MULTA if es_multa else {}))


def firmar(v: Vida) -> Historia:
    """Reviewed by the legal services and signed."""
    yield v.g.tras(2)
    for credito in v.creditos():
        v.completar("revisar_cedula", _de(credito))
    yield v.g.tras(2)
    for credito in v.creditos():
        v.completar("firmar_cedula", _de(credito))


def avanzar_disparejo(v: Vida) -> Historia:
    """The first is signed, the second reviewed, the rest wait for the legal services."""
    yield v.g.tras(2)
    primero, segundo, *_ = v.creditos()
    for credito in (primero, segundo):
        v.completar("revisar_cedula", _de(credito))
    yield v.g.tras(2)
    v.completar("firmar_cedula", _de(primero))


def notificar(v: Vida) -> Historia:
    """Served to who represents the employer; it takes effect the next working day."""
    yield v.g.tras(3)
    for credito in v.creditos():
        v.completar("practicar_diligencia", _de(credito))
    yield v.g.tras(2)


def pagar_el_ultimo_dia(v: Vida) -> Historia:
    """Everything is paid on the last of the fifteen days."""
    creditos = v.creditos()
    yield v.g.a_las(v.vence(_de(creditos[0]), "pago_credito"), dt.time(12, 20))
    _pagar(v, creditos, OrigenPago.BANCO)


def pagar_tres(v: Vida) -> Historia:
    """A payment covers three of its credits, to the cent."""
    yield v.g.tras(9)
    _pagar(v, v.creditos()[:3], OrigenPago.VENTANILLA)


def restituir(v: Vida) -> Historia:
    """The wage that she was paid enters her record, and she reads it in her mailbox."""
    yield v.g.tras(4)
    periodo = {"desde": v.periodos()[0]["desde"], "hasta": v.periodos()[-1]["hasta"]}
    documento = v.adjuntar("restituir_derechos", v.denuncia, "Aviso de modificacion de salario")
    movimiento: dict[str, Any] = {
        **MODIFICACION,
        "fecha": periodo["desde"],
        "salario": str(v.salario_diario()),
    }
    desde, hasta = (dt.date.fromisoformat(dia) for dia in periodo.values())
    v.completar(
        "restituir_derechos",
        v.denuncia,
        movimientos=[{**movimiento, "periodo": periodo}],
        semanas_reconocidas=(hasta - desde).days // 7,
        evidencia=[documento],
    )
    yield v.g.tras(2)
    v.completar("responder_denunciante", v.denuncia)


def _pagar(v: Vida, creditos: Sequence[Credito], origen: OrigenPago) -> None:
    with v.g.como(v.g.persona(v.gente["cobranza"])) as ctx:
        ids = [credito.id for credito in creditos]
        # Each credit asks for whole pesos.
        debe = sum((s.a_pagar for s in cuenta.saldos(ctx, ids, ctx.hoy).values()), CERO)
        pago.registrar(ctx, ids, ctx.hoy, debe, origen, f"LC-{creditos[0].folio}", excedente="devolver")


def _de(credito: Credito) -> tuple[str, int]:
    return "credito", credito.id
