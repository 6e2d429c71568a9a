"""The task of a denuncia whose employer nobody has confirmed: named once, its state by its name."""

from __future__ import annotations

from flask import Flask
from lxml import html

from tests.web.personal import Oficina


def test_el_folio_se_dice_una_vez_y_la_entidad_por_su_nombre(app: Flask) -> None:
    oficina = Oficina(app)
    oficina.denuncia()
    tarea = oficina.tareas()[-1]
    oficina.cambiar(tarea.id, titulo=tarea.folio)
    p = oficina.entra("jose.cazares")
    p.ir(f"/tarea/{tarea.id}")
    cabeza = html.fromstring(p.pagina.text).find_class("tcab__in")[0].text_content()
    assert cabeza.count(tarea.folio) == 1
    assert "Guanajuato" in p.texto
