"""Verbs of an act: `acto`, `comprobar_trabajadores`, `servir_creditos`, `pausar_acto`, `seguir_acto`, `ver_acto`…"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import Credito, EstadoCredito, TrabajadorDeterminado
from models.documento import Documento
from models.notificacion import EstadoNotificacion, Notificacion
from models.orden import Orden
from models.propuesta import Propuesta
from tests.factories.casa import ZONA
from tests.process.pasos import PASOS, paso
from workflow.actions import plazo as plazos
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations import mensaje
from workflow.operations.credito import SIN_NOTIFICAR
from workflow.rules.calendario import Calendario

NOMBRE = "Trabajadora de prueba"
_MESES = {"desde": "2024-02-01", "hasta": "2024-12-31"}
HECHOS = [
    {"hecho": "Registró con salario menor.", "norma": "LSS 27", "periodo": _MESES, "trabajadores": 12},
    {"hecho": "No registró a quien trabaja.", "norma": "LSS 15-I", "periodo": _MESES, "trabajadores": 3},
]


@paso
def acto(escena: Any, de: str, *, resultado: str) -> None:
    """The act of a denuncia comes to `resultado` by its own tasks: `sin_efectos` (its order is not proper),
    `corregido` (one by invitation) or `determinado` (one of gabinete, its credits served)."""
    nombre = f"{de}.acto"
    PASOS["acto_de"](escena, nombre, de=de)
    {"sin_efectos": _sin_efectos, "corregido": _corregir, "determinado": _determinar}[resultado](
        escena, nombre
    )
    with escena.obra.como() as ctx:
        assert ctx.session.get_one(Acto, escena.ids[nombre][1]).estado.value == resultado


def _sin_efectos(escena: Any, nombre: str) -> None:
    escena._tarea("elaborar_orden", nombre)
    no_procede = {"firma": "no_procede", "motivo": "El patrón cerró antes del acuerdo.", "rubrica": None}
    escena._tarea("firmar_orden", nombre, no_procede)


def _corregir(escena: Any, nombre: str) -> None:
    escena._tarea("registrar_correccion", nombre, {"fecha": _hoy(escena).isoformat()})
    escena._tarea("emitir_conclusion", nombre)
    PASOS["servir_papel"](escena, nombre, dia=_habil_tras(escena).isoformat())


def _determinar(escena: Any, nombre: str) -> None:
    escena._tarea("elaborar_orden", nombre, {"plantilla": "gabinete"})
    escena._tarea("firmar_orden", nombre)
    escena._tarea("registrar_revision", nombre, {"fecha": _hoy(escena).isoformat()})
    PASOS["comprobar_trabajadores"](escena, nombre, sbc="457.14")
    escena._tarea("preparar_determinacion", nombre, {"infracciones": []})
    for credito in PASOS["nombrar_creditos"](escena, nombre):
        PASOS["notificar_credito"](escena, credito, cuando=f"{_habil_tras(escena)}T10:00")


def _hoy(escena: Any) -> dt.date:
    return escena.obra.ahora.astimezone(ZONA).date()


def _habil_tras(escena: Any) -> dt.date:
    return Calendario().siguiente_habil(_hoy(escena))


@paso
def comprobar_trabajadores(
    escena: Any, de: str, *, filas: list[list[str]] | None = None, sbc: str = "520.00"
) -> None:
    """Rows that the act proved: [nss, desde, hasta]; without `filas` one of the agreed periods."""

    @action
    def escribir(ctx: Ctx) -> None:
        for nss, desde, hasta in filas or [["12345678903", "2024-02-12", "2026-01-31"]]:
            ctx.session.add(
                TrabajadorDeterminado(
                    acto_id=acto_id,
                    nss=nss,
                    nombre=NOMBRE,
                    desde=dt.date.fromisoformat(desde),
                    hasta=dt.date.fromisoformat(hasta),
                    sbc_comprobado=Decimal(sbc),
                    sbc_registrado=Decimal("330.57"),
                )
            )

    acto_id = _id(escena, de)
    with escena.obra.como() as ctx:
        escribir(ctx)


@paso
def servir_creditos(
    escena: Any, de: str, *, fecha: str, cuantos: int | None = None, avisa: bool = True
) -> None:
    """Service of the credits in project on `fecha`, as their own process leaves it; the act is told of the last."""

    @action
    def servir(ctx: Ctx) -> None:
        consulta = select(Credito).where(Credito.acto_id == acto_id, Credito.estado.in_(SIN_NOTIFICAR))
        for credito in ctx.session.scalars(consulta.order_by(Credito.id)).all()[:cuantos]:
            credito.estado = EstadoCredito.NOTIFICADO
            credito.notificado = dt.date.fromisoformat(fecha)
        if avisa:
            mensaje.enviar(ctx, "creditos_notificados", acto_id)

    acto_id = _id(escena, de)
    with escena.obra.como() as ctx:
        servir(ctx)


@paso
def pausar_acto(escena: Any, de: str, *, causal: str, desde: str, quien: str = "jose.cazares") -> None:
    """The chief suspends the act for a ground of CFF 46-A."""
    acto_id = _id(escena, de)
    with escena.obra.como(escena.obra.persona(quien)) as ctx:
        plazos.suspender(ctx, "acto", acto_id, causal, "", dt.date.fromisoformat(desde))


@paso
def seguir_acto(escena: Any, de: str, *, hasta: str, quien: str = "jose.cazares") -> None:
    """And lifts the suspension on its last day."""
    acto_id = _id(escena, de)
    with escena.obra.como(escena.obra.persona(quien)) as ctx:
        plazos.reanudar(ctx, "acto", acto_id, dt.date.fromisoformat(hasta))


@paso
def ver_acto(escena: Any, de: str, *, con: dict[str, Any]) -> None:
    """Fields of the act; `ordenes`: states of its versions; `creditos`: state of each; `propuestas`: origins;
    `papeles`: kinds of document issued; `notificaciones`: how many were ordered."""
    with escena.obra.como() as ctx:
        acto = ctx.session.get_one(Acto, _id(escena, de))
        for campo, debe in con.items():
            tiene = _leer(ctx, acto, campo)
            assert tiene == debe, f"{campo}: {tiene} y no {debe}"


def _id(escena: Any, de: str) -> int:
    """The act by its own name or by that of its denuncia."""
    tipo, sujeto_id = escena.ids[de]
    return sujeto_id if tipo == "acto" else escena.valor(f"@acto {de}")


def _leer(ctx: Ctx, acto: Acto, campo: str) -> Any:
    if campo == "ordenes":
        filas = ctx.session.scalars(select(Orden).where(Orden.acto_id == acto.id).order_by(Orden.version))
        return [orden.estado.value for orden in filas]
    if campo == "creditos":
        consulta = select(Credito).where(Credito.acto_id == acto.id).order_by(Credito.id)
        return [f"{c.clase.value}:{c.estado.value}" for c in ctx.session.scalars(consulta)]
    if campo == "clases":
        consulta = select(Credito).where(Credito.acto_id == acto.id).order_by(Credito.id)
        return [c.clase.value for c in ctx.session.scalars(consulta)]
    if campo == "propuestas":
        consulta_p = select(Propuesta).where(Propuesta.patron_id == acto.patron_id).order_by(Propuesta.id)
        return [p.origen.value for p in ctx.session.scalars(consulta_p)]
    if campo == "papeles":
        papeles = select(Documento.tipo).where(
            Documento.sujeto_tipo == "acto", Documento.sujeto_id == acto.id, Documento.emitido_en.is_not(None)
        )
        propios = ("orden_visita", "oficio_conclusion", "resolucion_sin_efectos", "oficio_sustitucion")
        return sorted(t for t in ctx.session.scalars(papeles) if t in propios)
    if campo == "notificaciones":
        suyas = select(Notificacion.estado).where(
            Notificacion.sujeto_tipo == "acto", Notificacion.sujeto_id == acto.id
        )
        return sum(e is not EstadoNotificacion.ANULADA for e in ctx.session.scalars(suyas))
    if campo in acto.alcance:
        return acto.alcance[campo]
    tiene = getattr(acto, campo)
    tiene = tiene.isoformat() if isinstance(tiene, dt.date) else tiene
    return getattr(tiene, "value", tiene)


@paso
def acto_de(escena: Any, como: str, *, de: str) -> None:
    """The act of a denuncia gets a name of its own."""
    escena.ids[como] = ("acto", escena.valor(f"@acto {de}"))


@paso
def empezar_visita(escena: Any, de: str, *, dia: str) -> None:
    """The visit is set for `dia` and begins that morning with whoever attends."""
    hora = {"fecha_hora": f"{dia}T10:15", "hora_fin": f"{dia}T12:00"}
    escena._tarea("programar_diligencia", de, {"fecha_hora": f"{dia}T10:00"})
    escena._reloj(f"{dia}T12:30")
    escena._tarea("acudir_domicilio", de, {"hora": f"{dia}T10:00"})
    escena._tarea("levantar_inicio", de, hora)


@paso
def cerrar_actas(escena: Any, de: str, *, dia: str, resultado: str = "con_observaciones") -> None:
    """The last acta parcial on `dia`, the days to rebut it, and the acta final when they are over."""
    nada = dict.fromkeys(("fecha", "hora_fin", "lugar", "hechos", "testigos", "firmas"))
    escena._reloj(f"{dia}T13:00")
    escena._tarea("desahogar_visita", de, {"actuacion": "concluir", **nada})
    hora: dict[str, Any] = {"fecha_hora": f"{dia}T10:15", "hora_fin": f"{dia}T12:00"}
    if resultado == "con_observaciones":
        hora["hechos"] = HECHOS
    else:
        hora |= {"hay_observaciones": False, "leyenda_20_dias": False, "hechos": None}
    escena._tarea("levantar_ultima_parcial", de, hora)
    if resultado == "con_observaciones":
        escena._vencer("ultima_parcial", de)
        PASOS["nombrar_visita"](escena, de)
        escena._tarea("valorar_pruebas", de)
    final = escena.obra.ahora.date().isoformat()
    escena._reloj(f"{final}T12:30" if escena.obra.ahora.hour < 12 else f"{final}T13:10")
    horas = {"fecha_hora": f"{final}T10:15", "hora_fin": f"{final}T12:00"}
    escena._tarea("levantar_acta_final", de, {**horas, "resultado_desahogo": resultado})


@paso
def servir_papel(escena: Any, de: str, *, dia: str) -> None:
    """The document that the act ordered is served on `dia`, and takes effect."""
    escena._reloj(f"{dia}T12:00")
    escena._tarea("practicar_diligencia", de, {"fecha_hora": f"{dia}T10:00"})
    escena._vencer("surte_efectos", de)
