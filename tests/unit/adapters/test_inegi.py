"""The INEGI's file in each of its shapes and encodings; everything that is not sure is refused with its line."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.adapters import inegi
from workflow.errors import DatoInvalido
from workflow.params.fechas import MESES

HOY = dt.date(2026, 11, 20)
MARZO = dt.date(2026, 3, 1)


def leer(texto: str, codigo: str = "utf-8") -> dict[str, str]:
    return {f"{x.mes:%Y-%m}": x.texto for x in inegi.leer(texto.encode(codigo), HOY)}


def rechazo(texto: str | bytes) -> str:
    with pytest.raises(DatoInvalido) as error:
        inegi.leer(texto if isinstance(texto, bytes) else texto.encode(), HOY)
    assert error.value.mensaje.endswith(".")
    assert "\n" not in error.value.mensaje
    return error.value.mensaje


def tabla(*renglones: str) -> str:
    return "\r\n".join(("Periodo,Valor", *renglones)) + "\r\n"


BIE = """Instituto Nacional de Estadística y Geografía
"Índice nacional de precios al consumidor (Base: 2a quincena de julio 2018 = 100), mensual"

Periodo,Índice general
2026/01,143.588
2026/02,144.307
2026/03,

"Fuente: INEGI. Índices de precios, base segunda quincena de julio de 2018 = 100"
Fecha de consulta: 20/11/2026 09:15:02
1/ Cifras definitivas
"""
TABULADO = """"Índices de Precios al Consumidor"
"Clasificación por objeto del gasto"
"","","1. Alimentos","2. Ropa"
"Fecha","Índice General","Total","Total"
"","Índice","Índice","Índice"
"Clave","865541","865542","865543"

