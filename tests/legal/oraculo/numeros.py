"""Exact numbers: everything is a Fraction until it is written."""

from __future__ import annotations

from fractions import Fraction
from math import floor


def redondear(valor: Fraction, decimales: int = 2) -> Fraction:
    """Half up, of a number that is not negative."""
    veces = 10**decimales
    return Fraction(floor(valor * veces + Fraction(1, 2)), veces)


def truncar(valor: Fraction, decimales: int) -> Fraction:
    """Digits beyond `decimales` fall off."""
    veces = 10**decimales
    return Fraction(floor(valor * veces), veces)


def escribir(valor: Fraction, decimales: int = 2) -> str:
    """Text with exactly that many decimals; the number must already be rounded."""
    entero = valor * 10**decimales
    assert entero.denominator == 1, valor
    texto = str(entero.numerator).rjust(decimales + 1, "0")
    return texto[:-decimales] + "." + texto[-decimales:]


def a_pesos(valor: Fraction) -> Fraction:
    """CFF 20: 1 to 50 cents go down, 51 to 99 go up."""
    centavos = redondear(valor) * 100
    pesos, sueltos = divmod(int(centavos), 100)
    return Fraction(pesos if sueltos <= 50 else pesos + 1)
