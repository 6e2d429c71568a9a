"""The operation behind any figure of a cédula: a cell, the sum of a person, the total of everybody.

A figure is named by its place, `p1.2025-12.CEAV`: person (`p1`… or `total`), month (or `suma`) and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from workflow.params.cuotas import CODIGOS, ramos
from workflow.rules import cedula_lineas
from workflow.rules.calendario import MESES
from workflow.rules.cedula_cuotas import Libro, Renglon, Suma, sumar
from workflow.rules.cedula_lineas import PARTES, REDONDEO, Linea
from workflow.rules.dinero import de_centesimos, escribir

__all__ = ["COLUMNAS", "SUMA", "TODAS", "Columna", "Operacion", "operacion"]

TODAS, SUMA = "total", "suma"
_FOCO = re.compile(r"(total|p[1-9][0-9]{0,5})\.([0-9]{4}-[0-9]{2}|suma)\.([A-Z]{1,6})", re.ASCII)
_PATRON, _TRABAJADOR = PARTES


@dataclass(frozen=True, slots=True)
class Columna:
    """A column of the cédula: the (code, part) pairs that it adds up."""

    clave: str
    nombre: str
    corto: str
    partes: tuple[tuple[str, str], ...]

    def de(self, suma: Suma) -> Decimal:
        """Its amount in a sum, in pesos."""
        return de_centesimos(sum(_centavos(suma, codigo, parte) for codigo, parte in self.partes))


def _del_patron(*codigos: str) -> tuple[tuple[str, str], ...]:
    return tuple((codigo, _PATRON) for codigo in codigos)


_TODO = tuple((codigo, parte) for parte in PARTES for codigo in CODIGOS)
COLUMNAS = {
    c.clave: c
    for c in (
        Columna(
            "EM",
            "enfermedades y maternidad",
            "Enf. y mat.",
            _del_patron(*(c for c in CODIGOS if c.startswith("EM_"))),
        ),
        Columna("IV", "invalidez y vida", "Inv. y vida", _del_patron("IV")),
        Columna("RT", "riesgos de trabajo", "Riesgos", _del_patron("RT")),
        Columna("GPS", "guarderías y prestaciones sociales", "Guarderías", _del_patron("GPS")),
        Columna("RETIRO", "retiro", "Retiro", _del_patron("RETIRO")),
        Columna("CEAV", "cesantía y vejez", "Cesantía y vejez", _del_patron("CEAV")),
        Columna(
            "TRAB", "parte del trabajador", "Trabajador", tuple((c, p) for c, p in _TODO if p == _TRABAJADOR)
        ),
        Columna("TOTAL", "total", "Total", _TODO),
    )
}
_TOTAL = COLUMNAS["TOTAL"]


@dataclass(frozen=True, slots=True)
class Operacion:
    """What a figure is made of: `lineas` and, below the rule, `resultado`; `articulos` of what was used."""

    foco: str
    titulo: str
    lineas: tuple[Linea, ...]
    resultado: Linea
    articulos: str
    nota: str


def operacion(libro: Libro, foco: str) -> Operacion | None:
    """The operation of the figure named `foco`; None where the cédula has no such figure."""
    hallado = _FOCO.fullmatch(foco)
    columna = COLUMNAS.get(hallado[3]) if hallado else None
    if hallado is None or columna is None:
        return None
    quien, mes = hallado[1], hallado[2]
    if quien == TODAS:
        return _de_todas(libro, foco, columna) if mes == SUMA else None
    cual = int(quien[1:]) - 1
    if cual >= len(libro.personas):
        return None
    suyos = libro.de_persona(cual)
    if mes == SUMA:
        return _de_persona(libro, foco, cual, columna)
    del_mes = [r for r in suyos if r.mes == mes]
    return _de_mes(libro, foco, cual, del_mes, columna) if del_mes else None


def mes_corto(mes: str) -> str:
    """«dic 2025»."""
    return f"{MESES[int(mes[5:]) - 1][:3]} {mes[:4]}"


def _de_todas(libro: Libro, foco: str, columna: Columna) -> Operacion:
    lineas = tuple(
        Linea(persona.clave, escribir(columna.de(suma)))
        for persona, suma in zip(libro.personas, libro.por_persona, strict=True)
    )
    return _sumadas(foco, f"Todas las personas, {columna.nombre}", lineas, columna.de(libro.total))


def _de_persona(libro: Libro, foco: str, cual: int, columna: Columna) -> Operacion:
    meses: dict[str, list[Renglon]] = {}
    for renglon in libro.de_persona(cual):
        meses.setdefault(renglon.mes, []).append(renglon)
    lineas = tuple(Linea(mes_corto(mes), escribir(columna.de(sumar(r)))) for mes, r in meses.items())
    titulo = f"{libro.personas[cual].clave}, {columna.nombre}, suma"
    return _sumadas(foco, titulo, lineas, columna.de(libro.por_persona[cual]))


def _sumadas(foco: str, titulo: str, lineas: tuple[Linea, ...], importe: Decimal) -> Operacion:
    return Operacion(foco, titulo, lineas, Linea("Suma", escribir(importe)), "", "")


def _de_mes(libro: Libro, foco: str, cual: int, renglones: list[Renglon], columna: Columna) -> Operacion:
    titulo = f"{libro.personas[cual].clave}, {columna.nombre}, {mes_corto(renglones[0].mes)}"
    importe = columna.de(sumar(renglones))
    if columna is _TOTAL:
        partes = [c for c in COLUMNAS.values() if c is not _TOTAL]
        lineas = tuple(Linea(c.nombre.capitalize(), escribir(c.de(sumar(renglones)))) for c in partes)
        return _sumadas(foco, titulo, lineas, importe)
    if len(renglones) == len(columna.partes) == 1:
        return _de_celda(libro, foco, titulo, renglones[0], columna)
    todas = tuple(_de_productos(libro, renglones, columna)) or tuple(
        Linea("Sin importe", escribir(importe), cedula_lineas.sin_cuota(libro, r)) for r in renglones
    )
    return Operacion(foco, titulo, todas, Linea("Suma", escribir(importe)), _articulos(todas), REDONDEO)


def _de_celda(libro: Libro, foco: str, titulo: str, renglon: Renglon, columna: Columna) -> Operacion:
    """One ramo of one month. Where the figure is a single product, the product itself is the result."""
    ((codigo, parte),) = columna.partes
    *lineas, ultima = cedula_lineas.de_ramo(libro, renglon, codigo, parte)
    articulos = _articulos(lineas)
    debidos, registrados = cedula_lineas.productos(libro, renglon, codigo, parte)
    if len(debidos) == 1 and not registrados:
        producto = lineas.pop()
        ultima = replace(producto, que=producto.de_que, de_que="")
    return Operacion(foco, titulo, tuple(lineas), ultima, articulos, REDONDEO)


def _de_productos(libro: Libro, renglones: Iterable[Renglon], columna: Columna) -> Iterator[Linea]:
    for renglon in renglones:
        nombres = ramos(renglon.primero)
        for codigo, parte in columna.partes:
            debidos, registrados = cedula_lineas.productos(libro, renglon, codigo, parte)
            for signo, suyos in (("", debidos), ("−", registrados)):
                for p in (uno for uno in suyos if uno.importe):
                    que = nombres[codigo].nombre + (", del salario registrado" if signo else "")
                    yield Linea(
                        f"{que}, parte del trabajador" if p.asumida else que,
                        f"{signo}{escribir(p.importe)}",
                        p.operacion,
                        p.articulo,
                        p.confianza,
                    )


def _articulos(lineas: Iterable[Linea]) -> str:
    return "; ".join(dict.fromkeys(linea.articulo for linea in lineas if linea.articulo))


def _centavos(suma: Suma, codigo: str, parte: str) -> int:
    por_ramo = suma.patron_por_ramo if parte == _PATRON else suma.trabajador_por_ramo
    return por_ramo[CODIGOS.index(codigo)]
