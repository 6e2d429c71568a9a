"""What the papers of an enforcement say, built from its rows (hechos §7; CFF 38, 151-172, 194; RCFF 97)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.bien import Bien, TipoBien
from models.credito import AsientoCredito, Credito, TipoAsiento
from models.organizacion import Subdelegacion, Usuario
from models.pae import CreditoEnPae, Depositaria, Inmovilizacion, Intervencion, Pae
from models.pago import Pago
from workflow import documents, formularios
from workflow.context import Ctx
from workflow.operations import cuenta
from workflow.operations.papel_cobro import bloque
from workflow.operations.papel_denuncia import unidad_de
from workflow.params import embargo as ley
from workflow.params.fundamentos import fundamento
from workflow.params.loader import plazo as termino
from workflow.rules.notificacion import CITATORIO

AUTOMATICA = "Generado por el sistema; lo firma quien se indica."
ORDENA = (
    "Requerir de pago al deudor y, de no acreditar que pagó, embargar bienes suficientes para rematarlos o la "
    "negociación con lo que de hecho y por derecho le corresponda."
)
EXIGIBLES = (
    "Los créditos no se pagaron ni se garantizaron en el plazo de ley, y hoy nada impide cobrarlos: no hay medio de "
    "defensa, convenio, garantía ni suspensión que los detenga."
)
FACULTADES = {
    "depositario": "facultades_depositario",
    "interventor": "facultades_interventor",
    "administrador": "facultades_administrador",
}


def mandamiento(
    ctx: Ctx, pae: Pae, creditos: Sequence[Credito], dada: Mapping[str, Any]
) -> documents.Mandamiento:
    """Which credits, why they are exigible, who executes, what is ordered."""
    filas = tuple(
        documents.CreditoCobro(
            folio=uno.folio,
            clase=uno.clase.etiqueta,
            exigible=uno.exigible_desde,
            saldo=cuenta.saldo(ctx, uno, ctx.hoy).a_pagar,
        )
        for uno in creditos
    )
    nombres = [ctx.session.get_one(Usuario, int(quien)).nombre for quien in pae.ejecutores]
    return documents.Mandamiento(
        **_bloque(
            ctx, pae, "mandamiento", "Los créditos son exigibles.", "Requerir el pago y embargar.", dada
        ),
        creditos=filas,
        total=sum((fila.saldo for fila in filas), Decimal(0)),
        exigibilidad=EXIGIBLES,
        ejecutores=tuple(nombres),
        ordena=ORDENA,
    )


def acta_requerimiento(
    ctx: Ctx, pae: Pae, form: Mapping[str, Any], inicio: dt.datetime, gastos: Decimal
) -> documents.ActaEmbargo:
    """The requirement alone."""
    resultado = _etiqueta("requerir_pago", "requerimiento", str(form["requerimiento"]))
    return documents.ActaEmbargo(
        **_acta(ctx, pae, form, inicio, gastos, form["acta"]),
        diligencia="Requerimiento de pago",
        resultado=resultado,
        fin=None,
        atiende=str(form.get("atiende") or ""),
    )


def acta_embargo(
    ctx: Ctx,
    pae: Pae,
    form: Mapping[str, Any],
    renglones: Sequence[Mapping[str, Any]],
    fotos: Sequence[Sequence[Mapping[str, Any]]],
    inicio: dt.datetime,
    fin: dt.datetime,
    gastos: Decimal,
) -> documents.ActaEmbargo:
    """What was attached, designated by whom, kept by whom."""
    protesta = "Los manifestó" if form.get("gravamen_bajo_protesta") else "Manifestó que no los hay"
    excluidos = tuple(
        f"{fila['descripcion']}: {ley.tablas().exentos[str(fila['clase'])].cita}"
        for fila in form.get("excluidos") or ()
    )
    return documents.ActaEmbargo(
        **_acta(ctx, pae, form, inicio, gastos, form["firmas"]),
        diligencia="Embargo",
        resultado=_etiqueta("trabar_embargo", "traba", str(form["traba"])),
        fin=fin,
        atiende=str(form["atiende"]),
        bienes=tuple(_bien(uno, suyas) for uno, suyas in zip(renglones, fotos, strict=True)),
        excluidos=excluidos,
        testigos=str(form.get("testigos") or ""),
        depositario=str(form.get("depositario_provisional") or ""),
        gravamen_bajo_protesta=protesta,
    )


def _bien(uno: Mapping[str, Any], fotos: Sequence[Mapping[str, Any]]) -> documents.BienActa:
    cita = ley.tablas().orden[str(uno["tipo"])].cita
    salto = ley.tablas().saltos.get(str(uno.get("salto")))
    return documents.BienActa(
        tipo=TipoBien(uno["tipo"]).etiqueta,
        descripcion=str(uno["descripcion"]),
        condicion=str(uno.get("estado") or ""),
        valor=Decimal(uno["valor_estimado"]),
        designa="El deudor" if uno["designa"] == "deudor" else "El ejecutor",
        articulo=f"{cita}; {salto.cita}" if salto is not None and uno["designa"] == "ejecutor" else cita,
        gravamen=str(uno.get("gravamen") or ""),
        huellas=tuple(str(foto["sha256"]) for foto in fotos if foto.get("sha256")),
    )


def _acta(
    ctx: Ctx, pae: Pae, form: Mapping[str, Any], inicio: dt.datetime, gastos: Decimal, dada: Mapping[str, Any]
) -> dict[str, Any]:
    unidad = ctx.session.get_one(Subdelegacion, pae.subdelegacion_id)
    bloque = _bloque(
        ctx,
        pae,
        "acta_embargo",
        "Se cumple el mandamiento de ejecución.",
        "Hacer constar la diligencia.",
        dada,
    )
    return {
        **bloque,
        "inicio": inicio,
        "ejecutor": bloque["firma"].nombre,
        "credencial": str(form["credencial"]),
        "vigencia": dt.date.fromisoformat(str(form["vigencia_credencial"])),
        "emisor": unidad_de(unidad),
        "base_identificacion": fundamento("identificacion_ejecutor").texto,
        "hechos": str(form["hechos"]),
        "gastos": gastos,
        "habilitacion": str(form.get("habilitacion") or ""),
        "negativa": str(form.get("negativa") or ""),
    }


def citatorio(
    ctx: Ctx, pae: Pae, form: Mapping[str, Any], dejado: dt.datetime, cita: dt.datetime
) -> documents.Citatorio:
    """The hour at which to wait for the ejecutor."""
    return documents.Citatorio(
        **_bloque(ctx, pae, "citatorio", "No se encontró a quien se busca.", "Practicar la diligencia."),
        dejado_en=dejado,
        dejado_con=str(form["con_quien"]),
        cita=cita,
        articulo=termino(CITATORIO).cita,
    )


def nombramiento(ctx: Ctx, pae: Pae, fila: Depositaria, dada: Mapping[str, Any]) -> documents.Nombramiento:
    """To what, with which powers."""
    cargo = {"depositario": "Depositario", "interventor": "Interventor con cargo a la caja"}.get(
        fila.cargo, "Interventor administrador"
    )
    destino = documents.Destinatario(nombre=fila.persona, domicilio=fila.domicilio)
    return documents.Nombramiento(
        **_bloque(
            ctx,
            pae,
            "nombramiento",
            "Se embargó y hace falta nombrar.",
            f"Nombrar {cargo.lower()}.",
            dada,
            destino,
        ),
        cargo=cargo,
        persona=fila.persona,
        caracter=fila.caracter,
        domicilio=fila.domicilio,
        facultades=(fundamento(FACULTADES[fila.cargo]).texto,),
    )


def oficio_banco(
    ctx: Ctx,
    pae: Pae,
    renglon: Mapping[str, Any],
    importe: Decimal,
    precautorio: bool,
    dada: Mapping[str, Any],
) -> documents.OficioInmovilizacion:
    """To the bank: hold, and say so."""
    entidad = str(renglon["entidad"])
    cuenta_ = f"{entidad}, terminación {str(renglon.get('cuenta') or 'por informar')[-11:]}"
    return documents.OficioInmovilizacion(
        **_bloque(
            ctx,
            pae,
            "inmovilizacion",
            "El deudor no pagó los créditos que se indican.",
            "Inmovilizar depósitos bancarios.",
            dada,
            documents.Destinatario(nombre=entidad),
        ),
        cuentas=(cuenta_,),
        importe=importe,
        creditos=_folios(ctx, pae),
        precautorio=precautorio,
        instruccion="Inmovilice los depósitos hasta el importe señalado e infórmelo en el plazo de ley.",
    )


def oficio_inmovilizacion(
    ctx: Ctx, pae: Pae, filas: Sequence[Inmovilizacion]
) -> documents.OficioInmovilizacion:
    """To the debtor: what was held."""
    return documents.OficioInmovilizacion(
        **_bloque(
            ctx,
            pae,
            "inmovilizacion",
            "Se inmovilizaron depósitos bancarios.",
            "Notificar la inmovilización.",
        ),
        cuentas=tuple(f"{fila.entidad}, terminación {fila.cuenta}: {fila.informado:.2f}" for fila in filas),
        importe=sum((fila.informado or Decimal(0) for fila in filas), Decimal(0)),
        creditos=_folios(ctx, pae),
        precautorio=any(fila.precautorio for fila in filas),
        instruccion="Los depósitos quedan inmovilizados. Lo que exceda del crédito se libera.",
    )


def entrega(
    ctx: Ctx, pae: Pae, bienes: Sequence[Bien], entregas: Iterable[Mapping[str, Any]], dada: Mapping[str, Any]
) -> documents.ActaEntrega:
    """Which goods, and who took them."""
    recibidos = {int(fila["bien"]): fila for fila in entregas}
    filas = tuple(
        documents.BienEntregado(
            descripcion=bien.descripcion,
            registro=str(recibidos.get(bien.id, {}).get("oficio_registro") or ""),
            recibe=str(recibidos.get(bien.id, {}).get("recibe") or ""),
        )
        for bien in bienes
    )
    return documents.ActaEntrega(
        **_bloque(
            ctx, pae, "entrega_bienes", "Terminó el procedimiento.", "Liberar y entregar los bienes.", dada
        ),
        bienes=filas,
        aviso="Lo que no se recoja en dos meses desde que se pone a disposición causa abandono.",
    )


def liquidacion(ctx: Ctx, pae: Pae, pago: Pago) -> documents.LiquidacionAplicacion:
    """What each concept of each credit received, in order, and what was left."""
    filas = ctx.session.execute(
        select(AsientoCredito, Credito.folio)
        .join(Credito, Credito.id == AsientoCredito.credito_id)
        .where(AsientoCredito.pago_id == pago.id, AsientoCredito.tipo == TipoAsiento.ABONO)
        .order_by(AsientoCredito.id)
    ).all()
    return documents.LiquidacionAplicacion(
        **_bloque(ctx, pae, "aplicacion", "Se recibió un pago.", "Aplicarlo en el orden de ley."),
        pago=pago.folio,
        origen=pago.origen.etiqueta,
        fecha=pago.fecha,
        importe=pago.importe,
        abonos=tuple(
            documents.AbonoAplicado(credito=folio, concepto=fila.concepto.etiqueta, importe=fila.importe)
            for fila, folio in filas
        ),
        excedente=pago.importe - sum((fila.importe for fila, _ in filas), Decimal(0)),
    )


def insolvencia(ctx: Ctx, pae: Pae, form: Mapping[str, Any]) -> documents.ConstanciaInsolvencia:
    """What was done to find goods or the debtor."""
    folios = _folios(ctx, pae)
    suyos = ctx.session.scalars(select(Credito).where(Credito.folio.in_(folios)))
    return documents.ConstanciaInsolvencia(
        **_bloque(ctx, pae, "insolvencia", "No se hallaron bienes o al deudor.", "Acreditarlo."),
        causal=_etiqueta("acreditar_insolvencia", "causal", str(form["causal"])),
        creditos=folios,
        total=sum((cuenta.saldo(ctx, uno, ctx.hoy).a_pagar for uno in suyos), Decimal(0)),
        gestiones=tuple(
            documents.Gestion(que=str(g["gestion"]), fecha=dt.date.fromisoformat(str(g["fecha"])))
            for g in form["gestiones"]
        ),
    )


def acuerdo_enajenacion(
    ctx: Ctx, pae: Pae, fila: Intervencion, recaudado: Decimal, decision: str, dada: Mapping[str, Any]
) -> documents.AcuerdoEnajenacion:
    """What the intervention brought and what is decided."""
    return documents.AcuerdoEnajenacion(
        **_bloque(
            ctx,
            pae,
            "enajenacion",
            "La intervención no recaudó lo que la ley pide.",
            "Decidir la venta.",
            dada,
        ),
        base=fila.base,
        recaudado=recaudado,
        decision=_etiqueta("decidir_enajenacion", "enajenacion", decision),
    )


def _folios(ctx: Ctx, pae: Pae) -> tuple[str, ...]:
    consulta = (
        select(Credito.folio)
        .join(CreditoEnPae, CreditoEnPae.credito_id == Credito.id)
        .where(CreditoEnPae.pae_id == pae.id, CreditoEnPae.excluido_en.is_(None))
        .order_by(Credito.id)
    )
    return tuple(ctx.session.scalars(consulta))


def _bloque(
    ctx: Ctx,
    pae: Pae,
    clave: str,
    motivo: str,
    objeto: str,
    dada: Mapping[str, Any] | None = None,
    destinatario: documents.Destinatario | None = None,
) -> dict[str, Any]:
    """The block of CFF 38, with the procedure in its subject."""
    hecho = bloque(ctx, pae, clave, motivo, objeto, dada, destinatario, automatica=AUTOMATICA)
    return {"asunto": f"Procedimiento {pae.folio}", **hecho}


def _etiqueta(forma: str, campo: str, valor: str) -> str:
    etiquetas = formularios.cargar("pae", forma).etiquetas()
    return etiquetas.get(campo, {}).get(valor, valor)
