"""What may be attached and up to how much (CFF 145, 151-157, 165, 172, 195)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from workflow.params import embargo as params
from workflow.rules.dinero import CENTAVO, escribir, escribir_por_ciento
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso

T = TypeVar("T")
DEUDOR, EJECUTOR = "deudor", "ejecutor"
NEGOCIACION = "negociacion"


@dataclass(frozen=True, slots=True)
class Designado:
    """A good as it was designated. `exento`: the class of CFF 157 it belongs to, if any; `salto`: the ground of
    CFF 156 where the ejecutor designates it."""

    tipo: str
    designa: str
    exento: str = ""
    salto: str = ""


@dataclass(frozen=True, slots=True)
class Falta:
    """Why one good (by its place in the list, from 0) may not be attached."""

    lugar: int
    frase: str
    articulo: str


@dataclass(frozen=True, slots=True)
class ResultadoDesignacion:
    """Goods in their order; `faltas` empty when all may be attached."""

    faltas: tuple[Falta, ...]
    pasos: tuple[Paso, ...]


@dataclass(frozen=True, slots=True)
class ResultadoTope:
    """The most that may be held, in pesos."""

    importe: Decimal
    pasos: tuple[Paso, ...]


@dataclass(frozen=True, slots=True)
class ResultadoRecaudacion:
    """What the intervention had to bring by now, in pesos, and whether it did. `debe` is None before its time."""

    debe: Decimal | None
    suficiente: bool
    pasos: tuple[Paso, ...]


def revisar(bienes: Sequence[Designado]) -> ResultadoDesignacion:
    """Judge the goods of one acta: none exempt, in the order of CFF 155 unless the ejecutor may skip it.

    Raises DATO_INVALIDO for a kind, a class or a ground that the law does not know.
    """
    entera = any(bien.tipo == NEGOCIACION for bien in bienes)
    faltas: list[Falta] = []
    pasos: list[Paso] = []
    ultima = 0
    for lugar, bien in enumerate(bienes):
        clase = _de(params.tablas().orden, bien.tipo, "tipo de bien")
        falta = _exento(lugar, bien, entera) or _fuera_de_orden(lugar, bien, clase, ultima)
        if falta is not None:
            faltas.append(falta)
            pasos.append(Paso(f"Bien {lugar + 1}: no se embarga", falta.frase, falta.articulo))
            continue
        if bien.designa == DEUDOR:
            ultima = clase.fraccion
        pasos.append(
            Paso(
                f"Bien {lugar + 1}: se embarga",
                _por_que(bien, clase),
                _articulo(bien, clase),
                confianza=clase.confianza,
            )
        )
    return ResultadoDesignacion(tuple(faltas), tuple(pasos))


def _exento(lugar: int, bien: Designado, entera: bool) -> Falta | None:
    if not bien.exento:
        return None
    exento = _de(params.tablas().exentos, bien.exento, "bien exento")
    if exento.con_negociacion and entera:
        return None
    frase = f"No se embarga: {exento.nombre[0].lower()}{exento.nombre[1:]}."
    if exento.con_negociacion:
        frase += " Sólo con la negociación en su totalidad."
    return Falta(lugar, frase, exento.cita)


def _fuera_de_orden(lugar: int, bien: Designado, clase: params.Clase, ultima: int) -> Falta | None:
    if bien.designa == EJECUTOR:
        if not bien.salto:
            return Falta(lugar, "Di por qué lo señala el ejecutor y no el deudor.", "CFF 156")
        _de(params.tablas().saltos, bien.salto, "motivo para señalar")
        return None
    if clase.fraccion < ultima:
        return Falta(lugar, f"Va antes en el orden: {clase.nombre.lower()}.", clase.cita)
    return None


def _por_que(bien: Designado, clase: params.Clase) -> str:
    if bien.designa == EJECUTOR:
        return f"{clase.nombre}; lo señala el ejecutor: {params.tablas().saltos[bien.salto].nombre.lower()}"
    return f"{clase.nombre}; lo señala el deudor"


def _articulo(bien: Designado, clase: params.Clase) -> str:
    return f"{clase.cita}; {params.tablas().saltos[bien.salto].cita}" if bien.salto else clase.cita


def _de(tabla: Mapping[str, T], clave: str, que: str) -> T:
    if clave not in tabla:
        raise dato_invalido(f"«{clave}» no es un {que}. Los que hay son: {', '.join(sorted(tabla))}.")
    return tabla[clave]


def tope(credito: Decimal, fecha: date, *, precautorio: bool = False) -> ResultadoTope:
    """The most that accounts may be held for: the updated credit, or two thirds of it before it is exigible.

    Raises DATO_INVALIDO (negative credit), PARAMETRO_NO_VIGENTE.
    """
    _no_negativo(credito, "credito")
    if not precautorio:
        paso = Paso(f"Hasta {escribir(credito)}", "el crédito actualizado", "CFF 151-I, 156 Bis", (fecha,))
        return ResultadoTope(credito, (paso,))
    ley = params.limites(fecha)
    importe = _abajo(credito * ley.precautorio_numerador / ley.precautorio_denominador)
    de_que = f"{ley.precautorio_numerador}/{ley.precautorio_denominador} de {escribir(credito)}"
    return ResultadoTope(
        importe,
        (
            Paso(
                f"Hasta {escribir(importe)}",
                f"embargo precautorio: {de_que}",
                ley.cita,
                (fecha,),
                ley.confianza,
            ),
        ),
    )


def retencion(ingresos: Decimal, fecha: date) -> ResultadoTope:
    """The most that the interventor may withhold of an income. Raises DATO_INVALIDO, PARAMETRO_NO_VIGENTE."""
    _no_negativo(ingresos, "ingresos")
    ley = params.limites(fecha)
    importe = _abajo(ingresos * ley.retencion / 100)
    de_que = f"{escribir_por_ciento(ley.retencion)} % de {escribir(ingresos)}"
    return ResultadoTope(
        importe, (Paso(f"Hasta {escribir(importe)}", de_que, ley.cita, (fecha,), ley.confianza),)
    )


def recaudacion(
    credito: Decimal, recaudado: Decimal, meses: int, fecha: date, *, estacional: bool = False
) -> ResultadoRecaudacion:
    """Whether an intervention brings enough: 24 % of the credit in three months, or 8 % for each month elapsed
    where the business is seasonal (CFF 172). `credito`: the debt when it began; `meses`: whole months elapsed.

    Before its time nothing is owed. Raises DATO_INVALIDO, PARAMETRO_NO_VIGENTE.
    """
    _no_negativo(credito, "credito")
    _no_negativo(recaudado, "recaudado")
    ley = params.limites(fecha)
    if meses < (1 if estacional else ley.meses):
        paso = Paso("Todavía no se juzga", f"van {meses} meses", ley.cita, (fecha,), ley.confianza)
        return ResultadoRecaudacion(None, True, (paso,))
    por_ciento = ley.recaudacion_mensual * meses if estacional else ley.recaudacion
    debe = _abajo(credito * min(por_ciento, Decimal(100)) / 100)
    alcanza = recaudado >= debe
    que = "Alcanza" if alcanza else "No alcanza: se puede enajenar la negociación"
    de_que = (
        f"{escribir_por_ciento(por_ciento)} % de {escribir(credito)} = {escribir(debe)}; "
        f"recaudado en {meses} meses: {escribir(recaudado)}"
    )
    return ResultadoRecaudacion(debe, alcanza, (Paso(que, de_que, ley.cita, (fecha,), ley.confianza),))


def recuperables(pagado: Decimal, valores: Sequence[tuple[int, Decimal]]) -> tuple[int, ...]:
    """Which goods a payment made before the sale frees (CFF 195): in the order given, while it reaches their value.

    `valores`: (good, price of its valuation). What is left over frees nothing.
    """
    _no_negativo(pagado, "pagado")
    libres, queda = [], pagado
    for bien, valor in valores:
        if valor <= queda:
            libres.append(bien)
            queda -= valor
    return tuple(libres)


def _abajo(importe: Decimal) -> Decimal:
    """A limit is never rounded in favour of who collects."""
    return importe.quantize(CENTAVO, ROUND_DOWN)


def _no_negativo(importe: Decimal, campo: str) -> None:
    if importe < 0:
        raise dato_invalido(f"«{campo}» no puede ser negativo.")
