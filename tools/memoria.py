"""The peak of memory of this process, in MB.

`ru_maxrss` survives exec: a child started by a large process reports its parent's peak. Linux's own `VmHWM` belongs to
the program that asks.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

ESTADO = Path("/proc/self/status")


def pico_mb() -> float:
    """Largest resident size so far, in MB."""
    if ESTADO.exists():
        linea = next(x for x in ESTADO.read_text().splitlines() if x.startswith("VmHWM:"))
        return int(linea.split()[1]) / 1024
    pico = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pico / (1024 * 1024 if sys.platform == "darwin" else 1024)
