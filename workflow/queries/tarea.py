"""A task as its page shows it: what it asks, who has it, until when, and whether the person may do it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models.comite import Asunto, Comite, Mocion, Sesion
from models.organizacion import Rol, Subdelegacion, Usuario, UsuarioRol
from models.plazo import Plazo, Suspension
from models.proceso import EstadoTarea, Tarea
from workflow import formularios
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.formularios import Formulario
from workflow.operations import plazo as libro
from workflow.operations.sujeto import Sujeto
from workflow.params.suspensiones import nombre as nombre_de_causal
from workflow.queries import plazos, suspensiones
from workflow.queries.ambito import personas
from workflow.queries.cuando import Cuando, vencimientos
from workflow.queries.visible import de_su_papel, visible_to

Situacion = Literal["mia", "libre", "ajena", "mira", "espera", "hecha", "cancelada"]


@dataclass(frozen=True)
class Vista:
    """A task. `situacion`: mia (hers), libre (she may take it), ajena (somebody of her role has it), mira
    (she only sees it), espera (its case is in pause), hecha, cancelada."""

    fila: Tarea
    lugar: str
    quien: str
    hizo: str
    borrador_de: str
    cuando: Cuando
    situacion: Situacion
    reloj: plazos.Reloj | None
    pausa: Suspension | None
    sujeto: Sujeto

    @property
    def id(self) -> int:
        """Number of the task."""
        return self.fila.id

    @property
    def rol(self) -> str:
        """Label of the role whose task it is."""
        return Rol(self.fila.rol).etiqueta

    @property
    def editable(self) -> bool:
        """Whether the form is offered."""
        return self.situacion in ("mia", "libre")

    @property
    def causal(self) -> str:
        """Why the case is in pause, in words."""
        return nombre_de_causal(self.pausa.causal).replace("_", " ") if self.pausa else ""


def ver(ctx: Ctx, tarea_id: int) -> Vista:
    """The task, if she sees it. Raises NoEncontrado."""
    return _leer(ctx, tarea_id, visible_to(ctx.actor, Tarea))


def para_responder(ctx: Ctx, tarea_id: int) -> Vista:
    """The task for whoever has sent an answer: also one of her role that somebody else took meanwhile,
    so that she is told why and keeps her text. Raises NoEncontrado."""
    return _leer(ctx, tarea_id, de_su_papel(ctx.actor))


def formulario(vista: Vista) -> Formulario:
    """The form of the task."""
    return formularios.cargar(vista.fila.proceso, vista.fila.formulario)


def _leer(ctx: Ctx, tarea_id: int, condicion: Any) -> Vista:
    quien, hizo, borro = aliased(Usuario), aliased(Usuario), aliased(Usuario)
    consulta = (
        select(Tarea, Subdelegacion.nombre, quien.nombre, hizo.nombre, borro.nombre, Plazo)
        .join(Subdelegacion, Subdelegacion.id == Tarea.subdelegacion_id)
        .outerjoin(quien, quien.id == Tarea.asignada_a)
        .outerjoin(hizo, hizo.id == Tarea.hecha_por)
        .outerjoin(borro, borro.id == Tarea.borrador_de)
        .outerjoin(Plazo, Plazo.id == Tarea.plazo_id)
        .where(Tarea.id == tarea_id, condicion)
        .execution_options(populate_existing=True)
    )
    registro = ctx.session.execute(consulta).one_or_none()
    if registro is None:
        raise NoEncontrado()
    fila, lugar, nombre, nombre_hizo, nombre_borro, plazo = registro
    sujeto = Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)
    limites = vencimientos(ctx, fila.subdelegacion_id)
    return Vista(
        fila=fila,
        lugar=lugar,
        quien=nombre or "",
        hizo=nombre_hizo or "",
        borrador_de=nombre_borro or "",
        cuando=limites.de(
            fila.vence_en,
            getattr(plazo, "vence", None),
            getattr(plazo, "unidad", None),
            pausa=fila.en_espera,
            hecha=fila.estado != EstadoTarea.ABIERTA,
        ),
        situacion=_situacion(ctx, fila),
        reloj=_reloj(ctx, sujeto, plazo),
        pausa=libro.suspendido(ctx, sujeto) if fila.en_espera else None,
        sujeto=sujeto,
    )


def _reloj(ctx: Ctx, sujeto: Sujeto, plazo: Plazo | None) -> plazos.Reloj | None:
    if plazo is None:
        return None
    return plazos.reloj(ctx, plazo, suspensiones.leer(ctx, sujeto))


def _situacion(ctx: Ctx, fila: Tarea) -> Situacion:
    if fila.estado == EstadoTarea.HECHA:
        return "hecha"
    if fila.estado == EstadoTarea.CANCELADA:
        return "cancelada"
    suya = fila.asignada_a in personas(ctx.actor)
    if not suya and not ctx.actor.es(fila.rol):
        return "mira"
    if fila.en_espera and not fila.permitida_en_suspension:
        return "espera"
    if suya:
        return "mia"
    return "libre" if fila.asignada_a is None else "ajena"


def contexto_de_forma(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """Data of the task that conditions `tarea.x` of its form read, as they stand now."""
    fila = vista.fila
    if fila.sujeto_tipo != "asunto":
        return {}
    registro = ctx.session.execute(
        select(Comite.razon_obligatoria)
        .join(Sesion, Sesion.comite_id == Comite.id)
        .join(Asunto, Asunto.sesion_id == Sesion.id)
        .where(Asunto.id == fila.sujeto_id)
    ).scalar_one_or_none()
    resultado = ctx.session.scalar(
        select(Mocion.resultado)
        .where(Mocion.asunto_id == fila.sujeto_id)
        .order_by(Mocion.numero.desc())
        .limit(1)
    )
    datos: dict[str, Any] = {"razon_obligatoria": bool(registro)}
    return datos | ({"resultado_asunto": resultado} if resultado else {})


@dataclass(frozen=True)
class Colega:
    """Somebody who may do the task, and how many tasks she has open."""

    id: int
    nombre: str
    abiertas: int


def colegas(ctx: Ctx, vista: Vista) -> list[Colega]:
    """Active people of the role of the task in its unit, those with fewer open tasks first."""
    abiertas = (
        select(func.count(Tarea.id))
        .where(Tarea.asignada_a == Usuario.id, Tarea.estado == EstadoTarea.ABIERTA)
        .correlate(Usuario)
        .scalar_subquery()
    )
    consulta = (
        select(Usuario.id, Usuario.nombre, abiertas.label("abiertas"))
        .join(UsuarioRol, UsuarioRol.usuario_id == Usuario.id)
        .where(
            UsuarioRol.rol == Rol(vista.fila.rol),
            Usuario.activo,
            Usuario.subdelegacion_id == vista.fila.subdelegacion_id,
        )
        .order_by("abiertas", Usuario.nombre)
    )
    return [Colega(*registro) for registro in ctx.session.execute(consulta)]


@dataclass(frozen=True)
class Despues:
    """A task that a completion opened. `mia`: she may do it."""

    id: int
    nombre: str
    rol: str
    quien: str
    mia: bool


def siguientes(ctx: Ctx, vista: Vista) -> list[Despues]:
    """The open tasks of the case after this one, as far as she may know of them."""
    filas = ctx.session.execute(
        select(Tarea, Usuario.nombre)
        .outerjoin(Usuario, Usuario.id == Tarea.asignada_a)
        .where(Tarea.instancia_id == vista.fila.instancia_id, Tarea.estado == EstadoTarea.ABIERTA)
        .order_by(Tarea.id)
    )
    return [
        Despues(
            t.id,
            t.nombre,
            Rol(t.rol).etiqueta,
            nombre or "",
            _situacion(ctx, t) in ("mia", "libre"),
        )
        for t, nombre in filas
    ]
