"""How far ahead something may be planned in a case: until what it serves ends by law (CFF 46-A, 50; LSS 297, 298)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from models.acto import Acto
from models.plazo import Plazo
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import plazo
from workflow.operations._fechado import inhabiles
from workflow.operations._guardas_acto import denuncias_de
from workflow.operations.sujeto import Sujeto, de_denuncia
from workflow.params import loader
from workflow.rules import plazos
from workflow.rules.calendario import fecha_larga

# With the first of them that runs out, the act, the powers to determine or the collection end.
FATALES = frozenset(
    {"visita_max", "visita_max_financiero", "resolucion", "caducidad", "prescripcion", "prescripcion_tope"}
)
# Where none runs yet: nothing planned today outlives the powers that would begin today.
A_FALTA_DE_OTRO = "caducidad"


def exigir(ctx: Ctx, sujeto: Sujeto, dias: Iterable[tuple[str, dt.date]]) -> None:
    """Refuse what is planned beyond the end of what it serves. `dias`: each field of the form with its day.

    Raises DatoInvalido by field; the sentence says which term, and the last day that is allowed.
    """
    ultimo, por_que = _ultimo_dia(ctx, sujeto)
    campos = {
        campo: f"Escribe una fecha hasta el {fecha_larga(ultimo)}." for campo, dia in dias if dia > ultimo
    }
    if campos:
        raise DatoInvalido(
            f"La fecha no puede ser posterior al {fecha_larga(ultimo)}, cuando vence {por_que}.", campos
        )


def _ultimo_dia(ctx: Ctx, sujeto: Sujeto) -> tuple[dt.date, str]:
    """The last day and the term that says so, for a sentence.

    What has run out already binds nobody here: who determines, resolves or collects is told so.
    """
    corren = [
        uno
        for de_quien in (sujeto, *_denunciados(ctx, sujeto))
        for uno in plazo.abiertos(ctx, de_quien).values()
        if uno.clave in FATALES and uno.dispara_en < plazo.NUNCA and uno.vence >= ctx.hoy
    ]
    primero = min(corren, key=_vence, default=None)
    if primero is not None:
        return primero.vence, f"«{primero.nombre}» ({primero.cita})"
    definicion = loader.plazo(A_FALTA_DE_OTRO, ctx.hoy)
    cuenta = plazos.aplicar(definicion, ctx.hoy, inhabiles(ctx, sujeto.subdelegacion_id))
    return cuenta.vence, f"«{definicion.nombre}», contado desde hoy ({definicion.cita})"


def _vence(fila: Plazo) -> dt.date:
    return fila.vence


def _denunciados(ctx: Ctx, sujeto: Sujeto) -> list[Sujeto]:
    """The denuncias whose powers an act uses: they opened `caducidad`, not the act."""
    acto = ctx.session.get(Acto, sujeto.id) if sujeto.tipo == "acto" else None
    return [] if acto is None else [de_denuncia(una) for una in denuncias_de(ctx, acto)]
