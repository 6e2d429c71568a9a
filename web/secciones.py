"""The sections of the site, in the order in which their routes are tried."""

from __future__ import annotations

from flask import Blueprint

from web.acceso import bp as acceso
from web.bandeja import bp as bandeja
from web.calculadoras import bp as calculadoras
from web.calendario import bp as calendario
from web.cobro import bp as cobro
from web.comite import bp as comite
from web.expediente import bp as expediente
from web.procesos import bp as procesos
from web.promociones import bp as promociones
from web.publico import bp as publico
from web.remates import bp as remates
from web.restituciones import bp as restituciones
from web.salud import bp as salud
from web.tarea import bp as tarea
from web.trabajadores import bp as trabajadores

SECCIONES: tuple[Blueprint, ...] = (
    salud,
    publico,
    remates,
    acceso,
    bandeja,
    tarea,
    expediente,
    comite,
    procesos,
    calculadoras,
    calendario,
    cobro,
    promociones,
    trabajadores,
    restituciones,
)
