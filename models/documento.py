"""A document of the file: issued by the institute or received. The bytes live in the file store, by digest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Etiquetado, columna_enum


class OrigenDocumento(Etiquetado):
    EMITIDO = "emitido", "Emitido por el Instituto"
    DENUNCIANTE = "denunciante", "Aportado por la persona denunciante"
    INTERNO = "interno", "Anexo interno"


class Documento(Base):
    """One document. `folio` only for those issued; `sha256` is the digest of the stored bytes.

    `datos` keeps what an issued document says, so that it can be rendered after the commit and again;
    `sha256` is empty until that rendering is done. It never holds data of the denouncer.
    """

    __tablename__ = "documento"
    __table_args__ = (Index("ix_documento_sujeto", "sujeto_tipo", "sujeto_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    folio: Mapped[str | None] = mapped_column(String(30), unique=True)
    # acuse, dictamen_analisis, ficha_propuesta, convocatoria, acta_comite, oficio_respuesta, evidencia, anexo…
    tipo: Mapped[str] = mapped_column(String(40))
    titulo: Mapped[str] = mapped_column(String(200))
    origen: Mapped[OrigenDocumento] = mapped_column(columna_enum(OrigenDocumento))
    sujeto_tipo: Mapped[str] = mapped_column(String(20))
    sujeto_id: Mapped[int]
    expediente_id: Mapped[int] = mapped_column(ForeignKey("expediente.id"), index=True)
    # True: the denouncer finds it in her mailbox.
    para_denunciante: Mapped[bool] = mapped_column(default=False)
    datos: Mapped[dict[str, Any] | None]
    nombre: Mapped[str] = mapped_column(String(160))
    mime: Mapped[str] = mapped_column(String(80))
    tamano: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    emitido_en: Mapped[dt.datetime]
    emitido_por: Mapped[int | None] = mapped_column(ForeignKey("usuario.id"))
    firmas: Mapped[list[Any] | None]
    version: Mapped[int] = mapped_column(default=1)


class ArchivoBorrador(Base):
    """A file uploaded while the denuncia is still a draft; becomes a Documento when it is filed."""

    __tablename__ = "archivo_borrador"

    id: Mapped[int] = mapped_column(primary_key=True)
    borrador_id: Mapped[int] = mapped_column(ForeignKey("borrador.id", ondelete="CASCADE"), index=True)
    nombre: Mapped[str] = mapped_column(String(160))
    mime: Mapped[str] = mapped_column(String(80))
    tamano: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    aviso: Mapped[str] = mapped_column(String(200), default="")
    subido_en: Mapped[dt.datetime]
