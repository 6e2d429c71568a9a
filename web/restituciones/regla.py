"""How the weeks of these pages are counted, and how sure we are of it."""

from __future__ import annotations

from typing import Any

from web.ctx import contexto
from workflow.queries import restitucion
from workflow.queries.plazos import CONFIANZA


def semanas() -> dict[str, Any]:
    """The rule in force and the words for what is not confirmed: for the macro of the foot."""
    return {"regla": restitucion.regla(contexto()), "confianzas": CONFIANZA}
