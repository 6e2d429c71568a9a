"""The live room of a session: the open matter, who is there, who has voted. Never how, before the closing.

While a round is open its votes are read by seat only: what each one says does not leave the database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.comite import Asistencia, Asunto, EstadoAsunto, EstadoSesion, Excusa, Mocion, Sesion, Voto
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.operations import quorum
from workflow.queries import sesion as sesion_
from workflow.queries.ambito import personas
from workflow.queries.asunto import SIN_CERRAR, Materia, Ronda, materia, rondas
from workflow.queries.sesion import MiTarea, Punto, Quorum, Silla

ABIERTOS = (EstadoAsunto.ABIERTO, EstadoAsunto.EN_VOTACION, EstadoAsunto.VOTADO)
VOTO = "emitir_voto"


@dataclass(frozen=True)
class Lugar:
    """A seat of the room. `luz`, `palabra`: voted, missing, excused, without vote, absent; never how."""

    silla: Silla
    luz: str
    palabra: str
    mio: bool


@dataclass(frozen=True)
class Recibo:
    """What a member keeps of her vote."""

    en: dt.datetime
    # Hour, minute and second in the zone of the house.
    hora: str
    constancia: str


@dataclass(frozen=True)
class Boleta:
    """An open vote: hers, or that of a present member whom the secretary may capture."""

    tarea_id: int
    version: int
    asiento_id: int
    asiento: str
    persona: str


@dataclass(frozen=True)
class Cierre:
    """May the secretary close the vote now; if not, why."""

    puede: bool
    razon: str


@dataclass(frozen=True)
class Sala:
    """All that the room shows. `huella` changes when the page has something new besides who voted."""

    sesion: Sesion
    comite: str
    en_curso: bool
    agenda: tuple[Punto, ...]
    materia: Materia | None
    excusada: bool
    asunto_id: int | None
    votando: bool
    lugares: tuple[Lugar, ...]
    han_votado: int
    de_cuantos: int
    excusas: int
    quorum: Quorum
    mi_boleta: Boleta | None
    recibo: Recibo | None
    capturas: tuple[Boleta, ...]
    # Closed rounds of the open matter, or of the one decided last, and whose they are.
    rondas: tuple[Ronda, ...]
    patron_de_rondas: str
    secretaria: bool
    cierre: Cierre
    tareas: tuple[MiTarea, ...]
    razon_obligatoria: bool
    mayoria: str
    huella: str
    # Digest of all that changes by itself: also who is there and who has voted. The same as `pulso`.
    estado: str


def pulso(ctx: Ctx, folio: str) -> str:
    """`Sala.estado` without reading the room: what a page asks for every three seconds. Six queries.

    Raises NoEncontrado for who has no place in it.
    """
    sesion_id, estado = sesion_.localizar(ctx, folio)
    asuntos = ctx.session.execute(
        select(Asunto.id, Asunto.estado).where(Asunto.sesion_id == sesion_id).order_by(Asunto.orden)
    ).all()
    abierto = next((a.id for a in asuntos if a.estado in ABIERTOS), None)
    mocion = ctx.session.execute(
        select(Mocion.id, Mocion.resultado, Mocion.asientos)
        .where(Mocion.asunto_id == abierto)
        .order_by(Mocion.numero.desc())
        .limit(1)
    ).one_or_none()
    presentes = ctx.session.execute(
        select(Asistencia.asiento_id, Asistencia.presente).where(Asistencia.sesion_id == sesion_id)
    )
    votaron = select(Voto.asiento_id).where(Voto.mocion_id == (mocion.id if mocion else None))
    excusas = select(Excusa.asiento_id).where(Excusa.asunto_id == abierto)
    return _digesto(
        [
            _vista(estado, [(a.id, a.estado) for a in asuntos], mocion),
            sorted(ctx.session.scalars(votaron)),
            sorted((p.asiento_id, p.presente) for p in presentes),
            sorted(ctx.session.scalars(excusas)),
        ]
    )


def _vista(estado: EstadoSesion, asuntos: list[tuple[int, EstadoAsunto]], mocion: Any) -> str:
    """Digest of what a page shows besides who is there and who has voted."""
    puesta = [mocion.id, mocion.resultado, mocion.asientos] if mocion is not None else None
    return _digesto([estado.value, [(numero, e.value) for numero, e in asuntos], puesta])


def ver(ctx: Ctx, folio: str) -> Sala:
    """The room of the session `folio`. Raises NoEncontrado for who has no place in it."""
    s = sesion_.abrir(ctx, folio)
    asunto = next((a for a in s.asuntos if a.estado in ABIERTOS), None)
    visibles = sesion_.asuntos_visibles(ctx, s)
    excusada = asunto is not None and asunto.id not in visibles
    abierta = _ronda_abierta(asunto)
    decidido = asunto or _ultimo(s, visibles)
    votaron = _votaron(ctx, abierta)
    excusados = _excusados(ctx, asunto)
    tareas = _votos_abiertos(ctx, asunto)
    boletas = _boletas(s, tareas)
    mia = next((b for b, dueno in boletas if dueno in personas(ctx.actor)), None)
    secretaria = sesion_.es_secretaria(ctx, s)
    lugares = _lugares(ctx, s, abierta, votaron, excusados)
    return Sala(
        sesion=s,
        comite=s.comite.nombre,
        en_curso=s.estado is EstadoSesion.INSTALADA,
        agenda=sesion_.agenda(ctx, s),
        materia=materia(ctx, s, asunto) if asunto is not None and not excusada else None,
        excusada=excusada,
        asunto_id=asunto.id if asunto is not None else None,
        votando=abierta is not None,
        lugares=lugares,
        han_votado=len(votaron),
        de_cuantos=sum(1 for x in abierta.asientos if x not in excusados) if abierta else 0,
        excusas=len(excusados),
        quorum=_quorum(s, excusados),
        mi_boleta=None if excusada else mia,
        recibo=None if excusada else _recibo(ctx, _ultima_mocion(asunto)),
        capturas=tuple(b for b, d in boletas if d not in personas(ctx.actor))
        if secretaria and not excusada
        else (),
        rondas=() if excusada else tuple(rondas(ctx, s, decidido)),
        patron_de_rondas=decidido.propuesta.patron.nombre if decidido is not None else "",
        secretaria=secretaria,
        cierre=_cierre(s, abierta, votaron, excusados, pendientes=bool(tareas)),
        tareas=tuple(t for t in sesion_.mis_tareas(ctx, s) if not t.en_sala),
        razon_obligatoria=s.comite.razon_obligatoria,
        mayoria=s.comite.mayoria.etiqueta,
        huella=_vista(s.estado, [(a.id, a.estado) for a in s.asuntos], _ultima_mocion(asunto)),
        estado=pulso(ctx, folio),
    )


def _ultimo(s: Sesion, visibles: frozenset[int]) -> Asunto | None:
    """The matter decided last: its result stays on the wall until the next one is opened."""
    cerrados = [a for a in s.asuntos if a.cerrado_en is not None and a.id in visibles]
    return max(cerrados, key=lambda a: (a.cerrado_en, a.orden), default=None)


def _digesto(valor: Any) -> str:
    return hashlib.sha256(json.dumps(valor, default=str).encode()).hexdigest()[:16]


def _ronda_abierta(asunto: Asunto | None) -> Mocion | None:
    """The motion that is being voted now."""
    if asunto is None or asunto.estado is not EstadoAsunto.EN_VOTACION or not asunto.mociones:
        return None
    mocion = asunto.mociones[-1]
    return mocion if mocion.resultado in SIN_CERRAR else None


def _ultima_mocion(asunto: Asunto | None) -> Mocion | None:
    """The motion of the open matter that was put last, open or counted."""
    return asunto.mociones[-1] if asunto is not None and asunto.mociones else None


def _votaron(ctx: Ctx, mocion: Mocion | None) -> frozenset[int]:
    """Seats whose vote was received: only that."""
    if mocion is None:
        return frozenset()
    return frozenset(ctx.session.scalars(select(Voto.asiento_id).where(Voto.mocion_id == mocion.id)))


def _excusados(ctx: Ctx, asunto: Asunto | None) -> frozenset[int]:
    if asunto is None:
        return frozenset()
    return frozenset(ctx.session.scalars(select(Excusa.asiento_id).where(Excusa.asunto_id == asunto.id)))


def _quorum(s: Sesion, excusados: frozenset[int]) -> Quorum:
    """By seats, without those excused from the open matter."""
    lista = [a for a in quorum.asientos(s, excusados=excusados) if a.vota]
    presentes, requerido = sum(a.presente for a in lista), len(lista) // 2 + 1
    return Quorum(len(lista), requerido, presentes, presentes >= requerido)


def _votos_abiertos(ctx: Ctx, asunto: Asunto | None) -> list[Tarea]:
    """The votes that the process still waits for, also those of seats that left."""
    if asunto is None:
        return []
    consulta = select(Tarea).where(
        Tarea.sujeto_tipo == "asunto",
        Tarea.sujeto_id == asunto.id,
        Tarea.nodo == VOTO,
        Tarea.estado == EstadoTarea.ABIERTA,
    )
    return list(ctx.session.scalars(consulta.order_by(Tarea.id)))


def _boletas(s: Sesion, tareas: list[Tarea]) -> list[tuple[Boleta, int | None]]:
    """The open votes of the seats that are present, with whom they belong to."""
    presentes = {a.asiento_id: a for a in s.asistencias if a.presente}
    boletas = []
    for t in tareas:
        a = presentes.get(int(t.item or 0))
        if a is not None:
            boleta = Boleta(t.id, t.version, a.asiento_id, a.asiento.nombre, a.usuario.nombre)
            boletas.append((boleta, t.asignada_a))
    return boletas


def _recibo(ctx: Ctx, mocion: Mocion | None) -> Recibo | None:
    if mocion is None:
        return None
    fila = ctx.session.execute(
        select(Voto.emitido_en, Voto.constancia)
        .where(Voto.mocion_id == mocion.id, Voto.usuario_id.in_(personas(ctx.actor)))
        .limit(1)
    ).one_or_none()
    if fila is None:
        return None
    local = fila.emitido_en.astimezone(ctx.servicios.zona)
    return Recibo(fila.emitido_en, f"{local:%H:%M:%S}", fila.constancia)


def _lugares(
    ctx: Ctx, s: Sesion, mocion: Mocion | None, votaron: frozenset[int], excusados: frozenset[int]
) -> tuple[Lugar, ...]:
    mios = {a.asiento_id for a in s.asistencias if a.usuario_id in personas(ctx.actor)}
    return tuple(
        Lugar(
            silla,
            *_luz(silla, mocion, votaron, excusados, silla.asiento_id in mios),
            silla.asiento_id in mios,
        )
        for silla in sesion_.sillas(s)
    )


def _luz(
    silla: Silla, mocion: Mocion | None, votaron: frozenset[int], excusados: frozenset[int], mio: bool
) -> tuple[str, str]:
    if silla.asiento_id in excusados:
        return "pausa", "Excusa"
    if not silla.con_voto:
        return "sin", "Sin voto"
    if silla.asiento_id in votaron:
        return "hecho", "Votó"
    if not silla.presente:
        return "sin", "Ausente"
    if mocion is None or silla.asiento_id not in mocion.asientos:
        return "enplazo", "Presente"
    return ("aqui", "Tu turno") if mio else ("sin", "Falta")


def _cierre(
    s: Sesion,
    mocion: Mocion | None,
    votaron: frozenset[int],
    excusados: frozenset[int],
    *,
    pendientes: bool,
) -> Cierre:
    if mocion is None:
        return Cierre(False, "No hay una votación abierta.")
    if not pendientes:
        return Cierre(False, "Primero se fija quién sigue presente.")
    q = _quorum(s, excusados)
    if not q.hay:
        return Cierre(False, f"No hay quórum: hay {q.presentes} y se piden {q.requerido}.")
    if not votaron:
        return Cierre(False, "Todavía nadie ha votado: no hay nada que contar.")
    presentes = {a.asiento_id for a in s.asistencias if a.presente}
    faltan = [x for x in mocion.asientos if x in presentes and x not in votaron and x not in excusados]
    if faltan:
        cuantos = "falta 1 voto" if len(faltan) == 1 else f"faltan {len(faltan)} votos"
        return Cierre(True, f"Todavía {cuantos} de quienes están presentes.")
    return Cierre(True, "Ya votaron todas las personas presentes.")
