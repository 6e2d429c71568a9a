"""The identity of the denouncer is in the vault and nowhere else, over the whole journey (LSS 22)."""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, LargeBinary, inspect, select, text

from models.base import Base
from models.bitacora import Entrada
from models.documento import Documento
from models.identidad import Identidad
from tests.integration.dominio.apoyo import Juego
from tests.process.pasos import PASOS
from workflow.actions import salida
from workflow.errors import DatoInvalido
from workflow.queries import papel

# Strings that nothing else in the house holds.
CANARIO = {
    "nombre": "Xochiquetzal",
    "primer_apellido": "Zurbarán",
    "segundo_apellido": "Quijadilla",
    "curp": "ZUQX900214MGTRJC09",
    "nss": "03907654321",
    "correo": "xochi.zurbaran@correo.example",
    "telefono": "4779998811",
    "canal": "correo",
    "horario_seguro": "despuesdelasveintidos",
    "nombre_trabajador": "Tezozómoc Zurbarán",
    "relacion": "hermanadelalma",
}
PISTAS = (
    "xochiquetzal",
    "zurbaran",
    "quijadilla",
    "zuqx900214mgtrjc09",
    "03907654321",
    "4779998811",
    "despuesdelasveintidos",
    "tezozomoc",
    "hermanadelalma",
)
FOTO = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def _plano(texto: str) -> str:
    partes = unicodedata.normalize("NFKD", texto)
    return "".join(c for c in partes if not unicodedata.combining(c)).casefold()


def _pistas(texto: str) -> list[str]:
    liso = _plano(texto)
    return [pista for pista in PISTAS if pista in liso]


def _recorrer(juego: Juego) -> None:
    """From the first click to the answer, with every paper of hers that carries a name."""
    juego._hasta("validada", "d1", presentar=CANARIO, completar_ficha={"acto": "gabinete"})
    archivos = [("INE Xochiquetzal Zurbaran.pdf", FOTO)]
    juego._buzon("aportar_evidencia", "d1", ["Soy Xochiquetzal Zurbarán.", archivos])
    juego._buzon("aportar_identidad", "d1", [{"telefono": "4779998811"}])
    juego._buzon("cambiar_contacto", "d1", [{"correo": CANARIO["correo"], "canal": "correo"}])
    juego._buzon("reportar_represalia", "d1", [["amenaza"], "Me dijeron: Zurbarán, te vas."])
    juego._buzon("desistir", "d1", ["Yo, Xochiquetzal, ya no quiero."])
    juego._tarea("atender_represalia", "d1")
    presion = {"desistimiento_valido": False, "hubo_presion": True, "motivo": "Hubo presión."}
    juego._tarea("ratificar_desistimiento", "d1", presion)
    juego._tarea("atender_represalia", "d1")
    juego._sesionar("s1", ["d1"])
    juego._tarea("designar_auditor", "d1")
    PASOS["acto"](juego, "d1", resultado="determinado")
    PASOS["quedar_firme"](juego, "d1")
    juego._tarea("restituir_derechos", "d1")
    juego._tarea("responder_denunciante", "d1")
    with juego.como() as ctx:
        while salida.vaciar(ctx):
            pass


def _fugas_en_tablas(motor: Engine) -> list[str]:
    """Every readable column of every table that the database really has."""
    fugas = []
    with motor.connect() as conexion:
        for tabla in inspect(motor).get_table_names():
            for fila in conexion.execute(text(f'SELECT * FROM "{tabla}"')).mappings():
                for columna, valor in fila.items():
                    if isinstance(valor, (bytes, memoryview)):
                        continue
                    hallado = _pistas(json.dumps(valor, ensure_ascii=False, default=str))
                    fugas += [f"{tabla}.{columna}: {pista}" for pista in hallado]
    return fugas


