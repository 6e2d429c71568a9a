"""The time line of a case: what people and clocks did, which documents came or went. Newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select

from models.bitacora import Entrada
from models.documento import Documento, OrigenDocumento
from models.organizacion import Usuario
from models.proceso import EventoPaso, Instancia, Paso
from workflow.context import Ctx
from workflow.operations.sujeto import Sujeto
from workflow.queries import camino
from workflow.queries.visible import visible_to
from workflow.rules.calendario import MESES, fecha_larga

TANDA = 60
# One action writes many rows at one instant; they are never cut apart.
HOLGURA = 60
# Verbs of the log that a reader wants: sentence and kind. The rest says the same as a step or a paper.
VERBOS: dict[str, tuple[str, str]] = {
    "presentar_denuncia": ("Se presentó la denuncia", "denuncia"),
    "abrir_identidad": ("Se abrió la identidad de la persona denunciante", "identidad"),
    "agregar_evidencia": ("La persona denunciante aportó pruebas", "aporte"),
    "asignar_tarea": ("Se asignó una tarea", "persona"),
    "devolver_tarea": ("Se devolvió una tarea", "persona"),
    "suspender": ("El caso quedó en pausa", "pausa"),
    "reanudar": ("Terminó la pausa", "pausa"),
    "mover_por_calendario": ("Un día inhábil nuevo movió los plazos", "calendario"),
    "no_mover_por_calendario": ("Un día inhábil nuevo no pudo mover un plazo. Revisa su fecha", "incidente"),
    "disparar_plazo": ("Venció un plazo", "plazo"),
    "reasignar_unidad": ("Pasó a otra subdelegación", "acto"),
    "ampliar_propuesta": ("Se sumó una denuncia", "denuncia"),
    "recalcular_propuesta": ("Se volvió a calcular el puntaje", "sistema"),
    "calificar_riesgo": ("Se calculó el puntaje de riesgo", "sistema"),
    "adoptar_acuerdo": ("El comité adoptó un acuerdo", "acto"),
    "programar_acto": ("Se programó el acto", "acto"),
    "cerrar_denuncia": ("Se cerró la denuncia", "acto"),
    "cerrar_propuesta": ("Se cerró la propuesta", "acto"),
    "abrir_incidente": ("El sistema no pudo avanzar y ya avisó", "incidente"),
    "resolver_incidente": ("Se resolvió lo que impedía avanzar", "sistema"),
    "migrar_caso": ("El caso pasó a otra versión del proceso", "sistema"),
    "abrir_buzon_patron": ("Se abrió el documento en el Buzón", "acto"),
    "anular_notificacion": ("Se anuló una notificación", "pausa"),
    "cancelar_sesion": ("Se canceló la sesión", "pausa"),
}
ICONOS = {
    "denuncia": ("inbox", "acto"),
    "identidad": ("fingerprint", "acto"),
    "aporte": ("paperclip", "doc"),
    "persona": ("send", ""),
    "pausa": ("pause", "pausa"),
    "plazo": ("clock", "pausa"),
    "calendario": ("calendar", "pausa"),
    "acto": ("gavel", "acto"),
    "sistema": ("refresh-cw", ""),
    "incidente": ("triangle-alert", "pausa"),
    "tarea": ("check", "doc"),
    "documento": ("file-text", "doc"),
}


@dataclass(frozen=True)
class Suceso:
    """Something that happened. `icono`, `tono`: how it is drawn; `documento`: (id, title) to follow."""

    en: dt.datetime
    clase: str
    texto: str
    quien: str
    papel: str
    detalle: str = ""
    documento: tuple[int, str] | None = None

    @property
    def icono(self) -> str:
        """Name of its icon."""
        return ICONOS[self.clase][0]

    @property
    def tono(self) -> str:
        """Colour of its icon: acto, doc, pausa or none."""
        return ICONOS[self.clase][1]


@dataclass(frozen=True)
class Mes:
    """The events of a month, newest first."""

    nombre: str
    sucesos: tuple[Suceso, ...]


@dataclass(frozen=True)
class Linea:
    """A page of the time line; `siguiente`: the instant before which the next page begins, if any."""

    meses: tuple[Mes, ...]
    siguiente: dt.datetime | None

    @property
    def total(self) -> int:
        """How many events this page holds."""
        return sum(len(m.sucesos) for m in self.meses)


@dataclass(frozen=True)
class _Crudo:
    en: dt.datetime
    orden: tuple[int, int]
    clase: str
    texto: str
    usuario_id: int | None
    actor: str
    detalle: str = ""
    documento: tuple[int, str] | None = None


def de(ctx: Ctx, sujeto: Sujeto, antes: dt.datetime | None = None, tanda: int = TANDA) -> Linea:
    """The events of the noun before `antes`. Six queries at most, whatever the length of the case."""
    crudos = [*_pasos(ctx, sujeto, antes, tanda), *_entradas(ctx, sujeto, antes, tanda)]
    crudos += _documentos(ctx, sujeto, antes, tanda)
    crudos.sort(key=lambda c: (c.en, c.orden), reverse=True)
    visibles = crudos[:tanda]
    if len(crudos) > tanda:
        visibles += [c for c in crudos[tanda:] if c.en == visibles[-1].en]
    quienes = _personas(ctx, {c.usuario_id for c in visibles if c.usuario_id is not None})
    sucesos = [_suceso(c, quienes) for c in visibles]
    siguiente = visibles[-1].en if len(crudos) > len(visibles) else None
    return Linea(_por_mes(ctx, sucesos), siguiente)


def _personas(ctx: Ctx, ids: set[int]) -> Mapping[int, tuple[str, str]]:
    filas = ctx.session.execute(select(Usuario.id, Usuario.nombre, Usuario.cargo).where(Usuario.id.in_(ids)))
    return {usuario_id: (nombre, cargo) for usuario_id, nombre, cargo in filas}


def _suceso(c: _Crudo, quienes: Mapping[int, tuple[str, str]]) -> Suceso:
    if c.usuario_id is not None:
        quien, papel = quienes.get(c.usuario_id, ("", ""))
    else:
        quien, papel = {"denunciante": "Persona denunciante 1", "sistema": "Sistema"}.get(c.actor, ""), ""
    return Suceso(c.en, c.clase, c.texto, quien, papel, c.detalle, c.documento)


def _por_mes(ctx: Ctx, sucesos: list[Suceso]) -> tuple[Mes, ...]:
    def mes(s: Suceso) -> str:
        local = s.en.astimezone(ctx.servicios.zona)
        return f"{MESES[local.month - 1]} de {local.year}"

    return tuple(Mes(nombre, tuple(grupo)) for nombre, grupo in groupby(sucesos, key=mes))


def _pasos(ctx: Ctx, sujeto: Sujeto, antes: dt.datetime | None, tanda: int) -> list[_Crudo]:
    """Tasks done by people, by the name that they have in the version of the case."""
    consulta = (
        select(Paso.id, Paso.proceso, Paso.nodo, Paso.en, Paso.usuario_id, Instancia.definicion_id)
        .join(Instancia, Instancia.id == Paso.instancia_id)
        .where(
            Instancia.sujeto_tipo == sujeto.tipo,
            Instancia.sujeto_id == sujeto.id,
            Paso.evento == EventoPaso.HECHO,
            Paso.tipo == "userTask",
        )
        .order_by(Paso.en.desc(), Paso.id.desc())
        .limit(tanda + HOLGURA)
    )
    if antes is not None:
        consulta = consulta.where(Paso.en < antes)
    hechos = []
    for fila in ctx.session.execute(consulta):
        nodo = camino.diagramas(ctx, fila.definicion_id)[fila.proceso].nodos.get(fila.nodo)
        nombre = nodo.nombre if nodo else fila.nodo.replace("_", " ").capitalize()
        texto = f"Tarea hecha: {nombre[:1].lower()}{nombre[1:]}"
        hechos.append(_Crudo(fila.en, (1, fila.id), "tarea", texto, fila.usuario_id, "persona"))
    return hechos


def _entradas(ctx: Ctx, sujeto: Sujeto, antes: dt.datetime | None, tanda: int) -> list[_Crudo]:
    consulta = (
        select(Entrada.id, Entrada.en, Entrada.verbo, Entrada.actor_id, Entrada.actor_tipo, Entrada.datos)
        .where(Entrada.cadena == f"{sujeto.tipo}:{sujeto.id}", Entrada.verbo.in_(VERBOS))
        .order_by(Entrada.en.desc(), Entrada.id.desc())
        .limit(tanda + HOLGURA)
    )
    if antes is not None:
        consulta = consulta.where(Entrada.en < antes)
    return [
        _Crudo(
            f.en,
            (0, f.id),
            VERBOS[f.verbo][1],
            VERBOS[f.verbo][0],
            f.actor_id,
            f.actor_tipo,
            _detalle(f.verbo, f.datos),
        )
        for f in ctx.session.execute(consulta)
    ]


def _detalle(verbo: str, datos: Mapping[str, Any]) -> str:
    """What an entry about the calendar says: which days, how many terms."""
    if verbo != "mover_por_calendario":
        return ""
    dias = " ni ".join(f"el {fecha_larga(dt.date.fromisoformat(fecha))}" for fecha in datos["fechas"])
    cuantos = len(datos["plazos"])
    return f"No se cuenta {dias}. {'Cambió un plazo' if cuantos == 1 else f'Cambiaron {cuantos} plazos'} de fecha"


def _documentos(ctx: Ctx, sujeto: Sujeto, antes: dt.datetime | None, tanda: int) -> list[_Crudo]:
    consulta = (
        select(Documento)
        .where(
            Documento.sujeto_tipo == sujeto.tipo,
            Documento.sujeto_id == sujeto.id,
            visible_to(ctx.actor, Documento),
        )
        .order_by(Documento.emitido_en.desc(), Documento.id.desc())
        .limit(tanda + HOLGURA)
    )
    if antes is not None:
        consulta = consulta.where(Documento.emitido_en < antes)
    return [_documento(d) for d in ctx.session.scalars(consulta)]


def _documento(d: Documento) -> _Crudo:
    propio = d.origen is OrigenDocumento.DENUNCIANTE
    texto = "La persona denunciante aportó una prueba" if propio else f"Se emitió: {d.titulo.lower()}"
    actor = "denunciante" if propio else "sistema"
    clase = "aporte" if propio else "documento"
    rotulo = "Ver la prueba" if propio else (d.folio or d.titulo)
    return _Crudo(d.emitido_en, (2, d.id), clase, texto, d.emitido_por, actor, "", (d.id, rotulo))
