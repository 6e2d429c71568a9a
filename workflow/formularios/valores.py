"""Types of field with one value that is not free text: dates, money, numbers, choices, references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from workflow.formularios.campos import Campo, Rechazo
from workflow.rules.calendario import MESES
from workflow.rules.fecha import ESCRITA

_FECHA_HORA = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
)
_CANTIDAD = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+")
_ENTERO = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})")
_TOPE_DINERO = Decimal(10) ** 13
_TOPE_ID = 2**63 - 1
_ANIOS = (1900, 2199)
_SI = frozenset({"si", "sí", "true", "1", "on"})
_NO = frozenset({"no", "false", "0", "off"})


def fecha(campo: Campo, valor: object) -> str:
    """A real day as `YYYY-MM-DD`, from 1900 to 2199."""
    partes = ESCRITA.fullmatch(valor.strip()) if isinstance(valor, str) and len(valor) < 40 else None
    if partes is None:
        raise Rechazo(f"Escribe en «{campo.titulo}» una fecha completa: día, mes y año.")
    anio, mes, dia = (int(parte) for parte in partes.groups())
    if not _ANIOS[0] <= anio <= _ANIOS[1]:
        raise Rechazo(f"Escribe en «{campo.titulo}» un año entre {_ANIOS[0]} y {_ANIOS[1]}.")
    try:
        return date(anio, mes, dia).isoformat()
    except ValueError:
        cual = f"El {dia} de {MESES[mes - 1]} de {anio}" if 1 <= mes <= 12 else "Esa fecha"
        raise Rechazo(f"{cual} no existe. Corrige «{campo.titulo}».") from None


def fecha_hora(campo: Campo, valor: object) -> str:
    """A local moment without zone, to the minute, as ISO `YYYY-MM-DDTHH:MM:00`."""
    partes = _FECHA_HORA.fullmatch(valor.strip()) if isinstance(valor, str) and len(valor) < 40 else None
    if partes is None:
        raise Rechazo(f"Escribe en «{campo.titulo}» la fecha y la hora, por ejemplo 20/11/2026 a las 11:00.")
    dia = fecha(campo, partes[1])
    try:
        return datetime.fromisoformat(f"{dia}T{partes[2]}:{partes[3]}:00").isoformat()
    except ValueError:
        raise Rechazo(f"Escribe en «{campo.titulo}» una hora de 00:00 a 23:59.") from None


def dinero(campo: Campo, valor: object) -> str:
    """Pesos, zero or more, with two decimals: `$1,234.5` → `1234.50`."""
    escrito = _numero_escrito(valor)
    if escrito is not None and escrito.startswith("-"):
        raise Rechazo(f"Escribe en «{campo.titulo}» una cantidad que no sea negativa.")
    if escrito is None or not _CANTIDAD.fullmatch(escrito):
        raise Rechazo(f"Escribe en «{campo.titulo}» la cantidad sólo con números, por ejemplo 3,200.50.")
    cantidad = Decimal(escrito.replace(",", ""))
    if cantidad >= _TOPE_DINERO:
        raise Rechazo(f"Escribe en «{campo.titulo}» una cantidad menor: ésa es demasiado grande.")
    if cantidad != cantidad.quantize(Decimal("0.01")):
        raise Rechazo(f"Escribe en «{campo.titulo}» los centavos con dos cifras como máximo.")
    return str(cantidad.quantize(Decimal("0.01")))


def _numero_escrito(valor: object) -> str | None:
    """How an amount reads once the sign of pesos and the blanks are gone; None if it is no number at all."""
    if isinstance(valor, bool):
        return None
    if isinstance(valor, int):
        return str(valor) if abs(valor) < 10**30 else None
    if isinstance(valor, float):
        return repr(valor)
    if not isinstance(valor, str) or len(valor) > 60:
        return None
    return re.sub(r"^\$|(?:MXN|pesos)$|[\s\u00a0]+", "", valor.strip(), flags=re.IGNORECASE)


def entero(campo: Campo, valor: object) -> int:
    """A whole number between `campo.minimo` and `campo.maximo`."""
    if isinstance(valor, float) and valor.is_integer() and abs(valor) < 1e15:
        valor = int(valor)
    if isinstance(valor, bool) or not isinstance(valor, int | str):
        raise Rechazo(f"Escribe en «{campo.titulo}» un número entero.")
    if isinstance(valor, str):
        escrito = re.sub(r"\s+", "", valor) if len(valor) <= 40 else ""
        if not _ENTERO.fullmatch(escrito):
            raise Rechazo(f"Escribe en «{campo.titulo}» un número entero, sin letras ni decimales.")
        valor = int(escrito.replace(",", ""))
    if campo.minimo is not None and valor < campo.minimo:
        raise Rechazo(f"Escribe en «{campo.titulo}» un número de {campo.minimo:,} en adelante.")
    if campo.maximo is not None and valor > campo.maximo:
        raise Rechazo(f"Escribe en «{campo.titulo}» un número de {campo.maximo:,} como máximo.")
    return valor


def si_no(campo: Campo, valor: object) -> bool:
    if isinstance(valor, bool):
        return valor
    escrito = valor.strip().lower() if isinstance(valor, str) else ""
    if escrito in _SI:
        return True
    if escrito in _NO:
        return False
    raise Rechazo(f"Contesta sí o no en «{campo.titulo}».")


def opcion(campo: Campo, valor: object) -> str:
    for permitido, _ in campo.opciones:
        if isinstance(valor, str) and valor == permitido:
            return permitido
    raise Rechazo(f"Elige en «{campo.titulo}» una de las opciones que se muestran.")


def multi(campo: Campo, valor: object) -> list[str]:
    """A subset of the options, without repeats, in the order of the form."""
    marcadas = [valor] if isinstance(valor, str) else valor
    if not isinstance(marcadas, Sequence) or len(marcadas) > 200:
        raise Rechazo(f"Marca en «{campo.titulo}» sólo opciones de las que se muestran.")
    elegidas = {opcion(campo, marcada) for marcada in marcadas if marcada != ""}
    for sola in campo.exclusivas:
        if sola in elegidas and len(elegidas) > 1:
            raise Rechazo(f"En «{campo.titulo}», si marcas «{campo.etiqueta_de(sola)}» quita las demás.")
    return [permitido for permitido, _ in campo.opciones if permitido in elegidas]


def identidad(campo: Campo, valor: object) -> int:
    """The id of a row: `ref`, `usuario`, `asiento`. Whether it may be chosen is for the operation."""
    if isinstance(valor, str) and re.fullmatch(r"[0-9]{1,19}", valor.strip()):
        valor = int(valor)
    if isinstance(valor, bool) or not isinstance(valor, int) or not 0 < valor <= _TOPE_ID:
        raise Rechazo(f"Elige en «{campo.titulo}» una de las opciones que se muestran.")
    return valor


def archivos(campo: Campo, valor: object) -> list[int]:
    """Ids of documents already stored, without repeats, at most `campo.filas_maximo`."""
    lista = [valor] if isinstance(valor, int | str) else valor
    if not isinstance(lista, Sequence):
        raise Rechazo(f"Adjunta de nuevo los archivos de «{campo.titulo}».")
    if campo.filas_maximo and len(lista) > campo.filas_maximo:
        raise Rechazo(f"Deja en «{campo.titulo}» {campo.filas_maximo} archivos como máximo.")
    try:
        return list(dict.fromkeys(identidad(campo, documento) for documento in lista if documento != ""))
    except Rechazo:
        raise Rechazo(f"Adjunta de nuevo los archivos de «{campo.titulo}».") from None
