"""A fiscal credit that an act yields: what is owed, how it came to be and what became of it (procesos §10)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, ConEstado, Etiquetado, columna_enum
from models.patron import Patron


class ClaseCredito(Etiquetado):
    """What is collected apart (LSS 287): the monthly and the bimonthly cuotas, fines, capitales."""

    COP = "cop", "Cuotas obrero patronales"
    RCV = "rcv", "Retiro, cesantía en edad avanzada y vejez"
    MULTA = "multa", "Multa"
    CAPITAL = "capital", "Capital constitutivo"


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
    __table_args__ = (
        CheckConstraint("periodo_desde IS NULL OR periodo_desde <= periodo_hasta", name="periodo"),
        # The list of cases, newest first: of a unit, and of all; those whose folio begins like what somebody wrote.
        Index("ix_credito_unidad_fecha", "subdelegacion_id", "creado_en", "folio"),
        Index("ix_credito_fecha", "creado_en", "folio"),
        Index("ix_credito_folio", "folio", postgresql_ops={"folio": "text_pattern_ops"}),
    )
    TRANSICIONES: ClassVar = {e: frozenset(a | {K.PAGADO, K.SIN_EFECTOS}) for e, a in _PASOS.items()}

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str] = mapped_column(String(30), unique=True)
    acto_id: Mapped[int] = mapped_column(ForeignKey("acto.id"), index=True)
    estado: Mapped[EstadoCredito] = mapped_column(columna_enum(EstadoCredito), default=K.POR_DETERMINAR)
    clase: Mapped[ClaseCredito] = mapped_column(columna_enum(ClaseCredito))
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    subdelegacion_id: Mapped[int] = mapped_column(ForeignKey("subdelegacion.id"))
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    pae_id: Mapped[int | None] = mapped_column(ForeignKey("pae.id"), index=True)
    # First and last day of the periods it covers; empty for a fine without period.
    periodo_desde: Mapped[dt.date | None]
    periodo_hasta: Mapped[dt.date | None]
    # The credit that this one replaces (aclaración, defence, service again).
    sustituye_id: Mapped[int | None] = mapped_column(ForeignKey("credito.id"))
    # False: the resolution does not name the remedies, and their terms double (CFF 50; LFDC 23).
    medios_de_defensa: Mapped[bool] = mapped_column(default=True)
    notificado: Mapped[dt.date | None]
    exigible_desde: Mapped[dt.date | None]
    # Exigible by a ceased agreement: six days of grace before the embargo (CFF 151).
    de_convenio: Mapped[bool] = mapped_column(default=False)
    causa: Mapped[str] = mapped_column(String(40), default="")
    creado_en: Mapped[dt.datetime]
    concluido_en: Mapped[dt.datetime | None]

    patron: Mapped[Patron] = relationship()


class TrabajadorDeterminado(Base):
    """A worker and a stretch of time as the act proved them: the base of its credits, one row per stretch."""

    __tablename__ = "trabajador_determinado"
    __table_args__ = (
        UniqueConstraint("acto_id", "nss", "desde"),
        CheckConstraint("desde <= hasta", name="periodo"),
        CheckConstraint("sbc_comprobado > 0", name="comprobado"),
        CheckConstraint("sbc_registrado IS NULL OR sbc_registrado > 0", name="registrado"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    acto_id: Mapped[int] = mapped_column(ForeignKey("acto.id"))
    nss: Mapped[str] = mapped_column(String(11), index=True)
    nombre: Mapped[str] = mapped_column(String(160))
    desde: Mapped[dt.date]
    hasta: Mapped[dt.date]
    # Daily amounts, pesos. Without a registered one the worker was never registered.
    sbc_comprobado: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    sbc_registrado: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    cuota_diaria: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    hecho_id: Mapped[int | None] = mapped_column(ForeignKey("hecho_observado.id"))


class Cedula(Base):
    """One computation of a credit to a date: append-only; the newest is the one in force.

    `sha256` names the whole arithmetic in the file store, as the rule returned it: it can be printed line by
    line and is never computed again to be shown.
    """

    __tablename__ = "cedula"
    __table_args__ = (UniqueConstraint("credito_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    credito_id: Mapped[int] = mapped_column(ForeignKey("credito.id"))
    version: Mapped[int]
    al: Mapped[dt.date]
    trabajadores: Mapped[int]
    omitido_patron: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    omitido_trabajador: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    actualizacion: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    recargos: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    multa: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    total: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    # Fine: infraction, range, gravity, antecedents, reincidencia, reasons.
    individualizacion: Mapped[dict[str, Any] | None]
    sha256: Mapped[str] = mapped_column(String(64))
    calculada_en: Mapped[dt.datetime]
    calculada_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))


class ConceptoCredito(Etiquetado):
    """In the order of CFF 20: accessories before principal."""

    GASTOS = "gastos", "Gastos de ejecución"
    RECARGOS = "recargos", "Recargos"
    MULTA = "multa", "Multa"
    INDEMNIZACION = "indemnizacion", "Indemnización por cheque"
    ACTUALIZACION = "actualizacion", "Actualización"
    CUOTAS_PATRON = "cuotas_patron", "Cuotas del patrón"
    CUOTAS_TRABAJADOR = "cuotas_trabajador", "Cuotas del trabajador"


class TipoAsiento(Etiquetado):
    CARGO = "cargo", "Cargo"
    ABONO = "abono", "Abono"
    REDUCCION = "reduccion", "Reducción"
    REVERSO = "reverso", "Reverso de un abono"
    BAJA = "baja", "Baja del cargo"


class AsientoCredito(Base):
    """An entry of the account of a credit: append-only. Balance = cargos + reversos − the rest.

    `fecha` is the legal day on which it counts: the balance of any date is the sum up to it.
    """

    __tablename__ = "asiento_credito"
    __table_args__ = (
        UniqueConstraint("credito_id", "numero"),
        CheckConstraint("importe > 0", name="importe"),
        Index("ix_asiento_credito_fecha", "credito_id", "fecha"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    credito_id: Mapped[int] = mapped_column(ForeignKey("credito.id"))
    numero: Mapped[int]
    tipo: Mapped[TipoAsiento] = mapped_column(columna_enum(TipoAsiento))
    concepto: Mapped[ConceptoCredito] = mapped_column(columna_enum(ConceptoCredito))
    importe: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    fecha: Mapped[dt.date]
    # The charge that it raises or lowers: each period of the principal keeps its own account.
    de_id: Mapped[int | None] = mapped_column(ForeignKey("asiento_credito.id"))
    pago_id: Mapped[int | None] = mapped_column(ForeignKey("pago.id"), index=True)
    motivo: Mapped[str] = mapped_column(String(300))
    cita: Mapped[str] = mapped_column(String(300))
    derivacion: Mapped[list[Any]]
    registrado_en: Mapped[dt.datetime]
    usuario_id: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
