"""How a debt that is paid late grows: update and surcharges (contract §4.3)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, calcular, enlace, mostrar, pesos
from web.ctx import contexto
from web.extensions import limiter
from workflow.queries import inpc
from workflow.rules.calendario import MESES

CONCEPTOS = {"cuotas": "Cuotas", "multa": "Multa"}
FECHAS = ("debio_pagarse", "fecha_pago")
CAMPOS = {c: c for c in ("importe", "debio_pagarse", "fecha_pago", "concepto")}


@bp.get("/accesorios")
@limiter.limit(LIMITE)
def accesorios() -> Respuesta:
    """The form, and what has to be paid."""
    leido = Lectura(request.args)
    caso = _caso(leido) if leido.pide else None
    hecho = None
    if caso and not leido.errores:
        hecho = calcular(leido, caso, CAMPOS, "debio_pagarse", inpc.serie(contexto()), FECHAS)
    if caso is None or hecho is None:
        return mostrar("accesorios", leido, conceptos=CONCEPTOS.items())
    direccion = enlace({n: str(v) for n, v in caso.items() if n != "regla"})
    return mostrar(
        "accesorios",
        leido,
        conceptos=CONCEPTOS.items(),
        r=hecho,
        importe=Decimal(caso["importe"]),
        actualizacion=Decimal(hecho["actualizado"]) - Decimal(caso["importe"]),
        indices=[_indice(hecho[n]) for n in ("inpc_reciente", "inpc_antiguo") if hecho[n]],
        enlace=direccion,
        copia=f"A pagar: {pesos(hecho['a_pagar'])}. {direccion}",
    )


def _caso(leido: Lectura) -> dict[str, Any]:
    concepto = leido.opcion("concepto", CONCEPTOS, "cuotas")
    importe = leido.dinero("importe")
    limite, pago = leido.fecha("debio_pagarse"), leido.fecha("fecha_pago")
    return {
        "regla": "accesorios",
        "concepto": concepto,
        "importe": importe,
        "debio_pagarse": limite.isoformat() if limite else "",
        "fecha_pago": pago.isoformat() if pago else "",
    }


def _indice(indice: dict[str, Any]) -> tuple[str, str]:
    """(month in words, value as published)."""
    mes = dt.date.fromisoformat(f"{indice['mes'][:7]}-01")
    return f"{MESES[mes.month - 1]} de {mes.year}", str(indice["valor"])
