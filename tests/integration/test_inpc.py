"""Importing the INPC, on both databases: what is added, what is contradicted, what is refused, two at once."""

from __future__ import annotations

import hashlib
import threading
from datetime import date

import pytest
from sqlalchemy import func, select

from models.bitacora import Entrada
from models.indice import IndicePrecios
from workflow.actions import indice
from workflow.actions.casa import Casa
from workflow.actions.indice import Importado
from workflow.context import Actor, Ctx
from workflow.errors import DatoInvalido, NoPermitido
from workflow.params import inpc as params
from workflow.queries import bitacora
from workflow.queries import inpc as consultas

NUEVOS = {"2026/03": "144.9", "2026/04": "145.2", "2026/06": "145.8"}
IGUALES = {"2026/01": "143.588", "2026/02": "144.307", "2026/05": "145.527"}


def archivo(meses: dict[str, str]) -> bytes:
    return ("\r\n".join(["Periodo,Valor", *(f"{m},{v}" for m, v in meses.items())]) + "\r\n").encode()


def importar(ctx: Ctx, meses: dict[str, str], *, aceptar: bool = False) -> Importado:
    return indice.importar(ctx, archivo(meses), aceptar=aceptar)


def filas(ctx: Ctx) -> list[tuple[date, str, bool]]:
    renglones = ctx.session.scalars(select(IndicePrecios).order_by(IndicePrecios.id)).all()
    return [(f.mes, f.valor, f.sustituye) for f in renglones]


def entradas(ctx: Ctx) -> list[Entrada]:
    return list(ctx.session.scalars(select(Entrada).where(Entrada.verbo == "inpc_importado")))


def valor(ctx: Ctx, mes: date) -> str | None:
    hallado = consultas.serie(ctx).de(mes)
    return hallado.texto if hallado else None


def test_sin_importar_la_serie_es_la_incluida(ctx: Ctx) -> None:
    assert consultas.serie(ctx).indices == params.incluida().indices
    # On 20 November the index of October should be out.
    assert consultas.faltantes(ctx) == tuple(date(2026, m, 1) for m in (3, 4, 6, 7, 8, 9, 10))


def test_importar_agrega_lo_que_falta(ctx: Ctx) -> None:
    hecho = importar(ctx, IGUALES | NUEVOS)
    assert (hecho.escrito, hecho.diferencia.iguales, hecho.diferencia.cambios) == (True, 3, ())
    assert filas(ctx) == [
        (date(2026, 3, 1), "144.9", False),
        (date(2026, 4, 1), "145.2", False),
        (date(2026, 6, 1), "145.8", False),
    ]
    abril = consultas.serie(ctx).de(date(2026, 4, 1))
    assert abril is not None
    assert (abril.texto, abril.confianza) == ("145.2", "verificado")
    assert "2026-11-20" in abril.nota
    assert consultas.faltantes(ctx)[0] == date(2026, 7, 1)
    (entrada,) = entradas(ctx)
    sha256 = hashlib.sha256(archivo(IGUALES | NUEVOS)).hexdigest()
    assert (entrada.cadena, entrada.datos["archivo_sha256"], entrada.datos["nuevos"]) == (
        "sistema",
        sha256,
        3,
    )
    assert bitacora.verificar(ctx.session).rotura is None


def test_importar_otra_vez_no_escribe_nada(ctx: Ctx) -> None:
    importar(ctx, NUEVOS)
    otra = importar(ctx, NUEVOS)
    assert (otra.escrito, otra.diferencia.nuevos, otra.diferencia.iguales) == (False, (), 3)
    assert (len(filas(ctx)), len(entradas(ctx))) == (3, 1)


def test_una_contradiccion_no_escribe_nada_sin_aceptar(ctx: Ctx) -> None:
    meses = NUEVOS | {"2026/02": "144.310"}
    hecho = importar(ctx, meses)
    (cambio,) = hecho.diferencia.cambios
    assert (hecho.escrito, cambio.antes, cambio.despues, cambio.solo_decimales) == (
        False, "144.307", "144.310", False,
    )  # fmt: skip
    assert len(hecho.diferencia.nuevos) == 3
    assert (filas(ctx), entradas(ctx)) == ([], [])
    assert valor(ctx, date(2026, 2, 1)) == "144.307"


