"""What a term, a document or an entry of the log hangs from: a noun of the house, by type and id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from models.acto import Acto
from models.base import Base, ConEstado
from models.bien import Bien
from models.comite import Acuerdo, Asunto, Sesion
from models.credito import Credito
from models.denuncia import Denuncia
from models.pae import Pae
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import NoEncontrado

N = TypeVar("N", bound=Base)


@dataclass(frozen=True)
class Sujeto:
    """A noun by reference, with the file and the unit that it belongs to."""

    tipo: str
    id: int
    expediente_id: int
    subdelegacion_id: int


def del_caso(ctx: Ctx, call: Call, modelo: type[N]) -> N:
    """The noun of the instance that calls. Raises NoEncontrado for an instance of something else."""
    suyo = call.instance is not None and call.instance.sujeto_tipo == modelo.__tablename__
    fila = ctx.session.get(modelo, call.instance.sujeto_id) if call.instance is not None and suyo else None
    if fila is None:
        raise NoEncontrado()
    return fila


def de_denuncia(denuncia: Denuncia) -> Sujeto:
    """The denuncia as a subject."""
    return Sujeto("denuncia", denuncia.id, denuncia.expediente_id, denuncia.subdelegacion_id)


def de_propuesta(propuesta: Propuesta) -> Sujeto:
    """The proposal as a subject."""
    return Sujeto("propuesta", propuesta.id, propuesta.expediente_id, propuesta.subdelegacion_id)


def de_sesion(sesion: Sesion) -> Sujeto:
    """The session as a subject."""
    return Sujeto("sesion", sesion.id, sesion.expediente_id, sesion.subdelegacion_id)


def de_asunto(asunto: Asunto) -> Sujeto:
    """The matter as a subject: it lives in the file of its session."""
    return Sujeto("asunto", asunto.id, asunto.sesion.expediente_id, asunto.sesion.subdelegacion_id)


def de_acto(acto: Acto) -> Sujeto:
    """The act as a subject."""
    return Sujeto("acto", acto.id, acto.expediente_id, acto.subdelegacion_id)


def de_credito(credito: Credito) -> Sujeto:
    """The credit as a subject."""
    return Sujeto("credito", credito.id, credito.expediente_id, credito.subdelegacion_id)


def de_pae(pae: Pae) -> Sujeto:
    """The enforcement as a subject."""
    return Sujeto("pae", pae.id, pae.expediente_id, pae.subdelegacion_id)


def de_bien(bien: Bien, pae: Pae) -> Sujeto:
    """A good as a subject: it lives in the file of its enforcement."""
    return Sujeto("bien", bien.id, pae.expediente_id, pae.subdelegacion_id)


def de_acuerdo(acuerdo: Acuerdo) -> Sujeto:
    """The agreement as a subject: it lives in the file of the proposal that it decides."""
    propuesta = acuerdo.asunto.propuesta
    return Sujeto("acuerdo", acuerdo.id, propuesta.expediente_id, propuesta.subdelegacion_id)


_LECTURAS: dict[str, tuple[type[Any], Any]] = {
    "denuncia": (Denuncia, de_denuncia),
    "propuesta": (Propuesta, de_propuesta),
    "sesion": (Sesion, de_sesion),
    "asunto": (Asunto, de_asunto),
    "acto": (Acto, de_acto),
    "credito": (Credito, de_credito),
    "pae": (Pae, de_pae),
    "acuerdo": (Acuerdo, de_acuerdo),
}


def leer(ctx: Ctx, tipo: str, sujeto_id: int) -> Sujeto:
    """The subject `tipo:sujeto_id` as it stands now. Raises NoEncontrado when there is none."""
    modelo, convertir = _LECTURAS[tipo]
    fila = ctx.session.get(modelo, sujeto_id)
    if fila is None:
        raise NoEncontrado()
    sujeto: Sujeto = convertir(fila)
    return sujeto


def terminado(ctx: Ctx, tipo: str, sujeto_id: int) -> bool:
    """True when the noun is in a state that it never leaves; False for what has no states here."""
    fila = ctx.session.get(_LECTURAS[tipo][0], sujeto_id) if tipo in _LECTURAS else None
    return isinstance(fila, ConEstado) and fila.es_final
