"""The engine's memory and its projections: what a process waits for is always a row that a page can read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from models.base import Base, Etiquetado, columna_enum


class DefinicionProceso(Base):
    """A published version of a process: immutable, found by digest. Instances stay on theirs."""

    __tablename__ = "definicion_proceso"
    __table_args__ = (UniqueConstraint("proceso", "version"), UniqueConstraint("proceso", "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    proceso: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    # File name -> text of the diagram: the shell and everything that it calls.
    archivos: Mapped[dict[str, Any]] = deferred(mapped_column(JSON))
    publicada_en: Mapped[dt.datetime]


class EstadoInstancia(Etiquetado):
    ACTIVA = "activa", "Activa"
    INCIDENTE = "incidente", "Detenida por un incidente"
    TERMINADA = "terminada", "Terminada"


class Instancia(Base):
    """One running process. One row, one lock: `estado_motor` (compact bytes) and `version`."""

    __tablename__ = "instancia"
    __table_args__ = (Index("ix_instancia_sujeto", "sujeto_tipo", "sujeto_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    definicion_id: Mapped[int] = mapped_column(ForeignKey("definicion_proceso.id"))
    proceso: Mapped[str] = mapped_column(String(40), index=True)
    sujeto_tipo: Mapped[str] = mapped_column(String(20))
    sujeto_id: Mapped[int]
    folio: Mapped[str] = mapped_column(String(30), default="")
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    estado: Mapped[EstadoInstancia] = mapped_column(
        columna_enum(EstadoInstancia), default=EstadoInstancia.ACTIVA
    )
    estado_motor: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)
    # Ids of the end events reached at the top, and the decisions that remained.
    fin: Mapped[str | None] = mapped_column(String(200))
    datos_fin: Mapped[dict[str, Any] | None]
    iniciada_en: Mapped[dt.datetime]
    terminada_en: Mapped[dt.datetime | None]
    # The version column is the engine's own optimistic lock; the row is also locked while it advances.
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it from the class)

    definicion: Mapped[DefinicionProceso] = relationship()


class Correlacion(Base):
    """A value by which messages find an instance; it may hold several of one key."""

    __tablename__ = "correlacion"
    __table_args__ = (
        UniqueConstraint("instancia_id", "clave", "valor"),
        Index("ix_correlacion_clave_valor", "clave", "valor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instancia_id: Mapped[int] = mapped_column(ForeignKey("instancia.id"))
    clave: Mapped[str] = mapped_column(String(30))
    valor: Mapped[str] = mapped_column(String(40))


class EstadoTarea(Etiquetado):
    ABIERTA = "abierta", "Abierta"
    HECHA = "hecha", "Hecha"
    CANCELADA = "cancelada", "Cancelada"


_ABIERTAS = text("estado = 'abierta'")


class Tarea(Base):
    """A task that a person may do, projected from the engine in the same transaction."""

    __tablename__ = "tarea"
    __table_args__ = (
        UniqueConstraint("instancia_id", "nodo_motor"),
        # The open tasks of a noun: a pause holds them, and whoever has one sees its case.
        Index(
            "ix_tarea_sujeto",
            "sujeto_tipo",
            "sujeto_id",
            sqlite_where=_ABIERTAS,
            postgresql_where=_ABIERTAS,
        ),
        Index("ix_tarea_hechas", "hecha_por", "hecha_en", "id"),
        Index("ix_tarea_expediente", "expediente_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instancia_id: Mapped[int] = mapped_column(ForeignKey("instancia.id"))
    # Id of the task inside the engine.
    nodo_motor: Mapped[str] = mapped_column(String(40))
    # Diagram and element where it stands.
    proceso: Mapped[str] = mapped_column(String(40))
    nodo: Mapped[str] = mapped_column(String(60))
    nombre: Mapped[str] = mapped_column(String(160))
    rol: Mapped[str] = mapped_column(String(30))
    formulario: Mapped[str] = mapped_column(String(60))
    operacion: Mapped[str] = mapped_column(String(60))
    # Item of a multi-instance (a seat id), as text.
    item: Mapped[str | None] = mapped_column(String(40))
    permitida_en_suspension: Mapped[bool] = mapped_column(default=False)
    en_espera: Mapped[bool] = mapped_column(default=False)
    estado: Mapped[EstadoTarea] = mapped_column(columna_enum(EstadoTarea), default=EstadoTarea.ABIERTA)
    sujeto_tipo: Mapped[str] = mapped_column(String(20))
    sujeto_id: Mapped[int]
    folio: Mapped[str] = mapped_column(String(30), default="")
    titulo: Mapped[str] = mapped_column(String(250), default="")
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"))
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"))
    prioridad: Mapped[int] = mapped_column(default=0)
    # vence_en is what the inbox orders by: the instant after which the term is missed; far future: no term.
    plazo_id: Mapped[int | None] = mapped_column(ForeignKey("plazo.id"), index=True)
    vence_en: Mapped[dt.datetime]
    # True when she is the only one who may do it (a seat); else a claim that can be released.
    reservada: Mapped[bool] = mapped_column(default=False)
    asignada_a: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    tomada_en: Mapped[dt.datetime | None]
    creada_en: Mapped[dt.datetime]
    hecha_en: Mapped[dt.datetime | None]
    hecha_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    pospuesta_hasta: Mapped[dt.date | None]
    borrador: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    borrador_en: Mapped[dt.datetime | None]
    borrador_de: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    # What was sent and accepted: cleaned form data, without identity.
    respuesta: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)

    instancia: Mapped[Instancia] = relationship()


_ORDEN = (Tarea.vence_en, Tarea.prioridad.desc(), Tarea.id)
# The inbox: open tasks of a unit and a role by legal deadline and priority; of a person; of a role over many units.
for _nombre, _de_quien in (
    ("ix_tarea_bandeja", (Tarea.subdelegacion_id, Tarea.rol)),
    ("ix_tarea_mias", (Tarea.asignada_a,)),
    ("ix_tarea_rol", (Tarea.rol,)),
):
    Index(_nombre, *_de_quien, *_ORDEN, sqlite_where=_ABIERTAS, postgresql_where=_ABIERTAS)


class Temporizador(Base):
    """An armed timer. Its date is the ledger's; due ones are taken with SKIP LOCKED."""

    __tablename__ = "temporizador"
    __table_args__ = (
        UniqueConstraint("instancia_id", "nodo_motor", "nodo"),
        # The order in which they are taken: many fall due at one midnight.
        Index("ix_temporizador_vence", "vence_en", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instancia_id: Mapped[int] = mapped_column(ForeignKey("instancia.id"))
    nodo_motor: Mapped[str] = mapped_column(String(40))
    nodo: Mapped[str] = mapped_column(String(60))
    plazo_clave: Mapped[str] = mapped_column(String(40))
    # Empty while the term is not open yet.
    vence_en: Mapped[dt.datetime | None]
    intentos: Mapped[int] = mapped_column(default=0)
    reintentar_en: Mapped[dt.datetime | None]


class Espera(Base):
    """A token that waits for a message."""

    __tablename__ = "espera"
    __table_args__ = (
        UniqueConstraint("instancia_id", "nodo_motor", "nodo"),
        Index("ix_espera_mensaje", "mensaje"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instancia_id: Mapped[int] = mapped_column(ForeignKey("instancia.id"))
    nodo_motor: Mapped[str] = mapped_column(String(40))
    nodo: Mapped[str] = mapped_column(String(60))
    mensaje: Mapped[str] = mapped_column(String(60))


class EstadoMensaje(Etiquetado):
    PENDIENTE = "pendiente", "Pendiente"
    RETENIDO = "retenido", "Retenido"
    ENTREGADO = "entregado", "Entregado"
    DESCARTADO = "descartado", "Descartado"


class Mensaje(Base):
    """A message between instances: written with the change that throws it, delivered after the commit."""

    __tablename__ = "mensaje"
    __table_args__ = (
        Index("ix_mensaje_estado", "estado", "reintentar_en"),
        Index("ix_mensaje_clave", "nombre", "clave", "valor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nombre: Mapped[str] = mapped_column(String(60))
    clave: Mapped[str] = mapped_column(String(30))
    valor: Mapped[str] = mapped_column(String(40))
    # Ids and enums only.
    datos: Mapped[dict[str, Any]]
    politica: Mapped[str] = mapped_column(String(1))
    origen_id: Mapped[int | None] = mapped_column(ForeignKey("instancia.id"))
    # The only receiver, when the sender means one of those that correlate.
    destino_id: Mapped[int | None] = mapped_column(ForeignKey("instancia.id"))
    estado: Mapped[EstadoMensaje] = mapped_column(
        columna_enum(EstadoMensaje), default=EstadoMensaje.PENDIENTE
    )
    creado_en: Mapped[dt.datetime]
    intentos: Mapped[int] = mapped_column(default=0)
    reintentar_en: Mapped[dt.datetime | None]


class Entrega(Base):
    """The delivery of a message to one instance: (mensaje, instancia) is its idempotency key."""

    __tablename__ = "entrega"
    __table_args__ = (
        UniqueConstraint("mensaje_id", "instancia_id"),
        Index("ix_entrega_instancia", "instancia_id", "estado"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mensaje_id: Mapped[int] = mapped_column(ForeignKey("mensaje.id"))
    instancia_id: Mapped[int] = mapped_column(ForeignKey("instancia.id"))
    estado: Mapped[EstadoMensaje] = mapped_column(columna_enum(EstadoMensaje), default=EstadoMensaje.RETENIDO)
    entregada_en: Mapped[dt.datetime | None]


class EventoPaso(Etiquetado):
    ENTRO = "entro", "Empezó"
    HECHO = "hecho", "Hecho"
    CANCELADO = "cancelado", "Cancelado"


class Paso(Base):
    """The path walked: append-only history of the nodes of an instance."""

    __tablename__ = "paso"
    __table_args__ = (Index("ix_paso_instancia", "instancia_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instancia_id: Mapped[int] = mapped_column(ForeignKey("instancia.id"))
    proceso: Mapped[str] = mapped_column(String(40))
    nodo: Mapped[str] = mapped_column(String(60))
    tipo: Mapped[str] = mapped_column(String(30))
    evento: Mapped[EventoPaso] = mapped_column(columna_enum(EventoPaso))
    en: Mapped[dt.datetime]
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))


class Incidente(Base):
    """An instance that could not go on: the cause and what the person had sent, to be retried."""

    __tablename__ = "incidente"
    __table_args__ = (Index("ix_incidente_abierto", "resuelto_en"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Short code shown to people instead of a trace.
    clave: Mapped[str] = mapped_column(String(12), unique=True)
    # Empty when the case could not even begin: the message that was to start it waits.
    instancia_id: Mapped[int | None] = mapped_column(ForeignKey("instancia.id"), index=True)
    tarea_id: Mapped[int | None] = mapped_column(ForeignKey("tarea.id"))
    mensaje_id: Mapped[int | None] = mapped_column(ForeignKey("mensaje.id"))
    # formulario, mensaje, temporizador: what was being done
    que: Mapped[str] = mapped_column(String(20))
    causa: Mapped[str] = mapped_column(Text)
    datos: Mapped[dict[str, Any] | None]
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    en: Mapped[dt.datetime]
    intentos: Mapped[int] = mapped_column(default=1)
    resuelto_en: Mapped[dt.datetime | None]
