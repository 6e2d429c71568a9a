"""The arithmetic of a cédula, line by line: «457.14 × 6.422 % × 31 días = 910.08 · LSS 168-II»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from workflow.params.cuotas import Ramo, limites, ramos
from workflow.params.salario_minimo import NOMBRES
from workflow.rules import cuotas
from workflow.rules.calendario import MESES
from workflow.rules.cedula_cuotas import Libro, Periodo, Renglon, salarios
from workflow.rules.cuotas import Salario, Tarifa
from workflow.rules.dinero import de_centesimos, escribir, escribir_por_ciento
from workflow.rules.errores import dato_invalido

__all__ = [
    "PARTES",
    "REDONDEO",
    "Linea",
    "Producto",
    "de_ramo",
    "producto_en_palabras",
    "productos",
    "sin_cuota",
]

PARTES = ("patron", "trabajador")
REDONDEO = "Cada producto se redondea al centavo, la mitad hacia arriba."


@dataclass(frozen=True, slots=True)
class Linea:
    """One line: what, the figure, where it comes from, the article and how sure we are of it."""

    que: str
    cifra: str
    de_que: str = ""
    articulo: str = ""
    confianza: str = ""

    @property
    def texto(self) -> str:
        """The line as it is printed: «Días: 31 (del 1 al 31 de diciembre de 2025)»."""
        partes = f"{self.que}: {self.cifra}" + (f" ({self.de_que})" if self.de_que else "")
        return f"{partes} · {self.articulo}" if self.articulo else partes


@dataclass(frozen=True, slots=True)
class Producto:
    """One product, rounded to the cent: `base` a day × percent × days. `asumida`: the worker's part, that the
    employer pays (LSS 36).
    """

    base: Decimal
    por_ciento: Decimal
    dias: int
    importe: Decimal
    articulo: str
    confianza: str
    asumida: bool = False

    @property
    def operacion(self) -> str:
        """«457.14 × 6.422 % × 31 días»."""
        dias = "1 día" if self.dias == 1 else f"{self.dias} días"
        return f"{self.base:,} × {escribir_por_ciento(self.por_ciento)} % × {dias}"


def producto_en_palabras(producto: Producto) -> str:
    """«457.14 × 6.422 % × 31 días = 910.08 · LSS 168-II»."""
    return f"{producto.operacion} = {producto.importe:,} · {producto.articulo}"


def productos(
    libro: Libro, renglon: Renglon, codigo: str, parte: str
) -> tuple[tuple[Producto, ...], tuple[Producto, ...]]:
    """(owed by the real wage, owed by the registered one): their difference is the cell.

    Nothing is owed where the registered wage is not below the real one: both are then empty. Raises
    DATO_INVALIDO for a code or a part that does not exist.
    """
    dia = cuotas.tarifa(renglon.primero, libro.zona)
    ramo = ramos(renglon.primero).get(codigo)
    if ramo is None or parte not in PARTES:
        raise dato_invalido(f"No existe «{codigo}, {parte}»: elige un ramo y «patron» o «trabajador».")
    real, registrado = salarios(_periodo(libro, renglon))
    if registrado is not None and registrado.sbc >= real.sbc:
        return (), ()
    debidos = tuple(_productos(libro, renglon, dia, ramo, real, parte))
    if registrado is None:
        return debidos, ()
    return debidos, tuple(_productos(libro, renglon, dia, ramo, registrado, parte))


def de_ramo(libro: Libro, renglon: Renglon, codigo: str, parte: str) -> Iterator[Linea]:
    """The lines of one cell: its bases, percents and days, the products, and what was omitted at the end."""
    debidos, registrados = productos(libro, renglon, codigo, parte)
    yield from _bases(libro, renglon, ramos(renglon.primero)[codigo], _periodo(libro, renglon))
    yield _dias(renglon)
    for rotulo, suyos in (("Cuota del salario comprobado", debidos), ("Cuota del registrado", registrados)):
        for producto in suyos:
            yield Linea(
                f"{rotulo}, parte del trabajador que paga el patrón (LSS 36)" if producto.asumida else rotulo,
                escribir(producto.importe),
                producto.operacion,
                producto.articulo,
                producto.confianza,
            )
    por_que = _resta(debidos, registrados) if debidos else sin_cuota(libro, renglon)
    yield Linea("Omitido", escribir(_importe(renglon, codigo, parte)), por_que)


def _periodo(libro: Libro, renglon: Renglon) -> Periodo:
    return libro.personas[renglon.persona].periodos[renglon.periodo]


def _importe(renglon: Renglon, codigo: str, parte: str) -> Decimal:
    partes = renglon.patron if parte == "patron" else renglon.trabajador
    return de_centesimos(partes[list(ramos(renglon.primero)).index(codigo)])


def _resta(debidos: tuple[Producto, ...], registrados: tuple[Producto, ...]) -> str:
    """«910.08», «910.08 − 620.10», «(910.08 + 10.00) − 620.10»: where the cell comes from."""

    def suma(suyos: tuple[Producto, ...]) -> str:
        texto = " + ".join(f"{p.importe:,}" for p in suyos)
        return f"({texto})" if len(suyos) > 1 and registrados else texto

    return f"{suma(debidos)} − {suma(registrados)}" if registrados else suma(debidos)


def sin_cuota(libro: Libro, renglon: Renglon) -> str:
    """Why nothing is owed."""
    periodo = _periodo(libro, renglon)
    if periodo.registrado is not None and periodo.registrado >= periodo.real:
        return "el salario registrado no es menor que el comprobado"
    return "no hay parte del trabajador, o la paga el patrón (LSS 36)"


def _productos(
    libro: Libro, renglon: Renglon, dia: Tarifa, ramo: Ramo, salario: Salario, parte: str
) -> Iterator[Producto]:
    sbc = cuotas.topar(dia, salario.sbc)
    base = cuotas.bases(dia, sbc)[ramo.base]
    paga_todo = salario.cuota_diaria <= dia.salario_minimo
    del_trabajador = (ramo.trabajador, ramo.cita, ramo.confianza)
    if parte == "patron":
        tasas = [(cuotas.del_patron(dia, ramo, sbc, libro.riesgo), False)]
        if paga_todo and ramo.trabajador:
            tasas.append((del_trabajador, True))
    else:
        tasas = [] if paga_todo or not ramo.trabajador else [(del_trabajador, False)]
    for (por_ciento, cita, confianza), asumida in tasas:
        centavos = cuotas.importe(base, cuotas.cienmilesimos(por_ciento), renglon.dias)
        yield Producto(
            de_centesimos(base), por_ciento, renglon.dias, de_centesimos(centavos), cita, confianza, asumida
        )


def _bases(libro: Libro, renglon: Renglon, ramo: Ramo, periodo: Periodo) -> Iterator[Linea]:
    dia, topes = cuotas.tarifa(renglon.primero, libro.zona), limites(renglon.primero)
    if ramo.base == "uma":
        yield Linea("UMA diaria", escribir(de_centesimos(dia.uma)), "base de la cuota fija", ramo.cita)
        return
    for rotulo, salario in zip(("comprobado", "registrado"), salarios(periodo), strict=True):
        if salario is None:
            yield Linea("Salario registrado", "Ninguno", "sin inscripción en estos días")
            continue
        sbc = cuotas.topar(dia, salario.sbc)
        yield Linea(
            f"Salario base {rotulo}",
            escribir(de_centesimos(sbc)),
            f"{_escrito(salario.sbc, sbc)}entre el {NOMBRES[libro.zona]}, "
            f"{de_centesimos(dia.salario_minimo):,}, y {topes.tope_uma.normalize():f} UMA, "
            f"{de_centesimos(dia.tope):,}",
            topes.tope.cita,
            topes.tope.confianza,
        )
        if ramo.base == "excedente":
            yield Linea(
                f"Excedente del {rotulo}",
                escribir(de_centesimos(cuotas.bases(dia, sbc)["excedente"])),
                f"lo que pasa de {topes.excedente_uma.normalize():f} UMA, "
                f"{de_centesimos(dia.excedente_desde):,}",
                topes.excedente.cita,
                topes.excedente.confianza,
            )
        elif ramo.patron is None and ramo.codigo != cuotas.RT:
            veces = cuotas.veces_uma(dia, sbc)
            yield Linea(
                f"Renglón de la tabla, {rotulo}",
                f"{escribir_por_ciento(cuotas.del_patron(dia, ramo, sbc, libro.riesgo)[0])} %",
                "salario mínimo: primer renglón"
                if veces is None
                else f"{de_centesimos(sbc):,} ÷ UMA {de_centesimos(dia.uma):,} = {de_centesimos(veces)}",
            )


def _escrito(centavos: int, sbc: int) -> str:
    return "" if centavos == sbc else f"{de_centesimos(centavos):,} queda "


def _dias(renglon: Renglon) -> Linea:
    ultimo = renglon.primero + timedelta(days=renglon.dias - 1)
    mes = f"{MESES[ultimo.month - 1]} de {ultimo.year}"
    if renglon.dias == 1:
        return Linea("Días", "1", f"el {ultimo.day} de {mes}")
    return Linea("Días", str(renglon.dias), f"del {renglon.primero.day} al {ultimo.day} de {mes}")
