"""The page where a paper of the employer is captured: who, what it offers, what it keeps when it says no."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.acto import EstadoActo
from models.documento import Documento
from models.promocion_patron import PromocionPatron
from tests.web.personal import Oficina
from tests.web.publico import Persona, foto
from tests.web.segunda import acto

BIEN = {
    "tipo": "pruebas_aportadas",
    "via": "correo",
    "presentada": "2026-03-20",
    "resumen": "Exhibe nóminas.",
}


@pytest.fixture
def caso(app: Flask) -> tuple[Oficina, str]:
    """An act under way."""
    app.config["WTF_CSRF_ENABLED"] = False
    oficina = Oficina(app)
    return oficina, acto(oficina)[1]


def _manda(p: Persona, folio: str, **campos: Any) -> Any:
    datos = {k: v for k, v in {**BIEN, **campos}.items() if v is not None}
    p.pagina = p.cliente.post(
        f"/caso/{folio}/promocion", data=datos, content_type="multipart/form-data", follow_redirects=True
    )
    return p.pagina


def _filas(oficina: Oficina, modelo: Any) -> list[Any]:
    with oficina.ctx() as ctx:
        return list(ctx.session.scalars(select(modelo).order_by(modelo.id)))


def test_se_captura_con_su_escrito(caso: tuple[Oficina, str]) -> None:
    oficina, folio = caso
    p = oficina.entra("daniela.solis")
    assert p.ir(f"/caso/{folio}/promocion").status_code == 200
    assert "Pruebas contra los hechos" in p.texto
    assert "invitación" not in p.texto
    assert "requirieron" not in p.texto  # nothing was asked
    assert _manda(p, folio, archivo=(io.BytesIO(foto()), "escrito.jpg")).status_code == 200
    (fila,) = _filas(oficina, PromocionPatron)
    assert f"Promoción {fila.folio} capturada." in p.texto
    assert "Exhibe nóminas." in p.texto
    assert [d.tipo for d in _filas(oficina, Documento)] == ["promocion_patron"]
    assert fila.documento_id is not None
    assert _manda(p, folio).status_code == 422  # the same one twice
    assert len(_filas(oficina, PromocionPatron)) == 1


@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("presentada", "2026-13-40", "Escribe el día en que se presentó"),
        ("presentada", "2199-01-01", "no puede estar en el futuro"),
        ("presentada", "2026-01-01", "Pon el lunes 2 de febrero de 2026"),
        ("tipo", "promocion_multa", "Elige una opción de la lista."),
        ("via", "", "Elige cómo llegó"),
        ("resumen", "", "Escribe de qué trata."),
        ("de", "1", ""),
        ("documento", "999999", "Elige un documento de este expediente."),
    ],
)
def test_lo_escrito_se_queda(caso: tuple[Oficina, str], campo: str, valor: str, frase: str) -> None:
    oficina, folio = caso
    p = oficina.entra("daniela.solis")
    codigo = _manda(p, folio, **{campo: valor}).status_code
    assert codigo == (422 if frase else 200)
    assert frase in p.texto
    assert campo == "resumen" or "Exhibe nóminas." in p.texto


def test_el_escrito_se_queda_aunque_la_fecha_este_mal(caso: tuple[Oficina, str]) -> None:
    oficina, folio = caso
    p = oficina.entra("daniela.solis")
    _manda(p, folio, presentada="", archivo=(io.BytesIO(foto()), "escrito.jpg"))
    (papel,) = _filas(oficina, Documento)
    assert f'name="documento" value="{papel.id}"' in p.pagina.text
    _manda(p, folio, archivo=(io.BytesIO(b"MZ no es foto"), "virus.exe"))
    assert p.pagina.status_code == 422
    assert not _filas(oficina, PromocionPatron)


@pytest.mark.parametrize("quien", ["hector.rios", "nadia.rosas", "ana.trejo", "marco.pena"])
def test_para_los_demas_no_existe(caso: tuple[Oficina, str], quien: str) -> None:
    oficina, folio = caso
    p = oficina.entra(quien)
    assert p.ir(f"/caso/{folio}/promocion").status_code == 404
    assert _manda(p, folio).status_code == 404


def test_un_acto_terminado_solo_integra(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    oficina = Oficina(app)
    _, folio = acto(oficina, EstadoActo.SIN_OBSERVACIONES)
    p = oficina.entra("jose.cazares")
    p.ir(f"/caso/{folio}/promocion")
    assert "Otro escrito" in p.texto
    assert "Pruebas contra" not in p.texto
