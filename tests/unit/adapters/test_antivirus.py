"""The antivirus hook: the stand-in knows the test file; clamd is asked by INSTREAM and breaks no request."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from workflow.adapters.antivirus import AntivirusLocal, Clamd, Revision, Veredicto, antivirus
from workflow.errors import FaltaConfiguracion

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class ClamdDePrueba:
    """A clamd that speaks INSTREAM on a free port and answers what it is told."""

    def __init__(self, respuesta: bytes) -> None:
        self.respuesta, self.recibido = respuesta, b""
        self.enchufe = socket.create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self.enchufe.getsockname()[1]}"
        self.hilo = threading.Thread(target=self._atender)
        self.hilo.start()

    def _exacto(self, enlace: socket.socket, n: int) -> bytes:
        datos = b""
        while len(datos) < n:
            datos += enlace.recv(n - len(datos))
        return datos

    def _atender(self) -> None:
        enlace, _ = self.enchufe.accept()
        with enlace:
            assert self._exacto(enlace, 10) == b"zINSTREAM\0"
            while largo := struct.unpack("!I", self._exacto(enlace, 4))[0]:
                self.recibido += self._exacto(enlace, largo)
            enlace.sendall(self.respuesta)

    def cerrar(self) -> None:
        self.hilo.join(5)
        self.enchufe.close()


@pytest.fixture
def clamd() -> Iterator[object]:
    abiertos: list[ClamdDePrueba] = []

    def abrir(respuesta: bytes) -> ClamdDePrueba:
        abiertos.append(ClamdDePrueba(respuesta))
        return abiertos[-1]

    yield abrir
    for uno in abiertos:
        uno.cerrar()


def test_local():
    assert AntivirusLocal().revisar(b"hola").veredicto is Veredicto.LIMPIO
    assert AntivirusLocal().revisar(b"..." + EICAR).veredicto is Veredicto.INFECTADO


@pytest.mark.parametrize(
    ("respuesta", "espera"),
    [
        (b"stream: OK\0", Revision(Veredicto.LIMPIO)),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Revision(Veredicto.INFECTADO, "Win.Test.EICAR_HDB-1")),
        (
            b"INSTREAM size limit exceeded. ERROR\0",
            Revision(Veredicto.PENDIENTE, "INSTREAM size limit exceeded. ERROR"),
        ),
        (b"", Revision(Veredicto.PENDIENTE, "")),
    ],
)
def test_clamd(clamd, respuesta, espera):
    servidor = clamd(respuesta)
    datos = b"0123456789" * 20_000
    assert Clamd(servidor.url, espera=5).revisar(datos) == espera
    servidor.hilo.join(5)
    assert servidor.recibido == datos


def test_clamd_apagado_queda_pendiente(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    assert Clamd(f"tcp://127.0.0.1:{puerto}", espera=1).revisar(b"x").veredicto is Veredicto.PENDIENTE
    assert Clamd(f"unix://{tmp_path}/no.sock").revisar(b"x").veredicto is Veredicto.PENDIENTE


def test_se_elige_por_configuracion():
    assert isinstance(antivirus(None), AntivirusLocal)
    assert isinstance(antivirus("tcp://clamav:3310"), Clamd)
    for mala in ("clamav", "http://x", "tcp://"):
        with pytest.raises(FaltaConfiguracion):
            antivirus(mala)
