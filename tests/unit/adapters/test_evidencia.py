"""Uploads: type by contents, names harmless, photos without place, bombs refused, sentences that help."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from workflow.adapters.evidencia import MAXIMO, PIXELES_MAXIMOS, QUITADA, nombre_limpio, preparar
from workflow.errors import DatoInvalido

GPS = 0x8825


def _foto(formato: str, **opciones: object) -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", (60, 40), "#611232").save(salida, formato, **opciones)
    return salida.getvalue()


def _exif(orientacion: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientacion
    exif[0x010F] = "TelefonoDeMaria"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (20.0, 40.0, 30.0)
    return exif.tobytes()


def _heic() -> bytes:
    salida = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "#1e5b4f")).save(salida, exif=_exif())
    return salida.getvalue()


@pytest.mark.parametrize(
    "datos", [_foto("JPEG", exif=_exif()), _foto("PNG", exif=_exif()), _foto("WEBP", exif=_exif()), _heic()]
)
def test_sin_lugar_ni_telefono(datos):
    assert b"TelefonoDeMaria" in datos
    e = preparar("IMG_0001.whatever", datos)
    assert b"TelefonoDeMaria" not in e.datos
    with Image.open(io.BytesIO(e.datos)) as imagen:
        assert not imagen.getexif()
        assert Image.MIME[imagen.format] == e.mime
    assert e.aviso == QUITADA


def test_textos_escondidos_en_png_se_van():
    notas = PngImagePlugin.PngInfo()
    notas.add_text("Author", "Maria Lopez")
    assert b"Maria Lopez" not in preparar("a.png", _foto("PNG", pnginfo=notas)).datos


def test_lo_pegado_al_final_de_la_foto_se_va():
    assert b"<script>" not in preparar("a.jpg", _foto("JPEG") + b"<script>alert(1)</script>").datos


def test_la_foto_queda_derecha():
    with Image.open(io.BytesIO(preparar("a.jpg", _foto("JPEG", exif=_exif(6))).datos)) as imagen:
        assert imagen.size == (40, 60)


def test_heic_sale_como_jpg():
    e = preparar("IMG_1.HEIC", _heic())
    assert (e.nombre, e.mime) == ("IMG_1.jpg", "image/jpeg")


def test_el_tipo_lo_dice_el_contenido():
    assert preparar("recibo.pdf", _foto("PNG")).nombre == "recibo.png"
    for datos in (
        b"MZ\x90\0" + b"\0" * 200,
        b"<html><script>",
        b"PK\x03\x04" + b"\0" * 60,
        b"GIF89a" + b"\0" * 40,
        b"hola",
    ):
        with pytest.raises(DatoInvalido):
            preparar("foto.jpg", datos)


def test_pdf_pasa_igual():
    pdf = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    e = preparar("../contrato.PDF", pdf)
    assert (e.nombre, e.mime, e.datos) == ("contrato.pdf", "application/pdf", pdf)


def test_vacio_y_pesado():
    with pytest.raises(DatoInvalido, match="vacío"):
        preparar("a.jpg", b"")
    with pytest.raises(DatoInvalido, match="15 MB"):
        preparar("a.jpg", b"\xff\xd8\xff" + b"\0" * (2 * MAXIMO))


def _bomba(lado: int) -> bytes:
    """A PNG of a few hundred bytes whose header promises `lado` × `lado` pixels."""

    def trozo(tipo: bytes, datos: bytes) -> bytes:
        return struct.pack(">I", len(datos)) + tipo + datos + struct.pack(">I", zlib.crc32(tipo + datos))

    cabeza = struct.pack(">IIBBBBB", lado, lado, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + trozo(b"IHDR", cabeza)
        + trozo(b"IDAT", zlib.compress(b"\0" * 99))
        + trozo(b"IEND", b"")
    )


@pytest.mark.parametrize("lado", [int(PIXELES_MAXIMOS**0.5) + 10, 12_000, 60_000])
def test_bomba(lado):
    with pytest.raises(DatoInvalido, match="grande"):
        preparar("a.png", _bomba(lado))


@given(st.binary(max_size=400))
def test_bytes_al_azar_nunca_truenan(datos):
    for cabeza in (
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBP",
        b"\0\0\0\x18ftypheic",
        b"%PDF-",
    ):
        with contextlib.suppress(DatoInvalido):
            preparar("x", cabeza + datos)


@given(st.text(max_size=300))
def test_ningun_nombre_hace_dano(nombre):
    limpio = nombre_limpio(nombre)
    assert 0 < len(limpio) <= 120
    assert "/" not in limpio
    assert "\\" not in limpio
    assert limpio not in (".", "..")
    assert not any(ord(c) < 32 or ord(c) == 127 for c in limpio)


@pytest.mark.parametrize(
    ("nombre", "limpio"),
    [
        ("../../x", "x"),
        ("C:\\fakepath\\mi recibo.jpg", "mi recibo.jpg"),
        ("", "archivo"),
        ("a\0b\r\n.png", "ab.png"),
        ("...", "archivo"),
    ],
)
def test_nombres(nombre, limpio):
    assert nombre_limpio(nombre) == limpio
