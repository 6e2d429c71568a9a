"""Who may open which page, on one screen: permission × roles. Which rows, says `queries.visible`.

Every endpoint of the staff declares one permission with `@requiere`; every other one stands in PUBLICOS.
Who may not open a page gets the same 404 as for a page that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from flask import abort
from flask_login import current_user

from models.organizacion import Rol
from web.extensions import login_manager

R = Rol
F = TypeVar("F", bound=Callable[..., Any])


class Permiso(StrEnum):
    """What a page lets people do."""

    BANDEJA = "bandeja"
    TAREA = "tarea"
    ASIGNAR = "asignar"
    IDENTIDAD = "identidad"
    CASO = "caso"
    DOCUMENTO = "documento"
    SUSPENDER = "suspender"
    ACCESOS = "accesos"
    PROCESOS = "procesos"
    PATRON = "patron"
    COMITE = "comite"
    CONVOCAR = "convocar"
    VOTAR = "votar"
    TABLERO = "tablero"
    ADMINISTRAR = "administrar"
    RELOJ = "reloj"
    CALENDARIO = "calendario"
    COBRO = "cobro"
    PROMOCION = "promocion"
    RECIBIR = "recibir"
    TRABAJADORES = "trabajadores"
    RESTITUCION = "restitucion"


PERSONAL = frozenset(R) - {R.DENUNCIANTE}
DE_CASOS = PERSONAL - {R.ADMINISTRADOR, R.ORGANO_REVISOR, R.CUSTODIO_IDENTIDAD}
DE_COMITE = frozenset({R.PRESIDENTE_COMITE, R.SECRETARIO_COMITE, R.VOCAL})
SUPERVISION = frozenset({R.SUPERVISION_AUDITORIA, R.TITULAR_JSAC, R.TITULAR_OOAD})
JEFATURAS = frozenset({R.JEFE_AUDITORIA, R.SUBDELEGADO, R.JEFE_AFILIACION, R.JEFE_COBRANZA})

PERMISOS: dict[Permiso, frozenset[R]] = {
    Permiso.BANDEJA: PERSONAL,
    Permiso.TAREA: DE_CASOS,
    Permiso.ASIGNAR: JEFATURAS,
    Permiso.IDENTIDAD: frozenset({R.ANALISTA_AUDITORIA, R.JEFE_AUDITORIA}),
    Permiso.CASO: DE_CASOS,
    Permiso.DOCUMENTO: DE_CASOS,
    Permiso.SUSPENDER: frozenset({R.JEFE_AUDITORIA}),
    Permiso.ACCESOS: frozenset({R.JEFE_AUDITORIA}),
    Permiso.PROCESOS: PERSONAL,
    Permiso.PATRON: frozenset({R.ANALISTA_AUDITORIA, R.JEFE_AUDITORIA, R.SUBDELEGADO}) | SUPERVISION,
    Permiso.COMITE: DE_COMITE | SUPERVISION | {R.JEFE_AUDITORIA, R.SUBDELEGADO},
    Permiso.CONVOCAR: frozenset({R.SECRETARIO_COMITE}),
    # A substitute named by oficio may hold any role: the rows say who sits in the session.
    Permiso.VOTAR: DE_CASOS,
    Permiso.TABLERO: SUPERVISION | JEFATURAS,
    Permiso.ADMINISTRAR: frozenset({R.ADMINISTRADOR}),
    Permiso.RELOJ: PERSONAL,
    Permiso.CALENDARIO: PERSONAL,
    Permiso.COBRO: frozenset({R.JEFE_COBRANZA}),
    Permiso.PROMOCION: frozenset(
        {R.VENTANILLA, R.AUDITOR, R.JEFE_AUDITORIA, R.JEFE_COBRANZA, R.JURIDICO, R.EJECUTOR}
    ),
    Permiso.RECIBIR: frozenset({R.VENTANILLA}),
    Permiso.TRABAJADORES: frozenset({R.AUDITOR}),
    Permiso.RESTITUCION: frozenset({R.VIGENCIA_DERECHOS}),
}

# Pages that need no account. What they show of a case, they show by its own key (mailbox) or by its folio.
PUBLICOS = frozenset(
    {
        "static",
        "acceso.entrar",
        "acceso.comprobar",
        "acceso.demo",
        "acceso.salir",
        "salud.vida",
        "salud.lista",
        "salud.metricas",
        "salud.version",
        "publico.antes",
        "publico.filtro",
        "publico.otra_puerta",
        "publico.paso",
        "publico.contestar",
        "publico.guardar_despues",
        "publico.cerrar_borrador",
        "publico.continuar",
        "publico.pruebas",
        "publico.quitar_prueba",
        "publico.seguimiento",
        "publico.entrar",
        "publico.caso",
        "publico.salir",
        "publico.forma",
        "publico.enviar_forma",
        "publico.documento_buzon",
        "publico.inicio",
        "publico.privacidad",
        "publico.accesibilidad",
        "publico.seguridad",
        "publico.salir_rapido",
        "publico.revisar",
        "publico.presentar",
        "publico.acuse",
        "publico.clave_guardada",
        "publico.acuse_pdf",
        "publico.verificar",
        "publico.verificar_folio",
        "calculadoras.indice",
        "calculadoras.plazo",
        "calculadoras.cuotas",
        "calculadoras.accesorios",
        "calculadoras.multa",
        "calculadoras.gastos",
        "calculadoras.repse",
        "calculadoras.caducidad",
        "calculadoras.identificador",
        "calculadoras.cedula",
        "calculadoras.cedula_csv",
        "calculadoras.vigencias",
        "calculadoras.plazos",
        "remates.lista",
        "remates.ver",
        "remates.forma",
        "remates.ofrecer",
        "remates.recibo",
    }
)


def puede(permiso: Permiso, roles: frozenset[str]) -> bool:
    """True when one of `roles` has the permission."""
    return not PERMISOS[permiso].isdisjoint(roles)


def tiene(permiso: Permiso) -> bool:
    """True when who asks now has the permission: for a menu or a button."""
    return bool(current_user.is_authenticated) and puede(permiso, current_user.roles)


def requiere(permiso: Permiso) -> Callable[[F], F]:
    """Declare the permission of a view. Without account: the login page; without right: the same 404."""

    def decorar(vista: F) -> F:
        @wraps(vista)
        def guardada(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if not puede(permiso, current_user.roles):
                abort(404)
            return vista(*args, **kwargs)

        guardada.permiso = permiso  # type: ignore[attr-defined]
        return guardada  # type: ignore[return-value]

    return decorar
