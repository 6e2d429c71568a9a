"""The adapters that the settings ask for."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from web.config import RAIZ, Ajustes, ConfiguracionInvalida
from workflow.adapters.almacen import AlmacenLocal
from workflow.adapters.boveda import BovedaLocal
from workflow.adapters.correo import CorreoEnCarpeta, CorreoSmtp
from workflow.context import Correo, Servicios

FUENTES = RAIZ / "web" / "static" / "vendor" / "fuentes"


def _correo(ajustes: Ajustes) -> Correo:
    if ajustes.smtp_url is None:
        return CorreoEnCarpeta(ajustes.almacen_archivos.parent / "correo")
    try:
        return CorreoSmtp(ajustes.smtp_url)
    except ValueError as e:
        raise ConfiguracionInvalida(str(e)) from e


def armar(ajustes: Ajustes) -> Servicios:
    """Vault, file store and mail for the life of the process. Raises ConfiguracionInvalida."""
    return Servicios(
        boveda=BovedaLocal(ajustes.claves_cifrado),
        almacen=AlmacenLocal(ajustes.almacen_archivos),
        correo=_correo(ajustes),
        url_base=ajustes.url_base,
        fuentes=FUENTES,
        zona=ZoneInfo(ajustes.zona_horaria),
    )