def test_el_canario_no_sale_de_la_boveda(
    juego: Juego, motor_bd: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _recorrer(juego)
    assert _fugas_en_tablas(motor_bd) == []
    _la_bitacora_solo_dice_ids(juego)
    assert [
        r.getMessage() for r in caplog.records if _pistas(f"{r.getMessage()} {r.args} {r.exc_text}")
    ] == []
    assert [ruta.name for ruta in tmp_path.rglob("*") if _pistas(ruta.name)] == []
    with juego.como() as ctx:
        papeles = ctx.session.scalars(select(Documento).where(Documento.folio.is_not(None))).all()
        assert {p.tipo for p in papeles} >= {"acuse", "dictamen_analisis", "ficha_propuesta", "acta_comite"}
        for fila in papeles:
            datos = papel.leer(ctx, fila)
            assert datos is not None
            (tmp_path / "papel.pdf").write_bytes(datos)
            lector = PdfReader(tmp_path / "papel.pdf")
            dicho = " ".join(pagina.extract_text() for pagina in lector.pages) + str(lector.metadata)
            assert _pistas(dicho) == [], fila.tipo
        # The search finds what is there: the vault opens to it.
        identidad = ctx.session.scalars(select(Identidad)).one()
        abierta = ctx.servicios.boveda.descifrar(identidad.cifrado)
        assert set(PISTAS) <= set(_pistas(json.dumps(abierta, ensure_ascii=False)))


def _la_bitacora_solo_dice_ids(juego: Juego) -> None:
    """No entry holds a sentence: ids, enums, dates and digests have no blanks."""

    def hojas(valor: Any) -> list[Any]:
        if isinstance(valor, dict):
            return [hoja for uno in valor.values() for hoja in hojas(uno)]
        return [hoja for uno in valor for hoja in hojas(uno)] if isinstance(valor, list) else [valor]

    with juego.como() as ctx:
        for entrada in ctx.session.scalars(select(Entrada)):
            for hoja in hojas(entrada.datos):
                assert hoja is None or isinstance(hoja, (bool, int, str)), entrada.verbo
                if isinstance(hoja, str):
                    assert re.fullmatch(r"[\w:+.-]{0,64}", hoja, re.ASCII), (entrada.verbo, hoja)


def test_lo_cifrado_es_lo_unico_binario() -> None:
    """The canary skips bytes: only these columns hold any, all of them sealed."""
    binarias = {
        f"{tabla.name}.{columna.name}"
        for tabla in Base.metadata.sorted_tables
        for columna in tabla.columns
        if isinstance(columna.type, LargeBinary)
    }
    assert {
        "borrador.cifrado",
        "identidad.cifrado",
        "mensaje_buzon.cifrado",
        "promocion.cifrado",
    } <= binarias
    assert {b for b in binarias if not b.endswith(".cifrado")} <= {"instancia.estado_motor"}


TEXTOS: dict[str, list[tuple[dict[str, Any], str]]] = {
    "asignar_denuncia": [],
    "calificar_denuncia": [({"calificacion": "no_es_materia"}, "motivo")],
    "analizar_denuncia": [({}, "resumen_sin_identidad"), ({}, "hallazgo_cruces")],
    "revisar_propuesta": [],
    "completar_ficha": [({}, "razones")],
    "validar_propuesta": [({"validacion": "devuelta"}, "motivo")],
}
DICHOS = (
    "Lo contó Xochiquetzal Zurbarán Quijadilla.",
    "Su NSS es 0390 765 4321.",
    "CURP zuqx900214mgtrjc09",
)


def test_nadie_la_escribe_en_un_formulario(juego: Juego) -> None:
    """At each step the refusal says where, never what; without the datum the step is taken."""
    juego._presentar("d1", CANARIO)
    for nodo, intentos in TEXTOS.items():
        for con, campo in intentos:
            for dicho in DICHOS:
                with pytest.raises(DatoInvalido) as error:
                    juego._tarea(nodo, "d1", {**con, campo: dicho})
                assert set(error.value.campos) == {campo}, nodo
                assert _pistas(f"{error.value} {error.value.campos}") == []
                assert not re.search(r"\d{6}", str(error.value.campos))
        juego._tarea(nodo, "d1")
