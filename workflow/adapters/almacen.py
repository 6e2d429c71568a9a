"""The file store: a folder addressed by the SHA-256 of what it keeps."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from workflow.errors import NoEncontrado

_DIGESTO = re.compile(r"[0-9a-f]{64}")


class AlmacenLocal:
    """Store in a folder of this machine. Implements workflow.context.Almacen; nothing is ever overwritten."""

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
        if ruta.exists():
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
