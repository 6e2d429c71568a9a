"""What is restored to each worker, as its pages show it: of a denuncia, of an act, of the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from models.acto import Acto, EstadoActo
from models.credito import TrabajadorDeterminado
from models.denuncia import Denuncia, EstadoDenuncia
from models.documento import Documento
from models.identidad import Identidad
from models.organizacion import Rol
from models.patron import Patron
from models.restitucion import EtapaRestitucion, Restitucion
from workflow import formularios
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.formularios import Formulario
from workflow.operations import restitucion, restitucion_acto
from workflow.operations.restitucion import Libro, Partida
from workflow.params import semanas
from workflow.queries.ambito import por_rol
from workflow.queries.expediente import Caso
from workflow.queries.tarea import Vista
from workflow.rules.calendario import fecha_larga
from workflow.rules.dinero import escribir

POR_PAGINA = 50
CIFRAS = 10  # of what no identifier reaches
# From then on her mailbox says what is put right.
CON_RESULTADO = frozenset({EstadoDenuncia.POR_RESTITUIR, EstadoDenuncia.RESTITUIDA})
T, R = TrabajadorDeterminado, Restitucion
SITUACIONES = {
    "procede": "Procede: ya nadie puede combatir lo que se determinó.",
    "pendiente": "Todavía se puede combatir lo que se determinó: por ahora, avisos del patrón o registro de oficio.",
    "improcedente": "No procede: los créditos quedaron sin efectos.",
}


@dataclass(frozen=True)
class Persona:
    """A worker of an act and her ledger. `id`: of the first of her rows; without it, who denounced."""

    id: int | None
    nombre: str
    nss: str
    libro: Libro


@dataclass(frozen=True)
class Lista:
    """A page of workers. `situacion`: what the state of the credits lets be done, in a sentence."""

    personas: Sequence[Persona]
    total: int
    pagina: int
    paginas: int
    situacion: str


@dataclass(frozen=True)
class Pendiente:
    """An act with workers to restore. `listas`: how many have all that was determined."""

    acto: Acto
    patron: str
    personas: int
    listas: int


def de_caso(ctx: Ctx, caso: Caso, pagina: int = 1) -> Lista:
    """The workers of a denuncia (she alone), of an act, or of the act of a credit. Raises NoEncontrado."""
    if caso.tipo == "denuncia":
        ella = Persona(None, "Persona denunciante", "", restitucion.libro(ctx, caso.fila))
        return Lista([ella], 1, 1, 1, _situacion(ctx, caso.fila.acto_id) if caso.fila.acto_id else "")
    if caso.tipo not in ("acto", "credito"):
        raise NoEncontrado()
    return del_acto(ctx, caso.id if caso.tipo == "acto" else caso.fila.acto_id, pagina)


def del_acto(ctx: Ctx, acto_id: int, pagina: int = 1) -> Lista:
    """A page of the workers of an act, by name."""
    donde = T.acto_id == acto_id
    total = ctx.session.scalar(select(func.count(func.distinct(T.nss))).where(donde)) or 0
    paginas = max(1, -(-total // POR_PAGINA))
    pagina = min(max(pagina, 1), paginas)
    consulta = (
        select(T.nss, func.min(T.id), func.min(T.nombre))
        .where(donde)
        .group_by(T.nss)
        .order_by(func.min(T.nombre), T.nss)
        .offset((pagina - 1) * POR_PAGINA)
        .limit(POR_PAGINA)
    )
    renglones = ctx.session.execute(consulta).all()
    suyos = restitucion_acto.filas_de(ctx, acto_id, [nss for nss, _, _ in renglones])
    libros = restitucion_acto.libros(ctx, acto_id, suyos)
    personas = [Persona(id_, nombre, nss, libros[nss]) for nss, id_, nombre in renglones]
    return Lista(personas, total, pagina, paginas, _situacion(ctx, acto_id))


def _situacion(ctx: Ctx, acto_id: int) -> str:
    return SITUACIONES[restitucion.situacion(ctx, acto_id)]


def persona(ctx: Ctx, acto_id: int, trabajador_id: int) -> tuple[Acto, Persona]:
    """One worker, for who restores rights in the unit of the act. Raises NoEncontrado."""
    acto = restitucion_acto.para_restituir(ctx, acto_id)
    fila = ctx.session.get(T, trabajador_id)
    if fila is None or fila.acto_id != acto.id:
        raise NoEncontrado()
    libros = restitucion_acto.libros(ctx, acto.id, restitucion_acto.filas_de(ctx, acto.id, [fila.nss]))
    return acto, Persona(fila.id, fila.nombre, fila.nss, libros[fila.nss])


def por_restituir(ctx: Ctx) -> list[Pendiente]:
    """The acts determined of her unit with somebody still to restore, oldest first. Three queries."""
    consulta = (
        select(Acto, Patron.nombre)
        .join(Patron, Patron.id == Acto.patron_id)
        .where(
            Acto.estado == EstadoActo.DETERMINADO,
            por_rol(ctx.actor, Acto.subdelegacion_id, Rol.VIGENCIA_DERECHOS),
        )
        .order_by(Acto.concluido_en, Acto.id)
    )
    actos = ctx.session.execute(consulta).all()
    ids = [acto.id for acto, _ in actos]
    personas, listas = _personas(ctx, ids), _listas(ctx, ids)
    todos = [
        Pendiente(acto, patron, personas.get(acto.id, 0), listas.get(acto.id, 0)) for acto, patron in actos
    ]
    return [uno for uno in todos if uno.listas < uno.personas]


def _personas(ctx: Ctx, actos: Sequence[int]) -> dict[int, int]:
    """How many workers each act determined."""
    consulta = (
        select(T.acto_id, func.count(func.distinct(T.nss))).where(T.acto_id.in_(actos)).group_by(T.acto_id)
    )
    return {acto_id: cuantas for acto_id, cuantas in ctx.session.execute(consulta)}


def _listas(ctx: Ctx, actos: Sequence[int]) -> dict[int, int]:
    """How many workers of each act have everything: by their NSS, or by a denuncia that the act determined.

    Who filed two denuncias is one: her blind index says so.
    """
    otra = aliased(R)
    probada = select(otra.denuncia_id).where(
        otra.etapa == EtapaRestitucion.DETERMINADA, otra.semanas.is_not(None)
    )
    consulta = (
        select(R.acto_id, func.count(func.distinct(R.nss)), func.count(func.distinct(Identidad.indice_nss)))
        .outerjoin(Identidad, Identidad.denuncia_id == R.denuncia_id)
        .where(R.acto_id.in_(actos), R.completa, or_(R.nss.is_not(None), R.denuncia_id.in_(probada)))
        .group_by(R.acto_id)
    )
    listas: dict[int, int] = {}
    for acto_id, por_nss, por_denuncia in ctx.session.execute(consulta):
        listas[acto_id or 0] = por_nss + por_denuncia
    return listas


def para_restituir(ctx: Ctx, acto_id: int, pagina: int = 1) -> tuple[Acto, Lista]:
    """The same page for who restores rights in the unit of the act, who may not see its file. Raises NoEncontrado."""
    return restitucion_acto.para_restituir(ctx, acto_id), del_acto(ctx, acto_id, pagina)


def regla(ctx: Ctx) -> semanas.ReglaSemanas:
    """How the weeks are counted today."""
    return semanas.regla(ctx.hoy)


# -- her own mailbox ------------------------------------------------------------------------------------------
def para_ella(ctx: Ctx, denuncia: Denuncia) -> tuple[tuple[str, str], ...]:
    """Her ledger in plain words, once there is a result: (what, sentence). Of nobody else (LSS 22)."""
    if denuncia.estado not in CON_RESULTADO:
        return ()
    libro = restitucion.libro(ctx, denuncia)
    dichos = (
        ("Lo que pediste", libro.prometida),
        ("Lo que comprobamos", libro.determinada),
        ("Lo que ya está en tu cuenta", libro.reconocida),
    )
    renglones = [(que, _en_palabras(partida)) for que, partida in dichos if partida and partida.tramos]
    if libro.faltan:
        renglones.append(("Lo que falta", _en_palabras(Partida(libro.faltan, libro.semanas_faltan))))
    return tuple(renglones)


def _en_palabras(partida: Partida) -> str:
    desde, hasta = min(t.desde for t in partida.tramos), max(t.hasta for t in partida.tramos)
    fin = "a la fecha" if partida.abierta else f"al {fecha_larga(hasta)}"
    cuantas = "1 semana" if partida.semanas == 1 else f"{partida.semanas:,} semanas"
    salarios = sorted({t.salario for t in partida.tramos if t.salario})
    salario = f" Salario por día: {' y '.join(escribir(s) for s in salarios)}." if salarios else ""
    return f"{cuantas}, del {fecha_larga(desde)} {fin}.{salario}"


# -- the form ------------------------------------------------------------------------------------------------
def inicial(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """The form of `restituir_derechos` with the movements that are missing."""
    return propuesta(ctx, restitucion.libro(ctx, ctx.session.get_one(Denuncia, vista.fila.sujeto_id)))


def propuesta(ctx: Ctx, libro: Libro) -> dict[str, Any]:
    """The movements that would complete a ledger, as the form has them; empty when nothing is missing."""
    movimientos, cuantas = restitucion.proponer(ctx, libro)
    filas = [
        {
            "tipo": m.tipo,
            "fecha": m.fecha.isoformat(),
            "salario": f"{m.salario:.2f}" if m.salario else None,
            "periodo": {
                "desde": m.desde.isoformat() if m.desde else None,
                "hasta": m.hasta.isoformat() if m.hasta else None,
            },
            "fundamento": "resolucion" if libro.faltan else "aviso_patronal",
        }
        for m in movimientos
    ]
    return {"movimientos": filas, "semanas_reconocidas": cuantas} if filas else {}


def formulario() -> Formulario:
    """The form of a restitution."""
    return formularios.cargar(*restitucion_acto.FORMULARIO)


def pruebas(ctx: Ctx, acto_id: int, ids: Sequence[Any]) -> list[tuple[Any, str]]:
    """Names of the papers kept with an earlier try."""
    consulta = select(Documento.id, Documento.nombre).where(
        Documento.id.in_([int(uno) for uno in ids if str(uno).isdecimal() and len(str(uno)) < CIFRAS]),
        Documento.tipo == restitucion_acto.EVIDENCIA,
        Documento.sujeto_tipo == "acto",
        Documento.sujeto_id == acto_id,
    )
    return [(id_, nombre) for id_, nombre in ctx.session.execute(consulta)]
