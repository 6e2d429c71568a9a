"""From what the act proved to its credits, inside the six months (procesos §6.1; CFF 50; LSS 39 C, 287)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import ClaseCredito, Credito, TrabajadorDeterminado
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import credito as creditos
from workflow.operations import mensaje, nomina, plazo
from workflow.operations._guardas import AMBAS
from workflow.operations._registry import Decision, operation
from workflow.operations.acto import acto_de
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_acto
from workflow.params import multas
from workflow.params.errores import ReglaError

A, C = EstadoActo, ClaseCredito
CUOTAS = (C.COP, C.RCV)
# What the form of `preparar_determinacion` keeps for the credits that it opens: under this name of the act's scope.
GUARDADO = "determinacion"
# Rows whose computation nobody notices while a page is answered: about a tenth of a second.
AL_INSTANTE = 200


def trabajadores_de(ctx: Ctx, acto_id: int) -> list[TrabajadorDeterminado]:
    """Workers and stretches that the act proved, by worker and date."""
    consulta = select(TrabajadorDeterminado).where(TrabajadorDeterminado.acto_id == acto_id)
    return list(
        ctx.session.scalars(consulta.order_by(TrabajadorDeterminado.nss, TrabajadorDeterminado.desde))
    )


def preparada(acto: Acto) -> Mapping[str, Any]:
    """What was prepared for the credits of `acto`: infracciones, base_presuntiva, responsable_solidario, causa."""
    guardado = acto.alcance.get(GUARDADO)
    return guardado if isinstance(guardado, dict) else {}


@operation("preparar_determinacion")
def preparar_determinacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Group what was proved into the credits to open: one per class and block of the act's periods.

    Refuses without workers, with a stretch outside the act's periods, and an infraction that the law does
    not know.
    """
    acto, form = acto_de(ctx, call), call.form
    filas = trabajadores_de(ctx, acto.id)
    if not filas:
        raise DatoInvalido(
            "Este acto todavía no tiene personas y periodos comprobados. Captúralos o impórtalos primero.",
            {"base_presuntiva": "Faltan las personas, sus periodos y su salario."},
        )
    _dentro(acto, filas)
    infracciones = _infracciones(form.get("infracciones") or [])
    propuestos = _grupos(acto, filas, bool(infracciones), form.get("capitales") or [])
    if acto.estado is A.CON_OBSERVACIONES:
        acto.pasar_a(A.EN_RESOLUCION)
    acto.alcance = {
        **acto.alcance,
        GUARDADO: {
            "infracciones": infracciones,
            "base_presuntiva": bool(form.get("base_presuntiva")),
            "responsable_solidario": form.get("responsable_solidario") or "",
            "causa": form.get("causa") or "",
        },
    }
    sujeto = de_acto(acto)
    corre = plazo.abiertos(ctx, sujeto)
    # In a presumptive act the six months do not run, and there is nothing to be warned of (CFF 50).
    if "resolucion" in corre and "preventivo_resolucion" not in corre:
        plazo.abrir(ctx, sujeto, "preventivo_resolucion", desde=corre["resolucion"].desde)
    anotar(ctx, "preparar_determinacion", sujeto, trabajadores=len(filas), creditos=len(propuestos))
    return {"creditos_propuestos": propuestos}


def _dentro(acto: Acto, filas: Sequence[TrabajadorDeterminado]) -> None:
    """Only what was reviewed is determined (CFF 38-IV; LFDC 19)."""
    fuera = [f for f in filas if _bloque(acto, f.desde, f.hasta) is None]
    if fuera:
        uno = fuera[0]
        raise DatoInvalido(
            f"{len(fuera)} de {len(filas)} renglones quedan fuera de los periodos del acto: el primero va del "
            f"{uno.desde:%d/%m/%Y} al {uno.hasta:%d/%m/%Y}. Corrígelos antes de determinar.",
            {"base_presuntiva": "Hay periodos que el acto no revisó."},
        )


def _bloque(acto: Acto, desde: dt.date, hasta: dt.date) -> int | None:
    """The place of the act's period that holds the stretch whole."""
    for lugar, tramo in enumerate(acto.periodos):
        if str(tramo["desde"]) <= desde.isoformat() and hasta.isoformat() <= str(
            tramo.get("hasta") or "9999-12-31"
        ):
            return lugar
    return None


def _infracciones(filas: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    for fila in filas:
        try:
            multas.infraccion(str(fila["clave"]))
        except ReglaError as error:
            raise DatoInvalido(
                error.mensaje, {"infracciones": "Elige una infracción de la lista."}
            ) from error
    return [dict(fila) for fila in filas]


def _grupos(
    acto: Acto,
    filas: Sequence[TrabajadorDeterminado],
    con_multa: bool,
    capitales: Sequence[Mapping[str, Any]],
) -> list[str]:
    """The credits to open, each as `clase:desde:hasta`; a fine has no period of its own."""
    dichas = frozenset(acto.alcance.get("contribuciones") or ())
    revisadas = AMBAS if not dichas or "ambas" in dichas else dichas
    propuestos = []
    for lugar in range(len(acto.periodos)):
        suyas = [f for f in filas if _bloque(acto, f.desde, f.hasta) == lugar]
        if suyas:
            desde, hasta = min(f.desde for f in suyas), max(f.hasta for f in suyas)
            propuestos += [f"{c.value}:{desde}:{hasta}" for c in CUOTAS if c.value in revisadas]
    for fila in capitales:
        periodo = fila["periodo"]
        propuestos.append(f"{C.CAPITAL.value}:{periodo['desde']}:{periodo['hasta']}")
    return [*propuestos, f"{C.MULTA.value}::"] if con_multa else propuestos


@operation("abrir_creditos")
def abrir_creditos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Open each credit that was prepared and tell it to begin, once each; one of many people, in the background."""
    acto = acto_de(ctx, call)
    renglones, _ = nomina.cuantos(ctx, acto.id)
    origen = call.instance.id if call.instance is not None else None
    abiertos: list[Credito] = []
    for propuesto in call.data["creditos_propuestos"]:
        clase, desde, hasta = str(propuesto).split(":")
        fila = creditos.abrir(ctx, acto, C(clase), _fecha(desde), _fecha(hasta))
        datos = {"acto_id": acto.id, "clase": clase}
        en_fondo = renglones > AL_INSTANTE
        mensaje.enviar(ctx, "credito_por_determinar", fila.id, datos, origen=origen, en_fondo=en_fondo)
        abiertos.append(fila)
    anotar(ctx, "abrir_creditos", de_acto(acto), creditos=[c.id for c in abiertos])
    return {"creditos": [c.id for c in abiertos]}


def _fecha(texto: str) -> dt.date | None:
    return dt.date.fromisoformat(texto) if texto else None


@operation("asentar_determinacion")
def asentar_determinacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """In time or not: the parameter of the node; the clock of the six months ends either way."""
    acto = acto_de(ctx, call)
    determinacion = call.node.params["determinacion"]
    for clave in ("resolucion", "preventivo_resolucion"):
        plazo.cerrar(ctx, de_acto(acto), clave)
    anotar(ctx, "asentar_determinacion", de_acto(acto), determinacion=determinacion)
    return {"determinacion": determinacion}
