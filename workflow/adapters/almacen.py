"""The file store: a folder addressed by the SHA-256 of what it keeps."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from workflow.adapters import reloj
from workflow.errors import NoEncontrado

_DIGESTO = re.compile(r"[0-9a-f]{64}")
_APARTE = ".retirado"


class AlmacenLocal:
    """Store in a folder of this machine. Implements workflow.context.Almacen; nothing is ever overwritten.

    The date of a file is when somebody last kept its bytes: whoever cleans leaves the recent ones alone, as their
    rows may not be committed yet.
    """

    def __init__(self, carpeta: Path) -> None:
        self._carpeta = carpeta

    def _ruta(self, sha256: str) -> Path:
        if not _DIGESTO.fullmatch(sha256):
            raise NoEncontrado()
        return self._carpeta / sha256[:2] / sha256

    def guardar(self, datos: bytes) -> str:
        """Keep `datos`, durably and once; returns the digest. Raises OSError when the disk refuses."""
        sha256 = hashlib.sha256(datos).hexdigest()
        ruta = self._ruta(sha256)
        with suppress(FileNotFoundError):
            os.utime(ruta)
            return sha256
        ruta.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporal = tempfile.mkstemp(dir=ruta.parent)
        try:
            with os.fdopen(descriptor, "wb") as archivo:
                archivo.write(datos)
                archivo.flush()
                os.fsync(archivo.fileno())
            Path(temporal).replace(ruta)
        except BaseException:
            Path(temporal).unlink(missing_ok=True)
            raise
        return sha256

    def leer(self, sha256: str) -> bytes:
        """What was kept under a digest. Raises NoEncontrado when there is nothing, or it was altered."""
        try:
            datos = self._ruta(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NoEncontrado("El archivo ya no está en el almacén. Avisa a soporte.") from error
        if hashlib.sha256(datos).hexdigest() != sha256:
            raise NoEncontrado("El archivo del almacén está dañado. Avisa a soporte.")
        return datos

    def existe(self, sha256: str) -> bool:
        """True when something is kept under a digest."""
        return bool(_DIGESTO.fullmatch(sha256)) and self._ruta(sha256).is_file()

    def viejos(self, edad_s: float) -> Iterator[str]:
        """Digests that nobody has kept again for `edad_s` seconds; what a dead process half wrote goes on the way."""
        for ruta in self._carpeta.glob("[0-9a-f][0-9a-f]/*"):
            if ruta.suffix == _APARTE:  # whoever was removing it died: it is judged again in the next round
                ruta.replace(ruta.with_suffix(""))
            elif _es_vieja(ruta, edad_s):
                if _DIGESTO.fullmatch(ruta.name):
                    yield ruta.name
                else:
                    ruta.unlink(missing_ok=True)

    def retirar(self, sha256: str, edad_s: float) -> bool:
        """Remove a file, unless somebody has kept its bytes again meanwhile. True when it is gone.

        It is put aside before its date is looked at: whoever keeps the same bytes from then on writes them anew.
        """
        ruta = self._ruta(sha256)
        aparte = ruta.with_suffix(_APARTE)
        try:
            ruta.rename(aparte)
        except FileNotFoundError:
            return False
        if _es_vieja(aparte, edad_s):
            aparte.unlink()
            return True
        aparte.replace(ruta)
        return False


def _es_vieja(ruta: Path, edad_s: float) -> bool:
    with suppress(FileNotFoundError):
        return reloj.real().timestamp() - ruta.stat().st_mtime >= edad_s
    return False
