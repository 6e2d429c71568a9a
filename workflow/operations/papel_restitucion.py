"""What the proof of restitution says: the movements registered in her record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from models.denuncia import Denuncia
from workflow import documents
from workflow.context import Ctx
from workflow.operations.firma import CUENTA, firma
from workflow.operations.papel_denuncia import autoridad, periodo
from workflow.operations.restitucion import Libro, decir
from workflow.params.contacto import telefono_ayuda
from workflow.params.fundamentos import fundamento

_TIPOS = {"alta": "Alta", "reingreso": "Reingreso", "modificacion": "Modificación de salario", "baja": "Baja"}
_FUNDAMENTOS = {
    "aviso_patronal": "Aviso del patrón",
    "oficio_251x": "Oficio (LSS 251-X)",
    "resolucion": "Resolución",
}


def constancia(
    ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any], queda: Libro
) -> documents.ConstanciaRestitucion:
    """Built from the form of `restituir_derechos` and the ledger as it stands with it; she is named by folio."""
    return documents.ConstanciaRestitucion(
        expediente=denuncia.expediente.folio,
        autoridad=autoridad(ctx, denuncia.subdelegacion),
        destinatario=documents.denunciante(denuncia.folio),
        fundamento=(fundamento("constancia_restitucion").texto,),
        motivo="Se registraron los movimientos que corresponden al trabajo denunciado.",
        objeto="Hacer constar la restitución de derechos.",
        firma=firma(ctx, CUENTA),
        movimientos=tuple(_movimiento(fila) for fila in form["movimientos"]),
        libro=tuple(_etapas(queda)),
        semanas_reconocidas=int(form["semanas_reconocidas"]),
        completa=bool(form["completa"]),
        pendiente="" if form["completa"] else _pendiente(queda),
        telefono_ayuda=telefono_ayuda(),
    )


def _etapas(queda: Libro) -> Iterator[documents.EtapaDelLibro]:
    etapas = (
        ("Lo que pediste", queda.prometida),
        ("Lo que se comprobó", queda.determinada),
        ("Lo que ya está en tu cuenta", queda.reconocida),
    )
    for nombre, partida in etapas:
        if partida is None or not partida.tramos:
            continue
        primero, ultimo = min(t.desde for t in partida.tramos), max(t.hasta for t in partida.tramos)
        yield documents.EtapaDelLibro(
            nombre=nombre,
            semanas=partida.semanas,
            periodo=documents.Periodo(desde=primero, hasta=None if partida.abierta else ultimo),
            salario=max(t.salario for t in partida.tramos) or None,
        )


def _pendiente(queda: Libro) -> str:
    """What is missing, where the ledger knows it."""
    sigue = "Te avisaremos por tu buzón."
    if not queda.faltan:
        return f"Falta registrar otros movimientos. {sigue}"
    return f"Falta registrar: {'; '.join(decir(tramo) for tramo in queda.faltan)}. {sigue}"


def _movimiento(fila: Mapping[str, Any]) -> documents.MovimientoRestituido:
    salario = fila.get("salario")
    return documents.MovimientoRestituido(
        tipo=_TIPOS[str(fila["tipo"])],
        fecha=dt.date.fromisoformat(str(fila["fecha"])),
        salario=Decimal(str(salario)) if salario else None,
        periodo=periodo(fila["periodo"]) if fila.get("periodo") else None,
        fundamento=_FUNDAMENTOS[str(fila["fundamento"])],
    )
