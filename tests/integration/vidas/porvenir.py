"""The years to come, as if their law had been published: a simulated clock goes further than the tables do.

The amounts and rates of the last year known go on, year by year, in copies of the files; the INPC comes month
by month through the action that the administration uses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from workflow.params import inpc, recargos, salario_minimo, uma

HASTA = 2060
# About 4 % a year: the index only has to grow as an index does.
CRECE = 1.0033


@contextmanager
def anios_por_venir(carpeta: Path) -> Iterator[None]:
    """While it lasts, the tables that end with a year go on until `HASTA`."""
    antes = {modulo: modulo.ARCHIVO for modulo in (recargos, salario_minimo, uma)}
    try:
        for modulo, archivo in antes.items():
            copia = carpeta / archivo.name
            tablas = yaml.safe_load(archivo.read_text(encoding="utf-8"))
            for nombre, filas in tablas.items():
                tablas[nombre] = [*filas, *_siguientes(filas)]
            copia.write_text(yaml.safe_dump(tablas, allow_unicode=True), encoding="utf-8")
            _leer_de(modulo, copia)
        yield
    finally:
        for modulo, archivo in antes.items():
            _leer_de(modulo, archivo)


def _siguientes(filas: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row more per year for each that ends with the last year known."""
    fin = max((fila["vigente_hasta"] for fila in filas if "vigente_hasta" in fila), default=None)
    for ultima in [fila for fila in filas if fin is not None and fila.get("vigente_hasta") == fin]:
        for anio in range(fin.year + 1, HASTA + 1):
            corridos = anio - fin.year
            fila = {**ultima}
            fila["vigente_desde"] = ultima["vigente_desde"].replace(
                year=ultima["vigente_desde"].year + corridos
            )
            fila["vigente_hasta"] = fin.replace(year=anio)
            if "anio" in ultima:
                fila["anio"] = ultima["anio"] + corridos
            yield fila


def _leer_de(modulo: ModuleType, archivo: Path) -> None:
    modulo.ARCHIVO = archivo
    for valor in vars(modulo).values():
        if hasattr(valor, "cache_clear"):
            valor.cache_clear()


def archivo_del_inegi(ultimo: inpc.Indice, hasta: dt.date) -> bytes:
    """The file of the months after `ultimo` up to that of `hasta`, as the INEGI publishes it."""
    renglones, mes, valor = ["Fecha,INPC"], ultimo.mes, float(ultimo.valor)
    while mes < hasta.replace(day=1):
        mes = (mes + dt.timedelta(days=32)).replace(day=1)
        valor *= CRECE
        renglones.append(f"{mes:%Y/%m},{valor:.6f}")
    return "\n".join(renglones).encode()
