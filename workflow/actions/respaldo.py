"""Back the house up, open a backup to check it, put one back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Case, Engine, case, inspect, select, text, update
from sqlalchemy.orm import Session

from models.credito import Cedula
from models.documento import ArchivoBorrador, Documento
from models.expediente import Consecutivo
from models.organizacion import Usuario
from models.session import fabrica
from workflow.actions._transaction import action
from workflow.actions.casa import Casa
from workflow.adapters import respaldo, volcado
from workflow.adapters.llaves import huella_de_clave
from workflow.adapters.respaldo import Manifiesto
from workflow.context import Ctx
from workflow.errors import DatoInvalido, FaltaConfiguracion, NoPermitido
from workflow.operations.bitacora import anotar

FOLIOS_PERDIDOS: Final = 10_000
"""Numbers of each series that a restoration leaves out: those given after the backup are on papers that people hold."""


@dataclass(frozen=True)
class Instalacion:
    """What a backup is made of, and put back into. `claves`: those of CLAVES_CIFRADO, newest first."""

    obra: Casa
    almacen: Path
    claves: Sequence[str]
    version: str


@dataclass(frozen=True)
class Hecho:
    """A backup just written."""

    ruta: Path
    sha256: str
    manifiesto: Manifiesto


@dataclass(frozen=True)
class Abierto:
    """A backup restored beside the house. `motor` is the temporary database, `faltas` what is not right."""

    manifiesto: Manifiesto
    motor: Engine
    faltas: tuple[str, ...]


def crear(casa: Instalacion, carpeta: Path) -> Hecho:
    """Write a backup into `carpeta` while the house works; the log keeps its digest.

    The database first, then the files: the store only grows, so every file that a row names is there.
    Raises FaltaConfiguracion without the programs of PostgreSQL, DatoInvalido when the folder refuses.
    """
    motor = casa.obra.motor
    with casa.obra.ctx() as ctx:
        instante = ctx.now
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        destino = carpeta / respaldo.nombre_para(instante)
        with TemporaryDirectory(prefix=".respaldo-", dir=carpeta) as taller:
            base = Path(taller) / volcado.nombre(motor)
            conteos = volcado.volcar(motor, base)
            miembros = {base.name: base, **dict(respaldo.de_almacen(casa.almacen))}
            manifiesto = Manifiesto(
                creado_en=instante.isoformat(timespec="seconds"),
                version=casa.version,
                migracion=_migracion(motor),
                base=base.name,
                conteos=conteos,
                claves=[huella_de_clave(clave) for clave in casa.claves],
                miembros={nombre: respaldo.huella(ruta) for nombre, ruta in miembros.items()},
            )
            respaldo.escribir(destino, manifiesto, miembros)
    except OSError as error:
        raise DatoInvalido(f"No se pudo escribir en «{carpeta}»: {error.strerror or error}.") from error
    hecho = Hecho(destino, respaldo.huella(destino), manifiesto)
    with casa.obra.ctx() as ctx:
        _anotar(ctx, "crear_respaldo", hecho.sha256)
    return hecho


@contextlib.contextmanager
def abrir(casa: Instalacion, origen: Path) -> Iterator[Abierto]:
    """Restore a backup into a temporary database and say what is missing or different in it.

    Raises DatoInvalido when the file is damaged or of another kind of database.
    """
    manifiesto = _leer(casa, origen)
    with TemporaryDirectory(prefix="respaldo-") as carpeta, volcado.temporal(casa.obra.motor) as prueba:
        respaldo.extraer(origen, manifiesto, Path(carpeta))
        volcado.cargar(Path(carpeta) / manifiesto.base, prueba)
        with fabrica(prueba)() as sesion:
            faltas = (
                *_por_conteo(manifiesto, prueba),
                *_por_archivo(manifiesto, sesion),
                *_por_clave(casa, manifiesto),
            )
        yield Abierto(manifiesto, prueba, faltas)


def _por_conteo(manifiesto: Manifiesto, motor: Engine) -> list[str]:
    hay = volcado.contar(motor)
    return [
        f"La tabla «{tabla}» debía tener {debe} filas y tiene {hay.get(tabla, 0)}."
        for tabla, debe in manifiesto.conteos.items()
        if hay.get(tabla) != debe
    ]


def _por_archivo(manifiesto: Manifiesto, sesion: Session) -> list[str]:
    nombrados = {
        sha256
        for modelo in (Documento, ArchivoBorrador, Cedula)
        for sha256 in sesion.scalars(select(modelo.sha256).where(modelo.sha256.is_not(None)))
    }
    perdidos = nombrados - manifiesto.archivos
    return [f"Faltan {len(perdidos)} archivos que la base nombra."] if perdidos else []


def _por_clave(casa: Instalacion, manifiesto: Manifiesto) -> list[str]:
    faltan = set(manifiesto.claves) - {huella_de_clave(clave) for clave in casa.claves}
    return [
        f"Falta en CLAVES_CIFRADO la clave de huella {huella}: sin ella no se abren identidades ni mensajes."
        for huella in sorted(faltan)
    ]


def restaurar(casa: Instalacion, origen: Path, *, reemplazar: bool = False) -> Manifiesto:
    """Put a backup in the place of the house's database and store; everything is checked before.

    Raises NoPermitido when the database holds accounts and `reemplazar` is false, FaltaConfiguracion when a
    key of the backup is missing here, DatoInvalido for a damaged file.
    """
    motor = casa.obra.motor
    manifiesto = _leer(casa, origen)
    if not reemplazar and _tiene_cuentas(motor):
        raise NoPermitido(
            "La base tiene datos y se perderían: haz un respaldo y agrega --reemplazar, o usa una base vacía."
        )
    for falta in _por_clave(casa, manifiesto):
        raise FaltaConfiguracion(falta)
    with TemporaryDirectory(prefix="respaldo-") as carpeta:
        respaldo.extraer(origen, manifiesto, Path(carpeta))
        for _, ruta in respaldo.de_almacen(Path(carpeta) / "archivos"):
            casa.obra.servicios.almacen.guardar(ruta.read_bytes())
        volcado.cargar(Path(carpeta) / manifiesto.base, motor)
    motor.dispose()
    return manifiesto


def asentar_restauracion(casa: Instalacion, origen: Path) -> None:
    """Close every session, leave room for the folios that were lost, and write in the log which backup was put back.

    Once the database is at the version of the program.
    """
    with casa.obra.ctx() as ctx:
        _asentar(ctx, respaldo.huella(origen))


@action
def _asentar(ctx: Ctx, sha256: str) -> None:
    ctx.session.execute(update(Usuario).values(sesion_serie=_serie_nueva(ctx)))
    ctx.session.execute(update(Consecutivo).values(ultimo=Consecutivo.ultimo + FOLIOS_PERDIDOS))
    anotar(ctx, "restaurar_respaldo", None, sha256=sha256)


def _serie_nueva(ctx: Ctx) -> Case[int]:
    """A serial number of session that no cookie can hold: the backup does not know those given after it.

    Minutes since 1970: nobody signs out so often.
    """
    minutos = int(ctx.now.timestamp()) // 60
    return case((Usuario.sesion_serie < minutos, minutos), else_=Usuario.sesion_serie + 1)


def _leer(casa: Instalacion, origen: Path) -> Manifiesto:
    manifiesto = respaldo.leer(origen)
    if manifiesto.base != volcado.nombre(casa.obra.motor):
        clase = "SQLite" if manifiesto.base.endswith(".sqlite") else "PostgreSQL"
        raise DatoInvalido(f"Ese respaldo es de {clase}: pon en DATABASE_URL una base de la misma clase.")
    return manifiesto


def _tiene_cuentas(motor: Engine) -> bool:
    if not inspect(motor).has_table(Usuario.__tablename__):
        return False
    with motor.connect() as conexion:
        return conexion.scalar(select(Usuario.id).limit(1)) is not None


def _migracion(motor: Engine) -> str | None:
    if not inspect(motor).has_table("alembic_version"):
        return None
    with motor.connect() as conexion:
        version: str | None = conexion.scalar(text("SELECT version_num FROM alembic_version"))
        return version


@action
def _anotar(ctx: Ctx, verbo: str, sha256: str) -> None:
    anotar(ctx, verbo, None, sha256=sha256)
