"""What a credit amounts to: its base, the arithmetic kept whole in the file store, its charges (LSS 39 C, 304).

Every computation is a new row of Cedula; the newest is the one in force. What it says is read from the store
and never computed again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import (
    Cedula,
    ClaseCredito,
    ConceptoCredito,
    Credito,
    TrabajadorDeterminado,
)
from models.patron import Patron
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import cuenta, indice, plazo
from workflow.operations._guardas_cobro import PAGO, g_caducidad_de_periodos
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_credito
from workflow.rules import cedula as regla
from workflow.rules import cedula_multa
from workflow.rules.cedula import MultaCedula, Periodo, Persona, Sancion
from workflow.rules.liquidacion import Liquidacion, de_pago
from workflow.rules.paso import a_contrato

CERO = Decimal("0.00")
OTRA_VEZ = "Se calculó otra vez"


def calcular(ctx: Ctx, credito: Credito, sanciones: Sequence[Sancion] = ()) -> Cedula:
    """A new cédula of the credit to today, with its charges. Raises ReglaError as the rules do, DatoInvalido
    where the act proved nobody in the periods of the credit."""
    return _escribir(ctx, credito, ctx.hoy, sanciones, cargar=True)


def recomputar(ctx: Ctx, credito: Credito, al: dt.date) -> Cedula:
    """The same credit on another date: a new version; its charges stay as they are.

    Raises ReglaError where a period of the credit was not over on that date, or an index is missing.
    """
    anterior = vigente(ctx, credito)
    sanciones = () if anterior is None else sanciones_de(anterior)
    return _escribir(ctx, credito, al, sanciones, cargar=False)


def vigente(ctx: Ctx, credito: Credito) -> Cedula | None:
    """The newest cédula of a credit."""
    return ctx.session.scalars(
        select(Cedula).where(Cedula.credito_id == credito.id).order_by(Cedula.version.desc()).limit(1)
    ).first()


def aritmetica(ctx: Ctx, cedula: Cedula) -> dict[str, Any]:
    """The whole computation as it was kept. Raises NoEncontrado where the file is gone or altered."""
    leida: dict[str, Any] = json.loads(ctx.servicios.almacen.leer(cedula.sha256))
    return leida


def sanciones_de(cedula: Cedula) -> tuple[Sancion, ...]:
    """The fine of a cédula as it was proposed; none where it has none."""
    dicha = cedula.individualizacion
    if not dicha or dicha.get("importe") is None:
        return ()
    return (
        Sancion(
            infraccion=dicha["infraccion"],
            fecha=dt.date.fromisoformat(dicha["fecha"]),
            importe=None if dicha.get("porcentaje") else Decimal(dicha["propuesto"]),
            porcentaje=Decimal(dicha["porcentaje"]) if dicha.get("porcentaje") else None,
            reincidencia=bool(dicha["reincidencia"]),
            gravedad=dicha["gravedad"],
            antecedentes=dicha["antecedentes"],
        ),
    )


def trabajadores(ctx: Ctx, credito: Credito) -> list[TrabajadorDeterminado]:
    """The stretches of the act that touch the periods of the credit, by NSS and date."""
    consulta = select(TrabajadorDeterminado).where(TrabajadorDeterminado.acto_id == credito.acto_id)
    if credito.periodo_desde is not None:
        consulta = consulta.where(TrabajadorDeterminado.hasta >= credito.periodo_desde)
    if credito.periodo_hasta is not None:
        consulta = consulta.where(TrabajadorDeterminado.desde <= credito.periodo_hasta)
    return list(
        ctx.session.scalars(consulta.order_by(TrabajadorDeterminado.nss, TrabajadorDeterminado.desde))
    )


def _escribir(
    ctx: Ctx, credito: Credito, al: dt.date, sanciones: Sequence[Sancion], *, cargar: bool
) -> Cedula:
    anterior = vigente(ctx, credito)
    base = trabajadores(ctx, credito)
    hecha = _liquidar(ctx, credito, base, al)
    multa = _multa(credito, hecha, sanciones)
    dicho = _decir(credito, base, hecha, multa, al)
    datos = json.dumps(dicho, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    de_cuotas = hecha if credito.clase is not ClaseCredito.MULTA else None
    importe = (multa.importe if multa else None) or CERO
    fila = Cedula(
        credito_id=credito.id,
        version=(anterior.version if anterior else 0) + 1,
        al=al,
        trabajadores=len({uno.nss for uno in base}),
        omitido_patron=de_cuotas.patron if de_cuotas else CERO,
        omitido_trabajador=de_cuotas.trabajador if de_cuotas else CERO,
        actualizacion=de_cuotas.actualizacion if de_cuotas else CERO,
        recargos=de_cuotas.recargos if de_cuotas else CERO,
        multa=importe,
        total=(de_cuotas.total if de_cuotas else CERO) + importe,
        individualizacion=dicho["multa"],
        sha256=ctx.servicios.almacen.guardar(datos),
        calculada_en=ctx.now,
        calculada_por=ctx.actor.usuario_id,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    if cargar:
        antes = aritmetica(ctx, anterior)["cargos"] if anterior is not None else []
        _cargar(ctx, credito, antes, dicho["cargos"])
    anotar(
        ctx,
        "calcular_credito",
        de_credito(credito),
        version=fila.version,
        al=al.isoformat(),
        sha256=fila.sha256,
    )
    return fila


def _liquidar(
    ctx: Ctx, credito: Credito, base: Sequence[TrabajadorDeterminado], al: dt.date
) -> Liquidacion | None:
    """The cuotas of the class of the credit; for a fine those of every class, which are its base."""
    if not base:
        if credito.clase is ClaseCredito.MULTA:
            return None
        raise DatoInvalido(
            "El acto no tiene trabajadores probados en los periodos de este crédito. Captúralos o "
            "impórtalos en el acto y reintenta."
        )
    if credito.clase is ClaseCredito.CAPITAL:
        raise DatoInvalido(
            "Un capital constitutivo no sale de los salarios probados: este sistema no lo calcula."
        )
    patron = ctx.session.get_one(Patron, credito.patron_id)
    acto = ctx.session.get_one(Acto, credito.acto_id)
    hecha = regla.calcular(
        personas_de(base, credito.periodo_desde, credito.periodo_hasta),
        al,
        clase_riesgo=patron.clase_riesgo if patron.prima is None else None,
        prima=patron.prima,
        zona=patron.zona,
        inpc=indice.serie(ctx),
        inhabiles_extra=plazo.inhabiles(ctx, credito.subdelegacion_id),
    )
    lapsos = g_caducidad_de_periodos(ctx, acto, credito.clase, credito.periodo_desde, credito.periodo_hasta)
    return de_pago(hecha, PAGO.get(credito.clase, "mensual"), {tramo.clave for tramo in lapsos})


def personas_de(
    base: Iterable[TrabajadorDeterminado], desde: dt.date | None, hasta: dt.date | None
) -> list[Persona]:
    """The rows of an act as the rule reads them, cut to the periods of a credit. Known by their NSS."""
    por_nss: dict[str, list[Periodo]] = {}
    for fila in base:
        por_nss.setdefault(fila.nss, []).append(
            Periodo(
                desde=max(fila.desde, desde) if desde else fila.desde,
                hasta=min(fila.hasta, hasta) if hasta else fila.hasta,
                real=fila.sbc_comprobado,
                registrado=fila.sbc_registrado,
                cuota_diaria=fila.cuota_diaria,
            )
        )
    return [Persona(nss, tuple(periodos)) for nss, periodos in por_nss.items()]


def _multa(credito: Credito, hecha: Liquidacion | None, sanciones: Sequence[Sancion]) -> MultaCedula | None:
    if credito.clase is not ClaseCredito.MULTA or not sanciones:
        return None
    return cedula_multa.imponer(sanciones, hecha.cedula.omitido if hecha else CERO)


def _decir(
    credito: Credito,
    base: Sequence[TrabajadorDeterminado],
    hecha: Liquidacion | None,
    multa: MultaCedula | None,
    al: dt.date,
) -> dict[str, Any]:
    """The arithmetic as plain data: what went in, each row in cents, each period with its steps, the fine."""
    libro = hecha.cedula.libro if hecha else None
    es_multa = credito.clase is ClaseCredito.MULTA
    return {
        "credito": credito.folio,
        "clase": credito.clase.value,
        "al": al.isoformat(),
        "riesgo": _riesgo(hecha),
        "zona": libro.zona if libro else None,
        "trabajadores": [_trabajador(uno) for uno in base],
        # person, period of hers, first day, days, cents by ramo of the employer and of the worker
        "renglones": [
            [r.persona, r.periodo, r.primero.isoformat(), r.dias, list(r.patron), list(r.trabajador)]
            for r in (libro.renglones if libro else ())
        ],
        "omitido_total": str(hecha.cedula.omitido) if hecha else "0.00",
        "periodos_pago": [_periodo(p) for p in (hecha.liquidados if hecha and not es_multa else ())],
        "caducos": [p.tramo.nombre for p in (hecha.caducos if hecha else ())],
        "multa": _de_multa(multa, hecha),
        "cargos": _cargos(credito, hecha, multa, al),
        "avisos": list(hecha.cedula.avisos) if hecha else [],
    }


def _riesgo(hecha: Liquidacion | None) -> dict[str, Any] | None:
    if hecha is None:
        return None
    primero = min(r.primero for r in hecha.cedula.libro.renglones)
    prima, *_ = hecha.cedula.libro.riesgo.en(primero)
    return {"prima": str(prima)}


def _trabajador(uno: TrabajadorDeterminado) -> list[Any]:
    return [
        uno.nss,
        uno.nombre,
        uno.desde.isoformat(),
        uno.hasta.isoformat(),
        str(uno.sbc_comprobado),
        None if uno.sbc_registrado is None else str(uno.sbc_registrado),
        None if uno.cuota_diaria is None else str(uno.cuota_diaria),
    ]


def _periodo(pagado: regla.Liquidado) -> dict[str, Any]:
    return {
        "clave": pagado.tramo.clave,
        "nombre": pagado.tramo.nombre,
        "limite": pagado.tramo.limite.isoformat(),
        "patron": str(pagado.patron),
        "trabajador": str(pagado.trabajador),
        "factor": str(pagado.accesorios.factor),
        "actualizacion": str(pagado.actualizacion),
        "tasa_recargos": str(pagado.accesorios.tasa_recargos),
        "recargos": str(pagado.accesorios.recargos),
        "total": str(pagado.accesorios.total),
        "pasos": a_contrato(pagado.accesorios.pasos),
    }


def _de_multa(multa: MultaCedula | None, hecha: Liquidacion | None) -> dict[str, Any] | None:
    if multa is None:
        return None
    sancion = multa.sancion
    return {
        "infraccion": sancion.infraccion,
        "fecha": sancion.fecha.isoformat(),
        "base": str(hecha.cedula.omitido) if hecha else None,
        "minimo": str(multa.minimo),
        "maximo": str(multa.maximo),
        "importe": None if multa.importe is None else str(multa.importe),
        "propuesto": None if sancion.importe is None else str(sancion.importe),
        "porcentaje": None if sancion.porcentaje is None else str(sancion.porcentaje),
        "reincidencia": sancion.reincidencia,
        "gravedad": sancion.gravedad,
        "antecedentes": sancion.antecedentes,
        "excluidas": list(multa.excluidas),
        "pasos": a_contrato(multa.pasos),
        "avisos": list(multa.avisos),
    }


def _cargos(
    credito: Credito, hecha: Liquidacion | None, multa: MultaCedula | None, al: dt.date
) -> list[list[str]]:
    """What the account is charged: the principal of each period on the day it was due, or the fine.

    Updating and surcharges run on the principal in the account (`cuenta.saldo`), to any date.
    """
    if credito.clase is ClaseCredito.MULTA:
        importe = multa.importe if multa else None
        return [["multa", al.isoformat(), str(importe), "Multa"]] if importe else []
    cargos: list[list[str]] = []
    for pagado in hecha.liquidados if hecha else ():
        for concepto, importe in (
            (ConceptoCredito.CUOTAS_PATRON, pagado.patron),
            (ConceptoCredito.CUOTAS_TRABAJADOR, pagado.trabajador),
        ):
            if importe > 0:
                cargos.append(
                    [concepto.value, pagado.tramo.limite.isoformat(), str(importe), pagado.tramo.nombre]
                )
    return cargos


def _cargar(
    ctx: Ctx, credito: Credito, antes: Sequence[Sequence[str]], cargos: Sequence[Sequence[str]]
) -> None:
    """Charge the account once: the same charges are left alone, others take the place of the first."""
    if antes and _principal(credito, antes) == _principal(credito, cargos):
        return
    if not antes:
        _cargar_nuevos(ctx, credito, cargos)
        return

    def otra_vez() -> None:
        cuenta.dar_de_baja(ctx, credito, OTRA_VEZ, _cita(credito), None)
        _cargar_nuevos(ctx, credito, cargos)

    # What was paid meanwhile is applied to the new charges.
    cuenta.rehacer(ctx, credito, OTRA_VEZ, otra_vez)


def _cargar_nuevos(ctx: Ctx, credito: Credito, cargos: Sequence[Sequence[str]]) -> None:
    for concepto, fecha, importe, que in cargos:
        cuenta.cargar(
            ctx,
            credito,
            ConceptoCredito(concepto),
            Decimal(importe),
            dt.date.fromisoformat(fecha),
            que if _es_multa(credito) else f"Omitido de {que}",
            _cita(credito),
        )


def _cita(credito: Credito) -> str:
    return "LSS 304; RACERF 183-189" if _es_multa(credito) else "LSS 39 C, 287"


def _principal(credito: Credito, cargos: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """What is compared: a fine imposed again for the same amount is the same whenever it is computed."""
    return [(c[0], "" if _es_multa(credito) else c[1], c[2]) for c in cargos]


def _es_multa(credito: Credito) -> bool:
    return credito.clase is ClaseCredito.MULTA
