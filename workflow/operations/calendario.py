"""New días inhábiles of the institute or of a unit (CFF 12): what may be added, and the change that begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.exc import OperationalError

from models.organizacion import Subdelegacion
from models.plazo import CambioCalendario, DiaInhabil
from workflow.context import Ctx
from workflow.errors import Conflicto, DatoInvalido
from workflow.operations import calendario_candado, calendario_lote, plazo
from workflow.operations.bitacora import anotar
from workflow.operations.calendario_fechas import TABLA, Dia, tocados
from workflow.rules.calendario import Calendario, fecha_larga

ANIOS_ADELANTE: Final = 5
LARGOS: Final = {"motivo": 200, "cita": 300}
# PostgreSQL: lock not available, deadlock. Somebody is at work on one of those cases.
OCUPADO: Final = frozenset({"55P03", "40P01"})


class DiaYaAgregado(Conflicto):
    """The day stands already because somebody added it: `cambio_id` shows how it goes, if it moved terms.

    `misma`: the very same day, by the same person, with the same reason (a form sent twice).
    """

    codigo = "DIA_YA_AGREGADO"

    def __init__(self, mensaje: str, cambio_id: int | None, misma: bool) -> None:
        super().__init__(mensaje)
        self.cambio_id, self.misma = cambio_id, misma


def agregar(ctx: Ctx, dias: Sequence[Dia], *, a_la_vez: bool = True) -> list[CambioCalendario]:
    """Write the days and the changes that they begin, all or none; few terms are moved right here, `a_la_vez`.

    Raises DatoInvalido by field for a day that cannot be, DiaYaAgregado for one that stands already.
    """
    calendario_candado.cerrar(ctx)
    plazo.olvidar_calendario(ctx)
    dias = _revisar_todos(ctx, dias)
    cambios = [_empezar(ctx, dia) for dia in dias]
    ctx.session.flush()
    plazo.olvidar_calendario(ctx)
    if a_la_vez and max(cambio.total for cambio in cambios) <= calendario_lote.LOTE:
        _de_una_vez(ctx)
    return cambios


def _revisar_todos(ctx: Ctx, dias: Sequence[Dia]) -> list[Dia]:
    """The days trimmed. What stands already counts as sent twice only when all of it stands."""
    buenos, repetidos = [], list[DiaYaAgregado]()
    for dia in dias:
        try:
            buenos.append(revisar(ctx, dia))
        except DiaYaAgregado as error:
            repetidos.append(error)
    if repetidos:
        primero = repetidos[0]
        misma = not buenos and all(error.misma for error in repetidos)
        raise DiaYaAgregado(primero.mensaje, primero.cambio_id, misma)
    if len({(dia.fecha, dia.subdelegacion_id) for dia in buenos}) < len(buenos):
        raise DatoInvalido("La lista trae dos veces el mismo día.", {"fecha": "Quita el día repetido."})
    return buenos


def revisar(ctx: Ctx, dia: Dia) -> Dia:
    """The day with its texts trimmed. Raises as `agregar` does; writes nothing."""
    dia = Dia(dia.fecha, dia.subdelegacion_id, " ".join(dia.motivo.split()), " ".join(dia.cita.split()))
    faltan = {campo: "Escríbelo." for campo in LARGOS if not getattr(dia, campo)}
    if faltan:
        raise DatoInvalido("Un día inhábil necesita su motivo y su fundamento.", faltan)
    largos = {
        campo: f"Escribe hasta {tope} letras."
        for campo, tope in LARGOS.items()
        if len(getattr(dia, campo)) > tope
    }
    if largos:
        raise DatoInvalido("El motivo o el fundamento es demasiado largo.", largos)
    if dia.subdelegacion_id is not None and ctx.session.get(Subdelegacion, dia.subdelegacion_id) is None:
        raise DatoInvalido("Esa subdelegación no existe.", {"subdelegacion": "Elige una de la lista."})
    _que_sea_habil(ctx, dia)
    return dia


def _que_sea_habil(ctx: Ctx, dia: Dia) -> None:
    calendario = Calendario()
    if dia.fecha.year > ctx.hoy.year + ANIOS_ADELANTE:
        raise DatoInvalido(
            "Ese día está demasiado lejos.",
            {"fecha": f"Revisa el año: se puede agregar hasta {ctx.hoy.year + ANIOS_ADELANTE}."},
        )
    if not calendario.cubre(dia.fecha):
        raise DatoInvalido(
            "No conocemos los días inhábiles de ese año.", {"fecha": "Pon un año de la lista vigente."}
        )
    motivo = calendario.motivo(dia.fecha)
    if motivo is not None:
        texto = f"El {fecha_larga(dia.fecha)} ya es inhábil: {motivo.nombre.lower()} ({motivo.cita})."
        raise DatoInvalido(texto, {"fecha": f"{texto} Elige otro día."})
    # For one unit a day of the institute stands already; for the institute that of one unit does not.
    mismo = or_(DiaInhabil.subdelegacion_id.is_(None), DiaInhabil.subdelegacion_id == dia.subdelegacion_id)
    fila = ctx.session.scalars(
        select(DiaInhabil).where(DiaInhabil.fecha == dia.fecha, mismo).order_by(DiaInhabil.id).limit(1)
    ).first()
    if fila is not None:
        raise _ya_agregado(ctx, fila, dia)


def _ya_agregado(ctx: Ctx, fila: DiaInhabil, dia: Dia) -> DiaYaAgregado:
    cambio = ctx.session.scalars(select(CambioCalendario).where(CambioCalendario.dia_id == fila.id)).first()
    suyo = cambio is not None and cambio.usuario_id == ctx.actor.usuario_id
    igual = Dia(fila.fecha, fila.subdelegacion_id, fila.motivo, fila.cita) == dia
    mensaje = f"El {fecha_larga(fila.fecha)} ya es inhábil: alguien lo agregó como «{fila.motivo}»."
    return DiaYaAgregado(mensaje, cambio.id if cambio else None, suyo and igual)


def _empezar(ctx: Ctx, dia: Dia) -> CambioCalendario:
    fila = DiaInhabil(
        fecha=dia.fecha,
        subdelegacion_id=dia.subdelegacion_id,
        motivo=dia.motivo,
        cita=dia.cita,
        registrado_en=ctx.now,
    )
    # Counted under the lock: whoever opens a term from now on sees the day.
    total = ctx.session.scalar(select(func.count()).select_from(TABLA).where(tocados(dia))) or 0
    cambio = CambioCalendario(dia=fila, total=total, usuario_id=ctx.actor.usuario_id, iniciado_en=ctx.now)
    cambio.hechos = cambio.movidos = cambio.cursor = 0
    ctx.session.add(cambio)
    ctx.session.flush()
    anotar(
        ctx, "agregar_inhabil", None, dia_id=fila.id, cambio_id=cambio.id, fecha=dia.fecha.isoformat(),
        unidad=dia.subdelegacion_id, plazos=total,
    )  # fmt: skip
    return cambio


def _de_una_vez(ctx: Ctx) -> None:
    """The only batch in the same transaction; left to the batches when somebody holds one of the cases."""
    try:
        with ctx.session.begin_nested():
            calendario_candado.sin_esperar(ctx)
            while (lote := calendario_lote.avanzar(ctx)) is not None and lote.sigue:
                pass
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) not in OCUPADO:
            raise
