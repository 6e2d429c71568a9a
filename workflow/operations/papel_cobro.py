"""The block of CFF 38 of every paper of an enforcement: of its acts and of its sales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.expediente import Expediente
from models.organizacion import Subdelegacion
from models.pae import Pae
from workflow import documents
from workflow.context import Ctx
from workflow.operations.firma import CUENTA, firma
from workflow.operations.papel_denuncia import unidad_de
from workflow.params.fundamentos import fundamento

DEPARTAMENTO = "Jefatura de Cobranza"


def bloque(
    ctx: Ctx,
    pae: Pae,
    clave: str,
    motivo: str,
    objeto: str,
    dada: Mapping[str, Any] | None = None,
    destinatario: documents.Destinatario | None = None,
    *,
    automatica: str,
) -> dict[str, Any]:
    """Who signs and with which competence, to whom, why; addressed to the debtor where nobody else is named.

    `clave`: its ground (`params.fundamentos`); `dada`: the signature of the form. `automatica`: the note in
    its place when the clock issues it.
    """
    unidad = ctx.session.get_one(Subdelegacion, pae.subdelegacion_id)
    puesta = (
        firma(ctx, dada or CUENTA)
        if ctx.actor.usuario_id
        else documents.Firma(nombre=unidad.nombre, cargo=DEPARTAMENTO, nota=automatica)
    )
    return {
        "expediente": ctx.session.get_one(Expediente, pae.expediente_id).folio,
        "autoridad": documents.Autoridad(
            dependencia=unidad_de(unidad),
            nombre=puesta.nombre,
            cargo=puesta.cargo or DEPARTAMENTO,
            competencia=fundamento("competencia_subdelegacion").texto,
            lugar=unidad.nombre,
        ),
        "destinatario": destinatario
        or documents.Destinatario(nombre=pae.patron.nombre, domicilio=pae.patron.domicilio),
        "fundamento": (fundamento(clave).texto,),
        "motivo": motivo,
        "objeto": objeto,
        "firma": puesta,
    }
