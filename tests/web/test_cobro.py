"""The pages of payments: registered once, corrected, taken back, imported; what was typed stays."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import event, func, select

from models.credito import ClaseCredito, Credito
from models.pago import Pago
from tests.factories import cuenta as fabrica
from tests.web.personal import Oficina
from tests.web.publico import Persona
from workflow import worker
from workflow.queries import cuenta as consultas

JEFE = "hector.rios"


class Caja(Oficina):
    """The office that collects, with two credits of an employer."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        with self.ctx() as ctx:
            self.hoy = ctx.hoy
            vence = ctx.hoy + dt.timedelta(days=20)
            acto = fabrica.acto(ctx, fabrica.patron(ctx))
            creditos = [
                fabrica.credito(ctx, acto, notificado=ctx.hoy - dt.timedelta(days=9)) for _ in range(2)
            ]
            for credito, importe in zip(creditos, ("1000.00", "500.00"), strict=True):
                fabrica.cuotas(ctx, credito, vence, importe)
            self.ids = [credito.id for credito in creditos]
            self.folios = [credito.folio for credito in creditos]
            ctx.session.commit()

    def saldos(self) -> list[str]:
        with self.ctx() as ctx:
            return [str(consultas.estado(ctx, uno).saldo.total) for uno in self.ids]

    def cuantos(self) -> int:
        with self.ctx() as ctx:
            return ctx.session.scalar(select(func.count()).select_from(Pago)) or 0

    def forma(self, **cambios: Any) -> dict[str, Any]:
        return {
            "de": self.folios[0],
            "creditos": [str(self.ids[0])],
            "fecha": self.hoy.isoformat(),
            "importe": "$400.00",
            "origen": "ventanilla",
            "referencia": "A-1",
        } | cambios


@pytest.fixture
def caja(app: Flask) -> Caja:
    return Caja(app)


def manda(p: Persona, camino: str, datos: dict[str, Any]) -> Any:
    token = str(html.fromstring(p.pagina.text).xpath("//input[@name='csrf_token']/@value")[0])
    p.pagina = p.cliente.post(camino, data={"csrf_token": token, **datos}, follow_redirects=True)
    return p.pagina


def registra(p: Persona, caja: Caja, **cambios: Any) -> Any:
    datos = caja.forma(**cambios)
    p.ir(f"/cobro/pagos/registrar?de={caja.folios[0]}")
    return manda(p, "/cobro/pagos/registrar", datos)


def errores(p: Persona) -> list[str]:
    return [
        a.text for a in html.fromstring(p.pagina.text).xpath("//div[@class='govuk-error-summary__body']//a")
    ]


def test_registrar_uno_y_verlo(caja: Caja) -> None:
    p = caja.entra(JEFE)
    assert "Todavía no hay pagos" in p.ir("/cobro/pagos").text
    assert "¿De quién es el pago?" in p.ir("/cobro/pagos/registrar").text
    pagina = html.fromstring(p.ir(f"/cobro/pagos/registrar?de={caja.folios[0].lower()}").text)
    assert pagina.xpath("//input[@name='creditos'][@checked]/@value") == [str(caja.ids[0])]
    assert "Hoy debe $1,000.00" in pagina.text_content()
    assert registra(p, caja).status_code == 200
    assert "El pago quedó registrado" in p.pagina.text
    for palabra in ("$400.00", "Cuotas del patrón", "Hoy debe $600.00", "A-1", "Paso a paso"):
        assert palabra in p.pagina.text
    assert caja.saldos() == ["600.00", "500.00"]
    lista = p.ir("/cobro/pagos?q=A-1").text
    assert "PAG-2026" in lista
    assert "Ningún pago coincide" in p.ir("/cobro/pagos?estado=reversado").text
    assert p.ir("/cobro/pagos?estado=nada&pagina=99").status_code == 200


def test_la_multa_en_su_plazo_se_paga_con_menos(caja: Caja) -> None:
    """What the page asks for settles it, and says until when (RACERF 189)."""
    with caja.ctx() as ctx:
        acto = fabrica.acto(ctx, fabrica.patron(ctx))
        multa = fabrica.credito(ctx, acto, ClaseCredito.MULTA, notificado=ctx.hoy)
        fabrica.multa(ctx, multa, "1000.00", ctx.hoy, ctx.hoy + dt.timedelta(days=30))
        folio, suyo = multa.folio, str(multa.id)
        ctx.session.commit()
    p = caja.entra(JEFE)
    p.ir(f"/cobro/pagos/registrar?de={folio}")
    assert re.search(r"se paga con \$800\.00 hasta el .+? \(la multa, reducida\)", p.texto)
    assert "y con $1,000.00 después" in p.texto
    assert registra(p, caja, de=folio, creditos=[suyo], importe="800.00").status_code == 200
    with caja.ctx() as ctx:
        assert consultas.estado(ctx, int(suyo)).saldo.total == 0


