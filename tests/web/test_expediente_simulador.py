"""The simulator of a case: what it says, what it refuses, what it never does."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, func, select

from models.bitacora import Entrada
from models.denuncia import Denuncia
from models.plazo import DiaInhabil, MovimientoPlazo, Plazo, Suspension
from tests.web.mesa import contando, propuesta
from tests.web.personal import Oficina
from tests.web.publico import Persona
from workflow.params import simulaciones


@pytest.fixture
def caso(app: Flask) -> tuple[Oficina, str, int]:
    """A denuncia assigned to Ana: (office, folio, id)."""
    oficina = Oficina(app)
    denuncia_id, _ = oficina.asignada()
    with oficina.ctx() as ctx:
        return oficina, ctx.session.get_one(Denuncia, denuncia_id).folio, denuncia_id


def simular(p: Persona, folio: str, **datos: str) -> dict[str, list[str]]:
    """First day and whole text of each row, by its name."""
    p.pagina = p.cliente.get(f"/caso/{folio}/simular", query_string=datos)
    return {
        fila.xpath(".//td[@class='que']/b")[0].text_content(): [td.text_content() for td in fila.iter("td")]
        for fila in html.fromstring(p.pagina.text).xpath("//table[contains(@class, 'simula')]/tbody/tr")
    }


def test_una_cedula(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    filas = simular(p, folio, hecho="cedula", fecha="2026-03-12")
    assert p.pagina.status_code == 200
    pago = filas["Pago de cédula de liquidación o multa"]
    assert pago[0].startswith("6 abr 2026 lunes")
    assert "RACERF 127" in pago[2]
    nombres = list(filas)
    assert nombres.index("Aclaración administrativa") < nombres.index("El crédito es exigible")
    assert filas["El crédito es exigible"][0].startswith("7 abr 2026")
    assert "Si no se paga ni se garantiza" in filas["El crédito es exigible"][1]
    assert "Por verificar" in filas["Recurso de inconformidad"][2]
    enlaces = [a.get("href") for a in html.fromstring(p.pagina.text).iter("a")]
    assert "/calculadoras/plazo?clave=pago_credito&desde=2026-03-12" in enlaces
    assert f"/caso/{folio}/simular?hecho=exigible&fecha=2026-04-07" in enlaces
    assert "La fecha ya pasó" in p.texto


def test_una_visita_cuenta_hacia_atras(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    filas = simular(oficina.entra("jose.cazares"), folio, hecho="visita", fecha="2026-11-20")
    fechas = {nombre: celdas[0][:11].strip() for nombre, celdas in filas.items()}
    assert fechas["Último día para levantar la última acta parcial"].startswith("20 oct 2027")
    assert fechas["Último día para levantar el acta final"].startswith("19 nov 2027")
    assert fechas["Emitir y notificar la resolución determinante"].startswith("19 may 2028")


def test_dos_fechas_lado_a_lado(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    filas = simular(p, folio, hecho="cedula", fecha="2026-11-20", compara="2026-11-23")
    pago = filas["Pago de cédula de liquidación o multa"]
    assert (pago[0][:11], pago[1][:11]) == ("14 dic 2026", "15 dic 2026")
    assert "1 día después" in pago[1]
    assert "Si fuera el 23 nov 2026" in p.texto


def test_un_dia_inhabil_se_advierte(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    simular(p, folio, hecho="cedula", fecha="2026-11-21")
    assert "El sábado 21 de noviembre de 2026 es inhábil (Sábado)." in p.texto
    assert "CFF 13" in p.texto
    simular(p, folio, hecho="exigible", fecha="2026-11-21")
    assert "es inhábil (Sábado)" not in p.texto


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"hecho": "cedula", "fecha": "2026-02-31"}, "fecha"),
        ({"hecho": "cedula", "fecha": ""}, "fecha"),
        ({"hecho": "cedula", "fecha": "mañana"}, "fecha"),
        ({"hecho": "cedula", "fecha": "0001-01-01"}, "fecha"),
        ({"hecho": "cedula", "fecha": "9999-12-31"}, "fecha"),
        ({"hecho": "cedula", "fecha": "2026-11-20", "compara": "31/12/2026"}, "compara"),
        ({"hecho": "", "fecha": "2026-11-20"}, "hecho"),
        ({"hecho": "<b>", "fecha": "2026-11-20"}, "hecho"),
    ],
)
def test_lo_que_no_sirve_se_dice_y_se_queda(
    caso: tuple[Oficina, str, int], datos: dict[str, str], campo: str
) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")
    assert simular(p, folio, **datos) == {}
    assert p.pagina.status_code == 422
    assert list(p.errores) == [campo]
    forma = next(f for f in html.fromstring(p.pagina.text).forms if f.action.endswith("/simular"))
    escrito = dict(forma.form_values())
    assert escrito["fecha"] == datos["fecha"]
    assert escrito["compara"] == datos.get("compara", "")


def test_con_el_calendario_y_las_pausas_del_caso(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, denuncia_id = caso
    p = oficina.entra("ana.trejo")
    antes = simular(p, folio, hecho="cedula", fecha="2026-11-20")
    with oficina.ctx() as ctx:
        ctx.session.add(
            DiaInhabil(fecha=dt.date(2026, 12, 7), motivo="Cierre", cita="Acuerdo 1", registrado_en=ctx.now)
        )
        ctx.session.add(
            Suspension(
                sujeto_tipo="denuncia",
                sujeto_id=denuncia_id,
                causal="fuerza_mayor",
                cita="CFF 46-A, fracción VI",
                desde=dt.date(2026, 11, 2),
                hasta=dt.date(2026, 11, 3),
                registrada_en=ctx.now,
            )
        )
        ctx.session.commit()
    despues = simular(p, folio, hecho="cedula", fecha="2026-11-20")
    pago = "Pago de cédula de liquidación o multa"
    assert (antes[pago][0][:11], despues[pago][0][:11]) == ("14 dic 2026", "15 dic 2026")
    assert "las pausas del caso" in p.texto
    # The calculator, without login, comes to the same day by the same calendar.
    enlaces = [str(a.get("href")) for a in html.fromstring(p.pagina.text).iter("a")]
    (enlace,) = [e for e in enlaces if "clave=pago_credito" in e]
    assert "suspension-0-desde=2026-11-02" in enlace
    nadie = Persona(oficina.app.test_client())
    nadie.ir(enlace)
    assert "martes 15 de diciembre de 2026" in nadie.texto


def test_cada_hecho_se_simula_y_nada_se_guarda(caso: tuple[Oficina, str, int], motor_bd: Engine) -> None:
    oficina, folio, _ = caso
    p = oficina.entra("ana.trejo")

    def cuantas() -> list[int]:
        with oficina.ctx() as ctx:
            return [
                ctx.session.scalar(select(func.count()).select_from(m)) or 0
                for m in (Plazo, MovimientoPlazo, Suspension, Entrada)
            ]

    antes = cuantas()
    vistas = set()
    for clave in simulaciones.hechos():
        with contando(motor_bd) as ordenes:
            assert simular(p, folio, hecho=clave, fecha="2026-11-20"), clave
        vistas.add(len(ordenes))
        assert not [o for o in ordenes if o.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert cuantas() == antes
    assert len(vistas) == 1, vistas
    assert "No guarda nada" in p.texto


def test_quien_la_abre(caso: tuple[Oficina, str, int]) -> None:
    oficina, folio, _ = caso
    for quien, codigo in (("felix.orozco", 200), ("raul.ibarra", 404), ("admin", 404), ("rosa.medina", 404)):
        assert oficina.entra(quien).ir(f"/caso/{folio}/simular").status_code == codigo, quien


def test_desde_una_propuesta(app: Flask) -> None:
    oficina = Oficina(app)
    propuesta(oficina, "C614077210")
    p = oficina.entra("rosa.medina")
    assert simular(p, "PRO-2026-007210-0", hecho="ultima_parcial", fecha="2026-10-22")
    assert p.ir("/caso/PRO-2026-007210-0/simular").status_code == 200
