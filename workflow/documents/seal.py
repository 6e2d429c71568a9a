"""The seal of a document: digest of its contents, QR of its verification page, digest of its bytes.

Two digests exist on purpose. `huella` is the SHA-256 of the data from which the document was made and is
printed on every page; a PDF cannot print its own digest. `sha256` is the SHA-256 of the PDF's bytes, kept by
the file store and compared when somebody hands the file in.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno

from workflow.errors import DatoInvalido

_FOLIO = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


@dataclass(frozen=True)
class Sellado:
    """A rendered document. `sha256` and `huella` are 64 lower-case hexadecimal digits."""

    pdf: bytes
    sha256: str
    folio: str
    huella: str


def huella_de(contenido: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8) of `contenido`."""
    texto = json.dumps(contenido, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texto.encode("utf-8")).hexdigest()


def comprobar_folio(folio: str) -> None:
    """Raise DatoInvalido when the folio has other characters than capitals, digits and single dashes.

    So nothing can be smuggled into the address that is printed.
    """
    if not _FOLIO.fullmatch(folio) or len(folio) > 40:
        raise DatoInvalido("El folio del documento no tiene la forma esperada; revisa cómo se generó.")


def direccion(url_base: str, folio: str) -> str:
    """Address of the verification page of `folio`; DatoInvalido for a bad folio or no http(s) address."""
    comprobar_folio(folio)
    partes = urlsplit(url_base)
    if partes.scheme not in ("http", "https") or not partes.netloc or partes.query or partes.fragment:
        raise DatoInvalido(
            "La dirección pública (URL_BASE) no es válida; escribe http:// o https:// y el sitio."
        )
    return f"{url_base.rstrip('/')}/verificar/{folio}"


def qr_svg(texto: str) -> str:
    """QR code of `texto` as an SVG, error correction M, without quiet zone (the page gives it)."""
    salida = io.BytesIO()
    segno.make(texto, error="m", micro=False).save(salida, kind="svg", border=0, dark="#161a1d")
    return salida.getvalue().decode("utf-8")
