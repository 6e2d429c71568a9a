"""Plays the scenarios of `bpmn/*/casos/*.json` against the house.

Every step opens a new session on the other of two workers, so the case is saved and restored between every
two steps. After each step the projection must equal what the engine says, and no incident may be open.

A step is one key with its argument:
`presentar` files a denuncia · `tarea` completes a task · `mensaje` sends one · `buzon` acts as the
denouncer · `reloj` goes to an instant · `vencer` goes past the expiry of a term · `nueva_sesion`,
`cancelar`, `cerrar_votacion`, `sale` are the secretary's · `hasta`, `convocar`, `lista`, `votar`, `acta`,
`sesionar` play a known stretch · `espera` compares · the verbs of an act, a credit and an enforcement live in
`pasos/`, one file per noun.
Values that begin with `@` are references (see `Referencias.valor`).
"""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.comite import Asiento, Comite
from models.denuncia import Denuncia
from models.organizacion import Usuario
from models.proceso import Tarea, Temporizador
from tests.factories.casa import ZONA, Obra
from tests.process.comparar import Comparador
from tests.process.comunes import comunes
from tests.process.pasos import PASOS
from workflow.actions import borrador, buzon, comite, denuncia, tarea, temporizador
from workflow.actions._transaction import action
from workflow.context import Actor, Ctx
from workflow.errors import DomainError
from workflow.operations import mensaje as mensajes

CASOS = Path(__file__).resolve().parents[2] / "bpmn"
COMUNES = comunes()


def archivos() -> list[Path]:
    """All scenario files."""
    return sorted(CASOS.glob("*/casos/*.json"))


