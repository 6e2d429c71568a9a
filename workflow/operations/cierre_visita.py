"""The end of a visit: facts made known, days to rebut them, proofs weighed, acta final (CFF 46-IV, VI; 50; 69-C)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.acta import HechoObservado, ResultadoHecho, TipoActa
from models.acto import Acto, EstadoActo
from models.orden import Orden
from models.organizacion import Rol
from models.promocion_patron import PromocionPatron
from workflow import documents, formularios
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import acta_visita, aviso, horario, papel_visita, plazo
from workflow.operations._fechado import inhabiles
from workflow.operations._registry import Decision, operation
from workflow.operations.acta_visita import Momento
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_acto, del_caso
from workflow.operations.visita import (
    MAXIMO,
    MAXIMO_FINANCIERO,
    MINIMO_CORRECCION,
    PREVENTIVO,
    entregar_citatorio,
)
from workflow.params.loader import plazo as termino
from workflow.rules.calendario import fecha_larga
from workflow.rules.visita import AMPLIACION, DESVIRTUAR, VISITA, desvirtuar

T, R, E = TipoActa, ResultadoHecho, EstadoActo
PARCIAL, AMPLIADO = DESVIRTUAR[VISITA], AMPLIACION[VISITA]
FINAL_CITATORIO, FINAL_ARTICULO = "acta_final_citatorio", "46, fracción VI"
RESOLUCION, ACUERDO = "resolucion", "acuerdo_conclusivo_sol"
ESTADOS = {
    "sin_observaciones": E.SIN_OBSERVACIONES,
    "corregido": E.CORREGIDO,
    "con_observaciones": E.CON_OBSERVACIONES,
}


@operation("levantar_ultima_parcial")
def levantar_ultima_parcial(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The facts or omissions are made known; at least twenty days follow, and the acta says so (46-IV)."""
    acto, orden = acta_visita.abrir(ctx, call)
    form, cuando = call.form, acta_visita.momento(ctx, acto, call.form)
    acta_visita.tras_el_inicio(ctx, acto, cuando.inicio)
    acta_visita.tras_todas(ctx, acto, cuando.inicio)
    acta_visita.dos_testigos(form, [papel_visita.quien_visita(ctx).nombre])
    hay = bool(form["hay_observaciones"])
    observados = _observados(acto, orden, form) if hay else []
    numero = acta_visita.siguiente(ctx, acto)
    papel = papel_visita.acta(
        ctx,
        documents.UltimaActaParcial,
        acto,
        orden,
        numero,
        cuando,
        form,
        lugar=str(form["lugar"]),
        hechos="Se dan a conocer los hechos u omisiones que siguen."
        if hay
        else "De lo revisado no resultan hechos u omisiones que dar a conocer.",
        observados=observados,
        leyenda=_leyenda(ctx, acto, cuando.dia) if hay else "",
    )
    documento = emitir(ctx, de_acto(acto), papel)
    acta = acta_visita.asentar(
        ctx,
        acto,
        T.ULTIMA_PARCIAL,
        numero,
        cuando,
        documento,
        lugar=str(form["lugar"]),
        hechos=papel.hechos,
        datos={**acta_visita.datos_de(ctx, acto, form), "hay_observaciones": hay},
    )
    for fila in observados:
        fila.acta_id = acta.id
        ctx.session.add(fila)
    ctx.session.flush()
    if hay:
        plazo.abrir(
            ctx, de_acto(acto), PARCIAL, desde=cuando.dia, motivo=f"Última acta parcial, acta {numero}"
        )
    return {"hay_observaciones": hay}


def _observados(acto: Acto, orden: Orden, form: Mapping[str, Any]) -> list[HechoObservado]:
    """The facts of an acta that says how long there is to rebut them."""
    if not form["leyenda_20_dias"]:
        raise DatoInvalido(
            "La última acta parcial debe decir que hay al menos 20 días para desvirtuar (artículo 46, fracción "
            "IV, del CFF).",
            {"leyenda_20_dias": "Agrega la leyenda al acta antes de levantarla."},
        )
    return [_hecho(acto, orden, lugar, fila) for lugar, fila in enumerate(form["hechos"])]


