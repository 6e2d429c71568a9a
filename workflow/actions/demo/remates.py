"""Steps of a sale: valued, objected, called, bid for, sold, adjudicated or left without buyers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from models.remate import Remate
from workflow.actions import remate
from workflow.actions.demo.guion import Historia
from workflow.actions.demo.vida import Vida
from workflow.context import Actor
from workflow.operations.subasta import por_pagar
from workflow.rules import remate as reglas

CENTAVO = Decimal("0.01")
PUBLICACION = 12  # días hábiles from the call to the first of the auction
OBJECION = "No está conforme con el avalúo y nombra perito."
POSTORES = (
    ("Compras y Remates del Centro", "GODE561231GR8", "compras@postor.invalid"),
    ("Jorge Velasco Cruz", "VECJ880326XX3", "jorge@postor.invalid"),
    ("Almudena Soto Meza", "SOMA800101AB1", "almudena@postor.invalid"),
)


def valuar(v: Vida) -> Historia:
    """The good is valued and the valuation served."""
    yield v.g.tras(1)
    v.completar("encargar_avaluo", v.pae)
    yield v.g.tras(4)
    foto = v.adjuntar("rendir_avaluo", v.pae, v.fila["bienes"][0]["descripcion"])
    v.completar(
        "rendir_avaluo",
        v.pae,
        valor=v.fila["avaluo"],
        vigencia=(v.g.hoy + dt.timedelta(days=300)).isoformat(),
        fotos=[foto],
    )
    yield v.g.tras(2)
    v.completar("practicar_diligencia", v.pae)


def convocar(v: Vida) -> Historia:
    """The call is published for the first day that the law allows, and one more."""
    yield v.g.tras(2)
    dia = v.g.hoy
    for _ in range(PUBLICACION):
        dia = v.g.calendario.siguiente_habil(dia)
    v.completar("convocar_remate", v.pae, fecha_subasta=dia.isoformat())


def objetar(v: Vida) -> Historia:
    """The debtor does not agree with the valuation: her expert has the word."""
    yield v.g.tras(2)
    v.promover(v.pae, "cobranza", "avaluo_objetado", OBJECION)


def ofrecer(v: Vida) -> Historia:
    """Bids on the public page, each higher than the one before."""
    vale = Decimal(v.fila["avaluo"])
    abre, _ = _horas(v)
    for lugar, (nombre, rfc, correo) in enumerate(POSTORES):
        yield abre + dt.timedelta(hours=2 + 5 * lugar)
        importe = (vale * (70 + 6 * lugar) / 100).quantize(CENTAVO)
        datos = {
            "nombre": nombre,
            "rfc": rfc,
            "correo": correo,
            "nacionalidad": "Mexicana",
            "domicilio": "Calle 5 de Mayo 12, León",
            "cuenta": "012180001234567897",
            "servidor_publico": False,
            "importe": str(importe),
            "deposito": str(reglas.deposito_minimo(importe, v.g.hoy)),
            "transferencia": f"SPEI-{v.caso.id}-{lugar}",
        }
        with v.g.como(Actor("publico")) as ctx:
            remate.presentar_postura(ctx, _remate(v).folio, datos)


def fincar(v: Vida) -> Historia:
    """The auction is over: the best bid wins, pays what is left and takes the good away."""
    _, cierra = _horas(v)
    yield cierra + dt.timedelta(hours=2)
    v.completar("fincar_remate", v.pae)
    yield v.g.tras(1)
    with v.g.como(v.g.persona(v.gente["cobranza"])) as ctx:
        suyo = ctx.session.get_one(Remate, _remate(v).id)
        remate.registrar_saldo(ctx, suyo.id, ctx.hoy, por_pagar(suyo))
    yield v.g.tras(1)
    v.completar("entregar_bien", v.pae)


def desertar(v: Vida) -> Historia:
    """Nobody came to the auction."""
    _, cierra = _horas(v)
    yield cierra + dt.timedelta(hours=1)


def adjudicar(v: Vida) -> Historia:
    """The Institute takes the good for the share of its value that the law fixes."""
    yield v.g.tras(2)
    v.completar("decidir_desierto", v.pae)


def liberar(v: Vida) -> Historia:
    """What was not needed goes back."""
    yield v.g.tras(2)
    v.completar("liberar_bienes", v.pae)


def _remate(v: Vida) -> Remate:
    """The newest sale of the enforcement."""
    with v.g.como() as ctx:
        consulta = select(Remate).where(Remate.pae_id == v.pae[1]).order_by(Remate.id.desc()).limit(1)
        return ctx.session.scalars(consulta).one()


def _horas(v: Vida) -> tuple[dt.datetime, dt.datetime]:
    """When the auction that was called opens and closes."""
    suyo = _remate(v)
    assert suyo.abre_en is not None
    assert suyo.cierra_en is not None
    return suyo.abre_en, suyo.cierra_en
