"""The drawn processes and the incidents of the administrator."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from models.proceso import Incidente, Instancia
from tests.web.mesa import manda
from tests.web.personal import Oficina


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """Two subdelegaciones at work."""
    return Oficina(app)


def test_dibujos(oficina: Oficina) -> None:
    p = oficina.entra("admin")
    p.ir("/procesos")
    enlaces = [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]
    assert "/procesos/denuncia" in enlaces
    for camino in ("/procesos/denuncia", "/procesos/denuncia/denuncia_tramite", "/procesos/sesion_comite"):
        assert p.ir(camino).status_code == 200
        assert html.fromstring(p.pagina.text).xpath("//svg")
        assert "Lo mismo, como lista" in p.texto
    p.ir("/procesos/denuncia/denuncia_tramite")
    assert "Asignar denuncia" in p.texto
    for camino in ("/procesos/nada", "/procesos/denuncia/nada", "/procesos/denuncia/programacion"):
        assert p.ir(camino).status_code == 404


def test_incidencias_se_reintentan(oficina: Oficina) -> None:
    denuncia_id = oficina.denuncia()
    with oficina.ctx() as ctx:
        instancia = ctx.session.scalars(select(Instancia).where(Instancia.sujeto_id == denuncia_id)).first()
        incidente = Incidente(
            clave="8f3a91bc",
            instancia_id=instancia.id,
            que="temporizador",
            causa="KeyError en workflow/x.py:3",
            datos={"motivo": "lo que escribió alguien"},
            en=ctx.now,
        )
        ctx.session.add(incidente)
        ctx.session.commit()
        numero = incidente.id
    p = oficina.entra("admin")
    p.ir("/incidencias")
    assert "8f3a91bc" in p.texto
    assert "lo que escribió alguien" not in p.pagina.text
    manda(p, f"/incidencias/{numero}/reintentar")
    assert "Se reintentó y el caso siguió su camino." in p.texto
    assert "Ningún caso está detenido por un error." in p.texto
    token = html.fromstring(p.pagina.text).xpath("//input[@name='csrf_token']/@value")[0]
    p.pagina = p.cliente.post(
        "/incidencias/999/reintentar", data={"csrf_token": token}, follow_redirects=True
    )
    assert "No se pudo" in p.texto


@pytest.mark.parametrize("quien", ["jose.cazares", "ana.trejo", "revisor"])
def test_incidencias_son_de_administracion(oficina: Oficina, quien: str) -> None:
    p = oficina.entra(quien)
    assert p.ir("/incidencias").status_code == 404
