"""Antivirus hook: clamd when it is configured, otherwise a stand-in that knows only the test file."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from workflow.errors import FaltaConfiguracion

# The harmless file that every antivirus must find, in two pieces so that none finds this one.
_PRUEBA = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_TROZO = 65536


class Veredicto(StrEnum):
    """`pendiente`: nobody could look at it yet; the page shows «En revisión» and the file is not served."""

    LIMPIO = "limpio"
    INFECTADO = "infectado"
    PENDIENTE = "pendiente"


@dataclass(frozen=True)
class Revision:
    """`detalle` is the name of the signature, or why nobody looked; for staff."""

    veredicto: Veredicto
    detalle: str = ""


class Antivirus(Protocol):
    """Something that can look at bytes; it never raises: who cannot look says `pendiente`."""

    def revisar(self, datos: bytes) -> Revision:
        """The verdict on `datos`."""


class AntivirusLocal:
    """Stand-in: finds the EICAR test file and lets everything else pass."""

    def revisar(self, datos: bytes) -> Revision:
        """Infected if the test file is anywhere in `datos`."""
        if _PRUEBA in datos:
            return Revision(Veredicto.INFECTADO, "Eicar-Test-Signature")
        return Revision(Veredicto.LIMPIO)


class Clamd:
    """clamd over TCP (`tcp://host:3310`) or a local socket (`unix:///run/clamd.sock`), command INSTREAM."""

    def __init__(self, url: str, espera: float = 20.0) -> None:
        partes = urlsplit(url)
        self._destino: tuple[str, int] | str
        if partes.scheme == "tcp" and partes.hostname:
            self._destino = (partes.hostname, partes.port or 3310)
        elif partes.scheme == "unix" and partes.path:
            self._destino = partes.path
        else:
            raise FaltaConfiguracion(
                "CLAMD_URL no se entiende; escribe tcp://servidor:3310 o unix:///ruta/clamd.sock."
            )
        self._espera = espera

    def revisar(self, datos: bytes) -> Revision:
        """Send `datos` and read the answer; `pendiente` when clamd cannot be reached or understood."""
        try:
            respuesta = self._preguntar(datos)
        except OSError as error:
            return Revision(Veredicto.PENDIENTE, type(error).__name__)
        texto = respuesta.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
        if texto == "OK":
            return Revision(Veredicto.LIMPIO)
        if texto.endswith(" FOUND"):
            return Revision(Veredicto.INFECTADO, texto.removesuffix(" FOUND"))
        return Revision(Veredicto.PENDIENTE, texto[:100])

    def _preguntar(self, datos: bytes) -> bytes:
        with self._conectar() as enlace:
            enlace.sendall(b"zINSTREAM\0")
            for inicio in range(0, len(datos), _TROZO):
                trozo = datos[inicio : inicio + _TROZO]
                enlace.sendall(struct.pack("!I", len(trozo)) + trozo)
            enlace.sendall(struct.pack("!I", 0))
            respuesta = b""
            while not respuesta.endswith(b"\0") and len(respuesta) < 4096 and (parte := enlace.recv(1024)):
                respuesta += parte
            return respuesta

    def _conectar(self) -> socket.socket:
        if isinstance(self._destino, tuple):
            return socket.create_connection(self._destino, timeout=self._espera)
        enlace = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        enlace.settimeout(self._espera)
        try:
            enlace.connect(self._destino)
        except OSError:
            enlace.close()
            raise
        return enlace


def antivirus(clamd_url: str | None) -> Antivirus:
    """clamd when there is an address, the stand-in when there is none."""
    return Clamd(clamd_url) if clamd_url else AntivirusLocal()
