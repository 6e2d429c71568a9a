"""Every document: standard, reproducible, sealed, injection-safe, and never the denouncer's identity."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from models.denuncia import CausaCierre
from tests.unit.documents.muestras import FABRICAS, acuerdo, acuse, dictamen, prevencion, respuesta, turno
from tests.unit.documents.piezas import FIRMADA, INSTANTE
from workflow import documents as doc
from workflow.documents.autoridad import Autoridad, Oficio
from workflow.documents.oficio_respuesta import _CAUSAS
from workflow.errors import DatoInvalido, FaltaConfiguracion

HOSTIL = 'Empacadora #import "x" ] ) } $x^2$ *gorda* _bajo_ @ref <a> \\ #{sys.inputs} // nada /* y "comillas"'
CANARIO = {"nombre": "Xóchitl Canariega Quetzalpa", "curp": "CAQX900515MJCNTC08", "nss": "12345678903"}
juntar = re.compile(r"\s+")


@pytest.mark.parametrize("nombre", FABRICAS)
def test_es_pdf_a_y_pdf_ua(nombre, emitir):
    s = emitir(FABRICAS[nombre]())
    lector = PdfReader(io.BytesIO(s.pdf))
    xmp = lector.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert lector.trailer["/Root"]["/Lang"] == "es-MX"
    assert lector.metadata.title.endswith(s.folio)


@pytest.mark.parametrize("nombre", FABRICAS)
def test_solo_usa_la_fuente_incrustada(nombre, emitir):
    pagina = PdfReader(io.BytesIO(emitir(FABRICAS[nombre]()).pdf)).pages[0]
    nombres = {f.get_object()["/BaseFont"] for f in pagina["/Resources"]["/Font"].values()}
    assert nombres
    assert all("NotoSans" in n for n in nombres)


@pytest.mark.parametrize("nombre", FABRICAS)
def test_mismos_datos_mismos_bytes(nombre, emitir):
    a, b = emitir(FABRICAS[nombre]()), emitir(FABRICAS[nombre]())
    assert a == b
    assert a.sha256 == hashlib.sha256(a.pdf).hexdigest()
    assert emitir(FABRICAS[nombre](), emitido_en=INSTANTE + timedelta(minutes=1)).sha256 != a.sha256
    assert emitir(FABRICAS[nombre]("distinto")).huella != a.huella


@pytest.mark.parametrize("nombre", FABRICAS)
def test_cada_pagina_lleva_folio_numero_y_direccion(nombre, emitir, leer):
    s = emitir(FABRICAS[nombre](), leyenda="Demostración: sin validez oficial")
    paginas = PdfReader(io.BytesIO(s.pdf)).pages
    for numero, pagina in enumerate(paginas, 1):
        texto = pagina.extract_text()
        assert s.folio in texto
        assert f"Página {numero} de {len(paginas)}" in texto
        assert "https://denuncias.example/verificar/DOC-2026-000045-2" in texto
        assert "sin validez oficial" in texto
        assert s.huella in juntar.sub("", texto)


@pytest.mark.parametrize("nombre", FABRICAS)
def test_texto_hostil_sale_literal(nombre, emitir, leer):
    texto = juntar.sub("", leer(emitir(FABRICAS[nombre](HOSTIL)).pdf))
    esperado = juntar.sub("", HOSTIL)
    if nombre == "lista":
        assert esperado in texto
    assert esperado in texto, texto[-3000:]


@pytest.mark.parametrize("nombre", FABRICAS)
def test_la_identidad_no_aparece(nombre, emitir, leer):
    """The canary is what the vault holds of the case; nothing of it is in the text nor in the metadata."""
    s = emitir(FABRICAS[nombre]())
    texto = leer(s.pdf)
    assert [h for h in doc.revisar_identidad(texto, CANARIO) if h.dato in CANARIO] == []
    for valor in [*CANARIO.values(), *CANARIO["nombre"].split()]:
        assert valor.encode() not in s.pdf


@pytest.mark.parametrize("clase", [acuse, prevencion, dictamen])
def test_el_canario_se_ve_si_alguien_lo_escribe(clase, emitir, leer):
    """The scan can fail: a template's text with the identity in it is found."""
    texto = leer(emitir(clase(f"Lo dijo {CANARIO['nombre']}")).pdf)
    assert any(h.grado == doc.Grado.EXACTO for h in doc.revisar_identidad(texto, CANARIO))


def test_el_acuse_no_tiene_donde_escribir_hechos_ni_clave():
    campos = {c.name for c in dataclasses.fields(doc.Acuse)}
    assert not campos & {"hechos", "clave", "nombre", "curp", "nss", "patron"}
    assert all(isinstance(p, doc.Parte) for p in acuse().partes)


@pytest.mark.parametrize("nombre", sorted(FABRICAS.keys() - {"lista", "acuse", "convocatoria"}))
def test_texto_larguisimo_pasa_de_pagina(nombre, emitir, leer):
    largo = "\n".join(f"Renglón {i}: " + "palabra " * 40 for i in range(15))
    s = emitir(FABRICAS[nombre](largo))
    assert "Renglón 14" in leer(s.pdf)
    assert len(PdfReader(io.BytesIO(s.pdf)).pages) > 1


