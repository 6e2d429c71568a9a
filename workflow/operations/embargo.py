"""The embargo: goods in their order, none exempt, with their photographs; and who keeps them (CFF 151-157)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from models.bien import Bien, EstadoBien, TipoBien
from models.pae import DiligenciaPae, EstadoPae, Pae, TipoDiligenciaPae
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import fotografia, horario, papel_pae, plazo, reserva
from workflow.operations._registry import Decision, operation
from workflow.operations.documento import emitir
from workflow.operations.oidos_pae import EN_DEPOSITO, EN_VENTA, bienes
from workflow.operations.pae import (
    CERO,
    asentar,
    cobrar_gastos,
    exigir_cobro,
    interrumpir,
    mover,
    pae_de,
    ultima,
)
from workflow.operations.requerimiento_pago import PRACTICADAS, diligencia, lo_de_campo
from workflow.operations.sujeto import de_pae
from workflow.params import loader
from workflow.rules import embargo as reglas
from workflow.rules.relojes import vence_en_horas

P, T, B = EstadoPae, TipoDiligenciaPae, EstadoBien
NINGUNO, ENTREGA = "ninguno", "entrega_bienes"
DE_INMEDIATO = frozenset({TipoBien.DINERO, TipoBien.ACCIONES})
# What each result means for whoever called: a payment said to be made is checked as an account is.
SALIDA = {
    "bienes": "bienes",
    "negociacion": "negociacion",
    "cuentas": "cuentas",
    "sin_bienes": "sin_bienes",
    "ya_pago": "cuentas",
}


@operation("trabar_embargo")
def trabar_embargo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The acta of the embargo: every good judged before it is kept; one charge where the payment was asked too."""
    pae, form, traba = pae_de(ctx, call), call.form, str(call.form["traba"])
    inicio = diligencia(ctx, pae, form, "hora_inicio")
    fin = _fin(ctx, pae, form, inicio)
    exigir_cobro(ctx, pae)
    ya = bienes(ctx, pae, EN_DEPOSITO | EN_VENTA)
    if traba == "sin_bienes" and ya:
        traba = "bienes"
    renglones = list(form.get("bienes") or []) if traba in ("bienes", "negociacion") else []
    _juzgar(ctx, pae, traba, renglones, bool(ya))
    tipo, gastos = _gastos(ctx, pae, form, inicio.date(), traba, bool(ya))
    fotos = [fotografia.revisar(ctx, pae.expediente_id, uno.get("fotos"), "bienes") for uno in renglones]
    papel = papel_pae.acta_embargo(ctx, pae, form, renglones, fotos, inicio, fin, gastos)
    documento = emitir(ctx, de_pae(pae), papel, firmas=[form["firmas"]])
    fila = asentar(
        ctx,
        pae,
        tipo,
        inicio,
        traba,
        {**lo_de_campo(ctx, pae, form), "excluidos": form.get("excluidos")},
        fin=fin,
        atiende=str(form["atiende"]),
        gastos=gastos,
        documento_id=documento.id,
    )
    _guardar(ctx, pae, fila, renglones, fotos)
    if traba in ("bienes", "negociacion"):
        interrumpir(ctx, pae, inicio.date(), "Embargo")
        mover(pae, P.AMPLIADO, P.EMBARGADO)
    return {"traba": traba, "embargo": SALIDA[traba]}


def _fin(ctx: Ctx, pae: Pae, form: Mapping[str, Any], inicio: dt.datetime) -> dt.datetime:
    fin = horario.ya_ocurrido(
        ctx, horario.momento(ctx, pae.subdelegacion_id, str(form["hora_fin"])), campo="hora_fin"
    )
    if fin < inicio:
        raise DatoInvalido("El embargo no puede terminar antes de empezar.", {"hora_fin": "Revisa la hora."})
    return fin


