"""The door to the terms (`plazos.yaml`) and the días inhábiles (`inhabiles.yaml`).

Every other noun of the law has its own module beside this one and is asked there (`uma`, `salario_minimo`,
`cuotas`, `ceav`, `recargos`, `multas`, `gastos_ejecucion`, `inpc`…); `vigencias` lists them all. Nobody else opens
a file: each module reads its own through the one strict reader (`_campos`, `dato`), once, checks it whole and
keeps it. A gap, an overlap, an unknown key, a float or a value without citation is refused with
`ParametroInvalido`, so a wrong file never answers anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow.params._campos import Fila, agrupar, leer_filas, ordenar_versiones, vigente_en
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo
from workflow.params.errores import DATO_INVALIDO, ParametroInvalido, ReglaError

CARPETA = Path(__file__).parent

UNIDADES_CONTADAS = frozenset({"habiles", "naturales", "meses", "anios"})
UNIDADES_SIN_LONGITUD = frozenset({"instante", "fecha"})
UNIDADES = UNIDADES_CONTADAS | UNIDADES_SIN_LONGITUD | {"horas", "veces"}
INICIOS = frozenset({"dia_siguiente", "surte_efectos", "instante"})
REGIMENES = frozenset({"cff", "racerf", "ninguno"})
DISPAROS = frozenset({"al_terminar", "en_su_dia", "habil_siguiente", "a_su_hora", "nunca"})
TIPOS_DE_REGLA = frozenset({"dia_semana", "fija", "lunes_ordinal", "periodica", "fecha"})

_CAMPOS_PLAZO = CAMPOS_RESPALDO | {
    "clave",
    "nombre",
    "longitud",
    "unidad",
    "evento_inicio",
    "inicio",
    "regimen",
    "prorroga",
    "al_vencer",
    "dispara",
}
_CAMPOS_INHABIL = CAMPOS_RESPALDO | {
    "lista",
    "clave",
    "nombre",
    "tipo",
    "dia_semana",
    "mes",
    "dia",
    "ordinal",
    "anio",
    "cada",
    "fecha",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinicionPlazo(Dato):
    """One term of the catalogue, in one of its dated versions.

    `longitud` counts `unidad`; it is None for `instante` and `fecha`, which whoever opens the term sets.
    `dispara` says when the timer of a term that falls due on day D fires: `al_terminar` at 00:00 of D+1,
    `en_su_dia` at 00:00 of D, `habil_siguiente` at 00:00 of the next día hábil after D, `a_su_hora` at the
    hour that whoever opens it sets, `nunca` for what is no time (a number of times).
    """

    clave: str
    nombre: str
    longitud: int | None
    unidad: str
    evento_inicio: str
    inicio: str
    regimen: str
    prorroga: bool
    al_vencer: str
    dispara: str

    @property
    def es_configuracion(self) -> bool:
        """True where no public rule fixes the value: it is ours, and the administrator may change it."""
        return self.confianza == "diseno"

    @property
    def descripcion(self) -> str:
        """The length in words: «15 días hábiles», «6 meses», «fecha u hora determinada»."""
        if self.longitud is None:
            return "fecha u hora determinada"
        return en_palabras(self.longitud, self.unidad)


_PALABRAS = {
    "habiles": ("día hábil", "días hábiles"),
    "naturales": ("día natural", "días naturales"),
    "meses": ("mes", "meses"),
    "anios": ("año", "años"),
    "horas": ("hora", "horas"),
    "veces": ("vez", "veces"),
}


def en_palabras(longitud: int, unidad: str) -> str:
    """A length in words: «1 día hábil», «15 días hábiles», «2 años»."""
    singular, plural = _PALABRAS[unidad]
    return f"{longitud} {singular if longitud == 1 else plural}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglaInhabil(Dato):
    """One rule that makes days inhábiles, in force between two dates.

    `tipo`: `dia_semana` (`dia_semana` 0 = Monday … 6), `fija` (`mes`, `dia`), `lunes_ordinal` (the
    `ordinal`-th Monday of `mes`), `periodica` (`mes`, `dia` of `anio` and of every `cada`
    years after), `fecha` (one day).
    """

    lista: str
    clave: str
    nombre: str
    tipo: str
    dia_semana: int
    mes: int
    dia: int
    ordinal: int
    anio: int
    cada: int
    fecha: date | None


def plazo(clave: str, fecha: date | None = None) -> DefinicionPlazo:
    """The term `clave` in force on `fecha` (default: the newest version).

    Raises ReglaError DATO_INVALIDO for an unknown key, PARAMETRO_NO_VIGENTE where no version covers the date.
    """
    versiones = _plazos().get(clave)
    if versiones is None:
        raise ReglaError(DATO_INVALIDO, f"No existe el plazo «{clave}» en el catálogo.")
    if fecha is None:
        return versiones[-1]
    return en_vigor(versiones, fecha, f"plazo «{clave}»")


def catalogo_plazos(fecha: date | None = None) -> Mapping[str, DefinicionPlazo]:
    """Every term by key: the newest versions, or those in force on `fecha` (the others are left out)."""
    if fecha is None:
        return MappingProxyType({clave: versiones[-1] for clave, versiones in _plazos().items()})
    vigentes = ((clave, vigente_en(versiones, fecha)) for clave, versiones in _plazos().items())
    return MappingProxyType({clave: hallado for clave, hallado in vigentes if hallado is not None})


def dias_inhabiles(lista: str | None = None) -> tuple[ReglaInhabil, ...]:
    """The rules of days inhábiles, all or of one list (`CFF12` counts terms; the others are reference)."""
    reglas = _inhabiles()
    return reglas if lista is None else tuple(r for r in reglas if r.lista == lista)


def versiones_de_plazos() -> Mapping[str, tuple[DefinicionPlazo, ...]]:
    """Every version of every term by key, oldest first."""
    return _plazos()


def cargar_plazos(archivo: Path) -> dict[str, tuple[DefinicionPlazo, ...]]:
    """Read and check a file of terms: versions by key, oldest first. Raises ParametroInvalido."""
    filas = [_leer_plazo(archivo.name, datos) for datos in leer_filas(archivo, "plazos")]
    grupos = agrupar(filas, lambda p: p.clave)
    return {clave: ordenar_versiones(archivo.name, clave, v) for clave, v in grupos.items()}


def cargar_inhabiles(archivo: Path) -> tuple[ReglaInhabil, ...]:
    """Read and check a file of days inhábiles, in the order of the file. Raises ParametroInvalido."""
    reglas = [_leer_inhabil(archivo.name, datos) for datos in leer_filas(archivo, "inhabiles")]
    for clave, versiones in agrupar(reglas, lambda r: f"{r.lista}.{r.clave}").items():
        ordenar_versiones(archivo.name, clave, versiones)
    return tuple(reglas)


@cache
def _plazos() -> Mapping[str, tuple[DefinicionPlazo, ...]]:
    return MappingProxyType(cargar_plazos(CARPETA / "plazos.yaml"))


@cache
def _inhabiles() -> tuple[ReglaInhabil, ...]:
    return cargar_inhabiles(CARPETA / "inhabiles.yaml")


def _leer_plazo(archivo: str, datos: Mapping[str, Any]) -> DefinicionPlazo:
    fila = Fila(archivo, str(datos.get("clave", "renglón sin clave")), datos)
    fila.solo(_CAMPOS_PLAZO)
    unidad = fila.uno_de("unidad", UNIDADES)
    dispara = fila.uno_de("dispara", DISPAROS) if "dispara" in datos else _disparo_de(unidad)
    inicio = fila.uno_de("inicio", INICIOS)
    if (unidad in UNIDADES_CONTADAS) == (inicio == "instante"):
        raise fila.falla(f"«inicio: {inicio}» no va con «unidad: {unidad}»")
    return DefinicionPlazo(
        clave=fila.texto("clave"),
        nombre=fila.texto("nombre"),
        longitud=_leer_longitud(fila, unidad),
        unidad=unidad,
        evento_inicio=fila.texto("evento_inicio"),
        inicio=inicio,
        regimen=fila.uno_de("regimen", REGIMENES),
        prorroga=fila.booleano("prorroga"),
        al_vencer=fila.texto("al_vencer"),
        dispara=dispara,
        **leer_respaldo(fila),
    )


def _leer_longitud(fila: Fila, unidad: str) -> int | None:
    if unidad not in UNIDADES_SIN_LONGITUD:
        return fila.entero("longitud", 1)
    if "longitud" in fila.datos:
        raise fila.falla(f"«unidad: {unidad}» no lleva longitud")
    return None


def _disparo_de(unidad: str) -> str:
    if unidad == "veces":
        return "nunca"
    return "a_su_hora" if unidad in {"instante", "horas"} else "al_terminar"


_DATOS_POR_TIPO = {
    "dia_semana": ("dia_semana",),
    "fija": ("mes", "dia"),
    "lunes_ordinal": ("mes", "ordinal"),
    "periodica": ("mes", "dia", "anio", "cada"),
    "fecha": ("fecha",),
}


def _leer_inhabil(archivo: str, datos: Mapping[str, Any]) -> ReglaInhabil:
    fila = Fila(archivo, str(datos.get("clave", "renglón sin clave")), datos)
    tipo = fila.uno_de("tipo", TIPOS_DE_REGLA)
    propios = _DATOS_POR_TIPO[tipo]
    ajenos = {campo for campos in _DATOS_POR_TIPO.values() for campo in campos} - set(propios)
    fila.solo(_CAMPOS_INHABIL - ajenos)
    numeros = {campo: fila.entero(campo, 0) if campo in propios else 0 for campo in _NUMEROS}
    if tipo == "periodica" and numeros["cada"] == 0:
        raise fila.falla("«cada» debe ser un entero de 1 o más")
    return ReglaInhabil(
        lista=fila.texto("lista"),
        clave=fila.texto("clave"),
        nombre=fila.texto("nombre"),
        tipo=tipo,
        **numeros,
        fecha=fila.fecha("fecha") if tipo == "fecha" else None,
        **leer_respaldo(fila),
    )


_NUMEROS = ("dia_semana", "mes", "dia", "ordinal", "anio", "cada")

__all__ = [
    "DefinicionPlazo",
    "ParametroInvalido",
    "ReglaInhabil",
    "catalogo_plazos",
    "dias_inhabiles",
    "en_palabras",
    "plazo",
    "versiones_de_plazos",
]
