"""A browser over the network with the manners of Flask's test client, that keeps how long each request took.

So the people of the web tests (`tests.web.publico.Persona`) walk the same pages through a real server.
"""

from __future__ import annotations

import io
import random
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

from werkzeug.test import encode_multipart

ESPERA_S = 120.0
VUELTAS_MAXIMAS = 5
CALLADO_S = 0.5


@dataclass(frozen=True)
class Medida:
    """One request: method, path without numbers, seconds until its last byte, status (0: no answer)."""

    metodo: str
    camino: str
    segundos: float
    estado: int


@dataclass
class Respuesta:
    """What the test client would have returned."""

    status_code: int
    text: str
    request: Any
    history: list[Respuesta] = field(default_factory=list)


class Navegante:
    """One person's browser. `pausa_s`: what she takes, on average, to read and write before each request."""

    def __init__(self, direccion: str, pausa_s: float = 0.0, semilla: int = 0) -> None:
        partes = urlsplit(direccion)
        assert partes.hostname is not None
        self._conexion = HTTPConnection(partes.hostname, partes.port, timeout=ESPERA_S)
        self._galletas: dict[str, str] = {}
        self._pausa, self._azar = pausa_s, random.Random(semilla)
        self._callado_desde = time.perf_counter()
        self.medidas: list[Medida] = []

    def galleta(self, nombre: str, valor: str) -> None:
        """Give her a cookie."""
        self._galletas[nombre] = valor

    def get(self, camino: str, *, follow_redirects: bool = False) -> Respuesta:
        """As the test client's."""
        return self._seguir(self._pedir("GET", camino), follow_redirects)

    def post(
        self, camino: str, *, data: dict[str, Any], content_type: str = "", follow_redirects: bool = False
    ) -> Respuesta:
        """As the test client's, always as a form with files."""
        limite, cuerpo = encode_multipart({k: v for k, v in data.items() if v is not None})
        tipo = f'multipart/form-data; boundary="{limite}"'
        return self._seguir(self._pedir("POST", camino, cuerpo, tipo), follow_redirects)

    def _seguir(self, respuesta: Respuesta, seguir: bool) -> Respuesta:
        historia: list[Respuesta] = []
        while seguir and respuesta.status_code in (301, 302, 303) and len(historia) < VUELTAS_MAXIMAS:
            historia.append(respuesta)
            respuesta = self._pedir(
                "GET", urljoin(respuesta.request.path, respuesta.request.destino), pausa=False
            )
        respuesta.history = historia
        return respuesta

    def _pedir(
        self, metodo: str, camino: str, cuerpo: bytes | None = None, tipo: str = "", *, pausa: bool = True
    ) -> Respuesta:
        if pausa and self._pausa:
            time.sleep(self._azar.uniform(0, 2 * self._pausa))
        if time.perf_counter() - self._callado_desde > CALLADO_S:
            # A server hangs up on whoever is silent; a browser calls again.
            self._conexion.close()
        partes = urlsplit(camino)
        completo = partes.path + (f"?{partes.query}" if partes.query else "")
        encabezados = {"Cookie": "; ".join(f"{n}={v}" for n, v in self._galletas.items())}
        if tipo:
            encabezados["Content-Type"] = tipo
        inicio = time.perf_counter()
        self._conexion.request(metodo, completo, cuerpo, encabezados)
        respuesta = self._conexion.getresponse()
        texto = respuesta.read().decode("utf-8", "replace")
        self._callado_desde = time.perf_counter()
        tomo = self._callado_desde - inicio
        self.medidas.append(Medida(metodo, sin_numeros(partes.path), tomo, respuesta.status))
        for galleta in respuesta.headers.get_all("Set-Cookie") or ():
            self._galletas |= {n: m.value for n, m in SimpleCookie(galleta).items()}
        pedido = SimpleNamespace(
            path=partes.path,
            full_path=f"{partes.path}?{partes.query}",
            destino=respuesta.headers.get("Location", ""),
            environ={"wsgi.input": io.BytesIO()},
        )
        return Respuesta(respuesta.status, texto, pedido)

    def cerrar(self) -> None:
        """Hang up."""
        self._conexion.close()


def sin_numeros(camino: str) -> str:
    """A path with `#` in the place of each number."""
    return "/".join("#" if parte.isdigit() else parte for parte in camino.split("/"))
