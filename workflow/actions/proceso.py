"""Published definitions of the processes: validate, publish, list, move a case to another version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from sqlalchemy import func, select

from models.proceso import DefinicionProceso, EstadoInstancia, Instancia
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.engine.catalog import Catalog, digest
from workflow.engine.errors import EngineError, InvalidDiagram
from workflow.engine.migration import move, obstacle
from workflow.engine.model import Problem
from workflow.engine.projection import Projection
from workflow.engine.rewrite import read_xml
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto

BPMN = Path(__file__).resolve().parents[2] / "bpmn"


@dataclass(frozen=True, slots=True)
class Publicado:
    """A process in the table of definitions. `nueva`: this publication added the version."""

    proceso: str
    version: int
    sha256: str
    nueva: bool
    activas: int = 0


def archivos(proceso: str, raiz: Path = BPMN) -> dict[str, bytes]:
    """The diagrams of a process: those of its folder and every one that they call, wherever it is drawn."""
    dibujados = {ruta.stem: ruta for ruta in sorted(raiz.glob("*/*.bpmn"))}
    pendientes = sorted(ruta.stem for ruta in (raiz / proceso).glob("*.bpmn"))
    hallados: dict[str, bytes] = {}
    while pendientes:
        ruta = dibujados.get(nombre := pendientes.pop())
        if ruta is not None and f"{nombre}.bpmn" not in hallados:
            hallados[ruta.name] = ruta.read_bytes()
            pendientes += _llamados(hallados[ruta.name])
    return dict(sorted(hallados.items()))


def procesos(raiz: Path = BPMN) -> list[str]:
    """Names of the processes drawn under `raiz` that live by themselves.

    What another diagram calls (`notificacion`) does not: it is published with each process that calls it.
    """
    rutas = list(raiz.glob("*/*.bpmn"))
    llamados = {nombre for ruta in rutas for nombre in _llamados(ruta.read_bytes())}
    return sorted(r.stem for r in rutas if r.stem == r.parent.name and r.stem not in llamados)


def _llamados(diagrama: bytes) -> list[str]:
    """Names of the diagrams that a diagram calls; none where it is not XML, which validation says better."""
    try:
        return sorted({n for e in read_xml(diagrama).iter() if (n := e.get("calledElement"))})
    except etree.XMLSyntaxError:
        return []


def _nombrados(raiz: Path, solo: Iterable[str]) -> list[str]:
    dibujados = procesos(raiz)
    for nombre in (nombres := list(solo) or dibujados):
        if nombre not in dibujados:
            raise NoEncontrado(f"No hay diagrama del proceso «{nombre}».")
    return nombres


def validar(catalogo: Catalog, raiz: Path = BPMN, solo: Iterable[str] = ()) -> list[Problem]:
    """Every reason why the diagrams may not be published. Raises NoEncontrado for a process not drawn."""
    males: list[Problem] = []
    for proceso in _nombrados(raiz, solo):
        try:
            diagramas = archivos(proceso, raiz)
            catalogo.load(proceso, diagramas)
            males += catalogo.validate(diagramas)
        except InvalidDiagram as error:
            males += error.problems
    return males


@action
def publicar(
    ctx: Ctx, raiz: Path = BPMN, solo: Iterable[str] = (), catalogo: Catalog | None = None
) -> list[Publicado]:
    """Publish what changed. All or nothing; the same bytes are published once.

    `catalogo` judges; by default the strict one, which knows roles, verbs, terms, forms and messages.

    Raises DatoInvalido with one sentence per problem, NoEncontrado for a process that is not drawn.
    """
    nombres = _nombrados(raiz, solo)
    males = validar(catalogo or _exigente(), raiz, nombres)
    if males:
        campos = {f"{m.process}/{m.node or '-'}:{m.code}:{i}": m.sentence for i, m in enumerate(males)}
        raise DatoInvalido("Corrige los diagramas: " + " ".join(m.sentence for m in males), campos)
    return [_publicar(ctx, nombre, archivos(nombre, raiz)) for nombre in nombres]


def _exigente() -> Catalog:
    from workflow.actions.casa import catalogo_exigente

    return catalogo_exigente()


def _publicar(ctx: Ctx, proceso: str, diagramas: dict[str, bytes]) -> Publicado:
    sha256 = digest(diagramas)
    ultima = ctx.session.scalars(
        select(DefinicionProceso)
        .where(DefinicionProceso.proceso == proceso)
        .order_by(DefinicionProceso.version.desc())
        .limit(1)
    ).first()
    if ultima is not None and ultima.sha256 == sha256:
        return Publicado(proceso, ultima.version, sha256, nueva=False)
    anterior = ctx.session.scalars(
        select(DefinicionProceso).where(
            DefinicionProceso.proceso == proceso, DefinicionProceso.sha256 == sha256
        )
    ).first()
    if anterior is not None:
        raise DatoInvalido(
            f"«{proceso}» es igual a su versión {anterior.version}, que ya no es la última. "
            "Una versión no se publica dos veces: cambia el diagrama."
        )
    version = (ultima.version if ultima is not None else 0) + 1
    ctx.session.add(
        DefinicionProceso(
            proceso=proceso,
            version=version,
            sha256=sha256,
            archivos={nombre: datos.decode("utf-8") for nombre, datos in diagramas.items()},
            publicada_en=ctx.now,
        )
    )
    anotar(ctx, "publicar_proceso", None, proceso=proceso, version=version, sha256=sha256)
    return Publicado(proceso, version, sha256, nueva=True)


def listar(ctx: Ctx) -> list[Publicado]:
    """All versions with their cases still open, by process and version."""
    activas = (
        select(Instancia.definicion_id, func.count(Instancia.id).label("n"))
        .where(Instancia.estado != EstadoInstancia.TERMINADA)
        .group_by(Instancia.definicion_id)
        .subquery()
    )
    filas = ctx.session.execute(
        select(
            DefinicionProceso.proceso,
            DefinicionProceso.version,
            DefinicionProceso.sha256,
            func.coalesce(activas.c.n, 0),
        )
        .outerjoin(activas, activas.c.definicion_id == DefinicionProceso.id)
        .order_by(DefinicionProceso.proceso, DefinicionProceso.version)
    )
    return [Publicado(p, v, sha, nueva=False, activas=n) for p, v, sha, n in filas]


@dataclass(frozen=True, slots=True)
class Migracion:
    """What would happen to one case. `motivo` empty: it can move."""

    instancia_id: int
    folio: str
    de: int
    a: int
    motivo: str = ""


def revisar_migracion(ctx: Ctx, proceso: str) -> list[Migracion]:
    """The dry run: every open case of an older version and whether it can move to the newest.

    Nothing is written, and each case is released as soon as it was looked at: the house goes on meanwhile.
    """
    nueva = _ultima(ctx, proceso)
    filas = ctx.session.execute(
        select(Instancia.id, Instancia.folio, DefinicionProceso.version)
        .join(DefinicionProceso, DefinicionProceso.id == Instancia.definicion_id)
        .where(
            Instancia.proceso == proceso,
            Instancia.estado != EstadoInstancia.TERMINADA,
            Instancia.definicion_id != nueva.id,
        )
        .order_by(Instancia.id)
    ).all()
    nueva_id, a, casos = nueva.id, nueva.version, []
    for fila in filas:
        casos.append(Migracion(fila.id, fila.folio, fila.version, a, _impedimento(ctx, fila.id, nueva_id)))
        ctx.session.rollback()
    return casos


def migrar(ctx: Ctx, proceso: str) -> list[Migracion]:
    """Move every case that can move safely; the others stay on their version, with the reason."""
    return [m if m.motivo else _migrar(ctx, m) for m in revisar_migracion(ctx, proceso)]


def _ultima(ctx: Ctx, proceso: str) -> DefinicionProceso:
    ultima = ctx.session.scalars(
        select(DefinicionProceso)
        .where(DefinicionProceso.proceso == proceso)
        .order_by(DefinicionProceso.version.desc())
        .limit(1)
    ).first()
    if ultima is None:
        raise NoEncontrado(f"El proceso «{proceso}» no está publicado.")
    return ultima


def _impedimento(ctx: Ctx, instancia_id: int, nueva_id: int) -> str:
    caso = ctx.engine.lock(ctx, instancia_id)
    if caso is None or caso.finished:
        return "El caso ya terminó."
    vieja = ctx.engine.definition(ctx.session, caso.definicion_id)
    return obstacle(caso.engine, vieja, ctx.engine.definition(ctx.session, nueva_id))


@action
def _migrar(ctx: Ctx, m: Migracion) -> Migracion:
    caso = ctx.engine.lock(ctx, m.instancia_id)
    if caso is None or caso.finished:
        return Migracion(m.instancia_id, m.folio, m.de, m.a, "El caso ya terminó.")
    nueva = _ultima(ctx, caso.proceso)
    motivo = _impedimento(ctx, caso.id, nueva.id)
    if motivo:
        return Migracion(m.instancia_id, m.folio, m.de, m.a, motivo)
    antes = caso.before
    try:
        vieja = ctx.engine.definition(ctx.session, caso.definicion_id)
        caso.engine = move(caso.engine, vieja, ctx.engine.definition(ctx.session, nueva.id))
        despues = Projection.of(caso.engine)
    except EngineError as error:
        return Migracion(m.instancia_id, m.folio, m.de, m.a, str(error))
    if antes.tasks.keys() != despues.tasks.keys():
        return Migracion(m.instancia_id, m.folio, m.de, m.a, "Cambiarían las tareas abiertas.")
    ctx.engine.move(ctx, caso, nueva.id)
    ctx.engine.save(ctx, caso)
    sujeto = Sujeto(caso.sujeto_tipo, caso.sujeto_id, caso.expediente_id, caso.subdelegacion_id)
    anotar(ctx, "migrar_caso", sujeto, instancia_id=caso.id, de=m.de, a=m.a)
    return m