def test_dos_veces_el_mismo_envio_es_uno(caja: Caja) -> None:
    p = caja.entra(JEFE)
    primera = registra(p, caja).request.path
    assert registra(p, caja).request.path == primera
    assert caja.cuantos() == 1
    assert registra(p, caja, importe="401").status_code == 422
    assert "ya se registró" in errores(p)[0]


@pytest.mark.parametrize(
    ("cambios", "frase"),
    [
        ({"fecha": "2026-02-30"}, "fecha que exista"),
        ({"importe": "cien"}, "con números"),
        ({"importe": "0"}, "mayor que cero"),
        ({"origen": "remate"}, "cómo llegó"),
        ({"referencia": ""}, "referencia"),
        ({"creditos": []}, "al menos un crédito"),
        ({"importe": "1,200.00"}, "sobran $200.00"),
        ({"fecha": "2020-01-01"}, "anterior a la notificación"),
        ({"fecha": "2099-01-01"}, "después de hoy"),
    ],
)
def test_lo_escrito_se_queda(caja: Caja, cambios: dict[str, Any], frase: str) -> None:
    p = caja.entra(JEFE)
    assert registra(p, caja, **cambios).status_code == 422
    assert frase in " ".join(errores(p))
    arbol = html.fromstring(p.pagina.text)
    datos = caja.forma(**cambios)
    for campo in ("fecha", "importe", "referencia"):
        assert arbol.xpath(f"//input[@name='{campo}']/@value") == [datos[campo]]
    assert arbol.xpath("//input[@name='creditos'][@checked]/@value") == datos["creditos"]
    assert caja.saldos() == ["1000.00", "500.00"]
    # Every sentence leads to a field that is there.
    for enlace in arbol.xpath("//div[@class='govuk-error-summary__body']//a/@href"):
        assert arbol.get_element_by_id(enlace[1:]) is not None


def test_de_nadie_o_de_otra_unidad(caja: Caja) -> None:
    p = caja.entra(JEFE)
    assert p.ir("/cobro/pagos/registrar?de=CRE-2026-999999-9").status_code == 422
    assert "Revísalo, número por número" in p.pagina.text
    with caja.ctx() as ctx:
        ajena = next(u for u in (1, 2) if u != fabrica.unidad(ctx).id)
        ctx.session.get_one(Credito, caja.ids[1]).subdelegacion_id = ajena
        ctx.session.commit()
    assert registra(p, caja, creditos=[str(caja.ids[1])]).status_code == 404
    for quien in ("ernesto.lira", "jose.cazares", "rosa.medina"):
        assert caja.entra(quien).ir("/cobro/pagos").status_code == 404


def test_corregir_y_reversar(caja: Caja) -> None:
    p = caja.entra(JEFE)
    camino = registra(p, caja).request.path
    assert p.ir(f"{camino}/corregir").status_code == 200
    mal = manda(p, f"{camino}/corregir", {"de": caja.folios[1], "creditos": [str(caja.ids[1])], "motivo": ""})
    assert mal.status_code == 422
    assert errores(p) == ["Escribe por qué, en hasta 300 letras."]
    datos = {"de": caja.folios[1], "creditos": [str(caja.ids[1])], "motivo": "Era del otro"}
    nuevo = manda(p, f"{camino}/corregir", datos).request.path
    assert caja.saldos() == ["1000.00", "100.00"]
    assert "Era del otro" in p.ir(camino).text
    p.ir("/cobro/pagos/registrar?de=" + caja.folios[0])
    assert manda(p, f"{camino}/corregir", datos).request.path == nuevo  # twice is once
    assert "no hay créditos" in p.ir(f"{nuevo}/corregir?de=nada").text.lower()
    p.ir(f"{nuevo}/reversar")
    assert manda(p, f"{nuevo}/reversar", {"motivo": ""}).status_code == 422
    manda(p, f"{nuevo}/reversar", {"motivo": "Cheque sin fondos", "cheque": "si"})
    assert "Este pago se reversó" in p.pagina.text
    assert caja.saldos() == ["1000.00", "580.00"]
    assert manda_sin_forma(p, f"{nuevo}/reversar") == 422


def manda_sin_forma(p: Persona, camino: str) -> int:
    p.ir(camino)
    return int(manda(p, camino, {"motivo": "otra vez"}).status_code)


