"""The institute: 35 OOAD, their subdelegaciones, the people and the roles that they hold."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Etiquetado, columna_enum


class Rol(Etiquetado):
    """Roles of procesos §1.4. A lane of a diagram is one of these."""

    DENUNCIANTE = "denunciante", "Persona denunciante"
    VENTANILLA = "ventanilla", "Ventanilla y oficialía de partes"
    ANALISTA_AUDITORIA = "analista_auditoria", "Analista de Auditoría a Patrones"
    JEFE_AUDITORIA = "jefe_auditoria", "Jefatura de Auditoría a Patrones"
    AUDITOR = "auditor", "Auditor (visitador)"
    SUBDELEGADO = "subdelegado", "Titular de la Subdelegación"
    JEFE_AFILIACION = "jefe_afiliacion", "Jefatura de Afiliación Vigencia"
    VIGENCIA_DERECHOS = "vigencia_derechos", "Vigencia de Derechos"
    JEFE_COBRANZA = "jefe_cobranza", "Jefatura de Cobranza"
    NOTIFICADOR = "notificador", "Notificador-localizador"
    EJECUTOR = "ejecutor", "Ejecutor"
    DEPOSITARIO = "depositario", "Depositario"
    INTERVENTOR = "interventor", "Interventor con cargo a la caja"
    VALUADOR = "valuador", "Valuador"
    TITULAR_OOAD = "titular_ooad", "Titular del OOAD"
    TITULAR_JSAC = "titular_jsac", "Titular de Afiliación y Cobranza"
    SUPERVISION_AUDITORIA = "supervision_auditoria", "Supervisión de Auditoría a Patrones"
    SUPERVISION_COBRANZA = "supervision_cobranza", "Supervisión de Cobranza"
    JURIDICO = "juridico", "Jefatura de Servicios Jurídicos"
    CONSEJO_CONSULTIVO = "consejo_consultivo", "Consejo Consultivo"
    PRESIDENTE_COMITE = "presidente_comite", "Presidencia del comité"
    SECRETARIO_COMITE = "secretario_comite", "Secretaría del comité"
    VOCAL = "vocal", "Vocalía del comité"
    ANALISTA_DVO = "analista_dvo", "División de Vigilancia de Obligaciones"
    STPS = "stps", "STPS, Unidad de Trabajo Digno"
    CUSTODIO_IDENTIDAD = "custodio_identidad", "Custodia de identidad"
    ORGANO_REVISOR = "organo_revisor", "Órgano revisor"
    ADMINISTRADOR = "administrador", "Administración del sistema"


class Ooad(Base):
    """Órgano de Operación Administrativa Desconcentrada (35; RIIMSS 2-IV-a, 141)."""

    __tablename__ = "ooad"

    id: Mapped[int] = mapped_column(primary_key=True)
    clave: Mapped[str] = mapped_column(String(10), unique=True)
    nombre: Mapped[str] = mapped_column(String(120))


class Subdelegacion(Base):
    """The competent unit of a case; its territory is the range of postal codes in `Territorio`."""

    __tablename__ = "subdelegacion"

    id: Mapped[int] = mapped_column(primary_key=True)
    ooad_id: Mapped[int] = mapped_column(ForeignKey("ooad.id"), index=True)
    clave: Mapped[str] = mapped_column(String(10), unique=True)
    nombre: Mapped[str] = mapped_column(String(120))
    domicilio: Mapped[str] = mapped_column(String(300), default="")
    telefono: Mapped[str] = mapped_column(String(30), default="")
    zona_horaria: Mapped[str] = mapped_column(String(40), default="America/Mexico_City")

    ooad: Mapped[Ooad] = relationship()


class Territorio(Base):
    """A range of postal codes (both ends included) that belongs to a subdelegación."""

    __tablename__ = "territorio"
    __table_args__ = (CheckConstraint("cp_desde <= cp_hasta", name="rango"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"))
    cp_desde: Mapped[str] = mapped_column(String(5), index=True)
    cp_hasta: Mapped[str] = mapped_column(String(5))


class Usuario(Base):
    """A person with an account. `subdelegacion_id` empty: the scope is the OOAD; both empty: nivel central."""

    __tablename__ = "usuario"

    id: Mapped[int] = mapped_column(primary_key=True)
    correo: Mapped[str] = mapped_column(String(254), unique=True)
    nombre: Mapped[str] = mapped_column(String(120))
    cargo: Mapped[str] = mapped_column(String(160), default="")
    clave_hash: Mapped[str] = mapped_column(String(200))
    subdelegacion_id: Mapped[int | None] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    ooad_id: Mapped[int | None] = mapped_column(ForeignKey("ooad.id"))
    activo: Mapped[bool] = mapped_column(default=True)
    es_demo: Mapped[bool] = mapped_column(default=False)
    intentos: Mapped[int] = mapped_column(default=0)
    bloqueado_hasta: Mapped[dt.datetime | None]
    ultimo_acceso: Mapped[dt.datetime | None]
    # Raised whenever the password or the roles change: sessions opened before are no longer valid.
    sesion_serie: Mapped[int] = mapped_column(default=1)

    roles: Mapped[list[UsuarioRol]] = relationship(back_populates="usuario", lazy="selectin")
    subdelegacion: Mapped[Subdelegacion | None] = relationship(lazy="joined")
    ooad: Mapped[Ooad | None] = relationship(lazy="joined")


class UsuarioRol(Base):
    """A role that a person holds in her unit."""

    __tablename__ = "usuario_rol"
    __table_args__ = (UniqueConstraint("usuario_id", "rol"), Index("ix_usuario_rol_rol", "rol"))

    id: Mapped[int] = mapped_column(primary_key=True)
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"))
    rol: Mapped[Rol] = mapped_column(columna_enum(Rol))

    usuario: Mapped[Usuario] = relationship(back_populates="roles")


class Ausencia(Base):
    """While it lasts, `suplente_id` acts for `usuario_id` (and inherits her exclusions)."""

    __tablename__ = "ausencia"
    __table_args__ = (
        CheckConstraint("desde <= hasta", name="rango"),
        CheckConstraint("usuario_id <> suplente_id", name="otra_persona"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"), index=True)
    suplente_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"), index=True)
    desde: Mapped[dt.date]
    hasta: Mapped[dt.date]
    oficio: Mapped[str] = mapped_column(String(60), default="")
