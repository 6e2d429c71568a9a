"""Documents as PDF/A-2a + PDF/UA-1 through typst: frozen data in, sealed bytes out; no database, no clock.

The data travels as one JSON value that the templates read as text, so nothing that a person wrote is ever
interpreted as markup. The same data, folio, address, instant and fonts give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import typst
from fontTools.ttLib import TTFont

from workflow.documents.seal import Sellado, comprobar_folio, direccion, huella_de, qr_svg
from workflow.documents.texto import a_datos, fecha_hora_larga, imprimible
from workflow.errors import DatoInvalido, FaltaConfiguracion

PLANTILLAS = Path(__file__).resolve().parent / "plantillas"
FUENTES = Path(__file__).resolve().parents[2] / "web" / "static" / "vendor" / "fuentes"
FAMILIA = "Noto Sans"
ZONA = ZoneInfo("America/Mexico_City")
_PLANTILLA = re.compile(r"(?!base$)[a-z]+(_[a-z]+)*")
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


def preparar(
    documento: Documento,
    *,
    folio: str,
    emitido_en: datetime,
    fuentes: Path | None = None,
    zona: ZoneInfo = ZONA,
) -> dict[str, Any]:
    """What `documento` says, as JSON to be kept with its row; `sellar` makes the PDF from it, now or later.

    `emitido_en` is an aware instant, cut to the second. `fuentes` is the folder with Noto Sans (default: the
    one that the set-up builds): characters that it lacks become «?». Raises DatoInvalido for data that may
    not be printed, FuentesFaltantes without fonts.
    """
    if emitido_en.tzinfo is None:
        raise DatoInvalido("La fecha de emisión del documento necesita zona horaria.")
    comprobar_folio(folio)
    documento.revisar()
    _, cobertura = _tipografia((fuentes or FUENTES).resolve())
    emitido = emitido_en.astimezone(UTC).replace(microsecond=0)
    return {
        "plantilla": documento.plantilla,
        "titulo": documento.titulo,
        "folio": folio,
        "instante": emitido.isoformat(),
        "emitido_en": fecha_hora_larga(emitido, zona),
        "datos": a_datos(documento, zona, cobertura),
    }


def sellar(
    contenido: Mapping[str, Any], *, url_base: str, fuentes: Path | None = None, leyenda: str = ""
) -> Sellado:
    """The PDF of what `preparar` returned; the same contents, address and fonts give the same bytes.

    `leyenda` is printed on every page («Demostración: sin validez oficial») and is no part of the digest.
    Raises DatoInvalido when the contents name no template or the address is not one.
    """
    plantilla, folio = str(contenido["plantilla"]), str(contenido["folio"])
    if not _PLANTILLA.fullmatch(plantilla) or not (PLANTILLAS / f"{plantilla}.typ").is_file():
        raise DatoInvalido("Ese documento no tiene plantilla; avisa a soporte.")
    letra, cobertura = _tipografia((fuentes or FUENTES).resolve())
    url = direccion(url_base, folio)
    huella = huella_de(contenido)
    leyenda = imprimible(leyenda, cobertura)
    entrada = {**contenido, "huella": huella, "url": url, "qr": qr_svg(url), "leyenda": leyenda}
    instante = int(datetime.fromisoformat(str(contenido["instante"])).timestamp())
    pdf = _compilar(plantilla, json.dumps(entrada, ensure_ascii=True), letra, instante)
    return Sellado(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), folio=folio, huella=huella)


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
    """`preparar` and `sellar` at once."""
    contenido = preparar(documento, folio=folio, emitido_en=emitido_en, fuentes=fuentes, zona=zona)
    return sellar(contenido, url_base=url_base, fuentes=fuentes, leyenda=leyenda)


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
