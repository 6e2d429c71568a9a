"""The auctions that anybody may see, and their ranking once they have closed. Never who owes (CFF 69, 176)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from models.documento import Documento
from models.organizacion import Subdelegacion
from models.pae import Pae
from models.plazo import Plazo
from models.remate import EstadoPostura, EstadoRemate, Postura, Remate
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.params.remate import reglas
from workflow.rules.remate import deposito_minimo

E, S = EstadoRemate, EstadoPostura
VIVOS = (E.PUBLICADO, E.EN_SUBASTA)
SALDOS = ("saldo_mueble", "saldo_inmueble")


@dataclass(frozen=True)
class Llamado:
    """A call as it was published. `momento`: `por_abrir`, `abierta`, `cerrada`; hours of the Zona Centro."""

    folio: str
    bien: str
    tipo: str
    unidad: str
    base: Decimal
    postura_legal: Decimal
    deposito_minimo: Decimal
    por_ciento: str
    requisitos: str
    acreedores: tuple[str, ...]
    abre: dt.datetime
    cierra: dt.datetime
    momento: str
    convocatoria: str


@dataclass(frozen=True)
class Lugar:
    """A bid in the ranking. `postor`: name and mail, only of who wins or won."""

    folio: str
    importe: Decimal
    deposito: Decimal
    recibida: dt.datetime
    estado: str
    motivo: str
    postor: str


@dataclass(frozen=True)
class Orden:
    """The ranking of one sale for the staff. `sellada`: it has not closed, nobody sees a bid.

    `saldo`: what the winner owes until `limite`, while it is awaited.
    """

    remate_id: int
    folio: str
    bien: str
    estado: str
    base: Decimal | None
    postura_legal: Decimal | None
    cierra: dt.datetime | None
    sellada: bool
    lugares: tuple[Lugar, ...]
    saldo: Decimal | None
    limite: dt.date | None


def publicados(ctx: Ctx) -> list[Llamado]:
    """The calls published that have not closed, those that close first at the top."""
    consulta = _con_unidad().where(Remate.estado.in_(VIVOS)).order_by(Remate.cierra_en, Remate.id)
    filas = [_llamado(ctx, remate, unidad) for remate, unidad in ctx.session.execute(consulta)]
    return [uno for uno in filas if uno.momento != "cerrada"]


def ver(ctx: Ctx, folio: str) -> Llamado:
    """One call, also once it has closed. Raises NoEncontrado for one never published."""
    consulta = _con_unidad().where(Remate.folio == folio, Remate.convocado_en.is_not(None))
    fila = ctx.session.execute(consulta).first()
    if fila is None:
        raise NoEncontrado()
    return _llamado(ctx, *fila)


def _con_unidad() -> Select[Remate, str]:
    return (
        select(Remate, Subdelegacion.nombre)
        .join(Pae, Pae.id == Remate.pae_id)
        .join(Subdelegacion, Subdelegacion.id == Pae.subdelegacion_id)
    )


def _llamado(ctx: Ctx, remate: Remate, unidad: str) -> Llamado:
    assert remate.base is not None
    assert remate.postura_legal is not None
    assert remate.abre_en is not None
    assert remate.cierra_en is not None
    papel = _convocatoria(ctx, remate)
    dicho: dict[str, Any] = (papel.datos or {}).get("datos") or {} if papel is not None else {}
    return Llamado(
        folio=remate.folio,
        bien=remate.bien.descripcion,
        tipo=remate.bien.tipo.etiqueta,
        unidad=unidad,
        base=remate.base,
        postura_legal=remate.postura_legal,
        deposito_minimo=deposito_minimo(remate.postura_legal, ctx.hoy),
        por_ciento=f"{reglas(ctx.hoy).deposito.normalize():f} %",
        requisitos=str(dicho.get("requisitos") or ""),
        acreedores=tuple(str(uno.get("nombre") or "") for uno in remate.acreedores),
        abre=remate.abre_en,
        cierra=remate.cierra_en,
        momento=_momento(ctx, remate),
        convocatoria=(papel.folio or "") if papel is not None else "",
    )


def _convocatoria(ctx: Ctx, remate: Remate) -> Documento | None:
    filas = ctx.session.scalars(
        select(Documento)
        .where(
            Documento.sujeto_tipo == "pae",
            Documento.sujeto_id == remate.pae_id,
            Documento.tipo == "convocatoria_remate",
        )
        .order_by(Documento.id.desc())
    )
    return next(
        (d for d in filas if ((d.datos or {}).get("datos") or {}).get("remate") == remate.folio), None
    )


def _momento(ctx: Ctx, remate: Remate) -> str:
    """What may be done now. Before its process opens it, or its first hour, it is still to open."""
    if remate.estado not in VIVOS or remate.cierra_en is None or ctx.now >= remate.cierra_en:
        return "cerrada"
    abierta = remate.estado is E.EN_SUBASTA and remate.abre_en is not None and ctx.now >= remate.abre_en
    return "abierta" if abierta else "por_abrir"


def orden(ctx: Ctx, folio: str) -> Orden:
    """The ranking, for the staff of its unit. Raises NoEncontrado for a sale of another one."""
    consulta = (
        select(Remate)
        .join(Pae, Pae.id == Remate.pae_id)
        .where(Remate.folio == folio, Pae.subdelegacion_id == ctx.actor.subdelegacion_id)
    )
    remate = ctx.session.scalars(consulta).first()
    if remate is None:
        raise NoEncontrado()
    sellada = remate.estado in (E.PREPARADO, E.CONVOCADO, *VIVOS)
    gana = next((una for una in remate.posturas if una.estado is S.GANADORA), None)
    espera = _espera(ctx, remate) if gana is not None else None
    return Orden(
        remate_id=remate.id,
        folio=remate.folio,
        bien=remate.bien.descripcion,
        estado=remate.estado.etiqueta,
        base=remate.base,
        postura_legal=remate.postura_legal,
        cierra=remate.cierra_en,
        sellada=sellada,
        lugares=() if sellada else _lugares(ctx, remate.posturas),
        saldo=gana.importe - gana.deposito if gana is not None and espera is not None else None,
        limite=espera,
    )


def _espera(ctx: Ctx, remate: Remate) -> dt.date | None:
    return ctx.session.scalar(
        select(Plazo.vence).where(
            Plazo.sujeto_tipo == "pae",
            Plazo.sujeto_id == remate.pae_id,
            Plazo.clave.in_(SALDOS),
            Plazo.cerrado_en.is_(None),
        )
    )


def _lugares(ctx: Ctx, posturas: Sequence[Postura]) -> tuple[Lugar, ...]:
    vistas = sorted(
        (una for una in posturas if una.estado is not S.RECIBIDA),
        key=lambda una: (-una.importe, una.recibida_en, una.id),
    )
    return tuple(
        Lugar(
            folio=una.folio,
            importe=una.importe,
            deposito=una.deposito,
            recibida=una.recibida_en,
            estado=una.estado.etiqueta,
            motivo=una.motivo,
            postor=_nombre(ctx, una) if una.estado in (S.GANADORA, S.PAGADA) else "",
        )
        for una in vistas
    )


def _nombre(ctx: Ctx, postura: Postura) -> str:
    datos = ctx.servicios.boveda.descifrar(postura.cifrado)
    return ", ".join(str(datos[c]) for c in ("nombre", "correo") if datos.get(c))


def ganadora(ctx: Ctx, pae_id: int) -> str:
    """The bid to award, as the task shows it; empty where none wins."""
    fila = ctx.session.scalars(
        select(Postura)
        .join(Remate, Remate.id == Postura.remate_id)
        .where(Remate.pae_id == pae_id, Remate.estado == E.CON_GANADOR, Postura.estado == S.GANADORA)
        .order_by(Remate.id.desc())
    ).first()
    return f"{fila.folio}: ${fila.importe:,.2f}, con depósito de ${fila.deposito:,.2f}" if fila else ""