def test_con_aceptar_se_sustituye_y_lo_anterior_queda(ctx: Ctx) -> None:
    assert importar(ctx, NUEVOS | {"2026/02": "144.310"}, aceptar=True).escrito
    assert valor(ctx, date(2026, 2, 1)) == "144.310"
    assert entradas(ctx)[0].datos["sustituidos"] == ["2026-02"]
    # And again over what was imported: the newest row is the one in force.
    assert importar(ctx, {"2026/03": "144.91"}).escrito is False
    assert importar(ctx, {"2026/03": "144.91"}, aceptar=True).escrito
    assert valor(ctx, date(2026, 3, 1)) == "144.91"
    assert [f for f in filas(ctx) if f[0] == date(2026, 3, 1)] == [
        (date(2026, 3, 1), "144.9", False),
        (date(2026, 3, 1), "144.91", True),
    ]
    assert bitacora.verificar(ctx.session).rotura is None


def test_mas_decimales_es_otro_valor_y_menos_es_el_mismo(ctx: Ctx) -> None:
    (cambio,) = importar(ctx, {"2015/12": "89.04681772"}).diferencia.cambios
    assert (cambio.solo_decimales, cambio.despues) == (True, "89.04681772")
    igual = importar(ctx, {"2015/12": "89.047", "2025/07": "140.780", "2025/04": "139.62"})
    assert (igual.diferencia.iguales, igual.diferencia.cambios) == (3, ())
    # Three decimals are those of the publication: 89.05 is not 89.047 with fewer.
    assert importar(ctx, {"2015/12": "89.05"}).diferencia.cambios[0].solo_decimales is False


def test_lo_anterior_a_la_serie_queda_fuera(ctx: Ctx) -> None:
    hecho = importar(ctx, {"1987/01": "0.5", "1988/01": "1.9", "2015/11": "88.7"} | IGUALES)
    assert (hecho.escrito, hecho.diferencia.anteriores, hecho.diferencia.iguales) == (False, 3, 3)


@pytest.mark.parametrize(
    ("meses", "dice"),
    [
        ({"2026/03": "148.1"}, "148.1 en marzo de 2026"),  # 2.6 % in a month
        ({"2026/03": "140.6"}, "140.6 en marzo de 2026"),
        ({"2026/03": "14.49"}, "14.49"),
        ({"2026/02": "148.0"}, "se tenía 144.307"),
        ({"2026/02": "109.1"}, "Ninguna corrección"),  # another base
        ({"2026/06": "145.8", "2026/10": "162.0"}, "162.0 en octubre de 2026"),
    ],
)
@pytest.mark.parametrize("aceptar", [False, True])
def test_lo_que_ningun_inpc_hace(ctx: Ctx, meses: dict[str, str], dice: str, aceptar: bool) -> None:
    with pytest.raises(DatoInvalido, match=r"^Línea \d+") as error:
        importar(ctx, meses, aceptar=aceptar)
    assert dice in error.value.mensaje
    assert filas(ctx) == []


def test_despues_de_un_hueco_se_mide_por_mes(ctx: Ctx) -> None:
    assert importar(ctx, {"2026/10": "150.0"}).escrito


def test_solo_la_administracion_importa(ctx: Ctx) -> None:
    ctx.actor = Actor("persona", usuario_id=None, roles=frozenset({"auditor"}))
    with pytest.raises(NoPermitido):
        importar(ctx, NUEVOS)
    ctx.actor = Actor("persona", usuario_id=None, roles=frozenset({"administrador"}))
    assert importar(ctx, NUEVOS).escrito


def test_un_error_a_media_escritura_no_deja_nada(ctx: Ctx, monkeypatch: pytest.MonkeyPatch) -> None:
    def romper(*_: object, **__: object) -> None:
        raise RuntimeError("se cayó")

    monkeypatch.setattr("workflow.operations.indice.anotar", romper)
    with pytest.raises(RuntimeError):
        importar(ctx, NUEVOS)
    assert filas(ctx) == []


@pytest.mark.parametrize("veces", [2, 5])
def test_dos_a_la_vez_escriben_una_sola_vez(obra: Casa, veces: int) -> None:
    barrera = threading.Barrier(veces)
    salida: list[Importado | Exception] = []

    def uno() -> None:
        with obra.ctx() as ctx:
            barrera.wait()
            try:
                salida.append(importar(ctx, NUEVOS | {"2026/02": "144.310"}, aceptar=True))
            except Exception as error:
                salida.append(error)

    hilos = [threading.Thread(target=uno) for _ in range(veces)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    assert sorted(hecho.escrito for hecho in salida if isinstance(hecho, Importado)) == [False] * (
        veces - 1
    ) + [True]
    with obra.ctx() as ctx:
        assert ctx.session.scalar(select(func.count(IndicePrecios.id))) == 4
        assert len(entradas(ctx)) == 1
        assert bitacora.verificar(ctx.session).rotura is None
