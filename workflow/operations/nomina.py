"""Workers and stretches of time that an act proved: the base of its credits (procesos §6.2; LSS 39 A-C)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select

from models.acta import HechoObservado
from models.acto import Acto
from models.credito import TrabajadorDeterminado
from models.organizacion import Rol
from models.proceso import EstadoTarea, Tarea
from workflow.adapters import nomina_revision
from workflow.adapters.nomina_revision import Fila, Tramo
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_acto

# While this task is open the base may change; what it closed is the base of the credits.
PREPARAR = "preparar_determinacion"
TANDA = 2_000  # rows of one statement: SQLite takes some thirty thousand values
_T: Any = TrabajadorDeterminado.__table__


def en_preparacion(ctx: Ctx, acto_id: int) -> bool:
    """True while the determination of the act is being prepared."""
    consulta = select(Tarea.id).where(
        Tarea.sujeto_tipo == "acto",
        Tarea.sujeto_id == acto_id,
        Tarea.nodo == PREPARAR,
        Tarea.estado == EstadoTarea.ABIERTA,
    )
    return ctx.session.scalar(consulta.limit(1)) is not None


def es_su_auditor(ctx: Ctx, acto: Acto) -> bool:
    """She audits this act, or stands in for who does."""
    personas = {ctx.actor.usuario_id, *ctx.actor.suplencias}
    return ctx.actor.es(Rol.AUDITOR) and not personas.isdisjoint(acto.auditores)


def para_cambiar(ctx: Ctx, acto_id: int) -> Acto:
    """The act, kept from others, for its auditor while the determination is being prepared.

    Raises NoEncontrado for anybody else, NoPermitido before or after.
    """
    acto = ctx.session.scalars(select(Acto).where(Acto.id == acto_id).with_for_update()).first()
    if acto is None or not es_su_auditor(ctx, acto):
        raise NoEncontrado()
    if not en_preparacion(ctx, acto_id):
        raise NoPermitido(
            "Los trabajadores del acto sólo se cambian mientras se prepara la determinación: "
            "esa tarea no está abierta."
        )
    return acto


def referencia(ctx: Ctx, acto: Acto) -> nomina_revision.Acto:
    """What a list of workers is judged against. Two queries."""
    periodos = [
        (dt.date.fromisoformat(str(p["desde"])), dt.date.fromisoformat(str(p["hasta"])))
        for p in acto.periodos
    ]
    hechos = select(HechoObservado.numero, HechoObservado.id).where(HechoObservado.acto_id == acto.id)
    suyos = select(_T.c.nss, _T.c.desde, _T.c.hasta).where(_T.c.acto_id == acto.id)
    return nomina_revision.Acto(
        periodos,
        {numero: hecho_id for numero, hecho_id in ctx.session.execute(hechos)},
        [Tramo(*fila) for fila in ctx.session.execute(suyos)],
    )


def guardar(ctx: Ctx, acto: Acto, filas: Sequence[Fila], documento_id: int | None = None) -> int:
    """Write the lines as rows of the act; returns how many. `documento_id`: the file that they came in."""
    nuevas = [
        {
            "acto_id": acto.id,
            "nss": f.nss,
            "nombre": f.nombre,
            "desde": f.desde,
            "hasta": f.hasta,
            "sbc_comprobado": f.comprobado,
            "sbc_registrado": f.registrado,
            "cuota_diaria": f.cuota_diaria,
            "hecho_id": f.hecho_id,
        }
        for f in filas
    ]
    ctx.session.flush()
    for i in range(0, len(nuevas), TANDA):
        ctx.session.execute(insert(_T), nuevas[i : i + TANDA])
    anotar(ctx, "capturar_trabajadores", de_acto(acto), renglones=len(nuevas), documento_id=documento_id)
    return len(nuevas)


def quitar(ctx: Ctx, acto: Acto, fila_id: int) -> None:
    """Take a row of the act away. Raises DatoInvalido for one that it does not have."""
    fila = ctx.session.get(TrabajadorDeterminado, fila_id)
    if fila is None or fila.acto_id != acto.id:
        raise DatoInvalido("Ese renglón ya no está en el acto.")
    ctx.session.delete(fila)
    ctx.session.flush()
    anotar(ctx, "quitar_trabajador", de_acto(acto), renglon_id=fila_id)


def cuantos(ctx: Ctx, acto_id: int) -> tuple[int, int]:
    """(rows, different workers) of the act."""
    consulta = select(func.count(), func.count(_T.c.nss.distinct())).where(_T.c.acto_id == acto_id)
    renglones, personas = ctx.session.execute(consulta).one()
    return int(renglones), int(personas)
