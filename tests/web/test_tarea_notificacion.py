"""The notificador at the page of her task: what it tells, what it asks, what is kept when it is refused."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from models.notificacion import DiligenciaNotificacion, Notificacion
from tests.factories import notificacion as fabrica
from tests.web.personal import FIRMA, Oficina, apretar
from tests.web.publico import Persona, foto
from workflow.actions._transaction import action
from workflow.context import Ctx


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """León and Irapuato."""
    return Oficina(app)


def _abrir(oficina: Oficina, quien: str = "nadia.rosas", **con: object) -> Persona:
    """A document waits to be served; its task is open in her browser."""

    @action
    def empezar(ctx: Ctx) -> None:
        fabrica.ordenada(ctx, fabrica.acto(ctx), **con)

    with oficina.ctx() as ctx:
        empezar(ctx)
    p = oficina.entra(quien)
    p.ir(f"/tarea/{oficina.tareas()[-1].id}")
    return p


def _escrito(p: Persona, campo: str) -> str:
    return str(html.fromstring(p.pagina.text).xpath(f"string(//*[@name='{campo}'])")).strip()


ENTREGA = {
    "diligencia": "recibida",
    "quien_recibe": "Laura Campos Ruiz",
    "caracter": "Representante legal",
    "identificacion": "Credencial para votar 0123",
    "cercioramiento": "Placa con el número y letrero del negocio. <script>alert(1)</script>",
    **{f"firma__{parte}": valor for parte, valor in FIRMA.items()},
}


def test_it_says_what_to_whom_and_where(oficina: Oficina) -> None:
    p = _abrir(oficina)
    for dicho in ("Practicar diligencia", "Cédula de liquidación", "NOT-", "(patrón)", "07:30"):
        assert dicho in p.texto


def test_without_habilitacion_it_is_refused_and_what_was_written_stays(oficina: Oficina) -> None:
    p = _abrir(oficina)
    apretar(p, **ENTREGA, fecha_hora="2026-03-14T11:00")
    assert "sábado 14 de marzo de 2026 es día inhábil" in p.texto
    assert _escrito(p, "cercioramiento").endswith("<script>alert(1)</script>")
    assert "<script>alert(1)" not in p.pagina.text
    with oficina.ctx() as ctx:
        assert ctx.session.scalar(select(DiligenciaNotificacion.id)) is None


def test_the_photograph_taken_there_is_kept_with_its_digest(oficina: Oficina) -> None:
    p = _abrir(oficina)
    with oficina.ctx() as ctx:
        fila = ctx.session.scalars(select(Notificacion)).one()
        ahora = ctx.now.astimezone(ctx.servicios.zona)
    imagen = {"foto__archivo": (io.BytesIO(foto()), "fachada.jpg")}
    habilitada = {"habilitacion": "Oficio de habilitación 123 de 2026, por horario del negocio."}
    apretar(p, **ENTREGA, **imagen, **habilitada, fecha_hora=f"{ahora:%Y-%m-%dT%H:%M}")
    with oficina.ctx() as ctx:
        hecha = ctx.session.scalars(select(DiligenciaNotificacion)).one()
        assert len(hecha.datos["fotos"][0]["sha256"]) == 64
        assert ctx.session.get_one(Notificacion, fila.id).estado == "practicada"


def test_estrados_proposes_its_cause(oficina: Oficina) -> None:
    p = _abrir(oficina, "hector.rios", medio="buzon", contacto_buzon=False)
    elegida = html.fromstring(p.pagina.text).xpath("//*[@name='causa']//option[@selected]/@value")
    marcada = html.fromstring(p.pagina.text).xpath("//input[@name='causa'][@checked]/@value")
    assert [*elegida, *marcada] == ["sin_contacto_buzon"]
