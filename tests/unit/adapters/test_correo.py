"""Mail: headers cannot be injected, the texts tell no facts, the folder keeps readable messages."""

from __future__ import annotations

import email
from datetime import date
from email import policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.adapters.cartas import TipoCarta, redactar
from workflow.adapters.correo import CorreoEnCarpeta, CorreoSmtp, mensaje
from workflow.errors import DatoInvalido

PUERTA = "https://denuncias.example/seguimiento"


@pytest.mark.parametrize(
    ("para", "asunto"),
    [
        ("a@b.mx\r\nBcc: otro@c.mx", "x"),
        ("a@b.mx\nBcc: otro@c.mx", "x"),
        ("a@b.mx", "x\r\nBcc: otro@c.mx"),
        ("a@b.mx", "x\n\ncuerpo falso"),
    ],
)
def test_no_se_inyectan_cabeceras(para, asunto):
    with pytest.raises(ValueError):
        mensaje("de@b.mx", para, asunto, "hola")


@given(st.text(max_size=80), st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_asunto_hostil_no_agrega_cabeceras(asunto, cuerpo):
    try:
        crudo = mensaje("de@b.mx", "a@b.mx", asunto, cuerpo).as_bytes()
    except ValueError:
        return
    leido = email.message_from_bytes(crudo, policy=policy.default)
    assert set(leido.keys()) <= {
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert leido["To"] == "a@b.mx"


def test_carpeta(tmp_path):
    CorreoEnCarpeta(tmp_path).enviar("maria@correo.example", "Hay una novedad", "Entra a tu buzón.\n")
    (archivo,) = tmp_path.glob("*.eml")
    assert "maria" not in archivo.name
    leido = email.message_from_bytes(archivo.read_bytes(), policy=policy.default)
    assert leido["Subject"] == "Hay una novedad"
    assert leido.get_content_type() == "text/plain"
    assert "Entra a tu buzón." in leido.get_content()


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "correo"])
def test_url_mala(url):
    with pytest.raises(ValueError, match="SMTP_URL"):
        CorreoSmtp(url)


@pytest.mark.parametrize("tipo", list(TipoCarta))
def test_las_cartas_no_cuentan_nada(tipo):
    carta = redactar(tipo, entrada=PUERTA, limite=date(2026, 12, 4))
    assert "04/12/2026" in carta.cuerpo
    texto = f"{carta.asunto} {carta.cuerpo}".replace(PUERTA, "").casefold()
    for palabra in ("denuncia", "patrón", "empresa", "salario", "den-", "trabajo"):
        assert palabra not in texto
    assert "\n" not in carta.asunto
    assert PUERTA in carta.cuerpo


def test_la_carta_no_acepta_datos_en_la_direccion():
    for mala in (
        f"{PUERTA}?folio=DEN-1",
        f"{PUERTA}#clave",
        "javascript:x",
        f"{PUERTA}\nBcc: x",
        f"{PUERTA} x",
    ):
        with pytest.raises(DatoInvalido):
            redactar(TipoCarta.NOVEDAD, entrada=mala)
