"""The ledger of restitution of each worker: promised, determined, recognised (procesos §2.3; LSS 18, 251-X).

Who denounced is found among the workers of the act by the blind index of her NSS, and only while somebody asks:
no row ties her denuncia to her NSS (LSS 22).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import Credito, EstadoCredito, TrabajadorDeterminado
from models.denuncia import Denuncia
from models.identidad import Identidad
from models.restitucion import EtapaRestitucion, Restitucion
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import presuntivo
from workflow.operations.credito import FINALES
from workflow.operations.credito_defensa import defensa_viva, puede_defenderse
from workflow.rules import restitucion as reglas
from workflow.rules.calendario import fecha_larga
from workflow.rules.dinero import escribir
from workflow.rules.restitucion import Empleo, Movimiento, Tramo
from workflow.rules.tramos import libres

K, E = EstadoCredito, EtapaRestitucion
# Collected or about to be: firm in law only when nobody may fight it any more.
POR_COBRAR = frozenset({K.FIRME, K.EXIGIBLE, K.EN_PAE})
SIN_SALARIO = Decimal(0)


@dataclass(frozen=True)
class Partida:
    """A stage of the ledger. `abierta`: her work goes on; a wage of zero: nobody said it."""

    tramos: tuple[Tramo, ...]
    semanas: int
    abierta: bool = False


@dataclass(frozen=True)
class Libro:
    """How the ledger of a worker stands. `faltan`: what was determined and is not yet recognised.

    `completa`: somebody answered that nothing else is owed, and what was determined agrees.
    """

    prometida: Partida | None
    determinada: Partida | None
    reconocida: Partida | None
    faltan: tuple[Tramo, ...]
    semanas_faltan: int
    completa: bool


# -- what was asked and what was proved ----------------------------------------------------------------------
def prometer(ctx: Ctx, denuncia: Denuncia) -> None:
    """What her denuncia asked, as its analysis put it: periods and real wage, each day once."""
    tramos: list[Tramo] = []
    abierta = False
    for fila in (denuncia.analisis or {}).get("hechos") or []:
        hecho = presuntivo.leer_hecho(fila)
        if hecho.desde is None:
            continue
        abierta = abierta or hecho.hasta is None
        entero = Tramo(hecho.desde, hecho.hasta or ctx.hoy, hecho.real or SIN_SALARIO, hecho.registrado)
        tramos += libres(entero, tramos)
    _asentar(ctx, denuncia, E.PROMETIDA, Partida(tuple(tramos), _semanas(ctx, tramos), abierta))


def determinar(ctx: Ctx, denuncia: Denuncia) -> None:
    """What the act proved of her; written again only where it says something else."""
    tramos = _probados(ctx, denuncia)
    antes = libro(ctx, denuncia).determinada
    if antes is None or antes.tramos != tramos:
        _asentar(ctx, denuncia, E.DETERMINADA, Partida(tramos, _semanas(ctx, tramos)))


def _probados(ctx: Ctx, denuncia: Denuncia) -> tuple[Tramo, ...]:
    indice = ctx.session.scalar(select(Identidad.indice_nss).where(Identidad.denuncia_id == denuncia.id))
    if indice is None or denuncia.acto_id is None:
        return ()
    del_acto = TrabajadorDeterminado.acto_id == denuncia.acto_id
    ciego = ctx.servicios.boveda.indice_ciego
    todos = ctx.session.scalars(select(TrabajadorDeterminado.nss).where(del_acto).distinct())
    suyo = next((nss for nss in todos if ciego("nss", nss) == indice), None)
    if suyo is None:
        return ()
    filas = select(TrabajadorDeterminado).where(del_acto, TrabajadorDeterminado.nss == suyo)
    return de_filas(ctx.session.scalars(filas.order_by(TrabajadorDeterminado.desde)))


def de_filas(filas: Iterable[TrabajadorDeterminado]) -> tuple[Tramo, ...]:
    """The stretches that the act proved of a worker."""
    return tuple(Tramo(f.desde, f.hasta, f.sbc_comprobado, f.sbc_registrado) for f in filas)


# -- how it stands -------------------------------------------------------------------------------------------
def libro(ctx: Ctx, denuncia: Denuncia) -> Libro:
    """The ledger of who denounced, with what the act that she is in determined. One query."""
    consulta = select(Restitucion).where(Restitucion.denuncia_id == denuncia.id).order_by(Restitucion.id)
    filas = ctx.session.scalars(consulta).all()
    prometidas = [f for f in filas if f.etapa is E.PROMETIDA]
    determinadas = [f for f in filas if f.etapa is E.DETERMINADA and f.acto_id == denuncia.acto_id]
    return cuadrar(
        ctx,
        _leida(ctx, prometidas[-1]) if prometidas else None,
        _leida(ctx, determinadas[-1]) if determinadas else None,
        [f for f in filas if f.etapa is E.RECONOCIDA],
    )


def cuadrar(
    ctx: Ctx, prometida: Partida | None, determinada: Partida | None, reconocidas: Sequence[Restitucion]
) -> Libro:
    """What is still owed, out of the three stages. Entries that repeat a day, as two denuncias of one person do,
    recognise it once."""
    movimientos = [m for fila in reconocidas for m in movimientos_de(fila.movimientos)]
    tramos = reglas.tramos_de(movimientos, ctx.hoy)
    dichas = min(sum(f.semanas or 0 for f in reconocidas), _semanas(ctx, tramos))
    reconocida = Partida(tramos, dichas) if reconocidas else None
    faltan = reglas.faltantes(determinada.tramos if determinada else (), tramos)
    dicha = any(fila.completa for fila in reconocidas)
    return Libro(prometida, determinada, reconocida, faltan, _semanas(ctx, faltan), dicha and not faltan)


def movimientos_de(filas: Iterable[Mapping[str, Any]]) -> list[Movimiento]:
    """The rows of the form as movements."""
    return [
        Movimiento(
            str(fila["tipo"]),
            dt.date.fromisoformat(str(fila["fecha"])),
            Decimal(str(fila["salario"])) if fila.get("salario") else None,
            _dia((fila.get("periodo") or {}).get("desde")),
            _dia((fila.get("periodo") or {}).get("hasta")),
        )
        for fila in filas
    ]


def situacion(ctx: Ctx, acto_id: int | None) -> str:
    """Whether the rights that an act proved are restored: `procede`, `pendiente` or `improcedente`.

    It never waits for collection: corrected, every credit firm in law or ended, or in an agreement with no
    defence alive. Without effects all of them, nothing was determined in the end.
    """
    acto = ctx.session.get(Acto, acto_id) if acto_id else None
    if acto is not None and acto.estado is EstadoActo.CORREGIDO:
        return "procede"
    creditos = ctx.session.scalars(select(Credito).where(Credito.acto_id == acto_id)).all()
    if not creditos or not all(_definido(ctx, credito) for credito in creditos):
        return "pendiente"
    return "improcedente" if all(c.estado is K.SIN_EFECTOS for c in creditos) else "procede"


def _definido(ctx: Ctx, credito: Credito) -> bool:
    if credito.estado in POR_COBRAR:
        return not puede_defenderse(ctx, credito)
    if credito.estado is K.EN_CONVENIO:
        return not defensa_viva(ctx, credito)
    return credito.estado in FINALES


# -- what is recognised --------------------------------------------------------------------------------------
def reconocer(
    ctx: Ctx,
    form: Mapping[str, Any],
    documento_id: int,
    *,
    acto_id: int | None,
    denuncia_id: int | None = None,
    nss: str | None = None,
) -> Restitucion:
    """Write what was registered in the record of who denounced, or of another worker of the act (`nss`).

    `revisar` judged it before.
    """
    fila = Restitucion(
        denuncia_id=denuncia_id,
        acto_id=acto_id,
        nss=nss,
        etapa=E.RECONOCIDA,
        movimientos=[dict(fila) for fila in form["movimientos"]],
        semanas=int(form["semanas_reconocidas"]),
        completa=bool(form["completa"]),
        documento_id=documento_id,
        registrada_en=ctx.now,
        registrada_por=ctx.actor.usuario_id,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila


def revisar(ctx: Ctx, antes: Libro, form: Mapping[str, Any]) -> Libro:
    """The ledger as it would stand with the movements of `form`. Raises DatoInvalido by field.

    A period outside her work, a wage under the registered one, more weeks than the calendar gives, and an
    answer of «complete» while something determined is missing, are refused.
    """
    determinada, previa = antes.determinada, antes.reconocida
    objeciones = reglas.objeciones(
        movimientos_de(form["movimientos"]),
        int(form["semanas_reconocidas"]),
        _empleo(antes),
        determinada.tramos if determinada else (),
        previa.tramos if previa else (),
        previa.semanas if previa else 0,
        ctx.hoy,
    )
    campos = {
        o.campo if o.renglon is None else f"movimientos.{o.renglon}.{o.campo}": o.frase for o in objeciones
    }
    if campos:
        raise DatoInvalido("Revisa los movimientos: hay datos que no coinciden.", campos)
    queda = agregar(ctx, antes, form)
    if queda.completa and queda.faltan:
        frase = f"Todavía falta {decir(queda.faltan[0])}. Agrega el movimiento o responde «No»."
        raise DatoInvalido("La restitución no está completa.", {"completa": frase})
    return queda


def agregar(ctx: Ctx, antes: Libro, form: Mapping[str, Any]) -> Libro:
    """The ledger with the movements of `form`; `completa` as the form says."""
    nuevos = reglas.tramos_de(movimientos_de(form["movimientos"]), ctx.hoy)
    tramos = (*(antes.reconocida.tramos if antes.reconocida else ()), *nuevos)
    semanas = (antes.reconocida.semanas if antes.reconocida else 0) + int(form["semanas_reconocidas"])
    faltan = reglas.faltantes(antes.determinada.tramos if antes.determinada else (), tramos)
    return Libro(
        antes.prometida,
        antes.determinada,
        Partida(tramos, semanas),
        faltan,
        _semanas(ctx, faltan),
        bool(form["completa"]),
    )


def proponer(ctx: Ctx, antes: Libro) -> tuple[tuple[Movimiento, ...], int]:
    """The movements that would complete the record and the weeks that they add.

    What was determined; what she asked where the act determined nothing of her (the employer corrected).
    """
    ya = antes.reconocida or Partida((), 0)
    pedido = antes.prometida.tramos if antes.prometida and not _probada(antes) else ()
    faltan = antes.faltan or reglas.faltantes(pedido, ya.tramos)
    nuevos = reglas.proponer(faltan, ya.tramos)
    return nuevos, max(_semanas(ctx, (*ya.tramos, *faltan)) - ya.semanas, 0)


def _probada(antes: Libro) -> bool:
    return antes.determinada is not None and bool(antes.determinada.tramos)


def decir(tramo: Tramo) -> str:
    """A stretch, in words: from when to when, with which wage."""
    dias = f"del {fecha_larga(tramo.desde)} al {fecha_larga(tramo.hasta)}"
    return f"{dias}, con {escribir(tramo.salario)} diarios" if tramo.salario else dias


def _empleo(antes: Libro) -> Empleo | None:
    """Her work as it is known: from the first to the last day asked or proved."""
    partidas = [p for p in (antes.prometida, antes.determinada) if p is not None and p.tramos]
    if not partidas:
        return None
    tramos = [t for p in partidas for t in p.tramos]
    abierto = any(p.abierta for p in partidas)
    return Empleo(min(t.desde for t in tramos), None if abierto else max(t.hasta for t in tramos))


# -- as it is written ----------------------------------------------------------------------------------------
def _asentar(ctx: Ctx, denuncia: Denuncia, etapa: EtapaRestitucion, partida: Partida) -> None:
    ultimo = max((t.hasta for t in partida.tramos), default=None)
    ctx.session.add(
        Restitucion(
            denuncia_id=denuncia.id,
            acto_id=denuncia.acto_id,
            etapa=etapa,
            movimientos=[
                {
                    "desde": t.desde.isoformat(),
                    "hasta": None if partida.abierta and t.hasta == ultimo else t.hasta.isoformat(),
                    "salario": f"{t.salario:.2f}",
                    "registrado": None if t.registrado is None else f"{t.registrado:.2f}",
                }
                for t in partida.tramos
            ],
            semanas=partida.semanas if partida.tramos else None,
            registrada_en=ctx.now,
            registrada_por=ctx.actor.usuario_id,
        )
    )
    ctx.session.flush()


def _leida(ctx: Ctx, fila: Restitucion) -> Partida:
    tramos = tuple(
        Tramo(
            dt.date.fromisoformat(m["desde"]),
            _dia(m["hasta"]) or ctx.hoy,
            Decimal(m["salario"]),
            Decimal(m["registrado"]) if m["registrado"] else None,
        )
        for m in fila.movimientos
    )
    return Partida(tramos, fila.semanas or 0, any(m["hasta"] is None for m in fila.movimientos))


def _semanas(ctx: Ctx, tramos: Iterable[Tramo]) -> int:
    return reglas.contar(tramos, ctx.hoy).semanas


def _dia(dato: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(dato)) if dato else None
