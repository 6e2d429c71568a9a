"""What the documents of a credit say, built from its rows and its kept arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.credito import ClaseCredito, Credito
from models.expediente import Expediente
from models.organizacion import Subdelegacion
from models.plazo import MovimientoPlazo
from models.proceso import EstadoTarea, Tarea
from workflow import documents
from workflow.context import Ctx
from workflow.documents.texto import dinero
from workflow.operations import credito_calculo, cuenta, plazo
from workflow.operations._guardas_cobro import PAGO
from workflow.operations.firma import firma
from workflow.operations.papel_denuncia import autoridad
from workflow.operations.sujeto import de_credito
from workflow.params.cuotas import CODIGOS, ramos
from workflow.params.fundamentos import fundamento
from workflow.params.loader import plazo as termino
from workflow.params.multas import infraccion, reduccion
from workflow.rules.calendario import fecha_larga
from workflow.rules.dinero import a_pesos_cff20, de_centesimos

TITULOS = {
    "cedula": "Cédula de liquidación",
    "resolucion": "Resolución determinante",
    "multa": "Resolución que impone una multa",
}
CAUSALES_ACLARACION = {
    "error": "Error aritmético o de captura",
    "aviso_previo": "Avisos presentados antes",
    "incapacidad": "Certificados de incapacidad",
    "sin_controversia": "Hechos sin controversia jurídica",
}
SENTIDOS = {
    "procedente": ("Procede", "El crédito queda sin efectos."),
    "parcial": ("Procede en parte", "El crédito queda sin efectos y se determina otro con lo que subsiste."),
    "improcedente": ("No procede", "El crédito subsiste en sus términos."),
}
CAUSALES_CANCELACION = {
    "incosteable_udi": "Incosteable por su importe",
    "costo": "El cobro cuesta más que lo que se cobraría",
    "insolvente": "Insolvencia",
    "no_localizado": "No se localizó al patrón",
    "laudo": "Laudo favorable al trabajador",
}


def cedula(
    ctx: Ctx, credito: Credito, proyecto: Mapping[str, Any], rubrica: Mapping[str, Any] | None
) -> documents.CedulaLiquidacion:
    """The cédula in force of the credit with what its author wrote (`proyecto`)."""
    fila = credito_calculo.vigente(ctx, credito)
    assert fila is not None  # nobody signs what was not calculated
    dicho = credito_calculo.aritmetica(ctx, fila)
    es_multa = credito.clase is ClaseCredito.MULTA
    que_es = TITULOS[str(proyecto.get("plantilla") or ("multa" if es_multa else "cedula"))]
    responsable, causa = proyecto.get("responsable_solidario"), proyecto.get("causa_solidaridad")
    return documents.CedulaLiquidacion(
        **_oficio(ctx, credito, "multa_credito" if es_multa else "cedula_liquidacion", rubrica),
        motivo=str(proyecto.get("motivacion") or ""),
        objeto=f"Determinar en cantidad líquida el crédito {credito.folio} y requerir su pago.",
        responsabilidad_solidaria=f"{responsable}: {causa}" if responsable else "",
        que_es=que_es,
        credito=credito.folio,
        clase=credito.clase.etiqueta,
        patron=_patron(credito),
        periodo=_periodo(credito),
        al=fila.al,
        motivacion=str(proyecto.get("motivacion") or ""),
        periodos=tuple(_liquidado(p) for p in dicho["periodos_pago"]),
        conceptos=() if es_multa else tuple(_conceptos(credito, dicho)),
        pasos=tuple(_pasos(dicho["periodos_pago"])),
        multa=_multa(dicho["multa"]) if es_multa and dicho["multa"] else None,
        total=fila.total,
        a_pagar=a_pesos_cff20(fila.total),
        plazo_pago=_plazo_de_pago(),
        descuento=_descuento() if es_multa else "",
        remedios=remedios() if credito.medios_de_defensa else (),
        caducos=tuple(dicho["caducos"]),
        cuantos_trabajadores=0 if es_multa else fila.trabajadores,
        trabajadores=() if es_multa else tuple(_trabajador(t) for t in dicho["trabajadores"]),
        renglones=() if es_multa else tuple(_renglones(credito, dicho)),
    )


def aclaracion(ctx: Ctx, credito: Credito, form: Mapping[str, Any]) -> documents.ResolucionAclaracion:
    """What was resolved of an aclaración."""
    sentido, efecto = SENTIDOS[str(form["aclaracion"])]
    subsiste = form.get("importe_subsistente")
    return documents.ResolucionAclaracion(
        **_oficio(ctx, credito, "resolucion_aclaracion", form.get("firma")),
        motivo=str(form.get("motivo") or "Quedó probado lo que se aclaró."),
        objeto=f"Resolver la aclaración del crédito {credito.folio}.",
        credito=credito.folio,
        causal=CAUSALES_ACLARACION[str(form["causal"])],
        sentido=sentido,
        efecto=efecto,
        importe_subsistente=Decimal(str(subsiste)) if subsiste else None,
        remedios=remedios() if form["aclaracion"] == "improcedente" else (),
    )


def cancelacion(
    ctx: Ctx, credito: Credito, causal: str, rubrica: Mapping[str, Any]
) -> documents.AcuerdoCancelacion:
    """The credit is cancelled in the books, with what was done to collect it."""
    propuesta = respuesta_de(ctx, credito, "proponer_cancelacion")
    return documents.AcuerdoCancelacion(
        **_oficio(ctx, credito, "acuerdo_cancelacion", rubrica),
        motivo=CAUSALES_CANCELACION[causal],
        objeto=f"Cancelar el crédito {credito.folio} en las cuentas del Instituto.",
        credito=credito.folio,
        causal=CAUSALES_CANCELACION[causal],
        saldo=cuenta.saldo(ctx, credito, ctx.hoy).total,
        gestiones=tuple(
            (fecha_larga(date.fromisoformat(str(g["fecha"]))), str(g["gestion"]))
            for g in propuesta.get("gestiones") or []
        ),
    )


def prescripcion(
    ctx: Ctx, credito: Credito, a_peticion: bool, rubrica: Mapping[str, Any]
) -> documents.DeclaratoriaPrescripcion:
    """Time extinguished it, with the count of the ledger."""
    return documents.DeclaratoriaPrescripcion(
        **_oficio(ctx, credito, "declaratoria_prescripcion", rubrica),
        motivo="Transcurrió el plazo sin gestión de cobro notificada ni reconocimiento del adeudo.",
        objeto=f"Declarar prescrito el crédito {credito.folio}.",
        credito=credito.folio,
        saldo=cuenta.saldo(ctx, credito, ctx.hoy).total,
        a_peticion=a_peticion,
        computo=tuple(_computo(ctx, credito)),
    )


def respuesta_de(ctx: Ctx, credito: Credito, nodo: str) -> dict[str, Any]:
    """What the last completed task `nodo` of the credit was answered."""
    dicho = ctx.session.scalar(
        select(Tarea.respuesta)
        .where(
            Tarea.sujeto_tipo == "credito",
            Tarea.sujeto_id == credito.id,
            Tarea.nodo == nodo,
            Tarea.estado == EstadoTarea.HECHA,
        )
        .order_by(Tarea.hecha_en.desc(), Tarea.id.desc())
        .limit(1)
    )
    return dict(dicho or {})


def remedios() -> tuple[documents.Remedio, ...]:
    """The remedies against a credit, with their terms (CFF 50; LSS 39 D, 294)."""
    cuales = (
        ("Aclaración administrativa", "La Subdelegación que determinó el crédito", "aclaracion"),
        (fundamento("remedio_inconformidad").texto, "Consejo Consultivo de la Delegación", "inconformidad"),
        ("Juicio contencioso administrativo", "Tribunal Federal de Justicia Administrativa", "juicio_tfja"),
    )
    return tuple(
        documents.Remedio(
            nombre=nombre,
            ante=ante,
            plazo=f"{termino(clave).descripcion} a partir del siguiente al día en que surte efectos la notificación",
            fundamento=termino(clave).cita,
        )
        for nombre, ante, clave in cuales
    )


def _oficio(ctx: Ctx, credito: Credito, clave: str, rubrica: Mapping[str, Any] | None) -> dict[str, Any]:
    """The block of CFF 38, addressed to the employer."""
    unidad = ctx.session.get_one(Subdelegacion, credito.subdelegacion_id)
    return {
        "expediente": ctx.session.get_one(Expediente, credito.expediente_id).folio,
        "autoridad": autoridad(ctx, unidad),
        "destinatario": documents.Destinatario(
            nombre=credito.patron.nombre, domicilio=credito.patron.domicilio, medio="Notificación"
        ),
        "fundamento": (fundamento(clave).texto,),
        "firma": firma(ctx, rubrica),
    }


def _patron(credito: Credito) -> documents.PatronDocumento:
    patron = credito.patron
    return documents.PatronDocumento(
        nombre=patron.nombre,
        rfc=patron.rfc or "",
        registros=(patron.registro_patronal,),
        sector=patron.giro,
        domicilio=patron.domicilio,
    )


def _periodo(credito: Credito) -> documents.Periodo | None:
    if credito.periodo_desde is None:
        return None
    return documents.Periodo(desde=credito.periodo_desde, hasta=credito.periodo_hasta)


def _liquidado(p: Mapping[str, Any]) -> documents.PeriodoLiquidado:
    return documents.PeriodoLiquidado(
        nombre=p["nombre"],
        limite=date.fromisoformat(p["limite"]),
        patron=Decimal(p["patron"]),
        trabajador=Decimal(p["trabajador"]),
        factor=p["factor"],
        actualizacion=Decimal(p["actualizacion"]),
        tasa=f"{p['tasa_recargos']} %",
        recargos=Decimal(p["recargos"]),
        total=Decimal(p["total"]),
    )


def _conceptos(credito: Credito, dicho: Mapping[str, Any]) -> Iterable[documents.ConceptoLiquidado]:
    """What was omitted of each ramo of the class, over the periods that stay."""
    pago, sumas = PAGO.get(credito.clase, "mensual"), {codigo: [0, 0] for codigo in CODIGOS}
    meses = _meses_que_quedan(dicho)
    nombres = ramos(credito.periodo_desde or date.fromisoformat(dicho["al"]))
    for _, _, primero, _, patron, trabajador in dicho["renglones"]:
        if primero[:7] in meses:
            for lugar, codigo in enumerate(CODIGOS):
                sumas[codigo][0] += patron[lugar]
                sumas[codigo][1] += trabajador[lugar]
    for codigo in CODIGOS:
        if nombres[codigo].pago == pago:
            yield documents.ConceptoLiquidado(
                nombre=nombres[codigo].nombre,
                patron=de_centesimos(sumas[codigo][0]),
                trabajador=de_centesimos(sumas[codigo][1]),
            )


def _meses_que_quedan(dicho: Mapping[str, Any]) -> frozenset[str]:
    """`YYYY-MM` of the periods of payment of the credit."""
    meses: set[str] = set()
    for p in dicho["periodos_pago"]:
        clave = str(p["clave"])
        if "-B" in clave:
            anio, bimestre = clave.split("-B")
            meses |= {f"{anio}-{2 * int(bimestre) - 1:02d}", f"{anio}-{2 * int(bimestre):02d}"}
        else:
            meses.add(clave)
    return frozenset(meses)


def _pasos(periodos: Iterable[Mapping[str, Any]]) -> Iterable[documents.PasoCalculo]:
    for p in periodos:
        for paso in p["pasos"]:
            yield _paso(p["nombre"], paso)


def _paso(periodo: str, paso: Mapping[str, Any]) -> documents.PasoCalculo:
    return documents.PasoCalculo(
        periodo=periodo, que=paso["que"], de_que=paso["de_que"], articulo=paso["articulo"]
    )


def _multa(dicha: Mapping[str, Any]) -> documents.MultaImpuesta:
    cual = infraccion(dicha["infraccion"])
    return documents.MultaImpuesta(
        infraccion=cual.clave,
        descripcion=cual.descripcion,
        sancion=cual.sancion,
        minimo=Decimal(dicha["minimo"]),
        maximo=Decimal(dicha["maximo"]),
        importe=Decimal(dicha["importe"] or 0),
        gravedad=dicha["gravedad"],
        antecedentes=dicha["antecedentes"],
        reincidencia=dicha["reincidencia"],
        excluidas=tuple(dicha["excluidas"]),
        pasos=tuple(_paso("", paso) for paso in dicha["pasos"]),
    )


def _plazo_de_pago() -> str:
    regla = termino("pago_credito")
    return (
        f"Se paga dentro de los {regla.descripcion} siguientes a aquel en que surte efectos la notificación "
        f"({regla.cita}). La actualización y los recargos siguen corriendo hasta el pago."
    )


def _descuento() -> str:
    ajuste = reduccion()
    return (
        f"Si la multa se paga dentro de los {termino(ajuste.plazo).descripcion} se reduce "
        f"{ajuste.valor.normalize():f} % ({ajuste.cita})."
    )


def _trabajador(t: list[Any]) -> tuple[str, ...]:
    nss, nombre, desde, hasta, comprobado, registrado, _ = t
    return (
        nss,
        nombre,
        _corta(desde),
        _corta(hasta),
        dinero(Decimal(comprobado)),
        dinero(Decimal(registrado)) if registrado else "Sin registro",
    )


def _corta(iso: str) -> str:
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}"


def _renglones(credito: Credito, dicho: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    """What was omitted by worker and month, both parts, of the ramos of the class: one line a year."""
    pago, meses = PAGO.get(credito.clase, "mensual"), _meses_que_quedan(dicho)
    nss = list(dict.fromkeys(t[0] for t in dicho["trabajadores"]))
    sumas: dict[tuple[int, str], list[int]] = {}
    suyos: dict[str, tuple[int, ...]] = {}
    for persona, _, primero, _, patron, trabajador in dicho["renglones"]:
        mes = primero[:7]
        if mes not in meses:
            continue
        if mes not in suyos:
            de_mes = ramos(date.fromisoformat(primero))
            suyos[mes] = tuple(n for n, codigo in enumerate(CODIGOS) if de_mes[codigo].pago == pago)
        fila = sumas.setdefault((persona, mes[:4]), [0] * 12)
        fila[int(mes[5:]) - 1] += sum(patron[n] + trabajador[n] for n in suyos[mes])
    for (persona, anio), importes in sorted(sumas.items()):
        # Without thousands: digits and points alone keep the columns of the annex.
        yield (nss[persona], anio, *(str(de_centesimos(c)) for c in importes))


def _computo(ctx: Ctx, credito: Credito) -> Iterable[tuple[str, ...]]:
    for clave in ("prescripcion", "prescripcion_tope"):
        uno = plazo.abiertos(ctx, de_credito(credito)).get(clave)
        movimiento = (
            uno
            and ctx.session.scalars(
                select(MovimientoPlazo)
                .where(MovimientoPlazo.plazo_id == uno.id)
                .order_by(MovimientoPlazo.id.desc())
                .limit(1)
            ).first()
        )
        for paso in movimiento.derivacion if movimiento else []:
            yield (str(paso["que"]), str(paso["de_que"]), str(paso["articulo"]))
