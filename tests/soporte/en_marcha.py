"""The whole house in processes of its own: web servers, workers, and people at their browsers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import update

from models.reloj import Reloj
from tests.benchmarks.navegante import Navegante
from tests.soporte.procesos import Proceso, gunicorn, trabajador
from tests.web import publico
from tests.web.personal import Oficina, abrir_sesion, apretar
from web.config import Ajustes
from workflow.queries import pulso
from workflow.queries.pulso import Pulso

QUIETUD_S = 90.0
JEFE, ANALISTA = "jose.cazares", "ana.trejo"


@dataclass
class EnMarcha:
    """One database behind several processes."""

    oficina: Oficina
    direccion: str
    procesos: list[Proceso] = field(default_factory=list)

    @contextmanager
    def navegador(self, quien: str = "") -> Iterator[Any]:
        """A browser over the network, signed in or nobody's."""
        navegante = Navegante(self.direccion)
        if quien:
            cliente = self.oficina.app.test_client()
            abrir_sesion(cliente, self.oficina.usuario(quien))
            galleta = cliente.get_cookie("denuncias")
            assert galleta is not None
            navegante.galleta("denuncias", galleta.value)
        try:
            yield publico.Persona(navegante)  # type: ignore[arg-type]
        finally:
            navegante.cerrar()

    def asignar(self, tarea_id: int) -> int:
        """The chief gives a task to Ana, unless somebody has; HTTP status of what she reads afterwards."""
        with self.navegador(JEFE) as p:
            p.ir(f"/tarea/{tarea_id}")
            if 'id="formulario"' in p.pagina.text:
                analista = self.oficina.usuario(ANALISTA).id
                apretar(p, prioridad="normal", analista=analista, sin_conflicto="si")
            return int(p.pagina.status_code)

    def adelantar(self, dias: int) -> None:
        """The clock jumps and nobody fires anything: that is for the workers."""
        with self.oficina.ctx() as ctx:
            cambio = update(Reloj).values(adelanto_s=Reloj.adelanto_s + dias * 86400)
            if not ctx.session.execute(cambio).rowcount:
                ctx.session.add(Reloj(id=1, adelanto_s=dias * 86400))
            ctx.session.commit()

    def aquietar(self) -> None:
        """Until nothing is due and nothing waits to leave. TimeoutError when it does not end."""
        limite = time.monotonic() + QUIETUD_S
        while (medido := self._pulso()).temporizadores_atrasados + medido.salidas_pendientes:
            if time.monotonic() > limite:
                raise TimeoutError(f"{medido}: {[p.dicho[-1500:] for p in self.procesos]}")
            time.sleep(0.2)

    def _pulso(self) -> Pulso:
        with self.oficina.ctx() as ctx:
            return pulso.tomar(ctx)


@contextmanager
def en_marcha(oficina: Oficina, ajustes: Ajustes, carpeta: Path, trabajadores: int = 2) -> Iterator[EnMarcha]:
    """Two processes of gunicorn and so many workers on the database of the office's application."""
    motor = oficina.app.extensions["denuncias"].motor
    puestos = replace(ajustes, database_url=motor.url.render_as_string(hide_password=False))
    with ExitStack() as pila:
        # The workers start while the web does.
        corren = [
            pila.enter_context(trabajador(puestos, carpeta / f"trabajador-{numero}.txt"))
            for numero in range(trabajadores)
        ]
        web = pila.enter_context(gunicorn(puestos, carpeta / "web.txt", procesos=2))
        for corre in corren:
            corre.esperar("trabajador en marcha")
        yield EnMarcha(oficina, web.direccion, [web, *corren])


def a_la_vez(quehaceres: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each in a thread of its own, all released together; what each returned. The first failure is raised."""
    juntos, hecho = threading.Barrier(len(quehaceres)), dict[int, Any]()
    errores: list[BaseException] = []

    def hacer(numero: int) -> None:
        try:
            juntos.wait()
            hecho[numero] = quehaceres[numero]()
        except BaseException as error:
            errores.append(error)

    hilos = [threading.Thread(target=hacer, args=(n,)) for n in range(len(quehaceres))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    if errores:
        raise errores[0]
    return [hecho[n] for n in range(len(quehaceres))]
