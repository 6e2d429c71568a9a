"""What happens between two pages of a life: the real actions, played by the verbs of the scenarios.

A life shows each page once, clicked by a person. What another life already showed is done here, with the same
answers as the scenarios of `bpmn/*/casos`, on the house that is being served and by its clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from models.acta import HechoObservado
from models.acto import Acto
from models.credito import ClaseCredito, Credito
from models.denuncia import Denuncia
from models.pae import Pae
from models.plazo import Plazo
from tests.e2e.paginas import Casa
from tests.factories.casa import ZONA, Obra
from tests.process.escenario import COMUNES, Escena
from tests.process.pasos import PASOS
from workflow.context import SISTEMA, Actor, Ctx


class Servida(Obra):
    """The house that is being served, one process and its own clock, where the scenarios have two and theirs."""

    def __init__(self, casa: Casa) -> None:
        self.casa = casa
        self._personas = {}

    @contextmanager
    def como(self, actor: Actor = SISTEMA) -> Iterator[Ctx]:
        """A context at the instant that the pages live in."""
        with self.casa.app.extensions["denuncias"].obra.ctx(actor) as ctx:
            yield ctx

    @property
    def ahora(self) -> dt.datetime:
        """The instant of the house, local."""
        with self.como() as ctx:
            return ctx.now.astimezone(ZONA)


class Gestion(Escena):
    """The verbs of the scenarios on the house that is being served; its nouns are named as there."""

    def __init__(self, casa: Casa) -> None:
        super().__init__(Servida(casa), {})
        self.casa = casa

    def denuncia(self, folio: str) -> None:
        """`d1` is the denuncia of this folio."""
        with self.obra.como() as ctx:
            fila = select(Denuncia.id).where(Denuncia.folio == folio)
            self.ids["d1"] = ("denuncia", ctx.session.scalars(fila).one())

    def acto(self) -> str:
        """`a1` is the act that the denuncia came to; its folio."""
        PASOS["acto_de"](self, "a1", de="d1")
        with self.obra.como() as ctx:
            return ctx.session.get_one(Acto, self.ids["a1"][1]).folio

    def creditos(self) -> dict[str, str]:
        """The credits of the act are named by their class; the folio of each."""
        with self.obra.como() as ctx:
            filas = ctx.session.scalars(select(Credito).where(Credito.acto_id == self.ids["a1"][1])).all()
        self.ids |= {fila.clase.value: ("credito", fila.id) for fila in filas}
        return {fila.clase.value: fila.folio for fila in filas}

    def credito(self, clase: str = ClaseCredito.COP) -> Credito:
        """A credit of the act as it stands now."""
        with self.obra.como() as ctx:
            return ctx.session.get_one(Credito, self.ids[str(clase)][1])

    def hecho(self) -> tuple[str, int]:
        """The fact that the visit observed."""
        with self.obra.como() as ctx:
            fila = select(HechoObservado.id).where(HechoObservado.acto_id == self.ids["a1"][1])
            return "hecho", ctx.session.scalars(fila).one()

    def pae(self) -> str:
        """`p1` is the enforcement of the credit of cuotas; its folio."""
        self.ids["p1"] = ("pae", self.credito().pae_id)
        return self.folio("p1")

    def folio(self, de: str) -> str:
        """The folio of an enforcement by its name."""
        with self.obra.como() as ctx:
            return ctx.session.get_one(Pae, self.ids[de][1]).folio

    def vence(self, clave: str, de: str) -> dt.date:
        """Last day of an open term of a noun."""
        tipo, sujeto_id = self.ids[de]
        with self.obra.como() as ctx:
            abierto = select(Plazo.vence).where(
                Plazo.sujeto_tipo == tipo,
                Plazo.sujeto_id == sujeto_id,
                Plazo.clave == clave,
                Plazo.cerrado_en.is_(None),
            )
            return ctx.session.scalars(abierto).one()

    def datos(self, nodo: str, **encima: Any) -> dict[str, Any]:
        """The answers of a task that the scenarios share, to be typed in its page; None takes one away.

        Where the enforcement has a task of the same name as another process, its own.
        """
        comun = COMUNES["pae"].get(nodo) or COMUNES["tareas"][nodo]
        datos = {**comun["datos"], **encima}
        return self.valor({clave: valor for clave, valor in datos.items() if valor is not None})

    def hoy(self, hora: str) -> str:
        """An hour of today, as a form asks for it."""
        return f"{self.casa.hoy()}T{hora}"

    def _reloj(self, cuando: str) -> None:
        self.casa.reloj(cuando)
