"""The rows of a bank's file against the house: whose they are, which are known, what is wrong with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.credito import Credito
from models.pae import CreditoEnPae, Pae
from models.pago import OrigenPago, Pago
from workflow.adapters.banco import Renglon
from workflow.context import Ctx
from workflow.errors import DomainError
from workflow.operations import cuenta, pago
from workflow.rules.folios import normalizar
from workflow.rules.saldo import CERO

OTRO_REGISTRO = "El registro patronal no es el del crédito. Revisa la línea de captura."
SIN_FOLIO = "No hay ningún crédito ni PAE de tu unidad con esa línea de captura."


@dataclass(frozen=True)
class Fila:
    """A row judged. `falla`: why it cannot be received. `conocido`: folio of the payment that it already is.

    `sobra`: pesos that the debt does not need, as far as the rows before it tell.
    """

    renglon: Renglon
    creditos: tuple[int, ...]
    folios: tuple[str, ...]
    falla: str = ""
    conocido: str = ""
    sobra: Decimal = CERO

    @property
    def buena(self) -> bool:
        """True for what can be received now."""
        return not self.falla and not self.conocido


def juzgar(ctx: Ctx, renglones: Sequence[Renglon], unidad_id: int | None) -> tuple[Fila, ...]:
    """Every row, in its order, against the credits of a unit (None: of all). Writes nothing."""
    juez = _Juez(ctx, unidad_id, renglones)
    return tuple(juez.fila(renglon) for renglon in renglones)


class _Juez:
    """Everything that the rows name is read at once: the queries do not grow with the rows."""

    def __init__(self, ctx: Ctx, unidad_id: int | None, renglones: Sequence[Renglon]) -> None:
        self._ctx, self._unidad = ctx, unidad_id
        self._vistas: dict[str, int] = {}
        # What the rows before this one already take of each debt.
        self._tomado: dict[tuple[int, ...], Decimal] = {}
        referencias = {r.referencia for r in renglones if r.referencia}
        self._conocidas = {
            fila.referencia: fila
            for fila in ctx.session.scalars(
                select(Pago).where(Pago.origen == OrigenPago.BANCO, Pago.referencia.in_(sorted(referencias)))
            )
        }
        self._por_folio = self._nombrados({normalizar(r.folio) for r in renglones})
        ids = {credito.id for suyos in self._por_folio.values() for credito in suyos}
        self._saldo = cuenta.lector(ctx, ids)

    def _nombrados(self, folios: set[str]) -> dict[str, list[Credito]]:
        """The credits of each folio of the unit: one, or all that a PAE collects now. Two queries."""
        suelto = select(Credito.folio.label("folio"), Credito).where(Credito.folio.in_(sorted(folios)))
        de_pae = (
            select(Pae.folio.label("folio"), Credito)
            .join(CreditoEnPae, CreditoEnPae.pae_id == Pae.id)
            .join(Credito, Credito.id == CreditoEnPae.credito_id)
            .where(Pae.folio.in_(sorted(folios)), CreditoEnPae.excluido_en.is_(None))
        )
        hallados: dict[str, list[Credito]] = defaultdict(list)
        for consulta in (suelto, de_pae):
            if self._unidad is not None:
                consulta = consulta.where(Credito.subdelegacion_id == self._unidad)
            consulta = consulta.options(joinedload(Credito.patron)).order_by(Credito.id)
            for folio, credito in self._ctx.session.execute(consulta):
                hallados[folio].append(credito)
        return hallados

    def fila(self, r: Renglon) -> Fila:
        """The row with all that is known of it."""
        if r.falla or r.fecha is None or r.importe is None:
            return Fila(r, (), (), r.falla)
        creditos = self._por_folio.get(normalizar(r.folio), [])
        claves, folios = tuple(c.id for c in creditos), tuple(c.folio for c in creditos)
        conocida = self._conocidas.get(r.referencia)
        if conocida is not None:
            if (conocida.importe, conocida.fecha) == (r.importe, r.fecha):
                return Fila(r, claves, folios, conocido=conocida.folio)
            falla = f"Esa referencia ya es del pago {conocida.folio}, con otra fecha u otro importe."
            return Fila(r, claves, folios, falla)
        if r.referencia in self._vistas:
            falla = f"Esa referencia ya está en el renglón {self._vistas[r.referencia]} del archivo."
            return Fila(r, claves, folios, falla)
        self._vistas[r.referencia] = r.linea
        if not creditos:
            return Fila(r, (), (), SIN_FOLIO)
        if r.registro != creditos[0].patron.registro_patronal:
            return Fila(r, claves, folios, OTRO_REGISTRO)
        try:
            pago.revisar(self._ctx, creditos, r.fecha, r.importe, r.referencia, self._saldo)
        except DomainError as error:
            return Fila(r, claves, folios, error.mensaje)
        return Fila(r, claves, folios, sobra=self._sobra(r, claves))

    def _sobra(self, r: Renglon, claves: tuple[int, ...]) -> Decimal:
        assert r.fecha is not None
        assert r.importe is not None
        saldos = [self._saldo(clave, r.fecha) for clave in claves]
        # What the application takes: the whole pesos where they are more, the cents where they are less.
        debe = sum((max(saldo.total, saldo.a_pagar) for saldo in saldos), CERO)
        antes = self._tomado.get(claves, CERO)
        self._tomado[claves] = antes + r.importe
        return max(min(antes + r.importe - debe, r.importe), CERO)
