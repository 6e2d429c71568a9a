"""A denuncia while it is being written, by its code. Nobody of the institute can read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.actions._transaction import action
from workflow.adapters import evidencia
from workflow.adapters.evidencia import nombre_limpio
from workflow.context import Ctx
from workflow.errors import CredencialInvalida, DatoInvalido
from workflow.operations import borrador as borradores
from workflow.operations.borrador import Hecha

CODIGO_INCORRECTO = "El código no es correcto o el borrador ya caducó. Revisa los 16 números."


@action
def nuevo(ctx: Ctx) -> str:
    """Start a draft; returns its code of 16 digits, which is also the token of the browser."""
    return borradores.crear(ctx)


@action
def guardar(ctx: Ctx, token: str, respuestas: Mapping[str, Any]) -> None:
    """Keep the answers. Raises NoEncontrado (expired) and DatoInvalido (already filed)."""
    borradores.escribir(ctx, borradores.tomar(ctx, token), token, respuestas)


def cargar(ctx: Ctx, token: str) -> dict[str, Any] | None:
    """The answers with `archivos`; None when the draft expired or was filed. Only reads."""
    fila = borradores.buscar(ctx, token)
    if fila is None or fila.denuncia_id is not None:
        return None
    respuestas = borradores.leer(ctx, fila, token)
    subidos = [_archivo(a) for a in borradores.archivos(ctx, fila)]
    return {**respuestas, "archivos": subidos} if subidos else respuestas


def retomar(ctx: Ctx, codigo: str) -> dict[str, Any]:
    """The answers of a draft by the code typed by its author. Raises CredencialInvalida. Only reads."""
    respuestas = cargar(ctx, codigo) if codigo else None
    if respuestas is None:
        raise CredencialInvalida(CODIGO_INCORRECTO)
    return respuestas


@action
def adjuntar(ctx: Ctx, token: str, nombre: str, datos: bytes) -> dict[str, Any]:
    """Attach a file; returns `{id, nombre, tamano, mime, aviso}`. Raises DatoInvalido with what to do."""
    fila = borradores.tomar(ctx, token)
    return _archivo(borradores.adjuntar(ctx, fila, evidencia.preparar(nombre, datos)))


@action
def quitar(ctx: Ctx, token: str, archivo_id: str) -> None:
    """Take a file out. Raises DatoInvalido when it is not in this draft."""
    for archivo in borradores.archivos(ctx, borradores.tomar(ctx, token)):
        if str(archivo.id) == archivo_id:
            ctx.session.delete(archivo)
            return
    raise DatoInvalido("Ese archivo ya no está en tu denuncia.")


def presentada(ctx: Ctx, token: str) -> Hecha | None:
    """The denuncia that this draft became, with its key while it may be shown. Only reads."""
    fila = borradores.buscar(ctx, token)
    return borradores.presentada(ctx, fila, token) if fila is not None else None


@action
def olvidar_clave(ctx: Ctx, token: str) -> int:
    """Her author kept the key: erase it. Returns the id of the denuncia."""
    return borradores.olvidar_clave(ctx, borradores.tomar(ctx, token), token)


def _archivo(archivo: Any) -> dict[str, Any]:
    return {
        "id": str(archivo.id),
        "nombre": archivo.nombre,
        "tamano": archivo.tamano,
        "mime": archivo.mime,
        "aviso": archivo.aviso,
    }


__all__ = [
    "adjuntar",
    "cargar",
    "guardar",
    "nombre_limpio",
    "nuevo",
    "olvidar_clave",
    "presentada",
    "quitar",
    "retomar",
]
