"""What the denouncer does in her mailbox. The process hears of it by message, with ids only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from models.denuncia import Denuncia, EstadoDenuncia, Promocion
from workflow.actions._transaction import action
from workflow.adapters import clave as claves
from workflow.adapters import evidencia
from workflow.context import Ctx
from workflow.errors import CredencialInvalida, DatoInvalido, DemasiadosIntentos
from workflow.operations import buzon, mensaje, plazo
from workflow.operations.bitacora import anotar
from workflow.operations.buzon import Intento
from workflow.operations.denuncia import avisar_represalia
from workflow.operations.sujeto import de_denuncia
from workflow.rules import folios

Archivos = Sequence[tuple[str, bytes]]
NO_COINCIDEN = "El folio y la clave no coinciden. Cópialos de tu acuse y de donde guardaste tu clave."
QUE_PASO = ("despido", "baja", "amenaza", "otro")


def entrar(ctx: Ctx, folio: str, clave: str, ip_hash: str) -> int:
    """Open a mailbox; returns the denuncia. Raises CredencialInvalida (never says which of the two is
    wrong) and DemasiadosIntentos; the failure is counted in both cases."""
    intento = _intentar(ctx, folio, clave, ip_hash)
    if intento.espera is not None:
        raise DemasiadosIntentos("Hubo demasiados intentos. Espera unos minutos.", intento.espera)
    if intento.denuncia_id is None:
        raise CredencialInvalida(NO_COINCIDEN)
    return intento.denuncia_id


@action
def _intentar(ctx: Ctx, folio: str, clave: str, ip_hash: str) -> Intento:
    cifras = "".join(c for c in clave if c.isdigit())
    canonico = (
        str(folios.leer(folio, "DEN")) if folios.es_valido(folio, "DEN") else folio.strip().upper()[:30]
    )
    indice = ctx.servicios.boveda.indice_ciego
    por_folio = buzon.acceso(ctx, indice("acceso_folio", canonico))
    por_origen = buzon.acceso(ctx, indice("acceso_origen", ip_hash))
    if espera := buzon.esperar_hasta(ctx, (por_folio, por_origen)):
        return Intento(None, espera)
    fila = ctx.session.scalars(select(Denuncia).where(Denuncia.folio == canonico)).first()
    corresponde = claves.corresponde(fila.clave_hash if fila else None, cifras)
    if fila is None or not corresponde or not _sigue_abierto(ctx, fila):
        buzon.fallar(ctx, por_folio, buzon.FALLOS_POR_FOLIO)
        buzon.fallar(ctx, por_origen, buzon.FALLOS_POR_ORIGEN)
        return Intento(None, buzon.esperar_hasta(ctx, (por_folio, por_origen)))
    por_folio.fallos = 0
    anotar(ctx, "abrir_buzon", de_denuncia(fila))
    return Intento(fila.id)


def _sigue_abierto(ctx: Ctx, fila: Denuncia) -> bool:
    return fila.buzon_abierto_hasta is None or ctx.hoy <= fila.buzon_abierto_hasta


@action
def responder(ctx: Ctx, denuncia_id: int, texto: str, archivos: Archivos = ()) -> None:
    """Answer what was asked. When nothing is asked any more it joins the file as evidence."""
    fila = buzon.viva(ctx, denuncia_id)
    pedida = "info_denunciante" in plazo.abiertos(ctx, de_denuncia(fila))
    _decir(ctx, fila, "informacion_recibida" if pedida else "evidencia_aportada", texto, archivos)


@action
def aportar_evidencia(ctx: Ctx, denuncia_id: int, texto: str, archivos: Archivos = ()) -> None:
    """Write a message or add evidence, at any time while the case goes on."""
    _decir(ctx, buzon.viva(ctx, denuncia_id), "evidencia_aportada", texto, archivos)


@action
def aportar_identidad(ctx: Ctx, denuncia_id: int, identidad: Mapping[str, str]) -> None:
    """Say who she is, or complete it. It answers the institute's request only while that one is open."""
    fila = buzon.viva(ctx, denuncia_id)
    buzon.identificar(ctx, fila, identidad)
    pedida = "identidad_denunciante" in plazo.abiertos(ctx, de_denuncia(fila))
    # A name without an identifier identifies nobody: what was asked is still missing (hechos §0-11).
    nombre = "identidad_aportada" if pedida and fila.identificada else "evidencia_aportada"
    promocion = buzon.promover(ctx, fila, nombre, {"texto": "Aportó datos de identidad."})
    buzon.escribir(ctx, fila, "identidad", "Agregaste datos sobre ti.", de_denunciante=True)
    _avisar(ctx, nombre, promocion)


