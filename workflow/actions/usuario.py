"""Accounts: open, close, give and take roles. Who may do it is decided by `administrador` or the system."""

from __future__ import annotations

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from models.organizacion import Ooad, Rol, Subdelegacion, Usuario, UsuarioRol
from workflow.actions._transaction import action
from workflow.adapters import contrasena
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import visitadores
from workflow.operations.bitacora import anotar

LARGO_MINIMO = 12  # characters of a password
LARGO_MAXIMO = 128


@dataclass(frozen=True)
class Alta:
    """What a new account needs. `unidad`: key of a subdelegación or an OOAD; empty for nivel central."""

    correo: str
    nombre: str
    contrasena: str
    cargo: str = ""
    unidad: str = ""
    roles: tuple[str, ...] = ()


def _autorizar(ctx: Ctx) -> None:
    if ctx.actor.tipo != "sistema" and not ctx.actor.es(Rol.ADMINISTRADOR):
        raise NoPermitido("Sólo la administración del sistema cambia cuentas.")


def _correo(texto: str) -> str:
    try:
        return validate_email(texto, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise DatoInvalido(f"«{texto}» no es un correo. Escríbelo como nombre@dominio.") from error


def _rol(texto: str) -> Rol:
    try:
        return Rol(texto)
    except ValueError as error:
        raise DatoInvalido(f"No hay un rol «{texto}». Los roles son: {', '.join(Rol)}.") from error


def revisar_contrasena(texto: str) -> str:
    """The password itself when it is long enough. Raises DatoInvalido."""
    if not LARGO_MINIMO <= len(texto) <= LARGO_MAXIMO:
        raise DatoInvalido(f"La contraseña lleva de {LARGO_MINIMO} a {LARGO_MAXIMO} caracteres.")
    return texto


def _unidad(ctx: Ctx, clave: str) -> tuple[int | None, int | None]:
    """Ids of (subdelegación, OOAD) that a key names. Raises DatoInvalido when no unit has it."""
    if not clave:
        return None, None
    sub = ctx.session.scalar(select(Subdelegacion).where(Subdelegacion.clave == clave))
    if sub is not None:
        return sub.id, sub.ooad_id
    ooad = ctx.session.scalar(select(Ooad).where(Ooad.clave == clave))
    if ooad is None:
        raise DatoInvalido(f"No hay una unidad con clave «{clave}».")
    return None, ooad.id


def _buscar(ctx: Ctx, correo: str) -> Usuario:
    usuario = ctx.session.scalar(
        select(Usuario).where(Usuario.correo == correo.lower()).with_for_update(of=Usuario)
    )
    if usuario is None:
        raise NoEncontrado(f"No hay una cuenta con el correo «{correo}».")
    return usuario


@action
def crear(ctx: Ctx, alta: Alta) -> int:
    """Open an account; returns its id. Raises DatoInvalido, also when the address has one already."""
    _autorizar(ctx)
    subdelegacion_id, ooad_id = _unidad(ctx, alta.unidad)
    if not alta.nombre.strip():
        raise DatoInvalido("Escribe el nombre de la persona.")
    usuario = Usuario(
        correo=_correo(alta.correo),
        nombre=alta.nombre.strip(),
        cargo=alta.cargo.strip(),
        clave_hash=contrasena.hacer(revisar_contrasena(alta.contrasena)),
        subdelegacion_id=subdelegacion_id,
        ooad_id=ooad_id,
    )
    usuario.roles = [UsuarioRol(rol=_rol(r)) for r in dict.fromkeys(alta.roles)]
    ctx.session.add(usuario)
    ctx.session.flush()
    anotar(ctx, "cuenta_creada", None, usuario_id=usuario.id, roles=sorted(set(alta.roles)))
    return usuario.id


@action
def bloquear(ctx: Ctx, correo: str, *, activo: bool = False) -> None:
    """Close an account (or open it again); its sessions end at once. The acts that she audits name another."""
    _autorizar(ctx)
    usuario = _buscar(ctx, correo)
    if usuario.activo == activo:
        return
    usuario.activo = activo
    usuario.sesion_serie += 1
    usuario.intentos, usuario.bloqueado_hasta = 0, None
    anotar(ctx, "cuenta_abierta" if activo else "cuenta_cerrada", None, usuario_id=usuario.id)
    if not activo:
        visitadores.dejar(ctx, usuario.id)


@action
def cambiar_roles(
    ctx: Ctx, correo: str, *, dar: tuple[str, ...] = (), quitar: tuple[str, ...] = ()
) -> list[str]:
    """Give and take roles; returns those that remain. Sessions end, so that nobody keeps an old role."""
    _autorizar(ctx)
    usuario = _buscar(ctx, correo)
    antes = {r.rol.value for r in usuario.roles}
    despues = (antes | {_rol(r).value for r in dar}) - {_rol(r).value for r in quitar}
    if antes == despues:
        return sorted(despues)
    for fila in list(usuario.roles):
        if fila.rol.value not in despues:
            ctx.session.delete(fila)
    for rol in sorted(despues - antes):
        ctx.session.add(UsuarioRol(usuario_id=usuario.id, rol=Rol(rol)))
    usuario.sesion_serie += 1
    anotar(
        ctx,
        "roles_cambiados",
        None,
        usuario_id=usuario.id,
        dados=sorted(despues - antes),
        quitados=sorted(antes - despues),
    )
    if Rol.AUDITOR.value in antes - despues:
        visitadores.dejar(ctx, usuario.id)
    ctx.session.flush()
    ctx.session.refresh(usuario, ["roles"])
    return sorted(despues)
