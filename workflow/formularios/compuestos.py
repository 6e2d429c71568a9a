"""Types of field with several parts: period, domicile, signature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from workflow.formularios import textos, valores
from workflow.formularios.campos import Campo, Rechazo

MEDIOS_FIRMA: Final = (("autografa", "Firma autógrafa digitalizada"), ("efirma", "e.firma"))
PARTES: Final[Mapping[str, tuple[str, ...]]] = {
    "periodo": ("desde", "hasta"),
    "domicilio": ("calle", "numero", "colonia", "cp", "municipio", "estado", "referencias"),
    "firma": ("medio", "documento_id", "firmo"),
}
"""Names of the parts of each composite type, in the order in which they are shown."""

ETIQUETAS_DOMICILIO: Final[Mapping[str, str]] = {
    "calle": "Calle",
    "numero": "Número",
    "colonia": "Colonia",
    "cp": "Código postal",
    "municipio": "Municipio o alcaldía",
    "estado": "Estado",
    "referencias": "Referencias",
}
_FACULTATIVAS = frozenset({"numero", "colonia", "referencias"})


def _partes(campo: Campo, valor: object) -> Mapping[str, object]:
    if not isinstance(valor, Mapping) or not set(valor) <= set(PARTES[campo.tipo]):
        raise Rechazo(f"Llena de nuevo «{campo.titulo}» en la página.")
    return valor


def _vacia(valor: object) -> bool:
    return valor is None or (isinstance(valor, str) and not valor.strip())


def periodo(campo: Campo, valor: object) -> dict[str, str | None]:
    """`{desde, hasta}` in order; `hasta` may be missing (it goes on today) only if the field is open."""
    partes = _partes(campo, valor)
    frases: dict[str, str] = {}
    limpio: dict[str, str | None] = {}
    for parte in PARTES["periodo"]:
        if _vacia(partes.get(parte)):
            limpio[parte] = None
            if parte == "desde" or not campo.abierto:
                cuando = "desde cuándo" if parte == "desde" else "hasta cuándo"
                frases[parte] = f"Escribe {cuando} va «{campo.titulo}»."
            continue
        try:
            limpio[parte] = valores.fecha(campo, partes[parte])
        except Rechazo as falla:
            frases[parte] = falla.frases[""]
    desde, hasta = limpio.get("desde"), limpio.get("hasta")
    if not frases and desde and hasta and hasta < desde:
        frases["hasta"] = f"En «{campo.titulo}», la segunda fecha debe ser igual o posterior a la primera."
    if frases:
        raise Rechazo.de(frases)
    return limpio


def domicilio(campo: Campo, valor: object) -> dict[str, str]:
    partes = _partes(campo, valor)
    frases: dict[str, str] = {}
    limpio: dict[str, str] = {}
    for parte in PARTES["domicilio"]:
        etiqueta = ETIQUETAS_DOMICILIO[parte]
        if _vacia(partes.get(parte)):
            if parte not in _FACULTATIVAS:
                frases[parte] = f"Llena «{etiqueta}» del domicilio."
            continue
        try:
            limpio[parte] = textos.texto(Campo(parte, etiqueta, "texto", largo=150), partes[parte])
        except Rechazo as falla:
            frases[parte] = falla.frases[""]
    if "cp" in limpio and not re.fullmatch(r"[0-9]{5}", limpio["cp"]):
        frases["cp"] = "Escribe el código postal con sus 5 dígitos."
    if frases:
        raise Rechazo.de(frases)
    return limpio


def firma(campo: Campo, valor: object) -> dict[str, str | int | bool]:
    """`{medio, firmo: True, documento_id?}`: how it was signed, the explicit act, and the scan if any."""
    partes = _partes(campo, valor)
    frases: dict[str, str] = {}
    medio = partes.get("medio")
    if not isinstance(medio, str) or medio not in dict(MEDIOS_FIRMA):
        frases["medio"] = f"Elige en «{campo.titulo}» cómo firmas."
    try:
        firmo = not _vacia(partes.get("firmo")) and valores.si_no(campo, partes["firmo"])
    except Rechazo:
        firmo = False
    if not firmo:
        frases["firmo"] = f"Marca «Firmo este documento» en «{campo.titulo}»."
    limpio: dict[str, str | int | bool] = {"medio": str(medio), "firmo": True}
    if not _vacia(partes.get("documento_id")):
        try:
            limpio["documento_id"] = valores.identidad(campo, partes["documento_id"])
        except Rechazo:
            frases["documento_id"] = f"Adjunta de nuevo el archivo de «{campo.titulo}»."
    if frases:
        raise Rechazo.de(frases)
    return limpio
