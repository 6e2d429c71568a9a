"""Many open terms with their cases, timers and tasks, written straight into the tables."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from models.expediente import Expediente
from models.organizacion import Subdelegacion
from models.plazo import Plazo
from models.proceso import DefinicionProceso, EstadoInstancia, EstadoTarea, Instancia, Tarea, Temporizador
from workflow.context import Ctx
from workflow.operations import bitacora, plazo
from workflow.operations.sujeto import Sujeto
from workflow.params import loader

# Terms of the employer and of the institute, with the calendar days that they run at least.
CLAVES = {
    "correccion_rev": 150, "sla_analisis": 24, "correccion_presenta": 50, "oficio_obs": 24, "duda_patron": 55,
    "ultima_parcial": 24, "prorroga_40E_resol": 75, "visita_max": 300,
}  # fmt: skip
HOY = dt.date(2026, 3, 2)
POR_TANDA = 10_000


@dataclass(frozen=True)
class Siembra:
    """What was sown: `dia` moves most of the terms."""

    plazos: int
    casos: int
    dia: dt.date = dt.date(2026, 3, 5)


def sembrar(ctx: Ctx, cuantos: int, *, por_caso: int = 4) -> Siembra:
    """`cuantos` open terms, `por_caso` in each case, spread over the units and over the days up to 2 March."""
    unidades = list(ctx.session.scalars(select(Subdelegacion.id).order_by(Subdelegacion.id)))
    definicion = ctx.session.scalars(select(DefinicionProceso.id)).first()
    assert definicion is not None
    claves = list(CLAVES)
    casos = -(-cuantos // por_caso)
    base = _primer_id(ctx)
    fechas: dict[Any, dict[str, Any]] = {}
    for tanda in _tandas(range(casos)):
        expedientes, instancias, plazos, relojes, tareas, hechos = [], [], [], [], [], []
        for n in tanda:
            caso, unidad = base + n, unidades[n % len(unidades)]
            expedientes.append(_expediente(caso, unidad))
            instancias.append(_instancia(caso, unidad, definicion))
            for k in range(min(por_caso, cuantos - n * por_caso)):
                clave = claves[(n + k) % len(claves)]
                desde = HOY - dt.timedelta(days=(n * 7 + k) % CLAVES[clave])
                numero = base + n * por_caso + k
                fila = {
                    **_plazo(ctx, fechas, clave, unidad, desde),
                    "id": numero,
                    "sujeto_id": caso,
                    "expediente_id": caso,
                }
                plazos.append(fila)
                relojes.append(_temporizador(caso, clave, fila))
                tareas.append(_tarea(caso, unidad, numero, fila))
            hechos.append((Sujeto("denuncia", caso, caso, unidad), {"n": n}))
        modelos = (Expediente, Instancia, Plazo, Temporizador, Tarea)
        for modelo, filas in zip(modelos, (expedientes, instancias, plazos, relojes, tareas), strict=True):
            ctx.session.execute(insert(modelo.__table__), filas)
        bitacora.anotar_varios(ctx, "sembrar", hechos)
        ctx.session.commit()
    return Siembra(cuantos, casos)


def _primer_id(ctx: Ctx) -> int:
    """Far from the ids of what people do in the test."""
    ultimo = ctx.session.scalars(select(Plazo.id).order_by(Plazo.id.desc())).first() or 0
    return max(1_000_000, ultimo + 1)


def _tandas(numeros: range) -> Iterator[list[int]]:
    resto = iter(numeros)
    while tanda := list(itertools.islice(resto, POR_TANDA)):
        yield tanda


def _expediente(caso: int, unidad: int) -> dict[str, Any]:
    en = dt.datetime(2025, 9, 1, tzinfo=dt.UTC)
    return {"id": caso, "folio": f"EXP-S-{caso}", "subdelegacion_id": unidad, "abierto_en": en}


def _instancia(caso: int, unidad: int, definicion: int) -> dict[str, Any]:
    return {
        "id": caso, "definicion_id": definicion, "proceso": "denuncia", "sujeto_tipo": "denuncia", "sujeto_id": caso,
        "folio": f"SEM-{caso}", "expediente_id": caso, "subdelegacion_id": unidad,
        "estado": EstadoInstancia.ACTIVA, "version": 1, "iniciada_en": dt.datetime(2025, 9, 1, tzinfo=dt.UTC),
    }  # fmt: skip


def _plazo(
    ctx: Ctx, fechas: dict[Any, dict[str, Any]], clave: str, unidad: int, desde: dt.date
) -> dict[str, Any]:
    """A term as `plazo.abrir` dates it."""
    cual = (clave, unidad, desde)
    if cual not in fechas:
        # The catalogue begins in November 2025: what began before was written down later.
        abierto = max(desde, dt.date(2025, 12, 1))
        d = loader.plazo(clave, abierto)
        suelto = Plazo(
            clave=clave, nombre=d.nombre, sujeto_tipo="denuncia", sujeto_id=0, expediente_id=0, subdelegacion_id=unidad,
            longitud=d.longitud or 0, unidad=d.unidad, inicio=d.inicio, regimen=d.regimen, prorroga=d.prorroga,
            desde=desde, cita=d.cita, confianza=d.confianza, ampliado_por="", vencido=False,
            abierto_en=dt.datetime.combine(abierto, dt.time(18), dt.UTC),
        )  # fmt: skip
        plazo.fechar(ctx, suelto)
        campos = [
            c.key
            for c in Plazo.__table__.columns
            if c.key not in ("id", "sujeto_id", "expediente_id", "cerrado_en")
        ]
        fechas[cual] = {campo: getattr(suelto, campo) for campo in campos}
    return fechas[cual]


def _temporizador(caso: int, clave: str, fila: dict[str, Any]) -> dict[str, Any]:
    return {
        "instancia_id": caso, "nodo_motor": f"{clave}-motor", "nodo": clave, "plazo_clave": clave,
        "vence_en": fila["dispara_en"], "intentos": 0,
    }  # fmt: skip


def _tarea(caso: int, unidad: int, numero: int, fila: dict[str, Any]) -> dict[str, Any]:
    return {
        "instancia_id": caso, "nodo_motor": f"t{numero}", "proceso": "denuncia", "nodo": "tarea", "nombre": "Tarea",
        "rol": "jefe_auditoria", "formulario": "x", "operacion": "x", "permitida_en_suspension": False,
        "en_espera": False, "estado": EstadoTarea.ABIERTA, "sujeto_tipo": "denuncia", "sujeto_id": caso,
        "folio": f"SEM-{caso}", "titulo": "Sembrado", "expediente_id": caso, "subdelegacion_id": unidad,
        "prioridad": 0, "plazo_id": numero, "vence_en": fila["dispara_en"], "reservada": False,
        "creada_en": dt.datetime(2025, 9, 1, tzinfo=dt.UTC), "version": 1,
    }  # fmt: skip
