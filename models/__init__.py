"""WHAT IS TRUE: the tables and their invariants. Imports nothing else of the project."""

from models import (
    acto,
    bitacora,
    comite,
    credito,
    denuncia,
    documento,
    expediente,
    identidad,
    organizacion,
    patron,
    plazo,
    proceso,
    propuesta,
    reloj,
    restitucion,
    riesgo,
    salida,
)
from models.base import Base

__all__ = [
    "Base",
    "acto",
    "bitacora",
    "comite",
    "credito",
    "denuncia",
    "documento",
    "expediente",
    "identidad",
    "organizacion",
    "patron",
    "plazo",
    "proceso",
    "propuesta",
    "reloj",
    "restitucion",
    "riesgo",
    "salida",
]
