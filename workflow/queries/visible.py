"""Which rows a person sees (procesos §1.7, §1.8; arquitectura §5). SQL conditions: every query starts here.

A case is seen by scope (subdelegación ⊂ OOAD ⊂ nivel central) and by relation: who has it assigned, whose
open task it is, who sits at the committee that knows of it. What is absent and what may not be seen are the
same: no row. The administrator, and an órgano revisor without an acuerdo, see no case.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import product
from typing import Any

from sqlalchemy import BooleanClauseList, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import AsBoolean, Grouping, True_

from models.acto import Acto, EstadoActo
from models.comite import (
    Acuerdo,
    Asiento,
    Asistencia,
    Asunto,
    Cargo,
    EstadoSesion,
    Excusa,
    MotivoExcusa,
    Sesion,
)
from models.credito import Credito
from models.denuncia import Denuncia
from models.documento import Documento
from models.expediente import Expediente
from models.pae import Pae
from models.plazo import Plazo
from models.proceso import Tarea
from models.propuesta import Propuesta
from workflow.context import Actor
from workflow.queries.ambito import (
    Condicion,
    R,
    en_lista,
    en_su_ambito,
    personas,
    por_rol,
    por_tarea,
    sin_duenio,
)

SUPERVISION = (R.SUPERVISION_AUDITORIA, R.TITULAR_JSAC, R.TITULAR_OOAD)
SUPERVISION_COBRO = (R.SUPERVISION_COBRANZA, R.TITULAR_JSAC, R.TITULAR_OOAD)
# Members know the files of the agenda from the call to the acta.
CON_EXPEDIENTE = (EstadoSesion.CONVOCADA, EstadoSesion.INSTALADA, EstadoSesion.ACTA_EN_FIRMA)
# Legal services know of an act from the draft of its resolution on.
DESDE_EL_PROYECTO = (EstadoActo.EN_RESOLUCION, EstadoActo.DETERMINADO)
SIN_CASOS = frozenset({R.ADMINISTRADOR, R.ORGANO_REVISOR, R.CUSTODIO_IDENTIDAD})
MESA = (Cargo.PRESIDENCIA, Cargo.SECRETARIA)


def visible_to(actor: Actor, modelo: type[Any]) -> Condicion:
    """The condition under which a row of `modelo` is seen by `actor`.

    For Denuncia, Propuesta, Sesion, Asunto, Acto, Credito, Pae, Tarea, Expediente, Documento, Plazo. KeyError
    for any other table: nobody lists it for a person without saying first who may see it.
    """
    regla = REGLAS[modelo]
    return true() if actor.tipo == "sistema" else _condicion(regla, actor)


def ways_to(actor: Actor, modelo: type[Any]) -> list[Condicion]:
    """Conditions of which at least one holds exactly where `visible_to` does.

    An OR of a unit, a person and an open task is answered by looking at every row; each of them alone, by its index.
    """
    partes = caminos(visible_to(actor, modelo))
    return [true()] if any(isinstance(parte, True_) for parte in partes) else partes


def caminos(condicion: Any) -> list[Condicion]:
    """The sides of an OR, also of one inside an AND."""
    if isinstance(condicion, Grouping) or (
        isinstance(condicion, AsBoolean) and isinstance(condicion.element, True_)
    ):
        return caminos(condicion.element)
    if not isinstance(condicion, BooleanClauseList):
        return [condicion]
    if condicion.operator is operators.or_:
        return [parte for lado in condicion.clauses for parte in caminos(lado)]
    lados = [caminos(lado) for lado in condicion.clauses]
    return [and_(*juntos) for juntos in product(*lados)]


@lru_cache(maxsize=1024)
def _condicion(regla: Callable[[Actor], Condicion], actor: Actor) -> Condicion:
    """Building a condition costs more than running it; it depends on nothing but who asks."""
    return regla(actor)


def _lee_casos(actor: Actor) -> bool:
    """False for accounts that administer, review or keep the vault: they see no case of their own right."""
    return actor.tipo == "persona" and bool(actor.roles - SIN_CASOS)


# -- the nombres -------------------------------------------------------------------------------------------
def _denuncia(actor: Actor) -> Condicion:
    """The analyst of the case, the chief of the unit, supervisors, whoever has a task; she, her own."""
    if actor.tipo == "denunciante":
        return Denuncia.id == actor.denuncia_id
    if not _lee_casos(actor):
        return false()
    propia = and_(Denuncia.analista_id == actor.usuario_id, en_su_ambito(actor, Denuncia.subdelegacion_id))
    return or_(
        propia if actor.es(R.ANALISTA_AUDITORIA) else false(),
        Denuncia.analista_id.in_(actor.suplencias) if actor.suplencias else false(),
        por_rol(actor, Denuncia.subdelegacion_id, R.JEFE_AUDITORIA, *SUPERVISION),
        por_tarea(actor, "denuncia", Denuncia.id),
    )


def _propuesta(actor: Actor) -> Condicion:
    """Chief and head of the unit, supervisors; members while on their agenda. Nobody with a conflict."""
    if not _lee_casos(actor):
        return false()
    asunto, sesion, silla = aliased(Asunto), aliased(Sesion), aliased(Asistencia)
    en_agenda = exists().where(
        asunto.propuesta_id == Propuesta.id,
        asunto.sesion_id == sesion.id,
        sesion.estado.in_(CON_EXPEDIENTE),
        silla.sesion_id == sesion.id,
        silla.usuario_id.in_(personas(actor)),
        ~_excusada(asunto.id, silla.asiento_id),
    )
    camino = or_(
        por_rol(actor, Propuesta.subdelegacion_id, R.JEFE_AUDITORIA, R.SUBDELEGADO, *SUPERVISION),
        por_tarea(actor, "propuesta", Propuesta.id),
        en_agenda,
    )
    return and_(camino, ~_en_conflicto(actor, Propuesta.id))


def _excusada(asunto_id: Any, asiento_id: Any) -> Condicion:
    excusa = aliased(Excusa)
    return exists().where(excusa.asunto_id == asunto_id, excusa.asiento_id == asiento_id)


def _en_conflicto(actor: Actor, propuesta_id: Any) -> Condicion:
    """She declared a conflict on a matter of the proposal: from then on she may not open it at all.

    Having analysed a denuncia of it keeps her from voting, not from her own work.
    """
    excusa, asunto = aliased(Excusa), aliased(Asunto)
    silla, asistencia = aliased(Asiento), aliased(Asistencia)
    ocupa = or_(
        silla.usuario_id.in_(personas(actor)),
        exists().where(
            asistencia.sesion_id == asunto.sesion_id,
            asistencia.asiento_id == excusa.asiento_id,
            asistencia.usuario_id.in_(personas(actor)),
        ),
    )
    return exists().where(
        excusa.asunto_id == asunto.id,
        asunto.propuesta_id == propuesta_id,
        excusa.motivo != MotivoExcusa.PARTICIPO_EN_ANALISIS,
        silla.id == excusa.asiento_id,
        ocupa,
    )


def _sesion(actor: Actor) -> Condicion:
    """The seats: those who prepare it from the start, the others from the call; supervisors."""
    if not _lee_casos(actor):
        return false()
    asistencia, silla = aliased(Asistencia), aliased(Asiento)
    sentada = exists().where(asistencia.sesion_id == Sesion.id, asistencia.usuario_id.in_(personas(actor)))
    de_la_mesa = exists().where(
        silla.comite_id == Sesion.comite_id,
        silla.usuario_id.in_(personas(actor)),
        or_(silla.cargo.in_(MESA), Sesion.convocada_en.is_not(None)),
    )
    return or_(
        sentada,
        de_la_mesa,
        por_rol(actor, Sesion.subdelegacion_id, R.SECRETARIO_COMITE, *SUPERVISION),
        por_tarea(actor, "sesion", Sesion.id),
    )


def _asunto(actor: Actor) -> Condicion:
    """The matters of the sessions that she sees, but those from which her seat was excused."""
    if not _lee_casos(actor):
        return false()
    asistencia = aliased(Asistencia)
    de_su_silla = exists().where(
        asistencia.sesion_id == Asunto.sesion_id,
        asistencia.usuario_id.in_(personas(actor)),
        _excusada(Asunto.id, asistencia.asiento_id),
    )
    return and_(
        Asunto.sesion_id.in_(_ids(Sesion, _sesion(actor))),
        ~de_su_silla,
        ~_en_conflicto(actor, Asunto.propuesta_id),
    )


def _ids(modelo: Any, condicion: Condicion) -> Any:
    """Ids of the rows that a condition lets through, on their own FROM wherever the query is used."""
    return select(modelo.id).where(condicion).correlate(None)


def _acto(actor: Actor) -> Condicion:
    """Its auditors, chief and head of the unit, supervisors; legal services from the draft resolution on."""
    if not _lee_casos(actor):
        return false()
    return or_(
        por_rol(actor, Acto.subdelegacion_id, R.JEFE_AUDITORIA, R.SUBDELEGADO, *SUPERVISION),
        and_(por_rol(actor, Acto.subdelegacion_id, R.JURIDICO), Acto.estado.in_(DESDE_EL_PROYECTO)),
        por_tarea(actor, "acto", Acto.id),
        *(en_lista(Acto.auditores, persona) for persona in personas(actor)),
    )


def _credito(actor: Actor) -> Condicion:
    """Who collects it and who signs it, legal services, the auditors and the chief of its act, supervisors."""
    if not _lee_casos(actor):
        return false()
    roles = (R.JEFE_COBRANZA, R.SUBDELEGADO, R.JURIDICO, R.JEFE_AUDITORIA, *SUPERVISION_COBRO)
    suyo = (en_lista(Acto.auditores, persona) for persona in personas(actor))
    return or_(
        por_rol(actor, Credito.subdelegacion_id, *roles),
        por_tarea(actor, "credito", Credito.id),
        Credito.acto_id.in_(select(Acto.id).where(or_(false(), *suyo)).correlate(None)),
    )


def _pae(actor: Actor) -> Condicion:
    """The office that collects, the ejecutores that the mandamiento names, the head of the unit, supervisors.

    A depositario, a valuador or an interventor sees it while a task of hers is open.
    """
    if not _lee_casos(actor):
        return false()
    return or_(
        por_rol(actor, Pae.subdelegacion_id, R.JEFE_COBRANZA, R.SUBDELEGADO, *SUPERVISION_COBRO),
        por_tarea(actor, "pae", Pae.id),
        *(en_lista(Pae.ejecutores, persona) for persona in personas(actor)),
    )


def _tarea(actor: Actor) -> Condicion:
    """Hers, done by her, of her role without owner; for who answers for the cases of a unit, theirs all."""
    if not _lee_casos(actor):
        return false()
    unidad = Tarea.subdelegacion_id
    return or_(
        Tarea.asignada_a.in_(personas(actor)),
        Tarea.hecha_por.in_(personas(actor)),
        sin_duenio(actor, Tarea),
        and_(
            Tarea.sujeto_tipo.in_(("denuncia", "propuesta", "acto")),
            por_rol(actor, unidad, R.JEFE_AUDITORIA, *SUPERVISION),
        ),
        and_(
            Tarea.sujeto_tipo.in_(("propuesta", "acto", "credito", "pae")),
            por_rol(actor, unidad, R.SUBDELEGADO),
        ),
        and_(
            Tarea.sujeto_tipo.in_(("credito", "pae")),
            por_rol(actor, unidad, R.JEFE_COBRANZA, *SUPERVISION_COBRO),
        ),
        and_(Tarea.sujeto_tipo == "sesion", por_rol(actor, unidad, R.SECRETARIO_COMITE)),
    )


def de_su_papel(actor: Actor) -> Condicion:
    """Tasks that she sees, or of her role and scope in any state: to tell her why one is not hers now."""
    if not _lee_casos(actor):
        return false()
    propias = and_(Tarea.rol.in_(sorted(actor.roles)), en_su_ambito(actor, Tarea.subdelegacion_id))
    return or_(_tarea(actor), propias)


def _sujetos(actor: Actor) -> dict[str, Any]:
    """Ids of the nombres that she sees, by type: for what hangs from them."""
    propuestas = _ids(Propuesta, _propuesta(actor))
    asuntos = select(Asunto.id).where(Asunto.propuesta_id.in_(propuestas)).correlate(None)
    return {
        "denuncia": _ids(Denuncia, _denuncia(actor)),
        "propuesta": propuestas,
        "sesion": _ids(Sesion, _sesion(actor)),
        "asunto": _ids(Asunto, _asunto(actor)),
        "acto": _ids(Acto, _acto(actor)),
        "credito": _ids(Credito, _credito(actor)),
        "pae": _ids(Pae, _pae(actor)),
        "acuerdo": select(Acuerdo.id).where(Acuerdo.asunto_id.in_(asuntos)).correlate(None),
    }


def _de_sujeto(actor: Actor, modelo: Any) -> Condicion:
    if actor.tipo == "denunciante":
        return and_(modelo.sujeto_tipo == "denuncia", modelo.sujeto_id == actor.denuncia_id)
    if not _lee_casos(actor):
        return false()
    caminos = _sujetos(actor).items()
    return or_(*(and_(modelo.sujeto_tipo == tipo, modelo.sujeto_id.in_(ids)) for tipo, ids in caminos))


def _documento(actor: Actor) -> Condicion:
    """Those of what she sees. How a seat voted is its own until the vote is sealed."""
    if actor.tipo == "denunciante":
        return and_(_de_sujeto(actor, Documento), Documento.para_denunciante)
    asunto = aliased(Asunto)
    abierto = exists().where(asunto.id == Documento.sujeto_id, asunto.sello.is_(None))
    secreta = and_(Documento.tipo == "constancia_voto", Documento.sujeto_tipo == "asunto", abierto)
    return and_(_de_sujeto(actor, Documento), or_(~secreta, Documento.emitido_por.in_(personas(actor))))


def _plazo(actor: Actor) -> Condicion:
    return _de_sujeto(actor, Plazo)


def _expediente(actor: Actor) -> Condicion:
    """A file of which she sees at least one noun."""
    nombres: tuple[tuple[Any, Condicion], ...] = (
        (Denuncia, _denuncia(actor)),
        (Propuesta, _propuesta(actor)),
        (Sesion, _sesion(actor)),
        (Acto, _acto(actor)),
        (Credito, _credito(actor)),
        (Pae, _pae(actor)),
    )
    return or_(
        *(
            Expediente.id.in_(select(modelo.expediente_id).where(condicion).correlate(None))
            for modelo, condicion in nombres
        )
    )


REGLAS: dict[type[Any], Callable[[Actor], Condicion]] = {
    Denuncia: _denuncia,
    Propuesta: _propuesta,
    Sesion: _sesion,
    Asunto: _asunto,
    Acto: _acto,
    Credito: _credito,
    Pae: _pae,
    Tarea: _tarea,
    Expediente: _expediente,
    Documento: _documento,
    Plazo: _plazo,
}
