"""What must be true after every death: one sentence for each thing that is not.

The cheap part looks at what changed since the last time; `todas` walks the whole house.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.bitacora import Entrada
from models.documento import Documento, OrigenDocumento
from models.plazo import Plazo
from models.proceso import (
    Entrega,
    Espera,
    EstadoInstancia,
    EstadoMensaje,
    EstadoTarea,
    Incidente,
    Instancia,
    Mensaje,
    Tarea,
    Temporizador,
)
from models.salida import EstadoSalida, Salida
from workflow.context import Ctx
from workflow.operations import archivo
from workflow.queries.bitacora import verificar

Abrir = Callable[[], AbstractContextManager[Ctx]]
# What is done once: verb of the log → the id that may be in it only once.
UNA_VEZ = {"completar_tarea": "tarea_id", "emitir_documento": "documento_id"}


class Estado:
    """The eye on one house. `abrir`: a context in which the system acts."""

    def __init__(self, abrir: Abrir) -> None:
        self._abrir = abrir
        self._vistas: dict[int, int] = {}
        self._ultima = 0
        self._huellas: set[str] = set()
        self._hechos: Counter[tuple[str, int]] = Counter()

    def faltas(self, acuses: frozenset[str] = frozenset()) -> list[str]:
        """What changed since the last look, and what a dead process had been told."""
        with self._abrir() as ctx:
            self._leer_bitacora(ctx)
            halladas = [*self._casos(ctx), *self._una_vez(ctx), *_incidentes(ctx)]
            ctx.session.rollback()
        perdidos = acuses - self._huellas
        return halladas + [f"se confirmó y no está: {huella[:12]}" for huella in sorted(perdidos)]

    def todas(self) -> list[str]:
        """Every case, the chain, the outbox, the messages and the files."""
        self._vistas.clear()
        halladas = self.faltas()
        with self._abrir() as ctx:
            rotura = verificar(ctx.session).rotura
            halladas += [f"bitácora: {rotura}"] if rotura is not None else []
            halladas += [*_mensajes(ctx), *_salidas(ctx), *_archivos(ctx)]
            ctx.session.rollback()
        return halladas

    def pendientes(self) -> list[str]:
        """What the worker should have finished by now."""
        with self._abrir() as ctx:
            salidas = select(Salida).where(Salida.estado != EstadoSalida.HECHA)
            sueltas = [f"salida {una.tipo} {una.clave}: {una.estado}" for una in ctx.session.scalars(salidas)]
            mensajes = select(Mensaje).where(Mensaje.estado == EstadoMensaje.PENDIENTE)
            return sueltas + [f"mensaje {uno.nombre} sin entregar" for uno in ctx.session.scalars(mensajes)]

    # -- the log -------------------------------------------------------------------------------------
    def _leer_bitacora(self, ctx: Ctx) -> None:
        nuevas = select(Entrada.id, Entrada.verbo, Entrada.datos, Entrada.hash).where(
            Entrada.id > self._ultima
        )
        for fila in ctx.session.execute(nuevas.order_by(Entrada.id)):
            self._ultima = fila.id
            self._huellas.add(fila.hash)
            if fila.verbo in UNA_VEZ:
                self._hechos[fila.verbo, int(fila.datos[UNA_VEZ[fila.verbo]])] += 1

    def _una_vez(self, ctx: Ctx) -> Iterator[str]:
        """Every task that was done has its entry, every document its own: one, never two."""
        hechas = select(Tarea.id).where(Tarea.estado == EstadoTarea.HECHA)
        emitidos = select(Documento.id).where(Documento.origen == OrigenDocumento.EMITIDO)
        for verbo, consulta in (("completar_tarea", hechas), ("emitir_documento", emitidos)):
            debe = {(verbo, uno) for uno in ctx.session.scalars(consulta)}
            hay = {par for par in self._hechos if par[0] == verbo}
            yield from (f"{verbo} {uno}: sin rastro" for _, uno in sorted(debe - hay))
            yield from (f"{verbo} {uno}: en la bitácora y no en la base" for _, uno in sorted(hay - debe))
        yield from (f"{verbo} {uno}: {n} veces" for (verbo, uno), n in self._hechos.items() if n > 1)

    # -- the cases -----------------------------------------------------------------------------------
    def _casos(self, ctx: Ctx) -> Iterator[str]:
        ahora = {
            fila.id: fila.version for fila in ctx.session.execute(select(Instancia.id, Instancia.version))
        }
        for instancia, version in ahora.items():
            if self._vistas.get(instancia) != version:
                yield from _caso(ctx, instancia)
        self._vistas = ahora


def _caso(ctx: Ctx, instancia_id: int) -> Iterator[str]:
    """The engine can be restored, and every row that people and clocks see is what it holds."""
    caso = ctx.engine.lock(ctx, instancia_id)
    filas = {
        "tareas": {t.nodo_motor for t in _de(ctx, Tarea, instancia_id) if t.estado == EstadoTarea.ABIERTA},
        "esperas": {(e.nodo_motor, e.nodo, e.mensaje) for e in _de(ctx, Espera, instancia_id)},
        "plazos": {(t.nodo_motor, t.nodo, t.plazo_clave) for t in _de(ctx, Temporizador, instancia_id)},
    }
    motor: dict[str, set[Any]] = {"tareas": set(), "esperas": set(), "plazos": set()}
    if caso.estado != EstadoInstancia.TERMINADA:
        motor = {
            "tareas": set(caso.before.tasks),
            "esperas": {(*clave, mensaje) for clave, mensaje in caso.before.waits.items()},
            "plazos": {(*clave, plazo) for clave, plazo in caso.before.timers.items()},
        }
    for que, suyas in filas.items():
        if suyas != motor[que]:
            yield f"caso {instancia_id} ({caso.proceso}): {que} {suyas} y el motor dice {motor[que]}"
    yield from _fechas(ctx, caso)


def _fechas(ctx: Ctx, caso: Any) -> Iterator[str]:
    """A timer fires on the day that the ledger says."""
    abiertos = select(Plazo.clave, Plazo.dispara_en).where(
        Plazo.sujeto_tipo == caso.sujeto_tipo, Plazo.sujeto_id == caso.sujeto_id, Plazo.cerrado_en.is_(None)
    )
    libro = {fila.clave: fila.dispara_en for fila in ctx.session.execute(abiertos)}
    for timer in _de(ctx, Temporizador, caso.id):
        debe = libro.get(timer.plazo_clave)
        if timer.vence_en != debe:
            yield f"caso {caso.id}: {timer.plazo_clave} vence {timer.vence_en} y el libro dice {debe}"


def _de(ctx: Ctx, modelo: type[Any], instancia_id: int) -> list[Any]:
    consulta = select(modelo).where(modelo.instancia_id == instancia_id)
    return list(ctx.session.scalars(consulta.execution_options(populate_existing=True)))


def _incidentes(ctx: Ctx) -> Iterator[str]:
    for incidente in ctx.session.scalars(select(Incidente).where(Incidente.resuelto_en.is_(None))):
        yield f"incidente en {incidente.que}: {incidente.causa}"


# -- the whole house -------------------------------------------------------------------------------------
def _mensajes(ctx: Ctx) -> Iterator[str]:
    """A message is not delivered to a case more often than its delivery says: once."""
    entregas = select(Entrega.mensaje_id).where(Entrega.estado == EstadoMensaje.ENTREGADO)
    debe = Counter(ctx.session.scalars(entregas))
    recibidos = select(Entrada.datos).where(Entrada.verbo == "recibir_mensaje")
    for mensaje, veces in Counter(int(d["mensaje_id"]) for d in ctx.session.scalars(recibidos)).items():
        if veces > debe[mensaje]:
            yield f"mensaje {mensaje}: recibido {veces} veces con {debe[mensaje]} entregas"


def _salidas(ctx: Ctx) -> Iterator[str]:
    """Every issued document asks for its PDF, once; whoever has it, has its file."""
    claves = Counter(ctx.session.scalars(select(Salida.clave)))
    yield from (f"salida {clave}: {n} veces" for clave, n in claves.items() if n > 1)
    emitidos = select(Documento.id).where(Documento.origen == OrigenDocumento.EMITIDO)
    for documento in ctx.session.scalars(emitidos):
        if not claves[f"documento:{documento}"]:
            yield f"documento {documento}: nadie hará su PDF"


def _archivos(ctx: Ctx) -> Iterator[str]:
    for sha256 in _nombrados(ctx):
        if not ctx.servicios.almacen.existe(sha256):
            yield f"archivo {sha256[:12]}: una fila lo nombra y no está"


def sueltos(ctx: Ctx, carpeta: Path) -> list[str]:
    """Files of the store that no row names, half-written ones too."""
    nombrados = _nombrados(ctx)
    return [ruta.name for ruta in sorted(carpeta.glob("??/*")) if ruta.name not in nombrados]


def _nombrados(ctx: Ctx) -> set[str]:
    return {
        sha256
        for modelo in archivo.NOMBRAN
        for sha256 in ctx.session.scalars(select(modelo.sha256).where(modelo.sha256.is_not(None)))
    }
