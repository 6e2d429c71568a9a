"""A good under embargo, from the acta to its sale, its adjudication or its return (CFF 151-160, 191, 196-A)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, ConEstado, Etiquetado, columna_enum


class TipoBien(Etiquetado):
    """In the order in which goods are designated (CFF 155)."""

    DINERO = "dinero", "Dinero y metales preciosos"
    DEPOSITO = "deposito", "Depósitos bancarios"
    ACCIONES = "acciones", "Acciones, bonos y valores"
    CREDITO = "credito", "Créditos de cobro inmediato"
    MUEBLE = "mueble", "Bienes muebles"
    VEHICULO = "vehiculo", "Vehículos"
    NEGOCIACION = "negociacion", "Negociación"
    INMUEBLE = "inmueble", "Bienes inmuebles"


class EstadoBien(Etiquetado):
    TRABADO = "trabado", "Trabado"
    INSCRITO = "inscrito", "Inscrito"
    EN_DEPOSITO = "en_deposito", "En depósito"
    EN_AVALUO = "en_avaluo", "En avalúo"
    AVALUO_OBJETADO = "avaluo_objetado", "Avalúo objetado"
    VALUADO = "valuado", "Valuado"
    EN_SUBASTA = "en_subasta", "En subasta"
    FINCADO = "fincado", "Fincado"
    DESIERTO = "desierto", "Desierto"
    VENDIDO = "vendido", "Vendido"
    ADJUDICADO = "adjudicado", "Adjudicado al Instituto"
    LIBERADO = "liberado", "Liberado"
    RECLAMADO_TERCERO = "reclamado_tercero", "De un tercero"
    SUSTITUIDO = "sustituido", "Sustituido"
    ENTREGADO = "entregado", "Entregado"
    ABANDONADO = "abandonado", "Abandonado"


B = EstadoBien
_FUERA = {B.LIBERADO, B.RECLAMADO_TERCERO, B.SUSTITUIDO}
_PASOS: dict[EstadoBien, set[EstadoBien]] = {
    B.TRABADO: {B.INSCRITO, B.EN_DEPOSITO},
    B.INSCRITO: {B.EN_DEPOSITO},
    B.EN_DEPOSITO: {B.EN_AVALUO},
    B.EN_AVALUO: {B.AVALUO_OBJETADO, B.VALUADO},
    B.AVALUO_OBJETADO: {B.VALUADO},
    B.VALUADO: {B.EN_AVALUO, B.AVALUO_OBJETADO, B.EN_SUBASTA},
    B.EN_SUBASTA: {B.FINCADO, B.DESIERTO},
    B.FINCADO: {B.VENDIDO, B.DESIERTO},
    B.DESIERTO: {B.EN_SUBASTA, B.ADJUDICADO, B.EN_DEPOSITO, B.ABANDONADO},
}


class Bien(ConEstado, Base):
    """One good. `lote` groups what is auctioned together."""

    __tablename__ = "bien"
    __table_args__ = (
        UniqueConstraint("pae_id", "numero"),
        CheckConstraint("valor_estimado > 0", name="valor"),
    )
    TRANSICIONES: ClassVar = {
        **{e: frozenset(a | _FUERA) for e, a in _PASOS.items()},
        B.LIBERADO: frozenset({B.ENTREGADO, B.ABANDONADO}),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    pae_id: Mapped[int] = mapped_column(ForeignKey("pae.id"))
    numero: Mapped[int]
    estado: Mapped[EstadoBien] = mapped_column(columna_enum(EstadoBien), default=B.TRABADO)
    tipo: Mapped[TipoBien] = mapped_column(columna_enum(TipoBien))
    diligencia_id: Mapped[int] = mapped_column(ForeignKey("diligencia_pae.id"))
    descripcion: Mapped[str] = mapped_column(Text)
    condicion: Mapped[str] = mapped_column(String(200), default="")
    valor_estimado: Mapped[Decimal] = mapped_column(Numeric(15, 2))
    # deudor or ejecutor (CFF 155, 156)
    designa: Mapped[str] = mapped_column(String(10))
    gravamen: Mapped[str] = mapped_column(String(300), default="")
    # list of {documento_id, sha256}
    fotos: Mapped[list[Any]]
    depositaria_id: Mapped[int | None] = mapped_column(ForeignKey("depositaria.id"))
    registro: Mapped[str] = mapped_column(String(160), default="")
    embargado_en: Mapped[dt.datetime]
    salida_en: Mapped[dt.datetime | None]
    salida_motivo: Mapped[str] = mapped_column(String(300), default="")
