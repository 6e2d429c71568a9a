"""Bringing the INPC of the INEGI into the house: who may, what it would change, and the change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from models.organizacion import Rol
from workflow.actions._transaction import action
from workflow.adapters import inegi
from workflow.context import Ctx
from workflow.errors import NoPermitido
from workflow.operations import indice
from workflow.operations.indice import Diferencia, Valor

TAMANO_MAXIMO = inegi.TAMANO_MAXIMO


@dataclass(frozen=True, slots=True)
class Importado:
    """What the file says, and whether it was written (never on contradiction without acceptance)."""

    diferencia: Diferencia
    sha256: str
    escrito: bool


@action
def importar(ctx: Ctx, datos: bytes, *, aceptar: bool = False) -> Importado:
    """Read a file of the INEGI and add its months; where it contradicts what is known, only with `aceptar`.

    All or nothing. A file that says nothing new writes nothing. Raises NoPermitido, DatoInvalido (what cannot
    be read, or is no INPC).
    """
    if ctx.actor.tipo != "sistema" and not ctx.actor.es(Rol.ADMINISTRADOR):
        raise NoPermitido("Sólo la administración del sistema importa índices.")
    leidos = inegi.leer(datos, ctx.hoy)
    sha256 = hashlib.sha256(datos).hexdigest()
    indice.cerrar(ctx)
    valores = [Valor(leido.mes, leido.texto, leido.linea) for leido in leidos]
    diferencia = indice.comparar(indice.serie(ctx), valores)
    escrito = bool(diferencia.nuevos or diferencia.cambios) and (aceptar or not diferencia.cambios)
    if escrito:
        origen = f"Archivo del INEGI importado el {ctx.hoy.isoformat()}, sha256 {sha256[:12]}…"
        indice.escribir(ctx, diferencia, sha256, origen)
    return Importado(diferencia, sha256, escrito)
