"""What the proof of restitution says: the movements registered in her record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.denuncia import Denuncia
from workflow import documents
from workflow.context import Ctx
from workflow.operations.firma import CUENTA, firma
from workflow.operations.papel_denuncia import autoridad, periodo
from workflow.params.contacto import telefono_ayuda
from workflow.params.fundamentos import fundamento

_TIPOS = {"alta": "Alta", "reingreso": "Reingreso", "modificacion": "Modificación de salario", "baja": "Baja"}
_FUNDAMENTOS = {
    "aviso_patronal": "Aviso del patrón",
    "oficio_251x": "Oficio (LSS 251-X)",
    "resolucion": "Resolución",
}


def constancia(ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any]) -> documents.ConstanciaRestitucion:
    """Built from the form of `restituir_derechos`; she is named by folio."""
    return documents.ConstanciaRestitucion(
        expediente=denuncia.expediente.folio,
        autoridad=autoridad(ctx, denuncia.subdelegacion),
        destinatario=documents.denunciante(denuncia.folio),
        fundamento=(fundamento("constancia_restitucion").texto,),
        motivo="Se registraron los movimientos que corresponden al trabajo denunciado.",
        objeto="Hacer constar la restitución de derechos.",
        firma=firma(ctx, CUENTA),
        movimientos=tuple(_movimiento(fila) for fila in form["movimientos"]),
        semanas_reconocidas=int(form["semanas_reconocidas"]),
        completa=bool(form["completa"]),
        pendiente=""
        if form["completa"]
        else "Falta registrar otros movimientos. Te avisaremos por tu buzón.",
        telefono_ayuda=telefono_ayuda(),
    )


def _movimiento(fila: Mapping[str, Any]) -> documents.MovimientoRestituido:
    salario = fila.get("salario")
    return documents.MovimientoRestituido(
        tipo=_TIPOS[str(fila["tipo"])],
        fecha=dt.date.fromisoformat(str(fila["fecha"])),
        salario=Decimal(str(salario)) if salario else None,
        periodo=periodo(fila["periodo"]) if fila.get("periodo") else None,
        fundamento=_FUNDAMENTOS[str(fila["fundamento"])],
    )
