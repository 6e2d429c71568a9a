"""Money: pesos as `Decimal`, every rounding with its name, and amounts as people write them."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from workflow.rules.errores import dato_invalido

CENTAVO = Decimal("0.01")
PESO = Decimal(1)
MEDIO_PESO = Decimal("0.50")
# The widest amount that a numeric(15, 2) column holds.
MAXIMO = Decimal("9999999999999.99")

_ESCRITO = re.compile(r"(-?)\$?(-?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?)")
_CONTRATO = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?")
_POR_CIENTO = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,5})?")


def a_centavos(importe: Decimal) -> Decimal:
    """Round half up to the cent (half away from zero)."""
    return importe.quantize(CENTAVO, ROUND_HALF_UP)


def a_pesos_cff20(importe: Decimal) -> Decimal:
    """The amount to pay in whole pesos (CFF 20): 1 to 50 cents go down, 51 to 99 up. Two decimals kept.

    The rule speaks of cents, so the amount is first rounded half up to the cent; it must not be negative.
    """
    centavos = a_centavos(importe)
    if centavos < 0:
        raise dato_invalido("Un importe a pagar no puede ser negativo.")
    pesos = centavos.quantize(PESO, ROUND_FLOOR)
    return (pesos + PESO if centavos - pesos > MEDIO_PESO else pesos).quantize(CENTAVO)


def truncar(valor: Decimal, decimales: int) -> Decimal:
    """Cut `valor` after `decimales` decimals, without rounding (factors, CFF 17-A)."""
    return valor.quantize(Decimal(1).scaleb(-decimales), ROUND_DOWN)


def leer(texto: str) -> Decimal:
    """An amount as people type it: «$1,234.50», «1234.5», « 1 234.50 MXN». DATO_INVALIDO otherwise."""
    limpio = re.sub(r"\s|MXN$|M\.N\.$", "", texto.strip().upper())
    hallado = _ESCRITO.fullmatch(limpio)
    if hallado is None:
        raise dato_invalido("Escribe la cantidad con números, por ejemplo 1,234.50.")
    if hallado[1] or hallado[2]:
        raise dato_invalido("La cantidad no puede ser negativa.")
    importe = Decimal(hallado[3].replace(",", ""))
    if importe > MAXIMO:
        raise dato_invalido("La cantidad es demasiado grande. Revisa los ceros.")
    return importe.quantize(CENTAVO)


def leer_contrato(texto: object, campo: str) -> Decimal:
    """An amount of the contract: a string with two decimals (fewer are read too). DATO_INVALIDO names the field."""
    if not isinstance(texto, str) or not _CONTRATO.fullmatch(texto):
        raise dato_invalido(f'«{campo}» debe ser una cantidad con dos decimales, entre comillas: "1234.50".')
    # The sum takes the sign off a zero.
    return Decimal(texto).quantize(CENTAVO) + 0


def leer_por_ciento(texto: object, campo: str) -> Decimal:
    """A percentage of the contract: a string of up to five decimals. DATO_INVALIDO names the field."""
    if not isinstance(texto, str) or not _POR_CIENTO.fullmatch(texto):
        raise dato_invalido(
            f'«{campo}» debe ser un porcentaje de hasta cinco decimales, entre comillas: "2.59840".'
        )
    return Decimal(texto) + 0


def a_centesimos(importe: Decimal) -> int:
    """Pesos as an integer of cents, half up."""
    return int(a_centavos(importe).scaleb(2))


def de_centesimos(centavos: int) -> Decimal:
    """An integer of cents as pesos."""
    return Decimal(centavos).scaleb(-2)


def escribir_por_ciento(por_ciento: Decimal) -> str:
    """«1.75», «20.40», «7.58875»: at least two decimals, no useless zeros after them. Also for factors of percent."""
    decimales = max(2, -int(por_ciento.normalize().as_tuple().exponent))
    return f"{por_ciento:.{decimales}f}"


def escribir(importe: Decimal) -> str:
    """«$1,234.50»; a minus sign goes before the peso sign."""
    centavos = a_centavos(importe)
    signo = "-" if centavos < 0 else ""
    return f"{signo}${abs(centavos):,.2f}"


def a_contrato(importe: Decimal) -> str:
    """The amount as the contract writes it: «1234.50»."""
    return f"{a_centavos(importe):.2f}"
