"""The same house in two web processes and two workers on one PostgreSQL: nothing is done twice, nothing is left."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from models.bitacora import Entrada
from models.proceso import EstadoTarea, Tarea
from models.salida import EstadoSalida, Salida
from tests.chaos.estado import Estado
from tests.soporte.en_marcha import a_la_vez, en_marcha
from tests.web.personal import Oficina
from web.config import Ajustes

CASOS, NAVEGADORES = 3, 2


@pytest.mark.una_base("postgresql")
def test_dos_webs_y_dos_trabajadores(app: Flask, ajustes: Ajustes, tmp_path: Path) -> None:
    """Each task is sent from two browsers at once; all terms fall due in one instant, with both workers looking."""
    if app.extensions["denuncias"].motor.dialect.name != "postgresql":
        pytest.skip("several processes ask for PostgreSQL")
    oficina = Oficina(app)
    for _ in range(CASOS):
        oficina.denuncia()
        oficina.denuncia(identificarse="no", nombre=None, curp=None, primer_apellido=None)
    tareas = [t.id for t in oficina.tareas("asignar_denuncia")][:CASOS]
    with en_marcha(oficina, ajustes, tmp_path) as casa:
        vistos = a_la_vez([partial(casa.asignar, t) for t in tareas for _ in range(NAVEGADORES)])
        assert set(vistos) <= {200, 409, 410}, vistos
        assert vistos.count(200) >= len(tareas)
        casa.adelantar(60)
        casa.aquietar()
        for corre in casa.procesos:
            assert '"level": "error"' not in corre.dicho, corre.dicho
    estado = Estado(oficina.ctx)
    assert estado.todas() == []
    assert estado.pendientes() == []
    with oficina.ctx() as ctx:
        hechas = select(func.count(Tarea.id)).where(Tarea.id.in_(tareas), Tarea.estado == EstadoTarea.HECHA)
        assert ctx.session.scalar(hechas) == len(tareas)
        disparos = ctx.session.scalars(select(Entrada).where(Entrada.verbo == "disparar_plazo")).all()
        veces = Counter((uno.cadena, plazo) for uno in disparos for plazo in uno.datos["plazos"])
        assert len(veces) >= CASOS
        assert set(veces.values()) == {1}
        correos = select(func.count(Salida.id)).where(
            Salida.tipo == "correo", Salida.estado == EstadoSalida.HECHA
        )
        assert len(list((tmp_path / "correo").glob("*.eml"))) == (ctx.session.scalar(correos) or 0)
