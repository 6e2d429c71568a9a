"""The draft of a denuncia: sealed with a code of 16 digits that only its author has.

After filing, the answers are erased and the envelope holds only what the acuse page shows once: folio and
secret key. A second click therefore finds the same folio and the same key.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from models.denuncia import Borrador
from models.documento import ArchivoBorrador
from workflow.adapters import sobre
from workflow.adapters.evidencia import Evidencia
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado

VIGENCIA = dt.timedelta(days=15)
CIFRAS = 16
ARCHIVOS_MAXIMOS = 10
CADUCO = "Tu borrador ya no está: caducó o el código no es correcto. Empieza una denuncia nueva."


@dataclass(frozen=True)
class Hecha:
    """A draft already filed. `clave` is None once its author said that she kept it."""

    denuncia_id: int
    folio: str
    clave: str | None


def crear(ctx: Ctx) -> str:
    """A new empty draft; returns its code. The code is nowhere in the database."""
    codigo = "".join(secrets.choice("0123456789") for _ in range(CIFRAS))
    huella = _huella(ctx, codigo)
    fila = Borrador(
        token_hash=huella,
        cifrado=sobre.cerrar(ctx.servicios.boveda, codigo, huella, {}),
        creado_en=ctx.now,
        caduca_en=ctx.now + VIGENCIA,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return codigo


def buscar(ctx: Ctx, codigo: str) -> Borrador | None:
    """The live draft of a code."""
    return ctx.session.scalars(
        select(Borrador).where(Borrador.token_hash == _huella(ctx, codigo), Borrador.caduca_en > ctx.now)
    ).first()


def tomar(ctx: Ctx, codigo: str) -> Borrador:
    """The draft, locked until the transaction ends: two clicks come one after the other."""
    fila = ctx.session.scalars(
        select(Borrador)
        .where(Borrador.token_hash == _huella(ctx, codigo), Borrador.caduca_en > ctx.now)
        .with_for_update()
    ).first()
    if fila is None:
        raise NoEncontrado(CADUCO)
    return fila


def leer(ctx: Ctx, fila: Borrador, codigo: str) -> dict[str, Any]:
    """Her answers, without the files; empty once filed."""
    return {} if fila.denuncia_id is not None else _abrir(ctx, fila, codigo)


def escribir(ctx: Ctx, fila: Borrador, codigo: str, respuestas: Mapping[str, Any]) -> None:
    """Keep the answers (`archivos` lives in its own rows). Raises DatoInvalido when already filed."""
    _editable(fila)
    datos = {k: v for k, v in respuestas.items() if k != "archivos"}
    fila.cifrado = sobre.cerrar(ctx.servicios.boveda, codigo, fila.token_hash, datos)


def archivos(ctx: Ctx, fila: Borrador) -> list[ArchivoBorrador]:
    """The files of a draft, in the order in which they came."""
    consulta = select(ArchivoBorrador).where(ArchivoBorrador.borrador_id == fila.id)
    return list(ctx.session.scalars(consulta.order_by(ArchivoBorrador.id)))


def adjuntar(ctx: Ctx, fila: Borrador, evidencia: Evidencia) -> ArchivoBorrador:
    """Add a file. The same content twice is one file. Raises DatoInvalido beyond the maximum."""
    _editable(fila)
    sha256 = ctx.servicios.almacen.guardar(evidencia.datos)
    for previo in archivos(ctx, fila):
        if previo.sha256 == sha256:
            return previo
    cuantos = ctx.session.scalar(select(func.count()).where(ArchivoBorrador.borrador_id == fila.id))
    if (cuantos or 0) >= ARCHIVOS_MAXIMOS:
        raise DatoInvalido("Ya hay 10 archivos. Quita uno o agrégalo después desde tu buzón.")
    archivo = ArchivoBorrador(
        borrador_id=fila.id,
        nombre=evidencia.nombre,
        mime=evidencia.mime,
        tamano=len(evidencia.datos),
        sha256=sha256,
        aviso=evidencia.aviso,
        subido_en=ctx.now,
    )
    ctx.session.add(archivo)
    ctx.session.flush()
    return archivo


def marcar_presentada(
    ctx: Ctx, fila: Borrador, codigo: str, denuncia_id: int, folio: str, clave: str
) -> None:
    """The draft became a denuncia: erase the answers, keep folio and key for the acuse page.

    The rows of its files are deleted: by now they are documents of the denuncia.
    """
    fila.denuncia_id = denuncia_id
    _sellar(ctx, fila, codigo, Hecha(denuncia_id, folio, clave))
    for archivo in archivos(ctx, fila):
        ctx.session.delete(archivo)


def presentada(ctx: Ctx, fila: Borrador, codigo: str) -> Hecha | None:
    """The denuncia that this draft became, if it did."""
    if fila.denuncia_id is None:
        return None
    datos = _abrir(ctx, fila, codigo)
    return Hecha(fila.denuncia_id, str(datos["folio"]), datos["clave"])


def olvidar_clave(ctx: Ctx, fila: Borrador, codigo: str) -> int:
    """Erase the key that the acuse page was showing; returns the id of the denuncia."""
    hecha = presentada(ctx, fila, codigo)
    if hecha is None:
        raise DatoInvalido("Esta denuncia todavía no se presenta.")
    _sellar(ctx, fila, codigo, Hecha(hecha.denuncia_id, hecha.folio, None))
    return hecha.denuncia_id


def _sellar(ctx: Ctx, fila: Borrador, codigo: str, hecha: Hecha) -> None:
    datos = {"folio": hecha.folio, "clave": hecha.clave}
    fila.cifrado = sobre.cerrar(ctx.servicios.boveda, codigo, fila.token_hash, datos)


def _abrir(ctx: Ctx, fila: Borrador, codigo: str) -> dict[str, Any]:
    return sobre.abrir(ctx.servicios.boveda, codigo, fila.token_hash, fila.cifrado)


def _editable(fila: Borrador) -> None:
    if fila.denuncia_id is not None:
        raise DatoInvalido("Esta denuncia ya se presentó. Agrega lo que falte desde tu buzón.")


def _huella(ctx: Ctx, codigo: str) -> str:
    return ctx.servicios.boveda.indice_ciego("borrador", codigo)
