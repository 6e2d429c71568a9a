"""A proposal to open an act: what the committee votes on (procesos §3; S1 7.1.2-13)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.organizacion import Subdelegacion
from models.patron import Patron


class EstadoPropuesta(Etiquetado):
    REGISTRADA = "registrada", "Registrada"
    EN_FICHA = "en_ficha", "En ficha"
    VALIDADA = "validada", "Validada"
    LISTADA = "listada", "Listada"
    EN_SESION = "en_sesion", "En sesión"
    APROBADA = "aprobada", "Aprobada"
    CAMBIO_DE_ACTO = "cambio_de_acto", "Aprobada con otro acto"
    DIFERIDA = "diferida", "Diferida"
    PROGRAMADA = "programada", "Programada"
    RECHAZADA = "rechazada", "Rechazada"
    CERRADA_DIFERIDA = "cerrada_diferida", "Cerrada sin volver al comité"
    RETIRADA = "retirada", "Retirada"


class OrigenPropuesta(Etiquetado):
    DENUNCIA = "denuncia", "Denuncia"
    MIF = "mif", "Modelo de riesgo"
    INSCRIPCION_IMPROCEDENTE = "inscripcion_improcedente", "Inscripción improcedente"
    CORRECCION_INCUMPLIDA = "correccion_incumplida", "Corrección incumplida"
    REPSE = "repse", "REPSE"
    OTRA_AUTORIDAD = "otra_autoridad", "Otra autoridad"


class TipoActo(Etiquetado):
    VISITA = "visita", "Visita domiciliaria"
    GABINETE = "gabinete", "Revisión de gabinete"
    INVITACION = "invitacion", "Invitación a corregir"
    PRESUNTIVA_39C = "presuntiva_39c", "Determinación presuntiva (LSS 39 C)"
    REVISION_DICTAMEN = "revision_dictamen", "Revisión de dictamen"
    OBRA = "obra", "Obra de construcción"


P = EstadoPropuesta
# While one of these stands, another denuncia of the same employer and unit joins it. An approved one counts
# until its act is born.
PROPUESTAS_ABIERTAS = (
    P.REGISTRADA,
    P.EN_FICHA,
    P.VALIDADA,
    P.LISTADA,
    P.EN_SESION,
    P.DIFERIDA,
    P.APROBADA,
    P.CAMBIO_DE_ACTO,
)
_ABIERTA = text("estado IN ({})".format(", ".join(f"'{estado.value}'" for estado in PROPUESTAS_ABIERTAS)))


class Propuesta(ConEstado, Base):
    """One proposal per registro patronal and unit while it is open (g_una_propuesta)."""

    __tablename__ = "propuesta"
    __table_args__ = (
        Index("ix_propuesta_unidad_estado", "subdelegacion_id", "estado"),
        # The list of cases, newest first: of a unit, and of all; those whose folio begins like what somebody wrote.
        Index("ix_propuesta_unidad_fecha", "subdelegacion_id", "integrada_en", "folio"),
        Index("ix_propuesta_fecha", "integrada_en", "folio"),
        Index("ix_propuesta_folio", "folio", postgresql_ops={"folio": "text_pattern_ops"}),
        Index(
            "uq_propuesta_abierta",
            "patron_id",
            "subdelegacion_id",
            unique=True,
            sqlite_where=_ABIERTA,
            postgresql_where=_ABIERTA,
        ),
    )
    TRANSICIONES: ClassVar = {
        P.REGISTRADA: frozenset({P.EN_FICHA}),
        P.EN_FICHA: frozenset({P.VALIDADA, P.RETIRADA}),
        P.VALIDADA: frozenset({P.LISTADA, P.EN_FICHA, P.RETIRADA}),
        P.LISTADA: frozenset({P.EN_SESION, P.VALIDADA}),
        P.EN_SESION: frozenset({P.APROBADA, P.CAMBIO_DE_ACTO, P.RECHAZADA, P.DIFERIDA, P.VALIDADA}),
        P.DIFERIDA: frozenset({P.EN_FICHA, P.VALIDADA, P.RETIRADA, P.CERRADA_DIFERIDA}),
        P.APROBADA: frozenset({P.PROGRAMADA}),
        P.CAMBIO_DE_ACTO: frozenset({P.PROGRAMADA}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    estado: Mapped[EstadoPropuesta] = mapped_column(columna_enum(EstadoPropuesta), default=P.REGISTRADA)
    origen: Mapped[OrigenPropuesta] = mapped_column(columna_enum(OrigenPropuesta))
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"))
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    acto: Mapped[TipoActo | None] = mapped_column(columna_enum(TipoActo))
    # Risk score 0-100 with its reasons (list of {factor, puntos, porque}); no data of the denouncer.
    puntaje: Mapped[int | None]
    razones: Mapped[list[Any] | None]
    monto_presuntivo: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    trabajadores: Mapped[int | None]
    urgente: Mapped[bool] = mapped_column(default=False)
    preparada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    validada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    cierre: Mapped[str | None] = mapped_column(String(20))
    integrada_en: Mapped[dt.datetime]
    sin_quorum_seguidas: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    patron: Mapped[Patron] = relationship()
    subdelegacion: Mapped[Subdelegacion] = relationship()
    fichas: Mapped[list[Ficha]] = relationship(back_populates="propuesta", order_by="Ficha.numero")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it from the class)


class Ficha(Base):
    """A version of the ficha of a proposal: what the committee reads. Never changed, only followed by another."""

    __tablename__ = "ficha"
    __table_args__ = (UniqueConstraint("propuesta_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    propuesta_id: Mapped[int] = mapped_column(ForeignKey("propuesta.id"), index=True)
    numero: Mapped[int]
    datos: Mapped[dict[str, Any]]
    documento_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    creada_en: Mapped[dt.datetime]
    creada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))

    propuesta: Mapped[Propuesta] = relationship(back_populates="fichas")