def _hecho(acto: Acto, orden: Orden, lugar: int, fila: Mapping[str, Any]) -> HechoObservado:
    """A fact inside the periods of the order (CFF 43, 46). Raises DatoInvalido on its row."""
    desde, hasta = (dt.date.fromisoformat(str(fila["periodo"][parte])) for parte in ("desde", "hasta"))
    dentro = any(
        str(uno["desde"]) <= desde.isoformat() and hasta.isoformat() <= str(uno.get("hasta") or "9999-12-31")
        for uno in orden.periodos
    )
    if not dentro:
        raise DatoInvalido(
            "Un hecho es de fechas que la orden no revisa.",
            {f"hechos.{lugar}.periodo": "Escribe fechas dentro de los periodos de la orden."},
        )
    return HechoObservado(
        acto_id=acto.id,
        numero=lugar + 1,
        hecho=str(fila["hecho"]),
        norma=str(fila["norma"]),
        periodo_desde=desde,
        periodo_hasta=hasta,
        trabajadores=int(fila["trabajadores"]),
        monto=Decimal(str(fila["monto"])) if fila.get("monto") else None,
        resultado=R.POR_VALORAR,
        prueba="",
        razon="",
    )


def _leyenda(ctx: Ctx, acto: Acto, dia: dt.date) -> str:
    hallado = desvirtuar(dia, inhabiles_extra=inhabiles(ctx, acto.subdelegacion_id))
    return (
        f"Entre esta acta y el acta final transcurrirán al menos {termino(PARCIAL, dia).descripcion}: hasta el "
        f"{fecha_larga(hallado.vence)} pueden presentarse documentos, libros o registros que desvirtúen los "
        "hechos u omisiones, o corregirse la situación fiscal. Si se revisa más de un ejercicio o fracción de "
        f"otro, el plazo se amplía {termino(AMPLIADO, dia).descripcion} cuando se avisa dentro de él."
    )


@operation("recibir_pruebas")
def recibir_pruebas(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the employer filed is listed, with the digest of its paper; who visits is told."""
    acto, promocion = _promocion(ctx, call)
    aviso.avisar(
        ctx,
        acta_visita.visitadores_de(acto, acta_visita.orden_de(ctx, acto)),
        "El patrón presentó pruebas",
        acto.folio,
        f"pruebas:{promocion.id}",
    )
    anotar(
        ctx,
        "recibir_pruebas",
        de_acto(acto),
        promocion_id=promocion.id,
        documento_id=promocion.documento_id,
        presentada=promocion.presentada.isoformat(),
    )
    return {}


@operation("ampliar_plazo")
def ampliar_plazo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Fifteen days more, once, for more than one ejercicio and asked inside the twenty; else it stays (46-IV)."""
    acto, promocion = _promocion(ctx, call)
    sujeto, corre = de_acto(acto), plazo.abiertos(ctx, de_acto(acto)).get(PARCIAL)
    periodos = acta_visita.orden_de(ctx, acto).periodos
    revisado = (
        min(dt.date.fromisoformat(str(uno["desde"])) for uno in periodos),
        max(dt.date.fromisoformat(str(uno.get("hasta") or ctx.hoy)) for uno in periodos),
    )
    if corre is None or corre.ampliado_por:
        concedida, por_que = False, "ya se había ampliado"
    else:
        hallado = desvirtuar(
            corre.desde,
            periodo=revisado,
            aviso=max(promocion.presentada, corre.desde),
            inhabiles_extra=inhabiles(ctx, acto.subdelegacion_id),
        )
        concedida, por_que = hallado.ampliado, _razon(hallado.pasos)
    if concedida:
        plazo.ampliar(ctx, sujeto, PARCIAL, AMPLIADO, f"Promoción {promocion.folio}: {por_que}"[:300])
    jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=acto.subdelegacion_id)
    asunto = (
        "Se amplió el plazo para desvirtuar" if concedida else "No procede ampliar el plazo para desvirtuar"
    )
    aviso.avisar(ctx, jefes, asunto, acto.folio, f"ampliacion:{promocion.id}")
    anotar(ctx, "ampliar_plazo", sujeto, promocion_id=promocion.id, concedida=concedida, razon=por_que)
    return {"ampliacion_concedida": concedida}


