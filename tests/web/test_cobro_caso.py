"""The pages of an act, a credit and an enforcement: what they show, to whom, and how often they ask."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, select

from models.acto import Acto
from models.bien import Bien
from models.credito import Cedula, ClaseCredito, Credito
from tests.web.mesa import contando
from tests.web.personal import Oficina
from tests.web.publico import CURP, NSS, Persona
from tests.web.segunda import expediente_completo
from workflow.operations import credito, credito_calculo
from workflow.queries import cedula_credito
from workflow.rules.cedula import Sancion

Caso = tuple[Oficina, str, str, str]


@pytest.fixture
def caso(app: Flask) -> Caso:
    """An act with a credit of November and December 2025 and its enforcement; it is 20 November 2026."""
    oficina = Oficina(app)
    return (oficina, *expediente_completo(oficina))


def _pesos(texto: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9.]", "", texto))


def test_el_acto_con_sus_papeles(caso: Caso) -> None:
    oficina, acto, credito, pae = caso
    p = oficina.entra("jose.cazares")
    assert p.ir(f"/caso/{acto}").status_code == 200
    for dicho in (
        "ORD-1", "Acta parcial de inicio", "Daniela", "Nóminas de noviembre", "Pagó salarios mayores",
        "Cédula de liquidación", "Pendiente", "3 personas, 3 renglones", credito,
    ):  # fmt: skip
        assert dicho in p.texto, dicho
    assert pae not in p.texto  # who audits does not see the enforcement
    assert f"/caso/{acto}/trabajadores" in p.pagina.text
    assert f"/caso/{acto}/promocion" in p.pagina.text


def test_el_credito_con_su_camino_y_su_saldo(caso: Caso) -> None:
    oficina, _acto, credito, pae = caso
    p = oficina.entra("hector.rios")
    assert p.ir(f"/caso/{credito}").status_code == 200
    for dicho in ("Saldo", "Principal", "Accesorios", "Determinación", "Cuotas omitidas", pae):
        assert dicho in p.texto, dicho
    for parte in ("cedula", "cuenta", "linea", "documentos", "plazos", "relacionados", "proceso"):
        assert p.ir(f"/caso/{credito}/{parte}").status_code == 200, parte


def test_la_cedula_es_la_que_se_guardo(caso: Caso) -> None:
    oficina, _, folio, _ = caso
    with oficina.ctx() as ctx:
        fila = ctx.session.scalars(select(Credito)).one()
        guardada = ctx.session.scalars(select(Cedula)).one()
        c = cedula_credito.de(ctx, fila)
        assert c is not None
        assert c.vista is not None
        hecha = c.vista.cedula
        assert (hecha.patron, hecha.trabajador) == (guardada.omitido_patron, guardada.omitido_trabajador)
        assert (hecha.actualizacion, hecha.recargos) == (guardada.actualizacion, guardada.recargos)
        assert hecha.total == guardada.total
        al = dt.date(2026, 8, 3)
        otra = cedula_credito.de(ctx, fila, al)
        despues = credito_calculo.recomputar(ctx, fila, al)
        assert otra is not None
        assert otra.vista is not None
        assert otra.vista.cedula.total == despues.total
    p = oficina.entra("hector.rios")
    p.ir(f"/caso/{folio}/cedula")
    assert "Rosa Martínez Luna" in p.texto
    assert "Cesantía" not in p.texto  # another credit collects it


def test_cada_cifra_dice_de_donde_sale(caso: Caso) -> None:
    oficina, _, folio, _ = caso
    p = oficina.entra("hector.rios")
    p.ir(f"/caso/{folio}/cedula")
    cifras = html.fromstring(p.pagina.text).xpath("//table[contains(@class, 'ced')]//td//a")
    assert len(cifras) > 30
    for cifra in cifras[::7]:
        p.ir(cifra.get("href").replace("&amp;", "&").split("#")[0])
        arbol = html.fromstring(p.pagina.text)
        resultado = arbol.xpath("//section[@id='operacion']//tr[@class='res']/td")
        assert resultado, cifra.get("href")
        assert _pesos(resultado[0].text_content()) == _pesos(cifra.text_content())
        lineas = arbol.xpath("//section[@id='operacion']//tr[not(@class)]/td")
        columna = cifra.get("href").split("foco=")[1].split("#")[0].rsplit(".", 1)[1]
        if columna in ("TOTAL", "TRAB"):
            signos = [-1 if "−" in x.text_content() else 1 for x in lineas]
            suma = sum(s * _pesos(x.text_content()) for s, x in zip(signos, lineas, strict=True))
            assert suma == _pesos(cifra.text_content())


@pytest.mark.parametrize(
    ("al", "frase"),
    [
        ("2025-11-15", "no han pasado no se deben"),
        ("ayer", "Escribe una fecha que exista"),
        ("2026-02-31", "Escribe una fecha que exista"),
        ("0001-01-01", ""),
        ("9999-12-31", ""),
    ],
)
def test_dias_que_no_se_pueden(caso: Caso, al: str, frase: str) -> None:
    oficina, _, folio, _ = caso
    p = oficina.entra("hector.rios")
    assert p.ir(f"/caso/{folio}/cedula?al={al}").status_code == 422
    assert frase in p.texto
    assert p.ir(f"/caso/{folio}/cuenta?al={al}").status_code in (200, 422)


def test_la_cuenta_suma(caso: Caso) -> None:
    oficina, _, folio, _ = caso
    p = oficina.entra("hector.rios")
    p.ir(f"/caso/{folio}/cuenta")
    arbol = html.fromstring(p.pagina.text)
    ultimo = arbol.xpath("//tbody/tr[last()]/td[last()]")[0].text_content()
    total = arbol.xpath("//dl[@class='totales']/div[@class='gran']/dd")[0].text_content()
    assert _pesos(ultimo) == _pesos(total) > 0


def test_el_pae(caso: Caso) -> None:
    oficina, _acto, credito, pae = caso
    p = oficina.entra("hector.rios")
    assert p.ir(f"/caso/{pae}").status_code == 200
    for dicho in (
        "Exigible", "Mandamiento", "Embargo", "1 bien", "Avalúo", "Camioneta de reparto", "$175,000.00",
        "Delia Ponce", "Requerimiento y embargo", "No pago", "$570.00", "Cubren", "abababab", credito,
    ):  # fmt: skip
        assert dicho in p.texto, dicho
    paso = html.fromstring(p.pagina.text).xpath("//li[@aria-current='step']/b")
    assert [x.text_content() for x in paso] == ["Remate"]
    assert p.ir(f"/caso/{pae}/cedula").status_code == 404
    assert p.ir(f"/caso/{pae}/relacionados").status_code == 200
    assert credito in p.texto


@pytest.mark.parametrize("quien", ["ana.trejo", "bruno.salas", "raul.ibarra", "admin"])
def test_para_los_demas_no_existen(caso: Caso, quien: str) -> None:
    oficina, acto, credito, pae = caso
    p = oficina.entra(quien)
    for folio in (acto, credito, pae):
        assert p.ir(f"/caso/{folio}").status_code == 404
    for parte in ("cedula", "cedula.csv", "cuenta"):
        assert p.ir(f"/caso/{credito}/{parte}").status_code == 404


def test_la_cedula_baja_entera(caso: Caso) -> None:
    oficina, _, credito, _ = caso
    bajada = oficina.entra("hector.rios").cliente.get(f"/caso/{credito}/cedula.csv")
    lineas = bajada.data.decode("utf-8-sig").splitlines()
    assert len(lineas) == 1 + 3 * 2
    assert "attachment" in bajada.headers["Content-Disposition"]


def test_quien_denuncio_no_aparece(caso: Caso) -> None:
    oficina, acto, credito, pae = caso
    oficina.denuncia()
    for quien, folios in (("jose.cazares", (acto, credito)), ("hector.rios", (credito, pae))):
        p: Persona = oficina.entra(quien)
        for folio in folios:
            for parte in ("", "/relacionados", "/linea"):
                p.ir(f"/caso/{folio}{parte}")
                assert CURP not in p.texto
                assert NSS not in p.texto
                assert "DEN-" not in p.texto or quien == "jose.cazares"


def test_un_expediente_largo_no_pregunta_mas(caso: Caso, motor_bd: Engine) -> None:
    oficina, _acto, _, pae = caso
    p = oficina.entra("hector.rios")
    p.ir(f"/caso/{pae}")
    with contando(motor_bd) as pocas:
        p.ir(f"/caso/{pae}")
    with oficina.ctx() as ctx:
        uno = ctx.session.scalars(select(Bien)).one()
        for n in range(2, 12):
            copia = {c.name: getattr(uno, c.name) for c in Bien.__table__.columns if c.name != "id"}
            ctx.session.add(Bien(**copia | {"numero": n}))
        ctx.session.commit()
    with contando(motor_bd) as muchas:
        p.ir(f"/caso/{pae}")
    assert len(muchas) == len(pocas)


def test_una_multa_dice_sus_razones(caso: Caso) -> None:
    oficina, folio, _, _ = caso
    with oficina.ctx() as ctx:
        ctx.session.info["en_accion"] = True
        suyo = ctx.session.scalars(select(Acto).where(Acto.folio == folio)).one()
        multa = credito.abrir(ctx, suyo, ClaseCredito.MULTA, None, None)
        sancion = Sancion(
            infraccion="304-A-II",
            fecha=dt.date(2025, 11, 6),
            importe=Decimal("9000.00"),
            porcentaje=None,
            reincidencia=False,
            gravedad="Afectó a tres personas durante dos meses.",
            antecedentes="Sin sanciones anteriores.",
        )
        credito_calculo.calcular(ctx, multa, [sancion])
        ctx.session.commit()
        ctx.session.info["en_accion"] = False
        suya = multa.folio
    p = oficina.entra("hector.rios")
    for parte in ("", "/cedula", "/cuenta"):
        assert p.ir(f"/caso/{suya}{parte}").status_code == 200, parte
        assert "9,000.00" in p.texto
    p.ir(f"/caso/{suya}/cedula")
    assert "Afectó a tres personas durante dos meses." in p.texto
    assert p.ir(f"/caso/{suya}/cedula.csv").status_code == 404


def test_un_credito_sin_calcular(caso: Caso) -> None:
    oficina, folio, _, _ = caso
    with oficina.ctx() as ctx:
        suyo = ctx.session.scalars(select(Acto).where(Acto.folio == folio)).one()
        nuevo = credito.abrir(ctx, suyo, ClaseCredito.RCV, dt.date(2025, 11, 1), dt.date(2025, 12, 31)).folio
        ctx.session.commit()
    p = oficina.entra("hector.rios")
    for parte, dicho in (
        ("", "Todavía no hay nada que cobrar"),
        ("/cedula", "todavía no se calcula"),
        ("/cuenta", "Todavía no hay movimientos"),
    ):
        assert p.ir(f"/caso/{nuevo}{parte}").status_code == 200
        assert dicho in p.texto
