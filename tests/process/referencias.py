"""What the words of a scenario stand for: `@persona ana.trejo`, `@propuesta d1`, the instance of a noun."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.comite import Asiento, Asunto, Comite
from models.denuncia import Denuncia
from models.organizacion import Subdelegacion
from models.patron import Patron
from models.proceso import Instancia
from tests.factories.casa import Obra
from workflow.context import Ctx


class Referencias:
    """The nouns of a scene by name, and what is found from them."""

    def __init__(self, obra: Obra) -> None:
        self.obra = obra
        self.ids: dict[str, tuple[str, int]] = {}

    def valor(self, dato: Any) -> Any:
        """`@persona x` id · `@asiento n` id by its name · `@propuesta d1`, `@asunto d1`, `@denuncia d1`,
        `@acto d1` · `@unidad 1102` · `@patron RP` · `@comite 1101`; containers are walked."""
        if isinstance(dato, dict):
            return {clave: self.valor(dentro) for clave, dentro in dato.items()}
        if isinstance(dato, list):
            return [self.valor(dentro) for dentro in dato]
        if not isinstance(dato, str) or not dato.startswith("@"):
            return dato
        tipo, _, nombre = dato[1:].partition(" ")
        if tipo == "persona":
            return self.obra.persona(nombre).usuario_id
        with self.obra.como() as ctx:
            return self._buscar(ctx, tipo, nombre)

    def _buscar(self, ctx: Ctx, tipo: str, nombre: str) -> int | None:
        if tipo == "asiento":
            seat = select(Asiento.id).where(Asiento.nombre == nombre).order_by(Asiento.id).limit(1)
            return ctx.session.scalar(seat)
        if tipo == "unidad":
            return ctx.session.scalar(select(Subdelegacion.id).where(Subdelegacion.clave == nombre))
        if tipo == "patron":
            return ctx.session.scalar(select(Patron.id).where(Patron.registro_patronal == nombre))
        if tipo == "comite":
            unidad = select(Subdelegacion.id).where(Subdelegacion.clave == nombre).scalar_subquery()
            return ctx.session.scalar(select(Comite.id).where(Comite.subdelegacion_id == unidad))
        if tipo == "asunto":
            propuesta = self._propuesta(ctx, nombre)
            ultimo = (
                select(Asunto.id).where(Asunto.propuesta_id == propuesta).order_by(Asunto.id.desc()).limit(1)
            )
            return ctx.session.scalar(ultimo)
        if tipo == "propuesta":
            return self._propuesta(ctx, nombre)
        if tipo == "acto" and self.ids[nombre][0] == "acto":
            return self.ids[nombre][1]
        if tipo == "acto":
            acto = (
                select(Acto.id)
                .where(Acto.propuesta_id == self._propuesta(ctx, nombre))
                .order_by(Acto.id.desc())
            )
            return ctx.session.scalar(acto.limit(1))
        return self.ids[nombre][1]

    def _propuesta(self, ctx: Ctx, nombre: str) -> int | None:
        tipo, sujeto_id = self.ids[nombre]
        if tipo == "propuesta":
            return sujeto_id
        return ctx.session.get_one(Denuncia, sujeto_id).propuesta_id

    def _instancia(self, ctx: Ctx, de: str, proceso: str | None = None) -> Instancia:
        """The live instance of a noun; of a denuncia also its proposal's or its matter's, by process."""
        tipo, sujeto_id = self.ids[de]
        if proceso == "programacion":
            tipo, sujeto_id = "propuesta", self._propuesta(ctx, de)
        if proceso == "acto_fiscalizacion" and tipo != "acto":
            tipo, sujeto_id = "acto", self._buscar(ctx, "acto", de)
        if proceso == "votacion_asunto":
            tipo, sujeto_id = "asunto", self._buscar(ctx, "asunto", de)
        consulta = select(Instancia).where(Instancia.sujeto_tipo == tipo, Instancia.sujeto_id == sujeto_id)
        return ctx.session.scalars(consulta.order_by(Instancia.id.desc())).first()
