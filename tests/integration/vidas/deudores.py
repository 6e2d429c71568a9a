"""What debtors, third parties and bidders do of a credit, an enforcement and a sale."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal
from typing import Any

from sqlalchemy import select

from models.bien import Bien, EstadoBien
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.pae import Pae
from models.pago import EstadoPago, OrigenPago, Pago
from models.plazo import Plazo
from models.remate import EstadoRemate, Remate
from tests.integration.vidas.afuera import Afuera
from tests.process.pasos.remate import POSTOR, RFCS
from workflow.actions import pago as pagos
from workflow.actions import remate as remates
from workflow.context import Actor
from workflow.operations import cuenta
from workflow.operations.credito import FINALES
from workflow.operations.subasta import por_pagar

CENTAVO = Decimal("0.01")
EFECTOS = {"inconformidad": "suspende", "juicio": "suspende_con_garantia", "nada": "no_suspende"}


class Deudores:
    """Every debtor has a character, thrown when the credit is served; chance does the rest."""

    def __init__(self, afuera: Afuera) -> None:
        self.afuera, self.j, self.mundo = afuera, afuera.j, afuera.mundo
        self._pagos = 0
        self.j.afuera += [self.creditos, self.ejecuciones, self.remates]

    # -- the credit ----------------------------------------------------------------------------------
    def creditos(self) -> None:
        """Each credit just served gets its debtor's character; the same again once it is being collected."""
        with self.mundo.obra.como() as ctx:
            vivos = select(Credito.id, Credito.estado, Credito.clase).where(
                Credito.estado.in_((EstadoCredito.NOTIFICADO, EstadoCredito.EN_PAE))
            )
            filas = list(ctx.session.execute(vivos.order_by(Credito.id)))
        for clave, estado, clase in filas:
            if estado is EstadoCredito.NOTIFICADO and self.afuera.una_vez("notificado", clave):
                self._al_notificar(clave, clase)
            if estado is EstadoCredito.EN_PAE and self.afuera.una_vez("en_pae", clave):
                self._al_ejecutar(clave, clase)

    def _al_notificar(self, clave: int, clase: ClaseCredito) -> None:
        j = self.j
        que = j.elige(
            nada=38, paga=18, de_mas=3, parcial=7, convenio=8, aclara=8, defiende=9, garantiza=6, tarde=3
        )
        if clase is ClaseCredito.MULTA and j.ocurre(25):
            j.agendar(
                j.azar.randint(0, 12), lambda: self.afuera.promocion("credito", clave, "promocion_multa")
            )
        if que in ("paga", "de_mas", "parcial", "tarde"):
            parte = {"paga": "1", "de_mas": "1.2", "parcial": "0.4", "tarde": "1"}[que]
            dias = j.azar.randint(16, 30) if que == "tarde" else j.azar.randint(0, 20)
            j.agendar(dias, lambda: self.pagar([clave], Decimal(parte)))
        elif que == "convenio":
            j.agendar(j.azar.randint(2, 15), lambda: self._convenio(clave))
        elif que == "aclara":
            j.agendar(
                j.azar.randint(0, 9), lambda: self.afuera.promocion("credito", clave, "promocion_aclaracion")
            )
        elif que == "defiende":
            j.agendar(
                j.azar.randint(1, 14),
                lambda: self._defensa(clave, j.elige(inconformidad=6, juicio=3, nada=1)),
            )
        elif que == "garantiza":
            j.agendar(j.azar.randint(1, 14), lambda: self._garantia(clave))

    def _al_ejecutar(self, clave: int, clase: ClaseCredito) -> None:
        j = self.j
        if j.ocurre(25):
            parte = Decimal(j.azar.choice(("1", "1", "0.3", "1.1")))
            j.agendar(j.azar.randint(5, 240), lambda: self.pagar([clave], parte))
        elif j.ocurre(9):
            j.agendar(
                j.azar.randint(5, 200),
                lambda: self._defensa(clave, j.elige(inconformidad=1, juicio=1, nada=1)),
            )
        elif j.ocurre(8):
            j.agendar(j.azar.randint(5, 200), lambda: self._convenio(clave))
        elif j.ocurre(6):
            tipo = "promocion_multa" if clase is ClaseCredito.MULTA else "promocion_aclaracion"
            j.agendar(j.azar.randint(1, 200), lambda: self.afuera.promocion("credito", clave, tipo))

    def _vive(self, clave: int) -> bool:
        with self.mundo.obra.como() as ctx:
            return ctx.session.get_one(Credito, clave).estado not in FINALES

    def _convenio(self, clave: int) -> None:
        if not self._vive(clave) or not self.afuera.mandar(
            "convenio_autorizado", clave, convenio_id=clave, desenlace="autorizado"
        ):
            return
        j = self.j
        cumple = j.ocurre(60)
        for dias in (30, 60):
            j.agendar(dias, lambda: self.pagar([clave], Decimal("0.35")))
        if cumple:
            j.agendar(88, lambda: self.pagar([clave], Decimal(1)))
        fin = "cumplido" if cumple else "incumplido"
        j.agendar(
            90, lambda: self.afuera.mandar("convenio_concluido", clave, convenio_id=clave, desenlace=fin)
        )

    def _defensa(self, clave: int, cual: str) -> None:
        if not self._vive(clave):
            return
        j = self.j
        if cual == "juicio":
            self.afuera.mandar("garantia_calificada", clave, garantia_id=clave, suficiente=True)
        self.afuera.mandar("defensa_interpuesta", clave, defensa_id=clave, efecto=EFECTOS[cual])
        sentido = j.elige(confirma=5, revoca=3, para_efectos=2, notificacion_anulada=1)
        j.agendar(
            j.azar.randint(40, 400),
            lambda: self.afuera.mandar("defensa_resuelta", clave, defensa_id=clave, sentido=sentido),
        )

    def _garantia(self, clave: int) -> None:
        if self._vive(clave):
            self.afuera.mandar("garantia_calificada", clave, garantia_id=clave, suficiente=self.j.ocurre(75))

    # -- money ---------------------------------------------------------------------------------------
    def pagar(self, ids: list[int], parte: Decimal) -> None:
        """A payment at the window of that part of what they owe; some are found misapplied later."""
        with self.mundo.obra.como() as ctx:
            filas = [ctx.session.get_one(Credito, uno) for uno in ids]
            debe = sum((cuenta.saldo(ctx, uno, ctx.hoy).a_pagar for uno in filas), Decimal(0))
            vivos = all(uno.estado not in FINALES for uno in filas)
        cuanto = (debe * parte).quantize(CENTAVO)
        if not vivos or cuanto <= 0:
            return
        self._pagos += 1
        referencia = f"LC-{self._pagos}"
        excedente = self.j.elige(devolver=1, dejar=1)

        def recibir() -> None:
            with self.mundo.obra.como(self.mundo.con_rol("jefe_cobranza")[0]) as ctx:
                pagos.registrar(
                    ctx, ids, self.mundo.hoy, cuanto, OrigenPago.VENTANILLA, referencia, excedente=excedente
                )

        if self.afuera.tal_vez(recibir) and self.j.ocurre(8):
            self.j.agendar(self.j.azar.randint(1, 60), lambda: self._corregir(referencia, ids))

    def _corregir(self, referencia: str, ids: list[int]) -> None:
        with self.mundo.obra.como() as ctx:
            pago = ctx.session.scalars(
                select(Pago).where(Pago.referencia == referencia, Pago.origen == OrigenPago.VENTANILLA)
            ).one()
            clave, estado = pago.id, pago.estado
            vivos = all(ctx.session.get_one(Credito, uno).estado not in FINALES for uno in ids)
        if estado is not EstadoPago.APLICADO or not vivos:
            return

        def corregir() -> None:
            with self.mundo.obra.como(self.mundo.con_rol("jefe_cobranza")[0]) as ctx:
                if self.j.ocurre(70):
                    pagos.corregir(ctx, clave, ids, "Se capturó con otra fecha.", excedente="devolver")
                else:
                    pagos.reversar(ctx, clave, "El pago no llegó.", self.j.ocurre(50))

        self.afuera.tal_vez(corregir)

    # -- the enforcement -----------------------------------------------------------------------------
    def ejecuciones(self) -> None:
        """Third parties, banks, trouble with who keeps the goods."""
        with self.mundo.obra.como() as ctx:
            abiertos = list(ctx.session.scalars(select(Pae.id).where(Pae.concluido_en.is_(None))))
            esperan = list(
                ctx.session.scalars(
                    select(Plazo.sujeto_id).where(Plazo.clave == "cuenta_informa", Plazo.cerrado_en.is_(None))
                )
            )
            avaluos = list(
                ctx.session.execute(select(Bien.id, Bien.pae_id).where(Bien.estado == EstadoBien.VALUADO))
            )
        for clave in abiertos:
            self._de_la_ejecucion(clave)
        for clave in esperan:
            if self.j.ocurre(30):
                self.afuera.mandar("informe_banco_recibido", clave, oficio_id=clave)
        for bien_id, pae_id in avaluos:
            if self.afuera.una_vez("avaluo", bien_id) and self.j.ocurre(20):
                dias = self.j.azar.randint(1, 12)
                self.j.agendar(
                    dias, lambda b=bien_id, p=pae_id: self.afuera.promocion("pae", p, "avaluo_objetado", de=b)
                )

    def _de_la_ejecucion(self, clave: int) -> None:
        if not self.afuera.una_vez("pae", clave):
            return
        j = self.j
        for tipo, por_ciento in (
            ("terceria_presentada", 12),
            ("incidente_depositaria", 8),
            ("bienes_pagados", 5),
        ):
            if j.ocurre(por_ciento):
                j.agendar(j.azar.randint(5, 220), lambda t=tipo: self._en_pae(clave, t))
        if j.ocurre(10):
            j.agendar(j.azar.randint(10, 300), lambda: self._pagar_todo(clave))

    def _en_pae(self, clave: int, tipo: str) -> None:
        with self.mundo.obra.como() as ctx:
            vive = ctx.session.get_one(Pae, clave).concluido_en is None
        if vive:
            self.afuera.promocion("pae", clave, tipo)

    def _pagar_todo(self, clave: int) -> None:
        with self.mundo.obra.como() as ctx:
            suyos = list(
                ctx.session.scalars(
                    select(Credito.id).where(Credito.pae_id == clave, Credito.estado.not_in(FINALES))
                )
            )
        if suyos:
            self.pagar(suyos, Decimal(1))

    # -- the sale ------------------------------------------------------------------------------------
    def remates(self) -> None:
        """Bids while the auction is open; the winner pays what is left, or does not."""
        with self.mundo.obra.como() as ctx:
            filas = list(
                ctx.session.scalars(
                    select(Remate).where(
                        Remate.estado.in_((EstadoRemate.EN_SUBASTA, EstadoRemate.CON_GANADOR))
                    )
                )
            )
            deben = {f.id: por_pagar(f) for f in filas if f.estado is EstadoRemate.CON_GANADOR}
            abiertos = [
                (f.id, f.folio, f.postura_legal) for f in filas if f.estado is EstadoRemate.EN_SUBASTA
            ]
        for clave, folio, legal in abiertos:
            if self.j.ocurre(22):
                self._ofrecer(clave, folio, legal or Decimal(1))
        for clave, debe in deben.items():
            if self.j.ocurre(40):
                self._pagar_saldo(clave, debe)

    def _ofrecer(self, clave: int, folio: str, legal: Decimal) -> None:
        postor = self.j.azar.randrange(len(RFCS))
        importe = (legal * Decimal(self.j.azar.choice(("0.9", "1", "1.15", "1.4")))).quantize(
            CENTAVO, ROUND_UP
        )
        datos: dict[str, Any] = {
            **POSTOR,
            "rfc": RFCS[postor],
            "importe": f"{importe}",
            "deposito": f"{(importe / 10).quantize(CENTAVO, ROUND_UP)}",
            "transferencia": f"SPEI-{clave}-{postor}-{self.j.cuenta.mensajes}",
        }

        def ofrecer() -> None:
            with self.mundo.obra.como(Actor("publico")) as ctx:
                remates.presentar_postura(ctx, folio, datos)

        self.afuera.tal_vez(ofrecer)

    def _pagar_saldo(self, clave: int, debe: Decimal) -> None:
        def pagar() -> None:
            with self.mundo.obra.como(self.mundo.con_rol("jefe_cobranza")[0]) as ctx:
                remates.registrar_saldo(ctx, clave, self.mundo.hoy, debe)

        self.afuera.tal_vez(pagar)
