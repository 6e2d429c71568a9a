"""Before the demonstration is taken away: is everything in this database fictitious?"""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import func, select

from models.organizacion import Usuario
from workflow.actions.casa import Casa
from workflow.errors import NoPermitido


def comprobar(obra: Casa) -> None:
    """Raise NoPermitido outside of the demonstration mode, or when an account is not of the demonstration."""
    if obra.modo != "demo":
        raise NoPermitido("Los datos sólo se borran en MODO=demo.")
    with obra.ctx() as ctx:
        ajenas = ctx.session.scalar(select(func.count(Usuario.id)).where(~Usuario.es_demo)) or 0
    if ajenas:
        raise NoPermitido(
            f"Hay {ajenas} cuentas que no son de demostración: no se borra nada. Usa otra base de datos."
        )


def vaciar_almacen(carpeta: Path) -> int:
    """Delete the files that the store keeps by digest (and nothing else); returns how many."""
    cuantos = 0
    for grupo in carpeta.glob("[0-9a-f][0-9a-f]"):
        archivos = [a for a in grupo.iterdir() if len(a.name) == 64]
        if grupo.is_dir() and len(archivos) == len(list(grupo.iterdir())):
            cuantos += len(archivos)
            shutil.rmtree(grupo)
    return cuantos
