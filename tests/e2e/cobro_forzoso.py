"""The enforcement before the screen: mandamiento, requerimiento and embargo by telephone, appraisal, auction."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import expect

from tests.e2e.gestion import Gestion
from tests.e2e.paginas import TELEFONO, Casa, Persona, Visita
from tests.e2e.primera_mitad import foto
from tests.e2e.segunda_mitad import al_dia_siguiente, notificar, responder
from workflow.rules.calendario import Calendario

TORNO = {
    "tipo": "mueble",
    "descripcion": "Torno industrial Romi C420, serie 88121",
    "valor_estimado": "100000.00",
    "designa": "deudor",
}
AVALUO = "90000.00"
# What the actions answer where another life already showed the page.
EJECUCION = {
    "elaborar_mandamiento": None,
    "firmar_mandamiento": None,
    "requerir_pago": None,
    "trabar_embargo": {"bienes": [TORNO], "foto": None},
    "nombrar_depositario": None,
    "aceptar_cargo": None,
    "calificar_suficiencia": None,
    "encargar_avaluo": None,
    "rendir_avaluo": {"valor": AVALUO, "vigencia": "2026-11-30", "fotos": ["@documento p1.foto"]},
}


def mandar(g: Gestion, cobranza: Persona, titular: Persona, pae: str) -> None:
    """The order to require and attach."""
    responder(cobranza, "Elaborar mandamiento", pae, g.datos("elaborar_mandamiento"))
    responder(titular, "Firmar mandamiento", pae, g.datos("firmar_mandamiento"))


def requerir(g: Gestion, ejecutor: Persona, pae: str) -> None:
    """The ejecutor asks for payment at the address of the debtor, and nobody pays."""
    dia = al_dia_siguiente(g, "12:30")
    responder(ejecutor, "Requerir pago", pae, g.datos("requerir_pago", fecha_hora=f"{dia}T10:00"))


def embargar(g: Gestion, ejecutor: Persona, pae: str) -> None:
    """He attaches a lathe, with its photograph. Said to be the tool of a trade it is refused (CFF 157)."""
    horas = {"hora_inicio": g.hoy("10:15"), "hora_fin": g.hoy("11:30")}
    ejecutor.abrir("Trabar embargo", pae)
    ejecutor.contestar(
        g.datos("trabar_embargo", **horas, bienes=[TORNO | {"exento": "instrumentos_oficio"}], foto=None)
    )
    ejecutor.adjuntar("bienes-0-fotos", "torno.jpg", "image/jpeg", foto())
    ejecutor.rechazan("CFF 157")
    ejecutor.mirar("embargo rechazado")
    assert ejecutor.valor("bienes-0-descripcion") == TORNO["descripcion"]
    expect(ejecutor.pagina.get_by_label("Conservar torno.jpg")).to_be_checked()
    ejecutor.poner(bienes__0__exento="ninguno")
    ejecutor.enviar()


def depositar(g: Gestion, cobranza: Persona, depositaria: Persona, pae: str) -> None:
    """Somebody keeps the good and says so; it is enough."""
    responder(cobranza, "Nombrar depositario", pae, g.datos("nombrar_depositario"))
    responder(depositaria, "Aceptar cargo", pae, g.datos("aceptar_cargo"))
    basta = g.datos("calificar_suficiencia", valor_estimado=TORNO["valor_estimado"])
    responder(cobranza, "Calificar suficiencia", pae, basta)


def valuar(g: Gestion, cobranza: Persona, valuador: Persona, notificadora: Persona, pae: str) -> None:
    """The appraisal, with its photographs, is served on the debtor."""
    responder(cobranza, "Encargar avalúo", pae, g.datos("encargar_avaluo"))
    vigencia = g.casa.hoy() + dt.timedelta(days=300)
    valuador.abrir("Rendir avalúo", pae)
    valuador.contestar(g.datos("rendir_avaluo", valor=AVALUO, vigencia=str(vigencia), fotos=None))
    valuador.adjuntar("fotos", "torno.jpg", "image/jpeg", foto())
    valuador.enviar()
    notificar(g, notificadora, pae)
    g._vencer("surte_efectos", "p1")


def rematar(g: Gestion, titular: Persona, pae: str) -> None:
    """The auction is called, published for anybody, and nobody bids; the good goes to the Institute."""
    convocatoria = g.datos("convocar_remate", fecha_subasta=dia_de_subasta(g.casa))
    responder(titular, "Convocar remate", pae, convocatoria)
    mirar_remates(g.casa)
    g._vencer("revocacion_pae", "p1")
    g._vencer("subasta", "p1")
    responder(titular, "Decidir tras remate desierto", pae, g.datos("decidir_desierto"))


def dia_de_subasta(casa: Casa) -> str:
    """After the ten days of publication, inside the twenty that the law gives."""
    dia = casa.hoy()
    for _ in range(12):
        dia = Calendario().siguiente_habil(dia)
    return str(dia)


def mirar_remates(casa: Casa) -> None:
    """Anybody sees what is for sale, and how to bid."""
    alguien = Visita(casa, TELEFONO)
    alguien.ir("/remates")
    alguien.mirar("remates")
    alguien.pagina.locator("main a[href^='/remates/']").first.click()
    alguien.pagina.wait_for_load_state()
    alguien.mirar("remate")
