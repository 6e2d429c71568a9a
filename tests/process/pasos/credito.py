"""Verbs of a credit: `determinar`, `notificar_credito`, `quedar_firme`, `pagar_credito`, `suceder`, `ver_credito`…"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import Cedula, ClaseCredito, Credito
from models.pago import OrigenPago, Pago
from models.plazo import Plazo
from models.proceso import Mensaje
from tests.factories import credito as fabrica
from tests.factories.casa import ZONA
from tests.process.pasos import PASOS, paso
from workflow.actions import vigilancia as acciones
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations import cuenta, mensaje, plazo
from workflow.operations.credito_plazos import DEFENSA
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_credito


@paso
def determinar(
    escena: Any, como: str, *, acto: str = "a1", clase: str = "cop", con: dict[str, Any] | None = None
) -> None:
    """A credit of an act in resolution, which is made with its workers the first time that it is named."""
    con = con or {}
    fechas = fabrica.de_datos(con)

    @action
    def empezar(ctx: Ctx) -> tuple[int, int]:
        if acto in escena.ids:
            suyo = ctx.session.get_one(Acto, escena.ids[acto][1])
        else:
            suyo = fabrica.acto(ctx, **fechas)
            filas = tuple(tuple(t) for t in con.get("trabajadores", fabrica.TRABAJADORES))
            fabrica.trabajadores(ctx, suyo, filas, **fechas)
        return suyo.id, fabrica.nuevo(ctx, suyo, ClaseCredito(clase), **fechas).id

    with escena.obra.como() as ctx:
        acto_id, credito_id = empezar(ctx)
    escena.ids[acto], escena.ids[como] = ("acto", acto_id), ("credito", credito_id)


@paso
def notificar_credito(
    escena: Any, de: str, *, cuando: str = "2026-03-12T10:00", con: dict[str, Any] | None = None
) -> None:
    """From the project to the day after the effects of its service, by the real tasks."""
    con, dia = con or {}, dt.datetime.fromisoformat(cuando)
    with escena.obra.como() as ctx:
        clase = ctx.session.get_one(Credito, escena.ids[de][1]).clase
    if clase is ClaseCredito.MULTA:
        multa = {"plantilla": "multa", "individualizacion": MULTA}
        con = {**con, "elaborar_cedula": {**multa, **con.get("elaborar_cedula", {})}}
    for nodo in ("elaborar_cedula", "revisar_cedula", "firmar_cedula"):
        escena._tarea(nodo, de, con.get(nodo))
    escena._reloj((dia + dt.timedelta(hours=1)).isoformat(timespec="minutes"))
    escena._tarea("practicar_diligencia", de, {"fecha_hora": cuando})
    escena._vencer("surte_efectos", de)


@paso
def nombrar_creditos(escena: Any, de: str) -> list[str]:
    """The credits of an act get names: `<act>.c1`, `<act>.c2`…; returns them."""
    with escena.obra.como() as ctx:
        ids = ctx.session.scalars(
            select(Credito.id).where(Credito.acto_id == escena.ids[de][1]).order_by(Credito.id)
        ).all()
    nombres = [f"{de}.c{numero}" for numero in range(1, len(ids) + 1)]
    escena.ids |= {nombre: ("credito", uno) for nombre, uno in zip(nombres, ids, strict=True)}
    return nombres


@paso
def quedar_firme(escena: Any, de: str) -> None:
    """The credits of the act of a denuncia are neither paid nor fought: the days of every defence run out."""
    nombres = PASOS["nombrar_creditos"](escena, f"{de}.acto")
    for nombre in nombres:
        with escena.obra.como() as ctx:
            defensas = select(Plazo.dispara_en).where(
                Plazo.sujeto_tipo == "credito",
                Plazo.sujeto_id == escena.ids[nombre][1],
                Plazo.clave.in_(DEFENSA),
                Plazo.cerrado_en.is_(None),
            )
            ultima = max(ctx.session.scalars(defensas))
        if ultima > escena.obra.ahora:
            escena._reloj(f"{ultima.astimezone(ZONA).date()}T10:00")
    PASOS["vigilar"](escena, de)


MULTA = [
    {
        "infraccion": "304",
        "gravedad": "Tres de tres personas revisadas.",
        "antecedentes": "Sin multas anteriores.",
        "porcentaje": "50",
    }
]


@paso
def pagar_credito(
    escena: Any, de: str, *, importe: str | None = None, parte: str = "1", fecha: str | None = None
) -> None:
    """A payment of the employer: `importe`, or a part of what is owed that day."""
    credito_id = escena.ids[de][1]

    @action
    def pagar(ctx: Ctx) -> None:
        credito = ctx.session.get_one(Credito, credito_id)
        dia = dt.date.fromisoformat(fecha) if fecha else ctx.hoy
        cuanto = Decimal(importe) if importe else cuenta.saldo(ctx, credito, dia).total * Decimal(parte)
        folio = siguiente(ctx, "PAG")
        pago = Pago(
            folio=folio,
            origen=OrigenPago.VENTANILLA,
            referencia=folio,
            patron_id=credito.patron_id,
            subdelegacion_id=credito.subdelegacion_id,
            fecha=dia,
            importe=cuanto.quantize(Decimal("0.01")),
            excedente=Decimal(0),
            registrado_en=ctx.now,
        )
        ctx.session.add(pago)
        ctx.session.flush()
        mensaje.enviar(ctx, "pago_registrado", credito_id, {"pago_id": pago.id})

    with escena.obra.como() as ctx:
        pagar(ctx)


@paso
def suceder(escena: Any, nombre: str, *, de: str, con: dict[str, Any] | None = None) -> None:
    """A message of another process to a credit."""
    escena._mensaje(nombre, str(escena.ids[de][1]), con or {})


@paso
def vigilar(escena: Any, _de: str) -> None:
    """The watch over the terms that ran out."""
    with escena.obra.como() as ctx:
        acciones.vigilar(ctx)


@paso
def correr_desde(escena: Any, de: str, *, clave: str, desde: str) -> None:
    """A term of the credit as if it ran since `desde`: the tables of surcharges do not reach five years ahead."""

    @action
    def correr(ctx: Ctx) -> None:
        sujeto = de_credito(ctx.session.get_one(Credito, escena.ids[de][1]))
        plazo.abrir(ctx, sujeto, clave, desde=dt.date.fromisoformat(desde))
        assert ctx.engine is not None
        ctx.engine.reproject(ctx, sujeto)

    with escena.obra.como() as ctx:
        correr(ctx)


@paso
def otro_credito(escena: Any, como: str, *, de: str) -> None:
    """The credit that takes the place of another, by name."""
    with escena.obra.como() as ctx:
        nuevo = ctx.session.scalars(select(Credito).where(Credito.sustituye_id == escena.ids[de][1])).one()
        escena.ids[como] = ("credito", nuevo.id)


@paso
def ver_credito(escena: Any, de: str, *, con: dict[str, Any]) -> None:
    """Fields of the credit; `versiones` of its cédula, `saldo`, `duracion` of terms, `definido` to denuncias."""
    with escena.obra.como() as ctx:
        fila = ctx.session.get_one(Credito, escena.ids[de][1])
        for campo, debe in con.items():
            tiene = _campo(ctx, fila, campo)
            assert tiene == debe, f"{campo}: {tiene} y no {debe}"


def _campo(ctx: Ctx, fila: Credito, campo: str) -> Any:
    if campo == "versiones":
        return len(ctx.session.scalars(select(Cedula.id).where(Cedula.credito_id == fila.id)).all())
    if campo == "saldo":
        return f"{cuenta.saldo(ctx, fila, ctx.hoy).total:.2f}"
    if campo == "definido":
        dichos = ctx.session.scalars(
            select(Mensaje).where(Mensaje.nombre == "credito_definido").order_by(Mensaje.id)
        )
        return [m.datos["estado"] for m in dichos if m.datos["credito_id"] == fila.id]
    if campo == "duracion":
        filas = ctx.session.scalars(
            select(Plazo).where(
                Plazo.sujeto_tipo == "credito", Plazo.sujeto_id == fila.id, Plazo.cerrado_en.is_(None)
            )
        )
        return {p.clave: p.longitud for p in filas if p.clave in ("inconformidad", "juicio_tfja")}
    tiene = getattr(fila, campo)
    tiene = tiene.isoformat() if isinstance(tiene, dt.date) else tiene
    return getattr(tiene, "value", tiene)
