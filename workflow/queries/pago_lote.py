"""How far the worker has come with a bank's file, and what it could not receive."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from models.salida import EstadoSalida, Salida
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations.pago_lote import TIPO


@dataclass(frozen=True)
class Avance:
    """A file under way or ended. `rechazos`: line and why, in the order of the file. `detenido`: the worker gave up."""

    id: int
    total: int
    hechos: int
    registrados: int
    conocidos: int
    rechazos: tuple[tuple[int, str], ...]
    detenido: bool

    @property
    def terminado(self) -> bool:
        """True when no row waits any more."""
        return self.hechos == self.total

    @property
    def parte(self) -> int:
        """Of the rows, per cent."""
        return 100 * self.hechos // self.total


def ver(ctx: Ctx, lote_id: int) -> Avance:
    """The file with that id. Raises NoEncontrado for one of another unit."""
    lote = ctx.session.get(Salida, lote_id, populate_existing=True)
    suyo = (
        lote is not None and lote.tipo == TIPO and lote.datos.get("unidad_id") == ctx.actor.subdelegacion_id
    )
    if lote is None or not suyo or not ctx.actor.es("jefe_cobranza"):
        raise NoEncontrado()
    fallida = select(Salida.id).where(
        Salida.tipo == TIPO,
        Salida.estado == EstadoSalida.FALLIDA,
        or_(Salida.id == lote.id, Salida.clave.startswith(f"{lote.clave}:")),
    )
    datos = lote.datos
    return Avance(
        id=lote.id,
        total=datos["total"],
        hechos=datos["total"] - len(datos["lineas"]),
        registrados=datos["registrados"],
        conocidos=len(datos["conocidos"]),
        rechazos=tuple((linea, porque) for linea, porque in sorted(datos["rechazos"])),
        detenido=ctx.session.scalar(fallida.limit(1)) is not None,
    )
