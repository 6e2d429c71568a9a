"""What the engine costs: a task completed ÷ the same rows written by plain SQLAlchemy. PostgreSQL, one run.

The divisor is the ORM's unit of work over the very rows that the step writes (case, task done, task born,
path walked, term closed with its movement, log and its head). Interleaved, medians, a ratio and no seconds.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.bitacora import CabezaBitacora, Entrada
from models.plazo import MovimientoPlazo, Plazo, TipoMovimiento
from models.proceso import EstadoTarea, EventoPaso, Instancia, Paso, Tarea
from tests.conftest import omitir
from tests.integration.motor.apoyo import CasaDePrueba
from tests.soporte.bases import Servidor
from workflow.actions import tarea
from workflow.context import Ctx
from workflow.engine.projection import NEVER
from workflow.operations.bitacora import resumen

RONDAS, CALENTAMIENTO, TOPE = 150, 20, 1.5


@pytest.fixture
def motor_pg() -> Iterator[Engine]:
    servidor = Servidor.de_la_sesion()
    if servidor.url is None:
        omitir(servidor.por_que_no)
    with servidor.motor() as motor:
        yield motor


def con_motor(ctx: Ctx, tarea_id: int) -> None:
    tarea.completar(ctx, tarea_id, {"resultado": "procede"}, 1)


def sin_motor(ctx: Ctx, tarea_id: int, estado: bytes) -> None:
    """The same rows by the unit of work: read what is changed, change it, add what is new, commit."""
    s = ctx.session
    hecha = s.scalars(select(Tarea).where(Tarea.id == tarea_id).with_for_update()).one()
    caso = s.scalars(select(Instancia).where(Instancia.id == hecha.instancia_id).with_for_update()).one()
    plazo = s.scalars(
        select(Plazo).where(
            Plazo.sujeto_tipo == caso.sujeto_tipo,
            Plazo.sujeto_id == caso.sujeto_id,
            Plazo.cerrado_en.is_(None),
        )
    ).one()
    hecha.estado, hecha.hecha_en, hecha.hecha_por = EstadoTarea.HECHA, ctx.now, ctx.actor.usuario_id
    hecha.asignada_a, hecha.respuesta = ctx.actor.usuario_id, {"resultado": "procede"}
    hecha.version += 1
    caso.estado_motor = estado
    plazo.cerrado_en = ctx.now
    s.add(
        MovimientoPlazo(
            plazo_id=plazo.id,
            tipo=TipoMovimiento.CIERRE,
            en=ctx.now,
            vence_antes=plazo.vence,
            vence=plazo.vence,
            cita=plazo.cita,
            derivacion=[],
            usuario_id=ctx.actor.usuario_id,
        )
    )
    s.add(_tarea_nueva(ctx, hecha))
    pasos = (
        ("revisar", "userTask", EventoPaso.HECHO),
        ("que_procede", "exclusiveGateway", EventoPaso.HECHO),
        ("registrar", "serviceTask", EventoPaso.HECHO),
        ("firmar", "userTask", EventoPaso.ENTRO),
    )
    for nodo, tipo, evento in pasos:
        s.add(
            Paso(
                instancia_id=caso.id,
                proceso="caso",
                nodo=nodo,
                tipo=tipo,
                evento=evento,
                en=ctx.now,
                usuario_id=ctx.actor.usuario_id if nodo == "revisar" else None,
            )
        )
    _anotar(s, ctx, caso, tarea_id)
    s.commit()


def _tarea_nueva(ctx: Ctx, de: Tarea) -> Tarea:
    return Tarea(
        instancia_id=de.instancia_id,
        nodo_motor=f"{de.id:032x}",
        proceso=de.proceso,
        nodo="firmar",
        nombre="Firmar",
        rol="jefe_auditoria",
        formulario="firmar",
        operacion="firmar",
        sujeto_tipo=de.sujeto_tipo,
        sujeto_id=de.sujeto_id,
        folio=de.folio,
        titulo=de.titulo,
        expediente_id=de.expediente_id,
        subdelegacion_id=de.subdelegacion_id,
        vence_en=NEVER,
        creada_en=ctx.now,
    )


def _anotar(s: Session, ctx: Ctx, caso: Instancia, tarea_id: int) -> None:
    cadena = f"{caso.sujeto_tipo}:{caso.sujeto_id}"
    cabeza = s.scalar(select(CabezaBitacora).where(CabezaBitacora.cadena == cadena).with_for_update())
    if cabeza is None:
        cabeza = CabezaBitacora(cadena=cadena, numero=0, hash="0" * 64)
        s.add(cabeza)
    datos = {"tarea_id": tarea_id, "proceso": "caso", "nodo": "revisar"}
    actor = (ctx.actor.tipo, ctx.actor.usuario_id)
    numero, previo = cabeza.numero + 1, cabeza.hash
    entrada = Entrada(
        cadena=cadena,
        numero=numero,
        en=ctx.now,
        actor_tipo=ctx.actor.tipo,
        actor_id=ctx.actor.usuario_id,
        verbo="completar_tarea",
        expediente_id=caso.expediente_id,
        datos=datos,
        previo=previo,
        hash=resumen(previo, cadena, numero, ctx.now, actor, "completar_tarea", datos),
    )
    s.add(entrada)
    cabeza.numero, cabeza.hash = numero, entrada.hash


def _filas(casa: CasaDePrueba) -> dict[str, int]:
    return {m.__name__: len(casa.todo(m)) for m in (Tarea, Paso, Plazo, MovimientoPlazo, Entrada)}


def test_completar_cuesta_poco_mas_que_escribir_lo_mismo(motor_pg: Engine, tmp_path: Path) -> None:
    casa = CasaDePrueba(motor_pg, tmp_path)
    uno, dos = casa.iniciar("caso"), casa.iniciar("caso")
    ana = casa.actor("ana")
    filas = [_filas(casa)]
    estado = casa.instancia(uno).estado_motor
    assert estado is not None
    medidas: tuple[list[float], list[float]] = ([], [])
    for ronda in range(RONDAS + CALENTAMIENTO):
        par = (casa.iniciar("caso"), casa.iniciar("caso")) if ronda else (uno, dos)
        ids = [casa.tarea(i).id for i in par]
        # Who goes first changes, so that a busy machine weighs on both.
        for cual in (0, 1) if ronda % 2 else (1, 0):
            with casa.sesiones() as s:
                ctx = Ctx(s, ana, casa.now, casa.servicios, casa.store)
                inicio = time.perf_counter()
                if cual == 0:
                    con_motor(ctx, ids[0])
                else:
                    sin_motor(ctx, ids[1], estado)
                if ronda >= CALENTAMIENTO:
                    medidas[cual].append(time.perf_counter() - inicio)
            if ronda == 0:
                filas.append(_filas(casa))
    nuevas = [{k: b[k] - a[k] for k in a} for a, b in itertools.pairwise(filas)]
    assert nuevas[0] == nuevas[1], "both write the same rows"
    con, sin = (statistics.median(m) for m in medidas)
    razon = con / sin
    print(  # noqa: T201 - the ratio is what one runs it for
        f"\ncompletar una tarea: {con * 1e3:.2f} ms; las mismas filas: {sin * 1e3:.2f} ms; razón {razon:.2f}"
    )
    assert razon <= TOPE
