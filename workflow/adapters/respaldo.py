"""A backup: one tar with a manifest first, the database, and every file of the store.

The manifest names each member with its sha256, how many rows each table had, the migration, and the
fingerprints of the keys that open the identities: never a key. Reading one trusts nothing in it: only the
members that the manifest lists, under the names that a backup may have, are ever written to disk.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from workflow.errors import DatoInvalido

FORMATO = 1
MANIFIESTO = "manifiesto.json"
BASES = frozenset({"base.sqlite", "base.dump"})
_ARCHIVO = re.compile(r"archivos/[0-9a-f]{2}/([0-9a-f]{64})")
BLOQUE = 1 << 20
MANIFIESTO_MAXIMO = 256 << 20  # bytes
DANADO = "El respaldo está dañado o no es de este programa: "


@dataclass(frozen=True)
class Manifiesto:
    """What a backup says of itself. `miembros`: name in the tar → sha256; `claves`: fingerprints."""

    creado_en: str
    version: str
    migracion: str | None
    base: str
    conteos: dict[str, int]
    claves: list[str]
    miembros: dict[str, str]
    formato: int = FORMATO

    @property
    def archivos(self) -> set[str]:
        """Digests of the files of the store."""
        return {m[1] for nombre in self.miembros if (m := _ARCHIVO.fullmatch(nombre))}


def nombre_para(instante: dt.datetime) -> str:
    """File name of a backup made at an instant."""
    return f"denuncias-{instante.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.tar"


def de_almacen(carpeta: Path) -> Iterable[tuple[str, Path]]:
    """Every file of a store: its name in the backup and where it is."""
    for ruta in sorted(carpeta.glob("[0-9a-f][0-9a-f]/*")):
        nombre = f"archivos/{ruta.parent.name}/{ruta.name}"
        if _ARCHIVO.fullmatch(nombre):
            yield nombre, ruta


def huella(ruta: Path) -> str:
    """sha256 of a file."""
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()


def escribir(destino: Path, manifiesto: Manifiesto, miembros: dict[str, Path]) -> None:
    """Write the tar, readable by its owner only; it has its final name once it is whole."""
    parcial = destino.with_name(f".{destino.name}.{os.getpid()}")
    descriptor = os.open(parcial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as crudo:
            with tarfile.open(fileobj=crudo, mode="w") as tar:
                _agregar(tar, MANIFIESTO, io.BytesIO(_texto(manifiesto)), len(_texto(manifiesto)))
                for nombre, ruta in miembros.items():
                    with ruta.open("rb") as archivo:
                        _agregar(tar, nombre, archivo, ruta.stat().st_size)
            crudo.flush()
            os.fsync(crudo.fileno())
        parcial.rename(destino)
    finally:
        parcial.unlink(missing_ok=True)


def _texto(manifiesto: Manifiesto) -> bytes:
    return json.dumps(asdict(manifiesto), ensure_ascii=False, indent=1, sort_keys=True).encode()


def _agregar(tar: tarfile.TarFile, nombre: str, contenido: IO[bytes], tamano: int) -> None:
    miembro = tarfile.TarInfo(nombre)
    miembro.size, miembro.mode = tamano, 0o600
    tar.addfile(miembro, contenido)


def leer(origen: Path) -> Manifiesto:
    """The manifest of a backup. Raises DatoInvalido when there is none or it is of another format."""
    try:
        with tarfile.open(origen, "r:") as tar:
            primero = tar.next()
            archivo = tar.extractfile(primero) if primero is not None and primero.name == MANIFIESTO else None
            if archivo is None or primero is None or primero.size > MANIFIESTO_MAXIMO:
                raise DatoInvalido(f"{DANADO}no tiene manifiesto.")
            datos = json.loads(archivo.read())
            manifiesto = Manifiesto(**datos)
    except FileNotFoundError:
        raise DatoInvalido(f"No existe el archivo «{origen}».") from None
    except (tarfile.TarError, OSError, ValueError, TypeError) as error:
        raise DatoInvalido(f"{DANADO}no se puede leer su manifiesto.") from error
    if manifiesto.formato != FORMATO or manifiesto.base not in BASES:
        raise DatoInvalido(f"{DANADO}su formato es otro.")
    if any(nombre not in BASES and not _ARCHIVO.fullmatch(nombre) for nombre in manifiesto.miembros):
        raise DatoInvalido(f"{DANADO}nombra archivos que un respaldo no tiene.")
    return manifiesto


def extraer(origen: Path, manifiesto: Manifiesto, carpeta: Path) -> None:
    """Write every member under `carpeta`, each compared with its digest.

    Raises DatoInvalido at the first one that is missing, altered, or not in the manifest.
    """
    faltan = dict(manifiesto.miembros)
    try:
        with tarfile.open(origen, "r:") as tar:
            for miembro in tar:
                if miembro.name == MANIFIESTO:
                    continue
                esperado = faltan.pop(miembro.name, None)
                archivo = tar.extractfile(miembro) if miembro.isreg() else None
                if esperado is None or archivo is None:
                    raise DatoInvalido(f"{DANADO}sobra «{miembro.name}».")
                _copiar(archivo, carpeta / miembro.name, esperado)
    except (tarfile.TarError, OSError) as error:
        raise DatoInvalido(f"{DANADO}está cortado.") from error
    if faltan:
        raise DatoInvalido(f"{DANADO}falta «{next(iter(faltan))}».")


def _copiar(archivo: IO[bytes], destino: Path, esperado: str) -> None:
    destino.parent.mkdir(parents=True, exist_ok=True)
    suma = hashlib.sha256()
    with destino.open("xb") as salida:
        while bloque := archivo.read(BLOQUE):
            suma.update(bloque)
            salida.write(bloque)
    if suma.hexdigest() != esperado:
        raise DatoInvalido(f"{DANADO}«{destino.name}» cambió.")
