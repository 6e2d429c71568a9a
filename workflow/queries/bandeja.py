"""The inbox: one's tasks, those that nobody has taken, those that wait, those done. Three queries a page.

Order: legal deadline first, then priority. Pages are cut by key (deadline, priority, id), so that the
last page costs what the first does; several roles or people are a UNION of limited subselects, each one
answered by the index of the inbox.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from models.denuncia import Denuncia
from models.expediente import Expediente
from models.organizacion import Subdelegacion, Usuario
from models.patron import Patron
from models.plazo import Plazo
from models.proceso import EstadoTarea, Tarea
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.queries.ambito import en_su_ambito, personas
from workflow.queries.cuando import Cuando, Vencimientos, vencimientos
from workflow.queries.visible import visible_to

Pestana = Literal["mias", "oficina", "espera", "hechas"]
PESTANAS: tuple[Pestana, ...] = ("mias", "oficina", "espera", "hechas")
POR_PAGINA = 25
Condicion = ColumnElement[bool]

# Stage of the case -> diagrams in which its tasks stand.
ETAPAS = {
    "denuncia": ("Recepción y análisis", ("denuncia", "denuncia_tramite")),
    "seguimiento": ("Seguimiento y restitución", ("denuncia_seguimiento",)),
    "programacion": ("Programación", ("programacion",)),
    "comite": ("Comité", ("sesion_comite", "votacion_asunto")),
}
VENCIMIENTOS = {
    "vencidas": "Vencidas",
    "3": "En 3 días hábiles o menos",
    "10": "En 10 días hábiles o menos",
    "despues": "Más adelante",
    "sin": "Sin plazo",
}
PRIORIDADES = {2: "Urgente", 1: "Alta", 0: "Normal"}


@dataclass(frozen=True)
class Filtros:
    """What the person asked to see; empty means everything."""

    tipo: tuple[str, ...] = ()
    vencimiento: tuple[str, ...] = ()
    proceso: tuple[str, ...] = ()
    prioridad: tuple[int, ...] = ()
    q: str = ""

    @property
    def hay(self) -> bool:
        """True when something is filtered."""
        return bool(self.tipo or self.vencimiento or self.proceso or self.prioridad or self.q)


@dataclass(frozen=True)
class Fila:
    """One task as the inbox lists it. `porque`: why it stands where it stands, in words."""

    id: int
    nombre: str
    folio: str
    titulo: str
    lugar: str
    cuando: Cuando
    prioridad: int
    porque: tuple[str, ...]
    asignada_a: str
    mia: bool
    reservada: bool
    pospuesta_hasta: dt.date | None
    hecha_en: dt.datetime | None
    clave: str

    @property
    def etiqueta_prioridad(self) -> str:
        """Word of the priority."""
        return PRIORIDADES.get(self.prioridad, PRIORIDADES[0])


@dataclass(frozen=True)
class Faceta:
    """A value by which the tab can be filtered, and how many tasks it has."""

    clave: str
    etiqueta: str
    cuenta: int


@dataclass(frozen=True)
class Bandeja:
    """A page of the inbox. `siguiente`: the key of the next page, empty at the end."""

    pestana: Pestana
    filas: tuple[Fila, ...]
    total: int
    cuentas: dict[str, int]
    facetas: dict[str, tuple[Faceta, ...]] = field(default_factory=dict)
    siguiente: str = ""


# -- which tasks -----------------------------------------------------------------------------------------
def _ramas(ctx: Ctx, pestana: Pestana) -> list[Condicion]:
    """Conditions of the tab, one for each person or role: together they are the tab, and do not overlap."""
    abierta = Tarea.estado == EstadoTarea.ABIERTA
    if pestana == "hechas":
        return [and_(Tarea.estado == EstadoTarea.HECHA, Tarea.hecha_por == p) for p in personas(ctx.actor)]
    espera = or_(Tarea.en_espera, and_(Tarea.pospuesta_hasta.is_not(None), Tarea.pospuesta_hasta > ctx.hoy))
    de_personas = [and_(abierta, Tarea.asignada_a == p) for p in personas(ctx.actor)]
    ambito = en_su_ambito(ctx.actor, Tarea.subdelegacion_id)
    de_roles = [
        and_(abierta, Tarea.asignada_a.is_(None), Tarea.rol == rol, ambito) for rol in sorted(ctx.actor.roles)
    ]
    if pestana == "mias":
        return [and_(rama, ~espera) for rama in de_personas]
    if pestana == "oficina":
        return [and_(rama, ~espera) for rama in de_roles]
    return [and_(rama, espera) for rama in (*de_personas, *de_roles)]


def _de_filtros(filtros: Filtros, limites: Vencimientos) -> list[Condicion]:
    condiciones: list[Condicion] = []
    if filtros.tipo:
        condiciones.append(Tarea.formulario.in_(filtros.tipo))
    if filtros.proceso:
        diagramas = [d for clave in filtros.proceso if clave in ETAPAS for d in ETAPAS[clave][1]]
        condiciones.append(Tarea.proceso.in_(diagramas))
    if filtros.prioridad:
        condiciones.append(Tarea.prioridad.in_(filtros.prioridad))
    if filtros.vencimiento:
        condiciones.append(_grupo_vencimiento(limites).in_(filtros.vencimiento))
    if filtros.q:
        condiciones.append(
            or_(
                *(
                    columna.icontains(filtros.q, autoescape=True)
                    for columna in (Tarea.folio, Tarea.titulo, Tarea.nombre)
                )
            )
        )
    return condiciones


def _grupo_vencimiento(limites: Vencimientos) -> Any:
    return case(
        (Tarea.vence_en >= limites.nunca, literal("sin")),
        (Tarea.vence_en <= limites.ahora, literal("vencidas")),
        (Tarea.vence_en <= limites.en_tres, literal("3")),
        (Tarea.vence_en <= limites.en_diez, literal("10")),
        else_=literal("despues"),
    )


# -- a page ----------------------------------------------------------------------------------------------
def ver(ctx: Ctx, pestana: Pestana, filtros: Filtros, desde: str = "", limite: int = POR_PAGINA) -> Bandeja:
    """The page of a tab that begins after the key `desde`. A key that is none begins at the first page."""
    limites = vencimientos(ctx)
    cuentas, facetas, total = _contar(ctx, pestana, filtros, limites)
    filas = _filas(ctx, pestana, filtros, limites, desde, limite + 1)
    hay_mas = len(filas) > limite
    filas = filas[:limite]
    return Bandeja(
        pestana,
        tuple(filas),
        total,
        cuentas,
        facetas,
        filas[-1].clave if hay_mas else "",
    )


def siguiente(ctx: Ctx) -> Fila | None:
    """What she should do now: the first of hers, or else the first of her office that nobody has."""
    limites = vencimientos(ctx)
    for pestana in ("mias", "oficina"):
        filas = _filas(ctx, pestana, Filtros(), limites, "", 1)
        if filas:
            return filas[0]
    return None


def cuantas_mias(ctx: Ctx) -> int:
    """How many tasks of hers wait for her now."""
    ramas = or_(false(), *_ramas(ctx, "mias"))
    consulta = select(func.count(Tarea.id)).where(ramas, visible_to(ctx.actor, Tarea))
    return ctx.session.scalar(consulta) or 0


def nuevas(ctx: Ctx, pestana: Pestana, desde: dt.datetime) -> int:
    """How many tasks arrived in a tab after an instant."""
    llegada = func.coalesce(Tarea.tomada_en, Tarea.creada_en)
    ramas = [
        select(func.count()).select_from(Tarea).where(rama, llegada > desde).scalar_subquery()
        for rama in _ramas(ctx, pestana)
    ]
    return sum(ctx.session.execute(select(*ramas)).one()) if ramas else 0


def _filas(
    ctx: Ctx, pestana: Pestana, filtros: Filtros, limites: Vencimientos, desde: str, limite: int
) -> list[Fila]:
    orden = _orden(pestana)
    donde = [visible_to(ctx.actor, Tarea), *_de_filtros(filtros, limites), *_despues_de(pestana, desde)]
    ramas = [
        select(select(Tarea.id).where(rama, *donde).order_by(*orden).limit(limite).subquery().c.id)
        for rama in _ramas(ctx, pestana)
    ]
    if not ramas:
        return []
    elegidas = union_all(*ramas).subquery()
    consulta = _con_contexto().join(elegidas, elegidas.c.id == Tarea.id).order_by(*orden).limit(limite)
    return [_fila(ctx, limites, pestana, registro) for registro in ctx.session.execute(consulta)]


def _orden(pestana: Pestana) -> tuple[Any, ...]:
    if pestana == "hechas":
        return (Tarea.hecha_en.desc(), Tarea.id.desc())
    return (Tarea.vence_en, Tarea.prioridad.desc(), Tarea.id)


def _despues_de(pestana: Pestana, clave: str) -> list[Condicion]:
    """Rows after the key of the last one shown; nothing for a key that cannot be read."""
    try:
        texto, prioridad, numero = clave.split("_")
        instante = dt.datetime.fromtimestamp(float(texto), dt.UTC)
        p, i = int(prioridad), int(numero)
    except (ValueError, OverflowError, OSError):
        return []
    if pestana == "hechas":
        return [or_(Tarea.hecha_en < instante, and_(Tarea.hecha_en == instante, Tarea.id < i))]
    iguales = or_(Tarea.prioridad < p, and_(Tarea.prioridad == p, Tarea.id > i))
    return [Tarea.vence_en >= instante, or_(Tarea.vence_en > instante, iguales)]


def _con_contexto() -> Select[Any]:
    """The task with what its row says around it: term, employer, place, who has it, why it matters."""
    otra = aliased(Denuncia)
    del_patron = (
        select(func.count(otra.id))
        .where(otra.patron_id == Expediente.patron_id, otra.causa_cierre.is_(None))
        .where(otra.subdelegacion_id == Tarea.subdelegacion_id)
        .correlate(Expediente, Tarea)
        .scalar_subquery()
    )
    es_propuesta = and_(Tarea.sujeto_tipo == "propuesta", Propuesta.id == Tarea.sujeto_id)
    return (
        select(
            Tarea,
            Plazo.vence,
            Plazo.unidad,
            Subdelegacion.nombre,
            Usuario.nombre,
            Patron.trabajadores,
            del_patron,
            Propuesta.puntaje,
        )
        .join(Subdelegacion, Subdelegacion.id == Tarea.subdelegacion_id)
        .join(Expediente, Expediente.id == Tarea.expediente_id)
        .outerjoin(Patron, Patron.id == Expediente.patron_id)
        .outerjoin(Plazo, Plazo.id == Tarea.plazo_id)
        .outerjoin(Usuario, Usuario.id == Tarea.asignada_a)
        .outerjoin(Propuesta, es_propuesta)
    )


def _fila(ctx: Ctx, limites: Vencimientos, pestana: Pestana, registro: Any) -> Fila:
    tarea, vence, unidad, lugar, quien, trabajadores, del_patron, puntaje = registro
    cuando = limites.de(
        tarea.vence_en, vence, unidad, pausa=tarea.en_espera, hecha=tarea.hecha_en is not None
    )
    primero = tarea.hecha_en if pestana == "hechas" else tarea.vence_en
    return Fila(
        id=tarea.id,
        nombre=tarea.nombre,
        folio=tarea.folio,
        titulo=tarea.titulo,
        lugar=lugar.removeprefix("Subdelegación "),
        cuando=cuando,
        prioridad=tarea.prioridad,
        porque=tuple(_porque(tarea, cuando, trabajadores, del_patron, puntaje)),
        asignada_a=quien or "",
        mia=tarea.asignada_a is not None and tarea.asignada_a == ctx.actor.usuario_id,
        reservada=tarea.reservada,
        pospuesta_hasta=tarea.pospuesta_hasta,
        hecha_en=tarea.hecha_en,
        clave=f"{primero.timestamp():.6f}_{tarea.prioridad}_{tarea.id}",
    )


def _porque(
    tarea: Tarea, cuando: Cuando, trabajadores: int | None, del_patron: int, puntaje: int | None
) -> Iterable[str]:
    """Why the task stands where it stands: what the order looks at, and what gives the case its weight."""
    yield cuando.frase
    yield f"Prioridad {PRIORIDADES.get(tarea.prioridad, PRIORIDADES[0]).lower()} del caso"
    if puntaje is not None:
        yield f"Riesgo de la propuesta: {puntaje} de 100"
    if del_patron > 1:
        yield f"{del_patron} denuncias abiertas del mismo patrón"
    if trabajadores:
        yield f"{trabajadores:,} personas trabajan ahí"


# -- how many --------------------------------------------------------------------------------------------
def _contar(
    ctx: Ctx, pestana: Pestana, filtros: Filtros, limites: Vencimientos
) -> tuple[dict[str, int], dict[str, tuple[Faceta, ...]], int]:
    """Counts of the tabs, facets of this one, and the filtered total: one statement."""
    ve = visible_to(ctx.actor, Tarea)
    partes: list[Any] = []
    for otra in PESTANAS:
        partes += [_cuenta("pestana", otra, and_(rama, ve)) for rama in _ramas(ctx, otra)]
    esta = and_(or_(false(), *_ramas(ctx, pestana)), ve)
    partes.append(_cuenta("total", "", and_(esta, *_de_filtros(filtros, limites))))
    partes.append(_por("tipo", Tarea.formulario, func.min(Tarea.nombre), esta))
    partes.append(_por("proceso", Tarea.proceso, literal(""), esta))
    partes.append(_por("prioridad", Tarea.prioridad, literal(""), esta))
    partes.append(_por("vencimiento", _grupo_vencimiento(limites), literal(""), esta))
    registros = ctx.session.execute(union_all(*partes)).all()
    cuentas: dict[str, int] = {
        p: sum(int(r[3]) for r in registros if r[0] == "pestana" and r[1] == p) for p in PESTANAS
    }
    total = sum(int(r[3]) for r in registros if r[0] == "total")
    return cuentas, _facetas(registros), total


def _cuenta(grupo: str, clave: str, condicion: Condicion) -> Any:
    columnas = (literal(grupo).label("grupo"), literal(clave).label("clave"), literal("").label("nombre"))
    return select(*columnas, func.count().label("cuantas")).select_from(Tarea).where(condicion)


def _por(grupo: str, columna: Any, nombre: Any, condicion: Condicion) -> Any:
    interior = (
        select(columna.label("clave"), nombre.label("nombre"), func.count().label("cuantas"))
        .select_from(Tarea)
        .where(condicion)
        .group_by(columna)
        .subquery()
    )
    texto = cast(interior.c.clave, String)
    return select(literal(grupo).label("grupo"), texto, interior.c.nombre, interior.c.cuantas)


def _facetas(registros: Sequence[Any]) -> dict[str, tuple[Faceta, ...]]:
    por = {
        grupo: {r[1]: (r[2], r[3]) for r in registros if r[0] == grupo}
        for grupo in ("tipo", "proceso", "prioridad", "vencimiento")
    }
    etapas = (
        Faceta(clave, etiqueta, sum(por["proceso"].get(d, ("", 0))[1] for d in diagramas))
        for clave, (etiqueta, diagramas) in ETAPAS.items()
    )
    return {
        "vencimiento": tuple(
            Faceta(clave, etiqueta, por["vencimiento"].get(clave, ("", 0))[1])
            for clave, etiqueta in VENCIMIENTOS.items()
        ),
        "proceso": tuple(etapas),
        "prioridad": tuple(
            Faceta(str(clave), etiqueta, por["prioridad"].get(str(clave), ("", 0))[1])
            for clave, etiqueta in PRIORIDADES.items()
        ),
        "tipo": tuple(
            sorted((Faceta(c, n, k) for c, (n, k) in por["tipo"].items()), key=lambda f: f.etiqueta)
        ),
    }