def test_palabra_sin_espacios_no_se_sale(emitir, leer):
    s = emitir(acuerdo("W" * 900))
    assert juntar.sub("", leer(s.pdf)).count("W") >= 900


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texto=st.text(max_size=300))
def test_cualquier_texto_se_puede_imprimir(texto, emitir):
    assert emitir(acuerdo(texto)).pdf.startswith(b"%PDF-1.7")


def test_sin_fuentes_falla_con_una_frase(tmp_path, emitir):
    with pytest.raises(FaltaConfiguracion, match="make assets"):
        emitir(acuse(), fuentes=tmp_path)
    with pytest.raises(FaltaConfiguracion):
        emitir(acuse(), fuentes=Path("/no/existe"))


@pytest.mark.parametrize(
    "folio", ["", "../../x", "DEN 1", "den-1", "DEN-1/../2", "A" * 41, "DEN-1\n", "DEN-1?x=1"]
)
def test_folio_raro_se_rechaza(folio, emitir):
    with pytest.raises(DatoInvalido):
        emitir(acuse(), folio=folio)


@pytest.mark.parametrize("url", ["", "denuncias.example", "javascript:x", "https://", "https://a/?b=1"])
def test_direccion_rara_se_rechaza(url, emitir):
    with pytest.raises(DatoInvalido):
        emitir(acuse(), url_base=url)


def test_la_emision_necesita_zona(emitir):
    with pytest.raises(DatoInvalido):
        emitir(acuse(), emitido_en=datetime(2026, 11, 20))


@pytest.mark.parametrize(
    "cambio",
    [
        {"motivo": " "},
        {"objeto": ""},
        {"fundamento": ()},
        {"fundamento": ("",)},
        {"destinatario": doc.Destinatario(nombre="")},
        {"firma": doc.Firma(nombre="", cargo="x")},
        {"autoridad": Autoridad(dependencia="a", nombre="b", cargo="c", competencia="", lugar="e")},
        {"autoridad": Autoridad(dependencia="a", nombre="b", cargo="c", competencia="d", lugar="")},
    ],
)
def test_un_oficio_sin_un_elemento_del_38_no_sale(cambio, emitir):
    assert issubclass(doc.OficioPrevencion, Oficio)
    with pytest.raises(DatoInvalido, match="artículo 38"):
        emitir(dataclasses.replace(prevencion(), **cambio))


def test_el_38_completo_esta_en_el_papel(emitir, leer):
    oficio = prevencion()
    texto = juntar.sub(" ", leer(emitir(oficio).pdf))
    a = oficio.autoridad
    for parte in (
        a.dependencia,
        a.cargo,
        a.competencia,
        a.lugar,
        oficio.objeto,
        oficio.motivo.strip(),
        oficio.destinatario.nombre,
        "20 de noviembre de 2026",
        FIRMADA.nombre,
        *oficio.fundamento,
    ):
        assert parte in texto


def test_turno_sin_permiso_no_comparte(emitir):
    with pytest.raises(DatoInvalido, match="permiso"):
        emitir(dataclasses.replace(turno(), consentimiento=False))
    callado = dataclasses.replace(
        turno(), consentimiento=False, comparte_identidad=False, comparte_hechos=False
    )
    assert emitir(callado).pdf


@pytest.mark.parametrize("causa", list(CausaCierre))
def test_respuesta_tiene_su_frase(causa, emitir, leer):
    assert set(_CAUSAS) == set(CausaCierre)
    oficio = dataclasses.replace(respuesta(causa=causa), autoridad_destino="Secretaría del Trabajo")
    assert doc.frase_de(causa) in juntar.sub(" ", leer(emitir(oficio).pdf))


def test_respuesta_sin_remedios_o_sin_destino_no_sale(emitir):
    with pytest.raises(DatoInvalido, match="inconformarse"):
        emitir(dataclasses.replace(respuesta(), remedios=()))
    with pytest.raises(DatoInvalido, match="autoridad"):
        emitir(dataclasses.replace(respuesta(causa=CausaCierre.STPS), autoridad_destino=""))


def test_plazos_con_dia_de_la_semana(emitir, leer):
    texto = juntar.sub(" ", leer(emitir(prevencion()).pdf))
    assert "viernes 4 de diciembre de 2026" in texto
    assert date(2026, 12, 4).weekday() == 4


@pytest.mark.parametrize("nombre", FABRICAS)
def test_se_prepara_hoy_y_se_sella_despues(nombre, emitir):
    """The contents survive the database (JSON) and give the bytes that rendering at once gives."""
    contenido = doc.preparar(FABRICAS[nombre](HOSTIL), folio="DOC-2026-000045-2", emitido_en=INSTANTE)
    guardado = json.loads(json.dumps(contenido))
    assert doc.sellar(guardado, url_base="https://denuncias.example") == emitir(FABRICAS[nombre](HOSTIL))


@pytest.mark.parametrize("plantilla", ["base", "../../x", "no_existe", "", "acuse.typ"])
def test_plantilla_rara_no_se_abre(plantilla):
    contenido = doc.preparar(acuse(), folio="DOC-1", emitido_en=INSTANTE)
    with pytest.raises(DatoInvalido, match="plantilla"):
        doc.sellar({**contenido, "plantilla": plantilla}, url_base="https://denuncias.example")
