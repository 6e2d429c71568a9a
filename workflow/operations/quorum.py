"""Quorum by seats, for a session and for one matter: excused seats leave both sides of the fraction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models.comite import Asunto, Excusa, Mocion, Sesion
from workflow.context import Ctx
from workflow.rules import votacion


@dataclass(frozen=True)
class Cuenta:
    """Voting seats, how many are needed, how many are there."""

    con_voto: int
    requerido: int
    presentes: int

    @property
    def hay(self) -> bool:
        """Enough seats are present."""
        return self.presentes >= self.requerido


def de_sesion(sesion: Sesion) -> Cuenta:
    """Quorum of the session: no seat is excused from a session as such."""
    return _cuenta(asientos(sesion, excusados=frozenset()))


def de_asunto(ctx: Ctx, asunto: Asunto) -> Cuenta:
    """Quorum of a matter: without the excused seats."""
    return _cuenta(asientos(asunto.sesion, excusados=excusados(ctx, asunto)))


def excusados(ctx: Ctx, asunto: Asunto) -> frozenset[int]:
    """Seats that may not know of the matter."""

    return frozenset(ctx.session.scalars(select(Excusa.asiento_id).where(Excusa.asunto_id == asunto.id)))


def asientos(
    sesion: Sesion, *, excusados: frozenset[int], mocion: Mocion | None = None
) -> list[votacion.Asiento]:
    """The seats as the rule reads them. Who voted and then left still counts for that vote."""
    votos = {voto.asiento_id: voto.sentido.value for voto in mocion.votos} if mocion else {}
    return [
        votacion.Asiento(
            id=asistencia.asiento_id,
            con_voto=asistencia.asiento.con_voto,
            presente=asistencia.presente or asistencia.asiento_id in votos,
            excusa=asistencia.asiento_id in excusados,
            voto=None if asistencia.asiento_id in excusados else votos.get(asistencia.asiento_id),
        )
        for asistencia in sorted(sesion.asistencias, key=lambda asistencia: asistencia.asiento_id)
    ]


def _cuenta(lista: list[votacion.Asiento]) -> Cuenta:
    computo = votacion.computar(lista, None, "simple", False)
    return Cuenta(sum(asiento.vota for asiento in lista), computo.quorum_requerido, computo.presentes)