"Ene 2026","143.588","150.1","120.3"
"Feb 2026","144.307","151.2","120.9"
"Notas:"
"a/ Los índices se publican el día 10"
"""
_CONCEPTO = 'Nacional,Mensual,"Índice nacional de precios al consumidor (mensual), Resumen, {}",{},Índice\n'
_GENERAL = "Subíndices subyacente y complementarios, Precios al Consumidor (INPC)"
DATOS_ABIERTOS = "COBERTURA,PERIODICIDAD,CONCEPTO,FECHA,VALOR,UNIDAD_MEDIDA\n" + "".join(
    _CONCEPTO.format(concepto, dato)
    for concepto, dato in (
        ("Subyacente, Total", "2026-01-01,143.331"),
        (_GENERAL, "2026-01-01,143.588"),
        (_GENERAL, "2026-02-01,144.307"),
    )
)
MATRIZ = (
    "INPC, base 2Q jul 2018=100\nAño," + ",".join(MESES) + ",Promedio\n"
    "2025,138.343,138.726,139.161,139.62,140.012,140.405,140.78,140.867,141.197,141.708,142.645,143.042,140.5\n"
    "2026,143.588,144.307,,,,,,,,,,N/D,\nFuente: INEGI\n"
)
ENERO_Y_FEBRERO = {"2026-01": "143.588", "2026-02": "144.307"}


@pytest.mark.parametrize("codigo", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize(
    "texto",
    [BIE, TABULADO, DATOS_ABIERTOS, DATOS_ABIERTOS.replace("2026-0", "01/0").replace("-01,14", "/2026,14")],
)
def test_las_formas_del_inegi(texto: str, codigo: str) -> None:
    assert leer(texto, codigo) == ENERO_Y_FEBRERO
    assert leer(texto.replace("\n", "\r\n"), codigo) == ENERO_Y_FEBRERO


def test_anios_por_meses() -> None:
    leidos = leer(MATRIZ)
    assert len(leidos) == 14
    assert leidos["2025-12"] == "143.042"
    assert leidos["2026-02"] == "144.307"
    cortos = MATRIZ.replace(",".join(MESES), "Ene.,Feb.,Mar.,Abr.,May.,Jun.,Jul.,Ago.,Sept.,Oct.,Nov.,Dic.")
    assert leer(cortos) == leidos
    assert leer(MATRIZ.replace(",", ";").replace(".", ",").replace("INPC;", "INPC,")) == leidos


def test_el_banco_de_indicadores() -> None:
    texto = (
        "Periodo,Área geográfica,Valor\n2026/01, Estados Unidos Mexicanos,143.588\n2026/02,Nacional,144.307\n"
    )
    assert leer(texto, "utf-16") == ENERO_Y_FEBRERO
    assert "Línea 3" in rechazo(texto.replace("Nacional", "Mérida"))


@pytest.mark.parametrize(
    "periodo",
    [
        "2026/03",
        "2026-03",
        "2026/3",
        "2026 / 03",
        "2026-03-01",
        "01/03/2026",
        "Mar 2026",
        "mar-2026",
        "MARZO 2026",
        "Marzo de 2026",
        "Mar. 2026",
        "Mar/2026",
        "2026 marzo",
        "2026/Mar",
    ],
)
def test_como_se_escribe_un_mes(periodo: str) -> None:
    assert leer(tabla(f"{periodo},145.1")) == {"2026-03": "145.1"}


@pytest.mark.parametrize(
    ("renglon", "valor"),
    [
        ("2026/03,145.101", "145.101"),
        ('2026/03,"145,101"', "145.101"),
        ("2026/03, 145 ", "145"),
        ("2026/03,145.10100000", "145.10100000"),
    ],
)
def test_como_se_escribe_un_valor(renglon: str, valor: str) -> None:
    assert leer(tabla(renglon)) == {"2026-03": valor}


def test_otros_separadores() -> None:
    assert leer("Periodo;Valor\n2026/03;145,101\n2026/02;144,307\n")["2026-03"] == "145.101"
    assert leer("Fecha\tDato\n2026/03\t145.101\n") == {"2026-03": "145.101"}


def test_se_elige_el_indice_y_no_la_variacion() -> None:
    texto = "Periodo,INPC,Variación mensual,Inflación anual\n2026/02,144.307,0.50,4.0\n"
    assert leer(texto) == {"2026-02": "144.307"}
    assert "qué columna" in rechazo("Periodo,Variación mensual\n2026/02,0.50\n")
    assert "«alimentos»" in rechazo("Periodo,Alimentos,Vivienda\n2026/02,150.1,120.2\n")
    assert "qué columna" in rechazo("Periodo,INPC,INPC sin energía\n2026/02,150.1,120.2\n")
    cinco = "Periodo,A,B,C,D,E\n2026/02,1.1,2.2,3.3,4.4,5.5\n"
    assert "…" in rechazo(cinco)


def test_lo_repetido_igual_cuenta_una_vez() -> None:
    assert leer(tabla("2026/03,145.1", "2026/03,145.100")) == {"2026-03": "145.1"}
    dice = rechazo(tabla("2026/03,145.1", "2026/02,144.307", "2026/03,145.2"))
    assert "Línea 4" in dice
    assert "145.1 (línea 2) y 145.2" in dice


@pytest.mark.parametrize("hueco", ["", "-", "N/D", "ND", "n/e", "N.E."])
def test_un_mes_sin_publicar_no_es_un_error(hueco: str) -> None:
    assert leer(tabla("2026/02,144.307", f"2026/03,{hueco}", "2026/04")) == {"2026-02": "144.307"}


@pytest.mark.parametrize(
    ("renglon", "dice"),
    [
        ("2026/03,ciento", "«ciento» no es un índice"),
        ("2026/03,0", "no es un índice"),
        ("2026/03,0.000", "no es un índice"),
        ("2026/03,-145.1", "no es un índice"),
        ("2026/03,1e2", "no es un índice"),
        ("2026/03,145.1 p", "no es un índice"),
        ("2026/03,NaN", "no es un índice"),
        ("2026/03,١٤٥", "no es un índice"),
        ("2026/03,145.123456789012", "no es un índice"),
        ('2026/03,"1,451.1"', "no es un índice"),
        ("2026/03,145,101", "más columnas"),
        ("2026/13,145.1", "«2026/13» no es un mes"),
        ("2026/00,145.1", "no es un mes"),
        ("0000/01,145.1", "no es un mes"),
        ("Mzo 2026,145.1", "no es un mes"),
        ("Mar 26,145.1", "no es un mes"),
        ("2026,145.1", "no es un mes"),
        ("02/03/2026,145.1", "no es un mes"),
        ("2026/03/p,145.1", "no es un mes"),
        (",145.1", "no es un mes"),
        ("2026/11,145.1", "noviembre de 2026 todavía no termina"),
        ("2027/01,145.1", "todavía no termina"),
        ("x" * 80 + ",145.1", "…"),
    ],
)
def test_lo_que_se_rechaza_dice_su_linea(renglon: str, dice: str) -> None:
    for texto in (
        tabla("2026/01,143.588", "2026/02,144.307", renglon),
        tabla("2026/02,144.307", "", renglon),
    ):
        mensaje = rechazo(texto)
        assert mensaje.startswith("Línea 4:")
        assert dice in mensaje
    assert rechazo(tabla(renglon, "2026/02,144.307")).startswith("Línea")


def test_el_mes_anterior_a_hoy_si_puede_estar() -> None:
    assert leer(tabla("2026/10,147.1")) == {"2026-10": "147.1"}


@pytest.mark.parametrize(
    "base",
    [
        "base 2Q jul 2018 = 100",
        "(Base segunda quincena de julio de 2018=100)",
        "Base 2ª quincena de julio 2018 = 100",
        "BASE: 2DA QUINCENA DE JULIO DEL 2018",
        "base 2 q. jul. 2018",
        "Base 2018 = 100",
        "Con base en el comunicado de 2020",
    ],
)
def test_la_base_de_2018_se_acepta(base: str) -> None:
    assert leer(f'"{base}"\n' + tabla("2026/03,145.1")) == {"2026-03": "145.1"}


@pytest.mark.parametrize(
    "base",
    [
        "Base 2Q dic 2010 = 100",
        "base segunda quincena de diciembre de 2010=100",
        "Base 2Q jul 2024 = 100",
        "Base: 1Q jul 2018 = 100",
        "base diciembre 2010",
        "Base 2010 = 100",
    ],
)
def test_otra_base_se_rechaza(base: str) -> None:
    assert "la base es" in rechazo(f'"{base}"\n' + tabla("2026/03,145.1"))


@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        (b"", "vacío"),
        (b" \r\n\t ", "vacío"),
        (b",,,\n,,\n", "no tiene renglones"),
        (b"\xef\xbb\xbf", "no tiene renglones"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n\x00\x01", "CSV de texto"),
        (bytes(range(256)), "CSV de texto"),
        (b"\xff\xfeP\x00e\x00r", "CSV de texto"),
        ("Periodo,Valor\n2026/03,145.1\n".encode("utf-16-le"), "CSV de texto"),
        (b"<html><body>Error 500</body></html>", "encabezado"),
        (b'[{"mes": "2026-03"}]', "encabezado"),
        (b"2026/03,145.1\n2026/04,145.9\n", "encabezado"),
        (b"Periodo,Valor\n", "columna"),
        (b"Periodo,Valor\nFuente,INEGI\n", "columna"),
        (b"Periodo\n2026/03\n", "encabezado"),
        (b"CONCEPTO,FECHA,VALOR\nSubyacente,2026-01-01,143.3\n", "Precios al Consumidor"),
        (b"a" * (inegi.TAMANO_MAXIMO + 1), "MB"),
    ],
)
def test_lo_que_no_es_un_archivo_del_inegi(datos: bytes, dice: str) -> None:
    assert dice in rechazo(datos)


def test_los_datos_abiertos_de_una_ciudad_o_de_quincenas_se_rechazan() -> None:
    assert "«Quincenal»" in rechazo(DATOS_ABIERTOS.replace("Nacional,Mensual", "Nacional,Quincenal"))
    assert "«Tijuana»" in rechazo(DATOS_ABIERTOS.replace("Nacional,Mensual", "Tijuana,Mensual"))


def test_los_datos_abiertos_sin_cobertura() -> None:
    texto = "FECHA,CONCEPTO,VALOR\n2026-03-01,Índice general,145.1\n2026-03-01,Subyacente,144.2\n"
    assert leer(texto) == {"2026-03": "145.1"}


def test_una_celda_sin_fin_no_es_csv() -> None:
    assert "no tiene renglones" in rechazo("Periodo,Valor\n2026/03," + "9" * 200_000)


def test_unas_comillas_sin_cerrar_no_se_tragan_meses() -> None:
    assert "comillas" in rechazo('Periodo,Valor\n2026/01,143.588\n"Nota\n2026/02,144.307\n2026/03,145.1\n')
    assert "comillas" in rechazo('Periodo,Valor\n2026/01,143.588\n2026/02,"144.307\n2026/03,145.1\n')
    # A title of several lines is no such thing.
    assert leer('"Periodo","Índice\ngeneral"\n2026/03,145.1\n') == {"2026-03": "145.1"}


def test_un_archivo_cortado_a_la_mitad_de_un_numero() -> None:
    entero = tabla("2026/03,145.100", "2026/04,145.301").rstrip()
    assert leer(entero)["2026-04"] == "145.301"
    assert "Línea" in rechazo(entero[:-1])
    assert "parece cortado, «145.30»" in rechazo(entero[:-1])
    assert "parece cortado, «145»" in rechazo(entero[:-4])
    # With its end of line it is what the publisher wrote, zeros left out.
    assert leer(entero[:-1] + "\n")["2026-04"] == "145.30"


def test_una_matriz_mal_escrita_se_rechaza() -> None:
    assert "Línea 3" in rechazo(MATRIZ.replace("2025,", "20x5,"))
    assert "Línea 4" in rechazo(MATRIZ.replace("2026,143.588", "2026,enero"))
    assert "repetidos" in rechazo(MATRIZ.replace("Promedio", "Enero"))
    assert "más columnas" in rechazo(MATRIZ.replace("140.5\n", "140.5,9\n"))
    assert "ningún mes" in rechazo(MATRIZ.split("2025,")[0])


def test_un_encabezado_de_mas_arriba_no_confunde() -> None:
    texto = "Fecha,20/11/2026\nSerie,628194\nPeriodo,Dato\n2026/03,145.1\n"
    assert leer(texto) == {"2026-03": "145.1"}


def test_un_archivo_grande_se_lee_pronto() -> None:
    columnas = 300
    encabezado = "Fecha,Índice General," + ",".join(f"Genérico {n}" for n in range(columnas))
    filas = [
        f"{MESES[m][:3]} {a},{100 + m}.5," + ",".join("101.25" for _ in range(columnas))
        for a in range(1970, 2026)
        for m in range(12)
    ]
    empieza = time.monotonic()
    assert len(leer("\n".join([encabezado, *filas]))) == 56 * 12
    assert time.monotonic() - empieza < 10


def intentar(datos: bytes) -> tuple[inegi.Leido, ...]:
    """What was read, or nothing where it was refused with a sentence; any other error is a defect."""
    try:
        return inegi.leer(datos, HOY)
    except DatoInvalido:
        return ()


@given(st.binary(max_size=400))
def test_nada_la_rompe(datos: bytes) -> None:
    for entrada in (datos, b"Periodo,Valor\n2026/03,145.1\n" + datos):
        assert all(x.mes < HOY and float(x.texto) > 0 and len(x.texto) <= 16 for x in intentar(entrada))


@given(st.text(alphabet='20261/-,;.\t"\n\rMarPeriodoVlFcha ', max_size=120))
def test_ningun_texto_parecido_la_rompe(texto: str) -> None:
    assert all(len(x.texto) <= 16 for x in intentar(texto.encode()))
