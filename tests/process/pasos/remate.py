"""Verbs of a sale: `abrir_lote`, `ofrecer`, `pagar_saldo`, `situacion`, `suspender_cobro`, `ver_remate`."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_UP, Decimal
from typing import Any

from sqlalchemy import select

from models.documento import Documento
from models.pae import CreditoEnPae, Pae
from models.remate import Remate
from tests.factories import remate as fabrica
from tests.factories.casa import ZONA
from tests.factories.pae import anexo
from tests.process.pasos import paso
from workflow.actions import remate as acciones
from workflow.actions._transaction import action
from workflow.context import Actor, Ctx
from workflow.operations import mensaje

POSTOR = {
    "nombre": "Compradora de Prueba",
    "nacionalidad": "Mexicana",
    "domicilio": "Calle 5 de Mayo 12, Puebla",
    "cuenta": "012180001234567897",
    "correo": "compradora@example.com",
    "servidor_publico": False,
}
RFCS = ("GODE561231GR8", "VECJ880326XX3", "SOMA800101AB1", "LOPR750615H20")


@paso
def abrir_lote(
    escena: Any,
    como: str,
    *,
    tipo: str = "mueble",
    avaluo: dict[str, str] | None = None,
    estado: str = "en_deposito",
) -> None:
    """An enforcement with one good at the door of its sale; `avaluo`: one given before (valor, rendido, hasta)."""

    @action
    def empezar(ctx: Ctx) -> tuple[int, int, list[int]]:
        fabrica.valuadora(ctx)
        pae = fabrica.pae(ctx)
        bien = fabrica.bien(ctx, pae, tipo, estado)
        if avaluo:
            dias = (dt.date.fromisoformat(avaluo[campo]) for campo in ("rendido", "hasta"))
            fabrica.avaluo(ctx, bien, avaluo["valor"], *dias)
        anexos = [anexo(ctx, pae), anexo(ctx, pae, "dictamen.pdf", "application/pdf")]
        fabrica.empezar(ctx, pae, bien)
        return pae.id, bien.id, anexos

    with escena.obra.como() as ctx:
        pae_id, bien_id, anexos = empezar(ctx)
    escena.ids[como] = ("pae", pae_id)
    escena.ids[f"{como}.bien"] = ("bien", bien_id)
    escena.ids[f"{como}.foto"], escena.ids[f"{como}.dictamen"] = (("documento", uno) for uno in anexos)


@paso
def ofrecer(
    escena: Any,
    importe: str,
    *,
    de: str,
    cuando: str | None = None,
    postor: int = 0,
    deposito: str | None = None,
    transferencia: str | None = None,
    con: dict[str, Any] | None = None,
) -> None:
    """A bid of the public page; `cuando`: the clock goes there first. `postor`: which of the invented ones."""
    if cuando is not None:
        escena._reloj(cuando)
    folio = _remate(escena, de).folio
    datos = {
        **POSTOR,
        "rfc": RFCS[postor],
        "importe": importe,
        "deposito": deposito or str((Decimal(importe) / 10).quantize(Decimal("0.01"), ROUND_UP)),
        "transferencia": transferencia or f"SPEI{postor}-{importe}".replace(".", "-"),
        **(con or {}),
    }
    with escena.obra.como(Actor("publico")) as ctx:
        acciones.presentar_postura(ctx, folio, datos)


@paso
def pagar_saldo(escena: Any, de: str, *, importe: str, dia: str | None = None) -> None:
    """The winner pays what is left, captured by the chief of collection."""
    remate = _remate(escena, de)
    hoy = escena.obra.ahora.astimezone(ZONA).date()
    fecha = dt.date.fromisoformat(dia) if dia else hoy
    with escena.obra.como(escena.obra.persona("hector.rios")) as ctx:
        acciones.registrar_saldo(ctx, remate.id, fecha, Decimal(importe))


@paso
def situacion(escena: Any, de: str) -> None:
    """What held the sale changed: the shell tells it, as the ears of the enforcement do."""

    @action
    def avisar(ctx: Ctx) -> None:
        mensaje.enviar(ctx, "incidente_depositaria", str(escena.ids[de][1]), {})

    with escena.obra.como() as ctx:
        avisar(ctx)


@paso
def suspender_lote(escena: Any, de: str, *, por: str = "") -> None:
    """Something holds every credit of the enforcement (`por`), or nothing does any more."""

    @action
    def marcar(ctx: Ctx) -> None:
        for fila in ctx.session.scalars(select(CreditoEnPae).where(CreditoEnPae.pae_id == escena.ids[de][1])):
            fila.suspendido_por = por

    with escena.obra.como() as ctx:
        marcar(ctx)


@paso
def ver_remate(escena: Any, de: str, *, con: dict[str, Any], sobre: str | None = None) -> None:
    """Fields of the last sale, or of that of the good named in `sobre`; `bien`: state of the good; `posturas`:
    states in the order received; `cierra`: local; `papeles`: how many of each kind; `abandono`."""
    con = dict(con)
    with escena.obra.como() as ctx:
        fila = ctx.session.get_one(Remate, _remate(escena, de, sobre).id)
        if "bien" in con:
            assert fila.bien.estado.value == con.pop("bien"), fila.bien.estado
        if "posturas" in con:
            estados = [una.estado.value for una in fila.posturas]
            assert estados == con.pop("posturas"), estados
        if "cierra" in con:
            assert fila.cierra_en is not None
            cierra = fila.cierra_en.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
            assert cierra == con.pop("cierra"), cierra
        for tipo, cuantos in con.pop("papeles", {}).items():
            pae = ctx.session.get_one(Pae, fila.pae_id)
            consulta = select(Documento).where(
                Documento.expediente_id == pae.expediente_id, Documento.tipo == tipo
            )
            hay = len(ctx.session.scalars(consulta).all())
            assert hay == cuantos, f"{tipo}: {hay}"
        for campo, debe in con.items():
            tiene = getattr(fila, campo)
            tiene = getattr(tiene, "value", tiene)
            tiene = f"{tiene:.2f}" if isinstance(tiene, Decimal) else tiene
            assert tiene == debe, f"{campo}: {tiene} y no {debe}"


def _remate(escena: Any, de: str, sobre: str | None = None) -> Remate:
    with escena.obra.como() as ctx:
        consulta = select(Remate).where(Remate.pae_id == escena.ids[de][1]).order_by(Remate.id.desc())
        if sobre is not None:
            consulta = consulta.where(Remate.bien_id == escena.ids[sobre][1])
        fila: Remate = ctx.session.scalars(consulta.limit(1)).one()
        return fila
