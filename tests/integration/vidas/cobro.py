"""What is answered of a credit, its enforcement and its sales (procesos §10, §14, §15)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from models.acto import Acto
from models.bien import Bien
from models.credito import ClaseCredito, Credito
from models.pae import EstadoPae, InformeIntervencion, Inmovilizacion, Intervencion, Pae
from tests.integration.vidas.formas import FIRMA
from tests.integration.vidas.jugador import FOTO, PDF, Jugador, NoSeHace, responde
from workflow.context import Ctx
from workflow.operations import cuenta, pae
from workflow.operations.oidos_pae import EN_DEPOSITO, EN_VENTA
from workflow.rules import embargo

CENTAVO = Decimal("0.01")
VERIFICADO = ["competencia", "fundamento", "motivo", "cantidad_liquida", "medios_de_defensa", "sin_identidad"]


# -- crédito ---------------------------------------------------------------------------------------------
@responde("elaborar_cedula")
def _cedula(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        credito = ctx.session.get_one(Credito, fila.sujeto_id)
        dichas = (ctx.session.get_one(Acto, credito.acto_id).alcance.get("determinacion") or {}).get(
            "infracciones"
        )
    if credito.clase is not ClaseCredito.MULTA:
        return {"plantilla": j.elige(cedula=3, resolucion=1), "medios_de_defensa": not j.ocurre(4)}
    multa = {
        "infraccion": dichas[0]["clave"],
        "gravedad": "Tres de tres personas revisadas.",
        "antecedentes": "Sin multas anteriores.",
        "porcentaje": str(j.azar.choice((45, 55, 65))) if dichas[0]["clave"] == "304" else None,
        "importe": None if dichas[0]["clave"] == "304" else "9000.00",
    }
    return {"plantilla": "multa", "individualizacion": [{k: v for k, v in multa.items() if v is not None}]}


@responde("revisar_cedula")
def _revisar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"revision": j.elige(visto_bueno=92, observada=8), "verificacion": VERIFICADO}


@responde("firmar_cedula")
def _firmar(j: Jugador, fila: Any) -> dict[str, Any]:
    # What nobody may sign any more is given up: the form refuses it while the power lives.
    if j.rehusada(fila):
        return {"firma": j.elige(firmada=1, devuelta=2, sin_facultad=4), "rubrica": FIRMA}
    return {"firma": j.elige(firmada=94, devuelta=5, sin_facultad=1), "rubrica": FIRMA}


@responde("ordenar_estrados")
def _otra_via(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"via": j.elige(estrados=3, edictos=1)}


@responde("resolver_aclaracion")
def _aclaracion(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"aclaracion": j.elige(procedente=3, parcial=3, improcedente=5)}


@responde("resolver_multa")
def _multa(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"multa": j.elige(sin_efectos=4, subsiste=6), "motivo": "Se revisó el expediente."}


@responde("cobrar_garantia")
def _garantia(j: Jugador, fila: Any) -> dict[str, Any]:
    que = j.elige(sigue=4, cobrada=4, insuficiente=2)
    with j.mundo.obra.como() as ctx:
        debe = cuenta.saldo(ctx, ctx.session.get_one(Credito, fila.sujeto_id), j.mundo.hoy).total
    dicho = {"gestion": "requerir_fianza", "garantia": que, "fecha": j.mundo.hoy.isoformat()}
    if que == "sigue":
        return dicho
    cobrado = debe if que == "cobrada" else (debe / 3).quantize(CENTAVO)
    return {**dicho, "gestion": "aplicar_deposito", "cobrado": f"{cobrado:.2f}"}


@responde("proponer_cancelacion")
def _proponer(j: Jugador, _fila: Any) -> dict[str, Any]:
    gestion = {"fecha": j.mundo.hoy.isoformat(), "gestion": "Se comparó el saldo con el umbral."}
    return {"causal": j.elige(incosteable_udi=3, costo=1), "gestiones": [gestion]}


@responde("autorizar_cancelacion")
def _autorizar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"cancelacion": j.elige(autorizada=8, negada=2), "rubrica": FIRMA, "firma": FIRMA}


@responde("credito_vigilancia/declarar_prescripcion")
def _prescribe_credito(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"a_peticion": j.ocurre(50)}


# -- PAE -------------------------------------------------------------------------------------------------
@responde("elaborar_mandamiento")
def _mandamiento(j: Jugador, fila: Any) -> dict[str, Any]:
    return {"ejecutores": [{"usuario": j.mundo.con_rol("ejecutor", fila.subdelegacion_id)[0].usuario_id}]}


@responde("firmar_mandamiento")
def _firmar_mandamiento(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"firma": j.elige(firmada=95, devuelta=5), "rubrica": FIRMA}


def _de_campo(j: Jugador) -> dict[str, Any]:
    return {
        "credencial": "EJ-0147",
        "vigencia_credencial": "2060-12-31",
        "foto": [FOTO] if j.ocurre(30) else None,
    }


@responde("requerir_pago")
def _requerir(j: Jugador, _fila: Any) -> dict[str, Any]:
    que = j.elige(no_paga=70, ausente=10, no_localizado=8, opone=6, acredita_pago=3, paga=3)
    momento = {"fecha_hora": j.mundo.texto(-5), "descripcion_pago": "Mostró un comprobante del banco."}
    return {"requerimiento": que, **momento, **_de_campo(j)}


@responde("pae_ejecucion/dejar_citatorio")
def _citatorio(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"hora_cita": f"{j.mundo.habil()}T10:00", "dejado": j.mundo.texto(-2)}


@responde("pae_ejecucion/resolver_obstaculo")
def _obstaculo(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"obstaculo": j.elige(buscar=4, auxilio=2, precautorio=2, inmovilizar=2, insolvencia=2)}


@responde("trabar_embargo")
def _embargo(j: Jugador, fila: Any) -> dict[str, Any]:
    traba = j.elige(bienes=62, negociacion=10, cuentas=14, sin_bienes=11, ya_pago=3)
    momento = {"hora_inicio": j.mundo.texto(-10), "hora_fin": j.mundo.texto()}
    return {"traba": traba, "bienes": _bienes(j, traba), **momento, **_de_campo(j)}


def _bienes(j: Jugador, traba: str) -> list[dict[str, Any]]:
    if traba == "negociacion":
        valor = f"{j.azar.randint(80, 900) * 1000}.00"
        return [
            {
                "tipo": "negociacion",
                "descripcion": "Taller en marcha",
                "valor_estimado": valor,
                "designa": "deudor",
            }
        ]
    return [
        {
            "tipo": j.elige(mueble=6, vehiculo=3, inmueble=2),
            "descripcion": f"Lote número {n + 1}",
            "valor_estimado": f"{j.azar.randint(2, 400) * 1000}.00",
            "designa": "deudor",
            "fotos": [FOTO],
        }
        for n in range(j.azar.randint(1, 3))
    ]


@responde("ordenar_inmovilizacion")
def _inmovilizar(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        suyo = ctx.session.get_one(Pae, fila.sujeto_id)
        sin_requerir = suyo.estado in (EstadoPae.ABIERTO, EstadoPae.CON_MANDAMIENTO)
    # Before the requirement only two thirds may be held, as a precaution; whoever errs is told the most.
    precautorio = sin_requerir if j.rehusada(fila) else j.ocurre(50)
    debe = _adeudo(j, fila.sujeto_id)
    importe = embargo.tope(debe, j.mundo.hoy, precautorio=precautorio).importe if j.rehusada(fila) else debe
    return {"importe": f"{importe:.2f}", "precautorio": precautorio}


def _adeudo(j: Jugador, pae_id: int) -> Decimal:
    with j.mundo.obra.como() as ctx:
        fila = ctx.session.get_one(Pae, pae_id)
        return pae.adeudo(ctx, pae.vivos(ctx, fila), ctx.hoy)


def _retenido(ctx: Ctx, pae_id: int) -> list[Inmovilizacion]:
    return list(ctx.session.scalars(select(Inmovilizacion).where(Inmovilizacion.pae_id == pae_id)))


@responde("registrar_informe")
def _informe(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        filas = _retenido(ctx, fila.sujeto_id)[-1:]
        parte = Decimal(j.azar.choice(("1", "1", "0.5", "0.1")))
        cuentas = [
            {"entidad": f.entidad, "cuenta": "4412", "importe": f"{(f.ordenado * parte).quantize(CENTAVO)}"}
            for f in filas
        ]
    return {"cuentas": cuentas, "fecha": j.mundo.hoy.isoformat()}


@responde("transferir_fondos")
def _transferir(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        filas = _retenido(ctx, fila.sujeto_id)
        hay = sum((f.informado - (f.transferido or 0) - (f.liberado or 0) for f in filas), Decimal(0))
    tomado = min(hay, _adeudo(j, fila.sujeto_id))
    return {
        "importe": f"{tomado:.2f}",
        "excedente_liberado": f"{hay - tomado:.2f}",
        "fecha": j.mundo.hoy.isoformat(),
        "orden_ingreso": f"OI-{fila.id}",
    }


@responde("nombrar_depositario")
def _depositario(j: Jugador, fila: Any) -> dict[str, Any]:
    return {"usuario": j.mundo.con_rol("depositario", fila.subdelegacion_id)[0].usuario_id}


@responde("aceptar_cargo")
def _cargo(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"acepta": j.ocurre(94), "inscribible": j.ocurre(20)}


@responde("inscribir_embargo")
def _inscribir(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"fecha": j.mundo.hoy.isoformat()}


@responde("calificar_suficiencia")
def _suficiencia(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        consulta = select(func.sum(Bien.valor_estimado)).where(
            Bien.pae_id == fila.sujeto_id, Bien.estado.in_(EN_DEPOSITO | EN_VENTA)
        )
        valor = Decimal(ctx.session.scalar(consulta) or 0)
    return {"suficiente": "si" if j.ocurre(88) else "no", "valor_estimado": f"{valor:.2f}"}


@responde("decidir_continuacion")
def _continuar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"continuacion": j.elige(ampliar=4, intervenir=1, cuentas=2, insolvencia=4)}


@responde("acreditar_insolvencia")
def _insolvencia(j: Jugador, _fila: Any) -> dict[str, Any]:
    gestion = {"gestion": "Búsqueda en el registro público", "fecha": j.mundo.hoy.isoformat()}
    return {"causal": j.elige(insolvente=3, no_localizado=1), "gestiones": [gestion]}


@responde("pae/declarar_prescripcion")
def _prescribe_pae(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"prescrito": True}


@responde("liberar_bienes")
def _liberar(_j: Jugador, _fila: Any) -> dict[str, Any]:
    return {}


@responde("resolver_aclaracion_tardia", "resolver_multa_tardia")
def _promocion(j: Jugador, fila: Any) -> dict[str, Any]:
    return {"resolucion": j.elige(procedente=2, parcial=2, improcedente=6), "importe_subsistente": "500.00"}


@responde("resolver_terceria")
def _terceria(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        bienes = list(
            ctx.session.scalars(
                select(Bien.id).where(Bien.pae_id == fila.sujeto_id, Bien.estado.in_(EN_DEPOSITO | EN_VENTA))
            )
        )
    if not bienes:
        return {"bien": None, "tercero": "no_procede", "documentos": []}
    return {"bien": j.azar.choice(bienes), "tercero": j.elige(procede=1, no_procede=1), "documentos": [PDF]}


@responde("resolver_incidente")
def _incidente(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"medida": j.elige(auditar=3, vista=1, ninguna=2)}


# -- intervención ----------------------------------------------------------------------------------------
@responde("nombrar_interventor", "nombrar_administrador")
def _interventor(j: Jugador, fila: Any) -> dict[str, Any]:
    return {"usuario": j.mundo.con_rol("interventor", fila.subdelegacion_id)[0].usuario_id}


@responde("aceptar_intervencion")
def _acepta(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"acepta": j.ocurre(90)}


@responde("rendir_informe")
def _rendir(j: Jugador, fila: Any) -> dict[str, Any]:
    with j.mundo.obra.como() as ctx:
        abierta = ctx.session.scalars(
            select(Intervencion).where(
                Intervencion.pae_id == fila.sujeto_id, Intervencion.concluida_en.is_(None)
            )
        ).one()
        antes = ctx.session.scalar(
            select(func.max(InformeIntervencion.hasta)).where(
                InformeIntervencion.intervencion_id == abierta.id
            )
        )
    desde = antes + dt.timedelta(days=1) if antes else abierta.iniciada_en.date()
    hasta = max(desde, j.mundo.hoy)
    if hasta > j.mundo.hoy or (hasta - desde).days < 25:
        raise NoSeHace
    ingresos = Decimal(j.azar.randint(20, 300) * 1000)
    retenido = (ingresos / 10).quantize(CENTAVO) if j.ocurre(90) else Decimal("0.00")
    return {
        "desde": desde.isoformat(),
        "hasta": hasta.isoformat(),
        "ingresos": f"{ingresos:.2f}",
        "retenido": f"{retenido:.2f}",
        "orden_ingreso": f"OI-{fila.id}",
        "desobedece": j.ocurre(6),
    }


@responde("decidir_enajenacion")
def _enajenar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"enajenacion": j.elige(enajenar=6, continuar=4)}


# -- remate ----------------------------------------------------------------------------------------------
@responde("encargar_avaluo")
def _encargar(j: Jugador, fila: Any) -> dict[str, Any]:
    valuador = j.azar.choice(j.mundo.con_rol("valuador", fila.subdelegacion_id))
    return {"valuador": valuador.usuario_id, "sin_conflicto": True}


@responde("rendir_avaluo")
def _avaluo(j: Jugador, _fila: Any) -> dict[str, Any]:
    vigencia = j.mundo.hoy + dt.timedelta(days=j.azar.choice((60, 200, 360)))
    return {"valor": f"{j.azar.randint(3, 400) * 1000}.00", "vigencia": vigencia.isoformat(), "fotos": [FOTO]}


@responde("rendir_peritaje")
def _peritaje(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"valor": f"{j.azar.randint(3, 500) * 1000}.00", "dictamen": [PDF]}


@responde("rendir_tercero")
def _tercero(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"valor": f"{j.azar.randint(3, 500) * 1000}.00", "dictamen": [PDF]}


@responde("convocar_remate")
def _convocar(j: Jugador, fila: Any) -> dict[str, Any]:
    return {"fecha_subasta": j.mundo.habil(12).isoformat(), "pagina_publicada": True}


@responde("fincar_remate", "entregar_bien")
def _fincar(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"fecha": j.mundo.hoy.isoformat()}


@responde("decidir_desierto")
def _desierto(j: Jugador, _fila: Any) -> dict[str, Any]:
    return {"decision": j.elige(adjudicar=5, nueva_subasta=3, retirar=2)}
