"""`flask reglas`: JSON in, JSON out, one line when the file is no batch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli.reglas import grupo

LOTE = [
    {"regla": "plazo", "longitud": 15, "unidad": "habiles", "desde": "2026-03-12", "inicio": "surte_efectos"},
    {"regla": "no_hay"},
]


def correr(*args: str, entrada: str | bytes | None = None) -> Result:
    return CliRunner().invoke(grupo, list(args), input=entrada)


def test_calcular_de_la_entrada_y_de_un_archivo(tmp_path: Path) -> None:
    archivo = tmp_path / "casos.json"
    archivo.write_text(json.dumps(LOTE), encoding="utf-8")
    for resultado in (correr("calcular", "-", entrada=json.dumps(LOTE)), correr("calcular", str(archivo))):
        assert resultado.exit_code == 0, resultado.output
        bueno, malo = json.loads(resultado.stdout)
        assert bueno["vence"] == "2026-04-06"
        assert malo["error"]["codigo"] == "REGLA_DESCONOCIDA"
    assert json.loads(correr("calcular", "-", entrada="[]").stdout) == []


@pytest.mark.parametrize("entrada", ["", "{", '{"regla": "plazo"}', "3", b"\xff\xfe\xff", "[" * 200_000])
def test_lo_que_no_es_un_lote_se_dice_en_una_linea(entrada: str | bytes) -> None:
    resultado = correr("calcular", "-", entrada=entrada)
    assert resultado.exit_code == 1
    assert resultado.stdout == ""
    assert resultado.stderr.startswith("Error: ")
    assert len(resultado.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "caso",
    [
        '{"regla": "plazo", "longitud": ' + "9" * 5000 + ', "unidad": "meses", "desde": "2026-01-01"}',
        '{"regla": "plazo", "longitud": NaN}',
        '{"regla": "plazo", "longitud": -Infinity}',
        '{"regla": "plazo", "longitud": 1e999}',
        '{"regla": "\\ud83d"}',
        '{"regla": "plazo", "desde": "\\ud83d"}',
        '{"regla": "identificador", "tipo": "rfc", "valor": "\\udc00"}',
        '{"regla": "identificador", "tipo": "rfc", "valor": "\\u0000", "\\ud83d": 1}',
        '{"regla": "plazo", "inhabiles_extra": ' + "[" * 500 + "]" * 500 + "}",
        '{"regla": "visita", "desde": "2026-05-01", "suspensiones": '
        '[{"causal": "requerimiento", "desde": "0001-01-01", "hasta": "2025-04-01"}]}',
        "[]",
        "null",
    ],
)
def test_un_caso_raro_no_detiene_el_lote(caso: str) -> None:
    resultado = correr("calcular", "-", entrada=f"[{caso}, {json.dumps(LOTE[0])}]")
    assert resultado.exit_code == 0, resultado.output
    raro, bueno = json.loads(resultado.stdout_bytes)
    assert "error" in raro or raro["valido"] is False
    assert bueno["vence"] == "2026-04-06"


def test_un_archivo_que_no_existe() -> None:
    resultado = correr("calcular", "/no/existe.json")
    assert resultado.exit_code == 1
    assert (
        resultado.stderr
        == "Error: no se puede leer el archivo /no/existe.json. Revisa la ruta y los permisos.\n"
    )


def test_vigencias() -> None:
    todas = json.loads(correr("vigencias", "--json").stdout)
    assert {"plazos", "inhabiles.CFF12", "uma", "inpc", "suspensiones"} <= {fila["grupo"] for fila in todas}
    assert all(fila["cita"] and fila["vigente_desde"] and fila["publicacion"] for fila in todas)
    assert set(todas[0]) == {
        *("grupo", "clave", "nombre", "valor", "vigente_desde", "vigente_hasta"),
        *("confianza", "cita", "publicacion", "nota"),
    }
    antes = json.loads(correr("vigencias", "--json", "--fecha", "2010-01-01").stdout)
    claves = {fila["clave"] for fila in antes}
    assert "caducidad" in claves
    assert "doc_6" not in claves
    tabla = correr("vigencias").stdout
    assert "pago_credito" in tabla
    assert "15 días hábiles" in tabla
    assert correr("vigencias", "--fecha", "2026-02-31").exit_code != 0


def test_vigencias_de_una_fecha_y_un_grupo() -> None:
    de_2026 = json.loads(correr("vigencias", "--json", "--fecha", "2026-11-20", "--grupo", "uma").stdout)
    assert [(f["clave"], f["vigente_desde"], f["vigente_hasta"]) for f in de_2026] == [
        ("UMA", "2026-02-01", "2027-01-31")
    ]
    assert "117.31" in de_2026[0]["valor"]
    assert "1 de febrero" not in correr("vigencias", "--fecha", "2010-01-01", "--grupo", "uma").stdout
    assert "(nada)" in correr("vigencias", "--fecha", "2010-01-01", "--grupo", "uma").stdout
    assert correr("vigencias", "--grupo", "nada").exit_code != 0


def test_ayuda() -> None:
    for args in (["--help"], ["calcular", "--help"], ["vigencias", "--help"]):
        assert correr(*args).exit_code == 0


@pytest.mark.parametrize(
    "caso",
    [
        {
            "longitud": 10,
            "unidad": "habiles",
            "suspensiones": [{"desde": "2026-03-20", "hasta": "9999-12-31"}],
        },
        {
            "longitud": 1,
            "unidad": "naturales",
            "suspensiones": [{"desde": "2026-03-13", "hasta": "9998-12-31"}],
        },
        {"longitud": 2_000_000, "unidad": "naturales"},
        {"longitud": 10**200, "unidad": "habiles"},
        {"longitud": 10**200, "unidad": "anios"},
    ],
)
def test_un_plazo_de_siglos_se_niega_sin_recorrerlos(caso: dict[str, object]) -> None:
    lote = [{"regla": "plazo", "desde": "2026-03-12", "inicio": "dia_siguiente", **caso}]
    resultado = correr("calcular", "-", entrada=json.dumps(lote))
    assert json.loads(resultado.stdout)[0]["error"]["codigo"] == "DATO_INVALIDO"
