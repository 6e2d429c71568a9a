"""What a person does with a task: take it, keep a draft, complete it, give it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from models.denuncia import Nota
from models.organizacion import Subdelegacion, Usuario, UsuarioRol
from models.proceso import EstadoTarea
from workflow.actions import incidente
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.engine import tasks
from workflow.engine.model import Call, OpenTask
from workflow.engine.store import Case
from workflow.engine.tasks import TaskRow
from workflow.errors import Conflicto, DatoInvalido, EnEspera, NoEncontrado, NoPermitido, YaHecha
from workflow.operations import _deberes
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto
from workflow.rules.calendario import fecha_larga

VERSION_CAMBIADA = (
    "Esta tarea cambió mientras la llenabas. Lo que escribiste sigue aquí: "
    "revisa cómo quedó y vuelve a enviar."
)
MOTIVO_MAXIMO = 2000


@dataclass(frozen=True, slots=True)
class Siguiente:
    """A task that the completion opened."""

    id: int
    nodo: str
    nombre: str
    rol: str


@dataclass(frozen=True, slots=True)
class Resultado:
    """What followed: the tasks that appeared, or the end of the case."""

    instancia_id: int
    siguientes: tuple[Siguiente, ...]
    terminada: bool


# -- completing ------------------------------------------------------------------------------------------
def completar(ctx: Ctx, tarea_id: int, datos: Mapping[str, Any], version: int) -> Resultado:
    """Complete the task with what the person sent.

    Raises YaHecha (who and when), Conflicto (the task changed meanwhile), DatoInvalido (by field),
    EnEspera, NoPermitido, NoEncontrado, and EnIncidente when the case could not go on: then `datos`
    is kept to be tried again.
    """
    return incidente.guardar_si_falla(
        ctx, "formulario", lambda: _completar(ctx, tarea_id, datos, version), tarea_id=tarea_id, datos=datos
    )


@action
def _completar(ctx: Ctx, tarea_id: int, datos: Mapping[str, Any], version: int) -> Resultado:
    found = tasks.lock_with_case(ctx, tarea_id)
    if found is None:
        raise NoEncontrado()
    tarea, caso = found
    _puede(ctx, tarea)
    if tarea.version != version:
        raise Conflicto(VERSION_CAMBIADA)
    if tarea.en_espera and not tarea.permitida_en_suspension:
        raise EnEspera("Este caso está en pausa: la tarea se podrá completar cuando se levante.")
    _deberes.comprobar(ctx, tarea)
    store = ctx.engine
    store.open(ctx, caso)
    abierta = _abierta(caso, tarea)
    limpios = store.forms(tarea.proceso, tarea.formulario).exigir(datos, abierta.data)
    caso.task_id = abierta.id
    llamada = Call(abierta.node, abierta.data, abierta.item, abierta.id, limpios)
    decisiones = caso.host.operate(tarea.operacion, llamada)
    tasks.mark_done(ctx, tarea, sin_bytes(limpios))
    caso.engine.complete(abierta.id, decisiones)
    store.advance(caso)
    cambio = store.save(ctx, caso)
    anotar(ctx, "completar_tarea", _sujeto(caso), tarea_id=tarea.id, proceso=tarea.proceso, nodo=tarea.nodo)
    nuevas = [t for t in caso.before.tasks.values() if t.id in cambio.tasks]
    return Resultado(
        caso.id,
        tuple(Siguiente(cambio.tasks[t.id], t.node.id, t.node.name, t.node.role or "") for t in nuevas),
        caso.finished,
    )


def _abierta(caso: Case, tarea: TaskRow) -> OpenTask:
    abierta = caso.before.tasks.get(tarea.nodo_motor)
    if abierta is None:
        raise YaHecha("Esta tarea ya no hace falta: el caso siguió por otro camino. Vuelve a tu bandeja.")
    return abierta


def _sujeto(fila: Case | TaskRow) -> Sujeto:
    return Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)


def sin_bytes(valor: Any) -> Any:
    """The same data without file contents, ready for JSON."""
    if isinstance(valor, (bytes, bytearray)):
        return None
    if isinstance(valor, Mapping):
        return {clave: sin_bytes(dentro) for clave, dentro in valor.items() if not _es_bytes(dentro)}
    if isinstance(valor, (list, tuple)):
        return [sin_bytes(dentro) for dentro in valor if not _es_bytes(dentro)]
    return valor


def _es_bytes(valor: Any) -> bool:
    return isinstance(valor, (bytes, bytearray))


# -- who may ---------------------------------------------------------------------------------------------
def _puede(ctx: Ctx, tarea: TaskRow) -> None:
    """Scope, state, role and assignment, in the order in which they may be told."""
    if not (_es_suya(ctx, tarea) or (ctx.actor.es(tarea.rol) and _alcanza(ctx, tarea))):
        raise NoEncontrado()
    _sigue_abierta(ctx, tarea)
    if tarea.asignada_a is not None and not _es_suya(ctx, tarea):
        if tarea.reservada:
            raise NoPermitido("Esta tarea sólo la puede hacer la persona que ocupa ese asiento.")
        raise NoPermitido(
            f"La tiene {_nombre(ctx, tarea.asignada_a)}. Pídele que la suelte o elige otra tarea."
        )


def _es_suya(ctx: Ctx, tarea: TaskRow) -> bool:
    dueno = tarea.asignada_a
    return dueno is not None and (dueno == ctx.actor.usuario_id or dueno in ctx.actor.suplencias)


def _alcanza(ctx: Ctx, tarea: TaskRow) -> bool:
    """The unit of the task lies inside the scope of the actor."""
    actor = ctx.actor
    if actor.tipo != "persona":
        return False
    if actor.subdelegacion_id is not None:
        return actor.subdelegacion_id == tarea.subdelegacion_id
    if actor.ooad_id is None:
        return True
    unidad = ctx.session.get(Subdelegacion, tarea.subdelegacion_id)
    return unidad is not None and unidad.ooad_id == actor.ooad_id


def _sigue_abierta(ctx: Ctx, tarea: TaskRow) -> None:
    if tarea.estado == EstadoTarea.ABIERTA:
        return
    if tarea.estado == EstadoTarea.HECHA and tarea.hecha_en is not None:
        if tarea.operacion == "emitir_voto":
            raise YaHecha("Usted ya votó este asunto.")
        cuando = _fecha(ctx, tarea.hecha_en)
        if tarea.hecha_por is not None and tarea.hecha_por == ctx.actor.usuario_id:
            propia = str(ctx.engine.forms(tarea.proceso, tarea.formulario).ya_hecha)
            if propia:
                raise YaHecha(propia)
            raise YaHecha(f"Ya habías hecho esta tarea el {cuando}. No hace falta enviarla otra vez.")
        raise YaHecha(f"Esta tarea ya la hizo {_nombre(ctx, tarea.hecha_por)} el {cuando}.")
    raise YaHecha("Esta tarea ya no hace falta: el caso siguió por otro camino. Vuelve a tu bandeja.")


def _nombre(ctx: Ctx, usuario_id: int | None) -> str:
    return ctx.session.scalar(select(Usuario.nombre).where(Usuario.id == usuario_id)) or "otra persona"


def _fecha(ctx: Ctx, instante: dt.datetime) -> str:
    local = instante.astimezone(ctx.servicios.zona)
    return f"{fecha_larga(local.date())} a las {local:%H:%M}"


# -- claim, draft, hand over -----------------------------------------------------------------------------
def _tomada(ctx: Ctx, tarea_id: int) -> TaskRow:
    tarea = tasks.lock(ctx, tarea_id)
    if tarea is None:
        raise NoEncontrado()
    _puede(ctx, tarea)
    return tarea


@action
def tomar(ctx: Ctx, tarea_id: int) -> None:
    """Claim the task. Raises NoPermitido when somebody else has it or a duty forbids it."""
    tarea = _tomada(ctx, tarea_id)
    _deberes.comprobar(ctx, tarea)
    if tarea.asignada_a is None:
        tasks.change(ctx, tarea, asignada_a=ctx.actor.usuario_id, tomada_en=ctx.now)
        anotar(ctx, "tomar_tarea", _sujeto(tarea), tarea_id=tarea.id)


@action
def soltar(ctx: Ctx, tarea_id: int) -> None:
    """Give the task back to the inbox of its role. A seat cannot be given back."""
    tarea = _tomada(ctx, tarea_id)
    if tarea.reservada:
        raise NoPermitido("Esta tarea es de tu asiento: no se puede soltar.")
    if tarea.asignada_a is not None:
        tasks.change(ctx, tarea, asignada_a=None, tomada_en=None)
        anotar(ctx, "soltar_tarea", _sujeto(tarea), tarea_id=tarea.id)


@action
def guardar_borrador(ctx: Ctx, tarea_id: int, datos: Mapping[str, Any], version: int) -> int:
    """Keep what is written so far; returns the version to send next. Unchecked data, without files."""
    tarea = _tomada(ctx, tarea_id)
    if tarea.version != version:
        raise Conflicto(VERSION_CAMBIADA)
    tasks.change(
        ctx,
        tarea,
        borrador=sin_bytes(datos),
        borrador_en=ctx.now,
        borrador_de=ctx.actor.usuario_id,
        version=version + 1,
    )
    return version + 1


@action
def posponer(ctx: Ctx, tarea_id: int, hasta: dt.date | None) -> None:
    """Hide the task from the top of one's inbox until a day (None: no longer). No legal term moves."""
    tarea = _tomada(ctx, tarea_id)
    if hasta is not None and hasta <= ctx.hoy:
        raise DatoInvalido("Elige un día posterior a hoy.", {"hasta": "Elige un día posterior a hoy."})
    tasks.change(ctx, tarea, pospuesta_hasta=hasta)


