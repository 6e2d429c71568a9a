"""How a document reached whom it binds (procesos §11; CFF 134-140; LSS 40, 286 L-M)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.documento import Documento


class MedioNotificacion(Etiquetado):
    BUZON = "buzon", "Buzón IMSS"
    PERSONAL = "personal", "Personal"
    COMPARECENCIA = "comparecencia", "En la oficina, por comparecencia"
    ESTRADOS = "estrados", "Estrados"
    EDICTOS = "edictos", "Edictos"


class CalidadDestinatario(Etiquetado):
    PATRON = "patron", "Patrón"
    REPRESENTANTE = "representante", "Representante legal"
    RESPONSABLE_SOLIDARIO = "responsable_solidario", "Responsable solidario"
    ACREEDOR = "acreedor", "Acreedor"
    TERCERO = "tercero", "Tercero"


class EstadoNotificacion(Etiquetado):
    ORDENADA = "ordenada", "Ordenada"
    EN_PRACTICA = "en_practica", "En práctica"
    CITATORIO = "citatorio", "Con citatorio"
    EN_BUZON = "en_buzon", "En el Buzón"
    EN_BUSQUEDA = "en_busqueda", "En búsqueda de domicilio"
    EN_ESTRADOS = "en_estrados", "En estrados"
    EN_EDICTOS = "en_edictos", "En edictos"
    PRACTICADA = "practicada", "Practicada"
    NOTIFICADA = "notificada", "Notificada"
    NO_LOCALIZADO = "no_localizado", "No localizado"
    ANULADA = "anulada", "Anulada"


N = EstadoNotificacion


class Notificacion(ConEstado, Base):
    """One service of one document to one addressee.

    `fecha` is the legal date of the notification by the rule of its medium, `surte_efectos` the día hábil on
    which it takes effect; both are empty until it was practised. `cierra_plazo`: the term of the caller that
    the document had to meet, closed by `fecha` and not by its effects (CFF 50).
    """

    __tablename__ = "notificacion"
    __table_args__ = (
        CheckConstraint("surte_efectos IS NULL OR fecha IS NOT NULL", name="efectos_con_fecha"),
        Index("ix_notificacion_sujeto", "sujeto_tipo", "sujeto_id"),
    )
    TRANSICIONES: ClassVar = {
        N.ORDENADA: frozenset({N.EN_PRACTICA}),
        N.EN_PRACTICA: frozenset(
            {N.CITATORIO, N.EN_BUZON, N.EN_BUSQUEDA, N.EN_ESTRADOS, N.EN_EDICTOS, N.PRACTICADA}
        ),
        N.CITATORIO: frozenset({N.PRACTICADA, N.EN_BUSQUEDA, N.EN_ESTRADOS, N.NO_LOCALIZADO}),
        N.EN_BUZON: frozenset({N.PRACTICADA}),
        N.EN_ESTRADOS: frozenset({N.PRACTICADA}),
        N.EN_EDICTOS: frozenset({N.PRACTICADA}),
        N.EN_BUSQUEDA: frozenset({N.EN_PRACTICA, N.EN_ESTRADOS, N.NO_LOCALIZADO}),
        N.PRACTICADA: frozenset({N.NOTIFICADA}),
        N.NOTIFICADA: frozenset({N.ANULADA}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    estado: Mapped[EstadoNotificacion] = mapped_column(columna_enum(EstadoNotificacion), default=N.ORDENADA)
    medio: Mapped[MedioNotificacion | None] = mapped_column(columna_enum(MedioNotificacion))
    documento_id: Mapped[int] = mapped_column(ForeignKey("documento.id"), index=True)
    # The noun whose process asked for it (acto, credito, pae…).
    sujeto_tipo: Mapped[str] = mapped_column(String(20))
    sujeto_id: Mapped[int]
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"), index=True)
    calidad: Mapped[CalidadDestinatario] = mapped_column(columna_enum(CalidadDestinatario))
    destinatario: Mapped[str] = mapped_column(String(250))
    domicilio: Mapped[str] = mapped_column(String(300), default="")
    codigo_postal: Mapped[str] = mapped_column(String(5), default="")
    # Only these may come back as «no localizado»; the others end in estrados.
    admite_no_localizado: Mapped[bool]
    cierra_plazo: Mapped[str] = mapped_column(String(40), default="")
    # True: a notified collection act, which restarts prescription (CFF 146).
    interrumpe_prescripcion: Mapped[bool] = mapped_column(default=False)
    notificador_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    causa_estrados: Mapped[str] = mapped_column(String(40), default="")
    ordenada_en: Mapped[dt.datetime]
    fecha: Mapped[dt.date | None]
    surte_efectos: Mapped[dt.date | None]
    constancia_id: Mapped[int | None] = mapped_column(ForeignKey("documento.id"))
    anulada_en: Mapped[dt.datetime | None]
    causa_nulidad: Mapped[str] = mapped_column(String(300), default="")

    documento: Mapped[Documento] = relationship(foreign_keys=[documento_id])
    diligencias: Mapped[list[DiligenciaNotificacion]] = relationship(
        back_populates="notificacion", order_by="DiligenciaNotificacion.numero"
    )


class TipoDiligencia(Etiquetado):
    VISITA = "visita", "Diligencia"
    CITATORIO = "citatorio", "Citatorio"
    CITA = "cita", "Cita"
    BUSQUEDA = "busqueda", "Búsqueda"
    DEPOSITO = "deposito", "Depósito en el Buzón"
    APERTURA = "apertura", "Apertura del Buzón"
    PUBLICACION = "publicacion", "Publicación"


class DiligenciaNotificacion(Base):
    """One thing done to serve it: append-only. `habilitacion`: why it was done outside CFF 13's hours or days."""

    __tablename__ = "diligencia_notificacion"
    __table_args__ = (UniqueConstraint("notificacion_id", "numero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notificacion_id: Mapped[int] = mapped_column(ForeignKey("notificacion.id"))
    numero: Mapped[int]
    tipo: Mapped[TipoDiligencia] = mapped_column(columna_enum(TipoDiligencia))
    fecha_hora: Mapped[dt.datetime]
    resultado: Mapped[str] = mapped_column(String(30))
    persona: Mapped[str] = mapped_column(String(160), default="")
    caracter: Mapped[str] = mapped_column(String(120), default="")
    identificacion: Mapped[str] = mapped_column(String(160), default="")
    cercioramiento: Mapped[str] = mapped_column(Text, default="")
    habilitacion: Mapped[str] = mapped_column(Text, default="")
    # photographs and place by document id and digest, refusal to sign, hour of the appointment
    datos: Mapped[dict[str, Any]]
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    registrada_en: Mapped[dt.datetime]

    notificacion: Mapped[Notificacion] = relationship(back_populates="diligencias")
