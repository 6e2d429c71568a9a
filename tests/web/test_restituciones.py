"""What is restored to each worker: for whoever restores rights, and on the pages of the case."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.denuncia import Denuncia, EstadoDenuncia
from models.restitucion import EtapaRestitucion, Restitucion
from tests.factories import credito as fabrica
from tests.web.personal import Oficina
from tests.web.publico import Persona, abrir_buzon, presentar_directo
from workflow.operations import credito as creditos

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    app.config["WTF_CSRF_ENABLED"] = False
    return Oficina(app)


def determinado(oficina: Oficina) -> Acto:
    """An act determined, with three workers and a firm credit."""
    with oficina.ctx() as ctx:
        ctx.session.info["en_accion"] = True
        fila = fabrica.acto(ctx)
        fabrica.trabajadores(ctx, fila)
        deuda = creditos.abrir(ctx, fila, ClaseCredito.COP, fabrica.DESDE, fabrica.HASTA)
        deuda.estado = EstadoCredito.FIRME
        fila.estado, fila.concluido_en = EstadoActo.DETERMINADO, ctx.now
        ctx.session.commit()
        ctx.session.info["en_accion"] = False
        return fila


@pytest.fixture
def acto(oficina: Oficina) -> Acto:
    return determinado(oficina)


def manda(p: Persona, camino: str, **cambia: Any) -> int:
    """The form as the page proposes it, with `cambia`."""
    p.ir(camino)
    forma = html.fromstring(p.pagina.text).get_element_by_id("formulario")
    datos: dict[str, Any] = {k: v for k, v in forma.fields.items() if k and v is not None}
    datos |= {"evidencia-archivo": (io.BytesIO(PDF), "movimientos.pdf"), "completa": "si"} | cambia
    p.pagina = p.cliente.post(camino, data=datos, content_type="multipart/form-data", follow_redirects=True)
    return int(p.pagina.status_code)


def test_de_la_lista_al_registro(oficina: Oficina, acto: Acto) -> None:
    p = oficina.entra("julia.nieto")
    p.ir("/restituciones")
    assert acto.folio in p.texto
    p.ir(f"/restituciones/{acto.id}")
    assert "Juan Pérez Soto" in p.texto
    assert "9 semanas" in p.texto  # 61 days: eight weeks and five days more
    assert "Por verificar" in p.texto
    enlace = html.fromstring(p.pagina.text).xpath("//a[contains(., 'Juan Pérez Soto')]/@href")[0]
    assert manda(p, enlace) == 200
    assert "Registramos la restitución." in p.texto
    with oficina.ctx() as ctx:
        (fila,) = ctx.session.scalars(select(Restitucion)).all()
        # He never was registered: his record begins.
        assert (fila.nss, fila.semanas, fila.completa) == ("23456789014", 9, True)
        assert fila.movimientos[0]["tipo"] == "alta"
    assert "Completa" in p.texto


def test_lo_malo_se_dice_y_lo_escrito_se_queda(oficina: Oficina, acto: Acto) -> None:
    p = oficina.entra("julia.nieto")
    p.ir(f"/restituciones/{acto.id}")
    enlace = html.fromstring(p.pagina.text).xpath("//a[contains(., 'Rosa Martínez Luna')]/@href")[0]
    assert manda(p, enlace, **{"movimientos-0-salario": "300"}) == 422
    assert "una restitución no baja el salario" in p.texto
    assert "movimientos.pdf" in p.texto
    assert manda(p, enlace, semanas_reconocidas="10") == 422
    assert "9 semanas como máximo" in p.texto
    assert manda(p, enlace, **{"evidencia-archivo": (io.BytesIO(b"MZ"), "virus.exe")}) == 422
    p.pagina = p.cliente.post(enlace, data={"_agregar": "movimientos", "movimientos-filas": "1"})
    assert p.pagina.status_code == 200
    with oficina.ctx() as ctx:
        assert ctx.session.scalars(select(Restitucion)).all() == []


@pytest.mark.parametrize("quien", ["jose.cazares", "daniela.solis", "hector.rios"])
def test_solo_quien_restituye(oficina: Oficina, acto: Acto, quien: str) -> None:
    p = oficina.entra(quien)
    for camino in ("/restituciones", f"/restituciones/{acto.id}", f"/restituciones/{acto.id}/1"):
        assert p.cliente.get(camino).status_code == 404


def test_en_el_acto_y_en_el_credito(oficina: Oficina, acto: Acto) -> None:
    p = oficina.entra("jose.cazares")
    with oficina.ctx() as ctx:
        folio = ctx.session.scalars(select(Credito.folio).where(Credito.acto_id == acto.id)).one()
    for uno in (acto.folio, folio):
        p.ir(f"/caso/{uno}/restitucion")
        assert "Elena Cruz Díaz" in p.texto
        assert "Prometido" not in p.texto
        assert "Falta" in p.texto
    p.ir(f"/caso/{acto.folio}")
    assert html.fromstring(p.pagina.text).xpath("//nav[@class='subnav']//a[.='Restitución']")


def test_en_la_denuncia_y_en_su_buzon(oficina: Oficina, app: Flask) -> None:
    folio, _, denuncia_id = presentar_directo(app, cp="37290")
    with oficina.ctx() as ctx:
        fila = ctx.session.get_one(Denuncia, denuncia_id)
        fila.estado = EstadoDenuncia.POR_RESTITUIR
        tramo = {"desde": "2025-01-01", "hasta": None, "salario": "520.00", "registrado": None}
        for etapa in (EtapaRestitucion.PROMETIDA, EtapaRestitucion.DETERMINADA):
            ctx.session.add(
                Restitucion(
                    denuncia_id=fila.id, etapa=etapa, movimientos=[tramo], semanas=98, registrada_en=ctx.now
                )
            )
        ctx.session.commit()
    jefe = oficina.entra("jose.cazares")
    jefe.ir(f"/caso/{folio}/restitucion")
    assert "Prometido" in jefe.texto
    assert jefe.texto.count("98 semanas") == 2
    assert "a la fecha" in jefe.texto
    ella = Persona(app.test_client())
    abrir_buzon(ella, denuncia_id)
    assert "Tus semanas y tu salario" in ella.texto
    assert "98 semanas, del miércoles 1 de enero de 2025 a la fecha." in ella.texto
