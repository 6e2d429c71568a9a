"""A visit up to its start, and its ends without access (procesos §7; CFF 13, 40, 43, 44, 46-A)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.acta import Acta, TipoActa
from models.acto import Acto, EstadoActo
from models.orden import Orden
from models.organizacion import Rol
from models.proceso import EstadoTarea, Tarea
from workflow import documents
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import acta_visita, aviso, fotografia, horario, limite, papel_visita, plazo
from workflow.operations._registry import Decision, operation
from workflow.operations.acta_visita import Momento
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_acto, del_caso
from workflow.params.suspensiones import causales
from workflow.rules.calendario import fecha_larga

T, E = TipoActa, EstadoActo
MAXIMO, MAXIMO_FINANCIERO = "visita_max", "visita_max_financiero"
PREVENTIVO, MINIMO_CORRECCION = "preventivo_visita", "correccion_total_conclusion"
CITATORIO, DOMICILIO = "citatorio", "domicilio"
INICIO_ARTICULO = "44, fracción II"


@operation("programar_diligencia")
def programar_diligencia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """When, where and who of the order goes; outside of the hours of CFF 13 only with its habilitación.

    Raises DatoInvalido for a day gone by, or after the act or its powers end.
    """
    acto, orden = acta_visita.abrir(ctx, call)
    form = call.form
    cuando = horario.exigir(ctx, acto.subdelegacion_id, str(form["fecha_hora"]), form.get("habilitacion"))
    if cuando < ctx.now:
        raise DatoInvalido(
            "La diligencia se programa para después.",
            {"fecha_hora": "Escribe una fecha y hora que no hayan pasado."},
        )
    limite.exigir(ctx, de_acto(acto), [("fecha_hora", cuando.date())])
    ids = [fila["usuario"] for fila in form["visitadores"]]
    van = acta_visita.nombrados(acto, orden, ids, "visitadores.{}.usuario")
    otros = [quien for quien in van if quien != ctx.actor.usuario_id]
    clave = f"diligencia:{acto.id}:{cuando.isoformat()}"
    aviso.avisar(ctx, otros, "Tienes una diligencia programada", acto.folio, clave)
    anotar(ctx, "programar_diligencia", de_acto(acto), cuando=cuando.isoformat(), visitadores=van)
    return {}


@operation("acudir_domicilio")
def acudir_domicilio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Who was found. Opposition is recorded in its acta, with two witnesses (CFF 44-III; LSS 304 A-X)."""
    acto, orden = acta_visita.abrir(ctx, call)
    form, encuentro = call.form, str(call.form["encuentro"])
    cuando = horario.exigir(
        ctx, acto.subdelegacion_id, str(form["hora"]), form.get("habilitacion"), campo="hora"
    )
    horario.ya_ocurrido(ctx, cuando, campo="hora")
    acta_visita.tras_la_orden(ctx, acto, orden, cuando, "hora")
    fotos = fotografia.revisar(ctx, acto.expediente_id, form.get("foto"))
    if encuentro == "opone":
        lugar, hechos = acto.patron.domicilio, str(form["descripcion_domicilio"])
        _oponer(ctx, acto, orden, Momento(cuando, cuando), form, lugar, hechos)
    anotar(
        ctx,
        "acudir_domicilio",
        de_acto(acto),
        encuentro=encuentro,
        cuando=cuando.isoformat(),
        fotos=[foto["sha256"] for foto in fotos],
    )
    return {"encuentro": encuentro}


