"""A life of the second half: an act, its credits and their collection, as the steps of a story hold them.

A step is a generator over a `Vida`: it yields the instant at which it goes on, and does what people do
through `completar` with the answers of respuestas.yaml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from models.acto import Acto
from models.credito import Credito
from models.denuncia import Denuncia
from models.pae import CreditoEnPae
from models.plazo import Plazo
from workflow.actions import documento, promocion_patron
from workflow.actions.demo.guion import Caso, Guion, Historia
from workflow.actions.demo.papeles import fotografia
from workflow.actions.demo.personas import PERIODOS

_DATOS = Path(__file__).parent / "respuestas.yaml"
_DOMICILIO = re.compile(r"(?P<calle>.+?) (?P<numero>\d+)")
CENTAVO, UNA_HORA = Decimal("0.01"), dt.timedelta(hours=1)
Fila = dict[str, Any]
Sujeto = tuple[str, int]
Paso = Callable[["Vida"], Historia]


@cache
def respuestas() -> dict[str, Any]:
    """Who does each task and with which answers, by node."""
    leido: dict[str, Any] = yaml.safe_load(_DATOS.read_text(encoding="utf-8"))["tareas"]
    return leido


class Vida:
    """The case of one employer. `fila`: its row of casos.yaml; `gente`: who works in its unit."""

    def __init__(self, guion: Guion, fila: Fila, gente: Fila, caso: Caso) -> None:
        self.g, self.fila, self.gente, self.caso = guion, fila, gente, caso
        self.patron = guion.patron(fila["patron"])

    # -- its nouns -------------------------------------------------------------------------------------
    @property
    def denuncia(self) -> Sujeto:
        """The denuncia that began it."""
        return "denuncia", self.caso.id

    @property
    def acto(self) -> Sujeto:
        """The act that the committee approved."""
        with self.g.como() as ctx:
            propuesta = ctx.session.get_one(Denuncia, self.caso.id).propuesta_id
            return "acto", ctx.session.scalars(select(Acto.id).where(Acto.propuesta_id == propuesta)).one()

    def creditos(self) -> list[Credito]:
        """The credits of the act, oldest first."""
        with self.g.como() as ctx:
            consulta = select(Credito).where(Credito.acto_id == self.acto[1]).order_by(Credito.id)
            return list(ctx.session.scalars(consulta))

    @property
    def pae(self) -> Sujeto:
        """The enforcement of its credits."""
        ids = [credito.id for credito in self.creditos()]
        with self.g.como() as ctx:
            suyo = select(CreditoEnPae.pae_id).where(CreditoEnPae.credito_id.in_(ids)).distinct()
            return "pae", ctx.session.scalars(suyo).one()

    def periodos(self) -> list[dict[str, str]]:
        """What the act reviews: the halves (one, or both with `semestres: 2`) of the year before the filing."""
        with self.g.como() as ctx:
            anio = ctx.session.get_one(Denuncia, self.caso.id).presentada_en.year - 1
        mitades = [(f"{anio}-01-01", f"{anio}-06-30"), (f"{anio}-07-01", f"{anio}-12-31")]
        return [
            dict(zip(("desde", "hasta"), m, strict=True)) for m in mitades[-self.fila.get("semestres", 1) :]
        ]

    def salario_diario(self) -> Decimal:
        """What she said that she was paid by day, pesos."""
        r = self.caso.respuestas
        return (Decimal(r["salario_monto"]) / PERIODOS[r["salario_periodo"]]).quantize(CENTAVO)

    # -- what people do --------------------------------------------------------------------------------
    def completar(self, nodo: str, sujeto: Sujeto, **con: Any) -> None:
        """The open task `nodo`, by who does it, as respuestas.yaml says and `con` changes (None: not said)."""
        dicho = respuestas()[nodo]
        datos = {clave: self._decir(valor) for clave, valor in {**dicho["datos"], **con}.items()}
        sin_nada = {clave: valor for clave, valor in datos.items() if valor is not None}
        self.g.hacer(nodo, sujeto, self.gente[dicho["quien"]], sin_nada)

    def adjuntar(self, nodo: str, sujeto: Sujeto, de_que: str) -> int:
        """A photograph taken in the open task `nodo`; returns its document."""
        quien = self.g.persona(self.gente[respuestas()[nodo]["quien"]])
        tarea = self.g.abierta(nodo, sujeto)
        with self.g.como(quien) as ctx:
            return documento.adjuntar(ctx, tarea.id, "fotografia.jpg", fotografia(de_que))

    def promover(self, sujeto: Sujeto, quien: str, tipo: str, resumen: str) -> None:
        """A paper of the employer, filed today and captured by `quien`."""
        with self.g.como(self.g.persona(self.gente[quien])) as ctx:
            promocion_patron.capturar(ctx, *sujeto, tipo, "ventanilla", self.g.hoy, resumen)

    def vence(self, sujeto: Sujeto, clave: str) -> dt.date:
        """The last day of the newest term `clave` of a noun."""
        with self.g.como() as ctx:
            consulta = select(Plazo.vence).where(
                Plazo.sujeto_tipo == sujeto[0], Plazo.sujeto_id == sujeto[1], Plazo.clave == clave
            )
            return ctx.session.scalars(consulta.order_by(Plazo.id.desc()).limit(1)).one()

    # -- words that are said at the scene --------------------------------------------------------------
    def _decir(self, valor: Any) -> Any:
        if isinstance(valor, dict):
            return {clave: self._decir(uno) for clave, uno in valor.items()}
        if isinstance(valor, list):
            return [self._decir(uno) for uno in valor]
        if not isinstance(valor, str) or not valor.startswith("$"):
            return valor
        palabra, _, quien = valor[1:].partition(" ")
        if palabra == "persona":
            return self.g.id_de(self.gente[quien])
        return {
            "hoy": lambda: self.g.hoy.isoformat(),
            "ahora": lambda: self.g.local(self.g.ahora),
            "inicio": lambda: self.g.local(self.g.ahora - UNA_HORA),
            "patron": lambda: self.patron.nombre,
            "direccion": lambda: f"{self.patron.domicilio}, C.P. {self.patron.codigo_postal}",
            "domicilio": self._domicilio,
        }[palabra]()

    def _domicilio(self) -> dict[str, str]:
        partes = _DOMICILIO.match(self.patron.domicilio)
        assert partes is not None, self.patron.domicilio
        return {
            **partes.groupdict(),
            "colonia": "Centro",
            "cp": self.patron.codigo_postal,
            "municipio": self.patron.municipio,
            "estado": "Guanajuato",
        }
