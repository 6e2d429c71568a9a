"""A bid: received sealed, weighed only when the auction closes (CFF 181-183, 189; RCFF 104-108)."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from models.organizacion import Usuario
from models.remate import EstadoPostura, EstadoRemate, Postura, Remate
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations import plazo
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.remate import impedimentos, sujeto_de
from workflow.rules import remate as reglas
from workflow.rules.dinero import escribir

NO_SE_RECIBE = "Por ahora no se reciben posturas en este remate: una suspensión legal lo detiene."


def recibir(ctx: Ctx, remate: Remate, datos: Mapping[str, Any]) -> Postura:
    """Keep a bid of `remate`, whose row the caller has locked; a better one at the end adds minutes.

    `datos`: rfc, importe, deposito, transferencia, and what is kept sealed (nombre, nacionalidad, domicilio,
    cuenta, correo…). The same one sent twice is one. Raises NoPermitido out of hours and DatoInvalido for
    one that the law refuses.
    """
    repetida = _repetida(ctx, remate, datos)
    if repetida is not None:
        return repetida
    _a_tiempo(ctx, remate)
    importe, deposito = Decimal(str(datos["importe"])), Decimal(str(datos["deposito"]))
    _legal(ctx, remate, importe, deposito)
    fila = Postura(
        folio=siguiente(ctx, "POS"),
        rfc=str(datos["rfc"]),
        importe=importe,
        deposito=deposito,
        transferencia=str(datos["transferencia"]),
        cifrado=ctx.servicios.boveda.cifrar(
            {k: v for k, v in datos.items() if k not in ("rfc", "importe", "deposito", "transferencia")}
        ),
        recibida_en=ctx.now,
    )
    mejora = importe > max((una.importe for una in _vivas(remate)), default=Decimal(0))
    remate.posturas.append(fila)
    ctx.session.flush()
    _ampliar(ctx, remate, mejora)
    # Neither who nor how much: the log is read before the auction closes.
    anotar(ctx, "recibir_postura", sujeto_de(ctx, remate), remate_id=remate.id, postura_id=fila.id)
    return fila


def _vivas(remate: Remate) -> list[Postura]:
    return [una for una in remate.posturas if una.estado is EstadoPostura.RECIBIDA]


def _repetida(ctx: Ctx, remate: Remate, datos: Mapping[str, Any]) -> Postura | None:
    """The same bid sent again; another one with its reference is refused."""
    fila = ctx.session.scalars(
        select(Postura).where(
            Postura.remate_id == remate.id, Postura.transferencia == str(datos["transferencia"])
        )
    ).first()
    if fila is None:
        return None
    if fila.rfc == datos["rfc"] and fila.importe == Decimal(str(datos["importe"])):
        return fila
    raise DatoInvalido(
        "Esa referencia ya ampara otra postura de este remate. Cada postura lleva su propio depósito.",
        {"transferencia": "Esa referencia ya ampara otra postura: escribe la de este depósito."},
    )


def _a_tiempo(ctx: Ctx, remate: Remate) -> None:
    if remate.estado is not EstadoRemate.EN_SUBASTA or remate.abre_en is None or remate.cierra_en is None:
        if remate.estado is EstadoRemate.PUBLICADO:
            raise NoPermitido("La subasta todavía no abre. Vuelve el día y a la hora de la convocatoria.")
        raise NoPermitido("Esta subasta ya cerró: no recibe más posturas.")
    if ctx.now < remate.abre_en:
        cuando = remate.abre_en.astimezone(ctx.servicios.zona)
        raise NoPermitido(f"La subasta abre el {cuando:%d/%m/%Y} a las {cuando:%H:%M}, hora del Centro.")
    if ctx.now >= remate.cierra_en:
        raise NoPermitido("Esta subasta ya cerró: no recibe más posturas.")
    if impedimentos(ctx, remate.pae_id):
        raise NoPermitido(NO_SE_RECIBE)


def _legal(ctx: Ctx, remate: Remate, importe: Decimal, deposito: Decimal) -> None:
    legal = remate.postura_legal or Decimal(0)
    if importe < legal:
        raise DatoInvalido(
            f"Tu postura no llega a la postura legal, {escribir(legal)} (artículo 179 del CFF).",
            {"importe": f"No llega a la postura legal: ofrece {escribir(legal)} o más."},
        )
    minimo = reglas.deposito_minimo(importe, ctx.hoy)
    if deposito < minimo:
        raise DatoInvalido(
            f"Para ofrecer {escribir(importe)} se deposita {escribir(minimo)} o más (artículo 181 del CFF).",
            {"deposito": f"El depósito debe ser de {escribir(minimo)} o más."},
        )
    if deposito > importe:
        raise DatoInvalido(
            "El depósito no puede ser mayor que lo que ofreces.",
            {"deposito": "El depósito no puede ser mayor que lo que ofreces."},
        )


def _ampliar(ctx: Ctx, remate: Remate, mejora: bool) -> None:
    assert remate.cierra_en is not None
    cierra = reglas.ampliada(remate.cierra_en, ctx.now, mejora).astimezone(dt.UTC)
    if cierra == remate.cierra_en:
        return
    remate.cierra_en = cierra
    sujeto = sujeto_de(ctx, remate)
    plazo.abrir(
        ctx, sujeto, "subasta", instante=cierra, motivo="Postura mejor en los últimos minutos (CFF 183)"
    )
    if ctx.engine is not None:
        ctx.engine.reproject(ctx, sujeto)


def oferta(ctx: Ctx, fila: Postura) -> reglas.Oferta:
    """The bid as the ranking reads it: opened only here, when the auction has closed."""
    return reglas.Oferta(
        fila.id, fila.importe, fila.deposito, fila.recibida_en, impedida=_es_de_la_casa(ctx, fila)
    )


def abrir(ctx: Ctx, fila: Postura) -> dict[str, Any]:
    """What was sealed. Raises NoPermitido before the bids of its auction are ranked."""
    if fila.estado is EstadoPostura.RECIBIDA:
        raise NoPermitido("Las posturas están selladas hasta que se califican.")
    return ctx.servicios.boveda.descifrar(fila.cifrado)


def _es_de_la_casa(ctx: Ctx, fila: Postura) -> bool:
    """Whoever has an account of the Institute, by mail or by name, or who said so (CFF 189)."""
    datos = ctx.servicios.boveda.descifrar(fila.cifrado)
    if datos.get("servidor_publico"):
        return True
    correo = str(datos.get("correo") or "").strip().lower()
    suyo = select(Usuario.id).where(func.lower(Usuario.correo) == correo)
    if correo and ctx.session.scalar(suyo.limit(1)) is not None:
        return True
    nombre = _llano(str(datos.get("nombre") or ""))
    return bool(nombre) and any(_llano(uno) == nombre for uno in ctx.session.scalars(select(Usuario.nombre)))


def _llano(nombre: str) -> str:
    """A name without accents, capitals or order of its words."""
    sin = unicodedata.normalize("NFKD", nombre.casefold()).encode("ascii", "ignore").decode()
    return " ".join(sorted(sin.split()))
