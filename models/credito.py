"""A fiscal credit that an act yields (procesos §10). Its own process comes with the second half of the law."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, ConEstado, Etiquetado, columna_enum


class EstadoCredito(Etiquetado):
    POR_DETERMINAR = "por_determinar", "Por determinar"
    EN_PROYECTO = "en_proyecto", "En proyecto"
    EN_REVISION_JURIDICA = "en_revision_juridica", "En revisión jurídica"
    POR_FIRMAR = "por_firmar", "Por firmar"
    FIRMADO = "firmado", "Firmado"
    NOTIFICADO = "notificado", "Notificado"
    EN_ACLARACION = "en_aclaracion", "En aclaración"
    FIRME = "firme", "Firme"
    GARANTIZADO_VIGENTE = "garantizado_vigente", "Garantizado, en defensa"
    EN_CONVENIO = "en_convenio", "En convenio"
    EXIGIBLE = "exigible", "Exigible"
    EN_PAE = "en_pae", "En PAE"
    PAGADO = "pagado", "Pagado"
    GARANTIZADO = "garantizado", "Cobrado de la garantía"
    SIN_EFECTOS = "sin_efectos", "Sin efectos"
    CANCELADO = "cancelado", "Cancelado"


K = EstadoCredito
_PASOS: dict[EstadoCredito, set[EstadoCredito]] = {
    K.POR_DETERMINAR: {K.EN_PROYECTO},
    K.EN_PROYECTO: {K.EN_REVISION_JURIDICA},
    K.EN_REVISION_JURIDICA: {K.EN_PROYECTO, K.POR_FIRMAR},
    K.POR_FIRMAR: {K.EN_PROYECTO, K.FIRMADO},
    K.FIRMADO: {K.NOTIFICADO},
    K.NOTIFICADO: {K.EN_ACLARACION, K.FIRME, K.GARANTIZADO_VIGENTE, K.EN_CONVENIO},
    K.EN_ACLARACION: {K.NOTIFICADO},
    K.GARANTIZADO_VIGENTE: {K.FIRME, K.GARANTIZADO, K.EN_CONVENIO, K.EN_PAE},
    K.EN_CONVENIO: {K.FIRME, K.EN_PAE},
    K.FIRME: {K.EXIGIBLE, K.GARANTIZADO, K.CANCELADO},
    K.EXIGIBLE: {K.EN_PAE},
    K.EN_PAE: {K.EN_CONVENIO, K.GARANTIZADO_VIGENTE, K.CANCELADO},
}


class Credito(ConEstado, Base):
    """One credit of an act. `firme` here: payment term over, nothing alive against it (CFF 144)."""

    __tablename__ = "credito"
    TRANSICIONES: ClassVar = {e: frozenset(a | {K.PAGADO, K.SIN_EFECTOS}) for e, a in _PASOS.items()}

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    acto_id: Mapped[int] = mapped_column(ForeignKey("acto.id"), index=True)
    estado: Mapped[EstadoCredito] = mapped_column(columna_enum(EstadoCredito), default=K.POR_DETERMINAR)
