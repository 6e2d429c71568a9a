"""A third person says that attached goods are hers: what she names waits, and only that (CFF 128, 158; §14.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.bien import Bien, EstadoBien
from models.pae import Pae
from models.plazo import Suspension
from models.proceso import EstadoTarea, Tarea
from models.remate import Remate
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import plazo, remate, reserva
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.oidos_pae import EN_DEPOSITO, EN_VENTA, bienes
from workflow.operations.pae import avisar_jefes, pae_de
from workflow.operations.sujeto import Sujeto, de_bien, de_pae

# Each claim holds its good by a pause of its own: two people may say that the same one is theirs.
GROUND, CITA = "terceria", "CFF 128, 158"
RECLAMABLES = EN_DEPOSITO | EN_VENTA


def reclamables(ctx: Ctx, pae: Pae) -> list[Bien]:
    """The goods that somebody may still say are hers, by number."""
    return bienes(ctx, pae, RECLAMABLES)


def detenidos(ctx: Ctx, pae: Pae, lotes: list[Bien]) -> frozenset[int]:
    """Which of `lotes` may not be put on sale: those that a claim names; all, while one names none."""
    pausas = (
        select(Suspension.sujeto_id)
        .join(Bien, Bien.id == Suspension.sujeto_id)
        .where(Suspension.sujeto_tipo == "bien", Suspension.hasta.is_(None), Bien.pae_id == pae.id)
    )
    nombrados = list(ctx.session.scalars(pausas))
    abiertas = select(func.count(Tarea.id)).where(
        Tarea.sujeto_tipo == "pae",
        Tarea.sujeto_id == pae.id,
        Tarea.nodo == "resolver_terceria",
        Tarea.estado == EstadoTarea.ABIERTA,
    )
    if (ctx.session.scalar(abiertas) or 0) > len(nombrados):
        return frozenset(uno.id for uno in lotes)
    return frozenset(nombrados)


def exigir_sin_reclamo(ctx: Ctx, bien: Bien) -> None:
    """Nobody gets a good while a third person says that it is hers (CFF 128). Raises DatoInvalido."""
    if plazo.suspendidas(ctx, de_bien(bien, ctx.session.get_one(Pae, bien.pae_id))):
        raise DatoInvalido(
            f"Hay una tercería sobre el bien {bien.numero} (artículos 128 y 158 del CFF): resuélvela primero."
        )


@operation("detener_bien")
def detener_bien(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The good that the claim names is not put on sale until it is decided."""
    pae, promocion_id = pae_de(ctx, call), call.data.get("promocion_id")
    bien = _reclamado(ctx, pae, call)
    if bien is not None:
        plazo.suspender(ctx, de_bien(bien, pae), _causal(call), CITA, ctx.hoy)
    sobre = f": bien {bien.numero}" if bien is not None else ""
    avisar_jefes(ctx, pae, f"Hay una tercería por resolver{sobre}", f"terceria:{promocion_id}")
    anotar(ctx, "detener_bien", de_pae(pae), promocion_id=promocion_id, bien_id=bien.id if bien else None)
    return {}


def _causal(call: Call) -> str:
    return f"{GROUND}:{call.data.get('promocion_id')}"


def _soltar(ctx: Ctx, bien: Sujeto, call: Call) -> None:
    """This claim no longer holds the good; another one may."""
    for pausa in plazo.suspendidas(ctx, bien):
        if pausa.causal == _causal(call):
            plazo.reanudar(ctx, bien, max(ctx.hoy, pausa.desde), pausa.id)


def _reclamado(ctx: Ctx, pae: Pae, call: Call) -> Bien | None:
    """The good that the claim names, if it names one of this enforcement."""
    bien_id = call.data.get("bien_reclamado_id")
    bien = ctx.session.get(Bien, int(bien_id)) if bien_id is not None else None
    return bien if bien is not None and bien.pae_id == pae.id else None


@operation("resolver_terceria")
def resolver_terceria(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The good of a third person leaves the embargo; being sold, its sale is cut."""
    pae, form, tercero = pae_de(ctx, call), call.form, str(call.form["tercero"])
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form.get("motivo")})
    reclamado, bien_id = _reclamado(ctx, pae, call), _bien(ctx, pae, form)
    if reclamado is not None and bien_id not in (None, reclamado.id):
        raise DatoInvalido(
            f"La tercería reclama el bien {reclamado.numero}.", {"bien": "Elige el bien que reclama."}
        )
    cortado = None if tercero == "no_procede" else _sacar(ctx, pae, bien_id, form)
    if reclamado is not None:
        _soltar(ctx, de_bien(reclamado, pae), call)
    anotar(ctx, "resolver_terceria", de_pae(pae), bien_id=bien_id, tercero=tercero)
    if tercero == "no_procede":
        return {"tercero": tercero}
    return {"tercero": "procede_en_remate" if cortado is not None else "procede"}


def _bien(ctx: Ctx, pae: Pae, form: Mapping[str, Any]) -> int | None:
    """The good that was answered about. None once nothing is attached: the claim has nothing left to free.

    Raises DatoInvalido while there is something to choose and nothing was chosen.
    """
    if form.get("bien") is not None:
        return int(form["bien"])
    if reclamables(ctx, pae):
        raise DatoInvalido("Di sobre qué bien resuelves.", {"bien": "Elige el bien."})
    return None


def _sacar(ctx: Ctx, pae: Pae, bien_id: int | None, form: Mapping[str, Any]) -> Remate | None:
    """Take the good that was proved hers out of the embargo; its sale, if it was cut."""
    bien = None if bien_id is None else ctx.session.get(Bien, bien_id)
    if bien is None or bien.pae_id != pae.id or bien.estado not in RECLAMABLES:
        raise DatoInvalido("Ese bien ya no está embargado aquí.", {"bien": "Elige un bien de la lista."})
    if not form.get("documentos"):
        raise DatoInvalido(
            "La propiedad se acredita con documentos (artículos 128 y 158 del CFF).",
            {"documentos": "Adjunta los documentos de propiedad."},
        )
    bien.pasar_a(EstadoBien.RECLAMADO_TERCERO)
    bien.salida_en, bien.salida_motivo = ctx.now, "De un tercero que lo acreditó"
    return remate.cancelar(ctx, bien.id, "El bien es de un tercero")
