"""The inbox: what is in each tab, in which order, by which filters, in how many queries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, event

from models.expediente import Expediente
from models.organizacion import Ausencia
from models.proceso import DefinicionProceso, EstadoTarea, Instancia, Tarea
from tests.web.personal import Oficina
from tests.web.publico import Persona
from workflow.operations.plazo import NUNCA
from workflow.queries.bandeja import POR_PAGINA

CONSULTAS_MAXIMAS = 6


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """León and Irapuato."""
    return Oficina(app)


def sembrar(
    oficina: Oficina, cuantas: int, quien: str = "", rol: str = "analista_auditoria", **fijas: object
) -> None:
    """Open tasks that nobody filed: due one hour after the other, priorities in turns."""
    with oficina.ctx() as ctx:
        unidad = oficina.usuario("ana.trejo").subdelegacion_id
        duenio = oficina.usuario(quien).id if quien else None
        definicion = ctx.session.query(DefinicionProceso.id).order_by(DefinicionProceso.id).first()[0]
        expediente = Expediente(
            folio=f"EXP-{cuantas}-{rol[:9]}-{bool(quien)}", subdelegacion_id=unidad, abierto_en=ctx.now
        )
        ctx.session.add(expediente)
        ctx.session.flush()
        caso = Instancia(
            definicion_id=definicion,
            proceso="denuncia",
            sujeto_tipo="denuncia",
            sujeto_id=999999,
            expediente_id=expediente.id,
            subdelegacion_id=unidad,
            iniciada_en=ctx.now,
        )
        ctx.session.add(caso)
        ctx.session.flush()
        for n in range(cuantas):
            datos = {
                "nombre": "Analizar denuncia",
                "formulario": "analizar_denuncia",
                "proceso": "denuncia_tramite",
                "vence_en": ctx.now + dt.timedelta(days=1, hours=n // 3),
                "prioridad": n % 3,
                **fijas,
            }
            ctx.session.add(
                Tarea(
                    instancia_id=caso.id,
                    nodo_motor=f"n{n}",
                    nodo="analizar_denuncia",
                    operacion="analizar_denuncia",
                    rol=rol,
                    sujeto_tipo="denuncia",
                    sujeto_id=999999,
                    folio=f"DEN-{n:04d}",
                    titulo="Patrón de prueba",
                    expediente_id=expediente.id,
                    subdelegacion_id=unidad,
                    asignada_a=duenio,
                    creada_en=ctx.now,
                    **datos,
                )
            )
        ctx.session.commit()


def folios(p: Persona) -> list[str]:
    """Folios of the table, in order."""
    return html.fromstring(p.pagina.text).xpath("//td[contains(@class, 'tarea')]/small/text()")


def cuentas(p: Persona) -> list[int]:
    """The four counts of the tabs."""
    return [int(t) for t in html.fromstring(p.pagina.text).xpath("//nav[@class='pest']//span/text()")]


@contextmanager
def contando(motor: Engine) -> Iterator[list[str]]:
    """Statements that reach the database, without the BEGIN of a transaction."""
    vistas: list[str] = []

    def anotar(_c: object, _cur: object, orden: str, *_resto: object) -> None:
        if not orden.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            vistas.append(orden)

    event.listen(motor, "before_cursor_execute", anotar)
    try:
        yield vistas
    finally:
        event.remove(motor, "before_cursor_execute", anotar)


@pytest.mark.parametrize("cuantas", [0, 25, 500])
@pytest.mark.parametrize("quien", ["ana.trejo", "julia.nieto"])
def test_consultas_de_la_pagina(oficina: Oficina, motor_bd: Engine, cuantas: int, quien: str) -> None:
    """At most six, whatever the number of tasks, for one role and for two."""
    sembrar(oficina, cuantas, quien)
    sembrar(oficina, cuantas, rol="vigencia_derechos" if quien == "julia.nieto" else "analista_auditoria")
    p = oficina.entra(quien)
    for pestana in ("mias", "oficina", "espera", "hechas"):
        with contando(motor_bd) as vistas:
            p.ir(f"/bandeja?pestana={pestana}")
        assert p.pagina.status_code == 200
        assert len(vistas) <= CONSULTAS_MAXIMAS, "\n\n".join(vistas)


def test_orden_y_paginas(oficina: Oficina) -> None:
    sembrar(oficina, 60, "ana.trejo")
    p = oficina.entra("ana.trejo")
    p.ir("/bandeja")
    vistos = folios(p)
    assert len(vistos) == POR_PAGINA
    while siguiente := html.fromstring(p.pagina.text).xpath(
        "//nav[@class='pag']//a[contains(., 'Siguientes')]/@href"
    ):
        p.ir(siguiente[0])
        vistos += folios(p)
    # Deadline first (three tasks share each hour), then priority from the highest.
    esperados = [f"DEN-{hora * 3 + lugar:04d}" for hora in range(20) for lugar in (2, 1, 0)]
    assert vistos == esperados


def test_una_clave_que_no_lo_es_empieza_por_el_principio(oficina: Oficina) -> None:
    sembrar(oficina, 3, "ana.trejo")
    p = oficina.entra("ana.trejo")
    for clave in ("x", "1_2", "nan_1_1", "1e400_1_1", "1_1_1' OR 1=1"):
        p.ir(f"/bandeja?desde={clave}")
        assert p.pagina.status_code == 200, clave


def test_las_cuatro_pestanas(oficina: Oficina) -> None:
    _, calificar = oficina.asignada()
    oficina.denuncia(nombre_patron="Otra, S.A.")
    ana, jefe = oficina.entra("ana.trejo"), oficina.entra("jose.cazares")
    ana.ir("/bandeja")
    assert cuentas(ana) == [1, 0, 0, 0]
    jefe.ir("/bandeja?pestana=oficina")
    assert cuentas(jefe) == [0, 1, 0, 1]
    oficina.cambiar(calificar, en_espera=True, vence_en=NUNCA)
    ana.ir("/bandeja?pestana=espera")
    assert cuentas(ana) == [0, 0, 1, 0]
    assert "En pausa" in ana.texto


def test_nadie_de_otra_oficina_ni_de_otro_papel(oficina: Oficina) -> None:
    oficina.denuncia()
    for quien in ("raul.ibarra", "bruno.salas", "rosa.medina", "daniela.solis", "admin", "revisor"):
        p = oficina.entra(quien)
        p.ir("/bandeja?pestana=oficina")
        assert cuentas(p) == [0, 0, 0, 0], quien


def test_quien_suple_ve_lo_de_quien_falta(oficina: Oficina) -> None:
    oficina.asignada("ana.trejo")
    ana, bruno = oficina.usuario("ana.trejo").id, oficina.usuario("bruno.salas").id
    p = oficina.entra("bruno.salas")
    p.ir("/bandeja")
    assert cuentas(p)[0] == 0
    with oficina.ctx() as ctx:
        hoy = ctx.hoy
        ctx.session.add(Ausencia(usuario_id=ana, suplente_id=bruno, desde=hoy, hasta=hoy))
        ctx.session.commit()
    p.ir("/bandeja")
    assert cuentas(p)[0] == 1


@pytest.mark.parametrize(
    ("filtro", "quedan"),
    [
        ("prioridad=2", 2),
        ("prioridad=2&prioridad=1", 4),
        ("tipo=analizar_denuncia", 6),
        ("tipo=otra_cosa", 0),
        ("proceso=denuncia", 6),
        ("proceso=comite", 0),
        ("vencimiento=3", 6),
        ("vencimiento=vencidas", 0),
        ("vencimiento=sin", 0),
        ("q=den-0003", 1),
        ("q=patr", 6),
        ("q=%25", 0),
        ("q=_", 0),
        ("prioridad=x&vencimiento=y&proceso=z", 6),
    ],
)
def test_filtros(oficina: Oficina, filtro: str, quedan: int) -> None:
    sembrar(oficina, 6, "ana.trejo")
    p = oficina.entra("ana.trejo")
    p.ir(f"/bandeja?{filtro}")
    assert len(folios(p)) == quedan
    assert cuentas(p)[0] == 6


def test_cada_filtro_se_quita(oficina: Oficina) -> None:
    sembrar(oficina, 6, "ana.trejo")
    p = oficina.entra("ana.trejo")
    p.ir("/bandeja?prioridad=2&prioridad=1&q=den")
    quitar = html.fromstring(p.pagina.text).xpath("//a[@class='chip']/@href")
    assert len(quitar) == 3
    assert "/bandeja?prioridad=2&prioridad=1" in quitar
    p.ir("/bandeja?q=nada-coincide")
    assert "Ninguna tarea coincide con los filtros" in p.texto


def test_vacia_dice_por_que(oficina: Oficina) -> None:
    p = oficina.entra("jose.cazares")
    p.ir("/bandeja")
    assert "Estás al día" in p.texto
    assert "no hay ninguna sin tomar" in p.texto
    oficina.denuncia()
    p.ir("/bandeja")
    assert "Hay 1 tarea sin tomar en tu oficina" in p.texto


def test_dame_la_siguiente(oficina: Oficina) -> None:
    p = oficina.entra("jose.cazares")
    p.ir("/bandeja/siguiente")
    assert p.camino == "/bandeja"
    oficina.denuncia()
    p.ir("/bandeja/siguiente")
    tarea = oficina.tareas("asignar_denuncia")[0]
    assert p.camino == f"/tarea/{tarea.id}"
    assert "Te toca esta tarea" in p.texto
    assert oficina.tarea(tarea.id).asignada_a is None  # seeing it takes nothing


def test_novedades(oficina: Oficina) -> None:
    p = oficina.entra("jose.cazares")
    p.ir("/bandeja?pestana=oficina")
    direccion = html.fromstring(p.pagina.text).xpath("//*[@hx-get and @role='status']/@hx-get")[0]
    assert p.cliente.get(direccion).status_code == 204
    oficina.denuncia()
    r = p.cliente.get(direccion)
    assert "1 tarea nueva: actualizar" in re.sub(r"<[^>]+>|\s+", " ", r.text).replace("  ", " ")
    assert p.cliente.get("/bandeja/novedades?t=ayer").status_code == 204


def test_tomar_desde_la_bandeja(oficina: Oficina) -> None:
    oficina.denuncia()
    tarea = oficina.tareas("asignar_denuncia")[0]
    p = oficina.entra("jose.cazares")
    p.ir("/bandeja?pestana=oficina")
    p.enviar(f"/tarea/{tarea.id}/tomar")
    assert p.camino == f"/tarea/{tarea.id}"
    assert oficina.tarea(tarea.id).asignada_a == oficina.usuario("jose.cazares").id
    p.enviar(f"/tarea/{tarea.id}/soltar")
    assert oficina.tarea(tarea.id).asignada_a is None


def test_posponer(oficina: Oficina) -> None:
    _, numero = oficina.asignada()
    p = oficina.entra("ana.trejo")
    p.ir(f"/tarea/{numero}/posponer")
    for mal in ("2020-01-01", "2026-02-31", "mañana"):
        p.enviar(f"/tarea/{numero}/posponer", hasta=mal)
        assert p.pagina.status_code == 422, mal
    with oficina.ctx() as ctx:
        futuro = (ctx.hoy + dt.timedelta(days=9)).isoformat()
    p.enviar(f"/tarea/{numero}/posponer", hasta=futuro)
    assert cuentas(p) == [0, 0, 1, 0]
    assert oficina.tarea(numero).estado == EstadoTarea.ABIERTA
