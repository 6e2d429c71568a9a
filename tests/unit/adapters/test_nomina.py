"""Lists of workers: what is read of CSV and XLSX, and what is said of each line."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from workflow.adapters import nomina
from workflow.adapters.nomina_revision import Acto, Fila, Revision, Tramo, revisar, unidos
from workflow.errors import DatoInvalido

D = dt.date
TITULOS = "NSS,Nombre,Desde,Hasta,SBC comprobado,SBC registrado,Cuota diaria,Hecho\n"
NSS = "12978644024"
OTRO = "01234567897"
ACTO = Acto([(D(2024, 1, 1), D(2024, 12, 31)), (D(2025, 1, 1), D(2025, 6, 30))], {1: 71})
BUENA = f"{NSS},Ana Pérez,01/01/2024,31/12/2024,457.14,278.80,,1\n"


def leer(texto: str, acto: Acto = ACTO) -> Revision:
    return revisar(nomina.leer("lista.csv", (TITULOS + texto).encode()).renglones, acto)


def libro(*filas: tuple[Any, ...]) -> bytes:
    hecho = Workbook()
    for fila in filas:
        hecho.active.append(fila)
    salida = io.BytesIO()
    hecho.save(salida)
    return salida.getvalue()


def test_una_linea_buena() -> None:
    r = leer(BUENA)
    assert r.males == ()
    assert r.buenas == (
        Fila(
            2,
            NSS,
            "Ana Pérez",
            D(2024, 1, 1),
            D(2024, 12, 31),
            Decimal("457.14"),
            Decimal("278.80"),
            None,
            71,
        ),
    )


def test_las_plantillas_se_leen() -> None:
    for nombre, datos in (("a.csv", nomina.plantilla_csv()), ("a.xlsx", nomina.plantilla_xlsx())):
        r = revisar(nomina.leer(nombre, datos).renglones, ACTO)
        assert (len(r.buenas), r.males) == (1, ())


def test_un_libro_con_fechas_y_numeros() -> None:
    titulos = ("nss", "NOMBRE", "Desde", "Hasta", "SBC  comprobado", "Extra")
    datos = libro(
        titulos,
        (1234567897, " Luis  Mora ", dt.datetime(2024, 1, 1), dt.date(2024, 6, 30), 457.14, "x"),
        (None, None, None, None, None, None),
        (OTRO, "Luis Mora", "2024-07-01", "2024-12-31", "$1,457.10", ""),
    )
    r = revisar(nomina.leer("x.xlsx", datos).renglones, ACTO)
    assert r.males == ()
    assert [(f.linea, f.nss, f.nombre, f.comprobado, f.registrado) for f in r.buenas] == [
        (2, OTRO, "Luis Mora", Decimal("457.14"), None),
        (4, OTRO, "Luis Mora", Decimal("1457.10"), None),
    ]
    assert r.trabajadores == 1


@pytest.mark.parametrize("separador", [",", ";", "\t"])
@pytest.mark.parametrize("codigo", ["utf-8", "utf-8-sig", "cp1252"])
def test_como_lo_guarda_cada_hoja_de_calculo(separador: str, codigo: str) -> None:
    texto = (TITULOS + BUENA).replace(",", separador).replace("\n", "\r\n")
    (renglon,) = nomina.leer("a.csv", texto.encode(codigo)).renglones
    assert renglon.celdas["nombre"] == "Ana Pérez"


@pytest.mark.parametrize(
    ("linea", "campo", "leido", "frase"),
    [
        ("12978644025,A,01/01/2024,31/01/2024,400,,,", "nss", "12978644025", "dígito verificador"),
        ("123,A,01/01/2024,31/01/2024,400,,,", "nss", "123", "11 dígitos"),
        ("12A,A,01/01/2024,31/01/2024,400,,,", "nss", "12A", "11 dígitos"),
        (",A,01/01/2024,31/01/2024,400,,,", "nss", "", "Escribe el número"),
        (f"{NSS},,01/01/2024,31/01/2024,400,,,", "nombre", "", "Escribe el nombre"),
        (f"{NSS},{'a' * 161},01/01/2024,31/01/2024,400,,,", "nombre", "a" * 161, "160 letras"),
        (f"{NSS},A,31/02/2024,31/03/2024,400,,,", "desde", "31/02/2024", "fecha que exista"),
        (f"{NSS},A,01/01/2024,ayer,400,,,", "hasta", "ayer", "fecha que exista"),
        (f"{NSS},A,01/02/2024,31/01/2024,400,,,", "hasta", "01/02/2024 a 31/01/2024", "antes de empezar"),
        (
            f"{NSS},A,01/12/2023,31/01/2024,400,,,",
            "desde",
            "01/12/2023 a 31/01/2024",
            "sólo cubre 01/01/2024",
        ),
        (f"{NSS},A,01/01/2024,31/01/2024,cuatro,,,", "sbc_comprobado", "cuatro", "punto decimal"),
        (f"{NSS},A,01/01/2024,31/01/2024,,,,", "sbc_comprobado", "", "punto decimal"),
        (f"{NSS},A,01/01/2024,31/01/2024,0,,,", "sbc_comprobado", "0", "mayor que cero"),
        (f"{NSS},A,01/01/2024,31/01/2024,-5,,,", "sbc_comprobado", "-5", "punto decimal"),
        (f"{NSS},A,01/01/2024,31/01/2024,400.123,,,", "sbc_comprobado", "400.123", "punto decimal"),
        (f"{NSS},A,01/01/2024,31/01/2024,400,x,,", "sbc_registrado", "x", "punto decimal"),
        (f"{NSS},A,01/01/2024,31/01/2024,400,,401,", "cuota_diaria", "401", "mayor que el SBC"),
        (f"{NSS},A,01/01/2024,31/01/2024,400,,,9", "hecho", "9", "hecho de las actas"),
        (f"{NSS},A,01/01/2024,31/01/2024,400,,,uno", "hecho", "uno", "hecho de las actas"),
    ],
)
def test_lo_que_esta_mal(linea: str, campo: str, leido: str, frase: str) -> None:
    r = leer(linea + "\n")
    assert r.buenas == ()
    (mal,) = r.males
    assert (mal.linea, mal.campo, mal.leido) == (2, campo, leido)
    assert frase in mal.que_hacer


def test_repetidas_y_empalmadas() -> None:
    a = f"{NSS},Ana,01/01/2024,31/01/2024,400,,,\n"
    b = f"{NSS},Ana,31/01/2024,29/02/2024,400,,,\n"
    c = f"{NSS},Ana,01/02/2024,29/02/2024,400,,,\n"
    r = leer(a + a + b + c)
    assert [f.linea for f in r.buenas] == [2, 5]
    assert [(m.linea, m.que_hacer[:30]) for m in r.males] == [
        (3, "Está repetida con la línea 2. "),
        (4, "Se empalma con la línea 2 (01/"),
    ]
    ya = Acto(ACTO.periodos, {}, [Tramo(NSS, D(2024, 1, 1), D(2024, 1, 31))])
    assert "lo que el acto ya tiene" in leer(a, ya).males[0].que_hacer


@pytest.mark.parametrize(
    ("nombre", "datos", "frase"),
    [
        ("a.csv", b"", "vacío"),
        ("a.csv", TITULOS.encode(), "sólo tiene títulos"),
        ("a.csv", b"NSS,Nombre\n1,2\n", "Desde, Hasta, SBC comprobado"),
        ("a.csv", b"NSS,nss,Nombre,Desde,Hasta,SBC comprobado\n", "está dos veces"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "CSV o XLSX"),
        ("a.csv", b"NSS\x00", "CSV o XLSX"),
        ("a.xlsx", b"PK no es un libro", "No pudimos abrir"),
        ("a.csv", b"x" * (nomina.MAXIMO + 1), "más de 15 MB"),
    ],
)
def test_archivos_que_no_son(nombre: str, datos: bytes, frase: str) -> None:
    with pytest.raises(DatoInvalido, match=frase):
        nomina.leer(nombre, datos)


def test_demasiados_renglones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nomina, "RENGLONES_MAXIMOS", 1)
    with pytest.raises(DatoInvalido, match="Divídelo"):
        leer(BUENA + BUENA)


def test_mil_personas_treinta_y_seis_meses_con_tres_malas() -> None:
    """36,000 lines: the three wrong ones, and no other."""
    lineas = []
    for i in range(1000):
        for mes in range(36):
            anio, m = 2022 + mes // 12, mes % 12 + 1
            fin = (D(anio + m // 12, m % 12 + 1, 1) - dt.timedelta(days=1)).isoformat()
            lineas.append(f"{_nss(i)},Persona {i},{anio}-{m:02}-01,{fin},{300 + i % 90}.50,,,")
    lineas[17] = lineas[17].replace(",2023-06-30,", ",2023-06-31,")
    lineas[999] = lineas[998]
    lineas[20_000] = "9" + lineas[20_000][1:]
    acto = Acto([(D(2022, 1, 1), D(2024, 12, 31))], {})
    r = leer("\n".join(lineas), acto)
    assert [m.linea for m in r.males] == [19, 1001, 20_002]
    assert len(r.buenas) == 36_000 - 3


def _nss(i: int) -> str:
    cuerpo = f"{1_000_000_000 + i * 7}"
    suma = sum(sum(divmod(int(c) * (2 if k % 2 else 1), 10)) for k, c in enumerate(cuerpo))
    return cuerpo + str(-suma % 10)


@given(
    st.lists(st.tuples(st.dates(D(2020, 1, 1), D(2025, 1, 1)), st.integers(0, 400)), min_size=1, max_size=6)
)
def test_unir_no_cambia_los_dias(pares: list[tuple[dt.date, int]]) -> None:
    periodos = [(desde, desde + dt.timedelta(days=n)) for desde, n in pares]

    def dias(tramos: list[tuple[dt.date, dt.date]]) -> set[int]:
        return {d for a, b in tramos for d in range(a.toordinal(), b.toordinal() + 1)}

    juntos = unidos(periodos)
    assert dias(juntos) == dias(periodos)
    assert all(a[1] + dt.timedelta(days=1) < b[0] for a, b in itertools.pairwise(juntos))


@given(st.binary(max_size=400))
def test_cualquier_cosa_se_lee_o_se_rechaza(datos: bytes) -> None:
    with contextlib.suppress(DatoInvalido):
        revisar(nomina.leer("x", datos).renglones, ACTO)


@given(st.lists(st.lists(st.text(max_size=30), min_size=8, max_size=8), min_size=1, max_size=5))
def test_cualquier_celda_se_lee_o_se_rechaza(celdas: list[list[str]]) -> None:
    renglones = [
        nomina.Renglon(i, dict(zip((c.clave for c in nomina.COLUMNAS), fila, strict=True)))
        for i, fila in enumerate(celdas, 2)
    ]
    r = revisar(renglones, ACTO)
    assert len(r.buenas) + r.malas == len(renglones)
