"""What a request or a job costs: seconds of processor in its own process and in the database's, without its waits.

Processor time does not depend on who else uses the machine. That of PostgreSQL is read from the accounts of its own
processes, when they run on this machine; on SQLite it is part of ours.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select, update

from models.denuncia import Denuncia
from models.reloj import Reloj
from models.salida import EstadoSalida, Salida
from tests.benchmarks.bases import ajustes_de, base
from tests.benchmarks.carga import ANALISTA, QUIEN
from tests.benchmarks.navegante import sin_numeros
from tests.web import publico
from tests.web.personal import Oficina, campos_de, enviar
from web import create_app
from workflow.actions import salida, temporizador

CASOS = 40
DIAS = 60
PETICIONES = {
    ("GET", "/bandeja"): "bandeja",
    ("GET", "/bandeja/novedades"): "novedades",
    ("POST", "/tarea/#/borrador"): "borrador",
    ("GET", "/tarea/#"): "tarea",
    ("POST", "/tarea/#"): "completar",
    ("POST", "/denuncia/presentar"): "presentar",
    ("GET", "/seguimiento/caso"): "buzon",
}
CASO, ASISTENTE, PLAZO = "caso", "asistente", "plazo"


@dataclass(frozen=True)
class Gasto:
    """Seconds of processor here and in the database, and statements sent."""

    propio: float
    base: float
    sentencias: float


@dataclass
class Contador:
    """The accounts of this process and of its connections to one database."""

    motor: Engine
    sentencias: int = 0
    servidores: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        event.listen(self.motor, "connect", self._conecta)
        event.listen(self.motor, "before_cursor_execute", self._manda)

    def _conecta(self, conexion: Any, _registro: object) -> None:
        info = getattr(conexion, "info", None)
        if info is not None:
            self.servidores.add(info.backend_pid)

    def _manda(self, *_: object) -> None:
        self.sentencias += 1

    def leer(self) -> Gasto:
        """What they have spent so far."""
        return Gasto(time.process_time(), sum(map(_de_proceso, self.servidores)), self.sentencias)

    def medir(self, hacer: Callable[[], Any]) -> tuple[Any, Gasto]:
        """What it returned, and what it cost."""
        antes = self.leer()
        hecho = hacer()
        ahora = self.leer()
        return hecho, Gasto(
            ahora.propio - antes.propio, ahora.base - antes.base, ahora.sentencias - antes.sentencias
        )


def _de_proceso(pid: int) -> float:
    """Seconds of processor of a process of this machine; 0 when it is not here."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError):
        return 0.0


def calibrar(cual: str, casos: int, carpeta: Path) -> dict[str, Gasto]:
    """The mean cost of each kind of request and of each kind of job of the worker."""
    gastos: dict[str, list[Gasto]] = defaultdict(list)
    with base(cual, carpeta) as motor:
        contador = Contador(motor)
        app = create_app(ajustes_de(motor, carpeta), motor=motor)
        oficina = Oficina(app)
        app.wsgi_app = _con_cuentas(app.wsgi_app, contador, gastos)  # type: ignore[method-assign]
        _gente(oficina, casos)
        _trabajador(oficina, contador, gastos, casos)
    # The first of each kind pays for what is read once.
    return {clase: _media(suyos[1:] or suyos) for clase, suyos in gastos.items()}


def _media(gastos: Iterable[Gasto]) -> Gasto:
    suyos = list(gastos)
    return Gasto(
        *(statistics.fmean(getattr(g, campo) for g in suyos) for campo in Gasto.__dataclass_fields__)
    )


def _con_cuentas(interior: Any, contador: Contador, gastos: dict[str, list[Gasto]]) -> Any:
    def servir(ambiente: Any, empezar: Any) -> list[bytes]:
        def todo() -> list[bytes]:
            cuerpo = interior(ambiente, empezar)
            try:
                return list(cuerpo)
            finally:
                getattr(cuerpo, "close", lambda: None)()

        hecho, gasto = contador.medir(todo)
        clase = _clase(ambiente["REQUEST_METHOD"], ambiente["PATH_INFO"])
        if clase:
            gastos[clase].append(gasto)
        return list(hecho)

    return servir


def _clase(metodo: str, camino: str) -> str:
    conocida = PETICIONES.get((metodo, sin_numeros(camino)))
    if conocida:
        return conocida
    if camino.startswith("/denuncia/"):
        return ASISTENTE
    return CASO if metodo == "GET" and camino.startswith("/caso/") and camino.count("/") == 2 else ""


def _gente(oficina: Oficina, casos: int) -> None:
    """As many denuncias filed page by page and read afterwards; as many tasks seen and done, each case looked at."""
    analista = oficina.usuario(ANALISTA).id
    for _ in range(casos):
        p = publico.Persona(oficina.app.test_client())
        folio, clave = publico.presentar(p)
        p.ir("/seguimiento")
        p.enviar(folio=folio, clave=clave)
        denuncia = oficina.denuncia()
        tarea = next(t for t in oficina.tareas("asignar_denuncia") if t.sujeto_id == denuncia)
        jefe = oficina.entra(QUIEN)
        jefe.ir("/bandeja")
        jefe.cliente.get("/bandeja/novedades?pestana=mias&t=0")
        jefe.ir(f"/tarea/{tarea.id}")
        jefe.cliente.post(f"/tarea/{tarea.id}/borrador", data=campos_de(jefe))
        enviar(jefe, tarea.id, prioridad="normal", analista=analista, sin_conflicto="si")
        with oficina.ctx() as ctx:
            jefe.ir(f"/caso/{ctx.session.get_one(Denuncia, denuncia).folio}")


def _trabajador(oficina: Oficina, contador: Contador, gastos: dict[str, list[Gasto]], casos: int) -> None:
    """The outbox row by row, then as many terms that ran out."""
    for _ in range(casos):
        oficina.denuncia(identificarse="no", nombre=None, primer_apellido=None, curp=None)
    with oficina.ctx() as ctx:
        pendiente = select(Salida.tipo).where(Salida.estado == EstadoSalida.PENDIENTE)
        primera = pendiente.order_by(Salida.proxima_en, Salida.id).limit(1)
        while (tipo := ctx.session.scalar(primera)) is not None:
            ctx.session.rollback()
            _, gasto = contador.medir(lambda: salida.vaciar(ctx, lote=1))
            gastos[tipo].append(gasto)
        _adelantar(ctx)
    with oficina.ctx() as ctx:
        while True:
            hechos, gasto = contador.medir(lambda: temporizador.barrer(ctx, lote=1))
            if not hechos:
                return
            gastos[PLAZO].append(gasto)


def _adelantar(ctx: Any) -> None:
    cambio = update(Reloj).values(adelanto_s=Reloj.adelanto_s + DIAS * 86400)
    if not ctx.session.execute(cambio).rowcount:
        ctx.session.add(Reloj(id=1, adelanto_s=DIAS * 86400))
    ctx.session.commit()
