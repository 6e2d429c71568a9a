"""Who bids and what for, as the public form says it: read, or refused field by field (RCFF 104-106)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workflow.errors import DatoInvalido
from workflow.rules import dinero
from workflow.rules.errores import ReglaError
from workflow.rules.identificadores import RFC_GENERICOS, revisar

FISICA, MORAL = "fisica", "moral"
LARGOS = {
    "nombre": 160,
    "nacionalidad": 60,
    "domicilio": 300,
    "datos_sociales": 1000,
    "correo": 254,
    "transferencia": 40,
}
FALTA = {
    "nombre": "Escribe tu nombre o la denominación de la empresa.",
    "domicilio": "Escribe el domicilio.",
    "correo": "Escribe un correo.",
    "transferencia": "Escribe la referencia de la transferencia.",
}
_CORREO = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_CLABE = re.compile(r"[0-9]{18}", re.ASCII)
_REFERENCIA = re.compile(r"[A-Z0-9-]{4,40}", re.ASCII)


def limpiar(dicho: Mapping[str, Any]) -> dict[str, Any]:
    """What a bid needs, cleaned. Raises DatoInvalido with a sentence by field."""
    errores: dict[str, str] = {}
    limpio: dict[str, Any] = {campo: _texto(dicho, campo, largo, errores) for campo, largo in LARGOS.items()}
    for campo, frase in FALTA.items():
        if not limpio[campo]:
            errores.setdefault(campo, frase)
    limpio["persona"] = str(dicho.get("persona") or FISICA)
    if limpio["persona"] not in (FISICA, MORAL):
        errores["persona"] = "Elige si ofreces como persona o como empresa."
    limpio["rfc"] = _rfc(dicho, limpio["persona"], errores)
    for campo in ("importe", "deposito"):
        limpio[campo] = _dinero(dicho, campo, errores)
    limpio["cuenta"] = re.sub(r"\s", "", str(dicho.get("cuenta") or ""))
    if not _CLABE.fullmatch(limpio["cuenta"]):
        errores["cuenta"] = "Escribe los 18 números de la CLABE."
    if limpio["correo"] and not _CORREO.fullmatch(limpio["correo"]):
        errores["correo"] = "Escribe un correo como nombre@ejemplo.com."
    limpio["transferencia"] = re.sub(r"\s", "", limpio["transferencia"]).upper()
    if limpio["transferencia"] and not _REFERENCIA.fullmatch(limpio["transferencia"]):
        errores["transferencia"] = "Usa sólo letras, números y guiones, como en el comprobante."
    _servidor(dicho, limpio, errores)
    if errores:
        raise DatoInvalido("Hay datos que corregir.", errores)
    return limpio


def _texto(dicho: Mapping[str, Any], campo: str, largo: int, errores: dict[str, str]) -> str:
    escrito = " ".join(str(dicho.get(campo) or "").split())
    if len(escrito) > largo:
        errores[campo] = f"Escribe {largo} caracteres o menos."
    return escrito


def _rfc(dicho: Mapping[str, Any], persona: str, errores: dict[str, str]) -> str:
    hallado = revisar("rfc", str(dicho.get("rfc") or ""))
    if not hallado.valido:
        errores["rfc"] = hallado.motivo
    elif hallado.normalizado in RFC_GENERICOS:
        errores["rfc"] = "Escribe tu RFC: uno genérico no dice quién ofrece."
    elif len(hallado.normalizado) != (13 if persona == FISICA else 12):
        errores["rfc"] = "El RFC de una persona tiene 13 caracteres y el de una empresa, 12."
    return hallado.normalizado


def _dinero(dicho: Mapping[str, Any], campo: str, errores: dict[str, str]) -> str:
    try:
        importe = dinero.leer(str(dicho.get(campo) or ""))
    except ReglaError as error:
        errores[campo] = error.mensaje
        return "0"
    if importe <= 0:
        errores[campo] = "Escribe una cantidad mayor que cero."
    return str(importe)


def _servidor(dicho: Mapping[str, Any], limpio: dict[str, Any], errores: dict[str, str]) -> None:
    respuesta = dicho.get("servidor_publico")
    if respuesta not in (True, False, "si", "no"):
        errores["servidor_publico"] = "Responde si trabajas en el Instituto."
    limpio["servidor_publico"] = respuesta in (True, "si")
