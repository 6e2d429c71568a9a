"""The entries of one account while it is written: locked, numbered, what is owed of each charge at hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from models.credito import AsientoCredito, ConceptoCredito, Credito, TipoAsiento
from models.plazo import Plazo
from workflow.context import Ctx
from workflow.rules.paso import Paso, a_contrato
from workflow.rules.saldo import CERO, CRECEN, Adeudo, Movimiento

_A: Any = AsientoCredito.__table__
_COLUMNAS = (_A.c.id, _A.c.tipo, _A.c.concepto, _A.c.importe, _A.c.fecha, _A.c.de_id, _A.c.pago_id)
_SUMA = {TipoAsiento.CARGO, TipoAsiento.REVERSO}
MOTIVO_MAXIMO = 300
CORTE = "Actualización y recargos corridos al día"
CITA_DE = {ConceptoCredito.ACTUALIZACION: "CFF 17-A", ConceptoCredito.RECARGOS: "CFF 21"}
TERMINO = "pago_credito"


class Libro:
    """The account of a credit. `abrir` locks it until the transaction ends; `leer` only reads."""

    def __init__(self, ctx: Ctx, credito_id: int, filas: Iterable[Any], pagar: dt.date | None = None) -> None:
        """Keep the entries read, in the order in which they were written.

        `pagar`: the last day of the term to pay, from which a fine is late (CFF 70), when it runs or ran.
        """
        self._ctx = ctx
        self._credito_id = credito_id
        self.movimientos: list[Movimiento] = [
            Movimiento(f.id, f.tipo.value, f.concepto.value, f.importe, _cuando(f, pagar), f.de_id, f.pago_id)
            for f in filas
        ]
        self._cargos = {m.id: m for m in self.movimientos if m.es_cargo}
        self._numero = len(self.movimientos)
        self._por_escribir: list[dict[str, Any]] = []

    @classmethod
    def leer(cls, ctx: Ctx, credito_id: int) -> Libro:
        """The entries as they are now."""
        return cls.leer_varios(ctx, {credito_id})[credito_id]

    @classmethod
    def leer_varios(cls, ctx: Ctx, ids: Collection[int]) -> dict[int, Libro]:
        """The accounts of several credits. One query, and another where there are fines."""
        filas: dict[int, list[Any]] = {uno: [] for uno in ids}
        consulta = select(_A.c.credito_id, *_COLUMNAS).where(_A.c.credito_id.in_(sorted(filas)))
        for fila in ctx.session.execute(consulta.order_by(_A.c.credito_id, _A.c.numero)):
            filas[fila.credito_id].append(fila)
        pagar = _terminos(ctx, [uno for uno, suyas in filas.items() if any(map(_es_multa, suyas))])
        return {uno: cls(ctx, uno, suyas, pagar.get(uno)) for uno, suyas in filas.items()}

    @classmethod
    def abrir(cls, ctx: Ctx, credito_id: int) -> Libro:
        """The entries, and nobody else adds one meanwhile."""
        cls.bloquear(ctx, {credito_id})
        return cls.leer(ctx, credito_id)

    @staticmethod
    def bloquear(ctx: Ctx, ids: Collection[int]) -> None:
        """Hold the accounts, always in the same order: two that share some wait and never cross."""
        ctx.session.execute(
            select(Credito.id).where(Credito.id.in_(sorted(ids))).order_by(Credito.id).with_for_update()
        ).all()

    def asentar(
        self,
        tipo: TipoAsiento,
        concepto: ConceptoCredito,
        importe: Decimal,
        fecha: dt.date,
        motivo: str,
        cita: str,
        derivacion: Iterable[Paso] = (),
        *,
        de: int | None = None,
        pago: int | None = None,
    ) -> AsientoCredito:
        """One more entry, written at once."""
        self.escribir()
        valores = self._valores(tipo, concepto, importe, fecha, motivo, cita, derivacion, de=de, pago=pago)
        fila = AsientoCredito(**valores)
        self._ctx.session.add(fila)
        self._ctx.session.flush()
        self._anotar(fila.id, valores)
        return fila

    def apuntar(
        self,
        tipo: TipoAsiento,
        concepto: ConceptoCredito,
        importe: Decimal,
        fecha: dt.date,
        motivo: str,
        cita: str,
        derivacion: Iterable[Paso] = (),
        *,
        de: int,
        pago: int | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        """One more entry that lowers or raises a charge, to be written with others by `escribir`.

        `extra` is kept with the first step of its derivation.
        """
        valores = self._valores(tipo, concepto, importe, fecha, motivo, cita, derivacion, de=de, pago=pago)
        if extra:
            valores["derivacion"][0] |= extra
        self._por_escribir.append(valores)
        # Nothing hangs from it: its own id, which is not known yet, only has to come after the last one.
        self._anotar(self.movimientos[-1].id + 1, valores)

    def escribir(self) -> None:
        """Write what was `apuntado`, in one statement."""
        if self._por_escribir:
            self._ctx.session.flush()
            self._ctx.session.execute(insert(_A), self._por_escribir)
            self._por_escribir = []

    def correr(self, adeudos: Iterable[Adeudo], al: dt.date) -> None:
        """Post what ran on those debts up to `al`; what was posted in excess, because the index fell, is taken down."""
        corre = [
            (adeudo, concepto, importe)
            for adeudo in adeudos
            for concepto, importe in (
                (ConceptoCredito.ACTUALIZACION, adeudo.corre_actualizacion),
                (ConceptoCredito.RECARGOS, adeudo.corre_recargos),
            )
        ]
        self._cargar(
            [
                self._valores(
                    TipoAsiento.CARGO,
                    concepto,
                    importe,
                    al,
                    CORTE,
                    CITA_DE[concepto],
                    adeudo.pasos,
                    de=adeudo.clave,
                )
                for adeudo, concepto, importe in corre
                if importe > 0
            ]
        )
        for adeudo, concepto, importe in corre:
            if importe < 0:
                self._bajar_exceso(adeudo, concepto, -importe, al)
        self.escribir()

    def _cargar(self, nuevos: list[dict[str, Any]]) -> None:
        """Several charges in one statement, and another that tells their ids."""
        if not nuevos:
            return
        self._ctx.session.flush()
        self._ctx.session.execute(insert(_A), nuevos)
        ids = self._ctx.session.scalars(
            select(_A.c.id)
            .where(_A.c.credito_id == self._credito_id, _A.c.numero >= nuevos[0]["numero"])
            .order_by(_A.c.numero)
        )
        for clave, valores in zip(ids, nuevos, strict=True):
            self._anotar(clave, valores)

    def _bajar_exceso(self, adeudo: Adeudo, concepto: ConceptoCredito, resta: Decimal, al: dt.date) -> None:
        for clave, debe in reversed(self.cargos_de(adeudo.clave, concepto.value)):
            cuanto = min(resta, debe)
            if cuanto > 0:
                self.apuntar(
                    TipoAsiento.BAJA, concepto, cuanto, al, CORTE, "CFF 17-A", adeudo.pasos, de=clave
                )
                resta -= cuanto

    def _valores(
        self,
        tipo: TipoAsiento,
        concepto: ConceptoCredito,
        importe: Decimal,
        fecha: dt.date,
        motivo: str,
        cita: str,
        derivacion: Iterable[Paso],
        *,
        de: int | None,
        pago: int | None = None,
    ) -> dict[str, Any]:
        """The columns of the next entry: its number is taken."""
        self._numero += 1
        return {
            "credito_id": self._credito_id,
            "numero": self._numero,
            "tipo": tipo,
            "concepto": concepto,
            "importe": importe,
            "fecha": fecha,
            "de_id": de,
            "pago_id": pago,
            "motivo": motivo[:MOTIVO_MAXIMO],
            "cita": cita,
            "derivacion": a_contrato(derivacion),
            "registrado_en": self._ctx.now,
            "usuario_id": self._ctx.actor.usuario_id,
        }

    def _anotar(self, clave: int, v: Mapping[str, Any]) -> None:
        nuevo = Movimiento(
            clave, v["tipo"].value, v["concepto"].value, v["importe"], v["fecha"], v["de_id"], v["pago_id"]
        )
        self.movimientos.append(nuevo)
        if nuevo.es_cargo:
            self._cargos[nuevo.id] = nuevo

    def pendientes(self) -> dict[int, Decimal]:
        """What is owed of each charge, by its id, whatever the dates."""
        debe = {clave: cargo.importe for clave, cargo in self._cargos.items()}
        for m in self.movimientos:
            if not m.es_cargo and m.de is not None:
                debe[m.de] += m.importe if m.tipo in _SUMA else -m.importe
        return debe

    def cargos_de(self, adeudo: int, concepto: str) -> list[tuple[int, Decimal]]:
        """The charges of a concept in the debt that begins with the charge `adeudo`, and what each owes."""
        primero, debe = self._cargos[adeudo], self.pendientes()
        raices = {
            m.id
            for m in self._cargos.values()
            if m.de is None and m.fecha == primero.fecha and _juntos(m.concepto, primero.concepto)
        } | {adeudo}
        return [
            (clave, debe[clave])
            for clave, m in self._cargos.items()
            if m.concepto == concepto and (clave in raices or m.de in raices) and debe[clave] > 0
        ]

    def concepto(self, clave: int) -> ConceptoCredito:
        """Of a charge."""
        return ConceptoCredito(self._cargos[clave].concepto)

    def fecha(self, clave: int) -> dt.date:
        """Of a charge: its last day to pay, or the day on which it counts."""
        return self._cargos[clave].fecha

    def desde(self, clave: int) -> dt.date:
        """From when a charge counts: a principal and a fine, always."""
        cargo = self._cargos[clave]
        return dt.date.min if cargo.de is None and cargo.concepto in CRECEN else cargo.fecha

    def importe(self, clave: int) -> Decimal:
        """Of a charge, as it was made."""
        return self._cargos[clave].importe

    def reducida(self, clave: int) -> bool:
        """True when a payment that stands had the charge reduced."""
        reducen = set()
        for m in self.movimientos:
            if m.de == clave and m.tipo == TipoAsiento.REDUCCION:
                reducen.add(m.pago)
            elif m.de == clave and m.tipo == TipoAsiento.REVERSO:
                reducen.discard(m.pago)
        return bool(reducen)

    def deshacer(self, desde: dt.date, pagos: Collection[int], motivo: str) -> None:
        """Reverse those payments and take down what was posted from `desde` on, each on its own day."""
        netos: dict[tuple[int, int, dt.date], Decimal] = defaultdict(lambda: CERO)
        for m in list(self.movimientos):
            if (
                m.pago is not None
                and m.pago in pagos
                and not m.es_cargo
                and m.de is not None
                and m.tipo != TipoAsiento.BAJA
            ):
                netos[m.pago, m.de, m.fecha] += -m.importe if m.tipo in _SUMA else m.importe
        for (pago, clave, fecha), neto in netos.items():
            if neto > 0:
                self._contra(TipoAsiento.REVERSO, clave, neto, fecha, motivo, pago)
        debe = self.pendientes()
        for clave, cargo in list(self._cargos.items()):
            if cargo.de is not None and cargo.fecha >= desde and debe[clave] > 0:
                self._contra(TipoAsiento.BAJA, clave, debe[clave], cargo.fecha, motivo, cargo.pago)
        self.escribir()

    def _contra(
        self, tipo: TipoAsiento, clave: int, importe: Decimal, fecha: dt.date, motivo: str, pago: int | None
    ) -> None:
        cita = "CFF 20; se aplica otra vez en el orden de las fechas"
        self.apuntar(tipo, self.concepto(clave), importe, fecha, motivo, cita, de=clave, pago=pago)


def _terminos(ctx: Ctx, ids: Collection[int]) -> dict[int, dt.date]:
    """The last day of the first term to pay of each credit that has one."""
    if not ids:
        return {}
    consulta = (
        select(Plazo.sujeto_id, Plazo.vence)
        .where(Plazo.sujeto_tipo == "credito", Plazo.sujeto_id.in_(sorted(ids)), Plazo.clave == TERMINO)
        .order_by(Plazo.id.desc())
    )
    return {fila.sujeto_id: fila.vence for fila in ctx.session.execute(consulta)}


def _cuando(fila: Any, pagar: dt.date | None) -> dt.date:
    """The legal day of an entry; a fine is due when its term ends, not when it was computed."""
    fecha: dt.date = fila.fecha
    return max(fecha, pagar) if pagar is not None and _es_multa(fila) else fecha


def _es_multa(fila: Any) -> bool:
    return fila.tipo is TipoAsiento.CARGO and fila.concepto is ConceptoCredito.MULTA


def _juntos(uno: str, otro: str) -> bool:
    """True for the two parts of the cuotas of one period."""
    return uno.startswith("cuotas_") and otro.startswith("cuotas_")
