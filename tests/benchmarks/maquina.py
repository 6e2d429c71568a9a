"""On what the benchmarks ran: a number without its machine says nothing."""

from __future__ import annotations

import datetime as dt
import os
import platform
from pathlib import Path
from typing import Any

CPUINFO, MEMINFO = Path("/proc/cpuinfo"), Path("/proc/meminfo")


def describir() -> dict[str, Any]:
    """Processor, cores, memory, Python, system, and how busy others kept it at that moment."""
    return {
        "cuando": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "procesador": _campo(CPUINFO, "model name") or platform.processor(),
        "nucleos": os.cpu_count(),
        "memoria": _campo(MEMINFO, "MemTotal"),
        "sistema": platform.platform(terse=True),
        "python": platform.python_version(),
        "carga": [round(x, 1) for x in os.getloadavg()],
    }


def _campo(archivo: Path, nombre: str) -> str:
    """The value of the first `nombre: value` of a file of /proc; empty where there is none."""
    if not archivo.exists():
        return ""
    for linea in archivo.read_text().splitlines():
        clave, _, valor = linea.partition(":")
        if clave.strip() == nombre:
            return valor.strip()
    return ""
