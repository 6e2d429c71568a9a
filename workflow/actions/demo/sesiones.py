"""The sessions of the committees: one held and signed, one going on right now, one called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.comite import Asunto, Cargo, Comite
from models.organizacion import Usuario
from models.proceso import Tarea
from models.propuesta import Ficha
from workflow.actions import comite, tarea
from workflow.actions.demo.casos import textos
from workflow.actions.demo.guion import FIRMA, Guion, Historia

Datos = dict[str, Any]


@dataclass(frozen=True)
class Silla:
    """A seat of a committee and who sits in it."""

    id: int
    nombre: str
    preside: bool
    con_voto: bool
    persona: str


class Sesiones:
    """Tells the stories of the sessions of one committee."""

    def __init__(self, guion: Guion, unidad: str, vidas: Mapping[str, Historia] | None = None) -> None:
        """`vidas`: by registro patronal, what follows once its auditor is named."""
        self.g, self.unidad = guion, unidad
        self.vidas = {} if vidas is None else vidas  # filled while the stories are told
        self.gente: Datos = textos()["reparto"][unidad]
        self.secretario: str = self.gente["secretario"]
        with guion.como() as ctx:
            unidad_id = guion.unidad_id(unidad)
            fila = ctx.session.scalars(select(Comite).where(Comite.subdelegacion_id == unidad_id)).one()
            self.comite_id = fila.id
            self.sillas = [
                Silla(
                    a.id,
                    a.nombre,
                    a.cargo is Cargo.PRESIDENCIA,
                    a.con_voto,
                    ctx.session.get_one(Usuario, a.usuario_id).correo.partition("@")[0],
                )
                for a in fila.asientos
            ]
        self.preside = next(s for s in self.sillas if s.preside)
        self.votan = [s for s in self.sillas if s.con_voto]

    # -- stories -------------------------------------------------------------------------------------
    def celebrada(
        self, patrones: list[str], resultados: list[str], dia: dt.datetime, ausentes: int = 0
    ) -> Historia:
        """Held: one result per proposal, acta signed by who was there; then the acts are planned.

        `ausentes`: how many of the last seats with a vote did not come.
        """
        sesion = self._convocar(patrones, dia)
        if sesion is None:
            return
        yield dia
        if ausentes:
            self.votan = self.votan[:-ausentes]
        self._pasar_lista(sesion)
        for asunto, resultado in zip(self._asuntos(sesion), resultados, strict=False):
            yield self.g.tras(0)
            yield from self._decidir(sesion, asunto, resultado)
        self._hacer("abrir_asunto", sesion, {"apertura": "orden_agotado"})
        yield self.g.tras(1)
        self._hacer("revisar_acta", sesion, {"acta": FIRMA})
        yield self.g.tras(1)
        yield from self._firmar(sesion)
        yield self.g.tras(2)
        for patron, resultado in zip(patrones, resultados, strict=True):
            if resultado == "aprobada":
                self._designar(patron)
                if patron in self.vidas:
                    self.g.agendar(self.g.tras(1), self.vidas[patron])

    def en_curso(self, patrones: list[str], hora: dt.datetime) -> Historia:
        """A session that began less than an hour ago: its first matter is being voted."""
        sesion = self._convocar(patrones, hora)
        if sesion is None:
            return
        yield hora
        self._pasar_lista(sesion)
        asuntos = self._asuntos(sesion)
        yield hora + dt.timedelta(minutes=9)
        self._abrir(sesion, asuntos[0])
        yield hora + dt.timedelta(minutes=20)
        self._mocion(asuntos[0], {"mocion": "como_se_propone"})
        for minuto, silla in enumerate(self.votan[1 : len(self.votan) // 2 + 1], 26):
            yield hora + dt.timedelta(minutes=minuto)
            self._votar(asuntos[0], silla, {"voto": "a_favor", "excusa": False})

    def convocada(self, patrones: list[str], hora: dt.datetime) -> Historia:
        """A session that was called and has not come."""
        self._convocar(patrones, hora)
        yield from ()

    # -- steps ---------------------------------------------------------------------------------------
    def _convocar(self, patrones: list[str], hora: dt.datetime) -> int | None:
        propuestas = [self.g.propuestas[p] for p in patrones if p in self.g.propuestas]
        if not propuestas:
            return None
        with self.g.como(self.g.persona(self.secretario)) as ctx:
            sesion = comite.nueva_sesion(ctx, self.comite_id).id
        datos = {
            "comite": self.comite_id,
            "tipo": "ordinaria",
            "fecha_hora": hora.astimezone(self.g.zona).strftime("%Y-%m-%dT%H:%M"),
            "lugar_o_enlace": "Sala de juntas de la Subdelegación",
            "asuntos": [{"propuesta": p, "orden": n} for n, p in enumerate(propuestas, 1)],
        }
        self._hacer("preparar_sesion", sesion, datos)
        return sesion

    def _pasar_lista(self, sesion: int) -> None:
        asistencia: list[Datos] = [
            {"asiento": s.id, "presente": True, "suplente": False, "medio": "presencial"}
            if s in self.votan or not s.con_voto
            else {"asiento": s.id, "presente": False, "suplente": False}
            for s in self.sillas
        ]
        self._hacer("pasar_lista", sesion, {"asistencia": asistencia, "preside": self.preside.id})

    def _asuntos(self, sesion: int) -> list[int]:
        with self.g.como() as ctx:
            consulta = select(Asunto.id).where(Asunto.sesion_id == sesion).order_by(Asunto.orden)
            return list(ctx.session.scalars(consulta))

    def _decidir(self, sesion: int, asunto: int, resultado: str) -> Historia:
        """A matter from its opening to its confirmed agreement."""
        mensajes = textos()["mensajes"]
        self._abrir(sesion, asunto)
        pedida = {"mocion": "diferir", "informacion_pedida": mensajes["informacion_pedida"]}
        self._mocion(asunto, pedida if resultado == "diferida" else {"mocion": "como_se_propone"})
        contrarios = len(self.votan) - 2 if resultado == "rechazada" else int(resultado == "aprobada")
        for lugar, silla in enumerate(reversed(self.votan)):
            yield self.g.ahora + dt.timedelta(minutes=1)
            contra = {"voto": "en_contra", "razon": mensajes["razon_en_contra"]}
            voto = contra if lugar < contrarios else {"voto": "a_favor"}
            self._votar(asunto, silla, {**voto, "excusa": False})
        yield self.g.ahora + dt.timedelta(minutes=5)
        acuerdo = self._acuerdo(asunto, resultado)
        self.g.hacer("formular_acuerdo", ("asunto", asunto), self.secretario, acuerdo)
        yield self.g.ahora + dt.timedelta(minutes=2)
        self.g.hacer("confirmar_acuerdo", ("asunto", asunto), self.preside.persona, {"confirmado": True})

    def _acuerdo(self, asunto: int, resultado: str) -> Datos:
        frases = {
            "aprobada": "Se aprueba abrir la visita domiciliaria en los términos de la ficha.",
            "rechazada": "No se aprueba abrir el acto propuesto.",
            "diferida": "Se difiere el asunto hasta contar con la información pedida.",
        }
        acuerdo: Datos = {
            "texto": frases[resultado],
            "responsable": self.g.id_de(self.gente["jefe"]),
            "fecha_compromiso": (self.g.hoy + dt.timedelta(days=60)).isoformat(),
        }
        if resultado == "rechazada":
            acuerdo["motivo"] = textos()["mensajes"]["motivo_rechazo"]
        if resultado == "aprobada":
            acuerdo["ejercicios"] = self._ejercicios(asunto)
        return acuerdo

    def _ejercicios(self, asunto: int) -> list[Datos]:
        with self.g.como() as ctx:
            propuesta = ctx.session.get_one(Asunto, asunto).propuesta_id
            fichas = select(Ficha).where(Ficha.propuesta_id == propuesta).order_by(Ficha.numero.desc())
            ejercicios: list[Datos] = ctx.session.scalars(fichas.limit(1)).one().datos["ejercicios"]
            return ejercicios

    def _abrir(self, sesion: int, asunto: int) -> None:
        self._hacer("abrir_asunto", sesion, {"apertura": "asunto", "asunto": asunto})

    def _mocion(self, asunto: int, datos: Datos) -> None:
        completos = {**datos, "propone": self.preside.id}
        self.g.hacer("fijar_mocion", ("asunto", asunto), self.secretario, completos)

    def _votar(self, asunto: int, silla: Silla, datos: Datos) -> None:
        self.g.hacer("emitir_voto", ("asunto", asunto), silla.persona, datos, item=silla.id)

    def _firmar(self, sesion: int) -> Historia:
        with self.g.como() as ctx:
            pendientes = ctx.session.scalars(
                select(Tarea)
                .where(
                    Tarea.sujeto_tipo == "sesion",
                    Tarea.sujeto_id == sesion,
                    Tarea.nodo == "firmar_acta",
                    Tarea.estado == "abierta",
                )
                .order_by(Tarea.id)
            ).all()
            quienes = [
                ctx.session.get_one(Usuario, t.asignada_a).correo.partition("@")[0] for t in pendientes
            ]
        for fila, quien in zip(pendientes, quienes, strict=True):
            yield self.g.ahora + dt.timedelta(minutes=self.g.azar.randint(3, 40))
            with self.g.como(self.g.persona(quien)) as ctx:
                tarea.completar(ctx, fila.id, {"firma": FIRMA}, fila.version)

    def _designar(self, patron: str) -> None:
        datos = {
            "auditores": [{"usuario": self.g.id_de(a)} for a in self.gente["auditores"]],
            "jefe_grupo": self.g.id_de(self.gente["jefe_grupo"]),
            "fecha_tentativa": (self.g.hoy + dt.timedelta(days=30)).isoformat(),
            "sin_conflicto": True,
        }
        propuesta = ("propuesta", self.g.propuestas[patron])
        self.g.hacer("designar_auditor", propuesta, self.gente["jefe"], datos)

    def _hacer(self, nodo: str, sesion: int, datos: Datos) -> None:
        self.g.hacer(nodo, ("sesion", sesion), self.secretario, datos)
