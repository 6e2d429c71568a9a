"""Which terms may be lengthened, and by which (`ampliaciones.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from workflow.params._campos import leer_yaml
from workflow.params.errores import ParametroInvalido
from workflow.params.loader import UNIDADES_CONTADAS, catalogo_plazos

_ARCHIVO = Path(__file__).parent / "ampliaciones.yaml"


def ampliables(clave: str) -> tuple[str, ...]:
    """The keys of the terms that may lengthen the term `clave`; none for most."""
    return _todas().get(clave, ())


def cargar(archivo: Path) -> dict[str, tuple[str, ...]]:
    """Read and check a file of extensions. Raises ParametroInvalido for a term that is not counted."""
    leidas = {}
    for base, extensiones in leer_yaml(archivo).items():
        for clave in (base, *extensiones):
            definicion = catalogo_plazos().get(clave)
            if definicion is None or definicion.unidad not in UNIDADES_CONTADAS:
                raise ParametroInvalido(f"{archivo.name}: {base}: «{clave}» no es un plazo que se cuente")
        leidas[base] = tuple(extensiones)
    return leidas


@cache
def _todas() -> Mapping[str, tuple[str, ...]]:
    return cargar(_ARCHIVO)
