"""Contract 4.7, with the check digits of the agencies' own published rules."""

from __future__ import annotations

import re
from typing import Any

from tests.legal.oraculo.entrada import Lector, leer_fecha

ALFABETO_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
# Two letters each.
ESTADOS = "ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMNMSNTNLOCPLQTQRSPSLSRTCTSTLVZYNZSNE"
ESTADOS_DE_DOS = [ESTADOS[lugar : lugar + 2] for lugar in range(0, len(ESTADOS), 2)]
ALFABETO_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"


def identificador(caso: dict[str, Any]) -> dict[str, Any]:
    """Output `valido`, `normalizado`, and `advertencias` as yes or no."""
    lector = Lector(caso)
    tipo = lector.palabra("tipo", ["nss", "curp", "rfc", "registro_patronal"])
    valor = lector.crudo("valor")
    if valor is not None and not isinstance(valor, str):
        lector.mal()
    lector.terminar()
    limpio = valor.upper().replace(" ", "").replace("-", "")
    juez = {"nss": nss, "curp": curp, "rfc": rfc, "registro_patronal": registro}[tipo]
    valido, advierte = juez(limpio)
    return {"valido": valido, "normalizado": limpio, "advierte": advierte}


def nss(texto: str) -> tuple[bool, bool]:
    """Eleven digits, Luhn."""
    if not re.fullmatch("[0-9]{11}", texto):
        return False, False
    suma = 0
    for lugar, cifra in enumerate(reversed(texto)):
        valor = int(cifra)
        if lugar % 2 == 1:
            valor = valor * 2
            if valor > 9:
                valor = valor - 9
        suma += valor
    return suma % 10 == 0, False


def guiones(seis: str) -> str:
    """`AAMMDD` as `AA-MM-DD`."""
    return f"{seis[:2]}-{seis[2:4]}-{seis[4:]}"


def digito_curp(diecisiete: str) -> str:
    """Weights 18 down to 2 over the place in the alphabet; ten minus the last digit of the sum."""
    suma = 0
    for lugar, letra in enumerate(diecisiete):
        suma += ALFABETO_CURP.index(letra) * (18 - lugar)
    return str((10 - suma % 10) % 10)


def curp(texto: str) -> tuple[bool, bool]:
    """Four letters, six digits, sex, five letters, one character, the check digit."""
    if (
        not re.fullmatch("[A-Z]{4}[0-9]{6}[HMX][A-Z]{5}[0-9A-Z][0-9]", texto)
        or texto[11:13] not in ESTADOS_DE_DOS
    ):
        return False, False
    # The seventeenth character tells the century: a digit before the year 2000, a letter from then on.
    if leer_fecha(("19" if texto[16].isdigit() else "20") + guiones(texto[4:10])) is None:
        return False, False
    return digito_curp(texto[:17]) == texto[17], False


def digito_rfc(doce: str) -> str:
    """Weights 13 down to 2 over twelve places (a company's eleven begin with a space)."""
    suma = 0
    for lugar, letra in enumerate(doce):
        suma += ALFABETO_RFC.index(letra) * (13 - lugar)
    resto = suma % 11
    return {0: "0", 1: "A"}.get(resto, str(11 - resto))


def rfc(texto: str) -> tuple[bool, bool]:
    """Three or four letters, six digits, three characters; a wrong check digit is only a warning."""
    if not re.fullmatch("[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{2}[0-9A]", texto):
        return False, False
    corta = guiones(texto[-9:-3])
    if leer_fecha("19" + corta) is None and leer_fecha("20" + corta) is None:
        return False, False
    return True, digito_rfc(texto[:-1].rjust(12)) != texto[-1]


def registro(texto: str) -> tuple[bool, bool]:
    """Ten or eleven characters: a letter or digit, then digits."""
    return bool(re.fullmatch("[A-Z0-9][0-9]{9,10}", texto)), False
