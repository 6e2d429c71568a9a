"""What goes wrong while a credit is collected: told in Spanish beside what was typed, which stays."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.e2e.a_la_vez import enviar_a_la_vez
from tests.e2e.cobro_forzoso import EJECUCION, dia_de_subasta
from tests.e2e.gestion import Gestion
from tests.e2e.paginas import TELEFONO, Casa, Persona, Visita
from tests.process.pasos import PASOS
from tests.process.pasos.remate import POSTOR, RFCS

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.lento,
    pytest.mark.una_base("postgresql"),
    pytest.mark.usefixtures("en_enero"),
]


def exigido(casa: Casa, *hasta: str) -> tuple[Gestion, str]:
    """An enforcement that has just begun, brought past these tasks by the actions; its folio."""
    g = Gestion(casa)
    PASOS["exigir"](g, "p1", creditos={"c1": "10000"})
    for nodo in hasta:
        PASOS["ejecutar"](g, nodo, de="p1", con=EJECUCION.get(nodo))
    return g, g.folio("p1")


def test_dos_firmas_un_domingo_y_un_pago_adelantado(casa: Casa) -> None:
    g, pae = exigido(casa, "elaborar_mandamiento")
    titular, suplente = Persona(casa, "rosa.medina"), Persona(casa, "omar.fuentes")
    escrito = ("Falta un crédito.", "Falta nombrar a otro ejecutor.")
    for persona, motivo in zip((titular, suplente), escrito, strict=True):
        persona.ir("/bandeja?pestana=oficina")
        persona.seguir("Firmar mandamiento")
        persona.poner(firma="devuelta", motivo=motivo)
    gano, _ = enviar_a_la_vez(titular, suplente, *escrito)
    PASOS["ejecutar"](g, "elaborar_mandamiento", de="p1")
    # What she gave back comes to her again.
    PASOS["ejecutar"](g, "firmar_mandamiento", de="p1", quien=gano.quien)

    domingo = casa.hoy() - dt.timedelta(days=casa.hoy().isoweekday())
    ejecutor = Persona(casa, "ernesto.lira", TELEFONO)
    ejecutor.abrir("Requerir pago", pae)
    datos = g.datos("requerir_pago", fecha_hora=f"{domingo}T10:00")
    ejecutor.contestar(datos)
    ejecutor.rechazan("inhábil")
    ejecutor.mirar("acta en domingo")
    assert ejecutor.valor("fecha_hora") == datos["fecha_hora"]
    assert ejecutor.valor("hechos") == datos["hechos"]

    cobranza = Persona(casa, "hector.rios")
    cobranza.ir(f"/cobro/pagos/registrar?de={pae}")
    for campo, valor in (
        ("fecha", str(casa.hoy() - dt.timedelta(days=5))),
        ("importe", "100"),
        ("referencia", "LC-7"),
    ):
        cobranza.pagina.locator(f"[name={campo}]").fill(valor)
    cobranza.pulsar("Registrar y aplicar")
    frase = "El pago es anterior a la notificación del crédito"
    expect(cobranza.pagina.locator(".govuk-error-summary")).to_contain_text(frase)
    cobranza.mirar("pago rechazado")
    assert cobranza.pagina.locator("[name=referencia]").input_value() == "LC-7"


def test_una_postura_menor_que_la_legal(casa: Casa) -> None:
    g, _ = exigido(casa, *EJECUCION)
    PASOS["servir_papel"](g, "p1", dia=str(casa.hoy() + dt.timedelta(days=1)))
    subasta = dia_de_subasta(casa)
    PASOS["ejecutar"](g, "convocar_remate", de="p1", con={"fecha_subasta": subasta})
    casa.reloj(f"{subasta}T12:30")
    postor = Visita(casa, TELEFONO)
    postor.ir("/remates")
    postor.pagina.locator("main a[href^='/remates/']").first.click()
    postor.pagina.wait_for_load_state()
    postor.ir(f"{postor.pagina.url.removeprefix(casa.direccion)}/postura")
    postor.mirar("postura")
    oferta = POSTOR | {"rfc": RFCS[0], "importe": "50000", "deposito": "5000", "transferencia": "SPEI-1"}
    for campo, valor in oferta.items():
        if campo != "servidor_publico":
            postor.pagina.locator(f"[name={campo}]").fill(str(valor))
    postor.pagina.get_by_label("Persona", exact=True).check()
    postor.pagina.get_by_label("No", exact=True).check()
    postor.pulsar("Enviar postura")
    expect(postor.pagina.locator(".govuk-error-summary")).to_contain_text("postura legal")
    postor.mirar("postura rechazada")
    assert postor.pagina.locator("[name=importe]").input_value() == "50000"
    assert postor.pagina.locator("[name=nombre]").input_value() == POSTOR["nombre"]
