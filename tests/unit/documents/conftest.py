"""Documents are tested with the fonts that the set-up builds: without them they must fail, not fall back."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.unit.documents.piezas import INSTANTE
from workflow.documents import Documento, Sellado, render

Emisor = Callable[..., Sellado]


@pytest.fixture
def emitir() -> Emisor:
    def _emitir(documento: Documento, **cambios: object) -> Sellado:
        datos: dict[str, object] = {
            "folio": "DOC-2026-000045-2",
            "url_base": "https://denuncias.example",
            "emitido_en": INSTANTE,
        }
        return render(documento, **{**datos, **cambios})  # type: ignore[arg-type]

    return _emitir


@pytest.fixture
def leer() -> Callable[[bytes], str]:
    def _leer(pdf: bytes) -> str:
        paginas = PdfReader(io.BytesIO(pdf)).pages
        return "\n".join(p.extract_text() for p in paginas).replace("\u200b", "")

    return _leer
