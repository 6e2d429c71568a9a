"""The reference cases: what a rival has to do, told once for all.

W1: five human steps, an exclusive gateway, a parallel split and join, a timer on the boundary of the last.
W2: seven votes at once between them. The diagrams are those of `tests/process/formas`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

FORMAS = Path(__file__).parents[1] / "process" / "formas"
CASOS = ("w1", "w2")
PASOS = {"w1": 5, "w2": 10}
MONTO = 30
FINAL = "mid"
"""What the gateway makes of MONTO, and with what every case has to end."""

_PLAZO = re.compile(r'<bpmn:timeDate ([^>]*)>plazo\("[^"]*"\)</bpmn:timeDate>')


def diagrama(caso: str) -> str:
    """The diagram as our engine reads it: its timer asks the ledger."""
    return (FORMAS / f"{caso}.bpmn").read_text(encoding="utf-8")


def diagrama_ajeno(caso: str, duracion: str) -> str:
    """The same with a plain duration for engines that know no ledger."""
    return _PLAZO.sub(rf"<bpmn:timeDuration \1>{duracion}</bpmn:timeDuration>", diagrama(caso))


def bucle(vueltas: int) -> str:
    """One human task that comes back that many times."""
    return diagrama("loop").replace("n &lt; 3", f"n &lt; {vueltas}")


def decisiones(nodo: str) -> dict[str, Any]:
    """What the person of that node sends."""
    if nodo == "A":
        return {"monto": MONTO}
    return {"vote": "si"} if nodo == "V" else {}