@action
def asignar(ctx: Ctx, tarea_id: int, usuario_id: int) -> None:
    """The chief of the unit gives the task to somebody of its role. Raises DatoInvalido otherwise."""
    tarea = _de_mi_unidad(ctx, tarea_id)
    if tarea.reservada:
        raise NoPermitido("Esta tarea es de un asiento: nombra un suplente en la sesión.")
    persona = ctx.session.get(Usuario, usuario_id)
    rol = select(UsuarioRol.id).where(UsuarioRol.usuario_id == usuario_id, UsuarioRol.rol == tarea.rol)
    if persona is None or not persona.activo or ctx.session.scalar(rol) is None:
        raise DatoInvalido(
            "Elige a una persona activa que tenga ese papel.", {"usuario": "Elige a otra persona."}
        )
    if persona.subdelegacion_id not in (None, tarea.subdelegacion_id):
        raise DatoInvalido(
            "Esa persona es de otra subdelegación.", {"usuario": "Elige a alguien de tu unidad."}
        )
    _deberes.comprobar(
        replace(ctx, actor=replace(ctx.actor, usuario_id=usuario_id, suplencias=frozenset())), tarea
    )
    tasks.change(ctx, tarea, asignada_a=usuario_id, tomada_en=ctx.now, version=tarea.version + 1)
    anotar(ctx, "asignar_tarea", _sujeto(tarea), tarea_id=tarea.id, usuario_id=usuario_id)


