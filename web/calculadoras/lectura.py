"""From the query string to a case of the rules, with a sentence for whatever cannot be read.

Lenient where a machine can understand («$1,234.50», «3» or «mar» or «marzo», a date in three boxes or as
`2026-03-12`); what was typed is kept, to be shown again exactly as it was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from web.filters import fecha as en_letra
from workflow.rules import dinero
from workflow.rules.calendario import MESES
from workflow.rules.errores import INPC_NO_DISPONIBLE, PARAMETRO_NO_VIGENTE, ReglaError
from workflow.rules.fecha import leer as leer_fecha

PARTES: Final = ("dia", "mes", "anio")
FILAS_MAXIMO: Final = 12
AGREGAR: Final = "agregar"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FECHA_EN_FRASE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
# What only who keeps the system can do about it.
_PARA_EL_MANDO = re.compile(r" Impórtal[oa] con «params [^»]*»\.")
_FECHA_CON_LETRA = re.compile(rf"\b([0-9]{{1,2}}) de ({'|'.join(MESES)}) de ([0-9]{{4}})\b")
_CAMPO_EN_FRASE = re.compile(r"«(\w+)")
_PORCENTAJE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,5})?")
LETRAS_DE_MES: Final = 3


class Lectura:
    """What was asked. `errores` by field, in the order of the page; `falta` when a parameter is missing."""

    def __init__(self, datos: MultiDict[str, str]) -> None:
        """Read nothing yet."""
        self.datos = datos
        self.errores: dict[str, str] = {}
        self.falta = False

    @property
    def vacia(self) -> bool:
        """True when nothing was asked: the page shows its form and no complaint."""
        return not any(valor.strip() for valor in self.datos.values())

    @property
    def pide(self) -> bool:
        """True when a result is asked for: something was typed, and the button was not that of one more row."""
        return not self.vacia and not self.agregando

    @property
    def agregando(self) -> str:
        """The list to which a row is asked for; empty when the button was another."""
        return self.datos.get(AGREGAR, "")

    # -- as it was typed -------------------------------------------------------------------------------
    def tecleado(self, nombre: str, defecto: str = "") -> str:
        """The text of a field exactly as it came."""
        return self.datos.get(nombre, defecto)

    def partes(self, nombre: str) -> dict[str, str]:
        """The three boxes of a date, as typed; an ISO date of a link is taken apart."""
        entera = self.datos.get(nombre, "").strip()
        hallada = _ISO.fullmatch(entera)
        if hallada:
            anio, mes, dia = hallada.groups()
            return {"dia": dia.lstrip("0"), "mes": mes.lstrip("0"), "anio": anio}
        partes = {parte: self.datos.get(f"{nombre}-{parte}", "") for parte in PARTES}
        if entera and not any(partes.values()):
            return {"dia": entera, "mes": "", "anio": ""}
        return partes

    def filas(self, lista: str, *columnas: str) -> list[dict[str, str]]:
        """The rows of a list as typed (`lista-0-columna`), one more when asked for, at least one."""
        lugares = [n for n in range(FILAS_MAXIMO) if any(f"{lista}-{n}-{c}" in self.datos for c in columnas)]
        cuantas = max(lugares, default=0) + 1 + (self.agregando == lista)
        return [
            {c: self.datos.get(f"{lista}-{n}-{c}", "") for c in columnas}
            for n in range(min(cuantas, FILAS_MAXIMO))
        ]

    def abierto(self, *listas: str) -> bool:
        """True when one of the lists has something, or asks for one more row."""
        escritas = any(
            valor.strip() and nombre.split("-")[0] in listas for nombre, valor in self.datos.items()
        )
        return escritas or self.agregando in listas

    # -- read ------------------------------------------------------------------------------------------
    def texto(self, nombre: str, falta: str) -> str:
        """A text that says something; `falta` is the complaint."""
        valor = self.datos.get(nombre, "").strip()
        if not valor:
            self.errores[nombre] = falta
        return valor

    def opcion(self, nombre: str, opciones: Collection[str], defecto: str | None = None) -> str:
        """One of a closed list; the default (or the first) when it is none of them."""
        valor = self.datos.get(nombre, "").strip()
        if not valor and defecto is not None:
            return defecto
        if valor not in opciones:
            self.errores[nombre] = "Elige una opción de la lista."
            return defecto if defecto is not None else next(iter(opciones))
        return valor

    def si(self, nombre: str) -> bool:
        """A box that is ticked."""
        return self.datos.get(nombre, "").strip() in {"si", "sí", "1", "true"}

    def entero(self, nombre: str, minimo: int, maximo: int, *, miles: bool = True) -> int:
        """A whole number between two limits; `minimo` where it is none. A year is written without `miles`."""
        valor = re.sub(r"[\s,]", "", self.datos.get(nombre, ""))
        bien = valor.isascii() and valor.isdigit() and len(valor) <= len(str(maximo))
        if not bien or not minimo <= int(valor) <= maximo:
            self.errores[nombre] = f"Escribe un número entero, de {minimo} a {maximo:{',' if miles else ''}}."
            return minimo
        return int(valor)

    def dinero(self, nombre: str, *, obligatorio: bool = True, minimo: str = "0.01") -> str | None:
        """An amount as the contract writes it, «1234.50»; None where it is not there or cannot be read."""
        valor = self.datos.get(nombre, "").strip()
        if not valor:
            if obligatorio:
                self.errores[nombre] = "Escribe la cantidad, por ejemplo 1,234.50."
            return None
        try:
            leido = dinero.a_contrato(dinero.leer(valor))
        except ReglaError as error:
            self.errores[nombre] = error.mensaje
            return None
        if leido == "0.00" and minimo != "0.00":
            self.errores[nombre] = "Escribe una cantidad mayor que cero."
            return None
        return leido

    def porcentaje(self, nombre: str) -> str | None:
        """A percentage («7.58875», «7.58875 %»); None where it is not there or cannot be read."""
        valor = self.datos.get(nombre, "").strip().rstrip("%").strip()
        if not valor:
            return None
        if not _PORCENTAJE.fullmatch(valor):
            self.errores[nombre] = "Escribe el porcentaje con números, por ejemplo 2.59840."
            return None
        return valor

    def fecha(self, nombre: str, falta: str = "Escribe la fecha: día, mes y año.") -> dt.date | None:
        """A date that exists; with an empty `falta` it may be left out."""
        partes = {parte: valor.strip() for parte, valor in self.partes(nombre).items()}
        if not any(partes.values()):
            if falta:
                self.errores[nombre] = falta
            return None
        try:
            return _armar(partes)
        except _NoEsFecha as razon:
            self.errores[nombre] = str(razon)
            return None

    def periodos(self, lista: str) -> list[dict[str, str]]:
        """The suspensions typed, as the contract writes them; blank rows are left out."""
        leidos = []
        for n, fila in enumerate(self.filas(lista, "desde", "hasta")):
            if not any(valor.strip() for valor in fila.values()):
                continue
            desde = self.fecha(f"{lista}-{n}-desde", "Escribe desde qué día se suspende.")
            hasta = self.fecha(f"{lista}-{n}-hasta", "Escribe hasta qué día se suspende.")
            if desde and hasta and hasta < desde:
                self.errores[f"{lista}-{n}-hasta"] = (
                    "La suspensión termina antes de empezar. Corrige una fecha."
                )
            elif desde and hasta:
                leidos.append({"desde": desde.isoformat(), "hasta": hasta.isoformat()})
        return leidos

    def dias(self, lista: str) -> list[str]:
        """The dates of a list, as the contract writes them, each once; blank rows are left out."""
        leidos = [
            self.fecha(f"{lista}-{n}-dia", "")
            for n, fila in enumerate(self.filas(lista, "dia"))
            if fila["dia"].strip()
        ]
        return list(dict.fromkeys(dia.isoformat() for dia in leidos if dia is not None))

    # -- what the rules refuse -------------------------------------------------------------------------
    def rechazar(
        self,
        codigo: str,
        mensaje: str,
        campos: Mapping[str, str],
        defecto: str,
        fechas: Mapping[str, str] | None = None,
    ) -> None:
        """Put the refusal of a rule beside its field.

        `campos` gives the field of the page for a name of the contract («sbc») or for the first words of the
        refusal; `defecto` is the field of whatever has neither. Of `fechas`, fields with what they hold, it is
        the first that reaches the date that no parameter covers.
        """
        self.falta = codigo in (PARAMETRO_NO_VIGENTE, INPC_NO_DISPONIBLE)
        frase = con_letra(_PARA_EL_MANDO.sub("", mensaje))
        candidatos = [campos[n] for n in _CAMPO_EN_FRASE.findall(mensaje) if n in campos]
        candidatos += [campo for comienzo, campo in campos.items() if mensaje.startswith(comienzo)]
        dicha = _FECHA_CON_LETRA.search(frase)
        if dicha:
            dia = _armar(dict(zip(PARTES, dicha.groups(), strict=True))).isoformat()
            candidatos += [campo for campo, valor in (fechas or {}).items() if dia <= valor]
        self.errores[[*candidatos, defecto][0]] = frase


class _NoEsFecha(Exception):
    """The sentence that tells how to write it."""


def _armar(partes: Mapping[str, str]) -> dt.date:
    dia, mes, anio = (partes[p] for p in PARTES)
    if not (dia and mes and anio):
        raise _NoEsFecha("Escribe día, mes y año, por ejemplo 12 3 2026.")
    if not re.fullmatch(r"[0-9]{4}", anio):
        raise _NoEsFecha("Escribe el año con cuatro números, por ejemplo 2026.")
    numero = _mes(mes)
    if not re.fullmatch(r"[0-9]{1,2}", dia) or numero is None:
        raise _NoEsFecha("Escribe la fecha con números: día, mes y año.")
    try:
        return dt.date(int(anio), numero, int(dia))
    except ValueError:
        raise _NoEsFecha("Esa fecha no existe. Revisa el día y el mes.") from None


def _mes(texto: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", texto):
        return int(texto)
    limpio = texto.lower().rstrip(".")
    if len(limpio) < LETRAS_DE_MES:
        return None
    return next((n for n, nombre in enumerate(MESES, 1) if nombre.startswith(limpio)), None)


def con_letra(frase: str) -> str:
    """A sentence of the rules with its dates as people read them."""
    return _FECHA_EN_FRASE.sub(_escribir, frase)


def _escribir(hallada: re.Match[str]) -> str:
    """A date inside a sentence of the rules, as people read it."""
    try:
        return f"{en_letra(leer_fecha(hallada[0]))}"
    except ValueError:
        return hallada[0]
