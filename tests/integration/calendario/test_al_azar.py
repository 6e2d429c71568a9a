"""Random ledgers: what the batches write is what the ledger says of each term by itself, to the last step."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from sqlalchemy import select, update

from models.organizacion import Subdelegacion
from models.plazo import MovimientoPlazo, Plazo, Suspension, TipoMovimiento
from models.proceso import Temporizador
from tests.factories.calendario import CLAVES as SEMBRADAS
from tests.factories.calendario import sembrar
from tests.integration.calendario import apoyo
from tests.integration.dominio.apoyo import Juego
from workflow.actions import calendario
from workflow.actions.calendario import Dia
from workflow.context import Ctx
from workflow.operations import plazo
from workflow.operations.sujeto import Sujeto
from workflow.params import loader
from workflow.params.ampliaciones import ampliables
from workflow.params.suspensiones import causales
from workflow.rules.calendario import Calendario
from workflow.rules.plazos import UNIDADES

HOY = dt.date(2026, 3, 2)
PLAZOS, VUELTAS = 160, 3
# Keys that a case has once, and whose date needs nothing but the ledger.
CLAVES = sorted(
    clave
    for clave, d in loader.catalogo_plazos(HOY).items()
    if d.unidad in UNIDADES and d.dispara != "a_su_hora" and clave not in SEMBRADAS
)


def _barajar(ctx: Ctx, azar: random.Random) -> None:
    """Give every sown term another key, start and length of stay, and many subjects their pauses."""
    usados: set[tuple[int, str]] = set()
    for fila in ctx.session.scalars(select(Plazo)).all():
        clave = azar.choice([c for c in CLAVES if (fila.sujeto_id, c) not in usados])
        usados.add((fila.sujeto_id, clave))
        d = loader.plazo(clave, HOY)
        ctx.session.execute(
            update(Temporizador)
            .where(Temporizador.instancia_id == fila.sujeto_id, Temporizador.plazo_clave == fila.clave)
            .values(plazo_clave=clave, nodo=clave)
        )
        fila.clave, fila.longitud, fila.unidad = clave, d.longitud or 0, d.unidad
        fila.inicio, fila.regimen, fila.prorroga = d.inicio, d.regimen, d.prorroga
        fila.desde = HOY - dt.timedelta(days=azar.randrange(0, 60))
        fila.abierto_en = dt.datetime.combine(HOY, dt.time(12), dt.UTC)
        if ampliables(clave) and azar.random() < 0.5:
            fila.ampliado_por = azar.choice(sorted(ampliables(clave)))
    sujetos = sorted({sujeto_id for sujeto_id, _ in usados})
    for sujeto_id in azar.sample(sujetos, len(sujetos) // 2):
        for causal in azar.sample([*causales(), "Una de otro tiempo"], azar.randrange(1, 3)):
            desde = HOY - dt.timedelta(days=azar.randrange(0, 40))
            hasta = None if azar.random() < 0.4 else desde + dt.timedelta(days=azar.randrange(0, 50))
            ctx.session.add(
                Suspension(
                    sujeto_tipo="denuncia", sujeto_id=sujeto_id, causal=causal, cita="x", desde=desde, hasta=hasta,
                    registrada_en=ctx.now,
                )
            )  # fmt: skip
    ctx.session.flush()
    for fila in ctx.session.scalars(select(Plazo)).all():
        plazo.fechar(ctx, fila)
    ctx.session.flush()
    for fila in ctx.session.scalars(select(Plazo)).all():
        ctx.engine.reproject(ctx, Sujeto(fila.sujeto_tipo, fila.sujeto_id, 0, 0))
    ctx.session.commit()


def _dia(azar: random.Random, unidades: list[int], usados: set[dt.date]) -> Dia:
    habiles = Calendario()
    while True:
        fecha = HOY + dt.timedelta(days=azar.randrange(-20, 40))
        if habiles.es_habil(fecha) and fecha not in usados:
            usados.add(fecha)
            return Dia(fecha, azar.choice([None, *unidades]), f"Motivo {fecha}", "Cita")


def _derivacion(ctx: Ctx, plazo_id: int) -> list[object]:
    suelto = ctx.session.get_one(Plazo, plazo_id, populate_existing=True)
    ctx.session.expunge(suelto)
    return plazo.fechar(ctx, suelto)


@pytest.mark.parametrize("semilla", range(2))
def test_por_lotes_es_como_uno_por_uno(juego: Juego, semilla: int) -> None:
    azar, usados = random.Random(semilla), set[dt.date]()
    with juego.como("admin") as ctx:
        sembrar(ctx, PLAZOS, por_caso=3)
        unidades = list(ctx.session.scalars(select(Subdelegacion.id)))
        _barajar(ctx, azar)
        for vuelta in range(VUELTAS):
            antes = apoyo.fechas(ctx)
            asentados = {a.id for a in apoyo.movimientos(ctx)}
            calendario.agregar(ctx, [_dia(azar, unidades, usados) for _ in range(vuelta + 1)])
            assert apoyo.fechas(ctx) == apoyo.una_por_una(ctx)
            nuevos = [a for a in apoyo.movimientos(ctx) if a.id not in asentados]
            despues = apoyo.fechas(ctx)
            assert {a.plazo_id for a in nuevos} == {i for i in despues if despues[i][0] != antes[i][0]}
            plazo.olvidar_calendario(ctx)
            for asiento in nuevos:
                assert (asiento.vence_antes, asiento.vence) == (
                    antes[asiento.plazo_id][0],
                    despues[asiento.plazo_id][0],
                )
                assert asiento.derivacion == _derivacion(ctx, asiento.plazo_id)
                assert asiento.motivo
            ctx.session.rollback()
        assert apoyo.movimientos(ctx)
        apoyo.entero(ctx)


def test_lo_que_no_se_fecha_por_el_libro_se_queda(juego: Juego) -> None:
    """Terms with an hour or a date of their own are none of the calendar's."""
    with juego.como("admin") as ctx:
        sembrar(ctx, 12)
        filas = ctx.session.scalars(select(Plazo).order_by(Plazo.id)).all()
        for fila, unidad in zip(filas, ("horas", "instante", "fecha"), strict=False):
            fila.unidad = unidad
        ctx.session.commit()
        quietos = {fila.id: fila.vence for fila in filas[:3]}
        calendario.agregar(ctx, [apoyo.dia()])
        ahora = apoyo.fechas(ctx)
        assert all(ahora[i][0] == vence for i, vence in quietos.items())
        movidos = set(
            ctx.session.scalars(
                select(MovimientoPlazo.plazo_id).where(MovimientoPlazo.tipo == TipoMovimiento.CALENDARIO)
            )
        )
        assert movidos
        assert movidos.isdisjoint(quietos)
