"""The second half on the page: its case beside a task, the clocks that its head shows."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from lxml import html

from models.acto import Acto, EstadoActo
from tests.web.personal import Oficina
from tests.web.segunda import acto, preparar
from workflow.operations import plazo
from workflow.operations.sujeto import de_acto


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


def test_la_cabeza_dice_el_plazo_de_la_ley_y_no_su_aviso(app: Flask) -> None:
    oficina = Oficina(app)
    acto_id, folio = acto(oficina)
    with oficina.ctx() as ctx:
        plazo.abrir(
            ctx, de_acto(ctx.session.get_one(Acto, acto_id)), "preventivo_visita", desde=dt.date(2026, 3, 2)
        )
        ctx.session.commit()
    p = oficina.entra("jose.cazares")
    p.ir(f"/caso/{folio}")
    # The twelve months of the visit are due after its warning, and stand in its place.
    assert "Duración máxima de visita" in p.texto
    assert "Plazo preventivo de la visita" not in p.texto


def test_de_lo_que_la_ley_no_fecha_se_dice_por_que(app: Flask) -> None:
    """A step of the field has no term of its own (procesos §7, §14.3): those of its case run."""
    oficina = Oficina(app)
    acto_id, _ = acto(oficina, EstadoActo.EN_RESOLUCION)
    preparar(oficina, acto_id)
    numero = oficina.tareas()[-1].id
    oficina.cambiar(numero, vence_en=plazo.NUNCA)
    p = oficina.entra("daniela.solis")
    p.ir(f"/tarea/{numero}")
    assert "Sin plazo legal propio: la ley no fija uno para este paso; corren los de su caso" in p.texto
    p.ir("/bandeja?pestana=oficina")
    assert "Sin plazo legal propio" in p.texto
