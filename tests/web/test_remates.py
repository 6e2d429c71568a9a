"""The auctions' pages: what anybody sees, a bid and its receipt, what is refused, what the office sees and when."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.bien import EstadoBien
from models.bitacora import Entrada
from models.pae import CreditoEnPae
from models.remate import EstadoPostura, EstadoRemate, Postura, Remate
from tests.factories import remate as fabrica
from tests.web.personal import Oficina
from tests.web.publico import Persona
from workflow.actions import remate as acciones
from workflow.context import Actor
from workflow.errors import DomainError
from workflow.operations import plazo
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_pae

BIEN = {
    "persona": "fisica",
    "nombre": "Compradora de Prueba",
    "rfc": "gode-561231-gr8",
    "domicilio": "Calle 5 de Mayo 12, Puebla",
    "correo": "compradora@example.com",
    "servidor_publico": "no",
    "importe": "$210,000.00",
    "deposito": "21000",
    "transferencia": "spei 778 120",
    "cuenta": "0121 8000 1234 5678 97",
}
HORA = dt.timedelta(hours=1)


class Subasta:
    """A sale under way, put in place as rows: it opened an hour ago and closes in two days."""

    def __init__(self, app: Flask, estado: EstadoRemate = EstadoRemate.EN_SUBASTA) -> None:
        self.oficina = Oficina(app)
        with self.oficina.ctx() as ctx:
            pae = fabrica.pae(ctx)
            bien = fabrica.bien(ctx, pae, estado="en_subasta")
            fila = Remate(
                folio=siguiente(ctx, "REM"),
                estado=estado,
                pae_id=pae.id,
                bien_id=bien.id,
                base=Decimal("300000.00"),
                postura_legal=Decimal("200000.00"),
                acreedores=[{"nombre": "Banco de Prueba, S. A.", "citacion": "personal"}],
                iniciado_en=ctx.now - 240 * HORA,
                convocado_en=ctx.now - 200 * HORA,
                abre_en=ctx.now - HORA,
                cierra_en=ctx.now + 48 * HORA,
            )
            ctx.session.add(fila)
            ctx.session.flush()
            plazo.abrir(ctx, de_pae(pae), "subasta", instante=fila.cierra_en)
            ctx.session.commit()
            self.id, self.folio, self.patron, self.pae_id = fila.id, fila.folio, pae.patron.nombre, pae.id
        self.cliente = app.test_client()

    def cambia(self, **campos: Any) -> None:
        with self.oficina.ctx() as ctx:
            fila = ctx.session.get_one(Remate, self.id)
            for campo, valor in campos.items():
                setattr(fila, campo, valor)
            ctx.session.commit()

    def ofrece(self, **campos: str) -> Any:
        return self.cliente.post(f"/remates/{self.folio}/postura", data={**BIEN, **campos})

    def posturas(self) -> list[Postura]:
        with self.oficina.ctx() as ctx:
            return list(ctx.session.scalars(select(Postura).order_by(Postura.id)))


@pytest.fixture
def subasta(app: Flask) -> Subasta:
    app.config["WTF_CSRF_ENABLED"] = False
    return Subasta(app)


def test_se_ve_lo_que_dice_la_convocatoria_y_no_quien_debe(subasta: Subasta) -> None:
    lista = subasta.cliente.get("/remates").text
    assert subasta.folio in lista
    assert "$200,000.00" in lista
    pagina = subasta.cliente.get(f"/remates/{subasta.folio.lower()}").text
    for dicho in (
        "Torno industrial",
        "$300,000.00",
        "desde $20,000.00",
        "Banco de Prueba",
        "Hacer una postura",
    ):
        assert dicho in pagina, dicho
    for callado in (subasta.patron, "PAE-", "CRE-"):
        assert callado not in lista + pagina, callado
    assert subasta.cliente.get("/remates/REM-2026-999999-0").status_code == 404


def test_lo_que_no_se_convoca_no_se_ve(subasta: Subasta) -> None:
    subasta.cambia(convocado_en=None, estado=EstadoRemate.PREPARADO)
    assert subasta.folio not in subasta.cliente.get("/remates").text
    assert "Por ahora no hay remates" in subasta.cliente.get("/remates").text
    assert subasta.cliente.get(f"/remates/{subasta.folio}").status_code == 404
    assert subasta.ofrece().status_code == 404


def test_una_postura_se_recibe_sellada_una_vez(subasta: Subasta) -> None:
    primera, segunda = subasta.ofrece(), subasta.ofrece()
    assert primera.status_code == segunda.status_code == 303
    assert primera.location == segunda.location
    (fila,) = subasta.posturas()
    assert (fila.rfc, fila.importe, fila.deposito) == ("GODE561231GR8", Decimal(210000), Decimal(21000))
    assert fila.transferencia == "SPEI778120"
    assert fila.estado is EstadoPostura.RECIBIDA
    for secreto in (b"Compradora", b"example.com", b"01218000"):
        assert secreto not in fila.cifrado
    recibo = subasta.cliente.get(primera.location)
    assert fila.folio in recibo.text
    assert "210,000" not in recibo.text
    assert "Compradora" not in recibo.text
    # Only the browser that sent it opens the receipt.
    assert subasta.oficina.app.test_client().get(primera.location).status_code == 404
    with subasta.oficina.ctx() as ctx:
        bitacora = " ".join(str(e.datos) for e in ctx.session.scalars(select(Entrada)))
    assert "210000" not in bitacora
    assert "GODE561231GR8" not in bitacora


@pytest.mark.parametrize(
    ("campos", "dice"),
    [
        ({"importe": "199,999.99"}, "No llega a la postura legal"),
        ({"importe": ""}, "Escribe la cantidad con números"),
        ({"importe": "0"}, "mayor que cero"),
        ({"deposito": "20999.99"}, "El depósito debe ser de $21,000.00 o más"),
        ({"deposito": "300000"}, "El depósito no puede ser mayor"),
        ({"rfc": "NADA"}, "El RFC tiene 12 caracteres"),
        ({"rfc": "XAXX010101000"}, "uno genérico no dice quién ofrece"),
        ({"persona": "moral"}, "el de una empresa, 12"),
        ({"nombre": " "}, "Escribe tu nombre"),
        ({"nombre": "x" * 161}, "160 caracteres o menos"),
        ({"correo": "nadie"}, "Escribe un correo como"),
        ({"cuenta": "123"}, "18 números"),
        ({"transferencia": "<b>"}, "letras, números y guiones"),
        ({"servidor_publico": ""}, "Responde si trabajas"),
    ],
)
def test_lo_que_no_vale_se_dice_y_se_guarda_lo_escrito(
    subasta: Subasta, campos: dict[str, str], dice: str
) -> None:
    respuesta = subasta.ofrece(**campos)
    assert respuesta.status_code == 422
    assert dice in respuesta.text
    assert "Calle 5 de Mayo 12, Puebla" in respuesta.text
    assert subasta.posturas() == []


def test_fuera_de_hora_y_en_suspension_no_se_recibe(subasta: Subasta) -> None:
    with subasta.oficina.ctx() as ctx:
        ahora = ctx.now
    for cambio, dice in (
        ({"abre_en": ahora + HORA}, "La subasta abre el"),
        ({"abre_en": ahora - 2 * HORA, "cierra_en": ahora - HORA}, "Esta subasta ya cerró"),
        ({"estado": EstadoRemate.PUBLICADO}, "La subasta todavía no abre"),
        ({"estado": EstadoRemate.DESIERTO}, "Esta subasta ya cerró"),
    ):
        subasta.cambia(**cambio)
        respuesta = subasta.ofrece()
        assert respuesta.status_code == 422
        assert dice in respuesta.text
    subasta.cambia(estado=EstadoRemate.EN_SUBASTA, abre_en=ahora - HORA, cierra_en=ahora + HORA)
    with subasta.oficina.ctx() as ctx:
        for fila in ctx.session.scalars(select(CreditoEnPae)):
            fila.suspendido_por = "defensa"
        ctx.session.commit()
    assert "una suspensión legal lo detiene" in subasta.ofrece().text
    assert subasta.posturas() == []


def test_otra_postura_con_la_misma_referencia_se_rechaza(subasta: Subasta) -> None:
    assert subasta.ofrece().status_code == 303
    respuesta = subasta.ofrece(importe="220000", deposito="22000")
    assert "Esa referencia ya ampara otra postura" in respuesta.text
    assert len(subasta.posturas()) == 1


def test_dos_a_la_vez_entran_las_dos_y_amplian_una_sola_hora(subasta: Subasta) -> None:
    """Two better bids in the last minutes, at once: each sees the hour that the other left."""
    with subasta.oficina.ctx() as ctx:
        cierra = ctx.now + dt.timedelta(minutes=10)
    subasta.cambia(cierra_en=cierra)
    obra = subasta.oficina.app.extensions["denuncias"].obra
    fallas: list[DomainError] = []

    def ofrecer(numero: int) -> None:
        datos = {
            **BIEN,
            "importe": f"{210 + numero}000",
            "deposito": "25000",
            "transferencia": f"SPEI-{numero}",
        }
        with obra.ctx(Actor("publico")) as ctx:
            try:
                acciones.presentar_postura(ctx, subasta.folio, datos)
            except DomainError as error:
                fallas.append(error)

    hilos = [threading.Thread(target=ofrecer, args=(n,)) for n in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert fallas == []
    filas = subasta.posturas()
    assert len(filas) == 2
    # The second one extends only if it was better than the first.
    mejoras = 1 + (filas[1].importe > filas[0].importe)
    with subasta.oficina.ctx() as ctx:
        quedo = ctx.session.get_one(Remate, subasta.id).cierra_en
    assert quedo == cierra + mejoras * dt.timedelta(minutes=5)


def test_la_oficina_ve_el_orden_solo_al_cerrar(subasta: Subasta) -> None:
    subasta.ofrece()
    jefe = subasta.oficina.entra("hector.rios")
    camino = f"/remates/{subasta.folio}/orden"
    assert jefe.ir(camino).status_code == 200
    assert "Las posturas están selladas" in jefe.texto
    assert "210,000" not in jefe.texto
    with subasta.oficina.ctx() as ctx:
        fila = ctx.session.get_one(Remate, subasta.id)
        fila.estado, fila.bien.estado = EstadoRemate.CON_GANADOR, EstadoBien.FINCADO
        fila.posturas[0].estado = EstadoPostura.GANADORA
        plazo.abrir(ctx, de_pae_de(ctx, subasta.pae_id), "saldo_mueble")
        ctx.session.commit()
    jefe.ir(camino)
    for dicho in ("$210,000.00", "Compradora de Prueba", "Faltan $189,000.00"):
        assert dicho in jefe.texto, dicho
    assert "GODE561231GR8" not in jefe.texto
    for quien in ("daniela.solis", "ernesto.lira"):
        assert subasta.oficina.entra(quien).ir(camino).status_code == 404


def test_el_saldo_se_registra_una_vez_y_por_lo_que_es(subasta: Subasta) -> None:
    subasta.ofrece()
    with subasta.oficina.ctx() as ctx:
        fila = ctx.session.get_one(Remate, subasta.id)
        fila.estado, fila.bien.estado = EstadoRemate.CON_GANADOR, EstadoBien.FINCADO
        fila.posturas[0].estado = EstadoPostura.GANADORA
        plazo.abrir(ctx, de_pae_de(ctx, subasta.pae_id), "saldo_mueble")
        ctx.session.commit()
        hoy = ctx.hoy
    jefe = subasta.oficina.entra("hector.rios")
    camino = f"/remates/{subasta.folio}/orden"

    def paga(**campos: str) -> Persona:
        datos = {"importe": "189,000.00", "fecha": hoy.isoformat(), **campos}
        jefe.pagina = jefe.cliente.post(camino, data=datos, follow_redirects=True)
        return jefe

    assert "El saldo es de $189,000.00" in paga(importe="1000").texto
    assert "Escribe una fecha que exista" in paga(fecha="31/02").texto
    assert "Revisa la fecha del pago" in paga(fecha=(hoy + dt.timedelta(days=1)).isoformat()).texto
    assert "El saldo quedó registrado" in paga().texto
    assert "no espera el pago de un saldo" in paga().texto
    assert [una.estado for una in subasta.posturas()] == [EstadoPostura.PAGADA]


def de_pae_de(ctx: Any, pae_id: int) -> Any:
    from models.pae import Pae

    return de_pae(ctx.session.get_one(Pae, pae_id))
