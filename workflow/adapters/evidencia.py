"""What people attach, made safe: type by content, never by name; photographs lose place and device.

Photos (JPEG, PNG, WebP, HEIC) are decoded and written again, which drops every metadata and whatever hid
in the file; PDF is kept as it came. Anything else is refused with a sentence that says what to do.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from dataclasses import dataclass

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from workflow.adapters.antivirus import Antivirus, AntivirusLocal, Veredicto
from workflow.errors import DatoInvalido

register_heif_opener()

MAXIMO = 15 * 1024 * 1024  # bytes of one file
LADO_MAXIMO = 6000  # pixels; a larger photo is reduced
PIXELES_MAXIMOS = 80_000_000
FOTOS = {"JPEG", "PNG", "WEBP", "HEIF", "MPO"}
QUITADA = "Le quitamos la ubicación"
NO_CABE = "Aquí sólo caben fotos y PDF. Toma una foto de la pantalla o cuéntanos qué muestra."


@dataclass(frozen=True)
class Evidencia:
    """A file ready to be kept. `aviso`: what was done to it, in words; empty when nothing."""

    nombre: str
    mime: str
    datos: bytes
    aviso: str = ""


def nombre_limpio(nombre: str) -> str:
    """The last part of a name, without control characters or path, at most 120 characters."""
    ultimo = unicodedata.normalize("NFC", nombre).replace("\\", "/").rsplit("/", 1)[-1]
    limpio = re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", ultimo).strip(" .")
    raiz, punto, extension = limpio.rpartition(".")
    if punto and len(extension) <= 8:
        return f"{raiz[: 119 - len(extension)]}.{extension}" if raiz else f"archivo.{extension}"
    return limpio[:120] or "archivo"


def _extension(nombre: str, extension: str) -> str:
    raiz = nombre.rpartition(".")[0] or nombre
    return f"{raiz}.{extension}"


def _foto(nombre: str, datos: bytes) -> Evidencia:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(datos)) as abierta:
            if abierta.format not in FOTOS:
                raise DatoInvalido(NO_CABE)
            if abierta.width * abierta.height > PIXELES_MAXIMOS:
                raise DatoInvalido("La foto es demasiado grande. Toma otra con menos resolución.")
            es_png = abierta.format == "PNG"
            foto = ImageOps.exif_transpose(abierta)
            foto.thumbnail((LADO_MAXIMO, LADO_MAXIMO))
            limpia = foto.convert("RGBA" if es_png and "A" in foto.getbands() else "RGB")
    salida = io.BytesIO()
    if es_png:
        limpia.save(salida, "PNG", optimize=True)
        return Evidencia(_extension(nombre, "png"), "image/png", salida.getvalue(), QUITADA)
    limpia.save(salida, "JPEG", quality=88)
    return Evidencia(_extension(nombre, "jpg"), "image/jpeg", salida.getvalue(), QUITADA)


def _es_pdf(datos: bytes) -> bool:
    if not datos.startswith(b"%PDF-"):
        return False
    try:
        return bool(puremagic.from_string(datos[:4096], mime=True) == "application/pdf")
    except (puremagic.PureError, ValueError):
        return False


def preparar(nombre: str, datos: bytes, antivirus: Antivirus | None = None) -> Evidencia:
    """The file as it will be kept. Raises DatoInvalido: empty, too large, infected, or of another kind."""
    limpio = nombre_limpio(nombre)
    if not datos:
        raise DatoInvalido("El archivo está vacío. Ábrelo para revisar que esté completo y súbelo de nuevo.")
    if len(datos) > MAXIMO:
        raise DatoInvalido(
            "Pesa más de 15 MB. Toma una foto más ligera o sube sólo las páginas que importan."
        )
    if (antivirus or AntivirusLocal()).revisar(datos).veredicto is Veredicto.INFECTADO:
        raise DatoInvalido("El archivo tiene un virus y no lo guardamos. Toma una foto del documento.")
    if _es_pdf(datos):
        return Evidencia(_extension(limpio, "pdf"), "application/pdf", datos, "")
    try:
        return _foto(limpio, datos)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DatoInvalido("La foto es demasiado grande. Toma otra con menos resolución.") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise DatoInvalido(NO_CABE) from None