def test_importar_del_banco(caja: Caja) -> None:
    hoy = caja.hoy.isoformat()
    cabeza = "fecha,referencia,linea_captura,importe,registro_patronal\n"
    bueno = f"{hoy},R1,{caja.folios[0]},1200.00,{fabrica.PATRON}\n"
    malo = f"ayer,R2,{caja.folios[1]},1.00,{fabrica.PATRON}\n"
    p = caja.entra(JEFE)
    p.ir("/cobro/pagos/importar")
    assert manda(p, "/cobro/pagos/importar", {"texto": ""}).status_code == 422
    assert manda(p, "/cobro/pagos/importar", {"texto": "x"}).status_code == 422
    archivo = (io.BytesIO((cabeza + bueno + malo).encode()), "pagos.csv")
    assert manda(p, "/cobro/pagos/importar", {"archivo": archivo}).status_code == 422
    assert "1 renglón tiene" in p.pagina.text
    assert "fecha no existe" in p.pagina.text
    assert "$200.00 más de lo que se debe" in p.pagina.text
    datos = {"texto": cabeza + bueno + malo, "cuales": "buenos"}
    assert manda(p, "/cobro/pagos/importar/confirmar", datos).status_code == 422
    assert "lo que sobra" in errores(p)[0]
    assert caja.cuantos() == 0
    manda(p, "/cobro/pagos/importar/confirmar", datos | {"excedente": "devolver"})
    assert "Se registró 1 pago; 1 renglón quedó sin registrar." in p.pagina.text
    assert caja.saldos() == ["0.00", "500.00"]
    p.ir("/cobro/pagos/importar")
    manda(p, "/cobro/pagos/importar/confirmar", datos | {"excedente": "devolver"})
    assert "1 ya estaba registrado" in p.pagina.text
    assert caja.cuantos() == 1


def test_de_un_archivo_sin_renglones_buenos_se_dice_por_que_y_queda_escrito(caja: Caja) -> None:
    malo = f"2026-W47-5,R2,{caja.folios[1]},1.00,{fabrica.PATRON}"
    texto = f"fecha,referencia,linea_captura,importe,registro_patronal\n{malo}\n"
    p = caja.entra(JEFE)
    p.ir("/cobro/pagos/importar")
    respuesta = manda(p, "/cobro/pagos/importar/confirmar", {"texto": texto, "cuales": "buenos"})
    assert respuesta.status_code == 422
    assert errores(p) == ["No se registró ningún pago; 1 renglón tiene algo que corregir."]
    assert "2026-W47-5,R2" in p.texto
    assert caja.cuantos() == 0


def test_un_archivo_largo_dice_como_va(caja: Caja) -> None:
    cabeza = "fecha,referencia,linea_captura,importe,registro_patronal\n"
    filas = [f"{caja.hoy.isoformat()},R{n},{caja.folios[0]},1.00,{fabrica.PATRON}\n" for n in range(30)]
    datos = {"texto": "".join([cabeza, *filas, f"{caja.hoy.isoformat()},X,CRE-0,1.00,{fabrica.PATRON}\n"])}
    p = caja.entra(JEFE)
    p.ir("/cobro/pagos/importar")
    manda(p, "/cobro/pagos/importar/confirmar", datos | {"cuales": "buenos"})
    assert p.pagina.request.path.startswith("/cobro/pagos/importar/")
    assert "Van 0 de 30." in p.texto
    assert "hx-trigger" in p.pagina.text
    while worker.barrer(caja.app.extensions["denuncias"].obra).salidas:
        pass
    p.ir(p.pagina.request.path)
    assert "30 pagos registrados; 1 renglón quedó sin registrar." in p.texto
    assert "No hay ningún crédito ni PAE" in p.texto
    assert "hx-trigger" not in p.pagina.text
    assert caja.cuantos() == 30


def test_las_consultas_no_crecen_con_los_pagos(caja: Caja) -> None:
    p = caja.entra(JEFE)

    def consultas_de(camino: str) -> int:
        cuantas: list[str] = []
        motor = caja.app.extensions["denuncias"].motor
        event.listen(motor, "before_cursor_execute", lambda *a: cuantas.append(a[2]))
        p.ir(camino)
        return len(cuantas)

    registra(p, caja, importe="1")
    uno = [consultas_de("/cobro/pagos"), consultas_de(f"/cobro/pagos/registrar?de={caja.folios[0]}")]
    for n in range(2, 6):
        registra(p, caja, importe="1", referencia=f"A-{n}")
    with caja.ctx() as ctx:
        acto = fabrica.acto(ctx, fabrica.patron(ctx))
        for _ in range(3):
            fabrica.cuotas(ctx, fabrica.credito(ctx, acto), caja.hoy, "10.00")
        ctx.session.commit()
    dos = [consultas_de("/cobro/pagos"), consultas_de(f"/cobro/pagos/registrar?de={caja.folios[0]}")]
    assert [len(uno), *dos] == [2, *uno]
