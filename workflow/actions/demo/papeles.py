"""Papers that employers and officers bring in the demonstration: drawn photographs, lists of workers."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from PIL import Image, ImageDraw

FONDO, TINTA, MARCO = (214, 220, 224), (40, 44, 52), (120, 130, 140)
TITULOS = ("NSS", "Nombre", "Desde", "Hasta", "SBC comprobado", "SBC registrado")


class Renglon(NamedTuple):
    """A worker and stretch that an act proved; wages in pesos by day."""

    nss: str
    nombre: str
    desde: dt.date
    hasta: dt.date
    comprobado: Decimal
    registrado: Decimal


def fotografia(de_que: str) -> bytes:
    """A drawn picture that stands for a photograph of a good."""
    imagen = Image.new("RGB", (480, 320), FONDO)
    lapiz = ImageDraw.Draw(imagen)
    lapiz.rectangle((60, 90, 420, 250), outline=MARCO, width=4)
    lapiz.text((36, 30), "FOTOGRAFIA DE EJEMPLO", fill=TINTA, font_size=17)
    lapiz.text(
        (76, 160), de_que[:44].encode("latin-1", "replace").decode("latin-1"), fill=TINTA, font_size=15
    )
    salida = io.BytesIO()
    imagen.save(salida, "JPEG")
    return salida.getvalue()


def lista_de_trabajadores(renglones: Iterable[Renglon]) -> bytes:
    """The file that an auditor imports."""
    salida = io.StringIO()
    hoja = csv.writer(salida)
    hoja.writerow(TITULOS)
    for uno in renglones:
        hoja.writerow([uno.nss, uno.nombre, *(f"{d:%d/%m/%Y}" for d in (uno.desde, uno.hasta)), *uno[4:]])
    return salida.getvalue().encode()
