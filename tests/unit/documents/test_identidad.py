"""The scan for the denouncer's identity: finds it disguised, names no datum, lets innocent text pass."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.documents import Grado, revisar_identidad

DATOS = {
    "nombres": "María Fernanda",
    "primer_apellido": "López",
    "segundo_apellido": "de la Garza",
    "curp": "LOGM900515MJCPRR08",
    "nss": "12345678903",
    "fecha_nacimiento": "1990-05-15",
    "correo": "mafer.90@correo.example",
    "telefono": "33 1234 5678",
    "puesto": "Encargada de báscula",
    "identificada": True,
    "rfc": None,
}


@pytest.mark.parametrize(
    ("texto", "dato", "grado"),
    [
        ("La trabajadora MARIA FERNANDA LOPEZ dijo", "nombre", Grado.EXACTO),
        ("López, María Fernanda", "nombre", Grado.EXACTO),
        ("Fernanda de la Garza", "nombre", Grado.EXACTO),
        ("archivo marialopez.pdf", "nombre", Grado.EXACTO),
        ("Mari\u0301a\u200b Lo\u0301pez", "nombre", Grado.EXACTO),
        ("la señora Garza", "parte_del_nombre", Grado.PARCIAL),
        ("M a r í a", "parte_del_nombre", Grado.PARCIAL),
        ("curp logm-900515-mjcprr-08", "curp", Grado.EXACTO),
        ("NSS 12 34 56 7890 3", "nss", Grado.EXACTO),
        ("NSS 1234-56-7890-3", "nss", Grado.EXACTO),
        ("nació el 15 de mayo de 1990", "nacimiento", Grado.EXACTO),
        ("nació el 15/05/1990", "nacimiento", Grado.EXACTO),
        ("nació el 15-5-90", "nacimiento", Grado.EXACTO),
        ("1990-05-15", "nacimiento", Grado.EXACTO),
        ("15 de Mayo del 1990", "nacimiento", Grado.EXACTO),
        ("escribir a MAFER.90@correo.example", "correo", Grado.EXACTO),
        ("tel. 3312345678", "telefono", Grado.EXACTO),
        ("la encargada de bascula", "puesto", Grado.RIESGO),
        ("es la única mujer del turno", "grupo_chico", Grado.RIESGO),
    ],
)
def test_encuentra(texto, dato, grado):
    hallados = revisar_identidad(f"Primero.\n{texto}\nFin.", DATOS)
    assert (dato, grado, 2) in {(h.dato, h.grado, h.renglon) for h in hallados}
    assert hallados == sorted(hallados, key=lambda h: list(Grado).index(h.grado))


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "La persona denunciante 1 señala salarios menores.",
        "Se revisaron 24 meses, del 15 de mayo de 2024 al 15/05/2025.",
        "El registro B471234510 y el monto $12,345,678.90",
        "Folio PRO-2026-000031-4 y DEN-2026-000123-7",
        "de la Av. Vallarta",
        "Huella 9c417ae0b2d5116f9c417ae0b2d5116f",
        "Se lopezan cosas; garzas del lago",
    ],
)
def test_texto_inocente(texto):
    assert revisar_identidad(texto, DATOS) == []


def test_identificadores_de_otros():
    hallados = revisar_identidad("CURP BOXW310820HNERXN09 y NSS 12345678903", {})
    assert {h.dato for h in hallados} == {"curp", "nss"}
    assert {h.grado for h in hallados} == {Grado.PARCIAL}


def test_grupo_chico():
    assert revisar_identidad("Todo bien", DATOS, personas=2, grupo_minimo=5)[0].dato == "grupo_chico"
    assert revisar_identidad("Todo bien", DATOS, personas=5, grupo_minimo=5) == []


def test_el_mensaje_no_repite_el_dato():
    texto = "María Fernanda López, 12345678903, LOGM900515MJCPRR08, 15/05/1990, mafer.90@correo.example"
    for h in revisar_identidad(texto, DATOS):
        assert not any(
            v in f"{h.mensaje}{h.dato}" for v in ("López", "lopez", "123456", "LOGM", "1990", "mafer")
        )


def test_fecha_como_date_y_fecha_mala():
    assert revisar_identidad("15 de mayo de 1990", {"fecha_nacimiento": date(1990, 5, 15)})
    assert revisar_identidad("15 de mayo de 1990", {"fecha_nacimiento": "no sé"}) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_el_nombre_se_encuentra_en_cualquier_parte(antes, despues):
    texto = f"{antes} María Fernanda López {despues}"
    assert any(h.dato == "nombre" for h in revisar_identidad(texto, DATOS))


@given(
    st.dictionaries(
        st.sampled_from(["nombre", "curp", "nss", "fecha_nacimiento", "correo"]), st.text(max_size=20)
    ),
    st.text(),
)
def test_nunca_truena(datos, texto):
    revisar_identidad(texto, datos)
