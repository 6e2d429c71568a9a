"""Sign in: the password judged, failures counted, the account locked for a while after too many."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.organizacion import Usuario
from workflow.actions._transaction import action
from workflow.adapters import contrasena
from workflow.context import Ctx
from workflow.errors import CredencialInvalida, DemasiadosIntentos
from workflow.operations import buzon
from workflow.operations.bitacora import anotar

FALLOS_MAXIMOS = 5
ESPERA = dt.timedelta(minutes=15)
NO_COINCIDEN = "El correo y la contraseña no coinciden. Revísalos y vuelve a escribirlos."


@dataclass(frozen=True)
class Entrada:
    """Who signed in, and when she had done so before (None: never)."""

    usuario_id: int
    anterior: dt.datetime | None


@dataclass(frozen=True)
class _Intento:
    entrada: Entrada | None
    espera: dt.datetime | None = None


def entrar(ctx: Ctx, correo: str, clave: str) -> Entrada:
    """Judge an address and a password. Raises CredencialInvalida (never says which of the two is wrong)
    and DemasiadosIntentos; the failure is counted in both cases."""
    intento = _intentar(ctx, correo.strip().lower(), clave)
    if intento.espera is not None:
        local = intento.espera.astimezone(ctx.servicios.zona)
        raise DemasiadosIntentos(
            f"Hubo demasiados intentos. Podrás volver a intentarlo a las {local:%H:%M} h.", intento.espera
        )
    if intento.entrada is None:
        raise CredencialInvalida(NO_COINCIDEN)
    return intento.entrada


@action
def _intentar(ctx: Ctx, correo: str, clave: str) -> _Intento:
    usuario = ctx.session.scalar(select(Usuario).where(Usuario.correo == correo).with_for_update(of=Usuario))
    if usuario is not None and usuario.bloqueado_hasta is not None and usuario.bloqueado_hasta > ctx.now:
        return _Intento(None, usuario.bloqueado_hasta)
    if usuario is None or not usuario.activo:
        return _sin_cuenta(ctx, correo, clave)
    if not contrasena.coincide(usuario.clave_hash, clave):
        return _fallar(ctx, usuario)
    if contrasena.hay_que_rehacer(usuario.clave_hash):
        usuario.clave_hash = contrasena.hacer(clave)
    return _Intento(_abrir(ctx, usuario))


def _sin_cuenta(ctx: Ctx, correo: str, clave: str) -> _Intento:
    """An address that opens nothing waits like any other: the answer does not say whether it exists."""
    intentos = buzon.acceso(ctx, ctx.servicios.boveda.indice_ciego("acceso_cuenta", correo))
    if espera := buzon.esperar_hasta(ctx, (intentos,)):
        return _Intento(None, espera)
    contrasena.coincide(None, clave)  # takes the same time
    buzon.fallar(ctx, intentos, FALLOS_MAXIMOS)
    return _Intento(None, buzon.esperar_hasta(ctx, (intentos,)))


def _fallar(ctx: Ctx, usuario: Usuario) -> _Intento:
    usuario.intentos += 1
    if usuario.intentos < FALLOS_MAXIMOS:
        return _Intento(None)
    usuario.intentos, usuario.bloqueado_hasta = 0, ctx.now + ESPERA
    anotar(ctx, "cuenta_en_espera", None, usuario_id=usuario.id)
    return _Intento(None, usuario.bloqueado_hasta)


def _abrir(ctx: Ctx, usuario: Usuario) -> Entrada:
    entrada = Entrada(usuario.id, usuario.ultimo_acceso)
    usuario.intentos, usuario.bloqueado_hasta, usuario.ultimo_acceso = 0, None, ctx.now
    anotar(ctx, "entrar", None, usuario_id=usuario.id)
    return entrada


@action
def entrar_demo(ctx: Ctx, usuario_id: int) -> Entrada:
    """Sign in as a person of the demonstration. The web offers it only in MODO=demo.

    Raises CredencialInvalida for any other account.
    """
    usuario = ctx.session.get(Usuario, usuario_id)
    if usuario is None or not usuario.es_demo or not usuario.activo:
        raise CredencialInvalida("Ese perfil no es de la demostración. Elige otro.")
    return _abrir(ctx, usuario)
