"""The drawing with the path on it: classes, badges, balloons; nothing else changes and nothing else is read."""

from __future__ import annotations

import pytest
from lxml import etree

from web import diagrama

NS = {"s": "http://www.w3.org/2000/svg"}


def leido(marcado: object) -> etree._Element:
    return etree.fromstring(str(marcado))


def test_marcas_veces_y_globo() -> None:
    svg = leido(
        diagrama.pintar(
            "denuncia",
            "denuncia_tramite",
            {"asignar_denuncia": "hecho", "calificar_denuncia": "aqui", "si_identificada": "hecho"},
            {"asignar_denuncia": 3},
            {"calificar_denuncia": "Aquí, desde 18 nov"},
        )
    )
    clase = {
        e.get("data-element-id"): e.get("class") for e in svg.xpath("//s:g[@data-element-id]", namespaces=NS)
    }
    assert clase["asignar_denuncia"] == "elemento hecho"
    assert clase["calificar_denuncia"] == "elemento aqui"
    assert clase["analizar_denuncia"] == "elemento futuro"
    assert clase["si_identificada"] == "flujo hecho"
    assert clase["no_identificada"] == "flujo"
    (vez,) = svg.xpath("//s:text[@class='vez-t']", namespaces=NS)
    assert vez.text == "3 ✓"
    (globo,) = svg.xpath("//s:text[@class='globo-t']", namespaces=NS)
    assert globo.text == "Aquí, desde 18 nov"
    (aqui,) = svg.xpath("//*[@id='aqui']")
    assert aqui.get("data-element-id") == "calificar_denuncia"
    assert not svg.xpath("//@style")


def test_cada_elemento_tiene_donde_poner_su_sello() -> None:
    for proceso, nombres in diagrama.procesos():
        for nombre in nombres:
            limpio = leido(diagrama.pintar(proceso, nombre))
            ids = limpio.xpath("//s:g[contains(@class, 'elemento')]/@data-element-id", namespaces=NS)
            pintado = leido(diagrama.pintar(proceso, nombre, {}, dict.fromkeys(ids, 2)))
            assert len(pintado.xpath("//s:text[@class='vez-t']", namespaces=NS)) == len(ids), nombre


def test_un_texto_no_es_marcado() -> None:
    svg = diagrama.pintar("denuncia", "denuncia", {}, {}, {"tramitar": "<script>alert(1)</script>"})
    assert "<script" not in str(svg)


@pytest.mark.parametrize(
    ("proceso", "nombre"),
    [
        ("denuncia", "nada"),
        ("..", "denuncia"),
        ("denuncia", "../denuncia/denuncia"),
        ("", ""),
        ("DENUNCIA", "denuncia"),
    ],
)
def test_nada_fuera_de_su_carpeta(proceso: str, nombre: str) -> None:
    assert diagrama.pintar(proceso, nombre) is None
