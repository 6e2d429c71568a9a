"""The committee: its seats, sessions, matters, motions, votes and agreements (procesos §4, §5)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.organizacion import Usuario
from models.propuesta import Propuesta, TipoActo


class Cargo(Etiquetado):
    PRESIDENCIA = "presidencia", "Presidencia"
    SECRETARIA = "secretaria", "Secretaría"
    VOCALIA = "vocalia", "Vocalía"


class Mayoria(Etiquetado):
    SIMPLE = "simple", "Mayoría simple"
    DOS_TERCIOS = "dos_tercios", "Dos terceras partes"


class Comite(Base):
    """A committee and its rules, which are configuration because no public norm fixes them."""

    __tablename__ = "comite"

    id: Mapped[int] = mapped_column(primary_key=True)
    nombre: Mapped[str] = mapped_column(String(160))
    subdelegacion_id: Mapped[int | None] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    ooad_id: Mapped[int | None] = mapped_column(ForeignKey("ooad.id"))
    mayoria: Mapped[Mayoria] = mapped_column(columna_enum(Mayoria), default=Mayoria.SIMPLE)
    voto_de_calidad: Mapped[bool] = mapped_column(default=True)
    razon_obligatoria: Mapped[bool] = mapped_column(default=True)
    vigente_desde: Mapped[dt.date]

    asientos: Mapped[list[Asiento]] = relationship(back_populates="comite", order_by="Asiento.orden")


class Asiento(Base):
    """A place at the committee, held by a person; a substitute takes it for one session (`Asistencia`)."""

    __tablename__ = "asiento"
    __table_args__ = (UniqueConstraint("comite_id", "orden"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comite_id: Mapped[int] = mapped_column(ForeignKey("comite.id"), index=True)
    orden: Mapped[int]
    nombre: Mapped[str] = mapped_column(String(120))
    cargo: Mapped[Cargo] = mapped_column(columna_enum(Cargo))
    con_voto: Mapped[bool] = mapped_column(default=True)
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"), index=True)

    comite: Mapped[Comite] = relationship(back_populates="asientos")
    usuario: Mapped[Usuario] = relationship()


class TipoSesion(Etiquetado):
    ORDINARIA = "ordinaria", "Ordinaria"
    EXTRAORDINARIA = "extraordinaria", "Extraordinaria"


class EstadoSesion(Etiquetado):
    EN_PREPARACION = "en_preparacion", "En preparación"
    CONVOCADA = "convocada", "Convocada"
    INSTALADA = "instalada", "Instalada"
    ACTA_EN_FIRMA = "acta_en_firma", "Acta en firma"
    CELEBRADA = "celebrada", "Celebrada"
    SIN_QUORUM = "sin_quorum", "Sin quórum"
    CANCELADA = "cancelada", "Cancelada"


S = EstadoSesion


class Sesion(ConEstado, Base):
    """One session of a committee."""

    __tablename__ = "sesion"
    TRANSICIONES: ClassVar = {
        S.EN_PREPARACION: frozenset({S.CONVOCADA}),
        S.CONVOCADA: frozenset({S.INSTALADA, S.SIN_QUORUM, S.CANCELADA}),
        S.INSTALADA: frozenset({S.ACTA_EN_FIRMA}),
        S.ACTA_EN_FIRMA: frozenset({S.CELEBRADA}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    comite_id: Mapped[int] = mapped_column(ForeignKey("comite.id"), index=True)
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    estado: Mapped[EstadoSesion] = mapped_column(columna_enum(EstadoSesion), default=S.EN_PREPARACION)
    tipo: Mapped[TipoSesion | None] = mapped_column(columna_enum(TipoSesion))
    motivo_extraordinaria: Mapped[str | None] = mapped_column(String(500))
    fecha_hora: Mapped[dt.datetime | None]
    lugar: Mapped[str | None] = mapped_column(String(300))
    convocada_en: Mapped[dt.datetime | None]
    preside_id: Mapped[int | None] = mapped_column(ForeignKey("asiento.id"))
    instalada_en: Mapped[dt.datetime | None]
    terminada_en: Mapped[dt.datetime | None]
    quorum_requerido: Mapped[int | None]
    quorum_presente: Mapped[int | None]
    motivo_cancelacion: Mapped[str | None] = mapped_column(String(500))
    observaciones: Mapped[list[Any] | None]
    acta_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    nota_firmas: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    comite: Mapped[Comite] = relationship()
    asuntos: Mapped[list[Asunto]] = relationship(back_populates="sesion", order_by="Asunto.orden")
    asistencias: Mapped[list[Asistencia]] = relationship(back_populates="sesion")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it from the class)


class Medio(Etiquetado):
    PRESENCIAL = "presencial", "Presencial"
    REMOTO = "remoto", "Remoto"


class Asistencia(Base):
    """Who sits in a seat in one session, and whether present: substitutes count as the seat."""

    __tablename__ = "asistencia"
    __table_args__ = (UniqueConstraint("sesion_id", "asiento_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sesion_id: Mapped[int] = mapped_column(ForeignKey("sesion.id"), index=True)
    asiento_id: Mapped[int] = mapped_column(ForeignKey("asiento.id"))
    # The holder, or the substitute named with an oficio: the only one who may vote for the seat.
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"), index=True)
    es_suplente: Mapped[bool] = mapped_column(default=False)
    oficio_suplencia: Mapped[str | None] = mapped_column(String(120))
    presente: Mapped[bool] = mapped_column(default=False)
    medio: Mapped[Medio | None] = mapped_column(columna_enum(Medio))
    llego_en: Mapped[dt.datetime | None]
    salio_en: Mapped[dt.datetime | None]
    # Signature of the acta: instant and medium, or the reason of the refusal.
    firmo_en: Mapped[dt.datetime | None]
    firma: Mapped[dict[str, Any] | None]
    negativa_firma: Mapped[str | None] = mapped_column(String(2000))

    sesion: Mapped[Sesion] = relationship(back_populates="asistencias")
    asiento: Mapped[Asiento] = relationship()
    usuario: Mapped[Usuario] = relationship()


class EstadoAsunto(Etiquetado):
    LISTADO = "listado", "Listado"
    ABIERTO = "abierto", "Abierto"
    EN_VOTACION = "en_votacion", "En votación"
    VOTADO = "votado", "Votado"
    APROBADA = "aprobada", "Aprobada"
    RECHAZADA = "rechazada", "Rechazada"
    DIFERIDA = "diferida", "Diferida"
    CAMBIO_DE_ACTO = "cambio_de_acto", "Cambio de acto"
    RETIRADO = "retirado", "No alcanzado"


U = EstadoAsunto


class Asunto(ConEstado, Base):
    """A proposal on the agenda of a session."""

    __tablename__ = "asunto"
    __table_args__ = (UniqueConstraint("sesion_id", "orden"), UniqueConstraint("sesion_id", "propuesta_id"))
    TRANSICIONES: ClassVar = {
        U.LISTADO: frozenset({U.ABIERTO, U.RETIRADO}),
        U.ABIERTO: frozenset({U.EN_VOTACION, U.DIFERIDA}),
        U.EN_VOTACION: frozenset({U.ABIERTO, U.VOTADO, U.DIFERIDA}),
        U.VOTADO: frozenset({U.APROBADA, U.RECHAZADA, U.DIFERIDA, U.CAMBIO_DE_ACTO}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    sesion_id: Mapped[int] = mapped_column(ForeignKey("sesion.id"), index=True)
    propuesta_id: Mapped[int] = mapped_column(ForeignKey("propuesta.id"), index=True)
    orden: Mapped[int]
    estado: Mapped[EstadoAsunto] = mapped_column(columna_enum(EstadoAsunto), default=U.LISTADO)
    causa_diferimiento: Mapped[str | None] = mapped_column(String(30))
    abierto_en: Mapped[dt.datetime | None]
    cerrado_en: Mapped[dt.datetime | None]
    # Digest of the nominal votes of every round, once sealed.
    sello: Mapped[str | None] = mapped_column(String(64))

    sesion: Mapped[Sesion] = relationship(back_populates="asuntos")
    propuesta: Mapped[Propuesta] = relationship()
    mociones: Mapped[list[Mocion]] = relationship(back_populates="asunto", order_by="Mocion.numero")
    acuerdo: Mapped[Acuerdo | None] = relationship(back_populates="asunto")


class MotivoExcusa(Etiquetado):
    PARENTESCO = "parentesco", "Parentesco"
    RELACION_LABORAL = "relacion_laboral", "Relación laboral"
    INTERES = "interes", "Interés en el asunto"
    PARTICIPO_EN_ANALISIS = "participo_en_analisis", "Participó en el análisis"
    OTRO = "otro", "Otro motivo"


class Excusa(Base):
    """A seat that may not know of a matter: it leaves the numerator and the denominator."""

    __tablename__ = "excusa"
    __table_args__ = (UniqueConstraint("asunto_id", "asiento_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asunto_id: Mapped[int] = mapped_column(ForeignKey("asunto.id"), index=True)
    asiento_id: Mapped[int] = mapped_column(ForeignKey("asiento.id"))
    motivo: Mapped[MotivoExcusa] = mapped_column(columna_enum(MotivoExcusa))
    detalle: Mapped[str] = mapped_column(String(500), default="")
    declarada_en: Mapped[dt.datetime]


class TipoMocion(Etiquetado):
    COMO_SE_PROPONE = "como_se_propone", "Como se propone"
    CAMBIO_DE_ACTO = "cambio_de_acto", "Cambiar el acto"
    DIFERIR = "diferir", "Diferir"


class Mocion(Base):
    """One motion on a matter; each distinct motion is put once (procesos §5)."""

    __tablename__ = "mocion"
    __table_args__ = (UniqueConstraint("asunto_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asunto_id: Mapped[int] = mapped_column(ForeignKey("asunto.id"), index=True)
    numero: Mapped[int]
    tipo: Mapped[TipoMocion] = mapped_column(columna_enum(TipoMocion))
    acto_alterno: Mapped[TipoActo | None] = mapped_column(columna_enum(TipoActo))
    informacion_pedida: Mapped[str | None] = mapped_column(Text)
    propone_id: Mapped[int] = mapped_column(ForeignKey("asiento.id"))
    # Seats that vote this motion, fixed when it was put.
    asientos: Mapped[list[Any]]
    fijada_en: Mapped[dt.datetime]
    computada_en: Mapped[dt.datetime | None]
    resultado: Mapped[str | None] = mapped_column(String(30))
    # The tally as the rule returned it: counts, quorum, steps.
    computo: Mapped[dict[str, Any] | None]

    asunto: Mapped[Asunto] = relationship(back_populates="mociones")
    votos: Mapped[list[Voto]] = relationship(back_populates="mocion")


class SentidoVoto(Etiquetado):
    A_FAVOR = "a_favor", "A favor"
    EN_CONTRA = "en_contra", "En contra"
    ABSTENCION = "abstencion", "Abstención"


class Voto(Base):
    """A nominal vote: one per seat and motion, never changed."""

    __tablename__ = "voto"
    __table_args__ = (UniqueConstraint("mocion_id", "asiento_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mocion_id: Mapped[int] = mapped_column(ForeignKey("mocion.id"), index=True)
    asiento_id: Mapped[int] = mapped_column(ForeignKey("asiento.id"))
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"))
    sentido: Mapped[SentidoVoto] = mapped_column(columna_enum(SentidoVoto))
    razon: Mapped[str | None] = mapped_column(Text)
    emitido_en: Mapped[dt.datetime]
    # Filled when the secretary captured it for a member present without a device.
    capturado_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    # Receipt shown to the member: short code derived from the sealed vote.
    constancia: Mapped[str] = mapped_column(String(16), unique=True)

    mocion: Mapped[Mocion] = relationship(back_populates="votos")


class Acuerdo(Base):
    """What was agreed on a matter, with who answers for it and by when (S1 7.1.2-16)."""

    __tablename__ = "acuerdo"
    __table_args__ = (
        CheckConstraint(
            "resultado IN ('aprobada', 'rechazada', 'diferida', 'cambio_de_acto')", name="resultado"
        ),
        Index("ix_acuerdo_compromiso", "fecha_compromiso"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    asunto_id: Mapped[int] = mapped_column(ForeignKey("asunto.id"), unique=True)
    resultado: Mapped[str] = mapped_column(String(30))
    acto: Mapped[TipoActo | None] = mapped_column(columna_enum(TipoActo))
    periodos: Mapped[list[Any] | None]
    texto: Mapped[str] = mapped_column(Text)
    motivo: Mapped[str | None] = mapped_column(Text)
    responsable_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"))
    fecha_compromiso: Mapped[dt.date]
    confirmado_en: Mapped[dt.datetime | None]
    adoptado_en: Mapped[dt.datetime | None]
    cumplido_en: Mapped[dt.datetime | None]

    asunto: Mapped[Asunto] = relationship(back_populates="acuerdo")
