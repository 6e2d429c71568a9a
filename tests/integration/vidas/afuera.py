"""Who acts from outside: workers in their mailbox, employers at the window, bidders, and the processes to come.

What a later process will send (defence, agreement, guarantee) is sent as the scenarios do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.denuncia import CAUSAS, Denuncia
from models.plazo import Plazo
from models.requerimiento import EstadoRequerimiento, Requerimiento
from tests.integration.vidas.formas import COMUNES
from tests.integration.vidas.jugador import Jugador
from workflow.actions import borrador, buzon, denuncia, promocion_patron
from workflow.actions._transaction import action
from workflow.actions.demo.personas import Padron
from workflow.context import Actor, Ctx
from workflow.errors import DomainError
from workflow.operations import mensaje

MESES_DE_PRESENTAR = 300
# Until what day of her case a worker may do something by herself.
VIDA = 420


@dataclass
class Personas:
    """The workers, as they filed: what must stay secret of each."""

    secretos: list[str] = field(default_factory=list)
    presentadas: list[int] = field(default_factory=list)


@action
def enviar(ctx: Ctx, nombre: str, valor: str, datos: Mapping[str, Any]) -> None:
    """A message of a process that comes later."""
    mensaje.enviar(ctx, nombre, valor, dict(datos))


class Afuera:
    """The workers and their employers, up to the act."""

    def __init__(self, j: Jugador, casos: int) -> None:
        self.j, self.mundo = j, j.mundo
        self.personas = Personas()
        self._padron = Padron(self.mundo.azar.randrange(10**6))
        self._vistos: set[tuple[str, int]] = set()
        for _ in range(casos):
            j.agendar(j.azar.randint(0, MESES_DE_PRESENTAR), self._presentar)
        j.afuera.append(self.patrones)

    def una_vez(self, tipo: str, clave: int) -> bool:
        """True the first time that it is asked."""
        nuevo = (tipo, clave) not in self._vistos
        self._vistos.add((tipo, clave))
        return nuevo

    def tal_vez(self, hacer: Callable[[], object]) -> bool:
        """Do it if the house lets it; a refusal is counted."""
        try:
            hacer()
        except DomainError as error:
            dicho = "; ".join(getattr(error, "campos", {}).values()) or error.mensaje
            self.j.cuenta.rechazos[f"afuera: {dicho[:110]}"] += 1
            return False
        self.j.cuenta.mensajes += 1
        return True

    # -- workers -------------------------------------------------------------------------------------
    def _presentar(self) -> None:
        """Through the real action. Several per employer: they choose among the same ones."""
        j = self.j
        _, registro, nombre, cp = j.azar.choice(self.mundo.patrones)
        identidad = self._padron.identidad()
        anonima = j.ocurre(6)
        respuestas: dict[str, Any] = {
            **COMUNES["presentar"],
            **identidad,
            "motivos": [j.elige(salario_menor=6, sin_inscripcion=3, fecha_posterior=2, otro=1)],
            "fecha_inicio": j.azar.choice(("2024-02-12", "2024-09-01", "2025-03-10")),
            "registro_patronal": registro,
            "nombre_patron": nombre,
            "cp": cp,
        }
        if anonima:
            for campo in identidad:
                respuestas.pop(campo, None)
        with self.mundo.obra.como(Actor("denunciante")) as ctx:
            token = borrador.nuevo(ctx)
            borrador.guardar(ctx, token, respuestas)
            hecha = denuncia.presentar(ctx, token, token)
            clave = ctx.session.scalars(select(Denuncia.id).where(Denuncia.folio == hecha.folio)).one()
        self.personas.presentadas.append(clave)
        completo = " ".join(identidad[c] for c in ("nombre", "primer_apellido", "segundo_apellido"))
        self.personas.secretos += [identidad["curp"], identidad["nss"], completo]
        if anonima and j.ocurre(50):
            datos = {c: identidad[c] for c in ("nombre", "primer_apellido", "curp")}
            j.agendar(j.azar.randint(1, 18), lambda: self._en_buzon("aportar_identidad", clave, datos))
        self._por_su_cuenta(clave)

    def _por_su_cuenta(self, clave: int) -> None:
        j = self.j
        if j.ocurre(15):
            j.agendar(
                j.azar.randint(3, VIDA),
                lambda: self._en_buzon("aportar_evidencia", clave, "Tengo un recibo."),
            )
        if j.ocurre(6):
            j.agendar(
                j.azar.randint(3, VIDA),
                lambda: self._en_buzon("reportar_represalia", clave, ["amenaza"], "Me amenazaron."),
            )
        if j.ocurre(6):
            j.agendar(
                j.azar.randint(3, VIDA), lambda: self._en_buzon("desistir", clave, "Ya no quiero seguir.")
            )

    def _en_buzon(self, verbo: str, clave: int, *datos: Any) -> None:
        with self.mundo.obra.como(Actor("denunciante", denuncia_id=clave)) as ctx:
            if ctx.session.get_one(Denuncia, clave).estado in CAUSAS:
                return
            ctx.session.rollback()
            self.tal_vez(lambda: getattr(buzon, verbo)(ctx, clave, *datos))

    # -- employers, while the act goes on --------------------------------------------------------------
    def patrones(self) -> None:
        """What each employer does of an act, once for each occasion."""
        with self.mundo.obra.como() as ctx:
            preguntadas = list(
                ctx.session.scalars(
                    select(Plazo.sujeto_id).where(
                        Plazo.clave == "info_denunciante", Plazo.cerrado_en.is_(None)
                    )
                )
            )
            actos = {
                a.id: (a.estado, a.folio)
                for a in ctx.session.scalars(select(Acto).where(Acto.concluido_en.is_(None)))
            }
            pedidos = [
                (r.id, r.acto_id)
                for r in ctx.session.scalars(
                    select(Requerimiento).where(Requerimiento.estado == EstadoRequerimiento.NOTIFICADO)
                )
            ]
            corren = list(
                ctx.session.scalars(
                    select(Plazo.sujeto_id).where(
                        Plazo.sujeto_tipo == "acto",
                        Plazo.clave == "ultima_parcial",
                        Plazo.cerrado_en.is_(None),
                    )
                )
            )
        for clave in preguntadas:
            self._responder(clave)
        for acto_id, (estado, _) in actos.items():
            self._ante_el_acto(acto_id, estado)
        for pedido, acto_id in pedidos:
            self._ante_el_requerimiento(pedido, acto_id)
        for acto_id in corren:
            self._ante_los_hechos(acto_id)

    def _responder(self, clave: int) -> None:
        if self.j.ocurre(8):
            self._en_buzon("responder", clave, "Trabajo de lunes a sábado y me pagan en efectivo.")

    def _ante_el_acto(self, acto_id: int, estado: EstadoActo) -> None:
        j = self.j
        if estado is EstadoActo.EN_DESAHOGO and self.una_vez("desahogo", acto_id):
            if j.ocurre(10):
                j.agendar(
                    j.azar.randint(1, 60), lambda: self.promocion("acto", acto_id, "correccion_ofrecida")
                )
            if j.ocurre(4):
                j.agendar(
                    j.azar.randint(1, 60), lambda: self.promocion("acto", acto_id, "competencia_modificada")
                )
            if j.ocurre(4):
                j.agendar(j.azar.randint(1, 60), lambda: self.mandar("visitadores_modificados", acto_id))
        if estado is EstadoActo.CON_OBSERVACIONES and self.una_vez("observaciones", acto_id) and j.ocurre(10):
            self.mandar("acuerdo_conclusivo_solicitado", acto_id)
            suscrito = j.ocurre(60)
            j.agendar(
                j.azar.randint(20, 120),
                lambda: self.mandar("acuerdo_conclusivo_cerrado", acto_id, suscrito=suscrito),
            )

    def _ante_el_requerimiento(self, pedido: int, acto_id: int) -> None:
        if not self.una_vez("requerimiento", pedido):
            return
        j = self.j
        if j.ocurre(25):
            self.promocion("acto", acto_id, "prorroga_solicitada", de=pedido)
        if j.ocurre(65):
            j.agendar(
                j.azar.randint(0, 25),
                lambda: self.promocion("acto", acto_id, "documentos_presentados", de=pedido),
            )

    def _ante_los_hechos(self, acto_id: int) -> None:
        if not self.una_vez("hechos", acto_id):
            return
        j = self.j
        if j.ocurre(40):
            j.agendar(j.azar.randint(0, 25), lambda: self.promocion("acto", acto_id, "pruebas_aportadas"))
        if j.ocurre(20):
            j.agendar(j.azar.randint(0, 25), lambda: self.promocion("acto", acto_id, "ampliacion_solicitada"))

    # -- what others share ---------------------------------------------------------------------------
    def promocion(self, tipo_sujeto: str, sujeto_id: int, tipo: str, de: int | None = None) -> bool:
        """A paper of the employer, captured in its case."""
        roles = {"acto": "jefe_auditoria", "credito": "jefe_cobranza", "pae": "jefe_cobranza"}
        texto = f"Escrito de {tipo}, {self.mundo.obra.ahora:%d/%m/%Y %H:%M} ({self.j.cuenta.mensajes})"

        def capturar() -> None:
            with self.mundo.obra.como(self.mundo.con_rol(roles[tipo_sujeto])[0]) as ctx:
                promocion_patron.capturar(
                    ctx, tipo_sujeto, sujeto_id, tipo, "ventanilla", self.mundo.hoy, texto, de=de
                )

        return self.tal_vez(capturar)

    def mandar(self, nombre: str, valor: int, **datos: Any) -> bool:
        """A message that no action sends yet."""

        def mandar() -> None:
            with self.mundo.obra.como() as ctx:
                enviar(ctx, nombre, str(valor), datos)

        return self.tal_vez(mandar)
