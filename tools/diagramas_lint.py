"""Run bpmnlint over every diagram of bpmn/, with the system's Node.js or the wheel's."""

from __future__ import annotations

import subprocess
import sys

from tools import entorno


def main() -> int:
    """Status of the linter; 1 when there is no diagram at all."""
    diagramas = sorted(str(p.relative_to(entorno.RAIZ)) for p in (entorno.RAIZ / "bpmn").rglob("*.bpmn"))
    if not diagramas:
        sys.stderr.write("No hay diagramas en bpmn/.\n")
        return 1
    orden = [*entorno.node_bin("node"), "tools/bpmnlint.mjs", *diagramas]
    return subprocess.run(orden, cwd=entorno.RAIZ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
