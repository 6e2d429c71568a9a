"""The mailbox between the denouncer and the institute: messages, papers of hers, failed openings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.denuncia import AccesoBuzon, Denuncia, MensajeBuzon, Promocion
from models.documento import Documento, OrigenDocumento
from models.identidad import Identidad
from workflow.adapters.evidencia import Evidencia
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import aviso, presentacion
from workflow.operations._semilla import sembrar
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_denuncia

FALLOS_POR_FOLIO = 5
FALLOS_POR_ORIGEN = 20
ESPERA = dt.timedelta(minutes=15)
OLVIDO = dt.timedelta(hours=1)  # failures older than this no longer count
ARCHIVOS_MAXIMOS = 10
TERMINADA = "Tu caso ya terminó. Si tienes datos nuevos, presenta otra denuncia."


@dataclass(frozen=True)
class Intento:
    """A try to open a mailbox: the denuncia, or nothing, or the instant until which to wait."""

    denuncia_id: int | None
    espera: dt.datetime | None = None


def denuncia(ctx: Ctx, denuncia_id: int) -> Denuncia:
    """The denuncia of an open mailbox. Raises NoEncontrado."""
    fila = ctx.session.get(Denuncia, denuncia_id)
    if fila is None:
        raise NoEncontrado("No encontramos tu buzón. Entra de nuevo con tu folio y tu clave.")
    return fila


def viva(ctx: Ctx, denuncia_id: int) -> Denuncia:
    """The same, when the case still goes on. Raises DatoInvalido when it ended."""
    fila = denuncia(ctx, denuncia_id)
    if fila.es_final:
        raise DatoInvalido(TERMINADA)
    return fila


def escribir(
    ctx: Ctx,
    fila: Denuncia,
    tipo: str,
    texto: str,
    *,
    de_denunciante: bool = False,
    archivos: Sequence[str] = (),
    remitente: str = "",
) -> MensajeBuzon:
    """Add a message, encrypted. `remitente`: whom she reads as its author; ours when not given.

    tipo: acuse, peticion, estatus, respuesta, evidencia, identidad, represalia, desistimiento, aviso.
    """
    datos = {"texto": texto, "archivos": list(archivos), "remitente": remitente}
    mensaje = MensajeBuzon(
        denuncia_id=fila.id,
        de_denunciante=de_denunciante,
        tipo=tipo,
        cifrado=ctx.servicios.boveda.cifrar(datos),
        en=ctx.now,
    )
    ctx.session.add(mensaje)
    ctx.session.flush()
    if not de_denunciante:
        aviso.carta(ctx, fila.id, tipo, f"carta:{mensaje.id}")
    return mensaje


def leer(ctx: Ctx, mensaje: MensajeBuzon) -> dict[str, Any]:
    """What a message says: texto, archivos, remitente."""
    return ctx.servicios.boveda.descifrar(mensaje.cifrado)


def promover(ctx: Ctx, fila: Denuncia, tipo: str, contenido: Mapping[str, Any]) -> Promocion:
    """Keep a paper of hers, encrypted; the process will only know its id."""
    promocion = Promocion(
        denuncia_id=fila.id,
        tipo=tipo,
        cifrado=ctx.servicios.boveda.cifrar(contenido),
        presentada_en=ctx.now,
    )
    ctx.session.add(promocion)
    ctx.session.flush()
    anotar(ctx, tipo, de_denuncia(fila), promocion_id=promocion.id)
    return promocion


def archivar(ctx: Ctx, fila: Denuncia, archivos: Sequence[Evidencia]) -> list[Documento]:
    """Evidence as documents of the denuncia. Raises DatoInvalido beyond the maximum of one sending."""
    if len(archivos) > ARCHIVOS_MAXIMOS:
        raise DatoInvalido("Son demasiados archivos de una vez. Envía hasta 10 y luego los demás.")
    documentos = [
        Documento(
            tipo="evidencia",
            titulo=presentacion.PRUEBA,
            origen=OrigenDocumento.DENUNCIANTE,
            sujeto_tipo="denuncia",
            sujeto_id=fila.id,
            expediente_id=fila.expediente_id,
            nombre=presentacion.nombre_neutro(archivo.nombre, numero),
            mime=archivo.mime,
            tamano=len(archivo.datos),
            sha256=ctx.servicios.almacen.guardar(archivo.datos),
            emitido_en=ctx.now,
        )
        for numero, archivo in enumerate(archivos, presentacion.cuantas_pruebas(ctx, fila) + 1)
    ]
    ctx.session.add_all(documentos)
    ctx.session.flush()
    return documentos


def identificar(ctx: Ctx, fila: Denuncia, datos: Mapping[str, str]) -> None:
    """Keep her identity or her safe channel, or complete what she had given."""
    presentacion.guardar_identidad(ctx, fila, datos)
    identidad = ctx.session.scalars(select(Identidad).where(Identidad.denuncia_id == fila.id)).one()
    completa = ctx.servicios.boveda.descifrar(identidad.cifrado)
    fila.identificada = fila.identificada or presentacion.esta_identificada(completa)


def acceso(ctx: Ctx, clave: str) -> AccesoBuzon:
    """The counter of failures of a folio or of an origin, locked."""
    consulta = select(AccesoBuzon).where(AccesoBuzon.clave == clave).with_for_update()
    fila = ctx.session.scalars(consulta).first()
    if fila is None:
        # The first failure: many may come at once, and each one has to count.
        sembrar(ctx, AccesoBuzon, clave=clave, fallos=0, ultimo_en=ctx.now)
        fila = ctx.session.scalars(consulta).one()
    return fila


def esperar_hasta(ctx: Ctx, accesos: Sequence[AccesoBuzon]) -> dt.datetime | None:
    """The latest instant until which one of them must wait; None when none has to."""
    hasta = [a.bloqueado_hasta for a in accesos if a.bloqueado_hasta and a.bloqueado_hasta > ctx.now]
    return max(hasta, default=None)


def fallar(ctx: Ctx, fila: AccesoBuzon, maximo: int) -> None:
    """Count one failure; at `maximo` the counter starts to wait."""
    if ctx.now - fila.ultimo_en > OLVIDO:
        fila.fallos = 0
    fila.fallos, fila.ultimo_en = fila.fallos + 1, ctx.now
    if fila.fallos >= maximo:
        fila.fallos, fila.bloqueado_hasta = 0, ctx.now + ESPERA
