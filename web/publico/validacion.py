"""From what she typed to clean answers, with a plain sentence for whatever cannot be read.

Lenient where a machine can understand (spaces, dashes, lower case, «$3,200», «feb»); what was typed is
kept to be shown again exactly as it was.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from werkzeug.datastructures import MultiDict

from web.publico.pregunta import Campo, Pregunta, Respuestas
from workflow.rules import identificadores
from workflow.rules.calendario import MESES

CENTAVO = Decimal("0.01")
SALARIO_MAXIMO = Decimal("9999999.99")  # what the column and a typing error allow, not a rule
ANIO_MINIMO = 1943  # the institute's first year: an older date is a typing error


Formulario = MultiDict[str, str]


class NoSeEntiende(Exception):
    """The sentence that tells her how to write it."""


@dataclass
class Lectura:
    """One page read: `limpias` to keep, `tecleado` to show again, `errores` and `avisos` by field."""

    limpias: dict[str, Any] = field(default_factory=dict)
    tecleado: dict[str, Any] = field(default_factory=dict)
    errores: dict[str, str] = field(default_factory=dict)
    avisos: dict[str, str] = field(default_factory=dict)


def _sin_acentos(texto: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", texto) if not unicodedata.combining(c)).lower()


def _texto(valor: str, campo: Campo) -> str:
    sin_nulos = valor.replace("\x00", "").replace("\r\n", "\n")
    limpio = re.sub(r"[ \t]+", " ", sin_nulos).strip()
    if len(limpio) > campo.maximo:
        raise NoSeEntiende(f"Escribe como máximo {campo.maximo} caracteres. Ahora son {len(limpio)}.")
    return limpio


def _dinero(valor: str, campo: Campo) -> str:
    crudo = re.sub(r"[$\s,]|pesos|mxn", "", valor.lower())
    ejemplo = "Escribe la cantidad sólo con números, por ejemplo 3,200"
    try:
        cantidad = Decimal(crudo)
    except InvalidOperation:
        raise NoSeEntiende(ejemplo) from None
    if not cantidad.is_finite():
        raise NoSeEntiende(ejemplo)
    if not CENTAVO <= cantidad <= SALARIO_MAXIMO:
        raise NoSeEntiende("Escribe una cantidad mayor que cero y revisa que no sobren números.")
    return str(cantidad.quantize(CENTAVO))


def _telefono(valor: str, campo: Campo) -> str:
    ejemplo = "Escribe tu teléfono con 10 números. Por ejemplo, 477 123 4567."
    try:
        numero = phonenumbers.parse(valor, "MX")
    except phonenumbers.NumberParseException:
        raise NoSeEntiende(ejemplo) from None
    if not phonenumbers.is_valid_number(numero):
        raise NoSeEntiende(ejemplo)
    return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164)


def _correo(valor: str, campo: Campo) -> str:
    try:
        return validate_email(valor, check_deliverability=False).normalized
    except EmailNotValidError:
        raise NoSeEntiende("Escribe un correo completo, por ejemplo nombre@correo.mx.") from None


def _cp(valor: str, campo: Campo) -> str:
    limpio = re.sub(r"\s", "", valor)
    if not re.fullmatch(r"[0-9]{5}", limpio):
        raise NoSeEntiende("Escribe los 5 números del código postal, por ejemplo 37490.")
    return limpio


def _elegida(valor: str, campo: Campo) -> str:
    if valor not in {o[0] for o in campo.opciones}:
        raise NoSeEntiende("Elige una de las opciones de la lista.")
    return valor


IDENTIFICADORES = {
    "rp": ("registro_patronal", "Y12-34567-10-1"),
    "rfc": ("rfc", "ABC010203AB1"),
    "curp": ("curp", "BOXW310820HNERXN09"),
    "nss": ("nss", "12345678903"),
}


def _identificador(valor: str, campo: Campo, lectura: Lectura) -> str:
    tipo, ejemplo = IDENTIFICADORES[campo.tipo]
    revisado = identificadores.revisar(tipo, valor)
    if not revisado.valido:
        raise NoSeEntiende(f"{revisado.motivo} Por ejemplo, {ejemplo}.")
    if revisado.advertencias:
        lectura.avisos[campo.nombre] = revisado.advertencias[0]
    return revisado.normalizado


def _mes(texto: str) -> int:
    if texto.isascii() and texto.isdigit():
        return int(texto) if len(texto) <= 2 else 0
    limpio = _sin_acentos(texto)
    candidatos = [i for i, m in enumerate(MESES, 1) if len(limpio) >= 3 and m.startswith(limpio)]
    return candidatos[0] if len(candidatos) == 1 else 0


def _fecha(partes: Mapping[str, str]) -> str:
    faltan = [
        n
        for n, v in (
            ("el día", partes["dia"]),
            ("el mes", partes["mes"]),
            ("el año", partes["anio"]),
        )
        if not v
    ]
    if faltan:
        raise NoSeEntiende(f"A la fecha le falta {' y '.join(faltan)}.")
    dia, anio = partes["dia"], partes["anio"]
    mes = _mes(partes["mes"])
    if not 1 <= mes <= 12:
        raise NoSeEntiende("Escribe el mes con un número del 1 al 12 o con su nombre.")
    if not (anio.isascii() and anio.isdigit() and len(anio) == 4 and int(anio) >= ANIO_MINIMO):
        raise NoSeEntiende("Escribe el año con cuatro números, por ejemplo 2024.")
    ultimo = calendar.monthrange(int(anio), mes)[1]
    if not (dia.isascii() and dia.isdigit() and 1 <= int(dia) <= 31):
        raise NoSeEntiende("Escribe el día con un número del 1 al 31.")
    if int(dia) > ultimo:
        nombre = MESES[mes - 1]
        raise NoSeEntiende(
            f"Esa fecha no existe: {nombre} de {anio} tiene {ultimo} días. Revisa el día y el mes."
        )
    return dt.date(int(anio), mes, int(dia)).isoformat()


SIMPLES: dict[str, Callable[[str, Campo], str]] = {
    "texto": _texto,
    "parrafo": _texto,
    "dinero": _dinero,
    "telefono": _telefono,
    "correo": _correo,
    "cp": _cp,
    "opcion": _elegida,
    "seleccion": _elegida,
}


def _leer_campo(campo: Campo, form: Formulario, lectura: Lectura) -> Any:
    """The clean value, or None when it was left empty."""
    if campo.tipo == "multi":
        elegidas = form.getlist(campo.nombre)
        lectura.tecleado[campo.nombre] = elegidas
        validas = {o[0] for o in campo.opciones}
        return [e for e in dict.fromkeys(elegidas) if e in validas] or None
    if campo.tipo == "fecha":
        partes = {p: form.get(f"{campo.nombre}-{p}", "").strip() for p in ("dia", "mes", "anio")}
        lectura.tecleado[campo.nombre] = partes
        return _fecha(partes) if any(partes.values()) else None
    crudo = str(form.get(campo.nombre, ""))
    lectura.tecleado[campo.nombre] = crudo
    if not crudo.strip():
        return None
    if campo.tipo in IDENTIFICADORES:
        return _identificador(crudo, campo, lectura)
    return SIMPLES[campo.tipo](crudo, campo)


def leer(pregunta: Pregunta, form: Formulario, respuestas: Respuestas, hoy: dt.date) -> Lectura:
    """Read one page. `hoy` is the legal date, for what may not be in the future."""
    lectura = Lectura()
    for campo in pregunta.visibles(respuestas):
        try:
            valor = _leer_campo(campo, form, lectura)
        except NoSeEntiende as e:
            lectura.errores[campo.nombre] = str(e)
            continue
        if valor is not None:
            lectura.limpias[campo.nombre] = valor
        elif campo.falta:
            lectura.errores[campo.nombre] = campo.falta
    if not lectura.errores:
        propios = {c.nombre for c in pregunta.campos}
        previas = {k: v for k, v in respuestas.items() if k not in propios}
        lectura.errores |= pregunta.revisa({**previas, **lectura.limpias}, hoy)
    return lectura


def mostrar(pregunta: Pregunta, respuestas: Respuestas) -> dict[str, Any]:
    """Stored answers as their fields show them: a date in three parts, money with commas."""
    valores: dict[str, Any] = {}
    for campo in pregunta.visibles(respuestas):
        valor = respuestas.get(campo.nombre)
        if valor is None:
            continue
        if campo.tipo == "fecha":
            dia = dt.date.fromisoformat(valor)
            valor = {"dia": str(dia.day), "mes": str(dia.month), "anio": str(dia.year)}
        elif campo.tipo == "dinero":
            valor = f"{Decimal(valor):,.2f}".removesuffix(".00")
        elif campo.tipo == "telefono":
            valor = str(valor).removeprefix("+52")
        valores[campo.nombre] = valor
    return valores
