"""Settings: read once from the environment, checked, immutable.

Every secret may also come from a file: `SECRET_KEY_FILE=/run/secrets/key` stands for `SECRET_KEY`. In
`MODO=demo` missing keys are made once and kept in `var/claves_demo.json`; `MODO=produccion` never invents
a key and refuses to start with an unsafe setting, saying in one Spanish sentence what to change.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

RAIZ = Path(__file__).resolve().parent.parent
Modo = Literal["demo", "produccion"]

BASES = frozenset({"sqlite", "postgresql"})
SECRETOS = ("DATABASE_URL", "SECRET_KEY", "CLAVES_CIFRADO", "SMTP_URL", "METRICAS_TOKEN")
LARGO_MINIMO_CLAVE = 32  # characters of SECRET_KEY
VARIEDAD_MINIMA_CLAVE = 12  # different characters of SECRET_KEY
MEGABYTE = 1024 * 1024


class ConfiguracionInvalida(Exception):
    """A setting that the application cannot or must not start with."""


@dataclass(frozen=True)
class Ajustes:
    """What the environment says, typed. Times in minutes, sizes in bytes."""

    modo: Modo
    database_url: str
    secret_key: str
    claves_cifrado: tuple[str, ...]
    almacen_archivos: Path
    url_base: str
    smtp_url: str | None
    puerto: int
    zona_horaria: str
    saltos_proxy: int
    procesos_web: int
    minutos_inactividad: int
    maximo_peticion: int
    limites_activos: bool
    metricas_token: str | None
    depurar: bool

    @property
    def es_demo(self) -> bool:
        """True in `MODO=demo`: demo users, simulated clock."""
        return self.modo == "demo"

    @property
    def es_https(self) -> bool:
        """True when people reach the application by HTTPS, so that its cookies ask for it."""
        return self.url_base.startswith("https://")


def _leer(ambiente: Mapping[str, str], nombre: str) -> str | None:
    """Value of a variable, or the stripped text of the file that its `_FILE` twin names."""
    valor, archivo = ambiente.get(nombre), ambiente.get(f"{nombre}_FILE")
    if valor and archivo:
        raise ConfiguracionInvalida(f"Define {nombre} o {nombre}_FILE, no los dos.")
    if not archivo:
        return valor or None
    try:
        return Path(archivo).read_text(encoding="utf-8").strip() or None
    except OSError as e:
        raise ConfiguracionInvalida(f"No se puede leer el archivo de {nombre}_FILE: {e.strerror}.") from e


def _entero(ambiente: Mapping[str, str], nombre: str, omision: int, minimo: int, maximo: int) -> int:
    texto = ambiente.get(nombre) or str(omision)
    if not texto.isascii() or not texto.isdigit() or not minimo <= int(texto) <= maximo:
        raise ConfiguracionInvalida(f"{nombre} debe ser un entero entre {minimo} y {maximo}.")
    return int(texto)


def _si(ambiente: Mapping[str, str], nombre: str, omision: bool) -> bool:
    texto = (ambiente.get(nombre) or ("1" if omision else "0")).lower()
    if texto not in {"0", "1", "true", "false", "si", "no"}:
        raise ConfiguracionInvalida(f"{nombre} debe ser 1 o 0.")
    return texto in {"1", "true", "si"}


def _modo(ambiente: Mapping[str, str]) -> Modo:
    texto = ambiente.get("MODO") or "demo"
    if texto == "demo":
        return "demo"
    if texto == "produccion":
        return "produccion"
    raise ConfiguracionInvalida("MODO debe ser «demo» o «produccion».")


def _claves_de_demostracion(carpeta: Path) -> dict[str, str]:
    """Keys of a demo installation: made at the first start, shared by web, worker and command line."""
    archivo = carpeta / "claves_demo.json"
    if not archivo.exists():
        carpeta.mkdir(parents=True, exist_ok=True)
        claves = {"secret_key": secrets.token_urlsafe(48), "cifrado": Fernet.generate_key().decode()}
        temporal = archivo.with_name(f".{archivo.name}.{os.getpid()}")
        temporal.touch(mode=0o600)
        temporal.write_text(json.dumps(claves), encoding="utf-8")
        try:  # link, not rename: two processes that start together keep the keys of the first
            os.link(temporal, archivo)
        except FileExistsError:
            pass
        finally:
            temporal.unlink()
    leidas: dict[str, str] = json.loads(archivo.read_text(encoding="utf-8"))
    return leidas


def _zona(ambiente: Mapping[str, str]) -> str:
    nombre = ambiente.get("ZONA_HORARIA") or "America/Mexico_City"
    try:
        ZoneInfo(nombre)
    except (ZoneInfoNotFoundError, ValueError) as e:
        raise ConfiguracionInvalida(f"ZONA_HORARIA «{nombre}» no es una zona conocida.") from e
    return nombre


def _url_base(ambiente: Mapping[str, str], puerto: int) -> str:
    url = (ambiente.get("URL_BASE") or f"http://127.0.0.1:{puerto}").rstrip("/")
    partes = urlsplit(url)
    if partes.scheme not in {"http", "https"} or not partes.hostname:
        raise ConfiguracionInvalida("URL_BASE debe empezar con http:// o https:// y nombrar un equipo.")
    return url


def _revisar_base(url: str) -> None:
    """Raises ConfiguracionInvalida, without the address: it may hold a password."""
    try:
        sistema = make_url(url).get_backend_name()
    except (ArgumentError, ValueError):
        sistema = ""
    if sistema not in BASES:
        raise ConfiguracionInvalida(
            "DATABASE_URL debe empezar con sqlite:/// o postgresql:// y estar completa."
        )


def _clave_cifrado_valida(clave: str) -> bool:
    try:
        Fernet(clave.encode("ascii"))
    except (ValueError, UnicodeEncodeError):
        return False
    return True


def _revisar_produccion(a: Ajustes) -> None:
    if a.depurar:
        raise ConfiguracionInvalida("En producción no se permite depurar: quita FLASK_DEBUG.")
    if len(a.secret_key) < LARGO_MINIMO_CLAVE or len(set(a.secret_key)) < VARIEDAD_MINIMA_CLAVE:
        raise ConfiguracionInvalida(
            "SECRET_KEY falta o es débil: pon al menos 32 caracteres al azar (openssl rand -base64 48)."
        )
    if not a.claves_cifrado:
        raise ConfiguracionInvalida("Falta CLAVES_CIFRADO: sin ella no se puede guardar una identidad.")
    if a.database_url.startswith("sqlite") and a.procesos_web > 1:
        raise ConfiguracionInvalida(
            "SQLite sólo admite un proceso web: usa PostgreSQL o deja WEB_CONCURRENCY en 1."
        )


def _revisar(a: Ajustes) -> Ajustes:
    _revisar_base(a.database_url)
    if a.modo == "produccion":
        _revisar_produccion(a)
    for clave in a.claves_cifrado:
        if not _clave_cifrado_valida(clave):
            raise ConfiguracionInvalida(
                "Una clave de CLAVES_CIFRADO no es válida: cada una son 32 bytes en base64 de URL."
            )
    return a


def _con_claves(a: Ajustes, carpeta: Path) -> Ajustes:
    """Fill in the keys that a demo installation has not set."""
    if not a.es_demo or (a.secret_key and a.claves_cifrado):
        return a
    claves = _claves_de_demostracion(carpeta)
    return replace(
        a,
        secret_key=a.secret_key or claves["secret_key"],
        claves_cifrado=a.claves_cifrado or (claves["cifrado"],),
    )


def cargar(ambiente: Mapping[str, str] | None = None, *, var: Path | None = None) -> Ajustes:
    """Settings of an environment (the process's by default); `var` is the folder of local state.

    Raises ConfiguracionInvalida with a sentence that names the variable and what to write in it.
    """
    ambiente = os.environ if ambiente is None else ambiente
    var = var or RAIZ / "var"
    secreto = {nombre: _leer(ambiente, nombre) for nombre in SECRETOS}
    puerto = _entero(ambiente, "PORT", 8000, 1, 65535)
    claves = (secreto["CLAVES_CIFRADO"] or "").split(",")
    ajustes = Ajustes(
        modo=_modo(ambiente),
        database_url=secreto["DATABASE_URL"] or f"sqlite:///{var / 'denuncias.sqlite'}",
        secret_key=secreto["SECRET_KEY"] or "",
        claves_cifrado=tuple(c.strip() for c in claves if c.strip()),
        almacen_archivos=Path(ambiente.get("ALMACEN_ARCHIVOS") or var / "archivos"),
        url_base=_url_base(ambiente, puerto),
        smtp_url=secreto["SMTP_URL"],
        puerto=puerto,
        zona_horaria=_zona(ambiente),
        saltos_proxy=_entero(ambiente, "PROXY_HOPS", 0, 0, 10),
        procesos_web=_entero(ambiente, "WEB_CONCURRENCY", 1, 1, 256),
        minutos_inactividad=_entero(ambiente, "MINUTOS_INACTIVIDAD", 30, 1, 24 * 60),
        maximo_peticion=_entero(ambiente, "MAXIMO_PETICION_MB", 160, 1, 1024) * MEGABYTE,
        limites_activos=_si(ambiente, "LIMITES", True),
        metricas_token=secreto["METRICAS_TOKEN"],
        depurar=_si(ambiente, "FLASK_DEBUG", False),
    )
    return _revisar(_con_claves(ajustes, var))


def preparar_carpeta(ajustes: Ajustes) -> None:
    """Make the folder of the embedded database where it is missing."""
    prefijo = "sqlite:///"
    if ajustes.database_url.startswith(prefijo) and len(ajustes.database_url) > len(prefijo):
        Path(ajustes.database_url.removeprefix(prefijo)).parent.mkdir(parents=True, exist_ok=True)
