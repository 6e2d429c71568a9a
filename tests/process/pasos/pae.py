"""Verbs of an enforcement: `exigir`, `acumular`, `ejecutar`, `abonar`, `saldo`, `oir`, `ver_pae`.

`ejecutar` completes a task of the enforcement with the answers of `comunes/pae.json` under `pae`: its nodes
share names with those of other processes.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from models.acto import Acto
from models.bien import Bien
from models.credito import AsientoCredito, ConceptoCredito, Credito, TipoAsiento
from models.documento import Documento
from models.pae import DiligenciaPae, Inmovilizacion, Pae
from models.pago import OrigenPago
from models.plazo import Plazo
from models.proceso import Tarea
from tests.factories import pae as fabrica
from tests.factories import remate as fabrica_remate
from tests.process.comunes import comunes
from tests.process.pasos import paso
from workflow.actions import pago as pagos
from workflow.actions import tarea as tareas
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations import cuenta, mensaje, pae

COMUNES = comunes()


@paso
def exigir(
    escena: Any,
    como: str,
    *,
    creditos: dict[str, str],
    desde: str | None = None,
    de_convenio: bool = False,
    tope: str | None = None,
    clase: str = "cop",
) -> None:
    """An enforcement by its first message; `creditos`: name → principal. Photographs wait as `<pae>.foto`."""

    @action
    def empezar(ctx: Ctx) -> tuple[int, list[int], list[int]]:
        fabrica_remate.valuadora(ctx)
        dia = dt.date.fromisoformat(desde) if desde else None
        limite = dt.date.fromisoformat(tope) if tope else None
        abierto, filas = fabrica.exigibles(ctx, list(creditos.values()), dia, de_convenio, limite, clase)
        anexos = [fabrica.anexo(ctx, abierto), fabrica.anexo(ctx, abierto, "titulo.pdf", "application/pdf")]
        return abierto.id, [fila.id for fila in filas], anexos

    with escena.obra.como() as ctx:
        pae_id, ids, anexos = empezar(ctx)
    escena.ids[como] = ("pae", pae_id)
    for nombre, uno in zip(creditos, ids, strict=True):
        escena.ids[nombre] = ("credito", uno)
    escena.ids[f"{como}.foto"], escena.ids[f"{como}.titulo"] = (("documento", uno) for uno in anexos)


@paso
def acumular(escena: Any, como: str, *, de: str, adeudo: str) -> None:
    """One more credit of the same act."""
    hermano = next(valor[1] for nombre, valor in escena.ids.items() if nombre.startswith("c"))

    @action
    def sumar(ctx: Ctx) -> int:
        acto = ctx.session.get_one(Acto, ctx.session.get_one(Credito, hermano).acto_id)
        credito = fabrica.exigible(ctx, acto, adeudo)
        mensaje.enviar(ctx, "credito_acumulado", escena.ids[de][1], {"credito_id": credito.id})
        return credito.id

    with escena.obra.como() as ctx:
        escena.ids[como] = ("credito", sumar(ctx))


@paso
def ejecutar(
    escena: Any, nodo: str, *, de: str, con: dict[str, Any] | None = None, quien: str | None = None
) -> None:
    """Complete the open task `nodo` of the enforcement."""
    comun = COMUNES["pae"].get(nodo) or COMUNES["tareas"][nodo]
    datos = {**comun.get("datos", {}), **(con or {})}
    datos = {
        clave: _ahora(escena, valor) for clave, valor in escena.valor(datos).items() if valor is not None
    }
    instancia = _instancia(escena, de)
    with escena.obra.como() as ctx:
        abierta = select(Tarea).where(
            Tarea.instancia_id == instancia, Tarea.nodo == nodo, Tarea.estado == "abierta"
        )
        fila = ctx.session.scalars(abierta.order_by(Tarea.id)).first()
        todas = list(ctx.session.scalars(select(Tarea.nodo).where(Tarea.estado == "abierta")))
        assert fila is not None, f"no está abierta «{nodo}»; abiertas: {todas}"
    with escena.obra.como(escena.obra.persona(quien or comun["quien"])) as ctx:
        tareas.completar(ctx, fila.id, datos, fila.version)


def _ahora(escena: Any, valor: Any) -> Any:
    """`$ahora`, `$hoy`: the clock of the scene."""
    if valor == "$ahora":
        return escena.obra.ahora.strftime("%Y-%m-%dT%H:%M")
    if valor == "$hoy":
        return escena.obra.ahora.date().isoformat()
    if isinstance(valor, list):
        return [_ahora(escena, uno) for uno in valor]
    if isinstance(valor, dict):
        return {clave: _ahora(escena, uno) for clave, uno in valor.items()}
    return valor


def _instancia(escena: Any, de: str) -> int:
    with escena.obra.como() as ctx:
        return int(escena._instancia(ctx, de).id)


@paso
def abonar(
    escena: Any,
    importe: str,
    *,
    a: list[str],
    referencia: str = "LC-1",
    excedente: str = "devolver",
) -> None:
    """A payment at the window, by the real action; «todo»: all that those credits owe today."""
    ids = [escena.ids[nombre][1] for nombre in a]
    with escena.obra.como(escena.obra.persona("hector.rios")) as ctx:
        debe = sum(
            (cuenta.saldo(ctx, ctx.session.get_one(Credito, uno), ctx.hoy).a_pagar for uno in ids), Decimal(0)
        )
        cuanto = debe if importe == "todo" else Decimal(importe)
        pagos.registrar(ctx, ids, ctx.hoy, cuanto, OrigenPago.VENTANILLA, referencia, excedente=excedente)


def _adeudo(escena: Any, de: str) -> Decimal:
    with escena.obra.como() as ctx:
        fila = ctx.session.get_one(Pae, escena.ids[de][1])
        return pae.adeudo(ctx, pae.vivos(ctx, fila), ctx.hoy)


@paso
def inmovilizar(escena: Any, de: str) -> None:
    """Hold accounts for all that is owed today."""
    ejecutar(escena, "ordenar_inmovilizacion", de=de, con={"importe": str(_adeudo(escena, de))})


@paso
def informar(escena: Any, de: str) -> None:
    """The bank held all that it was told."""
    with escena.obra.como() as ctx:
        consulta = select(Inmovilizacion).where(Inmovilizacion.pae_id == escena.ids[de][1])
        filas = ctx.session.scalars(consulta).all()
    cuentas = [{"entidad": f.entidad, "cuenta": "4412", "importe": str(f.ordenado)} for f in filas]
    ejecutar(escena, "registrar_informe", de=de, con={"cuentas": cuentas})


@paso
def transferir(escena: Any, de: str) -> None:
    """What was held arrives, as much as is owed; the rest goes free."""
    with escena.obra.como() as ctx:
        consulta = select(func.sum(Inmovilizacion.informado)).where(
            Inmovilizacion.pae_id == escena.ids[de][1]
        )
        retenido = Decimal(ctx.session.scalar(consulta) or 0)
    tomado = min(retenido, _adeudo(escena, de))
    con = {"importe": f"{tomado:.2f}", "excedente_liberado": f"{retenido - tomado:.2f}"}
    ejecutar(escena, "transferir_fondos", de=de, con=con)


@paso
def saldo(escena: Any, de: str, *, debe: str) -> None:
    """What the credit owes today, updated."""
    with escena.obra.como() as ctx:
        tiene = cuenta.saldo(ctx, ctx.session.get_one(Credito, escena.ids[de][1]), ctx.hoy).total
    assert tiene == Decimal(debe), f"{de}: debe {tiene} y no {debe}"


@paso
def debe(escena: Any, de: str) -> None:
    """The credit still owes: to cancel it does not free the debtor."""
    with escena.obra.como() as ctx:
        assert cuenta.saldo(ctx, ctx.session.get_one(Credito, escena.ids[de][1]), ctx.hoy).total > 0


@paso
def oir(escena: Any, nombre: str, *, de: str, con: dict[str, Any] | None = None) -> None:
    """A message of another process to a credit or to the enforcement."""
    escena._mensaje(nombre, str(escena.ids[de][1]), con or {})


@paso
def bien(escena: Any, como: str, *, de: str, numero: int) -> None:
    """A good of the enforcement, by name."""
    with escena.obra.como() as ctx:
        fila = select(Bien.id).where(Bien.pae_id == escena.ids[de][1], Bien.numero == numero)
        escena.ids[como] = ("bien", ctx.session.scalars(fila).one())


@paso
def ver_pae(escena: Any, de: str, *, con: dict[str, Any]) -> None:
    """Fields of the enforcement; `bienes`: their states; `creditos`: theirs; `gastos`: charges of the account;
    `diligencias`: kinds in order; `papeles`; `inmovilizado`; `suspendido`; `prescribe`."""
    with escena.obra.como() as ctx:
        fila = ctx.session.get_one(Pae, escena.ids[de][1])
        for campo, debe in con.items():
            tiene = _VER[campo](ctx, fila) if campo in _VER else getattr(fila, campo)
            tiene = getattr(tiene, "value", tiene)
            if campo == "papeles":
                tiene = {clave: tiene.get(clave, 0) for clave in debe}
            assert tiene == debe, f"{campo}: {tiene} y no {debe}"


def _papeles(ctx: Ctx, fila: Pae) -> dict[str, int]:
    cuentas = (
        select(Documento.tipo, func.count())
        .where(Documento.sujeto_tipo == "pae", Documento.sujeto_id == fila.id)
        .group_by(Documento.tipo)
    )
    return {tipo: cuantos for tipo, cuantos in ctx.session.execute(cuentas)}


def _gastos(ctx: Ctx, fila: Pae) -> int:
    consulta = (
        select(func.count())
        .select_from(AsientoCredito)
        .join(Credito, Credito.id == AsientoCredito.credito_id)
        .where(
            Credito.pae_id == fila.id,
            AsientoCredito.concepto == ConceptoCredito.GASTOS,
            AsientoCredito.tipo == TipoAsiento.CARGO,
        )
    )
    return int(ctx.session.scalar(consulta) or 0)


def _prescribe(ctx: Ctx, fila: Pae) -> str | None:
    consulta = select(Plazo).where(
        Plazo.sujeto_tipo == "pae",
        Plazo.sujeto_id == fila.id,
        Plazo.clave == "prescripcion",
        Plazo.cerrado_en.is_(None),
    )
    abierto = ctx.session.scalars(consulta).one_or_none()
    return abierto.vence.isoformat() if abierto is not None else None


_VER: dict[str, Any] = {
    "bienes": lambda ctx, fila: [
        b.estado.value
        for b in ctx.session.scalars(select(Bien).where(Bien.pae_id == fila.id).order_by(Bien.numero))
    ],
    "creditos": lambda ctx, fila: [
        c.estado.value
        for c in ctx.session.scalars(select(Credito).where(Credito.pae_id == fila.id).order_by(Credito.id))
    ],
    "diligencias": lambda ctx, fila: [
        d.tipo.value
        for d in ctx.session.scalars(
            select(DiligenciaPae).where(DiligenciaPae.pae_id == fila.id).order_by(DiligenciaPae.numero)
        )
    ],
    "gastos": _gastos,
    "papeles": _papeles,
    "prescribe": _prescribe,
    "inmovilizado": lambda ctx, fila: [
        [str(i.informado), str(i.transferido), str(i.liberado)]
        for i in ctx.session.scalars(select(Inmovilizacion).where(Inmovilizacion.pae_id == fila.id))
    ],
}