class Escena(Comparador):
    """One play of one scenario."""

    def __init__(self, obra: Obra, caso: dict[str, Any]) -> None:
        super().__init__(obra)
        self.caso = caso
        self.claves: dict[str, tuple[str, str]] = {}

    def jugar(self) -> None:
        """All steps, then the end that the scenario promises."""
        if "reloj" in self.caso:
            self.obra.ahora = _instante(self.caso["reloj"])
        for numero, paso in enumerate(self.caso["pasos"], 1):
            try:
                self._paso(paso)
                self._comprobar()
            except AssertionError as error:
                raise AssertionError(
                    f"paso {numero} {json.dumps(paso, ensure_ascii=False)[:160]}: {error}"
                ) from error
        self._espera(self.caso["fin"])

    def _paso(self, paso: dict[str, Any]) -> None:
        verbo = next(iter(paso))
        rechazo = paso.get("rechaza")
        con = {k: v for k, v in paso.items() if k not in (verbo, "rechaza")}
        try:
            if verbo in PASOS:
                PASOS[verbo](self, paso[verbo], **con)
            else:
                getattr(self, f"_{verbo}")(paso[verbo], **con)
        except DomainError as error:
            dijo = f"{type(error).__name__}: {error.mensaje} {getattr(error, 'campos', '')}"
        else:
            dijo = None
        assert (dijo is None) == (rechazo is None), f"rechazo esperado: {rechazo}; dijo: {dijo}"
        assert rechazo is None or rechazo in str(dijo), f"se esperaba «{rechazo}» y dijo «{dijo}»"

    # -- steps ---------------------------------------------------------------------------------------
    def _presentar(self, como: str, con: dict[str, Any] | None = None) -> None:
        respuestas = {**COMUNES["presentar"], **(con or {})}
        respuestas = {clave: valor for clave, valor in respuestas.items() if valor is not None}
        with self.obra.como(Actor("denunciante")) as ctx:
            token = borrador.nuevo(ctx)
            borrador.guardar(ctx, token, respuestas)
            hecha = denuncia.presentar(ctx, token, token)
            fila = ctx.session.scalars(select(Denuncia).where(Denuncia.folio == hecha.folio)).one()
        self.ids[como] = ("denuncia", fila.id)
        self.claves[como] = (hecha.folio, hecha.clave_secreta)

    def _tarea(
        self,
        nodo: str,
        de: str,
        con: dict[str, Any] | None = None,
        quien: str | None = None,
        item: str | None = None,
    ) -> None:
        comun = COMUNES["tareas"][nodo]
        datos = {**comun.get("datos", {}), **(con or {})}
        datos = {clave: valor for clave, valor in self.valor(datos).items() if valor is not None}
        quien = quien or comun["quien"]
        with self.obra.como() as ctx:
            fila = self._abierta(ctx, nodo, de, item)
        with self.obra.como(self.obra.persona(quien)) as ctx:
            tarea.completar(ctx, fila.id, datos, fila.version)

    def _abierta(self, ctx: Ctx, nodo: str, de: str, item: str | None = None) -> Tarea:
        instancia = self._instancia(ctx, de, COMUNES["tareas"][nodo].get("proceso"))
        consulta = select(Tarea).where(
            Tarea.instancia_id == instancia.id, Tarea.nodo == nodo, Tarea.estado == "abierta"
        )
        if item is not None:
            consulta = consulta.where(Tarea.item == str(self._buscar(ctx, "asiento", item)))
        fila = ctx.session.scalars(consulta.order_by(Tarea.id)).first()
        abiertas = list(ctx.session.scalars(select(Tarea.nodo).where(Tarea.estado == "abierta")))
        assert fila is not None, f"no está abierta «{nodo}»; abiertas: {abiertas}"
        return fila

    def _mensaje(self, nombre: str, valor: str, con: dict[str, Any] | None = None) -> None:
        @action
        def enviar(ctx: Ctx) -> None:
            mensajes.enviar(ctx, nombre, str(valor_real), datos)

        valor_real, datos = self.valor(valor), self.valor(con or {})
        with self.obra.como() as ctx:
            enviar(ctx)

    def _buzon(self, verbo: str, de: str, con: list[Any]) -> None:
        sujeto = self.ids[de][1]
        with self.obra.como(Actor("denunciante", denuncia_id=sujeto)) as ctx:
            getattr(buzon, verbo)(ctx, sujeto, *con)

    def _reloj(self, cuando: str) -> None:
        hasta = _instante(cuando)
        with self.obra.como() as ctx:
            temporizador.recorrer(ctx, hasta.astimezone(dt.UTC))
        self.obra.ahora = hasta

    def _vencer(self, clave: str, de: str, proceso: str | None = None) -> None:
        with self.obra.como() as ctx:
            instancia = self._instancia(ctx, de, proceso)
            consulta = select(Temporizador.vence_en).where(
                Temporizador.instancia_id == instancia.id, Temporizador.plazo_clave == clave
            )
            vence = ctx.session.scalar(consulta)
            assert vence is not None, f"no corre «{clave}»"
        self._reloj(vence.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M"))

    def _nueva_sesion(self, como: str, unidad: str = "1101", quien: str = "sergio.luna") -> None:
        comite_id = self.valor(f"@comite {unidad}")
        with self.obra.como(self.obra.persona(quien)) as ctx:
            self.ids[como] = ("sesion", comite.nueva_sesion(ctx, comite_id).id)

    def _cancelar(self, sesion: str, motivo: str = "Se pospone por contingencia") -> None:
        with self.obra.como(self.obra.persona("sergio.luna")) as ctx:
            comite.cancelar(ctx, self.ids[sesion][1], motivo)

    def _cerrar_votacion(self, de: str) -> None:
        asunto = self.valor(f"@asunto {de}")
        with self.obra.como(self.obra.persona("sergio.luna")) as ctx:
            comite.cerrar_votacion(ctx, asunto)

    def _sale(self, asiento: str, sesion: str) -> None:
        asiento_id = self.valor(f"@asiento {asiento}")
        with self.obra.como(self.obra.persona("sergio.luna")) as ctx:
            comite.registrar_salida(ctx, self.ids[sesion][1], asiento_id)

    def _comite(self, unidad: str, con: dict[str, Any]) -> None:
        """Configure the committee: its rules are data."""

        @action
        def configurar(ctx: Ctx) -> None:
            fila = ctx.session.get_one(Comite, comite_id)
            for campo, valor in con.items():
                if campo == "asientos":
                    for nombre, cambios in valor.items():
                        asiento = ctx.session.get_one(Asiento, self._buscar(ctx, "asiento", nombre))
                        for clave, dato in cambios.items():
                            setattr(asiento, clave, dato)
                else:
                    setattr(fila, campo, valor)

        comite_id, con = self.valor(f"@comite {unidad}"), self.valor(con)
        with self.obra.como() as ctx:
            configurar(ctx)

    def _convocar(self, sesion: str, propuestas: list[str], con: dict[str, Any] | None = None) -> None:
        """A session called in time, brought to its hour."""
        asuntos = [{"propuesta": f"@propuesta {p}", "orden": n} for n, p in enumerate(propuestas, 1)]
        self._nueva_sesion(sesion)
        datos = {"asuntos": asuntos, "fecha_hora": self.cita(), **(con or {})}
        self._tarea("preparar_sesion", sesion, datos)
        self._vencer("sesion_fecha", sesion)

    def _lista(self, sesion: str, presentes: list[str], preside: str = "Presidencia") -> None:
        """Pass the roll with only `presentes` there."""
        filas = COMUNES["tareas"]["pasar_lista"]["datos"]["asistencia"]
        asistencia = [
            {**fila, "presente": True}
            if fila["asiento"].removeprefix("@asiento ") in presentes
            else {"asiento": fila["asiento"], "presente": False, "suplente": False}
            for fila in filas
        ]
        self._tarea("pasar_lista", sesion, {"asistencia": asistencia, "preside": f"@asiento {preside}"})

    def _votar(self, votos: dict[str, str], de: str, azar: int | None = None) -> None:
        """The votes of a round by seat, or `excusa`; `azar` shuffles them."""
        orden = list(votos.items())
        if azar is not None:
            random.Random(azar).shuffle(orden)
        for asiento, voto in orden:
            datos: dict[str, Any] = {
                "voto": voto,
                "razon": None if voto == "a_favor" else "No está acreditado.",
            }
            if voto == "excusa":
                datos = {"voto": None, "excusa": True, "motivo_excusa": "Relación con el patrón."}
            with self.obra.como() as ctx:
                asignada = self._abierta(ctx, "emitir_voto", de, asiento).asignada_a
            self._tarea("emitir_voto", de, datos, self._correo_de(int(asignada or 0)), asiento)

    def _repetir_voto(self, asiento: str, de: str, quien: str) -> None:
        """The same seat sends its vote again."""
        with self.obra.como() as ctx:
            hecha = ctx.session.scalars(
                select(Tarea).where(
                    Tarea.instancia_id == self._instancia(ctx, de, "votacion_asunto").id,
                    Tarea.nodo == "emitir_voto",
                    Tarea.item == str(self._buscar(ctx, "asiento", asiento)),
                )
            ).one()
        with self.obra.como(self.obra.persona(quien)) as ctx:
            tarea.completar(
                ctx, hecha.id, {"voto": "en_contra", "razon": "Cambié de opinión."}, hecha.version
            )

    def _acta(self, sesion: str) -> None:
        self._firmar(sesion)

    # -- stretches -----------------------------------------------------------------------------------
    def _hasta(self, etapa: str, de: str, **con: Any) -> None:
        """Bring a new denuncia up to `analisis`, `propuesta`, `ficha`, `validada` by the real steps."""
        for paso in COMUNES["tramos"][etapa]:
            self._jugar_tramo(paso, {"de": de}, con)

    def _sesionar(self, sesion: str, propuestas: list[str], **con: Any) -> None:
        """A whole session with everybody present that approves (or what `con` says) each proposal."""
        asuntos = [{"propuesta": f"@propuesta {p}", "orden": n} for n, p in enumerate(propuestas, 1)]
        self._nueva_sesion(sesion)
        self._tarea("preparar_sesion", sesion, {"asuntos": asuntos, "fecha_hora": self.cita()})
        self._vencer("sesion_fecha", sesion)
        self._tarea("pasar_lista", sesion)
        for p in propuestas:
            self._tarea("abrir_asunto", sesion, {"apertura": "asunto", "asunto": f"@asunto {p}"})
            for paso in COMUNES["tramos"]["votar"]:
                self._jugar_tramo(paso, {"de": p}, con)
        self._tarea("abrir_asunto", sesion, {"apertura": "orden_agotado"})
        self._firmar(sesion)

    def cita(self, dias: int = 8) -> str:
        """A session hour far enough ahead: ten in the morning, `dias` calendar days from now."""
        return (self.obra.ahora.date() + dt.timedelta(days=dias)).isoformat() + "T10:00"

    def _firmar(self, sesion: str) -> None:
        """The secretary reviews and everybody signs."""
        self._tarea("revisar_acta", sesion)
        while True:
            with self.obra.como() as ctx:
                instancia = self._instancia(ctx, sesion)
                fila = ctx.session.scalars(
                    select(Tarea).where(
                        Tarea.instancia_id == instancia.id,
                        Tarea.nodo == "firmar_acta",
                        Tarea.estado == "abierta",
                    )
                ).first()
            if fila is None:
                return
            quien = self._correo_de(int(fila.asignada_a))
            with self.obra.como(self.obra.persona(quien)) as ctx:
                tarea.completar(ctx, fila.id, {"firma": COMUNES["firma"]}, fila.version)

    def _correo_de(self, usuario_id: int) -> str:
        with self.obra.como() as ctx:
            return ctx.session.get_one(Usuario, usuario_id).correo.partition("@")[0]

    def _jugar_tramo(self, paso: dict[str, Any], extra: dict[str, Any], con: dict[str, Any]) -> None:
        paso = {**paso, **{k: v for k, v in extra.items() if k not in paso}}
        verbo = next(iter(paso))
        if verbo == "presentar":
            self._presentar(extra["de"], con.get("presentar"))
            return
        nodo = paso["tarea"]
        self._tarea(
            nodo,
            paso["de"],
            {**paso.get("con", {}), **con.get(nodo, {})},
            paso.get("quien"),
            paso.get("item"),
        )


def _instante(texto: str) -> dt.datetime:
    cuando = dt.datetime.fromisoformat(texto)
    if len(texto) == 10:
        cuando = cuando.replace(hour=9)
    return cuando.replace(tzinfo=ZONA)
