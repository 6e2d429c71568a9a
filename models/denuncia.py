"""A denuncia: what was told, when it was filed, where it stands (procesos §2; LSS 18, 251-X)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.expediente import Expediente
from models.organizacion import Subdelegacion
from models.patron import Patron


class EstadoDenuncia(Etiquetado):
    RECIBIDA = "recibida", "Recibida"
    SIN_IDENTIFICAR = "sin_identificar", "Sin identificar"
    ASIGNADA = "asignada", "Asignada"
    EN_CALIFICACION = "en_calificacion", "En calificación"
    INCOMPLETA = "incompleta", "Incompleta"
    EN_ANALISIS = "en_analisis", "En análisis"
    EN_PROGRAMACION = "en_programacion", "En programación"
    EN_ACTO = "en_acto", "En acto"
    POR_RESTITUIR = "por_restituir", "Por restituir"
    RESTITUIDA = "restituida", "Restituida"
    SIN_ELEMENTOS = "sin_elementos", "Sin elementos"
    IMPROCEDENTE = "improcedente", "Improcedente"
    DESISTIDA = "desistida", "Desistida"
    TURNADA = "turnada", "Turnada"


class CausaCierre(Etiquetado):
    POR_CORRECCION = "por_correccion", "El patrón corrigió"
    DE_OFICIO = "de_oficio", "Restituida de oficio"
    ANTES_DE_ACTO = "antes_de_acto", "Restituida antes de abrir un acto"
    SIN_IDENTIFICAR = "sin_identificar", "Sin identificar"
    SIN_PRESUNCION = "sin_presuncion", "Sin presunción de incumplimiento"
    RECHAZO_COMITE = "rechazo_comite", "Rechazo del comité"
    PROPUESTA_RETIRADA = "propuesta_retirada", "Propuesta retirada"
    ACTO_SIN_OBSERVACIONES = "acto_sin_observaciones", "Acto sin observaciones"
    CREDITO_ANULADO = "credito_anulado", "Crédito anulado"
    FACULTADES_EXTINTAS = "facultades_extintas", "Facultades extintas"
    EXTEMPORANEA = "extemporanea", "Extemporánea"
    DUPLICADA = "duplicada", "Duplicada"
    NO_ES_MATERIA = "no_es_materia", "No es materia del Instituto"
    STPS = "stps", "Turnada a la STPS"
    SAT = "sat", "Turnada al SAT"
    INFONAVIT = "infonavit", "Turnada al INFONAVIT"
    PROFEDET = "profedet", "Turnada a la PROFEDET"
    OTRA = "otra", "Turnada a otra autoridad"
    RATIFICADA = "ratificada", "Desistimiento ratificado"


E, C = EstadoDenuncia, CausaCierre
_VIVAS: tuple[EstadoDenuncia, ...] = (
    E.RECIBIDA,
    E.SIN_IDENTIFICAR,
    E.ASIGNADA,
    E.EN_CALIFICACION,
    E.INCOMPLETA,
    E.EN_ANALISIS,
)
_VIVAS += (E.EN_PROGRAMACION, E.EN_ACTO, E.POR_RESTITUIR)
_PASOS: dict[EstadoDenuncia, set[EstadoDenuncia]] = {
    E.RECIBIDA: {E.SIN_IDENTIFICAR, E.ASIGNADA},
    E.SIN_IDENTIFICAR: {E.ASIGNADA, E.SIN_ELEMENTOS},
    E.ASIGNADA: {E.EN_CALIFICACION},
    E.EN_CALIFICACION: {E.ASIGNADA, E.INCOMPLETA, E.EN_ANALISIS, E.TURNADA, E.IMPROCEDENTE},
    E.INCOMPLETA: {E.EN_CALIFICACION, E.EN_ANALISIS},
    E.EN_ANALISIS: {E.INCOMPLETA, E.EN_PROGRAMACION, E.SIN_ELEMENTOS, E.RESTITUIDA},
    E.EN_PROGRAMACION: {E.EN_ACTO, E.EN_ANALISIS, E.SIN_ELEMENTOS},
    E.EN_ACTO: {E.POR_RESTITUIR, E.EN_ANALISIS, E.SIN_ELEMENTOS},
    E.POR_RESTITUIR: {E.RESTITUIDA, E.SIN_ELEMENTOS},
}
# Which causes may close into which final state (procesos §1.3, causa_cierre).
CAUSAS: dict[EstadoDenuncia, frozenset[CausaCierre]] = {
    E.RESTITUIDA: frozenset({C.POR_CORRECCION, C.DE_OFICIO, C.ANTES_DE_ACTO}),
    E.SIN_ELEMENTOS: frozenset(
        {
            C.SIN_IDENTIFICAR,
            C.SIN_PRESUNCION,
            C.RECHAZO_COMITE,
            C.PROPUESTA_RETIRADA,
            C.ACTO_SIN_OBSERVACIONES,
            C.CREDITO_ANULADO,
            C.FACULTADES_EXTINTAS,
        }
    ),
    E.IMPROCEDENTE: frozenset({C.EXTEMPORANEA, C.DUPLICADA, C.NO_ES_MATERIA}),
    E.TURNADA: frozenset({C.STPS, C.SAT, C.INFONAVIT, C.PROFEDET, C.OTRA}),
    E.DESISTIDA: frozenset({C.RATIFICADA}),
}
_FINALES = ", ".join(f"'{e.value}'" for e in CAUSAS)


class Canal(Etiquetado):
    WEB = "web", "Formulario web"
    VENTANILLA = "ventanilla", "Ventanilla"
    CORREO = "correo", "Correo"
    TELEFONO = "telefono", "Teléfono"


class Prioridad(Etiquetado):
    NORMAL = "normal", "Normal"
    ALTA = "alta", "Alta"
    URGENTE = "urgente", "Urgente"


class Denuncia(ConEstado, Base):
    """One denuncia. `presentada_en` is legally loaded (LSS 297) and never edited; `digesto` seals what was told."""

    __tablename__ = "denuncia"
    __table_args__ = (
        CheckConstraint(f"(estado IN ({_FINALES})) = (causa_cierre IS NOT NULL)", name="cierre_con_causa"),
        Index("ix_denuncia_unidad_estado", "subdelegacion_id", "estado"),
        # The list of cases, newest first: of a unit, and of all; those whose folio begins like what somebody wrote.
        Index("ix_denuncia_unidad_fecha", "subdelegacion_id", "presentada_en", "folio"),
        Index("ix_denuncia_fecha", "presentada_en", "folio"),
        Index("ix_denuncia_folio", "folio", postgresql_ops={"folio": "text_pattern_ops"}),
    )
    TRANSICIONES: ClassVar = {e: frozenset(_PASOS[e] | {E.DESISTIDA}) for e in _VIVAS}

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    estado: Mapped[EstadoDenuncia] = mapped_column(columna_enum(EstadoDenuncia), default=E.RECIBIDA)
    causa_cierre: Mapped[CausaCierre | None] = mapped_column(columna_enum(CausaCierre))
    canal: Mapped[Canal] = mapped_column(columna_enum(Canal))
    prioridad: Mapped[Prioridad] = mapped_column(columna_enum(Prioridad), default=Prioridad.NORMAL)
    presentada_en: Mapped[dt.datetime]
    digesto: Mapped[str] = mapped_column(String(64))
    # argon2 of the secret key that the denouncer keeps; the key itself is nowhere.
    clave_hash: Mapped[str] = mapped_column(String(200))
    identificada: Mapped[bool]
    # What happened, without who: motivos, periodo_desde, periodo_hasta, salario_real, patron (as told), lugar, relato…
    hechos: Mapped[dict[str, Any]]
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"))
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    analista_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"), index=True)
    propuesta_id: Mapped[int | None] = mapped_column(ForeignKey("propuesta.id", use_alter=True), index=True)
    acto_id: Mapped[int | None] = mapped_column(ForeignKey("acto.id", use_alter=True), index=True)
    original_id: Mapped[int | None] = mapped_column(ForeignKey("denuncia.id"))
    # calificar_denuncia and analizar_denuncia as concluded: the cleaned form, without identity.
    calificacion: Mapped[dict[str, Any] | None]
    analisis: Mapped[dict[str, Any] | None]
    etapa_prevencion: Mapped[str | None] = mapped_column(String(20))
    reenvios: Mapped[int] = mapped_column(default=0)
    buzon_abierto_hasta: Mapped[dt.date | None]
    cerrada_en: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    expediente: Mapped[Expediente] = relationship()
    subdelegacion: Mapped[Subdelegacion] = relationship()
    patron: Mapped[Patron | None] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it from the class)


class Borrador(Base):
    """A denuncia being written. The answers are encrypted and the row dies after `caduca_en`."""

    __tablename__ = "borrador"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    cifrado: Mapped[bytes] = mapped_column(LargeBinary)
    creado_en: Mapped[dt.datetime]
    caduca_en: Mapped[dt.datetime] = mapped_column(index=True)
    # Idempotency: the denuncia that this draft became; a second click finds it here.
    denuncia_id: Mapped[int | None] = mapped_column(ForeignKey("denuncia.id"))


class MensajeBuzon(Base):
    """A message of the mailbox between the denouncer and the institute; the text is encrypted at rest."""

    __tablename__ = "mensaje_buzon"

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int] = mapped_column(ForeignKey("denuncia.id"), index=True)
    de_denunciante: Mapped[bool]
    # acuse, peticion, estatus, respuesta, evidencia, identidad, represalia, desistimiento, aviso
    tipo: Mapped[str] = mapped_column(String(30))
    cifrado: Mapped[bytes] = mapped_column(LargeBinary)
    en: Mapped[dt.datetime]
    leido_en: Mapped[dt.datetime | None]


class Promocion(Base):
    """A paper of the denouncer that the process must hear: the message carries only its id."""

    __tablename__ = "promocion"

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int] = mapped_column(ForeignKey("denuncia.id"), index=True)
    tipo: Mapped[str] = mapped_column(String(30))
    cifrado: Mapped[bytes] = mapped_column(LargeBinary)
    presentada_en: Mapped[dt.datetime]
    capturado_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))


class AccesoBuzon(Base):
    """Failed openings of a mailbox, by folio and by origin (both as digests), for the waiting time."""

    __tablename__ = "acceso_buzon"
    __table_args__ = (UniqueConstraint("clave"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clave: Mapped[str] = mapped_column(String(64))
    fallos: Mapped[int] = mapped_column(default=0)
    ultimo_en: Mapped[dt.datetime]
    bloqueado_hasta: Mapped[dt.datetime | None]


class Nota(Base):
    """A remark of the staff in the file of a denuncia (call made, visit, agreement); never shown to her."""

    __tablename__ = "nota"

    id: Mapped[int] = mapped_column(primary_key=True)
    denuncia_id: Mapped[int] = mapped_column(ForeignKey("denuncia.id"), index=True)
    usuario_id: Mapped[int] = mapped_column(ForeignKey("usuario.id"))
    texto: Mapped[str] = mapped_column(Text)
    en: Mapped[dt.datetime]


__all__ = [
    "CAUSAS",
    "AccesoBuzon",
    "Borrador",
    "Canal",
    "CausaCierre",
    "Denuncia",
    "EstadoDenuncia",
    "MensajeBuzon",
    "Nota",
    "Prioridad",
    "Promocion",
]