def _oponer(
    ctx: Ctx, acto: Acto, orden: Orden, cuando: Momento, form: Mapping[str, Any], lugar: str, hechos: str
) -> Acta:
    visitadores = papel_visita.identificados(ctx, form.get("identificacion_visitadores") or ())
    acta_visita.dos_testigos(form, [uno.nombre for uno in visitadores or [papel_visita.quien_visita(ctx)]])
    datos, numero = acta_visita.datos_de(ctx, acto, form), acta_visita.siguiente(ctx, acto)
    papel = papel_visita.acta(
        ctx,
        documents.ActaOposicion,
        acto,
        orden,
        numero,
        cuando,
        form,
        lugar=lugar,
        hechos=hechos,
        visitadores=visitadores,
        fotos=datos["fotos"],
    )
    documento = emitir(ctx, de_acto(acto), papel)
    return acta_visita.asentar(
        ctx, acto, T.OPOSICION, numero, cuando, documento, lugar=lugar, hechos=hechos, datos=datos
    )


@operation("citar_visitado")
def citar_visitado(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Nobody was there: wait at a fixed hour of the next day hábil (CFF 44-II, 13)."""
    acto, orden = acta_visita.abrir(ctx, call)
    form = call.form
    dejado = horario.dejado(ctx, acto.subdelegacion_id, form.get("dejado"), _llegada(ctx, acto))
    cita = acta_visita.cita(ctx, acto, dejado, str(form["hora_cita"]), "hora_cita")
    if cita <= ctx.now:
        raise DatoInvalido(
            "La hora de la cita ya pasó: el citatorio se deja antes.",
            {"hora_cita": "Escribe una hora que no haya pasado."},
        )
    if bool(form.get("firma_recibe")) == bool(form.get("se_niega")):
        raise DatoInvalido(
            "Anota la firma de quien recibió el citatorio, o que se negó a firmar: una de las dos.",
            {"se_niega": "Adjunta la firma o di que se negó, no las dos ni ninguna."},
        )
    entregar_citatorio(
        ctx,
        acto,
        orden,
        dejado=dejado,
        cita=cita,
        con=str(form["con_quien"]),
        para=str(form["objeto"]),
        articulo=INICIO_ARTICULO,
        clave=CITATORIO,
        datos=form,
    )
    return {}


def entregar_citatorio(
    ctx: Ctx,
    acto: Acto,
    orden: Orden,
    *,
    dejado: dt.datetime,
    cita: dt.datetime,
    con: str,
    para: str,
    articulo: str,
    clave: str,
    datos: Mapping[str, Any],
) -> Acta:
    """Issue the citatorio, keep it among the actas and start the clock of its hour."""
    numero, sujeto = acta_visita.siguiente(ctx, acto), de_acto(acto)
    papel = papel_visita.citatorio(
        ctx,
        acto,
        orden,
        dejado=dejado,
        con=con,
        recibe="Se negó a firmar" if datos.get("se_niega") else "Firmó",
        cita=cita,
        para=para,
        articulo=articulo,
    )
    documento = emitir(ctx, sujeto, papel)
    plazo.abrir(ctx, sujeto, clave, instante=cita, motivo=f"Citatorio, acta {numero}")
    return acta_visita.asentar(
        ctx,
        acto,
        T.CITATORIO,
        numero,
        Momento(dejado, dejado),
        documento,
        lugar=acto.patron.domicilio,
        hechos=para,
        datos={"con_quien": con, "cita": cita.isoformat(), "se_niega": datos.get("se_niega")},
    )


def _llegada(ctx: Ctx, acto: Acto) -> dt.datetime:
    """When the visitadores arrived and found nobody: what the citatorio comes from."""
    respuesta = ctx.session.scalar(
        select(Tarea.respuesta)
        .where(
            Tarea.sujeto_tipo == "acto",
            Tarea.sujeto_id == acto.id,
            Tarea.nodo == "acudir_domicilio",
            Tarea.estado == EstadoTarea.HECHA,
        )
        .order_by(Tarea.hecha_en.desc(), Tarea.id.desc())
        .limit(1)
    )
    if not respuesta:
        raise DatoInvalido("Antes del citatorio hay que acudir al domicilio.")
    return horario.momento(ctx, acto.subdelegacion_id, str(respuesta["hora"]))


@operation("levantar_inicio")
def levantar_inicio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The order is handed over and the visit begins: the twelve months run (CFF 44, 46-A).

    Not handed over: an acta of opposition, and nothing begins. A refusal to sign does not void it (44-III).
    """
    acto, orden = acta_visita.abrir(ctx, call)
    form, cuando = call.form, acta_visita.momento(ctx, acto, call.form)
    acta_visita.tras_la_orden(ctx, acto, orden, cuando.inicio, "fecha_hora")
    _tras_la_cita(ctx, acto, cuando.inicio)
    filas = form["identificacion_visitadores"]
    acta_visita.nombrados(
        acto,
        orden,
        [fila["visitador"] for fila in filas],
        "identificacion_visitadores.{}.visitador",
    )
    _credenciales_vigentes(filas, cuando.inicio.date())
    plazo.cerrar(ctx, de_acto(acto), CITATORIO)
    lugar, hechos = str(form["lugar"]), str(form["hechos"])
    if not form["entrega_orden"]:
        _oponer(ctx, acto, orden, cuando, form, lugar, hechos)
        return {"inicio_valido": False}
    visitadores = papel_visita.identificados(ctx, filas)
    acta_visita.dos_testigos(form, [uno.nombre for uno in visitadores])
    datos, numero = acta_visita.datos_de(ctx, acto, form), acta_visita.siguiente(ctx, acto)
    papel = papel_visita.acta(
        ctx,
        documents.ActaInicio,
        acto,
        orden,
        numero,
        cuando,
        form,
        lugar=lugar,
        hechos=hechos,
        visitadores=visitadores,
        fotos=datos["fotos"],
        entrega_orden=True,
        constancias=_constancias(form),
    )
    documento = emitir(ctx, de_acto(acto), papel)
    acta_visita.asentar(
        ctx, acto, T.INICIO, numero, cuando, documento, lugar=lugar, hechos=hechos, datos=datos
    )
    _notificar(ctx, acto, cuando.inicio.date())
    return {"inicio_valido": True}


def _tras_la_cita(ctx: Ctx, acto: Acto, inicio: dt.datetime) -> None:
    """After a citatorio it begins at its hour, not before (CFF 44-II)."""
    acta = acta_visita.ultima(ctx, acto, T.CITATORIO, T.OPOSICION)
    if acta is None or acta.tipo is not T.CITATORIO:
        return
    cita = dt.datetime.fromisoformat(acta.datos["cita"])
    if inicio < cita and acta.fecha_hora <= inicio:
        raise DatoInvalido(
            "Se dejó citatorio: la visita empieza a la hora de la cita, con quien esté (artículo 44, fracción "
            "II, del CFF).",
            {"fecha_hora": f"La cita es el {fecha_larga(cita.date())} a las {cita:%H:%M}."},
        )


def _credenciales_vigentes(filas: list[Mapping[str, Any]], dia: dt.date) -> None:
    for lugar, fila in enumerate(filas):
        if dt.date.fromisoformat(str(fila["vigencia"])) < dia:
            raise DatoInvalido(
                "Una constancia de identificación no estaba vigente ese día: con ella no se inicia la visita.",
                {f"identificacion_visitadores.{lugar}.vigencia": "Revisa hasta cuándo vale."},
            )


def _constancias(form: Mapping[str, Any]) -> tuple[str, ...]:
    """What the acta de inicio says besides the facts (LFDC 2-XII, 12, 13)."""
    carta = "Se entregó" if form["entrega_carta"] else "No se entregó"
    return (
        "Se entregó la orden de visita.",
        f"{carta} la carta de los derechos del contribuyente, y se informó el derecho a corregir su situación.",
        *(f"Se exhibió: {fila['libro']}." for fila in form.get("libros_exhibidos") or ()),
        *(
            f"Se halló otro lugar, cuya ampliación debe notificarse: {fila['domicilio']}."
            for fila in form.get("domicilios_adicionales") or ()
        ),
    )


def _notificar(ctx: Ctx, acto: Acto, dia: dt.date) -> None:
    """The legal day from which the act is counted, and its terms."""
    acto.notificado = dia
    acto.pasar_a(E.NOTIFICADO)
    acto.pasar_a(E.EN_DESAHOGO)
    sujeto = de_acto(acto)
    for clave in (
        MAXIMO_FINANCIERO if acto.financiero else MAXIMO,
        PREVENTIVO,
        MINIMO_CORRECCION,
    ):
        plazo.abrir(ctx, sujeto, clave, desde=dia, motivo="Se notificó la orden con el acta de inicio")


@operation("resolver_obstaculo")
def resolver_obstaculo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What is done where the visit could not begin. Once its months run, looking for her stops them (46-A-III)."""
    acto, obstaculo = del_caso(ctx, call, Acto), str(call.form["obstaculo"])
    acta_visita.cuidar(ctx, acto, call.form)
    opuesta = acta_visita.ultima(ctx, acto, T.OPOSICION)
    if (obstaculo == "presuntiva" or call.form.get("apremio")) and opuesta is None:
        campo = "obstaculo" if obstaculo == "presuntiva" else "apremio"
        raise DatoInvalido(
            "Sólo ante una oposición asentada en acta se determina con datos propios o se aplica una medida de "
            "apremio (artículos 40 y 55 del CFF).",
            {campo: "No hay acta de oposición en este acto."},
        )
    if obstaculo == "cerrar" and call.data.get("encuentro") != "no_localizado":
        raise DatoInvalido(
            "Sólo se cierra así a quien no se localiza: aquí alguien atendió.",
            {"obstaculo": "Vuelve a acudir, o determina con datos propios si hubo oposición."},
        )
    if obstaculo == "buscar":
        _buscar(ctx, acto)
    anotar(
        ctx,
        "resolver_obstaculo",
        de_acto(acto),
        obstaculo=obstaculo,
        apremio=call.form.get("apremio") or [],
        # The infraction that an opposition is, for whoever prepares the determination.
        infraccion="304-A-X" if opuesta is not None else "",
    )
    return {"obstaculo": obstaculo}


def _buscar(ctx: Ctx, acto: Acto) -> None:
    """The months that run stop until she is found (46-A-III): whoever finds her ends the pause by its action."""
    sujeto, causal = de_acto(acto), causales()[DOMICILIO]
    corren = plazo.abiertos(ctx, sujeto).keys() & {MAXIMO, MAXIMO_FINANCIERO}
    if corren and all(una.causal != DOMICILIO for una in plazo.suspendidas(ctx, sujeto)):
        plazo.suspender(ctx, sujeto, DOMICILIO, causal.cita, ctx.hoy)


@operation("cerrar_con_presuntiva")
def cerrar_con_presuntiva(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """She opposed: what she owes is determined with the data that the Institute has (CFF 55; LSS 39 C)."""
    return _cerrar(ctx, del_caso(ctx, call, Acto), E.CON_OBSERVACIONES, "con_observaciones", "oposicion")


@operation("cerrar_no_localizado")
def cerrar_no_localizado(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Nobody finds her."""
    return _cerrar(ctx, del_caso(ctx, call, Acto), E.NO_LOCALIZADO, "no_localizado", "no_localizado")


def _cerrar(ctx: Ctx, acto: Acto, estado: EstadoActo, resultado: str, causa: str) -> Mapping[str, Decision]:
    acto.pasar_a(estado)
    acto.resultado_desahogo, acto.causa = resultado, causa
    plazo.cerrar(ctx, de_acto(acto), CITATORIO)
    jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=acto.subdelegacion_id)
    aviso.avisar(ctx, jefes, "Una visita terminó sin acceso", acto.folio, f"visita:{acto.id}:{resultado}")
    anotar(ctx, "cerrar_visita", de_acto(acto), resultado=resultado)
    return {"resultado_desahogo": resultado}
