"""The INPC in force: what came with the release and what was imported later, and the difference that a file makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from sqlalchemy import select, text

from models.indice import IndicePrecios
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations.bitacora import anotar
from workflow.params import inpc
from workflow.params.fechas import MESES
from workflow.params.inpc import Importacion, Indice, Serie

CANDADO = 17_01  # number of the lock on PostgreSQL: CFF 17-A
PUBLICACION = "INEGI, Índice Nacional de Precios al Consumidor, base 2Q jul 2018 = 100"


@dataclass(frozen=True, slots=True)
class Valor:
    """A value that a file gives for a month, with the line where it stands."""

    mes: dt.date
    texto: str
    linea: int


@dataclass(frozen=True, slots=True)
class Cambio:
    """A month whose known value is another. `solo_decimales`: the same value, with more of them."""

    mes: dt.date
    antes: str
    despues: str
    solo_decimales: bool


@dataclass(frozen=True, slots=True)
class Diferencia:
    """What a file adds, already knows, contradicts, and how many months are older than the series."""

    nuevos: tuple[Valor, ...]
    iguales: int
    cambios: tuple[Cambio, ...]
    anteriores: int


def serie(ctx: Ctx) -> Serie:
    """The series included, with what was imported: the newest row of a month is the one in force."""
    filas = ctx.session.scalars(select(IndicePrecios).order_by(IndicePrecios.id)).all()
    return inpc.incluida().con(_indice(fila) for fila in filas)


def _indice(fila: IndicePrecios) -> Indice:
    return Indice(
        mes=fila.mes,
        texto=fila.valor,
        cita=inpc.incluida().primero.cita,
        publicacion=PUBLICACION,
        confianza="verificado",
        nota=fila.cita,
    )


def cerrar(ctx: Ctx) -> None:
    """Nobody else imports until this transaction ends. On SQLite every action holds the only write lock."""
    if ctx.session.get_bind().dialect.name == "postgresql":
        ctx.session.execute(text("SELECT pg_advisory_xact_lock(:clave)"), {"clave": CANDADO})


def comparar(conocida: Serie, valores: Sequence[Valor]) -> Diferencia:
    """What `valores` (one per month, in order) change. Raises DatoInvalido for what no INPC does.

    Refused: a jump between neighbouring months, or a correction, greater than the configured percent.
    """
    limites = inpc.importacion()
    desde = conocida.primero.mes
    utiles = [v for v in valores if v.mes >= desde]
    nuevos, cambios = [], []
    for valor in utiles:
        sabido = conocida.de(valor.mes)
        if sabido is None:
            nuevos.append(valor)
        elif not _coincide(sabido, valor, limites):
            cambios.append(_cambio(sabido, valor, limites))
    _revisar_saltos(conocida, utiles, limites)
    iguales = len(utiles) - len(nuevos) - len(cambios)
    return Diferencia(tuple(nuevos), iguales, tuple(cambios), len(valores) - len(utiles))


def escribir(ctx: Ctx, diferencia: Diferencia, sha256: str, origen: str) -> None:
    """Add a row for each new or corrected month, and one entry to the log of the system."""
    for valor in diferencia.nuevos:
        _agregar(ctx, valor.mes, valor.texto, False, sha256, origen)
    for cambio in diferencia.cambios:
        _agregar(ctx, cambio.mes, cambio.despues, True, sha256, origen)
    ctx.session.flush()
    anotar(
        ctx,
        "inpc_importado",
        None,
        archivo_sha256=sha256,
        nuevos=len(diferencia.nuevos),
        sustituidos=[f"{cambio.mes:%Y-%m}" for cambio in diferencia.cambios],
        hasta=f"{serie(ctx).ultimo.mes:%Y-%m}",
    )


def _agregar(ctx: Ctx, mes: dt.date, texto: str, sustituye: bool, sha256: str, origen: str) -> None:
    fila = IndicePrecios(
        mes=mes,
        valor=texto,
        sustituye=sustituye,
        archivo_sha256=sha256,
        cita=origen,
        importado_en=ctx.now,
        usuario_id=ctx.actor.usuario_id,
    )
    ctx.session.add(fila)


def _redondeo(valor: Decimal, decimales: int) -> Decimal:
    return valor.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)


def _decimales(texto: str, minimo: int) -> int:
    return max(minimo, len(texto.partition(".")[2]))


def _coincide(sabido: Indice, valor: Valor, limites: Importacion) -> bool:
    """The file says the same, perhaps with fewer decimals: what is known stays."""
    return _redondeo(sabido.valor, _decimales(valor.texto, limites.decimales)) == Decimal(valor.texto)


def _cambio(sabido: Indice, valor: Valor, limites: Importacion) -> Cambio:
    nuevo = Decimal(valor.texto)
    if abs(nuevo / sabido.valor - 1) * 100 > limites.salto_maximo:
        raise DatoInvalido(
            f"Línea {valor.linea}: {_mes(valor.mes)} dice {valor.texto} y se tenía {sabido.texto}. Ninguna "
            f"corrección pasa de {limites.salto_maximo} %: revisa que sea el INPC general con base en 2018."
        )
    solo = _redondeo(nuevo, _decimales(sabido.texto, limites.decimales)) == sabido.valor
    return Cambio(valor.mes, sabido.texto, valor.texto, solo)


def _revisar_saltos(conocida: Serie, valores: Iterable[Valor], limites: Importacion) -> None:
    """Between neighbours of the series that would result; after a gap, as much per month as there are months."""
    lineas = {v.mes: v.linea for v in valores}
    puestos = {i.mes: i.valor for i in conocida.indices} | {v.mes: Decimal(v.texto) for v in valores}
    for antes, despues in pairwise(sorted(puestos)):
        meses = (despues.year - antes.year) * 12 + despues.month - antes.month
        linea = lineas.get(despues, lineas.get(antes))
        if (
            linea is not None
            and abs(puestos[despues] / puestos[antes] - 1) * 100 > meses * limites.salto_maximo
        ):
            raise DatoInvalido(
                f"Línea {linea}: el índice pasa de {puestos[antes]} en {_mes(antes)} a {puestos[despues]} en "
                f"{_mes(despues)}. Ningún INPC cambia más de {limites.salto_maximo} % en un mes: revisa el archivo."
            )


def _mes(mes: dt.date) -> str:
    return f"{MESES[mes.month - 1]} de {mes.year}"
