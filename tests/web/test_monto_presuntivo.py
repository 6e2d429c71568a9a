"""The presumptive amount where people read it: on the forms, kept with the proposal, on its case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from models.denuncia import Denuncia
from models.patron import Patron
from models.propuesta import Propuesta
from tests.web.personal import Oficina, apretar, enviar
from tests.web.publico import Persona
from tests.web.test_tarea import ADMITIDA, ANALISIS, siguiente
from web.filters import dinero
from workflow.rules import presuntivo
from workflow.rules.presuntivo import Hecho


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """León and Irapuato."""
    return Oficina(app)


def monto(p: Persona) -> str:
    """The figure of the form with how it came to be."""
    (cifra,) = html.fromstring(p.pagina.text).xpath("//dl[@class='totales'][div/dt[.='Monto presuntivo']]")
    return " ".join(" ".join(cifra.itertext()).split())


def en_analisis(oficina: Oficina) -> Persona:
    caso = oficina.asignada(nombre_patron="Maquilados y Acabados del Bajío", registro_patronal="C472134010")
    p = oficina.entra("ana.trejo")
    enviar(p, caso[1], **ADMITIDA)
    p.ir(f"/tarea/{siguiente(oficina, 'analizar_denuncia')}")
    return p


def test_de_lo_que_conto_a_la_propuesta(oficina: Oficina) -> None:
    p = en_analisis(oficina)
    # She told that it goes on, and gave no registered wage: nothing to compare with.
    assert "Sin monto No se puede calcular: falta" in monto(p)
    assert "no tiene salario registrado" in monto(p)
    periodo = {"hechos__0__periodo__desde": "2025-01-01", "hechos__0__periodo__hasta": "2025-06-30"}
    salarios = {"hechos__0__salario_real": "457.14", "hechos__0__salario_registrado": "300.00"}
    apretar(p, "guardar", **periodo, **salarios)
    p.ir(f"/tarea/{siguiente(oficina, 'analizar_denuncia')}")
    with oficina.ctx() as ctx:
        patron = ctx.session.scalars(select(Patron).where(Patron.registro_patronal == "C472134010")).one()
        esperado = presuntivo.calcular(
            [
                [
                    Hecho(
                        "salario_menor",
                        dt.date(2025, 1, 1),
                        dt.date(2025, 6, 30),
                        Decimal("457.14"),
                        Decimal("300.00"),
                    )
                ]
            ],
            ctx.hoy,
            clase_riesgo=patron.clase_riesgo,
            prima=patron.prima,
            zona=patron.zona,
        )
    assert esperado.monto is not None
    dicho = f"Monto presuntivo {dinero(esperado.monto)} Cuotas omitidas de 1 persona en 6 meses"
    assert monto(p).startswith(dicho)
    assert "Es presuntivo: no es un crédito" in monto(p)
    apretar(p, **ANALISIS)
    assert "Tarea hecha." in p.texto, p.errores
    jefe = oficina.entra("jose.cazares")
    enviar(jefe, siguiente(oficina, "revisar_propuesta"), destino="nueva", resumen_confirmado="si")
    jefe.ir(f"/tarea/{siguiente(oficina, 'completar_ficha')}")
    assert monto(jefe).startswith(dicho)
    with oficina.ctx() as ctx:
        propuesta = ctx.session.scalars(select(Propuesta)).one()
        assert propuesta.monto_presuntivo == esperado.monto
        folio = propuesta.folio
    jefe.ir(f"/caso/{folio}")
    assert dinero(esperado.monto) in jefe.texto
    assert "Cómo se estimó" in jefe.texto
    # A fact judged otherwise later: the amount kept stays, and no explanation says it comes from elsewhere.
    with oficina.ctx() as ctx:
        denuncia = ctx.session.scalars(select(Denuncia)).one()
        hechos = [{**fila, "resultado": "no_acreditado"} for fila in (denuncia.analisis or {})["hechos"]]
        denuncia.analisis = {**(denuncia.analisis or {}), "hechos": hechos}
        ctx.session.commit()
    jefe.ir(f"/caso/{folio}")
    assert dinero(esperado.monto) in jefe.texto
    assert "Cómo se estimó" not in jefe.texto


def test_un_salario_ilegible_no_rompe_la_pagina(oficina: Oficina) -> None:
    p = en_analisis(oficina)
    apretar(p, **{**ANALISIS, "hechos__0__salario_real": "mucho", "hechos__0__periodo__desde": "ayer"})
    assert p.pagina.status_code == 422
    assert "Sin monto" in monto(p)