@action
def cambiar_contacto(ctx: Ctx, denuncia_id: int, contacto: Mapping[str, str]) -> None:
    """Change the safe channel: `canal`, `correo`, `telefono`, `horario_seguro`. The process need not hear."""
    fila = buzon.viva(ctx, denuncia_id)
    buzon.identificar(ctx, fila, contacto)
    anotar(ctx, "cambiar_contacto", de_denuncia(fila))


@action
def reportar_represalia(ctx: Ctx, denuncia_id: int, que_paso: Sequence[str], texto: str) -> None:
    """Tell a reprisal. `que_paso`: some of despido, baja, amenaza, otro."""
    fila = buzon.viva(ctx, denuncia_id)
    elegidas = [q for q in que_paso if q in QUE_PASO]
    if not elegidas:
        raise DatoInvalido("Elige qué pasó.", {"que_paso": "Elige al menos una opción."})
    contenido = {"que_paso": elegidas, "texto": texto}
    promocion = buzon.promover(ctx, fila, "represalia_reportada", contenido)
    dicho = texto or "Reportaste que pasó algo en tu trabajo."
    buzon.escribir(ctx, fila, "represalia", dicho, de_denunciante=True)
    avisar_represalia(ctx, fila, promocion.id)
    _avisar(ctx, "represalia_reportada", promocion)


@action
def desistir(ctx: Ctx, denuncia_id: int, motivo: str) -> None:
    """Ask to close her case; somebody will call to confirm that she is free. Twice is once."""
    fila = buzon.viva(ctx, denuncia_id)
    if fila.estado is EstadoDenuncia.DESISTIDA or "ratificacion" in plazo.abiertos(ctx, de_denuncia(fila)):
        raise DatoInvalido("Ya pediste cerrar tu caso. Te contactaremos para confirmarlo.")
    promocion = buzon.promover(ctx, fila, "desistimiento_presentado", {"texto": motivo})
    buzon.escribir(ctx, fila, "desistimiento", motivo or "Pediste cerrar tu caso.", de_denunciante=True)
    _avisar(ctx, "desistimiento_presentado", promocion)


def _decir(ctx: Ctx, fila: Denuncia, nombre: str, texto: str, archivos: Archivos) -> None:
    if not texto.strip() and not archivos:
        raise DatoInvalido(
            "Escribe un mensaje o elige un archivo.", {"texto": "Escribe algo o elige un archivo."}
        )
    preparados = [evidencia.preparar(n, datos) for n, datos in archivos]
    documentos = buzon.archivar(ctx, fila, preparados)
    contenido: dict[str, Any] = {"texto": texto, "documentos": [d.id for d in documentos]}
    promocion = buzon.promover(ctx, fila, nombre, contenido)
    nombres = [p.nombre for p in preparados]  # her own names, which only she reads: the file has neutral ones
    buzon.escribir(ctx, fila, "evidencia", texto, de_denunciante=True, archivos=nombres)
    _avisar(ctx, nombre, promocion)


def _avisar(ctx: Ctx, nombre: str, promocion: Promocion) -> None:
    mensaje.enviar(ctx, nombre, str(promocion.denuncia_id), {"promocion_id": promocion.id})