def _juzgar(ctx: Ctx, pae: Pae, traba: str, renglones: list[Mapping[str, Any]], ya: bool) -> None:
    """No exempt good, in the order of the law. Raises DatoInvalido by good, with its article."""
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"bienes": [uno["descripcion"] for uno in renglones]})
    if traba in ("bienes", "negociacion") and not renglones and not ya:
        raise DatoInvalido("Escribe qué se embargó.", {"bienes": "Escribe al menos un bien."})
    designados = [
        reglas.Designado(
            tipo=str(uno["tipo"]),
            designa=str(uno["designa"]),
            exento=_clave(uno.get("exento")),
            salto=_clave(uno.get("salto")) if uno["designa"] == reglas.EJECUTOR else "",
        )
        for uno in renglones
    ]
    campos = {}
    faltas = reglas.revisar(designados).faltas
    for falta in faltas:
        columna = "exento" if falta.articulo.startswith("CFF 157") else "tipo"
        columna = "salto" if falta.articulo == "CFF 156" else columna
        campos[f"bienes.{falta.lugar}.{columna}"] = f"{falta.frase} ({falta.articulo})"
    for lugar, uno in enumerate(renglones):
        if Decimal(uno["valor_estimado"]) <= 0:
            campos[f"bienes.{lugar}.valor_estimado"] = "Escribe un valor mayor que cero."
    if campos:
        dichas = "; ".join(f"bien {f.lugar + 1}: {f.frase} ({f.articulo})" for f in faltas)
        raise DatoInvalido(f"No se puede embargar así. {dichas}".strip(), campos)
    if any(d.tipo == reglas.NEGOCIACION for d in designados) != (traba == "negociacion"):
        raise DatoInvalido(
            "Si se embarga la negociación, dilo arriba y ponla en la lista; si no, quítala.",
            {"traba": "Elige «La negociación» si está en la lista."},
        )


def _clave(dicho: Any) -> str:
    return "" if dicho in (None, "", NINGUNO) else str(dicho)


def _gastos(
    ctx: Ctx, pae: Pae, form: Mapping[str, Any], dia: dt.date, traba: str, ya: bool
) -> tuple[TipoDiligenciaPae, Decimal]:
    """Payment asked for and goods attached in one diligencia: one charge, already made (CFF 150; RCFF 95)."""
    antes = ultima(ctx, pae)
    misma = (
        bool(form.get("misma_diligencia"))
        and antes is not None
        and antes.tipo is T.REQUERIMIENTO
        and antes.resultado in PRACTICADAS
        and horario.local(ctx, pae.subdelegacion_id, antes.inicio).date() == dia
    )
    tipo = T.AMPLIACION if ya else T.REQUERIMIENTO_EMBARGO if misma else T.EMBARGO
    if misma or traba in ("sin_bienes", "ya_pago", "cuentas"):
        return tipo, CERO
    return tipo, cobrar_gastos(ctx, pae, ("embargo",), dia)


def _guardar(
    ctx: Ctx,
    pae: Pae,
    fila: DiligenciaPae,
    renglones: list[Mapping[str, Any]],
    fotos: list[list[dict[str, Any]]],
) -> None:
    numero = ctx.session.scalar(select(func.max(Bien.numero)).where(Bien.pae_id == pae.id)) or 0
    tipos = set()
    for lugar, (uno, suyas) in enumerate(zip(renglones, fotos, strict=True), 1):
        tipos.add(TipoBien(uno["tipo"]))
        ctx.session.add(
            Bien(
                pae_id=pae.id,
                numero=numero + lugar,
                tipo=TipoBien(uno["tipo"]),
                diligencia_id=fila.id,
                descripcion=str(uno["descripcion"]),
                condicion=str(uno.get("estado") or ""),
                valor_estimado=Decimal(uno["valor_estimado"]),
                designa=str(uno["designa"]),
                gravamen=str(uno.get("gravamen") or ""),
                fotos=suyas,
                embargado_en=fila.inicio,
            )
        )
    ctx.session.flush()
    if tipos & DE_INMEDIATO:
        horas = loader.plazo(ENTREGA, fila.inicio.date()).longitud or 0
        plazo.abrir(ctx, de_pae(pae), ENTREGA, instante=vence_en_horas(horas, fila.inicio))
    if tipos - DE_INMEDIATO:
        plazo.abrir(ctx, de_pae(pae), "entrega_bienes_otros")
