"""The calculators: the right figure, its steps, the link that reproduces it, the same as the command."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker

from models.indice import IndicePrecios
from models.organizacion import Subdelegacion
from models.plazo import DiaInhabil
from tests.web import calculadoras as c
from tests.web.personal import Oficina
from tests.web.publico import organizar
from web.calculadoras import plazo
from web.calculadoras.plazo import catalogo
from web.filters import dinero, fecha_corta, fecha_larga
from workflow.rules.calcular import calcular_caso

PAGINAS = ("plazo", "cuotas", "accesorios", "multa", "gastos", "repse", "caducidad", "identificador")
NOMBRES = [f"{pagina}-{n}" for n, (pagina, _, _) in enumerate(c.CASOS)]


def esperado(clave: str, valor: Any) -> str | None:
    """How a page writes a key of the result."""
    if valor is None:
        return None
    if clave in c.DINERO:
        return dinero(Decimal(valor))
    if clave in c.FECHAS:
        return fecha_larga(dt.date.fromisoformat(valor))
    if clave in c.CORTAS:
        return fecha_corta(dt.date.fromisoformat(valor))
    return str(valor) if clave in c.IGUALES else None


@pytest.mark.parametrize("pagina", PAGINAS)
def test_en_blanco_pide_datos_y_no_se_queja(cliente: FlaskClient, pagina: str) -> None:
    r = c.abrir(cliente, pagina)
    assert r.status_code == 200
    assert c.errores(r) == {}
    assert c.resultado(r) == ""
    assert "Aquí verás" in c.texto(r)
    assert "Set-Cookie" not in r.headers  # no cookie is needed
    assert r.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("pagina", "datos", "caso"), c.CASOS, ids=NOMBRES)
def test_pagina_y_mando_dicen_lo_mismo(
    app: Flask, cliente: FlaskClient, pagina: str, datos: dict[str, str], caso: dict[str, Any]
) -> None:
    (hecho,) = c.por_el_mando(app, [caso])
    assert "error" not in hecho, hecho
    r = c.abrir(cliente, pagina, datos)
    assert r.status_code == 200, c.errores(r)
    dicho = c.resultado(r)
    cifras = [frase for clave, valor in hecho.items() if (frase := esperado(clave, valor))]
    assert cifras
    assert [frase for frase in cifras if frase not in dicho] == []
    for paso in hecho["pasos"]:
        assert paso["que"] in dicho
        assert paso["articulo"] in dicho


DIAS = st.dates(dt.date(2007, 1, 1), dt.date(2060, 12, 31))
TRAMOS = st.tuples(DIAS, st.integers(0, 60)).map(
    lambda t: {"desde": t[0].isoformat(), "hasta": (t[0] + dt.timedelta(days=t[1])).isoformat()}
)


@given(
    longitud=st.integers(1, 400),
    unidad=st.sampled_from(tuple(plazo.UNIDADES)),
    desde=DIAS,
    inicio=st.sampled_from(tuple(plazo.INICIOS)),
    regimen=st.sampled_from(("cff", "racerf")),
    prorroga=st.booleans(),
    extra=st.lists(DIAS.map(dt.date.isoformat), max_size=5),
    suspensiones=st.lists(TRAMOS, max_size=3),
)
def test_todo_plazo_vence_igual_en_la_pagina_y_en_el_mando(
    longitud: int,
    unidad: str,
    desde: dt.date,
    inicio: str,
    regimen: str,
    prorroga: bool,
    extra: list[str],
    suspensiones: list[dict[str, str]],
) -> None:
    caso = {
        "regla": "plazo",
        "longitud": longitud,
        "unidad": unidad,
        "desde": desde.isoformat(),
        "inicio": inicio,
        "regimen": regimen,
        "prorroga": prorroga,
        "inhabiles_extra": extra,
        "suspensiones": suspensiones,
    }
    dicho = calcular_caso(caso)
    visto = plazo.calcular(caso, plazo.motivos_de(caso, {}))
    assert visto.plazo.vence.isoformat() == dicho["vence"]
    assert visto.plazo.dia_uno.isoformat() == dicho["dia_uno"]
    # The calendar drawn counts every day of the term, and its last sum is the length.
    if unidad in ("habiles", "naturales"):
        assert visto.semanas[-1].suma == longitud
        assert sum(celda.clase == "ven" for s in visto.semanas for celda in s.celdas) == 1
    else:
        assert visto.semanas == ()


@pytest.mark.parametrize(("pagina", "datos", "caso"), c.CASOS, ids=NOMBRES)
def test_el_enlace_repite_el_calculo(
    cliente: FlaskClient, pagina: str, datos: dict[str, str], caso: dict[str, Any]
) -> None:
    primera = c.abrir(cliente, pagina, datos)
    segunda = cliente.get(c.enlace(primera))
    assert segunda.status_code == 200
    assert c.resultado(segunda) == c.resultado(primera)
    assert c.enlace(segunda) == c.enlace(primera)
    # The form is whole again: sending it as it stands gives the same once more.
    tercera = c.abrir(cliente, pagina, c.valores(segunda))
    # Its own address may say one more choice that was the default of the first.
    direccion = r"\S+\?\S+"
    assert re.sub(direccion, "", c.resultado(tercera)) == re.sub(direccion, "", c.resultado(primera))


@pytest.mark.parametrize(
    ("pagina", "frases"),
    [
        (0, ("lunes 6 de abril de 2026", "Saltados9 días", "Juárez", "13 mar 2026", "17 mar 2026")),
        (1, ("martes 3 de febrero de 2026",)),
        (3, ("sábado 31 de enero de 2026",)),
        (4, ("$3,258.51", "$374.02", "Cesantía en edad avanzada y vejez")),
        (6, ("1.0176", "$10,471.10", "$112,231.10", "$112,231.00", "10.29 %", "Por verificar")),
        (10, ("$2,000.00", "$4,000.00", "RCFF 95")),
        (11, ("sábado 28 de febrero de 2026", "martes 10 de marzo de 2026")),
    ],
)
def test_ejemplos_del_contrato(cliente: FlaskClient, pagina: int, frases: tuple[str, ...]) -> None:
    nombre, datos, _ = c.CASOS[pagina]
    dicho = c.resultado(c.abrir(cliente, nombre, datos))
    assert [frase for frase in frases if frase not in dicho] == []


def test_cuotas_por_mes_y_por_ramo(cliente: FlaskClient) -> None:
    r = c.abrir(cliente, "cuotas", c.CASOS[5][1])
    tablas = [t.xpath("./caption")[0].text_content() for t in html.fromstring(r.text).xpath("//table")]
    assert tablas[:2] == ["Cuotas por mes", "Cuotas por ramo, todos los meses"]
    assert tablas[2:] == [
        f"Cuotas de {mes}"
        for mes in ("noviembre de 2025", "diciembre de 2025", "enero de 2026", "febrero de 2026")
    ]
    assert "LSS 36" in c.resultado(r)  # the daily wage is the minimum: the employer pays all


def test_los_meses_no_llevan_calendario(cliente: FlaskClient) -> None:
    assert "Qué días cuentan" not in c.resultado(c.abrir(cliente, "plazo", c.CASOS[1][1]))
    largo = c.abrir(cliente, "plazo", {"longitud": "90", "desde": "2026-03-12"})
    assert re.search(r"… 1\d semanas, \d\d días contados", c.resultado(largo))
    assert len(html.fromstring(largo.text).xpath("//table[@class='cal']/tbody/tr")) == 7
    anios = c.resultado(c.abrir(cliente, "plazo", {"longitud": "5000", "desde": "2026-03-12"}))
    assert re.search(r"5 de mayo, Batalla de Puebla; … \d+ días más …; ", anios)


# -- the catalogue of terms --------------------------------------------------------------------------------
def test_la_clave_llena_el_plazo(cliente: FlaskClient) -> None:
    r = c.abrir(cliente, "plazo", {"clave": "aviso_cambios", "desde": "2026-03-12"})
    definicion = catalogo()["aviso_cambios"]
    llenos = c.valores(r)
    assert llenos["clave"] == "aviso_cambios"
    assert llenos["longitud"] == str(definicion.longitud)
    assert (llenos["unidad"], llenos["inicio"]) == (definicion.unidad, definicion.inicio)
    assert llenos["ultimo"] == "racerf"
    assert definicion.cita in c.resultado(r)
    assert definicion.al_vencer in c.resultado(r)
    assert c.del_enlace(r) == {"clave": "aviso_cambios", "desde": "2026-03-12"}


def test_elegir_otro_trae_sus_valores_y_cambiar_uno_lo_suelta(cliente: FlaskClient) -> None:
    llenos = c.valores(c.abrir(cliente, "plazo", {"clave": "aviso_cambios", "desde": "2026-03-12"}))
    otro = c.abrir(cliente, "plazo", {**llenos, "clave": "mod_contrato_col"})
    assert c.valores(otro)["longitud"] == "30"
    assert c.valores(otro)["unidad"] == "naturales"
    cambiado = c.abrir(cliente, "plazo", {**llenos, "longitud": "8"})
    assert "clave" not in c.valores(cambiado)
    assert "Cambiaste un dato del plazo del catálogo" in c.texto(cambiado)
    assert "RACERF 16" not in c.resultado(cambiado)


def test_cada_plazo_del_catalogo_se_calcula(cliente: FlaskClient) -> None:
    for clave in catalogo():
        r = c.abrir(cliente, "plazo", {"clave": clave, "desde": "2026-03-12"})
        assert r.status_code == 200, clave
        assert c.resultado(r), clave
    assert len(catalogo()) > 50


# -- the calendars of the house ----------------------------------------------------------------------------
def test_calendario_del_instituto_y_de_la_unidad(
    cliente: FlaskClient, sesiones: sessionmaker[Session]
) -> None:
    unidad = organizar(sesiones)
    with sesiones() as s:
        s.add_all(
            [
                _dia("2026-03-18", None, "Aniversario del Instituto"),
                _dia("2026-03-19", unidad, "Inundación"),
            ]
        )
        s.commit()
    datos = c.CASOS[0][1]
    vence = {
        calendario: c.resultado(c.abrir(cliente, "plazo", {**datos, "calendario": calendario}))
        for calendario in ("cff", "instituto", "1101")
    }
    assert "lunes 6 de abril" in vence["cff"]
    assert "martes 7 de abril" in vence["instituto"]
    assert "miércoles 8 de abril" in vence["1101"]
    assert "Inundación" in vence["1101"]
    enlazado = c.abrir(cliente, "plazo", {**datos, "calendario": "1101"})
    assert c.del_enlace(enlazado)["calendario"] == "1101"


def _dia(fecha: str, unidad: int | None, motivo: str) -> DiaInhabil:
    return DiaInhabil(
        fecha=dt.date.fromisoformat(fecha),
        subdelegacion_id=unidad,
        motivo=motivo,
        cita="CCT",
        registrado_en=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


def test_el_inpc_importado_cuenta(cliente: FlaskClient, sesiones: sessionmaker[Session]) -> None:
    datos = {"importe": "100000", "debio_pagarse": "2025-02-17", "fecha_pago": "2026-07-15"}
    assert "INPC de mayo de 2026" in c.resultado(c.abrir(cliente, "accesorios", datos))
    with sesiones() as s:
        s.add(
            IndicePrecios(
                mes=dt.date(2026, 6, 1),
                valor="146.001",
                sustituye=False,
                archivo_sha256="0" * 64,
                cita="INEGI",
                importado_en=dt.datetime(2026, 7, 9, tzinfo=dt.UTC),
            )
        )
        s.commit()
    assert "INPC de junio de 2026, 146.001" in c.resultado(c.abrir(cliente, "accesorios", datos))


def test_consultas_fijas(
    app: Flask, cliente: FlaskClient, motor_bd: Engine, sesiones: sessionmaker[Session]
) -> None:
    unidad = organizar(sesiones)
    with sesiones() as s:
        s.add_all([_dia(f"2026-05-{n:02}", unidad, "Cierre") for n in range(6, 16)])
        s.commit()
    hechas: list[str] = []
    event.listen(motor_bd, "before_cursor_execute", lambda *a: hechas.append(a[2]))
    cuantas = {}
    for pagina, datos, _ in c.CASOS:
        mas = {"calendario": "1101"} if pagina == "plazo" else {}
        hechas.clear()
        assert c.abrir(cliente, pagina, {**datos, **mas}).status_code == 200
        cuantas[pagina] = len([q for q in hechas if q.lstrip().upper().startswith("SELECT")])
    assert max(cuantas.values()) <= 3, cuantas


# -- who looks ---------------------------------------------------------------------------------------------
def test_con_sesion_lleva_la_barra_del_personal(app: Flask, sesiones: sessionmaker[Session]) -> None:
    oficina = Oficina(app)
    persona = oficina.entra("ana.trejo")
    persona.ir("/calculadoras/plazo")
    documento = html.fromstring(persona.pagina.text)
    assert documento.find_class("barra__nav")
    actual = documento.xpath("//nav[@class='barra__nav']/a[@aria-current='page']")
    assert [a.text_content() for a in actual] == ["Calculadoras"]
    with sesiones() as s:
        unidad = s.get_one(Subdelegacion, oficina.usuario("ana.trejo").subdelegacion_id)
        s.add(_dia("2026-03-19", unidad.id, "Inundación"))
        clave = unidad.clave
        s.commit()
    persona.ir("/calculadoras/plazo")
    elegida = html.fromstring(persona.pagina.text).xpath("//select[@id='calendario']/option[@selected]")
    assert [o.get("value") for o in elegida] == [clave]  # a blank form proposes the calendar of her unit


def test_el_indice_dice_que_hace_cada_una(cliente: FlaskClient) -> None:
    r = cliente.get("/calculadoras")
    documento = html.fromstring(r.text)
    enlaces = {a.get("href") for a in documento.xpath("//main//li//a")}
    assert {f"/calculadoras/{p}" for p in PAGINAS} <= enlaces
    assert documento.xpath("//meta[@name='robots']/@content") == ["index"]
    assert 'href="/calculadoras"' in cliente.get("/").text
    con_datos = c.abrir(cliente, *c.CASOS[0][:2])
    assert html.fromstring(con_datos.text).xpath("//meta[@name='robots']/@content") == ["noindex"]
