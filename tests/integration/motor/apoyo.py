"""A small house for the engine's tests: own diagrams, own verbs, own messages, the real everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.denuncia import Canal, Denuncia
from models.expediente import Expediente
from models.organizacion import Ooad, Rol, Subdelegacion, Usuario, UsuarioRol
from models.patron import Patron
from models.proceso import DefinicionProceso, EstadoTarea, Incidente, Instancia, Tarea, Temporizador
from models.session import fabrica
from workflow.actions._transaction import action
from workflow.actions.casa import almacen_de_casos, catalogo
from workflow.adapters.almacen import AlmacenLocal
from workflow.adapters.boveda import BovedaLocal
from workflow.adapters.correo import CorreoEnCarpeta
from workflow.context import SISTEMA, Actor, Ctx, Servicios
from workflow.engine.catalog import digest
from workflow.engine.messages import parse
from workflow.engine.store import Case
from workflow.formularios import desde_json
from workflow.operations.sujeto import Sujeto, de_denuncia

DIAGRAMAS = Path(__file__).parent / "diagramas"
INICIO = dt.datetime(2026, 11, 20, 16, 0, tzinfo=dt.UTC)
MENSAJES = {
    "caso_abierto": {"clave": "denuncia_id", "datos": ["canal"], "politica": "I", "a": ["espera"]},
    "respuesta_dada": {"clave": "denuncia_id", "datos": ["promocion_id"], "politica": "R", "a": ["espera"]},
    "aviso_dado": {"clave": "denuncia_id", "datos": ["promocion_id"], "politica": "R", "a": ["espera"]},
    "aviso_fugaz": {"clave": "denuncia_id", "datos": [], "politica": "B", "a": ["espera"]},
    "acuerdo_tomado": {"clave": "propuesta_id", "datos": ["acuerdo_id"], "politica": "R", "a": ["sigue"]},
}
_FORMAS = {
    "revisar": {"resultado": ["procede", "no_procede"]},
    "firmar": {"firmado": ["si", "no"], "propuesta": None},
}


def _forma(nombre: str) -> Any:
    propiedades: dict[str, Any] = {}
    for campo, opciones in _FORMAS[nombre].items():
        if opciones is None:
            propiedades[campo] = {"title": campo, "type": "string", "x-tipo": "texto", "maxLength": 40}
        else:
            propiedades[campo] = {
                "title": campo,
                "type": "string",
                "x-tipo": "opcion",
                "enum": opciones,
                "x-etiquetas": {o: o for o in opciones},
            }
    primero = next(iter(propiedades))
    return desde_json(
        "caso",
        nombre,
        {
            "$id": nombre,
            "title": nombre,
            "type": "object",
            "x-boton": "Enviar",
            "x-secciones": [{"titulo": "Datos", "campos": list(propiedades)}],
            "properties": propiedades,
            "required": [primero],
        },
    )


@dataclass
class Verbos:
    """The verbs of the test diagrams. `antes[nombre]` runs first: it may fail or stop."""

    vistos: list[tuple[str, dict[str, Any], dt.datetime]] = field(default_factory=list)
    antes: dict[str, Callable[[Ctx, Any], None]] = field(default_factory=dict)
    da: dict[str, dict[str, Any]] = field(default_factory=dict)

    def get(self, nombre: str) -> Callable[[Ctx, Any], Mapping[str, Any]]:
        def hacer(ctx: Ctx, call: Any) -> Mapping[str, Any]:
            if nombre in self.antes:
                self.antes[nombre](ctx, call)
            self.vistos.append((nombre, dict(call.data), ctx.now))
            if nombre == "revisar":
                return {"resultado": call.form["resultado"]}
            if nombre == "firmar":
                propuesta = call.form.get("propuesta")
                dado = {"firmado": call.form["firmado"] == "si"}
                return dado | ({"propuesta_id": int(propuesta), "acuerdo_id": 7} if propuesta else {})
            return self.da.get(nombre, {})

        return hacer

    def veces(self, nombre: str) -> int:
        return sum(1 for visto in self.vistos if visto[0] == nombre)


class CasaDePrueba:
    """One database with people, an employer and published test diagrams."""

    def __init__(self, motor: Engine, carpeta: Path) -> None:
        self.motor, self.verbos, self.now = motor, Verbos(), INICIO
        self.sesiones = fabrica(motor)
        # Reads of the tests never wait for a writer.
        self.lecturas = fabrica(motor.execution_options(solo_lectura=True))
        mensajes = parse(MENSAJES)
        formas = {nombre: _forma(nombre) for nombre in _FORMAS}
        self.verbos.da |= {"leer_respuesta": {"repetir": False}}
        self.store = almacen_de_casos(
            catalogo(mensajes, exigente=False),
            mensajes,
            operaciones=self.verbos.get,
            formas=lambda _proceso, nombre: formas[nombre],
        )
        self.servicios = Servicios(
            boveda=BovedaLocal([Fernet.generate_key().decode()]),
            almacen=AlmacenLocal(carpeta),
            correo=CorreoEnCarpeta(carpeta / "correo"),
            url_base="http://prueba",
            fuentes=carpeta,
            zona=ZoneInfo("America/Mexico_City"),
        )
        self._sembrar()

    def _sembrar(self) -> None:
        with self.sesiones() as s:
            ooad = Ooad(clave="09", nombre="Norte")
            s.add(ooad)
            s.flush()
            for clave in ("0901", "0902"):
                s.add(Subdelegacion(ooad_id=ooad.id, clave=clave, nombre=f"Subdelegación {clave}"))
            s.flush()
            unidad = s.scalars(select(Subdelegacion).order_by(Subdelegacion.id)).first()
            assert unidad is not None
            s.add(
                Patron(
                    registro_patronal="A1234567890", nombre="Comercial del Norte", subdelegacion_id=unidad.id
                )
            )
            for nombre, rol in (
                ("ana", Rol.ANALISTA_AUDITORIA),
                ("alba", Rol.ANALISTA_AUDITORIA),
                ("jorge", Rol.JEFE_AUDITORIA),
            ):
                s.add(
                    Usuario(
                        correo=f"{nombre}@prueba.mx",
                        nombre=nombre.capitalize(),
                        clave_hash="x",
                        subdelegacion_id=unidad.id,
                        roles=[UsuarioRol(rol=rol)],
                    )
                )
            s.commit()
        for ruta in sorted(DIAGRAMAS.glob("*.bpmn")):
            self.publicar(ruta.stem, ruta.read_bytes())

    def publicar(self, proceso: str, datos: bytes) -> None:
        with self.sesiones() as s:
            version = s.query(DefinicionProceso).filter_by(proceso=proceso).count() + 1
            archivos = {f"{proceso}.bpmn": datos}
            s.add(
                DefinicionProceso(
                    proceso=proceso,
                    version=version,
                    sha256=digest(archivos),
                    archivos={n: d.decode() for n, d in archivos.items()},
                    publicada_en=INICIO,
                )
            )
            s.commit()

    # -- people ------------------------------------------------------------------------------------------
    def actor(self, nombre: str) -> Actor:
        with self.lecturas() as s:
            u = s.scalars(select(Usuario).where(Usuario.correo == f"{nombre}@prueba.mx")).one()
            return Actor(
                "persona",
                u.id,
                u.nombre,
                frozenset(str(r.rol) for r in u.roles),
                u.subdelegacion_id,
                u.ooad_id,
            )

    @contextmanager
    def ctx(self, quien: str | None = None, now: dt.datetime | None = None) -> Iterator[Ctx]:
        actor = SISTEMA if quien is None else self.actor(quien)
        with self.sesiones() as s:
            yield Ctx(s, actor, now or self.now, self.servicios, self.store)

    # -- nouns -------------------------------------------------------------------------------------------
    def denuncia(self) -> int:
        with self.sesiones() as s:
            unidad = s.scalars(select(Subdelegacion).order_by(Subdelegacion.id)).first()
            patron = s.scalars(select(Patron)).one()
            assert unidad is not None
            n = s.query(Denuncia).count() + 1
            expediente = Expediente(
                folio=f"EXP-{n}", subdelegacion_id=unidad.id, patron_id=patron.id, abierto_en=self.now
            )
            s.add(expediente)
            s.flush()
            denuncia = Denuncia(
                folio=f"DEN-{n}",
                canal=Canal.WEB,
                presentada_en=self.now,
                digesto="0" * 64,
                clave_hash="x",
                identificada=True,
                hechos={},
                expediente_id=expediente.id,
                subdelegacion_id=unidad.id,
                patron_id=patron.id,
            )
            s.add(denuncia)
            s.commit()
            return denuncia.id

    def sujeto(self, denuncia_id: int) -> Sujeto:
        with self.lecturas() as s:
            return de_denuncia(s.get_one(Denuncia, denuncia_id))

    def iniciar(self, proceso: str, denuncia_id: int | None = None, **datos: Any) -> int:
        """A case about a denuncia (a new one by default); returns the id of the instance."""
        denuncia_id = denuncia_id or self.denuncia()
        sujeto = self.sujeto(denuncia_id)

        @action
        def empezar(ctx: Ctx) -> Case:
            case: Case = ctx.engine.start(
                ctx, proceso, sujeto, f"DEN-{denuncia_id}", {"denuncia_id": denuncia_id, **datos}
            )
            return case

        with self.ctx() as ctx:
            return empezar(ctx).id

    # -- what one sees -----------------------------------------------------------------------------------
    def tareas(self, instancia_id: int | None = None, *, todas: bool = False) -> list[Tarea]:
        with self.lecturas() as s:
            consulta = select(Tarea).order_by(Tarea.id)
            if instancia_id is not None:
                consulta = consulta.where(Tarea.instancia_id == instancia_id)
            if not todas:
                consulta = consulta.where(Tarea.estado == EstadoTarea.ABIERTA)
            return list(s.scalars(consulta))

    def tarea(self, instancia_id: int) -> Tarea:
        (unica,) = self.tareas(instancia_id)
        return unica

    def instancia(self, instancia_id: int) -> Instancia:
        with self.lecturas() as s:
            return s.get_one(Instancia, instancia_id)

    def temporizadores(self) -> list[Temporizador]:
        with self.lecturas() as s:
            return list(s.scalars(select(Temporizador).order_by(Temporizador.id)))

    def incidentes(self) -> list[Incidente]:
        with self.lecturas() as s:
            return list(s.scalars(select(Incidente).order_by(Incidente.id)))

    def todo(self, modelo: type[Any]) -> list[Any]:
        with self.lecturas() as s:
            return list(s.scalars(select(modelo).order_by(modelo.id)))

    def otra(self) -> CasaDePrueba:
        """Another process on the same database: its own caches."""
        gemela = object.__new__(CasaDePrueba)
        gemela.__dict__.update(self.__dict__)
        mensajes = parse(MENSAJES)
        gemela.store = almacen_de_casos(
            catalogo(mensajes, exigente=False),
            mensajes,
            operaciones=self.verbos.get,
            formas=self.store.forms,
        )
        return gemela


def a_las(ctx: Ctx, now: dt.datetime) -> Ctx:
    """The same context at another instant."""
    return replace(ctx, now=now)


__all__ = ["INICIO", "CasaDePrueba", "Session", "a_las"]
