"""The workers of an act: by hand, by file with three wrong rows of a thousand, and who may."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, select

from models.acto import Acto, EstadoActo
from models.credito import TrabajadorDeterminado
from models.documento import Documento
from tests.unit.adapters.test_nomina import NSS, OTRO, TITULOS, _nss
from tests.web.mesa import contando
from tests.web.personal import Oficina
from tests.web.publico import Persona
from tests.web.segunda import acto, preparar

ANA = {
    "nss": NSS,
    "nombre": "Ana Pérez",
    "desde": "01/01/2024",
    "hasta": "31/12/2024",
    "sbc_comprobado": "457.14",
}


@pytest.fixture
def caso(app: Flask) -> tuple[Oficina, str]:
    """An act whose determination is being prepared."""
    app.config["WTF_CSRF_ENABLED"] = False
    oficina = Oficina(app)
    acto_id, folio = acto(oficina, EstadoActo.EN_RESOLUCION)
    preparar(oficina, acto_id)
    return oficina, f"/caso/{folio}/trabajadores"


def manda(p: Persona, camino: str, **campos: Any) -> int:
    p.pagina = p.cliente.post(camino, data=campos, content_type="multipart/form-data", follow_redirects=True)
    return int(p.pagina.status_code)


def filas(oficina: Oficina, modelo: Any = TrabajadorDeterminado) -> list[Any]:
    with oficina.ctx() as ctx:
        return list(ctx.session.scalars(select(modelo).order_by(modelo.id)))


def lista(cuantas: int, *malas: str) -> bytes:
    lineas = [
        f"{_nss(i)},Persona {i:04},2024-01-01,2024-12-31,{300 + i % 90}.50,250,," for i in range(cuantas)
    ]
    lineas[10 : 10 + len(malas)] = malas
    return (TITULOS + "\n".join(lineas)).encode()


def test_a_mano(caso: tuple[Oficina, str]) -> None:
    oficina, camino = caso
    p = oficina.entra("daniela.solis")
    p.ir(camino)
    assert "Todavía no hay trabajadores" in p.texto
    assert manda(p, camino, **ANA) == 200
    assert "Persona agregada al acto." in p.texto
    assert "No registrado" in p.texto
    assert manda(p, camino, **ANA | {"desde": "01/06/2024", "nombre": "Ana P. Ríos"}) == 422
    assert "Se empalma con lo que el acto ya tiene" in p.texto
    assert "Ana P. Ríos" in p.pagina.text  # the typed text stays
    (fila,) = filas(oficina)
    assert manda(p, f"{camino}/{fila.id}/quitar") == 200
    assert filas(oficina) == []
    assert manda(p, f"{camino}/{fila.id}/quitar") == 200
    assert "Ese renglón ya no está" in p.texto


def test_tres_malas_de_mil(caso: tuple[Oficina, str]) -> None:
    oficina, camino = caso
    p = oficina.entra("daniela.solis")
    malas = (
        "12978644025,Con NSS malo,2024-01-01,2024-12-31,300,,,",
        f"{OTRO},Con fecha mala,2024-02-30,2024-12-31,300,,,",
        f"{NSS},Fuera del acto,2023-01-01,2024-12-31,cien,,,",
    )
    assert manda(p, f"{camino}/archivo", archivo=(io.BytesIO(lista(1000, *malas)), "nómina.csv")) == 200
    for dicho in ("12978644025", "dígito verificador", "2024-02-30", "cien", "Importar sólo los 997 buenos"):
        assert dicho in p.texto, dicho
    assert [x.text_content() for x in html.fromstring(p.pagina.text).xpath("//tbody//b")] == [
        "12",
        "13",
        "14",
        "14",
    ]
    previa = p.camino
    assert manda(p, previa, cuales="todas") == 200
    assert "Hay 3 renglones por corregir y no importamos ninguno." in p.texto
    assert filas(oficina) == []
    assert manda(p, previa, cuales="buenas") == 200
    assert "Importamos 997 renglones." in p.texto
    assert len(filas(oficina)) == 997
    assert manda(p, previa, cuales="buenas") == 200  # pressed twice
    assert "Ningún renglón se puede importar" in p.texto
    assert len(filas(oficina)) == 997
    p.ir(f"{camino}?q=Persona+0999")
    assert "Persona 0999" in p.texto
    assert "Persona 0001" not in p.texto
    p.ir(f"{camino}?pagina=20")
    assert "Página 20 de 20" in p.texto


def test_todas_buenas_se_importan_juntas(caso: tuple[Oficina, str]) -> None:
    oficina, camino = caso
    p = oficina.entra("daniela.solis")
    manda(p, f"{camino}/archivo", archivo=(io.BytesIO(lista(20)), "n.csv"))
    assert manda(p, p.camino, cuales="todas") == 200
    assert len(filas(oficina)) == 20
    (papel,) = filas(oficina, Documento)
    assert (papel.tipo, papel.nombre) == ("nomina_acto", "n.csv")


def test_mil_personas_por_treinta_y_seis_meses(caso: tuple[Oficina, str]) -> None:
    """36,000 rows, one per month, in and shown within seconds."""
    oficina, camino = caso
    with oficina.ctx() as ctx:
        ctx.session.scalars(select(Acto)).one().periodos = [{"desde": "2022-01-01", "hasta": "2024-12-31"}]
        ctx.session.commit()
    meses = [(a, m) for a in (2022, 2023, 2024) for m in range(1, 13)]
    lineas = [
        f"{_nss(i)},Persona {i:04},{a}-{m:02}-01,{a}-{m:02}-28,{300 + i % 90}.50,250,,"
        for i in range(1000)
        for a, m in meses
    ]
    p = oficina.entra("daniela.solis")
    antes = time.monotonic()
    archivo = (io.BytesIO((TITULOS + "\n".join(lineas)).encode()), "n.csv")
    assert manda(p, f"{camino}/archivo", archivo=archivo) == 200
    assert manda(p, p.camino, cuales="todas") == 200
    assert "1000 personas, 36000 renglones" in p.texto.replace(",0", "0")
    assert time.monotonic() - antes < 25


@pytest.mark.parametrize(
    ("nombre", "datos", "frase"),
    [
        ("n.csv", b"a,b\n1,2", "No encontramos estas columnas"),
        ("n.pdf", b"%PDF-1.7", "CSV o XLSX"),
        ("", b"", "Elige un archivo"),
    ],
)
def test_archivos_que_no_son(caso: tuple[Oficina, str], nombre: str, datos: bytes, frase: str) -> None:
    oficina, camino = caso
    p = oficina.entra("daniela.solis")
    assert manda(p, f"{camino}/archivo", archivo=(io.BytesIO(datos), nombre)) == 422
    assert frase in p.texto
    assert filas(oficina, Documento) == []


def test_quien_puede(caso: tuple[Oficina, str]) -> None:
    oficina, camino = caso
    jefe = oficina.entra("jose.cazares")
    assert jefe.ir(camino).status_code == 200
    assert "Agregar a una persona" not in jefe.texto
    assert manda(jefe, camino, **ANA) == 404
    for quien in ("marco.pena", "hector.rios", "ana.trejo"):
        p = oficina.entra(quien)
        # Another auditor of the unit may take the task, so she sees the act; it is not hers.
        assert p.ir(camino).status_code == (200 if quien == "marco.pena" else 404)
        assert "Agregar a una persona" not in p.texto
        assert manda(p, camino, **ANA) == 404
    assert filas(oficina) == []


def test_sin_la_tarea_no_se_cambia(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    oficina = Oficina(app)
    _, folio = acto(oficina)
    p = oficina.entra("daniela.solis")
    camino = f"/caso/{folio}/trabajadores"
    assert p.ir(camino).status_code == 200
    assert "sólo se cambia mientras" in p.texto
    manda(p, camino, **ANA)
    assert "esa tarea no está abierta" in p.texto
    manda(p, f"{camino}/archivo", archivo=(io.BytesIO(lista(20)), "n.csv"))
    assert "esa tarea no está abierta" in p.texto
    assert filas(oficina) == []


def test_el_archivo_de_otro_acto_no_existe(caso: tuple[Oficina, str]) -> None:
    oficina, camino = caso
    p = oficina.entra("daniela.solis")
    manda(p, f"{camino}/archivo", archivo=(io.BytesIO(lista(20)), "n.csv"))
    previa = p.camino
    otro_id, otro = acto(oficina, EstadoActo.EN_RESOLUCION)
    preparar(oficina, otro_id)
    ajena = previa.replace(camino, f"/caso/{otro}/trabajadores")
    assert p.ir(ajena).status_code == 404
    manda(p, ajena, cuales="buenas")
    assert filas(oficina) == []


def test_las_plantillas_bajan(caso: tuple[Oficina, str]) -> None:
    oficina, camino = caso
    p = oficina.entra("daniela.solis")
    for forma, empieza in (("csv", b"\xef\xbb\xbfNSS"), ("xlsx", b"PK")):
        bajada = p.cliente.get(f"{camino}/plantilla.{forma}")
        assert bajada.data.startswith(empieza)
        assert "attachment" in bajada.headers["Content-Disposition"]


def test_la_lista_no_pregunta_por_renglon(caso: tuple[Oficina, str], motor_bd: Engine) -> None:
    oficina, camino = caso
    p = oficina.entra("daniela.solis")
    manda(p, f"{camino}/archivo", archivo=(io.BytesIO(lista(15)), "n.csv"))
    manda(p, p.camino, cuales="todas")
    p.ir(camino)
    with contando(motor_bd) as pocas:
        p.ir(camino)
    otra = lista(60).decode().splitlines()
    manda(p, f"{camino}/archivo", archivo=(io.BytesIO("\n".join([otra[0], *otra[16:]]).encode()), "m.csv"))
    manda(p, p.camino, cuales="todas")
    p.ir(camino)
    with contando(motor_bd) as muchas:
        p.ir(camino)
    assert len(muchas) == len(pocas)
