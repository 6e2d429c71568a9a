"""A bank's file too long for a page: received by the worker, each row once, whoever dies meanwhile."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from models.pago import Pago
from models.salida import EstadoSalida, Salida
from tests.factories import cuenta as fabrica
from tests.integration.cuenta.test_pago import JEFE, Caja
from workflow.actions import pago as acciones
from workflow.actions import salida
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import pago_lote
from workflow.queries import pago_lote as consultas
from workflow.queries.pago_lote import Avance

D = Decimal
PAGOS = 30
CABEZA = "fecha,referencia,linea_captura,importe,registro_patronal"
DESCONOCIDO = "No hay ningún crédito"


@pytest.fixture
def caja(obra_demo) -> Caja:  # type: ignore[no-untyped-def]
    return Caja(obra_demo)


def archivo(caja: Caja, *otras: str) -> str:
    """Thirty payments of ten pesos of one credit; `otras`: further lines."""
    filas = [f"2026-06-10,L{n},{caja.folios[caja.uno]},10.00,{fabrica.PATRON}" for n in range(PAGOS)]
    return "\n".join([CABEZA, *filas, *otras])


def dejar(caja: Caja, texto: str, **mas: object) -> int:
    with caja.como(JEFE) as ctx:
        hecho = acciones.importar(ctx, texto, **mas)  # type: ignore[arg-type]
    assert hecho.folios == ()
    assert hecho.lote_id is not None
    return hecho.lote_id


def barrer(caja: Caja) -> int:
    """A sweep of the outbox, a second after the one before."""
    caja.obra.ahora += dt.timedelta(seconds=1)
    with caja.como() as ctx:
        return salida.vaciar(ctx)


def agotar(caja: Caja) -> None:
    """Sweeps until nothing is left."""
    while barrer(caja):
        pass


def ver(caja: Caja, lote_id: int) -> Avance:
    with caja.como(JEFE) as ctx:
        return consultas.ver(ctx, lote_id)


def referencias(caja: Caja) -> list[str]:
    with caja.como() as ctx:
        return sorted(ctx.session.scalars(select(Pago.referencia)))


def test_un_archivo_largo_lo_registra_el_trabajador_por_tandas(caja: Caja) -> None:
    mal = "2026-06-10,X1,CRE-2026-999999-0,1.00,C614077210"
    with caja.como(JEFE) as ctx, pytest.raises(DatoInvalido, match="1 renglones"):
        acciones.importar(ctx, archivo(caja, mal))
    lote = dejar(caja, archivo(caja, mal), solo_buenos=True)
    # Sent twice it is one; nothing is received yet.
    assert dejar(caja, archivo(caja, mal), solo_buenos=True) == lote
    assert (referencias(caja), ver(caja, lote).parte) == ([], 0)
    # Somebody captures one of its rows meanwhile, and takes the sight of another away: each row is judged anew.
    with caja.como() as ctx:
        ctx.session.add(
            Pago(
                folio="PAG-2026-009999-0",
                estado="aplicado",
                origen="banco",
                referencia="L29",
                patron_id=1,
                subdelegacion_id=1,
                fecha=dt.date(2026, 6, 9),
                importe=D(10),
                excedente=D(0),
                registrado_en=ctx.now,
            )
        )
        ctx.session.commit()
    assert barrer(caja) == 1
    a_medias = ver(caja, lote)
    assert (a_medias.hechos, a_medias.registrados, a_medias.terminado) == (
        pago_lote.LOTE,
        pago_lote.LOTE,
        False,
    )
    assert barrer(caja) == 1
    assert barrer(caja) == 0
    fin = ver(caja, lote)
    assert (fin.registrados, fin.terminado, fin.detenido) == (PAGOS - 1, True, False)
    assert [linea for linea, _ in fin.rechazos] == [31, 32]
    assert "con otra fecha" in dict(fin.rechazos)[31]
    assert DESCONOCIDO in dict(fin.rechazos)[32]
    assert caja.saldo(caja.uno) == D(1000 - 10 * (PAGOS - 1))
    with caja.como() as ctx:
        quien = set(ctx.session.scalars(select(Pago.registrado_por).where(Pago.referencia != "L29")))
        assert quien == {caja.obra.persona(JEFE).usuario_id}
        assert ctx.session.get_one(Salida, lote).datos["texto"] == ""
    # Brought again there is nothing good in it, and nothing is left to the worker.
    with caja.como(JEFE) as ctx:
        otra = acciones.importar(ctx, archivo(caja, mal), solo_buenos=True)
    assert (otra.folios, otra.lote_id, otra.conocidas, otra.omitidas) == ((), None, PAGOS - 1, 2)


def test_quien_muere_entre_dos_renglones_no_pierde_ni_repite(
    caja: Caja, monkeypatch: pytest.MonkeyPatch
) -> None:
    lote = dejar(caja, archivo(caja))
    recibir, hechos = pago_lote.recibir, 0

    def morir(*datos: object, **mas: object) -> str:
        nonlocal hechos
        hechos += 1
        if hechos in (7, 35):
            raise KeyboardInterrupt
        return recibir(*datos, **mas)  # type: ignore[arg-type]

    monkeypatch.setattr(pago_lote, "recibir", morir)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            agotar(caja)
        assert len(referencias(caja)) == ver(caja, lote).hechos
    agotar(caja)
    assert referencias(caja) == sorted(f"L{n}" for n in range(PAGOS))
    assert ver(caja, lote).registrados == PAGOS
    assert caja.saldo(caja.uno) == D(700)
    # Brought again, all of it is known.
    with caja.como(JEFE) as ctx:
        otra = acciones.importar(ctx, archivo(caja))
    assert (otra.folios, otra.lote_id, otra.conocidas) == ((), None, PAGOS)


def test_de_un_archivo_que_se_detuvo_se_dice(caja: Caja) -> None:
    """Who brought it lost her account: nothing more is received in her name."""
    lote = dejar(caja, archivo(caja))
    with caja.como() as ctx:
        fila = ctx.session.get_one(Salida, lote)
        fila.datos = {**fila.datos, "usuario_id": 999_999}
        fila.intentos = salida.INTENTOS_MAXIMO - 1
        ctx.session.commit()
    assert barrer(caja) == 0
    assert ver(caja, lote).detenido
    with caja.como() as ctx:
        assert ctx.session.get_one(Salida, lote).estado is EstadoSalida.FALLIDA
        assert ctx.session.scalar(select(func.count(Pago.id))) == 0
    with caja.como("jose.cazares") as ctx, pytest.raises(NoEncontrado):
        consultas.ver(ctx, lote)
