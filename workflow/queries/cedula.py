"""A cédula as its page shows it: the matrix by person, month and ramo, and which figure is open. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.params.ceav import renglon as renglon_ceav
from workflow.params.cuotas import ramos
from workflow.params.salario_minimo import salario_minimo
from workflow.params.uma import uma
from workflow.rules import cuotas
from workflow.rules.cedula import Cedula, Liquidado
from workflow.rules.cedula_cuotas import Libro, Periodo, Renglon, Suma, salarios, sumar
from workflow.rules.cedula_operacion import COLUMNAS, SUMA, TODAS, Operacion, mes_corto, operacion
from workflow.rules.dinero import de_centesimos, escribir_por_ciento

# Rows of one page: the next people go to another one.
FILAS = 240


@dataclass(frozen=True, slots=True)
class Cifra:
    """A figure without sign of pesos, its place in the cédula and whether it is the one explained."""

    texto: str
    foco: str
    elegida: bool


@dataclass(frozen=True, slots=True)
class Fila:
    """A month of a person: the wages used, in words («varios» where they changed), and its figures."""

    mes: str
    dias: int
    comprobado: str
    registrado: str
    antiguo: bool
    cifras: tuple[Cifra, ...]


@dataclass(frozen=True, slots=True)
class Bloque:
    """A person: the months and the sum."""

    clave: str
    filas: tuple[Fila, ...]
    dias: int
    cifras: tuple[Cifra, ...]


@dataclass(frozen=True, slots=True)
class Vista:
    """The page: `primera` and `ultima` are the numbers of its people; `factor` and `tasa` where all share one."""

    cedula: Cedula
    bloques: tuple[Bloque, ...]
    totales: tuple[Cifra, ...]
    dias: int
    meses: int
    hay_registrado: bool
    pagina: int
    paginas: int
    primera: int
    ultima: int
    factor: str
    tasa: str
    operacion: Operacion | None
    sin_confirmar: tuple[tuple[str, str], ...]

    @property
    def hay_antiguos(self) -> bool:
        """True where the page shows a month that is marked as older than five years."""
        return any(fila.antiguo for bloque in self.bloques for fila in bloque.filas)

    @property
    def cifras(self) -> int:
        """How many figures the page shows."""
        return (sum(len(b.filas) + 1 for b in self.bloques) + 1) * len(COLUMNAS)


def vista(cedula: Cedula, foco: str = "", pagina: int | None = None) -> Vista:
    """The page `pagina` (default: the one of the figure `foco`, or the first)."""
    libro = cedula.libro
    paginas = _paginas(libro)
    abierta = operacion(libro, foco)
    if pagina is None:
        pagina = _pagina_de(paginas, foco) if abierta else 1
    pagina = min(max(pagina, 1), len(paginas))
    gente = paginas[pagina - 1]
    antiguos = _antiguos(cedula)
    elegido = abierta.foco if abierta else ""
    return Vista(
        cedula=cedula,
        bloques=tuple(_bloque(libro, cual, elegido, antiguos) for cual in gente),
        totales=_cifras(libro.total, TODAS, SUMA, elegido),
        dias=libro.total.dias,
        meses=len(libro.por_mes),
        hay_registrado=any(p.registrado is not None for persona in libro.personas for p in persona.periodos),
        pagina=pagina,
        paginas=len(paginas),
        primera=gente[0] + 1,
        ultima=gente[-1] + 1,
        factor=_unico(str(p.accesorios.factor) for p in cedula.liquidados),
        tasa=_unico(escribir_por_ciento(p.accesorios.tasa_recargos) for p in cedula.liquidados),
        operacion=abierta,
        sin_confirmar=tuple(dict.fromkeys(_sin_confirmar(cedula))),
    )


def renglones_csv(cedula: Cedula) -> Iterator[tuple[str, ...]]:
    """The whole cédula, a row per person, period and month: wages, and each ramo by part."""
    libro = cedula.libro
    codigos = list(ramos(libro.renglones[0].primero))
    partes = [f"{codigo} {parte}" for codigo in codigos for parte in ("patrón", "trabajador")]
    yield (
        "Persona", "Mes", "Desde", "Días", "Salario base comprobado", "Salario base registrado",
        *partes, "Patrón", "Trabajador", "Total",
    )  # fmt: skip
    for r in libro.renglones:
        suma = sumar([r])
        yield (
            libro.personas[r.persona].clave,
            r.mes,
            r.primero.isoformat(),
            str(r.dias),
            *_bases(libro, r),
            *(f"{importe}" for codigo in codigos for importe in suma.de(codigo)),
            *(f"{importe}" for importe in (suma.patron, suma.trabajador, suma.total)),
        )


def _paginas(libro: Libro) -> tuple[tuple[int, ...], ...]:
    """The people of each page, as many as fit, at least one."""
    paginas: list[list[int]] = [[]]
    filas = 0
    for cual in range(len(libro.personas)):
        suyas = len(libro.de_persona(cual)) + 1
        if paginas[-1] and filas + suyas > FILAS:
            paginas.append([])
            filas = 0
        paginas[-1].append(cual)
        filas += suyas
    return tuple(tuple(pagina) for pagina in paginas)


def _pagina_de(paginas: Sequence[Sequence[int]], foco: str) -> int:
    quien = foco.split(".")[0]
    if quien == TODAS:
        return 1
    return next(n for n, gente in enumerate(paginas, 1) if int(quien[1:]) - 1 in gente)


def _bloque(libro: Libro, cual: int, foco: str, antiguos: frozenset[str]) -> Bloque:
    meses: dict[str, list[Renglon]] = {}
    for renglon in libro.de_persona(cual):
        meses.setdefault(renglon.mes, []).append(renglon)
    filas = []
    for mes, renglones in meses.items():
        suma = sumar(renglones)
        bases = [_bases(libro, r) for r in renglones]
        filas.append(
            Fila(
                mes=mes_corto(mes),
                dias=suma.dias,
                comprobado=_una([b[0] for b in bases]),
                registrado=_una([b[1] for b in bases]),
                antiguo=mes in antiguos,
                cifras=_cifras(suma, f"p{cual + 1}", mes, foco),
            )
        )
    suma = libro.por_persona[cual]
    return Bloque(
        libro.personas[cual].clave, tuple(filas), suma.dias, _cifras(suma, f"p{cual + 1}", SUMA, foco)
    )


def _bases(libro: Libro, renglon: Renglon) -> tuple[str, str]:
    """The wages after minimum and ceiling; the registered one empty where there is none."""
    periodo: Periodo = libro.personas[renglon.persona].periodos[renglon.periodo]
    dia = cuotas.tarifa(renglon.primero, libro.zona)
    real, registrado = salarios(periodo)
    escritos = [
        "" if salario is None else f"{de_centesimos(cuotas.topar(dia, salario.sbc))}"
        for salario in (real, registrado)
    ]
    return escritos[0], escritos[1]


def _una(textos: Sequence[str]) -> str:
    return (
        _pesos(Decimal(textos[0]))
        if len(set(textos)) == 1 and textos[0]
        else ("varios" if any(textos) else "")
    )


def _cifras(suma: Suma, quien: str, mes: str, foco: str) -> tuple[Cifra, ...]:
    hechas = []
    for columna in COLUMNAS.values():
        lugar = f"{quien}.{mes}.{columna.clave}"
        hechas.append(Cifra(_pesos(columna.de(suma)), lugar, lugar == foco))
    return tuple(hechas)


def _pesos(importe: Decimal) -> str:
    return f"{importe:,.2f}"


def _unico(textos: Iterable[str]) -> str:
    distintos = set(textos)
    return distintos.pop() if len(distintos) == 1 else ""


def _antiguos(cedula: Cedula) -> frozenset[str]:
    """The months with something due more than five years ago."""
    viejos = [p.tramo for p in cedula.liquidados if p.caduco]
    return frozenset(
        mes
        for mes in cedula.libro.por_mes
        if any(t.primero <= date.fromisoformat(f"{mes}-01") <= t.ultimo for t in viejos)
    )


def _sin_confirmar(cedula: Cedula) -> Iterator[tuple[str, str]]:
    """(what, confidence) of each value used that nobody has read in the law."""
    for mes in cedula.libro.por_mes:
        primero = date.fromisoformat(f"{mes}-01")
        ceav = renglon_ceav(primero, None)
        usados = [
            ("UMA", uma(primero).confianza),
            ("salario mínimo", salario_minimo(primero, cedula.libro.zona).confianza),
            *((ramo.nombre.lower(), ramo.confianza) for ramo in ramos(primero).values()),
            ("tabla de cesantía en edad avanzada y vejez", ceav.confianza),
        ]
        yield from ((f"{que} de {primero.year}", como) for que, como in usados if como != "verificado")
    yield from _de_liquidados(cedula.liquidados)


def _de_liquidados(liquidados: Iterable[Liquidado]) -> Iterator[tuple[str, str]]:
    for liquidado in liquidados:
        for paso in liquidado.tramo.pasos:
            if paso.confianza not in ("", "verificado"):
                yield f"pago {liquidado.tramo.pago}", paso.confianza
        for paso in liquidado.accesorios.pasos:
            if paso.confianza not in ("", "verificado"):
                yield ("tasa de recargos" if paso.que.startswith("Tasa") else "INPC"), paso.confianza