@action
def devolver(ctx: Ctx, tarea_id: int, motivo: str) -> None:
    """Give the task back with a reason: it leaves her inbox and waits for whoever of the role takes it."""
    texto = motivo.strip()
    if not texto or len(texto) > MOTIVO_MAXIMO:
        raise DatoInvalido("Escribe el motivo, en no más de 2000 letras.", {"motivo": "Escribe el motivo."})
    tarea = _tomada(ctx, tarea_id)
    if tarea.reservada:
        raise NoPermitido("Esta tarea es de tu asiento: no se puede devolver.")
    tasks.change(ctx, tarea, asignada_a=None, tomada_en=None, version=tarea.version + 1)
    if tarea.sujeto_tipo == "denuncia" and ctx.actor.usuario_id is not None:
        ctx.session.add(
            Nota(denuncia_id=tarea.sujeto_id, usuario_id=ctx.actor.usuario_id, texto=texto, en=ctx.now)
        )
    huella = ctx.servicios.boveda.huella(texto, f"tarea:{tarea.id}")
    anotar(ctx, "devolver_tarea", _sujeto(tarea), tarea_id=tarea.id, motivo=huella)


JEFATURAS = {
    "analista_auditoria": ("jefe_auditoria",),
    "auditor": ("jefe_auditoria",),
    "jefe_auditoria": ("subdelegado", "jefe_auditoria"),
    "vigencia_derechos": ("jefe_afiliacion", "subdelegado"),
}


def _de_mi_unidad(ctx: Ctx, tarea_id: int) -> TaskRow:
    tarea = tasks.lock(ctx, tarea_id)
    jefaturas = JEFATURAS.get(tarea.rol, ("subdelegado",)) if tarea is not None else ()
    if tarea is None or not ctx.actor.es(*jefaturas) or not _alcanza(ctx, tarea):
        raise NoEncontrado()
    _sigue_abierta(ctx, tarea)
    return tarea
