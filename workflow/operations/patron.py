"""The employer of a denuncia: confirmed in the register, or noted as one that is not there yet."""

from __future__ import annotations

from models.denuncia import Denuncia
from models.patron import Patron
from workflow.context import Ctx
from workflow.errors import DatoInvalido

# Employers without registro patronal are precisely who a denuncia may be about: they get a marked, provisional key.
SIN_REGISTRO = "SR"


def confirmar(ctx: Ctx, denuncia: Denuncia, patron_id: int | None) -> Patron:
    """Set the employer of `denuncia`: the one chosen, the one already set, or a provisional one as she told it.

    Raises DatoInvalido for an employer that does not exist, or when she told no name and no place.
    """
    if patron_id is not None:
        patron = ctx.session.get(Patron, patron_id)
        if patron is None:
            raise DatoInvalido(
                "Ese patrón no está en el padrón. Elige otro de la lista.",
                {"datos_patron_confirmados": "Elige un patrón del padrón."},
            )
    elif denuncia.patron_id is not None:
        patron = ctx.session.get_one(Patron, denuncia.patron_id)
    else:
        patron = _provisional(ctx, denuncia)
    denuncia.patron_id = patron.id
    denuncia.expediente.patron_id = patron.id
    return patron


def _provisional(ctx: Ctx, denuncia: Denuncia) -> Patron:
    hechos = denuncia.hechos
    nombre = str(hechos.get("patron_nombre") or hechos.get("lugar_referencias") or "").strip()
    if not nombre:
        raise DatoInvalido(
            "No hay nombre ni lugar del patrón. Elige uno del padrón o pide esos datos antes de admitir.",
            {"datos_patron_confirmados": "Elige un patrón del padrón o marca la denuncia como incompleta."},
        )
    patron = Patron(
        registro_patronal=f"{SIN_REGISTRO}{denuncia.id:08d}",
        rfc=hechos.get("patron_rfc") or None,
        nombre=nombre[:250],
        domicilio=str(hechos.get("lugar_domicilio") or "")[:300],
        codigo_postal=str(hechos.get("lugar_cp") or "")[:5],
        municipio=str(hechos.get("lugar_municipio") or "")[:120],
        giro=str(hechos.get("patron_giro") or "")[:160],
        subdelegacion_id=denuncia.subdelegacion_id,
    )
    ctx.session.add(patron)
    ctx.session.flush()
    return patron
