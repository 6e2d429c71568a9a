"""Documents as PDF/A-2a + PDF/UA-1 through typst: frozen data in, sealed bytes out; no database, no clock.

The data travels as one JSON value that the templates read as text, so nothing that a person wrote is ever
interpreted as markup. The same data, folio, address, instant and fonts give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import typst
from fontTools.ttLib import TTFont

from workflow.documents.seal import Sellado, direccion, huella_de, qr_svg
from workflow.documents.texto import a_datos, fecha_hora_larga
from workflow.errors import DatoInvalido, FaltaConfiguracion

PLANTILLAS = Path(__file__).resolve().parent / "plantillas"
FUENTES = Path(__file__).resolve().parents[2] / "web" / "static" / "vendor" / "fuentes"
FAMILIA = "Noto Sans"
ZONA = ZoneInfo("America/Mexico_City")
_NORMAS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


@dataclass(frozen=True, kw_only=True)
class Documento:
    """What every document noun is: its template (a file of `plantillas/`) and its title."""

    plantilla: ClassVar[str]
    titulo: ClassVar[str]

    def revisar(self) -> None:
        """Raise DatoInvalido when the data may not be printed; nothing to refuse by default."""


class FuentesFaltantes(FaltaConfiguracion):
    """The folder of fonts is absent or has no Noto Sans."""


@lru_cache(maxsize=8)
def _tipografia(carpeta: Path) -> tuple[typst.Fonts, frozenset[int]]:
    """Fonts of `carpeta` and the code points that all of its faces can print."""
    fuentes = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(carpeta)])
    archivos = sorted(carpeta.glob("*.ttf")) if carpeta.is_dir() else []
    if FAMILIA not in fuentes.families() or not archivos:
        raise FuentesFaltantes(
            f"Faltan las fuentes de los documentos (Noto Sans) en {carpeta}. "
            "Ejecuta «make assets» y reintenta."
        )
    cobertura: frozenset[int] | None = None
    for archivo in archivos:
        with TTFont(archivo, lazy=True) as fuente:
            puntos = frozenset(int(p) for p in fuente.getBestCmap())
        cobertura = puntos if cobertura is None else cobertura & puntos
    assert cobertura is not None
    return fuentes, cobertura


def render(
    documento: Documento,
    *,
    folio: str,
    url_base: str,
    emitido_en: datetime,
    fuentes: Path | None = None,
    zona: ZoneInfo = ZONA,
    leyenda: str = "",
) -> Sellado:
    """Render and seal `documento`.

    `emitido_en` is an aware instant and the only date of the file's metadata. `fuentes` is the folder with
    Noto Sans (default: the one that the set-up builds). `leyenda` is printed on every page («Demostración:
    sin validez oficial»). Raises DatoInvalido for data that may not be printed, FuentesFaltantes without
    fonts.
    """
    if emitido_en.tzinfo is None:
        raise DatoInvalido("La fecha de emisión del documento necesita zona horaria.")
    documento.revisar()
    letra, cobertura = _tipografia((fuentes or FUENTES).resolve())
    url = direccion(url_base, folio)
    emitido = emitido_en.replace(microsecond=0)
    contenido = {
        "plantilla": documento.plantilla,
        "titulo": documento.titulo,
        "folio": folio,
        "emitido_en": fecha_hora_larga(emitido, zona),
        "datos": a_datos(documento, zona, cobertura),
    }
    huella = huella_de(contenido)
    entrada = {**contenido, "huella": huella, "url": url, "qr": qr_svg(url), "leyenda": leyenda}
    pdf = _compilar(
        documento.plantilla, json.dumps(entrada, ensure_ascii=True), letra, int(emitido.timestamp())
    )
    return Sellado(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), folio=folio, huella=huella)


def _compilar(plantilla: str, entrada: str, letra: typst.Fonts, instante: int) -> bytes:
    compilador = typst.Compiler(
        str(PLANTILLAS / f"{plantilla}.typ"),
        root=str(PLANTILLAS),
        font_paths=letra,
        ignore_system_fonts=True,
        sys_inputs={"entrada": entrada},
    )
    pdf = compilador.compile(format="pdf", pdf_standards=_NORMAS, timestamp=instante)
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single file")
    return pdf