def _razon(pasos: tuple[Any, ...]) -> str:
    return next((paso.de_que for paso in pasos if paso.que.startswith(("Se amplía", "No se amplía"))), "")


def _promocion(ctx: Ctx, call: Call) -> tuple[Acto, PromocionPatron]:
    """The paper that the message brought, of this act."""
    acto = del_caso(ctx, call, Acto)
    fila = ctx.session.get(PromocionPatron, call.data.get("promocion_id"))
    if fila is None or (fila.sujeto_tipo, fila.sujeto_id) != ("acto", acto.id):
        raise NoEncontrado("Falta la promoción que se recibe, o no es de este acto.")
    return acto, fila


@operation("valorar_pruebas")
def valorar_pruebas(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Fact by fact: rebutted, corrected, or it stands, and why."""
    acto, _ = acta_visita.abrir(ctx, call)
    plazo.cerrar(ctx, de_acto(acto), PARCIAL, vencido=True)
    hechos, vistos = {fila.id: fila for fila in acta_visita.hechos_de(ctx, acto)}, set()
    for lugar, dicha in enumerate(call.form["valoraciones"]):
        hecho = hechos.get(int(dicha["hecho"]))
        if hecho is None or hecho.id in vistos:
            raise DatoInvalido(
                "Cada hecho de la última acta parcial se valora una vez.",
                {f"valoraciones.{lugar}.hecho": "Elige un hecho de este acto que falte."},
            )
        vistos.add(hecho.id)
        hecho.resultado = R(str(dicha["resultado"]))
        hecho.prueba, hecho.razon = str(dicha.get("prueba") or ""), str(dicha["razon"])
    faltan = [str(fila.numero) for fila in hechos.values() if fila.id not in vistos]
    if faltan:
        raise DatoInvalido(
            f"Falta valorar: {', '.join(faltan)}.", {"valoraciones": f"Valora el hecho {', '.join(faltan)}."}
        )
    anotar(
        ctx,
        "valorar_pruebas",
        de_acto(acto),
        resultados={str(fila.numero): fila.resultado.value for fila in hechos.values()},
    )
    return {}


@operation("levantar_acta_final")
def levantar_acta_final(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The visit is closed: never before the twenty (+15) days; the six months to determine begin (CFF 46, 50)."""
    acto, orden = acta_visita.abrir(ctx, call)
    form, cuando = call.form, acta_visita.momento(ctx, acto, call.form)
    resultado = str(form["resultado_desahogo"])
    acta_visita.tras_el_inicio(ctx, acto, cuando.inicio)
    acta_visita.tras_todas(ctx, acto, cuando.inicio)
    acta_visita.dos_testigos(form, [papel_visita.quien_visita(ctx).nombre])
    _cumplidos_los_dias(ctx, acto, cuando.inicio.date())
    hechos = acta_visita.hechos_de(ctx, acto)
    _cuadra(ctx, acto, resultado, hechos)
    if form["atiende"] == "quien_estaba":
        _con_citatorio(ctx, acto, orden, cuando, form)
    datos, numero = acta_visita.datos_de(ctx, acto, form), acta_visita.siguiente(ctx, acto)
    papel = papel_visita.acta(
        ctx,
        documents.ActaFinal,
        acto,
        orden,
        numero,
        cuando,
        {**form, "caracter": _etiqueta("atiende", str(form["atiende"]))},
        lugar=str(form["lugar"]),
        hechos=str(form["resumen"]),
        observados=hechos,
        resultado=_etiqueta("resultado_desahogo", resultado),
        entrega_copia=bool(form["entrega_copia"]),
        constancias=("Se entregó copia." if form["entrega_copia"] else "No se quiso recibir copia.",),
    )
    documento = emitir(ctx, de_acto(acto), papel)
    acta_visita.asentar(
        ctx,
        acto,
        T.FINAL,
        numero,
        cuando,
        documento,
        lugar=str(form["lugar"]),
        hechos=str(form["resumen"]),
        datos=datos,
    )
    _cerrar(ctx, acto, cuando.dia, resultado)
    return {"resultado_desahogo": resultado}


def _cumplidos_los_dias(ctx: Ctx, acto: Acto, dia: dt.date) -> None:
    """Not before the days to rebut have passed, as they stand in the ledger (CFF 46-IV)."""
    corrio = acta_visita.ultimo_plazo(ctx, acto, PARCIAL)
    if corrio is not None and dia <= corrio.vence:
        raise DatoInvalido(
            f"El patrón tiene hasta el {fecha_larga(corrio.vence)} para desvirtuar: el acta final se levanta "
            "después (artículo 46, fracción IV, del CFF).",
            {"fecha_hora": f"Escribe una fecha posterior al {fecha_larga(corrio.vence)}."},
        )


def _cuadra(ctx: Ctx, acto: Acto, resultado: str, hechos: list[HechoObservado]) -> None:
    """The end agrees with what came of each fact. Raises DatoInvalido on `resultado_desahogo`."""
    hubo = {fila.resultado for fila in hechos}
    corrigio = acta_visita.ultima(ctx, acto, T.CORRECCION) is not None
    razon = ""
    if resultado == "con_observaciones" and R.SUBSISTE not in hubo:
        razon = "Ningún hecho subsiste."
    elif resultado != "con_observaciones" and R.SUBSISTE in hubo:
        razon = "Hay hechos que subsisten."
    elif resultado == "corregido" and not (corrigio or R.CORREGIDO in hubo):
        razon = "No hay ninguna corrección asentada."
    elif resultado == "sin_observaciones" and R.CORREGIDO in hubo:
        razon = "Hay hechos que se corrigieron."
    if razon:
        raise DatoInvalido(
            f"El resultado no corresponde a los hechos. {razon}", {"resultado_desahogo": razon}
        )


def _con_citatorio(ctx: Ctx, acto: Acto, orden: Orden, cuando: Momento, form: Mapping[str, Any]) -> None:
    """Before another person only after a citatorio to close it, and at its hour (46-VI)."""
    dejado = horario.exigir(
        ctx,
        acto.subdelegacion_id,
        str(form["citatorio_dejado"]),
        form.get("habilitacion"),
        campo="citatorio_dejado",
    )
    cita = acta_visita.cita(ctx, acto, dejado, str(form["citatorio_hora"]), "citatorio_hora")
    if cuando.inicio < cita:
        raise DatoInvalido(
            "El acta final se cierra a la hora de la cita, no antes (artículo 46, fracción VI, del CFF).",
            {"fecha_hora": f"La cita es el {fecha_larga(cita.date())} a las {cita:%H:%M}."},
        )
    entregar_citatorio(
        ctx,
        acto,
        orden,
        dejado=dejado,
        cita=cita,
        con=str(form["citatorio_con"]),
        para="Cerrar el acta final de la visita.",
        articulo=FINAL_ARTICULO,
        clave=FINAL_CITATORIO,
        datos={},
    )
    plazo.cerrar(ctx, de_acto(acto), FINAL_CITATORIO)


def _cerrar(ctx: Ctx, acto: Acto, dia: dt.date, resultado: str) -> None:
    """What the acta final ends and what it starts: only observations are left to determine."""
    acto.acta_final, acto.resultado_desahogo = dia, resultado
    acto.pasar_a(ESTADOS[resultado])
    sujeto = de_acto(acto)
    for clave in (MAXIMO, MAXIMO_FINANCIERO, PREVENTIVO, MINIMO_CORRECCION, PARCIAL):
        plazo.cerrar(ctx, sujeto, clave, al=dia)
    if resultado == "con_observaciones":
        for clave in (RESOLUCION, ACUERDO):
            plazo.abrir(ctx, sujeto, clave, desde=dia, motivo="Se levantó el acta final")
    jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=acto.subdelegacion_id)
    aviso.avisar(ctx, jefes, "Se levantó el acta final de una visita", acto.folio, f"acta_final:{acto.id}")


def _etiqueta(campo: str, valor: str) -> str:
    etiquetas = formularios.cargar(papel_visita.FOLDER, "levantar_acta_final").etiquetas()
    return etiquetas.get(campo, {}).get(valor, valor)
