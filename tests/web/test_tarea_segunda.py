"""Beside a task of the second half: whose the case is, where, and the way to its page and to its workers."""

from __future__ import annotations

from flask import Flask
from lxml import html

from models.acto import Acto, EstadoActo
from tests.web.personal import Oficina
from tests.web.segunda import acto, preparar


def _aside(oficina: Oficina, quien: str) -> tuple[str, list[str]]:
    p = oficina.entra(quien)
    p.ir(f"/tarea/{oficina.tareas()[-1].id}")
    lado = html.fromstring(p.pagina.text).find(".//aside[@class='ctx']")
    return " ".join(lado.text_content().split()), [a.get("href") for a in lado.iter("a")]


def test_el_caso_del_acto_esta_junto_a_su_tarea(app: Flask) -> None:
    oficina = Oficina(app)
    acto_id, folio = acto(oficina, EstadoActo.EN_RESOLUCION)
    preparar(oficina, acto_id)
    texto, enlaces = _aside(oficina, "daniela.solis")
    with oficina.ctx() as ctx:
        patron = ctx.session.get_one(Acto, acto_id).patron
        assert patron.nombre in texto
        assert patron.domicilio in texto
    assert f"/caso/{folio}" in enlaces
    assert f"/caso/{folio}/trabajadores" in enlaces
