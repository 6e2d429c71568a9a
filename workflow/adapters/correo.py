"""Outgoing mail: SMTP when it is configured, otherwise one .eml file per message in a folder."""

from __future__ import annotations

import smtplib
import ssl
import uuid
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ESPERA = 20.0  # seconds for the server to answer
REMITENTE = "no-responder@localhost"


def mensaje(de: str, para: str, asunto: str, cuerpo: str) -> EmailMessage:
    """A plain text message. Raises ValueError when an address or the subject holds a line break."""
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = de, para, asunto
    m["Message-ID"] = make_msgid(domain=de.rpartition("@")[2])
    m.set_content(cuerpo)
    return m


class CorreoSmtp:
    """`smtp://user:key@host:587?de=address` (STARTTLS) or `smtps://…:465`. Implements context.Correo."""

    def __init__(self, url: str) -> None:
        """Raises ValueError for another scheme or without a host."""
        partes = urlsplit(url)
        if partes.scheme not in {"smtp", "smtps"} or not partes.hostname:
            raise ValueError("SMTP_URL debe ser smtp://equipo:puerto o smtps://equipo:puerto")
        self._partes = partes
        self._de = parse_qs(partes.query).get("de", [partes.username or REMITENTE])[0]

    def _conectar(self) -> smtplib.SMTP:
        p, contexto = self._partes, ssl.create_default_context()
        equipo = str(p.hostname)
        if p.scheme == "smtps":
            return smtplib.SMTP_SSL(equipo, p.port or 465, timeout=ESPERA, context=contexto)
        s = smtplib.SMTP(equipo, p.port or 587, timeout=ESPERA)
        s.ehlo()
        if s.has_extn("starttls"):
            s.starttls(context=contexto)
        return s

    def enviar(self, para: str, asunto: str, cuerpo: str) -> None:
        """Hand a message to the server. Raises OSError or smtplib.SMTPException."""
        with self._conectar() as s:
            if self._partes.username:
                s.login(unquote(self._partes.username), unquote(self._partes.password or ""))
            s.send_message(mensaje(self._de, para, asunto, cuerpo))


class CorreoEnCarpeta:
    """Stand-in without a server: messages stay in a folder, for a person or a test to open."""

    def __init__(self, carpeta: Path) -> None:
        self._carpeta = carpeta

    def enviar(self, para: str, asunto: str, cuerpo: str) -> None:
        """Write the message; its file name says nothing of whom it is for."""
        self._carpeta.mkdir(parents=True, exist_ok=True)
        archivo = self._carpeta / f"{uuid.uuid4().hex}.eml"
        archivo.write_bytes(mensaje(REMITENTE, para, asunto, cuerpo).as_bytes())
