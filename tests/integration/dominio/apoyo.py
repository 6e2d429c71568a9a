"""The house played step by step, with the words of the scenarios."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, select

from models.acto import Acto, EstadoActo
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.denuncia import Denuncia
from models.patron import Patron
from models.plazo import Plazo
from models.propuesta import Propuesta, TipoActo
from models.salida import Salida
from tests.factories.casa import Obra
from tests.process.escenario import Escena
from workflow.actions._transaction import action
from workflow.context import SISTEMA, Actor, Ctx
from workflow.operations import credito, mensaje

PATRON = "C614077210"
REVISADO = dt.date(2024, 2, 12), dt.date(2026, 1, 31)


class Juego(Escena):
    """A scene without script."""

    def __init__(self, obra: Obra) -> None:
        super().__init__(obra, {})

    @contextmanager
    def como(self, quien: str | None = None) -> Iterator[Ctx]:
        """A context of a demo person, or of the system."""
        with self.obra.como(self.obra.persona(quien) if quien else SISTEMA) as ctx:
            yield ctx

    def denuncia(self, ctx: Ctx, de: str = "d1") -> Denuncia:
        return ctx.session.get_one(Denuncia, self.ids[de][1])

    def propuesta(self, ctx: Ctx, de: str = "d1") -> Propuesta:
        return ctx.session.get_one(Propuesta, self._propuesta(ctx, de))

    def plazo(self, clave: str, de: str = "d1") -> Plazo | None:
        """The last term of that key of a noun, open or closed."""
        tipo, sujeto_id = self.ids[de]
        with self.como() as ctx:
            consulta = select(Plazo).where(
                Plazo.sujeto_tipo == tipo, Plazo.sujeto_id == sujeto_id, Plazo.clave == clave
            )
            return ctx.session.scalars(consulta.order_by(Plazo.id.desc())).first()

    def avisos(self, clave: str) -> list[int]:
        """Whom a notice went to."""
        with self.como() as ctx:
            filas = ctx.session.scalars(
                select(Salida).where(Salida.clave.startswith(clave)).order_by(Salida.id)
            )
            return [int(fila.datos["usuario_id"]) for fila in filas]

    def saltar(self, **tiempo: int) -> None:
        """Only the clock: no timer fires."""
        self.obra.ahora += dt.timedelta(**tiempo)


def actuar(ctx: Ctx, funcion: Any, *args: Any, **kwargs: Any) -> Any:
    """Run a verb as an action: with its commit, and its rollback when it refuses."""

    @action
    def correr(ctx: Ctx) -> Any:
        return funcion(ctx, *args, **kwargs)

    return correr(ctx)


def acto(
    ctx: Ctx,
    estado: EstadoActo,
    tipo: TipoActo = TipoActo.VISITA,
    *,
    desde: str = "2024-01-01",
    hasta: str = "2025-12-31",
    contribuciones: list[str] | None = None,
    programado: dt.datetime = dt.datetime(2026, 1, 5, 15, tzinfo=dt.UTC),
    auditores: list[int] | None = None,
) -> Acto:
    """An act on the demo employer, in the file of the first denuncia."""
    patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == PATRON)).one()
    denuncia = ctx.session.scalars(select(Denuncia).order_by(Denuncia.id)).first()
    assert denuncia is not None
    fila = Acto(
        folio=f"ACT-{estado.value}-{tipo.value}"[:30],
        tipo=tipo,
        estado=estado,
        expediente_id=denuncia.expediente_id,
        subdelegacion_id=denuncia.subdelegacion_id,
        patron_id=patron.id,
        periodos=[{"desde": desde, "hasta": hasta}],
        alcance={"contribuciones": contribuciones},
        auditores=auditores or [],
        programado_en=programado,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def concluir(juego: Juego, de: str, resultado: str) -> None:
    """How the act of a denuncia ended, in rows and with its message, for what does not depend on its journey.

    `determinado`: with a credit just served.
    """
    acto_id, propuesta_id = juego.valor(f"@acto {de}"), juego.valor(f"@propuesta {de}")

    def escribir(ctx: Ctx) -> None:
        fila = ctx.session.get_one(Acto, acto_id)
        fila.estado = EstadoActo(resultado)
        if resultado == "determinado":
            credito.abrir(ctx, fila, ClaseCredito.COP, *REVISADO).estado = EstadoCredito.NOTIFICADO
        dicho = {"acto_id": acto_id, "resultado_acto": resultado}
        mensaje.enviar(ctx, "acto_concluido", propuesta_id, dicho)

    with juego.como() as ctx:
        actuar(ctx, escribir)


def quedar_firme(juego: Juego, de: str) -> None:
    """Nobody may fight the credit of its act any more, and its denuncias hear it."""
    acto_id = juego.valor(f"@acto {de}")

    def escribir(ctx: Ctx) -> None:
        fila = ctx.session.scalars(select(Credito).where(Credito.acto_id == acto_id)).one()
        fila.estado = EstadoCredito.FIRME
        credito.avisar_definido(ctx, fila, "firme")

    with juego.como() as ctx:
        actuar(ctx, escribir)


def con_roles(persona: Actor, *roles: str) -> Actor:
    """The same person with other roles."""
    from dataclasses import replace

    return replace(persona, roles=frozenset(roles))


__all__ = ["PATRON", "Engine", "Juego", "acto", "actuar", "con_roles", "concluir", "quedar_firme"]
